import { parseArgs } from 'node:util';
import { visibleJson } from '../core/foreignText/visibleText';
import { openEmbeddingSource, type EmbeddingSource } from '../model/embeddingSource';
import type { ModelIdentity } from '../model/modelLocation';
import { locateModel, ownIdentity, tokenizerOf, VECTORS_FOLDER, type LocatedModel } from './locateModel';
import { writeLine } from './output';
import { surveyRows } from './surveyRows';
import { UsageError } from './usageError';

export const CHECKPOINT_USAGE =
  'npm run -s checkpoint -- [--json] [--tensor NAME] [--labels FILE] [--cache FOLDER] FILE|FOLDER';

/** Values of the first row that are shown: enough to recognize a matrix by. */
const SHOWN_VALUES = 6;

/** `checkpoint`: which embedding tensor a checkpoint holds. A checkpoint that is refused is an error, told by `main`. */
export async function checkpointCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      tensor: { type: 'string' },
      labels: { type: 'string' },
      cache: { type: 'string', default: VECTORS_FOLDER },
    },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) {
    throw new UsageError('Give one file or folder.');
  }
  const located = await locateModel(path, {
    tensorName: values.tensor,
    labelFile: values.labels,
    folder: values.cache,
    isSearched: false,
  });
  const source = await openEmbeddingSource(located.location, { tensorName: located.tensorName });
  try {
    const report = await describe(source, located);
    for (const line of values.json ? [visibleJson(report)] : linesOf(report)) {
      await writeLine(line);
    }
  } finally {
    await source.close();
  }
}

interface CheckpointReport {
  readonly path: string;
  /** What a file of vectors is, how many of its rows have labels, and what it was converted to. */
  readonly format?: string;
  readonly labels?: number;
  readonly converted?: string;
  readonly tensor: string;
  readonly dtype: string;
  readonly shape: readonly [number, number];
  readonly firstRow: readonly number[];
  readonly warnings: readonly string[];
}

async function describe(source: EmbeddingSource, located: LocatedModel): Promise<CheckpointReport> {
  const identity = ownIdentity(source.identity, located);
  const { path, tensorName, dtype, rowCount, dimension, warnings, isSample } = identity;
  const { vectors } = located;
  const labels = await labelsOf(identity, located);
  const row = new Float32Array(dimension);
  await source.readRows(0, row);
  return {
    path: isSample ? 'sample vectors, not GPT-2' : path,
    ...(vectors !== undefined && {
      format: vectors.format,
      labels: labels.count,
      converted: vectors.path,
    }),
    tensor: tensorName,
    dtype,
    shape: [rowCount, dimension],
    firstRow: [...row.subarray(0, SHOWN_VALUES)],
    warnings: [...warnings, ...labels.warnings, ...(await surveyRows(source))],
  };
}

/** Which labels the rows have, and what there is to say about them or about the tokenizer that lies beside the checkpoint. */
async function labelsOf(
  identity: ModelIdentity,
  located: LocatedModel,
): Promise<{ readonly count: number; readonly warnings: readonly string[] }> {
  try {
    const { tokenizer, warning } = await tokenizerOf(identity, located);
    return { count: tokenizer.vocabularySize, warnings: warning === undefined ? [] : [warning] };
  } catch (error) {
    // The matrix can be used all the same, by token ids.
    return { count: 0, warnings: [error instanceof Error ? error.message : String(error)] };
  }
}

function linesOf(report: CheckpointReport): string[] {
  const { path, format, labels = 0, converted, tensor, dtype, shape, firstRow, warnings } = report;
  const values = firstRow.map((value) => value.toFixed(4)).join(' ');
  const more = shape[1] > firstRow.length ? ' …' : '';
  return [
    path,
    ...(format === undefined
      ? []
      : [`format     ${format}`, `labels     ${labels}`, `converted  ${converted ?? ''}`]),
    `tensor     ${tensor}`,
    `dtype      ${dtype}`,
    `shape      [${shape.join(', ')}]`,
    `first row  ${values}${more}`,
    ...warnings.map((warning) => `warning    ${warning}`),
  ];
}
