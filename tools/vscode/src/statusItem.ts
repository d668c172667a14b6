// The status item: how the active document stands with ddi-check.
import * as vscode from "vscode";

import type { Status } from "./protocol";
import { type ServerState, statusText } from "./status";

const languages = ["c", "cpp"];

/** Whether the document is one that the server is told of. */
export function isServed(document: vscode.TextDocument): boolean {
  return document.uri.scheme === "file" && languages.includes(document.languageId);
}

export class StatusItem implements vscode.Disposable {
  private readonly known = new Map<string, Status>();
  private server: ServerState = "starting";
  private readonly item: vscode.StatusBarItem;
  private readonly owned: vscode.Disposable[];

  constructor(command: string) {
    this.item = vscode.window.createStatusBarItem(
      "ddi-check.status", vscode.StatusBarAlignment.Right, 100,
    );
    this.item.name = "ddi-check";
    this.item.command = command;
    this.owned = [
      this.item,
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.known.delete(uri.toString())),
    ];
    this.update();
  }

  setStatus(status: Status): void {
    // The server may write an address in another way than the editor does.
    this.known.set(vscode.Uri.parse(status.uri).toString(), status);
    this.update();
  }

  setServer(server: ServerState): void {
    this.server = server;
    if (server !== "running") this.known.clear();
    this.update();
  }

  dispose(): void {
    vscode.Disposable.from(...this.owned).dispose();
  }

  private update(): void {
    const document = vscode.window.activeTextEditor?.document;
    const shown = document && isServed(document)
      ? statusText(this.server, this.known.get(document.uri.toString()))
      : undefined;
    if (!shown) return this.item.hide();
    this.item.text = shown.text;
    this.item.tooltip = shown.tooltip;
    this.item.backgroundColor = shown.isWarning
      ? new vscode.ThemeColor("statusBarItem.warningBackground")
      : undefined;
    this.item.show();
  }
}
