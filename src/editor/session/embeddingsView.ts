import { shownName, shownPath, shownText } from '../../core/foreignText/shownText';
import { visibleText } from '../../core/foreignText/visibleText';
import type { DownloadOffer, DownloadStatus, EmbeddingState } from '../../engine/session/embeddingState';
import { HubError, type HubErrorReason } from '../../model/hub/hubError';
import { serverName } from '../../model/hub/serverAddress';
import type { ModelIdentity } from '../../model/modelLocation';
import type { EmbeddingsView, FailedView, ModelView } from '../../protocol/embeddingsView';

/** UTF-16 units of a sentence about a file or a server: names of others are in it. */
const LONGEST_SENTENCE = 1_000;

type FailureOrigins = (error: Error) => Pick<FailedView, 'setting' | 'server'>;

/** A model as the page shows it. Its path is whole: by that the page tells one model from another. */
export function modelView(model: ModelIdentity): ModelView {
  const { isSample, isVerified, server, dtype, rowCount, dimension } = model;
  return {
    name: shownName(model.name),
    isSample,
    isVerified,
    path: visibleText(model.path),
    ...(server !== undefined && { server: shownName(serverName(server)) }),
    ...(model.vectors && {
      vectors: { format: shownName(model.vectors.format), labelKind: model.vectors.labelKind },
    }),
    ...(model.table && { isTable: true }),
    tensorName: shownName(model.tensorName),
    dtype,
    rowCount,
    dimension,
    warnings: model.warnings.map((warning) => shownText(warning, LONGEST_SENTENCE)),
  };
}

/** @param originOf Tells of a failure what it is about. */
export function embeddingsView(state: EmbeddingState, originOf: FailureOrigins = () => ({})): EmbeddingsView {
  switch (state.state) {
    case 'none':
    case 'locating':
      return { state: state.state };
    case 'undecided':
      return { state: 'undecided', offer: shownOffer(state.offer) };
    case 'downloading':
      return { state: 'downloading', download: shownDownload(state.download) };
    case 'converting':
      return {
        state: 'converting',
        path: shownPath(state.path),
        rowsDone: state.rowsDone,
        fraction: state.fraction,
      };
    case 'building':
      return {
        state: 'building',
        model: modelView(state.model),
        rowsDone: state.rowsDone,
        rowCount: state.rowCount,
      };
    case 'ready':
      return { state: 'ready', model: modelView(state.model) };
    case 'failed':
      return { ...failedView(state.reason, state.error), ...originOf(state.error) };
  }
}

function shownOffer<Offer extends DownloadOffer>(offer: Offer): Offer {
  return { ...offer, name: shownName(offer.name), repository: shownName(offer.repository) };
}

function shownDownload(download: DownloadStatus): DownloadStatus {
  const { revision, tensorName, waiting } = download;
  return {
    ...shownOffer(download),
    revision: shownName(revision),
    ...(tensorName !== undefined && { tensorName: shownName(tensorName) }),
    ...(waiting !== undefined && { waiting: shownText(waiting, LONGEST_SENTENCE) }),
  };
}

/** Failures that may come from what lies between here and the server. */
const ON_THE_WAY: ReadonlySet<HubErrorReason> = new Set<HubErrorReason>([
  'offline',
  'timeout',
  'connection-lost',
  'certificate',
  'proxy',
]);

function failedView(whole: string, error: Error): FailedView {
  const reason = shownText(whole, LONGEST_SENTENCE);
  if (!HubError.is(error)) {
    return { state: 'failed', reason };
  }
  return {
    state: 'failed',
    reason,
    ...(error.detail !== undefined && { detail: shownText(error.detail, LONGEST_SENTENCE) }),
    ...(error.wholeFileBytes !== undefined && { wholeFile: { bytes: error.wholeFileBytes } }),
    ...(ON_THE_WAY.has(error.reason) && { mayBeProxy: true }),
  };
}
