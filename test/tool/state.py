"""state.py FILE: the paths of the findings on Inputs/state.c tell the states."""
import json
import sys

PASSIVE, DISPATCH = ["PASSIVE_LEVEL"] * 2, ["DISPATCH_LEVEL"] * 2
RESOURCE = {"object": "e->Resource", "kind": "ERESOURCE", "mode": "shared"}


def state(irql, critical, *held):
    return {"irql": irql, "critical": critical, "guarded": 0, "held": list(held)}


with open(sys.argv[1]) as lines:
    paths = {}
    for line in lines:
        finding = json.loads(line)
        paths[finding["rule"]] = [(step["at"]["line"], step.get("state"))
                                  for step in finding["path"]]
expected = {
    "wdm.ExclusiveResourceAccess": [(14, state(PASSIVE, 1, RESOURCE))],
    "wdm.IrqlReturn": [(10, state(PASSIVE, 0)), (13, state(PASSIVE, 1)),
                       (15, state(DISPATCH, 1, RESOURCE))]}
assert paths == expected, json.dumps(paths, indent=1)
