import assert from 'node:assert/strict';
import { Gpt2Tokenizer } from '../../../../src/core/tokenizer/gpt2Tokenizer';
import { MissingTokenizer } from '../../../../src/core/tokenizer/missingTokenizer';
import { splitWord } from '../../../../src/editor/hover/buildHoverCard';
import { escapeMarkup } from '../../../../src/editor/markdown/escapeMarkup';
import { formatSimilarity, hoverMarkdown, type HoverCard } from '../../../../src/editor/hover/hoverCard';
import { tokenCardMarkdown, type TokenCard } from '../../../../src/editor/hover/tokenCard';
import { dictionaryOf } from '../../labels/dictionaryOf';
import { tokenView } from '../../../../src/editor/tokens/tokenView';

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

  it('says of words that are looked up which are found, and of others that they are not', () => {
    const words = dictionaryOf(['the', 'frog', 'New York']);
    const shown = (text: string): string =>
      visibleText(hoverMarkdown({ ...splitWord(words, text, undefined), isSample: false, links: [] }));
    assert.match(shown('frog'), /^frog\s+row 1\s*$/);
    assert.match(shown('New York'), /^New␣York\s+row 2\s*$/);
    assert.match(
      shown('the Frog'),
      /^the\s+row 0[^]*"Frog" is not among the 3 labels of some vectors; "frog" is\./,
    );
    assert.equal(shown('newt'), '"newt" is not among the 3 labels of some vectors.');
    const tokens = dictionaryOf([' queen', 'king'], 'tokens');
    assert.match(
      visibleText(hoverMarkdown({ ...splitWord(tokens, 'queen', undefined), isSample: false, links: [] })),
      /^␣queen\s+row 0\s*$/,
    );
  });

  it('says why there are no tokens where the tokenizer is missing, and counts none', () => {
    const missing = new MissingTokenizer('Rows are shown by number.');
    const markdown = hoverMarkdown({ ...splitWord(missing, 'frog', []), isSample: false, links: [] });
    assert.equal(visibleText(markdown), 'Rows are shown by number.');
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

  it('puts ids below the pieces where a line has no room for both', () => {
    const word = 'antidisestablishmentarianism';
    const ids = tokenizer.encode(word);
    const rows = hoverMarkdown(card(word)).split('</tr>').map(visibleText);
    assert.match(rows[0] ?? '', new RegExp(`^alone.*${ids.length} tokens`));
    assert.doesNotMatch(rows[0] ?? '', new RegExp(String(ids[0])));
    assert.match(rows[1] ?? '', new RegExp(ids.join('.')));
  });

  it('cuts long neighbors, so that they stay in one line', () => {
    const long = tokenizer.encode(' telecommunications').map((id) => tokenView(tokenizer, id));
    const [piece] = long;
    assert.ok(piece && long.length === 1);
    const nearest = [0.9, 0.8, 0.7].map((score) => ({ token: piece, score }));
    const text = visibleText(hoverMarkdown({ ...card('a'), neighbors: [{ piece, nearest }] }));
    assert.doesNotMatch(text, /telecommunications/);
    assert.match(text, /␣telecomm….*␣telecomm… 0\.900.*␣telecomm… 0\.800/);
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
    assert.match(
      hoverMarkdown({ ...card('Mike'), neighbors, isSample: true }),
      /<span style="color:var\(--vscode-editorWarning-foreground\);">\$\(beaker\)<\/span>/,
    );
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
    assert.match(escaped, /^(?:[A-Za-z0-9‹›]|&#\d+;)*$/);
    assert.equal(visibleText(escaped), hostile.replace('\n', '‹U+000A›'));
  });

  it('keeps letters of all scripts readable, and characters beyond the basic plane whole', () => {
    assert.equal(visibleText(escapeMarkup('naïve 語 🍌')), 'naïve 語 🍌');
  });
});

describe('card of a token in token bands', () => {
  const text = 'She ate a ripe banana. She ate 日 too';
  const ids = tokenizer.encode(text);
  const placed = (index: number): TokenCard['tokens'][number] => ({
    view: tokenView(tokenizer, ids[index] ?? -1),
    index,
  });
  const tokenCard: TokenCard = {
    tokens: [placed(4)],
    before: [placed(2), placed(3)],
    after: [placed(5), placed(6)],
    count: ids.length,
    occurrences: { count: 1, where: 'document' },
    isSample: false,
    links: [],
  };

  it('shows the token with its id, its place and how often it stands there', () => {
    assert.match(
      visibleText(tokenCardMarkdown(tokenCard)),
      new RegExp(`^␣banana +id 25996 +token 5 of ${ids.length}, once in this document`),
    );
    const often = { count: 1_234, where: 'visible' } as const;
    assert.match(
      visibleText(tokenCardMarkdown({ ...tokenCard, occurrences: often })),
      /1,234 times in the visible part/,
    );
  });

  it('shows the tokens around it in the order of the text, above their ids', () => {
    const shown = visibleText(tokenCardMarkdown(tokenCard));
    assert.match(shown, /… ▸ +␣a ▸ +␣ripe ▸ +␣banana ▸ +\. ▸ +␣She ▸? +▸ …/);
    assert.match(shown, new RegExp(ids.slice(2, 7).join(' +')));
    assert.match(
      tokenCardMarkdown(tokenCard),
      /<strong><code><span[^>]*bandA[^>]*>␣banana<\/span><\/code><\/strong>/,
    );
  });

  it('does not pretend that there were more at the beginning and the end', () => {
    const first = { ...tokenCard, tokens: [placed(0)], before: [], after: [placed(1)] };
    assert.doesNotMatch(visibleText(tokenCardMarkdown(first)), /… ▸/);
    const last = ids.length - 1;
    const end = { ...tokenCard, tokens: [placed(last)], before: [placed(last - 1)], after: [] };
    assert.doesNotMatch(visibleText(tokenCardMarkdown(end)), /▸ …/);
  });

  it('lists all tokens that share a character, as bytes', () => {
    const at = ids.findIndex((id) => tokenView(tokenizer, id).plain.includes('\\xe6'));
    const card = { ...tokenCard, tokens: [0, 1, 2].map((step) => placed(at + step)) };
    const shown = visibleText(tokenCardMarkdown(card));
    assert.match(shown, /␣\\xe6.*\\x97.*\\xa5.*each of these 3 tokens/s);
    assert.ok(shown.includes(`id ${ids[at]}`) && shown.includes(`id ${ids[at + 2]}`));
  });

  it('tells the value that bands are colored by, on its color, and whose numbers they are', () => {
    const measured = {
      name: 'norm',
      isOfModel: true,
      values: [{ text: '3.12', place: 'higher than 64 % of all tokens', fill: 'value5' }],
    };
    const markdown = tokenCardMarkdown({ ...tokenCard, measured });
    assert.match(visibleText(markdown), /norm +3\.12 +higher than 64 % of all tokens/);
    assert.match(markdown, /tokenscope-value5/);
    assert.match(tokenCardMarkdown({ ...tokenCard, measured, isSample: true }), /Sample vectors, not GPT-2/);
    assert.doesNotMatch(
      tokenCardMarkdown({ ...tokenCard, measured: { ...measured, isOfModel: false }, isSample: true }),
      /Sample/,
    );
  });

  it('keeps hostile names and tokens as text', () => {
    const measured = { name: 'cosine to "<b>$(bug)"', isOfModel: true, values: [undefined] };
    const markdown = tokenCardMarkdown({
      ...tokenCard,
      measured,
      before: [{ view: tokenView(tokenizer, tokenizer.encode('|')[0] ?? 0), index: 3 }],
    });
    assert.doesNotMatch(markdown, /\$\(bug\)|<b>|>\|</);
  });
});
