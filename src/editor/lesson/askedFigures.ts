import type { ModelIdentity } from '../../model/modelLocation';
import type { ModelFigures } from './lessonFigures';
import type { LessonFigures } from './lessonText';

interface Asked {
  readonly model: ModelIdentity;
  readonly answer: Promise<void>;
  figures?: LessonFigures;
}

const NO_ANSWER = { missing: 'The model in use has no answer for the words of this lesson.' };

/** The figures of the model that was asked last: it is asked once, however many want them while it has not answered. */
export class AskedFigures {
  private asked: Asked | undefined;

  /** @param ask Asks the model that is loaded. */
  constructor(private readonly ask: () => Promise<ModelFigures>) {}

  /** Those of a model, or that it had no answer; undefined until it was asked and has answered. */
  of(model: ModelIdentity): LessonFigures | undefined {
    return this.asked?.model === model ? this.asked.figures : undefined;
  }

  /** Settles, never rejects, when a model has answered. */
  whenAnswered(model: ModelIdentity): Promise<void> {
    if (this.asked?.model !== model) {
      const answer = this.ask()
        .catch(() => NO_ANSWER)
        .then((figures) => {
          asked.figures = figures;
        });
      const asked: Asked = { model, answer };
      this.asked = asked;
    }
    return this.asked.answer;
  }
}
