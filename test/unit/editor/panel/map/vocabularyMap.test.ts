import assert from 'node:assert/strict';
import { ModelMap } from '../../../../../src/editor/panel/map/modelMap';
import { VocabularyMap, type MapPage } from '../../../../../src/editor/panel/map/vocabularyMap';
import type { MapToWebview } from '../../../../../src/protocol/map/mapMessages';
import { parseMapToWebview } from '../../../../../src/protocol/map/parseMapToWebview';
import { isRecord } from '../../../../../src/protocol/parsing';
import { layoutAt, placesAt, ROWS, ScriptedSession, settled } from './scriptedSession';

/** An inspector and its page: as `InspectorPanel`, each change sends a snapshot, and then what else is lacking. */
class RecordedPage implements MapPage {
  isVisible = true;
  isAnswered = false;
  coloring = 'kind';
  readonly messages: (MapToWebview | { readonly type: 'snapshot'; readonly stage: string | undefined })[] =
    [];
  followers = 0;
  readonly map: VocabularyMap;

  constructor(modelMap: ModelMap) {
    this.map = new VocabularyMap(modelMap, this);
  }

  isShown(): boolean {
    return this.isVisible;
  }

  hasAnswer(): boolean {
    return this.isAnswered;
  }

  isOfDocument(): boolean {
    return this.coloring === 'document';
  }

  send(message: MapToWebview): void {
    this.messages.push(message);
  }

  followDocument(tell: (message: MapToWebview) => void): { dispose(): void } {
    this.followers++;
    tell({ type: 'mapDocument', name: 'a.txt', ids: new ArrayBuffer(0), counts: new ArrayBuffer(0) });
    return { dispose: () => this.followers-- };
  }

  onChange(): void {
    if (this.isVisible) {
      this.messages.push({ type: 'snapshot', stage: this.map.view?.stage });
      this.map.update();
    }
  }

  /** The page begins anew. */
  load(): void {
    this.isVisible = true;
    this.map.meetPage();
    this.onChange();
  }

  hide(): void {
    this.isVisible = false;
    this.map.update();
  }

  /** The types of what was sent since the last call, without snapshots. */
  take(): string[] {
    const sent = this.messages.splice(0).filter(({ type }) => type !== 'snapshot');
    return sent.map((message) =>
      message.type === 'mapPositions' ? `${message.type} ${message.stage}` : message.type,
    );
  }
}

