"""One object a line: findings as `ddi-check --format json` has them, with
fingerprint and baseline, then files that were not analysed, and a summary.  `kind`
tells them apart."""
import json

from ddi.reports.common import chosen, failures, unused


def write(scan, stream, options):
    """Writes the lines, the keys of each in order."""
    for finding in chosen(scan, options):
        _put(stream, "finding", finding_data(finding))
    for suppression in unused(scan):
        _put(stream, "unused_suppression",
             {"suppression": suppression_data(suppression)})
    for file in failures(scan):
        _put(stream, "not_analysed", {"file": file.name, "why": file.why})
    _put(stream, "summary", {
        "findings": len(scan.shown()), "files": len(scan.files),
        "not_analysed": len(failures(scan)), "functions": scan.functions,
        "entry_points": scan.entry_points, "pairs": scan.pairs,
        "undecided": scan.undecided, "version": scan.version})


def _put(stream, kind, data):
    # A name that is no UTF-8 keeps its bytes, as \udc80 to \udcff.
    stream.write(json.dumps({"kind": kind, **data}, sort_keys=True,
                            separators=(",", ":")) + "\n")


def finding_data(finding):
    """What Finding.read takes, and fingerprint and baseline if they are known."""
    data = {
        "rule": finding.rule, "message": finding.message, "level": finding.level,
        "function": finding.function, "at": place_data(finding.at),
        "path": [step_data(step) for step in finding.path],
        "fix": [{"file": edit.file, "offset": edit.offset, "length": edit.length,
                 "text": edit.text} for edit in finding.fix]}
    if finding.suppression:
        data["suppressed"] = suppression_data(finding.suppression)
    if finding.fingerprint:
        data["fingerprint"] = finding.fingerprint
    if finding.baseline:
        data["baseline"] = finding.baseline
    return data


def place_data(place):
    return {"file": place.file, "line": place.line, "column": place.column}


def step_data(step):
    data = {"at": place_data(step.at), "message": step.message,
            "depth": step.depth}
    if step.state:
        data["state"] = state_data(step.state)
    return data


def state_data(state):
    return {"irql": list(state.irql), "critical": state.critical,
            "guarded": state.guarded,
            "held": [{"object": held.object, "kind": held.kind,
                      "mode": held.mode} for held in state.held]}


def suppression_data(suppression):
    return {"at": place_data(suppression.at), "kind": suppression.kind,
            "rules": list(suppression.rules), "reason": suppression.reason,
            "used": suppression.used}
