"""Programs as the generator makes them. Nothing here knows C or a rule."""
import copy
import dataclasses
from typing import Optional

# How the system enters a function; anything else is called by the driver.
ENTRIES = ("dispatch", "dpc", "unload", "thread")
HELPER = "helper"


@dataclasses.dataclass
class Statement:
    """The line is where the text has it: of an `if`, that of its condition."""
    line: int = dataclasses.field(default=0, init=False, compare=False)


@dataclasses.dataclass
class Event(Statement):
    """A routine of the kernel, on a lock, with a variable for the old IRQL."""
    routine: str
    lock: Optional[str] = None
    old: Optional[str] = None


@dataclasses.dataclass
class Call(Statement):
    """A call of helpers: of the first, or of any in a table of pointers."""
    callees: list
    arguments: list = dataclasses.field(default_factory=list)
    lock: Optional[str] = None
    rounds: Optional[int] = None  # how deep a recursion goes; -1: one round less
    result: Optional[str] = None


@dataclasses.dataclass
class If(Statement):
    condition: object
    then: list
    otherwise: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Loop(Statement):
    """None, one or two rounds."""
    body: list
    counter: str


@dataclasses.dataclass
class Protected(Statement):
    """__try and __finally."""
    body: list
    final: list


@dataclasses.dataclass
class Assign(Statement):
    name: str
    value: bool


@dataclasses.dataclass
class Work(Statement):
    """Something that no rule is about, in no file of the driver. It may change what
    `ext` points to, for all that a checker knows, unless it is steady."""
    is_steady: bool = False


@dataclasses.dataclass
class Return(Statement):
    value: object = None  # a truth, or the name of a variable


@dataclasses.dataclass
class Goto(Statement):
    """To the end of the function, where it cleans up."""


# ---- Conditions ---------------------------------------------------------------


@dataclasses.dataclass
class Opaque:
    """Nobody knows, and each time anew."""


@dataclasses.dataclass
class Local:
    name: str
    negated: bool = False


@dataclasses.dataclass
class Attempt:
    """An acquisition that may fail. `wait` is the name of a variable, or None."""
    event: Event
    wait: Optional[str] = None
    negated: bool = False


@dataclasses.dataclass
class Succeeds:
    call: Call
    negated: bool = False


@dataclasses.dataclass
class IsLastRound:
    """The recursion ends here."""


# ---- Functions ------------------------------------------------------------------


@dataclasses.dataclass
class Function:
    uid: str  # of one function alone; its name may be another's too
    name: str
    kind: str
    is_static: bool = False
    result: str = "VOID"
    parameters: list = dataclasses.field(default_factory=list)
    lock_kind: Optional[str] = None  # the lock comes as a parameter
    is_recursive: bool = False
    guesses: list = dataclasses.field(default_factory=list)  # opaque, and kept
    flags: list = dataclasses.field(default_factory=list)
    counters: list = dataclasses.field(default_factory=list)
    levels: list = dataclasses.field(default_factory=list)
    copies: list = dataclasses.field(default_factory=list)  # locks by a local pointer
    body: list = dataclasses.field(default_factory=list)
    out: Optional[list] = None  # behind the label

    @property
    def is_entry(self):
        return self.kind in ENTRIES


@dataclasses.dataclass
class File:
    name: str
    functions: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Program:
    files: list

    def functions(self):
        for file in self.files:
            yield from file.functions

    def find(self, uid):
        return next(one for one in self.functions() if one.uid == uid)

    def file_of(self, function):
        return next(file for file in self.files
                    if any(one is function for one in file.functions))

    def entries(self):
        return [function for function in self.functions() if function.is_entry]

    def copy(self):
        return copy.deepcopy(self)


# ---- Walking --------------------------------------------------------------------


def inner_blocks(statement):
    if isinstance(statement, If):
        return [statement.then, statement.otherwise]
    if isinstance(statement, Loop):
        return [statement.body]
    if isinstance(statement, Protected):
        return [statement.body, statement.final]
    return []


def blocks_in(block):
    yield block
    for statement in block:
        for inner in inner_blocks(statement):
            yield from blocks_in(inner)


def blocks_of(function):
    yield from blocks_in(function.body)
    if function.out is not None:
        yield from blocks_in(function.out)


def statements_of(function):
    for block in blocks_of(function):
        yield from block


def condition_of(statement):
    return statement.condition if isinstance(statement, If) else None


def call_in(statement):
    condition = condition_of(statement)
    if isinstance(condition, Succeeds):
        return condition.call
    return statement if isinstance(statement, Call) else None


def event_in(statement):
    condition = condition_of(statement)
    if isinstance(condition, Attempt):
        return condition.event
    return statement if isinstance(statement, Event) else None


def callees_of(function):
    for statement in statements_of(function):
        call = call_in(statement)
        if call:
            yield from call.callees


def fresh(block):
    """Statements of its own: what two places share has one line, and one fate."""
    return [fresh_statement(statement) for statement in block]


def fresh_statement(statement):
    statement = copy.copy(statement)
    for name in ("then", "otherwise", "body", "final"):
        if hasattr(statement, name):
            setattr(statement, name, fresh(getattr(statement, name)))
    if hasattr(statement, "condition"):
        statement.condition = copy.deepcopy(statement.condition)
    return statement


def prune(program):
    """Drops what no entry point reaches, files with nothing in them and what stands
    behind a way out."""
    for function in program.functions():
        for block in blocks_of(function):
            ends = [at for at, one in enumerate(block) if isinstance(one, (Return, Goto))]
            del block[min(ends, default=len(block)) + 1:]
    reached = {function.uid for function in program.entries()}
    waiting = list(reached)
    while waiting:
        for uid in callees_of(program.find(waiting.pop())):
            if uid not in reached:
                reached.add(uid)
                waiting.append(uid)
    for file in program.files:
        file.functions = [one for one in file.functions if one.uid in reached]
    program.files[1:] = [file for file in program.files[1:] if file.functions]
    return program
