import { float32Text } from '../../../core/embedding/analysis/float32Text';
import { guardedCell } from '../../../protocol/guardedCell';
import { modelLine } from '../../session/modelIdentity';
import { TakingTurns } from '../../work/takingTurns';
import type { MapContents } from '../map/mapContents';
import { csvRow } from './csvRow';

/** The map as it is drawn just now. */
export interface ExportedMap extends Pick<MapContents, 'model' | 'positions' | 'layout'> {
  /** Visible texts by id. */
  readonly texts: readonly string[];
  /** Of Tokenscope. */
  readonly version: string;
}

/** Rows between two looks at whose turn it is. */
const SOME_ROWS = 512;

/**
 * Tokens with their places as CSV, as `csvExport` writes it: what belongs to the map as a whole is the same in every row. A token without a
 * place has empty cells; how many of its true neighbors are near is told of a layout that is whole.
 *
 * @param ids Of rows of the matrix; others are left out.
 */
export async function mapCsv(exported: ExportedMap, ids: Iterable<number>): Promise<string> {
  const { model, positions, layout, texts, version } = exported;
  const turns = new TakingTurns();
  const same = [
    positions?.stage === 'ready' ? 'layout' : (positions?.stage ?? 'none'),
    layout?.checksum ?? '',
    layout ? String(layout.settings.seed) : '',
    layout ? String(layout.settings.epochs) : '',
    guardedCell(modelLine(model)),
    String(model.isSample),
    version,
  ];
  const rows = [csvRow(COLUMNS)];
  for (const id of ids) {
    if (id < model.rowCount) {
      const [x, y] = [positions?.values[2 * id], positions?.values[2 * id + 1]].map(coordinate);
      const near = layout && x !== '' ? String(layout.near[id] ?? '') : '';
      rows.push(csvRow([String(id), guardedCell(texts[id] ?? ''), x ?? '', y ?? '', near, ...same]));
    }
    if (rows.length % SOME_ROWS === 0) {
      await turns.next();
    }
  }
  return rows.join('');
}

/** Which places a drawing shows, so that it can be made again. */
export function mapProvenance(
  map: Pick<MapContents, 'positions' | 'layout'> | undefined,
): object | undefined {
  return (
    map?.positions && {
      places: map.positions.stage,
      ...(map.layout && { checksum: map.layout.checksum, ...map.layout.settings }),
    }
  );
}

/** In the fewest digits that give its single-precision value back. */
function coordinate(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? '' : float32Text(value);
}

const COLUMNS = [
  'id',
  'token',
  'x',
  'y',
  'near',
  'map',
  'layout_checksum',
  'seed',
  'epochs',
  'model',
  'sample_vectors',
  'tokenscope_version',
];
