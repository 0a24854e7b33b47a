import assert from 'node:assert/strict';
import { OutlineQuestions } from '../../../../src/editor/sections/outlineQuestions';
import type { OutlineSymbol } from '../../../../src/editor/sections/symbolSections';
import { ManualTimers, settle } from '../../engine/scriptedEngine';

/** Longer than any of the waits. */
const LONG = 60_000;

describe('The questions for an outline', () => {
  function asking(symbols: () => Promise<readonly OutlineSymbol[]>) {
    const timers = new ManualTimers();
    const answers: number[] = [];
    const late: number[] = [];
    const questions = new OutlineQuestions(
      { version: 1 },
      symbols,
      { onAnswer: (answer) => answers.push(answer.symbols.length), onLate: (version) => late.push(version) },
      timers,
    );
    const pass = async (milliseconds: number): Promise<void> => {
      timers.pass(milliseconds);
      await settle();
    };
    return { questions, answers, late, timers, pass };
  }

  it('are asked some times again while there is no symbol, and that anew in another language', async () => {
    const { questions, answers, timers, pass } = asking(() => Promise.resolve([]));
    questions.askNow();
    for (let wait = 0; wait < 6; wait++) {
      await pass(LONG);
    }
    assert.deepEqual([answers.length, timers.count], [4, 0]);
    questions.askNow();
    for (let wait = 0; wait < 6; wait++) {
      await pass(LONG);
    }
    assert.deepEqual([answers.length, timers.count], [8, 0]);
  });

  it('say that an answer does not come, and take it where it comes after all', async () => {
    let answer: (symbols: readonly OutlineSymbol[]) => void = () => assert.fail('it was not asked');
    const { questions, answers, late, pass } = asking(() => new Promise((resolve) => (answer = resolve)));
    questions.askNow();
    await pass(0);
    await pass(LONG);
    assert.deepEqual([late, answers], [[1], []]);
    const place = { line: 0, character: 0 };
    answer([{ name: 'f', kind: 11, range: { start: place, end: place }, children: [] }]);
    await settle();
    assert.deepEqual(answers, [1]);
  });

  it('end with whoever asks', async () => {
    const { questions, answers, timers, pass } = asking(() => Promise.resolve([]));
    questions.askNow();
    questions.dispose();
    await pass(LONG);
    assert.deepEqual([answers, timers.count], [[], 0]);
  });
});
