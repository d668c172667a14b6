"""Code actions, and the commands behind them."""
import re

from . import diagnostics
from .messages import MARK
from .positions import Position, as_json
from .records import rule_word

SHOW_PATH, EXPLAIN, RESCAN = (MARK + "." + name for name in
                              ("showPath", "explainRule", "rescanDriver"))
COMMANDS = (SHOW_PATH, EXPLAIN, RESCAN)
QUICKFIX, INFO = "quickfix", "info"
KINDS = (QUICKFIX, INFO)
LITERALS = ("textDocument", "codeAction", "codeActionLiteralSupport")


def is_wanted(kind, only):
    return not only or any(kind == one or kind.startswith("%s." % one) for one in only)


def edit(session, changes):
    """The WorkspaceEdit of pairs of Place and text."""
    by_path = {}
    for place, text in changes:
        by_path.setdefault(place.path, []).append(
            {"range": as_json(place.range), "newText": text})
    if not session.editor.can("workspace", "workspaceEdit", "documentChanges"):
        return {"changes": {session.uri(path): made for path, made in by_path.items()}}
    return {"documentChanges": [
        {"textDocument": {"uri": session.uri(path), "version": session.version(path)},
         "edits": made} for path, made in by_path.items()]}


def suppression(session, record):
    """The WorkspaceEdit that silences the finding; None if no comment can stand above
    its line."""
    document = session.documents.get(record.at.path)
    if not document:
        return None
    number = record.at.range[0].line
    line = document.lines[number]
    above = document.lines[number - 1].rstrip("\r") if number else ""
    if above.endswith("\\"):  # within a macro
        return None
    end = "\r\n" if line.endswith("\r") else "\n"
    text = "%s// ddi-suppress %s: reason%s" % (
        re.match(r"[ \t]*", line)[0], rule_word(record.rule), end)
    start = Position(number, 0)
    place = type(record.at)(record.at.path, (start, start))
    return edit(session, [(place, text)])


def of_record(session, record, uri):
    """All actions for a finding, as CodeActions."""
    about = [diagnostics.brief(session, record)]
    rule = record.rule
    if record.fix and not record.is_stale:
        changes = [(change.at, change.text) for change in record.fix]
        yield {"title": "Fix %s" % rule, "kind": QUICKFIX, "diagnostics": about,
               "isPreferred": True, "edit": edit(session, changes)}
    silenced = suppression(session, record)
    if silenced:
        yield {"title": "Suppress %s here" % rule, "kind": QUICKFIX,
               "diagnostics": about, "edit": silenced}
    for title, command, argument in (
            ("Show the path of %s" % rule, SHOW_PATH,
             {"uri": uri, "fingerprint": record.fingerprint}),
            ("Explain %s" % rule, EXPLAIN, {"rule": rule})):
        yield {"title": title, "kind": INFO, "diagnostics": about,
               "command": {"title": title, "command": command, "arguments": [argument]}}


def actions(session, uri, found, only):
    """What can be done about these records."""
    made = [one for record in found for one in of_record(session, record, uri)]
    if made:
        title = "Scan this driver again"
        made.append({"title": title, "kind": INFO, "command": {
            "title": title, "command": RESCAN, "arguments": [{"uri": uri}]}})
    made = [one for one in made if is_wanted(one["kind"], only)]
    if session.editor.can(*LITERALS):
        return made
    return [one["command"] for one in made if "command" in one]
