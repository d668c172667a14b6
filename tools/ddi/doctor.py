"""Tells whether the files of a build can be parsed, and what to do where not."""
import collections
import os
import re
import shlex
import subprocess
import tempfile

from . import compdb
from .command import normalise, of_build
from .errors import Failure
from .paths import Disk, last_part

NOT_FOUND = re.compile(r"'([^']+)' file not found")
KIT_HEADERS = {"ntddk.h", "wdm.h", "ntifs.h", "ntdef.h", "wdf.h", "fltkernel.h",
               "ndis.h", "storport.h", "warning.h", "ntstrsafe.h", "initguid.h",
               "driverspecs.h", "ks.h", "portcls.h", "usb.h", "hidport.h", "fwpsk.h"}
KIT_VERSION = re.compile(r"[\\/]Include[\\/](\d+\.\d+\.\d+\.\d+)[\\/]", re.I)
MOST_SEARCHED = 200000


def diagnose(build, settings, ddi_check, jobs, out):
    """Prints to out what the files of the database are like; returns 0 if all parse,
    3 if some do not.  Failure if there is nothing to look at."""
    commands, problems = of_build(build, settings)
    said = parse(commands, ddi_check, jobs)
    reasons = [reason_of(command.file, said) for command in commands]
    files = {}
    for command, reason in zip(commands, reasons):
        files[command.file] = files.get(command.file) or reason
    for file, reason in files.items():
        print("%s %s%s" % ("fails" if reason else "parses", shown(file),
                           ": " + shown(reason) if reason else ""), file=out)
    for problem in problems:
        print("unusable %s" % shown(str(problem)), file=out)
    report = _Report(build, settings, commands, files, out)
    report.repairs()
    report.missing()
    report.kit()
    report.advice(problems)
    failed = sum(map(bool, files.values()))
    print("%d of %d files parse" % (len(files) - failed, len(files)), file=out)
    return 3 if failed or problems else 0


def shown(text):
    """On one line."""
    return re.sub(r"[\x00-\x1f\x7f]", lambda m: "\\x%02x" % ord(m.group()), text)


