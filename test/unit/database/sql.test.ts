import assert from 'node:assert/strict';
import { formatVector, parseVector } from '../../../src/database/answers/parseVector';
import { idColumns, labelColumns, modelColumn } from '../../../src/database/guessColumns';
import { parseTables } from '../../../src/database/sql/describeTables';
import { quoteIdentifier, quoteLiteral } from '../../../src/database/sql/identifier';
import { orderedIndexes } from '../../../src/database/sql/planReading';

describe('names and texts in statements', () => {
  it('are quoted, and refused where no name can be so', () => {
    assert.equal(quoteIdentifier('a"b; --'), '"a""b; --"');
    assert.equal(quoteLiteral("a'b\\' or 1=1"), "E'a''b\\\\'' or 1=1'");
    assert.equal(quoteIdentifier('é'.repeat(31)), `"${'é'.repeat(31)}"`);
    for (const name of ['', 'a\0b', 'x'.repeat(64), 'é'.repeat(32)]) {
      assert.throws(() => quoteIdentifier(name), { reason: 'unsupported' }, name);
    }
    assert.throws(() => quoteLiteral('\0'), { reason: 'unsupported' });
  });
});

describe('what a server answers', () => {
  it('is a vector, or is refused', () => {
    assert.deepEqual(parseVector('[1,-2.5,3e-05]', 3, 't'), Float32Array.of(1, -2.5, 3e-5));
    for (const text of [
      null,
      7,
      '',
      '[]',
      '1,2,3',
      '[1,2',
      '[1,,3]',
      '[1,NaN,3]',
      '[1,Infinity,3]',
      '[1,x,3]',
      '[1,2,3]]',
    ]) {
      assert.throws(() => parseVector(text, 3, 't'), { name: 'DatabaseError' }, String(text));
    }
    assert.throws(() => parseVector('[1,2]', 3, 't'), { reason: 'changed' });
  });

  it('comes back as it was sent', () => {
    const values = Float32Array.of(0.1, -0, 1e-45, 3.4028234e38, 1 / 3);
    assert.deepEqual(parseVector(formatVector(values), 5, 't'), values);
  });

  it('is a list of tables, of which what is odd is left out', () => {
    const good = {
      schema: 's',
      table: 't',
      column: 'v',
      type: 'vector',
      dimension: 3,
      rows: 5,
      partitioned: false,
      columns: [{ name: 'id', type: 'bigint', unique: true }, { name: 7 }, null],
      indexes: [
        { name: 'i', method: 'hnsw', class: 'vector_ip_ops', valid: true, predicate: null },
        { name: 'j', method: 'hnsw', class: 'bit_hamming_ops', valid: true },
        { name: 'k', method: 'btree', class: 'int8_ops', valid: true },
      ],
    };
    assert.deepEqual(
      parseTables([
        null,
        'x',
        {},
        { ...good, type: 'sparsevec' },
        { ...good, schema: 3 },
        good,
        { ...good, columns: 'x', indexes: null, dimension: -1, rows: 'x' },
      ]),
      [
        {
          schema: 's',
          table: 't',
          column: 'v',
          type: 'vector',
          dimension: 3,
          estimatedRows: 5,
          isPartitioned: false,
          columns: [{ name: 'id', type: 'bigint', isUnique: true }],
          indexes: [{ name: 'i', method: 'hnsw', metric: 'dot', isValid: true }],
        },
        {
          schema: 's',
          table: 't',
          column: 'v',
          type: 'vector',
          estimatedRows: -1,
          isPartitioned: false,
          columns: [],
          indexes: [],
        },
      ],
    );
  });

  it('is a plan, whose ordering scans are found however deep they lie', () => {
    const scan = { 'Node Type': 'Index Scan', 'Index Name': 'i', Schema: 's', 'Order By': '(v <=> …)' };
    const filter = { 'Node Type': 'Index Scan', 'Index Name': 'pk', Schema: 's', 'Index Cond': '…' };
    assert.deepEqual(orderedIndexes([{ Plan: { Plans: [{ Plans: [scan, filter] }] } }]), [
      { name: 'i', schema: 's' },
    ]);
    assert.deepEqual(orderedIndexes([{ Plan: filter }]), []);
    for (const odd of [undefined, null, 'x', [], [{}], [{ Plan: 3 }], {}]) {
      assert.equal(orderedIndexes(odd), undefined);
    }
    let deep: Record<string, unknown> = scan;
    for (let depth = 0; depth < 100_000; depth++) {
      deep = { Plans: [deep] };
    }
    assert.deepEqual(orderedIndexes([{ Plan: deep }]), []);
  });
});

describe('the columns of a table', () => {
  const column = (
    name: string,
    type: string,
    isUnique = false,
  ): { name: string; type: string; isUnique: boolean } => ({ name, type, isUnique });

  it('are guessed by type, uniqueness and name', () => {
    const columns = [
      column('model', 'text'),
      column('position', 'integer'),
      column('id', 'bigint'),
      column('key', 'integer', true),
      column('note', 'character varying(20)'),
      column('token', 'text'),
      column('at', 'timestamp'),
    ];
    assert.deepEqual(
      idColumns({ columns }).map(({ name }) => name),
      ['key', 'id', 'position'],
    );
    assert.deepEqual(
      labelColumns({ columns }, 'model').map(({ name }) => name),
      ['token', 'note'],
    );
    assert.equal(modelColumn({ columns })?.name, 'model');
    assert.equal(modelColumn({ columns: [column('model', 'text', true)] }), undefined);
  });
});
