import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { answerJsonLines, linesOf } from '../../../src/terminal/jsonLines';

async function lines(chunks: readonly Uint8Array[]): Promise<string[]> {
  const found: string[] = [];
  for await (const line of linesOf(Readable.from(chunks))) {
    found.push(line);
  }
  return found;
}

describe('lines of a stream', () => {
  it('are whole wherever the chunks are cut, also inside a character', async () => {
    const text = 'é🍌\n\nplain\r\nlast without end';
    const bytes = new TextEncoder().encode(text);
    for (let cut = 0; cut <= bytes.length; cut++) {
      assert.deepEqual(await lines([bytes.slice(0, cut), bytes.slice(cut)]), text.split('\n'));
    }
  });

  it('end at a line feed only', async () => {
    assert.deepEqual(await lines([new TextEncoder().encode('a\u2028b\u2029c\u0085d\n')]), [
      'a\u2028b\u2029c\u0085d',
    ]);
  });
});

describe('answers to JSON lines', () => {
  it('come one a line, in order, with an error in the place of what cannot be answered', async () => {
    const written: string[] = [];
    await answerJsonLines(
      Readable.from([Buffer.from('1\n{bad\n\n  \n"x"\n3')]),
      (line) => {
        written.push(line);
        return Promise.resolve();
      },
      (value) => {
        if (typeof value !== 'number') {
          throw new TypeError('Expected a number.');
        }
        return { twice: value * 2 };
      },
    );
    assert.equal(written.length, 4);
    assert.equal(written[0], '{"twice":2}');
    assert.match(written[1] ?? '', /^\{"error":"Not JSON: /);
    assert.equal(written[2], '{"error":"Expected a number."}');
    assert.equal(written[3], '{"twice":6}');
  });
});
