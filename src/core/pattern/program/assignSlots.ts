import { INSTRUCTION_LENGTH, Operation, operationAt, type Section } from './program';

/** A section while it is written: instructions [start, end). */
export interface SectionDraft {
  readonly kind: Section['kind'];
  readonly isBackwards: boolean;
  start: number;
  end: number;
}

/**
 * Gives a slot to each instruction that can be reached in several ways: between two such instructions there is only one way, so
 * what is done once for each of them is done once for all. Runs count too, for they come back to themselves, and what
 * follows a run, for it is reached from every length.
 *
 * An instruction within loops whose bodies may match nothing needs a slot more for each of them, see {@link outcomeSlot} in the
 * matcher.
 */
export function assignSlots(
  { kind, isBackwards, start, end }: SectionDraft,
  instructions: Int32Array,
  loopOfInstruction: Int32Array,
  outerLoops: Int32Array,
): Section {
  const ways = new Int32Array(end - start);
  // What asks for a section begins there.
  ways[0] = kind === 'pattern' ? 1 : 2;
  for (let at = start; at < end; at++) {
    const a = instructions[at * INSTRUCTION_LENGTH + 1];
    const b = instructions[at * INSTRUCTION_LENGTH + 2];
    switch (operationAt(instructions, at)) {
      case Operation.ACCEPT:
        break;
      case Operation.CHOICE:
        ways[a - start]++;
        ways[b - start]++;
        break;
      case Operation.CHOICE_IF:
        ways[at + 1 - start]++;
        ways[b - start]++;
        break;
      case Operation.JUMP:
        ways[a - start]++;
        break;
      case Operation.LOOP_END:
        ways[at + 1 - start]++;
        ways[b - start]++;
        break;
      case Operation.RUN:
      case Operation.SHORT_RUN:
      case Operation.POSSESSIVE_RUN:
        ways[at - start] += 2;
        ways[at + 1 - start] += 2;
        break;
      default:
        ways[at + 1 - start]++;
    }
  }
  const slots = new Int32Array(end - start).fill(-1);
  let slotCount = 0;
  for (let at = 0; at < ways.length; at++) {
    if (ways[at] > 1) {
      slots[at] = slotCount++;
      for (let loop = loopOfInstruction[start + at]; loop >= 0; loop = outerLoops[loop]) {
        slotCount++;
      }
    }
  }
  return { kind, isBackwards, start, slots, slotCount, loops: loopOfInstruction.slice(start, end) };
}
