"""One page that shows findings with their paths, and needs nothing but itself: no
network, no other file.

What comes from a source or a message is put into the page as data, and shown as
text only; the page's policy allows no script but its own."""
import base64
import hashlib
import html
import json
import os

from ddi.reports import diagrams
from ddi.reports.common import (TOOL, chosen, clean, end_depth, failures, rule_id,
                                summary, unused, unused_text)
from ddi.sources import Sources

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "page")
# Lines around each step, from the most to the least that a report may hold.
CONTEXTS = (200, 60, 20, 6, 1, 0)
WHOLE = 500        # a file of no more lines is there as a whole
LONGEST = 1000     # characters of a line


def write(scan, stream, options):
    """Writes the page.  It has every finding, also those that other reports leave
    out: the reader chooses there."""
    data, rules = Data(scan, options).make()
    stream.write(page({
        "title": html.escape(clean(options.title or "%s report" % TOOL)),
        "summary": html.escape(summary(scan, with_reasons=False)),
        "templates": templates(rules),
        "data": embedded(data)}))


def page(parts):
    style, script = asset("report.css"), asset("report.js")
    parts = {**parts, "style": style, "script": script, "policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        "script-src 'sha256-%s'; style-src 'sha256-%s'" % (
            digest(script), digest(style)))}
    pieces = asset("report.html").split("{")
    # Each piece begins with a name; what was put in is not looked at again.
    text = [pieces[0]]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}")
        text += [parts[name], rest]
    return "".join(text)


def asset(name):
    with open(os.path.join(PAGE, name), encoding="utf-8") as file:
        return file.read()


def digest(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def embedded(data):
    """JSON that ends no script element, whatever it says."""
    text = json.dumps(data, separators=(",", ":"))  # ASCII only
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace(
        "&", "\\u0026")


def templates(rules):
    """The diagrams of the rules, each once, by its number in the table of rules."""
    drawn, text = {}, []
    for index, name in enumerate(rules):
        model = diagrams.find(name)
        if not model:
            continue
        if id(model) not in drawn:
            drawn[id(model)] = diagrams.svg(model) or ""
        text.append('<template id="diagram-%d">%s</template>' % (
            index, drawn[id(model)]))
    return "\n".join(text)


class Table:
    """Gives each thing a number."""

    def __init__(self):
        self.numbers, self.things = {}, []

    def number(self, key, thing=None):
        if key not in self.numbers:
            self.numbers[key] = len(self.things)
            self.things.append(key if thing is None else thing)
        return self.numbers[key]


class Data:
    """What the page's script reads."""

    def __init__(self, scan, options):
        everything = type(options)(include_suppressed=True, include_undecided=True,
                                   include_absent=True)
        self.scan, self.options = scan, options
        self.findings = chosen(scan, everything)
        self.sources = Sources(scan.root)
        self.files, self.rules, self.states = Table(), Table(), Table()
        self.spans = {}

    def make(self):
        """The data, and the names of its rules in order."""
        findings = [self.finding(finding) for finding in self.findings]
        data = {
            "findings": findings,
            "files": self.sources_within_limit(),
            "rules": [self.rule(name) for name in self.rules.things],
            "states": self.states.things,
            "missed": [[file.name, file.why] for file in failures(self.scan)],
            "unused": [["%s:%d" % (one.at.file, one.at.line), unused_text(one) + (
                ": " + one.reason if one.reason else "")]
                for one in unused(self.scan)]}
        return data, self.rules.things

    def finding(self, finding):
        steps = [self.step(step.at, step.message, step.depth, step.state)
                 for step in finding.path]
        steps.append(self.step(finding.at, finding.message, end_depth(finding), None))
        return {"rule": self.rules.number(finding.rule),
                "file": self.files.number(finding.at.file),
                "line": finding.at.line, "message": finding.message,
                "function": finding.function, "status": status(finding),
                "reason": finding.suppression.reason if finding.suppression else "",
                "steps": steps}

    def step(self, at, message, depth, state):
        """As a list, as there are many."""
        if at not in self.spans:
            self.spans[at] = self.sources.span(at)
        return [self.files.number(at.file), at.line, *self.spans[at], message, depth,
                self.states.number(state, state_data(state)) if state else -1]

    def rule(self, name):
        rule = self.scan.rules.get(name)
        model = diagrams.find(name)
        data = {"id": rule_id(name),
                "words": diagrams.sentences(model) if model else []}
        if rule:
            data.update(summary=rule.summary, text=rule.text, url=web(rule.url),
                        bad=rule.bad, good=rule.good)
        return data

    def sources_within_limit(self):
        """The files with as many lines around each step as the limit lets in."""
        lines = [set() for _ in self.files.things]
        for at in self.spans:
            lines[self.files.numbers[at.file]].add(at.line)
        for context in CONTEXTS:
            files, size = [], 0
            for name, wanted in zip(self.files.things, lines):
                parts = self.parts(name, wanted, context)
                size += sum(len(text) for _, text in parts)
                files.append({"name": name, "parts": parts,
                              "lines": len(self.sources.lines(name))})
                if size > self.options.source_limit:
                    break
            else:
                return files
        return [{"name": name, "parts": [], "lines": 0} for name in self.files.things]

    def parts(self, name, wanted, context):
        """The parts of a file around the lines: pairs of the first line's number and
        the text."""
        have = len(self.sources.lines(name))
        whole = have <= WHOLE and context == CONTEXTS[0]
        ranges = []
        for line in [1] if whole else sorted(wanted):
            if line > have:
                continue
            first = max(1, line - context)
            last = have if whole else min(have, line + context)
            if ranges and first <= ranges[-1][1] + 1:
                ranges[-1][1] = max(ranges[-1][1], last)
            else:
                ranges.append([first, last])
        return [[first, "\n".join(self.line(name, number)
                                  for number in range(first, last + 1))]
                for first, last in ranges]

    def line(self, name, number):
        text = self.sources.line(name, number)
        return text if len(text) <= LONGEST else text[:LONGEST] + " …"


def status(finding):
    """What the reader can choose by."""
    if finding.baseline == "absent":
        return "gone"
    if finding.suppression:
        return "suppressed"
    if finding.is_undecided:
        return "undecided"
    return finding.baseline or "open"


def state_data(state):
    return {"irql": list(dict.fromkeys(state.irql)), "critical": state.critical,
            "guarded": state.guarded,
            "held": [[held.object, held.kind, held.mode] for held in state.held]}


def web(url):
    """Nothing but a page can be linked to."""
    return url if url.startswith(("https://", "http://")) else ""
