import { matchLength } from './matchLength';
import type { SyntaxNode } from './syntaxTree';

/** Whether it may match nothing where a text begins with something else than a line end. */
export function mayBeEmptyAtStart(node: SyntaxNode): boolean {
  switch (node.kind) {
    case 'text':
      return node.codePoints.length === 0;
    case 'set':
      return false;
    case 'sequence':
      return node.items.every(mayBeEmptyAtStart);
    case 'alternation':
      return node.branches.some(mayBeEmptyAtStart);
    case 'repeat':
      return node.min === 0 || mayBeEmptyAtStart(node.body);
    case 'atomic':
    case 'group':
      return mayBeEmptyAtStart(node.body);
    case 'lookAround':
      return !node.isBehind || node.isNegated || matchLength(node.body).min === 0;
    case 'anchor':
      return !(node.anchor === 'textEnd' || node.anchor === 'lineEnd' || node.anchor === 'lastLineEnd');
  }
}
