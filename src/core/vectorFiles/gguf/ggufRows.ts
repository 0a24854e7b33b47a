import type { LabelCollector } from '../../labels/labelCollector';
import type { ByteReader } from '../../safetensors/byteReader';
import { CheckpointError } from '../../safetensors/checkpointError';
import { quoted } from '../../safetensors/jsonScanner';
import { ByteWindow } from '../byteWindow';
import { float32Bytes } from '../float32Bytes';
import { MAX_DIMENSION, rowsOfBatch, type RowBatch, type VectorRows } from '../vectorRows';
import { BLOCK_TYPES, typeName, type BlockType } from './blockTypes';
import { readGgufHeader, type GgufHeader, type GgufTensor } from './ggufHeader';
import { readGgufTokens } from './ggufTokens';

/** What llama.cpp calls the token embedding, in files of all architectures. */
export const GGUF_EMBEDDING = 'token_embd.weight';

/** A tensor that can be read as rows. */
interface StoredRows {
  readonly block: BlockType;
  readonly byteOffset: number;
  readonly rowCount: number;
  readonly dimension: number;
}

/**
 * Opens the token embedding of a GGUF file, with the tokens that the file holds as labels. Quantized values are decoded to single precision as
 * llama.cpp decodes them; F32, F16 and BF16 are handed on as they are.
 *
 * @param tensorName Another tensor.
 * @throws {CheckpointError} naming the file and what is wrong with it, or not read.
 */
export async function openGgufRows(
  reader: ByteReader,
  tensorName = GGUF_EMBEDDING,
  signal?: AbortSignal,
): Promise<VectorRows> {
  const header = await readGgufHeader(reader, tensorName, signal);
  if (header.tensor === undefined) {
    const listed = header.names.map(quoted).join(', ');
    throw new CheckpointError(
      'unsupported',
      reader.name,
      `it holds no tensor ${quoted(tensorName)}. Its tensors: ${listed === '' ? 'none' : `${listed}, …`}`,
    );
  }
  const stored = checkTensor(header.tensor, reader.name, await reader.size());
  const { rowCount, dimension, block } = stored;
  return {
    format: `GGUF, ${block.name}`,
    dimension,
    dtype: block.dtype,
    rowCount,
    labelKind: 'tokens',
    batches: (labels, given) => batchesOf(reader, header, stored, labels, given),
  };
}

async function* batchesOf(
  reader: ByteReader,
  header: GgufHeader,
  { block, byteOffset, rowCount, dimension }: StoredRows,
  labels: LabelCollector,
  signal: AbortSignal | undefined,
): AsyncGenerator<RowBatch, void, undefined> {
  await readGgufTokens(reader, header, labels, rowCount, signal);
  const window = await ByteWindow.open(reader, byteOffset, signal);
  const rowBytes = (dimension / block.blockValues) * block.blockBytes;
  const rowsAtOnce = Math.min(rowCount, rowsOfBatch(dimension, 4));
  const values = new Float32Array(block.decode === undefined ? 0 : rowsAtOnce * dimension);
  for (let row = 0; row < rowCount; row += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, rowCount - row);
    await window.need(rows * rowBytes, () => `row ${String(row)}`);
    const bytes = window.bytes.subarray(window.start, window.start + rows * rowBytes);
    window.start += bytes.length;
    const decoded = values.subarray(0, rows * dimension);
    block.decode?.(bytes, decoded);
    yield {
      bytes: block.decode === undefined ? bytes : float32Bytes(decoded),
      rows,
      fraction: (row + rows) / rowCount,
    };
  }
}

/** @throws {CheckpointError} `unsupported` for a tensor that is no matrix of a type that is read, `malformed` and `truncated` for one that cannot be. */
function checkTensor({ name, axes, type, byteOffset }: GgufTensor, source: string, size: number): StoredRows {
  const block = BLOCK_TYPES.get(type);
  const found = `the tensor ${quoted(name)} is ${typeName(type)} [${[...axes].reverse().join(', ')}]`;
  const fail = (reason: 'unsupported' | 'malformed' | 'truncated', detail: string): CheckpointError =>
    new CheckpointError(reason, source, found + detail);
  const [dimension, rowCount, ...others] = axes;
  if (axes.length < 2 || others.some((length) => length !== 1)) {
    throw fail('unsupported', '; an embedding matrix has two axes.');
  }
  if (block === undefined) {
    const known = Array.from(BLOCK_TYPES.values(), (read) => read.name).join(', ');
    throw fail('unsupported', `; Tokenscope reads ${known}.`);
  }
  if (rowCount === 0 || dimension === 0) {
    throw fail('unsupported', ': it is empty.');
  }
  if (dimension > MAX_DIMENSION) {
    throw fail('unsupported', `; a row has at most ${String(MAX_DIMENSION)} values.`);
  }
  if (dimension % block.blockValues !== 0) {
    throw fail('malformed', `; its rows are no whole blocks of ${String(block.blockValues)} values.`);
  }
  const end = byteOffset + rowCount * (dimension / block.blockValues) * block.blockBytes;
  if (!(end <= size)) {
    throw fail(
      'truncated',
      `, which ends at byte ${String(end)}; the file has ${String(size)}. It is incomplete.`,
    );
  }
  return { block, byteOffset, rowCount, dimension };
}
