"""The peer's side of the conversation for peers in Python, as servePeer.mjs is for those in JavaScript. See README.md."""

import base64
import json
import sys
import time

import numpy as np

ROWS_PER_READ = 1 << 16


def normalized(rows):
    """Rows scaled to length 1, as float32; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / np.where(lengths == 0, 1, lengths).astype(np.float32)


class MatrixFile:
    """The float32 matrix as it is in the file. Read in slices: several of it would not fit into memory where it is of gigabytes."""

    def __init__(self, description):
        self.path = description["matrix"]
        self.shape = (description["rows"], description["dimension"])
        self.byte_offset = description.get("byteOffset", 0)

    def slices(self):
        """(first row, rows) one after the other."""
        rows, dimension = self.shape
        for first in range(0, rows, ROWS_PER_READ):
            count = min(ROWS_PER_READ, rows - first)
            offset = self.byte_offset + first * dimension * 4
            yield first, np.fromfile(self.path, "<f4", count * dimension, offset=offset).reshape(count, dimension)

    def normalized(self):
        """The whole of it, each row scaled to length 1."""
        whole = np.empty(self.shape, np.float32)
        for first, rows in self.slices():
            whole[first : first + len(rows)] = normalized(rows)
        return whole


def serve(load):
    """Serves one peer until it is told to end or its input does.

    load(file) gets a MatrixFile and returns (version, search, search_batch).
    search(query, k) and search_batch(queries, k) are what is timed; the latter may be None. Each returns (ids, scores),
    or a function that gives them where finding them is not to be timed.
    """
    search = search_batch = None
    for line in sys.stdin:
        message = json.loads(line)
        if message.get("exit"):
            break
        try:
            if "load" in message:
                version, search, search_batch = load(MatrixFile(message["load"]))
                answer = {"ready": True, "version": version, "batches": search_batch is not None}
            elif "batch" in message:
                answer = _timed(search_batch, np.stack([_decoded(query) for query in message["batch"]]), message["k"])
            else:
                answer = _timed(search, _decoded(message["query"]), message["k"])
        except Exception as error:  # Whatever it is, the other side is told.
            answer = {"error": f"{type(error).__name__}: {error}".split("\n")[0]}
        print(json.dumps(answer), flush=True)


def _timed(search, query, k):
    start = time.perf_counter()
    found = search(query, k)
    milliseconds = (time.perf_counter() - start) * 1000
    ids, scores = found() if callable(found) else found
    return {"milliseconds": milliseconds, "ids": ids.tolist(), "scores": scores.tolist()}


def _decoded(text):
    # frombuffer gives what may not be written to.
    return np.frombuffer(base64.b64decode(text), "<f4").copy()
