import type { PreparedQuery } from '../search/preparedQuery';
import type { IndexFigures } from './indexContents';
import type { IndexMemory, ScanArea } from './indexMemory';
import { halveQuery } from './halveQuery';
import { pairQuery } from './pairQuery';
import type { QuantizedQuery } from './quantizedQuery';
import { queryForm, type QueryForm, type ScoreForm } from './scoreForms';

/** All that a scan needs to know of a query. */
export interface Screening {
  readonly form: ScoreForm;
  readonly quantized: QuantizedQuery;
  readonly queryForm: QueryForm;
}

/**
 * Rounds a query into the area's weights.
 *
 * @param form The metric's.
 * @returns undefined where rows cannot be screened with it: a zero query, one of extreme length, or one of extreme dimension.
 */
export function screenQuery(
  memory: IndexMemory,
  figures: IndexFigures,
  area: ScanArea,
  prepared: PreparedQuery,
  form: ScoreForm,
): Screening | undefined {
  const { layout, dimension, paddedDimension } = memory;
  const ofQuery =
    prepared.length > 0 ? queryForm(prepared, memory.float64(layout.mean, dimension)) : undefined;
  if (ofQuery === undefined) {
    return undefined;
  }
  const unit = new Float64Array(paddedDimension);
  for (let j = 0; j < dimension; j++) {
    unit[j] = prepared.vector[j] / prepared.length;
  }
  const scale = { ...figures, center: memory.float32(layout.center, paddedDimension) };
  const quantized =
    memory.kernelKind === 'relaxed-simd'
      ? halveQuery(unit, scale, memory.bytes(area.weights, 2 * paddedDimension))
      : pairQuery(unit, scale, new Int16Array(memory.memory.buffer, area.weights, paddedDimension));
  return quantized && { form, quantized, queryForm: ofQuery };
}
