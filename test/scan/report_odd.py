"""Reports of scans with odd names, places and texts: each can be read."""
import io
import json
import random

import make_scan
from ddi import reports
from ddi.findings import Edit, File, Place, Step
from ddi.reports import Options

DICE = random.Random(1)
NUMBERS = (0, 1, 3, 17, 50, 10 ** 9)
FILES = ("index.c", "index.h", "/dev/zero", ".", "../reports/index.c", "no\nsuch.c", "")


def text():
    """Of ASCII with controls, any script, halves of characters, and emoji."""
    ranges = ((1, 127), (1, 0x3000), (0xD800, 0xDFFF), (0x10000, 0x10FFFF))
    return "".join(chr(DICE.randint(*DICE.choice(ranges)))
                   for _ in range(DICE.randrange(12)))


def place():
    return Place(DICE.choice(FILES + (text(),)), DICE.choice(NUMBERS),
                 DICE.choice(NUMBERS))


def scan():
    made = make_scan.small()
    made.version = text()
    made.root = DICE.choice((made.root, made.root, text(), ""))
    made.files.append(File(text(), text()))
    for finding in made.findings:
        finding.rule = DICE.choice((finding.rule, text()))
        finding.at, finding.message, finding.function = place(), text(), text()
        finding.path = tuple(Step(place(), text(), DICE.randrange(40))
                             for _ in range(DICE.randrange(4)))
        finding.fix = (Edit(place().file, DICE.choice(NUMBERS), DICE.choice(NUMBERS),
                            text()),)
    return made


def check(name, made):
    out = io.StringIO()
    reports.write(name, made, out, Options(
        include_suppressed=True, include_undecided=True, include_absent=True,
        title=text(), category=text()))
    written = out.getvalue()
    written.encode("utf-8")
    if name in ("sarif", "codequality"):
        json.loads(written)
    if name == "jsonl":
        assert [json.loads(line) for line in written.splitlines()]
    if name in ("text", "msvc"):
        assert not any(one not in "\n\t" and reports.common.is_odd(one)
                       for one in written)
    if name == "sarif":
        for result in json.loads(written)["runs"][0]["results"]:
            region = result["locations"][0]["physicalLocation"]["region"]
            assert region["startLine"] >= 1 and region.get("startColumn", 1) >= 1


for turn in range(120):
    made = scan()
    for name in reports.FORMATS:
        if name != "html" or turn % 10 == 0:  # which draws with graphviz
            check(name, made)
