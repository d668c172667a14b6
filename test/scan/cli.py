"""cli.py ARGUMENT...: doctor and compdb, as ddi-scan runs them."""
import argparse
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "tools"))

from ddi import commands_cli  # noqa: E402
from ddi.errors import Failure  # noqa: E402

parser = argparse.ArgumentParser(prog="ddi-scan")
commands_cli.register(parser.add_subparsers(required=True))
arguments = parser.parse_args()
try:
    sys.exit(arguments.run(arguments))
except Failure as failure:
    print("ddi-scan: error: %s" % failure, file=sys.stderr)
    sys.exit(1)
