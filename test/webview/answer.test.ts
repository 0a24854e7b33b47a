import assert from 'node:assert/strict';
import { useInspector } from './inspectorPage';
import {
  answer,
  answerWithoutMap,
  bananaQuery,
  manyNeighbors,
  mikePanel,
  nameNeighbors,
  panel,
  token,
  tokenOf,
} from './inspectorSnapshots';
import { gpt2, mirroredModel, unverifiedModel } from './modelSnapshots';

describe('the inspector with an answer', () => {
  const open = useInspector();

  it('lists rank, token, cosine with three decimals, and id', async () => {
    const inspector = await open({ height: 1_000 });
    await inspector.show(mikePanel());
    assert.equal(await inspector.rows.count(), 20);
    const cells = inspector.row('3: Michael').getByRole('gridcell');
    assert.deepEqual(
      (await cells.allInnerTexts()).map((cell) => cell.trim().split(/\s+/).at(-1)),
      ['3', 'Michael', '0.685', '13256'],
    );
    assert.match(await inspector.row('1: Mike').innerText(), /query/);
  });

  it('shows norms where there is room beside the list, and not below', async () => {
    const wide = await open({ width: 900 });
    await wide.show(mikePanel());
    assert.match(await wide.row('3: Michael').locator('.norm').innerText(), /3\.38$/);
    const narrow = await open({ width: 520 });
    await narrow.show(mikePanel());
    assert.equal(await narrow.row('3: Michael').locator('.norm').isVisible(), false);
  });

  it('puts the neighborhood below the list up to 759 px, and beside it from 760 px', async () => {
    for (const [width, isBeside] of [
      [759, false],
      [760, true],
    ] as const) {
      const inspector = await open({ width });
      await inspector.show(mikePanel());
      const list = await inspector.list.boundingBox();
      const map = await inspector.map.boundingBox();
      assert.ok(list && map);
      assert.equal(map.x >= list.x + list.width, isBeside);
      assert.equal(map.y >= list.y + list.height, !isBeside);
    }
  });

  it('draws bars as long as similarities, and the average tick at the average', async () => {
    const inspector = await open({ height: 1_000 });
    await inspector.show(mikePanel());
    for (const { rank, score } of nameNeighbors()) {
      const shares = await inspector.rows.nth(rank - 1).evaluate((row) => {
        const box = (selector: string) => row.querySelector(selector)!.getBoundingClientRect();
        const track = box('.bar-track');
        return {
          bar: box('.similarity-bar').width / track.width,
          tick: (box('.average-tick').left - track.left) / track.width,
        };
      });
      assert.ok(Math.abs(shares.bar - score) < 0.002, `bar ${shares.bar} for ${score}`);
      assert.ok(Math.abs(shares.tick - 0.291) < 0.002, `tick ${shares.tick}`);
    }
  });

  it('writes a negative similarity with a true minus sign and no bar', async () => {
    const inspector = await open();
    const neighbors = [
      { rank: 1, token: token('far', 5), score: -0.1234, norm: 2, isQuery: false, foldKey: '' },
      { rank: 2, token: token('zero', 6), score: -0.0001, norm: 2, isQuery: false, foldKey: '' },
    ];
    await inspector.show(mikePanel({ answer: answerWithoutMap(neighbors) }));
    assert.match(await inspector.row('1: far').locator('.score').innerText(), /\s\u22120\.123$/);
    assert.match(await inspector.row('2: zero').locator('.score').innerText(), /\s0\.000$/);
    const width = await inspector
      .row('1: far')
      .locator('.similarity-bar')
      .evaluate((bar) => bar.getBoundingClientRect().width);
    assert.equal(width, 0);
  });

  it('draws a space of a token as a box that copies as a space', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    const name = inspector.row('2: space Mike').locator('.tok');
    assert.equal(await name.evaluate((element) => element.textContent), ' Mike');
    const mark = await name.locator('.sp').evaluate((space) => {
      const { borderBottomWidth, borderTopWidth } = getComputedStyle(space, '::after');
      return { bottom: borderBottomWidth, top: borderTopWidth, width: space.getBoundingClientRect().width };
    });
    assert.equal(mark.bottom, '1px');
    assert.equal(mark.top, '0px');
    assert.ok(mark.width > 5);
    assert.equal(await inspector.row('3: Michael').locator('.sp').count(), 0);
  });

  it('shows newlines, tabs and bytes of half characters as what they are', async () => {
    const inspector = await open();
    const odd = tokenOf(
      99,
      '↵→\\xe4\\xbd',
      'newline tab byte e4 byte bd',
      { kind: 'newline', text: '↵' },
      { kind: 'tab', text: '→' },
      { kind: 'bytes', text: '\\xe4\\xbd' },
    );
    const neighbors = [{ rank: 1, token: odd, score: 0.5, norm: 1, isQuery: false, foldKey: '' }];
    await inspector.show(mikePanel({ answer: answerWithoutMap(neighbors) }));
    const row = inspector.rows.first();
    assert.equal(await row.locator('.tok').innerText(), '↵→\\xe4\\xbd');
    assert.deepEqual(await row.locator('.byte').allInnerTexts(), ['↵', '→', '\\xe4\\xbd']);
    assert.equal(await inspector.row('1: newline tab byte e4 byte bd').count(), 1);
  });

  it('names model, size, exactness and time in the footer, and the file in its tooltip', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    const footer = inspector.page.locator('.footer');
    assert.deepEqual(await footer.locator('> span:not(.icon)').allInnerTexts(), [
      'gpt2 124M',
      'verified',
      '50,257 × 768',
      'exact',
      '1.4\u00a0ms',
    ]);
    assert.equal(await footer.locator('.model-name').getAttribute('title'), gpt2.path);
  });

  it('names in the footer the server that sent the model, where it is not the hub', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ answer: answer({ model: mirroredModel }) }));
    assert.match(await inspector.footerText(), /^pythia-70m · from mirror\.example:8443\/hf · /);
    await inspector.show(mikePanel({ answer: answer({ model: unverifiedModel }) }));
    assert.doesNotMatch(await inspector.footerText(), /from/);
  });

  it('tells the selected token, its score and its rank below the list', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    const strip = inspector.page.getByRole('region', { name: 'Selected neighbor' });
    assert.match(await strip.innerText(), /Mike\s*0\.857, rank 2/);
    await inspector.list.press('ArrowDown');
    assert.match(await strip.innerText(), /Michael\s*0\.685, rank 3/);
  });

  it('announces a new answer once, politely', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    assert.equal(await inspector.announcement(), '20 neighbors of Mike, best: space Mike 0.857.');
    await inspector.page.evaluate(() => {
      const region = document.querySelector('.panel > [role=status]')!;
      new MutationObserver(() => window.violations.push('announced again')).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    await inspector.show(mikePanel({ canGoForward: true }));
    const live = inspector.page.locator('.panel > [role=status]');
    assert.equal(await live.getAttribute('aria-live'), 'polite');
  });

  it('announces again after another query came between', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.show(panel({ query: bananaQuery, answer: answer() }));
    assert.match(await inspector.announcement(), /^20 neighbors of ban, ana,/);
    await inspector.show(mikePanel());
    assert.match(await inspector.announcement(), /^20 neighbors of Mike,/);
  });

  it('draws only rows in view of a list of 1,000, and the right ones after scrolling', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ answer: manyNeighbors(1_000), k: 1_000 }));
    const drawn = await inspector.rows.count();
    assert.ok(drawn > 15 && drawn < 60, `${drawn} rows drawn`);
    const height = await inspector.list.evaluate((list) => list.scrollHeight);
    assert.equal(height, 22_000);
    for (const top of [11_000, 21_990, 300, 0]) {
      await inspector.list.evaluate((list, y) => (list.scrollTop = y), top);
      await inspector.settle();
      const uncovered = await inspector.list.evaluate((list) => {
        const { top, bottom, left } = list.getBoundingClientRect();
        const missing: number[] = [];
        for (let y = top + 1; y < bottom; y += 11) {
          if (!document.elementFromPoint(left + 30, y)?.closest('[role=row]')) {
            missing.push(y);
          }
        }
        return missing;
      });
      assert.deepEqual(uncovered, [], `rows are missing at ${top}`);
      const first = Math.ceil((await inspector.list.evaluate((list) => list.scrollTop)) / 22);
      assert.equal(await inspector.page.locator(`#neighbor-${first} .rank`).innerText(), String(first + 1));
      assert.ok((await inspector.rows.count()) < 60);
    }
  });

  it('tells screen readers the place of a row in the whole list', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ answer: manyNeighbors(1_000), k: 1_000 }));
    await inspector.list.press('End');
    const last = inspector.selectedRow;
    assert.equal(await last.getAttribute('aria-posinset'), '1000');
    assert.equal(await last.getAttribute('aria-setsize'), '1000');
    assert.equal(await last.getAttribute('id'), await inspector.list.getAttribute('aria-activedescendant'));
    // It stays in the page when it is scrolled out of view.
    await inspector.list.evaluate((list) => (list.scrollTop = 0));
    await inspector.settle();
    assert.equal(await last.count(), 1);
  });
});
