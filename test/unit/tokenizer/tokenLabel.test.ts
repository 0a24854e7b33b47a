import assert from 'node:assert/strict';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import {
  LONGEST_LABEL_BYTES,
  plainToken,
  quotedToken,
  spokenToken,
  tokenLabel,
} from '../../../src/core/tokenizer/tokenLabel';
import type { TokenLabel as ProtocolTokenLabel } from '../../../src/protocol/tokenLabel';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const segments = (bytes: Uint8Array): string[] =>
  tokenLabel(bytes).segments.map(({ kind, text }) => `${kind}:${text}`);

describe('tokenLabel', () => {
  it('keeps visible text whole and shows each space, newline and tab for itself', () => {
    assert.deepEqual(segments(utf8(' Mike')), ['space: ', 'text:Mike']);
    assert.deepEqual(segments(utf8('  \n\ta b')), [
      'space: ',
      'space: ',
      'newline:↵',
      'tab:→',
      'text:a',
      'space: ',
      'text:b',
    ]);
    assert.deepEqual(segments(utf8('漢字é🍌`|*<&')), ['text:漢字é🍌`|*<&']);
    assert.deepEqual(segments(utf8('')), []);
  });

  it('shows bytes of incomplete characters as escapes, in one run', () => {
    assert.deepEqual(segments(Uint8Array.of(0xe4, 0xbd)), ['bytes:\\xe4\\xbd']);
    assert.deepEqual(segments(Uint8Array.of(0x20, 0xf0, 0x9f, 0x61, 0x8c)), [
      'space: ',
      'bytes:\\xf0\\x9f',
      'text:a',
      'bytes:\\x8c',
    ]);
  });

  it('escapes what UTF-8 forbids: overlong forms, surrogates, code points beyond the last', () => {
    for (const bytes of [
      [0xc0, 0xaf],
      [0xe0, 0x80, 0xaf],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xf5, 0x80, 0x80, 0x80],
      [0xff, 0xfe],
    ]) {
      const escaped = bytes.map((byte) => `\\x${byte.toString(16)}`).join('');
      assert.deepEqual(segments(Uint8Array.from(bytes)), [`bytes:${escaped}`]);
    }
  });

  it('agrees with a strict decoder on which bytes are text, for every token', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const tokenizer = Gpt2Tokenizer.shared();
    let broken = 0;
    for (let id = 0; id < tokenizer.vocabularySize; id++) {
      const bytes = tokenizer.tokenBytes(id);
      const label = tokenLabel(bytes);
      let text: string | undefined;
      try {
        text = strict.decode(bytes);
      } catch {
        broken++;
      }
      const isText = label.segments.every(({ kind }) => kind !== 'bytes');
      if (isText) {
        const shown = label.segments.map(({ kind, text: s }) =>
          kind === 'newline' ? '\n' : kind === 'tab' ? '\t' : s,
        );
        assert.equal(shown.join(''), text);
      } else if (text !== undefined) {
        assert.match(text, /[\p{C}\p{Z}\ufe0f]/u, `token ${id}`);
      }
    }
    assert.ok(broken > 100, `${broken} tokens are no whole characters`);
  });

  it('never lets control, format, bidirectional or invisible characters through', () => {
    const unseen = [
      0x00, 0x07, 0x0b, 0x0d, 0x1b, 0x7f, 0x85, 0x9f, 0xa0, 0xad, 0x061c, 0x180e, 0x200b, 0x200f, 0x2028,
      0x2029,
    ];
    unseen.push(0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0x3000, 0xfe0f, 0xfeff, 0xe0041);
    for (const codePoint of unseen) {
      const bytes = utf8(String.fromCodePoint(codePoint));
      const escaped = Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
      assert.deepEqual(segments(bytes), [`bytes:${escaped}`], codePoint.toString(16));
    }
  });

  it('is the label of the message protocol', () => {
    const label: ProtocolTokenLabel = tokenLabel(utf8(' a'));
    assert.equal(label.segments.length, 2);
  });
});

