import { NONE, TYPICAL_MEMBERS } from '../../../core/embedding/layout/typicalMembers';
import type { RegionLevel } from '../../../core/embedding/layout/regionLevel';
import { RESOLUTIONS } from './findRegions';

/*
 * Sections of a layout's file, for each resolution R:
 *
 *   regions-R       uint32, one a row
 *   typical-R       uint32, 24 a region
 *   typicality-R    float32, as many
 *   places-R        float32, x and y of each region
 */

/** Most bytes of the typical rows: a region for each row. */
const BYTES_OF_REGION = TYPICAL_MEMBERS * 4;

export function regionSections(levels: readonly RegionLevel[]): [name: string, bytes: Uint8Array][] {
  return levels.flatMap(({ resolution, regionOf, typicalRows, typicality, places }) => [
    [`regions-${resolution}`, new Uint8Array(regionOf.buffer)],
    [`typical-${resolution}`, new Uint8Array(typicalRows.buffer)],
    [`typicality-${resolution}`, new Uint8Array(typicality.buffer)],
    [`places-${resolution}`, new Uint8Array(places.buffer)],
  ]);
}

/**
 * Levels without contents yet, into whose sections a file can be read.
 *
 * @param byteLengthOf Of a section of the file; undefined where it has no such section.
 * @returns undefined where the lengths cannot be.
 */
export function emptyLevels(
  rowCount: number,
  byteLengthOf: (section: string) => number | undefined,
): RegionLevel[] | undefined {
  const levels: RegionLevel[] = [];
  for (const resolution of RESOLUTIONS) {
    const regionCount = (byteLengthOf(`typical-${resolution}`) ?? NaN) / BYTES_OF_REGION;
    if (!(Number.isInteger(regionCount) && regionCount <= rowCount)) {
      return undefined;
    }
    levels.push({
      resolution,
      regionOf: new Uint32Array(rowCount),
      regionCount,
      typicalRows: new Uint32Array(regionCount * TYPICAL_MEMBERS),
      typicality: new Float32Array(regionCount * TYPICAL_MEMBERS),
      places: new Float32Array(2 * regionCount),
    });
  }
  return levels;
}

/** Whether the contents name rows and regions that there are, and rows with a place alone have a region. */
export function isPossibleLevel(
  { regionOf, regionCount, typicalRows, typicality, places }: RegionLevel,
  positions: Float32Array,
): boolean {
  return (
    regionOf.every((region, row) =>
      Number.isNaN(positions[2 * row]) ? region === NONE : region < regionCount,
    ) &&
    typicalRows.every((row) => row === NONE || row < regionOf.length) &&
    typicality.every(Number.isFinite) &&
    places.every(Number.isFinite)
  );
}
