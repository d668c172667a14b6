"""Scans for the tests of reports."""
import json
import os
import sys
from dataclasses import replace

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, os.pardir, os.pardir, "tools"))

from ddi.findings import (File, Finding, Place, Rule, Scan, Step,  # noqa: E402
                          Suppression)

INPUTS = os.path.join(os.path.dirname(HERE), "Inputs", "scan", "reports")


def findings(lines):
    """Of lines as `ddi-check --format json` prints, with what a scan adds."""
    read = []
    for line in lines:
        data = json.loads(line)
        finding = Finding.read(data)
        finding.fingerprint = data.get("fingerprint", "")
        finding.baseline = data.get("baseline", "")
        read.append(finding)
    return read


def rules():
    with open(os.path.join(INPUTS, "rules.json")) as file:
        return {data["name"]: Rule.read(data) for data in json.load(file)}


def small():
    """Findings of every sort, in three files; two more were not analysed."""
    with open(os.path.join(INPUTS, "findings.jsonl")) as file:
        found = findings(file)
    return Scan(
        INPUTS, "ddi-check 1.2.3 (LLVM 22.1.8)", rules(), found,
        [File("index.c"), File("hostile file#1.c"),
         File("lost.c", "'index2.h' file not found"),
         File("잠금/b c.c", "ended by signal 9")],
        [Suppression(Place("index.c", 3, 1), "comment", ("wdm.PushLock",), "",
                     False),
         Suppression(Place("index.h", 15, 45), "comment",
                     ("wdm.WithinCriticalRegion",), "", True)],
        functions=5, entry_points=2, pairs=400, undecided=1)


def empty():
    """Nothing found, in two files."""
    return Scan(INPUTS, "ddi-check 1.2.3", rules(), [],
                [File("index.c"), File("hostile file#1.c")], [], 5, 2, 400, 0)


def many(number):
    """So many findings, each with a path of four steps, over a hundred files that
    are not there."""
    names = sorted(rules())
    found = []
    for index in range(number):
        file = "driver/part%02d.c" % (index % 100)
        line = index // 100 * 10 + 5
        function = "Function%d" % index
        path = tuple(Step(Place(file, line + step, 3), "Step %d" % step, step // 2)
                     for step in range(4))
        found.append(Finding(names[index % len(names)], "Finding %d" % index,
                             function, Place(file, line + 4, 3), path,
                             fingerprint="f%d" % index))
    return Scan("/nowhere", "ddi-check 1.2.3", rules(), found,
                [File("driver/part%02d.c" % index) for index in range(100)], [],
                number, number, number * 5, 0)


def big(folder):
    """Many findings in one file of 20,000 lines, which is written into the folder."""
    with open(os.path.join(folder, "big.c"), "w") as file:
        file.writelines("/* %d\n" % line if line % 100 == 1 else "%d */\n" % line
                        if line % 100 == 2 else "  Call(%d);\n" % line
                        for line in range(1, 20001))
    found = [Finding("wdm.PushLock", "Finding %d" % line, "F", Place("big.c", line, 3),
                     (Step(Place("big.c", line - 40, 3), "Step"),))
             for line in range(50, 20000, 100)]
    return Scan(folder, "", rules(), found, [File("big.c")], [], 1, 1, 1, 0)


def with_path(scan, length):
    """The first finding with a path of so many steps."""
    first = scan.findings[0]
    steps = tuple(Step(Place("index.c", 9, 3), "Step %d" % index)
                  for index in range(length))
    return replace(scan, findings=[replace(first, path=steps)])
