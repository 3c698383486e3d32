"""FAISS's side of bench:sweeps, one thread. Reads one command a line on standard input, answers one JSON object a line:
  {"load": {"hashes": file, "entries": file}}
  {"one": {}}              one query of a flat index over all past hashes
  {"many": {"hashes": n}}  an index of all entries, and the first n past hashes looked up in it"""
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import faiss
import numpy as np

faiss.omp_set_num_threads(1)
# Range search is exclusive: 32 finds what is within 31.
REACH = 32
hashes = None
entries = None
flat = faiss.IndexBinaryFlat(256)


def load(command):
    global hashes, entries
    hashes = np.fromfile(command["hashes"], dtype=np.uint8).reshape(-1, 32)
    entries = np.fromfile(command["entries"], dtype=np.uint8).reshape(-1, 32)
    flat.add(hashes)
    return {}


def one(_):
    started = time.perf_counter()
    found = flat.range_search(entries[:1], REACH)[0][-1]
    return {"seconds": time.perf_counter() - started, "buildSeconds": 0, "found": int(found)}


def many(command):
    """16 slots of 16 bits within 1 bit find all within 31, by the pigeonhole principle."""
    started = time.perf_counter()
    index = faiss.IndexBinaryMultiHash(256, 16, 16)
    index.nflip = 1
    index.add(entries)
    built = time.perf_counter()
    limits = index.range_search(hashes[: command["hashes"]], REACH)[0]
    found = int(np.count_nonzero(limits[1:] > limits[:-1]))
    return {"seconds": time.perf_counter() - built, "buildSeconds": built - started, "found": found}


commands = {"load": load, "one": one, "many": many}
for line in sys.stdin:
    ((name, argument),) = json.loads(line).items()
    print(json.dumps(commands[name](argument)), flush=True)
