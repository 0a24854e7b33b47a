import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { PLANTED } from '../fixtures/checkpoints/plantedNeighborhoods';
import { ensurePlantedCheckpoint } from '../fixtures/checkpoints/plantedCheckpoint';
import { safetensorsBytes } from '../fixtures/checkpoints/safetensorsBytes';
import { useTemporaryFolder } from '../fixtures/checkpoints/temporaryFolder';
import { runTerminal as run } from '../fixtures/runTerminal';
import { groupedRows } from '../unit/embedding/layout/smallLayout';

const parsed = (lines: readonly string[]): unknown[] => lines.map((line) => JSON.parse(line) as unknown);

describe('tokens in the terminal', () => {
  it('prints the lines of the lesson', async () => {
    assert.deepEqual((await run(['tokens', 'banana', 'apple', 'cosmic'])).lines, [
      `"banana" → 2 tokens ['ban', 'ana']`,
      `"apple" → 1 token ['apple']`,
      `"cosmic" → 2 tokens ['cos', 'mic']`,
    ]);
  });

  it('prints ids and UTF-16 offsets as JSON', async () => {
    const { lines } = await run(['tokens', '--json', 'banana', ' banana']);
    assert.deepEqual(parsed(lines), [
      {
        text: 'banana',
        ids: [3820, 2271],
        tokens: ['ban', 'ana'],
        offsets: [
          [0, 3],
          [3, 6],
        ],
      },
      { text: ' banana', ids: [25996], tokens: [' banana'], offsets: [[0, 7]] },
    ]);
  });

  it('answers each JSON line in order, and goes on after a bad one', async () => {
    const special = '{"text": "<|endoftext|>", "special": true}';
    const plain = '{"text": "<|endoftext|>"}';
    const input = ['"a\\u2028b"', special, plain, '{"text": 7}', '{', '"\\ud800"', '""'].join('\n');
    const { lines, code } = await run(['tokens', '--stdin'], input);
    const answers = parsed(lines) as { ids?: number[]; offsets?: number[][]; error?: string }[];
    assert.equal(code, 0);
    assert.equal(answers.length, 7);
    assert.equal(answers[0]?.offsets?.at(-1)?.[1], 3);
    assert.deepEqual(answers[1], { ids: [50256], offsets: [[0, 13]] });
    assert.equal(answers[2]?.ids?.length, 7);
    assert.match(answers[3]?.error ?? '', /Expected a string/);
    assert.match(answers[4]?.error ?? '', /Not JSON/);
    assert.deepEqual(answers[5]?.ids, [4210]); // U+FFFD, as in the published vocabulary
    assert.deepEqual(answers[6], { ids: [], offsets: [] });
  });

  it('explains itself when nothing is asked', async () => {
    const { code, errors, lines } = await run(['tokens']);
    assert.equal(code, 2);
    assert.match(errors, /npm run -s tokens/);
    assert.deepEqual(lines, []);
    assert.equal((await run([])).code, 2);
    assert.equal((await run(['tokens', '--no-such-option'])).code, 2);
  });
});

