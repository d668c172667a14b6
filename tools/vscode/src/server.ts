// The server: found, started, started again, stopped.
import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename } from "node:path";
import * as vscode from "vscode";
import {
  ExecuteCommandRequest,
  LanguageClient,
  type LanguageClientOptions,
  State,
} from "vscode-languageclient/node";

import {
  type Finding,
  type Status,
  pathNotification,
  statusNotification,
} from "./protocol";
import {
  type Settings,
  findProgram,
  missingServer,
  readSettings,
  serverOptions,
} from "./settings";
import type { ServerState } from "./status";

const section = "ddi-check";
const clangd = "llvm-vs-code-extensions.vscode-clangd";
/** Within three minutes; then the server stays down. */
const maxRestartCount = 3;
const watched = "**/{compile_commands.json,compile_flags.txt,ddi-check.yaml,.clangd}";

export interface Listener {
  serverChanged(state: ServerState): void;
  statusChanged(status: Status): void;
  pathShown(finding: Finding): void;
}

export class Server implements vscode.Disposable {
  client?: LanguageClient;
  private last: Promise<void> = Promise.resolve();
  private readonly watcher = vscode.workspace.createFileSystemWatcher(watched);

  constructor(
    private readonly log: vscode.OutputChannel,
    private readonly listener: Listener,
  ) {}

  /** Starts the server with the settings as they are, in place of the one that runs. */
  restart(): Promise<void> {
    return this.next(async () => {
      await this.end();
      await this.begin(settings());
    });
  }

  stop(): Promise<void> {
    return this.next(() => this.end());
  }

  dispose(): void {
    this.watcher.dispose();
  }

  /** Has the server do one of its commands. Errors of the server are rejections. */
  async execute(command: string, argument: object): Promise<unknown> {
    return this.client?.sendRequest(ExecuteCommandRequest.type, {
      command,
      arguments: [argument],
    });
  }

  // One start or stop at a time, in the order in which they were asked for.
  private next(work: () => Promise<void>): Promise<void> {
    this.last = this.last.then(work, work);
    return this.last;
  }

  private async begin(settings: Settings): Promise<void> {
    if (settings.mode === "off") return this.listener.serverChanged("off");
    if (isBehindClangd()) {
      this.listener.serverChanged("off");
      void vscode.window.showInformationMessage(
        "ddi-check: clangd.path is ddi-lsp, which shows the findings already, so no " +
        "second server is started. With ddi-check.mode off this is not said.",
      );
      return;
    }
    const program = findProgram(
      settings.path, process.env.PATH ?? "", isExecutable,
    );
    if (!program) {
      this.listener.serverChanged("missing");
      void showMissing(settings.path);
      return;
    }
    const client = this.create(program, settings);
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      // The client has told the user.
      this.log.appendLine(`ddi-check: ${program} did not start: ${error}`);
      this.listener.serverChanged("stopped");
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (!client) return;
    try {
      await client.dispose();
    } catch (error) {
      // A server that died, or is still starting, cannot be asked to stop.
      this.log.appendLine(`ddi-check: the server did not stop in order: ${error}`);
    }
  }

  private create(program: string, settings: Settings): LanguageClient {
    const client = new LanguageClient(
      section,
      "ddi-check",
      { command: program, args: ["--standalone"] },
      this.options(settings),
    );
    client.onDidChangeState(({ newState }) => {
      if (this.client === client) this.listener.serverChanged(states[newState]);
    });
    client.onNotification(statusNotification, (status: Status) =>
      this.listener.statusChanged(status));
    client.onNotification(pathNotification, (path: { finding: Finding }) =>
      this.listener.pathShown(path.finding));
    return client;
  }

  private options(settings: Settings): LanguageClientOptions {
    const told = serverOptions(settings);
    return {
      documentSelector: [
        { scheme: "file", language: "c" },
        { scheme: "file", language: "cpp" },
      ],
      initializationOptions: { [section]: told },
      outputChannel: this.log,
      connectionOptions: { maxRestartCount },
      synchronize: { fileEvents: this.watcher },
      middleware: {
        window: { showDocument: showAsPreview },
        workspace: {
          // The settings as the user writes them are not what the server understands.
          configuration: async (params, token, next) => {
            const values = await next(params, token);
            if (!Array.isArray(values)) return values;
            return params.items.map((item, index) =>
              item.section === section ? told : values[index]);
          },
        },
      },
    };
  }
}

const states: Record<State, ServerState> = {
  [State.Starting]: "starting",
  [State.Running]: "running",
  [State.Stopped]: "stopped",
};

// Then vscode-clangd has the findings, and the names of the commands.
function isBehindClangd(): boolean {
  const program = vscode.workspace.getConfiguration("clangd").get<string>("path", "");
  return basename(program) === "ddi-lsp" && !!vscode.extensions.getExtension(clangd);
}

function settings(): Settings {
  const values = vscode.workspace.getConfiguration(section);
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ name, uri }) => ({
    name,
    path: uri.fsPath,
  }));
  return readSettings((key) => values.get(key), { home: homedir(), folders });
}

// A rule's page, or a path as text, is to be read, not edited.
const showAsPreview: NonNullable<
  NonNullable<LanguageClientOptions["middleware"]>["window"]
>["showDocument"] = async (params, next) => {
  if (params.external || !params.uri.endsWith(".md")) {
    return (await next(params, new vscode.CancellationTokenSource().token)) as {
      success: boolean;
    };
  }
  await vscode.commands.executeCommand(
    "markdown.showPreview", vscode.Uri.parse(params.uri),
  );
  return { success: true };
};

async function showMissing(name: string): Promise<void> {
  const open = "Open Settings";
  const choice = await vscode.window.showErrorMessage(missingServer(name), open);
  if (choice === open)
    await vscode.commands.executeCommand(
      "workbench.action.openSettings", "ddi-check.path",
    );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
