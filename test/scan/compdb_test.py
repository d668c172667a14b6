"""Reads and writes compile databases."""
import io
import json
import os
import random
import shlex
import sys
import tempfile
import time
import tracemalloc
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "tools"))

from ddi import compdb  # noqa: E402
from ddi.errors import Failure  # noqa: E402

ENTRY = {"directory": "/d", "file": "a.c", "arguments": ["cc", "a.c"]}


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(dir=os.environ.get("SCRATCH"))
        self.path = os.path.join(self.folder, compdb.NAME)

    def read(self, content):
        data = content if isinstance(content, bytes) else content.encode()
        with open(self.path, "wb") as out:
            out.write(data)
        problems = []
        return list(compdb.read(self.folder, problems)), problems

    def fails(self, content, text):
        with self.assertRaises(Failure) as caught:
            self.read(content)
        self.assertIn(text, str(caught.exception))
        self.assertNotIn("\n", str(caught.exception))


class Reading(Case):
    def test_the_forms_of_a_command(self):
        entries, problems = self.read(json.dumps([
            ENTRY, {"directory": "/d", "file": "b.c", "output": "b.o",
                    "command": "cc -DX='a b' -o b.o b.c"},
            {"directory": "C:\\d", "file": "c.c", "project": "p.vcxproj",
             "command": r'"C:\VS\CL.exe" /DP=\"x\" /I"C:\a b" c.c'}]))
        self.assertEqual(problems, [])
        self.assertEqual([e.arguments for e in entries], [
            ["cc", "a.c"], ["cc", "-DX=a b", "-o", "b.o", "b.c"],
            [r"C:\VS\CL.exe", '/DP="x"', r"/IC:\a b", "c.c"]])
        self.assertEqual(entries[1].output, "b.o")
        self.assertEqual(entries[2].project, "p.vcxproj")

    def test_a_bad_entry_costs_nothing_but_itself(self):
        bad = [1, [], {}, {"directory": "/d"}, dict(ENTRY, file=3),
               dict(ENTRY, arguments=[]), dict(ENTRY, arguments=["cc", 1]),
               dict(ENTRY, arguments="cc a.c"), dict(ENTRY, file="a\0.c"),
               dict(ENTRY, file="\ud800.c"), dict(ENTRY, output=[1]),
               {"directory": "/d", "file": "a.c", "command": "cc 'a.c"}]
        entries, problems = self.read(json.dumps([ENTRY, *bad, ENTRY]))
        self.assertEqual(len(entries), 2)
        self.assertEqual(len(problems), len(bad))
        self.assertIn("compile_commands.json: entry 2: it is no object",
                      str(problems[0]))
        self.assertIn("a quotation does not end", str(problems[-1]))

    def test_bytes_that_are_not_utf8(self):
        text = json.dumps([ENTRY, ENTRY]).encode()
        entries, problems = self.read(text.replace(b"a.c", b"\xff.c", 2))
        self.assertEqual((len(entries), len(problems)), (1, 1))

    def test_marks_and_utf16(self):
        for encoding in ("utf-8-sig", "utf-16"):
            entries, _ = self.read(json.dumps([ENTRY]).encode(encoding))
            self.assertEqual(len(entries), 1)

    def test_names_of_any_kind(self):
        name = "/d/\n \"'\\\u00e4\U0001f600.c"
        entries, problems = self.read(json.dumps([dict(ENTRY, file=name)]))
        self.assertEqual((entries[0].file, problems), (name, []))

    def test_what_is_no_database(self):
        self.fails("", "line 1: it is empty")
        self.fails(" \n", "it is empty")
        self.fails("{}", "it must be an array")
        self.fails("null", "it must be an array")
        self.fails("[", "the file is cut off")
        self.fails("[{}", "the file is cut off")
        self.fails("[\n{}\n{}]", "line 3: ',' or ']' expected")
        self.fails("[{},]", "Expecting value")
        self.fails("[{}] x", "text behind the array")
        self.fails('[{"a": x}' + " " * 100 + "]", "Expecting value")
        self.fails("[" * 100000, "too large or too deep")
        self.fails("[" + "1" * 10000 + "]", "too large or too deep")
        with self.assertRaisesRegex(Failure, "cannot read .*none.*No such file"):
            list(compdb.read(os.path.join(self.folder, "none")))

    def test_every_cut_is_told(self):
        whole = json.dumps([ENTRY, ENTRY])
        for length in range(len(whole)):
            with self.assertRaises(Failure, msg=length):
                self.read(whole[:length])

    def test_values_on_the_border_of_what_is_in_memory(self):
        chunk, compdb.CHUNK = compdb.CHUNK, 7
        try:
            entries, _ = self.read(json.dumps([ENTRY] * 30, indent=1))
            self.assertEqual(len(entries), 30)
            self.fails(json.dumps([ENTRY] * 30)[:-1], "the file is cut off")
        finally:
            compdb.CHUNK = chunk

    def test_a_large_one_takes_little_memory(self):
        one = json.dumps(dict(ENTRY, arguments=["cc"] + ["-DMACRO_%d" % n for n in
                                                         range(400)]))
        with open(self.path, "w") as out:
            out.write("[" + ",\n".join([one] * 5000) + "]")
        self.assertGreater(os.path.getsize(self.path), 20 << 20)
        tracemalloc.start()
        self.assertEqual(sum(1 for _ in compdb.read(self.folder)), 5000)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        self.assertLess(peak, 12 << 20)

    def test_long_strings_are_not_read_again_and_again(self):
        start = time.monotonic()
        long = "x" * (30 << 20)
        entries, _ = self.read(json.dumps([dict(ENTRY, arguments=["cc", long])]))
        self.assertEqual(len(entries[0].arguments[1]), len(long))
        self.assertLess(time.monotonic() - start, 20)


