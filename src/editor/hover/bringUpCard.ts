/** What came of asking for the card once. `unheard`: no question reached us, because the card is up already, or no editor was asked. */
export type Asked = 'answered' | 'nothing' | 'withdrawn' | 'unheard';

/** Where a card is to come up. */
export interface CardStage {
  /** Whether the user has gone on to something else. */
  readonly isLeft: boolean;
  /** Whether VS Code has taken the keyboard from the editor by itself: then a card may be gone though no question follows. */
  readonly isKeyboardTaken: boolean;
  /** Asks for the card, and waits until it is known what came of it. */
  ask(): Promise<Asked>;
  /** Gives the keyboard to the editor. */
  focus(): Promise<void>;
}

/** Times that the card is asked for at most: a hand that moves the mouse over the text for a second, and a busy machine. */
const MOST_ASKED = 10;

/** Times that the keyboard is taken at most. What takes it away by itself does so once; then it is the user who wants it elsewhere. */
const MOST_FOCUSED = 2;

/**
 * Asks for a card until it is there, or the user goes on to something else.
 *
 * VS Code tells neither that a card has come up nor that it has gone, but a card that is there is not asked for again: so it is asked
 * for once more, and has come up when no question follows to an editor that could be asked.
 *
 * @returns whether the card came up.
 */
export async function bringUpCard(stage: CardStage): Promise<boolean> {
  let isAnswered = false;
  let isUnheard = false;
  let focused = 0;
  for (let asked = 0; asked < MOST_ASKED && !stage.isLeft; asked++) {
    if (isUnheard && focused < MOST_FOCUSED) {
      focused++;
      await stage.focus();
    }
    const outcome = await stage.ask();
    if (outcome === 'nothing') {
      return false;
    }
    isUnheard = outcome === 'unheard';
    if (!isUnheard) {
      isAnswered = outcome === 'answered';
    } else if (isAnswered && !stage.isKeyboardTaken) {
      return true;
    }
  }
  return isAnswered;
}
