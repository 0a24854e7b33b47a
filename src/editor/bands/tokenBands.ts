import * as vscode from 'vscode';
import { ContextKey } from '../workbench/contextKey';
import { BandColors } from './bandColors';
import { BandDecorations } from './bandDecorations';
import { BandedEditor, type BandPainter, type Painted } from './bandedEditor';
import { bandedPlace, type BandedPlace } from './bandedPlace';
import { BandLegend } from './bandLegend';
import type { LegendContents } from './bandLegendText';
import type { BandMeasure } from './bandMeasure';
import type { BandServices } from './bandServices';
import { BandSwitches } from './bandSwitches';
import { BandDefaults } from './bandDefaults';
import { hasTab } from './documentTabs';
import { MovedTabs } from './movedTabs';

/**
 * Colors the tokens of the editors where they are switched on, in the visible range.
 *
 * Bands are switched on for a document in an editor group, and come back there when its tab does; a file that is opened later has them
 * as it was left, other texts as the setting says. What they are colored by is the same for all editors, so that colors can be
 * compared. While they are off everywhere, and nothing can bring them back, nothing listens.
 */
export class TokenBands implements vscode.Disposable {
  private readonly switches = new BandSwitches();
  /** The visible editors that have bands. */
  private readonly banded = new Map<vscode.TextEditor, BandedEditor>();
  private readonly colors: BandColors;
  private readonly painter: BandPainter;
  /** Documents that have been seen in a tab; others, such as output, have none. */
  private readonly tabbed = new WeakSet<vscode.TextDocument>();
  private readonly moves = new MovedTabs(this.switches, () => this.update());
  private readonly changes = new vscode.EventEmitter<void>();
  private listeners: readonly vscode.Disposable[] = [];
  private readonly defaults: BandDefaults;
  private isDisposed = false;
  private legend: BandLegend | undefined;
  /** For keys: the active editor has bands. */
  private readonly hasBands = new ContextKey('tokenscope.hasTokenBands');
  /** For the walkthrough, which takes the focus from the text that it opens: some editor has. */
  private readonly showsBands = new ContextKey('tokenscope.showsTokenBands');

  constructor(private readonly services: BandServices) {
    this.colors = new BandColors(services, () => this.refill());
    this.painter = {
      decorations: new BandDecorations(),
      tokenizer: () => services.tokenizers.current,
      layout: () => this.colors.layout(),
      work: services.documents.work,
      onPaint: (tokens) => this.colors.request(tokens),
    };
    this.defaults = new BandDefaults(services.settings, services.remembered, () => this.look());
    if (this.defaults.mayBeOn) {
      this.update();
    }
  }

  /** Editors that show bands now. */
  get editorCount(): number {
    return this.banded.size;
  }

  /** Whether nothing listens, but for texts that are opened and may have bands. */
  get isIdle(): boolean {
    return this.listeners.length === 0 && this.colors.measure === undefined;
  }

  /** What bands are colored by; undefined while they alternate. */
  get measure(): BandMeasure | undefined {
    return this.colors.measure;
  }

  /** What the legend says; undefined while it is not shown. */
  get explained(): LegendContents | undefined {
    const editor = vscode.window.activeTextEditor;
    return editor && this.banded.has(editor) ? this.colors.explained : undefined;
  }

  /** Whether an editor shows bands: hovers are those of tokens there. */
  isOn(editor: vscode.TextEditor): boolean {
    return !this.isDisposed && (this.switches.of(editor) ?? this.defaults.isOn(editor.document));
  }

  /** Whether some editor shows a document with bands. */
  isShown(document: vscode.TextDocument): boolean {
    return this.editorOf(document) !== undefined;
  }

  /** What an editor shows, and how often it was painted; undefined where it shows no bands. */
  painted(editor: vscode.TextEditor): (Painted & { readonly paintCount: number }) | undefined {
    const banded = this.banded.get(editor);
    return banded?.painted && { ...banded.painted, paintCount: banded.paintCount };
  }

  /** The tokens at a position of a document with bands; undefined where there are none, or where they are not known yet. */
  placeAt(document: vscode.TextDocument, position: vscode.Position): BandedPlace | undefined {
    const banded = this.editorOf(document);
    const place = banded && bandedPlace(banded, position);
    const measured = place && this.colors.valuesOf(place.tokens);
    return measured ? { ...place, measured } : place;
  }

  /** Does nothing where the document was closed, as it may be while a command waits for an answer: nothing would switch it off again. */
  toggle(editor: vscode.TextEditor): void {
    if (editor.document.isClosed) {
      return;
    }
    const { document, viewColumn } = editor;
    const isOn = !this.isOn(editor);
    this.defaults.see(document);
    // Off is remarkable only where they would come by themselves.
    this.switches.set(document, viewColumn, isOn || (this.defaults.isOn(document) ? false : undefined));
    this.update();
    this.lookAtTabs();
    this.changes.fire();
  }

  /** Toggles, and remembers it for the file. */
  toggleByHand(editor: vscode.TextEditor): void {
    this.toggle(editor);
    this.defaults.remember(editor.document, this.isOn(editor));
  }

  /** Colors all bands by a value of their tokens. @param measure undefined for two fills that alternate. */
  colorBy(measure: BandMeasure | undefined): void {
    if (this.banded.size > 0 || !this.switches.isEmpty) {
      this.colors.use(measure);
    }
  }

