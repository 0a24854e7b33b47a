import { type CharacterSet, characters, union } from '../sets/characterSet';
import type { SyntaxNode } from './syntaxTree';

interface Leading {
  readonly sets: readonly CharacterSet[];
  /** Whether a match may take no character; then what comes behind it leads as well. */
  readonly mayBeEmpty: boolean;
}

/** A set without which no match can begin, or undefined where a match may be empty. */
export function leadingSet(node: SyntaxNode): CharacterSet | undefined {
  const { sets, mayBeEmpty } = leading(node);
  return mayBeEmpty ? undefined : union(sets);
}

function leading(node: SyntaxNode): Leading {
  switch (node.kind) {
    case 'text':
      return {
        sets: node.codePoints.slice(0, 1).map((codePoint) => characters(codePoint)),
        mayBeEmpty: node.codePoints.length === 0,
      };
    case 'set':
      return { sets: [node.set], mayBeEmpty: false };
    case 'sequence': {
      const sets: CharacterSet[] = [];
      for (const item of node.items) {
        const each = leading(item);
        sets.push(...each.sets);
        if (!each.mayBeEmpty) {
          return { sets, mayBeEmpty: false };
        }
      }
      return { sets, mayBeEmpty: true };
    }
    case 'alternation': {
      const all = node.branches.map(leading);
      return {
        sets: all.flatMap(({ sets }) => sets),
        mayBeEmpty: all.some(({ mayBeEmpty }) => mayBeEmpty),
      };
    }
    case 'repeat': {
      const { sets, mayBeEmpty } = leading(node.body);
      return { sets: node.max === 0 ? [] : sets, mayBeEmpty: mayBeEmpty || node.min === 0 };
    }
    case 'atomic':
    case 'group':
      return leading(node.body);
    case 'lookAround':
    case 'anchor':
      return { sets: [], mayBeEmpty: true };
  }
}
