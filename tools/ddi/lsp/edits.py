"""What an edit does to places in the text."""
from dataclasses import dataclass

from .positions import Position, Spot, position


@dataclass(frozen=True)
class Edit:
    """Replaces what is from start to end; what is put there ends at new_end."""
    start: Position
    end: Position
    new_end: Position


def moved(at, edit, is_pushed=False):
    """Where the Position is after the edit; one at the start of an insertion is pushed
    on if asked for.  None if the text around it is gone."""
    if at < edit.start or (at == edit.start and not
                           (is_pushed and edit.end == edit.start)):
        return at
    if at < edit.end:
        return None
    line = at.line - edit.end.line + edit.new_end.line
    if at.line != edit.end.line:
        return Position(line, at.character)
    return Position(line, at.character - edit.end.character + edit.new_end.character)


def moved_range(pair, edit):
    """Where the range is after the edit; None if its text was changed."""
    start, end = pair
    if edit.start < end and edit.end > start:
        return None
    return moved(start, edit, is_pushed=True), moved(end, edit)


def clamped_range(pair, edit):
    """Where the range is after the edit; an end whose text is gone is in front of it."""
    start = moved(pair[0], edit, is_pushed=True) or edit.start
    return start, max(start, moved(pair[1], edit) or edit.start)


def through(thing, edits, move):
    """Where a thing is after several edits; None if one of them took it away."""
    for edit in edits:
        if thing is None:
            return None
        thing = move(thing, edit)
    return thing


def difference(before, after, encoding):
    """The Edit that makes lines out of others; None if they are the same."""
    if before == after:
        return None
    most = min(len(before), len(after))
    first = next((i for i in range(most) if before[i] != after[i]), most)
    if first == most:  # lines are added or gone at the end, behind the one before
        first -= 1
    rest = most - first - 1
    same = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), max(rest, 0))
    old, new = len(before) - 1 - same, len(after) - 1 - same
    front = common(before[first], after[first])
    back = common(before[old][front if old == first else 0:][::-1],
                  after[new][front if new == first else 0:][::-1])
    return Edit(position(before, Spot(first, front), encoding),
                position(before, Spot(old, len(before[old]) - back), encoding),
                position(after, Spot(new, len(after[new]) - back), encoding))


def common(one, other):
    """How many characters both begin with."""
    most = min(len(one), len(other))
    return next((i for i in range(most) if one[i] != other[i]), most)


def changed_lines(edits):
    """Pairs of first and last line, from zero, in the text after the edits, that hold
    what they changed."""
    lines = []
    for edit in edits:
        new = [edit.start.line, edit.new_end.line]
        by = edit.new_end.line - edit.end.line
        kept = []
        for first, last in lines:
            if last < edit.start.line:
                kept.append([first, last])
            elif first > edit.end.line:
                kept.append([first + by, last + by])
            else:
                new = [min(new[0], first), max(new[1], last + by)]
        lines = sorted([*kept, new])
        if len(lines) > 100:
            lines = [[lines[0][0], max(last for _, last in lines)]]
    return lines
