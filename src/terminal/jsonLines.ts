import type { Readable } from 'node:stream';
import { visibleJson } from '../core/foreignText/visibleText';

/** A line beyond this is refused: nobody's text, and it has to fit in memory as a string. */
const MAX_LINE_LENGTH = 256 * 1024 * 1024;

/**
 * Lines of a UTF-8 stream, without their line ends. Only a line feed ends a line: JSON strings may hold U+2028 and others that
 * `node:readline` takes for line ends.
 *
 * @throws {RangeError} for a line of more than 256 Mi characters.
 */
export async function* linesOf(stream: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const pieces = decoder.decode(chunk as Uint8Array, { stream: true }).split('\n');
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) {
        yield parts.join('');
        parts = [];
        length = 0;
      }
      parts.push(piece);
      length += piece.length;
      if (length > MAX_LINE_LENGTH) {
        throw new RangeError(`A line has more than ${MAX_LINE_LENGTH} characters.`);
      }
    }
  }
  const last = parts.join('') + decoder.decode();
  if (last !== '') {
    yield last;
  }
}

/**
 * Answers each JSON value of a stream with one JSON line, in order. What cannot be answered gets `{"error": …}` in its place, so
 * that line n always answers line n; lines of white space alone are passed over.
 */
export async function answerJsonLines(
  stream: Readable,
  write: (line: string) => Promise<void>,
  answer: (value: unknown) => unknown,
): Promise<void> {
  for await (const line of linesOf(stream)) {
    if (line.trim() !== '') {
      await write(visibleJson(await answerLine(line, answer)));
    }
  }
}

async function answerLine(line: string, answer: (value: unknown) => unknown): Promise<unknown> {
  try {
    return await answer(JSON.parse(line));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { error: error instanceof SyntaxError ? `Not JSON: ${message}` : message };
  }
}
