import { shownName, shownPath, shownText } from '../../core/foreignText/shownText';
import type { EmbeddingState } from '../../engine/session/embeddingState';
import { HubError } from '../../model/hub/hubError';
import { SAMPLE_EXPLANATION } from '../../protocol/sampleNotice';
import type { GraphState } from '../../engine/session/graphBuild';

/** The state of the embeddings in a few words. */
export interface EmbeddingsPresentation {
  /** Codicon name; undefined where the text says enough. */
  readonly icon?: string;
  /** For the status bar, plain text. */
  readonly text: string;
  /** What goes on, plain text, without a capital and a full stop. */
  readonly detail: string;
  /** What that means, for who asks. */
  readonly explanation?: string;
  /** Path of the model's file, once there is one. */
  readonly path?: string;
  /** What is under way can be canceled. */
  readonly isLoading?: boolean;
  readonly hasFailed?: boolean;
  /** Nothing goes on until a model is chosen. */
  readonly isUndecided?: boolean;
}

/** UTF-16 units of a name in the status bar, which is for all extensions. */
const SHORT_NAME = 32;

/** UTF-16 units of a sentence that says what went wrong; all of it is in the log. */
const LONGEST_REASON = 600;

const shortName = (name: string): string => shownText(name, SHORT_NAME);

/** @returns undefined while nobody has asked for embeddings. */
export function presentEmbeddings(
  state: EmbeddingState,
  graph: GraphState,
): EmbeddingsPresentation | undefined {
  switch (state.state) {
    case 'none':
      return undefined;
    case 'locating':
      return { icon: 'loading~spin', text: 'embeddings', detail: 'looking for a model', isLoading: true };
    case 'undecided':
      return {
        icon: 'question',
        text: 'choose a model',
        detail: `${shownName(state.offer.name)} is not on this machine`,
        isUndecided: true,
      };
    case 'downloading': {
      const { host, bytesDone, bytesTotal, waiting } = state.download;
      const name = shownName(state.download.name);
      const percent = bytesTotal > 0 ? `${Math.floor((100 * bytesDone) / bytesTotal)} %` : '…';
      return {
        icon: 'cloud-download',
        text: `${shortName(name)} ${percent}`,
        detail:
          waiting === undefined
            ? `downloading ${name} from ${host}: ${percent}`
            : shownText(waiting, LONGEST_REASON),
        isLoading: true,
      };
    }
    case 'converting': {
      const name = fileName(state.path);
      const percent = `${Math.floor(100 * state.fraction)} %`;
      return {
        icon: 'loading~spin',
        text: `${shortName(name)} ${percent}`,
        detail: `converting ${shownName(name)}: ${percent}`,
        explanation: 'Files of other vectors are converted once, and opened at once from then on',
        path: shownPath(state.path),
        isLoading: true,
      };
    }
    case 'building': {
      const name = shownName(state.model.name);
      const path = shownPath(state.model.path);
      const percent = `${Math.floor((100 * state.rowsDone) / state.rowCount)} %`;
      return {
        icon: 'loading~spin',
        text: `${shortName(name)} ${percent}`,
        detail: `loading ${name}: ${percent}`,
        path,
        isLoading: true,
      };
    }
    case 'ready':
      return withGraph(presentModel(state), graph);
    case 'failed':
      return {
        icon: 'warning',
        text: HubError.is(state.error, 'offline') ? 'no network' : 'no model',
        detail: shownText(state.reason, LONGEST_REASON),
        hasFailed: true,
      };
  }
}

/** The last part of a path of any system. */
function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

function presentModel({ model }: Extract<EmbeddingState, { state: 'ready' }>): EmbeddingsPresentation {
  if (model.isSample) {
    return {
      icon: 'beaker',
      text: 'sample vectors',
      detail: 'sample vectors, not GPT-2',
      explanation: SAMPLE_EXPLANATION,
    };
  }
  const name = shownName(model.name);
  const detail = `${name}, ${model.isVerified ? 'verified, ' : ''}ready`;
  return { text: shortName(name), detail, path: shownPath(model.path) };
}

/** A graph that is built is told beside the model that it is of. */
function withGraph(shown: EmbeddingsPresentation, graph: GraphState): EmbeddingsPresentation {
  if (graph.state !== 'building') {
    return shown;
  }
  const percent = `${Math.floor(100 * graph.fraction)} %`;
  const left = graph.secondsLeft === undefined ? '' : `, about ${Math.ceil(graph.secondsLeft)} s left`;
  return {
    ...shown,
    text: `${shown.text} · graph ${percent}`,
    detail: `${shown.detail}; building its neighbor graph: ${percent}${left}`,
  };
}
