import type { QueryTerm } from '../../core/query/meanTerms';
import type { Metric } from '../../protocol/panelSnapshot';

/** Sums of weights that are smaller than this share of the weights are 0, but for rounding: `0.1*a + 0.2*b - 0.3*c`. */
const ZERO_SHARE = 1e-9;

/** Makes a difference so long that the mean row is beneath the last digits beside it, and stays far from what doubles hold. */
const DIFFERENCE_SCALE = 2 ** 40;

/**
 * The terms to search under a metric, for a formula as the user wrote it.
 *
 * The centered cosine compares x − μ with q − μ, where q is what the formula adds up to. That means what people mean by it, Σ weight ·
 * (row − μ), only where the weights add up to 1, as in a mean and in `king - man + woman`. So they are scaled to do so where their
 * sum is positive: `2*king` is centered as `king` is. A difference such as `king - man`, whose weights add up to 0, has no μ in
 * it: it is made so long that subtracting μ changes its direction by less than 1e-12 or so. Formulas with a negative sum are
 * taken in the same way, as there is no positive factor that would do.
 *
 * Under the other metrics the terms are what was written: for the cosine only their proportions count; for dot product and
 * distance `2*king` is a point of its own.
 */
export function searchTerms(metric: Metric, terms: readonly QueryTerm[]): readonly QueryTerm[] {
  if (metric !== 'centered') {
    return terms;
  }
  const sum = terms.reduce((total, { weight }) => total + weight, 0);
  const magnitude = terms.reduce((total, { weight }) => total + Math.abs(weight), 0);
  if (magnitude === 0) {
    return terms;
  }
  const factor = sum > ZERO_SHARE * magnitude ? 1 / sum : DIFFERENCE_SCALE / magnitude;
  return factor === 1 ? terms : terms.map(({ id, weight }) => ({ id, weight: weight * factor }));
}
