"""Stands in for what the WPP preprocessor writes in a build: headers (.tmh) that
define the functions that trace.  Here they do nothing."""
import os
import re

from .paths import last_part
from .store import digest, keep

INCLUDED = re.compile(r'^[ \t]*#[ \t]*include[ \t]*["<]([^">\r\n]+\.tmh)[">]',
                      re.M | re.I)
CONFIGURES = re.compile(r"begin_wpp|USEPREFIX|USESUFFIX|WPP_CONTROL_GUIDS", re.I)
FUNCTION = re.compile(r"^[ \t]*(?://|\*)?[ \t]*(?:FUNC[ \t]+|USE(?:PRE|SUF)FIX[ \t]*"
                      r"\([ \t]*)([A-Za-z_]\w*)", re.M)
IN_PROJECT = re.compile(r"<WppTraceFunction[^>]*>\s*(\w+)|-func:\s*(\w+)", re.I)
NOTHING = ("WPP_INIT_TRACING", "WPP_CLEANUP", "WPP_REGISTER", "DoTraceMessage")
ZERO = ("WPP_FLAG_ENABLED", "WPP_LEVEL_ENABLED", "WPP_LEVEL_FLAGS_ENABLED",
        "WPP_TRACE_CONTROL")
EMPTY = ("WPP_SYSTEMCONTROL", "WPP_SYSTEMCONTROL2")
LEVELS = ("NONE", "FATAL", "ERROR", "WARNING", "INFORMATION", "VERBOSE", "RESERVED6",
          "RESERVED7", "RESERVED8", "RESERVED9")


class Traces:
    """Writes the headers into the work folder, once for a set of folders."""

    def __init__(self, work, overlays):
        self.work, self.overlays, self.written = work, overlays, {}

    def folder(self, folders, directory):
        """The folder of headers for sources in the folders, or "" if none is missing;
        directory: where the project file may be."""
        key = (*folders, directory)
        if key not in self.written:
            self.written[key] = self._write(folders, directory)
        return self.written[key]

    def of_projects(self, directory):
        """The functions that project files, and configurations of WPP, name."""
        found = set()
        for lower, name in self.overlays.disk.names(directory).items():
            if lower.endswith(".vcxproj"):
                pairs = IN_PROJECT.findall(_text(os.path.join(directory, name)))
                found |= {one for pair in pairs for one in pair if one}
            elif lower.endswith(".ini"):
                found |= set(FUNCTION.findall(_text(os.path.join(directory, name))))
        return found

    def _write(self, folders, directory):
        trees = [self.overlays.tree(folder) for folder in folders]
        files = [file for tree in trees if not tree.is_cut for file in tree.files]
        there = {os.path.basename(file).lower() for file in files
                 if file.lower().endswith(".tmh")}
        names, functions = set(), self.of_projects(directory)
        for file in files:
            text = _text(file)
            names |= {last_part(name) for name in INCLUDED.findall(text)}
            if CONFIGURES.search(text):
                functions |= set(FUNCTION.findall(text))
        names = sorted(name for name in names if name.lower() not in there)
        if not names:
            return ""
        data = header(functions).encode()
        folder = os.path.join(self.work, "wpp-" + digest(
            "\0".join([*names, data.decode()]).encode("utf-8", "replace")))
        for name in names:
            keep(folder, name, data)
        return folder


def _text(file):
    try:
        with open(file, "rb") as opened:
            return opened.read(1 << 17).decode("latin-1")
    except OSError:
        return ""


def header(functions):
    """The text of a header for functions of these names."""
    macros = [(name + "(...)", "((void)0)") for name in sorted({*functions, *NOTHING})]
    macros += [(name + "(...)", "0") for name in ZERO]
    macros += [(name + "(...)", "") for name in EMPTY]
    macros += [("TRACE_LEVEL_" + name, str(level)) for level, name in enumerate(LEVELS)]
    macros.append(("TRACE_LEVEL_CRITICAL", "1"))
    return "".join("#ifndef %s\n#define %s %s\n#endif\n" % (
        name.partition("(")[0], name, value) for name, value in macros)