  /** After bands came or went in some editor. */
  onDidChange(listener: () => void): vscode.Disposable {
    return this.changes.event(listener);
  }

  dispose(): void {
    this.isDisposed = true;
    this.defaults.dispose();
    this.switches.clear();
    this.moves.dispose();
    this.update();
    this.changes.dispose();
  }

  private editorOf(document: vscode.TextDocument): BandedEditor | undefined {
    const active = vscode.window.activeTextEditor;
    const inActive = active?.document === document ? this.banded.get(active) : undefined;
    return inActive ?? [...this.banded.values()].find(({ editor }) => editor.document === document);
  }

  /** Puts bands into the visible editors that have them on, and takes them from all others. */
  private update(): void {
    this.moves.settle();
    const visible = new Set(vscode.window.visibleTextEditors);
    for (const [editor, banded] of this.banded) {
      this.followGroup(banded);
      if (!visible.has(editor) || !this.isOn(editor)) {
        if (visible.has(editor)) {
          banded.clear();
        }
        banded.dispose();
        this.banded.delete(editor);
      }
    }
    for (const editor of visible) {
      if (
        this.switches.of(editor) === undefined &&
        !this.isDisposed &&
        this.defaults.wasOn(editor.document)
      ) {
        this.switches.set(editor.document, editor.viewColumn, true);
        this.tabbed.add(editor.document);
      }
      if (this.isOn(editor) && !this.banded.has(editor)) {
        const tokens = this.services.documents.acquire(editor.document);
        const banded = new BandedEditor(editor, tokens, this.painter);
        this.banded.set(editor, banded);
        banded.paint();
      }
    }
    this.listenOrRest();
    this.showState();
  }

  private listenOrRest(): void {
    if (this.banded.size > 0 || !this.switches.isEmpty || this.moves.isWaiting) {
      this.listeners = this.listeners.length > 0 ? this.listeners : this.listen();
      return;
    }
    vscode.Disposable.from(...this.listeners).dispose();
    this.listeners = [];
    this.colors.release();
    this.painter.decorations.dispose();
    this.legend?.dispose();
    this.legend = undefined;
  }

  private listen(): vscode.Disposable[] {
    const look = ({ textEditor }: { readonly textEditor: vscode.TextEditor }): void => {
      const banded = this.banded.get(textEditor);
      if (banded) {
        this.services.documents.work.run(() => banded.look());
      }
    };
    return [
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.update();
        this.changes.fire();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.settleMoves();
        this.showState();
      }),
      vscode.window.onDidChangeTextEditorVisibleRanges(look),
      // In a line too long to be painted as a whole the bands are around the cursor.
      vscode.window.onDidChangeTextEditorSelection(look),
      vscode.window.onDidChangeTextEditorViewColumn(() => this.update()),
      vscode.workspace.onDidCloseTextDocument((document) => {
        // A document that gets another language is said to be closed, and lives on.
        if (document.isClosed) {
          this.moves.noteDocument(document);
          this.forget([document]);
        }
      }),
      vscode.window.tabGroups.onDidChangeTabs((event) => {
        this.moves.noteTabs(event);
        this.lookAtTabs();
        this.settleMoves();
      }),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.lookAtTabs()),
      this.services.settings.onDidChange(['bands.whiteSpace'], () => this.refill()),
      this.services.pinned.onDidChange(() => this.colors.followInspector()),
    ];
  }

  private look(): void {
    this.update();
    this.changes.fire();
  }

  private settleMoves(): void {
    if (this.moves.settle()) {
      const editor = vscode.window.activeTextEditor;
      if (editor) {
        this.defaults.remember(editor.document, true);
      }
      this.update();
      this.changes.fire();
    }
  }

  /** A document lives on for some minutes after its last tab is closed. */
  private lookAtTabs(): void {
    const { documents } = this.switches;
    const left = documents.filter((document) => !hasTab(document));
    this.forget(left.filter((document) => this.tabbed.has(document)));
    for (const document of documents) {
      if (!left.includes(document)) {
        this.tabbed.add(document);
      }
    }
  }

  /** Documents were closed: bands are off when they are opened again. */
  private forget(documents: readonly vscode.TextDocument[]): void {
    const forgotten = documents.filter((document) => this.switches.forget(document));
    if (forgotten.length > 0) {
      this.update();
      this.changes.fire();
    }
  }

  /** An editor moves to another group, or its group gets another number: its bands go with it. */
  private followGroup(banded: BandedEditor): void {
    const { editor, group } = banded;
    if (editor.viewColumn !== group && vscode.window.visibleTextEditors.includes(editor)) {
      banded.group = editor.viewColumn;
      this.switches.set(editor.document, editor.viewColumn, true);
      const isLeft = [...this.banded.values()].every(
        (other) => other.editor.document !== editor.document || other.group !== group,
      );
      if (isLeft) {
        this.switches.set(editor.document, group, undefined);
      }
    }
  }

  private refill(): void {
    for (const banded of this.banded.values()) {
      banded.refill();
    }
    this.showState();
  }

  /** Legend and keys are those of the active editor. */
  private showState(): void {
    const { explained } = this;
    if (explained) {
      this.legend ??= new BandLegend();
    }
    this.legend?.show(explained);
    const editor = vscode.window.activeTextEditor;
    this.hasBands.set(editor !== undefined && this.isOn(editor));
    this.showsBands.set(this.banded.size > 0);
  }
}
