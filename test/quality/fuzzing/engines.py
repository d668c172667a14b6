"""What is compared: commands that print ddi-check's JSON lines."""
import collections
import json
import os
import shlex
import subprocess

from .interpret import RULES, Finding

Found = collections.namedtuple("Found", "finding message")


class Failure(Exception):
    pass


class Engine:
    def __init__(self, name, command):
        self.name = name
        self.command = shlex.split(command)

    def findings(self, folder):
        command = self.command + ["-p", folder, "--format", "json"]
        try:
            run = subprocess.run(command, text=True, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE)
        except OSError as error:
            raise Failure("cannot run '%s': %s" % (command[0], error.strerror))
        if run.returncode not in (0, 2):
            raise Failure("'%s' ended with status %d on %s: %s" % (
                " ".join(command), run.returncode, folder,
                run.stderr.strip() or "no message"))
        lines = map(json.loads, run.stdout.splitlines())
        return [found_in(line) for line in lines if line["rule"] in RULES]


def found_in(line):
    at = line["at"]
    return Found(Finding(line["rule"], os.path.basename(at["file"]), at["line"]),
                 line["message"])


def write_program(folder, texts, flags):
    os.makedirs(folder, exist_ok=True)
    for name, text in texts.items():
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
    sources = [name for name in texts if not name.endswith(".h")]
    with open(os.path.join(folder, "compile_commands.json"), "w") as file:
        json.dump([{"directory": os.path.abspath(folder), "file": name,
                    "arguments": ["clang", *flags, "-c", name]} for name in sources], file)
