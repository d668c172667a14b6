"""share.py DDI-CHECK FOLDER SHARED FILE... -- FLAGS: what is said of the files,
together, is the same with and without servers, at any -j and in any order; and
servers did SHARED of them, or "some", in the first round."""
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
    return (run.returncode, run.stdout, errors), int(count.group(1))


expected, none = say(files, "--no-share")
problems = []
if none:
    problems.append("shared without being asked to")
if not expected[1]:
    problems.append("nothing is found")
for order, jobs in ((files, "1"), (files[::-1], "3")):
    said, count = say(order, "-j", jobs)
    if said != expected:
        problems.append("-j %s says\n%s\nand not\n%s" % (jobs, said, expected))
    if str(count) != shared and not (shared == "some" and count):
        problems.append("%d in a server" % count)
if problems:
    sys.exit("\n".join(problems))
