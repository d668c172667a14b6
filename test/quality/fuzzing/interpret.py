"""Runs a program from each of its entry points, over all that nobody knows, and says
what the rules' texts make of each path.

A path does not stop at a mistake. What the mistake puts into doubt (the regions, the
level, who holds a lock: the aspects) stays in doubt, and a later violation that rests
on it is possible but not owed."""
import collections

from .routines import (APC, DISPATCH, PARAMETER, PASSIVE, PUSH_LOCK, RESOURCE,
                       ROUTINES)
from .tree import Attempt, IsLastRound, Local, Opaque, Succeeds

Finding = collections.namedtuple("Finding", "rule file line")
Saved = collections.namedtuple("Saved", "level ident keeper is_known")
# What a variable has: a number, and which acquisition or raise put it there.
# What is known here of what they demand.
RULES = frozenset("wdm." + rule for rule in (
    "CriticalRegions", "ExclusiveResourceAccess", "GuardedRegions", "IrqlExAllocatePool",
    "IrqlExApcLte1", "IrqlExApcLte3", "IrqlKeApcLte2", "IrqlKeRaiseLower",
    "IrqlKeRaiseLower2", "IrqlKeReleaseSpinLock", "IrqlKeWaitForMutexObject",
    "IrqlReturn", "IrqlTooHigh", "IrqlZwPassive", "PushLock", "WithinCriticalRegion"))

Level = collections.namedtuple("Level", "number ident is_known", defaults=(True,))

DEPTH, LEVEL, SAVED, NET_CRITICAL, NET_GUARDED, OLD_LEVEL = (
    "depth", "level", "saved", "net critical", "net guarded", "a level saved in doubt")

HOLDING_RULE = {RESOURCE: "wdm.ExclusiveResourceAccess", PUSH_LOCK: "wdm.PushLock"}
EXIT_RULES = ["wdm.CriticalRegions", "wdm.GuardedRegions", "wdm.IrqlReturn",
              *HOLDING_RULE.values()]
APC_RULE = {RESOURCE: "wdm.WithinCriticalRegion", PUSH_LOCK: "wdm.PushLock"}


class TooManyPaths(Exception):
    pass


class Malformed(Exception):
    """No program: a function without a return, a variable that nobody declares."""


class Returns(Exception):
    def __init__(self, statement, value):
        super().__init__()
        self.statement = statement
        self.value = value


class Jumps(Exception):
    pass


class Choices:
    """What is decided on a path; `advance` turns to the next path."""

    def __init__(self):
        self.taken = []  # [choice, number of choices]
        self.position = 0

    def choose(self, count):
        if self.position == len(self.taken):
            self.taken.append([0, count])
        self.position += 1
        return self.taken[self.position - 1][0]

    def advance(self):
        self.position = 0
        while self.taken and self.taken[-1][0] + 1 == self.taken[-1][1]:
            self.taken.pop()
        if self.taken:
            self.taken[-1][0] += 1
        return bool(self.taken)


class Truth:
    """What is wrong on some path, and what a checker owes.

    A helper's return is to blame too if it leaves more held than it found, on a
    path that ends with that rule broken, or if with the same result it leaves
    nothing elsewhere. Within are those that some path shows
    which entered functions of one file alone."""

    def __init__(self):
        self.possible = set()
        self.owed = set()
        self.within = set()
        self.owed_within = set()
        self.blamed = set()
        self.kept = set()  # (helper, result, finding)
        self.clean = set()  # (helper, result, rule)
        self.paths = 0

    def note_exit(self, frame, result, statement, kept):
        uid = frame.function.uid
        result = None if frame.function.result == "VOID" else result
        for rule in EXIT_RULES:
            if rule in kept:
                finding = Finding(rule, frame.file, statement.line)
                self.kept.add((uid, result, finding))
            else:
                self.clean.add((uid, result, rule))

    def blame(self):
        self.blamed |= {finding for uid, result, finding in self.kept
                        if (uid, result, finding.rule) in self.clean}


class Thread:
    def __init__(self, kind):
        self.critical = 1 if kind == "thread" else 0
        self.guarded = 0
        self.net_critical = self.net_guarded = 0
        self.entry_level = self.level = DISPATCH if kind == "dpc" else PASSIVE
        self.saved = []
        self.held = {}  # lock -> [mode, count]
        self.doubts = {OLD_LEVEL}

    def apcs_enabled(self):
        return not self.critical and not self.guarded and self.level < APC

    def mode(self, lock):
        return self.held[lock][0] if lock in self.held else None


class Frame:
    def __init__(self, function, file):
        self.function = function
        self.file = file
        self.variables = {}
        self.lock = None
        self.rounds = None


