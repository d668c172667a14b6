"""What the editor and we know of each other: the texts, the findings, the requests.

A proxy and a server alone are built on it."""
import asyncio
import os
import shutil
import sys
import tempfile

from . import actions, diagnostics, messages, positions
from .analyses import Analyses
from .documents import Document, Documents, path_of, uri_of
from .editor import Editor
from .ledger import Ledger, Others
from .link import Link
from .messages import INVALID_PARAMS, get, listing, mapping
from .options import own_settings
from .positions import Malformed
from .watching import Watching


class Refused(Exception):
    """Of a request of the editor: why it cannot be done."""


class Session:
    """send takes an object of JSON for the editor."""

    def __init__(self, settings, send):
        self.settings = settings
        self.options = settings.options()
        self.editor = Editor(send)
        self.documents = Documents()
        self.ledger = Ledger(self.documents)
        self.others = Others(self.documents)
        self.analyses = Analyses(self)
        self.link = Link(self.answered, self.died)
        self.watching = Watching(self)
        self.encoding = positions.UTF16
        self.root = os.getcwd()
        self.process = None     # the editor's number
        self.rules = {}
        self.running = None     # the task that keeps a back
        self.published = {}     # by path: version and list that were published last
        self.folder = None      # of texts that are shown
        self.handlers = {
            "initialized": self.initialized,
            "textDocument/didOpen": self.did_open,
            "textDocument/didChange": self.did_change,
            "textDocument/didSave": self.did_save,
            "textDocument/didClose": self.did_close,
            "workspace/didChangeConfiguration": self.did_change_configuration,
            "workspace/didChangeWatchedFiles": self.watching.did_change,
            "window/workDoneProgress/cancel": self.did_cancel_progress,
        }

    # The life of it.

    def initialize(self, params):
        """Takes what initialize says; our options are no more in params."""
        self.settings.add(own_settings(params))
        self.options = self.settings.options()
        self.editor.capabilities = mapping(params, "capabilities")
        self.root = root_of(params) or self.root
        process = params.get("processId")
        if isinstance(process, int) and not isinstance(process, bool) and \
                is_alive(process):
            self.process = process
        if not self.running:
            self.running = asyncio.create_task(self.link.run(self.first()))

    def initialize_result(self, result):
        """The server's result with what we add; None if it is none."""
        if not isinstance(result, dict):
            return None
        can = result.setdefault("capabilities", {})
        if not isinstance(can, dict):
            return None
        self.set_encoding(can.get("positionEncoding") or result.get("offsetEncoding"))
        commands = can.get("executeCommandProvider")
        commands = commands if isinstance(commands, dict) else {}
        can["executeCommandProvider"] = {
            **commands, "commands": [*listing(commands, "commands"), *actions.COMMANDS]}
        kinds = mapping(can, "codeActionProvider")
        can["hoverProvider"] = can.get("hoverProvider") or True
        if kinds or self.editor.can(*actions.LITERALS):
            known = listing(kinds, "codeActionKinds")
            can["codeActionProvider"] = {**kinds, "codeActionKinds": known + [
                one for one in actions.KINDS if one not in known]}
        else:
            can["codeActionProvider"] = True
        return result

    def set_encoding(self, named):
        """Takes what the initialize result names; None: it names nothing."""
        known = (positions.UTF8, positions.UTF16, positions.UTF32)
        self.encoding = named if named in known else positions.UTF16

    def first(self):
        """What a back is told first."""
        return {"do": "start", "root": self.root, "options": self.options.for_back}

    def initialized(self, _):
        self.watching.register()

    def ask(self, data):
        self.link.send(data)

    def is_editor_gone(self):
        return self.process is not None and not is_alive(self.process)

    async def close(self):
        self.analyses.cancel_all()
        await self.link.close()
        if self.running:
            await asyncio.wait([self.running], timeout=5)
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    # The back.

    def answered(self, data):
        ready = data.get("ready")
        if isinstance(ready, dict):
            self.rules = mapping(ready, "rules")
        elif "id" in data:
            self.analyses.answer(data)
        elif "error" in data:
            self.editor.show("error", str(data["error"]))

    def died(self, how, goes_on):
        paths = self.analyses.died()
        log("the analysis %s" % how)
        self.editor.show("error", "the analysis %s%s" % (
            how, "; it is started again" if goes_on else
            " too often, and is not started again; the editor's restart of the server "
            "does that"))
        for path in filter(None, paths):
            self.tell(path, "failed", "the analysis of %s %s" % (
                os.path.basename(path), how))
        if goes_on:  # not what it died of: the next edit or save tries that again
            for document in list(self.documents):
                self.analyses.good.pop(document.path, None)
                if document.path not in paths:
                    self.analyses.later(document)

    # Notifications of the editor.

    def notified(self, method, params):
        """Takes one of those in handlers; whatever is wrong with it is let go."""
        try:
            self.handlers[method](params if isinstance(params, dict) else {})
        except Malformed as error:
            path = path_of(get(params, "textDocument", "uri"))
            log("%s of '%s': %s" % (method, path, error))
            self.lose(path)

    def lose_uri(self, uri):
        self.lose(path_of(uri))

    def lose(self, path):
        """We do not know the text any more."""
        if path and self.documents.get(path):
            self.close_document(path)
            self.tell(path, "none", "%s is not analysed: its text is not known until it "
                      "is opened again" % os.path.basename(path))

    def did_open(self, params):
        item = mapping(params, "textDocument")
        path, text = path_of(item.get("uri")), item.get("text")
        if not path or not isinstance(text, str):
            return
        document = Document(item["uri"], path, text, item.get("version"),
                            item.get("languageId"))
        self.documents.open(document)
        self.watching.opened(path)
        self.analyses.opened(document)

    def document(self, params):
        """The open Document that params name; None if there is none."""
        path = path_of(get(params, "textDocument", "uri"))
        return self.documents.by_path.get(path)

    def did_change(self, params):
        document = self.document(params)
        if document:
            document.change(params.get("contentChanges"),
                            get(params, "textDocument", "version"), self.encoding)
            self.analyses.edited(document)

    def did_save(self, params):
        document = self.document(params)
        if document:
            document.compared = None
            self.analyses.saved(document)

    def did_close(self, params):
        document = self.document(params)
        if document:
            self.close_document(document.path)

    def close_document(self, path):
        document = self.documents.close(path)
        self.analyses.closed(path)
        self.others.close(path)
        before = self.ledger.paths()
        needed = {one.owner for one in self.documents}
        self.ledger.drop(lambda one: one.at.path == path or (
            one.owner == path and path not in needed) or (
            one.owner == document.owner and one.owner not in needed))
        self.publish(before)
        self.published.pop(path, None)

    def did_change_configuration(self, params):
        said = mapping(params, "settings", "ddi-check")
        if said and self.settings.add(said):
            before = self.options
            self.options = self.settings.options()
            if before.for_back != self.options.for_back:
                self.analyses.cancel_all()
                self.link.renew(self.first())
                self.analyses.start_all()
        if listing(params, "settings", "compilationDatabaseChanges") or \
                mapping(params, "settings", "compilationDatabaseChanges"):
            self.ask({"do": "commands", "commands":
                      params["settings"]["compilationDatabaseChanges"]})
            self.analyses.start_all()

    def did_cancel_progress(self, params):
        """Returns whether the progress is ours."""
        return self.analyses.cancel_token(params.get("token"))

    # Requests of the editor.

    def code_actions(self, params):
        """A list: what we add to the answer."""
        path = path_of(get(params, "textDocument", "uri"))
        first = get(params, "range", "start", "line")
        last = get(params, "range", "end", "line")
        if not path or not isinstance(first, int) or not isinstance(last, int):
            return []
        found = [one for one in self.ledger.of(path)
                 if one.at.range[0].line <= last and one.at.range[1].line >= first]
        only = listing(params, "context", "only")
        return actions.actions(self, params["textDocument"]["uri"], found, only)

    def hovered(self, params):
        """The records at the place of a hover."""
        path = path_of(get(params, "textDocument", "uri"))
        at = (get(params, "position", "line"), get(params, "position", "character"))
        if not path or not all(isinstance(number, int) for number in at):
            return []
        return [one for one in self.ledger.of(path)
                if one.at.range[0] <= at <= one.at.range[1]]

    def hover(self, params):
        """A Hover of ours; None if there is nothing to say."""
        found = self.hovered(params)
        if not found:
            return None
        formats = self.editor.can("textDocument", "hover", "contentFormat")
        is_markdown = not isinstance(formats, list) or formats[:1] != ["plaintext"]
        by_rule = {one.rule: one for one in reversed(found)}
        texts = [diagnostics.hover_text(self, one, is_markdown)
                 for one in by_rule.values()]
        return {"contents": {"kind": "markdown" if is_markdown else "plaintext",
                             "value": "\n\n---\n\n".join(texts)},
                "range": positions.as_json(found[0].at.range)}

    def execute(self, params):
        """Does one of our commands.  Refused: it cannot be done."""
        argument = (listing(params, "arguments") or [None])[0]
        argument = argument if isinstance(argument, dict) else {}
        command = params.get("command")
        if command == actions.SHOW_PATH:
            return self.show_path(argument)
        if command == actions.EXPLAIN:
            return self.explain(argument)
        if command == actions.RESCAN:
            return self.rescan(argument)
        raise Refused("there is no command '%s'" % command)

    def executed(self, number, params):
        """The answer to workspace/executeCommand with one of our commands."""
        try:
            return messages.result(number, self.execute(params))
        except Refused as refused:
            return messages.error(number, INVALID_PARAMS, str(refused))

    def show_path(self, argument):
        path = path_of(argument.get("uri"))
        record = path and self.ledger.find(path, argument.get("fingerprint"))
        if not record:
            raise Refused("the finding is there no more")
        if self.options.wants_path:
            self.editor.notify("ddi/path", {"finding": diagnostics.path(self, record)})
        else:
            self.show_text("path", diagnostics.path_text(self, record))

    def explain(self, argument):
        name = argument.get("rule")
        if not isinstance(name, str) or name not in self.rules:
            raise Refused("there is no rule '%s'" % name)
        self.show_text(name, diagnostics.rule_text(name, self.rule(name)) + "\n")

    def rescan(self, argument):
        path = path_of(argument.get("uri"))
        if not path:
            raise Refused("the command takes the URI of a file")
        self.analyses.rescan(path)

    def show_text(self, name, text):
        """Opens Markdown in the editor if it can do that, else shows it as a message."""
        if not self.editor.can("window", "showDocument", "support"):
            self.editor.show("info", text)
            return
        self.folder = self.folder or tempfile.mkdtemp(prefix="ddi-lsp-")
        path = os.path.join(self.folder, os.path.basename(name) + ".md")
        with open(path, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
        self.editor.request("window/showDocument",
                            {"uri": uri_of(path), "takeFocus": True})

    # What is shown.

    def uri(self, path):
        """As clangd or the editor spells it, so that it is one file for the editor."""
        document = self.documents.get(path)
        return self.others.uri(path) or (document.uri if document else uri_of(path))

    def version(self, path):
        document = self.documents.get(path)
        return document.version if document else None

    def rule(self, name):
        return mapping(self.rules, name)

    def diagnostics(self, path):
        """clangd's and ours."""
        ours = [diagnostics.diagnostic(self, one) for one in self.ledger.of(path)]
        return self.others.of(path) + ours

    def path(self, uri):
        """The path of a URI, as the editor names it; None if it has none."""
        path = path_of(uri)
        return path and self.documents.name(path)

    def others_published(self, path, params):
        """Publishes clangd's list with ours; False if there is none of ours, and clangd's
        message can pass as it is."""
        found, version = params["diagnostics"], params.get("version")
        self.others.set(path, params["uri"], found, version)
        if self.ledger.of(path):
            self.publish({path})
            return True
        self.published[path] = version, found
        if not found and not self.documents.get(path):
            self.others.close(path)
            del self.published[path]
        return False

    def publish(self, paths):
        """Shows what is known of the files, if it is not what is shown."""
        for path in paths:
            found, version = self.diagnostics(path), self.version(path)
            if self.published.get(path, (None, [])) == (version, found):
                continue
            if not found and path not in self.published and not self.others.uri(path):
                continue  # nothing was ever shown
            self.published[path] = version, found
            params = {"uri": self.uri(path), "diagnostics": found}
            if isinstance(version, int):
                params["version"] = version
            self.editor.notify("textDocument/publishDiagnostics", params)

    def tell(self, path, state, message):
        """The state of a file's analysis, for an editor that shows it."""
        if self.options.wants_status:
            count = len(self.ledger.of(path))
            self.editor.notify("ddi/status", {
                "uri": self.uri(path), "state": state, "message": message,
                "findings": count})


def root_of(params):
    """The folder that the editor works in; None if it names none."""
    folders = listing(params, "workspaceFolders")
    first = path_of(get(folders[0], "uri")) if folders else None
    path = params.get("rootPath")
    return first or path_of(params.get("rootUri")) or (
        path if isinstance(path, str) and os.path.isabs(path) else None)


def is_alive(process):
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def log(text):
    """Says what we do, where the log goes."""
    try:
        print("ddi-lsp: " + text, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        pass  # nobody reads it any more
