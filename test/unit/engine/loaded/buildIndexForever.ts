// Builds the index of a model and keeps it, over and over, until it is killed:
// node --import tsx test/unit/engine/loaded/buildIndexForever.ts <model file> <cache folder>
import fs from 'node:fs/promises';
import { InProcessEngine } from '../../../../src/engine/loaded/inProcessEngine';

async function buildForever(path: string, cacheFolder: string): Promise<never> {
  const engine = new InProcessEngine();
  for (let round = 0; ; round++) {
    await engine.load({ kind: 'file', path }, { cacheFolder });
    // The index is kept right after a question about centered rows.
    await engine.ask('neighbors', { query: { terms: [{ weight: 1, id: 0 }] }, metric: 'centered', k: 1 });
    while (!(await fs.readdir(cacheFolder).catch(() => [])).some((name) => name.endsWith('.index'))) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    if (round === 0) {
      console.log('kept');
    }
    await fs.rm(cacheFolder, { recursive: true, force: true });
  }
}

void buildForever(process.argv[2] ?? '', process.argv[3] ?? '').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
