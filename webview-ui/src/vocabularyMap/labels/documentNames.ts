import { labelText } from '../../../../src/core/query/mapLabels/labelText';
import { radiusOfCount, type MapDocument } from '../colors/documentColors';
import type { MapTokens } from '../mapTokens';
import type { LabelSource, LabelView, MapLabel } from '../stage/labelSource';

/** So often a token has to occur to be named where the whole map is seen; farther in less often. */
const OFTEN = 4;
/** So many are named in any case, as far as there is room: most tokens of a short text occur once. */
const ALWAYS_NAMED = 100;
/** Signs stand out by their size, and say little. */
const OFTEN_SIGN = 60;
const LEAST_LETTERS = 3;
/** More have no room on any stage. */
const MOST_TRIED = 600;

/** Names the tokens of a document, the most frequent first, each spelling once. */
export class DocumentNames implements LabelSource {
  constructor(
    private readonly document: MapDocument,
    private readonly tokens: MapTokens,
    private readonly positions: Float32Array,
  ) {}

  *labelsIn({ box, scale, zoom }: LabelView): Iterable<MapLabel> {
    const { positions, tokens } = this;
    const named = new Set<string>();
    let tried = 0;
    for (const [place, { id, count }] of this.document.tokens.entries()) {
      if ((place >= ALWAYS_NAMED && count * zoom < OFTEN) || tried >= MOST_TRIED) {
        return;
      }
      const text = labelText(tokens.nameOf(id));
      const x = positions[2 * id] ?? NaN;
      const y = positions[2 * id + 1] ?? NaN;
      const isIn = x > box.left && x < box.right && y > box.top && y < box.bottom;
      if (!isIn || text === '' || named.has(text.toLowerCase()) || this.saysLittle(id, text, count * zoom)) {
        continue;
      }
      tried++;
      named.add(text.toLowerCase());
      // Beside its disc, which is larger than the points that the stage leaves room for.
      yield { kind: 'word', text, x: x + radiusOfCount(count) / scale, y, id };
    }
  }

  private saysLittle(id: number, text: string, often: number): boolean {
    const kind = this.tokens.kindOf(id);
    return kind === 'sign' || kind === 'other'
      ? often < OFTEN_SIGN
      : kind !== 'number' && text.length < LEAST_LETTERS;
  }
}
