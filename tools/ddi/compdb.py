"""Compile databases: reads and writes them, an entry at a time."""
import codecs
import json
import os
import re
import subprocess
from dataclasses import dataclass

from .errors import Failure
from .files import whole
from .paths import last_part

NAME = "compile_commands.json"
CHUNK = 1 << 20


@dataclass
class Entry:
    """How a file is compiled: the words of the command, the compiler first.
    project: the project file that it is of, or ""."""
    directory: str
    file: str
    arguments: list
    output: str = ""
    project: str = ""

    def path(self):
        return os.path.normpath(os.path.join(self.directory, self.file))


@dataclass(frozen=True)
class Problem:
    """What could not be used; where: a file, with a line or the number of the entry.
    is_note: nothing is lost by it."""
    where: str
    message: str
    is_note: bool = False

    def __str__(self):
        return "%s: %s" % (self.where, self.message)


# ---- Command lines -------------------------------------------------------------

POSIX_WORD = re.compile(r"""(?:[^\s"'\\]+|\\.|\\$|'[^']*'|"(?:[^"\\]|\\.)*")+""", re.S)
POSIX_PART = re.compile(r"""([^"'\\]+)|\\(.?)|'([^']*)'|"((?:[^"\\]|\\.)*)\"""", re.S)


def split_posix(text):
    """The words of a command as a POSIX shell takes it apart, without expansions;
    ValueError if a quotation does not end."""
    if not re.search(r"[\"'\\]", text):
        return text.split()
    words, end = [], 0
    for match in POSIX_WORD.finditer(text):
        if text[end:match.start()].strip():
            break
        words.append("".join(map(_posix_part, POSIX_PART.finditer(match.group()))))
        end = match.end()
    if text[end:].strip():
        raise ValueError("a quotation does not end")
    return words


def _posix_part(match):
    plain, escaped, single, double = match.groups()
    if double is not None:
        return re.sub(r'\\([\\"])', r"\1", double)
    return next(part for part in (plain, escaped, single) if part is not None)


def split_windows(text, is_line=True):
    """The words of a command by the rules of CommandLineToArgvW; in a line the first
    is the program, in which a backslash is no escape."""
    words, at = [], 0
    if is_line:
        match = re.match(r'\s*(?:"([^"]*)"?|(\S+))', text)
        if not match:
            return []
        words.append(match.group(1) if match.group(2) is None else match.group(2))
        at = match.end()
    while True:
        at = _skip_blanks(text, at)
        if at >= len(text):
            return words
        word, at = _windows_word(text, at)
        words.append(word)


def _skip_blanks(text, at):
    while at < len(text) and text[at].isspace():
        at += 1
    return at


PLAIN = re.compile(r'[^\s"\\]+')
QUOTED = re.compile(r'[^"\\]+')


