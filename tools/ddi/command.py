"""Repairs the command of a compile database so that clang can parse the file here.
Every front door goes through normalise()."""
import functools
import os
import re
from dataclasses import dataclass, field, replace

from . import compdb
from .compdb import Entry, split_posix, split_windows
from .errors import Failure
from .overlay import Overlays
from .paths import Disk, is_windows, last_part, locate, longest_first
from .store import digest
from .wdk import find
from .wpp import Traces

C_ENDINGS = {".c", ".cc", ".cpp", ".cxx", ".c++", ".cp", ".i", ".ii"}
OTHER_ENDINGS = {".asm", ".s", ".rc", ".res", ".idl", ".mc", ".man", ".def", ".obj",
                 ".o", ".lib", ".a", ".exe", ".dll", ".sys", ".cu", ".m", ".mm",
                 ".f", ".f90", ".rs", ".cs", ".py", ".json", ".pch", ".pdb", ".xml"}
LAUNCHERS = {"ccache", "sccache", "distcc", "icecc", "buildcache", "clcache", "gomacc"}
MOST_WORDS = 100000  # that response files may expand to
ARCHITECTURES = {  # macros that a driver build defines, the first tells which it is
    "x86_64": ("_AMD64_", "AMD64"),
    "aarch64": ("_ARM64_", "ARM64"),
    "i686": ("_X86_=1", "i386=1"),
}


@dataclass
class Settings:
    """path_map: Mappings; include: folders that %INCLUDE% names; work: a folder for
    overlays and copies, without it names keep their case; ignores_case: None for
    'if it is a command of MSVC'."""
    path_map: tuple = ()
    wdk_root: str = ""
    wdk_version: str = ""
    kmdf_version: str = ""
    include: tuple = ()
    work: str = ""
    ignores_case: bool | None = None
    disk: Disk = field(default_factory=Disk, repr=False)

    def __post_init__(self):
        self.path_map = longest_first(self.path_map)

    @functools.cached_property
    def wdk(self):
        """None without --wdk-root; Failure if nothing is there."""
        return find(self.wdk_root, self.wdk_version) if self.wdk_root else None

    @functools.cached_property
    def overlays(self):
        return Overlays(os.path.abspath(self.work), self.disk)

    @functools.cached_property
    def traces(self):
        return Traces(os.path.abspath(self.work), self.overlays)


@dataclass
class Command:
    """What is run for one source.  changes: sentences on what was repaired; problems:
    on what could not be; missing: folders that are searched and not there."""
    directory: str
    file: str
    arguments: list
    changes: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    project: str = ""

    def with_overlay(self, overlay):
        """The same command, with a file for -ivfsoverlay above all others."""
        words = self.arguments
        is_cl = "--driver-mode=cl" in words
        at = words.index("--") if is_cl else len(words) - 1
        option = ["-Xclang", "-ivfsoverlay", "-Xclang", overlay] if is_cl else \
            ["-ivfsoverlay", overlay]
        return replace(self, arguments=[*words[:at], *option, *words[at:]])

    def entry(self):
        return Entry(self.directory, self.file, self.arguments, project=self.project)


def normalise(entry, settings):
    """The Commands of an entry, one for each source in C or C++; none if it compiles
    another language."""
    repair = _Cl if is_cl(entry.arguments) else _Gnu
    return repair(entry, settings).commands()


def normalise_all(entries, settings):
    """Yields the Commands of all entries, none twice."""
    seen = set()
    for entry in entries:
        for command in normalise(entry, settings):
            key = digest("\0".join([command.file, *command.arguments]).encode(
                "utf-8", "replace"))
            if key not in seen:
                seen.add(key)
                yield command


def of_build(build, settings):
    """The Commands of all sources of a database, and Problems of its entries.  Failure
    if there is neither."""
    problems = []
    commands = list(normalise_all(compdb.read(build, problems), settings))
    if not commands and not problems:
        raise Failure("'%s' names no file in C or C++; build the driver first" %
                      compdb.database_path(build))
    return commands, problems


