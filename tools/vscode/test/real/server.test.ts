// The extension in a fake editor, with the real server on the sample driver:
// DDI_LSP is the server, DDI_BUILD has the database of the driver in DDI_SOURCE.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Selection, Uri, fake } from "../fake/vscode";
import { run, until, withExtension } from "../tools";

const { DDI_LSP, DDI_BUILD, DDI_SOURCE = "", DDI_CHECK } = process.env;
const file = join(DDI_SOURCE, "index.c");
const text = readFileSync(file, "utf8").split("\n");
const line = text.findIndex((one) => one.includes("ExReleasePushLockExclusive(&Index->Lock); /* planted"));

Object.assign(fake.settings, {
  "ddi-check.path": DDI_LSP,
  "ddi-check.build": DDI_BUILD,
  "ddi-check.ddiCheck": DDI_CHECK,
  "ddi-check.debounce": 10,
});
fake.folders.push({ name: "sample", uri: Uri.file(DDI_SOURCE), index: 0 });

function known(): unknown {
  return [fake.messages, fake.log, fake.statusItem, fake.diagnostics(file)];
}

function planted(): any {
  return fake.diagnostics(file).find(({ range }) => range.start.line === line);
}

test("findings, their path, their rule, and silence", () =>
  withExtension(async () => {
    const editor = fake.open(file);
    await until("found", planted, known);
    await until("analysed", () => fake.statusItem.text.startsWith("$(check) DDI "), known);
    assert.equal(fake.statusItem.text, `$(check) DDI ${fake.diagnostics(file).length}`);
    const finding = planted();
    assert.equal(finding.source, "ddi-check");
    assert.equal(finding.code.value, "wdm.PushLock");
    assert.match(String(finding.code.target), /^https:\/\/learn\.microsoft\.com\//);

    editor.selection = new Selection(line, 0, line, 0);
    await run("showPathAtCursor");
    await until("shown", () => fake.context["ddi-check.hasPath"], known);
    const steps = fake.treeLines();
    assert.match(steps.join("\n"), /'Index->Lock' is acquired shared \(index\.c:\d+ .*holds /);
    assert.ok(steps[steps.length - 1].includes(finding.message), steps.join("\n"));

    await run("explainRuleAtCursor");
    await until("explained", () => fake.executed.length, known);
    const [[command, page]] = fake.executed;
    assert.equal(command, "markdown.showPreview");
    assert.match(readFileSync((page as Uri).fsPath, "utf8"), /wdm\.PushLock/);

    await run("suppressAtCursor");
    await until("silenced", () => !planted() && !nextLine(), known);
    assert.match(editor.document.getText(), /\n {2}\/\/ ddi-suppress wdm\.PushLock: reason\n/);
    assert.deepEqual(fake.messages, []);
  }));

test("a scan of the driver lets a path begin where the system enters", () =>
  withExtension(async () => {
    const editor = fake.open(file);
    await until("found", planted, known);
    await run("rescanDriverOfFile");
    editor.selection = new Selection(line, 0, line, 0);
    await until("scanned", () => steps().some((one) => one.includes("control.c")), known);
    await run("showPathAtCursor");
    await until("shown", () => fake.treeLines().join().includes("NotebookControl"), known);
    assert.match(fake.treeLines()[0], /The system enters 'NotebookControl' .*\(control\.c:/);
  }));

function nextLine(): any {
  return fake.diagnostics(file).find(({ range }) => range.start.line === line + 1);
}

function steps(): string[] {
  const related = planted()?.relatedInformation ?? [];
  return related.map((one: any) => one.location.uri.path);
}
