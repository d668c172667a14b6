#!/usr/bin/env python3
"""Prints a report of one of the scans of make_scan.py.

    write_report.py FORMAT SCAN [--OPTION[=VALUE]...]
"""
import io
import sys
import tempfile

import make_scan
from ddi import reports
from ddi.errors import Failure

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


def main():
    name, scan, *words = sys.argv[1:]
    options = {}
    for word in words:
        key, _, value = word.lstrip("-").partition("=")
        options[key.replace("-", "_")] = value or True
    out = io.StringIO()
    try:
        with tempfile.TemporaryDirectory() as folder:
            made = make_scan.big(folder) if scan == "big" else SCANS[scan]()
            reports.write(name, made, out, reports.Options(**options))
    except Failure as failure:
        sys.exit("error: %s" % failure)
    sys.stdout.buffer.write(out.getvalue().encode("utf-8"))


if __name__ == "__main__":
    main()
