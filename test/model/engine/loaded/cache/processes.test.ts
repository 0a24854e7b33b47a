import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { openSectionFile } from '../../../../../src/engine/loaded/cache/sectionFile';
import { useBundledProgram } from '../../../../fixtures/bundledProgram';
import { SeededRandom } from '../../../../fixtures/checkpoints/seededRandom';
import { useTemporaryFolder } from '../../../../fixtures/checkpoints/temporaryFolder';
import { emptyTargets, sampleContents, SOURCE } from './sampleSections';

const KILLS = 10;
const EXPECTED = { kind: 'embedding-index', contentVersion: 3, source: SOURCE } as const;
const LENGTHS = { codes: 9 * 1024 * 1024 + 3, scales: 5_000 };

interface Writer {
  kill(): void;
  /** Its exit code; null when it was killed. */
  readonly closed: Promise<number | null>;
}

describe('Section files of several processes', () => {
  const inFolder = useTemporaryFolder();
  const program = useBundledProgram('test/model/engine/loaded/cache/writeSectionFiles.ts', 'esm');
  const children: ChildProcess[] = [];

  afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

  /** Starts a writer; resolves when it begins to write. */
  async function startWriter(file: string, count: number, seed: number): Promise<Writer> {
    const child = spawn(
      process.execPath,
      [program(), file, String(count), String(seed), String(LENGTHS.codes)],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
    );
    children.push(child);
    const closed = once(child, 'close').then(([code]) => code as number | null);
    await once(child.stdout, 'data');
    return { kill: () => child.kill('SIGKILL'), closed };
  }

  const known = new Map<number, ReadonlyMap<string, Uint8Array>>();

  /** Reads a file whole; its bytes must be those that belong to its seed. @returns The seed, or undefined where there is no file. */
  async function readWhole(file: string): Promise<number | undefined> {
    const opened = await openSectionFile(file, EXPECTED);
    if (opened.kind === 'unusable') {
      assert.equal(opened.cause, 'absent', opened.reason);
      return undefined;
    }
    const targets = emptyTargets(LENGTHS);
    // The file may be replaced at any time here.
    assert.equal(await opened.file.readSections(targets), undefined);
    await opened.file.close();
    const seed = opened.file.header.scalars.seed!;
    const right = known.get(seed) ?? sampleContents(seed, LENGTHS).sections;
    known.set(seed, right);
    right.forEach((bytes, name) => assert.ok(Buffer.from(targets.get(name)!).equals(bytes), name));
    return seed;
  }

  const temporaries = async (): Promise<string[]> =>
    (await fs.readdir(inFolder())).filter((name) => name.endsWith('.tmp'));

  it(`are whole or not there after each of ${String(KILLS)} kills`, async () => {
    const random = new SeededRandom(1);
    const outcomes: (number | undefined)[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      // Half of the files are the first ones, the others replace the file of an earlier round.
      const file = inFolder(`${String(kill >> 1)}.index`);
      const child = await startWriter(file, 0, 10 * kill);
      await delay(random.uniform() * 50);
      child.kill();
      // Killed, not failed: then there is no exit code.
      assert.equal(await child.closed, null);
      outcomes.push(await readWhole(file));
    }
    // That some were killed in the middle of a file shows that the kills test what they claim to.
    assert.ok((await temporaries()).length > 0, outcomes.join(' '));
  });

  it('are one whole file when two processes write it at once', async () => {
    const file = inFolder('a.index');
    const writers = await Promise.all([startWriter(file, 6, 100), startWriter(file, 6, 200)]);
    const codes = await Promise.all(writers.map(({ closed }) => closed));
    assert.deepEqual(codes, [0, 0]);
    assert.ok([102, 202].includes((await readWhole(file)) ?? 0));
    assert.deepEqual(await fs.readdir(inFolder()), ['a.index']);
  });

  it('can be read while another process replaces them', async () => {
    const file = inFolder('a.index');
    const writer = await startWriter(file, 0, 300);
    const seeds = new Set<number>();
    // Until several versions were seen, which shows that it was replaced in between.
    for (let reads = 0; reads < 30 || seeds.size < 3;) {
      const seed = await readWhole(file);
      if (seed === undefined) {
        await delay(1);
      } else {
        seeds.add(seed);
        reads++;
      }
    }
    writer.kill();
    assert.equal(await writer.closed, null);
  });
});
