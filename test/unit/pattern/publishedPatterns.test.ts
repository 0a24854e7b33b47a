import assert from 'node:assert/strict';
import { Pattern } from '../../../src/core/pattern/pattern';
import { seededTexts } from '../tokenizer/seededTexts';
import { PUBLISHED_PATTERNS } from './publishedPatterns';
import { cutAt, RustSplit } from './rustSplit';

describe('Published patterns match as in the Rust tokenizers library', () => {
  // Half a pair alone is U+FFFD to both, but a Rust string cannot say so.
  const texts = Array.from(seededTexts(600, 61), (text) => text.replace(/\p{Surrogate}/gu, '\ufffd'));
  const digits = ['1', '12', '1234', '1234567 12 1234', 'a1234b', '1,234.5 ٣٤٣٤٣٤', '\r\n\r\n\n a\n\n'];

  for (const [name, source] of Object.entries(PUBLISHED_PATTERNS)) {
    it(name, () => {
      const [oracle, pattern] = [new RustSplit(source), new Pattern(source)];
      let found = 0;
      for (const text of [...texts, ...digits]) {
        const ours = cutAt(text, pattern.findAll(text));
        if (ours.pieces.join('\0') !== oracle.pieces(text).join('\0')) {
          assert.deepEqual(ours.pieces, oracle.pieces(text), JSON.stringify(text));
        }
        assert.deepEqual(ours.found, oracle.found(text), JSON.stringify(text));
        found += pattern.findAll(text).length;
      }
      assert.ok(found > 0, 'it matches nothing');
      assert.ok(pattern.size <= 100, `size ${String(pattern.size)}`);
    });
  }
});
