"""broken_engine.py DDI-CHECK drop RULE ARGUMENT...: ddi-check without the findings of
one rule. With `invent`, each finding stands a line below its place too."""
import json
import subprocess
import sys

program, how, rule, *arguments = sys.argv[1:]
run = subprocess.run([program, *arguments], stdout=subprocess.PIPE, text=True)
for line in run.stdout.splitlines():
    finding = json.loads(line)
    if how == "drop" and finding["rule"] == rule:
        continue
    print(line)
    if how == "invent" and finding["rule"] == rule:
        finding["at"]["line"] += 1
        print(json.dumps(finding))
sys.exit(run.returncode)
