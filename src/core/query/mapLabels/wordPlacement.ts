import type { Steps } from '../../work/steps';
import { LabelGrid } from './labelGrid';
import { FIRST_SIGN_LEVEL, FIRST_WORD_LEVEL, LEVEL_COUNT, scaleOfLevel } from './labelLevels';
import { BESIDE_TEXT, HALF_HEIGHT, type LabelSide, type PlacedWords } from './placedWords';
import type { RegionLabels } from './regionLabels';
import { RegionObstacles } from './regionObstacles';
import { TOKEN_KINDS } from './tokenKinds';
import { TwinLabels } from './twinLabels';
import type { TokensOnMap, WordsToPlace } from './wordsToPlace';

/** Labels between two interruptions. */
const SOME_LABELS = 64;
const BUCKET_BITS = 16;
const NOTHING = -1;
const SIGN = TOKEN_KINDS.indexOf('sign');

/**
 * Places labels beside their points, level by level: right of the point, or else left of it, where no label that is there already is in
 * the way, none with the same folded text is near, and no region's name of this level or a deeper one. What is placed once stays.
 *
 * The room of a label begins at its point, so that two whose rooms are apart at one scale are apart at all larger ones.
 */
export class WordPlacement {
  private readonly grid = new LabelGrid(BUCKET_BITS);
  private readonly twins: TwinLabels;
  private readonly obstacles: RegionObstacles;
  /** What was in the way last, right and left of each token: mostly it is again. */
  private readonly blockers: Int32Array;
  private level = FIRST_WORD_LEVEL;
  private scale = 0;

  /** @param placed Receives the labels. */
  constructor(
    private readonly tokens: TokensOnMap,
    private readonly words: WordsToPlace,
    regions: RegionLabels,
    private readonly wholeScale: number,
    private readonly placed: PlacedWords,
  ) {
    this.twins = new TwinLabels(placed, words.folds.size);
    this.obstacles = new RegionObstacles(regions, wholeScale, words.folds);
    this.blockers = new Int32Array(2 * words.foldOf.length).fill(NOTHING);
  }

  *run(): Steps<void> {
    let waiting = this.words.order;
    for (this.level = FIRST_WORD_LEVEL; this.level < LEVEL_COUNT; this.level++) {
      this.scale = scaleOfLevel(this.wholeScale, this.level);
      yield* this.placeAgain();
      waiting = yield* this.placeSome(waiting);
    }
  }

  /** Those of the levels before. */
  private *placeAgain(): Steps<void> {
    this.grid.clear();
    for (let place = 0; place < this.placed.count; place++) {
      this.takeRoom(place);
      if (place % SOME_LABELS === 0) {
        yield;
      }
    }
  }

  /** @returns Those that find no place at this level. */
  private *placeSome(waiting: Uint32Array): Steps<Uint32Array> {
    const { tokens, words, placed, level } = this;
    const stillWaiting = new Uint32Array(waiting.length);
    let count = 0;
    for (let at = 0; at < waiting.length; at++) {
      const id = waiting[at];
      // What kinds say nothing of counts as no text.
      const isWord = tokens.kinds[id] < SIGN;
      const side = isWord || level >= FIRST_SIGN_LEVEL ? this.freeSide(id) : undefined;
      if (side === undefined) {
        stillWaiting[count++] = id;
      } else {
        const { positions } = tokens;
        placed.add(id, positions[2 * id], positions[2 * id + 1], this.reachOf(id), side, level);
        this.takeRoom(placed.count - 1);
        this.twins.noteLast(words.foldOf[id]);
      }
      if (at % SOME_LABELS === 0) {
        yield;
      }
    }
    return stillWaiting.subarray(0, count);
  }

  private freeSide(id: number): LabelSide | undefined {
    const { positions } = this.tokens;
    const x = positions[2 * id];
    const y = positions[2 * id + 1];
    const fold = this.words.foldOf[id];
    if (this.twins.isNear(fold, x, y, this.scale)) {
      return undefined;
    }
    const reach = this.reachOf(id);
    if (this.isFree(2 * id, x, y, 0, reach) && this.obstacles.leaveRoom(fold, this.level, x, y, 0, reach)) {
      return 1;
    }
    if (
      this.isFree(2 * id + 1, x, y, reach, 0) &&
      this.obstacles.leaveRoom(fold, this.level, x, y, reach, 0)
    ) {
      return -1;
    }
    return undefined;
  }

  /** @param side Where to note what is in the way. */
  private isFree(side: number, x: number, y: number, toLeft: number, toRight: number): boolean {
    const { grid, blockers, scale } = this;
    const left = x * scale - toLeft;
    const right = x * scale + toRight;
    const top = y * scale - HALF_HEIGHT;
    const bottom = y * scale + HALF_HEIGHT;
    const last = blockers[side];
    if (last !== NOTHING && grid.overlaps(last, left, top, right, bottom)) {
      return false;
    }
    blockers[side] = grid.firstOverlap(left, top, right, bottom);
    return blockers[side] === NOTHING;
  }

  private takeRoom(place: number): void {
    const { xs, ys, sides, reaches } = this.placed;
    const x = xs[place] * this.scale;
    const y = ys[place] * this.scale;
    const left = sides[place] > 0 ? x : x - reaches[place];
    // Its number in the grid is its place.
    this.grid.add(left, y - HALF_HEIGHT, left + reaches[place], y + HALF_HEIGHT);
  }

  private reachOf(id: number): number {
    return this.words.widths[id] + BESIDE_TEXT;
  }
}
