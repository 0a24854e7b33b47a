import type { SyntaxNode } from './syntaxTree';

/** How many code points a match has, at least and at most (Infinity where there is no limit). */
export interface MatchLength {
  readonly min: number;
  readonly max: number;
}

export function matchLength(node: SyntaxNode): MatchLength {
  switch (node.kind) {
    case 'text':
      return { min: node.codePoints.length, max: node.codePoints.length };
    case 'set':
      return { min: 1, max: 1 };
    case 'sequence':
      return node.items.map(matchLength).reduce(sum, { min: 0, max: 0 });
    case 'alternation':
      return node.branches.map(matchLength).reduce((one, other) => ({
        min: Math.min(one.min, other.min),
        max: Math.max(one.max, other.max),
      }));
    case 'repeat': {
      const { min, max } = matchLength(node.body);
      return { min: min * node.min, max: max === 0 || node.max === 0 ? 0 : max * node.max };
    }
    case 'atomic':
    case 'group':
      return matchLength(node.body);
    case 'lookAround':
    case 'anchor':
      return { min: 0, max: 0 };
  }
}

function sum(one: MatchLength, other: MatchLength): MatchLength {
  return { min: one.min + other.min, max: one.max + other.max };
}

/** Whether it can match nothing wherever it is tried, and not only at some places. */
export function isOptional(node: SyntaxNode): boolean {
  switch (node.kind) {
    case 'text':
      return node.codePoints.length === 0;
    case 'sequence':
      return node.items.every(isOptional);
    case 'alternation':
      return node.branches.some(isOptional);
    case 'repeat':
      return node.min === 0 || isOptional(node.body);
    case 'atomic':
    case 'group':
      return isOptional(node.body);
    case 'set':
    case 'lookAround':
    case 'anchor':
      return false;
  }
}
