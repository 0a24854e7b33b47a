import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { objectCount, type Constructor } from './objectCount';

/**
 * How many listeners there are in this extension host, whoever listens, to whatever still lives: events of VS Code and of our own
 * emitters, events of abort signals, ports and other event targets, and events of the process.
 *
 * Neither VS Code nor Node tells; but both keep one object for each listener, and V8 counts the objects of a class.
 */
export function listenerCount(): number {
  const ofProcess = process.eventNames().reduce((count, name) => count + process.listenerCount(name), 0);
  return ofProcess + objectCount(entryOfEmitters) + objectCount(entryOfTargets);
}

/** What VS Code's emitters, which extensions use too, keep for each listener. */
const entryOfEmitters = constructorOf(() => {
  const emitter = new vscode.EventEmitter<void>();
  const listener = (): void => undefined;
  emitter.event(listener);
  return Object.values(emitter).find((entry) => isObject(entry) && Object.values(entry).includes(listener));
});

/** What Node's event targets keep for each listener: in a map by the name of the event, whose values are heads of lists. */
const entryOfTargets = constructorOf(() => {
  const target = new EventTarget();
  target.addEventListener('event', () => undefined);
  const maps = Object.getOwnPropertySymbols(target).map((symbol) => Reflect.get(target, symbol) as unknown);
  // Node's own kind of map: not an instance of Map.
  const map = maps.find((value): value is ReadonlyMap<string, { readonly next?: unknown }> => {
    return isObject(value) && 'get' in value && typeof value.get === 'function';
  });
  return map?.get('event')?.next;
});

function constructorOf(makeEntry: () => unknown): Constructor {
  const entry = makeEntry();
  assert.ok(isObject(entry), 'VS Code or Node keep their listeners in another way now');
  assert.notEqual(entry.constructor, Object);
  return entry.constructor as Constructor;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
