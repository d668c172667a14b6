#!/usr/bin/env python3
"""Runs one fixture through every front door and compares what is reported with
the fixture's comments:

    ExReleaseResourceLite(r); // expected-warning {{releases 'r'}}
    // expected-warning@+1 {{[ddi.wdm.PushLock]}}

The text is a part of "message [ddi.rule.Name]".  Every finding needs its comment
on its line and every comment its finding; a line may have several.

Doors: the plugin in clang and the stand-alone program, each with our own small
headers and with those of mingw-w64.
"""
import argparse
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTATION = re.compile(r"expected-warning(?:@([+-]\d+))?((?:\s*\{\{.*?\}\})+)")
TEXT = re.compile(r"\{\{(.*?)\}\}")
FINDING = re.compile(r"^(.*?):(\d+):\d+: warning: (.* \[ddi\.[\w.]+\])$")


class DoorFailed(Exception):
    pass


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("fixture")
    parser.add_argument("--clang", required=True)
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--program", required=True)
    parser.add_argument("--mingw-include", help="the folder that has ddk/ in it")
    parser.add_argument("--no-mingw", metavar="REASON",
                        help="leave out the headers of mingw-w64")
    parser.add_argument("--only", choices=["plugin", "program"],
                        help="leave out the other door")
    parser.add_argument("--strictness")
    parser.add_argument("--world")
    parser.add_argument("--rules", help="as for ddi-check, but without '-name'")
    parser.add_argument("--wrapper", action="append", default=[])
    arguments, flags = parser.parse_known_args()
    arguments.flags = [flag for flag in flags if flag != "--"]
    return arguments


def header_flags(arguments):
    """(name of the headers, flags for them)."""
    inputs = os.path.join(HERE, "Inputs")
    kinds = [("our headers", ["--target=x86_64-pc-windows-msvc", "-isystem",
                              os.path.join(inputs, "wdk")])]
    mingw = arguments.mingw_include
    if mingw and arguments.no_mingw is None:
        kinds.append(("mingw headers",
                      ["--target=x86_64-w64-windows-gnu", "-isystem",
                       os.path.join(inputs, "mingw"), "-isystem", mingw,
                       "-isystem", os.path.join(mingw, "ddk")]))
    common = ["-fms-extensions", "-Wno-everything"] + arguments.flags
    return [(name, flags + common) for name, flags in kinds]


def run(command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, errors="replace")


def fail(command, done, why):
    raise DoorFailed("%s (exit status %d)\n%s\n%s" %
                     (why, done.returncode, " ".join(command),
                      (done.stderr + done.stdout)[:2000]))


def run_plugin(arguments, flags):
    rules = (arguments.rules or "").split(",")
    checkers = ",".join(("ddi." + rule).rstrip(".") for rule in rules)
    command = [arguments.clang, "--analyze", "--analyzer-no-default-checks",
               "--analyzer-output", "text", "-fno-color-diagnostics",
               "-Xclang", "-load", "-Xclang", arguments.plugin,
               "-Xclang", "-analyzer-checker=" + checkers]
    for name in ("strictness", "world"):
        value = getattr(arguments, name)
        if value:
            command += ["-Xclang", "-analyzer-config",
                        "-Xclang", "ddi:%s=%s" % (name, value)]
    if arguments.wrapper:  # clang keeps '=' and ',' for itself
        said = ";".join(arguments.wrapper).replace("=", ":").replace(",", " ")
        command += ["-Xclang", "-analyzer-config", "-Xclang", "ddi:wrappers=" + said]
    command += flags + [arguments.fixture]
    done = run(command)
    if done.returncode or ": error: " in done.stderr:
        fail(command, done, "clang with the plugin failed")
    found = set()
    for line in done.stderr.splitlines():
        match = FINDING.match(line)
        if match:
            found.add((match.group(1), int(match.group(2)), match.group(3)))
    return found


def run_program(arguments, flags):
    command = [arguments.program, arguments.fixture, "--format", "json"]
    for name in ("strictness", "world", "rules"):
        value = getattr(arguments, name)
        if value:
            command += ["--" + name, value]
    command += ["--wrapper=" + each for each in arguments.wrapper]
    command += ["--"] + flags
    done = run(command)
    found = set()
    for line in done.stdout.splitlines():
        finding = json.loads(line)
        text = "%s [ddi.%s]" % (finding["message"], finding["rule"])
        found.add((finding["at"]["file"], finding["at"]["line"], text))
    if done.returncode != (2 if found else 0):
        fail(command, done, "ddi-check failed")
    return found


def read_expectations(fixture):
    expected = []
    with open(fixture, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            for match in EXPECTATION.finditer(line):
                at = number + int(match.group(1) or 0)
                for text in TEXT.findall(match.group(2)):
                    expected.append((at, text))
    return expected


def pair(texts, findings):
    """As many of the texts as can have a finding of their own, longest first."""
    chosen = {}
    for text in sorted(texts, key=len, reverse=True):
        for finding in sorted(findings):
            if text in finding and finding not in chosen:
                chosen[finding] = text
                break
    return chosen


def compare(fixture, expected, found):
    """What is missing and what is too much, as lines of text."""
    complaints = []
    for name, line, text in sorted(found):
        if not os.path.samefile(name, fixture):
            complaints.append((line, "in another file, %s: %s" % (name, text)))
    here = [f for f in found if os.path.samefile(f[0], fixture)]
    lines = {line for line, _ in expected} | {f[1] for f in here}
    for line in sorted(lines):
        texts = [text for at, text in expected if at == line]
        findings = [f[2] for f in here if f[1] == line]
        chosen = pair(texts, findings)
        for text in list(chosen.values()):
            texts.remove(text)
        complaints += [(line, "missing:    " + text) for text in texts]
        complaints += [(line, "unexpected: " + text)
                       for text in sorted(findings) if text not in chosen]
    return ["  %s:%d: %s" % (os.path.basename(fixture), line, text)
            for line, text in complaints]


def main():
    arguments = parse_arguments()
    expected = read_expectations(arguments.fixture)
    doors = [door for door in (("plugin", run_plugin), ("program", run_program))
             if arguments.only in (None, door[0])]
    failed = False
    for headers, flags in header_flags(arguments):
        for name, door in doors:
            try:
                complaints = compare(arguments.fixture, expected,
                                     door(arguments, flags))
            except DoorFailed as error:
                complaints = [str(error)]
            if complaints:
                failed = True
                print("%s, %s:" % (name, headers))
                print("\n".join(complaints))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
