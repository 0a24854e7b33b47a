import * as vscode from 'vscode';
import { Gpt2Tokenizer } from '../../core/tokenizer/gpt2Tokenizer';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { fileStamp } from '../../model/fileStamp';
import type { ModelIdentity } from '../../model/modelLocation';
import type { ReadTokenizer } from '../../model/tokenizers/loadTokenizer';
import { tokenizerForModel, vocabularyWarning } from '../../model/tokenizers/tokenizerForModel';

/** As many as models stay loaded. */
const MOST_KEPT = 2;

/**
 * The tokenizer of the model that was loaded last; GPT-2's until then. It stays when the matrix is released, so that hovers go
 * on showing the tokens of the model that the user works with.
 */
export class ModelTokenizer implements vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  /** After {@link current} has become another tokenizer. */
  readonly onDidChange = this.changes.event;
  private loaded: Tokenizer | undefined;
  /** By the file of the model, the one used last at the end. */
  private kept: { readonly path: string; readonly stamp: string; readonly tokenizer: Tokenizer }[] = [];

  /** @param read Reads a tokenizer.json away from this thread; here where it is not given. */
  constructor(private readonly read?: ReadTokenizer) {}

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
    const tokenizer = await this.tokenizerOf(model);
    // GPT-2's is not made only to find that it was not asked for.
    const isSame = this.loaded === undefined ? tokenizer instanceof Gpt2Tokenizer : tokenizer === this.loaded;
    this.loaded = tokenizer;
    if (!isSame) {
      this.changes.fire();
    }
    const warning = vocabularyWarning(tokenizer, model);
    return warning === undefined ? model : { ...model, warnings: [...model.warnings, warning] };
  }

  dispose(): void {
    this.changes.dispose();
  }

  /** A large tokenizer takes a second to load: those of the models used last stay. */
  private async tokenizerOf(model: ModelIdentity): Promise<Tokenizer> {
    const stamp = await fileStamp(model.path);
    const known = this.kept.find((entry) => entry.path === model.path && entry.stamp === stamp);
    const entry = known ?? {
      path: model.path,
      stamp,
      tokenizer: await tokenizerForModel(model, { read: this.read }),
    };
    const others = this.kept.filter(({ path }) => path !== model.path);
    // One that is missing is looked for again: somebody may have put it there.
    this.kept = entry.tokenizer.missing === undefined ? [...others, entry].slice(-MOST_KEPT) : others;
    return entry.tokenizer;
  }
}
