import type { VocabularyLayout } from '../../../engine/questions/vocabularyLayout';
import type { MapFiguresView } from '../../../protocol/map/mapView';

/** @param milliseconds How long it took to open or to make the layout. */
export function figuresView(layout: VocabularyLayout, milliseconds: number): MapFiguresView {
  const { positions, placedCount, figures, settings, source } = layout;
  const { kept, near, noneKept, torn, tornFirst } = figures;
  const { seed, epochs } = settings;
  return {
    tokenCount: positions.length / 2,
    placedCount,
    kept,
    near,
    noneKept,
    torn,
    tornFirst,
    seed,
    epochs,
    source,
    milliseconds,
  };
}
