"""Values and conditions of MSBuild: $(Name), property functions, and what decides
whether an element counts.  Nothing is run."""
import ntpath
import operator
import os
import re

from ..errors import Failure
from ..paths import last_part

LONGEST = 1 << 20
DEEPEST = 40


class Unknown(Exception):
    """A function or an expression that is not known here."""


def unescape(text):
    """With the characters that %3B and the like stand for; %00 stands for none."""
    return re.sub(r"%(?!00)([0-9A-Fa-f]{2})", lambda m: chr(int(m.group(1), 16)), text)


class Values:
    """Properties, and what asks for them.  tell: is called with what is not known;
    files: answers for names of files: above(folder, name), exists(path)."""

    def __init__(self, tell, files):
        self.properties, self.tell, self.files = {}, tell, files

    def get(self, name):
        return self.properties.get(name.lower(), "")

    def set(self, name, value):
        self.properties[name.lower()] = value

    # ---- Values ----------------------------------------------------------------

    def expand(self, text, depth=0):
        """The text with its properties in place."""
        if "$(" not in text:
            return text
        if depth > DEEPEST:
            raise Failure("a value is nested too deep")
        parts, at, length = [], 0, 0
        while True:
            start = text.find("$(", at)
            if start < 0:
                parts.append(text[at:])
                break
            parts.append(text[at:start])
            end = closing(text, start + 1)
            if end < 0:
                parts.append(text[start:])
                break
            parts.append(self.value(text[start + 2:end], depth + 1))
            length += len(parts[-1])
            if length > LONGEST:
                raise Failure("a value is longer than %d characters" % LONGEST)
            at = end + 1
        return "".join(parts)

    def value(self, text, depth):
        """Of what stands between $( and )."""
        text = text.strip()
        if re.fullmatch(r"[\w.-]+", text) and text.lower() in self.properties:
            return self.get(text)
        if re.fullmatch(r"[\w-]+", text):
            return ""
        try:
            return self.function(text, depth)
        except (Unknown, ValueError, IndexError, TypeError):
            self.tell("'$(%s)' is not known here, and left empty" % text[:100])
            return ""

    def function(self, text, depth):
        match = re.match(r"\[([\w.]+)\]::(\w+)\s*", text)
        if match:
            rest = text[match.end():]
            arguments, rest = self.arguments(rest, depth)
            value = self.static(match.group(1).lower(), match.group(2).lower(),
                                arguments)
        else:
            match = re.match(r"[\w-]+", text)
            if not match:
                raise Unknown
            value, rest = self.get(match.group()), text[match.end():]
        while rest.strip():
            match = re.match(r"\s*\.(\w+)\s*", rest)
            index = re.match(r"\s*\[(\d+)\]", rest)
            if index and isinstance(value, list):
                value, rest = value[int(index.group(1))], rest[index.end():]
            elif match:
                arguments, rest = self.arguments(rest[match.end():], depth)
                value = method(value, match.group(1).lower(), arguments)
            else:
                raise Unknown
        return value if isinstance(value, str) else spelled(value)

    def arguments(self, text, depth):
        """Those in the parentheses that the text begins with, and what follows."""
        if not text.startswith("("):
            return [], text
        end = closing(text, 0)
        if end < 0:
            raise Unknown
        found = [self.expand(unquote(part), depth)
                 for part in split_arguments(text[1:end])]
        return found, text[end + 1:]

    def static(self, owner, name, arguments):
        owner = owner.rpartition(".")[2]
        if name == "getpathoffileabove":
            file, folder = (arguments + [self.get("MSBuildThisFileDirectory")])[:2]
            return self.files.above(folder, file)
        if name == "getdirectorynameoffileabove":
            return os.path.dirname(self.files.above(*arguments))
        if name == "getlatestsdktargetplatformversion":
            return self.get("WindowsTargetPlatformVersion") or "10.0.22621.0"
        known = FUNCTIONS.get((owner, name))
        if not known:
            raise Unknown
        return known(*arguments)

    # ---- Conditions ------------------------------------------------------------

    def holds(self, condition):
        """Whether the condition holds; one that is not understood is told, and does
        not."""
        if not condition or not condition.strip():
            return True
        try:
            return Condition(self, condition).value()
        except (Unknown, RecursionError):
            self.tell("condition \"%s\" is not understood, and taken as false" %
                      condition[:100])
            return False


