"""Options of command lines."""
import argparse
import re

from .errors import Failure


class Parser(argparse.ArgumentParser):
    """Tells a wrong option as any other failure, and takes no part of a word for it."""

    def __init__(self, *args, **options):
        super().__init__(*args, allow_abbrev=False, **options)

    def error(self, message):
        raise Failure("%s (%s --help prints the options)" % (message, self.prog))


def count(text):
    """A number above zero."""
    if not re.fullmatch("[0-9]{1,9}", text) or not int(text):
        raise argparse.ArgumentTypeError("'%s' is no number above zero" % text)
    return int(text)
