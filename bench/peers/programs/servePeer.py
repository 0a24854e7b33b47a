"""The peer's side of the conversation for peers in Python, as servePeer.mjs is for those in JavaScript. See README.md."""

import base64
import json
import sys
import time

import numpy as np


def normalized(rows):
    """Rows scaled to length 1, as float32; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / np.where(lengths == 0, 1, lengths).astype(np.float32)


def serve(load):
    """Serves one peer until it is told to end or its input does.

    load(rows) gets the float32 matrix as it is in the file and returns (version, search, search_batch).
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
                file = message["load"]
                rows = np.fromfile(file["matrix"], "<f4", file["rows"] * file["dimension"])
                version, search, search_batch = load(rows.reshape(file["rows"], file["dimension"]))
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
