import assert from "node:assert/strict";
import { test } from "node:test";

import { Path, type Place, baseName, describe } from "../src/path";
import type { Finding, Range, Step } from "../src/protocol";

const file = "file:///driver/index%20a.c";
const other = "file:///driver/other.c";

function range(line: number, from = 0, to = 4): Range {
  return { start: { line, character: from }, end: { line, character: to } };
}

function step(line: number, depth: number, message: string, more = {}): Step {
  return { uri: file, range: range(line), message, depth, ...more };
}

function finding(steps: Step[]): Finding {
  return { uri: file, range: range(33), rule: "wdm.PushLock", message: "Bad", steps };
}

function lines(places: Place[], indent = ""): string[] {
  return places.flatMap((place) => [
    `${indent}${place.number} ${place.message}`,
    ...lines(place.children, `${indent}-`),
  ]);
}

test("the finding is the last step", () => {
  const path = new Path(finding([step(1, 0, "Enters"), step(2, 0, "Acquires")]));
  assert.deepEqual(lines(path.roots), ["1 Enters", "2 Acquires", "3 Bad"]);
  assert.deepEqual(path.places.map((one) => one.isFinding), [false, false, true]);
});

test("a path that ends with the finding has it once", () => {
  const path = new Path(finding([step(1, 0, "Enters"), step(33, 0, "Bad")]));
  assert.deepEqual(lines(path.roots), ["1 Enters", "2 Bad"]);
  assert.equal(path.places[1].isFinding, true);
});

test("a finding without steps is a path of one place", () => {
  assert.deepEqual(lines(new Path(finding([])).roots), ["1 Bad"]);
});

test("steps of a call are within the step that calls", () => {
  const path = new Path(finding([
    step(1, 0, "Enters"),
    step(2, 0, "Calls"),
    step(9, 1, "Acquires"),
    step(10, 1, "Calls deeper"),
    step(20, 2, "Releases"),
    step(11, 1, "Returns"),
    step(3, 0, "Calls again"),
    step(9, 1, "Acquires"),
  ]));
  assert.deepEqual(lines(path.roots), [
    "1 Enters", "2 Calls", "-3 Acquires", "-4 Calls deeper", "--5 Releases",
    "-6 Returns", "7 Calls again", "-8 Acquires", "-9 Bad",
  ]);
  assert.equal(path.places[4].parent, path.places[3]);
  assert.equal(path.places[0].parent, undefined);
});

test("a path may begin deep, and come up by more than one call", () => {
  const path = new Path(finding([
    step(1, 2, "Deep"), step(2, 5, "Deeper"), step(3, 3, "Up"), step(4, 0, "Top"),
  ]));
  assert.deepEqual(lines(path.roots), ["1 Deep", "-2 Deeper", "-3 Up", "4 Top", "5 Bad"]);
});

test("marks are those of one file, in its order; one for steps at one range", () => {
  const path = new Path(finding([
    step(30, 0, "Late"),
    step(5, 0, "Elsewhere", { uri: other }),
    step(7, 0, "Early", { state: "IRQL PASSIVE_LEVEL" }),
    step(30, 0, "Late again"),
  ]));
  assert.deepEqual(
    path.marks(file).map(({ label, isFinding, hover }) => [label, isFinding, hover]),
    [
      ["3", false, ["3. Early\nIRQL PASSIVE_LEVEL"]],
      ["1, 4", false, ["1. Late", "4. Late again"]],
      ["5", true, ["5. Bad"]],
    ],
  );
  assert.deepEqual(path.marks(other).map(({ label }) => label), ["2"]);
  assert.deepEqual(path.marks("file:///nowhere.c"), []);
  assert.deepEqual(path.uris, [file, other]);
});

test("the line beside a message says where and what is known", () => {
  const path = new Path(finding([step(6, 0, "Enters", { state: "critical 1" })]));
  assert.equal(describe(path.places[0]), "index a.c:7  critical 1");
  assert.equal(describe(path.places[1]), "index a.c:34");
  assert.equal(baseName("file:///x/100%.c"), "100%.c");
});

function afterEdit(before: Range, change: Range, text: string): Range {
  const path = new Path(finding([{ ...step(0, 0, "Step"), range: before }]));
  path.edited(file, { range: change, text });
  return path.places[0].range;
}

test("an edit behind a step leaves it where it is", () => {
  assert.deepEqual(afterEdit(range(5), range(6), "x\ny"), range(5));
  assert.deepEqual(afterEdit(range(5, 2, 4), range(5, 4, 9), ""), range(5, 2, 4));
});

test("lines above that come or go move a step", () => {
  assert.deepEqual(afterEdit(range(5), range(1, 0, 0), "a\r\nb\n"), range(7));
  const two = { start: { line: 1, character: 0 }, end: { line: 3, character: 0 } };
  assert.deepEqual(afterEdit(range(5), two, ""), range(3));
});

test("text before a step in its line moves it along the line", () => {
  assert.deepEqual(afterEdit(range(5, 8, 12), range(5, 2, 4), "xyz"), range(5, 9, 13));
  assert.deepEqual(afterEdit(range(5, 8, 12), range(5, 2, 2), "\n  "), range(6, 8, 12));
});

test("a step in text that is replaced goes to where that began", () => {
  const three = { start: { line: 4, character: 1 }, end: { line: 6, character: 0 } };
  assert.deepEqual(afterEdit(range(5), three, "z"), range(4, 1, 1));
});

test("an edit of another file moves nothing", () => {
  const path = new Path(finding([step(5, 0, "Step")]));
  path.edited(other, { range: range(1, 0, 0), text: "\n" });
  assert.deepEqual(path.places[0].range, range(5));
});
