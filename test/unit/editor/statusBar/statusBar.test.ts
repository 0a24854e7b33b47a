import assert from 'node:assert/strict';
import type { EmbeddingState } from '../../../../src/engine/session/embeddingState';
import { presentEmbeddings } from '../../../../src/editor/session/embeddingsPresentation';
import { shareOfContext } from '../../../../src/editor/documents/tokenCounts';
import { tokensText, wordsText } from '../../../../src/editor/statusBar/tokenFigures';
import { clickedCommand, spokenStatus, statusTooltip } from '../../../../src/editor/statusBar/statusTooltip';
import { COMMANDS } from '../../../../src/editor/commandIds';
import { HubError } from '../../../../src/model/hub/hubError';
import { MODEL } from '../plainEmbeddings';

const COMPLETE = { state: 'complete', progress: 1, selection: undefined } as const;
const TOKENIZING = { state: 'tokenizing', selection: undefined } as const;

describe('text of the status bar', () => {
  const cases = [
    ['128 tokens', { ...COMPLETE, count: 128 }],
    ['1 token', { ...COMPLETE, count: 1 }],
    ['0 tokens', { ...COMPLETE, count: 0 }],
    ['1,234,567 tokens', { ...COMPLETE, count: 1_234_567 }],
    ['12 of 128 tokens', { ...COMPLETE, count: 128, selection: { tokens: 12 } }],
    ['… of 128 tokens', { ...COMPLETE, count: 128, selection: { tokens: undefined } }],
    ['… tokens', { ...TOKENIZING, progress: 0, count: undefined }],
    ['… tokens 42 %', { ...TOKENIZING, progress: 0.429, count: undefined }],
    ['… tokens 99 %', { ...TOKENIZING, progress: 0.9999, count: 7 }],
    ['~128 tokens', { ...TOKENIZING, progress: 0, count: 128 }],
    ['12 of … tokens 42 %', { ...TOKENIZING, progress: 0.42, count: undefined, selection: { tokens: 12 } }],
    ['large file', { state: 'large', progress: 1, count: undefined, selection: undefined }],
    ['12 tokens selected', { state: 'large', progress: 1, count: undefined, selection: { tokens: 12 } }],
    ['1 token selected', { state: 'large', progress: 1, count: undefined, selection: { tokens: 1 } }],
  ] as const;
  for (const [text, figures] of cases) {
    it(`is: ${text}`, () => assert.equal(tokensText(figures), text));
  }
});

describe('share of the context window', () => {
  const cases = [
    [128, '12.5 % of 1,024'],
    [0, '0.0 % of 1,024'],
    [1, 'under 0.1 % of 1,024'],
    [1_023, '99.9 % of 1,024'],
    [1_024, '100 % of 1,024'],
    [1_025, 'just over the 1,024 tokens that GPT-2 reads at once'],
    [1_100, '1.07 times the 1,024 tokens that GPT-2 reads at once'],
    [3_277, '3.2 times the 1,024 tokens that GPT-2 reads at once'],
    [2_000_000, '1,953 times the 1,024 tokens that GPT-2 reads at once'],
  ] as const;
  for (const [tokens, text] of cases) {
    const window = tokens === 1 ? 1_025 : 1_024;
    it(`of ${tokens} tokens is: ${text}`, () => {
      assert.equal(
        shareOfContext(tokens, window, 'GPT-2'),
        text.replace('1,024', window.toLocaleString('en')),
      );
    });
  }
});

describe('words that are one token', () => {
  it('are never 100 % where one is not', () => {
    assert.equal(wordsText({ words: 1_000, singleTokenWords: 999 }), '99 % of 1,000 words');
    assert.equal(wordsText({ words: 1, singleTokenWords: 1 }), '100 % of 1 word');
  });
});

