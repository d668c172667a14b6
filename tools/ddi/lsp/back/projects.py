"""What ddi-check.yaml and the editor's options say of a file, and what is told of its
findings."""
import dataclasses
import os
import sys
import types

from ... import baseline, checker, commands_cli, config, fingerprints, git, scan, store
from ...errors import Failure
from ...findings import Finding
from ...sources import Sources
from .databases import Repaired
from .stamps import Stamped, stamp


@dataclasses.dataclass(frozen=True)
class Options:
    """Of the editor, as the line "start" has them; those of ddi-check.yaml count
    less."""
    build: str = ""
    config: str = ""
    wdk_root: str = ""
    kmdf_version: str = ""
    path_map: tuple = ()
    any_case: str = "auto"
    index: str = "auto"
    ddi_check: str = ""
    cache: str = ""
    limit: int = 600  # seconds for a run of ddi-check on one file

    @staticmethod
    def read(data):
        """Of JSON, with names as build or wdkRoot.  Failure names what is wrong."""
        if not isinstance(data, dict):
            raise Failure("'options' is no object")
        said = {}
        for one in dataclasses.fields(Options):
            first, *rest = one.name.split("_")
            name = first + "".join(map(str.title, rest))
            value = data.get(name)
            if name == "anyCase" and isinstance(value, bool):
                value = "always" if value else "auto"
            if value is not None:
                said[one.name] = _checked(name, value, type(one.default))
        options = Options(**said)
        if options.index not in ("auto", "off"):
            raise Failure("the option 'index' is neither 'auto' nor 'off'")
        if options.any_case not in ("auto", "always", "never"):
            raise Failure("the option 'anyCase' is none of 'auto', 'always', 'never'")
        return options


def _checked(name, value, kind):
    if kind is tuple:
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        raise Failure("the option '%s' is no list of words" % name)
    if isinstance(value, kind) and not isinstance(value, bool):
        return value
    raise Failure("the option '%s' is no %s" % (
        name, "number" if kind is int else "word"))


class Projects:
    """The Project of each file; made anew when its ddi-check.yaml changes."""

    def __init__(self, root, options, rules, routines, work):
        self.root, self.options = root, options
        self.rules, self.routines = rules, routines
        self.work = work
        self._of_file = Stamped(self._made)
        self._of_none = None

    def of(self, path):
        """Of a file of the editor.  Failure if its configuration is wrong."""
        where = self.options.config or config.find(os.path.dirname(path))
        if where:
            return self._of_file.of(where)
        if not self._of_none:
            self._of_none = Project(config.Config(), self.root, self.options, self.work)
        return self._of_none

    def _made(self, path):
        return Project(config.read(path, self.rules, self.routines), self.root,
                       self.options, self.work)


class Project:
    """A configuration, and what follows from it.  repaired: the commands of its files;
    words: for ddi-check; work: a folder for overlays."""

    def __init__(self, said, root, options, work):
        self.config = said
        wdk = dict(said.wdk)
        where = types.SimpleNamespace(
            path_map=[*options.path_map, *said.path_map],
            wdk_root=options.wdk_root or wdk.get("root", ""),
            wdk_version=wdk.get("version", ""),
            kmdf_version=options.kmdf_version or wdk.get("kmdf", ""),
            any_case=options.any_case)
        how = types.SimpleNamespace(jobs=0, cache=options.cache, no_cache=False)
        self.repaired = Repaired(commands_cli.settings_from(where, work))
        self.words = scan.options(said, how)
        self.tree = scan.Tree(self._top(os.path.dirname(said.file) or root))
        self._known = Stamped(baseline.read)

    @staticmethod
    def _top(folder):
        """From where names in the baseline and in fingerprints are seen."""
        try:
            return git.top(folder)
        except Failure:
            return folder

    def told(self, raw, texts, of, name):
        """Findings for the editor, of those that ddi-check prints: those that count, with
        level and fingerprint.  texts: of the buffers, by path; of: the file that was
        analysed, or None; name: tells how the editor names a file."""
        found = []
        for data in raw:
            try:
                one = self.tree.finding(Finding.read(data))
            except checker.UNREADABLE:
                raise Failure("ddi-check prints findings in a way that is not known; it "
                              "has to be of the same version as ddi-lsp")
            if not one.suppression and not one.is_undecided and not scan.is_excluded(
                    one.at.file, self.tree.root, self.config):
                found.append((one, data))
        fingerprints.assign([one for one, _ in found], Buffered(self.tree, texts))
        self._compare([one for one, _ in found], of)
        return [{**renamed(data, name), "level": self.config.level(one.rule),
                 "fingerprint": one.fingerprint}
                for one, data in found if one.baseline != "unchanged"]

    def _compare(self, found, of):
        """Says of each finding whether the baseline has it."""
        if not self.config.baseline:
            return
        if not stamp(self.config.baseline):
            raise Failure("cannot read the baseline '%s' of '%s'; let ddi-scan "
                          "--update-baseline write it" %
                          (self.config.baseline, self.config.file))
        known = self._known.of(self.config.baseline)
        if of:
            files = {self.tree.name(of), *(one.at.file for one in found)}
            known = [one for one in known if one.file in files]
        baseline.compare(found, known)


class Buffered(Sources):
    """The text of files as the editor has it."""

    def __init__(self, tree, texts):
        super().__init__(tree.root)
        self.texts = {tree.name(path): text for path, text in texts.items()}

    def raw(self, name):
        if name in self.texts:
            return self.texts[name].encode("utf-8", "replace")
        return super().raw(name)


def renamed(value, name):
    """A finding of JSON in which each file has the name that name(file) gives."""
    if isinstance(value, list):
        return [renamed(one, name) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: name(one) if key == "file" and isinstance(one, str) else
            renamed(one, name) for key, one in value.items()}


def work_folder(options, temporary):
    """That of ddi-scan in the cache, so that its commands are the same; or one that goes
    at the end."""
    cache = options.cache or store.default_folder()
    try:
        return store.Store(os.path.join(cache, "scan")).folder
    except Failure as failure:
        warn(failure)
        return os.path.join(temporary, "scan")


def warn(text):
    """Tells the front's log."""
    print("ddi-lsp: warning: %s" % text, file=sys.stderr, flush=True)
