import assert from 'node:assert/strict';
import { formatValue, measureName, type BandMeasure } from '../../../../src/editor/bands/bandMeasure';
import {
  legendLabel,
  legendMarkdown,
  legendPart,
  type LegendContents,
} from '../../../../src/editor/bands/bandLegendText';
import { CharacterScale } from '../../../../src/editor/bands/characterScale';
import { ValueScale } from '../../../../src/editor/bands/valueScale';
import { statusText } from '../../../../src/editor/workbench/statusText';
import type { ModelIdentity } from '../../../../src/model/modelLocation';
import { seededRandom } from '../../../fixtures/checkpoints/seededRandom';

/** Percentiles by nearest rank, from the definition. */
function percentilesOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return Array.from(
    { length: 101 },
    (_, percent) => sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN,
  );
}

const similarity: BandMeasure = {
  kind: 'similarity',
  query: { text: 'Mike', form: 'leadingSpace', vector: 'mean' },
  line: '" Mike"',
  followsInspector: true,
};

const model: ModelIdentity = {
  name: 'gpt2',
  isSample: false,
  isVerified: true,
  path: '/models/gpt2/model.safetensors',
  tensorName: 'wte.weight',
  dtype: 'F32',
  rowCount: 50_257,
  dimension: 768,
  warnings: [],
};

describe('scale of the values of token bands', () => {
  it('divides all values into seven shares of about the same size', () => {
    const random = seededRandom(7);
    const values = Array.from({ length: 70_000 }, () => random() ** 3 * 5 - 1);
    const scale = new ValueScale(percentilesOf(values));
    const counts = new Array<number>(8).fill(0);
    for (const value of values) {
      const share = scale.shareOf(value) ?? 0;
      counts[share] = (counts[share] ?? 0) + 1;
    }
    assert.equal(counts[0], 0);
    for (const count of counts.slice(1)) {
      assert.ok(Math.abs(count - 10_000) < 150, counts.join());
    }
  });

  it('tells how many have surely a smaller value', () => {
    const values = Array.from({ length: 1_000 }, (_, index) => index);
    const scale = new ValueScale(percentilesOf(values));
    for (const value of [0, 1, 9, 10, 11, 499, 500, 990, 999]) {
      const percent = scale.percentBelow(value);
      const truth = (100 * values.filter((other) => other < value).length) / values.length;
      assert.ok(percent <= truth && truth - percent <= 1, `${value}: ${percent}, in truth ${truth}`);
    }
  });

  it('has shares of ids, and none for what has no value', () => {
    const scale = ValueScale.ofCount(50_257);
    assert.deepEqual(
      [0, 7_000, 25_128, 50_256].map((id) => scale.shareOf(id)),
      [1, 1, 4, 7],
    );
    assert.deepEqual(
      [0, 25_128, 50_256].map((id) => scale.percentBelow(id)),
      [0, 49, 99],
    );
    assert.equal(scale.shareOf(Number.NaN), undefined);
    assert.equal(scale.fillOf(Number.NaN), 'noValue');
  });

  it('stands equal values, huge ones and none at all', () => {
    const equal = new ValueScale(new Array<number>(101).fill(3));
    assert.equal(equal.shareOf(3), 7);
    assert.equal(equal.percentBelow(3), 0);
    const huge = new ValueScale([...new Array<number>(100).fill(1), Number.MAX_VALUE]);
    assert.equal(huge.shareOf(Number.MAX_VALUE), 7);
    const none = new ValueScale(new Array<number>(101).fill(Number.NaN));
    assert.equal(none.shareOf(1), 1);
    assert.equal(none.percentBelow(1), 0);
  });
});

describe('scale of characters per token', () => {
  it('has a stronger fill for fewer characters', () => {
    const scale = new CharacterScale();
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 128].map((value) => scale.fillOf(value).slice(-1)).join(''),
      '77654332211',
    );
    for (const { fill, range } of scale.shares) {
      assert.equal(scale.fillOf(parseInt(range)), fill);
    }
  });
});

