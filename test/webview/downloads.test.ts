import assert from 'node:assert/strict';
import type { DownloadView, EmbeddingsView } from '../../src/protocol/embeddingsView';
import { useInspector, type InspectorPage } from './inspectorPage';
import { bananaQuery, mikePanel, mikeQuery, panel } from './inspectorSnapshots';
import { askingDownload, download, gpt2, gpt2Offer } from './modelSnapshots';
import { panelStates } from './panelStates';

/** What the body says, with ordinary spaces. */
async function bodyText({ page }: InspectorPage): Promise<string> {
  const text = await page.locator('.body').innerText();
  return text.replaceAll('\u00a0', ' ');
}

/** The facts by their labels. */
async function factsOf({ page }: InspectorPage): Promise<Record<string, string>> {
  const labels = await page.locator('.facts-list dt').allInnerTexts();
  const values = await page.locator('.facts-list dd').allInnerTexts();
  assert.equal(labels.length, values.length);
  return Object.fromEntries(labels.map((label, index) => [label, values[index]!.replaceAll('\u00a0', ' ')]));
}

function downloading(changes: Partial<DownloadView> = {}): EmbeddingsView {
  return { state: 'downloading', download: download(changes) };
}

describe('the question before a download', () => {
  const open = useInspector();

  it('says what would be fetched, from where and how much, and that this is all', async () => {
    const inspector = await open();
    await inspector.show(panelStates.undecided!);
    assert.match(await bodyText(inspector), /^GPT-2's embeddings are not on this machine\./);
    assert.deepEqual(await factsOf(inspector), {
      what: 'the embedding tensor, 154 MB of the 548 MB file',
      from: 'openai-community/gpt2 on huggingface.co',
    });
    assert.match(await bodyText(inspector), /Nothing else is sent or fetched\./);
    assert.equal(await inspector.footerText(), 'GPT-2 (124M) · not on this machine');
  });

  it('says who gets the token, where somebody does', async () => {
    const inspector = await open();
    await inspector.show(panelStates.undecided!);
    assert.doesNotMatch(await bodyText(inspector), /token is sent/);
    const offer = { ...gpt2Offer, sendsToken: true };
    await inspector.show(panel({ embeddings: { state: 'undecided', offer }, query: mikeQuery }));
    assert.match(
      await bodyText(inspector),
      /Your Hugging Face token is sent to huggingface\.co\. Nothing else is sent or fetched\./,
    );
  });

  it('says only what is known of the sizes', async () => {
    const inspector = await open();
    const { name, repository, host } = gpt2Offer;
    const expected: [{ tensorBytes?: number; fileBytes?: number }, string][] = [
      [{}, "the embedding tensor, a part of the model's file"],
      [{ tensorBytes: 154_389_504 }, 'the embedding tensor, 154 MB'],
      [{ fileBytes: 548_105_171 }, 'the embedding tensor, a part of the 548 MB file'],
    ];
    for (const [sizes, what] of expected) {
      const offer = { name, repository, host, ...sizes };
      await inspector.show(panel({ embeddings: { state: 'undecided', offer }, query: mikeQuery }));
      assert.equal((await factsOf(inspector)).what, what);
    }
  });

  it('does nothing by itself, and sends what was chosen', async () => {
    const inspector = await open();
    await inspector.show(panelStates.undecided!);
    assert.deepEqual(await inspector.newRequests(), [{ type: 'ready' }]);
    const choices = ['Download', 'Use a Local File…', 'Use Sample Vectors', 'Other Models…'];
    for (const name of choices) {
      await inspector.button(name).click();
    }
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'download' },
      { type: 'chooseFile' },
      { type: 'useSample' },
      { type: 'chooseModel' },
    ]);
    assert.match(await bodyText(inspector), /Use Sample Vectors\s+works offline, not GPT-2/);
  });

  it('can be answered by keyboard alone', async () => {
    const inspector = await open();
    await inspector.show(panelStates.undecided!);
    await inspector.newRequests();
    await inspector.page.getByRole('radio', { name: 'average of' }).focus();
    // From the chosen vector over the view to the first button.
    for (const key of ['Tab', 'Tab', 'Enter']) {
      await inspector.page.keyboard.press(key);
    }
    assert.deepEqual(await inspector.newRequests(), [{ type: 'download' }]);
  });

  it('keeps the split in view, and the examples where nothing is asked yet', async () => {
    const inspector = await open();
    await inspector.show(panelStates.undecided!);
    assert.match(await inspector.page.locator('.split-box').innerText(), /ban\s*ana\s*3820 2271/);
    await inspector.show(panel({ embeddings: { state: 'undecided', offer: gpt2Offer } }));
    assert.equal(await inspector.button('Download').isVisible(), true);
    assert.equal(await inspector.button('#16073').isVisible(), true);
  });

  it('is announced once, with its answers', async () => {
    const inspector = await open();
    await inspector.show(panelStates.undecided!);
    const question =
      "GPT-2's embeddings are not on this machine. Download, use a local file, or try the sample vectors?";
    assert.equal(await inspector.announcement(), question);
    await inspector.show(panel({ embeddings: { state: 'none' }, query: bananaQuery }));
    assert.equal(await inspector.announcement(), '');
  });
});

