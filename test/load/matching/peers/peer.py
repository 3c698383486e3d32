"""The peers of bench:matching, one thread each. Reads one command a line on standard input, answers one JSON object a line:
  {"load": {"hashes": file, "queries": file}}   builds FAISS's indexes
  {"search": {"rounds": n}}                     microseconds a query, radius 31, all queries in one call
  {"hash": {"file": rgb, "edge": n, "rounds": n}}   milliseconds a picture of raw RGB pixels
  {"files": {"folder": dir, "rounds": n}}       milliseconds from file to hash
  {"published": {"folder": dir}}                the reference's hash and quality of each file"""
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import faiss
import numpy as np
import pdqhash
from PIL import Image

faiss.omp_set_num_threads(1)
RADIUS = 31
indexes = {}
queries = None


def best(rounds, run):
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return min(times)


def load(command):
    """16 slots of 16 bits within 1 bit, or 11 of 23 within 2: both find all within 31, by the pigeonhole principle."""
    global queries
    hashes = np.fromfile(command["hashes"], dtype=np.uint8).reshape(-1, 32)
    queries = np.fromfile(command["queries"], dtype=np.uint8).reshape(-1, 32)
    indexes["IndexBinaryFlat"] = faiss.IndexBinaryFlat(256)
    for slots, bits in command["multiHash"]:
        indexes[f"IndexBinaryMultiHash {slots}x{bits}"] = faiss.IndexBinaryMultiHash(256, slots, bits)
    seconds = {}
    for name, index in indexes.items():
        seconds[name] = best(1, lambda: index.add(hashes))
        if "MultiHash" in name:
            index.nflip = 1 if index.nhash == 16 else 2
    return {"addsPerSecond": {name: len(hashes) / s for name, s in seconds.items()}}


def search(command):
    """FAISS's range search is exclusive: 32 finds what is within 31."""
    answers = {}
    for name, index in indexes.items():
        found = index.range_search(queries, RADIUS + 1)[0][-1]
        seconds = best(command["rounds"], lambda: index.range_search(queries, RADIUS + 1))
        answers[name] = {"microseconds": seconds / len(queries) * 1e6, "found": int(found)}
    return answers


def hash_pixels(command):
    edge = command["edge"]
    picture = np.fromfile(command["file"], dtype=np.uint8).reshape(edge, edge, 3)
    once = lambda run: best(command["rounds"], lambda: [run(picture) for _ in range(8)]) / 8 * 1e3
    return {"milliseconds": once(pdqhash.compute), "dihedralMilliseconds": once(pdqhash.compute_dihedral)}


def pictures_of(folder):
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder))]


def hash_file(path):
    with Image.open(path) as picture:
        return pdqhash.compute(np.asarray(picture.convert("RGB")))


def hash_files(command):
    paths = pictures_of(command["folder"])
    return {"milliseconds": best(command["rounds"], lambda: [hash_file(path) for path in paths]) / len(paths) * 1e3}


def published(command):
    """As the reference's own tool hashes a file, whose answers the published lists carry: every n-th pixel of what exceeds 512."""
    answers = {}
    for path in pictures_of(command["folder"]):
        with Image.open(path) as picture:
            pixels = np.asarray(picture.convert("RGB"))
        height, width, _ = pixels.shape
        if height > 512 or width > 512:
            pixels = np.ascontiguousarray(pixels[np.arange(512) * height // 512][:, np.arange(512) * width // 512])
        bits, quality = pdqhash.compute(pixels)
        answers[os.path.basename(path)] = {"hash": np.packbits(bits).tobytes().hex(), "quality": int(quality)}
    return answers


commands = {"load": load, "search": search, "hash": hash_pixels, "files": hash_files, "published": published}
for line in sys.stdin:
    ((name, argument),) = json.loads(line).items()
    print(json.dumps(commands[name](argument)), flush=True)
