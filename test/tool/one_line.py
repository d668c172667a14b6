"""one_line.py TEXT -- COMMAND...: the command says one line with TEXT on stderr,
nothing on stdout, and ends with exit status 1."""
import subprocess
import sys

at = sys.argv.index("--")
text, command = sys.argv[1], sys.argv[at + 1:]
done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                      text=True)
problems = []
if done.returncode != 1:
    problems.append("exit status %d" % done.returncode)
if done.stdout:
    problems.append("something on stdout: " + done.stdout[:200])
if done.stderr.count("\n") != 1 or not done.stderr.startswith("ddi-check: error: "):
    problems.append("not one line of ddi-check's")
if text not in done.stderr:
    problems.append("not said: " + text)
if problems:
    sys.exit("%s\n%s" % ("\n".join(problems), done.stderr))
