"""ddi-check.yaml: what a project wants of its scans."""
import difflib
import os
import re
from dataclasses import dataclass, field, fields, replace

import yaml

from .errors import Failure

NAME = "ddi-check.yaml"
STRICTNESS = ("documented", "sdv", "strict")
WORLDS = ("closed", "open")
FAIL_ON = ("error", "warning", "new", "never")
LEVELS = ("error", "warning", "note")


def one_of(*words):
    """Of YAML, a word out of these."""
    return ("one", words)


TEXT, TEXTS, NUMBER, TRUTH = ("text",), ("texts",), ("number",), ("truth",)
WRAPPER = ("wrapper",)
ARGUMENTS = 32  # that a wrapper may have


def mapping_to(kind, keys=None):
    """Of YAML, a mapping; keys: the only ones, with their kinds."""
    return ("mapping", kind, keys)


def option(kind, default, says):
    return field(default=default, metadata={"kind": kind, "says": says})


@dataclass(frozen=True)
class Config:
    """All that ddi-check.yaml can say.  Names of files are absolute once read."""
    rules: tuple = option(TEXTS, (), "only these, as wdm or wdm.PushLock; -wdm.PushLock leaves one out")
    strictness: str = option(one_of(*STRICTNESS), "documented", "how much to demand")
    world: str = option(one_of(*WORLDS), "closed", "whether the files are the whole driver")
    roles: dict = option(mapping_to(TEXT), (), "functions that the system enters, and as what: MyDpc: KDEFERRED_ROUTINE")
    wrappers: dict = option(mapping_to(WRAPPER), (), "functions that act as routines: MyAcquire: ExAcquireResourceExclusiveLite, or MyLock: {acts-as: KeAcquireSpinLock, arguments: [2, 3]} if argument 1 of the routine is the function's second; none: it is not given")
    severity: dict = option(mapping_to(one_of(*LEVELS)), (), "the level of rules, by name or family")
    exclude: tuple = option(TEXTS, (), "patterns of paths that are left out, below this file's folder")
    baseline: str = option(TEXT, "", "the file of findings that are known")
    fail_on: str = option(one_of(*FAIL_ON), "", "what makes the exit status 2; by default warning, with a baseline new")
    require_reason: bool = option(TRUTH, False, "a suppression without a reason does not count")
    timeout: int = option(NUMBER, 0, "seconds for one file; 0: as long as it takes")
    file_memory: int = option(NUMBER, 0, "MB for one file; 0: all there is")
    build: str = option(TEXT, "", "the folder of compile_commands.json, or the file")
    path_map: tuple = option(TEXTS, (), "FROM=TO: where the build's folders are here")
    wdk: dict = option(mapping_to(TEXT, ("root", "version", "kmdf")), (), "the headers: root, version, kmdf")
    file: str = ""  # where it comes from; "": nowhere

    def level(self, rule):
        """"error", "warning" or "note": by the rule's name, else by its family's."""
        by_name = {name.removeprefix("ddi."): level for name, level in self.severity}
        return by_name.get(rule) or by_name.get(rule.split(".")[0]) or "warning"


OPTIONS = {one.name.replace("_", "-"): one for one in fields(Config)
           if "kind" in one.metadata}


def find(folder):
    """The nearest ddi-check.yaml, in the folder or one above; or None."""
    folder = os.path.abspath(folder)
    while True:
        path = os.path.join(folder, NAME)
        if os.path.isfile(path):
            return path
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def nearest(word, words):
    """", did you mean 'x'?", or a list of what there is."""
    close = difflib.get_close_matches(word, words, 1)
    return "; did you mean '%s'?" % close[0] if close else "; there is " + ", ".join(words)


