"""The smallest program, by taking away, that still shows the same kind of difference."""
import itertools

from .engines import Failure
from .interpret import Malformed, TooManyPaths
from .tree import Return, blocks_of, inner_blocks, prune


def all_blocks(program):
    return [block for function in program.functions() for block in blocks_of(function)]


def without_entry(at):
    def change(program):
        entry = program.entries()[at]
        program.file_of(entry).functions.remove(entry)
    return change


def without_statement(number, at):
    def change(program):
        del all_blocks(program)[number][at]
    return change


def unwrapped(number, at, inner):
    """What stands inside a branch, a loop or a __try, by itself."""
    def change(program):
        block = all_blocks(program)[number]
        block[at:at + 1] = inner_blocks(block[at])[inner]
    return change


def without_word(function_at, words, at):
    def change(program):
        function = list(program.functions())[function_at]
        del getattr(function, words)[at]
    return change


def into_first_file(at):
    def change(program):
        function = list(program.functions())[at]
        program.file_of(function).functions.remove(function)
        program.files[0].functions.insert(0, function)
        if any(one.name == function.name and one is not function
               for one in program.files[0].functions):
            function.name += "b%d" % at
    return change


def changes_of(program):
    """Large ones first."""
    if len(program.entries()) > 1:
        for at in range(len(program.entries())):
            yield without_entry(at)
    if len(program.files) > 1:
        in_first = len(program.files[0].functions)
        for at in range(in_first, len(list(program.functions()))):
            yield into_first_file(at)
    for number, block in enumerate(all_blocks(program)):
        for at, statement in enumerate(block):
            if isinstance(statement, Return) and at + 1 == len(block):
                continue
            yield without_statement(number, at)
            for inner in range(len(inner_blocks(statement))):
                yield unwrapped(number, at, inner)
    for number, function in enumerate(program.functions()):
        for words in ("copies", "guesses", "flags", "counters", "levels"):
            for at in range(len(getattr(function, words))):
                yield without_word(number, words, at)


def changed(program, change):
    smaller = program.copy()
    change(smaller)
    return prune(smaller) if smaller.entries() else None


def minimise(program, is_wanted, tries=250):
    """is_wanted(program) says whether the difference is still there."""
    at, is_smaller = 0, False
    while tries > 0:
        change = next(itertools.islice(changes_of(program), at, None), None)
        if change is None and not is_smaller:
            return program
        if change is None:
            at, is_smaller = 0, False  # what was needed may be needed no more
            continue
        smaller = changed(program, change)
        tries -= 1
        if smaller and holds(smaller, is_wanted):
            program, is_smaller = smaller, True
        else:
            at += 1
    return program


def holds(program, is_wanted):
    try:
        return is_wanted(program)
    except (Malformed, TooManyPaths, Failure):  # no program any more
        return False
