"""Who has found what: ours by the file whose analysis they go with, and clangd's."""
import copy
import os

from .edits import clamped_range, through
from .positions import Malformed, as_json, from_json


class Ledger:
    """The findings that are shown.  Their places are those of the texts as they were
    when they were last looked at; catch_up() brings them up to now."""

    def __init__(self, documents):
        self.documents = documents
        self.owned = {}   # owner: Records
        self.caught = {}  # path: the Document and the revision that places are of

    def records(self):
        return [one for owned in self.owned.values() for one in owned]

    def of(self, path):
        """The distinct findings in a file, in order."""
        self.catch_up()
        found = {}
        for one in self.records():
            if one.at.path == path and (one.key() not in found or
                                        not one.is_stale):
                found[one.key()] = one
        return sorted(found.values(), key=lambda one: (one.at.range, one.key()))

    def find(self, path, fingerprint):
        """The finding of that fingerprint; None if it is there no more."""
        found = [one for one in self.of(path) if one.fingerprint == fingerprint]
        return found[0] if found else None

    def paths(self):
        return {one.at.path for one in self.records()}

    def catch_up(self):
        """Moves all places to where they are in the texts now."""
        for document in self.documents:
            known, revision = self.caught.get(document.path, (document, 0))
            edits = document.since(revision if known is document else 0)
            self.caught[document.path] = document, document.revision
            if edits is None:  # too many to know
                self.drop(lambda one: one.at.path == document.path)
            elif edits:
                self.drop(lambda one: not one.follow(document.path, edits))
                self.drop(lambda one: not one.owner and one.at.path == document.path)

    def drop(self, is_gone):
        for owner, owned in list(self.owned.items()):
            kept = [one for one in owned if not is_gone(one)]
            self.owned[owner] = kept
            if not kept:
                del self.owned[owner]

    def replace(self, owner, records, headers=()):
        """Takes the records for all that the owner has, and for what no one has in
        headers of these names: it includes them."""
        self.catch_up()
        self.drop(lambda one: not one.owner and
                  os.path.basename(one.at.path) in headers)
        self.owned[owner] = list(records)

    def replace_functions(self, owner, records, functions, lines):
        """Takes the records for what the owner has on paths that begin in the functions,
        and on these lines of its own text."""
        self.catch_up()
        new = {one.key() for one in records}

        def is_kept(one):
            line = one.at.range[0].line
            return one.root not in functions and one.key() not in new and not (
                one.at.path == owner and
                any(first <= line <= last for first, last in lines))

        kept = [one for one in self.owned.get(owner, ()) if is_kept(one)]
        self.owned[owner] = kept + list(records)

    def replace_all(self, records, seen):
        """Takes the records for what all owners in seen have, and for what has none."""
        self.catch_up()
        owned = {owner: [] for owner in {*seen, ""}}
        for one in records:
            owned.setdefault(one.owner, []).append(one)
        self.owned.update(owned)

    def mark_stale(self, owner):
        for one in self.owned.get(owner, ()):
            one.is_stale = True


class Others:
    """The diagnostics of clangd, by path, as it published them last."""

    def __init__(self, documents):
        self.documents = documents
        self.kept = {}  # path: list, and the Document and its revision, or None

    def set(self, path, diagnostics, version):
        """version: of the text that they are about; None if it is not told."""
        document = self.documents.get(path)
        known = document and (document, document.revision_of(version))
        self.kept[path] = diagnostics, known

    def of(self, path):
        """clangd's list, with the places as they are in the text now."""
        if path not in self.kept:
            return []
        diagnostics, known = self.kept[path]
        document = self.documents.get(path)
        if not known or known[0] is not document:
            return diagnostics
        edits = document.since(known[1])
        return [moved(one, edits) for one in diagnostics] if edits else diagnostics

    def close(self, path):
        self.kept.pop(path, None)


def moved(diagnostic, edits):
    """A diagnostic of clangd's after the edits, without the fixes in it: they were for
    the text before."""
    try:
        pair = through(from_json(diagnostic["range"]), edits, clamped_range)
    except (KeyError, TypeError, Malformed):
        return diagnostic
    diagnostic = copy.copy(diagnostic)
    diagnostic["range"] = as_json(pair)
    diagnostic.pop("codeActions", None)
    return diagnostic
