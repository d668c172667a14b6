"""The command line of ddi-lsp, and what a client configures."""
import os
import shutil
from dataclasses import dataclass, field

from ..arguments import Parser, count
from ..errors import Failure
from .messages import MARK, mapping

NAMES = ("clangd", "clangd-22", "clangd-19")
VALUED = ("--debounce", "--index", "-p", "--config", "--wdk-root", "--path-map",
          "--kmdf-version", "--ddi-check", "--log")
FLAGS = ("--standalone", "--no-on-type", "--any-case")
DATABASE = "compilationDatabasePath"  # an option of clangd for the client
OF_FRONT = ("debounce", "onType", "while typing", "status", "path", DATABASE)
LOG_LEVELS = ("error", "info", "verbose")  # what clangd's --log takes
# Options by which clangd is asked once, and no server.
ONCE = ("--version", "--help", "--help-hidden", "--help-list", "--check")


@dataclass
class Options:
    """What concerns the front; the rest is for the back."""
    debounce: float = 0.3      # seconds
    on_type: bool = True
    wants_status: bool = False
    wants_path: bool = False
    for_back: dict = field(default_factory=dict)


def parser():
    parser = Parser(
        prog="ddi-lsp", usage="ddi-lsp [options] -- clangd [options of clangd]\n"
        "       ddi-lsp [options] --standalone",
        description="Shows ddi-check's findings in an editor: between it and clangd, "
        "which it starts, or alone. Options that are none of these are clangd's.")
    parser.add_argument("--standalone", action="store_true",
                        help="without clangd, for an editor with several servers")
    parser.add_argument("--debounce", metavar="MS", type=count, help="how long after an "
                        "edit the text is analysed; by default 300")
    parser.add_argument("--no-on-type", action="store_true", help="analyses what is "
                        "opened and saved, and not what is typed")
    parser.add_argument("--index", choices=("auto", "off"), help="whether what other "
                        "files of the driver tell is used")
    parser.add_argument("-p", metavar="BUILD", dest="build", help="the folder of the "
                        "compile database; by default as clangd finds it")
    parser.add_argument("--config", metavar="FILE", help="by default the nearest "
                        "ddi-check.yaml upward")
    parser.add_argument("--wdk-root", metavar="DIR")
    parser.add_argument("--kmdf-version", metavar="VERSION")
    parser.add_argument("--path-map", metavar="FROM=TO", action="append", default=[])
    parser.add_argument("--any-case", action="store_true", help="names in #include are "
                        "found in any case")
    parser.add_argument("--ddi-check", metavar="PROGRAM")
    parser.add_argument("--log", metavar="FILE", help="where ddi-lsp says what it does")
    return parser


def split(words):
    """Our words, and clangd's: a list that begins with the program if it is named."""
    words, behind = list(words), None
    if "--" in words:
        at = words.index("--")
        words, behind = words[:at], words[at + 1:]
    ours, others = [], []
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if word in FLAGS:
            ours.append(word)
        elif name == "--log" and (value if equals else "".join(words[:1])) in LOG_LEVELS:
            others += [word] if equals else [word, words.pop(0)]
        elif name in VALUED and (equals or words):
            ours += [word] if equals else [word, words.pop(0)]
        elif word in VALUED:
            ours.append(word)
        else:
            others.append(word)
    if behind and not behind[0].startswith("-"):
        return ours, [behind[0], *others, *behind[1:]]
    return ours, [*others, *(behind or ())]


def asks_once(words):
    """Whether clangd is asked something, and is no server."""
    return any(word.partition("=")[0] in (*ONCE, *(one[1:] for one in ONCE))
               for word in words)


def clangd_command(words):
    """The command of clangd.  Failure: there is none."""
    if words and not words[0].startswith("-"):
        return words
    named = os.environ.get("DDI_CLANGD")
    found = named or next(filter(shutil.which, NAMES), None)
    if not found:
        raise Failure("there is no clangd: install clangd-22, name it behind --, or "
                      "start ddi-lsp with --standalone")
    return [found, *words]


class Settings:
    """Options by who has set them: the command line wins over the client."""

    def __init__(self, args, clangd=()):
        self.args = args
        self.of_clangd = compile_commands_dir(clangd)
        self.of_client = {}

    def add(self, said):
        """Takes what the client configures; returns whether that is anything new."""
        before = dict(self.of_client)
        self.of_client.update(said)
        return self.of_client != before

    def options(self):
        said, args = self.of_client, self.args
        on_type = said.get("onType", said.get("while typing", True))
        return Options(
            seconds(args.debounce, said.get("debounce")),
            on_type is not False and not args.no_on_type,
            said.get("status") is True, said.get("path") is True,
            {**{name: value for name, value in said.items() if name not in OF_FRONT},
             **self.given()})

    def given(self):
        """What the command line says, by the names that the client has for it."""
        args = self.args
        given = {
            "build": args.build or self.of_client.get("build") or self.of_clangd or
            self.of_client.get(DATABASE),
            "config": args.config, "wdkRoot": args.wdk_root, "index": args.index,
            "kmdfVersion": args.kmdf_version, "pathMap": args.path_map,
            "anyCase": args.any_case, "ddiCheck": args.ddi_check}
        for name in ("build", "config", "wdkRoot", "ddiCheck"):
            if isinstance(given[name], str) and os.path.exists(given[name]):
                given[name] = os.path.abspath(given[name])
        return {name: value for name, value in given.items() if value}


def seconds(given, said):
    """The debounce, of the command line or as a client may say it, in milliseconds."""
    if not given and isinstance(said, (int, float)) and 0 <= said < 10 ** 7:
        return said / 1000
    return (given or 300) / 1000


def compile_commands_dir(words):
    """What clangd's option of that name says; else None."""
    for word, following in zip(words, [*words[1:], ""]):
        name, equals, value = word.lstrip("-").partition("=")
        if name == "compile-commands-dir" and word.startswith("-"):
            return value if equals else following
    return None


def own_settings(params):
    """Takes our part out of initialize's params; returns it."""
    options = mapping(params, "initializationOptions")
    said = options.pop(MARK, None)
    return {DATABASE: options.get(DATABASE), **(said if isinstance(said, dict) else {})}