describe('plainToken', () => {
  it('fits on one line and shows what cannot be seen', () => {
    assert.equal(plainToken(utf8(' Mike\n\t')), '␣Mike↵→');
    assert.equal(plainToken(Uint8Array.of(0x20, 0xe4, 0xbd)), '␣\\xe4\\xbd');
    assert.equal(plainToken(utf8('a\u2028b\r')), 'a\\xe2\\x80\\xa8b\\x0d');
  });
});

describe('spokenToken', () => {
  it('names what a screen reader would pass over', () => {
    assert.equal(spokenToken(utf8(' Mike')), 'space Mike');
    assert.equal(spokenToken(utf8('\n')), 'newline');
    assert.equal(spokenToken(utf8('\n\n')), '2 newlines');
    assert.equal(spokenToken(utf8('    ')), '4 spaces');
    assert.equal(spokenToken(utf8('\tx')), 'tab x');
    assert.equal(spokenToken(Uint8Array.of(0xe4, 0xbd)), 'bytes e4 bd');
    assert.equal(spokenToken(Uint8Array.of(0x07)), 'byte 07');
    assert.equal(spokenToken(new Uint8Array(0)), 'empty');
  });
});

describe('quotedToken', () => {
  it('quotes as Python does', () => {
    assert.equal(quotedToken(utf8(' banana')), "' banana'");
    assert.equal(quotedToken(utf8("'s")), '"\'s"');
    assert.equal(quotedToken(utf8('"')), "'\"'");
    assert.equal(quotedToken(utf8(`'"`)), `'\\'"'`);
    assert.equal(quotedToken(utf8('\\n')), "'\\\\n'");
    assert.equal(quotedToken(utf8('\n\t\r\0')), "'\\n\\t\\r\\x00'");
    assert.equal(quotedToken(Uint8Array.of(0xe4, 0xbd)), "'\\xe4\\xbd'");
    assert.equal(quotedToken(new Uint8Array(0)), "''");
  });
});

describe('a token that is longer than its label', () => {
  it('is none of those of GPT-2', () => {
    const tokenizer = Gpt2Tokenizer.shared();
    const lengths = Array.from(
      { length: tokenizer.vocabularySize },
      (_, id) => tokenizer.tokenBytes(id).length,
    );
    assert.equal(Math.max(...lengths), LONGEST_LABEL_BYTES);
  });

  it('is cut everywhere, and its length is told', () => {
    const spaces = new Uint8Array(10_000).fill(0x20);
    const cut = '… (10,000 bytes)';
    assert.deepEqual(segments(spaces), [...Array.from({ length: 128 }, () => 'space: '), `cut:${cut}`]);
    assert.equal(plainToken(spaces), '␣'.repeat(128) + cut);
    assert.equal(spokenToken(spaces), `128 spaces ${cut}`);
    assert.equal(quotedToken(spaces), `'${' '.repeat(128)}'${cut}`);
  });

  it('shows more where that is asked for', () => {
    const spaces = new Uint8Array(10_000).fill(0x20);
    assert.equal(tokenLabel(spaces, 1_000).segments.length, 1_001);
    assert.equal(plainToken(spaces, 10_000), '␣'.repeat(10_000));
    assert.equal(spokenToken(spaces, 10_000), '10000 spaces');
  });

  it('is cut between two characters', () => {
    for (const character of ['é', '語', '🍌']) {
      const bytes = utf8(character.repeat(200));
      const size = utf8(character).length;
      const shown = plainToken(bytes).replace(/…[^]*$/, '');
      assert.equal(shown, character.repeat(Math.floor(LONGEST_LABEL_BYTES / size)));
    }
    const broken = new Uint8Array(1_000).fill(0x80);
    assert.match(plainToken(broken), /^(?:\\x80)+… \(1,000 bytes\)$/);
  });

  it('is short whatever its bytes are', () => {
    const worst = Uint8Array.from({ length: 100_000 }, (_, at) => (at % 2 === 0 ? 0x20 : 0xff));
    assert.ok(tokenLabel(worst).segments.length <= LONGEST_LABEL_BYTES + 1);
    for (const text of [plainToken(worst), spokenToken(worst), quotedToken(worst)]) {
      assert.ok(text.length < 2_000);
    }
  });
});