class Reader:
    """Turns nodes of YAML into values, and tells where one is wrong."""

    def __init__(self, path):
        self.path = path

    def fail(self, node, what):
        raise Failure("%s:%d: %s" % (self.path, node.start_mark.line + 1,
                                     " ".join(what.split())))

    def text(self, node):
        if not isinstance(node, yaml.ScalarNode):
            self.fail(node, "a word is wanted here")
        return node.value

    def texts(self, node):
        if isinstance(node, yaml.ScalarNode):
            return (node.value,) if node.value else ()
        if not isinstance(node, yaml.SequenceNode):
            self.fail(node, "a list of words is wanted here")
        return tuple(self.text(item) for item in node.value)

    def number(self, node):
        text = self.text(node)
        if not re.fullmatch("[0-9]{1,9}", text):
            self.fail(node, "'%s' is no number" % text)
        return int(text)

    def truth(self, node):
        text = self.text(node)
        if text not in ("true", "false"):
            self.fail(node, "'%s' is neither true nor false" % text)
        return text == "true"

    def one(self, node, words):
        text = self.text(node)
        if text not in words:
            self.fail(node, "'%s' is not known%s" % (text, nearest(text, words)))
        return text

    def wrapper(self, node):
        """The routine that a wrapper acts as; with its arguments, if they are given, as
        ddi-check has them: KeAcquireSpinLock(2,3)."""
        if not isinstance(node, yaml.MappingNode):
            text = self.text(node)
            if not WRAPPED.fullmatch(text):
                self.fail(node, "'%s' is no routine" % text)
            return text.replace(" ", "")
        said = dict(self.items(node, ("acts-as", "arguments")))
        if "acts-as" not in said:
            self.fail(node, "'acts-as' is missing: the routine that it acts as")
        routine = self.text(said["acts-as"])
        if not re.fullmatch(r"\w+", routine):
            self.fail(said["acts-as"], "'%s' is no routine" % routine)
        if "arguments" not in said:
            return routine
        return "%s(%s)" % (routine, ",".join(map(str, self.arguments(said["arguments"]))))

    def arguments(self, node):
        if not isinstance(node, yaml.SequenceNode):
            self.fail(node, "a list of numbers is wanted here, one for each argument of "
                      "the routine: which of the function's it is, or none")
        return [0 if isinstance(item, yaml.ScalarNode) and item.value == "none"
                else self.argument(item) for item in node.value]

    def argument(self, node):
        number = self.number(node)
        if number > ARGUMENTS:
            self.fail(node, "no function has %d arguments" % number)
        return number

    def mapping(self, node, kind, keys=None):
        return tuple((key, self.value(item, kind))
                     for key, item in self.items(node, keys))

    def items(self, node, keys=None):
        """Pairs of key and node; each key once, and one of the keys if given."""
        if not isinstance(node, yaml.MappingNode):
            self.fail(node, "'key: value' is wanted here")
        seen = set()
        for key, item in node.value:
            name = self.text(key)
            if keys is not None and name not in keys:
                self.fail(key, "'%s' is not known%s" % (name, nearest(name, list(keys))))
            if name in seen:
                self.fail(key, "'%s' is said twice" % name)
            seen.add(name)
            yield name, item

    def value(self, node, kind):
        return getattr(self, kind[0])(node, *kind[1:])


# A routine, with its arguments or without.
WRAPPED = re.compile(r"(\w+)(?:\(([\d, ]*)\))?")


