import { PagedList } from '../../work/pagedList';
import { finish, type Steps } from '../../work/steps';
import { INSTRUCTION_LENGTH, Operation, operationAt, type Program, type Section } from '../program/program';
import { Alphabet } from './alphabet';
import { emptyStack, ENTRY_LENGTH, keptStack, longerStack, LOOP_ENTRY, SLOT_ENTRY } from './choiceStack';
import { Answers, Ends, FAILED, Failures, MATCHED, type Outcomes } from './outcomes';

/** Steps that a search may take before it remembers outcomes, and how many more for each position that it has left behind. */
const FREE_STEPS = 1_024;
const FREE_STEPS_A_POSITION = 16;
/** Most of them at a time: nothing interrupts a search before they are used up. */
const MOST_FREE_STEPS = 1 << 15;

/** Steps after which a search can be interrupted: a fraction of a millisecond. */
const STEPS_AT_ONCE = 1 << 14;

/** How an attempt has ended that has not: it was interrupted. */
const INTERRUPTED = -2;
/** How a section has ended that goes on. */
const UNDECIDED = -3;

/** Entries of the stack that are noted or dropped at a stretch. */
const ENTRIES_AT_ONCE = 1 << 16;

/**
 * Runs a program over texts: backtracking, which tries choices in the order of the pattern, with a memory of failures.
 *
 * **Why it is linear.** What can follow from an instruction at a position depends on nothing else: there are no
 * backreferences, counted repetitions are written out, and where a match began plays no part. So an instruction that has
 * failed at a position will fail there again, in the same attempt and in all later ones on the same text, and need not be tried.
 * Two things seem to contradict:
 *
 * - A loop ends when its body has matched nothing, so what follows depends on where the body's turn began. But only on
 *   whether that is this very position: it can never become it again, for positions only grow (shrink, in a section that runs
 *   backwards). Turns of inner loops begin no earlier than those of outer ones, so there are as many cases as loops around the
 *   instruction, and one: each has a slot of its own.
 * - An atomic group or look-around takes back the choices that it has not tried when it matches: they have not failed. But
 *   its first match from an instruction at a position is always the same one. So a section remembers failures and matches
 *   alike, for all instructions on the way to its match, and answers from them.
 *
 * A position can be come back to only by a loop whose turn took nothing, and that ends the loop; so nothing is asked while it
 * is under way. Hence each instruction that can be reached in several ways (see `assignSlots`) is run at most once at each
 * position, or answered from memory: a search takes at most about size × (text + 1) steps.
 *
 * Remembering costs time, and nearly all attempts end after some steps. So each search has a number of steps free, in proportion
 * to the text that it has left behind; beyond that it remembers.
 */
export class Matcher {
  /** Steps that the last search took: instructions run, and characters that runs looked at. */
  steps = 0;

  private readonly alphabet: Alphabet;
  private readonly memory: readonly Outcomes[];
  private readonly loopStarts: Int32Array;
  private stack = emptyStack();
  private top = 0;
  private letters: Uint16Array = new Uint16Array(0);
  private length = 0;
  private table: Uint8Array = new Uint8Array(0);
  private rowBits = 0;
  private freeSteps = 0;
  private remembers = false;
  private hasRemembered = false;
  /** {@link steps} at which the search is to be interrupted. */
  private stepLimit = 0;

  /** Where the attempt stands: section, where its entries begin on the stack, instruction and position. */
  private section = 0;
  private base = 0;
  private instruction = 0;
  private position = 0;
  /** The same of the sections that wait for the end of one that they ask, the outermost first. */
  private readonly waiting: number[] = [];

  /** @param remembersAlways Whether no step is free: for tests of the memory. */
  constructor(
    private readonly program: Program,
    private readonly remembersAlways = false,
  ) {
    this.alphabet = new Alphabet(program.sets);
    this.memory = program.sections.map(outcomesOf);
    this.loopStarts = new Int32Array(program.outerLoops.length);
  }

  /**
   * All matches in a text, as iterating over them in the crate `onig` gives them: leftmost first, each from the end of the one
   * before, and no empty one right behind another.
   *
   * @returns UTF-16 offsets: from and to of each match in turn. Never within a surrogate pair.
   * @throws {RangeError} where a hostile pattern would take too much memory for a long text.
   */
  findAll(text: string): readonly number[] {
    return finish(this.findAllInSteps(text)).toArray();
  }

