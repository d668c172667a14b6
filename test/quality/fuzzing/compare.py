"""The truth of a program beside what the engines say."""
import collections
import tempfile

from .engines import write_program
from .interpret import interpret
from .render import render

FALSE, MISSED, ONLY = "false positive", "miss", "difference"

# `other` is the engine that does not find it, of a difference between engines.
Difference = collections.namedtuple("Difference", "engine kind finding other is_across",
                                    defaults=(None, False))


class Judged:
    def __init__(self, texts, truth, found, differences):
        self.texts = texts
        self.truth = truth
        self.found = found  # by the engine's name
        self.differences = differences


class Comparison:
    def __init__(self, engines, flags, limit):
        self.engines = engines
        self.flags = flags
        self.limit = limit

    def judge(self, program):
        texts = render(program)
        truth = interpret(program, self.limit)
        with tempfile.TemporaryDirectory() as folder:
            write_program(folder, texts, self.flags)
            found = {engine.name: engine.findings(folder) for engine in self.engines}
        differences = []
        for engine in self.engines:
            differences += against_truth(program, truth, engine.name, found[engine.name])
        return Judged(texts, truth, found,
                      differences + list(among_engines(truth, found)))


def against_truth(program, truth, name, found):
    is_across = len(program.files) > 1
    differences = []
    for one in found:
        if one.finding not in truth.possible | truth.blamed:
            differences.append(Difference(name, FALSE, one.finding, None, is_across))
    told = {one.finding for one in found}
    for finding in sorted(truth.owed - told):
        differences.append(Difference(name, MISSED, finding, None,
                                      finding not in truth.owed_within))
    return differences


def among_engines(truth, found):
    for name, findings in found.items():
        for other, others in found.items():
            told = {one.finding for one in others}
            for finding in sorted({one.finding for one in findings} - told):
                yield Difference(name, ONLY, finding, other,
                                 finding not in truth.within)
