"""command.py FOLDER FILE COMMAND...: writes FOLDER/compile_commands.json with one
command for FILE, run in FOLDER."""
import json
import os
import sys

folder, name = sys.argv[1:3]
os.makedirs(folder, exist_ok=True)
with open(os.path.join(folder, "compile_commands.json"), "w") as out:
    json.dump([{"directory": folder, "file": name, "arguments": sys.argv[3:]}], out)
