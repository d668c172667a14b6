"""The command line of ddi-lsp."""
import asyncio
import os
import sys

from . import logs, options
from .. import checker
from ..errors import Failure

FAILED = 1
BACK = "--back"


def main(words):
    """Runs the command line; returns the exit status."""
    try:
        return run(words)
    except Failure as failure:
        return failed(failure)
    except OSError as error:
        return failed("'%s': %s" % (error.filename or "the streams", error.strerror))
    except KeyboardInterrupt:
        return 130


def failed(why):
    print("ddi-lsp: error: %s" % why, file=sys.stderr)
    return FAILED


def run(words):
    if words[:1] == [BACK]:
        from . import back
        return back.main()
    ours, clangd = options.split(words)
    if "--standalone" not in ours and options.asks_once(clangd):
        return ask_clangd(clangd)
    parser = options.parser()
    if "--standalone" in ours:
        if "--version" in clangd:
            program = checker.find()
            os.execv(program, [program, "--version"])
        ours += clangd  # which are then not known, or --help
    args = parser.parse_args(ours)
    if args.log:
        logs.to(args.log)
    settings = options.Settings(args, clangd)
    if args.standalone:
        from .standalone import Standalone
        server = Standalone(settings)
    else:
        from .proxy import Proxy
        server = Proxy(settings, options.clangd_command(clangd))
    return asyncio.run(server.run())


def ask_clangd(words):
    """Has clangd answer; --help says what our options are first."""
    if any(word.lstrip("-") == "help" for word in words):
        print(options.parser().format_help(), flush=True)
    command = options.clangd_command(words)
    os.execvp(command[0], command)
