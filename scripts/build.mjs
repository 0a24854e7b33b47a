// node scripts/build.mjs [--watch] [--production]
// Bundles the extension host, the workers, the terminal program and the inspector's page into dist/.
import fs from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { generateAll } from './generate.mjs';
import { isStartedModule } from './startedModule.mjs';

export const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The bundles by name. The lowest VS Code that we support runs its extension host on Node 20 and its webviews on Chromium 128. */
function bundles({ production }) {
  const shared = {
    absWorkingDir: projectFolder,
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    logLevel: 'warning',
    legalComments: 'none',
    metafile: true,
  };
  const node = {
    ...shared,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // A bundle that is loaded later is required: VS Code gives what is required its network with the proxy, and no second loader is started.
    supported: { 'dynamic-import': false },
  };
  return {
    extension: {
      ...node,
      entryPoints: ['src/extension.ts'],
      outfile: 'dist/extension.js',
      external: ['vscode'],
      plugins: [
        besideTheBundle('./vectorFiles'),
        besideTheBundle('./databaseClient'),
        besideTheBundle('./hubDownloads'),
        besideTheBundle('./otherTokenizers'),
      ],
    },
    // What the extension loads when a file of vectors is chosen.
    vectorFiles: { ...node, entryPoints: ['src/vectorFiles.ts'], outfile: 'dist/vectorFiles.js' },
    // What the extension loads when it connects to a database.
    databaseClient: {
      ...node,
      entryPoints: ['src/databaseClient.ts'],
      outfile: 'dist/databaseClient.js',
      plugins: [modulesOfNode, withoutModules(['pg-native', 'pgpass'])],
    },
    // What the extension loads when a model is to be downloaded, or deleted.
    hubDownloads: { ...node, entryPoints: ['src/hubDownloads.ts'], outfile: 'dist/hubDownloads.js' },
    // What the extension loads with the first tokenizer that is none of GPT-2's.
    otherTokenizers: { ...node, entryPoints: ['src/otherTokenizers.ts'], outfile: 'dist/otherTokenizers.js' },
    engineWorker: {
      ...node,
      entryPoints: ['src/engine/thread/engineWorker.ts'],
      outfile: 'dist/engineWorker.js',
      plugins: [besideTheBundle('./vectorConversion')],
    },
    // What the engine loads with the first file that may hold other vectors.
    vectorConversion: {
      ...node,
      entryPoints: ['src/engine/loaded/vectorConversion.ts'],
      outfile: 'dist/vectorConversion.js',
    },
    tokenizerWorker: {
      ...node,
      entryPoints: ['src/engine/thread/tokenizerWorker.ts'],
      outfile: 'dist/tokenizerWorker.js',
    },
    terminal: { ...node, entryPoints: ['src/terminal/main.ts'], outfile: 'dist/terminal.js' },
    webview: {
      ...shared,
      platform: 'browser',
      format: 'iife',
      target: 'chrome128',
      entryPoints: { inspector: 'webview-ui/src/inspector.ts' },
      outdir: 'dist/webview',
      loader: { '.svg': 'text' },
    },
    webviewStyle: {
      ...shared,
      target: 'chrome128',
      entryPoints: { inspector: 'webview-ui/src/inspector.css' },
      outdir: 'dist/webview',
    },
  };
}

/**
 * Leaves a module out of a bundle that imports it when it is needed: it is a bundle beside that one, by the same name.
 *
 * @param {string} name @returns {esbuild.Plugin}
 */
function besideTheBundle(name) {
  return {
    name: `beside the bundle: ${name}`,
    setup: ({ onResolve }) => {
      onResolve({ filter: /^\.\// }, ({ path: imported, kind }) =>
        imported === name && kind === 'dynamic-import' ? { path: `${name}.js`, external: true } : undefined,
      );
    },
  };
}

/**
 * Names Node's own modules as such also where a package does not.
 *
 * @type {esbuild.Plugin}
 */
const modulesOfNode = {
  name: "modules of Node's own",
  setup: ({ onResolve }) => {
    const names = new Set(builtinModules);
    onResolve({ filter: /^[a-z_/]+$/ }, ({ path: imported }) =>
      names.has(imported) ? { path: `node:${imported}`, external: true } : undefined,
    );
  },
};

/**
 * Leaves modules out that a package asks for where they are wanted, which they never are: a binding to libpq, and passwords from files.
 *
 * @param {readonly string[]} names @returns {esbuild.Plugin}
 */
function withoutModules(names) {
  return {
    name: `without: ${names.join(', ')}`,
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^[a-z-]+$/ }, ({ path: imported }) =>
        names.includes(imported) ? { path: imported, namespace: 'left-out' } : undefined,
      );
      onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = undefined;' }));
    },
  };
}

/**
 * Builds some bundles, or all of them.
 *
 * @param {{production?: boolean, only?: string[]}} [options]
 * @returns {Promise<string[]>} the source files that went into them, relative to the project
 */
export async function build({ production = false, only } = {}) {
  await generateAll();
  if (!only) {
    await fs.rm(path.join(projectFolder, 'dist'), { recursive: true, force: true });
  }
  await copySampleVectors();
  const all = bundles({ production });
  const results = await Promise.all((only ?? Object.keys(all)).map((name) => esbuild.build(all[name])));
  return [...new Set(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)))].sort();
}

/** They stand beside the bundle that reads them. */
async function copySampleVectors() {
  const name = 'sampleVectors.deflate';
  await fs.mkdir(path.join(projectFolder, 'dist'), { recursive: true });
  await fs.copyFile(
    path.join(projectFolder, 'src/model/sampleVectors', name),
    path.join(projectFolder, 'dist', name),
  );
}

async function watch() {
  await generateAll();
  await copySampleVectors();
  const contexts = await Promise.all(
    Object.values(bundles({ production: false })).map((options) =>
      esbuild.context({ ...options, logLevel: 'info' }),
    ),
  );
  await Promise.all(contexts.map((context) => context.watch()));
}

if (isStartedModule(import.meta.url)) {
  if (process.argv.includes('--watch')) {
    await watch();
  } else {
    await build({ production: process.argv.includes('--production') });
  }
}
