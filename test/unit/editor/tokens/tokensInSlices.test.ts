import assert from 'node:assert/strict';
import type { Tokenizer } from '../../../../src/core/tokenizer/tokenizer';
import { countInSlices, tokensInSlices, type TextToken } from '../../../../src/editor/tokens/tokensInSlices';
import { SeededRandom } from '../../../fixtures/checkpoints/seededRandom';
import { tokenizer } from '../plainEmbeddings';
import { plainTokenizer } from '../../tokenizer/plainTokenizer';

const PARTS = [
  'banana',
  ' cosmic',
  " it's",
  '\n\n',
  '\r\n',
  '   ',
  ' 1,024',
  ' \u{1f34c}',
  '語言',
  '\ud83c',
  '!?',
];

/** The same tokenizer, of which nothing is known but what every tokenizer has. */
const plain = plainTokenizer(tokenizer);

async function all(from: Tokenizer, text: string, signal?: AbortSignal): Promise<TextToken[]> {
  const tokens: TextToken[] = [];
  for await (const some of tokensInSlices(from, text, signal)) {
    tokens.push(...some);
  }
  return tokens;
}

describe('tokens in slices', () => {
  it('are those of the whole text, of every tokenizer', async () => {
    const random = new SeededRandom(7);
    const texts = Array.from({ length: 30 }, (_, at) =>
      Array.from({ length: at * 40 }, () => PARTS[random.uint32() % PARTS.length] ?? '').join(''),
    );
    for (const text of [...texts, 'a'.repeat(5_000)]) {
      const { ids, offsets } = tokenizer.encodeWithOffsets(text);
      const whole = ids.map((id, index) => [id, ...(offsets[index] ?? [])]);
      for (const from of [tokenizer, plain]) {
        assert.deepEqual(
          (await all(from, text)).map(({ id, start, end }) => [id, start, end]),
          whole,
        );
        assert.equal(await countInSlices(from, text), ids.length);
      }
    }
  });

  it('let others work meanwhile, and end when they are canceled', async () => {
    const text = 'The cosmic banana met Mike. '.repeat(100_000);
    const reason = new Error('enough');
    for (const question of [all, countInSlices]) {
      const abort = new AbortController();
      setImmediate(() => abort.abort(reason));
      await assert.rejects(question(tokenizer, text, abort.signal), (error) => error === reason);
    }
  });
});
