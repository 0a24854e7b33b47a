import assert from 'node:assert/strict';
import { TOKEN_KINDS } from '../../src/core/query/mapLabels/tokenKinds';
import { NO_FILTER } from '../../src/protocol/panelSnapshot';
import { useInspector } from './inspectorPage';
import { panel } from './inspectorSnapshots';
import { MapPage } from './vocabularyMap/mapPage';
import { sampleMap } from './vocabularyMap/sampleMap';

describe('the map of all tokens on the page', () => {
  const open = useInspector();

  async function openMap(width = 900): Promise<MapPage> {
    const inspector = await open({ width, height: 820 });
    return new MapPage(inspector, await sampleMap());
  }

  /** A map that is where it is asked to be at once, for what is not about the way there. */
  async function openStillMap(): Promise<MapPage> {
    const map = await openMap();
    await map.inspector.page.emulateMedia({ reducedMotion: 'reduce' });
    return map;
  }

  it('says how far it can be believed, with the true figures, and opens a page about it', async () => {
    const map = await openMap();
    await map.open();
    const { near } = map.sample.figures;
    assert.match(
      await map.strip.innerText(),
      new RegExp(`on average ${(15 * near).toFixed(1)} among the 100`),
    );
    await map.inspector.button('How true is it?').click();
    const page = map.inspector.page.getByRole('region', { name: 'How true is it?' });
    assert.match(await page.innerText(), /seed\s+1\s+epochs\s+400/);
    await map.inspector.page.keyboard.press('Escape');
    assert.equal(await page.count(), 0);
    assert.equal(await map.focused(), 'application');
  });

  it('is drawn when it is chosen, before the host has answered, where it came before', async () => {
    const map = await openMap();
    const { tokens, positions, layout } = map.sample;
    await map.inspector.show(panel());
    for (const message of [tokens, positions, layout]) {
      await map.post(message);
    }
    assert.equal(await map.stage.count(), 0);
    await map.inspector.setAnswers(false);
    await map.inspector.page.getByRole('tab', { name: 'Map', exact: true }).click();
    await map.atRest();
    assert.ok(((await map.colorsOnMap()).get('blue') ?? 0) > 2_000);
    assert.ok((await map.inkOfNames()) > 1_000);
    await map.show({ stage: 'ready', figures: map.sample.figures });
    await map.strip.getByText('Far distances mean little').first().waitFor();
  });

  it('says that rows have no names where no tokenizer is at hand, and claims nothing of their kinds', async () => {
    const map = await openMap();
    const { tokens, figures } = map.sample;
    const kinds = new Uint8Array(tokens.kinds.byteLength).fill(TOKEN_KINDS.indexOf('other')).buffer;
    const regions = [[{ x: 0, y: 0, size: 40, tokens: [], kind: TOKEN_KINDS.indexOf('other') }]];
    await map.show({ stage: 'ready', figures });
    await map.post({ ...tokens, texts: '\n'.repeat(kinds.byteLength - 1), kinds });
    await map.post(map.sample.positions);
    await map.post({ ...map.sample.layout, regions });
    await map.atRest();
    await map.inspector.page.getByText('neither names nor kinds').waitFor();
    await map.stage.press('t');
    assert.match(await map.rows.first().innerText(), /without a name/);
    await map.pointAtMiddle();
    await map.strip.getByText('no known token').waitFor();
    assert.doesNotMatch(await map.inspector.page.locator('.vocabulary-map').innerText(), /scripts/);
  });

  it('counts the kinds of token in its legend, and dims the one that is pressed', async () => {
    const map = await openMap();
    await map.open();
    const numbers = map.inspector.page.getByRole('button', { name: 'number 1,694' });
    assert.equal(await numbers.getAttribute('aria-pressed'), 'true');
    const before = await map.colorsOnMap();
    await numbers.click();
    await map.atRest();
    assert.equal(await numbers.getAttribute('aria-pressed'), 'false');
    const green = (counts: ReadonlyMap<string, number>) => counts.get('green') ?? 0;
    assert.ok(green(before) > 500, `${green(before)}`);
    assert.ok(green(await map.colorsOnMap()) < green(before) / 20);
    let dimmed: readonly number[] = [];
    // On a slow machine how the map was left is told before the click as well.
    while (dimmed.length === 0) {
      ({ dimmedKinds: dimmed = [] } = (await map.inspector.nextRequest('arrangeMap')).arrangement);
    }
    assert.deepEqual(dimmed, [3]);
  });

  it('dims what the filters of the panel leave out, moves nothing, and is bright again without them', async () => {
    const map = await openMap();
    await map.open();
    const { figures } = map.sample;
    const bright = (counts: ReadonlyMap<string, number>) => counts.get('blue') ?? 0;
    const before = await map.colorsOnMap();
    assert.ok(bright(before) > 2_000, `${bright(before)}`);
    map.allowedIds = Array.from({ length: 500 }, (_, place) => 100 * place);
    await map.show({ stage: 'ready', figures }, { filter: { ...NO_FILTER, text: 'a' } });
    await map.answer();
    await map.atRest();
    const filtered = bright(await map.colorsOnMap());
    assert.ok(filtered > 0 && filtered < bright(before) / 5, `${filtered} of ${bright(before)}`);
    await map.show({ stage: 'ready', figures });
    await map.answer();
    await map.atRest();
    assert.deepEqual(await map.colorsOnMap(), before);
  });

  it('flies to the token of a query, tells how many of its neighbors are near, and lists them with their ranks', async () => {
    const map = await openMap();
    await map.open();
    await map.ask(' python');
    const id = map.id(' python');
    const ranks = await map.trueRanks(id);
    const near = ranks.filter((rank) => rank <= 100).length;
    assert.match(
      await map.strip.innerText(),
      new RegExp(`${id} · ${near} of 15 true neighbors near, ${15 - near} farther`),
    );
    assert.match(await map.inspector.announcement(), new RegExp(`python: ${near} of 15 true neighbors near`));
    await map.inspector.button('Show as list').click();
    // The rows that have room are drawn once the list knows its height.
    await map.rows.nth(14).waitFor();
    const shown = await map.rows.locator('.on-map').allInnerTexts();
    assert.deepEqual(
      shown.map((text) => Number(/[\d,]+/.exec(text)![0].replaceAll(',', ''))),
      ranks,
    );
    const ticks = map.rows.locator('.average-tick');
    assert.equal(await ticks.count(), 15);
    const left = await ticks.first().evaluate((tick) => parseFloat((tick as HTMLElement).style.left));
    assert.ok(Math.abs(left - 100 * (await map.averageOf(id))) < 0.1, `${left} %`);
  });

  it('names the token that is pointed at, and selects it by a click', async () => {
    const map = await openStillMap();
    await map.open();
    await map.ask(' London');
    await map.stage.press('Escape');
    await map.pointAtMiddle();
    assert.match(
      await map.strip.innerText(),
      /London 3576 · word after a space · \d+ of 15 true neighbors near · nearest/,
    );
    await map.inspector.page.mouse.down();
    await map.inspector.page.mouse.up();
    await map.answer();
    await map.inspector.button('Go').click();
    assert.equal((await map.inspector.nextRequest('walk')).id, 3576);
  });

  it('lists what is drawn around, and asks about its mean and a comparison', async () => {
    const map = await openStillMap();
    await map.open();
    await map.ask(' banana');
    await map.drawAround(0.25);
    const label = await map.list.getAttribute('aria-label');
    const [count, words] = /: ([\d,]+) tokens, ([\d,]+) words/
      .exec(label ?? '')!
      .slice(1)
      .map(Number);
    assert.ok(count! >= 20 && words! <= count!, label ?? '');
    await map.inspector.button('Copy tokens').click();
    const { ids } = await map.inspector.nextRequest('exportMapList');
    assert.equal(ids.length, count);
    assert.ok(ids.includes(map.id(' banana')));
    assert.deepEqual(
      ids,
      [...ids].sort((a, b) => a - b),
    );
    await map.inspector.button('Mean as query').click();
    assert.deepEqual((await map.inspector.nextRequest('askMean')).ids, ids.slice(0, 200));
    await map.inspector.button('Compare as matrix').click();
    const compared = (await map.inspector.nextRequest('compareTokens')).ids;
    assert.equal(compared.length, Math.min(40, words!));
    await map.inspector.button('Close the area').click();
    assert.equal(await map.focused(), 'application');
  });

  it('draws a square by the keyboard', async () => {
    const map = await openStillMap();
    await map.open();
    await map.ask(' banana');
    await map.stage.focus();
    for (const key of ['l', '+', '+', 'Enter']) {
      await map.inspector.page.keyboard.press(key);
    }
    await map.answer();
    assert.match((await map.list.getAttribute('aria-label')) ?? '', /^Tokens in the area: /);
  });

  it('finds a way to a token that is typed, and says that it is one of many', async () => {
    const map = await openStillMap();
    await map.open();
    await map.ask(' king');
    await map.inspector.button('Way to another token').click();
    await map.inspector.page.getByRole('textbox', { name: /^Token at the end/ }).fill('banana');
    await map.inspector.page.keyboard.press('Enter');
    await map.answer();
    const way = await map.sample.pathBetween(map.id(' king'), map.id(' banana'));
    assert.match(await map.strip.innerText(), new RegExp(`^${way.length - 1} steps .*one of many ways`, 's'));
    await map.rows.nth(way.length - 1).waitFor();
    assert.deepEqual((await map.rows.locator('.id').allInnerTexts()).map(Number), way);
    assert.equal(await map.focused(), 'grid');
  });

  it('is read as a list of regions by T, which flies to the one that is chosen', async () => {
    const map = await openMap();
    await map.open();
    await map.stage.focus();
    await map.inspector.page.keyboard.press('t');
    await map.inspector.settle();
    assert.equal(await map.focused(), 'grid');
    const [wide = []] = map.sample.layout.regions;
    assert.equal(await map.list.getAttribute('aria-rowcount'), String(wide.length));
    const before = await map.picture();
    await map.inspector.page.keyboard.press('ArrowDown');
    await map.inspector.page.keyboard.press('Enter');
    await map.atRest();
    assert.notEqual(await map.picture(), before);
  });

  it('keeps its names where the stage gets smaller', async () => {
    const map = await openMap();
    await map.open();
    // The legend of truth is higher.
    await map.color('truth');
    assert.ok((await map.inkOfNames()) > 500);
    await map.atRest();
    assert.ok((await map.inkOfNames()) > 500);
    await map.inspector.page.setViewportSize({ width: 520, height: 700 });
    await map.inspector.settle();
    assert.ok((await map.inkOfNames()) > 500);
  });

  it('is not left busy where its size goes to and fro, or to nothing', async () => {
    const map = await openMap();
    await map.open();
    const { page } = map.inspector;
    const resize = async (height: string) => {
      await page.evaluate((value) => {
        const canvas = document.querySelector<HTMLElement>('.map-canvas')!;
        canvas.style.flex = value && 'none';
        canvas.style.minHeight = value && '0';
        canvas.style.height = value;
      }, height);
      await map.inspector.settle();
    };
    for (const height of ['300px', '', '0px', '']) {
      await resize(height);
    }
    await page.waitForSelector('.map-stage[aria-busy=false]');
    await resize('0px');
    await map.show({ stage: 'ready', figures: map.sample.figures }, map.query(' banana'));
    await map.answer();
    await page.waitForSelector('.map-stage[aria-busy=false]', { state: 'attached' });
    assert.match(await map.strip.innerText(), /banana/);
  });

  it('is restored as it was left', async () => {
    const map = await openMap();
    const left = {
      coloring: 'truth',
      camera: { x: 3, y: -4, zoom: 9 },
      selectedId: map.id(' London'),
      isListOpen: true,
      dimmedKinds: [2],
    } as const;
    await map.open({}, { map: left });
    assert.equal(await map.inspector.page.getByRole('combobox', { name: 'Color' }).inputValue(), 'truth');
    assert.match((await map.list.getAttribute('aria-label')) ?? '', /^True neighbors of space London$/);
    assert.deepEqual(
      (await map.inspector.sent()).filter(({ type }) => type === 'arrangeMap'),
      [],
    );
    await map.inspector.button('Zoom in').click();
    await map.atRest();
    const { arrangement } = await map.inspector.nextRequest('arrangeMap');
    assert.ok(Math.abs(arrangement.camera!.zoom / 18 - 1) < 0.01, JSON.stringify(arrangement));
    assert.ok(Math.hypot(arrangement.camera!.x - 3, arrangement.camera!.y + 4) < 0.01);
    assert.equal(arrangement.selectedId, left.selectedId);
  });

  it('shows tokens that the host asks for, as soon as they have places', async () => {
    const map = await openMap();
    const { tokens, positions, layout, figures } = map.sample;
    await map.show({ stage: 'ready', figures });
    await map.post({ type: 'showOnMap', ids: [map.id(' London')] });
    await map.post(tokens);
    await map.post(positions);
    await map.post(layout);
    await map.answer();
    assert.match(await map.strip.innerText(), /London 3576 · \d+ of 15 true neighbors near/);
  });

  for (const [name, isSelectedYet] of [
    ['where the layout puts it', true],
    ['not, where another is selected by then', false],
  ] as const) {
    it(`flies to the token of a query ${name}, after it was asked for on the linear map`, async () => {
      const map = await openMap();
      const { tokens, linear, positions, layout, figures, explained } = map.sample;
      const stage = { stage: 'linear', explained, graph: { state: 'building', fraction: 0.9 } } as const;
      await map.show(stage);
      await map.post(tokens);
      await map.post(linear);
      const whole = await map.pointsPicture();
      await map.show(stage, map.query(' London'));
      await map.answer();
      await map.atRest();
      assert.match(await map.strip.innerText(), /London 3576/);
      assert.equal(await map.pointsPicture(), whole, 'the whole map is to be seen to unfold');
      if (!isSelectedYet) {
        await map.stage.press('Escape');
      }
      await map.show({ stage: 'ready', figures }, map.query(' London'));
      await map.post(positions);
      await map.post(layout);
      await map.answer();
      await map.atRest();
      // On a slow machine how the map was left is told before the flight as well.
      await map.answer();
      await map.inspector.button('Zoom in').click();
      await map.atRest();
      const { camera } = (await map.inspector.nextRequest('arrangeMap')).arrangement;
      const id = map.id(' London');
      const places = new Float32Array(positions.positions);
      const away = Math.hypot(camera!.x - places[2 * id]!, camera!.y - places[2 * id + 1]!);
      assert.equal(away < 1, isSelectedYet, `${away} away`);
    });
  }

  it('says of a token without a place that it has none, and nothing of the token before', async () => {
    const map = await openStillMap();
    await map.open();
    await map.ask(' python');
    const positions = new Float32Array(map.sample.positions.positions.slice(0));
    positions.fill(NaN, 2 * map.id(' London'), 2 * map.id(' London') + 2);
    await map.post({ ...map.sample.positions, positions: positions.buffer });
    await map.post({ type: 'showOnMap', ids: [map.id(' London')] });
    assert.match(await map.strip.innerText(), /London 3576 · has no place on the map/);
    assert.match(await map.inspector.announcement(), /This token has no place on the map\./);
  });

  it('needs no room for a list that is to come', async () => {
    const map = await openMap(600);
    await map.show({ stage: 'unfolding', fraction: 0.35, secondsLeft: 3, epoch: 140, epochs: 400 });
    await map.post(map.sample.tokens);
    await map.post({ ...map.sample.positions, stage: 'unfolding' });
    await map.inspector.button('Show as list').click();
    const drawer = map.inspector.page.getByRole('region', { name: 'List' });
    assert.match(await drawer.innerText(), /Lists come with the finished map/);
    const height = (await drawer.boundingBox())?.height ?? NaN;
    assert.ok(height < 60, `${height} px`);
  });

  for (const [name, view, text, button, request] of [
    [
      'the graph is being built',
      {
        stage: 'linear',
        explained: [0.07, 0.05],
        graph: { state: 'building', fraction: 0.42, secondsLeft: 9 },
      },
      /Neighbor graph 42\s%, about 9\ss left/,
      'Stop',
      'stopMap',
    ],
    [
      'the graph was stopped',
      { stage: 'linear', explained: [0.07, 0.05], graph: { state: 'stopped' } },
      /was stopped/,
      'Build it',
      'makeMap',
    ],
    [
      'it unfolds',
      { stage: 'unfolding', fraction: 0.35, secondsLeft: 3, epoch: 140, epochs: 400 },
      /Unfolding the map: 35\s%/,
      'Keep it as it is',
      'stopMap',
    ],
    [
      'it was stopped',
      { stage: 'stopped', epoch: 140, epochs: 400 },
      /step 140 of 400/,
      'Unfold it whole',
      'makeMap',
    ],
    [
      'it has failed',
      { stage: 'failed', message: 'Its file is gone.' },
      /Its file is gone/,
      'Try again',
      'makeMap',
    ],
  ] as const) {
    it(`says so where ${name}, and has a way on; nothing of it claims to be true`, async () => {
      const map = await openMap();
      await map.show(view);
      await map.post(map.sample.tokens);
      await map.post(map.sample.linear);
      assert.match(await map.inspector.page.locator('.map-progress').innerText(), text);
      assert.ok(await map.inspector.button('Draw around tokens').isDisabled());
      assert.doesNotMatch(await map.inspector.page.locator('.vocabulary-map').innerText(), /How true|of 15/);
      await map.inspector.newRequests();
      await map.inspector.button(button).click();
      assert.deepEqual(await map.inspector.newRequests(), [{ type: request }]);
    });
  }

  it('says why where there is no map of such a matrix: no error, nothing to try again, and nothing to color or list', async () => {
    const map = await openMap();
    const { page } = map.inspector;
    await map.show({ stage: 'waiting' });
    assert.equal(await page.locator('.map-toolbar').count(), 1);
    await map.show({ stage: 'refused', reason: 'This matrix has 500,001 rows.' });
    assert.equal(await page.locator('.map-toolbar').count(), 0);
    assert.equal(
      await page.getByRole('status').filter({ hasText: 'This matrix has 500,001 rows.' }).count(),
      1,
    );
    assert.equal(await page.getByRole('alert').count(), 0);
    assert.equal(await page.locator('.vocabulary-map button').count(), 0);
  });

  it("shows no other model's map or list where there is none of this matrix", async () => {
    const map = await openMap();
    await map.open();
    const { page } = map.inspector;
    await map.inspector.button('Show as list').click();
    await page.locator('.map-split.with-list').waitFor();
    await map.show({ stage: 'refused', reason: 'This matrix has 500,001 rows.' });
    await page.getByRole('status').filter({ hasText: 'This matrix has 500,001 rows.' }).waitFor();
    assert.equal(await page.locator('.map-split').count(), 0);
  });

  it('says why where the graph is refused, and keeps the linear map', async () => {
    const map = await openMap();
    await map.show({
      stage: 'linear',
      explained: [0.07, 0.05],
      graph: { state: 'refused', reason: 'The matrix is too large.' },
    });
    await map.post(map.sample.tokens);
    await map.post(map.sample.linear);
    assert.match(
      await map.inspector.page.locator('.map-progress').innerText(),
      /too large\. This is a linear map/,
    );
    assert.match(await map.strip.innerText(), /^12\s% of the spread is shown/);
  });

  it('saves what is seen as SVG and PNG, with its provenance, and its positions', async () => {
    const map = await openMap();
    await map.open();
    for (const [item, format] of [
      ['Save Map as SVG…', 'svg'],
      ['Save Map as PNG…', 'png'],
    ] as const) {
      await map.inspector.button('Export and more').click();
      await map.inspector.page.getByRole('menuitem', { name: item }).click();
      const saved = await map.inspector.nextRequest('exportPlot');
      assert.deepEqual([saved.plot, saved.format], ['vocabulary-map', format]);
      if (format === 'svg') {
        assert.match(saved.content, /Map of 50,257 tokens, colored by kind/);
        assert.match(saved.content, /sample vectors, not GPT-2/i);
      } else {
        assert.equal(Buffer.from(saved.content, 'base64').subarray(1, 4).toString(), 'PNG');
      }
    }
    await map.inspector.button('Export and more').click();
    await map.inspector.page.getByRole('menuitem', { name: 'Save Positions as CSV…' }).click();
    await map.inspector.nextRequest('exportMap');
  });
});
