import * as vscode from 'vscode';
import { Gpt2Tokenizer } from '../../core/tokenizer/gpt2Tokenizer';
import { unsplitText } from '../../core/labels/unsplitText';
import { MissingTokenizer } from '../../core/tokenizer/missingTokenizer';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { shownName } from '../../core/foreignText/shownText';
import { fileStamp } from '../../model/fileStamp';
import type { ModelIdentity, VectorsOfFile } from '../../model/modelLocation';
import type { LoadTokenizer } from '../../model/tokenizers/loadTokenizerBy';
import { tokenizerForModel, vocabularyWarning } from '../../model/tokenizers/tokenizerForModel';

/** A tokenizer, and what a user should know about it beside the matrix that it is used with. */
export interface UsedTokenizer {
  readonly tokenizer: Tokenizer;
  readonly warning: string | undefined;
}

/**
 * Reads the labels of a file of vectors.
 *
 * @param name What people call the vectors.
 */
export type ReadLabels = (vectors: VectorsOfFile, name: string) => Promise<UsedTokenizer>;

/** What texts are split with. */
export interface CurrentTokenizer {
  readonly current: Tokenizer;
  /** After {@link current} has become another tokenizer. */
  readonly onDidChange: vscode.Event<void>;
}

/** As many as models stay loaded. */
const MOST_KEPT = 2;

/**
 * The tokenizer of the model that was loaded last; GPT-2's until then. It stays when the matrix is released, so that hovers go
 * on showing the tokens of the model that the user works with.
 */
export class ModelTokenizer implements CurrentTokenizer, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  /** After {@link current} has become another tokenizer. */
  readonly onDidChange = this.changes.event;
  /** What documents are split with: where texts are looked up, none can be split, and it says so as a tokenizer that is missing. */
  readonly ofDocuments: CurrentTokenizer;
  private splitter: Tokenizer | undefined;
  private loaded: Tokenizer | undefined;
  /** By the file of the model, the one used last at the end. */
  private kept: { readonly path: string; readonly stamp: string; readonly used: UsedTokenizer }[] = [];

  /**
   * @param tableLabels The labels of the table that is open.
   * @param readLabels Reads the labels of a file of vectors, which stand in for a tokenizer.
   * @param load Loads a tokenizer.json, which it reads away from this thread.
   */
  constructor(
    private readonly readLabels: ReadLabels,
    private readonly load: LoadTokenizer,
    private readonly tableLabels?: () => Tokenizer | undefined,
  ) {
    const splitter = (): Tokenizer => this.splitter ?? this.current;
    this.ofDocuments = {
      get current() {
        return splitter();
      },
      onDidChange: this.onDidChange,
    };
  }

  get current(): Tokenizer {
    return this.loaded ?? Gpt2Tokenizer.shared();
  }

  /**
   * Makes a model's tokenizer the current one.
   *
   * @returns The model, with a warning where tokenizer and matrix do not seem to belong together.
   * @throws {CheckpointError} when the model's tokenizer.json cannot be used.
   */
  async use(model: ModelIdentity): Promise<ModelIdentity> {
    const { tokenizer, warning } = await this.tokenizerOf(model);
    // GPT-2's is not made only to find that it was not asked for.
    const isSame = this.loaded === undefined ? tokenizer instanceof Gpt2Tokenizer : tokenizer === this.loaded;
    this.loaded = tokenizer;
    const unsplit = unsplitText(tokenizer);
    this.splitter = unsplit === undefined ? undefined : new MissingTokenizer(unsplit);
    if (!isSame) {
      this.changes.fire();
    }
    return warning === undefined ? model : { ...model, warnings: [...model.warnings, warning] };
  }

  dispose(): void {
    this.changes.dispose();
  }

  /** A large tokenizer takes a second to load: those of the models used last stay. */
  private async tokenizerOf(model: ModelIdentity): Promise<UsedTokenizer> {
    const labels = model.table && this.tableLabels?.();
    if (labels !== undefined) {
      return { tokenizer: labels, warning: undefined };
    }
    // Of vectors each version of their labels has a file of its own.
    const stamp = model.vectors?.convertedPath ?? (await fileStamp(model.path));
    const known = this.kept.find((entry) => entry.path === model.path && entry.stamp === stamp);
    const entry = known ?? {
      path: model.path,
      stamp,
      used: await this.readTokenizer(model),
    };
    const others = this.kept.filter(({ path }) => path !== model.path);
    // One that is missing is looked for again: somebody may have put it there.
    this.kept = entry.used.tokenizer.missing === undefined ? [...others, entry].slice(-MOST_KEPT) : others;
    return entry.used;
  }

  private async readTokenizer(model: ModelIdentity): Promise<UsedTokenizer> {
    if (model.vectors !== undefined) {
      return this.readLabels(model.vectors, shownName(model.name));
    }
    const tokenizer = await tokenizerForModel(model, this.load);
    return { tokenizer, warning: vocabularyWarning(tokenizer, model) };
  }
}
