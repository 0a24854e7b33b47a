import * as vscode from 'vscode';
import type { MeasuredOutline, MeasuredSection, SectionFigures } from './measuredSections';
import { itemOf, type TreeNode } from './sectionItems';
import { inOrder, type SectionOrder } from './sectionOrder';
import type { SectionScale } from './sectionTexts';

/** Rows that a section shows at first, and that each Show More adds: VS Code takes all of them at once. */
const ROWS_AT_ONCE = 500;

/** UTF-16 units of a name by which its section is known again. */
const LONGEST_KEY = 100;

/** In place of the id of a section. */
const WHOLE_DOCUMENT = '';

/** What the tree shows. */
export interface ShownSections {
  readonly document: vscode.TextDocument;
  readonly outline: MeasuredOutline;
  readonly order: SectionOrder;
  readonly scale: SectionScale;
}

/** The rows of the view: sections of the document, and what is in none of them. */
export class SectionTree implements vscode.TreeDataProvider<TreeNode> {
  private readonly changes = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  /** What was handed out of this document. */
  private nodes = new WeakSet();
  private current: ShownSections | undefined;
  /** How many rows are shown of a section, where these are more than at first. */
  private readonly rows = new Map<string, number>();

  get shown(): ShownSections | undefined {
    return this.current;
  }

  show(shown: ShownSections | undefined): void {
    if (shown?.document !== this.current?.document) {
      this.rows.clear();
      this.nodes = new WeakSet();
    }
    this.current = shown;
    this.changes.fire(undefined);
  }

  showMore(parent: string): void {
    this.rows.set(parent, this.rowsOf(parent) + ROWS_AT_ONCE);
    this.changes.fire(undefined);
  }

  /** A value that a command was given, where it is a row that the tree has handed out. */
  knownNode(value: unknown): TreeNode | undefined {
    return value instanceof Object && this.nodes.has(value) ? (value as TreeNode) : undefined;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const { current } = this;
    return itemOf(node, current?.scale ?? { tokens: 0, contextWindow: 1, tokenizer: '' });
  }

  getChildren(node?: TreeNode): TreeNode[] {
    const { current } = this;
    if (!current || (node && node.row !== 'section')) {
      return [];
    }
    if (node) {
      return this.page(nodesOf(node.section.children, node.id, false), node.id, current.order);
    }
    const { sections, outside } = current.outline;
    // One that holds all others says little by itself.
    const nodes = nodesOf(sections, current.document.uri.toString(), sections.length === 1);
    const rest: TreeNode[] =
      sections.length > 0 && outside.tokens > 0 ? [{ row: 'outside', figures: outside }] : [];
    return this.page([...nodes, ...rest], WHOLE_DOCUMENT, current.order);
  }

  dispose(): void {
    this.changes.dispose();
  }

  /** As many rows as are shown, in their order, and one for those that are not. */
  private page(nodes: readonly TreeNode[], parent: string, order: SectionOrder): TreeNode[] {
    const rows = inOrder(nodes, order, figuresOf);
    const shown = rows.slice(0, this.rowsOf(parent));
    const count = rows.length - shown.length;
    const all: TreeNode[] = count > 0 ? [...shown, { row: 'more', parent, count }] : shown;
    for (const node of all) {
      this.nodes.add(node);
    }
    return all;
  }

  private rowsOf(parent: string): number {
    return this.rows.get(parent) ?? ROWS_AT_ONCE;
  }
}

function nodesOf(sections: readonly MeasuredSection[], parent: string, isOpen: boolean): TreeNode[] {
  return sections.map((section) => ({
    row: 'section',
    section,
    id: `${parent}\n${section.ordinal} ${section.name.slice(0, LONGEST_KEY)}`,
    isOpen,
  }));
}

function figuresOf(node: TreeNode): SectionFigures {
  switch (node.row) {
    case 'section':
      return node.section;
    case 'outside':
      return node.figures;
    case 'more':
      return { tokens: 0, characters: 0 };
  }
}
