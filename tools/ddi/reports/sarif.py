"""SARIF 2.1.0, as GitHub code scanning reads it.

Paths are relative to SRCROOT, columns count UTF-16 code units.  Suppressed results
are left out unless asked for: GitHub makes alerts of them."""
import json
import os
import re
from urllib.parse import quote

from ddi.findings import Rule
from ddi.reports.common import (TOOL, chosen, clean, end_depth, failures, rule_id,
                                unused, unused_text)
from ddi.reports.line_hash import line_hashes
from ddi.sources import Sources

SCHEMA = ("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
          "sarif-schema-2.1.0.json")
# What GitHub takes: results of a run, steps of a path, characters of a text.
MOST_RESULTS = 25000
MOST_STEPS = 1000
FIRST_STEPS = 100
MOST_TEXT = 1024
MOST_NAME = 255
# There is no page of ddi-check itself; this one tells of the rules.
INFORMATION = ("https://learn.microsoft.com/windows-hardware/drivers/devtest/"
               "ddi-compliance-rules")


def write(scan, stream, options):
    """Writes a log of one run, a result a line."""
    findings = chosen(scan, options)
    kept = findings if len(findings) <= MOST_RESULTS else _most_important(findings)
    writer = Writer(scan, options, kept)
    run = {
        "tool": {"driver": writer.driver()},
        **writer.automation(),
        "invocations": [writer.invocation(len(findings) - len(kept))],
        "originalUriBaseIds": {"SRCROOT": {"description": {
            "text": "The folder that the scan was told to be the root."}}},
        "columnKind": "utf16CodeUnits",
        "properties": {
            "files": len(scan.files), "functions": scan.functions,
            "entryPoints": scan.entry_points, "pairs": scan.pairs,
            "undecided": scan.undecided}}
    head = json.dumps({"$schema": SCHEMA, "version": "2.1.0"}, indent=1)
    stream.write(head[:-2] + ',\n "runs": [\n')
    stream.write(json.dumps(run, indent=1)[:-2] + ',\n "results": [')
    for index, finding in enumerate(kept):
        stream.write(",\n" if index else "\n")
        stream.write(json.dumps(writer.result(finding), separators=(",", ":")))
    stream.write("\n ]}\n]}\n")


def _most_important(findings):
    """Those that count and are new first, in their order."""
    def rank(index):
        finding = findings[index]
        return (bool(finding.suppression), finding.level == "note",
                finding.baseline == "absent", finding.baseline == "unchanged", index)

    kept = sorted(range(len(findings)), key=rank)[:MOST_RESULTS]
    return [findings[index] for index in sorted(kept)]


