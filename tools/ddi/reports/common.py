"""What reports share: their options, which findings they show, and how they say
things."""
import unicodedata
from collections import Counter
from dataclasses import dataclass

TOOL = "ddi-check"


@dataclass(frozen=True)
class Options:
    """What a report may be told; each takes what concerns it."""
    include_suppressed: bool = False
    include_undecided: bool = False
    include_absent: bool = False  # gone since the baseline
    only_new: bool = False        # leaves out what the baseline has
    category: str = ""            # SARIF: tells several scans of a commit apart
    started: str = ""             # SARIF: "2026-01-31T12:00:00Z"
    ended: str = ""
    exit_status: int | None = None  # SARIF
    color: bool = False           # text
    title: str = ""               # HTML: the name of the driver
    source_limit: int = 24 << 20  # HTML: bytes of source that it may hold


def order(finding):
    """By place; total, so that each run prints findings in one order."""
    at = finding.at
    return (at.file, at.line, at.column, finding.rule, finding.message,
            finding.function, finding.fingerprint, finding.level,
            [(step.at.file, step.at.line, step.at.column, step.message)
             for step in finding.path])


def chosen(scan, options):
    """The findings that the options ask for, in order."""
    def wanted(finding):
        if finding.baseline == "absent":
            return options.include_absent
        if finding.suppression:
            return options.include_suppressed
        if finding.is_undecided:
            return options.include_undecided
        return not options.only_new or finding.baseline != "unchanged"

    return sorted(filter(wanted, scan.findings), key=order)


def failures(scan):
    """The files that were not analysed, in order."""
    return sorted((file for file in scan.files if file.why),
                  key=lambda file: (file.name, file.why))


def unused(scan):
    """The suppressions that silence nothing, in order."""
    return sorted((one for one in scan.suppressions if not one.used),
                  key=lambda one: (one.at.file, one.at.line, one.at.column,
                                   one.rules))


def unused_text(suppression):
    names = ", ".join(suppression.rules)
    return "This suppression%s silences nothing" % (" of " + names if names else "")


def end_depth(finding):
    """The depth of the finding itself, which ends its path."""
    if not finding.path:
        return 0
    last = finding.path[-1]
    return last.depth + last.message.startswith("Calling ")


def rule_id(name):
    """As ddi-check prints it in brackets."""
    return clean("ddi." + name)


def count(number, noun):
    """"1 file", "2 files"."""
    return "%d %s%s" % (number, noun, "" if number == 1 else "s")


def reasons(scan, most=3):
    """Why files were not analysed, the most frequent reason first."""
    whys = Counter(" ".join(file.why.split()) for file in failures(scan))
    rows = sorted(whys.items(), key=lambda row: (-row[1], row[0]))
    said = ["%s (%d)" % row for row in rows[:most]]
    if len(rows) > most:
        said.append(count(len(rows) - most, "other reason"))
    return "; ".join(said)


def summary(scan, with_reasons=True):
    """One line: the findings, of how much, and what was not looked at."""
    shown = scan.shown()
    found = count(len(shown), "finding")
    compared = Counter(finding.baseline for finding in shown)
    if compared["new"] or compared["unchanged"]:
        found += " (%d new)" % compared["new"]
    failed = len(failures(scan))
    parts = ["%s in %s, %s and %s" % (
        found, count(len(scan.files) - failed, "file"),
        count(scan.functions, "function"), count(scan.entry_points, "entry point"))]
    suppressed = sum(1 for f in scan.findings
                     if f.suppression and f.baseline != "absent")
    if suppressed:
        parts.append("%d suppressed" % suppressed)
    if scan.undecided:
        parts.append("%d of %d pairs of function and rule undecided" % (
            scan.undecided, scan.pairs))
    if not failed:
        parts.append("every file was analysed" if scan.files else
                     "there was no file to analyse")
    else:
        parts.append("%s not analysed%s" % (
            count(failed, "file"),
            ": " + reasons(scan) if with_reasons else ""))
    return clean("; ".join(parts))


def clean(text):
    """On one line, without what a terminal or a reader of logs would obey, or
    bytes that are no text: each such character is a U+FFFD."""
    return "".join("\ufffd" if is_odd(character) else character
                   for character in text.replace("\t", " "))


def is_odd(character):
    """A control character, one that turns the direction of text, or half of one."""
    return (unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
            and character != "\u200d")
