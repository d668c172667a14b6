"""json_lines.py FILE: what --format json printed for Inputs/findings.c."""
import json
import sys


def check_place(place):
    assert place["file"].endswith("findings.c"), place
    assert place["line"] > 0 and place["column"] > 0, place


with open(sys.argv[1]) as lines:
    findings = [json.loads(line) for line in lines]
rules = [(f["at"]["line"], f["rule"]) for f in findings]
assert rules == [(4, "wdm.WithinCriticalRegion"), (10, "wdm.CriticalRegions"),
                 (13, "wdm.GuardedRegions")], rules
assert [f["function"] for f in findings] == ["One", "Two", "Three"], findings
for finding in findings:
    check_place(finding["at"])
    assert finding["message"] and "%" not in finding["message"], finding
    assert finding["path"], finding
    for step in finding["path"]:
        check_place(step["at"])
        assert step["message"], step
for edit in findings[0]["fix"]:
    assert edit["file"].endswith("findings.c"), edit
assert findings[0]["fix"] and not findings[1]["fix"], findings
