import type { ByteReader } from '../safetensors/byteReader';
import { CheckpointError } from '../safetensors/checkpointError';
import { quoted } from '../safetensors/jsonScanner';

/** The first bytes of a `.npy` file. */
export const NPY_MAGIC = '\u0093NUMPY';

/** Longest header in bytes. NumPy itself refuses longer ones than 10,000. */
const MAX_HEADER_BYTES = 10_000;

/** The three entries that NumPy writes, in any order, with either quotes. */
const ENTRY =
  /\s*(?:'(\w+)'|"(\w+)")\s*:\s*(?:'([^'"\\]*)'|"([^'"\\]*)"|(True|False)|(\(\s*(?:\d{1,16}L?\s*(?:,\s*\d{1,16}L?\s*)*,?\s*)?\)))\s*(,|$)/y;

/** What of a `.npy` file's header matters here. */
export interface NpyHeader {
  /** Type of the elements as NumPy writes it: `<f4`. */
  readonly descr: string;
  readonly isFortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the elements begin. */
  readonly byteOffset: number;
}

/**
 * Reads the header of a `.npy` file, versions 1 to 3.
 *
 * Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html. The header is a Python literal; only the form that the format
 * prescribes is understood, and nothing is evaluated.
 *
 * @throws {CheckpointError} `malformed`, `truncated`, `unsupported` (another version) or `too-large`.
 */
export async function readNpyHeader(reader: ByteReader, signal?: AbortSignal): Promise<NpyHeader> {
  const size = await reader.size();
  const malformed = (detail: string): CheckpointError =>
    new CheckpointError('malformed', reader.name, detail);
  const start = await readBytes(reader, 0, Math.min(size, 12), signal);
  const [major = 0, minor = 0] = start.subarray(6);
  if (major < 1 || major > 3 || minor !== 0) {
    throw new CheckpointError(
      'unsupported',
      reader.name,
      `this is a .npy file of version ${String(major)}.${String(minor)}; Tokenscope reads 1.0, 2.0 and 3.0.`,
    );
  }
  const lengthBytes = major === 1 ? 2 : 4;
  const headerStart = 8 + lengthBytes;
  if (size < headerStart) {
    throw new CheckpointError('truncated', reader.name, 'the file ends within its header.');
  }
  const view = new DataView(start.buffer);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER_BYTES) {
    throw new CheckpointError(
      'too-large',
      reader.name,
      `its header claims ${String(length)} bytes, more than the ${String(MAX_HEADER_BYTES)} that NumPy allows.`,
    );
  }
  if (headerStart + length > size) {
    throw new CheckpointError(
      'truncated',
      reader.name,
      `its header claims ${String(length)} bytes, but only ${String(size - headerStart)} follow.`,
    );
  }
  const text = new TextDecoder().decode(await readBytes(reader, headerStart, length, signal));
  const entries = entriesOf(text.trim(), malformed);
  const descr = entries.get('descr');
  const order = entries.get('fortran_order');
  const shape = entries.get('shape');
  if (typeof descr !== 'string' || typeof order !== 'boolean' || !Array.isArray(shape)) {
    throw malformed('its header lacks "descr" with a type, "fortran_order" or "shape".');
  }
  return { descr, isFortranOrder: order, shape, byteOffset: headerStart + length };
}

function entriesOf(
  text: string,
  malformed: (detail: string) => CheckpointError,
): Map<string, string | boolean | number[]> {
  if (!text.startsWith('{') || !text.endsWith('}')) {
    throw malformed(`its header ${quoted(text)} is no dictionary.`);
  }
  const inner = text.slice(1, -1).trim();
  const entries = new Map<string, string | boolean | number[]>();
  for (let at = 0; at < inner.length; at = ENTRY.lastIndex) {
    ENTRY.lastIndex = at;
    const match = ENTRY.exec(inner);
    if (match === null) {
      throw malformed(`its header is not understood from ${quoted(inner.slice(at))} on.`);
    }
    const [, single, double, singleText, doubleText, truth, tuple] = match as (string | undefined)[];
    const key = single ?? double ?? '';
    if (entries.has(key)) {
      throw malformed(`its header has the key ${quoted(key)} twice.`);
    }
    entries.set(
      key,
      singleText ?? doubleText ?? (truth === undefined ? numbersOf(tuple ?? '') : truth === 'True'),
    );
  }
  return entries;
}

function numbersOf(tuple: string): number[] {
  return (tuple.match(/\d+/g) ?? []).map(Number);
}

async function readBytes(
  reader: ByteReader,
  offset: number,
  length: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  await reader.read(offset, bytes, signal);
  return bytes;
}
