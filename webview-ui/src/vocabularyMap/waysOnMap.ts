import { formatCount } from '../numbers';
import type { MapQuestions } from './mapQuestions';
import type { MapSurface } from './mapSurface';
import type { VocabularyMapState } from './vocabularyMapState';
import { ofRows } from '../rowNames';

/** Ways from one token to another over true neighbors: each is chosen, asked for, told and brought into view. */
export class WaysOnMap {
  constructor(
    private readonly map: VocabularyMapState,
    private readonly questions: MapQuestions,
    private readonly surface: MapSurface,
    private readonly announce: (text: string) => void,
  ) {}

  /** From the selected token; its end is to be chosen. @returns whether there is one */
  begin(): boolean {
    const { selectedId } = this.map;
    if (selectedId === undefined) {
      return false;
    }
    this.map.way = { from: selectedId };
    this.announce('Choose the end of the way on the map, or type it.');
    return true;
  }

  /** To the token that is typed. @returns whether it is asked for */
  find(typed: string): boolean {
    const { map } = this;
    const id = map.tokens?.find(typed);
    if (id === undefined) {
      this.announce(`${typed} is no ${ofRows('token')}.`);
    } else if (map.way) {
      this.ask(map.way.from, id);
      return true;
    }
    return false;
  }

  ask(from: number, to: number): void {
    const { map } = this;
    map.isListOpen = true;
    void this.questions.findWay(from, to).then((way) => {
      if (way?.ids) {
        this.announce(
          way.refusal ??
            (way.ids.length === 0
              ? 'There is no way over true neighbors.'
              : `${formatCount(way.ids.length)} ${ofRows('tokens')} on the way, one of many.`),
        );
        this.surface.bringIntoView(way.ids.filter((id) => map.hasPlace(id)));
      }
    });
  }
}
