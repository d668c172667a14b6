"""Runs the shell part of a template of tools/ci in the current folder, a repository.
What installs packages is left out: a script in FOLDER stands for it.

Usage: ci.py TEMPLATE FOLDER NAME=VALUE..."""
import os
import subprocess
import sys

import yaml

template, folder, *settings = sys.argv[1:]


def scripts(data):
    """Pairs of a script and whether bash runs it, in order."""
    if "jobs" in data:  # GitHub
        for step in data["jobs"]["scan"]["steps"]:
            if "run" in step:
                yield step["run"], step.get("shell") == "bash"
    elif "steps" in data:  # Azure
        for step in data["steps"]:
            if "script" in step:
                yield step["script"], True
    else:  # GitLab
        job = data["ddi-check"]
        yield "\n".join(job["before_script"] + job["script"]), True


for name in ("apt-get", "curl", "sudo"):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write("#!/bin/sh\n" + ('exec "$@"\n' if name == "sudo" else
                                    "touch ddi-check.deb\n"))
    os.chmod(path, 0o755)
environment = {**os.environ, **dict(one.split("=", 1) for one in settings),
               "PATH": folder + os.pathsep + os.environ["PATH"],
               "DDI_CHECK_PACKAGE": "package.deb"}
with open(template) as file:
    found = list(scripts(yaml.safe_load(file)))
assert found, "no scripts in " + template
for text, is_bash in found:
    shell = ["bash", "-eo", "pipefail"] if is_bash else ["sh", "-e"]
    done = subprocess.run([*shell, "-c", text], env=environment)
    if done.returncode:
        sys.exit(done.returncode)
