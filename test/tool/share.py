"""share.py DDI-CHECK FOLDER SHARED FILE... -- FLAGS: what is said of the files,
together, is the same with and without servers, whether or not they wait for the
second round, at any -j and in any order; and servers did SHARED of them, or "some",
in the first round."""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
arguments = sys.argv[1:]
at = arguments.index("--")
flags = arguments[at:]
program, folder, shared = arguments[:3]
files = arguments[3:at]


def say(files, *options):
    subprocess.run([sys.executable, os.path.join(HERE, "database.py"), folder] +
                   files + flags, check=True)
    run = subprocess.run([program, "-p", folder, "--no-cache", "--stats"] +
                         list(options), stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True)
    lines = run.stderr.splitlines()
    errors = sorted(line for line in lines if ": error: " in line)
    stats = [line for line in lines if line.startswith("ddi-check: read: ")]
    count = re.search(r"(\d+) of them in a server", stats[0])
    waited = re.search(r"analyse: .* (\d+) parsed before", run.stderr)
    return ((run.returncode, run.stdout, errors), int(count.group(1)),
            int(waited.group(1)))


expected, none, waited = say(files, "--no-share", "--memory", "0")
problems = []
if none:
    problems.append("shared without being asked to")
if waited:
    problems.append("%d waited without memory" % waited)
if not expected[1]:
    problems.append("nothing is found")
for order, options in ((files, "-j 1"), (files[::-1], "-j 3"),
                       (files, "-j 3 --memory 0"), (files, "--no-share")):
    said, count, waited = say(order, *options.split())
    if said != expected:
        problems.append("%s says\n%s\nand not\n%s" % (options, said, expected))
    if "--no-share" not in options and str(count) != shared and not (
            shared == "some" and count):
        problems.append("%d in a server" % count)
    if ("--memory" in options) == bool(waited):
        problems.append("%s: %d waited" % (options, waited))
if problems:
    sys.exit("\n".join(problems))
