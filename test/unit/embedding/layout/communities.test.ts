import assert from 'node:assert/strict';
import { UndirectedGraph } from 'graphology';
import louvain from 'graphology-communities-louvain';
import { communities } from '../../../../src/core/embedding/layout/communities';
import { SeededNumbers } from '../../../../src/core/embedding/layout/seededNumbers';
import { memberships } from '../../../../src/core/embedding/layout/memberships';
import { placedNeighbors } from '../../../../src/core/embedding/layout/placedNeighbors';
import { symmetricEdges, type SymmetricEdges } from '../../../../src/core/embedding/layout/symmetricEdges';
import { finish } from '../../../../src/core/work/steps';
import { gaussianMatrix } from '../testMatrix';
import { listsOf } from './nearestLists';
import { groupedRows } from './smallLayout';

type Edge = readonly [from: number, to: number, weight: number];

function graphOf(count: number, edges: readonly Edge[]): SymmetricEdges {
  const lists: [number, number][][] = Array.from({ length: count }, () => []);
  for (const [from, to, weight] of edges) {
    lists[from]?.push([to, weight]);
    lists[to]?.push([from, weight]);
  }
  const offsets = new Uint32Array(count + 1);
  lists.forEach((list, point) => {
    offsets[point + 1] = (offsets[point] ?? 0) + list.length;
  });
  return {
    offsets,
    targets: Uint32Array.from(lists.flat(), ([target]) => target),
    weights: Float32Array.from(lists.flat(), ([, weight]) => weight),
  };
}

/** Newman's modularity by its definition, over all pairs of points. */
function modularity(count: number, edges: readonly Edge[], communityOf: Uint32Array, resolution = 1): number {
  const matrix = new Float64Array(count * count);
  for (const [from, to, weight] of edges) {
    matrix[from * count + to] = matrix[to * count + from] = weight;
  }
  const degrees = Array.from({ length: count }, (_, point) =>
    matrix.subarray(point * count, (point + 1) * count).reduce((sum, weight) => sum + weight, 0),
  );
  const total = degrees.reduce((sum, degree) => sum + degree, 0);
  let sum = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      if (communityOf[a] === communityOf[b]) {
        sum += (matrix[a * count + b] ?? 0) - (resolution * (degrees[a] ?? 0) * (degrees[b] ?? 0)) / total;
      }
    }
  }
  return sum / total;
}

/** Friendships in a karate club (Zachary 1977): of each member, counted from 1 on, those with members of lower numbers. */
const KARATE =
  `2:1 3:1,2 4:1,2,3 5:1 6:1 7:1,5,6 8:1,2,3,4 9:1,3 10:3 11:1,5,6 12:1 13:1,4 14:1,2,3,4 17:6,7 18:1,2 20:1,2 22:1,2
26:24,25 28:3,24,25 29:3 30:24,27 31:2,9 32:1,25,26,29 33:3,9,15,16,19,21,23,24,30,31,32
34:9,10,14,15,16,19,20,21,23,24,27,28,29,30,31,32,33`
    .split(/\s/)
    .flatMap((line) => {
      const [member = '', friends = ''] = line.split(':');
      return friends.split(',').map((friend): Edge => [Number(member) - 1, Number(friend) - 1, 1]);
    });

/** Groups of points, each joined to most of its group and to some others. */
function plantedEdges(groups: number, size: number, seed: number): Edge[] {
  const random = new SeededNumbers(seed);
  const edges: Edge[] = [];
  for (let a = 0; a < groups * size; a++) {
    for (let b = 0; b < a; b++) {
      const isSame = Math.floor(a / size) === Math.floor(b / size);
      if ((random.signed() + 1) / 2 < (isSame ? 0.6 : 0.02)) {
        edges.push([a, b, (random.signed() + 2) / 3]);
      }
    }
  }
  return edges;
}

/** The communities that graphology's Louvain method finds, points visited at random. */
function graphologyCommunities(count: number, edges: readonly Edge[], resolution: number): Uint32Array {
  const graph = new UndirectedGraph();
  for (let point = 0; point < count; point++) {
    graph.addNode(point);
  }
  for (const [from, to, weight] of edges) {
    graph.addEdge(from, to, { weight });
  }
  const random = new SeededNumbers(3);
  const found = louvain(graph, { resolution, rng: () => random.uint32() / 2 ** 32 });
  return Uint32Array.from({ length: count }, (_, point) => found[point] ?? NaN);
}

