import assert from 'node:assert/strict';
import { gpt2 } from './modelSnapshots';
import { useInspector } from './inspectorPage';
import { answerWithoutMap, mikePanel, nameNeighbors } from './inspectorSnapshots';

/** What a database answers: rows alone, without the average of all others and without drawings. */
describe('the answer of a database', () => {
  const open = useInspector();

  async function show(changes: { readonly metric: 'cosine' | 'dot' }) {
    const inspector = await open();
    const { averageScore: _, ...rows } = answerWithoutMap(nameNeighbors());
    await inspector.show(
      mikePanel({
        ...changes,
        answer: { ...rows, ...changes, source: 'table', searched: 'by index hnsw, approximate' },
      }),
    );
    return inspector;
  }

  it('says how it was searched, and offers to measure that against all rows', async () => {
    const inspector = await show({ metric: 'cosine' });
    assert.match(await inspector.footerText(), /by index hnsw, approximate/);
    const section = inspector.page.getByRole('region', { name: 'Index against all rows' });
    await section.getByRole('button', { name: 'Verify' }).waitFor();
    assert.equal(await inspector.page.locator('.distribution').count(), 0);
    assert.deepEqual(await inspector.axeViolations(), []);
  });

  it('can be given up while it is awaited, without a word on how it is searched', async () => {
    const inspector = await open();
    const { answer: _, ...awaited } = mikePanel({});
    await inspector.show({
      ...awaited,
      embeddings: { state: 'ready', model: { ...gpt2, isVerified: false, isTable: true } },
    });
    await inspector.newRequests();
    assert.doesNotMatch(await inspector.footerText(), /exact/);
    await inspector.page.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'cancelSearch' }]);
    assert.equal(
      await inspector.page.locator('.field input').evaluate((input) => input.matches(':focus')),
      true,
    );
  });

  it('has bars of cosines from 0 to 1, and of what has no such ends from the worst to the best', async () => {
    const ends = async (metric: 'cosine' | 'dot') =>
      (await show({ metric })).page.locator('.row.head .ends > span').allInnerTexts();
    assert.deepEqual(await ends('cosine'), ['0', '1']);
    assert.deepEqual(await ends('dot'), ['worst', 'best']);
  });
});
