import v8 from 'node:v8';

export type Constructor = abstract new (...parameters: never[]) => unknown;

/** How many objects of a class still live in this thread, after a collection of garbage. */
export function objectCount(constructor: Constructor): number {
  return v8.queryObjects(constructor, { format: 'count' });
}
