"""check_messages.py RULES TESTS: each message of a rule's table stands in full in a
fixture of that rule, or of what all rules rest on, with the rule's name."""
import glob
import os
import re
import sys

rules, tests = sys.argv[1:]
ERROR = re.compile(r'\.error\s*=\s*((?:"(?:[^"\\]|\\.)*"[\s\\]*)+)')
FOLDERS = "wdm", "kmdf", "ndis", "flt", "storport", "ks", "sal"
NAME = re.compile(r'"((?:%s)\.\w+)"' % "|".join(FOLDERS))
COVERED = re.compile(r"ddi_covered covers\[\] = \{.*?\};", re.S)
MACRO = re.compile(r"^#define (\w+)((?:.*\\\n)*.*\n)", re.M)
SHARED = re.compile(r'#include "(?!ddi_rule)(\w+\.h)"')
PLACEHOLDERS = {"%c": r"\w+", "%o": r"[^']+", "%b": r"it may be called .+",
                "%l": r"(?:DIRQL|[A-Z]+_LEVEL)\b.*", "%n": r"[^']+",
                "%r": r"'\w+' \(.+?\)"}
TEXT = re.compile(r"\{\{(.*?)\}\}")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def macros(text):
    """Of the headers that the text includes, and of those that they include."""
    for header in SHARED.findall(text):
        inner = read(os.path.join(rules, header))
        yield from macros(inner)
        yield from MACRO.findall(inner)


def with_macros(text):
    """The text, and what the macros stand for that it uses."""
    unused = dict(macros(text))
    while used := [name for name in unused if re.search(r"\b%s\b" % name, text)]:
        text += "".join(unused.pop(name) for name in used)
    return text


def messages(path):
    for match in ERROR.finditer(with_macros(read(path))):
        yield "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match.group(1)))


problems = []
checked = 0
for path in sorted(glob.glob(os.path.join(rules, "*", "*.c"))):
    name = NAME.search(COVERED.sub("", read(path)))
    folder, stem = path[:-2].split(os.sep)[-2:]
    if folder not in FOLDERS or not name:
        continue
    fixtures = glob.glob(os.path.join(tests, folder, stem + "*.c"))
    fixtures += glob.glob(os.path.join(tests, "engine", "*.c"))
    texts = [text for each in fixtures for text in TEXT.findall(read(each))]
    for message in set(messages(path)):
        words = re.escape(message)
        for placeholder, meaning in PLACEHOLDERS.items():
            words = words.replace(placeholder, meaning)
        full = re.compile(words + re.escape(" [ddi.%s]" % name.group(1)) + "$")
        checked += 1
        if not any(full.match(text) for text in texts):
            problems.append("%s: no fixture has: %s" % (name.group(1), message))
if checked < 50:
    problems.append("only %d messages found in %s" % (checked, rules))
if problems:
    sys.exit("\n".join(sorted(problems)))
