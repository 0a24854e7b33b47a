import { float32Text } from '../../../core/embedding/analysis/float32Text';
import { nextTask } from '../../nextTask';
import type { ModelAnalysis } from './modelAnalysis';
import { rankedIds } from './rankTokens';

/** Rows that are written between two looks at the signal: about 10 ms with 768 dimensions. */
const ROWS_AT_ONCE = 16;

/**
 * Rows as text: values separated by tabs, rows by line feeds, nothing after the last. Each value in the fewest digits that give its
 * single-precision value back.
 *
 * @throws {RangeError} for a token that is not ranked, or too many of them.
 * @throws The signal's reason when it is aborted.
 */
export async function writeTsv(
  { search }: ModelAnalysis,
  asked: readonly number[],
  signal: AbortSignal,
): Promise<string> {
  const { dimension, rows } = search;
  const ids = rankedIds(search, asked);
  const lines: string[] = [];
  for (let first = 0; first < ids.length; first += ROWS_AT_ONCE) {
    await nextTask();
    signal.throwIfAborted();
    const some = ids.subarray(first, first + ROWS_AT_ONCE);
    const values = new Float32Array(some.length * dimension);
    rows.copyRows(some, values);
    for (let start = 0; start < values.length; start += dimension) {
      lines.push(Array.from(values.subarray(start, start + dimension), float32Text).join('\t'));
    }
  }
  return lines.join('\n');
}
