// A server that says what ddi-lsp says: each line with "bad" has a finding, with a path
// of two steps.  A document that has "crash" ends it.
import {
  type CodeAction,
  type Diagnostic,
  DiagnosticSeverity,
  type InitializeParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  createProtocolConnection,
} from "vscode-languageserver-protocol/node";

import { type Finding, pathNotification, statusNotification } from "../../src/protocol";

const connection = createProtocolConnection(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
);
const documents = new Map<string, string>();
let initialized: InitializeParams;
let configured: Promise<unknown>;

function findings(uri: string): Diagnostic[] {
  const lines = documents.get(uri)?.split("\n") ?? [];
  return lines.flatMap((text, line) => {
    const character = text.indexOf("bad");
    if (character < 0 || lines[line - 1]?.includes("ddi-suppress")) return [];
    return [{
      range: { start: { line, character }, end: { line, character: character + 3 } },
      severity: DiagnosticSeverity.Warning,
      code: "wdm.PushLock",
      codeDescription: { href: "https://learn.microsoft.com/rule" },
      source: "ddi-check",
      message: `Line ${line + 1} is bad`,
      data: { fingerprint: `f${line}` },
    }];
  });
}

function path(uri: string, fingerprint: string): { finding: Finding } {
  const found = findings(uri).find(({ data }) => data.fingerprint === fingerprint);
  if (!found) throw new Error("this finding is gone");
  const entry: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } };
  return {
    finding: {
      uri,
      range: found.range,
      rule: String(found.code),
      message: found.message,
      steps: [
        { uri, range: entry, message: "The system enters", depth: 0, state: "critical 0" },
        { uri, range: found.range, message: "Goes wrong", depth: 1 },
      ],
    },
  };
}

function analyse(uri: string): void {
  const text = documents.get(uri) ?? "";
  if (text.includes("crash")) process.exit(9);
  const diagnostics = findings(uri);
  connection.sendNotification("textDocument/publishDiagnostics", { uri, diagnostics });
  connection.sendNotification(statusNotification, {
    uri,
    state: "analysed",
    message: "all of it",
    findings: diagnostics.length,
  });
}

connection.onRequest("initialize", (params: InitializeParams) => {
  initialized = params;
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: 1, save: true },
      codeActionProvider: { codeActionKinds: ["quickfix"] },
      executeCommandProvider: {
        commands: ["ddi-check.showPath", "ddi-check.explainRule", "ddi-check.rescanDriver"],
      },
    },
  };
});
connection.onNotification("initialized", () => {
  configured = connection.sendRequest("workspace/configuration", {
    items: [{ section: "ddi-check" }, { section: "editor" }],
  });
});
connection.onNotification("textDocument/didOpen", ({ textDocument }) => {
  documents.set(textDocument.uri, textDocument.text);
  analyse(textDocument.uri);
});
connection.onNotification("textDocument/didChange", ({ textDocument, contentChanges }) => {
  documents.set(textDocument.uri, contentChanges[contentChanges.length - 1].text);
  analyse(textDocument.uri);
});
connection.onRequest("textDocument/codeAction", ({ textDocument, context }): CodeAction[] => {
  const [finding] = context.diagnostics as Diagnostic[];
  if (!finding) return [];
  const { line } = finding.range.start;
  const start = { line, character: 0 };
  const newText = "// ddi-suppress wdm.PushLock: reason\n";
  return [
    { title: "Explain wdm.PushLock", kind: "quickfix" },
    {
      title: "Suppress wdm.PushLock here",
      kind: "quickfix",
      edit: { changes: { [textDocument.uri]: [{ range: { start, end: start }, newText }] } },
    },
  ];
});
connection.onRequest("workspace/executeCommand", async ({ command, arguments: [argument] }) => {
  if (command === "ddi-check.showPath")
    return connection.sendNotification(
      pathNotification, path(argument.uri, argument.fingerprint),
    );
  if (command === "ddi-check.explainRule")
    return connection.sendRequest("window/showDocument", {
      uri: `file:///rules/${argument.rule}.md`,
    });
  // What it was told, for the test to see.
  const { uri } = argument;
  connection.sendNotification(statusNotification, {
    uri, state: "running", findings: 0,
    message: JSON.stringify([initialized.initializationOptions, await configured]),
  });
  return null;
});
connection.onRequest("shutdown", () => null);
connection.onNotification("exit", () => process.exit(0));
connection.listen();
