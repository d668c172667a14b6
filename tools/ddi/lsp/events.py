"""Notifications of the editor."""
import os

from .documents import Document, path_of
from .logs import log
from .messages import MARK, get, mapping
from .positions import Malformed


class Events:
    def __init__(self, session):
        self.session = session
        self.handlers = {
            "initialized": self.initialized,
            "textDocument/didOpen": self.did_open,
            "textDocument/didChange": self.did_change,
            "textDocument/didSave": self.did_save,
            "textDocument/didClose": self.did_close,
            "workspace/didChangeConfiguration": self.did_change_configuration,
            "workspace/didChangeWatchedFiles": session.watching.did_change,
            "window/workDoneProgress/cancel": self.did_cancel_progress,
        }

    def notified(self, method, params):
        """Takes one of those in handlers; a text that it breaks is not known any more."""
        try:
            return self.handlers[method](params if isinstance(params, dict) else {})
        except Malformed as error:
            log("%s: %s" % (method, error))
            self.lose(get(params, "textDocument", "uri"))

    def lose(self, uri):
        """What the text is is not known until it is opened again."""
        path = path_of(uri)
        document = self.session.documents.close(path)
        if document:
            self.forget(document)
            self.session.tell(path, "none", "%s is not analysed: its text is not known; "
                              "open it again" % os.path.basename(path))

    def initialized(self, _):
        self.session.watching.register()
        self.ask_configuration()

    def ask_configuration(self):
        editor = self.session.editor
        if editor.can("workspace", "configuration"):
            editor.request("workspace/configuration", {"items": [{"section": MARK}]},
                           self.configured)

    def configured(self, result, _):
        if isinstance(result, list) and result:
            self.session.configure(result[0])

    def document(self, params):
        """The open Document that params name; None if there is none."""
        path = path_of(get(params, "textDocument", "uri"))
        return self.session.documents.by_path.get(path)

    def did_open(self, params):
        item = mapping(params, "textDocument")
        path, text = path_of(item.get("uri")), item.get("text")
        if not path or not isinstance(text, str):
            return
        document = Document(path, text, item.get("version"), item.get("languageId"))
        self.session.spelled.setdefault(path, item["uri"])
        self.session.documents.open(document)
        self.session.watching.opened(path)
        self.session.analyses.start(document, "open")

    def did_change(self, params):
        document = self.document(params)
        if document:
            document.change(params.get("contentChanges"),
                            get(params, "textDocument", "version"),
                            self.session.encoding)
            self.session.analyses.edited(document)

    def did_save(self, params):
        document = self.document(params)
        if document:
            self.session.analyses.saved(document)

    def did_close(self, params):
        document = self.document(params)
        if document:
            self.session.documents.close(document.path)
            self.forget(document)

    def forget(self, document):
        """Shows nothing of ours in a text that is closed, and nothing that came by it."""
        session, path = self.session, document.path
        before = session.ledger.paths()
        needed = {one.owner for one in session.documents}
        owners = {path, document.owner} - needed
        session.analyses.closed(path)
        session.ledger.drop(lambda one: one.at.path == path or one.owner in owners)
        session.others.close(path)
        session.publish(before)

    def did_change_configuration(self, params):
        settings = params.get("settings")
        if isinstance(settings, dict):
            self.session.configure(settings.get(MARK))
            commands = settings.get("compilationDatabaseChanges")
            if commands and isinstance(commands, dict):
                self.session.ask({"do": "commands", "commands": commands})
                self.session.analyses.start_all()
        else:
            self.ask_configuration()

    def did_cancel_progress(self, params):
        self.session.analyses.cancel_token(params.get("token"))
