"""Writes a compile database. Usage: write_database.py FOLDER FILE... -- FLAG..."""
import json
import os
import sys

folder, *words = sys.argv[1:]
files, flags = words[:words.index("--")], words[words.index("--") + 1:]
os.makedirs(folder, exist_ok=True)
with open(os.path.join(folder, "compile_commands.json"), "w") as file:
    json.dump([{"directory": os.getcwd(), "file": name,
                "arguments": ["clang", *flags, "-c", name]} for name in files], file)
