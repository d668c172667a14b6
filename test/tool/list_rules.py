"""list_rules.py DDI-CHECK FILE: the lines of FILE describe the rules that --list-rules
names, in its order, and those of ours with what --explain says of each."""
import collections
import json
import re
import subprocess
import sys

program, listed = sys.argv[1:]


def ask(*options):
    return subprocess.run([program, *options], stdout=subprocess.PIPE, text=True,
                          check=True).stdout


with open(listed) as file:
    rules = [json.loads(line) for line in file]
text = ask("--list-rules")


def described(rule):
    by = ", by " + rule["by"] if rule["by"] not in ("", rule["name"]) else ""
    left_out = ", left out: " + rule["left_out"] if rule["left_out"] else ""
    return rule["state"] + by + ", ours" * (not rule["published"]) + left_out


lines = re.findall(r"^  ddi\.(\S+) +(.*)$", text, re.M)
assert [(rule["name"], described(rule)) for rule in rules] == lines
for family, *counts in re.findall(
        r"^(\w+): (\d+) published, (\d+) checked, (\d+) partly, (\d+) not yet$", text, re.M):
    states = collections.Counter(rule["state"] for rule in rules if rule["published"] and
                                 rule["name"].startswith(family + "."))
    assert list(map(int, counts)) == [sum(states.values()), states["checked"],
                                      states["partly"], states["not yet"]], family

ours = {rule["name"]: rule for rule in rules if rule["by"] == rule["name"]}
for rule in rules:
    assert rule["state"] in ("checked", "partly", "not yet"), rule
    assert (rule["state"] == "not yet") == (not rule["by"]), rule
    assert (rule["state"] == "partly") == bool(rule["left_out"]), rule
    assert not rule["by"] or rule["by"] in ours, rule
    assert ("text" in rule) == (rule["name"] in ours), rule
    assert rule["summary"] and rule["url"].startswith("https://"), rule
for rule in ours.values():
    page = ask("--explain", rule["name"])
    words = " ".join(page.split())
    assert "Microsoft: " + rule["url"] in page, rule["url"]
    for part in [rule["text"]] + ["- " + each for each in rule["reported"]]:
        assert " ".join(part.split()) in words, part
    for part in (rule["bad"], rule["good"]):
        assert part and all("    " + line in page
                            for line in part.rstrip().splitlines()), part
    assert page.split("\nPublished:\n")[0].count("\n  - ") == len(rule["reported"]) > 0, rule["name"]
assert ours["sal.LockContract"]["aliases"] == ["C28103", "C28107", "C28109"]
assert ours["wdm.IrqlTooHigh"]["aliases"] == ["C28121"], ours["wdm.IrqlTooHigh"]["aliases"]
