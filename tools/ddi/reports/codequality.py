"""GitLab's code quality report: an array of issues, each with a fingerprint of its
own, as those that share one are shown once."""
import hashlib
import json
from collections import Counter

from ddi.reports.common import chosen, clean, failures, rule_id
from ddi.sources import Sources

SEVERITIES = {"warning": "major", "note": "info"}


def write(scan, stream, options):
    """Writes one issue for each finding and each file that was not analysed."""
    sources, seen = Sources(scan.root), Counter()
    issues = [_finding(finding, sources, seen) for finding in chosen(scan, options)]
    issues += [_failure(file, seen) for file in failures(scan)]
    stream.write("[" + ",".join("\n" + json.dumps(issue, sort_keys=True)
                                for issue in issues) + "\n]\n")


def _finding(finding, sources, seen):
    line = sources.line(finding.at.file, finding.at.line) or ""
    known = finding.fingerprint or "\0".join((
        finding.rule, finding.at.file, finding.function, finding.message,
        "".join(line.split())))
    return _issue(finding.message, rule_id(finding.rule),
                  SEVERITIES.get(finding.level, "major"), finding.at.file,
                  finding.at.line, _unique(known, seen))


def _failure(file, seen):
    return _issue("Not analysed: " + file.why, "ddi.NotAnalysed", "minor",
                  file.name, 1, _unique("not analysed\0" + file.name, seen))


def _issue(description, check, severity, file, line, fingerprint):
    return {"type": "issue", "description": clean(description),
            "check_name": check, "severity": severity, "categories": ["Bug Risk"],
            "fingerprint": fingerprint,
            "location": {"path": clean(file), "lines": {"begin": max(line, 1)}}}


def _unique(known, seen):
    """A hash that no issue before has."""
    seen[known] += 1
    text = "%s\0%d" % (known, seen[known])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
