import {
  LABEL_KINDS,
  MODEL_SETTINGS,
  SERVER_SOURCES,
  type DownloadOfferView,
  type DownloadView,
  type EmbeddingsView,
  type FailedView,
  type ModelView,
  type NamedServerView,
  type VectorsView,
} from './embeddingsView';
import {
  isCount,
  isFiniteNumber,
  isRecord,
  oneOf,
  parseCount,
  parseFields,
  parseFlag,
  parseList,
  parseOptional,
  parseText,
} from './parsing';

/** Parses the state of the embeddings in a snapshot; undefined when it is none or not whole. */
export function parseEmbeddingsView(value: unknown): EmbeddingsView | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { state } = value;
  switch (state) {
    case 'none':
    case 'locating':
      return { state };
    case 'undecided': {
      const offer = parseOffer(value.offer);
      return offer && { state, offer };
    }
    case 'downloading': {
      const download = parseDownload(value.download);
      return download && { state, download };
    }
    case 'converting': {
      const { path, rowsDone, fraction } = value;
      return typeof path === 'string' && isCount(rowsDone) && isFiniteNumber(fraction)
        ? { state, path, rowsDone, fraction }
        : undefined;
    }
    case 'building': {
      const model = parseModelView(value.model);
      const { rowsDone, rowCount } = value;
      return model && isCount(rowsDone) && isCount(rowCount)
        ? { state, model, rowsDone, rowCount }
        : undefined;
    }
    case 'ready': {
      const model = parseModelView(value.model);
      return model && { state, model };
    }
    case 'failed':
      return parseFailure(value);
    default:
      return undefined;
  }
}

/** Parses a model; undefined when it is none or not whole. */
export function parseModelView(value: unknown): ModelView | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { name, isSample, isVerified, path, tensorName, dtype, rowCount, dimension } = value;
  const server = parseOptional(value.server, parseText);
  const vectors = parseOptional(value.vectors, parseVectors);
  const warnings = parseList(value.warnings, parseText);
  return typeof name === 'string' &&
    typeof isSample === 'boolean' &&
    typeof isVerified === 'boolean' &&
    typeof path === 'string' &&
    server &&
    vectors &&
    typeof tensorName === 'string' &&
    typeof dtype === 'string' &&
    isCount(rowCount) &&
    isCount(dimension) &&
    warnings
    ? {
        name,
        isSample,
        isVerified,
        path,
        ...(server.value !== undefined && { server: server.value }),
        ...(vectors.value !== undefined && { vectors: vectors.value }),
        ...(value.isTable === true && { isTable: true }),
        tensorName,
        dtype,
        rowCount,
        dimension,
        warnings,
      }
    : undefined;
}

function parseVectors(value: unknown): VectorsView | undefined {
  return parseFields(value, { format: parseText, labelKind: oneOf(...LABEL_KINDS) });
}

function parseOffer(value: unknown): DownloadOfferView | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { name, repository, host } = value;
  const tensorBytes = parseOptional(value.tensorBytes, parseCount);
  const fileBytes = parseOptional(value.fileBytes, parseCount);
  return typeof name === 'string' &&
    typeof repository === 'string' &&
    typeof host === 'string' &&
    tensorBytes &&
    fileBytes
    ? {
        name,
        repository,
        host,
        ...(value.sendsToken === true && { sendsToken: true }),
        ...(value.fetchesTokenizer === true && { fetchesTokenizer: true }),
        ...(tensorBytes.value !== undefined && { tensorBytes: tensorBytes.value }),
        ...(fileBytes.value !== undefined && { fileBytes: fileBytes.value }),
      }
    : undefined;
}

function parseDownload(value: unknown): DownloadView | undefined {
  const offer = parseOffer(value);
  if (!offer || !isRecord(value)) {
    return undefined;
  }
  const { revision, bytesDone, bytesTotal } = value;
  const bytesPerSecond = parseAmount(value.bytesPerSecond);
  const tensorName = parseOptional(value.tensorName, parseText);
  const secondsLeft = parseOptional(value.secondsLeft, parseAmount);
  const waiting = parseOptional(value.waiting, parseText);
  return typeof revision === 'string' &&
    isCount(bytesDone) &&
    isCount(bytesTotal) &&
    bytesPerSecond !== undefined &&
    tensorName &&
    secondsLeft &&
    waiting
    ? {
        ...offer,
        revision,
        bytesDone,
        bytesTotal,
        bytesPerSecond,
        ...(tensorName.value !== undefined && { tensorName: tensorName.value }),
        ...(secondsLeft.value !== undefined && { secondsLeft: secondsLeft.value }),
        ...(waiting.value !== undefined && { waiting: waiting.value }),
      }
    : undefined;
}

function parseFailure(value: unknown): FailedView | undefined {
  return parseFields(
    value,
    { state: oneOf('failed'), reason: parseText },
    {
      detail: parseText,
      wholeFile: parseWholeFile,
      setting: oneOf(...MODEL_SETTINGS),
      server: parseNamedServer,
      mayBeProxy: parseFlag,
    },
  );
}

function parseNamedServer(value: unknown): NamedServerView | undefined {
  return parseFields(value, { name: parseText, source: oneOf(...SERVER_SOURCES) });
}

function parseWholeFile(value: unknown): FailedView['wholeFile'] {
  const bytes = isRecord(value) ? parseCount(value.bytes) : undefined;
  return bytes === undefined ? undefined : { bytes };
}

/** A rate or a duration: not negative, not necessarily whole. */
function parseAmount(value: unknown): number | undefined {
  return isFiniteNumber(value) && value >= 0 ? value : undefined;
}
