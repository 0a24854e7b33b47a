import { malformedPattern, unsupportedPattern } from '../patternError';
import { matchLength } from './matchLength';
import type { SyntaxNode } from './syntaxTree';

/** As in the reference. */
const MOST_LOOKED_BEHIND = 0xffff;

/**
 * Refuses what the reference does not take in a look-behind, and what is not understood there: the reference matches forwards
 * from every place that is near enough, we match backwards, which comes to the same unless something in it is decided once
 * for all.
 *
 * @throws {PatternError}
 */
export function checkLookBehinds(node: SyntaxNode): void {
  if (node.kind === 'lookAround' && node.isBehind) {
    checkBody(node.body, node.isNegated);
    const { min, max } = matchLength(node.body);
    if (min > MOST_LOOKED_BEHIND || (max !== Infinity && max > MOST_LOOKED_BEHIND)) {
      throw malformedPattern('a look-behind is longer than 65,535 characters');
    }
    if (min === 0 && max > 0 && holdsWordBoundary(node.body)) {
      throw unsupportedPattern('a word boundary in a look-behind that may be empty');
    }
  }
  childrenOf(node).forEach(checkLookBehinds);
}

function checkBody(node: SyntaxNode, isNegated: boolean): void {
  switch (node.kind) {
    case 'lookAround':
      if (!node.isBehind || (node.isNegated && !isNegated)) {
        throw malformedPattern('a look-behind holds a look-around that may not stand there');
      }
      if (matchLength(node.body).min === 0) {
        throw unsupportedPattern('a look-behind that may be empty within another');
      }
      break;
    case 'anchor':
      if (node.anchor === 'textEnd' || node.anchor === 'lastLineEnd') {
        throw malformedPattern("a look-behind holds an anchor of the text's end");
      }
      break;
    case 'group':
      if (node.role !== 'options' && isNegated) {
        throw malformedPattern('a negated look-behind captures a group');
      }
      break;
    case 'atomic':
      throw unsupportedPattern(String.raw`an atomic group, a possessive quantifier or \R in a look-behind`);
    default:
  }
  childrenOf(node).forEach((child) => {
    checkBody(child, isNegated);
  });
}

function holdsWordBoundary(node: SyntaxNode): boolean {
  return node.kind === 'anchor'
    ? node.anchor === 'wordBoundary' || node.anchor === 'noWordBoundary'
    : childrenOf(node).some(holdsWordBoundary);
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.kind) {
    case 'sequence':
      return node.items;
    case 'alternation':
      return node.branches;
    case 'repeat':
    case 'atomic':
    case 'group':
    case 'lookAround':
      return [node.body];
    default:
      return [];
  }
}
