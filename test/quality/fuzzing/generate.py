"""Programs that keep the rules: what is opened is closed on each way out."""
import collections
import dataclasses
import random

from .routines import (APC, DISPATCH, FAST_MUTEX, LOCKS, PARAMETER, PASSIVE, PUSH_LOCK,
                       RESOURCE, SPIN_LOCK)
from .tree import (HELPER, Assign, Attempt, Call, Event, File, Function, Goto, If,
                   IsLastRound, Local, Loop, Opaque, Program, Protected, Return, Succeeds,
                   Work, fresh, prune)

OPENERS = {
    (RESOURCE, "exclusive"): ("acquire exclusive", "release"),
    (RESOURCE, "shared"): ("acquire shared", "release"),
    (PUSH_LOCK, "exclusive"): ("push exclusive", "pop exclusive"),
    (PUSH_LOCK, "shared"): ("push shared", "pop shared"),
    (FAST_MUTEX, None): ("lock mutex", "unlock mutex"),
    (SPIN_LOCK, None): ("spin", "unspin"),
}
LEAVES = [("close", PASSIVE), ("allocate paged", APC), ("allocate old paged", APC),
          ("wait", APC)]


@dataclasses.dataclass
class Options:
    files: int = 0  # none: as the seed will
    cross: bool = False
    cxx: bool = True
    tables: bool = True
    recursion: bool = True
    one_exit: bool = False  # of each entry point
    steady: bool = False  # what `ext` points to does not change
    wait_variable: bool = True  # an exclusive acquisition may wait, or not
    depth: int = 2  # of calls


@dataclasses.dataclass(frozen=True)
class Place:
    """What holds where the next statement goes."""
    level: int = PASSIVE
    is_protected: bool = False  # from normal APCs
    held: frozenset = frozenset()
    may_leave: bool = True
    closers: tuple = ()  # innermost first, what an early return owes
    depth: int = 0

    def inside(self, closer=(), **changes):
        return dataclasses.replace(self, closers=tuple(closer) + self.closers,
                                   depth=self.depth + 1, **changes)

    def key(self):
        return self.level, self.is_protected, self.held


class Generator:
    def __init__(self, seed, options):
        self.chance = random.Random(seed)
        self.options = options
        self.files = []
        self.helpers = []  # (place key, function, file)
        self.count = 0
        self.statics = collections.Counter()  # by the file

    def program(self):
        count = self.options.files or self.chance.choice([1, 2, 2, 3, 4])
        if self.options.cross:
            count = max(count, 2)
        for number in range(count):
            is_cxx = self.options.cxx and self.chance.random() < 0.1
            self.files.append(File("file%d.%s" % (number, "cpp" if is_cxx else "c")))
        for _ in range(self.chance.choice([1, 1, 2, 3])):
            kind = self.chance.choice(["dispatch"] * 5 + ["dpc", "unload", "thread"])
            if any(entry.kind == kind != "dispatch" for entry in self.entries()):
                kind = "dispatch"
            self.entry(kind)
        program = prune(Program(self.files))
        for function in program.functions():
            function.body = fresh(function.body)
            function.out = function.out and fresh(function.out)
        return program

    def entries(self):
        return [one for file in self.files for one in file.functions if one.is_entry]

    def new_function(self, file, kind, **more):
        self.count += 1
        is_static = kind == HELPER and more.pop("is_static", False)
        if is_static:  # the same name may be in another file
            self.statics[file.name] += 1
            name = "Step%d" % self.statics[file.name]
        else:
            name = "%s%d" % ("Help" if kind == HELPER else kind.capitalize(), self.count)
        return Function("f%d" % self.count, name, kind, is_static, **more)

    def entry(self, kind):
        file = self.chance.choice(self.files)
        function = self.new_function(file, kind)
        Body(self, file, function, self.options.depth).fill(
            Place(level=DISPATCH if kind == "dpc" else PASSIVE,
                  is_protected=kind in ("dpc", "thread")))
        file.functions.append(function)

    def file_for(self, caller):
        others = [file for file in self.files if file is not caller]
        if others and (self.options.cross or self.chance.random() < 0.4):
            return self.chance.choice(others)
        return caller

    def is_static(self, file, caller):
        return file is caller and self.chance.random() < 0.6


