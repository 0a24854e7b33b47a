import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { nodePackage } from '../../host/nodePackage.mjs';

const { optionalDependencies } = JSON.parse(fs.readFileSync('test/host/package.json', 'utf8')) as {
  readonly optionalDependencies: Readonly<Record<string, string>>;
};

describe('the Node of the test host', () => {
  for (const [system, processor] of [
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['darwin', 'x64'],
    ['darwin', 'arm64'],
    ['win32', 'x64'],
  ] as const) {
    it(`comes with the packages, new enough, on ${system} ${processor}`, () => {
      assert.match(optionalDependencies[nodePackage(system, processor).name] ?? '', /^24\.\d+\.\d+$/);
    });
  }

  it('is a program of its system', () => {
    assert.equal(nodePackage('win32', 'x64').program, path.join('bin', 'node.exe'));
    assert.equal(nodePackage('darwin', 'arm64').program, path.join('bin', 'node'));
  });
});
