import { CheckpointError } from './checkpointError';
import { JsonScanner, quoted } from './jsonScanner';
import { tensorDtypeOf, type TensorDtype } from './tensorDtype';

/** Key of the header's free text; all other keys are tensor names. */
const METADATA_KEY = '__metadata__';

/**
 * Most tensors in one file. The largest published checkpoints have about as many in all of their hundred files together; a
 * header of the longest allowed length could list over a million, which would stall the program for seconds.
 */
export const MAX_TENSORS = 100_000;

/** Most entries of `__metadata__`. Training programs write some hundreds. */
export const MAX_METADATA_ENTRIES = 10_000;

/** Most axes of one tensor. PyTorch and NumPy allow 64. */
export const MAX_RANK = 64;

/** A tensor's entry as written: offsets count from the end of the header, and nothing is known yet to fit together. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: TensorDtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** The keys of a tensor's entry, as far as they have been read. */
interface TensorFields {
  dtype?: TensorDtype;
  shape?: number[];
  data_offsets?: number[];
}

/**
 * Parses the JSON text of a safetensors header.
 *
 * `JSON.parse` would keep the last of duplicate keys in silence and would build whatever a hostile header nests, so the text
 * is scanned for exactly the few forms that the format knows and parsing ends at the first byte that departs from them; only the values of
 * unknown keys in a tensor's entry are passed over, whatever they are, as the reference reader does. Time and memory are linear in the
 * header's length and bounded by the limits above.
 */
export class HeaderParser {
  private readonly scanner: JsonScanner;
  private readonly tensors = new Map<string, TensorEntry>();
  private metadata: Map<string, string> | undefined;

  /** @param source What errors call the file. */
  constructor(
    bytes: Uint8Array,
    private readonly source: string,
  ) {
    this.scanner = new JsonScanner(bytes, (detail) => this.malformed(detail));
  }

  /** @throws {CheckpointError} with reason `malformed`, `unsupported` (a dtype unknown to the format) or `too-large`. */
  parse(): { entries: TensorEntry[]; metadata: ReadonlyMap<string, string> } {
    this.scanner.requireStart('{');
    this.scanner.object((key) => {
      if (key === METADATA_KEY) {
        this.parseMetadata();
      } else {
        this.parseTensor(key);
      }
    });
    this.scanner.requireEnd();
    return { entries: [...this.tensors.values()], metadata: this.metadata ?? new Map<string, string>() };
  }

  private parseMetadata(): void {
    if (this.metadata !== undefined) {
      throw this.malformed(`the header has the key "${METADATA_KEY}" twice.`);
    }
    const metadata = new Map<string, string>();
    this.metadata = metadata;
    if (this.scanner.acceptNull()) {
      return;
    }
    this.scanner.object((key) => {
      if (metadata.has(key)) {
        throw this.malformed(`"${METADATA_KEY}" has the key ${quoted(key)} twice.`);
      }
      if (metadata.size === MAX_METADATA_ENTRIES) {
        throw this.tooLarge(`"${METADATA_KEY}" has more than ${String(MAX_METADATA_ENTRIES)} entries.`);
      }
      metadata.set(
        key,
        this.scanner.string(() => `the value of ${quoted(key)} in "${METADATA_KEY}"`),
      );
    });
  }

  private parseTensor(name: string): void {
    if (this.tensors.has(name)) {
      throw this.malformed(`the header lists the tensor ${quoted(name)} twice.`);
    }
    if (this.tensors.size === MAX_TENSORS) {
      throw this.tooLarge(`the header lists more than ${String(MAX_TENSORS)} tensors.`);
    }
    const label = (): string => `tensor ${quoted(name)}`;
    const fields: TensorFields = {};
    this.scanner.object((key) => {
      if (key !== 'dtype' && key !== 'shape' && key !== 'data_offsets') {
        // As the format's reference reader: what later versions may add is not needed here.
        this.scanner.skip(() => `the key ${quoted(key)} of ${label()}`);
        return;
      }
      if (fields[key] !== undefined) {
        throw this.malformed(`${label()} has the key "${key}" twice.`);
      }
      if (key === 'dtype') {
        fields.dtype = this.parseDtype(label);
      } else {
        fields[key] = this.scanner.integers(() => `the ${key} of ${label()}`, key === 'shape' ? MAX_RANK : 2);
      }
    });
    const { dtype, shape, data_offsets: offsets } = fields;
    if (dtype === undefined || shape === undefined || offsets === undefined) {
      throw this.malformed(`${label()} lacks one of "dtype", "shape" and "data_offsets".`);
    }
    if (offsets.length !== 2) {
      throw this.malformed(`the data_offsets of ${label()} are not two numbers.`);
    }
    this.tensors.set(name, { name, dtype, shape, begin: offsets[0], end: offsets[1] });
  }

  private parseDtype(label: () => string): TensorDtype {
    const name = this.scanner.string(() => `the dtype of ${label()}`);
    const dtype = tensorDtypeOf(name);
    if (dtype === undefined) {
      throw new CheckpointError(
        'unsupported',
        this.source,
        `the dtype ${quoted(name)} of ${label()} is none of the safetensors format.`,
      );
    }
    return dtype;
  }

  private malformed(detail: string): CheckpointError {
    return new CheckpointError('malformed', this.source, detail);
  }

  private tooLarge(detail: string): CheckpointError {
    return new CheckpointError('too-large', this.source, detail);
  }
}