class Words(unittest.TestCase):
    def test_posix_as_shlex(self):
        choose = random.Random(1)
        for _ in range(20000):
            text = "".join(choose.choice("ab \t\n'\"\\$#") for _ in
                           range(choose.randrange(12)))
            try:
                expected = shlex.split(text)
            except ValueError:
                expected = None
            try:
                words = compdb.split_posix(text)
            except ValueError:
                words = None
            # A backslash at the very end escapes nothing.
            if not text.endswith("\\"):
                self.assertEqual(words, expected, repr(text))

    def test_windows(self):
        for text, words in (
                (r'cl "a b" c', ["cl", "a b", "c"]),
                (r'"C:\a b\cl.exe"/c x', [r"C:\a b\cl.exe", "/c", "x"]),
                (r'cl a\\b c:\d\ e', ["cl", r"a\\b", "c:\\d\\", "e"]),
                (r'cl "a\\" b', ["cl", "a\\", "b"]),
                (r'cl a\"b', ["cl", 'a"b']),
                (r'cl a\\\"b c', ["cl", 'a\\"b', "c"]),
                (r'cl a\\"b c" d', ["cl", r"a\b c", "d"]),
                (r'cl "a""b" c', ["cl", 'a"b', "c"]),
                (r'cl "" x', ["cl", "", "x"]),
                (r'cl "open end', ["cl", "open end"]),
                ("", []), ("  ", [])):
            self.assertEqual(compdb.split_windows(text), words, text)


class Writing(Case):
    def test_what_is_written_is_read(self):
        entries = [compdb.Entry("/d", "a\n.c", ["cc", "\u00e4 \"\\"], "o"),
                   compdb.Entry("/d", "b.c", ["cc"])]
        self.assertEqual(compdb.write(iter(entries), self.path), 2)
        self.assertEqual(list(compdb.read(self.folder)), entries)
        self.assertEqual(os.listdir(self.folder), [compdb.NAME])

    def test_clang_gets_no_key_that_it_does_not_know(self):
        compdb.write([compdb.Entry("/d", "a.c", ["cc"], "", "p.vcxproj")], self.path)
        with open(self.path) as file:
            self.assertEqual(set(json.load(file)[0]), {"directory", "file",
                                                       "arguments"})

    def test_a_failure_leaves_what_was_there(self):
        compdb.write([compdb.Entry("/d", "a.c", ["cc"])], self.path)

        def entries():
            yield compdb.Entry("/d", "b.c", ["cc"])
            raise Failure("no more")

        with self.assertRaises(Failure):
            compdb.write(entries(), self.path)
        self.assertEqual([e.file for e in compdb.read(self.folder)], ["a.c"])
        self.assertEqual(os.listdir(self.folder), [compdb.NAME])
        with self.assertRaisesRegex(Failure, "cannot write"):
            compdb.write([], os.path.join(self.folder, "none", "x.json"))


if __name__ == "__main__":
    unittest.main(verbosity=0, buffer=isinstance(sys.stdout, io.StringIO))