class Writer:
    """Makes the parts of a run."""

    def __init__(self, scan, options, findings):
        self.scan, self.options = scan, options
        self.sources = Sources(scan.root)
        named = {finding.rule for finding in findings} - set(scan.rules)
        self.rules = {name: scan.rules.get(name) or Rule(name, rule_id(name), "", "")
                      for name in sorted(named | set(scan.rules))}
        self.index = {name: index for index, name in enumerate(self.rules)}
        self._hashes = ("", [])

    def driver(self):
        driver = {"name": TOOL, "fullName": full_name(self.scan.version),
                  "informationUri": INFORMATION}
        driver.update(versions(self.scan.version))
        driver["rules"] = [rule_data(rule) for rule in self.rules.values()]
        return driver

    def automation(self):
        category = self.options.category
        if not category:
            return {}
        # What stands behind the last slash names the run.
        return {"automationDetails": {
            "id": category if category.endswith("/") else category + "/"}}

    def invocation(self, left_out):
        failed = failures(self.scan)
        invocation = {"executionSuccessful": not failed}
        if self.options.exit_status is not None:
            invocation["exitCode"] = self.options.exit_status
        if self.options.started:
            invocation["startTimeUtc"] = self.options.started
        if self.options.ended:
            invocation["endTimeUtc"] = self.options.ended
        notes = [self.notification("NotAnalysed", "error",
                                   "%s was not analysed: %s" % (file.name, file.why),
                                   {"artifactLocation": artifact(file.name)})
                 for file in failed]
        notes += [self.notification("UnusedSuppression", "note", unused_text(one),
                                    self.physical(one.at))
                  for one in unused(self.scan)]
        if left_out:
            notes.append(self.notification(
                "TooManyResults", "warning", "%d results more than the %d that "
                "GitHub takes were left out" % (left_out, MOST_RESULTS)))
        invocation["toolExecutionNotifications"] = notes
        return invocation

    @staticmethod
    def notification(name, level, text, where=None):
        data = {"descriptor": {"id": rule_id(name)}, "level": level,
                "message": {"text": sentence(text)}}
        if where:
            data["locations"] = [{"physicalLocation": where}]
        return data

    def result(self, finding):
        data = {
            "ruleId": rule_id(finding.rule),
            "ruleIndex": self.index[finding.rule],
            "level": finding.level,
            "message": {"text": sentence(finding.message)},
            "locations": [{
                "physicalLocation": self.physical(finding.at),
                **logical(finding.function)}],
            **self.fingerprints(finding)}
        if finding.path:
            data["codeFlows"] = [{"threadFlows": [{"locations": self.flow(finding)}]}]
        if finding.baseline:
            data["baselineState"] = finding.baseline
        if self.options.include_suppressed:
            data["suppressions"] = self.suppressions(finding)
        if finding.fix:
            data["fixes"] = [self.fix(finding)]
        return data

    def physical(self, at):
        start, end = self.sources.span(at)
        region = {"startLine": at.line, "startColumn": start, "endColumn": end}
        return {"artifactLocation": artifact(at.file),
                "region": region if at.line else {"startLine": 1}}

    def fingerprints(self, finding):
        prints = {}
        line_hash = self.line_hash(finding.at.file, max(finding.at.line, 1))
        if line_hash:
            prints["primaryLocationLineHash"] = line_hash
        if finding.fingerprint:
            prints["ddi/v1"] = finding.fingerprint
        return {"partialFingerprints": prints} if prints else {}

    def line_hash(self, name, line):
        """Results come file by file, so the hashes of one are enough."""
        if self._hashes[0] != name:
            data = self.sources.raw(name)
            self._hashes = (name, line_hashes(data) if data else [])
        hashes = self._hashes[1]
        return hashes[line - 1] if line <= len(hashes) else None

    def flow(self, finding):
        """The steps and the finding itself, at most as many as GitHub keeps: of a
        longer path the first and the last ones."""
        steps = list(finding.path)
        if len(steps) >= MOST_STEPS:
            steps = steps[:FIRST_STEPS] + steps[FIRST_STEPS - MOST_STEPS + 1:]
        before = None
        locations = []
        for step in steps:
            locations.append(self.step(step, before))
            before = step.state or before
        locations.append({
            "location": {"physicalLocation": self.physical(finding.at),
                         "message": {"text": sentence(finding.message)}},
            "nestingLevel": end_depth(finding), "importance": "essential"})
        return locations

    def step(self, step, before):
        data = {"location": {"physicalLocation": self.physical(step.at),
                             "message": {"text": sentence(step.message)}},
                "nestingLevel": step.depth,
                "importance": importance(step, before)}
        if step.state:
            data["state"] = state_data(step.state)
        return data

    @staticmethod
    def suppressions(finding):
        one = finding.suppression
        if not one:
            return []
        return [{"kind": "inSource", **(
            {"justification": clean(one.reason)} if one.reason else {})}]

    def fix(self, finding):
        files = sorted({edit.file for edit in finding.fix})
        return {
            "description": {"text": "What ddi-check --fix does."},
            "artifactChanges": [
                {"artifactLocation": artifact(name),
                 "replacements": [self.replacement(edit) for edit in finding.fix
                                  if edit.file == name]}
                for name in files]}

    def replacement(self, edit):
        line, column = self.sources.place_of(edit.file, edit.offset)
        end_line, end = self.sources.place_of(edit.file, edit.offset + edit.length)
        return {"deletedRegion": {"startLine": line, "startColumn": column,
                                  "endLine": end_line, "endColumn": end},
                "insertedContent": {"text": whole(edit.text)}}


