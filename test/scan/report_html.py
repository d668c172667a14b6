"""The page by its text: what it embeds, and that nothing in it comes alive."""
import base64
import hashlib
import io
import json
import os
import re
import tempfile
from html.parser import HTMLParser

import make_scan
from ddi import reports
from ddi.findings import File, Finding, Place, Rule, Scan, Step
from ddi.reports import Options, diagrams


class Page(HTMLParser):
    """The elements, and the text of scripts and styles."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts, self.open = [], {}, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.elements.append((tag, attributes))
        self.open = attributes.get("id") or tag

    def handle_endtag(self, tag):
        self.open = None

    def handle_data(self, data):
        self.texts[self.open] = self.texts.get(self.open, "") + data

    def data(self):
        return json.loads(self.texts["data"])


def write(scan, **options):
    out = io.StringIO()
    reports.write("html", scan, out, Options(**options))
    return out.getvalue()


def one_file():
    text = write(make_scan.small(), title="a <b> & c")
    page = Page(text)
    tags = [tag for tag, _ in page.elements]
    assert tags.count("script") == 2 and tags.count("style") == 1, tags
    assert not {"link", "img", "iframe", "object", "base", "image"} & set(tags), tags
    for tag, attributes in page.elements:
        assert not {"src", "onerror", "onload", "xlink:href", "href",
                    "style"} & set(attributes), (tag, attributes)
    assert page.texts["title"] == "a <b> & c"
    policy = next(attributes["content"] for _, attributes in page.elements
                  if attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    for name in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(
            page.texts[name].encode()).digest()).decode()
        assert "%s-src 'sha256-%s'" % (name, digest) in policy, name
    assert "url(" not in page.texts["style"] and "@import" not in page.texts["style"]


def harmless():
    """What files, messages, names and rules say is data."""
    evil = "</script><script>alert(1)</script><!--\u202e\u2028\ud800\x00&lt;"
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "x.c"), "wb") as file:
            file.write(evil.encode("utf-8", "surrogatepass") + b"\xff\n")
        finding = Finding("a.B", evil, evil, Place("x.c", 1, 1),
                          (Step(Place("x.c", 1, 200), evil, 1),))
        scan = Scan(folder, evil, {"a.B": Rule("a.B", evil, evil, "javascript:alert(1)",
                                               evil, evil)},
                    [finding], [File(evil, evil)])
        text = write(scan, title=evil.replace("\ud800", ""))
    text.encode("utf-8")
    page = Page(text)
    assert [tag for tag, _ in page.elements].count("script") == 2
    data = page.data()
    assert data["findings"][0]["message"] == evil
    assert data["files"][0]["parts"][0][1].startswith("</script>")
    assert data["rules"][0]["url"] == ""
    embedded = page.texts["data"]
    assert embedded.isascii() and "<" not in embedded and "&" not in embedded


def embedded_sources():
    """Only the files of paths; of a large one what lies around the steps; less
    around, if there is too much."""
    data = Page(write(make_scan.small())).data()
    assert sorted(file["name"] for file in data["files"]) == [
        "hostile file#1.c", "index.c", "index.h"]
    assert all(len(file["parts"]) == 1 and file["parts"][0][0] == 1
               for file in data["files"])
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "big.c"), "w") as file:
            file.writelines("line %d\n" % line for line in range(1, 5001))
        with open(os.path.join(folder, "long.c"), "w") as file:
            file.write("x" * 100000 + "\n")
        scan = Scan(folder, findings=[
            Finding("a.B", "m", "f", Place("big.c", 3000, 1),
                    (Step(Place("big.c", 100, 1), "s"),
                     Step(Place("big.c", 350, 1), "s"),
                     Step(Place("big.c", 9000, 1), "beyond"))),
            Finding("a.B", "m", "f", Place("long.c", 1, 5)),
            Finding("a.B", "m", "f", Place("gone.c", 7, 1))])
        big, gone, long = sorted(Page(write(scan)).data()["files"],
                                 key=lambda file: file["name"])
        assert [(first, text.split("\n")[0], text.count("\n") + 1)
                for first, text in big["parts"]] == [
            (1, "line 1", 550), (2800, "line 2800", 401)], big["parts"]
        assert big["lines"] == 5000
        assert gone == {"name": "gone.c", "parts": [], "lines": 0}
        assert len(long["parts"][0][1]) < 1100
        for limit in (4000, 300):
            files = Page(write(scan, source_limit=limit)).data()["files"]
            size = sum(len(text) for file in files for _, text in file["parts"])
            assert size <= limit, size
            assert size == 0 if limit == 300 else size > 1000


def everything_is_there():
    data = Page(write(make_scan.small())).data()
    assert [one["status"] for one in data["findings"]] == [
        "new", "gone", "new", "unchanged", "new", "undecided", "suppressed"]
    assert data["findings"][6]["reason"] == "only called by IndexControl"
    assert data["missed"] == [["lost.c", "'index2.h' file not found"],
                              ["잠금/b c.c", "ended by signal 9"]]
    states = data["states"]
    step = data["findings"][3]["steps"][4]
    assert states[step[6]] == {"irql": ["PASSIVE_LEVEL"], "critical": 1, "guarded": 0,
                               "held": [["Index->Resource", "ERESOURCE", "exclusive"]]}
    assert len(states) == 5, states  # each once
    assert "4 findings (3 new) in 2 files" in write(make_scan.small())
    assert "0 findings in 2 files, 5 functions and 2 entry points; every file" in \
        write(make_scan.empty())


def without_graphviz():
    """The diagrams are told in words."""
    path, os.environ["PATH"] = os.environ["PATH"], "/nowhere"
    try:
        text = write(make_scan.small())
    finally:
        os.environ["PATH"] = path
    assert "<svg" not in text
    assert Page(text).data()["rules"][0]["words"]


def contrast():
    """Text can be read, in light and in dark: WCAG's ratio of 4.5."""
    with open(os.path.join(os.path.dirname(diagrams.__file__), "page",
                           "report.css")) as file:
        css = file.read()
    themes = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
              for block in re.findall(r":root[^{]*\{[^}]*\}", css)]
    assert len(themes) == 3 and themes[1] == themes[2]
    pairs = [(text, back) for back in ("back", "pane", "hover", "accent-back")
             for text in ("text", "soft", "accent", "bad")]
    pairs += [(text, back) for back in ("pane", "accent-back", "bad-back")
              for text in ("comment", "string", "keyword", "number", "text")]
    pairs += [("bad", "bad-back"), ("good", "good-back"), ("text", "mark"),
              ("pane", "accent"), ("pane", "bad")]
    for theme in themes[:2]:
        for text, back in pairs:
            ratio = contrast_of(theme[text], theme[back])
            assert ratio >= 4.5, (text, back, theme[text], theme[back], ratio)


def contrast_of(one, other):
    def light(color):
        parts = [int(color[at:at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else
                            ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


for test in (one_file, harmless, embedded_sources, everything_is_there,
             without_graphviz, contrast):
    test()
