// Imported by Node before tests that are written in TypeScript: see .mocharc.mjs.
import { Module } from 'node:module';

/**
 * esbuild, by which tsx reads TypeScript, makes every export a getter that looks its name up in another object, in a function that all
 * modules share. No engine optimizes that: a loop that uses constants of another file takes three times as long as in a bundle, where they
 * are variables. So what a module exports is copied into a plain object when it has run. No export is assigned to later: the rule
 * `import/no-mutable-exports` sees to that.
 */
const { load } = Module.prototype;

Module.prototype.load = function (filename) {
  load.call(this, filename);
  const { exports } = this;
  if (/\.tsx?$/.test(filename) && exports.__esModule === true) {
    this.exports = Object.defineProperty({ ...exports }, '__esModule', { value: true });
  }
};
