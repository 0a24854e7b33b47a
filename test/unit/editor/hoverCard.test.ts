import assert from 'node:assert/strict';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { splitWord } from '../../../src/editor/hover/buildHoverCard';
import { escapeMarkup } from '../../../src/editor/hover/escapeMarkup';
import { formatSimilarity, hoverMarkdown, type HoverCard } from '../../../src/editor/hover/hoverCard';
import { tokenView } from '../../../src/editor/tokens/tokenView';

const tokenizer = Gpt2Tokenizer.shared();

/** What a reader sees: tags dropped, character references resolved. */
function visibleText(markdown: string): string {
  return markdown
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

function card(text: string, inPlace?: readonly number[]): HoverCard {
  return { ...splitWord(tokenizer, text, inPlace), isSample: false, links: [] };
}

describe('hover card', () => {
  it('shows the pieces of banana alone, and that banana after a space is one token', () => {
    const text = visibleText(hoverMarkdown(card('banana')));
    assert.match(text, /alone.*ban.*ana.*3820 2271.*2 tokens/);
    assert.match(text, /␣banana.*25996.*1 token/);
  });

  it('shows the word as it stands first, and does not say the same twice', () => {
    const text = visibleText(hoverMarkdown(card('banana', [25996])));
    assert.match(text, /^here.*␣banana.*25996.*1 token, the space belongs to it.*alone.*ban/s);
    assert.equal(text.match(/␣banana/g)?.length, 1);
  });

  it('needs one row where the word splits the same here and alone', () => {
    assert.doesNotMatch(visibleText(hoverMarkdown(card('apple', tokenizer.encode('apple')))), /here/);
  });

  it('shows half characters as bytes', () => {
    assert.match(visibleText(hoverMarkdown(card('語'))), /\\xe8\\xaa.*\\x9e/);
  });

  it('counts what it does not show of a long word', () => {
    const long = 'x1'.repeat(40);
    assert.match(visibleText(hoverMarkdown(card(long))), /…/);
    assert.match(
      visibleText(hoverMarkdown(card(long))),
      new RegExp(`${tokenizer.encode(long).length} tokens`),
    );
  });

  it('says where the numbers come from sample vectors', () => {
    const neighbors = [
      {
        piece: tokenView(tokenizer, 16073),
        nearest: [{ token: tokenView(tokenizer, 4995), score: -0.0004 }],
      },
    ];
    const sample = visibleText(hoverMarkdown({ ...card('Mike'), neighbors, isSample: true }));
    assert.match(sample, /Sample vectors, not GPT-2/);
    assert.match(sample, /␣Mike\s+0\.000/);
    assert.doesNotMatch(visibleText(hoverMarkdown({ ...card('Mike'), neighbors })), /Sample/);
  });

  it('writes similarities with three decimals and a real minus sign', () => {
    assert.deepEqual([0.8574, -0.1234, 1, -0.0001].map(formatSimilarity), [
      '0.857',
      '−0.123',
      '1.000',
      '0.000',
    ]);
  });
});

describe('text in a hover', () => {
  it('stays text, whatever it holds', () => {
    const hostile =
      '<img src=x onerror=alert(1)> **b** `c` | [d](command:e) $(bug) ~~s~~ \\ & &amp; # h\n- l';
    const escaped = escapeMarkup(hostile);
    assert.match(escaped, /^(?:[A-Za-z0-9]|&#\d+;)*$/);
    assert.equal(visibleText(escaped), hostile);
  });

  it('keeps letters of all scripts readable, and characters beyond the basic plane whole', () => {
    assert.equal(visibleText(escapeMarkup('naïve 語 🍌')), 'naïve 語 🍌');
  });
});
