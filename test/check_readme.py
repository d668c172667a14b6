"""check_readme.py TESTS: each function that the table of README.md names is in the
fixture it names, and no function of a fixture has a name of another kind."""
import os
import re
import sys

tests = sys.argv[1]
ROW = re.compile(r"^\|.*\|$")
NAME = re.compile(r"`((?:\w+/)+\w+\.(?:c|cpp)):(\w+)`")
problems = []
sources = {}


def source(path):
    if path not in sources:
        try:
            with open(os.path.join(tests, path)) as file:
                sources[path] = file.read()
        except FileNotFoundError:
            problems.append("README.md: there is no " + path)
            sources[path] = None
    return sources[path]


named = 0
with open(os.path.join(tests, "README.md")) as readme:
    for number, line in enumerate(readme, 1):
        for path, function in NAME.findall(line):
            named += 1
            text = source(path)
            if text is not None and not re.search(r"\b%s\(" % function, text):
                problems.append("README.md:%d: no %s in %s" % (number, function, path))
if named < 40:
    problems.append("README.md names only %d functions" % named)

# At least as many ok_ as bad_ would be a rule of thumb; that there are some of
# each is a rule.
for folder in ("wdm", "kmdf", "ndis", "flt", "storport", "ks", "sal"):
    for name in sorted(os.listdir(os.path.join(tests, folder))):
        text = source(folder + "/" + name)
        if not re.search(r"\bok_\w+\(", text):
            problems.append("%s/%s has no ok_ function" % (folder, name))
if problems:
    sys.exit("\n".join(problems))
