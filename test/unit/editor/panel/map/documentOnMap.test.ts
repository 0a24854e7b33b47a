import assert from 'node:assert/strict';
import { DocumentTokens } from '../../../../../src/core/tokenizer/documentTokens';
import { Gpt2Tokenizer } from '../../../../../src/core/tokenizer/gpt2Tokenizer';
import { documentCounts } from '../../../../../src/editor/panel/map/documentCounts';
import {
  DocumentOnMap,
  type CountedDocument,
  type LookedAtDocument,
} from '../../../../../src/editor/panel/map/documentOnMap';
import type { MapToWebview } from '../../../../../src/protocol/map/mapMessages';
import { ManualTimers } from '../../../engine/scriptedEngine';
import { settled } from './scriptedSession';

const tokenizer = Gpt2Tokenizer.shared();
type Told = Extract<MapToWebview, { type: 'mapDocument' }>;

/** What encoding the whole text gives. */
function expectedCounts(text: string): (readonly [number, number])[] {
  const counts = new Map<number, number>();
  for (const id of tokenizer.encode(text)) {
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

const countsOf = ({ ids, counts }: Pick<Told, 'ids' | 'counts'>): (readonly [number, number])[] => {
  const each = new Uint32Array(counts);
  return Array.from(new Uint32Array(ids), (id, at) => [id, each[at] ?? 0] as const);
};

/** A document that is tokenized as those of VS Code are. */
class TestDocument implements CountedDocument {
  state: CountedDocument['state'] = 'complete';
  holders = 1;
  private readonly listeners = new Set<() => void>();
  private tokens = new DocumentTokens(tokenizer, '');

  constructor(
    readonly name: string,
    private text: string,
  ) {
    this.edit(text);
  }

  readonly length = (): number => this.text.length;
  readonly onDidChange: CountedDocument['onDidChange'] = (listener) => {
    const entry = (): void => {
      listener();
    };
    this.listeners.add(entry);
    return { dispose: () => this.listeners.delete(entry) };
  };

  get listenerCount(): number {
    return this.listeners.size;
  }

  tokensIn(start: number, end: number): ReturnType<CountedDocument['tokensIn']> {
    return this.state === 'tokenizing' ? undefined : this.tokens.tokensIn(start, end);
  }

  edit(text: string): void {
    this.text = text;
    this.tokens = new DocumentTokens(tokenizer, text);
    while (!this.tokens.advance(() => true)) {
      // All of it.
    }
    this.change();
  }

  change(): void {
    for (const listener of [...this.listeners]) {
      listener();
    }
  }

  dispose(): void {
    this.holders--;
  }
}

describe('the document on the map', () => {
  let timers: ManualTimers;
  let told: Told[];
  let looked: TestDocument | undefined;
  let change: () => void;
  let onMap: DocumentOnMap;

  const lookedAt: LookedAtDocument = {
    acquire: () => looked,
    onDidChange: (listener) => {
      change = listener;
      return { dispose: () => (change = () => undefined) };
    },
  };

  function follow(): void {
    timers = new ManualTimers();
    told = [];
    onMap = new DocumentOnMap(
      lookedAt,
      (message) => told.push(message),
      (error) => assert.fail(String(error)),
      timers,
    );
  }

  it('counts each token once, wherever the text is cut for it', async () => {
    const line = 'The map of all tokens, 日本語 and naïve 🙂🙂 emoji; banana bananas.\n';
    const text = line.repeat(300);
    const document = new TestDocument('a', text);
    const counts = await documentCounts(document, text.length, new AbortController().signal);
    assert.ok(counts);
    assert.deepEqual(
      countsOf({ ids: counts.ids.buffer, counts: counts.counts.buffer }),
      expectedCounts(text),
    );
  });

  it('is told at once, and again when edits have come to rest', async () => {
    looked = new TestDocument('a.txt', 'one two two');
    follow();
    await settled();
    assert.deepEqual(told.map(countsOf), [expectedCounts('one two two')]);
    assert.equal(told[0]?.name, 'a.txt');
    looked.edit('one two three');
    timers.pass(200);
    looked.edit('one two three three');
    timers.pass(200);
    await settled();
    assert.equal(told.length, 1, 'it was edited again meanwhile');
    timers.pass(100);
    await settled();
    assert.deepEqual(countsOf(told[1]!), expectedCounts('one two three three'));
    onMap.dispose();
    assert.equal(looked.holders, 0);
    assert.equal(looked.listenerCount, 0);
    assert.equal(timers.count, 0);
  });

  it('waits for a document that is being tokenized', async () => {
    looked = new TestDocument('a.txt', 'one');
    looked.state = 'tokenizing';
    follow();
    await settled();
    assert.deepEqual(told, []);
    looked.state = 'complete';
    looked.change();
    timers.pass(300);
    await settled();
    assert.deepEqual(told.map(countsOf), [expectedCounts('one')]);
    onMap.dispose();
  });

  it('is another when another is looked at, and none where there is none', async () => {
    const first = new TestDocument('a.txt', 'one');
    looked = first;
    follow();
    await settled();
    looked = new TestDocument('b.txt', 'two');
    change();
    await settled();
    assert.deepEqual(
      told.map(({ name }) => name),
      ['a.txt', 'b.txt'],
    );
    assert.equal(first.holders, 0);
    assert.equal(first.listenerCount, 0);
    looked = undefined;
    change();
    assert.deepEqual(told.at(-1)?.name, '');
    assert.equal(told.at(-1)?.ids.byteLength, 0);
    onMap.dispose();
  });

  it('tells nothing any more when it is disposed while it counts', async () => {
    looked = new TestDocument('a.txt', 'one '.repeat(20_000));
    follow();
    onMap.dispose();
    await settled();
    assert.deepEqual(told, []);
  });
});
