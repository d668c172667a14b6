#!/usr/bin/env python3
"""Compares the rules in README.md, and how many of Microsoft's are checked, with
ddi-check --list-rules, and its options with --help; with --write, writes the rules and
the numbers there.

    readme.py [--write] DDI-CHECK README
"""
import collections
import json
import re
import subprocess
import sys

STATES = ("checked", "partly", "not yet")


def say(program, *options):
    return subprocess.run([program, *options], check=True, text=True,
                          stdout=subprocess.PIPE).stdout


def rules_table(listed):
    return "| Rule | |\n| --- | --- |\n" + "".join(
        "| `ddi.%s` | %s |\n" % (rule["name"], rule["summary"])
        for rule in listed if rule["by"] == rule["name"])


def counts_table(listed):
    counts = collections.defaultdict(collections.Counter)
    for rule in listed:
        if rule["published"]:
            counts[rule["name"].split(".")[0]][rule["state"]] += 1
    counts = dict(sorted(counts.items(), key=lambda one: -sum(one[1].values())))
    counts["all"] = sum(counts.values(), collections.Counter())
    return "| | published | %s |\n| --- | --- | --- | --- | --- |\n" % (
        " | ".join(STATES)) + "".join(
        "| %s | %d | %s |\n" % (model, sum(several.values()), " | ".join(
            str(several[state]) for state in STATES))
        for model, several in counts.items())


def renewed(text, name, table):
    """The text with the table between the marks of the name."""
    return re.sub(r"(<!-- %s:.*?-->\n).*?(?=<!-- end of %s -->)" % (name, name),
                  lambda found: found.group(1) + table, text, flags=re.S)


def main():
    program, readme = sys.argv[-2:]
    with open(readme) as file:
        text = file.read()
    listed = list(map(json.loads, say(program, "--list-rules", "--format",
                                      "json").splitlines()))
    fresh = renewed(text, "rules", rules_table(listed))
    fresh = renewed(fresh, "counts", counts_table(listed))
    if "--write" in sys.argv:
        with open(readme, "w") as file:
            file.write(fresh)
    elif fresh != text:
        print("the rules in README.md, or their numbers, are stale: run\n"
              "test/tools/readme.py --write build/bin/ddi-check README.md")
        return 1
    options = re.findall(r"^  (--?[a-z-]+)",
                         say(program, "--help").split("ddi-check options:")[1], re.M)
    lost = [option for option in options
            if not re.search(r"`%s\b" % re.escape(option), text)
            and not re.search(r"ddi-check %s\b" % re.escape(option), text)]
    if lost:
        print("README.md does not tell of: " + ", ".join(lost))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