def _windows_word(text, at):
    """A word from its first character on, and where it ends."""
    parts, is_quoted = [], False
    while at < len(text):
        plain = (QUOTED if is_quoted else PLAIN).match(text, at)
        if plain:
            parts.append(plain.group())
            at = plain.end()
            continue
        if text[at].isspace():
            break
        slashes = at
        while at < len(text) and text[at] == "\\":
            at += 1
        slashes = at - slashes
        if at >= len(text) or text[at] != '"':
            parts.append("\\" * slashes)
            continue
        parts.append("\\" * (slashes // 2))
        if slashes % 2:
            parts.append('"')
        elif is_quoted and text[at + 1:at + 2] == '"':
            parts.append('"')
            at += 1
        else:
            is_quoted = not is_quoted
        at += 1
    return "".join(parts), at


PROGRAM = re.compile(r"""\s*(?:"([^"]*)"|(\S*))""")


def is_of_windows(command):
    """Whether a command was written for Windows: so says its program."""
    quoted, plain = PROGRAM.match(command).groups()
    program = (quoted or plain or "").lower()
    return program.endswith(".exe") or re.match(r"[a-z]:[\\/]|\\\\", program) or \
        last_part(program) == "cl"


def split_command(text):
    """The words of a command; ValueError as split_posix."""
    return split_windows(text) if is_of_windows(text) else split_posix(text)


# ---- Reading -------------------------------------------------------------------


def database_path(build):
    """Of the database that is meant by its folder or by its own name."""
    return os.path.join(build, NAME) if os.path.isdir(build) else build


def _encoding(path):
    with open(path, "rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig"


class _Elements:
    """The elements of the array in a file, of which only a part is in memory."""

    def __init__(self, path, file):
        self.path, self.file = path, file
        self.text, self.at = "", 0
        self.lines = 0  # before the text
        self.is_whole = False

    def more(self, size=CHUNK):
        self.lines += self.text.count("\n", 0, self.at)
        read = self.file.read(size)
        self.is_whole = not read
        self.text = self.text[self.at:] + read
        self.at = 0
        return bool(read)

    def peek(self):
        """The next character that is no blank; "" at the end."""
        while True:
            match = BLANKS.match(self.text, self.at)
            self.at = match.end()
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def fail(self, what, at=None):
        line = self.lines + self.text.count("\n", 0, at or self.at) + 1
        raise Failure("'%s' is no compile database: line %d: %s; let the build write "
                      "it again" % (self.path, line, what))

    def element(self):
        size = CHUNK
        while True:
            try:
                value, end = DECODER.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated string") or \
                    error.pos >= len(self.text) - 16
                if cut and not self.is_whole:
                    self.more(size)
                    size *= 2
                    continue
                is_end = not self.text[error.pos:].strip() or \
                    error.msg.startswith("Unterminated string")
                self.fail("the file is cut off" if is_end else error.msg, error.pos)
            except (ValueError, RecursionError):
                self.fail("a value is too large or too deep")
            # A number may go on; no entry is one.
            self.at = end
            return value

    def __iter__(self):
        first = self.peek()
        if first != "[":
            self.fail("it is empty" if not first else "it must be an array")
        self.at += 1
        if self.peek() == "]":
            self.at += 1
        else:
            yield from self.values()
        if self.peek():
            self.fail("text behind the array")

    def values(self):
        while True:
            if not self.peek():
                self.fail("the file is cut off")
            yield self.element()
            after = self.peek()
            self.at += 1
            if after == "]":
                return
            if after != ",":
                self.at -= 1
                self.fail("the file is cut off" if not after else
                          "',' or ']' expected")


BLANKS = re.compile(r"[ \t\r\n]*")
DECODER = json.JSONDecoder()


def read(path, problems=None):
    """Yields the entries of a database, given as file or folder.  What is wrong with
    an entry is added to problems; Failure if the file is no JSON array."""
    path = database_path(path)
    problems = [] if problems is None else problems
    try:
        with open(path, encoding=_encoding(path),
                  errors="surrogateescape") as file:
            for number, value in enumerate(_Elements(path, file), 1):
                try:
                    yield _entry(value)
                except ValueError as error:
                    problems.append(Problem("%s: entry %d" % (path, number),
                                            str(error)))
    except OSError as error:
        raise Failure("cannot read '%s': %s; let the build write it, or make one "
                      "with ddi-scan compdb" % (path, error.strerror))
    except UnicodeError as error:
        raise Failure("'%s' is no compile database: it is not UTF-8: %s" %
                      (path, error.reason))


def _string(value, key):
    text = value.get(key)
    if not isinstance(text, str) or not text:
        raise ValueError("it has no '%s'" % key)
    return text


def _entry(value):
    """ValueError says what is wrong with it."""
    if not isinstance(value, dict):
        raise ValueError("it is no object")
    directory, file = _string(value, "directory"), _string(value, "file")
    words = value.get("arguments")
    if words is None:
        words = split_command(_string(value, "command"))
    if not isinstance(words, list) or not words or \
            not all(isinstance(word, str) for word in words):
        raise ValueError("its command is no list of words")
    output, project = value.get("output") or "", value.get("project") or ""
    texts = [directory, file, *words, output, project]
    if not isinstance(output, str) or not isinstance(project, str):
        raise ValueError("'output' or 'project' is no text")
    whole = "".join(texts)
    if "\0" in whole:
        raise ValueError("it holds a NUL character")
    try:
        whole.encode()
    except UnicodeEncodeError:
        raise ValueError("it is not UTF-8")
    return Entry(directory, file, words, output, project)


# ---- Writing -------------------------------------------------------------------


def as_json(entry):
    """The entry as one line of a database, without its project: clang refuses a whole
    database in which there is a key that it does not know."""
    value = {"directory": entry.directory, "file": entry.file,
             "arguments": entry.arguments}
    if entry.output:
        value["output"] = entry.output
    return json.dumps(value, ensure_ascii=False)


def write(entries, path):
    """Writes the database, whole or not at all; returns how many entries it has."""
    count = 0
    try:
        with whole(path, encoding="utf-8") as out:
            out.write("[")
            for entry in entries:
                out.write(",\n" if count else "\n")
                out.write(as_json(entry))
                count += 1
            out.write("\n]\n")
    except OSError as error:
        raise Failure("cannot write '%s': %s" % (path, error.strerror))
    return count


# ---- For tools that take a whole database --------------------------------------


def read_database(build):
    """(path, directory, words) of every entry; Failure if one cannot be used."""
    problems = []
    commands = [(entry.path(), entry.directory, entry.arguments)
                for entry in read(os.path.join(build, NAME), problems)]
    if problems:
        raise Failure("'%s' is no compile database: %s" %
                      (os.path.join(build, NAME), problems[0].message))
    return commands


def choose(commands, files):
    """Those of the files, or all; Failure for a file that is not there."""
    if not commands:
        raise Failure("the compile database names no files")
    if not files:
        return commands
    known = {path for path, _, _ in commands}
    wanted = [os.path.abspath(file) for file in files]
    for file, path in zip(files, wanted):
        if path not in known:
            raise Failure("'%s' is not in the compile database" % file)
    return [command for command in commands if command[0] in wanted]


def matching_clang(ddi_check, option="--ddi-check"):
    """The clang of the LLVM that ddi-check was built with."""
    try:
        text = subprocess.run([ddi_check, "--version"], stdout=subprocess.PIPE,
                              text=True).stdout
    except OSError as error:
        raise Failure("cannot run '%s': %s; build it, or name it with %s" %
                      (ddi_check, error.strerror, option))
    version = re.search(r"LLVM (\d+)", text)
    if not version:
        raise Failure("'%s --version' names no LLVM version" % ddi_check)
    clang = "/usr/lib/llvm-%s/bin/clang" % version.group(1)
    return clang if os.path.exists(clang) else "clang-" + version.group(1)


def without_outputs(arguments):
    """The compiler's flags: not its name, not what it writes."""
    kept, words = [], iter(arguments[1:])
    for word in words:
        if word in ("-o", "-MF", "-MT", "-MQ"):
            next(words, None)
        elif word not in ("-c", "-S", "-E", "-MD", "-MMD", "-MP", "-MG"):
            kept.append(word)
    return kept
