// The extension in a fake editor, with a fake server.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";

import { Range, Selection, Uri, commands, fake, window, workspace } from "./fake/vscode";
import {
  folder, program, run, until, withDroppedPromises, withExtension,
} from "./tools";

const here = folder();
const server = program(
  here, "ddi-lsp", `'${process.execPath}' '${join(__dirname, "fake", "server.js")}'`,
);
const file = join(here, "a.c");
const text = "int entry;\nint b;\n  bad();\n";
writeFileSync(file, text);

beforeEach(() => {
  Object.assign(fake, {
    settings: { "ddi-check.path": server },
    folders: [{ name: "driver", uri: Uri.file(here), index: 0 }],
    extensions: [], context: {}, messages: [], executed: [], log: [], collections: [], answer: undefined,
  });
  workspace.textDocuments = [];
  window.activeTextEditor = undefined;
  window.visibleTextEditors = [];
});

async function openBad() {
  const editor = fake.open(file);
  await until("analysed", () => fake.statusItem.text === "$(check) DDI 1");
  editor.selection = new Selection(2, 3, 2, 3);
  return editor;
}

test("package.json declares what the extension registers", async () => {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  await withExtension(async () => {
    const declared: string[] = contributes.commands.map((one: any) => one.command);
    for (const name of declared) assert.ok(fake.commands().includes(name), name);
    assert.equal(fake.tree.id, contributes.views["ddi-check"][0].id);
  });
  assert.deepEqual(fake.commands(), []);
});

test("a document of C is served, with its findings and its state", () =>
  withExtension(async () => {
    assert.equal(fake.context["ddi-check.running"], true);
    assert.equal(fake.statusItem.isShown, false);
    await openBad();
    const [finding] = fake.diagnostics(file);
    assert.equal(finding.message, "Line 3 is bad");
    assert.equal(fake.statusItem.tooltip, "ddi-check: a.c was analysed\nall of it");
    assert.equal(fake.statusItem.isShown, true);
    assert.equal(fake.statusItem.command, "ddi-check.menu");
  }));

test("other documents are left alone", () =>
  withExtension(async () => {
    fake.open(join(here, "notes.txt"), "plaintext", "bad");
    await openBad();
    assert.deepEqual(fake.diagnostics(join(here, "notes.txt")), []);
    fake.activate(workspace.textDocuments[0]);
    assert.equal(fake.statusItem.isShown, false);
    fake.open(join(here, "b.cpp"), "cpp", "bad bad\nbad");
    await until("analysed", () => fake.statusItem.text === "$(check) DDI 2");
    fake.activate(workspace.textDocuments[1]);
    assert.equal(fake.statusItem.text, "$(check) DDI 1");
  }));

test("the path of the finding at the cursor is a tree, and is marked in the text", () =>
  withExtension(async () => {
    const { document } = await openBad();
    await run("showPathAtCursor");
    await until("shown", () => fake.context["ddi-check.hasPath"] && fake.tree.revealed);
    assert.deepEqual(fake.treeLines(), [
      "1. The system enters (a.c:1  critical 0)",
      "  2. Goes wrong (a.c:3)",
      "  3. Line 3 is bad (a.c:3)",
    ]);
    assert.equal(fake.tree.message, "Line 3 is bad");
    assert.match(fake.tree.title, /wdm\.PushLock/);
    assert.equal(fake.tree.revealed.isFinding, true);
    assert.deepEqual(labels(), ["1", "2, 3"]);

    // A click goes to the step, in a document that was closed, too.
    const [first] = fake.tree.provider.getChildren();
    const { command } = fake.tree.provider.getTreeItem(first);
    fake.close(document);
    await commands.executeCommand(command.command, ...command.arguments);
    assert.equal(window.activeTextEditor?.document.fileName, file);
    assert.equal(window.activeTextEditor?.selection.start.line, 0);
    assert.deepEqual(labels(), ["1", "2, 3"]);

    await run("clearPath");
    assert.equal(fake.context["ddi-check.hasPath"], false);
    assert.deepEqual(fake.treeLines(), []);
    assert.deepEqual(labels(), []);
  }));

