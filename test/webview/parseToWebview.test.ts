import assert from 'node:assert/strict';
import { parseToWebview } from '../../src/protocol/parseToWebview';
import { memento, mikePanel, panelStates } from './inspectorSnapshots';

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

describe('parseToWebview', () => {
  it('reads every state of the panel as it was sent', () => {
    for (const snapshot of Object.values(panelStates)) {
      const message = { type: 'snapshot', snapshot, memento: memento('Mike', 'banana') };
      assert.deepEqual(parseToWebview(structuredClone(message)), message);
    }
  });

  it('refuses a snapshot with a wrong type in any one place', () => {
    const message = {
      type: 'snapshot',
      snapshot: mikePanel({ queryError: 'why' }),
      memento: memento('Mike'),
    };
    const paths = pathsIn(message).filter((path) => path.length > 0);
    assert.ok(paths.length > 80);
    for (const path of paths) {
      // No member of a message may be a symbol-like object, whatever its type is.
      const wrong = withValueAt(message, path, { unexpected: [] });
      assert.equal(parseToWebview(wrong), undefined, path.join('.'));
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