describe('neighbors in the terminal', () => {
  let model: string;
  before(async () => {
    model = await ensurePlantedCheckpoint();
  });

  it('prints the list of the lesson, from the file', async () => {
    const { lines, code } = await run(['neighbors', 'Mike', '--model', model]);
    assert.equal(code, 0);
    assert.equal(lines.length, 20);
    assert.deepEqual(lines.slice(0, 5), [
      '"Mike" | sim: 1.000',
      '" Mike" | sim: 0.857',
      '"Michael" | sim: 0.685',
      '"Chris" | sim: 0.647',
      '"Jim" | sim: 0.640',
    ]);
  });

  it('prints full precision, metric and model as JSON', async () => {
    const { lines } = await run([
      'neighbors',
      '--json',
      '-k',
      '3',
      'Mike',
      '--model',
      `${model}/model.safetensors`,
    ]);
    const [answer] = parsed(lines) as {
      ids: number[];
      metric: string;
      model: unknown;
      neighbors: { id: number; token: string; score: number }[];
    }[];
    assert.equal(lines.length, 1);
    assert.deepEqual(answer?.ids, [16073]);
    assert.equal(answer.metric, 'cosine');
    assert.deepEqual(answer.model, {
      name: 'gpt2-planted',
      sample: false,
      path: path.resolve(model, 'model.safetensors'),
      tensor: 'wte.weight',
      dtype: 'F32',
      shape: [50257, 768],
    });
    assert.deepEqual(
      answer.neighbors.map(({ id, token }) => [id, token]),
      [
        [16073, 'Mike'],
        [4995, ' Mike'],
        [13256, 'Michael'],
      ],
    );
    assert.equal(answer.neighbors[0]?.score, 1);
    assert.ok(Math.abs((answer.neighbors[1]?.score ?? 0) - 0.857) < 1e-6);
  });

  it('answers JSON lines with everything that was planted', async () => {
    const queries = Object.values(PLANTED.queries);
    const input = queries.map(({ id, neighbors }) => JSON.stringify({ ids: [id], k: neighbors.length }));
    const { lines } = await run(
      ['neighbors', '--stdin', '--model', model],
      [...input, '" Mike"', '7'].join('\n'),
    );
    const answers = parsed(lines) as { neighbors?: { id: number; token: string; score: number }[] }[];
    for (const [index, { neighbors }] of queries.entries()) {
      assert.deepEqual(
        answers[index]?.neighbors?.map(({ id, token }) => ({ id, token })),
        neighbors.map(({ id, token }) => ({ id, token })),
      );
    }
    assert.equal(answers[queries.length]?.neighbors?.[0]?.token, ' Mike');
    assert.equal(answers[queries.length]?.neighbors?.length, 20);
    assert.match(lines.at(-1) ?? '', /^\{"error":/);
  });

  it('searches a word of several tokens by the mean of its pieces, and says so', async () => {
    const { lines, errors } = await run(['neighbors', 'banana', '--model', model, '-k', '2']);
    const expected = Math.sqrt((1 + PLANTED.pair.cosine) / 2); // of the mean of two unit vectors with each of them
    assert.deepEqual(
      lines.map((line) => line.split(' | ')[1]),
      [`sim: ${expected.toFixed(3)}`, `sim: ${expected.toFixed(3)}`],
    );
    assert.match(errors, /2 tokens \['ban', 'ana'\]/);
  });

  it('labels the sample vectors', async () => {
    const { lines } = await run(['neighbors', 'Mike', '--model', 'sample', '-k', '2']);
    assert.equal(lines[0], 'sample vectors, not GPT-2');
    assert.equal(lines[1], '"Mike" | sim: 1.000');
    const json = await run(['neighbors', '--json', 'Mike', '--model', 'sample', '-k', '1']);
    assert.match(json.lines[0] ?? '', /sample vectors, not GPT-2/);
  });

  it('uses sample vectors where no model is at hand', async () => {
    assert.equal((await run(['neighbors', 'Mike'])).lines[0], 'sample vectors, not GPT-2');
  });

  it('refuses what it cannot search, in one line', async () => {
    const cases: [string[], number, RegExp][] = [
      [['neighbors', 'Mike', '--model', '/no/such/file'], 1, /\/no\/such\/file/],
      [['neighbors', '#99999', '--model', 'sample'], 1, /99999/],
      [['neighbors', 'Mike', '--model', 'sample', '--k', '0'], 2, /--k/],
      [['neighbors', ''], 1, /no token/],
    ];
    for (const [args, code, message] of cases) {
      const ended = await run(args);
      assert.equal(ended.code, code, args.join(' '));
      assert.match(ended.errors, message);
      assert.doesNotMatch(ended.errors, /\n\s+at /);
    }
  });
});

describe('map in the terminal', () => {
  const inFolder = useTemporaryFolder();

  it('makes the layout of a model, says how far it can be believed, and opens it the next time', async () => {
    const { rowCount, dimension, values } = groupedRows(10, 40, 24, 3);
    values.fill(NaN, 7 * dimension, 8 * dimension);
    const bytes = new Uint8Array(values.buffer);
    const tensor = { name: 'wte.weight', dtype: 'F32', shape: [rowCount, dimension], bytes };
    const model = inFolder('model.safetensors');
    await fs.writeFile(model, safetensorsBytes([tensor]));
    const args = ['map', '--model', model, '--cache', inFolder('cache')];

    const made = await run(args);
    assert.equal(made.code, 0, made.errors);
    assert.match(made.errors, /^neighbor graph: 100 %$/m);
    assert.match(made.errors, /^layout: 100 %$/m);
    assert.match(made.errors, /50,257 tokens and the matrix only 400 rows/);
    const [figures] = parsed(made.lines) as Record<string, unknown>[];
    assert.equal(made.lines.length, 1);
    const { seconds, source, ...lasting } = figures ?? {};
    assert.ok(typeof seconds === 'number' && seconds > 0);
    assert.equal(source, 'made');
    assert.equal(lasting.tokens, 400);
    assert.equal(lasting.placed, 399);
    assert.equal(lasting.seed, 1);
    assert.equal(lasting.epochs, 400);
    for (const share of ['kept@15', 'near@100', 'trustworthiness']) {
      assert.ok(Number(lasting[share]) > 0.4 && Number(lasting[share]) <= 1, share);
    }

    const opened = await run([...args, '--positions']);
    assert.doesNotMatch(opened.errors, /layout/);
    const [again, ...tokens] = parsed(opened.lines) as Record<string, unknown>[];
    assert.deepEqual({ ...again, seconds, source }, figures);
    assert.equal(again?.source, 'kept');
    assert.equal(tokens.length, 400);
    assert.deepEqual(tokens[7], { id: 7, token: '(', x: null, y: null, near: null });
    assert.deepEqual(Object.keys(tokens[0] ?? {}), ['id', 'token', 'x', 'y', 'near']);
    assert.ok(
      tokens.every(
        ({ id, x, y }, at) => id === at && (at === 7 || Number.isFinite(x) === Number.isFinite(y)),
      ),
    );
  });

  it('names the regions of a layout', async () => {
    const { rowCount, dimension, values } = groupedRows(10, 40, 24, 3);
    const bytes = new Uint8Array(values.buffer);
    const model = inFolder('model.safetensors');
    const shape = [rowCount, dimension];
    await fs.writeFile(model, safetensorsBytes([{ name: 'wte.weight', dtype: 'F32', shape, bytes }]));
    const { lines, errors } = await run(['map', '--model', model, '--cache', inFolder('cache'), '--regions']);
    const regions = parsed(lines).slice(1) as {
      resolution: number;
      size: number;
      name: string[];
      kind: string;
      x: number;
      y: number;
    }[];
    assert.ok(regions.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)));
    for (const resolution of [1, 10, 40]) {
      const level = regions.filter((region) => region.resolution === resolution);
      const sizes = level.map(({ size }) => size);
      assert.equal(
        sizes.reduce((sum, size) => sum + size, 0),
        rowCount,
        errors,
      );
      assert.deepEqual(
        sizes,
        [...sizes].sort((a, b) => b - a),
      );
      assert.ok(level.every(({ name, kind }) => name.length <= 3 && kind !== ''));
    }
  });

  it('explains itself, and refuses what it cannot lay out, in one line', async () => {
    const nothing = await run(['map']);
    assert.equal(nothing.code, 2);
    assert.match(nothing.errors, /--model/);
    const missing = await run(['map', '--model', '/no/such/file', '--cache', inFolder('cache')]);
    assert.equal(missing.code, 1);
    assert.match(missing.errors, /^map: \/no\/such\/file/);
  });
});

