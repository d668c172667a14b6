"""A client of the back of ddi-lsp, and sources for it to analyse."""
import json
import os
import queue
import subprocess
import sys
import threading

PATIENCE = 60  # seconds, of which a machine that is not busy needs few


class Back:
    """A back that runs; what it tells of no request is in `told`."""

    def __init__(self, root=None, **options):
        self.process = subprocess.Popen(
            ["/usr/bin/python3", "-m", "ddi.lsp.back"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.log, self.told = [], []
        self.answers = {}
        self.count = 0
        self.lines = queue.SimpleQueue()
        for target in (self._read, self._hear):
            threading.Thread(target=target, daemon=True).start()
        if root:
            self.start(root, **options)

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(json.loads(line))
        self.lines.put(None)

    def _hear(self):
        for line in self.process.stderr:
            self.log.append(line.decode())

    def tell(self, message):
        self.raw(json.dumps(message).encode())

    def raw(self, line):
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def start(self, root, **options):
        self.tell({"do": "start", "root": root, "options": options})
        return self.until(lambda one: "ready" in one)["ready"]

    def take(self):
        """The next line."""
        try:
            line = self.lines.get(timeout=PATIENCE)
        except queue.Empty:
            self.fail("no line")
        if line is None:
            self.fail("the back has ended")
        return line

    def until(self, is_wanted):
        """The next line that is wanted; others are kept."""
        for at, one in enumerate(self.told):
            if is_wanted(one):
                return self.told.pop(at)
        while True:
            line = self.take()
            if is_wanted(line):
                return line
            self.told.append(line)

    def fail(self, what):
        sys.exit("%s\ntold: %s\nlog: %s" % (what, self.told, "".join(self.log)))

    def ask(self, path, why="open", buffers=None, lines=None, do="analyse"):
        """Sends a request; returns its id."""
        self.count += 1
        self.tell({"do": do, "id": self.count, "path": path, "why": why,
                   "buffers": buffers or {}, "lines": lines})
        return self.count

    def answer(self, number):
        return self.until(lambda one: one.get("id") == number and "progress" not in one)

    def analyse(self, *words, **named):
        return self.answer(self.ask(*words, **named))

    def end(self, number=None):
        """Ends it, by a signal or by closing its stdin; returns its exit status."""
        if number:
            self.process.send_signal(number)
        else:
            self.process.stdin.close()
        return self.process.wait(PATIENCE)


def rules(answer):
    """Triples of file, line and rule that an answer has."""
    if "findings" not in answer:
        sys.exit("no findings: %s" % answer)
    return sorted((os.path.basename(one["at"]["file"]), one["at"]["line"], one["rule"])
                  for one in answer["findings"])


def why(answer):
    """Why the one file was not analysed."""
    if len(answer.get("files", ())) != 1:
        sys.exit("not one file: %s" % answer)
    return answer["files"][0]["why"]
