import type { CharacterSet } from '../sets/characterSet';

/**
 * A pattern as instructions. Each has three numbers: what to do and two operands. Instruction 0 begins section 0, the pattern
 * itself; each look-around and atomic group has a section of its own.
 *
 * Positions count code points. Sections that look behind run backwards: what they take is in front of the position.
 */
export interface Program {
  readonly instructions: Int32Array;
  readonly sections: readonly Section[];
  /** The sets that instructions name by index. */
  readonly sets: readonly CharacterSet[];
  /** The set that every match begins with, or -1 where a match may be empty. */
  readonly leadingSet: number;
  /** Of each loop whose body may match nothing: the loop around it, or -1. */
  readonly outerLoops: Int32Array;
  /** Steps that one pass over all instructions takes, repetitions of single characters counted one by one. */
  readonly size: number;
}

export interface Section {
  readonly start: number;
  /** What is remembered of how the section went: whether it matched, or up to where; of the pattern itself only failures. */
  readonly kind: 'pattern' | 'lookAround' | 'atomic';
  readonly isBackwards: boolean;
  /** By instruction, from `start` on: its slot in the memory of outcomes, or -1 for those that are not remembered. */
  readonly slots: Int32Array;
  /** By instruction, from `start` on: the innermost loop whose body may match nothing that it is part of, or -1. */
  readonly loops: Int32Array;
  readonly slotCount: number;
}

export const INSTRUCTION_LENGTH = 3;

export function operationAt(instructions: Int32Array, instruction: number): Operation {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- nothing else is written there
  return instructions[instruction * INSTRUCTION_LENGTH];
}

/**
 * What instructions do; a and b are their operands. An instruction that cannot do it fails: the last choice is taken
 * back. The bundler writes these out as numbers, without which the matcher takes several times as long.
 */
export const enum Operation {
  /** The section has matched. */
  ACCEPT = 0,
  /** Takes a character of set a. */
  SET = 1,
  /** The same, backwards. */
  SET_BEFORE = 2,
  /** Takes b characters of set a. */
  SETS = 3,
  /** Takes as many characters of set a as there are; then, taken back, one less each time. */
  RUN = 4,
  /** The same, at most b. */
  SHORT_RUN = 5,
  /** Takes as many characters of set a as there are, at most b where that is not 0, and stays with it. */
  POSSESSIVE_RUN = 6,
  /** Goes on at a; then, taken back, at b. */
  CHOICE = 7,
  /** Goes on with the next instruction; then, taken back, at b. At b at once where no character of set a comes next. */
  CHOICE_IF = 20,
  JUMP = 8,
  /** Notes for loop a where its body begins. */
  LOOP_BODY = 9,
  /** Leaves loop a for b if its body has matched nothing. */
  LOOP_END = 10,
  /** Checks that a character of set a comes next, or does not if b is 1. */
  NEXT = 11,
  /** Checks that section a matches here, or does not if b is 1. */
  LOOK = 12,
  /** Takes what section a matches here. */
  ATOMIC = 13,
  TEXT_START = 14,
  TEXT_END = 15,
  /** Anchors that ask for line feeds (set a). */
  LAST_LINE_END = 16,
  LINE_START = 17,
  LINE_END = 18,
  /** Checks that characters of set a and others meet here, or do not if b is 1. */
  WORD_BOUNDARY = 19,
}
