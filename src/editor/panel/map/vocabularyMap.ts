import type { MapToWebview } from '../../../protocol/map/mapMessages';
import type { MapView } from '../../../protocol/map/mapView';
import { LatestQuestions } from './latestQuestions';
import type { MapContents, MapLayout, MapPositions } from './mapContents';
import type { MapTokens } from './mapTokens';
import type { ModelMap } from './modelMap';
import { wholeBuffer } from './wholeBuffer';

/** The page of one inspector, as its map knows it. */
export interface MapPage {
  /** Whether a page is there that shows the map just now. */
  isShown(): boolean;
  /** Whether a page is there that shows something that was found: what it waited for is done. */
  hasAnswer(): boolean;
  send(message: MapToWebview): void;
  /** Tells counts of the document that is looked at, until it is disposed. */
  followDocument(tell: (message: MapToWebview) => void): { dispose(): void };
  /** Whether the map is colored by that document. */
  isOfDocument(): boolean;
  /** There is something new in the snapshot, or to be sent: {@link VocabularyMap.update} is to be called after it. */
  onChange(): void;
}

/** What a page was sent already. */
interface Sent {
  /** Of the model that it was about: models may have tokens in common. */
  readonly key?: string | undefined;
  readonly tokens?: MapTokens | undefined;
  readonly positions?: MapPositions | undefined;
  readonly layout?: MapLayout | undefined;
}

/**
 * The map of all tokens in one inspector: sees to it that its page gets once what it is drawn from, after the snapshot and in this order:
 * tokens, positions, layout, and what is to be shown on it. The tokens, and a layout that is finished, are sent while an answer is looked
 * at: when the map is opened they are there, and the first snapshot that it is opened with says so. All else only to a page that shows the
 * map.
 */
export class VocabularyMap {
  /** What its page asks. */
  readonly questions = new LatestQuestions();
  private held: { dispose(): void } | undefined;
  private isOpened = false;
  private sent: Sent = {};
  private document: { dispose(): void } | undefined;
  private shownLater: (() => readonly number[]) | undefined;

  constructor(
    private readonly map: ModelMap,
    private readonly page: MapPage,
  ) {}

  /** undefined until the view was opened. */
  get view(): MapView | undefined {
    const isOpening = this.held !== undefined && this.page.isShown();
    return this.isOpened || isOpening ? this.map.view : undefined;
  }

  get contents(): MapContents | undefined {
    return this.isOpened ? this.map.contents : undefined;
  }

  /** Another page has taken the place of the one before: it knows nothing yet. */
  meetPage(): void {
    this.sent = {};
    this.leaveDocument();
  }

  /** Sends what the page lacks; to be called after each snapshot. The map begins when it is shown for the first time. */
  update(): void {
    const { map, page } = this;
    if (!page.isShown()) {
      this.leaveDocument();
      if (page.hasAnswer()) {
        this.hold();
        map.prepare();
        this.sendPrepared();
      }
      return;
    }
    const isTold = this.view !== undefined;
    this.hold();
    this.isOpened = true;
    if (!isTold) {
      map.want();
      // The snapshot before knew of no map.
      page.onChange();
      return;
    }
    map.want();
    const { contents } = map;
    if (contents?.tokens) {
      this.sendContents(contents);
    }
  }

  /** Another model may be wanted. */
  refresh(): void {
    if (this.isOpened) {
      this.map.tryAgain();
    }
  }

  /**
   * Shows tokens on the map, once there is one.
   *
   * @param ids Asked when it is there: before the model is loaded nobody knows its tokens.
   */
  show(ids: () => readonly number[]): void {
    this.shownLater = ids;
    this.page.onChange();
  }

  make(): void {
    this.map.make();
  }

  stop(): void {
    this.map.stop();
  }

  dispose(): void {
    this.questions.stop();
    this.leaveDocument();
    this.held?.dispose();
    this.held = undefined;
    this.isOpened = false;
    this.shownLater = undefined;
  }

  private hold(): void {
    const { map, page } = this;
    this.held ??= map.hold(() => {
      if (page.isShown()) {
        page.onChange();
      } else if (page.hasAnswer()) {
        this.sendPrepared();
      }
    });
  }

  private leaveDocument(): void {
    this.document?.dispose();
    this.document = undefined;
  }

  /** Sends what will not change any more, where the page lacks it. */
  private sendPrepared(): void {
    const { contents, view } = this.map;
    if (contents && view.stage === 'ready') {
      this.sendDrawn(contents);
    } else if (contents?.tokens) {
      this.sendTokens(contents.key, contents.tokens);
    }
  }

  private sendTokens(key: string, tokens: MapTokens): void {
    if (this.sent.key !== key || this.sent.tokens !== tokens) {
      this.sent = { key, tokens };
      const { texts, kinds } = tokens;
      this.page.send({ type: 'mapTokens', model: key, texts, kinds: wholeBuffer(kinds) });
    }
  }

  /** Sends what the map is drawn from, where the page lacks it. */
  private sendDrawn({ key, tokens, positions, layout }: MapContents): void {
    const { page } = this;
    if (!tokens) {
      return;
    }
    this.sendTokens(key, tokens);
    const { sent } = this;
    this.sent = { key, tokens, positions, layout };
    if (positions && sent.positions !== positions) {
      const { stage, values } = positions;
      page.send({ type: 'mapPositions', model: key, stage, positions: wholeBuffer(values) });
    }
    if (layout && sent.layout !== layout) {
      const { checksum, near, regions } = layout;
      page.send({ type: 'mapLayout', model: key, layout: checksum, near: wholeBuffer(near), regions });
    }
  }

  private sendContents(contents: MapContents): void {
    const { page } = this;
    this.sendDrawn(contents);
    if (!page.isOfDocument()) {
      this.leaveDocument();
    } else {
      this.document ??= page.followDocument((message) => page.send(message));
    }
    if (contents.positions) {
      this.sendShown(contents.model.rowCount);
    }
  }

  private sendShown(rowCount: number): void {
    const { shownLater } = this;
    const ids = shownLater ? [...new Set(shownLater())].filter((id) => id < rowCount) : [];
    this.shownLater = undefined;
    if (ids.length > 0) {
      this.page.send({ type: 'showOnMap', ids });
    }
  }
}
