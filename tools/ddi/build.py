"""A build, ready for ddi-check: one compile database for each driver."""
import contextlib
import os
import tempfile
from collections import defaultdict
from dataclasses import dataclass, replace

from . import commands_cli, compdb
from .command import of_build


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

    def changed(self, change):
        """With other commands, where change(command) gives one and not None."""
        return replace(self, drivers=write(tempfile.mkdtemp(dir=self.folder), (
            (one.name, list(filter(None, map(change, one.commands))))
            for one in self.drivers)))


def write(folder, named):
    """Drivers of pairs of a name and its commands, each with a database of its own below
    the folder; those without commands are left out."""
    drivers = []
    for number, (name, commands) in enumerate(named):
        if not commands:
            continue
        path = os.path.join(folder, str(number))
        os.makedirs(path)
        compdb.write((one.entry() for one in commands), os.path.join(path, compdb.NAME))
        drivers.append(Driver(name, tuple(commands), path))
    return tuple(drivers)


def driver_of(command, disk):
    """What the command's file is linked into: the project that the database names; the
    folder of a project file in which the command runs, as MSBuild does; or all that is
    in the database."""
    is_of_project = any(name.endswith(".vcxproj") for name in
                        disk.names(command.directory))
    return command.project or (command.directory if is_of_project else "")


def path_of(command):
    return os.path.join(command.directory, command.file)


def is_file(command):
    """Whether there is the file that a command is for."""
    return os.path.isfile(path_of(command))


@contextlib.contextmanager
def prepared(args, store, is_there=is_file):
    """The Build that the options name, in a folder of the store that goes at the end;
    is_there tells of a command whether its file is.  Failure if there is nothing to
    analyse."""
    settings = commands_cli.settings_from(args, store.folder)
    commands, unread = of_build(args.build, settings)
    problems = [(os.path.abspath(one.where), one.message) for one in unread]
    by_driver = defaultdict(list)
    for command in commands:
        if is_there(command):
            by_driver[driver_of(command, settings.disk)].append(command)
        else:
            problems.append((path_of(command), "there is no such file"))
    with tempfile.TemporaryDirectory(prefix="build-", dir=store.folder) as folder:
        drivers = write(os.path.join(folder, "now"), sorted(by_driver.items()))
        yield Build(drivers, tuple(problems), folder)
