import { TOKEN_KINDS, type TokenKind } from '../../../src/core/query/mapLabels/tokenKinds';

const SPACE = '␣';

/** The tokens of a model as the map knows them: by id their visible text, a space as `␣`, and their kind. */
export class MapTokens {
  private byText: ReadonlyMap<string, number> | undefined;
  private counted: readonly number[] | undefined;
  private hasNames: boolean | undefined;

  /**
   * @param texts visible texts by id
   * @param kinds places in `TOKEN_KINDS` by id
   */
  constructor(
    readonly texts: readonly string[],
    readonly kinds: Uint8Array,
  ) {}

  /** @param message texts joined by line feeds, a byte a token for its kind */
  static of(message: { readonly texts: string; readonly kinds: ArrayBuffer }): MapTokens {
    const kinds = new Uint8Array(message.kinds);
    return new MapTokens(kinds.length === 0 ? [] : message.texts.split('\n'), kinds);
  }

  /** Whether a row has a token that is known by its text; not so where there is none, and where no tokenizer is at hand. */
  isNamed(id: number): boolean {
    return (this.texts[id] ?? '') !== '';
  }

  /** Whether there is one that has. */
  get areNamed(): boolean {
    this.hasNames ??= this.texts.some((text) => text !== '');
    return this.hasNames;
  }

  /** The visible text; `#id` for a row that no token has. */
  nameOf(id: number): string {
    const text = this.texts[id];
    return text === undefined || text === '' ? `#${id}` : text;
  }

  /** For screen readers: `space Mike`. */
  spokenName(id: number): string {
    return this.nameOf(id).replaceAll(SPACE, 'space ');
  }

  kindOf(id: number): TokenKind {
    return TOKEN_KINDS[this.kinds[id] ?? -1] ?? 'other';
  }

  /** How many tokens are of each kind, in the order of `TOKEN_KINDS`. */
  get kindCounts(): readonly number[] {
    this.counted ??= this.countKinds();
    return this.counted;
  }

  /** What spellings that differ by the leading space and case share; empty for what is no word, which never folds. */
  foldKey(id: number): string {
    const kind = this.kindOf(id);
    return kind === 'spaced' || kind === 'word' || kind === 'piece'
      ? this.nameOf(id).replaceAll(SPACE, '').toLowerCase()
      : '';
  }

  /**
   * The token that somebody types: `#id`, or its text. A word without a space is also found where only that after a space is a token.
   */
  find(typed: string): number | undefined {
    const number = /^#(\d{1,9})$/.exec(typed.trim())?.[1];
    if (number !== undefined && Number(number) < this.texts.length) {
      return Number(number);
    }
    this.byText ??= new Map(this.texts.map((text, id) => [text, id] as const).reverse());
    const text = typed.replaceAll(' ', SPACE);
    const bare = typed.trim().replaceAll(' ', SPACE);
    return text === ''
      ? undefined
      : (this.byText.get(text) ?? this.byText.get(SPACE + bare) ?? this.byText.get(bare));
  }

  private countKinds(): number[] {
    const counts = TOKEN_KINDS.map(() => 0);
    for (const kind of this.kinds) {
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  }
}
