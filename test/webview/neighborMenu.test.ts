import assert from 'node:assert/strict';
import type { NeighborAction, NeighborContext } from '../../src/protocol/neighborAction';
import { useInspector, type InspectorPage } from './inspectorPage';
import { NO_FILTER } from '../../src/protocol/panelSnapshot';
import { answer, manyNeighbors, mikePanel, nameNeighbors, token, tokenOf } from './inspectorSnapshots';

/** Which context menu VS Code would show: it looks at the event, and at what the page tells around its target. */
interface Asked {
  readonly context: NeighborContext;
  readonly x: number;
  readonly y: number;
}

/** Stands in for what VS Code does with a context menu; gives what it was asked for since. */
async function watchMenus(inspector: InspectorPage): Promise<() => Promise<Asked[]>> {
  await inspector.page.evaluate(() => {
    const asked: unknown[] = [];
    Object.assign(window, { asked });
    window.addEventListener('contextmenu', (event) => {
      if (!event.defaultPrevented && event.target instanceof Element) {
        const told = event.target.closest<HTMLElement>('[data-vscode-context]')?.dataset.vscodeContext;
        asked.push({
          context: JSON.parse(told ?? '{}') as unknown,
          x: event.clientX,
          y: event.clientY,
        });
      }
      event.preventDefault();
    });
  });
  return () => inspector.page.evaluate(() => (window as unknown as { asked: Asked[] }).asked.splice(0));
}

const CHRIS = 15645;