def versions(version):
    """Of "ddi-check 1.2.3".  The number of LLVM is not ours: a version without one
    of its own is 0, as readers want a number in front."""
    own = re.match(r"(?:ddi-check )?(\d+(?:\.\d+)+)", version)
    if not own:
        llvm = re.search(r"LLVM \d+(?:\.\d+)*", version)
        return {"version": "0 (%s)" % llvm.group() if llvm else "0"}
    parts = (own.group(1).split(".") + ["0", "0"])[:3]
    return {"version": own.group(1),
            "semanticVersion": ".".join(str(int(part)) for part in parts)}


def full_name(version):
    version = clean(version).strip()
    return version if version.startswith(TOOL) else (TOOL + " " + version).strip()


def artifact(name):
    """A file below the root is told by it; any other has a URI of its own."""
    parts = os.fsencode(whole_name(name))
    if name.startswith("/"):
        return {"uri": "file://" + quote(parts)}
    return {"uri": quote(parts, safe="/"), "uriBaseId": "SRCROOT"}


def whole_name(name):
    """A name with a surrogate that stands for no byte cannot be that of a file."""
    return re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", name)


def whole(text):
    """Text that can be encoded."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def logical(function):
    if not function:
        return {}
    return {"logicalLocations": [{"name": clean(function), "kind": "function"}]}


def importance(step, before):
    """What changes the state is essential; "Returning from" follows by itself."""
    if step.state and before and step.state != before:
        return "essential"
    return "unimportant" if step.message.startswith("Returning from") else "important"


def state_data(state):
    """As viewers show it, a name and a text each."""
    said = {}
    if state.irql:
        said["IRQL"] = " to ".join(dict.fromkeys(state.irql))
    if state.critical is not None:
        said["critical regions"] = str(state.critical)
    if state.guarded is not None:
        said["guarded regions"] = str(state.guarded)
    for held in state.held:
        said["held: " + clean(held.object)] = " ".join(
            word for word in (held.kind, held.mode) if word)
    return {name: {"text": text} for name, text in said.items()}


def rule_data(rule):
    """A rule with its help; GitHub shows the Markdown."""
    data = {
        "id": rule_id(rule.name),
        "name": pascal(rule.name)[:MOST_NAME],
        "shortDescription": {"text": sentence(rule.summary)},
        "fullDescription": {"text": sentence(rule.text or rule.summary)},
        "help": {"text": help_text(rule), "markdown": help_markdown(rule)},
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["correctness", "reliability", "windows-driver",
                                rule.name.partition(".")[0]],
                       "precision": "high", "problem.severity": "warning"}}
    if rule.url:
        data["helpUri"] = rule.url
    return data


def pascal(name):
    """wdm.PushLock: WdmPushLock; ndis.Irql_OID_Function: NdisIrqlOIDFunction."""
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"\W|_", name))


def sentence(text, most=MOST_TEXT):
    """Clean, with a full stop, and short enough."""
    text = clean(text.replace("\n", " ")).strip()
    if not text:
        return "No text."
    if not text.endswith((".", "!", "?", ":")):
        text += "."
    return text if len(text) <= most else text[:most - 2].rstrip() + " …"


def help_text(rule):
    parts = [rule.summary + ".", rule.text]
    parts += ["Wrong:\n" + rule.bad] if rule.bad else []
    parts += ["Right:\n" + rule.good] if rule.good else []
    parts += ["See " + rule.url] if rule.url else []
    return "\n\n".join(part.strip() for part in parts if part)


def help_markdown(rule):
    parts = ["**%s.**" % rule.summary]
    parts += rule.text.strip().split("\n") if rule.text else []
    for title, code in (("Wrong", rule.bad), ("Right", rule.good)):
        if code:
            parts.append("%s:\n\n```c\n%s\n```" % (title, code.strip("\n")))
    if rule.aliases:
        parts.append("Code Analysis: " + ", ".join(
            "C%s" % number for number in rule.aliases))
    if rule.url:
        parts.append("[Microsoft's documentation](%s)" % rule.url)
    return "\n\n".join(parts)
