"""Findings and what else a scan tells, as `ddi-check --format json` and its
`--report` print them."""
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """In a file; line and column count from one, the column in bytes.  Line 0: the
    file as a whole."""
    file: str
    line: int = 0
    column: int = 0

    @staticmethod
    def read(data):
        return Place(data["file"], data["line"], data["column"])


@dataclass(frozen=True)
class Held:
    """What a path holds: the object as the source names it, its kind ("ERESOURCE"),
    and "shared" or "exclusive", or "" where no mode is."""
    object: str
    kind: str
    mode: str = ""


@dataclass(frozen=True)
class State:
    """Behind a step: the IRQL's lowest and highest level by name; depths of critical
    and guarded regions (None: not known); what is held."""
    irql: tuple = ()
    critical: int | None = None
    guarded: int | None = None
    held: tuple = ()

    @staticmethod
    def read(data):
        held = tuple(Held(h["object"], h["kind"], h.get("mode", ""))
                     for h in data.get("held", ()))
        return State(tuple(data.get("irql", ())), data.get("critical"),
                     data.get("guarded"), held)


@dataclass(frozen=True)
class Step:
    """Of the path that leads to a finding; depth: calls below where it starts."""
    at: Place
    message: str
    depth: int = 0
    state: State | None = None

    @staticmethod
    def read(data):
        state = data.get("state")
        return Step(Place.read(data["at"]), data["message"], data["depth"],
                    State.read(state) if state else None)


@dataclass(frozen=True)
class Edit:
    """Replaces length bytes of the file from the offset on."""
    file: str
    offset: int
    length: int
    text: str


@dataclass(frozen=True)
class Suppression:
    """Where the source silences findings; kind: "comment", "attribute" or "pragma";
    rules: names, or the numbers that a pragma gives."""
    at: Place
    kind: str
    rules: tuple = ()
    reason: str = ""
    used: bool = True

    @staticmethod
    def read(data):
        return Suppression(Place.read(data["at"]), data["kind"],
                           tuple(data.get("rules", ())), data.get("reason", ""),
                           data.get("used", True))


@dataclass
class Finding:
    """A broken rule; level: "error", "warning" or "note", of which the last never counts
    against a scan.  What is only not decided is a note, and no finding."""
    rule: str
    message: str
    function: str
    at: Place
    path: tuple = ()
    fix: tuple = ()
    level: str = "warning"
    suppression: Suppression | None = None
    is_undecided: bool = False
    fingerprint: str = ""  # stable over moved lines; see fingerprints.py
    baseline: str = ""     # "new", "unchanged" or "absent"; "": nothing to compare

    @staticmethod
    def read(data):
        suppressed = data.get("suppressed")
        return Finding(
            data["rule"], data["message"], data["function"],
            Place.read(data["at"]), tuple(map(Step.read, data["path"])),
            tuple(Edit(e["file"], e["offset"], e["length"], e["text"])
                  for e in data["fix"]),
            data.get("level", "warning"),
            Suppression.read(suppressed) if suppressed else None,
            is_undecided=data.get("level") == "note")


@dataclass(frozen=True)
class Rule:
    """One of ours, as `ddi-check --list-rules --format json` tells it; aliases: the numbers that
    Code Analysis has for the same thing."""
    name: str
    summary: str
    text: str
    url: str
    bad: str = ""
    good: str = ""
    aliases: tuple = ()

    @staticmethod
    def read(data):
        return Rule(data["name"], data["summary"], data["text"], data["url"],
                    data.get("bad", ""), data.get("good", ""),
                    tuple(data.get("aliases", ())))


class Rules(dict):
    """Our rules, by name.  published: for each of Microsoft's the name of ours that
    checks it, or "" if none does yet."""

    def __init__(self, rules=(), published=()):
        super().__init__((rule.name, rule) for rule in rules)
        self.published = dict(published)

    @staticmethod
    def read(lines):
        """As `ddi-check --list-rules --format json` prints them: an object each."""
        lines = list(lines)
        ours = [Rule.read(data) for data in lines if data["by"] == data["name"]]
        return Rules(ours, ((data["name"], data["by"]) for data in lines
                            if data["published"]))


@dataclass(frozen=True)
class File:
    """Of the build; why: what kept it from being analysed, or ""."""
    name: str
    why: str = ""


@dataclass
class Scan:
    """All that a report needs.  Names of files are relative to root, with '/', if
    they lie below it."""
    root: str
    version: str = ""
    rules: dict = field(default_factory=dict)  # by name
    findings: list = field(default_factory=list)
    files: list = field(default_factory=list)
    suppressions: list = field(default_factory=list)
    functions: int = 0     # defined in the files that were analysed
    entry_points: int = 0
    pairs: int = 0         # of a function and a rule
    undecided: int = 0     # of those

    def shown(self):
        """The findings that count: neither suppressed nor only undecided, and not
        gone since the baseline."""
        return [f for f in self.findings
                if not f.suppression and not f.is_undecided and
                f.baseline != "absent"]
