import assert from 'node:assert/strict';
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

const TOKENS = 50_257;

describe('what the page hears of the map', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    session = await startSession({ file: 'lesson.md', checkpoint: 'none' });
    ({ workbench } = session);
    await workbench.runCommand('Tokenscope: Use Sample Vectors');
    await workbench.runCommand('Tokenscope: Open New Inspector');
    await workbench.inspector.queryField.waitFor();
  });

  after(() => session.close());

  it('is memory, and not numbers in words', async () => {
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
});
