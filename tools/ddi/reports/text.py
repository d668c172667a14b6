"""For a terminal, as ddi-check prints findings: each with its line of source and
its path; the last line says of how much."""
import unicodedata

from ddi.reports.common import (chosen, clean, failures, rule_id, summary, unused,
                                unused_text)
from ddi.sources import Sources

COLORS = {"warning": "\033[1;35m", "note": "\033[1;36m", "error": "\033[1;31m"}
BOLD, GREEN, PLAIN = "\033[1m", "\033[1;32m", "\033[0m"


def write(scan, stream, options):
    """Writes findings, suppressions that silence nothing, files that were not
    analysed, and the summary."""
    printer = Printer(stream, Sources(scan.root), options.color)
    for finding in chosen(scan, options):
        printer.finding(finding)
    for suppression in unused(scan):
        printer.line(suppression.at, "warning", unused_text(suppression) +
                     " [ddi.UnusedSuppression]")
    for file in failures(scan):
        printer.failure(file)
    stream.write(summary(scan) + "\n")


class Printer:
    """Writes one thing at a time, for a report or while a scan runs."""

    def __init__(self, stream, sources, color=False):
        self.stream, self.sources, self.color = stream, sources, color

    def finding(self, finding):
        self.line(finding.at, finding.level, "%s [%s]%s" % (
            finding.message, rule_id(finding.rule), remark(finding)))
        for step in finding.path:
            self.line(step.at, "note", step.message)

    def failure(self, file):
        self.stream.write("%s: %s not analysed: %s\n" % (
            clean(file.name), self.paint("error", "error:"), clean(file.why)))

    def line(self, at, level, message):
        """A message with its place, the source there, and a caret."""
        place = "%s:%d:%d:" % (clean(at.file), at.line, at.column)
        bold = BOLD if level != "note" else ""
        self.stream.write("%s %s %s\n" % (
            self.colored(BOLD, place), self.paint(level, level + ":"),
            self.colored(bold, clean(message))))
        source, front = self.sources.line(at.file, at.line), self.sources.before(at)
        if source is None or front is None:
            return
        self.stream.write("%s\n%s%s\n" % (
            visible(source), "".join(map(blank, front)), self.colored(GREEN, "^")))

    def paint(self, level, text):
        return self.colored(COLORS.get(level, BOLD), text)

    def colored(self, code, text):
        return code + text + PLAIN if self.color and code else text


def remark(finding):
    """What a reader must know of a finding that does not count as others do."""
    if finding.suppression:
        reason = finding.suppression.reason
        return " (suppressed%s)" % (": " + reason if reason else "")
    return {"new": " (new)", "absent": " (gone)"}.get(finding.baseline, "")


def visible(source):
    """The line as it stands, with its tabs, and nothing that a terminal obeys."""
    return "\t".join(map(clean, source.split("\t")))


def blank(character):
    """As wide as the character."""
    if character == "\t":
        return "\t"
    if unicodedata.combining(character):
        return ""
    return "  " if unicodedata.east_asian_width(character) in "WF" else " "
