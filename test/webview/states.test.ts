import assert from 'node:assert/strict';
import { useInspector } from './inspectorPage';
import { answer, bananaQuery, memento, mikePanel, panel } from './inspectorSnapshots';
import { gpt2, sampleModel, unverifiedModel } from './modelSnapshots';
import { panelStates } from './panelStates';

describe('the states of the inspector', () => {
  const open = useInspector();

  it('offers examples while it is empty, which search', async () => {
    const inspector = await open();
    await inspector.show(panelStates.empty!);
    await inspector.newRequests();
    const texts = ['Mike', '#16073', 'banana', 'king - man + woman'];
    for (const text of texts) {
      await inspector.page.getByRole('list').getByRole('button', { name: text, exact: true }).click();
    }
    assert.deepEqual(
      await inspector.newRequests(),
      texts.map((text) => ({ type: 'search', text })),
    );
    await inspector.show(mikePanel());
    assert.equal(await inspector.list.evaluate((list) => list === document.activeElement), true);
  });

  it('offers what was asked last while it is empty, newest first and each once', async () => {
    const inspector = await open();
    await inspector.show(panelStates.empty!, memento('cosmic', 'Mike', 'cosmic', 'banana'));
    await inspector.newRequests();
    const recent = inspector.page.locator('.recent').getByRole('button');
    assert.deepEqual(await recent.allInnerTexts(), ['banana', 'cosmic', 'Mike']);
    await recent.nth(1).click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'search', text: 'cosmic' }]);
  });

  it('offers to load where a query waits for embeddings', async () => {
    const inspector = await open();
    await inspector.show(panelStates['query without embeddings']!);
    await inspector.newRequests();
    await inspector.button('Load Embeddings').click();
    await inspector.button('Use a Local File…').click();
    await inspector.button('Use Sample Vectors').click();
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'retryLoading' },
      { type: 'chooseFile' },
      { type: 'useSample' },
    ]);
  });

  it('can be canceled while it locates the embeddings', async () => {
    const inspector = await open();
    await inspector.show(panelStates.locating!);
    await inspector.newRequests();
    assert.match(await inspector.page.locator('.body').innerText(), /Looking for the embeddings/);
    await inspector.button('Cancel').click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'cancelLoading' }]);
  });

  it('shows how far the index is built, with the split that is known already', async () => {
    const inspector = await open();
    await inspector.show(panelStates.building!);
    await inspector.newRequests();
    const text = await inspector.page.locator('.body').innerText();
    assert.match(text, /rows 34,200 of 50,257/);
    assert.match(text, /wte\.weight, 50,257 × 768 F32/);
    assert.match(text, /ban\s*ana\s*3820 2271/);
    const bar = inspector.page.getByRole('progressbar');
    assert.equal(await bar.getAttribute('aria-valuenow'), '68');
    const share = await bar.evaluate(
      (element) =>
        element.firstElementChild!.getBoundingClientRect().width / element.getBoundingClientRect().width,
    );
    assert.ok(Math.abs(share - 34_200 / 50_257) < 0.005);
    assert.match(await inspector.page.locator('.footer').innerText(), /building 68/);
    await inspector.button('Cancel').click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'cancelLoading' }]);
  });

  it('shows how far a file of vectors is converted, and stops that', async () => {
    const inspector = await open();
    await inspector.show(panelStates.converting!);
    await inspector.newRequests();
    const text = await inspector.page.locator('.body').innerText();
    assert.match(text, /Converting the file: 31/);
    assert.match(text, /glove\.6B\.100d\.txt/);
    assert.match(text, /123,000/);
    assert.equal(await inspector.page.getByRole('progressbar').getAttribute('aria-valuenow'), '31');
    assert.match(
      await inspector.page.locator('.footer').innerText(),
      /glove\.6B\.100d\.txt[^]*converting 31/,
    );
    await inspector.button('Cancel').click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'cancelLoading' }]);
  });

  it('says of a word that it is not found, and speaks of words where rows are words', async () => {
    const inspector = await open();
    await inspector.show(panelStates['word that is not found']!);
    const text = await inspector.page.locator('.panel').innerText();
    assert.match(text, /"Frog" is not among the 341,479 labels of glove\.6B\.100d; "frog" is\./);
    assert.deepEqual(await inspector.page.getByRole('tab').allInnerTexts(), [
      'Neighbors',
      'Compare',
      'Word',
      'Map',
    ]);
    assert.doesNotMatch(text, /\btokens?\b|GPT-2/i);
    await inspector.show(panelStates.answered!);
    assert.match((await inspector.page.getByRole('tab').allInnerTexts()).join(), /Token/);
  });

  it('gives the reason of a failure and what can be done', async () => {
    const inspector = await open();
    await inspector.show(panelStates.failed!);
    await inspector.newRequests();
    assert.match(await inspector.page.getByRole('alert').innerText(), /ends inside the header/);
    assert.match(
      await inspector.page.locator('.footer').innerText(),
      /no embeddings: .*ends inside the header/,
    );
    const names = ['Try Again', 'Use a Local File…', 'Use Sample Vectors', 'Show Log', 'Other Models…'];
    for (const name of names) {
      await inspector.button(name).click();
    }
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'retryLoading' },
      { type: 'chooseFile' },
      { type: 'useSample' },
      { type: 'showLog' },
      { type: 'chooseModel' },
    ]);
  });

  it('keeps an answer in view when the next model fails', async () => {
    const inspector = await open({ height: 900 });
    await inspector.show(
      mikePanel({ embeddings: { state: 'failed', reason: 'No such file: x.safetensors.' } }),
    );
    assert.match(await inspector.page.getByRole('alert').innerText(), /No such file/);
    assert.equal(await inspector.row('2: space Mike').isVisible(), true);
  });

  it('says why a query cannot be answered', async () => {
    const inspector = await open();
    await inspector.show(panelStates['query error']!);
    assert.match(await inspector.page.getByRole('alert').innerText(), /There is no token 99999/);
    assert.equal(await inspector.list.count(), 0);
  });

  it('says so when no token could be ranked', async () => {
    const inspector = await open();
    await inspector.show(mikePanel({ answer: answer({ neighbors: [] }) }));
    assert.match(await inspector.page.locator('.body').innerText(), /No token can be ranked/);
  });

  it('says once that vectors are samples, and what those are, and the notice has no way to close it', async () => {
    const inspector = await open();
    await inspector.show(panelStates.sample!);
    await inspector.newRequests();
    const notice = inspector.page.getByRole('note', { name: 'Sample vectors' });
    assert.match(await notice.innerText(), /Sample vectors, not GPT-2/);
    assert.match((await notice.locator('[title]').getAttribute('title')) ?? '', /^GloVe word vectors/);
    assert.deepEqual(await notice.getByRole('button').allInnerTexts(), ['Use GPT-2…']);
    assert.match(await inspector.footerText(), /^sample vectors · /);
    assert.doesNotMatch(await inspector.page.locator('.body').innerText(), /not GPT-2/);
    assert.match(await inspector.announcement(), /Sample vectors, not GPT-2/);
    await inspector.button('Use GPT-2…').click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'chooseModel' }]);
  });

  it('goes by the model of the answer shown, not by the one that is loaded next', async () => {
    const inspector = await open();
    await inspector.show(
      mikePanel({
        embeddings: { state: 'building', model: gpt2, rowsDone: 1, rowCount: 10 },
        answer: answer({ model: sampleModel }),
      }),
    );
    assert.equal(await inspector.page.getByRole('note', { name: 'Sample vectors' }).isVisible(), true);
    assert.match(await inspector.footerText(), /^sample vectors · /);
  });

  it('says that a model is verified, in words and with a green icon, and of no other', async () => {
    for (const [theme, green] of [
      ['darkModern', 'rgb(137, 209, 133)'],
      ['lightModern', 'rgb(56, 138, 52)'],
    ] as const) {
      const inspector = await open({ theme });
      const icon = inspector.page.locator('.footer .icon.verified');
      await inspector.show(mikePanel());
      assert.equal(await inspector.footerText(), 'gpt2 124M · verified · 50,257 × 768 · exact · 1.4 ms');
      assert.equal(await icon.evaluate((element) => getComputedStyle(element).color), green);
      const words = inspector.page.locator('.footer .separated').first();
      assert.notEqual(await words.evaluate((element) => getComputedStyle(element).color), green);

      for (const model of [unverifiedModel, sampleModel, { ...sampleModel, isVerified: true }]) {
        await inspector.show(mikePanel({ embeddings: { state: 'ready', model }, answer: answer({ model }) }));
        assert.doesNotMatch(await inspector.footerText(), /verified/);
        assert.equal(await icon.count(), 0);
      }
    }
  });

  it('keeps the model and the time in the footer where it is narrow', async () => {
    const inspector = await open({ width: 320 });
    await inspector.show(mikePanel());
    assert.equal(await inspector.footerText(), 'gpt2 124M · verified · 1.4 ms');
  });

  it('shows the warnings about a file', async () => {
    const inspector = await open();
    await inspector.show(panelStates.warnings!);
    assert.match(await inspector.page.getByRole('note').innerText(), /3 rows of wte.weight hold NaN/);
  });

  it('shows the split, and no error, while an answer is computed', async () => {
    const inspector = await open();
    await inspector.show(panel({ query: bananaQuery }));
    assert.match(await inspector.page.locator('.split-box').innerText(), /ban\s*ana\s*3820 2271/);
    assert.equal(await inspector.page.getByRole('alert').count(), 0);
  });

  it('lets the loading icon rest when motion is to be reduced', async () => {
    const inspector = await open();
    await inspector.show(panelStates.locating!);
    const animation = () =>
      inspector.page.locator('.icon.turning').evaluate((icon) => getComputedStyle(icon).animationName);
    assert.equal(await animation(), 'turn');
    await inspector.page.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await animation(), 'none');
  });
});
