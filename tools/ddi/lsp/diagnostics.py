"""Findings as the protocol has them."""
import os

from . import positions
from .documents import uri_of
from .records import shown

SOURCE = "ddi-check"
MOST_STEPS = 50


def location(session, place):
    return {"uri": session.uri(place.path), "range": positions.as_json(place.range)}


def brief(session, record):
    """The Diagnostic of a record, without its path."""
    data = {
        "range": positions.as_json(record.at.range),
        "severity": record.severity,
        "code": record.rule,
        "source": SOURCE,
        "message": record.message,
        "data": {"fingerprint": record.fingerprint, "stale": record.is_stale},
    }
    url = session.rule(record.rule).get("url")
    if url:
        data["codeDescription"] = {"href": url}
    return data


def diagnostic(session, record):
    """The Diagnostic of a record."""
    data = brief(session, record)
    steps = record.steps[-MOST_STEPS:]
    if session.editor.can("textDocument", "publishDiagnostics", "relatedInformation"):
        data["relatedInformation"] = [
            {"location": location(session, step.at), "message": step.message}
            for step in steps]
    else:
        data["message"] = "\n".join([record.message, *map(line, steps)])
    return data


def line(step):
    """A step, for a reader who has the text alone."""
    start = step.at.range[0]
    return "%s:%d: %s" % (os.path.basename(step.at.path), start.line + 1, step.message)


def path(session, record):
    """The finding and its whole path, for ddi/path."""
    return {**location(session, record.at), "rule": record.rule,
            "message": record.message,
            "steps": [{**location(session, step.at), "message": step.message,
                       "depth": step.depth, "state": shown(step.state)}
                      for step in record.steps]}


def path_text(record):
    """The same as Markdown."""
    lines = ["# %s" % record.rule, "", record.message, ""]
    for number, step in enumerate(record.steps, 1):
        lines.append("%d. %s[%s:%d](%s#L%d) %s" % (
            number, "> " * step.depth, os.path.basename(step.at.path),
            step.at.range[0].line + 1, uri_of(step.at.path), step.at.range[0].line + 1,
            step.message))
        if step.state:
            lines.append("   *%s*" % shown(step.state))
    start = record.at.range[0].line + 1
    lines += ["", "In [%s:%d](%s#L%d)" % (os.path.basename(record.at.path), start,
                                          uri_of(record.at.path), start), ""]
    return "\n".join(lines)


def rule_text(name, rule):
    """What a rule demands, as Markdown."""
    parts = ["**%s** %s" % (name, rule.get("summary", "")), rule.get("text", "")]
    for title, key in (("Wrong", "bad"), ("Right", "good")):
        if rule.get(key):
            parts.append("%s:\n\n```c\n%s\n```" % (title, rule[key].rstrip("\n")))
    if rule.get("url"):
        parts.append("[%s](%s)" % (rule["url"], rule["url"]))
    return "\n\n".join(part for part in parts if part)


def hover_text(session, record, is_markdown):
    """What hovering over a finding shows: the rule's summary, text and page."""
    rule = session.rule(record.rule)
    if is_markdown:
        brief = {key: rule.get(key, "") for key in ("summary", "text", "url")}
        return rule_text(record.rule, brief) if rule else "**%s**" % record.rule
    return "\n\n".join(part for part in (
        "%s: %s" % (record.rule, rule.get("summary", "")), rule.get("text", ""),
        rule.get("url", "")) if part)