def closing(text, at):
    """Where the parenthesis ends that begins there; -1 if it does not."""
    depth, quote = 0, ""
    for position in range(at, len(text)):
        c = text[position]
        if quote:
            quote = "" if c == quote else quote
        elif c in "'\"`" and depth > 1:
            quote = c
        elif c == "(":
            depth += 1
        elif c == ")":
            depth -= 1
            if not depth:
                return position
    return -1


def split_arguments(text):
    parts, start, depth, quote = [], 0, 0, ""
    for position, c in enumerate(text):
        if quote:
            quote = "" if c == quote else quote
        elif c in "'\"`":
            quote = c
        elif c in "()":
            depth += 1 if c == "(" else -1
        elif c == "," and not depth:
            parts.append(text[start:position])
            start = position + 1
    parts.append(text[start:])
    return [part.strip() for part in parts] if text.strip() else []


def unquote(text):
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"`":
        return text[1:-1]
    return text


def spelled(value):
    if isinstance(value, bool):
        return "True" if value else "False"
    return ";".join(value) if isinstance(value, list) else str(value)


def method(value, name, arguments):
    """Of a string."""
    if not isinstance(value, str) or name not in METHODS:
        raise Unknown
    return METHODS[name](value, *arguments)


def _cut(value, start, length=None):
    start = int(start)
    return value[start:] if length is None else value[start:start + int(length)]


def _split(value, separators):
    return re.split("[%s]" % re.escape(separators), value) if separators else [value]


METHODS = {
    "replace": lambda s, old, new: s.replace(old, new) if old else s,
    "trim": lambda s, what=None: s.strip(what),
    "trimend": lambda s, what=None: s.rstrip(what),
    "trimstart": lambda s, what=None: s.lstrip(what),
    "endswith": lambda s, end: s.endswith(end),
    "startswith": lambda s, start: s.startswith(start),
    "contains": lambda s, part: part in s,
    "tolower": lambda s: s.lower(), "tolowerinvariant": lambda s: s.lower(),
    "toupper": lambda s: s.upper(), "toupperinvariant": lambda s: s.upper(),
    "tostring": lambda s: s, "length": len, "substring": _cut, "split": _split,
    "indexof": lambda s, part: s.find(part),
    "lastindexof": lambda s, part: s.rfind(part),
}


def _combine(*parts):
    return ntpath.join(*parts).replace("\\", "/")


def _normal(*parts):
    path = _combine(*parts)
    return os.path.normpath(path.replace("\\", "/"))


def _folder(path):
    return path.replace("\\", "/").rpartition("/")[0]


def _with_slash(path):
    return path if not path or path.endswith(("/", "\\")) else path + "/"


def _number(text):
    return float(text) if "." in text else int(text, 0)


FUNCTIONS = {
    ("path", "combine"): _combine,
    ("path", "getfullpath"): _normal,
    ("path", "getdirectoryname"): _folder,
    ("path", "getfilename"): last_part,
    ("path", "getfilenamewithoutextension"): lambda p: os.path.splitext(last_part(p))[0],
    ("path", "getextension"): lambda p: os.path.splitext(last_part(p))[1],
    ("path", "ispathrooted"): lambda p: bool(re.match(r"[A-Za-z]:|[\\/]", p)),
    ("string", "copy"): lambda s: s,
    ("string", "isnullorempty"): lambda s="": not s,
    ("string", "isnullorwhitespace"): lambda s="": not s.strip(),
    ("string", "concat"): lambda *parts: "".join(parts),
    ("msbuild", "ensuretrailingslash"): _with_slash,
    ("msbuild", "normalizepath"): _normal,
    ("msbuild", "normalizedirectory"): lambda *p: _with_slash(_normal(*p)),
    ("msbuild", "valueordefault"): lambda value, other: value or other,
    ("msbuild", "escape"): lambda s: s, ("msbuild", "unescape"): unescape,
    ("msbuild", "add"): lambda a, b: str(_number(a) + _number(b)),
    ("msbuild", "subtract"): lambda a, b: str(_number(a) - _number(b)),
    ("runtimeinformation", "osarchitecture"): lambda: "X64",
    ("msbuild", "isosplatform"): lambda name: name.lower() == "windows",
}

