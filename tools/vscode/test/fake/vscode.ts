// As much of the module `vscode` as the extension and vscode-languageclient touch,
// without an editor.  `fake` is the user: it opens, edits, answers, and looks.
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

type Listener = (event: any) => unknown;

export const version = "1.82.0";

export class Disposable {
  constructor(private readonly end: () => unknown) {}
  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
  dispose(): void {
    this.end();
  }
}

export class EventEmitter {
  private readonly listeners = new Set<Listener>();
  readonly event = (listener: Listener, self?: unknown, all?: Disposable[]) => {
    const bound = self ? listener.bind(self) : listener;
    this.listeners.add(bound);
    const disposable = new Disposable(() => this.listeners.delete(bound));
    all?.push(disposable);
    return disposable;
  };
  fire(event?: unknown): void {
    for (const listener of [...this.listeners]) listener(event);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

export class Uri {
  private constructor(private readonly url: URL) {}
  static file(name: string): Uri {
    return new Uri(pathToFileURL(name));
  }
  static parse(text: string): Uri {
    return new Uri(new URL(text));
  }
  get scheme(): string {
    return this.url.protocol.slice(0, -1);
  }
  get path(): string {
    return decodeURIComponent(this.url.pathname);
  }
  get fsPath(): string {
    return fileURLToPath(this.url);
  }
  toString(): string {
    return this.url.href;
  }
}

export class Position {
  constructor(readonly line: number, readonly character: number) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(a: any, b: any, c?: number, d?: number) {
    this.start = typeof a === "number" ? new Position(a, b) : a;
    this.end = typeof a === "number" ? new Position(c!, d!) : b;
  }
  get isEmpty(): boolean {
    const { start, end } = this;
    return start.line === end.line && start.character === end.character;
  }
}

export class Selection extends Range {
  get active(): Position {
    return this.end;
  }
}

export class CancellationError extends Error {}

export class CancellationTokenSource {
  readonly token = {
    isCancellationRequested: false,
    onCancellationRequested: new EventEmitter().event,
  };
  cancel(): void {}
  dispose(): void {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class ThemeIcon {
  constructor(readonly id: string, readonly color?: ThemeColor) {}
}

export class MarkdownString {
  value = "";
  appendText(text: string): this {
    this.value += text;
    return this;
  }
}

export class TreeItem {
  constructor(readonly label: string, readonly collapsibleState: number) {}
}

export class Diagnostic {
  source?: string;
  code?: unknown;
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}

export class DiagnosticRelatedInformation {
  constructor(readonly location: Location, readonly message: string) {}
}

export class Location {
  constructor(readonly uri: Uri, readonly range: Range) {}
}

export class TextEdit {
  constructor(readonly range: Range, readonly newText: string) {}
}

export class WorkspaceEdit {
  private readonly edits = new Map<string, TextEdit[]>();
  get size(): number {
    return this.edits.size;
  }
  set(uri: Uri, edits: TextEdit[]): void {
    this.edits.set(uri.toString(), edits);
  }
  get(uri: Uri): TextEdit[] {
    return this.edits.get(uri.toString()) ?? [];
  }
  entries(): [Uri, TextEdit[]][] {
    return [...this.edits].map(([uri, edits]) => [Uri.parse(uri), edits]);
  }
  replace(uri: Uri, range: Range, newText: string): void {
    this.set(uri, [...this.get(uri), new TextEdit(range, newText)]);
  }
  insert(uri: Uri, at: Position, newText: string): void {
    this.replace(uri, new Range(at, at), newText);
  }
}

export class CodeActionKind {
  private constructor(readonly value: string) {}
  static readonly Empty = new CodeActionKind("");
  append(part: string): CodeActionKind {
    return new CodeActionKind(this.value ? `${this.value}.${part}` : part);
  }
  static readonly QuickFix = this.Empty.append("quickfix");
  static readonly Refactor = this.Empty.append("refactor");
  static readonly RefactorExtract = this.Refactor.append("extract");
  static readonly RefactorInline = this.Refactor.append("inline");
  static readonly RefactorRewrite = this.Refactor.append("rewrite");
  static readonly Source = this.Empty.append("source");
  static readonly SourceOrganizeImports = this.Source.append("organizeImports");
}

// Which the client derives its own from.
export class CallHierarchyItem {}
export class CodeAction {}
export class CodeLens {}
export class CompletionItem {}
export class DocumentLink {}
export class InlayHint {}
export class SymbolInformation {}
export class TypeHierarchyItem {}
export class TabInputText {}
export class TabInputTextDiff {}
export class TabInputCustom {}
export class TabInputNotebook {}

export const CodeActionTriggerKind = { Invoke: 1, Automatic: 2 };
export const CompletionItemKind = {};
export const CompletionItemTag = { Deprecated: 1 };
export const DecorationRangeBehavior = { ClosedClosed: 1 };
export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };
export const DiagnosticTag = { Unnecessary: 1, Deprecated: 2 };
export const DocumentHighlightKind = { Text: 0, Read: 1, Write: 2 };
export const FoldingRangeKind = { Comment: 1, Imports: 2, Region: 3 };
export const OverviewRulerLane = { Center: 2 };
export const ProgressLocation = { Window: 10, Notification: 15 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const SymbolKind = {};
export const SymbolTag = { Deprecated: 1 };
export const TextDocumentSaveReason = { Manual: 1, AfterDelay: 2, FocusOut: 3 };
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

class TextDocument {
  version = 1;
  isDirty = false;
  constructor(
    readonly uri: Uri,
    readonly languageId: string,
    private text: string,
  ) {}
  get fileName(): string {
    return this.uri.fsPath;
  }
  getText(): string {
    return this.text;
  }
  offsetAt({ line, character }: Position): number {
    const lines = this.text.split("\n").slice(0, line);
    return lines.reduce((sum, one) => sum + one.length + 1, 0) + character;
  }
  positionAt(offset: number): Position {
    const lines = this.text.slice(0, offset).split("\n");
    return new Position(lines.length - 1, lines[lines.length - 1].length);
  }
  replace(range: Range, text: string): void {
    const [from, to] = [this.offsetAt(range.start), this.offsetAt(range.end)];
    this.text = this.text.slice(0, from) + text + this.text.slice(to);
    this.version += 1;
    this.isDirty = true;
  }
}

class TextEditor {
  selection = new Selection(0, 0, 0, 0);
  readonly decorations = new Map<unknown, any[]>();
  constructor(readonly document: TextDocument) {}
  setDecorations(type: unknown, options: any[]): void {
    this.decorations.set(type, options);
  }
}

const events: Record<string, EventEmitter> = {};
function event(name: string): EventEmitter["event"] {
  events[name] ??= new EventEmitter();
  return events[name].event;
}

const registered = new Map<string, (...all: any[]) => unknown>();
const nothing = () => new Disposable(() => undefined);

/** What the user does and sees. */
export const fake = {
  settings: {} as Record<string, unknown>,
  folders: [] as { name: string; uri: Uri; index: number }[],
  extensions: [] as string[],
  context: {} as Record<string, unknown>,
  /** What was shown: errors, warnings and information. */
  messages: [] as string[],
  /** Which button is pressed, or which item of a menu is picked: by its text. */
  answer: undefined as string | undefined,
  /** Commands of VS Code that were executed, with their arguments. */
  executed: [] as unknown[][],
  log: [] as string[],
  statusItem: undefined as any,
  tree: undefined as any,
  collections: [] as any[],

  open(file: string, languageId = "c", text?: string): TextEditor {
    const uri = Uri.file(file);
    const document = new TextDocument(
      uri, languageId, text ?? readFileSync(file, "utf8"),
    );
    workspace.textDocuments.push(document);
    events.onDidOpenTextDocument?.fire(document);
    return fake.activate(document);
  },

  activate(document: TextDocument): TextEditor {
    const editor = new TextEditor(document);
    window.activeTextEditor = editor;
    window.visibleTextEditors = [editor];
    events.onDidChangeVisibleTextEditors?.fire(window.visibleTextEditors);
    events.onDidChangeActiveTextEditor?.fire(editor);
    return editor;
  },

  edit(document: TextDocument, range: Range, text: string): void {
    document.replace(range, text);
    events.onDidChangeTextDocument?.fire({
      document, contentChanges: [{ range, text }], reason: undefined,
    });
  },

  close(document: TextDocument): void {
    workspace.textDocuments = workspace.textDocuments.filter((one) => one !== document);
    events.onDidCloseTextDocument?.fire(document);
    if (window.activeTextEditor?.document !== document) return;
    window.activeTextEditor = undefined;
    window.visibleTextEditors = [];
    events.onDidChangeActiveTextEditor?.fire(undefined);
  },

  configure(key: string, value: unknown): void {
    fake.settings[key] = value;
    events.onDidChangeConfiguration?.fire({
      affectsConfiguration: (name: string) => key === name || key.startsWith(`${name}.`),
    });
  },

  /** All diagnostics of a file. */
  diagnostics(file: string): any[] {
    const uri = Uri.file(file);
    return fake.collections.flatMap((one) => one.get(uri) ?? []);
  },

  commands: () => [...registered.keys()],

  /** The tree as lines, each step indented as deep as it is nested. */
  treeLines(parent?: unknown, indent = ""): string[] {
    return fake.tree.provider.getChildren(parent).flatMap((place: any) => {
      const { label, description } = fake.tree.provider.getTreeItem(place);
      const line = `${indent}${label} (${description})`;
      return [line, ...fake.treeLines(place, `${indent}  `)];
    });
  },
};

// A setting, or all that begin with the name as an object, as VS Code has them.
function setting(name: string): unknown {
  const below = Object.entries(fake.settings)
    .filter(([key]) => key.startsWith(`${name}.`))
    .map(([key, value]) => [key.slice(name.length + 1), value]);
  return fake.settings[name] ?? (below.length ? Object.fromEntries(below) : undefined);
}

export const workspace = {
  textDocuments: [] as TextDocument[],
  notebookDocuments: [],
  get workspaceFolders() {
    return fake.folders.length ? fake.folders : undefined;
  },
  getWorkspaceFolder: (uri: Uri) =>
    fake.folders.find((one) => uri.fsPath.startsWith(one.uri.fsPath + path.sep)),
  getConfiguration: (section = "") => ({
    get: (key: string, missing?: unknown) =>
      setting(section ? `${section}.${key}` : key) ?? missing,
  }),
  createFileSystemWatcher: () => ({
    onDidCreate: new EventEmitter().event,
    onDidChange: new EventEmitter().event,
    onDidDelete: new EventEmitter().event,
    dispose: () => undefined,
  }),
  async applyEdit(edit: WorkspaceEdit): Promise<boolean> {
    for (const [uri, edits] of edit.entries()) {
      const document = workspace.textDocuments.find(
        (one) => one.uri.toString() === uri.toString(),
      );
      if (!document) return false;
      for (const { range, newText } of edits) fake.edit(document, range, newText);
    }
    return true;
  },
  onDidOpenTextDocument: event("onDidOpenTextDocument"),
  onDidChangeTextDocument: event("onDidChangeTextDocument"),
  onDidCloseTextDocument: event("onDidCloseTextDocument"),
  onDidSaveTextDocument: event("onDidSaveTextDocument"),
  onWillSaveTextDocument: event("onWillSaveTextDocument"),
  onDidChangeConfiguration: event("onDidChangeConfiguration"),
  onDidChangeWorkspaceFolders: event("onDidChangeWorkspaceFolders"),
  onDidOpenNotebookDocument: event("onDidOpenNotebookDocument"),
  onDidChangeNotebookDocument: event("onDidChangeNotebookDocument"),
  onDidSaveNotebookDocument: event("onDidSaveNotebookDocument"),
  onDidCloseNotebookDocument: event("onDidCloseNotebookDocument"),
  onDidCreateFiles: event("onDidCreateFiles"),
  onDidRenameFiles: event("onDidRenameFiles"),
  onDidDeleteFiles: event("onDidDeleteFiles"),
  onWillCreateFiles: event("onWillCreateFiles"),
  onWillRenameFiles: event("onWillRenameFiles"),
  onWillDeleteFiles: event("onWillDeleteFiles"),
};

async function shown(text: string, ...buttons: any[]): Promise<unknown> {
  fake.messages.push(text);
  return buttons.find((one) => (one.title ?? one) === fake.answer);
}

export const window = {
  activeTextEditor: undefined as TextEditor | undefined,
  visibleTextEditors: [] as TextEditor[],
  tabGroups: { all: [], onDidChangeTabs: event("onDidChangeTabs") },
  onDidChangeActiveTextEditor: event("onDidChangeActiveTextEditor"),
  onDidChangeVisibleTextEditors: event("onDidChangeVisibleTextEditors"),
  showErrorMessage: shown,
  showWarningMessage: shown,
  showInformationMessage: shown,
  async showQuickPick(items: any[]): Promise<unknown> {
    return items.find(({ label }) => label.includes(fake.answer));
  },
  async showTextDocument(uri: Uri, options: { selection?: Range } = {}) {
    const open = workspace.textDocuments.find(
      (one) => one.uri.toString() === uri.toString(),
    );
    const editor = open ? fake.activate(open) : fake.open(uri.fsPath);
    const { selection } = options;
    if (selection) editor.selection = new Selection(selection.start, selection.end);
    return editor;
  },
  withProgress: (_: unknown, work: Listener) =>
    (work as any)({ report: () => undefined }, new CancellationTokenSource().token),
  createOutputChannel: (name: string) => ({
    name,
    append: (text: string) => fake.log.push(text),
    appendLine: (text: string) => fake.log.push(text),
    clear: () => undefined,
    show: () => fake.executed.push(["show log"]),
    dispose: () => undefined,
  }),
  createStatusBarItem(): unknown {
    fake.statusItem = {
      isShown: false,
      show: () => (fake.statusItem.isShown = true),
      hide: () => (fake.statusItem.isShown = false),
      dispose: () => undefined,
    };
    return fake.statusItem;
  },
  createTreeView(id: string, { treeDataProvider }: any): unknown {
    fake.tree = {
      id,
      provider: treeDataProvider,
      reveal: async (place: unknown) => (fake.tree.revealed = place),
      dispose: () => undefined,
    };
    return fake.tree;
  },
  createTextEditorDecorationType: (options: object) => ({
    ...options,
    dispose: () => undefined,
  }),
};

export const commands = {
  registerCommand(name: string, run: (...all: any[]) => unknown): Disposable {
    if (registered.has(name)) throw new Error(`command '${name}' already exists`);
    registered.set(name, run);
    return new Disposable(() => registered.delete(name));
  },
  async executeCommand(name: string, ...all: unknown[]): Promise<unknown> {
    const run = registered.get(name);
    if (run) return run(...all);
    if (name === "setContext") fake.context[all[0] as string] = all[1];
    else fake.executed.push([name, ...all]);
    return undefined;
  },
};

export const languages = {
  match: (selector: any[], document: TextDocument) =>
    [selector].flat().some(
      ({ language, scheme }) =>
        (!language || language === document.languageId) &&
        (!scheme || scheme === document.uri.scheme),
    ) ? 10 : 0,
  createDiagnosticCollection(): unknown {
    const known = new Map<string, unknown[]>();
    const collection = {
      set: (uri: Uri, all: unknown[]) => known.set(uri.toString(), all),
      get: (uri: Uri) => known.get(uri.toString()),
      delete: (uri: Uri) => known.delete(uri.toString()),
      clear: () => known.clear(),
      dispose: () => known.clear(),
    };
    fake.collections.push(collection);
    return collection;
  },
  registerCodeActionsProvider: nothing,
  registerHoverProvider: nothing,
};

export const extensions = {
  getExtension: (id: string) => (fake.extensions.includes(id) ? { id } : undefined),
};

export const env = { appName: "fake", language: "en", openExternal: async () => true };