/** Each edge once. */
function edgesOf({ offsets, targets, weights }: SymmetricEdges): Edge[] {
  const edges: Edge[] = [];
  for (let point = 0; point + 1 < offsets.length; point++) {
    for (let edge = offsets[point] ?? 0; edge < (offsets[point + 1] ?? 0); edge++) {
      const target = targets[edge] ?? 0;
      if (target > point) {
        edges.push([point, target, weights[edge] ?? 0]);
      }
    }
  }
  return edges;
}

describe('communities', () => {
  it('are nearly the best that are known for the karate club', () => {
    assert.equal(KARATE.length, 78);
    const found = finish(communities(graphOf(34, KARATE), 1));
    // The best is 0.4198 (Brandes and others 2008, by integer programming).
    const reached = modularity(34, KARATE, found);
    assert.ok(reached > 0.415 && reached < 0.41981, String(reached));
  });

  it('are the planted ones, whatever the order of their points', () => {
    const groups = 12;
    const size = 25;
    const edges = plantedEdges(groups, size, 5);
    const shuffle = (point: number): number => (point * 7) % (groups * size);
    const found = finish(communities(graphOf(groups * size, edges), 1));
    const shuffled = finish(
      communities(
        graphOf(
          groups * size,
          edges.map(([a, b, weight]) => [shuffle(a), shuffle(b), weight]),
        ),
        1,
      ),
    );
    for (let a = 0; a < groups * size; a++) {
      const b = Math.floor(a / size) * size;
      assert.equal(found[a], found[b]);
      assert.equal(shuffled[shuffle(a)], shuffled[shuffle(b)]);
    }
    assert.equal(new Set(found).size, groups);
    assert.equal(new Set(shuffled).size, groups);
  });

  it('become more with a higher resolution, which they suit', () => {
    const edges = plantedEdges(9, 20, 6);
    const coarse = finish(communities(graphOf(180, edges), 0.3));
    const fine = finish(communities(graphOf(180, edges), 4));
    assert.ok(new Set(coarse).size < new Set(fine).size);
    assert.ok(modularity(180, edges, fine, 4) > modularity(180, edges, coarse, 4));
    assert.ok(modularity(180, edges, coarse, 0.3) > modularity(180, edges, fine, 0.3));
  });

  it('are counted by falling size, and leave points without edges alone', () => {
    const triangle = (first: number): Edge[] => [
      [first, first + 1, 1],
      [first, first + 2, 1],
      [first + 1, first + 2, 1],
    ];
    const edges: Edge[] = [[0, 1, 1], ...triangle(3), ...triangle(6)];
    const found = finish(communities(graphOf(10, edges), 1));
    assert.deepEqual([...found], [2, 2, 3, 0, 0, 0, 1, 1, 1, 4]);
    assert.deepEqual([...finish(communities(graphOf(3, []), 1))], [0, 1, 2]);
    assert.deepEqual([...finish(communities(graphOf(0, []), 1))], []);
  });

  for (const [name, matrix] of Object.entries({
    'rows of chance': gaussianMatrix(600, 10, 31),
    groups: groupedRows(15, 40, 16, 32),
  })) {
    it(`suit the graph of a map as well as graphology's do, within a hundredth: ${name}`, () => {
      const placed = finish(placedNeighbors(listsOf(matrix).bytes, 600));
      const edges = finish(symmetricEdges(placed, finish(memberships(placed)), 1 / 400));
      for (const resolution of [1, 10, 40]) {
        const ours = finish(communities(edges, resolution));
        const theirs = graphologyCommunities(600, edgesOf(edges), resolution);
        const [reached, expected] = [ours, theirs].map((found) =>
          modularity(600, edgesOf(edges), found, resolution),
        );
        assert.ok((reached ?? NaN) >= 0.99 * (expected ?? NaN), `${resolution}: ${reached}, ${expected}`);
      }
    });
  }
});
