import assert from 'node:assert/strict';
import { comparedTexts } from '../../../src/editor/panel/compare/comparedTexts';
import { TextComparison } from '../../../src/editor/panel/compare/textComparison';
import { NeighborSearch } from '../../../src/editor/panel/neighborSearch';
import { initialChoices, mementoOf } from '../../../src/editor/panel/panelChoices';
import { embeddingsView } from '../../../src/editor/session/embeddingsView';
import { TokenPage } from '../../../src/editor/panel/token/tokenPage';
import { tokenView } from '../../../src/editor/tokens/tokenView';
import { DEFAULT_LEFT_OUT } from '../../../src/protocol/leftOutWords';
import { NO_FILTER, type PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import { MOST_PAGE_BYTES } from '../../../src/protocol/tokenPageView';
import type { TokenView } from '../../../src/protocol/tokenView';
import { parseToWebview } from '../../../src/protocol/parseToWebview';
import { WatchedContext } from '../editor/plainEmbeddings';

interface SnapshotMessage {
  readonly type: 'snapshot';
  readonly snapshot: PanelSnapshot;
  readonly memento: unknown;
}

/** A message in which everything is there that can be, as the host makes it from answers of an engine. */
async function fullMessage(): Promise<SnapshotMessage> {
  const context = new WatchedContext();
  const search = new NeighborSearch(context);
  const query = { text: '2*king - " man"', form: 'bare', vector: 'mean' } as const;
  search.start({ query, k: 3, metric: 'cosine', filter: NO_FILTER, leftOut: DEFAULT_LEFT_OUT });
  await context.until(() => search.answer);
  search.start({ query, k: 3, metric: 'dot', filter: NO_FILTER, leftOut: DEFAULT_LEFT_OUT });
  await context.until(() => search.answer?.previousMetric);
  const { answer, resolved } = search;
  assert.ok(answer && resolved);
  await search.placeUnderMetrics(answer.neighbors[0]?.token.id ?? -1);
  const comparison = new TextComparison(context);
  comparison.start({ compare: comparedTexts(['ban', 'ana', 'mean('], 'pair'), metric: 'cosine' });
  const page = new TokenPage(context);
  page.start(36_973, ['cosine', 'dot']);
  await context.until(() => comparison.view?.pair && page.view?.milliseconds);
  assert.ok(comparison.view && page.view);
  const choices = initialChoices(undefined, 3);
  const { k, view, metric, filter, isFolded, isPinned, leftOut } = choices;
  const map = { query: [0, 0], points: [[1, 2]], explained: [0.5, 0.25], misplaced: [true] } as const;
  return {
    type: 'snapshot',
    snapshot: {
      revision: 1,
      embeddings: embeddingsView(context.embeddings.state),
      query: resolved.view,
      answer: { ...(search.answer ?? answer), map },
      suggestions: { recent: ['Mike'], examples: [{ text: 'Jim', shows: 'a name' }] },
      canGoBack: true,
      canGoForward: false,
      k,
      view,
      metric,
      filter,
      isFolded,
      isPinned,
      leftOut,
      compare: comparison.view,
      tokenPage: page.view,
      queryError: 'none',
      verification: {
        metric: 'dot',
        rows: 3,
        loopMilliseconds: 2,
        fastMilliseconds: 1,
        largestDifference: 0,
        correlation: 1,
        sameOrder: true,
      },
    },
    memento: mementoOf(choices, { history: [query], position: 0 }),
  };
}

const SPACE = { kind: 'space', text: ' ' } as const;

/** Every place in a value, of long lists only the first two. */
function paths(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) {
    return [at];
  }
  const entries = Object.entries(value).slice(0, Array.isArray(value) ? 2 : undefined);
  return [at, ...entries.flatMap(([name, part]) => paths(part, [...at, name]))];
}

function withChange(value: unknown, [name, ...rest]: readonly string[], change: unknown): unknown {
  if (name === undefined) {
    return change;
  }
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...(value as unknown[])]
    : { ...(value as Record<string, unknown>) };
  (copy as Record<string, unknown>)[name] = withChange(
    (value as Record<string, unknown>)[name],
    rest,
    change,
  );
  return copy;
}

