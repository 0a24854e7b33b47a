import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { comparisonReport, ratiosToBefore, timesOf } from '../../../bench/comparison.mjs';

const summary = (median: number): object => ({
  min: 0.9 * median,
  median,
  percentile95: 2 * median,
  runs: 30,
});

/** A run on a machine that takes so many times as long for everything. */
function runOn(slowness: number, { search = 3, speed = 40 } = {}): object {
  return {
    date: '2026-01-02T03:04:05Z',
    machine: { processor: 'a processor' },
    versions: { node: '20.0.0' },
    yardsticks: {
      search: { loop: 7, read: 2 * slowness },
      encoding: { loop: 5 * slowness, read: 7 },
      graph: { loop: 5 * slowness, read: 7 },
    },
    search: {
      bareRead: summary(2 * slowness),
      loop: summary(60 * slowness),
      cases: { cosine20: summary(search * slowness) },
    },
    encoding: {
      encoders: {
        Tokenscope: { prose: { slowest: 1, median: speed / slowness, fastest: (1.2 * speed) / slowness } },
        another: { prose: { slowest: 1, median: 5, fastest: 6 } },
      },
    },
    graph: { threads1: { seconds: 20 * slowness, processorSeconds: 3 }, megabytes: 5 },
  };
}

const ratioOf = (before: object, now: object, name: string): number | undefined =>
  ratiosToBefore(before, now).find((one) => one.name === name)?.ratio;

describe('Figures of two runs of the benchmarks', () => {
  it('are our own times and speeds: no yardstick, no memory, no one else’s', () => {
    assert.deepEqual(
      timesOf(runOn(1)).map(({ name }) => name),
      ['search.cases.cosine20', 'encoding.encoders.Tokenscope.prose', 'graph.threads1.seconds'],
    );
  });

  it('do not change with the machine', () => {
    for (const { name, ratio } of ratiosToBefore(runOn(1), runOn(3))) {
      assert.ok(Math.abs(ratio - 1) < 1e-9, `${name}: ${ratio}`);
    }
    assert.match(comparisonReport(runOn(1), runOn(3)), /Nothing that was measured more than once is slower/);
  });

  it('tell what became slower, a speed as well as a time, on another machine too', () => {
    const now = runOn(2, { search: 3.6, speed: 32 });
    assert.ok(Math.abs((ratioOf(runOn(1), now, 'search.cases.cosine20') ?? 0) - 1.2) < 1e-9);
    assert.ok(Math.abs((ratioOf(runOn(1), now, 'encoding.encoders.Tokenscope.prose') ?? 0) - 1.25) < 1e-9);
    const report = comparisonReport(runOn(1), now);
    assert.match(
      report,
      /Slower by more than 10 %:\n {2}1\.25 × encoding\.encoders\.Tokenscope\.prose\n {2}1\.20 × search/,
    );
    assert.doesNotMatch(report, /graph/);
  });

  it('count as slower only where the least and the middle of several runs agree', () => {
    const now = runOn(1) as { search: { cases: { cosine20: { median: number } } } };
    now.search.cases.cosine20.median *= 1.5;
    assert.equal(ratioOf(runOn(1), now, 'search.cases.cosine20'), 1);
  });

  it('are compared by the yardsticks of the search where one run has no others, and else not', () => {
    const old = { ...runOn(1), yardsticks: undefined };
    assert.ok(Math.abs((ratioOf(old, runOn(3), 'search.cases.cosine20') ?? 0) - 1) < 1e-9);
    const withoutSearch = { ...runOn(3), search: undefined };
    assert.deepEqual(ratiosToBefore(old, withoutSearch), []);
    assert.match(
      comparisonReport(old, withoutSearch),
      /Nothing could be compared with the run of 2026-01-02/,
    );
  });

  it('are found in the kept results: every part that is a matter of time has some', () => {
    const kept = JSON.parse(
      fs.readFileSync(path.resolve(__dirname, '../../../bench/results/latest.json'), 'utf8'),
    ) as object;
    const parts = new Set(timesOf(kept).map(({ part }) => part));
    for (const part of Object.keys(kept)) {
      const isPart = !['date', 'machine', 'versions', 'yardsticks', 'durations'].includes(part);
      assert.equal(parts.has(part), isPart, part);
    }
  });
});
