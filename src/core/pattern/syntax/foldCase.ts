import { CaseFolding } from '../sets/caseFolding';
import type { SyntaxNode, TextNode } from './syntaxTree';

/** Writes out what texts that ignore case match; classes have it written out when they are read. */
export function foldCase(node: SyntaxNode, isInLookBehind = false): SyntaxNode {
  switch (node.kind) {
    case 'text':
      return node.ignoresCase ? folded(node, isInLookBehind) : node;
    case 'sequence':
      return { ...node, items: node.items.map((item) => foldCase(item, isInLookBehind)) };
    case 'alternation':
      return { ...node, branches: node.branches.map((branch) => foldCase(branch, isInLookBehind)) };
    case 'lookAround':
      return { ...node, body: foldCase(node.body, isInLookBehind || node.isBehind) };
    case 'repeat':
    case 'atomic':
    case 'group':
      return { ...node, body: foldCase(node.body, isInLookBehind) };
    default:
      return node;
  }
}

/** In a look-behind the reference takes single characters only: `(?<=ß)` is not true after `ss`. */
function folded({ codePoints }: TextNode, isInLookBehind: boolean): SyntaxNode {
  const folding = CaseFolding.shared();
  const items: SyntaxNode[] = [];
  for (let at = 0; at < codePoints.length;) {
    if (isInLookBehind) {
      items.push({ kind: 'set', set: folding.variantSet(codePoints[at]) });
      at++;
      continue;
    }
    const { width, apart, together } = folding.expand(codePoints.slice(at, at + 3));
    const sets = apart.map((set): SyntaxNode => ({ kind: 'set', set }));
    if (together === undefined) {
      items.push(...sets);
    } else {
      items.push({
        kind: 'alternation',
        branches: [
          { kind: 'sequence', items: sets },
          { kind: 'set', set: together },
        ],
      });
    }
    at += width;
  }
  return items.length === 1 ? items[0] : { kind: 'sequence', items };
}
