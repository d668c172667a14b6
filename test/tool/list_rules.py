"""list_rules.py DDI-CHECK FILE: the lines of FILE describe the rules that --list-rules
names, in its order, with what --explain says of each."""
import json
import subprocess
import sys

program, listed = sys.argv[1:]


def ask(*options):
    return subprocess.run([program, *options], stdout=subprocess.PIPE, text=True,
                          check=True).stdout


with open(listed) as file:
    rules = [json.loads(line) for line in file]
text = ask("--list-rules")
lines = text.splitlines()
assert [("ddi." + rule["name"], "    " + rule["summary"]) for rule in rules] == \
    list(zip(lines[::2], lines[1::2]))
for rule in rules:
    page = ask("--explain", rule["name"])
    words = " ".join(page.split())
    assert "Microsoft: " + rule["url"] in page, rule["url"]
    for part in [rule["text"]] + ["- " + each for each in rule["reported"]]:
        assert " ".join(part.split()) in words, part
    for part in (rule["bad"], rule["good"]):
        assert part and all("    " + line in page
                            for line in part.rstrip().splitlines()), part
    assert page.count("\n  - ") == len(rule["reported"]) > 0, rule["name"]
by_name = {rule["name"]: rule for rule in rules}
assert by_name["sal.LockContract"]["aliases"] == ["C28103", "C28107", "C28109"]
assert by_name["wdm.IrqlTooHigh"]["aliases"] == ["C28121"], \
    by_name["wdm.IrqlTooHigh"]["aliases"]
