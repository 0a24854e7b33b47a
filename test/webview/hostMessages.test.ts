import assert from 'node:assert/strict';
import { useInspector } from './inspectorPage';
import { memento, mikePanel, panel, token } from './inspectorSnapshots';
import { panelStates } from './panelStates';

describe('messages between the inspector and its host', () => {
  const open = useInspector();

  it('begins by saying that it is ready, with a number', async () => {
    const inspector = await open();
    assert.deepEqual(await inspector.sent(), [{ type: 'ready', request: 1 }]);
  });

  it('numbers every request anew', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.list.press('Enter');
    await inspector.button('Back').click();
    const sent = await inspector.sent();
    // The page asks by itself too, once a row has stayed selected for a while.
    assert.deepEqual(
      sent.map(({ type }) => type).filter((type) => type !== 'placeUnderMetrics'),
      ['ready', 'walk', 'back'],
    );
    assert.deepEqual(
      sent.map(({ request }) => request),
      sent.map((_, index) => index + 1),
    );
  });

  it('keeps the memento of each snapshot', async () => {
    const inspector = await open();
    await inspector.show(mikePanel(), memento('Mike'));
    await inspector.show(mikePanel(), memento('Mike', 'banana'));
    assert.deepEqual(await inspector.states(), [memento('Mike'), memento('Mike', 'banana')]);
  });

  it('ignores a snapshot that is older than the one shown, and its memento', async () => {
    const inspector = await open();
    const query = (text: string) => ({ ...mikePanel().query!, text });
    const post = (revision: number, text: string) =>
      inspector.post({
        type: 'snapshot',
        snapshot: { ...mikePanel(), revision, query: query(text) },
        memento: memento(text),
      });
    await post(7, 'seven');
    await post(6, 'six');
    await post(7, 'seven again');
    assert.equal(await inspector.query.inputValue(), 'seven');
    await post(8, 'eight');
    assert.equal(await inspector.query.inputValue(), 'eight');
    assert.deepEqual(await inspector.states(), [memento('seven'), memento('eight')]);
  });

  it('shows a refusal until it is dismissed or another request succeeds', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.setAnswers(false);
    await inspector.newRequests();
    await inspector.query.fill('x'.repeat(50));
    await inspector.query.press('Enter');
    const search = (await inspector.sent()).find(({ type }) => type === 'search');
    await inspector.post({
      type: 'answer',
      to: search!.request,
      ok: false,
      message: 'The text is too long.',
    });
    const alert = inspector.page.getByRole('alert');
    assert.equal(await alert.innerText(), 'The text is too long.');
    assert.equal(await inspector.query.inputValue(), 'x'.repeat(50));
    await inspector.show(mikePanel());
    assert.equal(await alert.count(), 1);
    await inspector.button('Dismiss').click();
    assert.equal(await alert.count(), 0);

    await inspector.button('Back').click();
    const back = (await inspector.sent()).at(-1);
    await inspector.post({ type: 'answer', to: back!.request, ok: false, message: 'Nowhere to go.' });
    assert.equal(await alert.innerText(), 'Nowhere to go.');
    await inspector.setAnswers(true);
    await inspector.button('Back').click();
    await inspector.settle();
    assert.equal(await alert.count(), 0);
  });

  it('stays usable when a request is never answered, and says so after a while', async () => {
    const inspector = await open();
    await inspector.page.clock.install();
    await inspector.show(mikePanel());
    await inspector.setAnswers(false);
    await inspector.row('4: Chris').dblclick();
    await inspector.list.press('ArrowDown');
    await inspector.list.press('Enter');
    assert.equal((await inspector.newRequests()).filter(({ type }) => type === 'walk').length, 2);
    assert.equal(await inspector.page.getByRole('alert').count(), 0);
    await inspector.page.clock.fastForward(21_000);
    assert.match(await inspector.page.getByRole('alert').innerText(), /does not answer/);
    assert.equal(await inspector.row('2: space Mike').isVisible(), true);
  });

  it('does not complain about a host that is busy but alive', async () => {
    const inspector = await open();
    await inspector.page.clock.install();
    await inspector.show(mikePanel());
    await inspector.setAnswers(false);
    await inspector.list.press('Enter');
    await inspector.post({
      type: 'snapshot',
      snapshot: panel({ revision: 50, embeddings: { state: 'locating' } }),
      memento: memento('Mike'),
    });
    await inspector.page.clock.fastForward(21_000);
    assert.equal(await inspector.page.getByRole('alert').count(), 0);
  });

  it('waits for a person or a download without a deadline', async () => {
    const inspector = await open();
    await inspector.page.clock.install();
    await inspector.show(panelStates.undecided!);
    await inspector.setAnswers(false);
    await inspector.button('Download').click();
    await inspector.show(
      panel({ embeddings: { state: 'failed', reason: 'No file.', wholeFile: { bytes: 9e9 } } }),
    );
    for (const name of ['Use a Local File…', 'Other Models…', 'Download the Whole File (9.0 GB)']) {
      await inspector.button(name).click();
    }
    await inspector.page.clock.fastForward(3_600_000);
    assert.deepEqual(await inspector.page.getByRole('alert').allInnerTexts(), ['No file.']);
  });

  it('says so when a snapshot cannot be read, and keeps what it shows', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    await inspector.post({
      type: 'snapshot',
      snapshot: { ...mikePanel(), revision: 9, k: 0 },
      memento: memento('x'),
    });
    assert.match(await inspector.page.getByRole('alert').innerText(), /cannot read/);
    assert.equal(await inspector.row('2: space Mike').isVisible(), true);
    assert.deepEqual(await inspector.states(), [memento('Mike')]);
  });

  it('takes no notice of messages that are not from its host', async () => {
    const inspector = await open();
    await inspector.show(mikePanel());
    for (const message of [null, 'x', { type: 'format-disk' }, { type: 'answer', to: 99, ok: true }]) {
      await inspector.post(message);
    }
    assert.equal(await inspector.page.getByRole('alert').count(), 0);
    assert.equal(await inspector.row('2: space Mike').isVisible(), true);
  });

  it('inserts hostile token text as text, in every place', async () => {
    const inspector = await open();
    const html = '<img src=x onerror="window.violations.push(1)"><script>1</script>';
    const hostile = { ...token(html, 13), plain: html, spoken: html };
    const rightToLeft = token('\u202egnp.exe\u2066', 14);
    // As long as a token in a list may be; see parseTokenView.ts.
    const long = token('w'.repeat(2_000), 15);
    const neighbors = [hostile, rightToLeft, long].map((item, index) => ({
      rank: index + 1,
      token: item,
      score: 0.9 - index / 10,
      norm: 1,
      isQuery: false,
      foldKey: '',
    }));
    for (const width of [320, 520, 900]) {
      await inspector.page.setViewportSize({ width, height: 820 });
      await inspector.show(
        mikePanel({
          query: {
            text: html,
            pieces: [hostile, long],
            forms: [
              { kind: 'bare', selected: true, pieces: [hostile, long] },
              { kind: 'inDocument', selected: false, pieces: [rightToLeft], line: 3 },
            ],
            vectors: [
              { choice: 'mean', selected: true, pieces: [hostile, long] },
              { choice: 0, selected: false, pieces: [hostile] },
              { choice: 1, selected: false, pieces: [long] },
            ],
          },
          answer: {
            ...mikePanel().answer!,
            neighbors,
            map: {
              query: [0, 0],
              points: [
                [1, 1],
                [2, 0.5],
                [-1, 0],
              ],
              explained: [0.5, 0.2],
              misplaced: [false, true, false],
            },
          },
        }),
      );
      await inspector.showMap();
      for (let row = 0; row < 3; row++) {
        await inspector.list.press(row === 0 ? 'Home' : 'ArrowDown');
        await inspector.point(row).hover({ force: true });
      }
      assert.equal(await inspector.page.locator('#inspector img, #inspector script').count(), 0);
      assert.equal(
        await inspector.rows
          .first()
          .locator('.tok')
          .evaluate((e) => e.textContent),
        html,
      );
      const { scroll, client } = await inspector.page.evaluate(() => ({
        scroll: document.querySelector('.panel')!.scrollWidth,
        client: document.querySelector('.panel')!.clientWidth,
      }));
      assert.ok(scroll <= client, `${scroll} in ${client} px`);
      // The mark that turns the direction of text turns nothing outside its token.
      const cells = await inspector.rows.nth(1).evaluate((row) => {
        const left = (selector: string) => row.querySelector(selector)!.getBoundingClientRect().left;
        return [left('.rank'), left('.name'), left('.bar-track'), left('.score')];
      });
      assert.deepEqual(
        cells,
        [...cells].sort((a, b) => a - b),
      );
    }
  });
});