  /** The same, some thousand steps at a time. Nothing else may be searched for meanwhile. */
  *findAllInSteps(text: string): Steps<PagedList<number>> {
    const { letters, length, offsets } = this.alphabet.spell(text);
    this.letters = letters;
    this.length = length;
    this.table = this.alphabet.memberships;
    this.rowBits = this.alphabet.rowBits;
    this.steps = 0;
    this.stepLimit = STEPS_AT_ONCE;
    this.top = 0;
    this.waiting.length = 0;
    this.freeSteps = this.remembersAlways ? 0 : FREE_STEPS;
    if (this.hasRemembered) {
      this.memory.forEach((outcomes) => outcomes.clear());
      this.hasRemembered = false;
    }
    const { leadingSet } = this.program;
    const found = new PagedList<number>();
    let lastEnd = -1;
    for (let from = 0; from <= length;) {
      let end = leadingSet >= 0 && !this.has(leadingSet, from) ? -1 : this.attempt(from);
      while (end === INTERRUPTED || this.steps >= this.stepLimit) {
        yield;
        this.stepLimit = this.steps + STEPS_AT_ONCE;
        end = end === INTERRUPTED ? this.run() : end;
      }
      if (end < 0 || (end === from && end === lastEnd)) {
        from++;
        continue;
      }
      found.push(offsets?.[from] ?? from);
      found.push(offsets?.[end] ?? end);
      // Behind an empty match the same one would be found again.
      from = end > from ? end : from + 1;
      lastEnd = end;
    }
    this.stack = keptStack(this.stack);
    return found;
  }

  /** @returns The end of the match that begins at a position, -1, or {@link INTERRUPTED}. */
  private attempt(position: number): number {
    if (!this.remembersAlways) {
      this.freeSteps = Math.min(MOST_FREE_STEPS, this.freeSteps + FREE_STEPS_A_POSITION);
    }
    this.remembers = this.freeSteps <= 0;
    if (this.hasRemembered) {
      for (const [index, { isBackwards }] of this.program.sections.entries()) {
        if (!isBackwards) {
          this.memory[index].forgetBefore(position);
        }
      }
    }
    this.section = 0;
    this.base = this.top;
    this.instruction = this.program.sections[0].start;
    this.position = position;
    return this.run();
  }

