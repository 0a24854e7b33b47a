import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { TokenQuestions } from '../../src/editor/answers/tokenQuestions';
import { registerLanguageModelTools } from '../../src/editor/languageModelTools/registerLanguageModelTools';
import { TokenTool } from '../../src/editor/languageModelTools/tokenTool';
import { neighborsTool } from '../../src/editor/languageModelTools/tokenTools';
import { VocabularyFilters } from '../../src/editor/vocabulary/vocabularyFilters';
import type { TestAccess } from '../../src/extension';
import { CheckpointOracle, dot, norm } from '../e2e/checkpointOracle';
import { activated, until, withSetting } from './extensionAccess';

const TOOLS = ['tokenize_text', 'find_token_neighbors', 'compare_tokens', 'solve_token_analogy'];

interface ListedNeighbor {
  readonly id: number;
  readonly token: string;
  readonly score: number;
}

/** Calls a tool as an agent of another extension does. */
async function call(
  name: string,
  input: object,
  rest: Omit<vscode.LanguageModelToolInvocationOptions<object>, 'input' | 'toolInvocationToken'> = {},
  token?: vscode.CancellationToken,
): Promise<string> {
  const options = { input, toolInvocationToken: undefined, ...rest };
  const { content } = await vscode.lm.invokeTool(name, options, token);
  assert.equal(content.length, 1);
  const [part] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return part.value;
}

