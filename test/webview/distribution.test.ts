import assert from 'node:assert/strict';
import { useInspector } from './inspectorPage';
import { answer, mikePanel, nameNeighbors } from './inspectorSnapshots';
import { panelStates } from './panelStates';

describe('the histogram of all similarities', () => {
  const open = useInspector();

  it('draws every bin as high as its count, and average, best and selected where their scores are', async () => {
    const inspector = await open({ width: 900 });
    const counts = [0, 10, 40, 20, 0, 5];
    const distribution = { from: -0.2, to: 1, counts, total: 75 };
    await inspector.show(mikePanel({ answer: answer({ distribution }) }));
    const paths = await inspector.page.evaluate(() => {
      const d = (selector: string) => document.querySelector(`.distribution ${selector}`)!.getAttribute('d')!;
      return {
        bars: d('.bars'),
        average: d('.average-line'),
        best: d('.best-marks'),
        selected: d('.selected-mark'),
      };
    });
    const bars = [...paths.bars.matchAll(/M([\d.]+) ([\d.]+)V([\d.]+)h([\d.]+)/g)].map((match) =>
      match.slice(1).map(Number),
    );
    assert.equal(bars.length, 4);
    const heights = bars.map(([, base, top]) => base! - top!);
    [10, 40, 20, 5].forEach((count, index) =>
      assert.ok(Math.abs(heights[index]! / heights[1]! - count / 40) < 0.01),
    );
    // Two bars give the scale of the axis: the second bin begins at 0, the third at 0.2.
    const x = (score: number) => bars[0]![0]! + (score / 0.2) * (bars[1]![0]! - bars[0]![0]!);
    const xs = (path: string) => [...path.matchAll(/M([\d.]+) /g)].map((match) => Number(match[1]));
    assert.ok(Math.abs(xs(paths.average)[0]! - x(0.291)) < 1);
    assert.ok(Math.abs(xs(paths.selected)[0]! - x(0.857)) < 1);
    const best = xs(paths.best);
    assert.equal(best.length, 20);
    nameNeighbors().forEach(({ score }, index) => assert.ok(Math.abs(best[index]! - x(score)) < 1));
  });

  it('describes itself, and can be read as a table', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    const drawing = inspector.page.locator('.distribution').getByRole('img');
    assert.equal(
      await drawing.getAttribute('aria-label'),
      'All 50,257 similarities with Mike: average 0.291, the 20 best from 0.556 to 1.000. Selected: space Mike 0.857.',
    );
    await inspector.button('Show similarities as table').click();
    const cells = await inspector.page
      .locator('.distribution-table tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.children].map(({ textContent }) => textContent.trim())),
      );
    const number = (text: string | undefined) => Number(text?.replace('−', '-').replace(',', ''));
    assert.equal(
      cells.reduce((sum, [, , tokens]) => sum + number(tokens), 0),
      50_257,
    );
    assert.equal(
      cells.reduce((sum, row) => sum + number(row.at(-1)), 0),
      20,
    );
    for (const [from, to, , , listed] of cells) {
      const within = nameNeighbors().filter(({ score }) => score > number(from) && score < number(to)).length;
      assert.ok(Math.abs(within - number(listed)) <= 1);
    }
    await inspector.page.getByRole('region', { name: 'Similarities as table' }).press('t');
    assert.equal(await drawing.count(), 1);
  });

  it('keeps its labels within the drawing and apart, whatever the metric and the width', async () => {
    for (const width of [320, 520, 900]) {
      const inspector = await open({ width });
      for (const name of ['answered', 'another metric', 'distances']) {
        await inspector.show(panelStates[name]!);
        const { frame, labels } = await inspector.page.evaluate(() => ({
          frame: document.querySelector('.distribution-plot')!.getBoundingClientRect().toJSON() as DOMRect,
          labels: [...document.querySelectorAll('.distribution-plot text')].map(
            (text) => text.getBoundingClientRect().toJSON() as DOMRect,
          ),
        }));
        labels.forEach((label, index) => {
          assert.ok(label.left >= frame.left - 1 && label.right <= frame.right + 1, `${name} at ${width}`);
          for (const other of labels.slice(index + 1)) {
            const areApart =
              label.right < other.left + 1 ||
              other.right < label.left + 1 ||
              label.bottom < other.top + 4 ||
              other.bottom < label.top + 4;
            assert.ok(areApart, `labels ${index} at ${width} of ${name}`);
          }
        });
      }
    }
  });

  it('folds and unfolds by its title; the neighborhood starts folded where it is narrow', async () => {
    const inspector = await open({ width: 320 });
    await inspector.show(mikePanel());
    assert.equal(await inspector.map.count(), 0);
    await inspector.button('Neighborhood').click();
    assert.equal(await inspector.map.count(), 1);
    await inspector.button('All 50,257 similarities').click();
    assert.equal(await inspector.page.locator('.distribution-plot').count(), 0);
    await inspector.page.setViewportSize({ width: 520, height: 820 });
    await inspector.settle();
    assert.equal(await inspector.map.count(), 1);
  });
});

describe('verifying the fast path', () => {
  const open = useInspector();

  it('asks once, and shows both times, their ratio, difference, correlation and order', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.setAnswers(false);
    await inspector.newRequests();
    await inspector.button('Verify').click();
    assert.equal(await inspector.button('Verifying…').getAttribute('aria-disabled'), 'true');
    await inspector.button('Verifying…').press('Enter');
    const requests = await inspector.sent();
    assert.equal(requests.filter(({ type }) => type === 'verify').length, 1);
    const { request } = await inspector.nextRequest('verify');
    await inspector.post({ type: 'answer', to: request, ok: true });
    await inspector.show(panelStates.verified!);
    const facts = inspector.page.locator('.verification dd');
    assert.deepEqual(
      (await facts.allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' ')),
      [
        'cosine, 50,257 rows',
        '33 ms',
        '1.4 ms, 24 times as fast',
        '2.4e−7',
        '1.000',
        'the same in the same order',
      ],
    );
    assert.equal(
      (await inspector.announcement()).replaceAll('\u00a0', ' '),
      'Plain loop 33 ms, fast path 1.4 ms, correlation 1.000, same order.',
    );
    assert.equal(await inspector.button('Verify Again').isVisible(), true);
  });

  it('takes the focus with the result in view, and goes back to the list when it is closed', async () => {
    const inspector = await open({ width: 520, height: 500 });
    await inspector.show(panelStates.verified!);
    await inspector.post({ type: 'focus', target: 'verification' });
    await inspector.settle();
    const result = inspector.page.locator('.verification-facts');
    assert.equal(await result.evaluate((element) => element === document.activeElement), true);
    const { top, bottom } = await result.evaluate((element) => element.getBoundingClientRect());
    assert.ok(top >= 0 && bottom <= 500, `from ${top} to ${bottom}`);
    await inspector.newRequests();
    await inspector.button('Close the result').click();
    await inspector.show(mikePanel());
    assert.deepEqual(await inspector.newRequests(), [{ type: 'closeVerification' }]);
    assert.equal(await result.count(), 0);
    assert.equal(await inspector.list.evaluate((element) => element === document.activeElement), true);
  });

  it('says that the order is another one', async () => {
    const inspector = await open();
    await inspector.show(panelStates['verified samples']!);
    const text = await inspector.page.locator('.verification').innerText();
    assert.match(text, /not the same, or in another order/);
  });
});
