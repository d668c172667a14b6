"""A build, ready for ddi-check: one compile database for each driver."""
import contextlib
import functools
import os
import tempfile
from collections import defaultdict
from dataclasses import dataclass, replace

from . import commands_cli, compdb
from .command import normalise_all
from .errors import Failure


@dataclass(frozen=True)
class Driver:
    """Commands of files that are linked together; folder: of their database."""
    name: str
    commands: tuple
    folder: str


@dataclass(frozen=True)
class Build:
    """problems: pairs of a file and why it cannot be analysed."""
    drivers: tuple
    problems: tuple
    folder: str

    def only(self, is_wanted):
        """Without the drivers of which no command is wanted."""
        return replace(self, drivers=tuple(
            one for one in self.drivers if any(map(is_wanted, one.commands))))

    def changed(self, change, name):
        """With other commands, where change(command) gives one and not None; name: of
        the folder for them."""
        drivers = [write(os.path.join(self.folder, name), one.name,
                         filter(None, map(change, one.commands)))
                   for one in self.drivers]
        return replace(self, drivers=tuple(one for one in drivers if one.commands))


def write(folder, name, commands):
    """A Driver whose database is written below the folder."""
    commands = tuple(commands)
    number = 0
    while os.path.exists(os.path.join(folder, str(number))):
        number += 1
    path = os.path.join(folder, str(number))
    os.makedirs(path)
    compdb.write([compdb.Entry(c.directory, c.file, c.arguments) for c in commands],
                 os.path.join(path, "compile_commands.json"))
    return Driver(name, commands, path)


def repaired(args, store):
    """Commands for all sources of the build that the options name, and problems, as
    pairs of a file and what is wrong.  Failure if there is nothing to analyse."""
    settings = commands_cli.settings_from(args, store.folder)
    unread, commands, problems = [], [], []
    for command in normalise_all(compdb.read(args.build, unread), settings):
        if os.path.isfile(os.path.join(command.directory, command.file)):
            commands.append(command)
        else:
            problems.append((os.path.join(command.directory, command.file),
                             "there is no such file"))
    problems += [(os.path.abspath(one.where), one.message) for one in unread]
    if not commands and not problems:
        raise Failure("'%s' names no files in C or C++; build the driver first" %
                      compdb.database_path(args.build))
    return commands, problems


@functools.cache
def is_of_project(folder):
    """Whether a project file of Visual Studio lies there."""
    try:
        return any(name.lower().endswith(".vcxproj") for name in os.listdir(folder))
    except OSError:
        return False


def driver_of(command):
    """What the command's file is linked into: the project that the database names; the
    folder of a project file in which the command runs, as MSBuild does; or all that is
    in the database."""
    if command.project or not is_of_project(command.directory):
        return command.project
    return command.directory


@contextlib.contextmanager
def prepared(args, store):
    """The Build that the options name, in a folder of the store that goes at the end."""
    commands, problems = repaired(args, store)
    by_driver = defaultdict(list)
    for command in commands:
        by_driver[driver_of(command)].append(command)
    with tempfile.TemporaryDirectory(prefix="build-", dir=store.folder) as folder:
        drivers = [write(os.path.join(folder, "now"), name, by_driver[name])
                   for name in sorted(by_driver)]
        yield Build(tuple(drivers), tuple(problems), folder)
