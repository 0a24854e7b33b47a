import { unsupportedPattern } from '../patternError';
import { ANY_BUT_NEWLINE, ANY_CHARACTER } from '../sets/characterSet';
import { matchLength } from './matchLength';
import type { SyntaxNode } from './syntaxTree';

/** What a pattern begins with. */
interface Beginning {
  /** Whether every match begins with as many characters as there are; `line` if they end with their line. */
  readonly run: 'line' | 'text' | undefined;
  /** Whether something is asked before the first character. */
  readonly asks: boolean;
  /** Whether that is more than whether a line begins. */
  readonly asksMore: boolean;
}

/**
 * Refuses patterns that ask for a place and then take all that comes, such as `\b.*x`. The reference looks for such a pattern
 * only where its search begins and, for a dot, at the lines behind that: right if nothing is asked before, for what fails there
 * fails in the rest of the line; but where something is asked, it misses matches.
 *
 * @throws {PatternError}
 */
export function checkLeadingRuns(tree: SyntaxNode): void {
  const { run, asks, asksMore } = beginningOf(tree);
  if ((run === 'text' && asks) || (run === 'line' && asksMore)) {
    throw unsupportedPattern('a place that is asked for before a run of any characters');
  }
}

const NOTHING: Beginning = { run: undefined, asks: false, asksMore: false };

function beginningOf(node: SyntaxNode): Beginning {
  switch (node.kind) {
    case 'text':
    case 'set':
      return NOTHING;
    case 'anchor': {
      const asksForLine = node.anchor === 'lineStart' || node.anchor === 'textStart';
      return { run: undefined, asks: node.anchor !== 'textStart', asksMore: !asksForLine };
    }
    case 'lookAround':
      return { run: undefined, asks: true, asksMore: true };
    case 'atomic':
    case 'group':
      return beginningOf(node.body);
    case 'repeat':
      return node.max === 0
        ? NOTHING
        : node.max === Infinity && node.isGreedy && runOf(node.body) !== undefined
          ? { run: runOf(node.body), asks: false, asksMore: false }
          : { ...beginningOf(node.body), ...(node.min === 0 ? { run: undefined } : {}) };
    case 'sequence': {
      const parts: Beginning[] = [];
      for (const item of node.items) {
        parts.push(beginningOf(item));
        if (matchLength(item).max > 0) {
          break;
        }
      }
      return {
        run: parts.at(-1)?.run,
        asks: parts.some(({ asks }) => asks),
        asksMore: parts.some(({ asksMore }) => asksMore),
      };
    }
    case 'alternation': {
      const parts = node.branches.map(beginningOf);
      const runs = parts.map(({ run }) => run);
      return {
        run: runs.every((run) => run !== undefined) ? (runs.includes('text') ? 'text' : 'line') : undefined,
        asks: parts.some(({ asks }) => asks),
        asksMore: parts.some(({ asksMore }) => asksMore),
      };
    }
  }
}

function runOf(node: SyntaxNode): 'line' | 'text' | undefined {
  return node.kind === 'set' && node.set === ANY_CHARACTER
    ? 'text'
    : node.kind === 'set' && node.set === ANY_BUT_NEWLINE
      ? 'line'
      : undefined;
}
