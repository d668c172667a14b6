// The commands of the palette and of the status item's menu.
import * as vscode from "vscode";
import { type CodeAction, CodeActionRequest } from "vscode-languageclient/node";

import { type Diagnostic, findingsAt, ruleOf } from "./findings";
import type { PathView } from "./pathView";
import { serverCommands } from "./protocol";
import type { Server } from "./server";
import { isServed } from "./statusItem";

type Found = vscode.Diagnostic & Diagnostic;

export class Commands {
  constructor(
    private readonly server: Server,
    private readonly path: PathView,
    private readonly log: vscode.OutputChannel,
  ) {}

  /** All of them, for the extension to dispose of. */
  register(): vscode.Disposable[] {
    const commands: Record<string, () => unknown> = {
      showPathAtCursor: () => this.showPath(),
      clearPath: () => this.path.clear(),
      explainRuleAtCursor: () => this.explainRule(),
      suppressAtCursor: () => this.suppress(),
      rescanDriverOfFile: () => this.rescan(),
      restart: () => this.server.restart(),
      showLog: () => this.log.show(),
      menu: () => this.menu(),
    };
    return Object.entries(commands).map(([name, run]) =>
      vscode.commands.registerCommand(`ddi-check.${name}`, () => told(run)));
  }

  private async showPath(): Promise<void> {
    const { uri, finding } = (await this.choose()) ?? {};
    if (!uri || !finding) return;
    const fingerprint = finding.data?.fingerprint;
    await this.server.execute(serverCommands.showPath, {
      uri: uri.toString(), fingerprint,
    });
  }

  private async explainRule(): Promise<void> {
    const { finding } = (await this.choose()) ?? {};
    if (!finding) return;
    await this.server.execute(serverCommands.explainRule, { rule: ruleOf(finding) });
  }

  private async rescan(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isServed(document))
      return inform("open a C or C++ file of the driver first");
    await this.server.execute(serverCommands.rescanDriver, {
      uri: document.uri.toString(),
    });
  }

  private async suppress(): Promise<void> {
    const { uri, finding } = (await this.choose()) ?? {};
    const client = this.server.client;
    if (!uri || !finding || !client) return;
    const actions = await client.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: uri.toString() },
      range: client.code2ProtocolConverter.asRange(finding.range),
      context: {
        diagnostics: await client.code2ProtocolConverter.asDiagnostics([finding]),
      },
    });
    const action = actions?.find(({ title }) => /^Suppress\b/.test(title));
    if (!action) return inform("this finding cannot be suppressed here");
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit(
      (action as CodeAction).edit,
    );
    if (!edit || !(await vscode.workspace.applyEdit(edit)))
      return inform("the text has changed; try again");
    selectReason(edit);
  }

  private async menu(): Promise<void> {
    const items = [
      { label: "$(refresh) Re-scan driver", run: () => this.rescan() },
      { label: "$(debug-restart) Restart server", run: () => this.server.restart() },
      { label: "$(output) Show log", run: () => this.log.show() },
    ];
    const item = await vscode.window.showQuickPick(items, { title: "ddi-check" });
    await item?.run();
  }

  // The finding at the cursor, which the user chooses if there are several.
  private async choose(): Promise<{ uri: vscode.Uri; finding: Found } | undefined> {
    const editor = vscode.window.activeTextEditor;
    const uri = editor?.document.uri;
    const diagnostics = uri && this.server.client?.diagnostics?.get(uri);
    const findings = findingsAt((diagnostics ?? []) as Found[],
      editor?.selection.active ?? new vscode.Position(0, 0));
    if (!uri || !findings.length) {
      inform("there is no finding at the cursor");
      return undefined;
    }
    if (findings.length === 1) return { uri, finding: findings[0] };
    const items = findings.map((finding) => ({
      label: finding.message, description: ruleOf(finding), finding,
    }));
    const item = await vscode.window.showQuickPick(items, { title: "Which finding?" });
    return item && { uri, finding: item.finding };
  }
}

// What the server answers with is told in its words.
async function told(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`ddi-check: ${text}`);
  }
}

function inform(text: string): void {
  void vscode.window.showInformationMessage(`ddi-check: ${text}`);
}

// The word that stands for the reason, for the user to write over.
function selectReason(edit: vscode.WorkspaceEdit): void {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  for (const { newText, range } of edit.get(editor.document.uri)) {
    const at = newText.search(/reason\s*$/m);
    if (at < 0) continue;
    const start = editor.document.offsetAt(range.start) + at;
    editor.selection = new vscode.Selection(
      editor.document.positionAt(start),
      editor.document.positionAt(start + "reason".length),
    );
    return;
  }
}
