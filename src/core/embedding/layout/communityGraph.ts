import type { Steps } from '../../work/steps';
import { membersOfGroups } from './membersOfGroups';
import type { SymmetricEdges } from './symmetricEdges';

/** A graph whose nodes are points, or communities of such. */
export interface CommunityGraph extends SymmetricEdgesOfAnyPrecision {
  /** Weights of the edges within each node, both ends counted. */
  readonly within: Float64Array;
}

interface SymmetricEdgesOfAnyPrecision extends Omit<SymmetricEdges, 'weights'> {
  readonly weights: Float32Array | Float64Array;
}

export interface JoinedCommunities {
  readonly graph: CommunityGraph;
  /** The node of the new graph in which each node has gone. */
  readonly nodeOf: Uint32Array;
}

/** Nodes between two interruptions. */
const SOME_NODES = 512;

/**
 * Makes one node of each community.
 *
 * @param communityOf Of each node: any numbers below that of the nodes.
 */
export function* joinCommunities(
  { offsets, targets, weights, within }: CommunityGraph,
  communityOf: Uint32Array,
): Steps<JoinedCommunities> {
  const nodeCount = within.length;
  const { nodeOf, count } = numbered(communityOf);
  const { offsets: starts, members } = membersOfGroups(nodeOf, count);
  const joinedOffsets = new Uint32Array(count + 1);
  const joinedTargets = new Uint32Array(targets.length);
  const joinedWeights = new Float64Array(targets.length);
  const joinedWithin = new Float64Array(count);
  /** Where the edge to each node is, of the node that is made; −1 for none. */
  const edgeTo = new Int32Array(count).fill(-1);
  let end = 0;
  for (let node = 0; node < count; node++) {
    const first = end;
    for (let place = starts[node]; place < starts[node + 1]; place++) {
      const member = members[place];
      joinedWithin[node] += within[member];
      for (let edge = offsets[member]; edge < offsets[member + 1]; edge++) {
        const target = nodeOf[targets[edge]];
        if (target === node) {
          joinedWithin[node] += weights[edge];
        } else {
          if (edgeTo[target] < 0) {
            edgeTo[target] = end;
            joinedTargets[end++] = target;
          }
          joinedWeights[edgeTo[target]] += weights[edge];
        }
      }
      if (place % SOME_NODES === 0 && nodeCount > SOME_NODES) {
        yield;
      }
    }
    for (let edge = first; edge < end; edge++) {
      edgeTo[joinedTargets[edge]] = -1;
    }
    joinedOffsets[node + 1] = end;
  }
  return {
    graph: {
      offsets: joinedOffsets,
      targets: joinedTargets.slice(0, end),
      weights: joinedWeights.slice(0, end),
      within: joinedWithin,
    },
    nodeOf,
  };
}

/** Communities counted from 0 on, in the order of their first nodes. */
function numbered(communityOf: Uint32Array): { nodeOf: Uint32Array; count: number } {
  const numberOf = new Int32Array(communityOf.length).fill(-1);
  let count = 0;
  const nodeOf = communityOf.map((community) => {
    if (numberOf[community] < 0) {
      numberOf[community] = count++;
    }
    return numberOf[community];
  });
  return { nodeOf, count };
}
