import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { safetensorsBytes } from '../fixtures/checkpoints/safetensorsBytes';
import { SeededRandom } from '../fixtures/checkpoints/seededRandom';
import { until } from '../fixtures/until';
import { startSession, type Session } from './session';
import type { Workbench } from './pageObjects/workbench';

/** What the page of an inspector heard, as far as it is about the map. */
interface Heard {
  readonly type: string;
  readonly stage?: string;
  /** Whether memory came as memory. */
  readonly bytes: number[];
}

/** The first tokens of GPT-2's vocabulary in few dimensions: graph and layout are a moment's work. */
const TOKENS = 3_000;
const DIMENSION = 16;

describe('the map of all tokens in an inspector', () => {
  let folder: string;
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tokenscope-map-'));
    const model = path.join(folder, 'small.safetensors');
    const random = new SeededRandom(17);
    const values = new Float32Array(TOKENS * DIMENSION).map(() => random.roughNormal());
    const bytes = new Uint8Array(values.buffer);
    fs.writeFileSync(
      model,
      safetensorsBytes([{ name: 'wte.weight', dtype: 'F32', shape: [TOKENS, DIMENSION], bytes }]),
    );
    const settings = { 'tokenscope.model': model };
    session = await startSession({ file: 'lesson.md', checkpoint: 'none', settings });
    ({ workbench } = session);
    await workbench.runCommand('Tokenscope: Open New Inspector');
    await workbench.inspector.queryField.waitFor();
  });

  after(async () => {
    await session.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('is heard of by the page as memory, and not as numbers in words', async () => {
    const { frame } = workbench.inspector;
    await frame.locator('body').evaluate(() => {
      const heard: Heard[] = [];
      Object.assign(window, { heard });
      window.addEventListener('message', ({ data }: MessageEvent<{ type: string; stage?: string }>) => {
        if (data.type.startsWith('map')) {
          const buffers = Object.values(data).filter((value: unknown) => value instanceof ArrayBuffer);
          const bytes = buffers.map((buffer) => (buffer as unknown as ArrayBuffer).byteLength);
          heard.push({ type: data.type, ...(data.stage !== undefined && { stage: data.stage }), bytes });
        }
      });
    });
    await workbench.runCommand('Tokenscope: Open Map of All Tokens');
    const heard = () =>
      frame.locator('body').evaluate(() => (window as unknown as { readonly heard: Heard[] }).heard);
    const messages = await until(
      heard,
      (found) => found.some(({ type }) => type === 'mapLayout'),
      'the layout at the page',
    );
    assert.deepEqual(messages[0], { type: 'mapTokens', bytes: [TOKENS] });
    const places = messages.filter(({ type }) => type === 'mapPositions');
    assert.equal(places.at(-1)?.stage, 'ready');
    assert.ok(places.every(({ bytes: [size] }) => size === 8 * TOKENS));
    assert.deepEqual(messages.at(-1), { type: 'mapLayout', bytes: [TOKENS] });
  });

  it('is drawn, found in, colored by similarity, and walked over, with figures of the engine', async () => {
    const { inspector } = workbench;
    const { frame } = inspector;
    const strip = frame.locator('.map-strip');
    await frame.getByRole('application', { name: 'Map of 3,000 tokens' }).waitFor();
    await inspector.button('How true is it?').waitFor();
    await inspector.ask('#262');
    await strip.getByText(/262 · \d+ of 15/).waitFor();
    await frame.getByRole('combobox', { name: 'Color' }).selectOption('similarity');
    await frame.getByRole('img', { name: /^From .* on average/ }).waitFor();
    await inspector.button('Way to another token').click();
    await frame.getByRole('textbox', { name: /^Token at the end/ }).fill('#1000');
    await workbench.page.keyboard.press('Enter');
    await strip.getByText('one of many ways').waitFor();
    await workbench.screenshot('map-way', 'dark');
  });

  it('is restored after a reload, with its color and its selected token', async () => {
    await workbench.reload();
    const { frame } = workbench.inspector;
    await frame
      .locator('.map-strip')
      .getByText(/262 · \d+ of 15/)
      .waitFor();
    assert.equal(await frame.getByRole('combobox', { name: 'Color' }).inputValue(), 'similarity');
    await workbench.screenshot('map-restored', 'dark');
  });
});