def parsed(path, compose):
    """What compose(text, Loader) of PyYAML makes of a file; Failure names file and
    line."""
    try:
        with open(path, encoding="utf-8") as file:
            return compose(file.read(), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise Failure("cannot read '%s': %s" % (path, getattr(error, "strerror", error)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = "%s:%d" % (path, mark.line + 1) if mark else path
        what = str(getattr(error, "problem", error)).splitlines()[0]
        raise Failure("%s: no YAML: %s" % (where, what))
    except RecursionError:
        raise Failure("%s: too deeply nested" % path)


def read(path, rules=None, routines=None):
    """The Config of a file; rules: the Rules that there are, if names are to be
    verified; routines: what tells the names of the routines, with the numbers of their
    arguments, likewise.  Failure names file, line and the nearest valid word."""
    top = parsed(path, yaml.compose)
    if top is None:
        return Config(file=path)
    reader = Reader(path)
    said = {}
    for name, node in reader.items(top, OPTIONS):
        said[OPTIONS[name].name] = reader.value(node, OPTIONS[name].metadata["kind"])
        if rules and name == "rules":
            said[name] = tuple(meant(reader, node, rule, rules) for rule in said[name])
        if rules and name == "severity":
            said[name] = tuple((meant(reader, node, rule, rules), level)
                               for rule, level in said[name])
        if name == "wrappers":
            verify_wrappers(reader, node, said["wrappers"], routines)
    return resolved(Config(file=path, **said))


def meant(reader, node, name, rules):
    """The name; for a rule of Microsoft's that one of ours checks, our name for it."""
    plain = name.removeprefix("-").removeprefix("ddi.")
    families = {rule.split(".")[0] for rule in rules}
    if plain in rules or plain in families:
        return name
    by = rules.published.get(plain)
    if by == "":
        reader.fail(node, "the rule '%s' is not checked yet" % plain)
    if not by:
        known = families.union(rules, rules.published)
        reader.fail(node, "there is no rule '%s'%s" %
                    (plain, close_rule(plain, sorted(known))))
    return name.removesuffix(plain) + by


def verify_wrappers(reader, node, wrappers, routines):
    known = routines() if routines and wrappers else None
    for (key, _), (name, text) in zip(node.value, wrappers):
        if not re.fullmatch(r"[\w$:]+", name):
            reader.fail(key, "'%s' is no function's name" % name)
        routine, arguments = WRAPPED.fullmatch(text).groups()
        if known is None:
            continue
        if routine not in known:
            reader.fail(key, "'%s' acts as '%s', which ddi-check does not know%s" %
                        (name, routine, close_routine(routine, known)))
        given = len(arguments.replace(" ", "").split(",")) if arguments else 0
        if arguments is not None and given < known[routine]:
            reader.fail(key, "'%s' says nothing of argument %d of %s; none is one that "
                        "is not given" % (name, given + 1, routine))


def close_routine(name, known):
    close = difflib.get_close_matches(name, known, 1)
    return "; did you mean '%s'?" % close[0] if close else \
        "; ddi-check --list-routines prints them all"


def close_rule(name, known):
    close = difflib.get_close_matches(name, known, 1)
    return "; did you mean '%s'?" % close[0] if close else \
        "; ddi-check --list-rules prints them all"


def resolved(config):
    """With files that are relative to the folder of the configuration."""
    folder = os.path.dirname(os.path.abspath(config.file))
    wdk = tuple((key, os.path.join(folder, value) if key == "root" else value)
                for key, value in config.wdk)
    baseline = config.baseline and os.path.join(folder, config.baseline)
    maps = tuple("%s=%s" % (there, os.path.join(folder, here)) if here else there
                 for there, _, here in (text.partition("=") for text in config.path_map))
    build = config.build and os.path.join(folder, config.build)
    return replace(config, wdk=wdk, baseline=baseline, build=build, path_map=maps)


def dump(config):
    """The text of a ddi-check.yaml that says the same, with what each key means."""
    lines = ["# " + (config.file or "by default: there is no %s here or above" % NAME)]
    for name, one in OPTIONS.items():
        value = getattr(config, one.name)
        if value == "":
            continue
        if one.metadata["kind"][0] == "mapping":
            value = dict(value)
        elif isinstance(value, tuple):
            value = list(value)
        lines.append("# " + one.metadata["says"])
        text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True,
                              width=10 ** 6)
        lines.append("%s: %s" % (name, text.removesuffix("...\n").rstrip()))
    return "\n".join(lines) + "\n"
