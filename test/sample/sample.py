#!/usr/bin/env python3
"""The sample driver: its compile database, and whether ddi-check finds in it the
mistakes that were planted, and nothing else.

    sample.py database FOLDER [--mingw INCLUDE]
    sample.py check DDI-CHECK FOLDER [--mingw INCLUDE]
"""
import argparse
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
INPUTS = os.path.join(ROOT, "test", "Inputs")
PLANTED = re.compile(r"/\* planted: ([\w.]+) \*/")


def sources():
    return sorted(name for name in os.listdir(HERE) if name.endswith(".c"))


def flags(mingw):
    """For the kernel headers of mingw-w64, or for the small ones of the tests."""
    if mingw:
        target = "x86_64-w64-windows-gnu"
        folders = [os.path.join(INPUTS, "mingw"), mingw,
                   os.path.join(mingw, "ddk")]
    else:
        target = "x86_64-pc-windows-msvc"
        folders = [os.path.join(HERE, "wdk"), os.path.join(INPUTS, "wdk")]
    words = ["--target=" + target, "-fms-extensions", "-Wno-multichar"]
    for folder in folders:
        words += ["-isystem", folder]
    return words


def write_database(folder, mingw):
    os.makedirs(folder, exist_ok=True)
    # From the root, so that findings have the names that a reader there can use.
    files = [os.path.join("test", "sample", name) for name in sources()]
    commands = [{"directory": ROOT, "file": file,
                 "arguments": ["clang"] + flags(mingw) + ["-c", file]}
                for file in files]
    with open(os.path.join(folder, "compile_commands.json"), "w") as file:
        json.dump(commands, file, indent=2)


def planted():
    marks = []
    for name in sources():
        with open(os.path.join(HERE, name)) as file:
            for number, line in enumerate(file, 1):
                marks += [(name, number, rule)
                          for rule in PLANTED.findall(line)]
    return marks


def found(program, folder):
    run = subprocess.run([program, "-p", folder, "--format", "json"],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                         text=True)
    if run.returncode != 2:
        sys.exit("ddi-check ended with %d: %s" % (run.returncode, run.stderr))
    findings = [json.loads(line) for line in run.stdout.splitlines()]
    return [(os.path.basename(one["at"]["file"]), one["at"]["line"], one["rule"])
            for one in findings]


def check(program, folder, mingw):
    write_database(folder, mingw)
    wanted, seen = planted(), found(program, folder)
    for name, line, rule in wanted:
        if (name, line, rule) not in seen:
            print("%s:%d: %s was planted and not found" % (name, line, rule))
    for name, line, rule in seen:
        if (name, line, rule) not in wanted:
            print("%s:%d: %s was found and not planted" % (name, line, rule))
    same = sorted(wanted) == sorted(seen)
    print("%d planted, %d found" % (len(wanted), len(seen)))
    return 0 if same else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    database = commands.add_parser("database")
    checks = commands.add_parser("check")
    checks.add_argument("program")
    for command in (database, checks):
        command.add_argument("folder")
        command.add_argument("--mingw", metavar="INCLUDE",
                             help="use the headers of mingw-w64 that lie there")
    arguments = parser.parse_args()
    if arguments.command == "check":
        return check(arguments.program, arguments.folder, arguments.mingw)
    write_database(arguments.folder, arguments.mingw)
    return 0


if __name__ == "__main__":
    sys.exit(main())
