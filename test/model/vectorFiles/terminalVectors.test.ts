import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import { ggufBytes, integers, strings } from '../../fixtures/checkpoints/ggufBytes';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';
import { runTerminal } from '../../fixtures/runTerminal';

const VECTORS = [
  'king 1 0 0',
  'queen 0.9 0.1 0',
  'man 0.5 0.5 0',
  'apple 0 0 1',
  'New York 0 1 0',
  'king 0 0 2',
];

describe('Files of vectors in the terminal', () => {
  const inFolder = useTemporaryFolder('suite');
  let file = '';
  const run = (...args: string[]): ReturnType<typeof runTerminal> => runTerminal(args);
  const neighbors = (...args: string[]): ReturnType<typeof runTerminal> =>
    run('neighbors', '--cache', inFolder('cache'), '--model', file, ...args);

  before(async () => {
    file = inFolder('small.vec');
    await fs.writeFile(file, `6 3\n${VECTORS.join('\n')}\n`);
  });

  it('are described: what they are, how many labels they have, and what is odd', async () => {
    const { lines, code } = await run('checkpoint', '--cache', inFolder('cache'), file);
    assert.equal(code, 0);
    const [converted] = await fs.readdir(inFolder('cache'));
    assert.deepEqual(lines, [
      file,
      'format     word2vec text',
      'labels     6',
      `converted  ${inFolder('cache', converted ?? '')}`,
      'tensor     embedding.weight',
      'dtype      F32',
      'shape      [6, 3]',
      'first row  1.0000 0.0000 0.0000',
      'warning    1 row has the label of an earlier row: a word means the first row that has it, the others are reached by number, such as #12.',
    ]);
  });

  it('are searched by their words, by several and by numbers', async () => {
    assert.deepEqual((await neighbors('queen', '-k', '3')).lines, [
      '"queen" | sim: 1.000',
      '"king" | sim: 0.994',
      '"man" | sim: 0.781',
    ]);
    assert.deepEqual((await neighbors('New York', '-k', '1')).lines, ['"New York" | sim: 1.000']);
    assert.deepEqual((await neighbors('#5', '-k', '2')).lines, [
      '"apple" | sim: 1.000',
      '"king" | sim: 1.000',
    ]);
    const { lines, errors } = await neighbors('king apple', '-k', '1', '--json');
    const answer = JSON.parse(lines[0] ?? '') as { ids: number[]; model: { name: string; path: string } };
    assert.deepEqual(answer.ids, [0, 3]);
    assert.deepEqual([answer.model.name, answer.model.path], ['small', file]);
    assert.match(errors, /earlier row/);
  });

  it('say which word they do not have, and go on with the next line', async () => {
    const { code, errors } = await neighbors('King of queens');
    assert.equal(code, 1);
    assert.match(errors, /"King", "of", "queens" are not among the 6 labels of small; "king" is\./);
    const { lines } = await runTerminal(
      ['neighbors', '--cache', inFolder('cache'), '--model', file, '--stdin'],
      '"nothing"\n{"query": "apple", "k": 1}\n',
    );
    const [failed, found] = lines.map(
      (line) => JSON.parse(line) as { error?: string; neighbors?: { token: string }[] },
    );
    assert.match(failed?.error ?? '', /"nothing" is not among/);
    assert.equal(found?.neighbors?.[0]?.token, 'apple');
  });

  it('take their labels from a file that is named', async () => {
    const table = inFolder('table.tsv');
    await fs.writeFile(table, '1\t0\n0\t1\n');
    await fs.writeFile(inFolder('own.txt'), 'left\nright\n');
    const search = ['neighbors', '--cache', inFolder('cache'), '--model', table, '-k', '1'];
    assert.deepEqual((await run(...search, '--labels', inFolder('own.txt'), 'right')).lines, [
      '"right" | sim: 1.000',
    ]);
    // Without labels rows are numbers.
    assert.deepEqual((await run(...search, '#1')).lines, ['(#1) | sim: 1.000']);
    assert.match((await run(...search, 'right')).errors, /have no labels and are shown by number/);
    const { code, errors } = await run('checkpoint', '--labels', inFolder('own.txt'), 'sample');
    assert.equal(code, 2);
    assert.match(errors, /--labels takes labels for a file of vectors/);
  });

  it('may be GGUF files, whose tokens have their spaces', async () => {
    const gguf = inFolder('small.gguf');
    const bytes = Buffer.alloc(16);
    [1, 0, 0.6, 0.8].forEach((value, at) => bytes.writeFloatLE(value, 4 * at));
    await fs.writeFile(
      gguf,
      ggufBytes({
        keys: [
          ['tokenizer.ggml.model', { type: 8, value: 'llama' }],
          ['tokenizer.ggml.tokens', strings(['▁king', 'king'])],
          ['tokenizer.ggml.token_type', integers([1, 1])],
        ],
        tensors: [{ name: 'token_embd.weight', axes: [2, 2], type: 0, bytes }],
      }),
    );
    const { lines } = await run('neighbors', '--cache', inFolder('cache'), '--model', gguf, ' king');
    assert.deepEqual(lines, ['" king" | sim: 1.000', '"king" | sim: 0.600']);
  });

  it('are refused with the figure before they are converted, where no search can hold them', async function () {
    if (process.platform === 'win32') {
      // There a hole takes room.
      this.skip();
    }
    const sparse = inFolder('sparse.npy');
    const header = "{'descr': '<f2', 'fortran_order': False, 'shape': (60000000, 128), }".padEnd(117) + '\n';
    await fs.writeFile(sparse, `\x93NUMPY\x01\x00v\x00${header}`, 'latin1');
    // A hole: such a file takes no room.
    await fs.truncate(sparse, 128 + 2 * 60_000_000 * 128);
    const { code, errors } = await run('neighbors', '--cache', inFolder('none'), '--model', sparse, '#1');
    assert.equal(code, 1);
    assert.match(
      errors,
      /^neighbors: .*sparse\.npy: Embeddings of 60000000 × 128 values need [\d,]+ MB of memory/,
    );
    await assert.rejects(fs.readdir(inFolder('none')));
  });

  it('leave nothing half converted behind when Ctrl+C ends it', async function () {
    if (process.platform === 'win32') {
      // There the signal ends a program without its knowing.
      this.skip();
    }
    const large = inFolder('large.txt');
    const row = ` ${'0.123456 '.repeat(5000)}\n`;
    await fs.writeFile(large, Array.from({ length: 600 }, (_, at) => `w${at}${row}`).join(''));
    // The program itself, once it is built: the script before it would get the signal.
    await run('tokens', 'a');
    const child = spawn(process.execPath, [
      'dist/terminal.js',
      'checkpoint',
      '--cache',
      inFolder('half'),
      large,
    ]);
    child.stderr.once('data', () => child.kill('SIGINT'));
    const code = await new Promise((resolve) => child.once('close', resolve));
    assert.equal(code, 130);
    assert.deepEqual(await fs.readdir(inFolder('half')), []);
  });

  it('are refused in one line, naming the file and the place', async () => {
    const bad = inFolder('bad.vec');
    await fs.writeFile(bad, '2 3\na 1 2 3\nb 1 x 3\n');
    const { code, errors, lines } = await run('checkpoint', '--cache', inFolder('cache'), bad);
    assert.deepEqual([code, lines], [1, []]);
    assert.equal(
      errors,
      `checkpoint: ${bad}: line 3 has "x" where a number should be; expected a label and 3 values.\n`,
    );
  });
});
