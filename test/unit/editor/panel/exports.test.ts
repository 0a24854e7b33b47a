import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import { Gpt2Tokenizer } from '../../../../src/core/tokenizer/gpt2Tokenizer';
import {
  matrixCsv,
  pairCsv,
  type ComparisonExport,
} from '../../../../src/editor/panel/exports/comparisonExport';
import { csvExport } from '../../../../src/editor/panel/exports/csvExport';
import { projectorMetadata } from '../../../../src/editor/panel/exports/embeddingsExport';
import { fileNameFor } from '../../../../src/editor/panel/exports/fileNames';
import { jsonExport } from '../../../../src/editor/panel/exports/jsonExport';
import { markdownExport } from '../../../../src/editor/panel/exports/markdownExport';
import { neighborExport, type NeighborExport } from '../../../../src/editor/panel/exports/neighborExport';
import { parseSavedNeighbors } from '../../../../src/editor/panel/exports/parseSavedNeighbors';
import { describePng, describeSvg } from '../../../../src/editor/panel/exports/plotProvenance';
import { resolveQuery } from '../../../../src/editor/query/resolveQuery';
import { tokenView } from '../../../../src/editor/tokens/tokenView';
import type { QueryMemento } from '../../../../src/protocol/panelMessages';
import type { CompareItemView, PairView } from '../../../../src/protocol/compareView';
import type { ModelView } from '../../../../src/protocol/embeddingsView';
import { NO_FILTER, type FilterView } from '../../../../src/protocol/panelSnapshot';

const tokenizer = Gpt2Tokenizer.shared();
const model: ModelView = {
  name: 'gpt2',
  isSample: false,
  isVerified: true,
  path: 'C:\\Users\\ada\\secret-project\\model.safetensors',
  tensorName: 'wte.weight',
  dtype: 'F32',
  rowCount: 50_257,
  dimension: 768,
  warnings: [],
};
const filter: FilterView = { ...NO_FILTER, space: 'with', text: 'a,"b', minimumScore: -0.25 };

const leftOut = { formulas: false, texts: true };

/** A list of the tokens of a text. */
function exported(
  text: string,
  query: QueryMemento = { text: 'king - man', form: 'bare', vector: 'mean' },
  changes: Partial<ModelView> = {},
): NeighborExport {
  const resolved = resolveQuery(tokenizer, query);
  assert.ok(resolved);
  const neighbors = tokenizer.encode(text).map((id, index) => ({
    rank: index + 1,
    token: tokenView(tokenizer, id),
    score: 0.5 - index / 7,
    norm: 3.25,
    isQuery: false,
    foldKey: '',
  }));
  const answer = {
    metric: 'centered',
    neighbors,
    averageScore: 0.27,
    source: 'index',
    milliseconds: 3,
    model: { ...model, ...changes },
  } as const;
  return neighborExport(tokenizer, query, resolved, answer, {
    k: 20,
    filter,
    leftOut,
    version: '1.2.3',
  });
}

/** Reads CSV after the grammar of RFC 4180, section 2, strictly: anything else is an error. */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let at = 0;
  const field = (): string => {
    if (text[at] !== '"') {
      const end = /[",\r\n]|$/.exec(text.slice(at))!.index + at;
      const value = text.slice(at, end);
      assert.ok(text[end] !== '"', `a quote inside a bare field at ${end}`);
      at = end;
      return value;
    }
    let value = '';
    for (at++; ; at++) {
      assert.ok(at < text.length, 'an open quote');
      if (text[at] !== '"') {
        value += text[at] ?? '';
      } else if (text[at + 1] === '"') {
        value += '"';
        at++;
      } else {
        at++;
        return value;
      }
    }
  };
  while (at < text.length) {
    const record = [field()];
    while (text[at] === ',') {
      at++;
      record.push(field());
    }
    assert.equal(text.slice(at, at + 2), '\r\n', `no line end at ${at}`);
    at += 2;
    records.push(record);
  }
  return records;
}

