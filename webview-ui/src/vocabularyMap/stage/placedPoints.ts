import { PointGrid } from './hitTest';
import { idsInside, type Polygon } from './lasso';
import { mapBounds, type MapBounds } from './mapBounds';
import { PointCloud } from './pointCloud';

/** The points of a stage: how they are drawn, where they lie, and, as soon as they rest, which one lies where. */
export class PlacedPoints {
  readonly cloud = new PointCloud();
  bounds: MapBounds | undefined;
  private grid: PointGrid | undefined;

  /** @param isMoving whether others follow soon: until some rest, none is found */
  place(positions: Float32Array, isMoving: boolean): MapBounds {
    this.cloud.setPositions(positions, isMoving);
    this.bounds = mapBounds(positions);
    this.grid = isMoving ? undefined : new PointGrid(positions, this.bounds.most);
    return this.bounds;
  }

  /**
   * The nearest point within reach, one that is dim only where no other is. All in units of the world.
   *
   * @returns its id
   */
  find(x: number, y: number, reach: number): number | undefined {
    const { grid, cloud } = this;
    return grid?.nearest(x, y, reach, (id) => !cloud.isDim(id)) ?? grid?.nearest(x, y, reach);
  }

  /** Ids of the points in an area that are not dim, ascending. */
  idsIn(area: Polygon): Uint32Array {
    const { grid, cloud } = this;
    return grid ? idsInside(area, cloud.positions, grid, (id) => !cloud.isDim(id)) : new Uint32Array(0);
  }
}
