import type { Encoding } from '../../core/tokenizer/encoding';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { MAX_ID } from '../answers/parseRows';

/** What a database knows of some labels and ids. */
export interface FoundLabels {
  readonly ids: ReadonlyMap<string, number>;
  readonly labels: ReadonlyMap<number, string | undefined>;
}

export type FindLabels = (
  labels: readonly string[],
  ids: readonly number[],
  signal?: AbortSignal,
) => Promise<FoundLabels>;

/** Labels and ids that are kept; with more, all are forgotten and found anew. */
const MOST_KEPT = 100_000;

/** Most that is asked at once: the spellings of the words of a line. */
const MOST_ASKED = 1000;

/**
 * Stands in for a tokenizer where the rows of a table have labels: too many to have them here. What is asked and not known is noted; `findAsked`
 * then asks the database, and whoever asked asks again. A text is one label, or it is none.
 */
export class TableDictionary implements Tokenizer {
  readonly labelKind = 'tokens';
  readonly missing?: string;
  private readonly encoder = new TextEncoder();
  /** undefined for a label that no row has. */
  private readonly idOfLabel = new Map<string, number | undefined>();
  /** undefined for an id that no row has. */
  private readonly labelOfId = new Map<number, string | undefined>();
  private askedLabels = new Set<string>();
  private askedIds = new Set<number>();

  /** @param hasLabels Whether the table names its rows. */
  constructor(
    readonly name: string,
    readonly vocabularySize: number,
    hasLabels: boolean,
    private readonly find: FindLabels,
  ) {
    if (!hasLabels) {
      this.missing = 'The table has no column of labels: its rows are asked for by id, such as #7.';
    }
  }

  /** Keeps what an answer told. */
  note(id: number, label: string | undefined): void {
    if (this.labelOfId.size + this.idOfLabel.size > MOST_KEPT) {
      this.labelOfId.clear();
      this.idOfLabel.clear();
    }
    // Of several rows with a label the lowest id is meant, which a neighbor need not be: its label leads nowhere yet.
    this.labelOfId.set(id, label ?? '');
  }

  async findAsked(signal?: AbortSignal): Promise<boolean> {
    const labels = [...this.askedLabels].slice(0, MOST_ASKED);
    const ids = [...this.askedIds].slice(0, MOST_ASKED);
    this.askedLabels = new Set();
    this.askedIds = new Set();
    if (labels.length === 0 && ids.length === 0) {
      return false;
    }
    const found = await this.find(labels, ids, signal);
    for (const label of labels) {
      this.idOfLabel.set(label, found.ids.get(label));
    }
    for (const id of ids) {
      this.labelOfId.set(id, found.labels.has(id) ? (found.labels.get(id) ?? '') : undefined);
    }
    for (const [label, id] of found.ids) {
      this.labelOfId.set(id, label);
    }
    return true;
  }

  encode(text: string): number[] {
    const id = this.idOf(text);
    return id === undefined ? [] : [id];
  }

  encodeWithOffsets(text: string): Encoding {
    const id = this.idOf(text);
    return id === undefined ? { ids: [], offsets: [] } : { ids: [id], offsets: [[0, text.length]] };
  }

  notFound(text: string): readonly string[] {
    return text.trim() === '' || this.idOf(text) !== undefined ? [] : [text];
  }

  decode(ids: readonly number[]): string {
    return ids.map((id) => this.labelOf(id) ?? '').join(' ');
  }

  hasToken(id: number): boolean {
    return this.labelOf(id) !== undefined;
  }

  tokenBytes(id: number): Uint8Array {
    return this.encoder.encode(this.labelOf(id) ?? '');
  }

  private idOf(label: string): number | undefined {
    if (!this.idOfLabel.has(label) && label !== '' && this.askedLabels.size < MOST_ASKED) {
      this.askedLabels.add(label);
    }
    return this.idOfLabel.get(label);
  }

  private labelOf(id: number): string | undefined {
    const isId = Number.isInteger(id) && id >= 0 && id <= MAX_ID;
    if (isId && !this.labelOfId.has(id) && this.askedIds.size < MOST_ASKED) {
      this.askedIds.add(id);
    }
    return this.labelOfId.get(id);
  }
}
