import type { Steps } from '../../work/steps';
import { joinCommunities, type CommunityGraph } from './communityGraph';
import type { SymmetricEdges } from './symmetricEdges';

/** Visits between two interruptions. */
const SOME_VISITS = 512;
/** A gain below this share of all weights is rounding: without it two communities might exchange a point for ever. */
const LEAST_GAIN = 1e-12;

/**
 * Parts a graph into communities that are more closely joined within than chance would have it: the Louvain method (Blondel and others
 * 2008), points visited in order and again where a neighbor has moved, so that the same graph gives the same communities.
 *
 * @param resolution Above 0: higher ones give more and smaller communities.
 * @returns The community of each point, counted from 0 on by falling size, those of one size by their first point.
 */
export function* communities(edges: SymmetricEdges, resolution: number): Steps<Uint32Array> {
  let graph: CommunityGraph = { ...edges, within: new Float64Array(edges.offsets.length - 1) };
  let communityOf = Uint32Array.from({ length: edges.offsets.length - 1 }, (_, point) => point);
  for (;;) {
    const moved = yield* moveNodes(graph, resolution);
    const joined = yield* joinCommunities(graph, moved);
    communityOf = communityOf.map((node) => joined.nodeOf[node]);
    if (joined.graph.within.length === graph.within.length) {
      return bySize(communityOf, graph.within.length);
    }
    graph = joined.graph;
  }
}

/** Moves nodes to the communities of their neighbors as long as modularity grows by it. @returns The community of each node. */
function* moveNodes(
  { offsets, targets, weights, within }: CommunityGraph,
  resolution: number,
): Steps<Uint32Array> {
  const count = within.length;
  const communityOf = Uint32Array.from({ length: count }, (_, node) => node);
  /** Of each node: all weights at it, those within it counted at both ends. */
  const degrees = Float64Array.from(within, (weight, node) => {
    let degree = weight;
    for (let edge = offsets[node]; edge < offsets[node + 1]; edge++) {
      degree += weights[edge];
    }
    return degree;
  });
  const total = degrees.reduce((sum, degree) => sum + degree, 0);
  /** Degrees of the nodes of each community. */
  const sums = degrees.slice();
  const joining = new Float64Array(count);
  const queue = communityOf.slice();
  const isWaiting = new Uint8Array(count).fill(1);
  let waiting = count;
  for (let visit = 0; waiting > 0; visit++) {
    const node = queue[visit % count];
    isWaiting[node] = 0;
    waiting--;
    const own = communityOf[node];
    sums[own] -= degrees[node];
    for (let edge = offsets[node]; edge < offsets[node + 1]; edge++) {
      joining[communityOf[targets[edge]]] += weights[edge];
    }
    const expected = total > 0 ? (resolution * degrees[node]) / total : 0;
    let best = own;
    let most = joining[own] - expected * sums[own] + LEAST_GAIN * total;
    for (let edge = offsets[node]; edge < offsets[node + 1]; edge++) {
      const community = communityOf[targets[edge]];
      const gain = joining[community] - expected * sums[community];
      if (gain > most || (gain === most && best !== own && community < best)) {
        most = gain;
        best = community;
      }
    }
    for (let edge = offsets[node]; edge < offsets[node + 1]; edge++) {
      joining[communityOf[targets[edge]]] = 0;
    }
    sums[best] += degrees[node];
    communityOf[node] = best;
    for (let edge = offsets[node]; best !== own && edge < offsets[node + 1]; edge++) {
      const other = targets[edge];
      if (communityOf[other] !== best && isWaiting[other] === 0) {
        isWaiting[other] = 1;
        queue[(visit + 1 + waiting++) % count] = other;
      }
    }
    if (visit % SOME_VISITS === 0) {
      yield;
    }
  }
  return communityOf;
}

function bySize(communityOf: Uint32Array, count: number): Uint32Array {
  const sizes = new Uint32Array(count);
  const firsts = new Uint32Array(count);
  communityOf.forEach((community, point) => {
    firsts[community] = sizes[community]++ === 0 ? point : firsts[community];
  });
  const order = [...sizes.keys()].sort((a, b) => sizes[b] - sizes[a] || firsts[a] - firsts[b]);
  const placeOf = new Uint32Array(count);
  order.forEach((community, place) => {
    placeOf[community] = place;
  });
  return communityOf.map((community) => placeOf[community]);
}