describe('checkpoint in the terminal', () => {
  const inFolder = useTemporaryFolder();

  it('tells which embedding tensor a checkpoint holds', async () => {
    const model = await ensurePlantedCheckpoint();
    const { lines, code } = await run(['checkpoint', '--json', model]);
    const [report] = parsed(lines) as {
      tensor: string;
      dtype: string;
      shape: number[];
      firstRow: number[];
      warnings: string[];
    }[];
    assert.equal(code, 0);
    assert.equal(report?.tensor, 'wte.weight');
    assert.equal(report.dtype, 'F32');
    assert.deepEqual(report.shape, [50257, 768]);
    assert.match(report.warnings.join(), new RegExp(`${PLANTED.zeroRow.id} is zero`));
    const text = (await run(['checkpoint', model])).lines.join('\n');
    assert.match(text, /tensor +wte\.weight\ndtype +F32\nshape +\[50257, 768\]\nfirst row +-?\d\.\d{4} /);
  });

  it('tells why a file is refused, without a stack trace', async () => {
    const file = inFolder('model.safetensors');
    await fs.writeFile(file, 'short');
    for (const refused of [file, inFolder(), inFolder('none'), '/dev/null']) {
      const { code, errors, lines } = await run(['checkpoint', refused]);
      assert.equal(code, 1);
      assert.deepEqual(lines, []);
      assert.match(errors, new RegExp(`^checkpoint: ${refused}`));
      assert.equal(errors.trimEnd().split('\n').length, 1, errors);
    }
  });

  it('shows controls in the names of tensors, files and tokens, and in errors: they do nothing', async () => {
    const acts = '\u001b\u007f\u009b\u202e\u2028';
    const bytes = new Uint8Array(Float32Array.from([1, 0, 0, 1]).buffer);
    const file = inFolder(`${acts}model.safetensors`);
    const name = `${acts}.wte.weight`;
    await fs.writeFile(file, safetensorsBytes([{ name, dtype: 'F32', shape: [2, 2], bytes }]));
    const shown = '‹U+001B›‹U+007F›‹U+009B›‹U+202E›‹U+2028›';
    const text = await run(['checkpoint', file]);
    assert.equal(text.lines[0]?.split('/').at(-1), `${shown}model.safetensors`);
    assert.equal(text.lines[1], `tensor     ${shown}.wte.weight`);
    const json = await run(['checkpoint', '--json', file]);
    const [report] = parsed(json.lines) as { path: string; tensor: string }[];
    assert.deepEqual([report?.path, report?.tensor], [file, name]);
    const refused = await run(['checkpoint', inFolder(`${acts}none`)]);
    assert.match(refused.errors, /^checkpoint: .*‹U\+202E›‹U\+2028›none: /);
    const misused = await run(['checkpoint', `--${acts}`]);
    const tokens = await run(['tokens', acts]);
    const answers = await run(['tokens', '--json', acts]);
    assert.deepEqual((parsed(answers.lines)[0] as { text: string }).text, acts);
    for (const { lines, errors } of [text, json, refused, misused, tokens, answers]) {
      assert.doesNotMatch([...lines, ...errors.split('\n')].join(''), /[\p{Cc}\u202e\u2028]/u);
    }
  });
});