TOKEN = re.compile(r"\s*('(?:[^']*)'|==|!=|>=|<=|<|>|\(|\)|!|,|"
                   r"(?:and|or)(?![\w.])|[\w.+-]+(?=\s*\()|"
                   r"[^\s'()=!<>,]+)", re.I)


class Condition:
    """Of an element.  What parses returns what decides: behind a false 'and', nothing
    is asked."""

    def __init__(self, values, text):
        self.values = values
        self.tokens = self.read(text)
        self.at = 0

    def read(self, text):
        tokens, at = [], 0
        while text[at:].strip():
            start = re.compile(r"\s*").match(text, at).end()
            if text.startswith("$(", start):
                end = closing(text, start + 1)
                if end < 0:
                    raise Unknown
                tokens.append("'" + text[start:end + 1])
                at = end + 1
                continue
            quoted = text[start] == "'" and self.quoted(text, start)
            if quoted:
                tokens.append("'" + text[start + 1:quoted - 1])
                at = quoted
                continue
            match = TOKEN.match(text, at)
            if not match:
                raise Unknown
            tokens.append(match.group(1))
            at = match.end()
        return tokens

    @staticmethod
    def quoted(text, start):
        """Where the string ends: quotes inside $(...) belong to what is called."""
        at = start + 1
        while at < len(text):
            if text.startswith("$(", at):
                end = closing(text, at + 1)
                at = end + 1 if end > 0 else at + 2
            elif text[at] == "'":
                return at + 1
            else:
                at += 1
        raise Unknown

    def value(self):
        decide = self.any()
        if self.at < len(self.tokens):
            raise Unknown
        return decide()

    def peek(self):
        return self.tokens[self.at].lower() if self.at < len(self.tokens) else ""

    def next(self):
        if self.at >= len(self.tokens):
            raise Unknown
        self.at += 1
        return self.tokens[self.at - 1]

    def any(self):
        parts = [self.all()]
        while self.peek() == "or":
            self.next()
            parts.append(self.all())
        return lambda: any(part() for part in parts)

    def all(self):
        parts = [self.one()]
        while self.peek() == "and":
            self.next()
            parts.append(self.one())
        return lambda: all(part() for part in parts)

    def one(self):
        token = self.peek()
        if token == "!":
            self.next()
            inner = self.one()
            return lambda: not inner()
        if token == "(":
            self.next()
            inner = self.any()
            self.expect(")")
            return inner
        if token in ("exists", "hastrailingslash"):
            self.next()
            self.expect("(")
            path = self.operand()
            self.expect(")")
            if token == "exists":
                return lambda: self.values.files.exists(path())
            return lambda: path().endswith(("/", "\\"))
        return self.comparison()

    def expect(self, token):
        if self.next() != token:
            raise Unknown

    def operand(self):
        token = self.next()
        if token in (*COMPARISONS, "==", "!=", "(", ")", "!", ","):
            raise Unknown
        return lambda: self.values.expand(token[1:] if token.startswith("'") else token)

    def comparison(self):
        left = self.operand()
        sign = self.peek()
        if sign not in COMPARISONS and sign not in ("==", "!="):
            return lambda: truth(left())
        self.next()
        right = self.operand()
        if sign == "==":
            return lambda: is_equal(left(), right())
        if sign == "!=":
            return lambda: not is_equal(left(), right())
        return lambda: COMPARISONS[sign](number(left()), number(right()))


COMPARISONS = {"<": operator.lt, ">": operator.gt, "<=": operator.le,
               ">=": operator.ge}


def truth(text):
    if text.lower() in ("true", "on", "yes"):
        return True
    if text.lower() in ("false", "off", "no", ""):
        return False
    raise Unknown


def is_equal(left, right):
    if left.lower() == right.lower():
        return True
    try:
        return number(left) == number(right)
    except Unknown:
        return False


def number(text):
    """A number, or a version as its numbers, for comparison."""
    text = text.strip()
    if re.fullmatch(r"0[xX][0-9A-Fa-f]+", text):
        return [int(text, 16)]
    if not re.fullmatch(r"-?\d{1,20}(\.\d{1,20})*", text):
        raise Unknown
    numbers = [int(part) for part in text.lstrip("-").split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return [-numbers[0], *numbers[1:]] if text.startswith("-") else numbers
