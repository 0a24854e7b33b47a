import { scaleOfLevel } from './labelLevels';
import { foldedText } from './labelText';
import { HALF_HEIGHT } from './placedWords';
import type { RegionLabels } from './regionLabels';
import { isTwinDistance } from './twinLabels';

interface NameAtLevel {
  readonly level: number;
  readonly x: number;
  readonly y: number;
}

/** What the names of regions leave no room for: a word that is placed at a level stays, so that those of all deeper levels count. */
export class RegionObstacles {
  /** Where a folded text is a region's name. */
  private readonly names = new Map<number, NameAtLevel[]>();
  /** Of each level that has any. */
  private readonly scales: readonly number[];

  /** @param folds Number of each folded text. */
  constructor(
    private readonly regions: RegionLabels,
    wholeScale: number,
    folds: ReadonlyMap<string, number>,
  ) {
    this.scales = regions.byLevel.map((_, level) => scaleOfLevel(wholeScale, level));
    regions.byLevel.forEach((labels, level) => {
      for (const { name, x, y } of labels) {
        const fold = folds.get(foldedText(name));
        if (fold !== undefined) {
          this.names.set(fold, [...(this.names.get(fold) ?? []), { level, x, y }]);
        }
      }
    });
  }

  /** Whether a word may be placed at this level: beside a point, as far to the left and to the right of it as told, in pixels. */
  leaveRoom(fold: number, level: number, x: number, y: number, toLeft: number, toRight: number): boolean {
    const { scales } = this;
    const { grids } = this.regions;
    for (let deeper = level; deeper < grids.length; deeper++) {
      const scale = scales[deeper];
      const middle = y * scale;
      const left = x * scale - toLeft;
      const right = x * scale + toRight;
      if (grids[deeper].firstOverlap(left, middle - HALF_HEIGHT, right, middle + HALF_HEIGHT) >= 0) {
        return false;
      }
    }
    return !this.names
      .get(fold)
      ?.some((name) => name.level >= level && isTwinDistance(name.x - x, name.y - y, scales[name.level]));
  }
}
