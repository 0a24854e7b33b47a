import assert from 'node:assert/strict';
import { barScale } from '../../webview-ui/src/neighbors/barScale';
import { useInspector } from './inspectorPage';
import { answer, bell, mikePanel, nameNeighbors } from './inspectorSnapshots';

/** Dot products from 9.5 down to 0, the best of them far off where wanted. */
function dotProducts(best?: number) {
  return nameNeighbors().map((neighbor, index) => ({
    ...neighbor,
    score: index === 0 && best !== undefined ? best : 9.5 - index / 2,
  }));
}

const far = mikePanel({
  metric: 'dot',
  answer: answer({
    metric: 'dot',
    averageScore: 3,
    neighbors: dotProducts(80_000),
    distribution: { ...bell(-5, 11, 3, 50_254), above: 3, total: 50_257 },
  }),
});

describe('bars of a list with one far score', () => {
  const lengthsOf = (scores: readonly number[], metric: 'dot' | 'euclidean' = 'dot') => {
    const scale = barScale(
      answer({ metric, neighbors: dotProducts().map((n, i) => ({ ...n, score: scores[i]! })) }),
    );
    return { ...scale, lengths: scores.map((score) => Number.parseFloat(scale.length(score))) };
  };
  const even = dotProducts().map(({ score }) => score);

  it('run from the worst to the best where none is far', () => {
    const { lengths, cutsBest, cutsWorst, isCut } = lengthsOf(even);
    assert.deepEqual([lengths[0], lengths.at(-1), cutsBest, cutsWorst], [100, 0, false, false]);
    assert.ok(!even.some(isCut));
  });

  it('keep the lengths of the others when the best or the worst is far', () => {
    const best = lengthsOf([80_000, ...even.slice(1)]);
    assert.deepEqual([best.cutsBest, best.cutsWorst, best.isCut(80_000)], [true, false, true]);
    assert.deepEqual([best.lengths[0], best.lengths[1], best.lengths.at(-1)], [100, 100, 0]);
    assert.ok(Math.abs(best.lengths[10]! - 50) < 3);
    const worst = lengthsOf([...even.slice(0, -1), -80_000]);
    assert.deepEqual([worst.cutsBest, worst.cutsWorst, worst.lengths.at(-1)], [false, true, 0]);
    assert.ok(Math.abs(worst.lengths[10]! - 45) < 5);
    const distances = lengthsOf(
      [...even].reverse().map((score, index) => (index === 19 ? 9e5 : score)),
      'euclidean',
    );
    assert.deepEqual([distances.cutsWorst, distances.lengths[0]], [true, 100]);
  });

  it('take few rows, and rows that are nearly all the same, as they are', () => {
    assert.equal(
      barScale(answer({ metric: 'dot', neighbors: dotProducts(80_000).slice(0, 4) })).cutsBest,
      false,
    );
    const same = even.map((_, index) => (index === 0 ? 9 : 1));
    assert.deepEqual(lengthsOf(same).lengths.slice(0, 2), [100, 0]);
  });
});

describe('the Neighbors view with one far score', () => {
  const open = useInspector();

  it('cuts its bar, and says so at the head of the bars', async () => {
    const inspector = await open();
    await inspector.show(far);
    assert.equal(await inspector.page.locator('.bar-track.cut').count(), 1);
    assert.equal(await inspector.row('1: Mike').locator('.bar-track.cut').count(), 1);
    assert.match(await inspector.page.locator('.row.head').innerText(), /worst\s+cut off/);
    const shares = await inspector.page
      .locator('.rows .similarity-bar')
      .evaluateAll((bars) => bars.map((bar) => bar.clientWidth / bar.parentElement!.clientWidth));
    assert.ok(shares[1]! > 0.95 && shares[10]! > 0.4, shares.join());
  });

  it('ends the axis of the histogram before it, marks the end, and counts what is beyond', async () => {
    const inspector = await open();
    await inspector.show(far);
    const bars = await inspector.page.locator('.distribution .bars').getAttribute('d');
    assert.ok(bars!.split('M').length > 20, 'many bars');
    assert.equal(await inspector.page.locator('.cut-end').count(), 1);
    const drawing = inspector.page.locator('.distribution').getByRole('img');
    assert.match((await drawing.getAttribute('aria-label')) ?? '', /3 tokens are beyond the axis\./);
    await inspector.button('3 beyond the axis').click();
    assert.match(
      await inspector.page.locator('#distribution-terms').innerText(),
      /The axis ends before them/,
    );
    await inspector.button('Show similarities as table').click();
    const last = inspector.page.locator('.distribution-table tbody tr').last();
    assert.match(await last.innerText(), /more\s+3\s+0\.01.%\s+1$/);
  });
});

describe('the words of the drawings', () => {
  const open = useInspector();

  it('explain themselves on hover, and below the head by click and by keys', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    for (const [word, says] of [
      ['spread', /apart in all their dimensions/],
      ['misplaced', /fewer than 3 of its 5 nearest/],
      ['average', /mean score of the query over all tokens/],
    ] as const) {
      const term = inspector.button(word);
      assert.match((await term.getAttribute('title')) ?? '', says);
      await term.press('Enter');
      const id = await term.getAttribute('aria-controls');
      const explanation = inspector.page.locator(`#${id}`);
      assert.match(await explanation.innerText(), says);
      assert.equal(await term.getAttribute('aria-expanded'), 'true');
      assert.equal(await term.evaluate((element) => element === document.activeElement), true);
      await term.press('Enter');
      assert.equal(await explanation.isVisible(), false);
    }
  });
});
