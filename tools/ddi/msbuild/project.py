"""Evaluates a project file as MSBuild does, as far as drivers need it: properties
first, then what holds for every item, then the items."""
import os
import re
from dataclasses import dataclass, field

from ..errors import Failure
from ..paths import is_windows
from .expression import Values, unescape
from .xml import parse

MOST_IMPORTS = 500
MOST_ITEMS = 100000
MOST_WALKED = 200000
# What Visual Studio brings; toolset.py says what of it matters.
BUILTIN = re.compile(r"microsoft\.cpp\.(default\.props|props|targets)$", re.I)

VERSIONS = {"_NT_TARGET_VERSION_" + name: version for name, version in (
    ("VISTA", "0x600"), ("WIN7", "0x601"), ("WIN8", "0x602"), ("WINBLUE", "0x603"),
    ("WIN10", "0xA00"))}


@dataclass
class Item:
    """A source: its path, and metadata by lower-case names."""
    path: str
    metadata: dict


@dataclass
class Place:
    """Where an element stands; file: of the project, or of what it imports."""
    node: object
    file: str


@dataclass
class Project:
    """What a project says for one configuration."""
    path: str
    configuration: str
    platform: str
    values: Values = None
    items: list = field(default_factory=list)

    def get(self, name):
        return unescape(self.values.get(name)).strip()


class Files:
    """What of the disk a project may ask for: what lies below the roots."""

    def __init__(self, roots, disk):
        self.roots = [os.path.realpath(root) for root in roots]
        self.disk = disk
        self.folder = ""

    def is_inside(self, path):
        real = os.path.realpath(path)
        return any(real == root or real.startswith(os.path.join(root, ""))
                   for root in self.roots)

    def find(self, path, folder=None):
        """The path as it is on disk, or None if it is not there or outside."""
        if "\0" in path or is_windows(path):
            return None
        path = path.replace("\\", "/").strip()
        path = os.path.join(folder or self.folder, path)
        found = self.disk.spelling(path)
        return found if found and self.is_inside(found) else None

    def exists(self, path):
        return bool(path.strip()) and self.find(path) is not None

    def above(self, folder, name):
        folder = self.find(folder) or ""
        while folder and self.is_inside(folder):
            found = self.find(name, folder)
            if found:
                return found
            folder = os.path.dirname(folder)
        return ""


def configurations(path):
    """The (configuration, platform) pairs that the project names."""
    found = []
    for group in parse(path).children:
        if group.tag != "ItemGroup":
            continue
        for node in group.children:
            parts = node.attributes.get("Include", "").split("|")
            if node.tag == "ProjectConfiguration" and len(parts) == 2:
                found.append(tuple(parts))
    return found


def evaluate(path, pair, given, fixed, roots, disk, tell):
    """The Project for the pair of configuration and platform.  given: properties to
    begin with; fixed: those that nothing in the files changes; roots: the folders
    below which files are read; tell: is called with (file, line, text) of what could
    not be done.  Failure if the project cannot be used."""
    return _Evaluation(path, pair, given, fixed, roots, disk, tell).run()


