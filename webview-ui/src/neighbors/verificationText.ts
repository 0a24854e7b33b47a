import type { VerificationView } from '../../../src/protocol/panelSnapshot';
import { formatMilliseconds, formatSimilarity } from '../numbers';

/** How many times as long the plain loop took, such as `23 times`. */
export function formatRatio({ loopMilliseconds, fastMilliseconds }: VerificationView): string {
  if (!(fastMilliseconds > 0)) {
    return 'countless times';
  }
  const ratio = loopMilliseconds / fastMilliseconds;
  return `${ratio >= 10 ? Math.round(ratio) : ratio.toFixed(1)}\u00a0times`;
}

/** Differences of float rounding are far below three decimals: zero, or a power of ten. */
export function formatDifference(difference: number): string {
  return difference === 0 ? '0' : difference.toExponential(1).replace('-', '\u2212');
}

/** `Plain loop 33 ms, fast path 1.4 ms, correlation 1.000, same order.` */
export function verificationSentence(verification: VerificationView): string {
  const { loopMilliseconds, fastMilliseconds, correlation, sameOrder } = verification;
  return [
    `Plain loop ${formatMilliseconds(loopMilliseconds)}`,
    `fast path ${formatMilliseconds(fastMilliseconds)}`,
    `correlation ${formatSimilarity(correlation)}`,
    `${sameOrder ? 'same order' : 'another order'}.`,
  ].join(', ');
}
