import assert from 'node:assert/strict';
import { markedLines } from '../../../scripts/test/markedLines.mjs';

describe('the output of steps that run beside each other', () => {
  it('is written in whole lines, each with the name of its step, however it arrives', () => {
    let written = '';
    const output = { write: (text: string) => (written += text) };
    const [unit, model] = [markedLines('unit', output), markedLines('model', output)];
    const bytes = Buffer.from('✔ 龍 passes\n\n  ✔ one more');
    for (const byte of bytes) {
      unit.write(Uint8Array.of(byte));
    }
    model.write(Buffer.from('✗ fails\n'));
    unit.end();
    model.end();
    assert.equal(written, 'unit │ ✔ 龍 passes\nunit │ \nmodel │ ✗ fails\nunit │   ✔ one more\n');
  });
});
