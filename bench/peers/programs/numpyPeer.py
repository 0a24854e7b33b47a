"""numpyPeer.py product|argsort|argpartition: a float32 product, and three ways to go on from there."""

import sys

import numpy as np

from servePeer import normalized, serve


def product(rows, query, k):
    """The product alone. What it holds is read off untimed, so that it can be checked."""
    scores = rows @ normalized(query)
    return lambda: _sorted_best(scores, k)


def argsort(rows, query, k):
    return _sorted_best(rows @ normalized(query), k)


def argpartition(rows, query, k):
    scores = rows @ normalized(query)
    ids = np.argpartition(scores, len(scores) - k)[-k:]
    ids = ids[np.argsort(-scores[ids])]
    return ids, scores[ids]


def argpartition_batch(rows, queries, k):
    scores = normalized(queries) @ rows.T
    ids = np.argpartition(scores, scores.shape[1] - k, axis=1)[:, -k:]
    found = np.take_along_axis(scores, ids, axis=1)
    order = np.argsort(-found, axis=1)
    return np.take_along_axis(ids, order, axis=1), np.take_along_axis(found, order, axis=1)


def _sorted_best(scores, k):
    ids = np.argsort(-scores)[:k]
    return ids, scores[ids]


WAYS = {
    "product": (product, None),
    "argsort": (argsort, None),
    "argpartition": (argpartition, argpartition_batch),
}


def load(file):
    rows = file.normalized()
    search, search_batch = WAYS[sys.argv[1]]
    return (
        np.__version__,
        lambda query, k: search(rows, query, k),
        None if search_batch is None else lambda queries, k: search_batch(rows, queries, k),
    )


serve(load)
