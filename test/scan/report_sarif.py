"""What GitHub reads in SARIF, and the columns and hashes in it."""
import io
import json
import os
import re
import sys
import tempfile

import make_scan
from ddi import reports
from ddi.findings import Edit, File, Finding, Place, Rule, Scan, Step
from ddi.reports import Options
from ddi.reports.line_hash import line_hashes
from ddi.sources import Sources


def report(scan, **options):
    out = io.StringIO()
    reports.write("sarif", scan, out, Options(**options))
    return json.loads(out.getvalue())["runs"][0]


def hashes():
    """The vectors of github/codeql-action, src/fingerprints.test.ts."""
    for text, wanted in (
            ("", "c129715d7a2bc9a3"),
            (" a\nb\n  \t\tc\n d",
             "271789c17abda88f 54703d4cd895b18 180aee12dab6264 a23a3dc5e078b07b"),
            (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
             "8b7cf3e952e7aeb2 b1ae1287ec4718d9 bff680108adb0fcc c6805c5e1288b612 "
             "b86d3392aea1be30 e6ceba753e1a442"),
            (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
             "e9496ae3ebfced30 fb7c023a8b9ccb3f ce8ba1a563dcdaca e20e36e16fcb0cc8 "
             "b3edc88f2938467e c8e28b0b4002a3a0 c129715d7a2bc9a3"),
            ("x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n",
             "e54938cc54b302f1 bb609acbe9138d60 1131fd5871777f34 5c482a0f8b35ea28 "
             "54517377da7028d2 2c644846cb18d53e f1b89f20de0d133 c129715d7a2bc9a3")):
        wanted = [one + ":1" for one in wanted.split()]
        assert line_hashes(text.encode()) == wanted, (text, line_hashes(text.encode()))
    same = line_hashes(b"Lorem ipsum dolor sit amet.\n" * 10)
    assert same[:7] == ["a7f2ff13bc495cf2:%d" % n for n in range(1, 7)] + \
        ["a7f2ff1481e87703:1"], same


def columns():
    """UTF-16 units: of two Korean letters one each, of the lock two."""
    run = report(make_scan.small())
    assert run["columnKind"] == "utf16CodeUnits"
    wide = [one for one in run["results"]
            if one["locations"][0]["physicalLocation"]["region"]["startLine"] == 17]
    line = Sources(make_scan.INPUTS).line("index.c", 17).encode("utf-16-le")
    region = wide[0]["locations"][0]["physicalLocation"]["region"]
    cut = line[2 * region["startColumn"] - 2:2 * region["endColumn"] - 2]
    assert cut.decode("utf-16-le") == "ExReleasePushLockShared", region

    with tempfile.TemporaryDirectory() as folder:
        for name, data in (("bom.c", "\ufeffint x;".encode()),
                           ("wide.c", "a\r\nint 금x;".encode("utf-16"))):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
        sources = Sources(folder)
        assert sources.span(Place("bom.c", 1, 8)) == (5, 6)    # behind the mark
        assert sources.span(Place("wide.c", 2, 5)) == (5, 7)   # was read as UTF-8
        assert sources.span(Place("none.c", 3, 9)) == (9, 10)
        assert sources.span(Place("bom.c", 9, 2)) == (2, 3)