describe('legend of token bands', () => {
  const legendText = (contents: LegendContents): string => statusText([legendPart(contents)]);
  const scale = new ValueScale(Array.from({ length: 101 }, (_, percent) => 2.41 + percent * 0.0451));

  it('writes values as all surfaces do', () => {
    assert.equal(formatValue({ kind: 'norm' }, 3.123), '3.12');
    assert.equal(formatValue({ kind: 'norm' }, 1e30), '1.00e+30');
    assert.equal(formatValue({ kind: 'norm' }, 1e-9), '1.00e-9');
    assert.equal(formatValue({ kind: 'norm' }, 0), '0.00');
    assert.equal(formatValue({ kind: 'tokenId' }, 50_256), '50,256');
    assert.equal(formatValue(similarity, -0.1234), '−0.123');
    assert.equal(formatValue(similarity, -0.0001), '0.000');
  });

  it('says measure and range in the status bar, and in a sentence', () => {
    const contents = { measure: { kind: 'norm' }, scale, model } as const;
    assert.equal(legendText(contents), '$(symbol-color) norm 2.41 – 6.92');
    assert.equal(
      legendLabel(contents),
      'Token bands are colored by norm, from 2.41 to 6.92, in seven equal shares of all tokens. Model gpt2.',
    );
    assert.equal(legendText({ ...contents, scale: undefined }), '$(loading~spin) norm');
  });

  it('of characters says which cost most, in fixed numbers', () => {
    const contents = {
      measure: { kind: 'characters' },
      scale: new CharacterScale(),
      model: undefined,
    } as const;
    assert.equal(legendText(contents), '$(symbol-color) characters per token 0 – 10+');
    assert.match(legendLabel(contents), /by characters per token: the fewer, the stronger/);
    const markdown = legendMarkdown(contents);
    assert.match(
      markdown,
      /value7\).*0 – 1&.*costs most.*value3\).*5 – 6&.*value1\).*10 or more&.*costs least/s,
    );
    assert.doesNotMatch(markdown, /one seventh/);
  });

  it('shows each share with its range, what it means, whose numbers they are, and a way to change it', () => {
    const markdown = legendMarkdown({ measure: { kind: 'norm' }, scale, model });
    for (let share = 1; share <= 7; share++) {
      assert.match(markdown, new RegExp(`--vscode-tokenscope-value${share}\\);border-radius:3px;`));
    }
    assert.match(markdown, /2\.41 – 3\.05.*lowest.*6\.28 – 6\.92.*highest/s);
    assert.match(markdown, /Euclidean length/);
    assert.match(markdown, /gpt2.*wte&#46;weight.*768.*verified/s);
    assert.match(markdown, /\(command:tokenscope\.colorTokenBands\)/);
    assert.doesNotMatch(markdown, /Sample/);
  });

  it('says everywhere that sample vectors are not GPT-2', () => {
    const contents = { measure: similarity, scale, model: { ...model, isSample: true } };
    assert.match(legendText(contents), /^\$\(beaker\)/);
    assert.match(legendLabel(contents), /Sample vectors, not GPT-2/);
    assert.match(legendMarkdown(contents), /Sample vectors, not GPT-2/);
    assert.match(legendMarkdown(contents), /The query is that of the inspector/);
  });

  it('keeps hostile queries as text', () => {
    const line = '"$(bug)<b>|`[x](command:y)"';
    const contents = { measure: { ...similarity, line }, scale, model };
    assert.doesNotMatch(legendText(contents).replace('$(symbol-color)', ''), /\$\(/);
    assert.doesNotMatch(legendMarkdown(contents), /\$\(bug\)|<b>|\(command:y\)/);
    assert.ok(measureName({ ...similarity, line }).includes(line));
    assert.ok(legendText({ ...contents, measure: { ...similarity, line: 'x'.repeat(500) } }).length < 80);
  });
});
