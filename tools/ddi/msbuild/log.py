"""Commands in a text log of MSBuild: normal verbosity has them, detailed has what
INCLUDE was too."""
import os
import re

from ..compdb import Problem, split_windows
from .tlog import is_source, one_per_source, read_text

NODE = re.compile(r"\s*(?:(\d+)(?::\d+)?>)?\s*")
COMMAND = re.compile(r"((?:[A-Za-z]:[\\/][^\":<>|*?]*[\\/])?cl\.exe)\"?\s+([-/@].*)",
                     re.I)
INCLUDE = re.compile(r"(?:EXTERNAL_)?INCLUDE\s*=\s*(.+)")
BUILDING = re.compile(r'Project "([^"]+)"(?: \((\d+)(?::\d+)?\))?(?: is building '
                      r'"([^"]+)" \((\d+)(?::\d+)?\))? on node', re.I)
DONE = re.compile(r'Done Building Project "([^"]+)"', re.I)


def from_log(path, problems):
    """Yields the entries of the commands in the log."""
    log = _Log(path, problems)
    count = 0
    for number, line in enumerate(read_text(path).split("\n"), 1):
        for entry in log.line(number, line.rstrip("\r")):
            count += 1
            yield entry
    if not count:
        problems.append(Problem(path, "no line of it runs CL.exe on a source; let "
                                "MSBuild rebuild with /verbosity:detailed"))


class _Log:
    def __init__(self, path, problems):
        self.path, self.problems = path, problems
        self.projects = {}  # by the number in front of a line
        self.open = []      # projects where lines have no number
        self.include = {}   # by project

    def line(self, number, line):
        node = NODE.match(line)
        key, text = node.group(1) or "", line[node.end():]
        building = BUILDING.match(text)
        if building:
            self.building(key, building)
            return
        if DONE.match(text):
            self.close(DONE.match(text).group(1))
            return
        include = INCLUDE.match(text)
        if include:
            self.include[self.project(key)] = [
                folder for folder in include.group(1).split(";") if folder.strip()]
            return
        command = COMMAND.search(text)
        if command:
            yield from self.command(number, self.project(key), command)

    def building(self, key, match):
        outer, outer_number, inner, inner_number = match.groups()
        name, number = (inner, inner_number) if inner else (outer, outer_number)
        self.projects[number or key] = name
        self.open.append(name)

    def close(self, name):
        if self.projects.get("") == name:
            del self.projects[""]
        if name in self.open:
            self.open.reverse()
            self.open.remove(name)
            self.open.reverse()

    def project(self, key):
        return self.projects.get(key) or (self.open[-1] if self.open else "")

    def command(self, number, project, match):
        words = [match.group(1), *split_windows(match.group(2), is_line=False)]
        folder = project.replace("\\", "/").rpartition("/")[0] or \
            os.path.dirname(os.path.abspath(self.path))
        sources = [word for word in words if is_source(word)]
        if not project and any(not re.match(r"[A-Za-z]:|[\\/]", source)
                               for source in sources):
            self.problems.append(Problem(
                "%s:%d" % (self.path, number), "the log does not say of which project "
                "the command is: names are taken as of '%s'" % folder, True))
        for include in self.include.get(project, self.include.get("", ())):
            words += ["-imsvc", include.strip()]
        yield from one_per_source(folder, words, project)
