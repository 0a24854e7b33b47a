import type { Page } from 'playwright-core';

/** What can happen between pressing the button for a card and the card: each once, at the moment at which it does most harm. */
export const CARD_INCIDENTS = {
  'the walkthrough takes the keyboard back from the text': takeKeyboardBack,
  'the walkthrough takes the keyboard back before the text is opened': takeKeyboardAtOnce,
  'the mouse moves over the text': moveMouseOverText,
} as const;

/**
 * The walkthrough gives the keyboard to a step 250 ms after a click on its title. Where the step's button was pressed meanwhile, that
 * may come after the editor got it: here it comes then, however busy the machine is.
 */
async function takeKeyboardBack(page: Page): Promise<void> {
  await page.evaluate(() => {
    const onFocus = ({ target }: FocusEvent): void => {
      if (target instanceof Element && target.closest('.editor-instance .monaco-editor')) {
        removeEventListener('focusin', onFocus);
        const step = document.querySelector<HTMLElement>('.getting-started-step.expanded');
        setTimeout(() => step?.focus(), 0);
      }
    };
    addEventListener('focusin', onFocus);
  });
}

/** The same, in the moment after the walkthrough has made room for the text beside itself. */
async function takeKeyboardAtOnce(page: Page): Promise<void> {
  await page.evaluate(() => {
    const onClick = ({ target }: MouseEvent): void => {
      if (target instanceof Element && target.closest('.getting-started-step .monaco-button')) {
        removeEventListener('click', onClick, true);
        const step = target.closest<HTMLElement>('.getting-started-step');
        setTimeout(() => step?.focus(), 0);
      }
    };
    addEventListener('click', onClick, true);
  });
}

/** The window has sent the question for the hover, and cannot have read an answer when the mouse moves. */
async function moveMouseOverText(page: Page): Promise<void> {
  await page.evaluate(() => {
    const original = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'send') ?? {};
    const send = original.value as (this: WebSocket, data: string | ArrayBufferView<ArrayBuffer>) => void;
    WebSocket.prototype.send = function (data: string | ArrayBufferView<ArrayBuffer>) {
      send.call(this, data);
      if (typeof data === 'string' || !new TextDecoder('latin1').decode(data).includes('$provideHover')) {
        return;
      }
      Object.defineProperty(WebSocket.prototype, 'send', original);
      setTimeout(() => {
        const lines = [...document.querySelectorAll('.editor-instance .view-line')];
        const box = lines.find(({ textContent }) => textContent.includes('Mike'))?.getBoundingClientRect();
        if (!box) {
          throw new Error('The sample text is not on the screen.');
        }
        const at = { bubbles: true, view: window, clientX: box.left + 10, clientY: box.top + 10 };
        document.elementFromPoint(at.clientX, at.clientY)?.dispatchEvent(new MouseEvent('mousemove', at));
      }, 0);
    };
  });
}
