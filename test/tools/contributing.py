#!/usr/bin/env python3
"""Writes the files that CONTRIBUTING.md shows into a folder, under their names.
Usage: contributing.py CONTRIBUTING.md FOLDER"""
import os
import re
import sys


def main():
    page, folder = sys.argv[1:]
    with open(page) as file:
        text = file.read()
    shown = re.findall(r"`((?:rules|test)/[\w/]+\.c)`:\n\n((?:(?:    .*)?\n)+)", text)
    for name, code in shown:
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.writelines(line[4:] or "\n" for line in code.splitlines(True))
    print(" ".join(name for name, _ in shown))
    return 0


if __name__ == "__main__":
    sys.exit(main())
