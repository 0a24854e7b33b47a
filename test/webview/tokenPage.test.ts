import assert from 'node:assert/strict';
import { plainDrawing } from '../../src/editor/panel/exports/plainDrawing';
import { layoutMergeTree } from '../../webview-ui/src/token/mergeTreeLayout';
import { berryPage } from './views/tokenPageSnapshots';
import { snapshot, token } from './views/viewSnapshots';
import { useViews, type ViewsPage } from './views/viewsPage';
import type { TokenPageView } from '../../src/protocol/tokenPageView';

describe('the Token page', () => {
  const open = useViews();

  async function openPage(changes: Partial<TokenPageView> = {}): Promise<ViewsPage> {
    const views = await open();
    await views.show(snapshot({ tokenPage: berryPage(changes) }), 'token');
    return views;
  }

  const textOf = async (views: ViewsPage, selector: string) =>
    (await views.page.locator(selector).innerText()).replace(/\s+/g, ' ').trim();

  it('tells id, merge rule, length, norm and distance', async () => {
    const views = await openPage();
    const facts = (await views.page.locator('.token-facts tr').allInnerTexts()).map((text) =>
      text.replace(/\s+/g, ' ').trim(),
    );
    assert.deepEqual(facts, [
      'id 36973 merge rule 36,718',
      'length 13 bytes 13 characters, with the space',
      'norm 4.02 71st percentile',
      'to centroid 3.29 64th percentile',
    ]);
    assert.match(await textOf(views, '.bytes'), /20 73 74 72 61 77 62 65 72 72 69 65 73$/);
  });

  it('says why there are no neighbors by a metric, and lets another one be chosen', async () => {
    const refusal = 'The vector of this query is zero.';
    const views = await openPage({
      neighbors: [
        { metric: 'cosine', neighbors: [], refusal },
        { metric: 'euclidean', neighbors: [], refusal },
      ],
    });
    assert.equal(await textOf(views, '.metric-neighbors .message'), refusal);
    assert.equal(await views.page.locator('.metric-neighbors select').count(), 2);
  });

  it('draws a box for each byte and merge, as wide as its bytes, down to the box that it is merged into', async () => {
    const views = await openPage();
    const boxes = await views.page.locator('.tree-box').evaluateAll((all) =>
      all.map((box) => {
        const { left, right, top, bottom } = box.getBoundingClientRect();
        return { name: box.getAttribute('title'), left, right, top, bottom };
      }),
    );
    assert.equal(boxes.length, 13 + 12);
    const root = boxes.find(({ name }) => name === '␣strawberries, token 36973')!;
    const byte = (root.right - root.left) / 13;
    const find = (name: string) => boxes.find((box) => box.name?.startsWith(`${name},`))!;
    assert.ok(Math.abs(find('␣straw').right - find('␣straw').left - 6 * byte) < 2);
    assert.ok(Math.abs(find('berries').right - find('berries').left - 7 * byte) < 2);
    assert.ok(Math.abs(find('berries').bottom - root.top) < 2);
    // "t" waits two levels for "␣s".
    assert.ok(Math.abs(find('t').bottom - find('␣st').top) < 2);
    const sum = boxes.reduce(
      (area, { left, right, top, bottom }) => area + (right - left) * (bottom - top),
      0,
    );
    const whole = (root.right - root.left) * (root.bottom - Math.min(...boxes.map(({ top }) => top)));
    assert.ok(Math.abs(sum / whole - 1) < 0.02, 'the boxes fill the drawing without gaps or overlaps');
  });

  it('goes along the merges with arrow keys, and to a token on click', async () => {
    const views = await openPage();
    const name = () => views.page.evaluate(() => document.activeElement?.getAttribute('title'));
    await views.page.locator('.tree-box[tabindex="0"]').focus();
    assert.equal(await name(), '␣strawberries, token 36973');
    await views.page.keyboard.press('ArrowUp');
    assert.equal(await name(), '␣straw, token 14787');
    await views.page.keyboard.press('ArrowRight');
    assert.equal(await name(), 'berries, token 20853');
    await views.page.keyboard.press('ArrowUp');
    await views.page.keyboard.press('ArrowUp');
    await views.page.keyboard.press('ArrowLeft');
    await views.page.keyboard.press('ArrowDown');
    await views.page.keyboard.press('ArrowDown');
    assert.equal(await name(), '␣straw, token 14787');
    assert.equal(await views.page.locator('.tree-box[tabindex="0"]').count(), 1);
    await views.page.keyboard.press('Enter');
    assert.deepEqual(await views.newRequests(), [{ type: 'openToken', id: 14787 }]);
    await views.page
      .locator('.merge-steps tbody tr')
      .nth(6)
      .getByRole('button', { name: 'er', exact: true })
      .first()
      .click();
    await views.page
      .locator('.slope-column')
      .first()
      .getByRole('button', { name: 'space raspberry' })
      .click();
    assert.deepEqual(await views.newRequests(), [
      { type: 'openToken', id: 263 },
      { type: 'openToken', id: 48408 },
    ]);
  });

  it('lists the steps with their rules, and shows them alone for more than 24 bytes', async () => {
    const views = await openPage();
    const rows = (await views.page.locator('.merge-steps tbody tr').allInnerTexts()).map((row) =>
      row.replace(/\s+/g, ' ').trim(),
    );
    assert.equal(rows.length, 12);
    assert.match(rows[0]!, /^1 e r er 8$/);
    assert.match(rows[11]!, / 36,718$/);
    await views.show(
      snapshot({ tokenPage: berryPage({ bytes: Array.from({ length: 25 }, () => 45), byteLength: 25 }) }),
      'token',
    );
    assert.equal(await views.page.locator('.merge-tree').count(), 0);
    assert.equal(await views.page.locator('.merge-steps tbody tr').count(), 12);
  });

  it('marks tokens that cannot be typed, with the ids that come instead', async () => {
    const views = await openPage({
      token: token(' straw berries', 30905),
      roundTrip: {
        encodesTo: [token(' straw', 14787), token(' berries', 38847)],
        encodedCount: 2,
        isSame: false,
      },
      measures: {
        ...berryPage().measures!,
        underTrained: 'Its row lies nearer to the centroid than 99 % of all rows.',
      },
    });
    assert.match(await textOf(views, '.round-trip'), /cannot be typed: its text encodes to .*14787.*38847/);
    assert.match(await textOf(views, '.token-note'), /nearer to the centroid/);
    await views.show(
      snapshot({
        tokenPage: berryPage({
          token: {
            id: 162,
            label: { segments: [{ kind: 'bytes', text: '\\xe6' }] },
            plain: '\\xe6',
            spoken: 'byte e6',
          },
          bytes: [0xe6],
          byteLength: 1,
          characters: 1,
          isByteFragment: true,
          merges: { steps: [], nodes: [] },
          roundTrip: { encodesTo: [], encodedCount: 0, isSame: false },
          variants: [],
        }),
      }),
      'token',
    );
    assert.match(await textOf(views, '.round-trip'), /162 decodes to a byte that makes no whole character/);
    assert.match(await textOf(views, '.token-facts'), /a part of a character/);
  });

  it('tells round trip and variants in words', async () => {
    const views = await openPage();
    assert.match(
      await textOf(views, '.round-trip'),
      /36973 decodes to .*strawberries.*strawberries encodes to 36973/,
    );
    const variants = (await views.page.locator('.token-variants tbody tr').allInnerTexts()).map((row) =>
      row.replace(/\s+/g, ' ').trim(),
    );
    assert.match(variants[0]!, /^strawberries .*301 1831 20853 3 tokens$/);
    assert.match(variants[2]!, /41236 0\.703$/);
  });

  it('marks the norm at its place among all norms, also as a table', async () => {
    const views = await openPage();
    const mark = await views.page
      .locator('.norm-mark')
      .evaluate((path) => (path as SVGPathElement).getBBox().x);
    assert.ok(Math.abs(mark - (1 + ((4.02 - 2.2) / (6.3 - 2.2)) * 238)) < 0.1);
    assert.match(
      (await views.page.locator('.norms svg[role=img]').getAttribute('aria-label')) ?? '',
      /^Norm 4\.02 .*71st percentile/,
    );
    await views.button('Show norms as table').click();
    await views.settle();
    const { counts } = berryPage().measures!.norms;
    const cells = await views.page.locator('.norm-table tbody tr td:last-child').allTextContents();
    assert.deepEqual(
      cells.map((cell) => Number(cell.replace(',', ''))),
      counts,
    );
  });

  it('joins the same tokens under two metrics, colors those that moved, and tells where the others are', async () => {
    const views = await openPage();
    const slopes = await views.page
      .locator('.slope')
      .evaluateAll((paths) =>
        paths.map((path) => ({ d: path.getAttribute('d'), moved: path.classList.contains('moved') })),
      );
    const ends = slopes.map(({ d, moved }) => {
      const [from, to] = [/^M0 ([\d.]+)C/.exec(d ?? '')?.[1], / ([\d.]+)$/.exec(d ?? '')?.[1]];
      return [(Number(from) - 11) / 22, (Number(to) - 11) / 22, moved];
    });
    assert.deepEqual(ends, [
      [0, 0, false],
      [1, 2, false],
      [2, 1, false],
      [4, 5, false],
      [5, 3, true],
    ]);
    assert.deepEqual(await views.page.locator('.moved-note').allTextContents(), ['to 14', 'from 12']);
    assert.match(
      (await views.page.locator('.slope-lines svg').getAttribute('aria-label')) ?? '',
      /^5 of the 6 nearest by cosine are also among the 6 nearest by cosine, centered; 1 of them moved/,
    );
    await views.page.getByRole('combobox', { name: 'Second metric' }).selectOption('dot');
    assert.deepEqual(await views.newRequests(), [{ type: 'chooseTokenMetrics', metrics: ['cosine', 'dot'] }]);
    await views.button('Show neighbors as table').click();
    await views.settle();
    const rows = (await views.page.locator('.slope-table tbody tr').allInnerTexts()).map((row) =>
      row.replace(/\s+/g, ' ').trim(),
    );
    assert.equal(rows.length, 7);
    assert.match(rows[3]!, /fruit 4 0\.613 14 –$/);
    assert.match(rows[6]!, /mango 12 – 5 0\.434$/);
  });

  it('shows what needs no embeddings, and offers to load them for the rest', async () => {
    const page = berryPage();
    const { measures, neighbors, model, ...facts } = page;
    assert.ok(measures && neighbors && model);
    const views = await open();
    await views.show(snapshot({ tokenPage: facts, embeddings: { state: 'none' } }), 'token');
    assert.equal(await views.page.locator('.merge-steps tbody tr').count(), 12);
    assert.match(await textOf(views, '.body'), /Load embeddings to measure its norm/);
    assert.equal(await views.page.locator('.norms, .metric-neighbors').count(), 0);
    await views.button('Load Embeddings').click();
    assert.deepEqual(await views.newRequests(), [{ type: 'retryLoading' }]);
  });

  it('asks which token is meant where the query is several', async () => {
    const views = await open();
    const pieces = [token('ban', 3820), token('ana', 2271), token('ana', 2271)];
    await views.show(snapshot({ query: { text: 'banana', pieces, forms: [], vectors: [] } }), 'token');
    const buttons = views.page.locator('.token-choice button');
    assert.deepEqual(
      (await buttons.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim()),
      ['ban 3820', 'ana 2271'],
    );
    await buttons.last().click();
    assert.deepEqual(await views.newRequests(), [{ type: 'openToken', id: 2271 }]);
    await views.show(snapshot(), 'token');
    assert.match(await textOf(views, '.body'), /Ask for a word/);
  });

  it('ends the axis of the norms before those that are far from all others, and counts them', async () => {
    const measured = berryPage().measures!;
    const { norms } = measured;
    const views = await openPage({
      measures: { ...measured, norms: { ...norms, total: norms.total + 2, above: 2 } },
    });
    const drawing = views.page.locator('.norms svg[role=img]');
    assert.match(await drawing.innerHTML(), /6\.30 \(2 beyond\)/);
    assert.match((await drawing.getAttribute('aria-label')) ?? '', /but for 2 far from all others$/);
    await views.button('Show norms as table').click();
    await views.settle();
    assert.match(await views.page.locator('.norm-table tbody tr').last().innerText(), /6\.30\s+more\s+2$/);
  });

  it('saves tree, slope chart and norms as drawings of their own', async () => {
    const views = await openPage();
    for (const [what, plot, text] of [
      ['merge tree', 'merges', 'berries'],
      ['slope chart', 'two-metrics', 'to 14'],
      ['norms', 'norms', '␣strawberries'],
    ] as const) {
      await views.button(`Save ${what} as SVG`).click();
      const [request] = await views.newRequests();
      assert.ok(request?.type === 'exportPlot', what);
      assert.equal(request.plot, plot);
      const texts = await views.page.evaluate((content) => {
        const parsed = new DOMParser().parseFromString(content, 'image/svg+xml');
        return [...parsed.querySelectorAll('text, tspan')].map((element) => element.textContent);
      }, request.content);
      assert.ok(texts.includes(text), `${what}: ${texts.join(', ')}`);
      assert.match(request.content, /gpt2 124M · verified/);
      assert.doesNotMatch(request.content, /var\(|color-mix|class=|style=/);
      assert.ok(plainDrawing(request.content).rootEnd > 0, 'the host takes it');
    }
  });

  it('lays a tree out whose nodes are parts of each other at once', () => {
    const { boxes, rows, columns } = layoutMergeTree(berryPage().merges!);
    assert.deepEqual([rows, columns], [5, 13]);
    assert.equal(boxes.filter(({ parent }) => parent === undefined).length, 1);
    for (const { parent, start, end } of boxes) {
      const over = parent === undefined ? undefined : boxes[parent];
      assert.ok(!over || (over.start <= start && over.end >= end && over.end - over.start > end - start));
    }
  });
});
