"""When what is analysed, and what becomes of the answers."""
import asyncio
import os
import re
from dataclasses import dataclass

from . import records
from .documents import is_header
from .editor import Progress
from .edits import changed_lines
from .records import Snapshot

PATIENCE = 1.0  # seconds after which an analysis shows that it runs
INCLUDE = re.compile(r'\s*#\s*include\s*[<"](?:[^>"]*[\\/])?([^>"\\/]+)[>"]')
UNREADABLE = (KeyError, TypeError, AttributeError, ValueError, IndexError)


@dataclass
class Run:
    """An analysis; path: of the text, or None for a whole driver."""
    number: int
    path: str | None
    snapshot: Snapshot
    progress: Progress | None = None
    timer: asyncio.TimerHandle | None = None

    def end(self):
        if self.timer:
            self.timer.cancel()
        if self.progress:
            self.progress.end()


class Analyses:
    """Asks the back, and puts what it answers into the session's ledger.

    session has documents, ledger, encoding, options, editor, ask(object) for the back,
    publish(paths), and tell(path, state, message)."""

    def __init__(self, session):
        self.session = session
        self.number = 0
        self.runs = {}    # by number: asked and not answered
        self.latest = {}  # by path: the newest run's number
        self.good = {}    # by path: the Snapshot of the last good analysis
        self.timers = {}  # by path: of a text that is being typed

    # What happens in the editor.

    def edited(self, document):
        """The text has changed: what runs is no news any more."""
        if self.session.options.on_type:
            self.cancel(document.path)
        self.later(document)

    def later(self, document):
        """Analyses, or at least shows, the text once the typing pauses."""
        self.stop_timer(document.path)
        self.timers[document.path] = asyncio.get_running_loop().call_later(
            self.session.options.debounce, self.paused, document)

    def paused(self, document):
        self.timers.pop(document.path, None)
        if self.session.documents.get(document.path) is not document:
            return
        if self.session.options.on_type:
            self.start(document, "edit")
        else:
            self.session.publish({document.path})

    def saved(self, document):
        document.compared = None
        self.start(document, "save")
        if is_header(document.path):
            self.start_all(without=(document.path,))

    def closed(self, path):
        self.stop_timer(path)
        self.cancel(path)
        self.good.pop(path, None)

    def forget(self):
        """Compile commands or the configuration have changed."""
        self.session.ask({"do": "forget"})
        self.good.clear()
        self.start_all()

    def start_all(self, without=()):
        """Analyses all open texts but those of these paths."""
        for document in list(self.session.documents):
            if document.path not in without:
                self.good.pop(document.path, None)
                self.start(document, "edit")

    def renew(self, paths):
        """Analyses those of the paths that are open: other files tell more now."""
        named = {self.session.documents.name(path) for path in paths}
        self.start_all(without={one.path for one in self.session.documents} - named)

    # What the back is asked.

    def start(self, document, why):
        """Analyses the text as it is now."""
        self.stop_timer(document.path)
        if not document.is_source():
            return
        self.cancel(document.path)
        run = self.new_run(document.path)
        lines = self.lines(run, document) if why == "edit" else None
        self.session.ask({"do": "analyse", "id": run.number, "path": document.path,
                          "why": why, "lines": lines, "buffers": self.buffers()})
        run.timer = asyncio.get_running_loop().call_later(
            PATIENCE, self.show_progress, run, os.path.basename(document.path))
        self.session.tell(document.path, "running",
                          "%s is being analysed" % os.path.basename(document.path))

    def rescan(self, path):
        """Scans the whole driver of the file."""
        run = self.new_run(None)
        self.show_progress(run, "the driver of " + os.path.basename(path))
        self.session.ask({"do": "rescan", "id": run.number, "path": path,
                          "buffers": self.buffers()})

    def new_run(self, path):
        self.number += 1
        session = self.session
        session.ledger.catch_up()
        run = Run(self.number, path, Snapshot(session.documents, session.encoding))
        self.runs[run.number] = run
        if path:
            self.latest[path] = run.number
        return run

    def buffers(self):
        return {one.path: one.text() for one in self.session.documents
                if one.differs_from_disk()}

    def lines(self, run, document):
        """What differs from the last good analysis of the text, for the back; None if
        it is to look at all of it."""
        good = self.good.get(document.path)
        if not good or is_header(document.path) or \
                good.has_header_changed(run.snapshot):
            return None
        edits = good.since(document.path)
        if edits is None:
            return None
        return [[first + 1, last + 1] for first, last in changed_lines(edits)]

    def show_progress(self, run, what):
        if run.number not in self.runs:
            return
        run.progress = Progress(self.session.editor, run.number, "ddi-check: " + what,
                                lambda: self.cancel_run(run, is_told=True))

    def cancel(self, path):
        run = self.runs.get(self.latest.get(path))
        if run:
            self.cancel_run(run)

    def cancel_run(self, run, is_told=False):
        if self.runs.pop(run.number, None):
            self.session.ask({"do": "cancel", "id": run.number})
            run.end()
            if is_told and run.path:
                self.session.tell(run.path, "stale", "%s was not analysed: that was "
                                  "cancelled" % os.path.basename(run.path))

    def cancel_all(self):
        for run in list(self.runs.values()):
            self.cancel_run(run)

    def cancel_token(self, token):
        """The user wants what shows this progress to end."""
        for run in list(self.runs.values()):
            if run.progress and run.progress.token == token:
                run.progress.on_cancel()

    def stop_timer(self, path):
        timer = self.timers.pop(path, None)
        if timer:
            timer.cancel()

    # What the back answers.

    def died(self):
        """There is no answer to come; returns the paths that were asked for."""
        paths = {run.path for run in self.runs.values()}
        for run in self.runs.values():
            run.end()
        self.runs.clear()
        return paths

    def answer(self, data):
        """Takes an answer; one that is late, or comes twice, is let go."""
        number = data.get("id")
        run = self.runs.get(number) if isinstance(number, int) else None
        if not run:
            return
        if "progress" in data:
            self.progressed(run, data["progress"])
            return
        del self.runs[number]
        run.end()
        try:
            self.finish(run, data)
        except UNREADABLE as error:
            self.failed(run, "its answer is not known (%s)" % error)

    def progressed(self, run, said):
        if run.progress and isinstance(said, dict):
            run.progress.report(str(said.get("message", "")), said.get("percentage"))

    def failed(self, run, why):
        if run.path:
            is_kept = run.path in self.good
            self.session.tell(run.path, "stale" if is_kept else "failed",
                              "%s was not analysed: %s%s" % (
                                  os.path.basename(run.path), why,
                                  "; its last findings are shown" if is_kept else ""))
            self.session.publish({run.path})
        else:
            self.session.editor.show("error", why)

    def finish(self, run, data):
        if "error" in data or data.get("cancelled"):
            self.failed(run, str(data.get("error", "the analysis was cancelled")))
        elif run.path is None:
            self.scanned(run, data)
        else:
            self.analysed(run, data)

    def whys(self, run, data):
        name = run.snapshot.documents.name
        return {name(one["file"]): one["why"] for one in data.get("files", ())}

    def records(self, run, owner, data):
        found = (records.record(run.snapshot, owner, one) for one in data["findings"]
                 if not one.get("suppressed"))
        return [one for one in found if one]

    def analysed(self, run, data):
        session, ledger = self.session, self.session.ledger
        owner = session.documents.name(data.get("of") or run.path)
        why = self.whys(run, data).get(owner)
        before = ledger.paths()
        document = session.documents.get(run.path)
        if not document:
            return
        document.owner = owner
        if why:
            ledger.mark_stale(owner)
            self.failed(run, why)
            session.publish(before)
            return
        found, functions = self.records(run, owner, data), data.get("functions")
        if functions is None:
            ledger.replace(owner, found, included(run.snapshot.lines(owner)))
        else:
            good = self.good.get(run.path)
            edits = good.since(run.path) if good else None
            ledger.replace_functions(owner, found, set(functions),
                                     changed_lines(edits or ()))
        self.good[run.path] = run.snapshot
        session.publish(before | ledger.paths() | {run.path, owner})
        session.tell(run.path, "analysed", said(run.path, owner, functions))

    def scanned(self, run, data):
        session, ledger = self.session, self.session.ledger
        whys = self.whys(run, data)
        before = ledger.paths()
        found = self.records(run, "", data)
        seen = {path for path, why in whys.items() if not why}
        ledger.replace_all([one for one in found if one.owner not in whys or
                            one.owner in seen], seen)
        session.publish(before | ledger.paths())
        for document in session.documents:
            if document.path in seen:
                session.tell(document.path, "analysed",
                             said(document.path, document.path, None))
        count = sum(1 for why in whys.values() if why)
        if count:
            session.editor.show("warning", "%d of %d files of the driver were not "
                                "analysed" % (count, len(whys)))


def included(lines):
    """Names of files that the lines include."""
    found = (INCLUDE.match(line) for line in lines)
    return {one[1] for one in found if one}


def said(path, owner, functions):
    """A sentence on what was analysed."""
    name = os.path.basename(path)
    if functions is not None:
        names = ", ".join(sorted(map(str, functions))) or "none"
        return "%s was analysed; of what was edited: %s" % (name, names)
    if owner != path:
        return "%s was analysed as %s includes it" % (name, os.path.basename(owner))
    return "%s was analysed" % name
