import type { PanelSnapshot, PanelViewName } from '../../../src/protocol/panelSnapshot';
import { listKey, searchedTokens } from '../searched';
import type { MapQuestions } from './mapQuestions';
import type { MapSurface } from './mapSurface';
import type { VocabularyMapState } from './vocabularyMapState';
import { ofRows } from '../rowNames';

/** Selects tokens on the map and brings them into view: those of a new query, and those that the host asks for. */
export class ShownTokens {
  /** To be selected as soon as they have places. */
  private awaited: readonly number[] | undefined;
  /** To be brought into view as soon as the neighbors of the first are known. */
  private flight: readonly number[] | undefined;
  /** Shown before there was a layout, in which they have other places. */
  private early: readonly number[] | undefined;
  private followedQuery: string | undefined;

  constructor(
    private readonly map: VocabularyMapState,
    private readonly questions: MapQuestions,
    private readonly surface: MapSurface,
    private readonly announce: (text: string) => void,
  ) {}

  show(ids: readonly number[]): void {
    this.awaited = ids;
  }

  /**
   * Follows the query to its tokens, while the map is shown; when it is shown again, to those asked for meanwhile. The query that the
   * page begins with is not followed: the map is as it was left.
   *
   * @returns whether this is the first snapshot
   */
  follow(snapshot: PanelSnapshot, view: PanelViewName): boolean {
    const key = listKey(snapshot);
    const isFirst = this.followedQuery === undefined;
    if (isFirst) {
      this.followedQuery = key;
    } else if (view === 'map' && key !== this.followedQuery) {
      this.followedQuery = key;
      const ids = searchedTokens(snapshot.query).map(({ id }) => id);
      this.awaited = ids.length > 0 ? ids : undefined;
    }
    return isFirst;
  }

  /** Selects what was to be shown, as soon as there are places. @returns whether it did */
  select(): boolean {
    const { map, awaited } = this;
    if (!awaited) {
      this.flyAgain();
      return false;
    }
    if (!map.positions || map.stage === 'unfolding') {
      return false;
    }
    this.awaited = undefined;
    const placed = awaited.filter((id) => map.hasPlace(id));
    // Selected as well where none has a place: what is said below the map must not be of the token before.
    const [first = awaited[0]] = placed;
    if (placed.length === 0) {
      this.announce(
        ofRows(`${awaited.length === 1 ? 'This token has' : 'These tokens have'} no place on the map.`),
      );
    }
    map.selectedId = first;
    map.way = undefined;
    this.flight = placed.length > 0 ? placed : undefined;
    return true;
  }

  /**
   * How close it is looked at depends on where its neighbors are: they are waited for where they are on their way.
   *
   * @param isToUnfold whether the layout is coming: the whole map is seen to unfold, and then what is shown has its place
   */
  fly(isToUnfold: boolean): void {
    const { flight } = this;
    const [first] = flight ?? [];
    if (flight && first !== undefined && !this.questions.isAsking(first)) {
      this.flight = undefined;
      this.early = this.map.isReady ? undefined : flight;
      if (!isToUnfold) {
        this.surface.bringIntoView(flight);
      }
    }
  }

  /** The layout is there: what is still selected is followed to where it lies now. */
  private flyAgain(): void {
    const { map, early } = this;
    if (early && map.isReady) {
      this.early = undefined;
      if (map.selectedId === early[0]) {
        this.flight = early.filter((id) => map.hasPlace(id));
      }
    }
  }
}
