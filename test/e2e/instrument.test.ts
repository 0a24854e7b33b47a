import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import { until } from '../fixtures/until';
import { CheckpointOracle, dot, norm } from './checkpointOracle';
import { InspectorPage } from './pageObjects/inspectorPage';
import type { Workbench } from './pageObjects/workbench';
import { prepare, startSession, type Session } from './session';

/** Ids in GPT-2's vocabulary. */
const MIKE = 16_073;
const SPACE_MIKE = 4_995;
const [BAN, ANA] = [3_820, 2_271];
const SPACE_ANA = 44_763;

const MINUS = '\u2212';

function shownNumber(value: number): string {
  return value.toFixed(3).replace('-', MINUS);
}

describe('the panel as an instrument, in a real VS Code', () => {
  let session: Session | undefined;
  let workbench: Workbench;
  let inspector: InspectorPage;
  let oracle: CheckpointOracle;

  before(async () => {
    oracle = new CheckpointOracle(process.env.TOKENSCOPE_PLANTED_CHECKPOINT ?? '');
    session = await startSession({ file: 'lesson.md', checkpoint: 'planted' });
    ({ workbench } = session);
    ({ inspector } = workbench);
    await prepare('instrument', async () => {
      await workbench.clickWord('Mike');
      await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
      await inspector.waitForNeighborsOf('Mike');
      // Rank by rank, as the plain definition has them.
      await inspector.list.press('f');
      await inspector.frame.getByRole('button', { name: 'Fold spelling variants', pressed: false }).waitFor();
    });
  });

  after(() => session?.close());

  afterEach(async function () {
    if (session && this.currentTest?.state === 'failed') {
      await workbench.screenshot('failed-instrument', 'dark');
    }
  });

  it('takes a formula with a completion from the keyboard, and ranks as the plain definition does', async () => {
    const { queryField } = inspector;
    await inspector.list.press('/');
    await inspector.waitForFocus(queryField);
    await queryField.fill('');
    await queryField.pressSequentially('Mike - ba');
    await inspector.frame.getByRole('option').first().waitFor();
    await queryField.pressSequentially('n');
    await inspector.takeCompletion('ban', BAN);
    const taken = await queryField.inputValue();
    assert.match(taken, /^Mike - ("ban"|ban|#3820) ?$/);
    await queryField.pressSequentially(`${taken.endsWith(' ') ? '' : ' '}+ ana`);
    await queryField.press('Enter');
    await inspector.waitForNeighborsOf(await queryField.inputValue());
    const operands = await inspector.frame.getByRole('list', { name: 'Formula' }).getByRole('listitem').all();
    assert.deepEqual(
      await Promise.all(
        operands.map(async (operand) =>
          (await operand.locator('.drawn-only').innerText()).trim().split(/\s+/),
        ),
      ),
      [
        ['Mike', String(SPACE_MIKE)],
        [MINUS, 'ban', String(BAN)],
        ['+', 'ana', String(SPACE_ANA)],
      ],
    );
    const query = oracle.formula([
      [1, SPACE_MIKE],
      [-1, BAN],
      [1, SPACE_ANA],
    ]);
    const wordOf = (id: number): string =>
      Gpt2Tokenizer.shared().decode([id]).replace(/^ /, '').toLowerCase();
    const expected = oracle
      .ranked(query, 'cosine')
      .filter(({ id }) => !['mike', 'ban', 'ana'].includes(wordOf(id)));
    const shown = await inspector.rowNumbers();
    assert.ok(shown.length >= 5);
    assert.deepEqual(
      shown.map(({ id, score }) => ({ id, score })),
      expected.slice(0, shown.length).map(({ id, score }) => ({ id, score: shownNumber(score) })),
    );
  });

  it('points at the character where a formula goes wrong, and finds it right again', async () => {
    const { queryField } = inspector;
    await inspector.ask('king - (man');
    await inspector.frame.getByRole('alert').getByText('At character 8.').waitFor();
    assert.equal(await inspector.frame.locator('.squiggle').innerText(), '(');
    assert.equal(await queryField.getAttribute('aria-invalid'), 'true');
    await inspector.ask('" king" - " man" + " woman"');
    await inspector.waitForFirst(' queen', '0.800');
    assert.equal(await queryField.getAttribute('aria-invalid'), 'false');
  });

  it('goes back and forward by keys, over the error too', async () => {
    const { queryField } = inspector;
    await queryField.press('Alt+ArrowLeft');
    await inspector.frame.getByText('At character 8.').waitFor();
    await inspector.back.click();
    await inspector.waitForFieldValue(/^Mike - /);
    await queryField.press('Alt+ArrowLeft');
    await inspector.waitForNeighborsOf('Mike');
    await inspector.list.focus();
    await inspector.list.press('Alt+ArrowRight');
    await inspector.waitForFieldValue(/^Mike - /);
    await inspector.back.click();
    await inspector.waitForNeighborsOf('Mike');
    assert.equal(await workbench.activeTab(), 'Neighbors: Mike');
  });

  it('shows how many ranks each neighbor moved when the metric changes', async () => {
    await inspector.metric.selectOption('dot');
    await inspector.list.locator('.change').first().waitFor();
    const ranks = new Map(oracle.ranked(oracle.row(MIKE), 'cosine').map(({ id }, index) => [id, index + 1]));
    const byDot = oracle.ranked(oracle.row(MIKE), 'dot');
    const rows = await inspector.rowNumbers();
    assert.deepEqual(
      rows.map(({ id }) => id),
      byDot.slice(0, rows.length).map(({ id }) => id),
    );
    const moved = (id: number, rank: number): string => {
      const before = ranks.get(id) ?? NaN;
      const steps = Math.abs(before - rank);
      const text = steps < 10_000 ? String(steps) : `${Math.round(steps / 1000)}k`;
      return steps === 0 ? '=' : `${before > rank ? '▲' : '▼'}${text}`;
    };
    assert.deepEqual(
      rows.map(({ change }) => change),
      rows.map(({ id, rank }) => moved(id, rank)),
    );
    await inspector.metric.selectOption('cosine');
    await inspector.waitForFirst('Mike', '1.000');
  });

  it('filters by the keyboard, and gives the focus back', async () => {
    const { frame } = inspector;
    const button = frame.getByRole('button', { name: /^Filters/ });
    await button.focus();
    await button.press('Enter');
    const text = frame.getByRole('textbox', { name: 'Token contains' });
    await inspector.waitForFocus(text);
    await text.pressSequentially('ic');
    await frame.getByRole('radio', { name: 'with leading space', exact: true }).press('Space');
    const tokens = await until(
      async () => (await inspector.neighbors()).map(({ token }) => token),
      (shown) => shown.length > 0 && shown.every((token) => token.startsWith(' ') && /ic/i.test(token)),
      'only tokens with a leading space and "ic"',
    );
    assert.equal(tokens[0], ' Michael');
    await text.press('Escape');
    await inspector.waitForFocus(button);
    assert.equal(await button.getAttribute('aria-label'), 'Filters, 2 in force');
    await inspector.button('Clear filters').click();
    await inspector.waitForFirst('Mike', '1.000');
  });

  it('folds spelling variants by F, and opens and closes them by the arrow keys', async () => {
    const { list, rows, selectedRow } = inspector;
    await list.focus();
    await list.press('Home');
    await list.press('f');
    const head = rows.first();
    await until(
      () => head.getAttribute('aria-expanded'),
      (expanded) => expanded === 'true',
      'the open group of the query',
    );
    assert.deepEqual(
      (await inspector.neighbors()).slice(0, 2).map(({ token }) => token),
      ['Mike', ' Mike'],
    );
    await list.press('ArrowLeft');
    await until(
      () => head.getAttribute('aria-expanded'),
      (expanded) => expanded === 'false',
      'the closed group of the query',
    );
    assert.deepEqual(
      (await inspector.neighbors()).slice(0, 2).map(({ token }) => token),
      ['Mike', 'Michael'],
    );
    await list.press('ArrowRight');
    await list.press('ArrowRight');
    await until(
      () => selectedRow.getAttribute('aria-level'),
      (level) => level === '2',
      'a selected row inside the group',
    );
    assert.equal(await selectedRow.locator('.tok').evaluate((element) => element.textContent), ' Mike');
    await list.press('f');
    await until(
      () => head.getAttribute('aria-expanded'),
      (expanded) => expanded === null,
      'an unfolded list',
    );
  });

  it('opens the token page of a row by I: bytes, merges, round trip, neighbors under two metrics', async () => {
    const { frame, list } = inspector;
    await inspector.selectRank(2);
    await list.press('i');
    const page = frame.locator('.token-page');
    await page.getByText(`token ${SPACE_MIKE}`).waitFor();
    await page.getByRole('heading', { name: 'Neighbors under two metrics' }).waitFor();
    await page.getByText(`${SPACE_MIKE} decodes to`).waitFor();
    const row = oracle.row(SPACE_MIKE);
    await page.getByRole('row', { name: `norm ${norm(row).toFixed(2)}` }).waitFor();
    const [, nearest] = oracle.ranked(row, 'cosine');
    const first = page.getByRole('list', { name: 'Nearest by cosine' }).getByRole('listitem').first();
    assert.match(await first.innerText(), new RegExp(`Mike\\s+${shownNumber(nearest?.score ?? NaN)}`));
    assert.equal(nearest?.id, MIKE);
    await inspector.tab('Token').press('1');
    await inspector.waitForNeighborsOf('space Mike');
    await inspector.back.click();
    await inspector.waitForNeighborsOf('Mike');
  });

  it('verifies the fast path by its button and by the command', async () => {
    const { frame } = inspector;
    await inspector.button('Verify').click();
    const facts = frame.locator('.verification-facts');
    await facts.getByText('the same in the same order').waitFor();
    assert.match(await facts.innerText(), /correlation\s+1\.000/);
    assert.match(await facts.innerText(), /times as fast/);
    await workbench.dismissNotifications();
    await inspector.button('Close the result').click();
    await inspector.tab('Compare').click();
    await workbench.runCommand('Tokenscope: Verify Similarity');
    await inspector.waitForFocus(facts);
    assert.match(await frame.locator('.live').innerText(), /correlation 1\.000, same order\.$/);
  });

  it('saves the list as CSV and JSON through the dialog, each with what it takes to ask again', async () => {
    const before = await inspector.neighbors();
    const csv = await workbench.savedBy(() => inspector.chooseExport('Save List as CSV…'));
    const [head, first, second] = fs.readFileSync(csv, 'utf8').split('\r\n');
    assert.match(head ?? '', /^rank,token,id,score,norm,query,/);
    assert.match(
      first ?? '',
      /^1,Mike,16073,1,.*,Mike,as in the document,.*,cosine,20,.*gpt2-planted.*,false,\d+\.\d+\.\d+$/,
    );
    assert.match(second ?? '', /^2,␣Mike,4995,0\.8569999/);
    const json = await workbench.savedBy(() => inspector.chooseExport('Save List as JSON…'));
    assert.equal(path.extname(json), '.json');
    await inspector.ask('banana');
    await inspector.waitForNeighborsOf('space banana');
    await workbench.runCommand('Tokenscope: Open Saved Neighbors…');
    await workbench.answerFileDialog(json);
    await inspector.waitForNeighborsOf('Mike');
    assert.deepEqual(await inspector.neighbors(), before);
  });

  it('copies the list as Markdown', async () => {
    await workbench.allowClipboard();
    await inspector.chooseExport('Copy List as Markdown');
    const text = await until(
      () => workbench.clipboard(),
      (copied) => copied.includes('|'),
      'a table in the clipboard',
    );
    assert.match(text, /Mike[^\n]*4995[^\n]*0\.857/);
  });

  it('compares the selected row with the query by C', async () => {
    await inspector.selectRank(3);
    await inspector.list.press('c');
    await inspector.frame.getByText('Cosine similarity = 0.685').waitFor();
    assert.equal(await inspector.tab('Compare').getAttribute('aria-selected'), 'true');
  });

  it('compares two words that are selected in the editor, as an independent computation does', async () => {
    await workbench.typeAtEnd('\nban\nana\n');
    await workbench.clickWord('ban');
    await workbench.clickWord('ana', 0, ['Alt']);
    await workbench.runCommand('Tokenscope: Compare Tokens');
    await inspector.frame.getByText(`Cosine similarity = ${oracle.cosine(BAN, ANA).toFixed(3)}`).waitFor();
    await inspector.frame.getByText('Cosine similarity = 0.320').waitFor();
    assert.equal(await inspector.compared.a.inputValue(), 'ban');
    assert.equal(await inspector.compared.b.inputValue(), 'ana');
    assert.equal(await workbench.activeTab(), 'Compare: ban, ana');
  });

  it('tells the values of the dimension that the mouse points at', async () => {
    const { frame } = inspector;
    const ring = frame.locator('.scatter-plot .ring').first();
    await ring.scrollIntoViewIfNeeded();
    await workbench.pointAt(ring);
    const tooltip = frame.locator('.scatter-plot .dimension-tooltip');
    await tooltip.waitFor();
    const [, dimension = NaN] = (/dimension (\d+)/.exec(await tooltip.innerText()) ?? []).map(Number);
    const [a, b] = [oracle.row(BAN), oracle.row(ANA)];
    const text = (await tooltip.innerText()).replaceAll(/\s+/g, ' ');
    assert.equal(
      text,
      `dimension ${dimension} ban ${shownNumber(a[dimension] ?? NaN)} ana ${shownNumber(b[dimension] ?? NaN)}`,
    );
    const contributions = a.map((value, j) => Math.abs(value * (b[j] ?? 0)));
    assert.equal(contributions.indexOf(Math.max(...contributions)), dimension);
  });

  it('brushes dimensions in the line plot by dragging, which stand out in the scatter', async () => {
    const { frame } = inspector;
    const plot = frame.getByRole('slider', { name: /^Dimension in the line plot/ });
    await workbench.drag(plot, { from: 0.3, to: 0.5 });
    const note = frame.locator('.brush-note');
    await note.waitFor();
    const [, from = NaN, to = NaN, share = ''] =
      /^(\d+)–(\d+): (\S+) of the cosine/
        .exec(await note.innerText())
        ?.map((part, index) => (index === 1 || index === 2 ? Number(part) : part)) ?? [];
    const [a, b] = [oracle.row(BAN), oracle.row(ANA)];
    const [first, last] = [Number(from), Number(to)];
    const part = dot(a.slice(first, last + 1), b.slice(first, last + 1)) / (norm(a) * norm(b));
    assert.equal(share, `${part > 0 ? '+' : ''}${shownNumber(part)}`);
    assert.ok(first > 150 && last < 450, `${first}–${last}`);
    const dots = (await frame.locator('.dots.brushed').getAttribute('d')) ?? '';
    assert.equal(dots.match(/M/g)?.length, last - first + 1);
    await plot.press('Escape');
    await note.waitFor({ state: 'detached' });
  });

  it('makes a matrix of more than two, whose cells open as pairs', async () => {
    const { frame, matrix } = inspector;
    await frame.getByRole('radio', { name: 'Matrix' }).press('Space');
    const field = frame.getByRole('textbox', { name: 'Add a word, #id or formula' });
    await field.fill('Mike, " Mike"');
    await field.press('Enter');
    await until(
      () => matrix.getByRole('rowheader').count(),
      (headers) => headers === 4,
      'a matrix of 4',
    );
    assert.equal(await workbench.activeTab(), 'Compare: ban, ana, Mike, ␣Mike');
    const ids = [BAN, ANA, MIKE, SPACE_MIKE];
    const cells = await matrix.locator('tbody td').allInnerTexts();
    assert.deepEqual(
      cells.map((cell) => cell.trim()),
      ids.flatMap((row) =>
        ids.map((column) =>
          row === column ? '1' : shownNumber(oracle.cosine(row, column)).replace(/^0/, ''),
        ),
      ),
    );
    const csv = await workbench.savedBy(() => inspector.chooseExport('Save Matrix as CSV…'));
    assert.equal(path.basename(csv), 'matrix-ban-ana-Mike-_Mike.csv');
    const [head, ...lines] = fs.readFileSync(csv, 'utf8').trimEnd().split('\r\n');
    assert.match(head ?? '', /^text,ids,ban,ana,Mike,␣Mike,metric,model,/);
    assert.equal(lines.length, 4);
    lines.forEach((line, row) => {
      const [, id, ...values] = line.split(',');
      assert.equal(Number(id), ids[row]);
      values.slice(0, 4).forEach((value, column) => {
        assert.ok(Math.abs(Number(value) - oracle.cosine(ids[row]!, ids[column]!)) < 1e-6, line);
      });
    });
    await matrix.locator('tbody td').first().click();
    for (const key of ['ArrowDown', 'ArrowDown', 'End']) {
      await matrix.locator('td[aria-selected=true]').press(key);
    }
    await matrix.locator('td[aria-selected=true]').press('Enter');
    await frame.getByText('Cosine similarity = 0.857').waitFor();
  });

  it('follows the cursor until it is pinned', async () => {
    await inspector.tab('Neighbors').click();
    await inspector.waitForNeighborsOf('Mike');
    const pin = inspector.button('Pin to this query');
    const waitForPin = (isPinned: boolean) =>
      until(
        () => pin.getAttribute('aria-pressed'),
        (pressed) => pressed === String(isPinned),
        isPinned ? 'a pinned panel' : 'a panel that follows',
      );
    await pin.click();
    await waitForPin(false);
    await workbench.clickWord('Michael');
    await inspector.waitForNeighborsOf('space Michael');
    await workbench.clickWord('Chris');
    await inspector.waitForNeighborsOf('space Chris');
    await inspector.list.focus();
    await inspector.list.press('p');
    await waitForPin(true);
    await inspector.back.click();
    await inspector.waitForNeighborsOf('Mike');
  });

  it('has its view, metric, filter, comparison, room and history again after a reload of the window', async () => {
    const { frame } = inspector;
    const divider = frame.getByRole('separator', { name: 'Between list and drawings' });
    const position = () => divider.getAttribute('aria-valuenow');
    let value = await position();
    for (let press = 0; press < 2; press++) {
      // Told once the page has laid out its parts anew.
      const before = value;
      await divider.press('ArrowUp');
      value = await until(position, (shown) => shown !== before, 'a divider that has moved');
    }
    await inspector.metric.selectOption('euclidean');
    await frame.getByRole('button', { name: /^Filters/ }).click();
    await frame.getByRole('checkbox', { name: 'Only word-like tokens' }).press('Space');
    await frame.getByRole('button', { name: 'Filters, 1 in force' }).press('Escape');
    await inspector.tab('Compare').click();
    await frame.getByText('Cosine similarity = 0.857').waitFor();
    await workbench.reload();
    await frame.getByText('Cosine similarity = 0.857').waitFor();
    assert.equal(await inspector.tab('Compare').getAttribute('aria-selected'), 'true');
    await inspector.tab('Neighbors').click();
    await inspector.waitForNeighborsOf('Mike');
    assert.equal(await inspector.metric.inputValue(), 'euclidean');
    await frame.getByRole('button', { name: 'Filters, 1 in force' }).waitFor();
    await until(position, (shown) => shown === value, 'the divider where it was');
    await inspector.forward.click();
    await inspector.waitForNeighborsOf('space Chris');
  });

  it('keeps two panels apart', async () => {
    await workbench.runCommand('Tokenscope: Open New Inspector');
    const other = new InspectorPage(workbench.page, 1);
    await other.waitForNeighborsOf('space Chris');
    await other.ask('" Mike"');
    await other.waitForNeighborsOf('space Mike');
    await workbench.tabNamed('Neighbors: Chris').click();
    await inspector.waitForNeighborsOf('space Chris');
    assert.equal(await inspector.metric.inputValue(), 'euclidean');
    await workbench.tabNamed('Neighbors: " Mike"').click();
    await other.waitForNeighborsOf('space Mike');
    assert.equal(await other.metric.inputValue(), 'cosine');
    assert.equal(await other.queryField.inputValue(), '" Mike"');
  });
});