describe('a download', () => {
  const open = useInspector();

  it('shows how much has arrived, how fast, from where, and what it is', async () => {
    const inspector = await open();
    await inspector.show(panelStates.downloading!);
    const text = await bodyText(inspector);
    assert.match(text, /^Downloading GPT-2 embeddings: 42 %/);
    assert.match(text, /You can go on working\. Canceling keeps what has arrived\./);
    assert.deepEqual(await factsOf(inspector), {
      done: '64.8 of 154.4 MB, 11 s left',
      speed: '8.2 MB/s',
      from: 'openai-community/gpt2 at 607a30d',
      what: 'wte.weight only, not the 548 MB file',
    });
    assert.match(await inspector.page.locator('.split-box').innerText(), /ban\s*ana\s*3820 2271/);
    assert.equal(await inspector.footerText(), 'GPT-2 (124M) · downloading 42 %');
  });

  it('can be canceled', async () => {
    const inspector = await open();
    for (const state of ['downloading', 'asking']) {
      await inspector.show(panelStates[state]!);
      await inspector.newRequests();
      await inspector.button('Cancel').click();
      assert.deepEqual(await inspector.newRequests(), [{ type: 'cancelLoading' }]);
    }
  });

  it('draws its share, and says 100 % only when all has arrived', async () => {
    const inspector = await open();
    const total = 154_389_504;
    const bar = inspector.page.getByRole('progressbar', { name: 'Downloading GPT-2 embeddings' });
    const expected: [number, string][] = [
      [0, '0'],
      [64_843_592, '42'],
      [total - 1, '99'],
      [total, '100'],
      [total + 5, '100'],
    ];
    for (const [bytesDone, percent] of expected) {
      await inspector.show(panel({ embeddings: downloading({ bytesDone }), query: mikeQuery }));
      assert.equal(await bar.getAttribute('aria-valuenow'), percent);
      assert.equal(await bar.getAttribute('aria-valuemin'), '0');
      assert.equal(await bar.getAttribute('aria-valuemax'), '100');
      assert.match(await bodyText(inspector), new RegExp(`embeddings: ${percent} %`));
      assert.match(await inspector.footerText(), new RegExp(`downloading ${percent} %$`));
      const share = await bar.evaluate(
        (element) =>
          element.firstElementChild!.getBoundingClientRect().width / element.getBoundingClientRect().width,
      );
      assert.ok(Math.abs(share - Math.min(1, bytesDone / total)) < 0.005, `${share} drawn`);
    }
  });

  it('says whom it asks while the size is not known, with a bar that claims no share', async () => {
    const inspector = await open();
    await inspector.show(panelStates.asking!);
    assert.match(await bodyText(inspector), /^Asking huggingface\.co…/);
    assert.deepEqual(await factsOf(inspector), { from: 'openai-community/gpt2 at main' });
    const bar = inspector.page.getByRole('progressbar');
    assert.equal(await bar.getAttribute('aria-valuenow'), null);
    assert.equal(await bar.locator('i').count(), 0);
    assert.equal(await inspector.footerText(), 'GPT-2 (124M) · downloading…');
  });

  it('says why it waits, and leaves out what cannot be told', async () => {
    const inspector = await open();
    await inspector.show(panelStates['downloading but waiting']!);
    assert.match(await bodyText(inspector), /huggingface\.co asks to wait 30 s\./);
    const { secondsLeft, ...withoutTime } = download({ bytesPerSecond: 0 });
    assert.ok(secondsLeft);
    await inspector.show(
      panel({ embeddings: { state: 'downloading', download: withoutTime }, query: mikeQuery }),
    );
    assert.doesNotMatch(await bodyText(inspector), /asks to wait/);
    const { done, speed } = await factsOf(inspector);
    assert.equal(done, '64.8 of 154.4 MB');
    assert.equal(speed, undefined);
  });

  it('does not claim to fetch a tensor only when it fetches the whole file', async () => {
    const inspector = await open();
    await inspector.show(panel({ embeddings: downloading({ bytesTotal: 548_105_171 }), query: mikeQuery }));
    assert.equal((await factsOf(inspector)).what, 'the whole file, 548 MB');
    const { fileBytes, ...withoutFile } = download();
    assert.ok(fileBytes);
    await inspector.show(
      panel({ embeddings: { state: 'downloading', download: withoutFile }, query: mikeQuery }),
    );
    assert.equal((await factsOf(inspector)).what, 'wte.weight');
  });

  it('is announced when it begins and at each quarter, whatever the number of its snapshots', async () => {
    const inspector = await open();
    await inspector.page.evaluate(() => {
      const said: string[] = [];
      const region = document.querySelector('.panel > [role=status]')!;
      new MutationObserver(() => said.push(region.textContent)).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      Object.assign(window, { said });
    });
    const show = (embeddings: EmbeddingsView) => inspector.show(panel({ embeddings, query: mikeQuery }));
    await show({ state: 'downloading', download: askingDownload() });
    for (let percent = 0; percent <= 100; percent += 2) {
      // A chunk that has to be fetched again takes the share back below a quarter that was announced.
      for (const shown of percent === 52 ? [49, 52] : [percent]) {
        await show(downloading({ bytesDone: Math.ceil((154_389_504 * shown) / 100) }));
      }
    }
    await show({ state: 'building', model: gpt2, rowsDone: 0, rowCount: 50_257 });
    const said = await inspector.page.evaluate(() => (window as unknown as { said: string[] }).said);
    assert.deepEqual(
      said.map((text) => text.replaceAll('\u00a0', ' ')),
      [
        'Downloading GPT-2 embeddings',
        'Downloading GPT-2 embeddings: 26 %',
        'Downloading GPT-2 embeddings: 50 %',
        'Downloading GPT-2 embeddings: 76 %',
        'Downloading GPT-2 embeddings: 100 %',
        '',
      ],
    );
    const elsewhere = inspector.page.locator('.body').locator('[aria-live], [role=status], [role=alert]');
    assert.equal(await elsewhere.count(), 0);
  });

  it('is announced with its share when it goes on after a cancel or a restart', async () => {
    const inspector = await open();
    await inspector.show(panelStates.downloading!);
    assert.match(await inspector.announcement(), /^Downloading GPT-2 embeddings: 42/);
    await inspector.show(panelStates.undecided!);
    await inspector.show(panelStates.downloading!);
    assert.match(await inspector.announcement(), /^Downloading GPT-2 embeddings: 42/);
  });

  it('leaves the answer of the last model in view, and its name in the footer', async () => {
    const inspector = await open({ height: 900 });
    await inspector.show(mikePanel({ embeddings: downloading({ name: 'GPT-2 medium (355M)' }) }));
    assert.match(await bodyText(inspector), /^Downloading GPT-2 medium embeddings: 42 %/);
    assert.equal(await inspector.row('2: space Mike').isVisible(), true);
    assert.match(await inspector.footerText(), /^gpt2 124M · verified/);
  });

  it('keeps its bar visible under forced colors', async () => {
    const inspector = await open();
    await inspector.page.emulateMedia({ forcedColors: 'active' });
    await inspector.show(panelStates.downloading!);
    const colors = await inspector.page.getByRole('progressbar').evaluate((bar) => ({
      share: getComputedStyle(bar.firstElementChild!).backgroundColor,
      background: getComputedStyle(document.body).backgroundColor,
    }));
    assert.notEqual(colors.share, colors.background);
  });

  it('takes the focus to its list at the end, unless the user has gone elsewhere', async () => {
    const leaves: [string, (inspector: InspectorPage) => Promise<void>, boolean][] = [
      ['stays', () => Promise.resolve(), true],
      [
        'types',
        ({ page }) => page.getByRole('combobox', { name: 'Word, #id or formula' }).pressSequentially('co'),
        false,
      ],
      ['clicks', ({ page }) => page.locator('.facts-list').click(), false],
      ['tabs', ({ page }) => page.keyboard.press('Shift+Tab'), false],
      ['leaves', ({ page }) => page.evaluate(() => void window.dispatchEvent(new Event('blur'))), false],
    ];
    for (const [name, leave, takesFocus] of leaves) {
      const inspector = await open();
      await inspector.show(panel({ embeddings: { state: 'undecided', offer: gpt2Offer }, query: mikeQuery }));
      await inspector.button('Download').press('Enter');
      await inspector.show(panel({ embeddings: downloading(), query: mikeQuery }));
      await leave(inspector);
      await inspector.show(mikePanel());
      const hasFocus = await inspector.list.evaluate((list) => list === document.activeElement);
      assert.equal(hasFocus, takesFocus, name);
    }
  });
});

