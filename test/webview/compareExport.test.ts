import assert from 'node:assert/strict';
import { plainDrawing } from '../../src/editor/panel/exports/plainDrawing';
import { themes, type Theme } from './pageServer';
import { gpt2, pair, pairCompare, snapshot } from './views/viewSnapshots';
import { useViews } from './views/viewsPage';

const values = pair();

describe('the saved figure of a pair', () => {
  const open = useViews();

  it('saves the figure as an SVG of its own, with all points, literal light colors and its provenance', async () => {
    for (const theme of Object.keys(themes) as Theme[]) {
      const views = await open({ theme });
      await views.show(snapshot({ compare: pairCompare(values) }), 'compare');
      await views.button('Save figure as SVG').click();
      const [request] = await views.newRequests();
      assert.ok(request?.type === 'exportPlot' && request.format === 'svg');
      assert.equal(request.plot, 'comparison');
      const figure = await views.page.evaluate((content) => {
        const parsed = new DOMParser().parseFromString(content, 'image/svg+xml');
        const { documentElement: svg } = parsed;
        return {
          name: svg.localName,
          namespace: svg.namespaceURI,
          circles: parsed.querySelectorAll('g > circle[r="2"]').length,
          lines: [...parsed.querySelectorAll('path')]
            .filter((path) => (path.getAttribute('d') ?? '').length > 5_000)
            .map((path) => path.getAttribute('stroke')),
          title: svg.querySelector(':scope > title')?.textContent,
          description: svg.querySelector(':scope > desc')?.textContent,
          text: [...parsed.querySelectorAll('text')].map((text) => text.textContent),
          order: [...svg.children].slice(0, 3).map(({ localName }) => localName),
        };
      }, request.content);
      assert.deepEqual([figure.name, figure.namespace], ['svg', 'http://www.w3.org/2000/svg']);
      assert.equal(figure.circles, 768);
      assert.deepEqual(figure.lines.sort(), ['#0063d3', '#b3540a'], theme);
      assert.deepEqual(figure.order, ['title', 'desc', 'rect']);
      assert.equal(figure.title, `Cosine similarity of ban and ana = ${values.cosine.toFixed(3)}`);
      assert.match(
        figure.description ?? '',
        /"ban" \(3820\).*"ana" \(2271\).*gpt2 124M · verified · wte\.weight 50,257 × 768 F32/s,
      );
      assert.ok(figure.text.includes(`Cosine similarity = ${values.cosine.toFixed(3)}`));
      assert.doesNotMatch(request.content, /var\(|color-mix|class=|style=|<!--|color\(/);
      assert.ok(plainDrawing(request.content).rootEnd > 0, 'the host takes it');
      assert.equal(await views.page.locator('.export-light').count(), 0);
    }
  });

  it('saves the figure as a PNG of twice its size', async () => {
    const views = await open();
    await views.show(
      snapshot({ compare: pairCompare(values, { model: { ...gpt2, isSample: true } }) }),
      'compare',
    );
    await views.button('Save figure as PNG').click();
    await views.page.waitForFunction(
      () => (window as unknown as { mountedViews: { requests: unknown[] } }).mountedViews.requests.length > 0,
    );
    const [request] = await views.newRequests();
    assert.ok(request?.type === 'exportPlot' && request.format === 'png');
    const bytes = Buffer.from(request.content, 'base64');
    assert.deepEqual([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    assert.equal(bytes.readUInt32BE(16), 1_800);
    assert.ok(bytes.length > 40_000, 'the picture is not empty');
  });
});