describe('the context menu of a neighbor', () => {
  const open = useInspector();

  it('is about the row that is clicked, which is selected', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    const asked = await watchMenus(inspector);
    await inspector.newRequests();
    await inspector.row('4: Chris').click({ button: 'right' });
    const [menu, ...others] = await asked();
    assert.deepEqual(menu?.context, {
      webviewSection: 'neighbor',
      tokenId: CHRIS,
      canGo: true,
      preventDefaultContextMenuItems: true,
    });
    assert.deepEqual(others, []);
    assert.equal(await inspector.selectedRow.locator('.tok').innerText(), 'Chris');
    assert.deepEqual(await inspector.newRequests(), []);
    await inspector.row('1: Mike').click({ button: 'right' });
    assert.equal((await asked())[0]?.context.canGo, false);
  });

  it('is about the point that is clicked, and is none beside the points', async () => {
    const inspector = await open({ width: 900 });
    await inspector.show(mikePanel());
    await inspector.showMap();
    const asked = await watchMenus(inspector);
    const box = await inspector.point(15).boundingBox();
    assert.ok(box);
    await inspector.page.mouse.click(box.x + 4, box.y + 4, { button: 'right' });
    assert.equal((await asked())[0]?.context.tokenId, 19040);
    assert.equal(await inspector.selectedRow.locator('.tok').innerText(), 'Scott');
    const map = await inspector.map.boundingBox();
    assert.ok(map);
    await inspector.page.mouse.click(map.x + 3, map.y + map.height - 3, { button: 'right' });
    assert.deepEqual(await asked(), []);
  });

  it('is asked for by keys at the selected row, brought into view, and at the selected point', async () => {
    const inspector = await open({ width: 900 });
    await inspector.show(mikePanel({ answer: manyNeighbors(300), k: 300 }));
    await inspector.showMap();
    const asked = await watchMenus(inspector);
    await inspector.list.press('End');
    await inspector.list.evaluate((list) => {
      list.scrollTop = 0;
    });
    await inspector.settle();
    await inspector.list.press('Shift+F10');
    const [inList] = await asked();
    const row = await inspector.selectedRow.boundingBox();
    assert.ok(inList && row);
    assert.equal(inList.context.tokenId, manyNeighbors(300).neighbors[299]!.token.id);
    assert.ok(Math.abs(inList.y - (row.y + row.height)) <= 1, `${inList.y} below ${row.y}`);
    await inspector.map.press('Home');
    await inspector.map.press('Shift+F10');
    const [inMap] = await asked();
    const ring = await inspector.page.locator('.selected-ring').boundingBox();
    assert.ok(inMap && ring);
    assert.ok(Math.abs(inMap.x - (ring.x + ring.width / 2)) <= 1);
    assert.ok(Math.abs(inMap.y - (ring.y + ring.height / 2)) <= 1);
  });

  it('does what was chosen with the neighbor that it was opened on, with the focus where it belongs', async () => {
    const inspector = await open();
    const act = (action: NeighborAction) => inspector.post({ type: 'act', action, id: CHRIS });
    const requests: Record<Exclude<NeighborAction, 'copyRow' | 'leaveOut'>, unknown[]> = {
      go: [{ type: 'walk', id: CHRIS }],
      openInspector: [{ type: 'openInspector', id: CHRIS }],
      compare: [
        { type: 'compare', texts: ['#16073', '#15645'], mode: 'pair' },
        { type: 'chooseView', view: 'compare' },
      ],
      openToken: [
        { type: 'openToken', id: CHRIS },
        { type: 'chooseView', view: 'token' },
      ],
      showOnMap: [{ type: 'showTokenOnMap', id: CHRIS }],
      copyToken: [{ type: 'copy', text: 'Chris' }],
      copyId: [{ type: 'copy', text: '15645' }],
    };
    for (const [action, expected] of Object.entries(requests)) {
      await inspector.show(mikePanel());
      await inspector.list.focus();
      await inspector.newRequests();
      await act(action as NeighborAction);
      assert.deepEqual(await inspector.newRequests(), expected, action);
      const part = await inspector.page.evaluate(() => document.activeElement?.classList[0]);
      assert.equal(part, action === 'compare' || action === 'openToken' ? 'body' : 'list', action);
    }
    await inspector.show(mikePanel());
    await act('copyRow');
    assert.deepEqual(await inspector.newRequests(), [{ type: 'copy', text: 'Chris\t15645\t0.647' }]);
    assert.equal(await inspector.announcement(), 'Copied Chris');
  });

  it('leaves tokens out of the list, selects the next one, and brings them back from the filters', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ isFolded: false }));
    await inspector.newRequests();
    await inspector.post({ type: 'act', action: 'leaveOut', id: CHRIS });
    // The second one before the host has answered the first.
    await inspector.post({ type: 'act', action: 'leaveOut', id: 18050 });
    const requests = await inspector.newRequests();
    assert.deepEqual(
      requests.map((request) => request.type === 'filter' && request.filter.excludedIds),
      [[CHRIS], [CHRIS, 18050]],
    );
    assert.match(await inspector.announcement(), /^Left out Jim/);
    assert.equal(await inspector.selectedRow.locator('.rank').innerText(), '6');
    const filter = { ...NO_FILTER, excludedIds: [CHRIS, 18050] };
    const neighbors = nameNeighbors().filter(({ token }) => !filter.excludedIds.includes(token.id));
    const excludedTokens = [token('Chris', CHRIS), token('Jim', 18050)];
    const { answer: before, ...computing } = mikePanel({ isFolded: false, filter, excludedTokens });
    assert.ok(before);
    await inspector.show(computing);
    await inspector.show({ ...computing, answer: answer({ neighbors }) });
    assert.equal(await inspector.selectedRow.locator('.rank').innerText(), '6');
    await inspector.button('Filters, 1 in force').click();
    await inspector.button('Bring back Chris').click();
    const [request] = await inspector.newRequests();
    assert.deepEqual(request, { type: 'filter', filter: { ...filter, excludedIds: [18050] } });
    await inspector.show({
      ...mikePanel({ isFolded: false, filter: { ...filter, excludedIds: [18050] } }),
      excludedTokens: [token('Jim', 18050)],
    });
    assert.equal(await inspector.button('Bring back Chris').count(), 0);
    const focused = () => inspector.page.evaluate(() => document.activeElement?.ariaLabel);
    assert.equal(await focused(), 'Bring back Jim');
    await inspector.show(mikePanel());
    assert.equal(await focused(), 'Token contains');
    assert.deepEqual(await inspector.axeViolations(), []);
  });

  it('brings back two tokens one after the other, before the host has answered', async () => {
    const inspector = await open();
    const filter = { ...NO_FILTER, excludedIds: [CHRIS, 18050] };
    const excludedTokens = [token('Chris', CHRIS), token('Jim', 18050)];
    await inspector.show(mikePanel({ filter, excludedTokens }));
    await inspector.button('Filters, 1 in force').click();
    await inspector.newRequests();
    await inspector.button('Bring back Chris').click();
    await inspector.button('Bring back Jim').click();
    assert.deepEqual(
      (await inspector.newRequests()).map(
        (request) => request.type === 'filter' && request.filter.excludedIds,
      ),
      [[18050], []],
    );
    assert.equal(await inspector.button('Bring back Chris').count(), 0);
  });

  it('leaves a neighbor alone that is gone, and does nothing in another view', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.newRequests();
    await inspector.post({ type: 'act', action: 'go', id: 7 });
    await inspector.post({ type: 'act', action: 'format', id: CHRIS });
    await inspector.post({ type: 'act', action: 'go', id: '15645' });
    await inspector.show(mikePanel({ view: 'token' }));
    await inspector.post({ type: 'act', action: 'go', id: CHRIS });
    assert.deepEqual(await inspector.newRequests(), []);
  });

  it('copies a token as it stands in a text, and bytes that are no text as they are shown', async () => {
    const inspector = await open();
    const [first, ...others] = nameNeighbors();
    const copied = async (token: ReturnType<typeof tokenOf>) => {
      await inspector.show(mikePanel({ answer: answer({ neighbors: [{ ...first!, token }, ...others] }) }));
      await inspector.newRequests();
      await inspector.post({ type: 'act', action: 'copyToken', id: token.id });
      const [request] = await inspector.newRequests();
      assert.ok(request?.type === 'copy');
      return request.text;
    };
    const lines = tokenOf(
      1,
      '␣a↵→',
      'space a newline tab',
      { kind: 'space', text: ' ' },
      { kind: 'text', text: 'a' },
      { kind: 'newline', text: '↵' },
      { kind: 'tab', text: '→' },
    );
    assert.equal(await copied(lines), ' a\n\t');
    assert.equal(await copied(tokenOf(2, '\\xe4', 'byte e4', { kind: 'bytes', text: '\\xe4' })), '\\xe4');
  });
});
