import { formatSimilarity } from '../numbers';

/** Three decimals with a sign, as of a contribution: `+0.027`, `−0.006`, `0.000`. */
export function signed(value: number): string {
  const text = formatSimilarity(value);
  return Number(value.toFixed(3)) > 0 ? `+${text}` : text;
}