test("the path moves with the text", () =>
  withExtension(async () => {
    const { document } = await openBad();
    await run("showPathAtCursor");
    await until("shown", () => fake.context["ddi-check.hasPath"]);
    fake.edit(document, new Range(1, 0, 1, 0), "\n\n");
    assert.deepEqual(fake.treeLines()[1], "  2. Goes wrong (a.c:5)");
    await until("analysed", () => fake.diagnostics(file)[0]?.message === "Line 5 is bad");
  }));

test("a command without a finding says so", () =>
  withExtension(async () => {
    const editor = await openBad();
    editor.selection = new Selection(0, 0, 0, 0);
    for (const name of ["showPathAtCursor", "explainRuleAtCursor", "suppressAtCursor"]) {
      fake.messages = [];
      await run(name);
      assert.deepEqual(fake.messages, ["ddi-check: there is no finding at the cursor"], name);
    }
    fake.close(editor.document);
    fake.messages = [];
    await run("rescanDriverOfFile");
    assert.match(fake.messages[0], /open a C or C\+\+ file/);
  }));

test("of several findings in a line the user chooses", () =>
  withExtension(async () => {
    const editor = await openBad();
    // Two that the server has said, as of two rules.
    const uri = editor.document.uri;
    const collection = fake.collections.find((one) => one.get(uri));
    const [one] = collection.get(uri);
    collection.set(uri, [one, { ...one, message: "Other", code: "wdm.Other" }]);
    await run("explainRuleAtCursor");
    assert.deepEqual(fake.executed, []);
    fake.answer = "Other";
    await run("explainRuleAtCursor");
    assert.match(String(fake.executed[0][1]), /wdm\.Other\.md$/);
  }));

test("what the server refuses is told", () =>
  withExtension(async () => {
    const { document } = await openBad();
    const [finding] = fake.diagnostics(file);
    finding.data.fingerprint = "gone";
    assert.ok(document);
    await run("showPathAtCursor");
    await until("told", () => fake.messages.length);
    assert.match(fake.messages[0], /^ddi-check: .*this finding is gone/);
  }));

test("a rule's page opens as a preview", () =>
  withExtension(async () => {
    await openBad();
    await run("explainRuleAtCursor");
    const [[name, uri]] = fake.executed;
    assert.equal(name, "markdown.showPreview");
    assert.equal(String(uri), "file:///rules/wdm.PushLock.md");
  }));

test("a finding is suppressed, and the word for the reason is selected", () =>
  withExtension(async () => {
    const editor = await openBad();
    await run("suppressAtCursor");
    assert.equal(editor.document.getText(),
      "int entry;\nint b;\n// ddi-suppress wdm.PushLock: reason\n  bad();\n");
    const { start, end } = editor.selection;
    assert.deepEqual([start.line, start.character, end.line, end.character], [2, 30, 2, 36]);
    await until("gone", () => fake.statusItem.text === "$(check) DDI 0");
    assert.deepEqual(fake.diagnostics(file), []);
  }));

test("the menu: the driver is scanned again, the server started, the log shown", () =>
  withExtension(async () => {
    fake.settings["ddi-check.debounce"] = 20;
    fake.answer = "Restart";
    await openBad();
    await run("menu");
    await until("analysed anew", () => fake.statusItem.text === "$(check) DDI 1");
    fake.answer = "Re-scan";
    await run("menu");
    await until("asked", () => fake.statusItem.text === "$(sync~spin) DDI");
    assert.match(fake.statusItem.tooltip, /"debounce":20,"onType":true,"index":"auto"/);
    fake.answer = "log";
    await run("menu");
    assert.deepEqual(fake.executed, [["show log"]]);
    fake.answer = "none of them";
    await run("menu");
  }));

test("a setting that changes starts the server anew with it", () =>
  withExtension(async () => {
    await openBad();
    fake.configure("ddi-check.onType", false);
    fake.configure("editor.fontSize", 10);
    await until("stopped", () => fake.statusItem.text !== "$(check) DDI 1");
    await until("analysed anew", () => fake.statusItem.text === "$(check) DDI 1");
    await run("rescanDriverOfFile");
    await until("asked", () => /"onType":false/.test(fake.statusItem.tooltip));
    assert.deepEqual(fake.messages, []);
  }));