describe('the map of one inspector', () => {
  let session: ScriptedSession;
  let modelMap: ModelMap;
  let page: RecordedPage;

  beforeEach(async () => {
    session = new ScriptedSession();
    session.becomeReady();
    modelMap = new ModelMap(session.services);
    page = new RecordedPage(modelMap);
    page.load();
    await settled();
  });

  afterEach(() => {
    page.map.dispose();
    assert.equal(session.listenerCount, 0);
    assert.equal(page.followers, 0);
  });

  it('sends tokens, positions and layout once, each a message that the page reads', async () => {
    await session.layouts[0]?.answer(layoutAt(3, 'kept'));
    const { messages } = page;
    assert.deepEqual(
      messages.map(({ type }) => type).filter((type) => type !== 'snapshot'),
      ['mapTokens', 'mapPositions', 'mapLayout'],
    );
    const read = messages.flatMap((message) =>
      message.type === 'snapshot' || !isRecord(message) ? [] : [parseMapToWebview(message)],
    );
    const [tokens, positions, layout] = read;
    assert.ok(tokens?.type === 'mapTokens' && positions?.type === 'mapPositions');
    assert.ok(layout?.type === 'mapLayout');
    assert.equal(tokens.texts.split('\n').length, ROWS);
    assert.deepEqual(new Float32Array(positions.positions), placesAt(3));
    assert.deepEqual(new Uint8Array(layout.near), new Uint8Array(ROWS).fill(7));
    assert.equal(layout.layout, 'layout 3');
    assert.equal(new Set([tokens.model, positions.model, layout.model]).size, 1);
    page.take();
    page.onChange();
    assert.deepEqual(page.take(), []);
  });

  it('has its tokens sent while an answer is looked at, and begins when it is opened', async () => {
    page.map.dispose();
    const { length: begun } = session.layouts;
    const asked = session.tokenizersAsked;
    const other = new RecordedPage(new ModelMap(session.services));
    other.isVisible = false;
    other.map.update();
    await settled();
    assert.deepEqual([session.tokenizersAsked, other.take()], [asked, []]);
    other.isAnswered = true;
    other.map.update();
    await settled();
    other.map.update();
    assert.deepEqual(other.take(), ['mapTokens']);
    assert.deepEqual([session.tokenizersAsked, session.layouts.length], [asked + 1, begun]);
    assert.deepEqual([other.map.view, other.map.contents], [undefined, undefined]);
    other.isVisible = true;
    other.onChange();
    await settled();
    assert.equal(session.layouts.length, begun + 1);
    await session.layouts[begun]?.answer(layoutAt(3));
    assert.deepEqual(other.take(), ['mapPositions ready', 'mapLayout']);
    other.map.dispose();
  });

  it('has a layout that is kept sent while an answer is looked at, so that it is there when it is opened', async () => {
    page.map.dispose();
    const { length: begun } = session.layouts;
    const other = new RecordedPage(new ModelMap(session.services));
    other.isVisible = false;
    other.isAnswered = true;
    other.map.update();
    await settled();
    await session.keptLayouts[0]?.answer(layoutAt(3, 'kept'));
    assert.deepEqual(other.take(), ['mapTokens', 'mapPositions ready', 'mapLayout']);
    assert.equal(other.map.view, undefined);
    other.isVisible = true;
    other.onChange();
    assert.deepEqual(other.messages, [{ type: 'snapshot', stage: 'ready' }]);
    await settled();
    assert.equal(session.layouts.length, begun);
    other.map.dispose();
  });

  it('is not there until it is opened', () => {
    const other = new RecordedPage(modelMap);
    assert.equal(other.map.view, undefined);
    assert.equal(other.map.contents, undefined);
  });

  it('sends each step of a layout that unfolds, and the tokens no more than once', async () => {
    page.take();
    session.layouts[0]?.tell({ fraction: 0.25, epoch: 100, epochs: 400, positions: placesAt(1) });
    session.layouts[0]?.tell({ fraction: 0.5, epoch: 200, epochs: 400, positions: placesAt(2) });
    assert.deepEqual(page.take(), ['mapPositions unfolding', 'mapPositions unfolding']);
    await session.layouts[0]?.answer(layoutAt(3));
    assert.deepEqual(page.take(), ['mapPositions ready', 'mapLayout']);
  });

  it('sends nothing while it is hidden, and all of it to the page that comes then', async () => {
    await session.layouts[0]?.answer(undefined);
    await session.linearMaps[0]?.answer({ positions: placesAt(1), explained: [0.1, 0.02] });
    page.take();
    page.hide();
    await session.builds[0]?.answer();
    session.layouts[1]?.tell({ fraction: 0.5, epoch: 200, epochs: 400, positions: placesAt(2) });
    await session.layouts[1]?.answer(layoutAt(3));
    assert.deepEqual(page.messages, []);
    page.load();
    assert.deepEqual(page.messages[0], { type: 'snapshot', stage: 'ready' });
    assert.deepEqual(page.take(), ['mapTokens', 'mapPositions ready', 'mapLayout']);
  });

  it('sends all again after another model', async () => {
    await session.layouts[0]?.answer(layoutAt(3));
    page.take();
    session.enter({ state: 'none' });
    session.becomeReady('other');
    await settled();
    await session.layouts[1]?.answer(layoutAt(4));
    assert.deepEqual(page.take(), ['mapTokens', 'mapPositions ready', 'mapLayout']);
  });

  it('shows tokens as soon as there are places, of a query that is read by then', async () => {
    let ids: number[] = [];
    page.map.show(() => ids);
    page.take();
    ids = [7, 7, 5, ROWS];
    await session.layouts[0]?.answer(layoutAt(3));
    const shown = page.messages.filter(({ type }) => type === 'showOnMap');
    assert.deepEqual(shown, [{ type: 'showOnMap', ids: [7, 5] }]);
    assert.equal(page.take().at(-1), 'showOnMap');
    page.load();
    assert.ok(!page.take().includes('showOnMap'), 'once');
  });

  it('shows tokens to a page that comes later', async () => {
    await session.layouts[0]?.answer(layoutAt(3));
    page.hide();
    page.take();
    page.map.show(() => [9]);
    assert.deepEqual(page.messages, []);
    page.load();
    assert.deepEqual(page.take(), ['mapTokens', 'mapPositions ready', 'mapLayout', 'showOnMap']);
  });

  it('follows the document while it is colored by it and looked at', () => {
    page.take();
    page.coloring = 'document';
    page.onChange();
    page.onChange();
    assert.deepEqual(page.take(), ['mapDocument']);
    page.hide();
    assert.equal(page.followers, 0);
    page.load();
    assert.deepEqual(page.take(), ['mapTokens', 'mapDocument']);
    page.coloring = 'truth';
    page.onChange();
    assert.equal(page.followers, 0);
  });

  it('shares what is made with another inspector', async () => {
    const other = new RecordedPage(modelMap);
    other.load();
    await session.layouts[0]?.answer(layoutAt(3));
    page.map.dispose();
    assert.deepEqual(session.asked, ['layout']);
    assert.deepEqual(other.take(), ['mapTokens', 'mapPositions ready', 'mapLayout']);
    other.map.dispose();
  });
});
