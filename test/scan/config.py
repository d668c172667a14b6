"""Each way to say something wrong, and what is told. Usage: config.py FOLDER"""
import os
import sys

from ddi import checker, config
from ddi.errors import Failure
from ddi.findings import Rule, Rules

ROUTINES = {"KeAcquireSpinLock": 2, "ZwClose": 0, "ExAcquireResourceExclusiveLite": 2}
RULES = Rules([Rule(name, "", "", "") for name in
               ("wdm.PushLock", "wdm.CriticalRegions", "kmdf.KmdfIrql")],
              {"wdm.CriticalRegions": "wdm.CriticalRegions", "wdm.AddDevice": "",
               "ks.KsDeviceMutex": "wdm.PushLock"})
path = os.path.join(sys.argv[1], "one.yaml")


def read(text, **how):
    with open(path, "w") as file:
        file.write(text)
    return config.read(path, RULES, lambda: ROUTINES, **how)


def told(text):
    try:
        read(text)
    except Failure as failure:
        return str(failure).replace(path, "F")
    raise SystemExit("nothing is told of: " + text)


WRONG = {
    "strictnes: x": "F:1: 'strictnes' is not known; did you mean 'strictness'?",
    "\nrules: [wdm.PushLok]": "F:2: there is no rule 'wdm.PushLok'; did you mean 'wdm.PushLock'?",
    "severity: {wdm: grave}": "F:1: 'grave' is not known; there is error, warning, note",
    "severity: {wdx.A: error}": "F:1: there is no rule 'wdx.A'; ddi-check --list-rules prints them all",
    "\nrules: [wdm, -wdm.AddDevice]": "F:2: the rule 'wdm.AddDevice' is not checked yet",
    "severity: {ks: error}": "F:1: there is no rule 'ks'; ",
    "a: [": "F:1: no YAML: ",
    "- x": "F:1: 'key: value' is wanted here",
    "world: open\nworld: closed": "F:2: 'world' is said twice",
    "timeout: -3": "F:1: '-3' is no number",
    "require-reason: yes": "F:1: 'yes' is neither true nor false",
    "wdk: {rot: x}": "F:1: 'rot' is not known; did you mean 'root'?",
    "rules: {a: b}": "F:1: a list of words is wanted here",
    "[" * 5000: "F: too deeply nested",
    "rules: !!python/object/apply:os.system [touch x]": "F:1: there is no rule 'touch x'",
}
WRONG.update({
    "\nwrappers:\n  A: ZwClose\n  B: ZwClos\n": "F:4: 'B' acts as 'ZwClos', which ddi-check does not know; did you mean 'ZwClose'?",
    "wrappers: {A: Qqq}": "F:1: 'A' acts as 'Qqq', which ddi-check does not know; ddi-check --list-routines",
    "wrappers: {A: {acts_as: ZwClose}}": "F:1: 'acts_as' is not known; did you mean 'acts-as'?",
    "wrappers: {A: {arguments: [1]}}": "F:1: 'acts-as' is missing",
    "wrappers:\n  A: {acts-as: KeAcquireSpinLock, arguments: [2]}": "F:2: 'A' says nothing of argument 2 of KeAcquireSpinLock; none is",
    "wrappers:\n  A: KeAcquireSpinLock()": "F:2: 'A' says nothing of argument 1 of KeAcquireSpinLock",
    "wrappers: {A: {acts-as: ZwClose, arguments: [x]}}": "F:1: 'x' is no number",
    "wrappers: {A: {acts-as: ZwClose, arguments: [{}]}}": "F:1: a word is wanted here",
    "wrappers: {A: {acts-as: ZwClose, arguments: [33]}}": "F:1: no function has 33 arguments",
    "wrappers: {A: {acts-as: ZwClose, arguments: 1}}": "F:1: a list of numbers is wanted here",
    "wrappers: {A: {acts-as: 'Zw Close'}}": "F:1: 'Zw Close' is no routine",
    "wrappers: {A: [ZwClose]}": "F:1: a word is wanted here",
    "wrappers: {A: 'ZwClose='}": "F:1: 'ZwClose=' is no routine",
    "wrappers: {A=B: ZwClose}": "F:1: 'A=B' is no function's name",
    "wrappers:\n  A: ZwClose\n  A: ZwClose": "F:3: 'A' is said twice",
})
for text, wanted in WRONG.items():
    assert told(text).startswith(wanted), (text[:50], told(text))

said = read("rules: [wdm, -ddi.wdm.PushLock]\nseverity: {wdm: error, wdm.PushLock: note}\n"
            "roles: {MyDpc: KDEFERRED_ROUTINE}\nwdk: {root: sub}\nbaseline: known.json\nexclude: third_party\n")
assert said.rules == ("wdm", "-ddi.wdm.PushLock")
assert said.level("wdm.PushLock") == "note" and said.level("wdm.CriticalRegions") == "error"
assert said.level("kmdf.KmdfIrql") == "warning"
assert dict(said.wdk)["root"] == os.path.join(sys.argv[1], "sub")
assert said.baseline == os.path.join(sys.argv[1], "known.json")
assert said.roles == (("MyDpc", "KDEFERRED_ROUTINE"),)
assert said.exclude == ("third_party",)
assert read("") == config.Config(file=path)

# A published rule that another one checks is that one.
said = read("rules: [-ddi.ks.KsDeviceMutex]\nseverity: {ks.KsDeviceMutex: error}\n")
assert said.rules == ("-ddi.wdm.PushLock",) and said.level("wdm.PushLock") == "error"

said = read("wrappers:\n  A: ZwClose\n  Locks::b: {acts-as: KeAcquireSpinLock, arguments: [3, none]}\n"
            "  C: KeAcquireSpinLock(2, 1)\n  D: {acts-as: ZwClose}\n")
assert said.wrappers == (("A", "ZwClose"), ("Locks::b", "KeAcquireSpinLock(3,0)"),
                         ("C", "KeAcquireSpinLock(2,1)"), ("D", "ZwClose"))
assert dict(read(config.dump(said)).wrappers) == dict(said.wrappers)
known = checker.routines(os.environ["DDI_CHECK"])
assert known["KeAcquireSpinLock"] == 2 and known["ZwClose"] == 0 and len(known) > 1000

# What is too large, or a digit of another script, is no number.
for number in ("9" * 5000, "\u00b2", "\u0663", "-1", "1.5"):
    assert "is no number" in told("timeout: '%s'\n" % number), number

# Folders of the build are below the configuration's folder, wherever it is read.
conf = read(r"path-map: ['C:\src=src', 'D:\x=/abs']" + "\n")
assert conf.path_map == (
    r"C:\src=" + os.path.join(os.path.dirname(conf.file), "src"), r"D:\x=/abs")

assert read("build: out\n").build == os.path.join(sys.argv[1], "out")

# A rule may be named as a finding is.
assert read("severity: {ddi.wdm: note}\n").level("wdm.PushLock") == "note"
