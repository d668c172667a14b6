"""Compile databases, for the tools of this folder."""
import json
import os
import re
import shlex
import subprocess


class Failure(Exception):
    pass


def read_database(build):
    path = os.path.join(build, "compile_commands.json")
    try:
        with open(path) as file:
            entries = json.load(file)
        return [(os.path.normpath(os.path.join(one["directory"], one["file"])),
                 one["directory"],
                 one.get("arguments") or shlex.split(one["command"]))
                for one in entries]
    except OSError as error:
        raise Failure("cannot read '%s': %s" % (path, error.strerror))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Failure("'%s' is no compile database: %s" % (path, error))


def choose(commands, files):
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
