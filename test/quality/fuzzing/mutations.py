"""Mistakes: small changes at random places of a program that keeps the rules."""
import dataclasses

from .routines import LOCKS, PARAMETER, kind_of
from .tree import (Event, If, Local, Return, blocks_of, event_in, prune,
                   statements_of)

OTHER_ROUTINE = {"pop exclusive": "pop shared", "pop shared": "pop exclusive",
                 "leave critical": "leave guarded", "enter guarded": "enter critical",
                 "acquire shared": "acquire exclusive", "push shared": "push exclusive"}


def places(program, wanted):
    """(function, block, index) of the statements wanted."""
    return [(function, block, at) for function in program.functions()
            for block in blocks_of(function)
            for at, statement in enumerate(block) if wanted(statement)]


def is_event(statement):
    return isinstance(statement, Event)


def drop(program, chance):
    _, block, at = chance.choice(places(program, is_event))
    del block[at]


def double(program, chance):
    _, block, at = chance.choice(places(program, is_event))
    block.insert(at, dataclasses.replace(block[at]))


def swap(program, chance):
    pairs = [(block, at) for _, block, at in places(program, lambda _: True)
             if at + 1 < len(block) and not isinstance(block[at + 1], Return)]
    block, at = chance.choice(pairs)
    block[at], block[at + 1] = block[at + 1], block[at]


def lose_closer(program, chance):
    """An early way out forgets to give something back."""
    _, block, at = chance.choice(places(
        program, lambda one: isinstance(one, If) and len(one.then) > 1))
    inner = block[at].then
    del inner[chance.randrange(len(inner) - 1)]


def wrong_branch(program, chance):
    _, block, at = chance.choice(places(
        program, lambda one: isinstance(one, If) and hasattr(one.condition, "negated")))
    block[at].condition.negated ^= True


def other_lock(program, chance):
    events = [event_in(statement) for function in program.functions()
              for statement in statements_of(function)]
    event = chance.choice([one for one in events
                           if one and one.lock and one.lock != PARAMETER])
    event.lock = chance.choice([lock for lock in LOCKS[kind_of(event.lock)]
                                if lock != event.lock])


def other_level(program, chance):
    function, block, at = chance.choice([
        (function, block, at) for function, block, at in places(program, is_event)
        if block[at].old and len(function.levels) > 1])
    others = [name for name in function.levels if name != block[at].old]
    block[at].old = chance.choice(others)


def other_routine(program, chance):
    _, block, at = chance.choice(places(
        program, lambda one: is_event(one) and one.routine in OTHER_ROUTINE))
    block[at].routine = OTHER_ROUTINE[block[at].routine]


def unconditional(program, chance):
    """What was done under a condition is done always."""
    _, block, at = chance.choice(places(
        program, lambda one: isinstance(one, If) and isinstance(one.condition, Local)
        and one.then and not isinstance(one.then[-1], Return)))
    block[at:at + 1] = block[at].then


KINDS = [drop, drop, double, swap, lose_closer, lose_closer, wrong_branch, other_lock,
         other_level, other_routine, unconditional]


def mutate(program, count, chance):
    for _ in range(count):
        try:
            chance.choice(KINDS)(program, chance)
        except IndexError:  # nothing of that sort to break
            continue
    return prune(program)
