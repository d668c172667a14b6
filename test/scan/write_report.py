#!/usr/bin/env python3
"""Prints a report of one of the scans of make_scan.py, or of what
`ddi-check --format json` printed into a file, run where this is run.

    write_report.py FORMAT SCAN|FILE [--OPTION[=VALUE]...]
"""
import io
import os
import sys
import tempfile

sys.dont_write_bytecode = True
import make_scan  # noqa: E402
from ddi import reports  # noqa: E402
from ddi.errors import Failure  # noqa: E402
from ddi.findings import File, Scan  # noqa: E402

def unnumbered():
    scan = make_scan.small()
    scan.version = "ddi-check, with LLVM 22.1.8"
    return scan


SCANS = {
    "small": make_scan.small,
    "empty": make_scan.empty,
    "unnumbered": unnumbered,
    "many": lambda: make_scan.many(5000),
    "long": lambda: make_scan.with_path(make_scan.small(), 1500),
}


def printed(path):
    with open(path) as file:
        found = make_scan.findings(file)
    return Scan(os.getcwd(), "", make_scan.rules(), found,
                [File(name) for name in sorted({one.at.file for one in found})])


def make(name, folder):
    if name == "big":
        return make_scan.big(folder)
    return SCANS[name]() if name in SCANS else printed(name)


def main():
    name, scan, *words = sys.argv[1:]
    options = {}
    for word in words:
        key, _, value = word.lstrip("-").partition("=")
        options[key.replace("-", "_")] = value or True
    out = io.StringIO()
    try:
        with tempfile.TemporaryDirectory() as folder:
            reports.write(name, make(scan, folder), out, reports.Options(**options))
    except Failure as failure:
        sys.exit("error: %s" % failure)
    sys.stdout.buffer.write(out.getvalue().encode("utf-8"))


if __name__ == "__main__":
    main()
