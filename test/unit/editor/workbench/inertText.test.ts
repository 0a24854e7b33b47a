import assert from 'node:assert/strict';
import { inertText } from '../../../../src/editor/workbench/inertText';
import { statusText } from '../../../../src/editor/workbench/statusText';
import { seededRandom } from '../../../fixtures/checkpoints/seededRandom';

/** What VS Code makes a link of in notifications, progress and input boxes: `LINK_REGEX` of its src/vs/base/common/linkedText.ts. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

/** What it draws icons for: `labelWithIconsRegex` of src/vs/base/browser/ui/iconLabel/iconLabels.ts. */
const ICON = /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/;

/** And what it looks for when it matches and reads out labels: src/vs/base/common/iconLabels.ts. */
const ICONS_ELSEWHERE = [/\$\([A-Za-z0-9~-]+\)/, /\$\((.*?)\)/];

/** How a notification prepares its message: `parseNotificationMessage` of src/vs/workbench/common/notifications.ts. */
function asNotificationHasIt(message: string): string {
  const cut = message.length > 1_000 ? `${message.substring(0, 1_000)}...` : message;
  return cut.replace(/(\r\n|\n|\r)/gm, ' ').trim();
}

const HOSTILE = [
  '[Show anyway](command:workbench.action.terminal.new)',
  'notes [Show anyway](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22ls%5Cn%22%7D).txt',
  '[a](https://example.org)',
  '[a](file:///etc/passwd "title")',
  '[a](COMMAND:x)',
  "[a](command:x 'title')",
  '[[a]](command:x)',
  '[\n](command:x)',
  '[a]\u2060(command:x)[b](command:y)',
  '](](](command:x)',
];

/** Pieces from which links and icons fall together by chance, with characters that VS Code or we take away or replace. */
const PIECES = [
  ...[
    '[',
    ']',
    '(',
    ')',
    '](',
    '$',
    '$(',
    '\\',
    ' ',
    '"',
    "'",
    'a',
    'bug',
    '~spin',
    'command:',
    'file:',
    'https://',
    'x',
  ],
  ...['\n', '\r', '\u2060', '\u200b', '\u202e', '\ud83d', '…', '‹', '›', '[a](command:x)', '$(bug)'],
];

describe('inert text', () => {
  it('can fail: VS Code makes links and icons of these', () => {
    assert.match(asNotificationHasIt(HOSTILE[0] ?? ''), LINK);
    assert.match('$(bug)', ICON);
  });

  for (const text of HOSTILE) {
    it(`has no link: ${JSON.stringify(text)}`, () => {
      assert.doesNotMatch(inertText(text), LINK);
      assert.doesNotMatch(asNotificationHasIt(inertText(`Before ${text}, behind it.`)), LINK);
    });
  }

  it('reads as it was', () => {
    const text = HOSTILE[1] ?? '';
    assert.equal(inertText(text).replaceAll('\u2060', ''), text);
    assert.equal(inertText('$(bug)').replaceAll('\u2060', ''), '$(bug)');
    assert.equal(inertText('gpt2 is ready: 50,257 × 768.'), 'gpt2 is ready: 50,257 × 768.');
  });

  it('has no link and no icon, whatever the text', () => {
    const random = seededRandom(1202);
    let links = 0;
    for (let round = 0; round < 20_000; round++) {
      const length = Math.floor(random() * 60);
      const text = Array.from({ length }, () => PIECES[Math.floor(random() * PIECES.length)]).join('');
      links += LINK.test(text) ? 1 : 0;
      const shown = inertText(text);
      // In a sentence of ours between two of them, as a notification gets it, and cut at any place.
      for (const message of [shown, asNotificationHasIt(`Loading ${shown} failed. ${inertText(text)}`)]) {
        assert.doesNotMatch(message, LINK, JSON.stringify(text));
        for (const icon of [ICON, ...ICONS_ELSEWHERE]) {
          assert.doesNotMatch(message, icon, JSON.stringify(text));
        }
      }
      assert.doesNotMatch(inertText(text, Math.floor(random() * 100) + 1), LINK, JSON.stringify(text));
    }
    assert.ok(links > 1_000, 'hardly any of the texts has a link');
  });

  it('is one line, and is cut', () => {
    assert.equal(inertText('two\nlines'), 'two‹U+000A›lines');
    assert.equal(inertText('x'.repeat(10_000)).length, 600);
  });
});

describe('text of a status bar item', () => {
  it('has our icons and no others', () => {
    assert.equal(
      statusText([{ icon: 'whole-word', text: '2 tokens' }, { text: '$(bug) gpt2' }]),
      '$(whole-word) 2 tokens · $\u2060(bug) gpt2',
    );
  });

  it('leaves room for others', () => {
    assert.ok(statusText([{ icon: 'beaker', text: 'x'.repeat(1_000) }]).length < 80);
  });
});
