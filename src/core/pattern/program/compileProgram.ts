import { unsupportedPattern } from '../patternError';
import { type CharacterSet, characters, NEWLINE } from '../sets/characterSet';
import { WORD } from '../sets/unicodeProperty';
import { leadingSet } from '../syntax/leadingSet';
import { isOptional, matchLength } from '../syntax/matchLength';
import type { Anchor, LookAroundNode, RepeatNode, SyntaxNode } from '../syntax/syntaxTree';
import { assignSlots, type SectionDraft } from './assignSlots';
import { INSTRUCTION_LENGTH, Operation, type Program } from './program';

/**
 * Largest {@link Program.size}. Published patterns have up to 100. What a search costs at most grows with size times text, so
 * this and the length of texts bound it.
 */
const MAX_SIZE = 600;
/** Most bits of memory for each character of a text. Published patterns need up to 30. */
const MAX_MEMORY = 1_024;

/** @throws {PatternError} if it becomes too large. */
export function compileProgram(tree: SyntaxNode): Program {
  return new Compiler().compile(tree);
}

class Compiler {
  private readonly code: number[] = [];
  private readonly loopOfInstruction: number[] = [];
  private readonly drafts: SectionDraft[] = [];
  private readonly sets: CharacterSet[] = [];
  private readonly setsByKey = new Map<string, number>();
  private readonly outerLoops: number[] = [];
  private size = 0;
  /** Sections that are still to be written. */
  private readonly waiting: { readonly index: number; readonly body: SyntaxNode }[] = [];
  private isBackwards = false;
  private loop = -1;

