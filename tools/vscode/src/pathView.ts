// The view of the path, and its steps in the editors.
import * as vscode from "vscode";

import { type Mark, Path, type Place, describe } from "./path";
import type { Finding, Range } from "./protocol";

const viewId = "ddi-check.path";
const openStep = "ddi-check.openStep";

export class PathView implements vscode.TreeDataProvider<Place>, vscode.Disposable {
  private path?: Path;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Place>;
  private readonly step = decoration("editor.findMatchHighlightBackground");
  private readonly end = decoration("diffEditor.removedTextBackground");
  private readonly owned: vscode.Disposable[];

  constructor() {
    this.view = vscode.window.createTreeView(viewId, { treeDataProvider: this });
    this.owned = [
      this.changed,
      this.view,
      this.step,
      this.end,
      vscode.commands.registerCommand(openStep, goTo),
      vscode.window.onDidChangeVisibleTextEditors(() => this.highlight()),
      vscode.workspace.onDidChangeTextDocument((event) => this.edited(event)),
    ];
  }

  /** Shows the path of the finding in place of the one before, and goes to its end. */
  async show(finding: Finding): Promise<void> {
    const path = new Path(finding);
    this.set(path);
    this.view.title = `DDI path: ${finding.rule}`;
    this.view.message = finding.message;
    await vscode.commands.executeCommand("setContext", "ddi-check.hasPath", true);
    const last = path.places[path.places.length - 1];
    await goTo(last);
    await this.view.reveal(last, { select: true, focus: false });
  }

  async clear(): Promise<void> {
    this.set(undefined);
    this.view.message = undefined;
    await vscode.commands.executeCommand("setContext", "ddi-check.hasPath", false);
  }

  getChildren(place?: Place): Place[] {
    return place ? place.children : (this.path?.roots ?? []);
  }

  getParent(place: Place): Place | undefined {
    return place.parent;
  }

  getTreeItem(place: Place): vscode.TreeItem {
    const item = new vscode.TreeItem(
      `${place.number}. ${place.message}`,
      place.children.length
        ? vscode.TreeItemCollapsibleState.Expanded
        : vscode.TreeItemCollapsibleState.None,
    );
    item.id = String(place.number);
    item.description = describe(place);
    item.tooltip = [place.message, describe(place)].join("\n");
    item.iconPath = icon(place);
    item.command = { command: openStep, title: "Go to Step", arguments: [place] };
    return item;
  }

  dispose(): void {
    vscode.Disposable.from(...this.owned).dispose();
  }

  private set(path: Path | undefined): void {
    this.path = path;
    this.changed.fire();
    this.highlight();
  }

  private highlight(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const marks = this.path?.marks(editor.document.uri.toString()) ?? [];
      editor.setDecorations(this.step, options(marks, false));
      editor.setDecorations(this.end, options(marks, true));
    }
  }

  // The editor moves what it shows by itself; the steps must follow for the next time.
  private edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    if (!this.path?.uris.includes(uri)) return;
    for (const change of contentChanges) this.path.edited(uri, change);
    this.changed.fire();
  }
}

async function goTo(place: Place): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.parse(place.uri), {
    selection: rangeOf(place.range),
    preserveFocus: true,
  });
}

function decoration(background: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor(background),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.infoForeground"),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

function options(marks: Mark[], isFinding: boolean): vscode.DecorationOptions[] {
  return marks
    .filter((mark) => mark.isFinding === isFinding)
    .map((mark) => ({
      range: rangeOf(mark.range),
      hoverMessage: mark.hover.map(plain),
      renderOptions: { before: badge(mark.label) },
    }));
}

function badge(label: string): vscode.ThemableDecorationAttachmentRenderOptions {
  return {
    contentText: label,
    color: new vscode.ThemeColor("badge.foreground"),
    backgroundColor: new vscode.ThemeColor("badge.background"),
    margin: "0 0.4em 0 0",
    fontWeight: "bold",
  };
}

// The words of a message are no Markdown.
function plain(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString().appendText(text);
}

function icon(place: Place): vscode.ThemeIcon {
  if (place.isFinding)
    return new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
  return new vscode.ThemeIcon(place.children.length ? "arrow-right" : "circle-small");
}

function rangeOf({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
