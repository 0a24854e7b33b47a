import { isFiniteNumber, parseFields, parseFlag, type Parse } from './parsing';

/** The parts of the Neighbors view that can be folded. */
export type SectionName = 'map' | 'distribution' | 'places';

/** How the parts of the Neighbors view were arranged by hand. What is missing is as the page finds best for its size. */
export interface PanelArrangement {
  /** Share of the height that the drawings take where they stand below the list, 0 … 1. */
  readonly below?: number;
  /** Share of the width that the drawings take where they stand beside the list, 0 … 1. */
  readonly beside?: number;
  /** Which sections were opened (true) or folded. */
  readonly map?: boolean;
  readonly distribution?: boolean;
  readonly places?: boolean;
}

/** Parses an arrangement; undefined when one of its members is none. */
export const parseArrangement: Parse<PanelArrangement> = (value) =>
  parseFields<object, PanelArrangement>(
    value,
    {},
    {
      below: parseShare,
      beside: parseShare,
      map: parseFlag,
      distribution: parseFlag,
      places: parseFlag,
    },
  );

function parseShare(value: unknown): number | undefined {
  return isFiniteNumber(value) && value >= 0 && value <= 1 ? value : undefined;
}
