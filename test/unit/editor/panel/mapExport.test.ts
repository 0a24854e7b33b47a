import assert from 'node:assert/strict';
import { mapCsv, mapProvenance, type ExportedMap } from '../../../../src/editor/panel/exports/mapExport';
import { MODEL } from '../plainEmbeddings';

const TEXTS = ['␣the', '=1+1', 'a"b', '', 'z'];

const exported: ExportedMap = {
  model: { ...MODEL, name: 'sample', isSample: true, rowCount: TEXTS.length },
  positions: {
    stage: 'ready',
    values: Float32Array.of(0.1, -2, 1 / 3, 1e-7, 5, 6, NaN, NaN, -0, 1e6),
  },
  layout: {
    checksum: 'c3e01140',
    settings: { epochs: 400, seed: 1 },
    near: Uint8Array.of(15, 0, 7, 0, 3),
    regions: [],
  },
  texts: TEXTS,
  version: '1.2.3',
};

/** Cells of CSV after RFC 4180, read without our writer. */
function parseCsv(text: string): string[][] {
  const cell = /("(?:[^"]|"")*"|[^,\r\n"]*)(,|\r\n)/gy;
  const rows: string[][] = [[]];
  for (const [, content = '', end] of text.matchAll(cell)) {
    const value = content.startsWith('"') ? content.slice(1, -1).replaceAll('""', '"') : content;
    rows.at(-1)?.push(value);
    if (end !== ',') {
      rows.push([]);
    }
  }
  assert.deepEqual(rows.pop(), []);
  return rows;
}

describe('the map as CSV', () => {
  it('has a row a token, its place in full precision, and where it comes from', async () => {
    const [header, ...rows] = parseCsv(await mapCsv(exported, [0, 1, 2, 3, 4]));
    assert.deepEqual(header?.slice(0, 5), ['id', 'token', 'x', 'y', 'near']);
    assert.deepEqual(
      rows.map((row) => [row[0], row[1], row[4]]),
      [
        ['0', '␣the', '15'],
        ['1', "'=1+1", '0'],
        ['2', 'a"b', '7'],
        ['3', '', ''],
        ['4', 'z', '3'],
      ],
    );
    for (const [id, row] of rows.entries()) {
      const places = [row[2], row[3]].map((text) => (text === '' ? NaN : Math.fround(Number(text))));
      assert.deepEqual(places, [...exported.positions!.values.slice(2 * id, 2 * id + 2)]);
    }
    const about = (column: string): string | undefined => rows[4]?.[header.indexOf(column)];
    assert.equal(about('map'), 'layout');
    assert.equal(about('layout_checksum'), 'c3e01140');
    assert.equal(about('seed'), '1');
    assert.equal(about('epochs'), '400');
    assert.equal(about('sample_vectors'), 'true');
    assert.match(about('model') ?? '', /sample vectors, not GPT-2/);
    assert.equal(about('tokenscope_version'), '1.2.3');
    assert.ok(rows.every((row) => row.length === header.length));
  });

  it('has the tokens that are asked for, in their order, and none that the matrix has not', async () => {
    const [, ...rows] = parseCsv(await mapCsv(exported, [4, 5, 0, 2 ** 31]));
    assert.deepEqual(
      rows.map(([id]) => id),
      ['4', '0'],
    );
  });

  it('says of places that are no layout what they are, and nothing of what is near', async () => {
    const { layout, ...others } = exported;
    const linear: ExportedMap = {
      ...others,
      positions: { ...exported.positions!, stage: 'linear', explained: [0.1, 0.02] },
    };
    const [header, row] = parseCsv(await mapCsv(linear, [0]));
    assert.ok(header && row);
    assert.equal(row[header.indexOf('map')], 'linear');
    assert.deepEqual(row.slice(2, 5), ['0.1', '-2', '']);
    assert.equal(row[header.indexOf('seed')], '');
    assert.deepEqual(mapProvenance(linear), { places: 'linear' });
    assert.deepEqual(mapProvenance(exported), {
      places: 'ready',
      checksum: layout?.checksum,
      seed: 1,
      epochs: 400,
    });
    assert.equal(mapProvenance(undefined), undefined);
  });
});
