"""database.py FOLDER FILE... [--directory DIR] -- FLAGS...: writes
FOLDER/compile_commands.json."""
import json
import os
import sys

arguments = sys.argv[1:]
at = arguments.index("--")
flags = arguments[at + 1:]
arguments = arguments[:at]
directory = None
if "--directory" in arguments:
    where = arguments.index("--directory")
    directory = arguments[where + 1]
    del arguments[where:where + 2]
folder, files = arguments[0], arguments[1:]
os.makedirs(folder, exist_ok=True)
with open(os.path.join(folder, "compile_commands.json"), "w") as out:
    json.dump([{"directory": directory or folder, "file": os.path.abspath(name),
                "arguments": ["clang"] + flags + ["-c", os.path.abspath(name)]}
               for name in files], out)