describe('a click on the status bar item', () => {
  const tokens = undefined;
  const bands = { editorCount: 0, areOnHere: false };
  const offer = {
    model: { server: 'https://example.org', repository: 'a/b', revision: 'main' },
    name: 'GPT-2',
    repository: 'a/b',
    host: 'example.org',
  };
  const undecided = presentEmbeddings({ state: 'undecided', offer }, { state: 'none' });

  it('chooses a model where one is to be chosen, and the tooltip says so', () => {
    assert.equal(clickedCommand({ embeddings: undecided }), COMMANDS.chooseModel);
    assert.match(statusTooltip({ tokens, bands, embeddings: undecided }), /Click to choose a model\.$/);
    assert.match(spokenStatus({ tokens, embeddings: undecided, bands }), /Click to choose a model\.$/);
  });

  it('else offers all commands; before anybody has asked, the tooltip tells how embeddings are loaded', () => {
    assert.equal(clickedCommand({ embeddings: undefined }), COMMANDS.tokenActions);
    const tooltip = statusTooltip({ tokens, bands, embeddings: undefined });
    assert.match(tooltip, /not&#32;loaded.*first&#32;search/);
    assert.match(tooltip, /\[Load Embeddings…\]\(command:tokenscope\.loadEmbeddings\)/);
    assert.match(tooltip, /Click for all commands\.$/);
  });
});

describe('state of the embeddings in the status bar', () => {
  const model = { server: 'https://example.org', repository: 'a/b', revision: 'main' };
  const offer = { model, name: 'GPT-2', repository: 'a/b', host: 'example.org' };
  const download = { ...offer, revision: 'main', bytesDone: 42, bytesTotal: 100, bytesPerSecond: 0 };
  const shown = (
    state: EmbeddingState,
    graph: Parameters<typeof presentEmbeddings>[1] = { state: 'none' },
  ) => {
    const { icon, text, detail } = presentEmbeddings(state, graph) ?? assert.fail('nothing is shown');
    return [icon, text, detail];
  };

  it('is not told while nobody has asked for them', () => {
    assert.equal(presentEmbeddings({ state: 'none' }, { state: 'none' }), undefined);
  });

  it('tells what goes on, how far it is, and why it does not', () => {
    assert.deepEqual(shown({ state: 'locating' }), ['loading~spin', 'embeddings', 'looking for a model']);
    assert.deepEqual(shown({ state: 'undecided', offer }), [
      'question',
      'choose a model',
      'GPT-2 is not on this machine',
    ]);
    assert.deepEqual(shown({ state: 'downloading', download }), [
      'cloud-download',
      'GPT-2 42 %',
      'downloading GPT-2 from example.org: 42 %',
    ]);
    assert.equal(
      shown({ state: 'downloading', download: { ...download, waiting: 'No network.' } })[2],
      'No network.',
    );
    assert.equal(
      shown({ state: 'building', model: MODEL, rowsDone: 1, rowCount: 3 })[1],
      `${MODEL.name} 33 %`,
    );
    assert.deepEqual(shown({ state: 'failed', reason: 'It is gone.', error: new Error('gone') }), [
      'warning',
      'no model',
      'It is gone.',
    ]);
    const error = new HubError('offline', 'The hub cannot be reached.');
    assert.equal(shown({ state: 'failed', reason: error.message, error })[1], 'no network');
  });

  it('names the model, whether it is verified, and a graph that is built', () => {
    const model = { ...MODEL, name: 'gpt2', isSample: false, isVerified: true };
    assert.deepEqual(shown({ state: 'ready', model }), [undefined, 'gpt2', 'gpt2, verified, ready']);
    const graph = { state: 'building', fraction: 0.25, secondsLeft: 29.5 } as never;
    assert.deepEqual(shown({ state: 'ready', model }, graph), [
      undefined,
      'gpt2 · graph 25 %',
      'gpt2, verified, ready; building its neighbor graph: 25 %, about 30 s left',
    ]);
    assert.deepEqual(shown({ state: 'ready', model: { ...model, isSample: true } }), [
      'beaker',
      'sample vectors',
      'sample vectors, not GPT-2',
    ]);
  });
});
