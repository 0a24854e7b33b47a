"""faissPeer.py threads: faiss, IndexFlatIP."""

import ctypes
import os
import sys


def choose_blas_kernels():
    """Starts this program anew with better kernels where OpenBLAS does not know the processor and takes its oldest ones.

    OpenBLAS of a Linux distribution may be older than the processor. It says so by the name of its kernels, Prescott (2004),
    which makes a batch several times slower than faiss is. Wrong results would show: all are compared with exact ones.
    """
    try:
        blas = ctypes.CDLL("libopenblas.so.0")
        blas.openblas_get_corename.restype = ctypes.c_char_p
        core = blas.openblas_get_corename().decode()
        with open("/proc/cpuinfo", encoding="utf8") as file:
            flags = set(next(line for line in file if line.startswith("flags")).split())
    except (OSError, AttributeError, StopIteration):
        return
    if core == "Prescott" and "OPENBLAS_CORETYPE" not in os.environ and "avx2" in flags:
        skylake = {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"} <= flags
        os.environ["OPENBLAS_CORETYPE"] = "SkylakeX" if skylake else "Haswell"
        os.execv(sys.executable, [sys.executable, *sys.argv])


choose_blas_kernels()

import faiss  # noqa: E402

from servePeer import normalized, serve  # noqa: E402


def load(file):
    faiss.omp_set_num_threads(int(sys.argv[1]))
    index = faiss.IndexFlatIP(file.shape[1])
    for _, rows in file.slices():
        index.add(normalized(rows))

    def search_batch(queries, k):
        scores, ids = index.search(normalized(queries), k)
        return ids, scores

    def search(query, k):
        ids, scores = search_batch(query[None], k)
        return ids[0], scores[0]

    # The options name the instructions that it was built for: GENERIC is without AVX2 and several times slower.
    kernels = os.path.basename(os.environ.get("LD_PRELOAD", ""))
    built = faiss.get_compile_options().strip() + (f", with {kernels}" if kernels else "")
    return f"{faiss.__version__} ({built})", search, search_batch


serve(load)
