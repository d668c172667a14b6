"""Commands of project files and solutions, without a build."""
import os
import re

from ..compdb import Problem
from ..errors import Failure
from ..paths import Disk
from .project import configurations, evaluate
from .tlog import find, read_text
from .toolset import entries, is_driver, kit_properties

PROJECT = re.compile(r".*\.vcxproj", re.I)
SOLUTION_PROJECT = re.compile(
    r'^\s*Project\("[^"]*"\)\s*=\s*"[^"]*"\s*,\s*"([^"]+\.vcxproj)"\s*,\s*"([^"]*)"',
    re.M | re.I)
SOLUTION_CONFIGURATION = re.compile(
    r"^\s*(\{[^}]*\})\.([^|=]+)\|([^.=]+)\.ActiveCfg\s*=\s*([^|\r\n]+)\|([^\r\n]+)",
    re.M | re.I)


class Options:
    """configuration: as Release|x64 or Release, else what is best for each project;
    properties: (name, value) pairs that nothing in the files changes; wants_all:
    programs too."""

    def __init__(self, configuration="", properties=(), wdk=None, kmdf_version="",
                 wants_all=False, roots=()):
        self.configuration, self.properties = configuration, tuple(properties)
        self.wdk, self.kmdf_version = wdk, kmdf_version
        self.wants_all, self.roots = wants_all, tuple(roots)


def from_vcxproj(names, problems, options=None):
    """Yields the entries of the projects, of those in the solutions, and of those
    below the folders.  A project that cannot be used is a problem."""
    options = options or Options()
    disk = Disk()
    seen = set()
    for name in names:
        given = _wanted(name, disk, problems)
        if not given:
            problems.append(Problem(name, "no project (.vcxproj) is there"))
        for wanted in given:
            if wanted.path not in seen:
                seen.add(wanted.path)
                yield from _project(wanted, problems, options, disk)


class _Wanted:
    """A project; solution: the folder of its solution, or ""; choices: which of its
    configurations a configuration of the solution means."""

    def __init__(self, path, solution="", choices=None, top="", is_named=False):
        self.path = os.path.abspath(path)
        self.solution, self.choices = solution, choices or {}
        self.top, self.is_named = top, is_named


def _wanted(name, disk, problems):
    if name.lower().endswith(".sln"):
        return _of_solution(name, disk, problems)
    if os.path.isfile(name):
        return [_Wanted(name, is_named=True)]
    return [_Wanted(path, top=os.path.abspath(name)) for path in find([name], PROJECT)]


def _of_solution(name, disk, problems):
    text = read_text(name)
    folder = os.path.dirname(os.path.abspath(name))
    choices = {}
    for match in SOLUTION_CONFIGURATION.finditer(text):
        guid, *names = (part.strip() for part in match.groups())
        key = "|".join(names[:2]).lower()
        choices.setdefault(guid.lower(), {})[key] = tuple(names[2:])
    found = []
    for path, guid in SOLUTION_PROJECT.findall(text):
        real = disk.spelling(os.path.join(folder, path.replace("\\", "/")))
        if real:
            found.append(_Wanted(real, folder, choices.get(guid.lower()), folder))
        else:
            problems.append(Problem(name, "its project '%s' is not there" % path))
    return found


def _top(wanted):
    """The folder below which files may be read: that of the repository, or of the
    solution, or the project's own."""
    folder = os.path.dirname(wanted.path)
    best = wanted.top or wanted.solution or folder
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return folder
        if any(name.endswith(".sln") for name in _names(folder)) and \
                len(folder) < len(best):
            best = folder
        above = os.path.dirname(folder)
        if above == folder:
            return best
        folder = above


def _names(folder):
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _solution(wanted):
    if wanted.solution:
        return wanted.solution
    folder = os.path.dirname(wanted.path)
    start = folder
    while True:
        if any(name.lower().endswith(".sln") for name in _names(folder)):
            return folder
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return start
        folder = above


def choose(path, configuration, choices):
    """The (configuration, platform) to be evaluated; Failure if it is not there."""
    named = configurations(path)
    if configuration:
        chosen = "|".join(choices.get(configuration.lower()) or (configuration,))
        fitting = [pair for pair in named
                   if chosen.lower() in ("|".join(pair).lower(), pair[0].lower())]
        if fitting:
            return max(fitting, key=_rank)
        raise Failure("it has no configuration '%s'; it has %s" % (
            configuration, ", ".join("|".join(pair) for pair in named) or "none"))
    return max(named, key=_rank, default=("Release", "x64"))


def _rank(pair):
    name, platform = pair[0].lower(), pair[1].lower()
    return (platform == "x64", "release" in name, "nodebug" in name,
            _windows(name), -len(name))


def _windows(name):
    found = re.search(r"win(?:dows)?\s*(\d+(?:\.\d+)?)", name)
    return float(found.group(1)) if found else 0


def _project(wanted, problems, options, disk):
    told = []

    def tell(file, line, text):
        told.append(Problem("%s:%d" % (file, line) if line else file, text, True))

    try:
        pair = choose(wanted.path, options.configuration, wanted.choices)
        solution = os.path.join(_solution(wanted), "")
        given = {"SolutionDir": solution, **kit_properties(options.wdk,
                                                           options.kmdf_version),
                 "IntDir": "", "OutDir": ""}
        roots = [_top(wanted), *options.roots]
        project = evaluate(wanted.path, pair, given, dict(options.properties), roots,
                           disk, tell)
        if not is_driver(project) and not wanted.is_named and not options.wants_all:
            return
        # A sheet that many projects import is told of once.
        problems += [problem for problem in told if problem not in problems]
        found = list(entries(project, options.wdk, options.kmdf_version))
    except (Failure, RecursionError) as failure:
        problems.append(Problem(wanted.path, str(failure)))
        return
    for entry in found:
        if os.path.isfile(entry.file):
            yield entry
        else:
            problems.append(Problem(wanted.path, "its source '%s' is not there" %
                                    entry.file))
