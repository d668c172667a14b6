"""normalise.py OUT WDK FILE COMMAND...: writes OUT/compile_commands.json with what
becomes of the command."""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "tools"))

from ddi import compdb  # noqa: E402
from ddi.command import Settings, normalise  # noqa: E402

out, kit, file, *words = sys.argv[1:]
os.makedirs(out, exist_ok=True)
commands = normalise(compdb.Entry(out, file, words),
                     Settings(wdk_root=kit, work=os.path.join(out, "work")))
compdb.write((command.entry() for command in commands),
             os.path.join(out, compdb.NAME))
