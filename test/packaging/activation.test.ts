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
const vscode = Object.create(anything()); // its prototype answers, as bundles copy a module's own properties
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
}
const start = performance.now();
extension.activate({
  subscriptions: [],
  extension: { packageJSON: {} },
  extensionUri: vscode,
  extensionMode: 1,
});
const milliseconds = performance.now() - start;
fs.writeSync(1, JSON.stringify({ reached: reached.filter((name) => name !== 'fs.writeSync'), milliseconds }));
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
  it('reads no file, opens no connection, starts no thread and no WebAssembly', () => {
    assert.deepEqual(probe().reached, []);
  });

  it('is watched by a probe that would notice', () => {
    const { reached } = probe('control');
    assert.ok(reached.includes('fs.readFileSync') && reached.includes('WebAssembly.Memory'), reached.join());
  });
});
