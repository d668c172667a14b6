"""The `primaryLocationLineHash` by which GitHub knows an alert again, as
github/codeql-action computes it (src/fingerprints.ts): of each line the hash of
the 100 UTF-16 units from its start that are no blanks."""
from collections import Counter

BLOCK = 100
BASE = 37
BITS = (1 << 64) - 1
LEAVING = pow(BASE, BLOCK, 1 << 64)  # the factor of what leaves the window
END = 0xFFFF


def line_hashes(data):
    """For the bytes of a file a list: the hash of line 1, 2, ..., each with which
    of its equals it is, as "c129715d7a2bc9a3:1"."""
    stream, starts = _units(data)
    stream += [0] * BLOCK
    window = [0] * BLOCK + stream
    wanted = iter(starts + [-1])
    ends_at = next(wanted) + BLOCK
    raw, value, seen = [], 0, Counter()
    for index, unit in enumerate(stream):
        while index == ends_at:
            raw.append(value)
            ends_at = next(wanted) + BLOCK
        value = (value * BASE + unit - LEAVING * window[index]) & BITS
    raw += [value] * (len(starts) - len(raw))
    hashes = []
    for value in raw:
        seen[value] += 1
        hashes.append("%x:%d" % (value, seen[value]))
    return hashes


def _units(data):
    """What is hashed, and where in it each line begins."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    encoded = text.replace(" ", "").replace("\t", "").encode("utf-16-le")
    stream = list(memoryview(encoded).cast("H")) + [END]
    starts = [0] + [at + 1 for at, unit in enumerate(stream[:-1]) if unit == 10]
    return stream, starts
