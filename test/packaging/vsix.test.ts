import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readZip } from './zipArchive';

const PROJECT_FOLDER = path.resolve('.');
const PACKAGE_FILE = path.join(PROJECT_FOLDER, 'out/tokenscope.vsix');

/** Everything that belongs into the package. Whoever adds a file to it adds it here, on purpose. */
const EXPECTED_FILES = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/THIRD_PARTY_NOTICES.md',
  'extension/changelog.md',
  'extension/dist/databaseClient.js',
  'extension/dist/engineWorker.js',
  'extension/dist/extension.js',
  'extension/dist/hubDownloads.js',
  'extension/dist/otherTokenizers.js',
  'extension/dist/sampleVectors.deflate',
  'extension/dist/tokenizerWorker.js',
  'extension/dist/vectorConversion.js',
  'extension/dist/vectorFiles.js',
  'extension/dist/webview/inspector.css',
  'extension/dist/webview/inspector.js',
  'extension/media/compare.png',
  'extension/media/database.png',
  'extension/media/hover.png',
  'extension/media/icon.png',
  'extension/media/inspector.png',
  'extension/media/map.png',
  'extension/media/token.png',
  'extension/media/vectors.png',
  'extension/media/walkthrough/bands-dark.png',
  'extension/media/walkthrough/bands-light.png',
  'extension/media/walkthrough/compare-dark.png',
  'extension/media/walkthrough/compare-light.png',
  'extension/media/walkthrough/hover-dark.png',
  'extension/media/walkthrough/hover-light.png',
  'extension/media/walkthrough/model-dark.png',
  'extension/media/walkthrough/model-light.png',
  'extension/media/walkthrough/neighbors-dark.png',
  'extension/media/walkthrough/neighbors-light.png',
  'extension/media/walkthrough/sampleText-dark.png',
  'extension/media/walkthrough/sampleText-light.png',
  'extension/media/walkthrough/verify-dark.png',
  'extension/media/walkthrough/verify-light.png',
  'extension/package.json',
  'extension/readme.md',
];

/**
 * A megabyte of sample vectors, half of one of code, and the rest pictures, of which that of the map is the largest; far more would mean that
 * something was packaged by mistake.
 */
const MAX_PACKAGE_BYTES = 3_500_000;

/**
 * VS Code reads and compiles this file in every window before anything is asked of the extension, so it holds what each window needs. A third of
 * it are GPT-2's merges. What only some need, such as tokenizers of other models and downloads, is a bundle beside it (scripts/build.mjs).
 */
const MAX_STARTING_BYTES = 690_000;

type MediaFiles = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly contributes: {
    readonly walkthroughs?: readonly {
      readonly steps: readonly { readonly media: MediaFiles }[];
    }[];
  };
}

describe('the package', () => {
  let bytes: Buffer;
  let files: Map<string, Buffer>;
  let manifest: Manifest;

  before(() => {
    execFileSync(process.execPath, ['scripts/package.mjs'], { cwd: PROJECT_FOLDER, stdio: 'pipe' });
    bytes = readFileSync(PACKAGE_FILE);
    files = readZip(bytes);
    manifest = JSON.parse(textOf('extension/package.json')) as Manifest;
  });

  function textOf(name: string): string {
    const content = files.get(name);
    assert.ok(content, `${name} is not in the package`);
    return content.toString('utf8');
  }

  it('holds exactly the files that it should', () => {
    assert.deepEqual([...files.keys()].sort(), [...EXPECTED_FILES].sort());
  });

  it('is small', () => {
    assert.ok(bytes.length < MAX_PACKAGE_BYTES, `the package has ${bytes.length} bytes`);
  });

  it('starts with a small bundle', () => {
    const { length } = textOf('extension/dist/extension.js');
    assert.ok(
      length < MAX_STARTING_BYTES,
      `the bundle that starts with the extension has ${String(length)} bytes`,
    );
  });

  it('holds every file that its manifest names', () => {
    const media = (manifest.contributes.walkthroughs ?? [])
      .flatMap(({ steps }) => steps)
      // { "image": "a.png" }, { "image": { "dark": "a.png", … } }, { "markdown": "a.md" }, { "svg": "a.svg" }
      .flatMap((step) => Object.values(step.media))
      .flatMap((value) => (typeof value === 'string' ? [value] : Object.values(value)))
      .filter((value) => /\.(png|svg|md)$/.test(value));
    for (const file of [manifest.main, manifest.icon, ...media]) {
      assert.ok(files.has(path.posix.join('extension', file)), `${file} is not in the package`);
    }
  });

  it('holds every picture that its description shows', () => {
    const pictures = [...textOf('extension/readme.md').matchAll(/!\[[^\]]*\]\(([^)\s]+)/g)].map(
      (match) => match[1],
    );
    for (const picture of pictures.filter((target) => target?.startsWith('https:') === false)) {
      assert.ok(
        files.has(path.posix.join('extension', picture ?? '')),
        `${picture ?? ''} is not in the package`,
      );
    }
  });

  it('names no folder of the machine that made it, and no source map', () => {
    const traces = [PROJECT_FOLDER, os.homedir() + path.sep, 'sourceMappingURL=', 'sourcesContent'];
    for (const [name, content] of files) {
      const found = traces.filter((trace) => content.includes(trace));
      assert.deepEqual(found, [], `traces in ${name}`);
    }
  });

  it('brings code that needs no module beside VS Code, Node and itself', () => {
    for (const name of [
      'extension/dist/extension.js',
      'extension/dist/engineWorker.js',
      'extension/dist/tokenizerWorker.js',
      'extension/dist/vectorConversion.js',
      'extension/dist/vectorFiles.js',
      'extension/dist/databaseClient.js',
      'extension/dist/hubDownloads.js',
      'extension/dist/otherTokenizers.js',
    ]) {
      const required = [...textOf(name).matchAll(/\brequire\("([^"]+)"\)/g)].map((match) => match[1] ?? '');
      const foreign = required.filter(
        (module) =>
          module !== 'vscode' &&
          !module.startsWith('node:') &&
          !(module.startsWith('./') && files.has(path.posix.join('extension/dist', module))),
      );
      assert.deepEqual(foreign, [], `modules that ${name} requires`);
    }
  });
});
