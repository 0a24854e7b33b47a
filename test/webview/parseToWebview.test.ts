import assert from 'node:assert/strict';
import type { PanelSnapshot } from '../../src/protocol/panelSnapshot';
import { parseToWebview } from '../../src/protocol/parseToWebview';
import { memento, mikePanel } from './inspectorSnapshots';
import { panelStates } from './panelStates';

type Path = readonly (string | number)[];

/** Paths of all values inside a value, of lists only those of the first item: the others are parsed alike. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) {
    return [path];
  }
  const entries = Array.isArray(value) ? [...value.entries()].slice(0, 1) : Object.entries(value);
  return [path, ...entries.flatMap(([key, item]) => pathsIn(item, [...path, key]))];
}

function withValueAt(message: unknown, path: Path, value: unknown): unknown {
  const copy: unknown = structuredClone(message);
  let owner = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) {
    owner = owner[key] as Record<string | number, unknown>;
  }
  owner[path.at(-1)!] = value;
  return copy;
}

function withoutValueAt(message: unknown, path: Path): unknown {
  const copy: unknown = structuredClone(message);
  let owner = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) {
    owner = owner[key] as Record<string | number, unknown>;
  }
  Reflect.deleteProperty(owner, path.at(-1)!);
  return copy;
}

function messageOf(snapshot: PanelSnapshot) {
  return { type: 'snapshot', snapshot, memento: memento('Mike') };
}

const downloading = panelStates.downloading!;

/** @returns in how many places of the snapshot a wrong type was tried */
function refusesWrongTypes(snapshot: PanelSnapshot): number {
  const message = messageOf(snapshot);
  const paths = pathsIn(message).filter((path) => path.length > 0);
  for (const path of paths) {
    // No member of a message may be a symbol-like object, whatever its type is.
    const wrong = withValueAt(message, path, { unexpected: [] });
    assert.equal(parseToWebview(wrong), undefined, path.join('.'));
  }
  return paths.length;
}

describe('parseToWebview', () => {
  it('reads every state of the panel as it was sent', () => {
    for (const snapshot of Object.values(panelStates)) {
      const message = { type: 'snapshot', snapshot, memento: memento('Mike', 'banana') };
      assert.deepEqual(parseToWebview(structuredClone(message)), message);
    }
  });

  it('refuses a snapshot with a wrong type in any one place', () => {
    const snapshots = [mikePanel({ queryError: 'why' }), ...Object.values(panelStates)];
    const count = snapshots.map(refusesWrongTypes).reduce((sum, paths) => sum + paths);
    assert.ok(count > 1_000);
  });

  it('refuses sizes, rates and times that cannot be', () => {
    const wholeFile = panelStates['failed for want of ranges']!;
    const wrong: [PanelSnapshot, Path, readonly unknown[]][] = [
      [downloading, ['download', 'bytesDone'], [-1, 0.5, 2 ** 53, '64843592', null, undefined]],
      [downloading, ['download', 'bytesTotal'], [-1, 0.5, NaN, undefined]],
      [downloading, ['download', 'bytesPerSecond'], [-0.1, Infinity, NaN, undefined]],
      [downloading, ['download', 'secondsLeft'], [-1, Infinity, NaN, null]],
      [downloading, ['download', 'tensorBytes'], [-1, 0.5, null]],
      [downloading, ['download', 'fileBytes'], [-1, Infinity, null]],
      [panelStates.undecided!, ['offer', 'tensorBytes'], [-1, 1.5, null]],
      [panelStates.undecided!, ['offer', 'fileBytes'], [-1, NaN, null]],
      [wholeFile, ['wholeFile', 'bytes'], [-1, 0.5, NaN, undefined]],
    ];
    for (const [snapshot, path, values] of wrong) {
      const message = messageOf(snapshot);
      for (const value of values) {
        const broken = withValueAt(message, ['snapshot', 'embeddings', ...path], value);
        assert.equal(parseToWebview(broken), undefined, `${path.join('.')} ${String(value)}`);
      }
    }
  });

  it('refuses a state of the embeddings that lacks a member, unless it may be unknown', () => {
    const states = ['undecided', 'downloading', 'failed download', 'converting', 'building', 'answered'];
    const missing = states.flatMap((name) => {
      const message = messageOf(panelStates[name]!);
      return pathsIn(message.snapshot.embeddings)
        .filter((path) => path.length > 0 && !path.includes('warnings'))
        .filter((path) => parseToWebview(withoutValueAt(message, ['snapshot', 'embeddings', ...path])))
        .map((path) => path.join('.'));
    });
    assert.deepEqual(missing, [
      'offer.tensorBytes',
      'offer.fileBytes',
      'download.tensorBytes',
      'download.fileBytes',
      'download.tensorName',
      'download.secondsLeft',
      'detail',
    ]);
  });

  it('takes over nothing that it does not know', () => {
    const message = messageOf(downloading);
    for (const path of [['download', 'token'], ['surplus']]) {
      const surplus = withValueAt(message, ['snapshot', 'embeddings', ...path], 'hf_secret');
      assert.deepEqual(parseToWebview(surplus), message);
    }
  });

  it('refuses numbers that are none', () => {
    const message = { type: 'snapshot', snapshot: mikePanel(), memento: memento('Mike') };
    for (const path of pathsIn(message).filter((path) =>
      /score|norm|points|average|revision|\.k$/.test(path.join('.')),
    )) {
      assert.equal(parseToWebview(withValueAt(message, path, NaN)), undefined, path.join('.'));
      assert.equal(parseToWebview(withValueAt(message, path, Infinity)), undefined, path.join('.'));
    }
  });

  it('refuses more neighbors than a panel can ask for', () => {
    const [first] = mikePanel().answer!.neighbors;
    const neighbors = Array(1_001).fill(first);
    const snapshot = mikePanel({ answer: { ...mikePanel().answer!, neighbors } });
    assert.equal(parseToWebview({ type: 'snapshot', snapshot, memento: memento('Mike') }), undefined);
  });

  it('reads answers and focus requests, and nothing else', () => {
    const messages = [
      { type: 'answer', to: 3, ok: true },
      { type: 'answer', to: 3, ok: false, message: 'No.' },
      { type: 'focus', target: 'list' },
    ];
    for (const message of messages) {
      assert.deepEqual(parseToWebview(message), message);
    }
    for (const wrong of [
      undefined,
      [],
      'answer',
      { type: 'answer', to: 3, ok: false },
      { type: 'answer', to: -1, ok: true },
      { type: 'answer', to: 3, ok: 'yes' },
      { type: 'focus', target: 'footer' },
      { type: 'eval', code: '1' },
    ]) {
      assert.equal(parseToWebview(wrong), undefined);
    }
  });
});
