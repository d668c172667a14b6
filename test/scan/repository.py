"""A git repository with drivers, for tests."""
import json
import os
import shutil
import subprocess
import sys

TOOLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tools")
GIT = ["git", "-c", "user.name=test", "-c", "user.email=test@example.com",
       "-c", "init.defaultBranch=main", "-c", "core.autocrlf=false"]


class Repository:
    def __init__(self, folder, flags):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        self.folder = os.path.realpath(folder)
        # The tests may run in a folder of a repository.
        os.environ.setdefault("GIT_CEILING_DIRECTORIES", os.path.dirname(self.folder))
        self.flags = flags
        self.commands = []
        self.git("init", "-q")
        self.write(".gitignore", "build/\n")

    def git(self, *words):
        return subprocess.run([*GIT, "-C", self.folder, *words], check=True,
                              stdout=subprocess.PIPE, text=True).stdout

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "one more")

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)

    def compile(self, name, driver=""):
        """Adds a file to the database in build/."""
        entry = {"directory": self.folder, "file": name,
                 "arguments": ["clang", *self.flags, "-c", name]}
        if driver:
            entry["project"] = driver
        self.commands.append(entry)
        self.write("build/compile_commands.json", json.dumps(self.commands))

    def scan(self, *words, status=None, error=""):
        """What ddi-scan prints; with the status that is expected, if any is."""
        done = subprocess.run(
            ["/usr/bin/python3", os.path.join(TOOLS, "ddi-scan"), *words],
            cwd=self.folder, capture_output=True, text=True)
        if (status is not None and done.returncode != status) or \
                error not in done.stderr or "Traceback" in done.stderr:
            sys.exit("ddi-scan %s: status %d, not %s\n%s%s" % (
                " ".join(words), done.returncode, status, done.stdout, done.stderr))
        return done.stdout

    def findings(self, *words, status=None):
        """Pairs of file and rule that the scan tells."""
        text = self.scan("-p", "build", "--format", "jsonl", *words, status=status)
        lines = map(json.loads, text.splitlines())
        return sorted((one["at"]["file"], one["rule"]) for one in lines if "rule" in one)


DRIVER = """\
#include "%(name)s.h"
DRIVER_DISPATCH %(name)sWrite;
NTSTATUS %(name)sWrite(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  %(enter)sExAcquireResourceSharedLite(&e->Lock, TRUE);
  ExReleaseResourceLite(&e->Lock);
  %(leave)sreturn STATUS_SUCCESS;
}
"""
HEADER = """\
#pragma once
#include <ntifs.h>
typedef struct _EXTENSION {
  ERESOURCE Lock;
} EXTENSION, *PEXTENSION;
"""


def driver(name, is_right):
    """The text of a file; a wrong one has one finding, wdm.WithinCriticalRegion."""
    return DRIVER % {"name": name,
                     "enter": "KeEnterCriticalRegion();\n  " if is_right else "",
                     "leave": "KeLeaveCriticalRegion();\n  " if is_right else ""}
