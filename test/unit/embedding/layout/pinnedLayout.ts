import { fingerprintOf, groupedRows, layOutRows } from './smallLayout';

/** Of the layout below, in every engine. It changes with LAYOUT_VERSION, and with nothing else. */
export const SMALL_LAYOUT_FINGERPRINT = '8949138c';

export function smallLayoutFingerprint(): string {
  return fingerprintOf(layOutRows(groupedRows(12, 40, 20, 7), { epochs: 120, seed: 1 }).positions);
}
