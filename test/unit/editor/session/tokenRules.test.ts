import assert from 'node:assert/strict';
import { HubServer } from '../../../../src/editor/session/hubServer';
import { TokenConsents } from '../../../../src/editor/session/tokenConsents';
import { TokenRules, type TokenQuestion } from '../../../../src/editor/session/tokenRules';
import { MemoryState } from './memoryState';

const WORKSPACE = new URL('https://workspace.example/hf');
const USERS = 'https://users.example:8443/mirror';
const OF_ENVIRONMENT = 'https://environment.example';
const REPOSITORY = 'ada/tiny-model';

interface Case {
  usersHubEndpoint?: string;
  env?: Record<string, string>;
  token?: string | undefined;
  answer?: () => boolean | Promise<boolean>;
  state?: MemoryState;
}

/** The rules where a workspace names the server, with what they have asked. */
function rulesOf({ usersHubEndpoint = '', env = {}, answer, state = new MemoryState(), ...more }: Case = {}) {
  const asked: TokenQuestion[] = [];
  const consents = new TokenConsents(state as never);
  const rules = new TokenRules({
    token: () => Promise.resolve('token' in more ? more.token : 'hf_secret'),
    server: new HubServer({ hubEndpoint: WORKSPACE.href, usersHubEndpoint }, env),
    consents,
    ask: async (question) => {
      asked.push(question);
      assert.ok(answer, 'nobody is to be asked');
      return answer();
    },
  });
  return { rules, asked, consents };
}

describe('the access token', () => {
  it('belongs to the hub, and to the servers that the user and the environment name', async () => {
    const { rules } = rulesOf({ usersHubEndpoint: USERS, env: { HF_ENDPOINT: OF_ENVIRONMENT } });
    for (const endpoint of [
      'https://huggingface.co/any/path',
      'https://users.example:8443/',
      OF_ENVIRONMENT,
    ]) {
      assert.equal(await rules.tokenFor(new URL(endpoint)), 'hf_secret', endpoint);
      assert.deepEqual(await rules.answerTo(new URL(endpoint), REPOSITORY), { token: 'hf_secret' });
    }
  });

  it('does not belong to any other, nor to one that only looks like them', async () => {
    const { rules } = rulesOf({ usersHubEndpoint: USERS, env: { HF_ENDPOINT: OF_ENVIRONMENT } });
    for (const endpoint of [
      WORKSPACE.href,
      'https://users.example',
      'http://users.example:8443',
      'http://huggingface.co',
      'https://huggingface.co.',
      'https://huggingface.co:8443',
      'https://evil.huggingface.co',
      'https://huggingface.co.evil.example',
    ]) {
      assert.equal(await rules.tokenFor(new URL(endpoint)), undefined, endpoint);
    }
  });

  it('is not sent where the settings of the user or the environment are no address', async () => {
    const { rules } = rulesOf({ usersHubEndpoint: 'no address', env: { HF_ENDPOINT: 'neither' } });
    assert.equal(await rules.tokenFor(WORKSPACE), undefined);
    assert.equal(await rules.tokenFor(new URL('https://huggingface.co')), 'hf_secret');
  });

  it('is not sent by http: to the server that the user names, but to this machine itself', async () => {
    for (const [endpoint, expected] of [
      ['http://users.example', undefined],
      ['http://127.0.0.1.users.example', undefined],
      ['http://127.0.0.1:8080', 'hf_secret'],
      ['http://127.8.9.10', 'hf_secret'],
      ['http://localhost:8080', 'hf_secret'],
      ['http://[::1]:8080', 'hf_secret'],
    ] as const) {
      const { rules } = rulesOf({ usersHubEndpoint: endpoint });
      assert.equal(await rules.tokenFor(new URL(endpoint)), expected, endpoint);
    }
  });

  it('is asked about with server and repository, and a yes holds across windows, for this origin', async () => {
    const state = new MemoryState();
    const { rules, asked } = rulesOf({ answer: () => true, state });
    assert.deepEqual(await rules.answerTo(WORKSPACE, REPOSITORY), { token: 'hf_secret' });
    assert.deepEqual(asked, [{ origin: 'https://workspace.example', repository: REPOSITORY }]);
    const later = rulesOf({ state });
    assert.equal(await later.rules.tokenFor(WORKSPACE), 'hf_secret');
    assert.deepEqual(await later.rules.answerTo(WORKSPACE, 'other/model'), { token: 'hf_secret' });
    assert.equal(await later.rules.tokenFor(new URL('https://other.example')), undefined);
    assert.equal(await later.rules.tokenFor(new URL('http://workspace.example')), undefined);
  });

  it('is taken back', async () => {
    const state = new MemoryState();
    await rulesOf({ answer: () => true, state }).rules.answerTo(WORKSPACE, REPOSITORY);
    const { rules, consents } = rulesOf({ answer: () => false, state });
    assert.deepEqual(consents.origins, [WORKSPACE.origin]);
    await consents.forget(WORKSPACE.origin);
    assert.equal(await rules.tokenFor(WORKSPACE), undefined);
    assert.ok('withheld' in ((await rules.answerTo(WORKSPACE, REPOSITORY)) ?? {}));
  });

  it('is not asked about again after a no, until the user begins something anew', async () => {
    const { rules, asked } = rulesOf({ answer: () => false });
    for (let i = 0; i < 3; i++) {
      const answer = await rules.answerTo(WORKSPACE, REPOSITORY);
      assert.ok(answer && 'withheld' in answer);
      assert.match(answer.withheld, /not sent.*workspace\.example/);
    }
    assert.equal(asked.length, 1);
    assert.equal(await rules.tokenFor(WORKSPACE), undefined);
    rules.askAgain();
    await rules.answerTo(WORKSPACE, REPOSITORY);
    assert.equal(asked.length, 2);
  });

  it('is asked about once by all who wait for the answer', async () => {
    let answer: (value: boolean) => void = () => undefined;
    const { rules, asked } = rulesOf({ answer: () => new Promise<boolean>((resolve) => (answer = resolve)) });
    const waiting = [rules.answerTo(WORKSPACE, REPOSITORY), rules.answerTo(WORKSPACE, 'other/model')];
    while (asked.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    answer(true);
    assert.deepEqual(await Promise.all(waiting), [{ token: 'hf_secret' }, { token: 'hf_secret' }]);
    assert.equal(asked.length, 1);
  });

  it('is not asked about where there is none', async () => {
    const { rules } = rulesOf({ token: undefined });
    assert.equal(await rules.answerTo(WORKSPACE, REPOSITORY), undefined);
  });

  it('survives a memory that is none', async () => {
    const state = new MemoryState();
    for (const broken of [7, 'x', [1, null], {}]) {
      await state.update('tokenscope.tokenOrigins', broken);
      assert.equal(await rulesOf({ state }).rules.tokenFor(WORKSPACE), undefined);
    }
  });
});
