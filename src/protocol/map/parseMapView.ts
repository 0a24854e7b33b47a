import {
  isFiniteNumber,
  isRecord,
  oneOf,
  pairOf,
  parseCount,
  parseFields,
  parseNumber,
  parseText,
  type Parse,
} from '../parsing';
import type { MapFiguresView, MapGraphView, MapView } from './mapView';

/** Parses what the snapshot says of the map. */
export function parseMapView(value: unknown): MapView | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  switch (value.stage) {
    case 'waiting':
      return { stage: value.stage };
    case 'linear':
      return parseFields(value, {
        stage: oneOf('linear'),
        explained: pairOf(parseShare),
        graph: parseGraph,
      });
    case 'unfolding':
      return parseFields(
        value,
        { stage: oneOf('unfolding'), fraction: parseShare, epoch: parseCount, epochs: parseCount },
        { secondsLeft: parseNumber },
      );
    case 'stopped':
      return parseFields(value, { stage: oneOf('stopped'), epoch: parseCount, epochs: parseCount });
    case 'ready':
      return parseFields(value, { stage: oneOf('ready'), figures: parseFigures });
    case 'refused':
      return parseFields(value, { stage: oneOf('refused'), reason: parseText });
    case 'failed':
      return parseFields(value, { stage: oneOf('failed'), message: parseText });
    default:
      return undefined;
  }
}

function parseGraph(value: unknown): MapGraphView | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  switch (value.state) {
    case 'stopped':
      return { state: value.state };
    case 'building':
      return parseFields(
        value,
        { state: oneOf('building'), fraction: parseShare },
        { secondsLeft: parseNumber },
      );
    case 'refused':
      return parseFields(value, { state: oneOf('refused'), reason: parseText });
    default:
      return undefined;
  }
}

const parseFigures: Parse<MapFiguresView> = (value) =>
  parseFields(value, {
    tokenCount: parseCount,
    placedCount: parseCount,
    kept: parseShare,
    near: parseShare,
    noneKept: parseShare,
    torn: parseShare,
    tornFirst: parseShare,
    seed: parseCount,
    epochs: parseCount,
    source: oneOf('kept', 'made'),
    milliseconds: parseNumber,
  });

function parseShare(value: unknown): number | undefined {
  return isFiniteNumber(value) && value >= 0 && value <= 1 ? value : undefined;
}
