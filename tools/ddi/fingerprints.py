"""What stays of a finding when the lines around it change."""
import collections
import hashlib


def assign(findings, sources):
    """Sets the fingerprint of each finding, from the text that sources has now: rule,
    file, function, the line without blanks, and which of several alike it is.  The
    findings are in the order in which they are reported."""
    alike = collections.Counter()
    for finding in findings:
        line = "".join((sources.line(finding.at.file, finding.at.line) or "").split())
        key = (finding.rule, finding.at.file, finding.function, line)
        alike[key] += 1
        text = "\0".join((*key, str(alike[key])))
        finding.fingerprint = hashlib.sha256(
            text.encode("utf-8", "surrogateescape")).hexdigest()[:32]
