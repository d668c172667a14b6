"""What the editor and we know of each other: the texts and the findings.

A proxy and a server alone are built on it."""
import asyncio
import os
import shutil

from . import diagnostics, positions
from .analyses import Analyses
from .documents import Documents, path_of, uri_of
from .editor import Editor
from .events import Events
from .ledger import Ledger, Others
from .link import Link
from .logs import log
from .messages import get, listing, mapping
from .options import own_settings
from .requests import Requests, add_capabilities
from .watching import Watching


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
        self.watching = Watching(self)
        self.events = Events(self)
        self.requests = Requests(self)
        self.link = Link(self.answered, self.died)
        self.running = None     # the task that keeps a back
        self.encoding = positions.UTF16
        self.root = os.getcwd()
        self.process = None     # the editor's number
        self.rules = {}
        self.spelled = {}       # by path: its URI, as clangd or else the editor has it
        self.published = {}     # by path: version and list that were published last

    # From initialize to the end.

    def initialize(self, params):
        """Takes what initialize says; our options are no more in params."""
        self.settings.add(own_settings(params))
        self.options = self.settings.options()
        self.editor.capabilities = mapping(params, "capabilities")
        self.root = root_of(params) or self.root
        process = params.get("processId")
        if isinstance(process, int) and process > 0 and is_alive(process):
            self.process = process  # else it is one of another machine
        if not self.running:
            self.running = asyncio.create_task(self.link.run(self.first()))

    def initialize_result(self, result):
        """The server's result with what we add; None if it is none."""
        if not isinstance(result, dict) or not add_capabilities(result, self.editor):
            return None
        named = get(result, "capabilities", "positionEncoding") or \
            result.get("offsetEncoding")
        known = (positions.UTF8, positions.UTF16, positions.UTF32)
        self.encoding = named if named in known else positions.UTF16
        return result

    def first(self):
        """What a back is told first."""
        return {"do": "start", "root": self.root, "options": self.options.for_back}

    def configure(self, said):
        """Takes options of the client, of any time."""
        if not isinstance(said, dict) or not self.settings.add(said):
            return
        before, self.options = self.options, self.settings.options()
        if before.for_back != self.options.for_back:
            self.analyses.cancel_all()
            self.link.renew(self.first())
            self.analyses.start_all()

    async def editor_gone(self):
        """Until there is no process of the editor's number."""
        while self.process is None or is_alive(self.process):
            await asyncio.sleep(3)

    async def close(self):
        self.analyses.cancel_all()
        await self.link.close()
        if self.running:
            await asyncio.wait([self.running], timeout=5)
        if self.requests.folder:
            shutil.rmtree(self.requests.folder, ignore_errors=True)

    # The back.

    def ask(self, data):
        self.link.send(data)

    def answered(self, data):
        ready = data.get("ready")
        if isinstance(ready, dict):
            self.rules = mapping(ready, "rules")
        elif "id" in data:
            self.analyses.answer(data)
        elif isinstance(data.get("renew"), list):
            self.analyses.renew(filter(os.path.isabs, data["renew"]))
        elif "error" in data:
            self.editor.show("error", str(data["error"]))

    def died(self, how, goes_on):
        paths = self.analyses.died()
        log("the analysis " + how)
        self.editor.show("error", "the analysis %s%s" % (
            how, "; it is started again" if goes_on else
            " too often; restart the language server to try again"))
        for path in filter(None, paths):
            self.tell(path, "failed", "%s: the analysis %s" % (
                os.path.basename(path), how))
        if goes_on:  # not what it died of: the next edit or save tries that again
            self.analyses.start_all(without=paths)

    # What is shown.

    def path(self, uri):
        """The path of a URI, as the editor names it; None if it has none."""
        path = path_of(uri)
        return path and self.documents.name(path)

    def uri(self, path):
        return self.spelled.get(path) or uri_of(path)

    def version(self, path):
        document = self.documents.get(path)
        return document.version if document else None

    def rule(self, name):
        return mapping(self.rules, name)

    def publish(self, paths):
        """Shows what is known of the files, clangd's and ours, if it is not shown yet."""
        for path in paths:
            version, ours = self.version(path), self.ledger.of(path)
            found = self.others.of(path) + [diagnostics.diagnostic(self, one)
                                            for one in ours]
            if (version, found) == self.published.get(path, (None, [])):
                continue
            if not found and path not in self.published:
                continue  # nothing was ever shown
            self.published[path] = version, found
            if not found and path not in self.documents.by_path:
                del self.published[path]
            params = {"uri": self.uri(path), "diagnostics": found}
            if isinstance(version, int):
                params["version"] = version
            self.editor.notify("textDocument/publishDiagnostics", params)

    def others_published(self, params):
        """Takes clangd's list, and publishes it with ours; False if there is none of ours
        and clangd's message can pass as it is."""
        path, found = self.path(params.get("uri")), params.get("diagnostics")
        if not path or not isinstance(found, list):
            return False
        self.spelled[path] = params["uri"]
        if path not in self.documents.by_path and not self.ledger.of(path):
            self.published.pop(path, None)  # it was closed
            return False
        self.others.set(path, found, params.get("version"))
        if self.ledger.of(path):
            self.publish({path})
            return True
        self.published[path] = params.get("version"), found
        return False

    def tell(self, path, state, message):
        """The state of a file's analysis, for an editor that shows it."""
        if self.options.wants_status:
            self.editor.notify("ddi/status", {
                "uri": self.uri(path), "state": state, "message": message,
                "findings": len(self.ledger.of(path))})


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
