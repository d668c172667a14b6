"""Commands that MSBuild's tracker kept: CL.command.1.tlog in every folder of
intermediate files."""
import os
import re

from ..command import C_ENDINGS, decode
from ..compdb import Entry, Problem, split_windows
from ..errors import Failure
from ..paths import Disk, is_windows, locate

NAME = re.compile(r"cl\.command\.\d+\.tlog", re.I)


def is_source(word):
    """Whether a word of a command names a file in C or C++."""
    return word[:1] not in ("/", "-", "@") and \
        os.path.splitext(word)[1].lower() in C_ENDINGS


def one_per_source(directory, words, project=""):
    """Yields an Entry for each source that the command names."""
    sources = [word for word in words if is_source(word)]
    for source in sources:
        kept = [word for word in words if word == source or not is_source(word)]
        yield Entry(directory, source, kept, project=project)


def find(roots, pattern):
    """The files below the folders, or that are given, with such a name."""
    found = []
    for root in roots:
        if os.path.isfile(root):
            found.append(root)
            continue
        if not os.path.isdir(root):
            raise Failure("there is no '%s'; give a folder or a file" % root)
        for folder, folders, names in os.walk(root):
            folders.sort()
            found += [os.path.join(folder, name) for name in sorted(names)
                      if pattern.fullmatch(name)]
    return found


def read_text(path):
    """Failure if the file cannot be read."""
    try:
        with open(path, "rb") as file:
            return decode(file.read())
    except OSError as error:
        raise Failure("cannot read '%s': %s" % (path, error.strerror))


def from_tlog(roots, problems, path_map=(), configuration=""):
    """Yields the entries of every tracking log below the roots.  path_map: Mappings,
    to see which sources are gone; configuration: as Release|x64, if only one counts."""
    files = find(roots, NAME)
    if not files:
        raise Failure("no CL.command.1.tlog below '%s'; build the driver, or use "
                      "compdb from-vcxproj" % "', '".join(roots))
    disk = Disk()
    for path in files:
        try:
            yield from _Log(path, path_map, configuration, disk).entries(problems)
        except Failure as failure:
            problems.append(Problem(path, str(failure)))


class _Log:
    def __init__(self, path, path_map, configuration, disk):
        self.path, self.path_map, self.disk = os.path.abspath(path), path_map, disk
        self.configuration = configuration
        self.state = self.build_state()
        self.project = self.project_file()

    def build_state(self):
        """What MSBuild wrote of the build: versions, and 'Release|x64|folder|'."""
        folder = os.path.dirname(self.path)
        names = [name for name in self.disk.names(folder).values()
                 if name.lower().endswith(".lastbuildstate")]
        text = read_text(os.path.join(folder, names[0])) if names else ""
        return text.replace("\r", "").split("\n")

    def project_file(self):
        """The nearest one above, by the name of the folder if there are several."""
        folder = os.path.dirname(self.path)
        stem = os.path.splitext(os.path.basename(folder))[0].lower()
        while True:
            names = [name for lower, name in self.disk.names(folder).items()
                     if lower.endswith(".vcxproj")]
            if names:
                named = [n for n in names if n.lower() == stem + ".vcxproj"]
                return os.path.join(folder, (named or names)[0])
            above = os.path.dirname(folder)
            if above == folder:
                return ""
            folder = above

    def is_wanted(self):
        if not self.configuration or len(self.state) < 2:
            return True
        built = self.state[1].lower().split("|")[:2]
        return self.configuration.lower() in (built[0], "|".join(built))

    def compiler_version(self):
        found = re.search(r"VCToolsVersion=14\.(\d+)\.(\d+)", self.state[0])
        return ["-fms-compatibility-version=19.%s.%s" % found.groups()] if found else []

    def entries(self, problems):
        if not self.is_wanted():
            return
        # The last row of a source is that of the last build.
        rows = {}
        for number, sources, words in self.rows(problems):
            for source in sources:
                rows[source] = number, words
        for source, (number, words) in rows.items():
            directory = os.path.dirname(self.project) if self.project else \
                os.path.dirname(self.path)
            here = locate(source, directory, self.path_map, self.disk)
            if not is_windows(here) and not os.path.isfile(here):
                problems.append(Problem("%s:%d" % (self.path, number), "'%s' is gone: "
                                        "its row is left out" % source, True))
                continue
            words = [word for word in words if not is_source(word)]
            yield Entry(directory, source, ["CL.exe", *self.compiler_version(), *words,
                                            source], project=self.project)

    def rows(self, problems):
        """Yields (line, sources, words)."""
        sources = None
        number = 0
        for number, line in enumerate(read_text(self.path).split("\n"), 1):
            line = line.rstrip("\r")
            if line.startswith("^"):
                if sources:
                    self.tell(problems, number - 1, sources)
                sources = [name for name in line[1:].split("|") if name]
            elif sources and line.strip():
                yield number, sources, split_windows(line, is_line=False)
                sources = None
        if sources:
            self.tell(problems, number, sources)

    def tell(self, problems, number, sources):
        problems.append(Problem("%s:%d" % (self.path, number),
                                "no command for '%s'" % sources[0]))
