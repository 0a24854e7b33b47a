"""exactNeighbors.py: the nearest rows of some queries in double precision, nothing left out. One line of JSON in, one out.

In: {"matrix": path, "rows": n, "dimension": d, "byteOffset": b, "k": k, "queries": [[{"id": row, "weight": w}, ...], ...]}, the rows of a
query being added up at length 1. Out: [{"ids": [...], "scores": [...]}, ...], best first.
"""

import json
import sys

import numpy as np

from servePeer import MatrixFile


def main():
    request = json.loads(sys.stdin.readline())
    file = MatrixFile(request)
    k = request["k"]
    queries = np.stack([query_vector(file, terms) for terms in request["queries"]])
    best = [(np.empty(0, np.int64), np.empty(0))] * len(queries)
    for first, rows in file.slices():
        scores = queries @ unit(rows.astype(np.float64)).T
        best = [better(ids, before, first, new, k) for (ids, before), new in zip(best, scores)]
    answers = [{"ids": ids.tolist(), "scores": scores.tolist()} for ids, scores in best]
    print(json.dumps(answers))


def better(ids, scores, first, new, k):
    """The k best of those so far and of a slice's scores: by score, equal ones by id."""
    # Most rows of a slice are worse than the last that counts: they are not sorted.
    places = np.flatnonzero(new >= scores[-1]) if len(scores) == k else np.arange(len(new))
    ids = np.concatenate([ids, first + places])
    scores = np.concatenate([scores, new[places]])
    # Ids are ascending within a slice, and those before are lower: a stable sort keeps equal ones so.
    order = np.argsort(-scores, kind="stable")[:k]
    return ids[order], scores[order]


def query_vector(file, terms):
    dimension = file.shape[1]
    total = np.zeros(dimension)
    for term in terms:
        offset = file.byte_offset + term["id"] * dimension * 4
        row = np.fromfile(file.path, "<f4", dimension, offset=offset).astype(np.float64)
        total += term["weight"] * unit(row)
    return unit(total)


def unit(rows):
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / np.where(lengths == 0, 1, lengths)


main()
