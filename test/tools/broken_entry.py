"""Copies a compile database and adds a file to it that is not there.
Usage: broken_entry.py FROM TO (folders)"""
import json
import os
import sys

source, target = sys.argv[1:]
with open(os.path.join(source, "compile_commands.json")) as file:
    entries = json.load(file)
entries.append({"directory": os.path.abspath(source), "file": "lost.c",
                "arguments": ["clang", "-c", "lost.c"]})
os.makedirs(target, exist_ok=True)
with open(os.path.join(target, "compile_commands.json"), "w") as file:
    json.dump(entries, file)