test("asked for its settings, it is told what it was told at the start", () =>
  withExtension(async () => {
    fake.settings["editor.tabSize"] = 3;
    await openBad();
    await run("rescanDriverOfFile");
    await until("asked", () => fake.statusItem.text === "$(sync~spin) DDI");
    const [, told] = fake.statusItem.tooltip.split("\n");
    const [atStart, [configured, others]] = JSON.parse(told);
    assert.deepEqual(configured, atStart["ddi-check"]);
    assert.equal(configured.path, true);
    assert.deepEqual(others, { tabSize: 3 });
  }));

test("mode off starts nothing, shows nothing, and can be left", async () => {
  fake.settings["ddi-check.mode"] = "off";
  await withExtension(async () => {
    fake.open(file);
    assert.equal(fake.context["ddi-check.running"], false);
    assert.equal(fake.context["ddi-check.isOn"], false);
    assert.equal(fake.statusItem.isShown, false);
    assert.ok(!fake.commands().includes("ddi-check.showPath"));
    fake.configure("ddi-check.mode", "standalone");
    await until("analysed", () => fake.statusItem.text === "$(check) DDI 1");
    assert.equal(fake.context["ddi-check.isOn"], true);
    fake.configure("ddi-check.mode", "off");
    await until("hidden", () => !fake.statusItem.isShown);
    await until("gone", () => !fake.diagnostics(file).length);
    assert.deepEqual(fake.messages, []);
  });
});

test("nothing is started where vscode-clangd has started ddi-lsp", async () => {
  fake.settings["clangd.path"] = "/opt/ddi-check/tools/ddi-lsp";
  fake.extensions = ["llvm-vs-code-extensions.vscode-clangd"];
  await withExtension(async () => {
    fake.open(file);
    assert.equal(fake.statusItem.isShown, false);
    assert.equal(fake.messages.length, 1);
    assert.match(fake.messages[0], /clangd\.path is ddi-lsp.*ddi-check\.mode off/);
    fake.configure("clangd.path", "clangd");
    await until("analysed", () => fake.statusItem.text === "$(check) DDI 1");
  });
});

test("without a server one message says what to do", async () => {
  fake.settings["ddi-check.path"] = "no-such-server";
  fake.answer = "Open Settings";
  await withExtension(async () => {
    fake.open(file);
    fake.open(join(here, "b.c"), "c", "bad");
    assert.equal(fake.statusItem.text, "$(error) DDI");
    assert.equal(fake.messages.length, 1);
    assert.match(fake.messages[0], /'no-such-server' is not on PATH\. .*ddi-check\.path/);
    await until("opened", () => fake.executed.length);
    assert.deepEqual(fake.executed, [["workbench.action.openSettings", "ddi-check.path"]]);
    fake.configure("ddi-check.path", server);
    await until("analysed", () => fake.statusItem.text === "$(check) DDI 1");
    assert.equal(fake.messages.length, 1);
  });
});

test("a program that is no server is told, and can be replaced", async () => {
  fake.settings["ddi-check.path"] = program(here, "not-a-server", "true");
  await withDroppedPromises(() => withExtension(async () => {
    fake.open(file);
    await until("stopped", () => fake.statusItem.text === "$(error) DDI");
    await until("told", () => fake.messages.length);
    fake.configure("ddi-check.path", server);
    await until("analysed", () => fake.statusItem.text === "$(check) DDI 1");
  }));
});

test("a server that crashes is started again, and given up when it does so always", () =>
  withExtension(async () => {
    const { document } = await openBad();
    fake.edit(document, new Range(0, 0, 0, 0), "crash ");
    await until("given up", () => fake.statusItem.text === "$(error) DDI");
    await until("told", () => fake.messages.length);
    await until("stopped", () => fake.context["ddi-check.running"] === false);
    fake.edit(document, new Range(0, 0, 0, 6), "");
    await run("restart");
    await until("analysed", () => fake.statusItem.text === "$(check) DDI 1");
  }));

function labels(): string[] {
  const marks = [...window.visibleTextEditors[0].decorations.values()].flat();
  return marks.map((one) => one.renderOptions.before.contentText);
}
