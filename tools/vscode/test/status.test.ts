import assert from "node:assert/strict";
import { test } from "node:test";

import type { Status } from "../src/protocol";
import { statusText } from "../src/status";

function status(state: Status["state"], findings: number, message = ""): Status {
  return { uri: "file:///driver/a.c", state, findings, message };
}

function shown(one: Status): [string, string, boolean] {
  const { text, tooltip, isWarning } = statusText("running", one)!;
  return [text, tooltip, isWarning];
}

test("an analysed file says how many findings there are, none too", () => {
  assert.deepEqual(shown(status("analysed", 0)), [
    "$(check) DDI 0", "ddi-check: a.c was analysed", false,
  ]);
  assert.equal(shown(status("analysed", 3))[0], "$(check) DDI 3");
});

test("while it runs the last number stays", () => {
  assert.equal(shown(status("running", 0))[0], "$(sync~spin) DDI");
  assert.equal(shown(status("running", 2))[0], "$(sync~spin) DDI 2");
});

test("what was not analysed, and why, is in the tooltip", () => {
  assert.deepEqual(shown(status("stale", 2, "a.c does not parse: a.c:3:1: expected ';'")), [
    "$(history) DDI 2",
    "ddi-check: a.c was not analysed anew; its findings are older than its text\n" +
      "a.c does not parse: a.c:3:1: expected ';'",
    false,
  ]);
  assert.deepEqual(shown(status("failed", 0, "it took longer than --timeout")), [
    "$(warning) DDI",
    "ddi-check: a.c was not analysed\nit took longer than --timeout",
    true,
  ]);
  assert.deepEqual(shown(status("none", 0, "it is in no compile database")), [
    "$(circle-slash) DDI",
    "ddi-check: a.c is not analysed\nit is in no compile database",
    false,
  ]);
});

test("a state of a newer server is shown by its name", () => {
  const [text, tooltip] = shown(status("paused" as Status["state"], 1));
  assert.equal(text, "DDI 1");
  assert.equal(tooltip, "ddi-check: a.c paused");
});

test("how the server is comes first", () => {
  const known = status("analysed", 1);
  assert.equal(statusText("starting", known)!.text, "$(sync~spin) DDI");
  assert.equal(statusText("stopped", known)!.isWarning, true);
  assert.match(statusText("missing", known)!.tooltip, /ddi-check\.path/);
  assert.equal(statusText("off", known), undefined);
  assert.equal(statusText("running")!.text, "DDI");
});
