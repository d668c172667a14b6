// The extension: its parts, and what ties them together.
import * as vscode from "vscode";

import { Commands } from "./commands";
import { PathView } from "./pathView";
import { Server } from "./server";
import { StatusItem } from "./statusItem";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("ddi-check");
  const path = new PathView();
  const status = new StatusItem("ddi-check.menu");
  const started = new Server(log, {
    serverChanged: (state) => {
      status.setServer(state);
      setContext("isOn", state !== "off");
      setContext("running", state === "running");
    },
    statusChanged: (one) => status.setStatus(one),
    pathShown: (finding) => void path.show(finding),
  });
  server = started;
  context.subscriptions.push(
    log,
    path,
    status,
    started,
    ...new Commands(started, path, log).register(),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const names = ["ddi-check", "clangd.path"];
      if (names.some((name) => event.affectsConfiguration(name))) void started.restart();
    }),
  );
  await started.restart();
}

function setContext(name: string, value: boolean): void {
  void vscode.commands.executeCommand("setContext", `ddi-check.${name}`, value);
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
