import assert from 'node:assert/strict';
import fs from 'node:fs';
import { keyClashes, type KeySystem } from '../fixtures/keyClashes';

const { contributes } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
  readonly contributes: {
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly mac: string }[];
  };
};

/** As VS Code itself lists them; `npm run keybindings` asks again. */
const defaults = JSON.parse(fs.readFileSync('test/fixtures/defaultKeybindings.json', 'utf8')) as Readonly<
  Record<KeySystem, readonly string[]>
>;

describe('keybindings', () => {
  for (const system of ['linux', 'mac', 'windows'] as const) {
    it(`take no key that VS Code binds on ${system}`, () => {
      assert.ok(defaults[system].length > 300);
      assert.deepEqual(keyClashes(contributes.keybindings, system, defaults[system]), []);
    });
  }

  it('would be found to', () => {
    const binding = { command: 'x', key: 'ctrl+k ctrl+h' };
    assert.deepEqual(keyClashes([binding], 'linux', defaults.linux), ['ctrl+k ctrl+h']);
    assert.deepEqual(keyClashes([binding], 'windows', defaults.windows), []);
    assert.deepEqual(keyClashes([{ command: 'x', key: 'alt+ctrl+.' }], 'linux', defaults.linux), [
      'alt+ctrl+.',
    ]);
    // Beginning of all its chords.
    assert.deepEqual(keyClashes([{ ...binding, mac: 'cmd+r' }], 'mac', ['cmd+r cmd+s']), ['cmd+r']);
  });
});