class Body:
    """Of one function."""

    def __init__(self, generator, file, function, depth):
        self.generator = generator
        self.chance = generator.chance
        self.file = file
        self.function = function
        self.depth = depth
        self.budget = self.chance.randint(3, 8)
        self.goes_out = False

    def fill(self, place):
        function = self.function
        function.guesses = ["Q%d" % n for n in range(self.chance.choice([0, 1, 1, 2]))]
        locks = [lock for kind in LOCKS.values() for lock in kind]
        function.copies = [lock for lock in locks if self.chance.random() < 0.1]
        is_one_exit = self.generator.options.one_exit and function.is_entry
        opened = self.opened(place) if self.chance.random() < 0.3 else None
        if opened:
            self.fill_with_out(place, *opened)
        elif is_one_exit:
            self.fill_with_out(place, [], [], place)
        else:
            function.body = self.block(place, at_least=2) + [Return(True)]

    def fill_with_out(self, place, before, after, inside):
        """Opens, does, and cleans up behind a label."""
        self.goes_out = True
        self.function.flags.append("Result")
        inner = dataclasses.replace(inside, closers=place.closers)
        self.function.body = before + self.block(inner, at_least=2) + \
            [Assign("Result", True)]
        self.function.out = after + [Return("Result")]

    # ---- Blocks

    def block(self, place, at_least=1):
        block = []
        for _ in range(self.chance.randint(at_least, 3)):
            if self.budget <= 0:
                break
            self.budget -= 1
            block += self.some(place)
        return block or self.work(place)

    def some(self, place):
        ways = [self.leaf, self.leaf, self.work]
        if place.depth < 4:
            ways += [self.scope] * 5 + [self.attempt, self.attempt, self.flagged,
                                        self.twice_asked, self.branch, self.loop,
                                        self.guarded]
        if place.may_leave:
            ways += [self.early] * 2
        if self.depth > 0:
            ways += [self.call_helper] * 3 + [self.call_opener, self.call_attempt,
                                              self.call_table, self.call_recursion,
                                              self.call_on_lock]
        return self.chance.choice(ways)(place) or self.work(place)

    def work(self, _):
        return [Work(self.generator.options.steady)]

    def leaf(self, place):
        fitting = [name for name, high in LEAVES if place.level <= high]
        return [Event(self.chance.choice(fitting))] if fitting else None

    # ---- Scopes: (what opens, what closes, the place inside)

    def level_variable(self):
        name = "Old%d" % (len(self.function.levels) + 1)
        self.function.levels.append(name)
        return name

    def region(self, place):
        kind = self.chance.choice(["critical", "critical", "guarded"])
        close = [Event("leave " + kind)]
        return [Event("enter " + kind)], close, place.inside(close, is_protected=True)

    def raised(self, place):
        level = self.chance.choice([APC, DISPATCH]) if place.level < DISPATCH else DISPATCH
        old = self.level_variable()
        close = [Event("lower", old=old)]
        name = "raise to APC" if level == APC else "raise to DISPATCH"
        return [Event(name, old=old)], close, place.inside(close, level=level,
                                                           is_protected=True)

    def free_lock(self, place, kinds):
        free = [(kind, lock) for kind in kinds for lock in LOCKS[kind]
                if lock not in place.held]
        return self.chance.choice(free) if free else None

    def locked(self, place, kinds):
        found = self.free_lock(place, kinds)
        if not found:
            return None
        kind, lock = found
        mode = self.chance.choice(["exclusive", "exclusive", "shared"]) \
            if kind in (RESOURCE, PUSH_LOCK) else None
        old = self.level_variable() if kind == SPIN_LOCK else None
        first, last = OPENERS[kind, mode]
        close = [Event(last, lock, old)]
        level = {SPIN_LOCK: DISPATCH, FAST_MUTEX: APC}.get(kind, place.level)
        inside = place.inside(close, level=level, held=place.held | {lock},
                              is_protected=place.is_protected or level > PASSIVE)
        return [Event(first, lock, old)], close, inside

    def opened(self, place, kinds=None):
        if place.level == DISPATCH:
            return self.locked(place, [SPIN_LOCK])
        if self.chance.random() < 0.12:
            return self.raised(place)
        if not place.is_protected and self.chance.random() < 0.75:
            return self.region(place)
        kinds = kinds or [RESOURCE, RESOURCE, RESOURCE, PUSH_LOCK, PUSH_LOCK, SPIN_LOCK,
                          FAST_MUTEX]
        if not place.is_protected:
            kinds = [SPIN_LOCK, FAST_MUTEX]
        if place.level == APC and self.chance.random() < 0.2:
            return self.region(place)
        return self.locked(place, kinds)

    def scope(self, place):
        opened = self.opened(place)
        if not opened:
            return None
        before, after, inside = opened
        return before + self.block(inside) + after

    def guarded(self, place):
        """__try { ... } __finally { closes }"""
        opened = self.opened(place)
        if not opened:
            return None
        before, after, inside = opened
        may_leave = place.may_leave and not place.closers and not self.goes_out
        inside = dataclasses.replace(inside, closers=(), may_leave=may_leave)
        return before + [Protected(self.block(inside), after)]

    # ---- Branches

    def condition(self):
        names = self.function.guesses + self.function.parameters
        if names and self.chance.random() < 0.5:
            return Local(self.chance.choice(names), self.chance.random() < 0.3)
        return Opaque()

    def leave(self, place):
        closers = list(place.closers)
        closers = [dataclasses.replace(one) for one in closers]
        if self.goes_out:
            return closers + [Goto()]
        return closers + [Return(False)]

    def early(self, place):
        return [If(self.condition(), self.leave(place))]

    def branch(self, place):
        inside = place.inside()
        otherwise = self.block(inside) if self.chance.random() < 0.5 else []
        return [If(self.condition(), self.block(inside), otherwise)]

    def loop(self, place):
        counter = "i%d" % (len(self.function.counters) + 1)
        self.function.counters.append(counter)
        return [Loop(self.block(place.inside()), counter)]

    def attempt(self, place):
        if place.level > APC or not place.is_protected:
            return None
        found = self.free_lock(place, [RESOURCE])
        if not found:
            return None
        lock = found[1]
        name = self.chance.choice(["acquire exclusive", "acquire shared"])
        may_vary = self.generator.options.wait_variable or name == "acquire shared"
        names = self.function.guesses + self.function.parameters if may_vary else []
        wait = self.chance.choice([None] + names)
        attempt = Attempt(Event(name, lock), wait)
        close = [Event("release", lock)]
        inside = place.inside(close, held=place.held | {lock})
        if place.may_leave and self.chance.random() < 0.5:
            attempt.negated = True
            return [If(attempt, self.leave(place))] + self.block(inside) + close
        return [If(attempt, self.block(inside) + close)]

    def flagged(self, place):
        """A local says whether it was opened."""
        opened = self.opened(place, [RESOURCE, PUSH_LOCK])
        if not opened or opened[2].level != place.level:
            return None
        before, after, inside = opened
        flag = "Flag%d" % (len(self.function.flags) + 1)
        self.function.flags.append(flag)
        between = dataclasses.replace(
            place.inside([If(Local(flag), after)]),
            held=inside.held)
        return [Assign(flag, False), If(self.condition(), before + [Assign(flag, True)])] \
            + self.block(between) + [If(Local(flag), after)]

    def twice_asked(self, place):
        names = self.function.guesses + self.function.parameters
        opened = self.opened(place, [RESOURCE, PUSH_LOCK])
        if not names or not opened or opened[2].level != place.level:
            return None
        before, after, inside = opened
        name = self.chance.choice(names)
        close = [If(Local(name), after)]
        between = dataclasses.replace(place.inside(close), held=inside.held)
        return [If(Local(name), before)] + self.block(between) + close

    # ---- Helpers

    def helper(self, **more):
        file = self.generator.file_for(self.file)
        is_static = self.generator.is_static(file, self.file)
        return file, self.generator.new_function(file, HELPER, is_static=is_static, **more)

    def inner(self, file, function):
        body = Body(self.generator, file, function, self.depth - 1)
        body.budget = min(body.budget, 4)
        return body

    def arguments(self, function):
        names = self.function.guesses + self.function.parameters
        return [self.chance.choice(names + [True, False]) for _ in function.parameters]

    def balanced(self, place):
        """A helper that leaves things as it found them, perhaps an older one."""
        known = [one for key, one, file in self.generator.helpers
                 if key == place.key() and (file is self.file or not one.is_static)
                 and self.depth > 1]
        if known and self.chance.random() < 0.5:
            return self.chance.choice(known)
        result = self.chance.choice(["VOID", "VOID", "BOOLEAN", "NTSTATUS"])
        file, function = self.helper(result=result)
        function.parameters = ["P%d" % n for n in range(self.chance.choice([0, 0, 1, 2]))]
        self.inner(file, function).fill(Place(*place.key()))
        file.functions.append(function)
        if self.depth == 2:
            self.generator.helpers.append((place.key(), function, file))
        return function

    def call_helper(self, place):
        function = self.balanced(place)
        call = Call([function.uid], self.arguments(function))
        if function.result == "VOID" or self.chance.random() < 0.3:
            return [call]
        if place.may_leave and self.chance.random() < 0.5:
            return [If(Succeeds(call, True), self.leave(place))]
        return [If(Succeeds(call), self.block(place.inside()))]

    def call_opener(self, place):
        """One helper opens, another one closes."""
        opened = self.opened(place)
        if not opened or opened[0][0].old:
            return None
        before, after, inside = opened
        if not place.is_protected and self.chance.random() < 0.6:
            more = self.locked(inside, [RESOURCE, PUSH_LOCK])
            before, after, inside = before + more[0], more[1] + after, more[2]
        calls = []
        for block in (before, after):
            file, function = self.helper()
            function.body = [dataclasses.replace(one) for one in block] + [Return()]
            file.functions.append(function)
            calls.append([Call([function.uid])])
        inside = dataclasses.replace(inside, closers=tuple(calls[1]) + place.closers)
        return calls[0] + self.block(inside) + calls[1]

    def call_attempt(self, place):
        """A helper says whether it acquired."""
        if place.level > PASSIVE or place.is_protected:
            return None
        lock = self.chance.choice(LOCKS[RESOURCE])
        if lock in place.held:
            return None
        file, function = self.helper(result=self.chance.choice(["BOOLEAN", "NTSTATUS"]))
        failing = [Event("leave critical"), Return(False)]
        function.body = [Event("enter critical"),
                         If(Attempt(Event("acquire exclusive", lock), None, True), failing),
                         Return(True)]
        file.functions.append(function)
        close = [Event("release", lock), Event("leave critical")]
        inside = place.inside(close, held=place.held | {lock}, is_protected=True)
        call = Call([function.uid])
        if place.may_leave and self.chance.random() < 0.5:
            return [If(Succeeds(call, True), self.leave(place))] + self.block(inside) + close
        return [If(Succeeds(call), self.block(inside) + close)]

    def call_on_lock(self, place):
        """A helper is told which lock."""
        if place.level > APC or not place.is_protected:
            return None
        found = self.free_lock(place, [RESOURCE, PUSH_LOCK])
        if not found:
            return None
        kind, lock = found
        first, last = OPENERS[kind, "exclusive"]
        calls = []
        for routine in (first, last):
            file, function = self.helper(lock_kind=kind)
            function.body = [Event(routine, PARAMETER), Return()]
            file.functions.append(function)
            calls.append([Call([function.uid], lock=lock)])
        inside = place.inside(calls[1], held=place.held | {lock})
        return calls[0] + self.block(inside) + calls[1]

    def call_table(self, place):
        if not self.generator.options.tables:
            return None
        uids = []
        for _ in range(2):
            function = self.new_step(place)
            uids.append(function.uid)
        return [Call(uids)]

    def new_step(self, place):
        file, function = self.helper()
        self.inner(file, function).fill(Place(*place.key()))
        file.functions.append(function)
        return function

    def call_recursion(self, place):
        if not self.generator.options.recursion:
            return None
        opened = self.opened(place, [RESOURCE])
        if not opened or opened[0][0].old:
            return None
        before, after, inside = opened
        if inside.level != place.level:
            return None
        file, function = self.helper(is_recursive=True)
        function.body = [If(IsLastRound(), [Return()])] + before + \
            [Call([function.uid], rounds=-1)] + after + [Return()]
        file.functions.append(function)
        return [Call([function.uid], rounds=self.chance.choice([1, 2]))]


def generate(seed, options):
    return Generator(seed, options).program()
