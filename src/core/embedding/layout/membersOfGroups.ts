/** Points by the group that they are in. */
export interface GroupMembers {
  /** Where the members of each group begin, and the last ones end: one more than there are groups. */
  readonly offsets: Uint32Array;
  /** The points of each group, rising. */
  readonly members: Uint32Array;
}

/** @param groupOf Group of each point, below `groupCount`. */
export function membersOfGroups(groupOf: Uint32Array, groupCount: number): GroupMembers {
  const offsets = new Uint32Array(groupCount + 1);
  for (const group of groupOf) {
    offsets[group + 1]++;
  }
  for (let group = 0; group < groupCount; group++) {
    offsets[group + 1] += offsets[group];
  }
  const next = offsets.slice();
  const members = new Uint32Array(groupOf.length);
  groupOf.forEach((group, point) => {
    members[next[group]++] = point;
  });
  return { offsets, members };
}