def base_name(program):
    """The name of a program, without folder and .exe, in lower case."""
    return re.sub(r"\.exe$", "", last_part(program).lower())


def without_launcher(words):
    """The command behind ccache and its like."""
    while len(words) > 1 and base_name(words[0]) in LAUNCHERS and \
            not words[1].startswith("-"):
        words = words[1:]
    return words


def is_cl(words):
    """Whether the command is for Microsoft's compiler or one that acts like it."""
    words = without_launcher(words)
    modes = [word for word in words if word.startswith("--driver-mode=")]
    if modes:
        return modes[-1] == "--driver-mode=cl"
    return bool(re.fullmatch(r"(clang-)?cl(-[\d.]+)?", base_name(words[0])))


def _ending(path):
    return os.path.splitext(path)[1].lower()


USER_MODE = re.compile(r"-(MD|MT)d?|-mconsole|-mwindows")
USER_MACROS = {"_CONSOLE", "_USRDLL", "UMDF_VERSION_MAJOR"}
KERNEL_MACROS = {"_KERNEL_MODE", "KMDF_VERSION_MAJOR", "_AMD64_", "_ARM64_", "_X86_"}

# What would load a program into the analysis, or write a file.
HARMFUL = re.compile(
    r"-{0,2}(fplugin|fpass-plugin|load$|load=|plugin|add-plugin|fuse-ld|specs|"
    r"wrapper|save-temps|save-stats|ftime-trace|serialize-diagnostic|"
    r"diagnostic-(log|serialized)|fcrash-diagnostics|fdiagnostics-file|"
    r"header-include-file|dependency-|stats-file|module-dependency|emit-|"
    r"ast-dump|analyz|rewrite|M[DFGJMPTQ]*$|M[FJQT])")


