import * as vscode from 'vscode';
import { inertText } from '../workbench/inertText';
import type { MeasuredSection, SectionFigures } from './measuredSections';
import { briefFigures, figureLines, sectionName, spokenSection, type SectionScale } from './sectionTexts';

/** Behind a click on a row of the tree; no commands for the palette. */
export const REVEAL_SECTION = 'tokenscope.revealSection';
export const SHOW_MORE_SECTIONS = 'tokenscope.showMoreSections';

/** A section in the tree. */
export interface SectionNode {
  readonly row: 'section';
  readonly section: MeasuredSection;
  /** The same after an edit, so that it stays open or selected. */
  readonly id: string;
  /** Whether its parts are shown at first. */
  readonly isOpen: boolean;
}

/** What is in no section. */
export interface OutsideNode {
  readonly row: 'outside';
  readonly figures: SectionFigures;
}

/** Stands for sections that are not shown yet. */
export interface MoreNode {
  readonly row: 'more';
  /** Of the section that they are in; empty for the whole document. */
  readonly parent: string;
  readonly count: number;
}

export type TreeNode = SectionNode | OutsideNode | MoreNode;

export function itemOf(node: TreeNode, scale: SectionScale): vscode.TreeItem {
  switch (node.row) {
    case 'section':
      return sectionItem(node, scale);
    case 'outside': {
      const item = measuredItem('Outside of these', node.figures, scale);
      item.iconPath = new vscode.ThemeIcon('dash');
      return item;
    }
    case 'more': {
      const item = new vscode.TreeItem(`Show more of ${node.count.toLocaleString('en')} others`);
      item.iconPath = new vscode.ThemeIcon('ellipsis');
      item.command = { command: SHOW_MORE_SECTIONS, title: 'Show More', arguments: [node] };
      return item;
    }
  }
}

function sectionItem(node: SectionNode, scale: SectionScale): vscode.TreeItem {
  const { section, id, isOpen } = node;
  const item = measuredItem(sectionName(section.name), section, scale);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon(iconOf(section.kind));
  item.command = { command: REVEAL_SECTION, title: 'Go to Section', arguments: [node] };
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  item.collapsibleState = section.children.length === 0 ? None : isOpen ? Expanded : Collapsed;
  return item;
}

/** @param name One line. */
function measuredItem(name: string, figures: SectionFigures, scale: SectionScale): vscode.TreeItem {
  const item = new vscode.TreeItem(inertText(name));
  item.description = briefFigures(figures, scale);
  item.tooltip = [name, ...figureLines(figures, scale)].map((line) => inertText(line)).join('\n');
  item.accessibilityInformation = { label: inertText(spokenSection(name, figures, scale)) };
  return item;
}

/** The icon that VS Code's outline has for a kind of symbol. */
function iconOf(kind: number | undefined): string {
  if (kind === undefined) {
    return 'list-flat';
  }
  const name = (vscode.SymbolKind as unknown as Readonly<Record<number, string | undefined>>)[kind];
  return name === undefined
    ? 'symbol-misc'
    : `symbol-${name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}`;
}
