import assert from 'node:assert/strict';
import { AskedFigures } from '../../../../src/editor/lesson/askedFigures';
import type { ModelFigures } from '../../../../src/editor/lesson/lessonFigures';
import type { ModelIdentity } from '../../../../src/model/modelLocation';

function modelOf(name: string): ModelIdentity {
  return { name } as unknown as ModelIdentity;
}

function figuresOf(model: ModelIdentity): ModelFigures {
  return {
    model,
    pair: { cosine: 0.3, average: 0.1 },
    name: { neighbors: [], average: 0.1 },
    formula: [],
  };
}

describe('The figures of the lesson', () => {
  const first = modelOf('first');
  const second = modelOf('second');

  it('are asked for once, however many want them, and are there for all', async () => {
    let questions = 0;
    const figures = figuresOf(first);
    const asked = new AskedFigures(() => {
      questions++;
      return Promise.resolve(figures);
    });
    assert.equal(asked.of(first), undefined);
    await Promise.all([asked.whenAnswered(first), asked.whenAnswered(first)]);
    await asked.whenAnswered(first);
    assert.equal(questions, 1);
    assert.equal(asked.of(first), figures);
    assert.equal(asked.of(second), undefined);
  });

  it('stay those of the newer model where the older one answers last', async () => {
    const answers: ((figures: ModelFigures) => void)[] = [];
    const asked = new AskedFigures(() => new Promise((resolve) => answers.push(resolve)));
    const older = asked.whenAnswered(first);
    const newer = asked.whenAnswered(second);
    answers[1]?.(figuresOf(second));
    await newer;
    answers[0]?.(figuresOf(first));
    await older;
    assert.deepEqual(asked.of(second), figuresOf(second));
    assert.equal(asked.of(first), undefined);
  });

  it('are missing, in a sentence, where the model has no answer', async () => {
    const asked = new AskedFigures(() => Promise.reject(new Error('no such token')));
    await asked.whenAnswered(first);
    assert.deepEqual(asked.of(first), {
      missing: 'The model in use has no answer for the words of this lesson.',
    });
  });
});
