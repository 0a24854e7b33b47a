import assert from 'node:assert/strict';
import { DecimalParser, MAX_NUMBER_BYTES } from '../../../src/core/vectorFiles/text/decimalParser';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

function parse(text: string): number | undefined {
  const parser = new DecimalParser();
  // Other digits around it: what lies outside the range must not count.
  const bytes = Buffer.from(`9${text}9`);
  return parser.parse(bytes, 1, bytes.length - 1) ? parser.value : undefined;
}

describe('Decimal numbers out of bytes', () => {
  it('give the very double that the engine’s parser gives', () => {
    const random = seededRandom(19);
    const digits = (most: number): string =>
      Array.from({ length: Math.floor(random() * (most + 1)) }, () => Math.floor(random() * 10)).join('');
    let compared = 0;
    for (let round = 0; round < 40_000; round++) {
      const sign = ['', '', '-', '+'][Math.floor(random() * 4)] ?? '';
      const whole = digits(random() < 0.9 ? 3 : 25);
      const point = random() < 0.8 ? `.${digits(random() < 0.8 ? 9 : 25)}` : '';
      const scale =
        random() < 0.3
          ? `${random() < 0.5 ? 'e' : 'E'}${['', '-', '+'][Math.floor(random() * 3)] ?? ''}${Math.floor(random() ** 4 * 330)}`
          : '';
      const text = sign + whole + point + scale;
      if (/\d/.test(whole + point)) {
        assert.ok(Object.is(parse(text), Number(text)), `${text} gave ${parse(text)}, not ${Number(text)}`);
        compared++;
      }
    }
    assert.ok(compared > 30_000);
  });

  it('keep the sign of zero, and every value that JavaScript, C and Python print', () => {
    for (const text of [
      '-0',
      '-0.0',
      '0',
      '1e-05',
      '-1.17549435E-38',
      '3.4028234663852886e+38',
      '.5',
      '5.',
      '4.9e-324',
    ]) {
      assert.ok(Object.is(parse(text), Number(text)), text);
    }
    assert.equal(parse('NaN'), Number.NaN);
    assert.equal(parse('-nan'), Number.NaN);
    assert.equal(parse('inf'), Infinity);
    assert.equal(parse('-Infinity'), -Infinity);
    assert.equal(parse('1e999'), Infinity);
  });

  it('are nothing else', () => {
    for (const text of [
      '',
      '-',
      '+',
      '.',
      '-.',
      'e5',
      '1e',
      '1e+',
      '1e5.',
      '1.2.3',
      '0x10',
      '1_000',
      '1,5',
      ' 1',
      '1 ',
      '١',
      'infinit',
      '--1',
      '1f',
    ]) {
      assert.equal(parse(text), undefined, JSON.stringify(text));
    }
    assert.equal(parse('1'.repeat(MAX_NUMBER_BYTES)), Number('1'.repeat(MAX_NUMBER_BYTES)));
    assert.equal(parse('1'.repeat(MAX_NUMBER_BYTES + 1)), undefined);
  });
});