class _Evaluation:
    def __init__(self, path, pair, given, fixed, roots, disk, tell):
        self.path = os.path.abspath(path)
        self.files = Files(roots, disk)
        self.files.folder = os.path.dirname(self.path)
        self.told, self.tell_caller = set(), tell
        self.values = Values(lambda text: self.tell(text), self.files)
        self.project = Project(self.path, *pair, self.values)
        self.fixed = {"configuration", "platform", *map(str.lower, fixed)}
        self.definitions, self.groups = [], []
        self.defaults, self.imported = {}, set()
        self.at = Place(None, self.path)
        self.begin({**given, **fixed})

    def begin(self, given):
        folder, name = os.path.split(self.path)
        stem = os.path.splitext(name)[0]
        for key, value in {
                "Configuration": self.project.configuration,
                "Platform": self.project.platform, "MSBuildProjectName": stem,
                "ProjectName": stem, "MSBuildProjectFile": name,
                "ProjectDir": folder + "/", "MSBuildProjectDirectory": folder,
                "MSBuildProjectFullPath": self.path, "ProjectPath": self.path,
                "MSBuildProjectExtension": ".vcxproj", "ProjectExt": ".vcxproj",
                "ProjectFileName": name, "VisualStudioVersion": "17.0",
                "MSBuildToolsVersion": "Current", "MSBuildVersion": "17.8.0",
                "MSBuildAssemblyVersion": "17.0", **VERSIONS, "OS": "Windows_NT", **given}.items():
            self.values.set(key, value)

    def tell(self, text, line=None):
        node = self.at.node
        line = line or (node.line if node is not None else 0)
        key = self.at.file, line, text
        if key not in self.told:
            self.told.add(key)
            self.tell_caller(*key)

    def run(self):
        self.read(self.path)
        for place in self.definitions:
            self.enter(place)
            self.define(place.node)
        for place in self.groups:
            self.enter(place)
            self.collect(place.node)
        return self.project

    def enter(self, place):
        self.at = place
        folder, name = os.path.split(place.file)
        for key, value in (("Directory", folder + "/"), ("", name),
                           ("FullPath", place.file), ("Extension", ".props"),
                           ("Name", os.path.splitext(name)[0])):
            self.values.set("MSBuildThisFile" + key, value)

    def holds(self, node):
        return self.values.holds(node.attributes.get("Condition"))

    # ---- Properties and imports ------------------------------------------------

    def read(self, file):
        if file in self.imported:
            return
        if len(self.imported) >= MOST_IMPORTS:
            raise Failure("'%s' imports more than %d files" % (self.path, MOST_IMPORTS))
        self.imported.add(file)
        root, before = parse(file), self.at
        if root.tag != "Project":
            raise Failure("'%s' is no project: it begins with <%s>" % (file, root.tag))
        self.enter(Place(root, file))
        self.walk(root.children)
        if before.file != file:
            self.enter(before)

    def walk(self, nodes):
        for node in nodes:
            self.at = Place(node, self.at.file)
            if node.tag == "ItemGroup":
                self.groups.append(self.at)
            elif node.tag == "ItemDefinitionGroup":
                self.definitions.append(self.at)
            elif node.tag == "Choose":
                self.choose(node)
            elif node.tag in ("PropertyGroup", "Import", "ImportGroup") and \
                    self.holds(node):
                self.visit(node)

    def visit(self, node):
        if node.tag == "Import":
            self.include(node)
        elif node.tag == "ImportGroup":
            self.walk(node.children)
        else:
            for child in node.children:
                self.at = Place(child, self.at.file)
                if self.holds(child) and child.tag.lower() not in self.fixed:
                    self.values.set(child.tag, self.values.expand(child.text.strip()))

    def choose(self, node):
        for branch in node.children:
            if branch.tag == "Otherwise" or branch.tag == "When" and self.holds(branch):
                self.walk(branch.children)
                return

    def include(self, node):
        given = self.values.expand(node.attributes.get("Project", ""))
        builtin = BUILTIN.search(given)
        if builtin:
            self.builtin(builtin.group(1).lower())
            return
        here = os.path.dirname(self.at.file)
        if re.search(r"[*?]", given):
            self.tell("import of '%s': patterns are not followed" % given[:200])
            return
        found = self.files.find(given, here)
        if found and os.path.isfile(found):
            place = self.at
            try:
                self.read(found)
            except Failure as failure:
                self.tell(str(failure))
            self.enter(place)
        elif not self.is_of_visual_studio(given):
            self.tell("'%s', which is imported, is not there" % (given or
                      node.attributes.get("Project", ""))[:200])

    @staticmethod
    def is_of_visual_studio(path):
        return bool(re.match(r"[\\/](Microsoft|BuildCustomizations|WDKConversion)",
                             path, re.I))

    def builtin(self, name):
        folder = os.path.dirname(self.path)
        sheet = {"default.props": "Directory.Build.props",
                 "targets": "Directory.Build.targets"}.get(name)
        found = sheet and self.files.above(folder, sheet)
        if found:
            place = self.at
            self.read(found)
            self.enter(place)

    # ---- Metadata --------------------------------------------------------------

    def define(self, group):
        if not self.holds(group):
            return
        for node in group.children:
            self.at = Place(node, self.at.file)
            if node.tag == "ClCompile" and self.holds(node):
                self.update(self.defaults, node, {})

    def update(self, metadata, node, builtin):
        for name, text in node.attributes.items():
            if name not in ("Include", "Exclude", "Remove", "Update", "Condition"):
                metadata[name.lower()] = self.metadata_value(text, metadata, builtin)
        for child in node.children:
            self.at = Place(child, self.at.file)
            if self.holds(child):
                metadata[child.tag.lower()] = self.metadata_value(
                    child.text, metadata, builtin)

    def metadata_value(self, text, metadata, builtin):
        """With $(properties) and %(metadata) in place."""
        def find(match):
            name = match.group(1).lower().rpartition(".")[2]
            if name in builtin:
                return builtin[name]
            return metadata.get(name, "")
        text = self.values.expand(text)
        if "%(" not in text:
            return text
        text = re.sub(r"%\(\s*([\w.:]+)\s*\)", find, text)
        if len(text) > 1 << 20:
            raise Failure("a value is longer than %d characters" % (1 << 20))
        return text

    # ---- Items -----------------------------------------------------------------

    def collect(self, group):
        if not self.holds(group):
            return
        for node in group.children:
            self.at = Place(node, self.at.file)
            if node.tag == "ClCompile" and self.holds(node):
                self.item(node)

    def item(self, node):
        if "Remove" in node.attributes:
            gone = set(self.paths(node.attributes["Remove"]))
            self.project.items = [item for item in self.project.items
                                  if item.path not in gone]
            return
        if "Update" in node.attributes:
            wanted = set(self.paths(node.attributes["Update"]))
            for item in self.project.items:
                if item.path in wanted:
                    self.update(item.metadata, node, well_known(item.path))
            return
        excluded = set(self.paths(node.attributes.get("Exclude", "")))
        for path in self.paths(node.attributes.get("Include", "")):
            if path in excluded:
                continue
            if len(self.project.items) >= MOST_ITEMS:
                raise Failure("'%s' has more than %d sources" % (self.path, MOST_ITEMS))
            item = Item(path, dict(self.defaults))
            self.update(item.metadata, node, well_known(path))
            self.project.items.append(item)

    def paths(self, text):
        """The files that a list names."""
        found = []
        for name in self.values.expand(text).split(";"):
            name = unescape(name.strip())
            if name.lower() == "@(clcompile)":
                found += [item.path for item in self.project.items]
            elif re.search(r"[*?]", name):
                found += self.matching(name.replace("\\", "/"))
            elif name and not name.startswith("@("):
                found.append(self.located(name))
        return found

    def located(self, name):
        path = os.path.normpath(os.path.join(self.files.folder,
                                             name.replace("\\", "/")))
        return self.files.disk.spelling(path) or path

    def matching(self, pattern):
        """The files that a pattern with * and ** names."""
        fixed = re.split(r"[^/]*[*?]", pattern)[0]
        top = self.files.find(fixed or ".")
        if not top or not os.path.isdir(top):
            self.tell("no file is below '%s' of '%s'" % (fixed, pattern[:200]))
            return []
        matches = re.compile(_pattern(pattern[len(fixed):]), re.I)
        is_deep = "/" in pattern[len(fixed):]
        found, walked = [], 0
        for folder, folders, names in os.walk(top):
            folders.sort()
            walked += len(names) + 1
            if walked > MOST_WALKED:
                self.tell("'%s' names too many files" % pattern[:200])
                break
            for name in sorted(names):
                path = os.path.join(folder, name)
                if matches.fullmatch(os.path.relpath(path, top)):
                    found.append(path)
            if not is_deep:
                break
        return found


def _pattern(text):
    parts = []
    for part in re.split(r"(\*\*/|\*|\?)", text):
        parts.append({"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}.get(
            part, re.escape(part)))
    return "".join(parts)


def well_known(path):
    """The metadata that every item has."""
    folder, name = os.path.split(path)
    stem, ending = os.path.splitext(name)
    return {"filename": stem, "extension": ending, "identity": path, "fullpath": path,
            "directory": folder.lstrip("/") + "/", "rootdir": "/",
            "relativedir": folder + "/"}