  /**
   * Goes on with the attempt from where it stands. A section that asks another waits in {@link waiting}, so that an attempt can be
   * interrupted in any of them.
   *
   * @returns As {@link attempt}.
   */
  private run(): number {
    const { instructions, sections } = this.program;
    const { letters, length, table, rowBits, loopStarts, waiting } = this;
    let { section: sectionIndex, base, instruction, position } = this;
    let section = sections[sectionIndex];
    let outcomes = this.memory[sectionIndex];
    for (;;) {
      let end = UNDECIDED;
      this.steps++;
      if (--this.freeSteps <= 0 && instruction >= 0) {
        if (this.steps > this.stepLimit) {
          this.steps--;
          return this.pause(sectionIndex, base, instruction, position);
        }
        this.remembers = true;
        const slot = this.slotOf(section, instruction, position);
        if (slot >= 0) {
          const outcome = outcomes.get(position, slot);
          if (outcome >= MATCHED) {
            end = this.accept(base, outcomes, outcome - MATCHED);
          } else if (outcome === FAILED) {
            // Taken back below, as a set that holds nothing.
            instruction = -1;
          } else {
            this.push(SLOT_ENTRY - slot, position, 0);
          }
        }
      }
      if (end === UNDECIDED && instruction >= 0) {
        const at = instruction * INSTRUCTION_LENGTH;
        const a = instructions[at + 1];
        const b = instructions[at + 2];
        const operation = operationAt(instructions, instruction);
        switch (operation) {
          case Operation.ACCEPT:
            end = this.accept(base, outcomes, position);
            break;
          case Operation.SET:
            if (position < length && table[(a << rowBits) | letters[position]] === 1) {
              position++;
              instruction++;
              continue;
            }
            break;
          case Operation.SET_BEFORE:
            if (position > 0 && table[(a << rowBits) | letters[position - 1]] === 1) {
              position--;
              instruction++;
              continue;
            }
            break;
          case Operation.SETS:
            if (position + b <= length && this.runEnd(a, position, position + b) === position + b) {
              position += b;
              instruction++;
              continue;
            }
            break;
          case Operation.RUN: {
            if (this.remembers) {
              if (position < length && table[(a << rowBits) | letters[position]] === 1) {
                this.push(instruction + 1, position, -1);
                position++;
              } else {
                instruction++;
              }
              continue;
            }
            const limit = Math.min(length, position + this.freeSteps);
            const end = this.runEnd(a, position, limit);
            if (end > position) {
              this.push(instruction + 1, end - 1, position);
              position = end;
            }
            if (end === length || end < limit) {
              instruction++;
            }
            continue;
          }
          case Operation.SHORT_RUN: {
            const end = this.runEnd(a, position, Math.min(length, position + b));
            if (end > position) {
              this.push(instruction + 1, end - 1, position);
              position = end;
            }
            instruction++;
            continue;
          }
          case Operation.POSSESSIVE_RUN: {
            if (this.remembers && b === 0) {
              if (position < length && table[(a << rowBits) | letters[position]] === 1) {
                position++;
              } else {
                instruction++;
              }
              continue;
            }
            const limit = Math.min(length, position + (b === 0 ? this.freeSteps : b));
            position = this.runEnd(a, position, limit);
            if (b > 0 || position === length || position < limit) {
              instruction++;
            }
            continue;
          }
          case Operation.CHOICE:
            this.push(b, position, -1);
            instruction = a;
            continue;
          case Operation.CHOICE_IF:
            if (position < length && table[(a << rowBits) | letters[position]] === 1) {
              this.push(b, position, -1);
              instruction++;
            } else {
              instruction = b;
            }
            continue;
          case Operation.JUMP:
            instruction = a;
            continue;
          case Operation.LOOP_BODY:
            this.push(LOOP_ENTRY, a, loopStarts[a]);
            loopStarts[a] = position;
            instruction++;
            continue;
          case Operation.LOOP_END:
            instruction = loopStarts[a] === position ? b : instruction + 1;
            continue;
          case Operation.NEXT:
            if ((position < length && table[(a << rowBits) | letters[position]] === 1) === (b === 0)) {
              instruction++;
              continue;
            }
            break;
          case Operation.LOOK:
          case Operation.ATOMIC:
            waiting.push(sectionIndex, base, instruction, position);
            sectionIndex = a;
            section = sections[a];
            outcomes = this.memory[a];
            base = this.top;
            instruction = section.start;
            continue;
          default:
            if (this.holds(operation, a, b, position)) {
              instruction++;
              continue;
            }
        }
      }
      if (end === INTERRUPTED) {
        // The same instruction ends the section again, and less of it is left.
        return this.pause(sectionIndex, base, instruction, position);
      }
      for (;;) {
        if (end === UNDECIDED) {
          instruction = this.takeBack(base, outcomes);
          if (instruction === INTERRUPTED) {
            return this.pause(sectionIndex, base, -1, position);
          }
          if (instruction >= 0) {
            position = this.position;
            break;
          }
          end = -1;
        }
        if (waiting.length === 0) {
          return end;
        }
        // The section has ended, and the one that asked it goes on.
        position = waiting.pop() ?? 0;
        instruction = waiting.pop() ?? 0;
        base = waiting.pop() ?? 0;
        sectionIndex = waiting.pop() ?? 0;
        section = sections[sectionIndex];
        outcomes = this.memory[sectionIndex];
        const isAtomic = operationAt(instructions, instruction) === Operation.ATOMIC;
        const isNegated = instructions[instruction * INSTRUCTION_LENGTH + 2] === 1;
        if (isAtomic ? end >= 0 : end >= 0 !== isNegated) {
          position = isAtomic ? end : position;
          instruction++;
          break;
        }
        end = UNDECIDED;
      }
    }
  }

  /** @param instruction The one to go on with; -1 where the last choice is to be taken back. @returns {@link INTERRUPTED} */
  private pause(section: number, base: number, instruction: number, position: number): number {
    this.section = section;
    this.base = base;
    this.instruction = instruction;
    this.position = position;
    return INTERRUPTED;
  }

