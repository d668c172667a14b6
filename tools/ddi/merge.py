"""What several machines have prepared, brought together."""
import os
import shutil

from . import main as command_line
from .errors import Failure
from .files import whole


def copy_new(part, cache):
    """Copies from one folder of results to another what is not there; names are made
    of content, so that equal names are equal files."""
    for folder, _, files in os.walk(part):
        into = os.path.join(cache, os.path.relpath(folder, part))
        os.makedirs(into, exist_ok=True)
        for name in files:
            target = os.path.join(into, name)
            if os.path.isfile(os.path.join(folder, name)) and \
                    not os.path.exists(target):
                with open(os.path.join(folder, name), "rb") as one, \
                        whole(target, "wb") as file:
                    shutil.copyfileobj(one, file)


def run(words):
    """ddi-scan merge PART... with the options of a scan."""
    parser = command_line.scan_parser(
        "ddi-scan merge", "Scans with what shares have prepared, in their caches.")
    parser.add_argument("parts", nargs="+", metavar="CACHE",
                        help="a folder that --shard has filled")
    args = parser.parse_args(words)
    if args.no_cache or not args.cache:
        raise Failure("ddi-scan merge needs --cache DIR, where all comes together")
    for part in args.parts:
        if not os.path.isdir(part):
            raise Failure("'%s' is no folder; --shard --cache DIR fills one" % part)
        try:
            copy_new(part, args.cache)
        except OSError as error:
            raise Failure("cannot copy '%s' to '%s': %s" %
                          (error.filename or part, args.cache, error.strerror))
    return command_line.scan(args)