class _Repair:
    """What commands of both kinds need.  A subclass sorts the words."""

    def __init__(self, entry, settings):
        self.entry, self.settings = entry, settings
        self.changes, self.problems = [], []
        self.directory = self.locate(entry.directory, "/")
        self.sources, self.kept, self.dropped, self.folders = [], [], [], []
        self.macros = {}
        self.words_left = MOST_WORDS

    # ---- Names of files --------------------------------------------------------

    def locate(self, path, directory=None):
        """Where the path lies here."""
        directory = self.directory if directory is None else directory
        found = locate(path, directory, self.settings.path_map, self.settings.disk)
        if is_windows(found):
            self.problem("no --path-map covers '%s'" % found)
        return found

    def change(self, text):
        if text not in self.changes:
            self.changes.append(text)

    def problem(self, text):
        if text not in self.problems:
            self.problems.append(text)

    def folder(self, option, path, is_joined=False):
        """Adds a folder in which headers are searched."""
        found = self.locate(path)
        self.folders.append(found)
        self.kept += [option + found] if is_joined else [option, found]

    # ---- Response files --------------------------------------------------------

    def expand(self, words, inside=()):
        """The words, with those of response files in place."""
        result = []
        for word in words:
            if self.words_left <= 0:
                self.problem("response files expand to more than %d words" %
                             MOST_WORDS)
                break
            self.words_left -= bool(inside)
            if word.startswith("@") and len(word) > 1:
                result += self.response(word[1:], inside)
            else:
                result.append(word)
        return result

    def response(self, name, inside):
        path = self.locate(name)
        if path in inside or len(inside) > 20:
            self.problem("response file '%s' contains itself" % path)
            return []
        try:
            with open(path, "rb") as file:
                text = decode(file.read())
            words = self.split(text)
        except OSError as error:
            self.problem("cannot read response file '%s': %s" %
                         (path, error.strerror))
            return []
        except ValueError as error:
            self.problem("response file '%s': %s" % (path, error))
            return []
        self.change("the words of response file '%s' are in its place" % name)
        return self.expand(words, (*inside, path))

    # ---- The result ------------------------------------------------------------

    def commands(self):
        words = self.entry.arguments
        plain = without_launcher(words)
        if plain != words:
            self.change("'%s' in front of the compiler is left out" % words[0])
        self.compiler = plain[0]
        self.sort(self.expand(plain[1:]))
        if self.dropped:
            self.change("dropped, as they do not matter here: " +
                        " ".join(dict.fromkeys(self.dropped)))
        sources = self.find_sources()
        if len(sources) > 1:
            self.change("one of %d sources of the same command" % len(sources))
        return [self.command(source) for source in sources]

    def find_sources(self):
        own = self.locate(self.entry.file)
        if not self.sources:
            if _ending(own) in OTHER_ENDINGS:
                return []
            self.change("the command does not name its file")
            return [own]
        sources = [source for source in self.sources
                   if _ending(source) in C_ENDINGS or
                   source == own and _ending(source) not in OTHER_ENDINGS]
        if not sources and _ending(own) in C_ENDINGS:
            return [own]
        return list(dict.fromkeys(sources))

    def command(self, source):
        before = list(self.changes), list(self.problems)
        if not os.path.isfile(source):
            self.problem("there is no file '%s'" % source)
        given = os.path.join(self.entry.directory, self.entry.file)
        if source.lower() == os.path.normpath(given).lower() and \
                source != os.path.normpath(given):
            self.change("'%s' is spelled '%s' on disk" % (self.entry.file, source))
        arguments = self.arguments(source)
        missing = [folder for folder in dict.fromkeys(self.folders)
                   if not os.path.isdir(folder)]
        made = Command(self.directory, source, arguments, self.changes,
                       self.problems, missing, self.entry.project)
        self.changes, self.problems = before
        return made

    # ---- Headers ---------------------------------------------------------------

    def is_driver(self):
        """Of the kernel: something tells so, or a WDK was named, and nothing tells
        that it is not."""
        if any(USER_MODE.fullmatch(word) for word in self.kept) or \
                USER_MACROS & set(self.macros):
            return False
        return bool(self.settings.wdk_root or "-kernel" in self.kept or
                    KERNEL_MACROS & set(self.macros))

    def kit_folders(self):
        """Those of the WDK that the command does not name itself."""
        wdk = self.settings.wdk
        if not wdk or not self.is_driver():
            return []
        wanted = self.kmdf_version()
        there = wdk.kmdf_version(wanted)
        if wanted in wdk.kmdf and wanted != there:
            self.change("the headers of KMDF %s are taken for %s, whose own clang does "
                        "not accept with this WDK" % (there, wanted))
        elif wanted and there and wanted != there:
            self.problem("the WDK in '%s' has no KMDF %s; %s is taken" %
                         (wdk.root, wanted, there))
        found = [folder for folder in wdk.folders(wanted, self.macros)
                 if folder not in self.folders]
        if found:
            self.change("headers of the WDK %sin '%s' are added%s" % (
                wdk.version + " " if wdk.version else "", wdk.root,
                ", with KMDF " + there if there else ""))
        return found

    def kmdf_version(self):
        major, minor = (self.macros.get("KMDF_VERSION_" + name)
                        for name in ("MAJOR", "MINOR"))
        if major and minor:
            return "%s.%s" % (major, minor)
        return self.settings.kmdf_version

    def kits(self, kit):
        """The folders with headers of the WDK."""
        root = self.settings.wdk_root and os.path.join(self.settings.wdk_root, "")
        return sorted({f for f in self.folders + kit if root and f.startswith(root)})

    def ours(self, source, kit):
        """The other folders in which what the source includes is searched."""
        folders = {os.path.dirname(source), *self.folders} - {*self.kits(kit), "/"}
        return sorted(filter(os.path.isdir, folders))

    def trace_headers(self, source, kit):
        """The folder of what WPP would have written, as a list."""
        if not self.settings.work or not self.is_driver():
            return []
        found = self.settings.traces.folder(self.ours(source, kit),
                                             self.directory)
        if not found:
            return []
        self.change("what traces (WPP) is left out: the headers that the build makes "
                    "for it are not there")
        return [found]

    def overlay(self, source, kit, ignores_case):
        """The overlays for names in any case: of the kit, of the rest."""
        asked = self.settings.ignores_case
        if not self.settings.work or not (ignores_case if asked is None else asked):
            return []
        overlays = self.settings.overlays
        kits, ours = self.kits(kit), self.ours(source, kit)
        result = []
        for folders, is_ours in ((kits, False), (ours, True)):
            if not folders:
                continue
            path, is_cut = overlays.of(folders, is_ours)
            result.append(path)
            if is_cut:
                self.problem("folders of headers are too large: not every name may "
                             "be in another case")
        self.change("names of files may be in any case")
        if overlays.copy(source):
            self.change("the source is UTF-16: a copy in UTF-8 is read")
        return result