describe('snapshots', () => {
  let message: SnapshotMessage;

  before(async () => {
    message = JSON.parse(JSON.stringify(await fullMessage())) as SnapshotMessage;
  });

  it('arrive as the host made them, without what is none of theirs', () => {
    const { tokenPage, compare, query, answer } = message.snapshot;
    assert.ok(tokenPage?.neighbors && tokenPage.measures && tokenPage.merges);
    assert.ok(compare?.pair?.variants && compare.matrix && compare.items[2]?.syntaxError);
    assert.ok(query?.formula && answer?.neighbors[0]?.underMetrics && answer.distribution);
    assert.deepEqual(parseToWebview({ ...message, surplus: 1 }), message);
  });

  it('arrive with the longest labels of tokens, and are refused with longer ones', () => {
    // Every other byte a space: as many segments and words as there can be.
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => (at % 2 === 0 ? 0x20 : 0xff));
    const view = tokenView({ hasToken: () => true, tokenBytes: () => bytes }, 0);
    const pageView = tokenView({ hasToken: () => true, tokenBytes: () => bytes }, 0, MOST_PAGE_BYTES);
    const within = (token: TokenView, path: readonly string[]): unknown =>
      parseToWebview(withChange(message, ['snapshot', ...path], token));
    assert.ok(within(view, ['answer', 'neighbors', '0', 'token']));
    assert.ok(within(view, ['query', 'pieces', '0']));
    assert.ok(within(pageView, ['tokenPage', 'token']));
    assert.equal(within(pageView, ['answer', 'neighbors', '0', 'token']), undefined);
    const endless = { ...view, label: { segments: Array.from({ length: 50_000 }, () => SPACE) } };
    assert.equal(within(endless, ['tokenPage', 'token']), undefined);
    assert.equal(within({ ...view, spoken: 'x'.repeat(100_000) }, ['query', 'pieces', '0']), undefined);
    assert.equal(within({ ...view, plain: 'x'.repeat(100_000) }, ['query', 'pieces', '0']), undefined);
  });

  it('are refused when any part of them is of another kind', () => {
    let checked = 0;
    for (const path of paths(message)) {
      for (const wrong of [{ strange: 1 }, NaN, Symbol.iterator, [{ strange: 1 }]]) {
        assert.equal(parseToWebview(withChange(message, path, wrong)), undefined, path.join('.'));
        checked++;
      }
    }
    assert.ok(checked > 1_000, String(checked));
  });

  it('have tables with as many cells as rows and columns', () => {
    const { compare } = message.snapshot;
    assert.ok(compare?.pair && compare.matrix);
    const wrong = [
      { ...compare, matrix: { ...compare.matrix, values: compare.matrix.values.slice(1) } },
      { ...compare, pair: { ...compare.pair, a: compare.pair.a.slice(1) } },
      { ...compare, items: Array.from({ length: 41 }, () => compare.items[0]) },
    ];
    for (const changed of wrong) {
      const snapshot = { ...message.snapshot, compare: changed };
      assert.equal(parseToWebview({ ...message, snapshot }), undefined);
    }
  });
});

describe('other messages of the host', () => {
  it('are taken when they are well formed, and only then', () => {
    const token = { id: 1, label: { segments: [{ kind: 'space', text: ' ' }] }, plain: '␣', spoken: 'space' };
    const completion = { token, start: 0, end: 3, insert: '" a"' };
    const good = [
      { type: 'answer', to: 3, ok: true },
      { type: 'answer', to: 3, ok: false, message: 'no' },
      { type: 'focus', target: 'list' },
      { type: 'completions', to: 4, completions: [completion] },
      { type: 'completions', to: 4, completions: [] },
    ];
    for (const message of good) {
      assert.deepEqual(parseToWebview(message), message);
    }
    const wrong = [
      undefined,
      [],
      { type: 'answer', to: -1, ok: true },
      { type: 'answer', to: 3, ok: false },
      { type: 'focus', target: 'map' },
      { type: 'completions', to: 4 },
      { type: 'completions', to: 'x', completions: [] },
      { type: 'completions', to: 4, completions: [{ ...completion, start: -1 }] },
      { type: 'completions', to: 4, completions: [{ ...completion, insert: undefined }] },
      { type: 'constructor' },
    ];
    for (const message of wrong) {
      assert.equal(parseToWebview(message), undefined, JSON.stringify(message));
    }
  });
});
