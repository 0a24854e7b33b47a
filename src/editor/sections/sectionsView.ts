import * as vscode from 'vscode';
import { COMMANDS } from '../commandIds';
import { plural } from '../documents/tokenCounts';
import { ContextKey } from '../workbench/contextKey';
import { registerCommand } from '../workbench/registerCommand';
import { DocumentSections } from './documentSections';
import { REVEAL_SECTION, SHOW_MORE_SECTIONS, type TreeNode } from './sectionItems';
import { isOfBlocks } from './measuredSections';
import { parseSectionOrder, type SectionOrder } from './sectionOrder';
import type { SectionServices } from './sectionServices';
import { SectionTree } from './sectionTree';
import { MOST_SECTIONS } from './section';
import { revealRange } from './revealSection';

const VIEW = 'tokenscope.sections';

/** Where the order is kept. */
const ORDER_KEY = 'tokenscope.sectionOrder';

/**
 * The view Tokens by Section: the outline of the active document with the tokens of each part. While it is not visible nothing
 * listens, no document is followed and no outline is asked for.
 */
export class SectionsView implements vscode.Disposable {
  readonly tree = new SectionTree();
  private readonly view: vscode.TreeView<TreeNode>;
  private readonly registrations: vscode.Disposable;
  private order: SectionOrder;
  /** While what takes most tokens comes first, the button of the other order is shown. */
  private readonly isBySize = new ContextKey('tokenscope.sectionsAreBySize');
  private listeners: vscode.Disposable | undefined;
  private sections: DocumentSections | undefined;
  private next: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly services: SectionServices) {
    this.order = parseSectionOrder(services.memory.get(ORDER_KEY));
    this.view = vscode.window.createTreeView(VIEW, { treeDataProvider: this.tree, showCollapseAll: true });
    this.registrations = vscode.Disposable.from(
      this.tree,
      this.view,
      this.view.onDidChangeVisibility(({ visible }) => (visible ? this.start() : this.stop())),
      registerCommand(COMMANDS.sortSectionsBySize, () => this.sort('size')),
      registerCommand(COMMANDS.sortSectionsByPosition, () => this.sort('position')),
      registerCommand(REVEAL_SECTION, (argument) => this.reveal(argument)),
      registerCommand(SHOW_MORE_SECTIONS, (argument) => this.showMore(argument)),
    );
    this.isBySize.set(this.order === 'size');
    if (this.view.visible) {
      this.start();
    }
  }

  /** The document whose sections are shown; undefined while the view is not visible, or there is none. */
  get document(): vscode.TextDocument | undefined {
    return this.sections?.document;
  }

  /** What stands above the rows. */
  get message(): string | undefined {
    return this.view.message;
  }

  dispose(): void {
    this.stop();
    this.registrations.dispose();
  }

  private start(): void {
    this.listeners ??= vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => this.followLater()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.followLater()),
      this.services.settings.onDidChange(['contextWindow'], () => this.show()),
    );
    // The view may be visible when the extension wakes, which is to read no text before that is over.
    this.followLater();
  }

  private stop(): void {
    clearTimeout(this.next);
    this.listeners?.dispose();
    this.listeners = undefined;
    this.sections?.dispose();
    this.sections = undefined;
    this.show();
  }

  /** Who walks through many editors stops at one. */
  private followLater(): void {
    clearTimeout(this.next);
    this.next = setTimeout(() => this.follow(), 0);
  }

  /** Follows the active editor's document; that of before for as long as it is still to be seen, as beside an inspector. */
  private follow(): void {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const before = this.sections;
    const isStillShown = visibleTextEditors.some(({ document }) => document === before?.document);
    const document = activeTextEditor?.document ?? (isStillShown ? before?.document : undefined);
    if (document !== before?.document || !before) {
      // The new one first: both may be of one document that is followed.
      this.sections = document && new DocumentSections(document, this.services, () => this.show());
      before?.dispose();
      this.show();
    }
  }

  private show(): void {
    const { sections, services, order } = this;
    const { missing } = services.tokenizers.current;
    const outline = missing === undefined ? sections?.outline : undefined;
    const scale = {
      tokens: outline?.whole.tokens ?? 0,
      contextWindow: services.settings.contextWindow,
      tokenizer: services.tokenizers.current.name,
    };
    this.tree.show(sections && outline && { document: sections.document, outline, order, scale });
    this.view.message = (sections && missing) ?? messageOf(sections);
    this.view.description = outline ? plural(outline.whole.tokens, 'token') : '';
  }

  private sort(order: SectionOrder): void {
    this.order = order;
    this.isBySize.set(this.order === 'size');
    void this.services.memory.update(ORDER_KEY, order);
    this.show();
  }

  /** @param argument A row of the tree; any extension may call. */
  private async reveal(argument: unknown): Promise<void> {
    const node = this.tree.knownNode(argument);
    const { document } = this;
    if (node?.row === 'section' && document && !document.isClosed) {
      await revealRange(document, node.section.start, node.section.end);
    }
  }

  private showMore(argument: unknown): void {
    const node = this.tree.knownNode(argument);
    if (node?.row === 'more') {
      this.tree.showMore(node.parent);
    }
  }
}

/** What is said above the rows, if anything. Nothing foreign. */
function messageOf(sections: DocumentSections | undefined): string {
  if (!sections) {
    return '';
  }
  if (sections.isTooLarge) {
    return 'This text is too large to count its tokens as you type. The status bar counts what you select.';
  }
  const { outline } = sections;
  if (!outline) {
    return 'Counting the tokens of the sections…';
  }
  if (sections.isAwaited) {
    return isOfBlocks(outline)
      ? 'Blocks between empty lines, until the outline of this text comes:'
      : 'As it was before the last edit, until the outline of the new text comes:';
  }
  if (outline.isCut) {
    return `The first ${plural(MOST_SECTIONS, 'section')} of this text:`;
  }
  return outline.sections.length === 0 ? 'There is nothing in this text.' : '';
}
