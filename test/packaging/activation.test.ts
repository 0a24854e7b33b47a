import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';

/**
 * Loads the packaged bundle in a fresh process, with a `vscode` that takes every registration and does nothing, and calls
 * activate() while everything that reaches out is watched. Prints what was reached for as JSON.
 */
const PROBE = `
const Module = require('node:module');
const reached = [];
const anything = () => new Proxy(function () {}, {
  get: (target, name) => name === Symbol.toPrimitive ? () => '' : name === 'then' ? undefined : (target[name] ??= anything()),
  set: () => true,
  apply: () => anything(),
  construct: () => anything(),
});
// An editor is open, with a text that nobody may read yet.
const text = new Proxy({}, { get: (_, name) => () => { reached.push('document.' + String(name)); return 'text'; } });
const editor = { document: text, selections: [] };
const own = (values) => Object.create(anything(), Object.getOwnPropertyDescriptors(values));
const window = own({ activeTextEditor: editor, visibleTextEditors: [editor] });
const vscode = own({ window }); // its prototype answers the rest, as bundles copy a module's own properties
const load = Module._load;
Module._load = function (name, ...rest) { return name === 'vscode' ? vscode : load.call(this, name, ...rest); };
const watch = (object, label, names) => {
  for (const name of names) {
    const original = object[name];
    if (typeof original === 'function') {
      object[name] = function (...values) { reached.push(label + '.' + name); return original.apply(this, values); };
    }
  }
};
const functions = (object) => Object.keys(object).filter((name) => /^[a-z]/.test(name));
const extension = require(process.argv[1]);
const fs = require('node:fs');
watch(fs, 'fs', functions(fs));
watch(fs.promises, 'fs.promises', functions(fs.promises));
watch(require('node:net'), 'net', ['connect', 'createConnection', 'createServer']);
watch(require('node:http'), 'http', ['request', 'get']);
watch(require('node:https'), 'https', ['request', 'get']);
watch(require('node:child_process'), 'child_process', functions(require('node:child_process')));
const threads = require('node:worker_threads');
threads.Worker = class { constructor() { reached.push('Worker'); } };
watch(globalThis, 'global', ['fetch', 'atob']);
for (const name of ['Module', 'Instance', 'Memory']) {
  WebAssembly[name] = class { constructor() { reached.push('WebAssembly.' + name); } };
}
watch(WebAssembly, 'WebAssembly', ['compile', 'instantiate', 'validate']);
if (process.argv[2] === 'control') {
  fs.readFileSync(process.argv[1]);
  new WebAssembly.Memory({ initial: 1 });
  vscode.window.activeTextEditor.document.getText();
}
// Nothing is kept yet.
const state = { get: (_, value) => value, keys: () => [], update: async () => {} };
const start = performance.now();
extension.activate({
  subscriptions: [],
  extension: { packageJSON: {} },
  extensionUri: vscode,
  globalStorageUri: { fsPath: '/storage' },
  extensionMode: 1,
  globalState: state,
  workspaceState: state,
});
const milliseconds = performance.now() - start;
fs.writeSync(1, JSON.stringify({ reached: reached.filter((name) => name !== 'fs.writeSync'), milliseconds }));
process.exit(); // what is to be done later is not asked for
`;

function probe(...parameters: string[]): { reached: string[] } {
  const bundle = path.resolve('dist/extension.js');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', PROBE, bundle, ...parameters], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as { reached: string[] };
}

describe('activate()', () => {
  it('reads no file and no text, opens no connection, starts no thread, no tokenizer and no WebAssembly', () => {
    assert.deepEqual(probe().reached, []);
  });

  it('is watched by a probe that would notice', () => {
    const { reached } = probe('control');
    for (const name of ['fs.readFileSync', 'WebAssembly.Memory', 'document.getText']) {
      assert.ok(reached.includes(name), reached.join());
    }
  });
});
