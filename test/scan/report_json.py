"""JSON lines can be read back; GitLab's issues each have a fingerprint."""
import io
import json

import make_scan
from ddi import reports
from ddi.findings import File, Finding, Place
from ddi.reports import Options
from ddi.reports.common import chosen

EVERYTHING = Options(include_suppressed=True, include_undecided=True,
                     include_absent=True)


def report(name, scan, options=Options()):
    out = io.StringIO()
    reports.write(name, scan, out, options)
    return out.getvalue()


def json_lines():
    scan = make_scan.small()
    lines = [json.loads(line)
             for line in report("jsonl", scan, EVERYTHING).splitlines()]
    kinds = [line["kind"] for line in lines]
    assert kinds == ["finding"] * 7 + ["unused_suppression"] + \
        ["not_analysed"] * 2 + ["summary"], kinds
    again = make_scan.findings(json.dumps(line) for line in lines[:7])
    assert again == chosen(scan, EVERYTHING), again
    assert lines[7]["suppression"]["rules"] == ["wdm.PushLock"]
    assert lines[8] == {"kind": "not_analysed", "file": "lost.c",
                        "why": "'index2.h' file not found"}
    summary = lines[-1]
    assert (summary["findings"], summary["files"], summary["not_analysed"],
            summary["functions"], summary["entry_points"]) == (4, 4, 2, 5, 2)
    # Each line stands alone, whatever a name or a message has in it.
    scan.findings[0].message = "two\nlines\u2028more \udc80"
    scan.files.append(File("a\nb.c", "why\nnot"))
    for line in report("jsonl", scan).split("\n")[:-1]:
        json.loads(line)
        assert line.isascii()


def code_quality():
    issues = json.loads(report("codequality", make_scan.small()))
    assert len(issues) == 6, issues
    for issue in issues:
        assert set(issue) >= {"description", "check_name", "fingerprint",
                              "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not issue["location"]["path"].startswith("/")
    assert issues[1]["check_name"] == "ddi.wdm.PushLock"
    assert issues[1]["location"] == {"path": "index.c", "lines": {"begin": 12}}
    assert issues[4]["check_name"] == "ddi.NotAnalysed"

    # The same twice, with and without a fingerprint of its own: both are shown.
    for known in ("", "same"):
        scan = make_scan.empty()
        scan.findings = [Finding("wdm.PushLock", "Said", "F", Place("index.c", 0, 0),
                                 fingerprint=known) for _ in range(3)]
        issues = json.loads(report("codequality", scan))
        assert len({issue["fingerprint"] for issue in issues}) == 3
        assert issues[0]["location"]["lines"]["begin"] == 1
    assert json.loads(report("codequality", make_scan.empty())) == []

    # A fingerprint does not depend on where the line stands.
    scan = make_scan.small()
    before = json.loads(report("codequality", scan))[1]["fingerprint"]
    scan.findings[0].at = Place("index.c", 99, 1)
    scan.findings = scan.findings[:1]
    after = json.loads(report("codequality", scan))[0]["fingerprint"]
    assert before == after


def same_every_time():
    """Whatever the order in which findings came."""
    for name in reports.FORMATS:
        scan = make_scan.small()
        first = report(name, scan, EVERYTHING)
        for part in (scan.findings, scan.files, scan.suppressions):
            part.reverse()
        assert report(name, scan, EVERYTHING) == first, name


json_lines()
code_quality()
same_every_time()