  /**
   * Goes back to the last choice of a section.
   *
   * @returns The instruction to go on with, at {@link position}; -1 when none is left; {@link INTERRUPTED} when it has not come to one yet.
   */
  private takeBack(base: number, outcomes: Outcomes): number {
    const { stack, loopStarts } = this;
    const least = Math.max(base, this.top - ENTRIES_AT_ONCE * ENTRY_LENGTH);
    for (let entry = this.top - ENTRY_LENGTH; entry >= least; entry -= ENTRY_LENGTH) {
      const what = stack[entry];
      if (what >= 0) {
        const position = stack[entry + 1];
        this.position = position;
        // A run: one character less, next time.
        if (stack[entry + 2] >= 0 && position > stack[entry + 2]) {
          stack[entry + 1] = position - 1;
          this.top = entry + ENTRY_LENGTH;
        } else {
          this.top = entry;
        }
        return what;
      }
      if (what === LOOP_ENTRY) {
        loopStarts[stack[entry + 1]] = stack[entry + 2];
      } else {
        outcomes.noteFailure(stack[entry + 1], SLOT_ENTRY - what);
      }
    }
    this.top = least;
    return least > base ? INTERRUPTED : -1;
  }

  /**
   * Ends a section that has matched: what led there is noted, choices that were not tried are dropped.
   *
   * @returns `end`, or {@link INTERRUPTED} when more is to be noted.
   */
  private accept(base: number, outcomes: Outcomes, end: number): number {
    const least = this.remembers ? Math.max(base, this.top - ENTRIES_AT_ONCE * ENTRY_LENGTH) : base;
    if (this.remembers) {
      const { stack } = this;
      for (let entry = this.top - ENTRY_LENGTH; entry >= least; entry -= ENTRY_LENGTH) {
        if (stack[entry] <= SLOT_ENTRY) {
          outcomes.noteMatch(stack[entry + 1], SLOT_ENTRY - stack[entry], end);
        }
      }
    }
    this.top = least;
    return least > base ? INTERRUPTED : end;
  }

  /** The slot in which the outcome of an instruction at a position is remembered, or -1. */
  private slotOf(section: Section, instruction: number, position: number): number {
    const at = instruction - section.start;
    let slot = section.slots[at];
    if (slot >= 0) {
      this.hasRemembered = true;
      // One for each loop whose turn has taken nothing yet; these are the innermost ones.
      const { outerLoops } = this.program;
      for (let loop = section.loops[at]; loop >= 0 && this.loopStarts[loop] === position;) {
        slot++;
        loop = outerLoops[loop];
      }
    }
    return slot;
  }

  /** The first position from `position` on, `limit` at most, whose character set `set` does not hold. */
  private runEnd(set: number, position: number, limit: number): number {
    const { letters, table } = this;
    const row = set << this.rowBits;
    let end = position;
    while (end < limit && table[row | letters[end]] === 1) {
      end++;
    }
    this.steps += end - position;
    this.freeSteps -= end - position;
    return end;
  }

  private holds(anchor: Operation, set: number, isNegated: number, position: number): boolean {
    const { length } = this;
    switch (anchor) {
      case Operation.TEXT_START:
        return position === 0;
      case Operation.TEXT_END:
        return position === length;
      case Operation.LAST_LINE_END:
        return position === length || (position === length - 1 && this.has(set, position));
      case Operation.LINE_START:
        return position === 0 || (position < length && this.has(set, position - 1));
      case Operation.LINE_END:
        return position === length || this.has(set, position);
      default:
        return (this.has(set, position - 1) !== this.has(set, position)) === (isNegated === 0);
    }
  }

  private has(set: number, position: number): boolean {
    return (
      position >= 0 &&
      position < this.length &&
      this.table[(set << this.rowBits) | this.letters[position]] === 1
    );
  }

  private push(what: number, position: number, low: number): void {
    if (this.top === this.stack.length) {
      this.stack = longerStack(this.stack);
    }
    const { stack, top } = this;
    stack[top] = what;
    stack[top + 1] = position;
    stack[top + 2] = low;
    this.top = top + ENTRY_LENGTH;
  }
}

function outcomesOf({ kind, slotCount }: Section): Outcomes {
  switch (kind) {
    case 'pattern':
      return new Failures(slotCount);
    case 'lookAround':
      return new Answers(slotCount);
    case 'atomic':
      return new Ends(slotCount);
  }
}
