#!/usr/bin/python3
"""Writes manual pages and shell completion from what the programs say themselves:
a page of each program from its options, ddi-rules.7 from the tables.

Usage: manual.py DDI-CHECK FOLDER"""
import argparse
import json
import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from ddi import main, precommit  # noqa: E402
from ddi.lsp import options as lsp  # noqa: E402

STATUS = [("0", "nothing found"), ("2", "findings"),
          ("3", "some file could not be analysed (the others were)"),
          ("1", "it failed itself, or was called wrongly")]
COMPLETION = """\
# bash completion of %(program)s
_%(name)s() {
  local word=${COMP_WORDS[COMP_CWORD]}
  case $word in
  -*) COMPREPLY=($(compgen -W '%(options)s' -- "$word")) ;;
  *) COMPREPLY=($(compgen -f -- "$word")) ;;
  esac
}
complete -o filenames -F _%(name)s %(program)s
"""


def escape(text):
    """Text as troff takes it."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.M)


def page(name, section, says, parts):
    """The troff of a manual page; parts: pairs of heading and troff."""
    head = '.TH %s %s "" ddi-check "ddi-check"\n.ad l\n.SH NAME\n%s \\- %s\n' % (
        name.upper(), section, escape(name), escape(says))
    return head + "".join(".SH %s\n%s" % (title.upper(), body) for title, body in parts)


def tagged(pairs):
    return "".join(".TP\n.B %s\n%s\n" % (escape(term), escape(text))
                   for term, text in pairs)


def check_options(program):
    """Pairs of an option of ddi-check and what it does."""
    text = subprocess.run([program, "--help"], stdout=subprocess.PIPE, text=True,
                          check=True).stdout
    pairs = re.findall(r"^  (-\S.*?) +- (.*)$", text, re.M)
    return [(option, says) for option, says in pairs if "hidden" not in says]


def options_of(parser):
    """The same of a program in Python, by group."""
    groups = []
    for group in parser._action_groups:
        pairs = []
        for action in group._group_actions:
            if not action.option_strings:
                continue
            metavar = action.metavar or (
                "|".join(action.choices) if action.choices else action.dest.upper())
            takes = "" if action.nargs == 0 else " " + metavar
            pairs.append((", ".join(action.option_strings) + takes, action.help or ""))
        if pairs:
            groups.append((group.title, pairs))
    return groups


def check_page(program):
    return page("ddi-check", 1, "checks DDI rules of Windows kernel drivers", [
        ("Synopsis", ".B ddi\\-check \\-p\n.I BUILD\n[\\fIFILE\\fR...]\n.br\n"
                     ".B ddi\\-check\n.I FILE\\fR... \\-\\- \\fIFLAGS\n"),
        ("Description", "Follows each path of the sources of a driver, and tells which "
                        "rules it breaks and how it gets there.\n"),
        ("Options", tagged(check_options(program))),
        ("Exit status", tagged(STATUS)),
        ("See also", ".BR ddi\\-scan (1),\n.BR ddi\\-rules (7)\n")])


def scan_page():
    return page("ddi-scan", 1, "scans the source of Windows drivers in CI", [
        ("Synopsis", ".B ddi\\-scan \\-p\n.I BUILD\n[\\fIOPTION\\fR...]\n.br\n" + "".join(
            ".B ddi\\-scan %s\n...\n.br\n" % name for name in sorted(main.COMMANDS))),
        ("Description", "Repairs the commands of a build, lets\n.BR ddi\\-check (1)\n"
                        "analyse them, and reports what is new.\n"),
        *((title, tagged(pairs)) for title, pairs in options_of(main.scan_parser())),
        ("Exit status", tagged(STATUS)),
        ("See also", ".BR ddi\\-check (1),\n.BR ddi\\-precommit (1),\n"
                     ".BR ddi\\-rules (7)\n")])


def precommit_page():
    return page("ddi-precommit", 1, "checks what is staged, before it is committed", [
        ("Synopsis", ".B ddi\\-precommit\n[\\fIOPTION\\fR...] [\\fIFILE\\fR...]\n"),
        ("Description", "Lets\n.BR ddi\\-check (1)\nanalyse what the staged change affects, "
                        "as it is staged, and tells what the last commit does not have. "
                        "Without files, that is all that is staged.\n"),
        *((title, tagged(pairs)) for title, pairs in options_of(precommit.parser())),
        ("Exit status", tagged([("0", "nothing new"), ("2", "new findings"),
                                ("3", "with --strict: a file could not be checked"),
                                STATUS[-1]])),
        ("See also", ".BR ddi\\-scan (1),\n.BR pre\\-commit (1)\n")])


def lsp_page():
    return page("ddi-lsp", 1, "shows in an editor what ddi-check finds", [
        ("Synopsis", ".B ddi\\-lsp\n[\\fIOPTION\\fR...] \\-\\-\n.I CLANGD\n"
                     "[\\fIOPTION\\fR...]\n.br\n.B ddi\\-lsp \\-\\-standalone\n"
                     "[\\fIOPTION\\fR...]\n"),
        ("Description", "A language server, between the editor and\n.BR clangd (1)\nor "
                        "beside it, which lets\n.BR ddi\\-check (1)\nanalyse what is "
                        "opened, saved and typed.\n"),
        *((title, tagged(pairs)) for title, pairs in options_of(lsp.parser())),
        ("Exit status", tagged([("0", "the editor has ended it"),
                                ("1", "it failed, or clangd did")])),
        ("See also", ".BR ddi\\-scan (1),\n.BR clangd (1)\n")])


def state(rule):
    by = ", by " + rule["by"] if rule["by"] else ""
    left_out = ", left out: " + rule["left_out"] if rule["left_out"] else ""
    return rule["state"] + by + left_out


def rule_text(rule):
    code = "".join(".PP\n%s:\n.PP\n.nf\n%s\n.fi\n" % (title, escape(rule[key].rstrip()))
                   for title, key in (("Wrong", "bad"), ("Right", "good")) if rule[key])
    left_out = ".PP\nLeft out: %s.\n" % escape(rule["left_out"]) if rule["left_out"] else ""
    return ".SS %s\n%s.\n.PP\n%s\n%s%s.PP\n%s\n" % (
        escape(rule["name"]), escape(rule["summary"]), escape(rule["text"]), left_out,
        code, escape(rule["url"]))


def rules_page(program):
    text = subprocess.run([program, "--list-rules", "--format", "json"],
                          stdout=subprocess.PIPE, text=True, check=True).stdout
    listed = list(map(json.loads, text.splitlines()))
    ours = [rule for rule in listed if rule["by"] == rule["name"]]
    others = [(rule["name"], state(rule)) for rule in listed if rule not in ours]
    return page("ddi-rules", 7, "what ddi-check demands of drivers",
                [("Rules", "".join(map(rule_text, ours))),
                 ("Other rules of Microsoft's", tagged(others))])


def completion(program, options):
    words = sorted({word for option in options
                    for word in re.findall(r"(?<![\w-])--?[\w-]+", option)})
    return COMPLETION % {"program": program, "name": program.replace("-", "_"),
                         "options": " ".join(words)}


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def write_all(program, folder):
    os.makedirs(folder, exist_ok=True)
    write(folder, "ddi-check.1", check_page(program))
    write(folder, "ddi-scan.1", scan_page())
    write(folder, "ddi-precommit.1", precommit_page())
    write(folder, "ddi-lsp.1", lsp_page())
    write(folder, "ddi-rules.7", rules_page(program))
    write(folder, "ddi-check.bash",
          completion("ddi-check", [option for option, _ in check_options(program)]))
    for name, parser, words in (("ddi-scan", main.scan_parser(), main.COMMANDS),
                                ("ddi-precommit", precommit.parser(), ()),
                                ("ddi-lsp", lsp.parser(), ())):
        options = [option for _, pairs in options_of(parser) for option, _ in pairs]
        write(folder, name + ".bash", completion(name, [*words, *options]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("folder")
    args = parser.parse_args()
    write_all(args.program, args.folder)
