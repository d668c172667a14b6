"""report_diagrams.py RULES: of the rules of ours in what `ddi-check --list-rules
--format json` prints each has a diagram, whose moves lead between states that it has."""
import json
import sys
import xml.etree.ElementTree as xml

import make_scan  # noqa: F401, says where ddi is
from ddi.reports import diagrams


def check_model(name, model):
    if isinstance(model, diagrams.Ladder):
        assert model.calls, name
        for what, low, high in model.calls:
            assert what and 0 <= low <= high < len(diagrams.LEVELS), name
        return
    ends = {**model.states, **model.bad}
    reached = {next(iter(model.states))}
    for move in model.moves:
        assert move.source in model.states, (name, move)
        assert move.target in ends, (name, move)
        assert move.bad == (move.target in model.bad), (name, move)
        reached.add(move.target)
    assert reached == set(ends), (name, set(ends) - reached)
    assert model.bad, name


def check_svg(name, text):
    root = xml.fromstring(text.replace("xlink:", ""))
    assert root.tag == "svg" and root.get("viewBox") and root.get("aria-label"), name
    classes = {node.get("class") for node in root.iter()}
    assert classes & {"node bad", "edge bad"}, (name, classes)
    assert " fill=" not in text and " stroke=" not in text and "<!--" not in text, name


with open(sys.argv[1]) as file:
    rules = [rule["name"] for rule in map(json.loads, file) if rule["by"] == rule["name"]]
assert len(rules) > 50, rules
lost = [rule for rule in rules if not diagrams.find(rule)]
assert not lost, "no diagram in tools/ddi/reports/diagrams.py: " + ", ".join(lost)

# A name in the table stands for a rule that there is.
unused = [name for name in diagrams.DIAGRAMS if not any(
    rule.startswith(name[:-1]) if name.endswith("*") else rule == name
    for rule in rules)]
assert not unused, unused

drawn = {}
for rule in rules:
    model = diagrams.find(rule)
    check_model(rule, model)
    assert diagrams.sentences(model)
    if id(model) not in drawn:
        drawn[id(model)] = diagrams.svg(model)
        assert drawn[id(model)], rule
        check_svg(rule, drawn[id(model)])

assert diagrams.find("none.Such") is None and diagrams.diagram("none.Such") is None
assert diagrams.sentences(diagrams.find("wdm.PushLock"))[0] == (
    "free: ExAcquirePushLockShared, then shared", False)
assert diagrams.sentences(diagrams.find("wdm.IrqlExApcLte1")) == [
    ("ExAcquireFastMutex: at APC_LEVEL or below", False)]
