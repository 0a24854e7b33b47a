import { copied, type Crossing } from './crossing';
import type { NeighborAnswer } from './neighborAnswer';

/** What is special about a question, for all who pass it on. */
export interface Question<Parameters, Answer, Progress = never> {
  readonly parameters: Crossing<Parameters>;
  readonly answer: Crossing<Answer>;
  /** Whether this is the last that is told of the progress: it always gets through, others where they are far enough apart. */
  readonly isLast: (progress: Progress) => boolean;
  /**
   * The answer with its model told more fully: an engine knows less of it than who has loaded it.
   *
   * @param label To be called with every {@link NeighborAnswer} in the answer.
   */
  readonly relabel: (answer: Answer, label: (answer: NeighborAnswer) => NeighborAnswer) => Answer;
}

/** What a question need not declare: it is copied, and no neighbors are in its answer. */
type Declared<Parameters, Answer> = Partial<Omit<Question<Parameters, Answer>, 'isLast'>>;

/** A question that is answered without telling how far that is. */
export function question<Parameters, Answer>(
  declared: Declared<Parameters, Answer> = {},
): Question<Parameters, Answer> {
  return questionWithProgress<Parameters, Answer, never>({ ...declared, isLast: () => false });
}

/** A question whose answer takes so long that its progress is told. */
export function questionWithProgress<Parameters, Answer, Progress>(
  declared: Declared<Parameters, Answer> & Pick<Question<Parameters, Answer, Progress>, 'isLast'>,
): Question<Parameters, Answer, Progress> {
  return { parameters: copied(), answer: copied(), relabel: (answer) => answer, ...declared };
}
