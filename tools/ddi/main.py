"""The command line of ddi-scan."""
import argparse
import dataclasses
import os
import signal
import sys

from . import (baseline, build, checker, cluster, commands_cli, config, doctor, merge,
               reports)
from .arguments import Parser, count
from .errors import Failure, tell
from .scan import Scanner, compare, exit_status, write_reports

EPILOG = """\
other commands:
  ddi-scan compdb from-tlog|from-log|from-vcxproj   a compile database of a Windows build
  ddi-scan doctor -p BUILD                          which files parse, and what is missing
  ddi-scan merge CACHE... -p BUILD                  a scan of what shares have prepared

exit status: 0 clean, 2 findings, 3 some file could not be analysed, 1 ddi-scan failed
"""


def scan_parser(name="ddi-scan", says="Scans the source of Windows drivers."):
    parser = Parser(
        prog=name, description=says, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    commands_cli.add_arguments(parser, None, "what %s says, or here" % config.NAME)
    add_what(parser)
    told = parser.add_argument_group("what is told")
    told.add_argument("--format", metavar="NAME[=FILE]", action="append", default=[],
                      help="%s; to stdout, or to a file; several may be given" %
                      ", ".join(reports.FORMATS))
    told.add_argument("--root", metavar="DIR", help="names are told as seen from there; "
                      "by default the top of the repository")
    told.add_argument("--show-suppressed", action="store_true",
                      help="reports have them, and say so")
    told.add_argument("--show-undecided", action="store_true",
                      help="reports have, as notes, what was not decided")
    told.add_argument("--category", metavar="NAME", default="",
                      help="SARIF: tells several scans of one commit apart")
    new = parser.add_argument_group("only what is new")
    new.add_argument("--baseline", metavar="FILE", help="the findings that are known")
    new.add_argument("--update-baseline", action="store_true",
                     help="writes them anew, and counts none")
    new.add_argument("--diff", metavar="REV", help="reports what this revision of the "
                     "repository does not have, and skips what the change cannot affect")
    new.add_argument("--fail-on", choices=config.FAIL_ON,
                     help="what makes the exit status 2; by default any finding, with "
                     "a baseline or --diff any new one")
    run = add_how(parser)
    run.add_argument("--shard", metavar="I/N", help="does the I-th of N shares of the "
                     "work and reports nothing; `ddi-scan merge` does, with the caches")
    run.add_argument("--read-only", action="store_true",
                     help="of the share, only what needs no other file")
    run.add_argument("--engine", choices=("local", "dask"), default="local")
    run.add_argument("--scheduler", metavar="ADDRESS", help="of Dask")
    run.add_argument("--dump-config", action="store_true",
                     help="prints what is configured, and where")
    run.add_argument("--verify-config", action="store_true",
                     help="reads the configuration, and does nothing else")
    return parser


def add_what(parser):
    """Adds the options that say what is looked for."""
    what = parser.add_argument_group("what is looked for")
    what.add_argument("--rules", metavar="NAMES", help="only these, as wdm or "
                      "wdm.PushLock; -wdm.PushLock leaves one out")
    what.add_argument("--strictness", choices=config.STRICTNESS)
    what.add_argument("--world", choices=config.WORLDS,
                      help="whether the files are the whole driver")
    what.add_argument("--require-reason", action="store_true", default=None,
                      help="a suppression without a reason does not count")


def add_how(parser):
    """Adds the options that say how it is done; returns their group."""
    how = parser.add_argument_group("how it is done")
    how.add_argument("-j", "--jobs", metavar="N", type=count, help="files at a time")
    how.add_argument("--timeout", metavar="SECONDS", type=count, help="for one file")
    how.add_argument("--file-memory", metavar="MB", type=count, help="for one file")
    how.add_argument("--cache", metavar="DIR", help="where results are kept for the "
                     "next run; by default ~/.cache/ddi-check")
    how.add_argument("--no-cache", action="store_true")
    how.add_argument("--config", metavar="FILE", help="by default the nearest %s "
                     "upward" % config.NAME)
    how.add_argument("--ddi-check", metavar="PROGRAM")
    return how


def configured(args, rules, program):
    """The configuration, as the options change it."""
    path = args.config or config.find(args.root or os.getcwd())
    known = config.read(path, rules, lambda: checker.routines(program)) if path else \
        config.Config()
    wdk = dict(known.wdk)
    args.wdk_root = args.wdk_root or wdk.get("root", "")
    args.wdk_version = args.wdk_version or wdk.get("version", "")
    args.kmdf_version = args.kmdf_version or wdk.get("kmdf", "")
    args.build = args.build or known.build
    args.path_map = [*args.path_map, *known.path_map]
    said = {name: getattr(args, name) for name in
            ("strictness", "world", "require_reason", "baseline", "fail_on", "timeout",
             "file_memory") if getattr(args, name) is not None}
    if args.rules is not None:
        said["rules"] = tuple(filter(None, args.rules.split(",")))
    return dataclasses.replace(known, **said)


def chosen(args):
    """The program, its rules, and the configuration."""
    program = checker.find(args.ddi_check)
    rules = checker.rules(program)
    return program, rules, configured(args, rules, program)


def wanted_reports(args):
    """Pairs of format and file."""
    wanted = [(name, path or "-") for name, _, path in
              (text.partition("=") for text in args.format or ["text"])]
    for name, _ in wanted:
        if name not in reports.FORMATS:
            raise Failure("there is no format '%s'%s" %
                          (name, config.nearest(name, reports.FORMATS)))
    return wanted


def scan(args):
    """What the options ask for; returns the exit status."""
    program, rules, conf = chosen(args)
    if args.dump_config:
        sys.stdout.write(config.dump(conf))
        return checker.CLEAN
    if args.verify_config:
        print("%s: fine" % (conf.file or "there is no " + config.NAME))
        return checker.CLEAN
    wanted = wanted_reports(args)
    if args.update_baseline and (args.diff or not conf.baseline):
        raise Failure("--update-baseline needs --baseline FILE, and goes without --diff, "
                      "which leaves out drivers")
    args.build = args.build or "."
    scanner = Scanner(args, conf, program, rules)
    with build.prepared(args, scanner.store) as whole:
        if args.shard:
            return cluster.do_here(scanner.share(whole, args.shard, args.read_only))
        if args.engine == "dask":
            cluster.prepare(args.scheduler, scanner, whole)
        found, known = scan_and_known(scanner, whole, args)
    fail_on = conf.fail_on
    if args.update_baseline:
        known = updated(conf.baseline, found)
        fail_on = "new"
    compares = bool(conf.baseline or args.diff)
    if compares:
        compare(found, known)
    status = exit_status(found, fail_on or ("new" if compares else "warning"))
    write_reports(found, wanted, reports.Options(
        include_suppressed=args.show_suppressed,
        include_undecided=args.show_undecided, only_new=compares,
        color=sys.stdout.isatty() and "NO_COLOR" not in os.environ,
        category=args.category, exit_status=status))
    return status


def scan_and_known(scanner, whole, args):
    """The Scan, and what baseline and revision have of it."""
    known = []
    if scanner.config.baseline and not args.update_baseline:
        known += baseline.read(scanner.config.baseline)
    if args.diff:
        before = scanner.before(args.diff)
        whole = whole.only(before.change.concerns)
        known += scanner.known_before(whole, before)
    return scanner.scan(whole), known


def updated(path, found):
    """Writes the baseline anew; returns what it has."""
    shown = found.shown()
    baseline.write(path, shown)
    print("ddi-scan: '%s' has %d findings" % (path, len(shown)), file=sys.stderr)
    return [baseline.known_of(one) for one in shown]


def run_command(words):
    """A command that is no scan."""
    parser = Parser(prog="ddi-scan")
    commands_cli.register(parser.add_subparsers(dest="command"))
    args = parser.parse_args(words)
    return args.run(args)


COMMANDS = {"compdb": run_command, "doctor": run_command,
            "merge": lambda words: merge.run(words[1:])}


def main(words):
    """Runs the command line; returns the exit status."""
    return guarded(run, words)


def guarded(run, words):
    """The exit status of run(words), which may fail, or be ended."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # as under nohup
            signal.signal(number, lambda number, _: sys.exit(128 + number))
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
    try:
        status = run(words)
        sys.stdout.flush()
        return status
    except Failure as failure:
        tell("error", doctor.shown(str(failure)))
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        pass  # who reads has enough
    except OSError as error:
        tell("error", "'%s': %s" % (error.filename or "the output", error.strerror))
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # may be full
    return checker.TOOL_FAILED


def run(words):
    """The exit status of a command line that can be done."""
    if words and words[0] in COMMANDS:
        return COMMANDS[words[0]](words)
    return scan(scan_parser().parse_args(words))