class Path:
    """One path from one entry point."""

    def __init__(self, program, truth, choices):
        self.program = program
        self.truth = truth
        self.choices = choices
        self.thread = None
        self.exits = []  # of helpers that leave more than they found
        self.files = set()  # of the functions that were entered

    # ---- Findings

    def report(self, found, frame, statement):
        """Found are (rule, what it rests on, what it puts into doubt) of one event.
        Returns the doubts, which begin behind the event."""
        for rule, rests_on, _ in found:
            finding = Finding(rule, frame.file, statement.line)
            self.truth.possible.add(finding)
            is_within = self.files == {frame.file}
            if is_within:
                self.truth.within.add(finding)
            if self.thread.doubts & set(rests_on):
                continue
            self.truth.owed.add(finding)
            if is_within:
                self.truth.owed_within.add(finding)
        return {aspect for one in found for aspect in one[2]}

    # ---- Running

    def run(self, entry):
        self.thread = Thread(entry.kind)
        frame = self.frame_of(entry)
        self.files.add(frame.file)
        statement, _ = self.run_function(frame)
        broken = self.at_exit()
        self.report(broken, frame, statement)
        for rule, file, line in self.exits:
            if any(rule == one[0] for one in broken):
                self.truth.blamed.add(Finding(rule, file, line))

    def frame_of(self, function):
        return Frame(function, self.program.file_of(function).name)

    def run_function(self, frame):
        function = frame.function
        for name in function.guesses:
            frame.variables[name] = bool(self.choices.choose(2))
        for name in function.flags:
            frame.variables[name] = False
        for name in function.levels:
            frame.variables[name] = Level(PASSIVE, None)
        try:
            try:
                self.run_block(function.body, frame)
            except Jumps:
                pass
            self.run_block(function.out or [], frame)
        except Returns as leaving:
            return leaving.statement, leaving.value
        except KeyError as name:
            raise Malformed("nobody declares %s" % name) from None
        raise Malformed("'%s' has no return" % function.name)

    def run_block(self, block, frame):
        for statement in block:
            getattr(self, "run_" + type(statement).__name__.lower())(statement, frame)

    def run_event(self, event, frame):
        self.happen(event, frame, is_sure=True)

    def run_call(self, call, frame):
        value = self.call(call, frame)
        if call.result:
            frame.variables[call.result] = value

    def run_if(self, branch, frame):
        holds = self.holds(branch.condition, frame)
        self.run_block(branch.then if holds else branch.otherwise, frame)

    def run_loop(self, loop, frame):
        if loop.counter not in frame.function.counters:
            raise Malformed("nobody declares %s" % loop.counter)
        for _ in range(2):
            if not self.choices.choose(2):
                return
            self.run_block(loop.body, frame)

    def run_protected(self, protected, frame):
        try:
            self.run_block(protected.body, frame)
        except (Returns, Jumps):
            self.run_block(protected.final, frame)
            raise
        self.run_block(protected.final, frame)

    def run_assign(self, assign, frame):
        _ = frame.variables[assign.name]
        frame.variables[assign.name] = assign.value

    def run_work(self, work, frame):
        pass

    def run_return(self, leave, frame):
        value = leave.value
        if isinstance(value, str):
            value = frame.variables[value]
        raise Returns(leave, value)

    def run_goto(self, goto, frame):
        if frame.function.out is None:
            raise Malformed("nowhere to go")
        raise Jumps()

    def holds(self, condition, frame):
        if isinstance(condition, Opaque):
            return bool(self.choices.choose(2))
        if isinstance(condition, IsLastRound):
            return frame.rounds == 0
        if isinstance(condition, Local):
            value = frame.variables[condition.name]
        elif isinstance(condition, Attempt):
            value = self.attempt(condition, frame)
        else:
            assert isinstance(condition, Succeeds)
            value = self.call(condition.call, frame)
        return bool(value) != condition.negated

    def attempt(self, attempt, frame):
        waits = attempt.wait is not None and frame.variables[attempt.wait]
        is_acquired = waits or bool(self.choices.choose(2))
        self.happen(attempt.event, frame, is_sure=waits, is_acquired=is_acquired)
        return is_acquired

    def call(self, call, frame):
        at = self.choices.choose(len(call.callees)) if len(call.callees) > 1 else 0
        inner = self.frame_of(self.program.find(call.callees[at]))
        self.files.add(inner.file)
        if call.rounds is not None:
            inner.rounds = frame.rounds - 1 if call.rounds == -1 else call.rounds
            if inner.rounds < 0:
                raise Malformed("a recursion without an end")
        inner.lock = frame.lock if call.lock == PARAMETER else call.lock
        for name, value in zip(inner.function.parameters, call.arguments):
            inner.variables[name] = frame.variables[value] if isinstance(value, str) \
                else value
        before = self.left()
        statement, value = self.run_function(inner)
        kept = self.left() - before
        for rule in kept:
            self.exits.append((rule, inner.file, statement.line))
        self.truth.note_exit(inner, value, statement, kept)
        return value

    def left(self):
        """What is not given back, as often as that, by the rules that will tell."""
        thread = self.thread
        left = collections.Counter({"wdm.CriticalRegions": max(thread.net_critical, 0),
                                    "wdm.GuardedRegions": max(thread.net_guarded, 0),
                                    "wdm.IrqlReturn": len(thread.saved)})
        for (kind, _), (_, count) in thread.held.items():
            if kind in HOLDING_RULE:
                left[HOLDING_RULE[kind]] += count
        return left

    # ---- Events

    def happen(self, event, frame, is_sure, is_acquired=True):
        routine = ROUTINES[event.routine]
        self.thread.doubts |= self.report(self.out_of_bounds(routine), frame, event)
        if not is_acquired or routine.effect == "call":
            return
        lock = (routine.kind, frame.lock if event.lock == PARAMETER else event.lock)
        self.thread.doubts |= self.step(routine, event, lock, frame, is_sure)

    def step(self, routine, event, lock, frame, is_sure):
        """Judges and does; returns the doubts."""
        if routine.effect == "raise":
            doubts = self.report(self.wrong_raise(routine), frame, event)
            self.raise_level(event, routine, lock, frame)
        elif routine.effect == "lower":
            doubts = self.lower_level(event, routine, lock, frame)
        elif routine.effect == "acquire":
            doubts = self.report(self.wrong_acquire(routine, lock, is_sure), frame, event)
            self.acquire(routine, lock)
        elif routine.effect == "release":
            doubts = self.report(self.wrong_release(routine, lock), frame, event)
            self.release(lock)
        else:
            doubts = self.report(self.wrong_region(routine.effect), frame, event)
            self.move_region(routine.effect)
        return doubts

    def out_of_bounds(self, routine):
        level = self.thread.level
        rule = routine.high_rule if level > routine.high else \
            routine.low_rule if level < routine.low else None
        return [(rule, [LEVEL], [LEVEL])] if rule else []

    # ---- Regions

    def wrong_region(self, effect):
        thread = self.thread
        if effect.startswith("Enter"):
            return []
        if effect == "LeaveCritical" and not thread.critical:
            return [("wdm.CriticalRegions", [DEPTH], [DEPTH, NET_CRITICAL])]
        if effect == "LeaveGuarded" and not thread.guarded:
            return [("wdm.GuardedRegions", [DEPTH], [DEPTH, NET_GUARDED])]
        lets_in = thread.critical + thread.guarded == 1 and thread.level < APC
        return [(APC_RULE[lock[0]], [DEPTH, LEVEL, lock], [DEPTH, LEVEL, lock])
                for lock in thread.held if lets_in and lock[0] in APC_RULE]

    def move_region(self, effect):
        thread = self.thread
        by = 1 if effect.startswith("Enter") else -1
        if effect.endswith("Critical"):
            thread.critical = max(thread.critical + by, 0)
            thread.net_critical += by
        else:
            thread.guarded = max(thread.guarded + by, 0)
            thread.net_guarded += by

    # ---- Resources and push locks

    def wrong_apcs(self, lock):
        if self.thread.apcs_enabled():
            yield APC_RULE[lock[0]], [DEPTH, LEVEL], [DEPTH, LEVEL]

    def wrong_acquire(self, routine, lock, is_sure):
        found = list(self.wrong_apcs(lock))
        mode = self.thread.mode(lock)
        waits_for_itself = mode == "shared" and routine.mode == "exclusive" and is_sure
        if lock[0] == PUSH_LOCK:
            waits_for_itself |= mode == "exclusive"
        if waits_for_itself:
            found.append((HOLDING_RULE[lock[0]], [lock], [lock]))
        return found

    def wrong_release(self, routine, lock):
        found = list(self.wrong_apcs(lock))
        mode = self.thread.mode(lock)
        if mode is None or routine.mode not in (None, mode):
            found.append((HOLDING_RULE[lock[0]], [lock], [lock]))
        return found

    def acquire(self, routine, lock):
        held = self.thread.held.setdefault(lock, [routine.mode, 0])
        held[1] += 1
        if routine.mode == "exclusive":
            held[0] = "exclusive"

    def release(self, lock):
        held = self.thread.held.get(lock)
        if not held:
            return
        held[1] -= 1
        if not held[1]:
            del self.thread.held[lock]

    # ---- The level

    def wrong_raise(self, routine):
        if routine.level >= self.thread.level:
            return []
        return [("wdm.IrqlKeRaiseLower", [LEVEL], [DEPTH, LEVEL, SAVED])]

    def raise_level(self, event, routine, lock, frame):
        thread = self.thread
        ident = object() if event.old else None
        keeper = lock if routine.kind else None
        is_known = LEVEL not in thread.doubts
        thread.saved.append(Saved(thread.level, ident, keeper, is_known))
        if event.old:
            _ = frame.variables[event.old]
            frame.variables[event.old] = Level(thread.level, ident, is_known)
        thread.level = routine.level
        thread.doubts.discard(LEVEL)

    def lower_level(self, event, routine, lock, frame):
        value = frame.variables[event.old] if event.old else None
        keeper = lock if routine.kind else None
        given, own = self.given(value, keeper), self.own(keeper)
        doubts = self.report(self.wrong_level(routine, value, given, own), frame, event)
        at = given if given is not None or keeper is None else self.own(keeper)
        self.restore(value, at, own)
        return doubts

    def own(self, keeper):
        """The raise that this lower takes back."""
        saved = self.thread.saved
        if keeper is None:
            return len(saved) - 1 if saved else None
        return last(saved, lambda one: one.keeper == keeper)

    def given(self, value, keeper):
        """The raise whose old level is given back, by its value, else its number."""
        saved = self.thread.saved
        if value is None:
            return None
        same = last(saved, lambda one: value.ident and one.ident is value.ident)
        if same is not None:
            return same
        own = last(saved, lambda one: one.keeper == keeper) if keeper else None
        if own is not None and saved[own].level == value.number:
            return own
        return last(saved, lambda one: one.level == value.number)

    def wrong_level(self, routine, value, given, own):
        found = []
        saved = self.thread.saved
        is_plain = routine.kind is None
        rule = "wdm.IrqlKeRaiseLower2" if is_plain else "wdm.IrqlKeReleaseSpinLock"
        if given is not None and own is not None and own > given and \
                saved[own].level > saved[given].level:
            is_known = saved[own].is_known and saved[given].is_known and value.is_known
            found.append((rule, [SAVED] if is_known else [OLD_LEVEL],
                          [DEPTH, LEVEL, SAVED]))
        stays = given is None and own is not None and value is not None and \
            value.number == self.thread.level > saved[own].level
        if stays:
            is_known = saved[own].is_known and value.is_known
            found.append((rule, [SAVED] if is_known else [OLD_LEVEL],
                          [DEPTH, LEVEL, SAVED]))
        if is_plain and value.number > self.thread.level:
            found.append(("wdm.IrqlKeRaiseLower",
                          [LEVEL, SAVED] if value.is_known else [OLD_LEVEL],
                          [DEPTH, LEVEL, SAVED]))
        elif is_plain and not saved:
            found.append(("wdm.IrqlKeRaiseLower", [SAVED], [DEPTH, LEVEL, SAVED]))
        return found

    def restore(self, value, at, own):
        thread = self.thread
        if value is not None and self.keeps_level(value, own):
            thread.level = value.number
        elif at is None and (value is None or not value.is_known):
            thread.doubts |= {LEVEL, SAVED}  # nobody knows what comes back
            thread.level = thread.level if value is None else value.number
        elif at is None:
            thread.level = value.number
            del thread.saved[-1:]
        else:
            self.come_back(thread.saved.pop(at), value)

    def keeps_level(self, value, own):
        """A number that the level has already, and that is not what was saved."""
        saved = self.thread.saved
        is_found = any(value.ident and one.ident is value.ident for one in saved)
        if not saved or is_found or value.number < self.thread.level:
            return False
        return saved[-1 if own is None else own].level < value.number

    def come_back(self, saved, value):
        self.thread.level = saved.level if value is None else value.number
        self.thread.doubts.discard(LEVEL)
        if not saved.is_known:
            self.thread.doubts.add(LEVEL)

    # ---- The end

    def at_exit(self):
        thread = self.thread
        found = []
        if thread.net_critical:
            found.append(("wdm.CriticalRegions", [NET_CRITICAL], []))
        if thread.net_guarded:
            found.append(("wdm.GuardedRegions", [NET_GUARDED], []))
        if thread.level != thread.entry_level:
            found.append(("wdm.IrqlReturn", [LEVEL, SAVED], []))
        found += [(HOLDING_RULE[lock[0]], [lock], []) for lock in thread.held
                  if lock[0] in HOLDING_RULE]
        return found


def last(items, wanted):
    return next((at for at in reversed(range(len(items))) if wanted(items[at])), None)


def interpret(program, limit):
    """The truth; the statements' lines must be known."""
    truth = Truth()
    for entry in program.entries():
        choices = Choices()
        is_more = True
        while is_more:
            truth.paths += 1
            if truth.paths > limit:
                raise TooManyPaths()
            choices.position = 0
            Path(program, truth, choices).run(entry)
            is_more = choices.advance()
    truth.blame()
    return truth