def decode(data):
    """The text of a file that Windows tools wrote: UTF-16 with a mark, or UTF-8.  No
    command can hold a NUL."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data[1::2][:64].count(0) > 16:
        encoding = "utf-16-le"
    else:
        encoding = "utf-8-sig"
    return data.decode(encoding, "replace").replace("\0", "")


# ---- Commands of Microsoft's compiler --------------------------------------------

CL_FOLDER = re.compile(r"[-/](external:I|imsvc|isystem|I)(.*)", re.S)
CL_FILE = re.compile(r"[-/](FI|Tc|Tp)(.*)", re.S)
CL_MACRO = re.compile(r"[-/]([DU])(.*)", re.S)
CL_PCH = re.compile(r"[-/](Yu|Yc)(.*)", re.S)
CL_DROPPED = re.compile(
    r"[-/](c|E|EP|P|Zs|S|nologo|F(?!I).*|Y.*|Z[iI7]|Zf|MP\d*|Gm-?|GL-?|analyze.*|"
    r"W.*|w(?!in).*|errorReport.*|d1.*|d2.*|cbstring|ifc.*|doc.*|showIncludes.*|"
    r"sourceDependencies.*|scanDependencies.*|diagnostics.*|experimental.*|"
    r"headerUnit.*|reference.*|translateInclude|exportHeader|interface|"
    r"internalPartition|ZH.*|Qspectre.*|Q.*|guard.*|RTC.*|GS-?|Gy-?|Gw-?|GF-?|GT|"
    r"hotpatch|bigobj|fsanitize.*|source-charset.*|execution-charset.*|validate-"
    r"charset.*|utf-8|favor.*|openmp.*|options:.*|permissive.*|JMC-?|O.*|o.+|"
    r"external:(W|anywarn|templates|env).*|AI.*|clr.*|await.*|Brepro.*|sdl-?|"
    r"kernel-|MJ.*|H\d*|V.*|B[12x].*|Bt.*|LD|LDd|LN|fastfail|homeparams|"
    r"presetPadding|clang:-M.*|-?serialize-diagnostics.*|f(no-)?diagnostics.*|fcolor-.*)", re.S)
CL_C_STANDARD = re.compile(r"-std:c(\d+|latest)")
CL_CXX_STANDARD = re.compile(r"-std:c\+\+.*")
CL_ADDED = ("-Wno-everything", "-WX-")
CL_VALUED = {"-o", "/o", "-mllvm", "-Xlinker", "-Xassembler", "/FU", "-FU", "/AI",
             "-AI", "-arch"}


class _Cl(_Repair):
    split = staticmethod(lambda text: split_windows(text, is_line=False))

    def __init__(self, entry, settings):
        super().__init__(entry, settings)
        self.headers = []  # that were precompiled
        self.language = []
        self.target = ""
        self.own = self.locate(entry.file)

    def sort(self, words):
        words = iter(words)
        for word in words:
            if word in ("/link", "-link"):
                self.dropped.append(word)
                return
            if word == "--":
                for name in words:
                    self.source(name)
                return
            self.word(word, words)

    def word(self, word, words):
        if word[:1] not in ("-", "/") or self.is_path(word):
            return self.source(word)
        if word in CL_ADDED:
            return None
        if word in CL_VALUED:
            self.dropped.append(word)
            return next(words, None)
        if word in ("-Xclang", "-target", "--target"):
            return self.pair(word, words)
        if word.startswith(("--target=", "--driver-mode=")):
            return self.mode(word)
        match = CL_FILE.fullmatch(word)
        if match:
            return self.named(match.group(1), match.group(2) or next(words, ""))
        match = CL_FOLDER.fullmatch(word)
        if match:
            option = {"isystem": "imsvc"}.get(match.group(1), match.group(1))
            name = match.group(2) or next(words, "")
            return name and self.folder("-" + option, name, option == "I")
        match = CL_PCH.fullmatch(word)
        if match:
            self.headers.append((word[:3], match.group(2)))
            return None
        if HARMFUL.match(re.sub(r"^[-/]clang:", "", word)) and \
                not re.fullmatch(r"[-/](MD|MT|MP)d?", word) or \
                CL_DROPPED.fullmatch(word):
            self.dropped.append(word)
            return None
        match = CL_MACRO.fullmatch(word)
        if match:
            return self.macro(match.group(1), match.group(2) or next(words, ""))
        if word in ("/TC", "/TP", "-TC", "-TP"):
            self.language = ["-" + word[1:]]
            return None
        # With '/', clang takes what it does not know for the name of a file.
        self.kept.append("-" + word[1:])
        return None

    def is_path(self, word):
        if not word.startswith("/") or "/" not in word[1:]:
            return False
        return os.path.normpath(word) == self.own or os.path.isfile(word)

    def pair(self, word, words):
        value = next(words, "")
        if word != "-Xclang":
            self.target = value
        elif value == "-isystem":
            next(words, None)  # another -Xclang
            self.folder("-imsvc", next(words, ""))
        elif HARMFUL.match(value):
            self.dropped.append("%s %s" % (word, value))
            if value in ("-load", "-add-plugin", "-plugin"):
                next(words, None), next(words, None)
        elif value:
            self.kept += [word, value]

    def mode(self, word):
        if word.startswith("--target="):
            self.target = word.partition("=")[2]

    def named(self, option, name):
        if not name:
            return
        if option == "FI":
            self.kept.append("-FI" + self.forced(name))
        else:
            self.language = ["-T" + option[1].upper()]
            self.source(name)

    def forced(self, name):
        """A file that is included first: one that is there, or one to be searched."""
        found = self.locate(name)
        return found if os.path.isfile(found) else name.replace("\\", "/")

    def macro(self, option, text):
        if not text:
            return
        name, _, value = text.partition("=")
        if option == "D" and not re.match(r"[A-Za-z_$][\w$]*(\(.*)?$", name):
            self.dropped.append("-D" + text)
            return
        if option == "D":
            self.macros[name] = value or "1"
        self.kept.append("-%s%s" % (option, text))

    def source(self, name):
        if name:
            self.sources.append(self.locate(name))

    # ---- The result ------------------------------------------------------------

    def arguments(self, source):
        if self.compiler != "clang":
            self.change("'%s' is read as Microsoft's compiler" % self.compiler)
        kept = self.of_language(source) + self.language
        kept += self.forced_headers(source)
        kept = self.target_words() + kept + self.architecture()
        kit = self.kit_folders()
        kept += ["-I" + folder for folder in self.trace_headers(source, kit)]
        for folder in self.include_folders() + kit:
            kept += ["-imsvc", folder]
        if self.is_driver():
            kept = before_builtin(kept)
        if not any(word.startswith(("-winsys", "-winsdk", "-vctools"))
                   for word in kept) and "-X" not in kept:
            kept.append("-X")
        for overlay in self.overlay(source, kit, True):
            kept += ["-Xclang", "-ivfsoverlay", "-Xclang", overlay]
        return ["clang", "--driver-mode=cl", *kept, *CL_ADDED, "--", source]

    def of_language(self, source):
        """The words without the standard of the other language: MSVC takes one for
        each, clang the last."""
        is_c = self.language == ["-TC"] or \
            not self.language and _ending(source) == ".c"
        other = CL_CXX_STANDARD if is_c else CL_C_STANDARD
        return [word for word in self.kept if not other.fullmatch(word)]

    def include_folders(self):
        folders = [self.locate(folder) for folder in self.settings.include]
        folders = [f for f in dict.fromkeys(folders) if f not in self.folders]
        if folders:
            self.change("the folders of INCLUDE are added")
        return folders

    def forced_headers(self, source):
        """For headers that were precompiled, if the source relies on them."""
        forced = []
        for option, name in self.headers:
            self.change("%s: headers are not precompiled" % (option + name))
            name = name.replace("\\", "/")
            if option[1:] == "Yc" or not name or includes(source, name) or \
                    any(word.lower().endswith(name.lower())
                        for word in self.kept if word.startswith("-FI")):
                continue
            self.change("'%s' is included first, as the source does not do so" % name)
            forced.append("-FI" + self.forced(name))
        return forced

    def machine(self):
        """The architecture, and why it is that."""
        for name, macros in ARCHITECTURES.items():
            if macros[0].partition("=")[0] in self.macros:
                return name, "%s is defined" % macros[0].partition("=")[0]
        where = self.compiler.replace("\\", "/").lower()
        for name, pattern in (("aarch64", r"[/_]arm64/"), ("i686", r"[/_]x86/"),
                              ("x86_64", r"[/_](x64|amd64)/")):
            if re.search(pattern + r"[^/]*$", where):
                return name, "the compiler is '%s'" % self.compiler
        return "x86_64", "nothing tells another"

    def target_words(self):
        words = []
        if self.target:
            words.append("--target=" + self.target)
        elif not {"-m32", "-m64"} & set(self.kept):
            name, why = self.machine()
            words.append("--target=%s-pc-windows-msvc" % name)
            self.change("the target is %s, as %s" % (name, why))
        version = re.search(r"[\\/]MSVC[\\/]14\.(\d+)\.(\d+)[\\/]", self.compiler, re.I)
        if version and not any(word.startswith("-fms-compatibility-version")
                               for word in self.kept):
            words.append("-fms-compatibility-version=19.%s.%s" % version.groups())
            self.change("the version of the compiler is 19.%s" % version.group(1))
        return words

    def architecture(self):
        """What headers of the WDK ask for, if the command defines no such thing."""
        every = {macro.partition("=")[0] for macros in ARCHITECTURES.values()
                 for macro in macros}
        if every & set(self.macros) or not self.is_driver():
            return []
        target = self.target or self.machine()[0]
        machine = {"i386": "i686", "amd64": "x86_64", "arm64": "aarch64"}.get(
            target.partition("-")[0], target.partition("-")[0])
        macros = ARCHITECTURES.get(machine, ())
        if macros:
            self.change("%s is defined, as no macro names the architecture" %
                        macros[0].partition("=")[0])
        return ["-D" + macro for macro in macros]


def before_builtin(words):
    """Clang's own headers come behind those of the WDK, as in gcc's mode: the WDK has
    all that drivers need, and drivers redefine words that clang's rely on."""
    result, words = [], iter(words)
    for word in words:
        if word in ("-imsvc", "-external:I"):
            result += ["-Xclang", "-isystem", "-Xclang", next(words)]
        else:
            result.append(word)
    return result