def parse(commands, ddi_check, jobs):
    """What ddi-check says of the files when it only reads them."""
    usable = [command for command in commands if os.path.isdir(command.directory)]
    if not usable:
        return ""
    with tempfile.TemporaryDirectory(prefix="ddi-scan-") as folder:
        compdb.write((command.entry() for command in usable),
                     os.path.join(folder, compdb.NAME))
        words = [ddi_check, "--roles", "--no-cache", "-p", folder]
        words += ["-j", str(jobs)] if jobs else []
        try:
            run = subprocess.run(words, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        except OSError as error:
            raise Failure("cannot run '%s': %s; build it, or name it with --ddi-check" %
                          (ddi_check, error.strerror))
    said = run.stderr.decode("utf-8", "replace")
    if run.returncode not in (0, 2, 3):
        line = said.strip().splitlines() or ["it ended with status %d" % run.returncode]
        raise Failure("'%s': %s" % (ddi_check, line[-1]))
    return said


def reason_of(file, said):
    """Why the file was not analysed, or ""."""
    if not os.path.isfile(file):
        return "there is no such file"
    mark = "error: '%s' was not analysed: " % file
    at = said.find(mark)
    if at < 0:
        return ""
    return said[at + len(mark):].partition("\n")[0] or "no reason is known"


class _Report:
    def __init__(self, build, settings, commands, files, out):
        self.build, self.settings, self.out = build, settings, out
        self.commands, self.files = commands, files
        self.headers = collections.Counter()
        for reason in files.values():
            self.headers.update(NOT_FOUND.findall(reason or ""))

    def print(self, text):
        print(shown(text), file=self.out)

    def counted(self, title, texts):
        """Each text with the number of files that it is of, the most frequent first."""
        counts = collections.Counter(texts)
        if counts:
            self.print(title)
        for text, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
            self.print("  %d: %s" % (count, text))

    def repairs(self):
        self.counted("repaired, with the number of commands:",
                     (text for command in self.commands for text in command.changes))

    def missing(self):
        self.counted("not to be repaired, with the number of commands:",
                     (text for command in self.commands for text in command.problems))
        self.counted("headers that are missing, with the number of files:",
                     self.headers.elements())
        if any(self.files.values()):
            self.counted("folders that are searched for headers and not there:",
                         (text for command in self.commands
                          for text in command.missing))

    def kit_version(self):
        versions = {match.group(1) for command in self.commands
                    for word in command.arguments
                    for match in KIT_VERSION.finditer(word + "/")}
        return ", ".join(sorted(versions))

    def kit(self):
        versions, kit = self.kit_version(), self.settings.wdk
        if versions:
            self.print("WDK: " + versions)
        elif kit:
            self.print("WDK: in '%s', of a version that no folder names" % kit.root)
        else:
            self.print("WDK: none is named")

    # ---- What to do ------------------------------------------------------------

    def advice(self, problems):
        every = [*self.of_names(), *self.of_headers()]
        if problems:
            every.append("write the database again: %d entries of it cannot be used" %
                         len(problems))
        rest = sum(1 for reason in self.files.values()
                   if reason and not NOT_FOUND.search(reason))
        if not every and rest:
            every.append("see `ddi-scan doctor -p %s --explain-command FILE` for one "
                         "that fails" % shlex.quote(self.build))
        self.print("what to do:" if every else "nothing is to be done")
        for text in dict.fromkeys(every):
            self.print("  " + text)

    def of_names(self):
        """For paths of Windows that lie somewhere here."""
        paths = [match.group(1) for command in self.commands
                 for text in command.problems
                 for match in [re.match(r"no --path-map covers '(.*)'$", text, re.S)]
                 if match]
        if not paths:
            return
        found = None
        for path in sorted(set(paths), key=lambda p: (-p.count("/"), p)):
            found = found or suggest(path, self.build, self.settings.disk)
        yield "tell where the sources are: --path-map %s" % (
            shlex.quote("=".join(found)) if found else
            shlex.quote(paths[0].split("/")[0] + "/...=FOLDER"))

    def of_headers(self):
        names = {last_part(header).lower() for header in self.headers}
        if names & KIT_HEADERS and not self.settings.wdk:
            yield "name the headers of the WDK: --wdk-root FOLDER (the one above " \
                "'Include', or an unpacked NuGet package)"
        traced = sorted(name for name in names if name.endswith(".tmh"))
        if traced:
            yield "%s: the build makes them (WPP); scan where it has run, with its " \
                "folder of intermediate files among the -I" % ", ".join(traced[:5])
        rest = {header for header in self.headers
                if not header.lower().endswith(".tmh") and
                last_part(header).lower() not in KIT_HEADERS}
        yield from self.elsewhere(rest)

    def elsewhere(self, headers):
        """Where headers lie that no -I leads to."""
        if not headers:
            return
        where = find_headers(common_folder(self.files), headers)
        for header in sorted(headers):
            if header in where:
                yield "'%s' is in '%s', which no -I names" % (header, where[header])
            else:
                yield "'%s' is nowhere near the sources: does the build make it, or " \
                    "is it of a kit that is not here?" % header


def common_folder(files):
    """Above all files; "" if they have no more in common than the root."""
    folders = [os.path.dirname(file) for file in files if os.path.isabs(file)]
    top = os.path.commonpath(folders) if folders else "/"
    above = os.path.dirname(top)
    return above if above.count("/") > 1 else top if top.count("/") > 1 else ""


def find_headers(top, headers):
    """The folder of each header that is somewhere below top."""
    wanted = {header.replace("\\", "/").lower(): header for header in headers}
    found, walked = {}, 0
    for folder, folders, names in os.walk(top) if top else ():
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        walked += len(names)
        if walked > MOST_SEARCHED or len(found) == len(wanted):
            break
        for name in names:
            path = os.path.join(folder, name)
            for tail, header in wanted.items():
                if tail.endswith(name.lower()) and \
                        path.lower().endswith("/" + tail):
                    found.setdefault(header, path[:-len(tail) - 1])
    return found


def suggest(path, build, disk=None):
    """(FROM, TO) for a path of Windows, if what it names lies near the database."""
    disk = disk or Disk()
    parts = path.split("/")
    folder = os.path.abspath(build if os.path.isdir(build) else os.path.dirname(build))
    near = [folder]
    while os.path.dirname(near[-1]) != near[-1] and len(near) < 6:
        near.append(os.path.dirname(near[-1]))
    for start in range(1, len(parts)):
        for top in near:
            if top != "/" and disk.spelling(os.path.join(top, *parts[start:])):
                return "/".join(parts[:start]) + ("/" if start == 1 else ""), top
    return None


def explain(build, file, settings, out):
    """Prints what becomes of the commands of a file; Failure if it has none."""
    wanted = os.path.abspath(file)
    count = 0
    for entry in compdb.read(build, []):
        for command in normalise(entry, settings):
            if command.file not in (wanted, file):
                continue
            count += 1
            lines = ["directory: " + command.directory,
                     "was: " + shlex.join(entry.arguments),
                     "is: " + shlex.join(command.arguments)]
            lines += ["repaired: " + text for text in command.changes]
            lines += ["not to be repaired: " + text for text in command.problems]
            lines += ["no such folder: " + text for text in command.missing]
            print("\n".join(map(shown, lines)), file=out)
    if not count:
        raise Failure("'%s' is not in '%s'; add it to the build" %
                      (file, compdb.database_path(build)))
    return 0
