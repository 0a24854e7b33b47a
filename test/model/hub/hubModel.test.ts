import assert from 'node:assert/strict';
import {
  formatHubModel,
  isRepositoryName,
  parseHubModel,
  shortRevision,
} from '../../../src/model/hub/hubModel';
import { resolveEndpoint, resolveToken } from '../../../src/model/hub/hubSettings';
import { HUB_ADDRESS } from '../../../src/model/hub/serverAddress';
import { findKnownModel, GPT2_SMALL, KNOWN_MODELS } from '../../../src/model/hub/knownModels';
import { rateLimitMilliseconds, retryAfterMilliseconds } from '../../../src/model/hub/retryAfter';

const COMMIT = '607a30d783dfa663caf39e06633721c8d4cfcd7e';

describe('The name of a model on the hub', () => {
  const understood: [string, string, string][] = [
    [`hf:openai-community/gpt2@${COMMIT}`, 'openai-community/gpt2', COMMIT],
    ['openai-community/gpt2', 'openai-community/gpt2', 'main'],
    ['hf:gpt2', 'gpt2', 'main'],
    ['  EleutherAI/pythia-70m@step1000 ', 'EleutherAI/pythia-70m', 'step1000'],
    ['a/b', 'a/b', 'main'],
    ['HF:gpt2', 'gpt2', 'main'],
    ['hf:a/b@refs/pr/7', 'a/b', 'refs/pr/7'],
    ['a/b@feature/x', 'a/b', 'feature/x'],
    ['https://huggingface.co/gpt2', 'gpt2', 'main'],
    ['https://huggingface.co/openai-community/gpt2/', 'openai-community/gpt2', 'main'],
    ['huggingface.co/a/b', 'a/b', 'main'],
    ['https://hf.co/a/b?library=transformers#usage', 'a/b', 'main'],
    ['https://huggingface.co/a/b/tree/v1.0', 'a/b', 'v1.0'],
    ['https://huggingface.co/gpt2/blob/main/model.safetensors', 'gpt2', 'main'],
    [`https://huggingface.co/a/b/resolve/${COMMIT}/model.safetensors?download=true`, 'a/b', COMMIT],
    [`https://huggingface.co/a/b/commit/${COMMIT}`, 'a/b', COMMIT],
    ['https://huggingface.co/a/b/tree/refs%2Fpr%2F7', 'a/b', 'refs/pr/7'],
    ['https://huggingface.co/a/b/tree/refs/pr/7/onnx', 'a/b', 'refs/pr/7'],
    ['https://huggingface.co/a/b/discussions/7', 'a/b', 'main'],
    ['hf: gpt2', 'gpt2', 'main'],
    ['hf:a/b/', 'a/b', 'main'],
    ['hf:a/b@refs%2Fpr%2F7', 'a/b', 'refs/pr/7'],
    ['https://huggingface.co/a/b.git', 'a/b', 'main'],
    ['hf://gpt2', 'gpt2', 'main'],
    ['hf://a/b', 'a/b', 'main'],
    ['hf://a/b/model.safetensors', 'a/b', 'main'],
    ['hf://a/b@v1.0/onnx/model.safetensors', 'a/b', 'v1.0'],
    ['HF://a/b@refs/pr/7/model.safetensors', 'a/b', 'refs/pr/7'],
    ['TinyLlama/TinyLlama_v1.1@v1.0', 'TinyLlama/TinyLlama_v1.1', 'v1.0'],
  ];
  for (const [text, repository, revision] of understood) {
    it(`is understood: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseHubModel(text), { repository, revision });
    });
  }

  const refused = [
    '',
    'hf:',
    '@main',
    'a/b/c',
    '/a',
    'a/',
    '../x',
    'a/..',
    'a/../b',
    'a..b',
    'a--b',
    '-a/b',
    'a/b-',
    '.a/b',
    'a/b.git',
    'a b/c',
    'a/b@',
    'a/b@../x',
    'a/b@x//y',
    'a/b@/x',
    'a/b@x/',
    'a/b@x/../y',
    'a/b@x/.git',
    'a/b@main@main',
    'a/b?x',
    'a/b#x',
    'a%2fb',
    'a\\b',
    'https://huggingface.co/',
    'https://huggingface.co/datasets/a/b',
    'https://huggingface.co/a/b/tree/..%2F..%2Fx',
    'hf:datasets/a',
    'hf://datasets/a/b',
    'hf://spaces/a/b@main/app.py',
    'hf://a/../b',
    'hf:a/b@..%2Fx',
    'hf:a/b@%',
    'hf://',
    'https://huggingface.co/%',
    'https://example.com/a/b',
    'https://huggingface.co.example/a/b',
    'ä/b',
    'a/b\u0000',
    `a/${'b'.repeat(100)}`,
    `a/b@${'b'.repeat(200)}`,
  ];
  for (const text of refused) {
    it(`is refused: ${JSON.stringify(text.slice(0, 40))}`, () => {
      assert.equal(parseHubModel(text), undefined);
    });
  }

  it('is written as it is read', () => {
    for (const text of ['gpt2', 'openai-community/gpt2', `a/b@${COMMIT}`]) {
      assert.equal(formatHubModel(parseHubModel(text)!), text);
    }
    assert.equal(shortRevision(COMMIT), '607a30d');
    assert.equal(shortRevision('main'), 'main');
  });
});

describe('The known models', () => {
  it("are pinned, have valid names and GPT-2's vocabulary", () => {
    for (const model of KNOWN_MODELS) {
      assert.ok(isRepositoryName(model.repository));
      assert.match(model.revision, /^[0-9a-f]{40}$/);
      assert.equal(model.tensorBytes, 50_257 * model.dimension * 4);
      assert.equal(findKnownModel(model), model);
    }
    assert.equal(findKnownModel({ ...GPT2_SMALL, revision: 'main' }), undefined);
  });

  it('begin with GPT-2 small, whose sizes are published', () => {
    assert.equal(KNOWN_MODELS[0], GPT2_SMALL);
    assert.equal(GPT2_SMALL.tensorBytes, 154_389_504);
    assert.equal(GPT2_SMALL.fileBytes, 548_105_171);
    assert.deepEqual(
      KNOWN_MODELS.filter(({ hasFingerprint }) => hasFingerprint),
      [GPT2_SMALL],
    );
  });
});

describe('The server', () => {
  it('is that of the setting, then that of HF_ENDPOINT, then the hub', () => {
    const env = { HF_ENDPOINT: 'https://mirror.example/hf/' };
    assert.equal(resolveEndpoint(' http://localhost:8080 ', env).href, 'http://localhost:8080/');
    assert.equal(resolveEndpoint('', env).href, 'https://mirror.example/hf/');
    assert.equal(resolveEndpoint(undefined, { HF_ENDPOINT: '' }).origin, HUB_ADDRESS);
  });

  const refused: [string, RegExp][] = [
    ['huggingface.co', /is not a web address/],
    ['file:///etc', /does not start with https/],
    ['ftp://x', /does not start with https/],
    ['https://user:pa55@x', /user name or password/],
    ['https://x/?q=1', /query or fragment/],
    ['https://x/#y', /query or fragment/],
    ['https://x/?', /query or fragment/],
  ];
  for (const [text, says] of refused) {
    it(`is refused, without repeating it: ${text}`, () => {
      assert.throws(
        () => resolveEndpoint(text, {}),
        (error) => error instanceof RangeError && says.test(error.message) && !error.message.includes('pa55'),
      );
      assert.throws(() => resolveEndpoint('', { HF_ENDPOINT: text }), /HF_ENDPOINT/);
    });
  }
});

describe('The access token', () => {
  it('is the stored one, then that of the environment', () => {
    const env = { HF_TOKEN: 'hf_b', HUGGING_FACE_HUB_TOKEN: 'hf_c' };
    assert.equal(resolveToken(' hf_a\n', env), 'hf_a');
    assert.equal(resolveToken('', env), 'hf_b');
    assert.equal(resolveToken(undefined, { HUGGING_FACE_HUB_TOKEN: 'hf_c' }), 'hf_c');
    assert.equal(resolveToken(undefined, {}), undefined);
  });

  it('is nothing that could not stand in a header', () => {
    assert.equal(resolveToken('a\r\nX-Evil: 1', {}), undefined);
    assert.equal(resolveToken('ä', {}), undefined);
  });
});

describe('RateLimit', () => {
  it('is understood as the hub sends it: the wait of those limits of which nothing is left', () => {
    for (const [header, seconds] of [
      ['"api";r=0;t=55', 55],
      ['"api"; t=290; r=0', 290],
      ['"pages";r=12;t=300, "resolvers";r=0;t=7', 7],
      ['"a";r=0;t=7, "b";r=0;t=9', 9],
      ['limit=100, remaining=0, t=5', 5],
      ['"api";r=0;t=999999', 600],
      ['"api";r=3;t=55', undefined],
      ['"api";r=0', undefined],
      ['"api";r=0;t=soon', undefined],
      ['"api";r=0;tt=5', undefined],
      ['', undefined],
      [undefined, undefined],
    ] as const) {
      assert.equal(rateLimitMilliseconds(header), seconds === undefined ? undefined : seconds * 1000, header);
    }
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2025-01-01T00:00:00Z');

  it('is understood as seconds and as a date, with a limit', () => {
    assert.equal(retryAfterMilliseconds('7', now), 7_000);
    assert.equal(retryAfterMilliseconds('0', now), 0);
    // No number by the standard, and no date either.
    assert.equal(retryAfterMilliseconds('1.5', now), 1_500);
    assert.equal(retryAfterMilliseconds('-3', now), 0);
    assert.equal(retryAfterMilliseconds('Wed, 01 Jan 2025 00:00:30 GMT', now), 30_000);
    assert.equal(retryAfterMilliseconds('Wed, 01 Jan 2020 00:00:00 GMT', now), 0);
    assert.equal(retryAfterMilliseconds('999999', now), 600_000);
    for (const text of [undefined, '', 'soon', '1e99x', '-']) {
      assert.equal(retryAfterMilliseconds(text, now), undefined, text);
    }
  });
});