describe('list as CSV', () => {
  const records = (list: NeighborExport): Record<string, string>[] => {
    const [head, ...rows] = readCsv(csvExport(list));
    assert.ok(head);
    return rows.map((row) => {
      assert.equal(row.length, head.length);
      return Object.fromEntries(head.map((name, index) => [name, row[index] ?? '']));
    });
  };

  it('is read again with all values by any reader of RFC 4180', () => {
    const rows = records(exported('Mike, "quoted"\n\tend'));
    assert.deepEqual(
      rows.map(({ id }) => Number(id)),
      tokenizer.encode('Mike, "quoted"\n\tend'),
    );
    assert.equal(rows[1]?.token, ',');
    assert.equal(Number(rows[2]?.score), 0.5 - 2 / 7);
  });

  it('tells query, terms, metric, k, filter, model and version in every row, but no folder of this machine', () => {
    for (const row of records(exported('a b'))) {
      assert.equal(row.query, 'king - man');
      assert.match(row.terms ?? '', /^1 × king #\d+ − 1 × man #\d+$/);
      assert.deepEqual(
        [row.metric, row.k, row.sample_vectors, row.tokenscope_version],
        ['centered', '20', 'false', '1.2.3'],
      );
      assert.match(row.filter ?? '', /with leading space; text contains "a,\\"b"; score limit -0.25/);
      assert.equal(row.model, 'gpt2, wte.weight F32 50257 × 768, model.safetensors');
    }
    assert.ok(!csvExport(exported('a b')).includes('secret'));
  });

  it('starts no cell of text with what a spreadsheet runs, and can be undone; numbers stay numbers', () => {
    const query: QueryMemento = { text: '"=cmd()|x"', form: 'bare', vector: 'mean' };
    const texts = ['=', '+', '-', '@', "'"];
    const list = exported(texts.join('') + '=SUM -x', query);
    for (const row of readCsv(csvExport(list)).slice(1)) {
      for (const cell of row) {
        assert.ok(!/^[=+@\t\r]/.test(cell), cell);
        assert.ok(!cell.startsWith('-') || Number.isFinite(Number(cell)), cell);
      }
    }
    const plain = list.answer.neighbors.map(({ token }) => token.plain);
    assert.deepEqual(
      records(list).map(({ token }) => token?.replace(/^'/, '')),
      plain,
    );
    assert.ok(plain.some((token) => /^[=+@-]/.test(token)));
    assert.ok(records(list).some(({ score }) => score?.startsWith('-')));
  });

  it('starts none where a program splits at another character than a comma', () => {
    const query: QueryMemento = { text: '"a;=cmd()|-x"', form: 'bare', vector: 'mean' };
    const list = exported('a;=b |=c', query, { name: 'a;=b', tensorName: 'x|+y' });
    for (const separator of [';', '|', '\t']) {
      for (const cell of csvExport(list).split(new RegExp(`[${separator}\r\n]`))) {
        assert.ok(!/^[\s"]*[-=+@]/.test(cell), `${separator} ${cell}`);
      }
    }
    const [row] = records(list);
    assert.equal(row?.query, `"a;'=cmd()|'-x"`);
    assert.match(row.model ?? '', /^a;'=b, x\|'\+y /);
  });

  it('says where its numbers are of sample vectors', () => {
    const [row] = records(exported('a', undefined, { isSample: true, name: 'sample vectors', path: '' }));
    assert.equal(row?.sample_vectors, 'true');
    assert.match(row.model ?? '', /not GPT-2/);
  });
});

describe('what came from a file of vectors', () => {
  const changes: Partial<ModelView> = {
    name: 'news',
    path: '/home/ada/news.bin',
    tensorName: 'embedding.weight',
    vectors: { format: 'word2vec binary', labelKind: 'words' },
  };

  it('names the format in every form of the list', () => {
    const list = exported(' king', undefined, changes);
    const line = 'news, embedding.weight F32 50257 × 768, news.bin, word2vec binary';
    assert.ok(csvExport(list).includes(line));
    assert.ok(markdownExport(list).includes(line));
    assert.equal(
      (JSON.parse(jsonExport(list)) as { model: { format: string } }).model.format,
      'word2vec binary',
    );
    assert.ok(!csvExport(exported(' king')).includes('word2vec'));
    assert.ok(!('format' in (JSON.parse(jsonExport(exported(' king'))) as { model: object }).model));
  });
});

describe('comparison as CSV', () => {
  const item = (text: string, typed = text): CompareItemView => ({
    text: typed,
    pieces: tokenizer.encode(text).map((id) => tokenView(tokenizer, id)),
  });
  const of = (items: readonly CompareItemView[], changes: Partial<ModelView> = {}): ComparisonExport => ({
    compare: { mode: 'matrix', items, pairOf: [1, 0] },
    model: { ...model, ...changes },
    version: '1.2.3',
  });

  it('has a row and a column a text in the order shown, empty cells where there is no vector, and its origin', () => {
    const items = [item(' Mike', '" Mike"'), item('banana'), { ...item('king', '2*king'), isFormula: true }];
    const values = [
      [1, 0.1 + 0.2, null],
      [0.1 + 0.2, 1, null],
      [null, null, null],
    ];
    const [head, ...rows] = readCsv(matrixCsv(of(items), { metric: 'cosine', values }, [1, 0, 2]));
    const origin = ['metric', 'model', 'sample_vectors', 'tokenscope_version'];
    assert.deepEqual(head, ['text', 'ids', 'banana', '␣Mike', '2*king', ...origin]);
    const same = ['cosine', 'gpt2, wte.weight F32 50257 × 768, model.safetensors', 'false', '1.2.3'];
    const ids = items.map(({ pieces }) => pieces.map(({ id }) => id).join(' '));
    assert.deepEqual(rows, [
      ['banana', ids[1], '1', '0.30000000000000004', '', ...same],
      ['␣Mike', ids[0], '0.30000000000000004', '1', '', ...same],
      ['2*king', ids[2], '', '', '', ...same],
    ]);
  });

  it('starts no cell of text with what a spreadsheet runs, in heads neither, and says where vectors are samples', () => {
    const items = [item('=', '"=cmd()"'), { ...item('a', '-a;=b'), isFormula: true }];
    const values = [
      [1, -0.5],
      [-0.5, 1],
    ];
    const text = matrixCsv(of(items, { isSample: true }), { metric: 'cosine', values }, [0, 1]);
    const [head, first] = readCsv(text);
    assert.deepEqual(head?.slice(2, 4), ["'=", "'-a;'=b"]);
    assert.deepEqual(first?.slice(0, 1), ["'="]);
    assert.equal(first[3], '-0.5');
    assert.match(text, /sample vectors, not GPT-2.*,true,/);
  });

  it('is refused in an order that is not of its texts', () => {
    const exported = of([item('a'), item('b')]);
    const matrix = { metric: 'cosine' as const, values: [[1, 0], [0, 1]] }; // prettier-ignore
    for (const order of [[0], [0, 0], [0, 1, 2], [0, 39], []]) {
      assert.throws(() => matrixCsv(exported, matrix, order), RangeError);
    }
  });

  it('of a pair has a row a dimension, whose shares add up to the cosine', () => {
    const [a, b] = [
      [0.5, -0.25, 1],
      [1, 0.5, 0.25],
    ];
    const length = (vector: readonly number[]): number => Math.hypot(...vector);
    const cosine = (0.5 - 0.125 + 0.25) / (length(a) * length(b));
    const pair = { a, b, cosine, norms: [length(a), length(b)] } as unknown as PairView;
    const [head, ...rows] = readCsv(pairCsv(of([item('ana'), item('ban')]), pair));
    assert.equal(head?.length, 12);
    assert.deepEqual(
      rows.map(([dimension, x, y]) => [dimension, x, y].map(Number)),
      [0, 1, 2].map((dimension) => [dimension, a[dimension], b[dimension]]),
    );
    assert.ok(Math.abs(rows.reduce((sum, row) => sum + Number(row[3]), 0) - cosine) < 1e-12);
    assert.deepEqual(rows[2]?.slice(4, 8), ['ban', '3820', 'ana', '2271']);
    assert.equal(rows[0]?.[8], String(cosine));
  });
});

describe('list as JSON', () => {
  it('asks the same when it is opened again', () => {
    const context = { text: 'met Mike.', start: 4, end: 8, line: 12 };
    const queries: QueryMemento[] = [
      { text: 'king - man', form: 'bare', vector: 'mean' },
      { text: '" Mike"', form: 'leadingSpace', vector: 'mean' },
      { text: 'banana', form: 'bare', vector: 1 },
      { text: 'Mike', form: 'inDocument', vector: 'mean', context },
    ];
    for (const query of queries) {
      const saved = parseSavedNeighbors(jsonExport(exported('a', query)));
      assert.deepEqual(saved, { query, metric: 'centered', k: 20, filter, leftOut, modelName: 'gpt2' });
    }
  });

  it('holds full precision, and the document only where the query needs it', () => {
    const context = { text: 'my secret Mike', start: 10, end: 14, line: 1 };
    const text = jsonExport(exported('a b c', { text: 'Mike', form: 'bare', vector: 'mean', context }));
    assert.ok(!text.includes('secret'));
    const { neighbors, model: saved } = JSON.parse(text) as {
      neighbors: { score: number }[];
      model: { file: string; shape: number[] };
    };
    assert.equal(neighbors[2]?.score, 0.5 - 2 / 7);
    assert.deepEqual([saved.file, saved.shape], ['model.safetensors', [50_257, 768]]);
  });

  it('is refused with a reason when it is not ours or not whole', () => {
    const good = JSON.parse(jsonExport(exported('a'))) as Record<string, unknown>;
    const cases: [unknown, RegExp][] = [
      ['{', /no JSON/],
      [[], /no list of neighbors/],
      [{ ...good, format: 'other' }, /no list of neighbors/],
      [{ ...good, formatVersion: 2 }, /Another version/],
      [{ ...good, k: 0 }, /damaged/],
      [{ ...good, k: 1e9 }, /damaged/],
      [{ ...good, metric: '__proto__' }, /damaged/],
      [{ ...good, query: { text: 'x'.repeat(10_001), form: 'bare', vector: 'mean' } }, /damaged/],
      [{ ...good, filter: { ...filter, text: 7 } }, /damaged/],
      [{ ...good, filter: undefined }, /damaged/],
    ];
    for (const [value, reason] of cases) {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      assert.throws(() => parseSavedNeighbors(text), reason);
    }
    assert.equal(parseSavedNeighbors(JSON.stringify({ ...good, model: 7 })).modelName, 'an unnamed model');
  });
});

describe('list as Markdown', () => {
  it('has a table whose cells hold whatever the tokens hold', () => {
    const text = markdownExport(exported('a|b `c` ``` |'));
    const rows = text.split('\n').filter((line) => /^\| \d/.test(line));
    assert.equal(rows.length, tokenizer.encode('a|b `c` ``` |').length);
    for (const row of rows) {
      assert.equal(row.replaceAll('\\|', '').split('|').length, 7, row);
    }
    assert.match(text, /- Model: `gpt2, wte.weight F32 50257 × 768, model.safetensors`/);
    assert.match(text, /- Tokenscope: 1\.2\.3/);
    assert.doesNotMatch(text, /Sample vectors/);
    assert.match(markdownExport(exported('a', undefined, { isSample: true })), /Sample vectors, not GPT-2/);
  });
});

describe('embeddings for the projector', () => {
  it('have a line of metadata for each vector, and nothing that ends a cell early', () => {
    const query: QueryMemento = { text: 'a\tb\nc', form: 'bare', vector: 'mean' };
    const lines = projectorMetadata(exported('x\ty\nz', query)).split('\n');
    assert.equal(lines.pop(), '');
    assert.equal(lines.length - 1, tokenizer.encode('x\ty\nz').length);
    assert.deepEqual(new Set(lines.map((line) => line.split('\t').length)), new Set([12]));
  });

  it('start no cell of text with what a spreadsheet runs, though it splits at semicolons', () => {
    const query: QueryMemento = { text: '=1+1;@2', form: 'bare', vector: 'mean' };
    const list = exported("=+-@' ;= |= x", query, { name: 'a|=b', path: '/m/=c.safetensors' });
    const rows = projectorMetadata(list).trimEnd().split('\n').slice(1);
    for (const cell of rows.flatMap((row) => row.split(/[\t;|]/))) {
      assert.ok(!/^[\s"]*[=+@]/.test(cell), cell);
      assert.ok(!/^[\s"]*-/.test(cell) || Number.isFinite(Number(cell)), cell);
    }
    assert.ok(rows.every((row) => row.split('\t')[5] === "'=1+1;'@2"));
  });
});

describe('a plot', () => {
  /** Chunks of a PNG, whose checksums zlib confirms. */
  function chunks(png: Uint8Array): [type: string, data: string][] {
    const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
    const found: [string, string][] = [];
    for (let at = 8; at < png.length;) {
      const size = view.getUint32(at);
      assert.equal(view.getUint32(at + 8 + size), crc32(png.subarray(at + 4, at + 8 + size)));
      const type = Buffer.from(png.subarray(at + 4, at + 8)).toString('latin1');
      found.push([type, Buffer.from(png.subarray(at + 8, at + 8 + size)).toString('utf8')]);
      at += 12 + size;
    }
    return found;
  }

  /** One transparent pixel. */
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );

  it('as PNG says where it comes from in a chunk of its own', () => {
    const described = chunks(describePng(pixel, '{"query":"naïve"}'));
    assert.deepEqual(
      described.map(([type]) => type),
      ['IHDR', 'iTXt', 'IDAT', 'IEND'],
    );
    assert.equal(described[1]?.[1], 'Description\0\0\0\0\0{"query":"naïve"}');
    assert.throws(() => describePng(new TextEncoder().encode('<svg/>'.repeat(10)), ''), RangeError);
  });

  const SVG = 'xmlns="http://www.w3.org/2000/svg"';

  it('as SVG says so in its metadata, escaped', () => {
    const described = describeSvg(
      `<?xml version="1.0"?>\n<svg ${SVG} width="5"><g/></svg>`,
      '{"a":"</metadata><script>&\u0000"}',
    );
    assert.equal(
      described,
      `<?xml version="1.0"?>\n<svg ${SVG} width="5"><metadata>{"a":"&lt;/metadata&gt;&lt;script&gt;&amp; "}</metadata><g/></svg>`,
    );
  });

  it('is saved with shapes, text and words alone', () => {
    const plain = [
      `<svg ${SVG}><title>a &lt; b</title><g fill="#fff" font-family="&quot;Segoe UI&quot;, sans-serif"><text x="1">&#9; ban<tspan>ana</tspan></text></g></svg>\n`,
      `<?xml version="1.0" encoding="UTF-8"?>\n<svg ${SVG} viewBox="0 0 1 1"><path d="M0 0L1 1" /></svg>`,
    ];
    for (const svg of plain) {
      assert.match(describeSvg(svg, 'x'), /<metadata>x<\/metadata>/);
    }
  });

  const acting = [
    '<svg><script>alert(1)</script></svg>',
    '<svg onload="alert(1)"></svg>',
    '<svg><g ONCLICK="alert(1)"/></svg>',
    '<svg><a href="javascript:alert(1)"><text>x</text></a></svg>',
    '<svg><g xlink:href="#x"/></svg>',
    '<svg><g style="background:url(x)"/></svg>',
    '<svg><style>@import "x"</style></svg>',
    '<svg><image href="x"/></svg>',
    '<svg><foreignObject><p>x</p></foreignObject></svg>',
    '<svg><animate attributeName="href" to="javascript:x"/></svg>',
    '<svg><rect fill="url(http://x)"/></svg>',
    '<svg><rect fill="u&#114;l(http://x)"/></svg>',
    '<svg xmlns="http://www.w3.org/1999/xhtml"></svg>',
    '<svg xmlns:h="http://www.w3.org/1999/xhtml"><h:script>x</h:script></svg>',
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
    '<svg><text>&a;</text></svg>',
    '<svg><!-- --></svg>',
    '<svg><![CDATA[<script>]]></svg>',
    '<?xml-stylesheet href="x"?><svg></svg>',
    '<svg></svg><script></script>',
    '<svg><g></svg>',
    '<svg><text>',
    '<svg><g a=1/></svg>',
    '<html><svg></svg></html>',
    '<svg/>',
    'x<svg></svg>',
    '',
  ];
  for (const svg of acting) {
    it(`is not saved as ${svg === '' ? 'nothing' : svg}`, () => {
      assert.throws(() => describeSvg(svg, ''), RangeError);
    });
  }

  it('is looked at in one pass, however it tries to be looked at again', () => {
    const hostile = ['<?xml ?>', '<!---->', '<svg ', '<svg><g ', ' a="b"', '&lt;', '<svg>', '<', ' '];
    for (const part of hostile) {
      assert.throws(() => describeSvg(part.repeat(200_000), ''), RangeError);
    }
  });
});

describe('name of an exported file', () => {
  it('says what is in it and of what, and is never a path, hidden, a device or too long', () => {
    const of = (...texts: string[]): string =>
      fileNameFor(
        'neighbors',
        texts.map((text) => ({ text })),
        'csv',
      );
    const cases: [string, string][] = [
      ['king - man + woman', 'neighbors-king-man-woman.csv'],
      ['../../etc/passwd', 'neighbors-etc-passwd.csv'],
      ['a/b\\c:d*e?f"g<h>i|j', 'neighbors-a-b-c-d-e-f-g-h-i-j.csv'],
      ['.hidden. ', 'neighbors-hidden.csv'],
      ['CON', 'neighbors-CON.csv'],
      ['', 'neighbors.csv'],
      ['\u202e\u0000', 'neighbors.csv'],
      ['naïve 語', 'neighbors-naïve-語.csv'],
    ];
    for (const [text, name] of cases) {
      assert.equal(of(text), name);
    }
    assert.ok(of('🍌語'.repeat(500)).length < 130);
    assert.equal(of('ban', 'ana'), 'neighbors-ban-ana.csv');
    assert.equal(of('a', 'b', 'c', 'd', 'e', 'f'), 'neighbors-a-b-c-d-and-2-more.csv');
  });

  it('tells a token with a space from one without, and names one without letters by its id', () => {
    const of = (text: string): string => {
      const token = tokenView(tokenizer, tokenizer.encode(text)[0]!);
      return fileNameFor('norms', [{ text: 'x', token }], 'svg');
    };
    assert.equal(of('Mike'), 'norms-Mike.svg');
    assert.equal(of(' Mike'), 'norms-_Mike.svg');
    assert.equal(of(' +='), `norms-${tokenizer.encode(' +=')[0]}.svg`);
  });
});
