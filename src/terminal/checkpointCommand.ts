import { parseArgs } from 'node:util';
import { visibleJson } from '../core/foreignText/visibleText';
import { openEmbeddingSource, type EmbeddingSource } from '../model/embeddingSource';
import { parseModelLocation } from '../model/parseModelLocation';
import { tokenizerForModel, vocabularyWarning } from '../model/tokenizers/tokenizerForModel';
import { writeLine } from './output';
import { surveyRows } from './surveyRows';
import { UsageError } from './usageError';

export const CHECKPOINT_USAGE = 'npm run -s checkpoint -- [--json] [--tensor NAME] FILE|FOLDER';

/** Values of the first row that are shown: enough to recognize a matrix by. */
const SHOWN_VALUES = 6;

/** `checkpoint`: which embedding tensor a checkpoint holds. A checkpoint that is refused is an error, told by `main`. */
export async function checkpointCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, tensor: { type: 'string' } },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) {
    throw new UsageError('Give one safetensors file or folder.');
  }
  const source = await openEmbeddingSource(await parseModelLocation(path), { tensorName: values.tensor });
  try {
    const report = await describe(source);
    for (const line of values.json ? [visibleJson(report)] : linesOf(report)) {
      await writeLine(line);
    }
  } finally {
    await source.close();
  }
}

interface CheckpointReport {
  readonly path: string;
  readonly tensor: string;
  readonly dtype: string;
  readonly shape: readonly [number, number];
  readonly firstRow: readonly number[];
  readonly warnings: readonly string[];
}

async function describe(source: EmbeddingSource): Promise<CheckpointReport> {
  const { path, tensorName, dtype, rowCount, dimension, warnings, isSample } = source.identity;
  const row = new Float32Array(dimension);
  await source.readRows(0, row);
  return {
    path: isSample ? 'sample vectors, not GPT-2' : path,
    tensor: tensorName,
    dtype,
    shape: [rowCount, dimension],
    firstRow: [...row.subarray(0, SHOWN_VALUES)],
    warnings: [...warnings, ...(await tokenizerWarnings(source)), ...(await surveyRows(source))],
  };
}

/** What there is to say about the tokenizer that lies beside the checkpoint. */
async function tokenizerWarnings({ identity }: EmbeddingSource): Promise<string[]> {
  try {
    const warning = vocabularyWarning(await tokenizerForModel(identity), identity);
    return warning === undefined ? [] : [warning];
  } catch (error) {
    // The matrix can be used all the same, by token ids.
    return [error instanceof Error ? error.message : String(error)];
  }
}

function linesOf({ path, tensor, dtype, shape, firstRow, warnings }: CheckpointReport): string[] {
  const values = firstRow.map((value) => value.toFixed(4)).join(' ');
  const more = shape[1] > firstRow.length ? ' …' : '';
  return [
    path,
    `tensor     ${tensor}`,
    `dtype      ${dtype}`,
    `shape      [${shape.join(', ')}]`,
    `first row  ${values}${more}`,
    ...warnings.map((warning) => `warning    ${warning}`),
  ];
}
