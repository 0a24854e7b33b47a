import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import type { Tokenizer } from '../../src/core/tokenizer/tokenizer';
import { tokenFactsView } from '../../src/editor/panel/token/tokenFactsView';
import { answerView } from '../../src/editor/query/answerView';
import { tokenView } from '../../src/editor/tokens/tokenView';
import { loadTokenizer } from '../../src/model/tokenizers/loadTokenizer';
import type { PanelSnapshot } from '../../src/protocol/panelSnapshot';
import { useTemporaryFolder } from '../fixtures/checkpoints/temporaryFolder';
import { tokenizerJson } from '../fixtures/tokenizers/tokenizerStyles';
import { useInspector } from './inspectorPage';
import { answer, nameMap, panel } from './inspectorSnapshots';

/** Tokens of nothing but spaces, which are the dearest: each is an element. */
const COUNT = 20;
const SPACES = 50_000;

/** What lists show of a token, in bytes, and what the page of a token shows. */
const LISTED = 128;
const ON_ITS_PAGE = 1_000;

describe('tokens without a limit of length', () => {
  const open = useInspector();
  const inFolder = useTemporaryFolder('suite');
  let tokenizer: Tokenizer;
  let ids: readonly number[];

  before(async () => {
    const json = structuredClone(tokenizerJson('pythia'));
    const first = Math.max(...Object.values(json.model.vocab), ...json.added_tokens.map(({ id }) => id)) + 1;
    ids = Array.from({ length: COUNT }, (_, index) => first + index);
    for (const [index, id] of ids.entries()) {
      // As byte-level tokenizers write a space.
      json.model.vocab['Ġ'.repeat(SPACES + index)] = id;
    }
    const file = inFolder('tokenizer.json');
    await fs.writeFile(file, JSON.stringify(json));
    tokenizer = await loadTokenizer(file);
    assert.equal(tokenizer.tokenBytes(first).length, SPACES);
  });

  /** What the host sends when they are the answer. */
  function longAnswer(): PanelSnapshot {
    const [id = 0] = ids;
    const token = tokenView(tokenizer, id);
    const { vectors, ...model } = answer().model;
    const view = answerView(
      {
        metric: 'cosine',
        combination: 'unit',
        neighbors: ids.map((neighbor, index) => ({ id: neighbor, score: 1 - index / 40, norm: 1 })),
        averageScore: 0.3,
        milliseconds: 1,
        source: 'loop',
        model: { ...model, dtype: 'F32' },
      },
      { tokenizer, queryIds: new Set([id]), minimumScore: undefined },
    );
    return panel({
      query: {
        text: `#${id}`,
        pieces: [token],
        forms: [],
        vectors: [{ choice: 'mean', selected: true, pieces: [token] }],
      },
      answer: { ...view, map: nameMap() },
    });
  }

  it('are cut in the list, which says how long they are', async () => {
    const inspector = await open();
    await inspector.show(longAnswer());
    assert.equal(await inspector.rows.count(), COUNT);
    const name = inspector.rows.first().locator('.tok');
    assert.equal(await name.locator('.sp').count(), LISTED);
    assert.match(await name.innerText(), /… \(50,000 bytes\)$/);
    assert.equal(await inspector.page.locator('.rows .sp').count(), COUNT * LISTED);
    // Whatever else shows one of them, the page is a small one.
    const elements = await inspector.page.locator('*').count();
    assert.ok(elements < 10_000, `${elements} elements`);
    assert.equal(await inspector.row(`1: ${LISTED} spaces`).count(), 1);
  });

  it('show more on their own page, and not all', async () => {
    const inspector = await open();
    const [id = 0] = ids;
    const tokenPage = tokenFactsView(tokenizer, id);
    await inspector.show({ ...longAnswer(), view: 'token', tokenPage });
    const title = inspector.page.locator('.token-name');
    assert.equal(await title.locator('.sp').count(), ON_ITS_PAGE);
    assert.match(await inspector.page.locator('.token-facts').innerText(), /50,000 bytes/);
    assert.equal(await inspector.page.locator('.token-variants').count(), 0);
    const elements = await inspector.page.locator('*').count();
    assert.ok(elements < 10_000, `${elements} elements`);
    const { scrollWidth, clientWidth } = await inspector.page
      .locator('.token-page')
      .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
    assert.ok(scrollWidth <= clientWidth, 'the page is as wide as the panel');
  });
});