/** The lines `1. ' Mike' #4995 0.857000 norm 3.1` of an answer. */
function listed(answer: string): ListedNeighbor[] {
  return [...answer.matchAll(/^\d+\. (.+) #(\d+) (-?[\d.]+(?:e[-+]\d+)?) norm /gm)].map(
    ([, token, id, score]) => ({
      token: token ?? '',
      id: Number(id),
      score: Number(score),
    }),
  );
}

describe('the language-model tools', () => {
  let access: TestAccess;
  let oracle: CheckpointOracle;

  const idOf = (text: string): number => {
    const [id, ...others] = access.tokenizers.current.encode(text);
    assert.ok(id !== undefined && others.length === 0, `${text} is not one token`);
    return id;
  };

  before(async () => {
    access = await activated();
    oracle = new CheckpointOracle(vscode.workspace.getConfiguration('tokenscope').get<string>('model', ''));
  });

  it('are listed by VS Code, each with the schema of its input', () => {
    for (const name of TOOLS) {
      const tool = vscode.lm.tools.find((candidate) => candidate.name === name);
      assert.ok(tool, `${name} is not listed`);
      assert.ok(tool.description.length > 100);
      const schema = tool.inputSchema as { type: string; additionalProperties: boolean; properties: object };
      assert.deepEqual([schema.type, schema.additionalProperties], ['object', false]);
      assert.ok(Object.keys(schema.properties).length > 0);
    }
  });

  it('are registered where that is possible, and given back', () => {
    registerLanguageModelTools(questionsOf(access), os.homedir(), {}).dispose();
    const registered: string[] = [];
    const registerTool = (name: string): vscode.Disposable => {
      registered.push(name);
      return new vscode.Disposable(() => registered.splice(registered.indexOf(name), 1));
    };
    const registration = registerLanguageModelTools(questionsOf(access), os.homedir(), { registerTool });
    assert.deepEqual(registered, TOOLS);
    registration.dispose();
    assert.deepEqual(registered, []);
  });

  it('split a text exactly, with ids and ranges', async () => {
    const text = 'banana is yellow\n你好';
    const answer = await call('tokenize_text', { text });
    const { ids, offsets } = access.tokenizers.current.encodeWithOffsets(text);
    assert.match(answer, /^Tokenizer: "GPT-2", vocabulary of 50257 tokens/);
    assert.match(answer, new RegExp(`\\b${text.length} characters .* ${ids.length} tokens`));
    assert.match(answer, /^0 #3820 'ban' \[0, 3\)\n1 #2271 'ana' \[3, 6\)$/m);
    assert.deepEqual(
      [...answer.matchAll(/^\d+ #(\d+) .* \[(\d+), (\d+)\)$/gm)].map(([, ...numbers]) => numbers.map(Number)),
      ids.map((id, index) => [id, ...(offsets[index] ?? [])]),
    );
  });

  it('split the longest text that is possible, whatever it is', async () => {
    for (const text of ['', ' ', '語'.repeat(100_000), ' a'.repeat(50_000), '\ud83d'.repeat(100_000)]) {
      const answer = await call('tokenize_text', { text });
      const count = access.tokenizers.current.encode(text).length;
      assert.match(answer, new RegExp(`\\b${text.length} characters .* ${count} tokens`));
      assert.equal([...answer.matchAll(/^\d+ #/gm)].length, Math.min(count, 1_000));
      assert.equal(answer.includes(`(${count - 1_000} more tokens are left out`), count > 1_000);
    }
  });

  it('find the neighbors of Mike', async () => {
    const answer = await call('find_token_neighbors', { query: 'Mike', k: 5 });
    assert.deepEqual(
      listed(answer).map(({ token, id, score }) => [token, id, score.toFixed(3)]),
      [
        ["'Mike'", idOf('Mike'), '1.000'],
        ["' Mike'", idOf(' Mike'), '0.857'],
        ["'Michael'", idOf('Michael'), '0.685'],
        ["'Chris'", idOf('Chris'), '0.647'],
        ["'Jim'", idOf('Jim'), '0.640'],
      ],
    );
    const [identity = ''] = answer.split('\n');
    assert.match(
      identity,
      /^Model: .*"wte\.weight", 50257 × 768 .*F32, file "\S+\.safetensors", not verified as GPT-2/,
    );
    assert.equal(answer.includes(os.homedir()) || identity.includes('/'), false, identity);
    const average = Number(/average score for this query is (-?[\d.]+)/.exec(answer)?.[1]);
    const all = oracle.ranked(oracle.row(idOf('Mike')), 'cosine');
    const mean = all.reduce((sum, { score }) => sum + score, 0) / all.length;
    assert.ok(Math.abs(average - mean) < 0.01, `${average} instead of ${mean}`);
  });

  it('solve an analogy as the checkpoint itself says', async () => {
    const [man, king, woman] = [' man', ' king', ' woman'].map(idOf);
    const wordOf = (id: number): string =>
      access.tokenizers.current.decode([id]).replace(/^ /, '').toLowerCase();
    assert.ok(man !== undefined && king !== undefined && woman !== undefined);
    const expected = oracle
      .ranked(
        oracle.formula([
          [1, king],
          [-1, man],
          [1, woman],
        ]),
        'cosine',
      )
      .filter(({ id }) => !['man', 'king', 'woman'].includes(wordOf(id)))
      .slice(0, 10);
    const input = { a: 'man', b: 'king', c: 'woman', form: 'leadingSpace' };
    const answer = await call('solve_token_analogy', input);
    assert.match(answer, /^Query: "king - man \+ woman" \(with a leading space\) = ' king' #/m);
    assert.deepEqual(
      listed(answer).map(({ id, score }) => [id, score.toFixed(6)]),
      expected.map(({ id, score }) => [id, score.toFixed(6)]),
    );
  });

  it('compare two tokens, and several with each other', async () => {
    const [ban, ana] = [idOf('ban'), idOf('ana')];
    const [a, b] = [oracle.row(ban), oracle.row(ana)];
    const answer = await call('compare_tokens', { a: 'ban', b: 'ana' });
    const figureOf = (name: string): number => Number(new RegExp(`${name} (-?[\\d.]+)`).exec(answer)?.[1]);
    const distance = norm(a.map((value, j) => value - (b[j] ?? 0)));
    assert.equal(figureOf('a, b: cosine').toFixed(6), oracle.cosine(ban, ana).toFixed(6));
    assert.equal(figureOf('dot product').toFixed(6), dot(a, b).toFixed(6));
    assert.equal(figureOf('Euclidean distance').toFixed(6), distance.toFixed(6));
    assert.match(
      answer,
      new RegExp(`^a: "ban" \\(bare\\) = 'ban' #${ban}, norm ${norm(a).toFixed(6)}$`, 'm'),
    );
    assert.match(answer, /^Scale: two tokens of this model have on average cosine /m);
    const several = await call('compare_tokens', { tokens: ['ban', 'ana', `#${idOf('Mike')}`] });
    assert.match(several, new RegExp(`^2, 3: cosine ${oracle.cosine(ana, idOf('Mike')).toFixed(6)},`, 'm'));
  });

  it('refuse an input with a sentence that says what to change', async () => {
    const bad: [string, object, RegExp][] = [
      ['find_token_neighbors', { query: 'Mike', k: 5000 }, /"k" must be an integer from 1 to 100, not 5000/],
      ['find_token_neighbors', { word: 'Mike' }, /has no field "word"; the fields are "query"/],
      ['find_token_neighbors', { query: 'king - (man' }, /cannot be read: This “\(” is never closed/],
      ['find_token_neighbors', { query: '#50257' }, /0 to 50256/],
      ['tokenize_text', { text: 'a'.repeat(100_001) }, /100001 characters; at most 100000/],
      ['compare_tokens', { a: 'ban' }, /Give "a" and "b"/],
      ['solve_token_analogy', { a: 'man', b: 'king - x', c: 'woman' }, /"b" .* is a formula/],
    ];
    for (const [name, input, message] of bad) {
      await assert.rejects(call(name, input), (error: Error) => {
        assert.match(error.message, message);
        assert.ok(error.message.includes(`${name}: `), error.message);
        return true;
      });
    }
  });

  it('keep to the budget of the model that reads the answer', async () => {
    const { current } = access.tokenizers;
    const countTokens = (text: string): Promise<number> => Promise.resolve(current.encode(text).length);
    const tokenizationOptions = { tokenBudget: 700, countTokens };
    const answer = await call('find_token_neighbors', { query: 'Mike', k: 100 }, { tokenizationOptions });
    const kept = listed(answer).length;
    assert.ok(kept > 10 && kept < 100, String(kept));
    assert.ok((await countTokens(answer)) <= 700);
    assert.ok(answer.includes(`(${100 - kept} more neighbors are left out`), answer);
    assert.match(answer, /^Scale: /m);
  });

  it('end when they are canceled', async () => {
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    await assert.rejects(call('find_token_neighbors', { query: 'Mike' }, {}, source.token), /cancell?ed/i);
  });

  it('give up a load that nobody else waits for, when they are canceled', async () => {
    const tool = new TokenTool(neighborsTool, questionsOf(access), os.homedir());
    access.session.reset();
    const source = new vscode.CancellationTokenSource();
    const listener = access.session.onDidChangeState(() => source.cancel());
    try {
      await assert.rejects(
        Promise.resolve(
          tool.invoke({ input: { query: 'Mike' }, toolInvocationToken: undefined }, source.token),
        ),
        (error) => error instanceof vscode.CancellationError,
      );
    } finally {
      listener.dispose();
    }
    assert.equal(access.session.state.state, 'none');
  });

  it('say what runs, and ask nothing before', () => {
    const tool = new TokenTool(neighborsTool, questionsOf(access), os.homedir());
    assert.deepEqual(tool.prepareInvocation({ input: { query: 'Mike' } }), {
      invocationMessage: 'Finding the tokens nearest to "Mike"',
    });
    assert.deepEqual(tool.prepareInvocation({ input: { query: 7 } }), {});
  });

  it('tell which model is missing, and download nothing', async () => {
    const restore = await withSetting('model', 'hf:acme/model-that-is-not-here');
    const states: string[] = [];
    const listener = access.session.onDidChangeState(({ state }) => states.push(state));
    try {
      await until(() => (access.session.state.state === 'none' ? true : undefined));
      const answer = await call('find_token_neighbors', { query: 'Mike' });
      assert.match(answer, /^There is no answer: acme\/model-that-is-not-here is not on this machine/);
      assert.match(answer, /“Tokenscope: Choose Model…”/);
      assert.deepEqual(
        states.filter((state) => state !== 'none'),
        [],
      );
    } finally {
      listener.dispose();
      await restore();
    }
  });

  it('name a file that cannot be read without the folder of its user', async () => {
    const restore = await withSetting('model', path.join(os.homedir(), 'no-such-model.safetensors'));
    try {
      await assert.rejects(call('compare_tokens', { a: 'ban', b: 'ana' }), (error: Error) => {
        assert.match(error.message, /no-such-model\.safetensors/);
        assert.equal(error.message.includes(os.homedir()), false, error.message);
        return true;
      });
    } finally {
      await restore();
    }
  });

  it('say of sample vectors that they are not GPT-2', async () => {
    const restore = await withSetting('model', 'sample');
    try {
      await until(() => (access.session.state.state === 'none' ? true : undefined));
      const answer = await call('find_token_neighbors', { query: 'Mike', k: 3 });
      assert.match(answer, /^Model: sample vectors, not GPT-2: /);
    } finally {
      await restore();
    }
  });
});

function questionsOf({ session, tokenizers }: TestAccess): TokenQuestions {
  return new TokenQuestions({
    embeddings: session,
    tokenizers,
    filters: new VocabularyFilters(),
    missingModel: () => Promise.resolve(undefined),
  });
}
