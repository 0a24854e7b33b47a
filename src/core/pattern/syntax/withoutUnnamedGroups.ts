import type { SyntaxNode } from './syntaxTree';

/** Beside groups with names the reference takes those without for plain ones. */
export function withoutUnnamedGroups(node: SyntaxNode): SyntaxNode {
  switch (node.kind) {
    case 'sequence':
      return { ...node, items: node.items.map(withoutUnnamedGroups) };
    case 'alternation':
      return { ...node, branches: node.branches.map(withoutUnnamedGroups) };
    case 'group':
      return node.role === 'unnamed'
        ? withoutUnnamedGroups(node.body)
        : { ...node, body: withoutUnnamedGroups(node.body) };
    case 'repeat':
    case 'atomic':
    case 'lookAround':
      return { ...node, body: withoutUnnamedGroups(node.body) };
    default:
      return node;
  }
}
