import assert from 'node:assert/strict';
import fs from 'node:fs';
import {
  checkedApiQuery,
  checkedApiText,
  checkedIds,
  checkedNeighborOptions,
  checkedQueryOptions,
  MAX_API_TEXT,
} from '../../../../src/editor/api/apiArguments';
import { apiModel } from '../../../../src/editor/api/apiModel';
import { frozen } from '../../../../src/editor/api/frozen';
import { MODEL } from '../plainEmbeddings';

const VOCABULARY = 50_257;
const TOKEN = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose: () => undefined }),
};

describe('arguments of the exported API', () => {
  it('are texts and queries of a limited length', () => {
    assert.equal(checkedApiText(''), '');
    assert.equal(checkedApiQuery('Mike', 'query'), 'Mike');
    assert.throws(() => checkedApiText('a'.repeat(MAX_API_TEXT + 1)), RangeError);
    assert.throws(() => checkedApiQuery('', 'query'), RangeError);
    assert.throws(() => checkedApiQuery('a'.repeat(10_001), 'b'), /^RangeError: b has 10001 characters/);
    for (const value of [undefined, null, 7, {}, ['a'], Object('a')]) {
      assert.throws(() => checkedApiText(value), TypeError);
      assert.throws(() => checkedApiQuery(value, 'query'), TypeError);
    }
  });

  it('are ids that the tokenizer has', () => {
    assert.deepEqual(checkedIds([0, VOCABULARY - 1], VOCABULARY), [0, VOCABULARY - 1]);
    assert.throws(
      () => checkedIds([0, VOCABULARY], VOCABULARY),
      /^RangeError: ids\[1\] .* from 0 to 50256, not 50257/,
    );
    for (const id of [-1, 1.5, NaN, Infinity]) {
      assert.throws(() => checkedIds([id], VOCABULARY), RangeError);
    }
    for (const ids of [undefined, 'abc', { length: 1 }, new Uint16Array(2), [7, '7'], [null], new Array(2)]) {
      assert.throws(() => checkedIds(ids, VOCABULARY), TypeError);
    }
  });

  it('are options, each of which may be left out', () => {
    const defaults = {
      form: 'bare',
      cancellation: undefined,
      k: 20,
      metric: 'cosine',
      space: 'any',
      wordLike: false,
    };
    assert.deepEqual(checkedNeighborOptions(undefined), defaults);
    assert.deepEqual(checkedNeighborOptions({ k: undefined }), defaults);
    assert.deepEqual(checkedQueryOptions({ form: 'leadingSpace', cancellation: TOKEN }), {
      form: 'leadingSpace',
      cancellation: TOKEN,
    });
    assert.throws(() => checkedNeighborOptions({ k: 1001 }), RangeError);
    assert.throws(() => checkedNeighborOptions({ metric: 'cos' }), RangeError);
    assert.throws(() => checkedNeighborOptions({ top: 5 }), /^TypeError: options has no field "top"/);
    assert.throws(() => checkedQueryOptions({ k: 5 }), TypeError);
    for (const cancellation of [null, new AbortController().signal, { isCancellationRequested: false }]) {
      assert.throws(() => checkedQueryOptions({ cancellation }), /must be a vscode\.CancellationToken/);
    }
    for (const options of [null, 5, 'k', []]) {
      assert.throws(() => checkedNeighborOptions(options), TypeError);
    }
  });
});

describe('data of the exported API', () => {
  it('name no folder', () => {
    assert.deepEqual(apiModel(MODEL), {
      name: 'plain',
      isSample: false,
      isVerified: false,
      file: 'model.safetensors',
      tensor: 'wte.weight',
      dtype: 'F32',
      vocabularySize: VOCABULARY,
      dimension: 5,
    });
  });

  it('are frozen to the last', () => {
    const data = frozen({ list: [{ id: 1 }], text: 'a', none: undefined });
    assert.ok(Object.isFrozen(data) && Object.isFrozen(data.list) && Object.isFrozen(data.list[0]));
  });

  it('have types that need no other file', () => {
    const types = fs.readFileSync('src/editor/api/tokenscopeApi.ts', 'utf8');
    assert.deepEqual(types.match(/^import .*$/gm), ["import type * as vscode from 'vscode';"]);
    assert.equal(/^export (?!interface |type )/m.test(types), false);
  });
});
