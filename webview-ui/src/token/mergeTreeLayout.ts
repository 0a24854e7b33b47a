import type { MergeNodeView, MergeTreeView } from '../../../src/protocol/tokenPageView';

/** Tokens of more bytes are shown as steps alone: their boxes would be too narrow to be read. */
export const MOST_TREE_BYTES = 24;

/** A box of the merge tree: columns are bytes, rows are levels, bytes on top. */
export interface MergeBox {
  /** Number of the node, counted from 0. */
  readonly node: number;
  readonly view: MergeNodeView;
  /** Bytes that it covers, counted from 0, end excluded. */
  readonly start: number;
  readonly end: number;
  /** Rows that it fills, counted from 0, end excluded: down to the box that it is merged into. */
  readonly top: number;
  readonly bottom: number;
  /** Number of the node that it is merged into; undefined for the token itself. */
  readonly parent: number | undefined;
}

export interface MergeTreeLayout {
  readonly boxes: readonly MergeBox[];
  readonly columns: number;
  readonly rows: number;
}

export function layoutMergeTree({ nodes }: MergeTreeView): MergeTreeLayout {
  const rows = 1 + Math.max(0, ...nodes.map(({ level }) => level));
  const boxes = nodes.map((view, node): MergeBox => {
    const parent = parentOf(view, node, nodes);
    const bottom = parent === undefined ? view.level + 1 : (nodes[parent]?.level ?? view.level + 1);
    return {
      node,
      view,
      start: view.start,
      end: view.end,
      top: view.level,
      bottom: Math.max(view.level + 1, bottom),
      parent,
    };
  });
  return { boxes, columns: Math.max(1, ...nodes.map(({ end }) => end)), rows };
}

/** The smallest node that covers another one: levels grow on the way to the whole token. */
function parentOf(child: MergeNodeView, self: number, nodes: readonly MergeNodeView[]): number | undefined {
  let parent: number | undefined;
  nodes.forEach((node, number) => {
    const covers =
      number !== self && node.level > child.level && node.start <= child.start && node.end >= child.end;
    const best = parent === undefined ? undefined : nodes[parent];
    if (covers && (!best || node.level < best.level)) {
      parent = number;
    }
  });
  return parent;
}

/**
 * The box that an arrow key goes to: up and down along the merges (up to the first part), left and right to the neighbor of
 * the same row, which a box of several rows is a part of.
 */
export function boxForKey({ boxes }: MergeTreeLayout, from: MergeBox, key: string): MergeBox | undefined {
  switch (key) {
    case 'ArrowDown':
      return from.parent === undefined ? undefined : boxes[from.parent];
    case 'ArrowUp':
      return boxes
        .filter(({ parent }) => parent === from.node)
        .sort((one, other) => one.start - other.start)[0];
    case 'ArrowLeft':
      return besides(boxes, from)
        .filter(({ end }) => end <= from.start)
        .at(-1);
    case 'ArrowRight':
      return besides(boxes, from).find(({ start }) => start >= from.end);
    case 'Home':
      return boxes.find(({ start, top }) => start === 0 && top === 0);
    case 'End':
      return boxes.find(({ parent }) => parent === undefined);
    default:
      return undefined;
  }
}

function besides(boxes: readonly MergeBox[], { top, node }: MergeBox): MergeBox[] {
  return boxes
    .filter((box) => box.node !== node && box.top <= top && box.bottom > top)
    .sort((one, other) => one.start - other.start);
}