@functools.lru_cache(maxsize=4096)
def _included(source):
    try:
        with open(source, "rb") as file:
            text = decode(file.read(1 << 20))
    except OSError:
        return frozenset()
    names = re.findall(r'^[ \t]*#[ \t]*include[ \t]*["<]([^">\n]+)', text, re.M)
    return frozenset(name.replace("\\", "/").lower().rsplit("/", 1)[-1]
                     for name in names)


def includes(source, name):
    """Whether the source itself includes the file of that name."""
    return name.lower().rsplit("/", 1)[-1] in _included(source)


# ---- Commands of gcc and clang ---------------------------------------------------

GNU_FOLDER = re.compile(r"(-isystem|-iquote|-idirafter|-iwithprefix|-isysroot|"
                        r"--sysroot=?|-I|-F)(.*)", re.S)
GNU_FILE = ("-include", "-imacros", "-include-pch", "-ivfsoverlay")
GNU_VALUED = {"-x", "-D", "-U", "-target", "-arch", "-std", "-Xlinker", "-Xassembler",
              "-Xpreprocessor", "-L", "-l", "-T", "-u", "-z", "-A", "--param",
              "-aux-info", "-b", "-V", "-iprefix", "-resource-dir"}
GNU_WRITES = {"-o", "-MF", "-MT", "-MQ", "-MJ", "-dumpbase", "-dumpdir", "-aux-info",
              "--serialize-diagnostics", "-serialize-diagnostics", "-wrapper", "-specs",
              "-mllvm"}


