import assert from "node:assert/strict";
import { test } from "node:test";

import { type Diagnostic, findingsAt, ruleOf } from "../src/findings";

function finding(line: number, from: number, to: number, source = "ddi-check"): Diagnostic {
  return {
    range: { start: { line, character: from }, end: { line, character: to } },
    message: `${line}:${from}`,
    source,
  };
}

const all = [finding(3, 2, 6), finding(3, 10, 14), finding(3, 0, 20, "clangd"),
  finding(8, 0, 4)];

function at(line: number, character: number): string[] {
  return findingsAt(all, { line, character }).map(({ message }) => message);
}

test("the finding around the cursor comes first", () => {
  assert.deepEqual(at(3, 2), ["3:2"]);
  assert.deepEqual(at(3, 6), ["3:2"]);
  assert.deepEqual(at(3, 12), ["3:10"]);
});

test("elsewhere in the line all of the line are meant, but only ours", () => {
  assert.deepEqual(at(3, 8), ["3:2", "3:10"]);
  assert.deepEqual(at(8, 30), ["8:0"]);
  assert.deepEqual(at(4, 0), []);
});

test("a finding of several lines is on each of them", () => {
  const long: Diagnostic = {
    range: { start: { line: 1, character: 9 }, end: { line: 3, character: 1 } },
    message: "long",
    source: "ddi-check",
  };
  assert.equal(findingsAt([long], { line: 2, character: 0 }).length, 1);
  assert.equal(findingsAt([long], { line: 1, character: 0 }).length, 1);
  assert.equal(findingsAt([long], { line: 3, character: 5 }).length, 1);
  assert.equal(findingsAt([long], { line: 0, character: 9 }).length, 0);
});

test("the rule is the code, with or without a page", () => {
  assert.equal(ruleOf({ ...finding(1, 0, 1), code: "wdm.PushLock" }), "wdm.PushLock");
  assert.equal(ruleOf({ ...finding(1, 0, 1), code: { value: "a" } }), "a");
  assert.equal(ruleOf(finding(1, 0, 1)), "");
});
