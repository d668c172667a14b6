"""Fingerprints and baselines over edits of a file. Usage: baseline.py FOLDER"""
import os
import sys

from ddi import baseline, fingerprints
from ddi.errors import Failure
from ddi.findings import Finding, Place
from ddi.sources import Sources

folder = sys.argv[1]
CODE = ["void A(void) {", "  Take(&Lock);", "}", "void B(void) {", "  Take(&Lock);", "}"]


def finding(line, function="A", message="'Take' is wrong", rule="wdm.X"):
    return Finding(rule, message, function, Place("a.c", line, 3))


def scan(code, *findings):
    with open(os.path.join(folder, "a.c"), "w") as file:
        file.write("\n".join(code))
    fingerprints.assign(findings, Sources(folder))
    return list(findings)


def states(code, *findings):
    """The states of the findings against the baseline, and how many are gone."""
    found = scan(code, *findings)
    gone = baseline.compare(found, baseline.read(path))
    assert all(one.baseline == "absent" for one in gone)
    return [one.baseline for one in found], len(gone)


path = os.path.join(folder, "known.json")
first = scan(CODE, finding(2), finding(5, "B"))
assert first[0].fingerprint != first[1].fingerprint
baseline.write(path, first)
text = open(path).read()
assert text.count("\n") == 4, "one finding a line"
baseline.write(path, list(reversed(first)))
assert text == open(path).read(), "sorted"

KNOWN = (["unchanged", "unchanged"], 0)
assert states(CODE, finding(2), finding(5, "B")) == KNOWN
assert states(["", "", *CODE], finding(4), finding(7, "B")) == KNOWN, "moved"
assert states([line.replace("  ", "\t\t ") for line in CODE],
              finding(2), finding(5, "B")) == KNOWN, "indented anew"
assert states([line.replace("B(", "C(") for line in CODE],
              finding(2), finding(5, "C")) == KNOWN, "a function has another name"
assert states(CODE, finding(2)) == (["unchanged"], 1), "mended"
assert states([*CODE[:2], "  Take(&Lock);", *CODE[2:]], finding(2), finding(3),
              finding(6, "B")) == (["unchanged", "new", "unchanged"], 0), "a second one"
assert states(CODE, finding(2, rule="wdm.Y"), finding(5, "B")) == \
    (["new", "unchanged"], 1), "another rule"
assert states(["void A(void) {", "  Take(& Lock );", *CODE[2:]], finding(2),
              finding(5, "B")) == KNOWN, "blanks"
assert states(["void A(void) {", "  Take(&Other.Lock);", *CODE[2:]], finding(2),
              finding(5, "B")) == KNOWN, "the line was edited, the message is the same"
# What two sources know hides one finding, not another that is like it.
two = scan([*CODE[:2], "  Take(&Other.Lock);", *CODE[2:]], finding(2), finding(3),
           finding(6, "B"))
assert baseline.compare(two, baseline.read(path) * 2) == []
assert [one.baseline for one in two] == ["unchanged", "new", "unchanged"]

for bad in ("", "[]", "{", '{"findings": [{}]}', '{"findings": [1]}', "[" * 5000):
    with open(path, "w") as file:
        file.write(bad)
    try:
        baseline.read(path)
    except Failure as failure:
        assert path in str(failure) and "--update-baseline" in str(failure)
    else:
        raise SystemExit("a baseline is read from: " + bad[:50])
try:
    baseline.read(os.path.join(folder, "none"))
    raise SystemExit("a baseline that is not there is read")
except Failure as failure:
    assert "No such file" in str(failure)