class _Gnu(_Repair):
    split = staticmethod(split_posix)

    def sort(self, words):
        words = iter(words)
        for word in words:
            if word == "--":
                self.sources += [self.locate(name) for name in words]
                return
            self.word(word, words)

    def word(self, word, words):
        if not word.startswith("-") or word == "-":
            self.sources.append(self.locate(word))
            return
        if word in GNU_WRITES:
            self.dropped.append(word)
            next(words, None)
            return
        if word == "-Xclang":
            self.pair(word, next(words, ""), words)
            return
        if word in ("-c", "-S", "-E") or HARMFUL.match(word) or \
                re.match(r"-o.|-f(no-)?diagnostics-color", word):
            self.dropped.append(word)
            return
        if word in GNU_FILE:
            self.kept += [word, self.named(next(words, ""))]
            return
        match = GNU_FOLDER.fullmatch(word)
        if match and (match.group(1) != "-F" or match.group(2)):
            option, name = match.groups()
            if option == "--sysroot=" or name:
                self.folder(option, name, True)
            else:
                self.folder(option, next(words, ""))
            return
        self.kept.append(word)
        if word in GNU_VALUED:
            value = next(words, "")
            self.kept.append(value)
            word += value
        if word.startswith("-D"):
            name, _, value = word[2:].partition("=")
            self.macros[name] = value or "1"

    def pair(self, word, value, words):
        if HARMFUL.match(value):
            self.dropped.append("%s %s" % (word, value))
            if value in ("-load", "-add-plugin", "-plugin"):
                next(words, None), next(words, None)
        elif value:
            self.kept += [word, value]

    def named(self, name):
        found = self.locate(name)
        return found if os.path.isfile(found) else name

    def folder(self, option, path, is_joined=False):
        if path.startswith("=") or not path:
            self.kept += [option + path] if is_joined else [option, path]
            return
        super().folder(option, path, is_joined)

    def arguments(self, source):
        kept = self.target_words() + self.kept
        kit = self.kit_folders() if self.is_for_windows(kept) else []
        for folder in kit:
            kept += ["-isystem", folder]
        is_msvc = any(re.match(r"(--target=)?[^-]+-.*-msvc", word) for word in kept)
        for overlay in self.overlay(source, kit, is_msvc):
            kept += ["-ivfsoverlay", overlay]
        return [self.compiler, *kept, source]

    @staticmethod
    def is_for_windows(words):
        return any(re.match(r"(--target=)?\w+-.*(windows|mingw|win32)", word)
                   for word in words)

    def target_words(self):
        """What the name of the compiler says: x86_64-w64-mingw32-gcc."""
        match = re.fullmatch(r"(\w+-\w+-mingw32\w*)-(gcc|g\+\+|cc|c\+\+|clang|clang\+\+)"
                             r"(-[\d.]+)?", base_name(self.compiler))
        if not match or any(word.startswith(("--target", "-target"))
                            for word in self.kept):
            return []
        self.change("the target is %s, as the compiler is '%s'" %
                    (match.group(1), self.compiler))
        return ["--target=" + match.group(1)]
