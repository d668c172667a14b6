"""Requests of the editor: what we add to code actions and hovers, and our commands."""
import os
import tempfile

from . import actions, diagnostics, messages
from .documents import uri_of
from .messages import INVALID_PARAMS, get, listing, mapping
from .positions import Malformed, as_json, from_json


class Refused(Exception):
    """Of a command: why it cannot be done."""


def add_capabilities(result, editor):
    """Adds what we do to an initialize result; False if it is none."""
    can = result.setdefault("capabilities", {})
    if not isinstance(can, dict):
        return False
    commands = mapping(can, "executeCommandProvider")
    can["executeCommandProvider"] = {
        **commands, "commands": [*listing(commands, "commands"), *actions.COMMANDS]}
    can["hoverProvider"] = can.get("hoverProvider") or True
    kinds = mapping(can, "codeActionProvider")
    known = listing(kinds, "codeActionKinds")
    if kinds or editor.can(*actions.LITERALS):
        can["codeActionProvider"] = {**kinds, "codeActionKinds": known + [
            one for one in actions.KINDS if one not in known]}
    else:
        can["codeActionProvider"] = True
    return True


class Requests:
    def __init__(self, session):
        self.session = session
        self.folder = None  # of texts that are shown
        self.commands = {actions.SHOW_PATH: self.show_path,
                         actions.EXPLAIN: self.explain,
                         actions.RESCAN: self.rescan}

    def code_actions(self, params):
        """A list: what we add to the answer."""
        uri = get(params, "textDocument", "uri")
        path = self.session.path(uri)
        try:
            start, end = from_json(params.get("range"))
        except Malformed:
            return []
        if not path:
            return []
        found = [one for one in self.session.ledger.of(path)
                 if one.at.range[0].line <= end.line and one.at.range[1].line >= start.line]
        inside = [one for one in found
                  if one.at.range[0] <= end and one.at.range[1] >= start]
        return actions.actions(self.session, uri, inside or found,
                               listing(params, "context", "only"))

    def hover(self, params):
        """A Hover of ours; None if there is nothing to say."""
        session = self.session
        path = session.path(get(params, "textDocument", "uri"))
        at = (get(params, "position", "line"), get(params, "position", "character"))
        if not path or not all(isinstance(number, int) for number in at):
            return None
        found = [one for one in session.ledger.of(path)
                 if one.at.range[0] <= at <= one.at.range[1]]
        if not found:
            return None
        formats = session.editor.can("textDocument", "hover", "contentFormat")
        is_markdown = not isinstance(formats, list) or formats[:1] != ["plaintext"]
        by_rule = {one.rule: one for one in reversed(found)}
        texts = [diagnostics.hover_text(session, one, is_markdown)
                 for one in by_rule.values()]
        return {"contents": {"kind": "markdown" if is_markdown else "plaintext",
                             "value": "\n\n---\n\n".join(texts)},
                "range": as_json(found[0].at.range)}

    def executed(self, number, params):
        """The answer to workspace/executeCommand."""
        command = params.get("command")
        argument = (listing(params, "arguments") or [{}])[0]
        try:
            if not isinstance(command, str) or command not in self.commands:
                raise Refused("there is no command '%s'" % command)
            self.commands[command](argument if isinstance(argument, dict) else {})
        except Refused as refused:
            return messages.error(number, INVALID_PARAMS, str(refused))
        return messages.result(number, None)

    def show_path(self, argument):
        session = self.session
        path = session.path(argument.get("uri"))
        record = path and session.ledger.find(path, argument.get("fingerprint"))
        if not record:
            raise Refused("the finding is there no more")
        if session.options.wants_path:
            session.editor.notify("ddi/path", {
                "finding": diagnostics.path(session, record)})
        else:
            self.show_text("path", diagnostics.path_text(record))

    def explain(self, argument):
        name = argument.get("rule")
        if not isinstance(name, str) or name not in self.session.rules:
            raise Refused("there is no rule '%s'" % name)
        text = diagnostics.rule_text(name, self.session.rule(name))
        self.show_text(name, text + "\n")

    def rescan(self, argument):
        path = self.session.path(argument.get("uri"))
        if not path:
            raise Refused("the command takes the URI of a file")
        self.session.analyses.rescan(path)

    def show_text(self, name, text):
        """Opens Markdown in the editor if it can do that, else shows it as a message."""
        editor = self.session.editor
        if not editor.can("window", "showDocument", "support"):
            editor.show("info", text)
            return
        self.folder = self.folder or tempfile.mkdtemp(prefix="ddi-lsp-")
        path = os.path.join(self.folder, os.path.basename(name) + ".md")
        with open(path, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
        editor.request("window/showDocument", {"uri": uri_of(path), "takeFocus": True})
