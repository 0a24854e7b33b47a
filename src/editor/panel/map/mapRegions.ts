import type { RegionLevel } from '../../../core/embedding/layout/regionLevel';
import { regionNames } from '../../../core/query/mapLabels/regionNames';
import { TOKEN_KINDS } from '../../../core/query/mapLabels/tokenKinds';
import type { Tokenizer } from '../../../core/tokenizer/tokenizer';
import type { MapRegion } from '../../../protocol/map/mapMessages';
import { TakingTurns } from '../../work/takingTurns';

/**
 * The regions of each level with their names, a level at a time; those without a place are left out.
 *
 * @param kinds Of each row, see `MapTokens`.
 * @throws The signal's reason when it is aborted.
 */
export async function mapRegions(
  levels: readonly RegionLevel[],
  kinds: Uint8Array,
  tokenizer: Tokenizer,
  signal: AbortSignal,
): Promise<MapRegion[][]> {
  const textOf = (id: number): string => (id < tokenizer.vocabularySize ? tokenizer.decode([id]) : '');
  const turns = new TakingTurns();
  const named: MapRegion[][] = [];
  for (const level of levels) {
    named.push(
      regionNames(level, kinds, textOf).flatMap(({ size, tokens, kind }, region) => {
        const [x = NaN, y = NaN] = level.places.subarray(2 * region, 2 * region + 2);
        return Number.isFinite(x) && Number.isFinite(y)
          ? [{ x, y, size, tokens, ...(kind !== undefined && { kind: TOKEN_KINDS.indexOf(kind) }) }]
          : [];
      }),
    );
    await turns.next(signal);
  }
  return named;
}