  compile(tree: SyntaxNode): Program {
    const leading = leadingSet(tree);
    const leadingIndex = leading === undefined ? -1 : this.setIndex(leading);
    this.addSection('pattern', tree, false);
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      const { index, body } = next;
      const draft = this.drafts[index];
      this.isBackwards = draft.isBackwards;
      this.loop = -1;
      draft.start = this.at;
      this.write(body);
      this.emit(Operation.ACCEPT);
      draft.end = this.at;
    }
    const instructions = Int32Array.from(this.code);
    const outerLoops = Int32Array.from(this.outerLoops);
    const loops = Int32Array.from(this.loopOfInstruction);
    const sections = this.drafts.map((draft) => assignSlots(draft, instructions, loops, outerLoops));
    const bits = { pattern: 1, lookAround: 2, atomic: 32 };
    if (sections.reduce((sum, { kind, slotCount }) => sum + bits[kind] * slotCount, 0) > MAX_MEMORY) {
      throw tooLarge();
    }
    return { instructions, sections, sets: this.sets, outerLoops, size: this.size, leadingSet: leadingIndex };
  }

  private get at(): number {
    return this.code.length / INSTRUCTION_LENGTH;
  }

  private emit(operation: number, a = 0, b = 0, size = 1): number {
    this.size += size;
    if (this.size > MAX_SIZE) {
      throw tooLarge();
    }
    this.code.push(operation, a, b);
    this.loopOfInstruction.push(this.loop);
    return this.at - 1;
  }

  private setOperand(instruction: number, operand: 1 | 2, value: number): void {
    this.code[instruction * INSTRUCTION_LENGTH + operand] = value;
  }

  private setIndex(set: CharacterSet): number {
    let index = this.setsByKey.get(set.key);
    if (index === undefined) {
      index = this.sets.push(set) - 1;
      this.setsByKey.set(set.key, index);
    }
    return index;
  }

  private addSection(kind: SectionDraft['kind'], body: SyntaxNode, isBackwards: boolean): number {
    const index = this.drafts.push({ kind, isBackwards, start: 0, end: 0 }) - 1;
    this.waiting.push({ index, body });
    return index;
  }

  private write(node: SyntaxNode): void {
    switch (node.kind) {
      case 'text': {
        const { codePoints } = node;
        for (const codePoint of this.isBackwards ? codePoints.slice().reverse() : codePoints) {
          this.writeSet(characters(codePoint));
        }
        return;
      }
      case 'set':
        this.writeSet(node.set);
        return;
      case 'sequence':
        for (const item of this.isBackwards ? node.items.slice().reverse() : node.items) {
          this.write(item);
        }
        return;
      case 'alternation':
        this.writeAlternation(node.branches);
        return;
      case 'repeat':
        this.writeRepeat(node);
        return;
      case 'group':
        this.write(node.body);
        return;
      case 'atomic':
        this.writeAtomic(node.body);
        return;
      case 'lookAround':
        this.writeLookAround(node);
        return;
      case 'anchor':
        this.writeAnchor(node.anchor);
        return;
    }
  }

  private writeSet(set: CharacterSet): void {
    this.emit(this.isBackwards ? Operation.SET_BEFORE : Operation.SET, this.setIndex(set));
  }

  private writeAlternation(branches: readonly SyntaxNode[]): void {
    const ends: number[] = [];
    branches.forEach((branch, i) => {
      if (i === branches.length - 1) {
        this.write(branch);
        return;
      }
      const choice = this.writeChoice(branch);
      this.write(branch);
      ends.push(this.emit(Operation.JUMP));
      this.setOperand(choice, 2, this.at);
    });
    for (const end of ends) {
      this.setOperand(end, 1, this.at);
    }
  }

  /** A choice between what is written next and something else, which is still to be set as its operand 2. */
  private writeChoice(first: SyntaxNode): number {
    const set = this.isBackwards ? undefined : leadingSet(first);
    return set === undefined
      ? this.emit(Operation.CHOICE, this.at + 1)
      : this.emit(Operation.CHOICE_IF, this.setIndex(set));
  }

  private writeRepeat(node: RepeatNode): void {
    const { body, min, max, isGreedy } = node;
    const set = this.isBackwards ? undefined : setOf(body);
    if (set !== undefined && (isGreedy || min === max)) {
      this.writeRun(set, min, max);
      return;
    }
    const { min: shortest, max: longest } = matchLength(body);
    if (longest === 0 && isOptional(body)) {
      return;
    }
    // The reference leaves a counted loop early where its body has matched nothing. That makes no difference where it can do
    // so everywhere.
    if (shortest === 0 && (min > 1 || (max > 1 && max !== Infinity)) && !isOptional(body)) {
      throw unsupportedPattern('a counted repetition of something that is empty at some places only');
    }
    for (let count = 0; count < min; count++) {
      this.write(body);
    }
    if (max === Infinity) {
      this.writeLoop(body, isGreedy, shortest === 0);
      return;
    }
    const choices: number[] = [];
    for (let count = min; count < max; count++) {
      choices.push(isGreedy ? this.writeChoice(body) : this.emit(Operation.CHOICE, 0, this.at + 1));
      this.write(body);
    }
    for (const choice of choices) {
      this.setOperand(choice, isGreedy ? 2 : 1, this.at);
    }
  }

  private writeRun(set: CharacterSet, min: number, max: number): void {
    const index = this.setIndex(set);
    if (min === 1) {
      this.emit(Operation.SET, index);
    } else if (min > 1) {
      this.emit(Operation.SETS, index, min, min);
    }
    if (max === Infinity) {
      this.emit(Operation.RUN, index);
    } else if (max > min) {
      this.emit(Operation.SHORT_RUN, index, max - min, max - min);
    }
  }

  private writeLoop(body: SyntaxNode, isGreedy: boolean, mayBeEmpty: boolean): void {
    const choice = isGreedy ? this.writeChoice(body) : this.emit(Operation.CHOICE, 0, this.at + 1);
    let end: number | undefined;
    if (mayBeEmpty) {
      const outer = this.loop;
      const loop = this.outerLoops.push(outer) - 1;
      // Still outside: until then the loop's note is of another turn.
      this.emit(Operation.LOOP_BODY, loop);
      this.loop = loop;
      this.write(body);
      end = this.emit(Operation.LOOP_END, loop);
      this.loop = outer;
    } else {
      this.write(body);
    }
    this.emit(Operation.JUMP, choice);
    this.setOperand(choice, isGreedy ? 2 : 1, this.at);
    if (end !== undefined) {
      this.setOperand(end, 2, this.at);
    }
  }

  private writeAtomic(body: SyntaxNode): void {
    if (body.kind === 'repeat' && body.isGreedy) {
      const set = setOf(body.body);
      if (set !== undefined && (body.min === 0 || body.min === 1)) {
        const index = this.setIndex(set);
        if (body.min === 1) {
          this.emit(Operation.SET, index);
        }
        const most = body.max - body.min;
        if (most > 0) {
          const isShort = most !== Infinity;
          this.emit(Operation.POSSESSIVE_RUN, index, isShort ? most : 0, isShort ? most : 1);
        }
        return;
      }
    }
    this.emit(Operation.ATOMIC, this.addSection('atomic', body, false));
  }

  private writeLookAround({ body, isBehind, isNegated }: LookAroundNode): void {
    const set = isBehind ? undefined : setOf(body);
    if (set !== undefined) {
      this.emit(Operation.NEXT, this.setIndex(set), isNegated ? 1 : 0);
      return;
    }
    this.emit(Operation.LOOK, this.addSection('lookAround', body, isBehind), isNegated ? 1 : 0);
  }

  private writeAnchor(anchor: Anchor): void {
    switch (anchor) {
      case 'textStart':
        this.emit(Operation.TEXT_START);
        return;
      case 'textEnd':
        this.emit(Operation.TEXT_END);
        return;
      case 'lastLineEnd':
        this.emit(Operation.LAST_LINE_END, this.setIndex(NEWLINE));
        return;
      case 'lineStart':
        this.emit(Operation.LINE_START, this.setIndex(NEWLINE));
        return;
      case 'lineEnd':
        this.emit(Operation.LINE_END, this.setIndex(NEWLINE));
        return;
      case 'wordBoundary':
        this.emit(Operation.WORD_BOUNDARY, this.setIndex(WORD));
        return;
      case 'noWordBoundary':
        this.emit(Operation.WORD_BOUNDARY, this.setIndex(WORD), 1);
        return;
    }
  }
}

/** The set of a node that takes one character and nothing else. */
function setOf(node: SyntaxNode): CharacterSet | undefined {
  switch (node.kind) {
    case 'set':
      return node.set;
    case 'text':
      return node.codePoints.length === 1 ? characters(node.codePoints[0]) : undefined;
    case 'group':
      return setOf(node.body);
    default:
      return undefined;
  }
}

function tooLarge(): Error {
  return unsupportedPattern('so many repetitions and choices that it would take too long');
}