describe('a download that failed', () => {
  const open = useInspector();

  it('says what was tried and kept under the reason', async () => {
    const inspector = await open();
    await inspector.show(panelStates['failed download']!);
    const alert = inspector.page.getByRole('alert');
    assert.equal(await alert.innerText(), 'Download stopped: huggingface.co did not answer.');
    assert.match(
      await bodyText(inspector),
      /did not answer\.\s+Tried 4 times in 60 s\. 64\.8 of 154\.4 MB are kept\.\s+Try Again/,
    );
    assert.equal(await inspector.page.getByRole('button', { name: /Whole File/ }).count(), 0);
  });

  it('names the server that the user has set, and leads to the setting', async () => {
    const inspector = await open();
    await inspector.show(panelStates['failed on a mirror']!);
    await inspector.newRequests();
    assert.match(
      await bodyText(inspector),
      /Models come from mirror\.example\/hf, which the setting tokenscope\.hubEndpoint names/,
    );
    await inspector.button('Open the Setting').click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'openSetting', setting: 'hubEndpoint' }]);
    await inspector.show(panelStates['failed download']!);
    assert.equal(await inspector.button('Open the Setting').count(), 0);
  });

  it('leads to the settings of the proxy where no server answered as itself', async () => {
    const inspector = await open();
    const snapshot = panelStates['failed download']!;
    const { embeddings } = snapshot;
    assert.ok(embeddings.state === 'failed');
    await inspector.show({ ...snapshot, embeddings: { ...embeddings, mayBeProxy: true } });
    await inspector.newRequests();
    await inspector.button('Proxy Settings').click();
    assert.deepEqual(await inspector.newRequests(), [{ type: 'openProxySettings' }]);
    await inspector.show({ ...snapshot, embeddings: { ...embeddings, mayBeProxy: false } });
    assert.equal(await inspector.button('Proxy Settings').count(), 0);
  });

  it('offers the whole file, with its size, where the server sends no part of it', async () => {
    const inspector = await open();
    await inspector.show(panelStates['failed for want of ranges']!);
    await inspector.newRequests();
    const buttons = await inspector.page.locator('.body .big-button').allInnerTexts();
    assert.deepEqual(
      buttons.map((text) => text.replaceAll('\u00a0', ' ')),
      ['Download the Whole File (548 MB)', 'Use a Local File…'],
    );
    await inspector.button('Download the Whole File (548 MB)').click();
    for (const name of [
      'Use a Local File…',
      'Try Again',
      'Use Sample Vectors',
      'Show Log',
      'Other Models…',
    ]) {
      await inspector.button(name).click();
    }
    assert.deepEqual(await inspector.newRequests(), [
      { type: 'downloadWhole' },
      { type: 'chooseFile' },
      { type: 'retryLoading' },
      { type: 'useSample' },
      { type: 'showLog' },
      { type: 'chooseModel' },
    ]);
  });
});
