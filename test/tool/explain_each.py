"""Every rule of ours has every part of an explanation."""
import json
import subprocess
import sys

program = sys.argv[1]
listed = subprocess.check_output([program, "--list-rules", "--format", "json"],
                                 text=True)
listed = map(json.loads, listed.splitlines())
rules = ["ddi." + rule["name"] for rule in listed if rule["by"] == rule["name"]]
if len(rules) < 10:
    sys.exit("only %d rules are listed" % len(rules))
for rule in rules:
    text = subprocess.check_output([program, "--explain", rule], text=True)
    for part in (rule + "\n", "\nReported:\n\n  - ", "\nWrong:\n\n    ",
                 "\nRight:\n\n    ", "\nMicrosoft: https://"):
        if part not in text:
            sys.exit("%s: no %r in its explanation" % (rule, part.strip()))
    if "%c" in text or "%o" in text:
        sys.exit("%s: a placeholder is left in its explanation" % rule)
    if max(map(len, text.splitlines()[:-1])) > 90:
        sys.exit("%s: a line is too long" % rule)
