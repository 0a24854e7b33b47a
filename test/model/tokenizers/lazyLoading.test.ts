import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import type * as loading from '../../../src/model/tokenizers/loadTokenizer';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';
import { RustTokenizer } from '../../fixtures/tokenizers/rustTokenizer';
import { tokenizerJson } from '../../fixtures/tokenizers/tokenizerStyles';
import { rebuildPublishedFiles } from '../../unit/tokenizer/publishedFiles';

const projectFolder = path.resolve(__dirname, '../../..');

/** What the package costs in the bundle. Measured: 36 KB. */
const MOST_PACKAGE_BYTES = 50_000;

/** Set by the bundle when the package's code runs. */
const PACKAGE_HAS_RUN = 'tokenscopePackageHasRun';

/** Lets the package's module say when it runs. */
const noticeRun: Plugin = {
  name: 'notice-run',
  setup: (bundling) => {
    bundling.onLoad({ filter: /@huggingface\/tokenizers\/dist\/.*js$/ }, async ({ path: file }) => ({
      contents: `globalThis.${PACKAGE_HAS_RUN} = true;\n${await fs.readFile(file, 'utf8')}`,
    }));
  },
};

describe('@huggingface/tokenizers in a bundle for the extension host', function () {
  this.timeout(60_000);
  const inFolder = useTemporaryFolder();

  it('works, is small, and does not run before a model needs it', async () => {
    const outfile = inFolder('bundle.js');
    const { metafile } = await build({
      absWorkingDir: projectFolder,
      entryPoints: ['src/model/tokenizers/loadTokenizer.ts'],
      outfile,
      bundle: true,
      minify: true,
      metafile: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      plugins: [noticeRun],
    });
    const packageBytes = Object.values(metafile.outputs)
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([input]) => input.includes('@huggingface/tokenizers'))
      .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
    assert.ok(packageBytes > 0 && packageBytes < MOST_PACKAGE_BYTES, `${String(packageBytes)} bytes`);

    const { loadTokenizer } = createRequire(outfile)(outfile) as typeof loading;
    const hasRun = (): boolean => PACKAGE_HAS_RUN in globalThis;
    const file = inFolder('tokenizer.json');
    await fs.writeFile(file, rebuildPublishedFiles().tokenizerJson);
    assert.equal((await loadTokenizer(file)).name, 'GPT-2');
    assert.equal(hasRun(), false);

    const json = tokenizerJson('llama3');
    await fs.writeFile(file, JSON.stringify(json));
    const tokenizer = await loadTokenizer(file);
    assert.equal(hasRun(), true);
    const text = "It's a Tokenscope banana, größer als 12345 漢字 🍌";
    assert.deepEqual(tokenizer.encodeWithOffsets(text), await new RustTokenizer(json).encode(text));
    Reflect.deleteProperty(globalThis, PACKAGE_HAS_RUN);
  });
});
