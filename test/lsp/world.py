"""What the tests of ddi-lsp have in common."""
import json
import os
import shutil
import sys
import time

from client import CAPABILITIES, PATIENCE, Client

HERE = os.path.dirname(os.path.abspath(__file__))
DDI_LSP = os.path.join(HERE, "..", "..", "tools", "ddi-lsp")
FAKE_BACK = os.path.join(HERE, "fake_back.py")
FAKE_CLANGD = os.path.join(HERE, "fake_clangd.py")
STANDALONE = ("--standalone",)
PROXY = ("--", FAKE_CLANGD)
PYTHON = "/usr/bin/python3"


class World:
    """A folder with sources, and servers in it."""

    def __init__(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        self.folder = os.path.realpath(folder)
        self.log = os.path.join(self.folder, "asked.log")

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())

    def go(self, name):
        """Lets the fake analyses go on that hold there."""
        self.write(name + ".go", "")

    def client(self, words=STANDALONE, options=None, capabilities=CAPABILITIES,
               environment=None, stderr=None, starts=True, **more):
        """A client of ddi-lsp with the words; starts: initialize is done."""
        if os.path.exists(self.log):
            os.unlink(self.log)
        client = Client(
            [PYTHON, DDI_LSP, *words], self.folder,
            {"DDI_LSP_BACK": FAKE_BACK, "FAKE_LOG": self.log, **(environment or {})},
            capabilities, {"ddi-check": {"status": True, "debounce": 50,
                                         **(options or {})}}, stderr)
        if starts:
            client.result = client.initialize(**more)
        return client

    def asked(self, do=None):
        """What the fake back was asked."""
        if not os.path.exists(self.log):
            return []
        with open(self.log, encoding="utf-8") as file:
            lines = [line for line in file.read().splitlines(True) if line[-1] == "\n"]
        found = map(json.loads, lines)
        return [one for one in found if not do or one["do"] == do]

    def wait_asked(self, is_so, what):
        """Waits until what was asked, as a list, is so; returns it."""
        return wait_until(lambda: (asked := self.asked()) and is_so(asked) and asked, what)


def wait_until(is_so, what):
    """Waits for something else than a message; returns what is_so does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = is_so()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("%d s, and not yet: %s" % (PATIENCE, what))


def is_alive(number):
    """Whether the process runs; a zombie does not."""
    try:
        with open("/proc/%d/stat" % number) as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(number):
    """The processes that the process has started, and theirs."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/stat" % name) as file:
                parent = int(file.read().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == number:
            found += [int(name), *children(int(name))]
    return found


def text_range(diagnostic):
    """first line, column, last line, column."""
    start, end = diagnostic["range"]["start"], diagnostic["range"]["end"]
    return start["line"], start["character"], end["line"], end["character"]


def run_tests(tests, servers=()):
    """Runs all test_... of the module's globals, those that take words of a command line
    once for each of the servers; DDI_TESTS names the only ones."""
    wanted = os.environ.get("DDI_TESTS", "").split()
    for name, test in list(tests.items()):
        if not name.startswith("test_") or (wanted and name not in wanted):
            continue
        for words in servers if test.__code__.co_argcount else (None,):
            try:
                test(*[words] if words else [])
            except BaseException:
                print("%s %s failed:" % (name, words or ""), file=sys.stderr)
                raise
