"""npm.py SOURCES PACKAGES FOLDER SCRIPT...: runs npm scripts of the VS Code extension.

They run in FOLDER, which is made anew: a copy of SOURCES with the installed packages of
PACKAGES. Nothing is left in the sources, or with the user. Exit status: that of the first
script that fails.
"""
import os
import shutil
import subprocess
import sys

sources, packages, folder, *scripts = sys.argv[1:]
shutil.rmtree(folder, ignore_errors=True)
shutil.copytree(sources, folder,
                ignore=shutil.ignore_patterns("node_modules", "dist", "out"))
os.symlink(os.path.join(packages, "node_modules"), os.path.join(folder, "node_modules"))
environment = dict(os.environ, HOME=folder, TMPDIR=folder,
                   npm_config_cache=os.path.join(folder, ".npm"),
                   npm_config_update_notifier="false")
for script in scripts:
    status = subprocess.run(["npm", "run", "--silent", script], cwd=folder,
                            env=environment, stdin=subprocess.DEVNULL).returncode
    if status:
        sys.exit(status)
