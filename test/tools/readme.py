#!/usr/bin/env python3
"""Compares the rules in README.md with ddi-check --list-rules, and its options
with --help; with --write, writes the rules there.

    readme.py [--write] DDI-CHECK README
"""
import re
import subprocess
import sys


def main():
    program, readme = sys.argv[-2:]
    with open(readme) as file:
        text = file.read()
    lines = subprocess.run([program, "--list-rules"], check=True, text=True,
                           stdout=subprocess.PIPE).stdout.splitlines()
    rows = ["| `%s` | %s |" % (name, summary.strip())
            for name, summary in zip(lines[::2], lines[1::2])]
    block = "| Rule | |\n| --- | --- |\n" + "\n".join(rows) + "\n"
    fresh = re.sub(r"(<!-- rules.*?-->\n).*?(?=<!-- end of rules -->)",
                   lambda found: found.group(1) + block, text, flags=re.S)
    if "--write" in sys.argv:
        with open(readme, "w") as file:
            file.write(fresh)
    elif fresh != text:
        print("the rules in README.md are stale: run\n"
              "test/tools/readme.py --write build/bin/ddi-check README.md")
        return 1
    helped = subprocess.run([program, "--help"], check=True, text=True,
                            stdout=subprocess.PIPE).stdout
    options = re.findall(r"^  (--?[a-z-]+)", helped.split("ddi-check options:")[1],
                         re.M)
    lost = [option for option in options
            if not re.search(r"`%s\b" % re.escape(option), text)
            and not re.search(r"ddi-check %s\b" % re.escape(option), text)]
    if lost:
        print("README.md does not tell of: " + ", ".join(lost))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
