"""For Visual Studio's list of errors and MSBuild, which read
`file(line,column): warning CODE: text`."""
from ddi.reports.common import (TOOL, chosen, clean, failures, rule_id, summary,
                                unused, unused_text)
from ddi.sources import Sources


def write(scan, stream, options):
    """Writes a line for each finding, one for each step of its path, and one for
    each file that was not analysed."""
    sources = Sources(scan.root)
    for finding in chosen(scan, options):
        stream.write(_line(sources, finding.at, "%s %s" % (
            finding.level, rule_id(finding.rule)), finding.message))
        for step in finding.path:
            stream.write(_line(sources, step.at, "note", step.message))
    for one in unused(scan):
        stream.write(_line(sources, one.at, "warning ddi.UnusedSuppression",
                           unused_text(one)))
    for file in failures(scan):
        stream.write("%s(1): warning ddi.NotAnalysed: Not analysed: %s\n" % (
            clean(file.name), clean(file.why)))
    # A reason has the word "error" in it, which MSBuild would take for one.
    stream.write("%s: %s\n" % (TOOL, summary(scan, with_reasons=False)))


def _line(sources, at, what, message):
    place = "(%d,%d)" % (at.line, sources.span(at)[0]) if at.line else "(1)"
    return "%s%s: %s: %s\n" % (clean(at.file), place, what, clean(message))
