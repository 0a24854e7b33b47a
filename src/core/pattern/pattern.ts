import { PagedList } from '../work/pagedList';
import type { Steps } from '../work/steps';
import { Matcher } from './matching/matcher';
import { PatternError } from './patternError';
import { compileProgram } from './program/compileProgram';
import type { Program } from './program/program';
import { checkLeadingRuns } from './syntax/checkLeadingRuns';
import { checkLookBehinds } from './syntax/checkLookBehinds';
import { mayBeEmptyAtStart } from './syntax/emptyAtStart';
import { foldCase } from './syntax/foldCase';
import { joinTexts } from './syntax/joinTexts';
import { matchLength } from './syntax/matchLength';
import { parsePattern } from './syntax/parsePattern';

/** Longest pattern, in UTF-16 units. The longest published one, of DeepSeek's models, has under 600. */
const MAX_PATTERN_LENGTH = 4_096;

/**
 * A regular expression in the language of Oniguruma that is searched for in time linear in the text, whatever it is.
 */
export class Pattern {
  /** Steps over the whole pattern once; a search takes some times this for each character of the text, at most. */
  readonly size: number;
  /** Whether it may match nothing where a text begins with something else than a line end. */
  readonly mayBeEmptyAtStart: boolean;
  /** Whether no match has more than one character. */
  readonly takesOneCharacter: boolean;
  private readonly program: Program;
  private readonly matcher: Matcher;
  /** For searches in steps, of which several may be under way. */
  private idle: Matcher | undefined;
  private latest: Matcher;

  /**
   * @param remembersAlways See {@link Matcher}.
   * @throws {PatternError} where it is malformed or has a construct that is not supported.
   */
  constructor(
    source: string,
    private readonly remembersAlways = false,
  ) {
    if (source.length > MAX_PATTERN_LENGTH) {
      throw new PatternError('malformed', `is longer than ${String(MAX_PATTERN_LENGTH)} characters.`);
    }
    const tree = parsePattern(source);
    checkLookBehinds(tree);
    checkLeadingRuns(tree);
    const folded = foldCase(joinTexts(tree));
    this.program = compileProgram(folded);
    this.size = this.program.size;
    this.takesOneCharacter = matchLength(folded).max <= 1;
    this.mayBeEmptyAtStart = mayBeEmptyAtStart(tree);
    this.matcher = new Matcher(this.program, remembersAlways);
    this.latest = this.matcher;
  }

  /** Steps that the search that was begun last has taken. */
  get steps(): number {
    return this.latest.steps;
  }

  /**
   * All matches in a text as Hugging Face's library finds them: leftmost first, each from the end of the one before, no empty one
   * right behind another, and none in an empty text.
   *
   * @returns UTF-16 offsets, from and to of each match in turn, never within a surrogate pair.
   */
  findAll(text: string): readonly number[] {
    this.latest = this.matcher;
    return text === '' ? [] : this.matcher.findAll(text);
  }

  /** The same, some thousand steps of the search at a time. Other texts may be searched meanwhile. */
  *findAllInSteps(text: string): Steps<PagedList<number>> {
    if (text === '') {
      return new PagedList();
    }
    const matcher = this.idle ?? new Matcher(this.program, this.remembersAlways);
    this.idle = undefined;
    this.latest = matcher;
    const found = yield* matcher.findAllInSteps(text);
    this.idle = matcher;
    return found;
  }
}
