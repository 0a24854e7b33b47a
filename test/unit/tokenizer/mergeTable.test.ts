import assert from 'node:assert/strict';
import { bytesInTokenOrder, byteTokenIds } from '../../../src/core/tokenizer/byteAlphabet';
import { MergeTable } from '../../../src/core/tokenizer/mergeTable';
import { TokenBytes } from '../../../src/core/tokenizer/tokenBytes';

describe('MergeTable', () => {
  it('finds the merges it was made of, and no others', () => {
    const table = new MergeTable(Uint16Array.of(0, 1, 256, 0, 255, 257));
    assert.equal(table.tokenCount, 259);
    assert.equal(table.mergedId(0, 1), 256);
    assert.equal(table.mergedId(256, 0), 257);
    assert.equal(table.mergedId(255, 257), 258);
    assert.equal(table.mergedId(1, 0), 0);
    assert.equal(table.mergedId(0, 256), 0);
    assert.deepEqual([table.leftOf(258), table.rightOf(258)], [255, 257]);
  });

  it('gives the bytes that a chain of merges spells', () => {
    const tokens = new TokenBytes(new MergeTable(Uint16Array.of(0, 1, 256, 0, 255, 257)));
    const bytes = new Uint8Array(tokens.lengthOf(258) + 1);
    assert.equal(tokens.write(258, bytes, 1), 5);
    const [bang, quote] = [0x21, 0x22];
    assert.deepEqual(Array.from(bytes), [0, bytesInTokenOrder()[255], bang, quote, bang]);
    assert.equal(tokens.longest, 4);
  });

  it('reads little-endian pairs from base64', () => {
    const table = MergeTable.fromBase64(btoa('\x02\x00\x03\x00\x00\x01\x05\x00'));
    assert.equal(table.mergedId(2, 3), 256);
    assert.equal(table.mergedId(256, 5), 257);
  });

  it('refuses tables that are none', () => {
    assert.throws(() => MergeTable.fromBase64('AAA='), /4 bytes a merge; got 2 bytes/);
    assert.throws(
      () => new MergeTable(Uint16Array.of(0, 256)),
      /Merge 0 joins a token that does not exist yet/,
    );
    assert.throws(() => new MergeTable(Uint16Array.of(7, 9, 7, 9)), /Merges 0 and 1 join the same pair/);
    assert.throws(() => new MergeTable(new Uint16Array(2 * 65_281)), /65281 merges are more/);
  });
});

describe('The byte alphabet', () => {
  it('begins with the visible characters and holds each byte once', () => {
    const bytes = bytesInTokenOrder();
    assert.equal(String.fromCharCode(...bytes.subarray(0, 5)), '!"#$%');
    assert.deepEqual(
      [...bytes].sort((a, b) => a - b),
      [...Array(256).keys()],
    );
    // Id 220 is the space, 198 the newline: known from every list of GPT-2 tokens.
    assert.deepEqual([bytes[220], bytes[198]], [0x20, 0x0a]);
    byteTokenIds().forEach((id, byte) => assert.equal(bytes[id], byte));
  });
});