def results():
    run = report(make_scan.small(), category="drivers/x64", exit_status=3,
                 started="2026-01-31T12:00:00Z", ended="2026-01-31T12:00:09Z")
    assert run["automationDetails"] == {"id": "drivers/x64/"}
    places = [(one["ruleId"], one["locations"][0]["physicalLocation"]
               ["artifactLocation"]["uri"]) for one in run["results"]]
    assert places == [("ddi.wdm.PushLock", "hostile%20file%231.c"),
                      ("ddi.wdm.PushLock", "index.c"), ("ddi.wdm.PushLock", "index.c"),
                      ("ddi.wdm.CriticalRegions", "index.c")], places
    assert all(one["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"]
               == "SRCROOT" for one in run["results"])
    assert [one["baselineState"] for one in run["results"]] == [
        "new", "new", "unchanged", "new"]
    for one in run["results"]:
        assert run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"]
        region = one["locations"][0]["physicalLocation"]["region"]
        assert "endLine" not in region  # a pull request shows it if it has one line
        assert "suppressions" not in one

    second = run["results"][1]
    with open(os.path.join(make_scan.INPUTS, "index.c"), "rb") as file:
        text = file.read()
    assert second["partialFingerprints"] == {
        "primaryLocationLineHash": line_hashes(text)[11], "ddi/v1": "a1"}
    replacement = second["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement == {
        "deletedRegion": {"startLine": 12, "startColumn": 3, "endLine": 12,
                          "endColumn": 29},
        "insertedContent": {"text": "ExReleasePushLockShared"}}, replacement

    flow = run["results"][2]["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [one["nestingLevel"] for one in flow] == [0, 0, 0, 1, 1, 0, 0, 1]
    files = [one["location"]["physicalLocation"]["artifactLocation"]["uri"]
             for one in flow]
    assert files == ["index.c"] * 3 + ["index.h"] * 2 + ["index.c"] * 3, files
    assert [one["importance"] for one in flow] == [
        "important", "important", "important", "essential", "essential",
        "unimportant", "important", "essential"]
    assert flow[4]["state"] == {
        "IRQL": {"text": "PASSIVE_LEVEL"}, "critical regions": {"text": "1"},
        "guarded regions": {"text": "0"},
        "held: Index->Resource": {"text": "ERESOURCE exclusive"}}

    invocation = run["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert (invocation["exitCode"], invocation["startTimeUtc"],
            invocation["endTimeUtc"]) == (3, "2026-01-31T12:00:00Z",
                                          "2026-01-31T12:00:09Z")
    notes = invocation["toolExecutionNotifications"]
    assert [(one["level"], one["descriptor"]["id"]) for one in notes] == [
        ("error", "ddi.NotAnalysed")] * 2 + [("note", "ddi.UnusedSuppression")]
    assert notes[1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == \
        "%EC%9E%A0%EA%B8%88/b%20c.c"
    clean = report(make_scan.empty())["invocations"][0]
    assert clean == {"executionSuccessful": True, "toolExecutionNotifications": []}


def rules():
    driver = report(make_scan.small())["tool"]["driver"]
    assert driver["semanticVersion"] == "1.2.3"
    unnumbered = make_scan.empty()
    unnumbered.version = "ddi-check, with LLVM 22.1.8"
    other = report(unnumbered)["tool"]["driver"]
    assert other["fullName"] == unnumbered.version
    assert other["version"] == "0 (LLVM 22.1.8)" and "semanticVersion" not in other
    for rule in driver["rules"]:
        assert re.fullmatch(r"[A-Z][A-Za-z0-9]+", rule["name"]), rule["name"]
        assert rule["name"] != rule["id"]
        assert rule["id"].startswith("ddi.wdm.")
        for part in ("shortDescription", "fullDescription"):
            assert 0 < len(rule[part]["text"]) <= 1024
        assert "```c\n" in rule["help"]["markdown"]
        assert rule["helpUri"] in rule["help"]["markdown"]
        assert rule["help"]["text"]
        assert rule["properties"]["precision"] == "high"
    assert "PushLock" in [rule["name"][3:] for rule in driver["rules"]]
    # A rule that the tables do not know, and texts that are too long.
    scan = make_scan.empty()
    scan.rules = {"a.Long": Rule("a.Long", "s" * 3000, "t" * 3000, "")}
    scan.findings = [Finding("ndis.Irql_OID_Function", "m" * 3000, "", Place("x.c"))]
    run = report(scan)
    names = [rule["name"] for rule in run["tool"]["driver"]["rules"]]
    assert names == ["ALong", "NdisIrqlOIDFunction"], names
    assert len(run["tool"]["driver"]["rules"][0]["shortDescription"]["text"]) <= 1024
    assert len(run["results"][0]["message"]["text"]) <= 1024
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 1}


def choice():
    run = report(make_scan.small(), include_suppressed=True, include_absent=True)
    states = [(one.get("baselineState"), one["suppressions"])
              for one in run["results"]]
    assert ("absent", []) in states and ("unchanged", [{
        "kind": "inSource", "justification": "only called by IndexControl"}]) in states


def limits():
    scan = make_scan.many(25010)
    for finding in scan.findings:
        finding.baseline = "unchanged"
    scan.findings[25009].baseline = "new"
    run = report(scan)
    assert len(run["results"]) == 25000
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert notes[-1]["message"]["text"].startswith("10 results more"), notes
    # What is new is not among those that are left out.
    assert "new" in [one["baselineState"] for one in run["results"]]

    run = report(make_scan.with_path(make_scan.small(), 1500))
    flow = run["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"]
    said = [one["location"]["message"]["text"] for one in flow]
    assert len(flow) == 1000
    assert said[0] == "Step 0." and said[99] == "Step 99." and \
        said[100] == "Step 601." and said[998] == "Step 1499.", said[95:105]


def names():
    """A file elsewhere, of a name in other bytes, with a control character."""
    scan = Scan("/r", "", {}, [
        Finding("a.B", "m", "f", Place(name, 1, 1), (Step(Place(name, 1, 1), "s"),),
                (Edit(name, 99, 1, "\ud800"),))
        for name in ("/else where/x.c", "b\udcff.c", "new\nline.c", "a:b?.c")],
        [File("\ud800.c", "w")])
    out = io.StringIO()
    reports.write("sarif", scan, out, Options())
    out.getvalue().encode("utf-8")
    uris = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            for one in json.loads(out.getvalue())["runs"][0]["results"]]
    assert uris == ["file:///else%20where/x.c", "a%3Ab%3F.c", "b%FF.c",
                    "new%0Aline.c"], uris


def schema(path):
    import jsonschema
    with open(path) as file:
        validator = jsonschema.Draft7Validator(json.load(file))
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8") as file:
            errors = list(validator.iter_errors(json.load(file)))
        for error in errors:
            print("%s: %s: %s" % (name, "/".join(map(str, error.path)),
                                  error.message[:300]))
        if errors:
            sys.exit(1)


if len(sys.argv) > 1:
    schema(sys.argv[1])
else:
    for test in (hashes, columns, results, rules, choice, limits, names):
        test()
