"""Notices when compile commands or the configuration change."""
import asyncio
import os

from ..config import NAME
from .documents import path_of
from .messages import get, listing

NAMES = ("compile_commands.json", "compile_flags.txt", ".clangd", NAME)
BELOW = ("", "build")  # folders in which, as seen from those of a text and above
EVERY = 2.0            # seconds
SOON = 0.3             # seconds; several files are often written at once


class Watching:
    """The editor tells if it can; else the files are looked at now and then."""

    def __init__(self, session):
        self.session = session
        self.is_told = False
        self.states = {}   # of the files that may be, by path
        self.timer = self.soon = None

    def register(self):
        can = self.session.editor.can("workspace", "didChangeWatchedFiles",
                                      "dynamicRegistration")
        if not can:
            self.look_later()
            return
        self.is_told = True
        watchers = [{"globPattern": "**/" + name} for name in NAMES]
        self.session.editor.request("client/registerCapability", {"registrations": [{
            "id": "ddi-check:watching", "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": watchers}}]}, self.registered)

    def registered(self, _, has_failed):
        if has_failed:
            self.is_told = False
            self.look_later()

    def did_change(self, params):
        paths = [path_of(get(one, "uri")) for one in listing(params, "changes")]
        if any(path and os.path.basename(path) in NAMES for path in paths):
            self.changed()

    def changed(self):
        if not self.soon:
            self.soon = asyncio.get_running_loop().call_later(SOON, self.forget)

    def forget(self):
        self.soon = None
        self.session.analyses.forget()

    def opened(self, path):
        """Looks at the files that may concern the text, from now on."""
        folder = os.path.dirname(path)
        while True:
            for below in BELOW:
                for name in NAMES:
                    file = os.path.join(folder, below, name)
                    self.states.setdefault(file, state(file))
            above = os.path.dirname(folder)
            if above == folder:
                return
            folder = above

    def look_later(self):
        self.timer = asyncio.get_running_loop().call_later(EVERY, self.look)

    def look(self):
        now = {file: state(file) for file in self.states}
        if now != self.states:
            self.states = now
            self.changed()
        self.look_later()


def state(file):
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
