import { hardlyTrainedTokens } from './hardlyTrainedTokens';
import type { IndentationStyle } from './indentation';
import { invisibleCharacters } from './invisibleCharacters';
import { manyTokens } from './manyTokens';
import { mixedIndentation } from './mixedIndentation';
import type { SurpriseKind, SurpriseSteps } from './surprise';
import type { TokenizedText } from './tokenizedText';
import { trailingSpace } from './trailingSpace';

/** Surprises of one kind that are marked in a text. VS Code shows at most 1,000 marks of a file: a fifth for each of the five kinds. */
export const MAX_OF_A_KIND = 200;

/** What the rules have to know beside the text. */
export interface SurpriseRules {
  /** From how many tokens on a word is a surprise, 2 or more. */
  readonly manyTokens: number;
  /** Whether a model may be asked to go on where the text ends. */
  readonly isPrompt: boolean;
  /** Undefined where tabs and spaces mean different things, as in a makefile. */
  readonly indentation: IndentationStyle | undefined;
  /** What was measured of the tokens that a model can hardly have been trained on, by token id. */
  readonly hardlyTrained: ReadonlyMap<number, string>;
}

/** All surprises of one kind. */
export function surprisesOf(kind: SurpriseKind, text: TokenizedText, rules: SurpriseRules): SurpriseSteps {
  switch (kind) {
    case 'manyTokens':
      return manyTokens(text, rules.manyTokens);
    case 'trailingSpace':
      return rules.isPrompt ? trailingSpace(text) : none();
    case 'mixedIndentation':
      return rules.indentation ? mixedIndentation(text, rules.indentation) : none();
    case 'invisibleCharacter':
      return invisibleCharacters(text);
    case 'hardlyTrained':
      return hardlyTrainedTokens(text, rules.hardlyTrained);
  }
}

/** The surprises of some kinds, kind after kind, the first {@link MAX_OF_A_KIND} of each. */
export function* findSurprises(
  kinds: Iterable<SurpriseKind>,
  text: TokenizedText,
  rules: SurpriseRules,
): SurpriseSteps {
  for (const kind of kinds) {
    let found = 0;
    for (const surprise of surprisesOf(kind, text, rules)) {
      yield surprise;
      if (surprise && ++found === MAX_OF_A_KIND) {
        break;
      }
    }
  }
}

function* none(): SurpriseSteps {
  // Nothing to look for.
}
