import type { SyntaxNode } from './syntaxTree';

/**
 * Joins texts that stand side by side, as the reference does before it folds case: `(?i)s(?:s)` matches ß, and `(?i)s(s)` does
 * not, for a group that captures stands between.
 */
export function joinTexts(node: SyntaxNode): SyntaxNode {
  switch (node.kind) {
    case 'sequence':
      return { ...node, items: joined(node.items.map(joinTexts)) };
    case 'alternation':
      return { ...node, branches: node.branches.map(joinTexts) };
    case 'repeat':
    case 'atomic':
    case 'group':
    case 'lookAround':
      return { ...node, body: joinTexts(node.body) };
    default:
      return node;
  }
}

function joined(items: readonly SyntaxNode[]): SyntaxNode[] {
  const result: SyntaxNode[] = [];
  for (const item of items) {
    const last = result.at(-1);
    if (item.kind === 'text' && last?.kind === 'text' && last.ignoresCase === item.ignoresCase) {
      result[result.length - 1] = { ...last, codePoints: [...last.codePoints, ...item.codePoints] };
    } else {
      result.push(item);
    }
  }
  return result;
}
