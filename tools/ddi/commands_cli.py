"""The parts of the command line that have to do with commands of builds: options that
scan, doctor and hook share, and the subcommands compdb and doctor."""
import os
import sys

from . import checker, compdb, doctor, store
from .arguments import count
from .command import Settings
from .errors import Failure
from .msbuild.log import from_log
from .msbuild.tlog import from_tlog
from .msbuild.vcxproj import Options, from_vcxproj
from .paths import Mapping
from .wdk import find


def add_arguments(parser, build=".", default="here"):
    """Adds the options that say what the build is and where its files are."""
    parser.add_argument("-p", metavar="BUILD", dest="build", default=build,
                        help="the folder of compile_commands.json, or the file "
                        "(default: %s)" % default)
    add_kit(parser)
    parser.add_argument("--path-map", metavar="FROM=TO", action="append", default=[],
                        help=r"where a folder of the build is here: 'C:\src=/src'; may "
                        "be given more than once")
    parser.add_argument("--any-case", metavar="WHEN", default="auto",
                        choices=("auto", "always", "never"),
                        help="names of files may be spelled in any case: auto (for "
                        "commands of MSVC), always or never")


def add_kit(parser):
    parser.add_argument("--wdk-root", metavar="FOLDER", default="",
                        help="the WDK, if commands do not name its headers: a kit, an "
                        "unpacked NuGet package, or a folder with km and shared")
    parser.add_argument("--wdk-version", metavar="VERSION", default="",
                        help="of several, as 10.0.22621.0 (default: the newest)")
    parser.add_argument("--kmdf-version", metavar="VERSION", default="",
                        help="as 1.33 (default: what the command defines, or the "
                        "newest)")


def settings_from(args, work=""):
    """The Settings for the options; work: a folder for overlays.  Failure says which is
    wrong."""
    include = os.environ.get("INCLUDE", "")
    settings = Settings(
        path_map=tuple(map(Mapping.parse, args.path_map)), wdk_root=wdk_root(args),
        wdk_version=args.wdk_version, kmdf_version=args.kmdf_version,
        include=tuple(filter(None, include.split(";"))), 
        work=work or os.path.join(store.default_folder(), "scan"),
        ignores_case={"auto": None, "always": True, "never": False}[args.any_case])
    settings.wdk  # a wrong root is told before anything is done
    return settings


def wdk_root(args):
    return os.path.abspath(args.wdk_root) if args.wdk_root else ""


# ---- Subcommands -----------------------------------------------------------------


def register(subparsers):
    """Adds compdb and doctor; each sets `run`, which takes the arguments and returns
    the exit status."""
    _register_doctor(subparsers.add_parser(
        "doctor", help="tell whether the files of a build parse, and what is missing",
        description="Tells, file by file, whether it parses, what was repaired, and "
        "what is missing; ends with what to do. Exit status: 0 all files parse, 3 some "
        "do not, 1 an error."))
    parser = subparsers.add_parser(
        "compdb", help="make a compile database of what MSBuild has",
        description="Makes a compile database. Exit status: 0 done, 3 done but for "
        "what was told, 1 an error.")
    kinds = parser.add_subparsers(metavar="KIND", required=True, dest="kind")
    tlog = kinds.add_parser("from-tlog", help="of CL.command.1.tlog, which every "
                            "build leaves among its intermediate files")
    tlog.add_argument("paths", nargs="+", metavar="FOLDER")
    tlog.add_argument("--path-map", metavar="FROM=TO", action="append", default=[],
                      help="to see which sources are gone")
    log = kinds.add_parser("from-log", help="of a text log of MSBuild, best with "
                           "/verbosity:detailed, which tells INCLUDE")
    log.add_argument("paths", nargs="+", metavar="LOG")
    project = kinds.add_parser("from-vcxproj", help="of project files, without a build")
    project.add_argument("paths", nargs="+", metavar="PROJECT",
                         help="a .vcxproj or .sln, or a folder with projects of "
                         "drivers")
    project.add_argument("--property", metavar="NAME=VALUE", action="append",
                         default=[], help="a property of MSBuild that is set")
    project.add_argument("--all", action="store_true",
                         help="programs too, not drivers alone")
    project.add_argument("--root", metavar="FOLDER", action="append", default=[],
                         help="property sheets below it may be imported, too")
    add_kit(project)
    for kind in (tlog, project):
        kind.add_argument("--configuration", metavar="NAME", default="",
                          help="as 'Release|x64' or 'Release'")
    for kind in (tlog, log, project):
        kind.add_argument("-o", metavar="FILE", dest="output", default=compdb.NAME,
                          help="default: compile_commands.json")
        kind.set_defaults(run=run_compdb)


def _register_doctor(parser):
    add_arguments(parser)
    parser.add_argument("--explain-command", metavar="FILE",
                        help="print what becomes of the command of the file, and why")
    parser.add_argument("-j", metavar="N", type=count, dest="jobs", default=0,
                        help="files at a time (default: one per core)")
    parser.add_argument("--ddi-check", metavar="PROGRAM")
    parser.set_defaults(run=run_doctor)


def run_doctor(args):
    """Exit status of `ddi-scan doctor`."""
    settings = settings_from(args)
    if args.explain_command:
        return doctor.explain(args.build, args.explain_command, settings, sys.stdout)
    return doctor.diagnose(args.build, settings, checker.find(args.ddi_check),
                           args.jobs, sys.stdout)


def run_compdb(args):
    """Exit status of `ddi-scan compdb`."""
    problems = []
    count = compdb.write(_first(_entries(args, problems), args, problems), args.output)
    _tell(problems)
    print("%d commands are in '%s'" % (count, doctor.shown(args.output)))
    return 3 if any(not problem.is_note for problem in problems) else 0


def _tell(problems):
    for problem in problems:
        print("ddi-scan: %s: %s" % ("note" if problem.is_note else "warning",
                                    doctor.shown(str(problem))), file=sys.stderr)


def _first(entries, args, problems):
    """The entries; Failure if there is none, so that no database is replaced."""
    count = 0
    for count, entry in enumerate(entries, 1):
        yield entry
    if not count:
        _tell(problems)
        raise Failure("no command was found in '%s'" % "', '".join(args.paths))


def _entries(args, problems):
    if args.kind == "from-tlog":
        mappings = tuple(map(Mapping.parse, args.path_map))
        yield from from_tlog(args.paths, problems, mappings, args.configuration)
    elif args.kind == "from-log":
        for path in args.paths:
            yield from from_log(path, problems)
    else:
        yield from from_vcxproj(args.paths, problems, _options(args))


def _options(args):
    properties = []
    for text in args.property:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise Failure("'%s' is no property; give --property NAME=VALUE" % text)
        properties.append((name, value))
    wdk = find(wdk_root(args), args.wdk_version) if args.wdk_root else None
    return Options(args.configuration, properties, wdk, args.kmdf_version, args.all,
                   args.root)
