"""Findings that are known: a file that a team commits, and what differs from it."""
import json
from collections import defaultdict
from dataclasses import asdict, dataclass

from .errors import Failure
from .files import whole
from .findings import Finding, Place


@dataclass(frozen=True)
class Known:
    """A finding of the baseline."""
    fingerprint: str
    rule: str
    file: str
    function: str
    message: str
    line: int


def known_of(finding):
    return Known(finding.fingerprint, finding.rule, finding.at.file,
                 finding.function, finding.message, finding.at.line)


def read(path):
    """The known findings of a file; Failure if it is none."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            data = json.load(file)
        return [Known(**{name: kind(one[name]) for name, kind in
                         Known.__annotations__.items()}) for one in data["findings"]]
    except OSError as error:
        raise Failure("cannot read the baseline '%s': %s; --update-baseline writes one"
                      % (path, error.strerror))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise Failure("'%s' is no baseline, or damaged: take an older version of it, "
                      "or let --update-baseline write it anew" % path)


def write(path, findings):
    """Writes the findings, one a line and sorted, whole or not at all."""
    known = sorted((known_of(f) for f in findings),
                   key=lambda k: (k.file, k.rule, k.function, k.line, k.fingerprint))
    lines = ",\n".join(json.dumps(asdict(k), ensure_ascii=False) for k in known)
    try:
        with whole(path, encoding="utf-8", errors="surrogateescape") as file:
            file.write('{"version": 1, "findings": [\n%s\n]}\n' % lines)
    except OSError as error:
        raise Failure("cannot write the baseline '%s': %s" % (path, error.strerror))


# Weaker and weaker: what has been renamed, moved or edited since.
KEYS = (
    lambda f: f.fingerprint,
    lambda f: (f.rule, f.file, f.function, f.message),
    lambda f: (f.rule, f.function, f.message),
    lambda f: (f.rule, f.file, f.message),
)


def compare(findings, known):
    """Sets the baseline state of each finding, "new" or "unchanged", and returns those
    that are gone, as findings of state "absent".  By the fingerprint, and then by
    less where only one is left on both sides.  What is known twice, from two sources,
    is known once."""
    for finding in findings:
        finding.baseline = "new"
    left = list({one.fingerprint: one for one in known}.values())
    for number, key in enumerate(KEYS):
        left = match(findings, left, key, is_exact=number == 0)
    return [gone(one) for one in left]


def match(findings, known, key, is_exact):
    """Pairs what has the same key; returns what is left of the known."""
    open_findings, by_key = defaultdict(list), defaultdict(list)
    for finding in findings:
        if finding.baseline == "new":
            open_findings[key(known_of(finding))].append(finding)
    for one in known:
        by_key[key(one)].append(one)
    left = []
    for of_key, ones in by_key.items():
        found = open_findings[of_key]
        is_clear = is_exact or len(found) == len(ones)
        paired = len(ones) if is_clear and found else 0
        for finding in found[:paired]:
            finding.baseline = "unchanged"
        left += ones[min(paired, len(found)):]
    return left


def gone(known):
    return Finding(known.rule, known.message, known.function,
                   Place(known.file, known.line, 1),
                   fingerprint=known.fingerprint, baseline="absent")
