// The path of a finding: its steps in order, as a tree of calls, and as marks in text.
import type { Finding, Position, Range } from "./protocol";

/** A step of the path, or at its end the finding itself. */
export interface Place {
  number: number;
  uri: string;
  range: Range;
  message: string;
  state: string;
  isFinding: boolean;
  parent?: Place;
  /** The steps within the call that this step makes. */
  children: Place[];
}

/** What the editor shows at a range: the numbers of the steps there. */
export interface Mark {
  range: Range;
  label: string;
  isFinding: boolean;
  hover: string[];
}

/** A change of a document's text, as VS Code tells it. */
export interface Change {
  range: Range;
  text: string;
}

export class Path {
  readonly places: Place[];
  readonly roots: Place[] = [];

  constructor(readonly finding: Finding) {
    const steps = [...finding.steps];
    const last = steps[steps.length - 1];
    const endsAtFinding =
      last && last.message === finding.message && last.uri === finding.uri;
    if (!endsAtFinding)
      steps.push({ ...finding, depth: last ? last.depth : 0 });
    this.places = steps.map((step, index) => ({
      number: index + 1,
      uri: step.uri,
      range: step.range,
      message: step.message,
      state: step.state ?? "",
      isFinding: index === steps.length - 1,
      children: [],
    }));
    this.nest(steps.map((step) => step.depth));
  }

  /** The files of the path, each once. */
  get uris(): string[] {
    return [...new Set(this.places.map((place) => place.uri))];
  }

  /** What to show in the document, in its order; steps at one range share a mark. */
  marks(uri: string): Mark[] {
    const byRange = new Map<string, Place[]>();
    for (const place of this.places) {
      if (place.uri !== uri) continue;
      const key = JSON.stringify(place.range);
      byRange.set(key, [...(byRange.get(key) ?? []), place]);
    }
    return [...byRange.values()].map(mark).sort(inOrder);
  }

  /** Moves the steps of a document along with a change of its text. */
  edited(uri: string, change: Change): void {
    for (const place of this.places)
      if (place.uri === uri) place.range = movedRange(place.range, change);
  }

  // A step that is deeper than the one before it is within that one's call.
  private nest(depths: number[]): void {
    const open: { place: Place; depth: number }[] = [];
    this.places.forEach((place, index) => {
      const depth = depths[index];
      while (open.length && open[open.length - 1].depth >= depth) open.pop();
      const parent = open[open.length - 1]?.place;
      place.parent = parent;
      (parent ? parent.children : this.roots).push(place);
      open.push({ place, depth });
    });
  }
}

/** The name of a document without its folders. */
export function baseName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Where a step is, and what is known there, for the line beside its message. */
export function describe(place: Place): string {
  const where = `${baseName(place.uri)}:${place.range.start.line + 1}`;
  return place.state ? `${where}  ${place.state}` : where;
}

function mark(places: Place[]): Mark {
  return {
    range: places[0].range,
    label: places.map((place) => place.number).join(", "),
    isFinding: places.some((place) => place.isFinding),
    hover: places.map((place) =>
      [`${place.number}. ${place.message}`, place.state].filter(Boolean).join("\n"),
    ),
  };
}

function inOrder(a: Mark, b: Mark): number {
  return compare(a.range.start, b.range.start);
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

function movedRange(range: Range, change: Change): Range {
  return { start: moved(range.start, change), end: moved(range.end, change) };
}

// What lies behind the change moves with it; what lies in it goes to its start.
function moved(at: Position, { range, text }: Change): Position {
  if (compare(at, range.start) <= 0) return at;
  if (compare(at, range.end) < 0) return range.start;
  const lines = text.split(/\r\n|\r|\n/);
  const added = lines.length - 1;
  const line = at.line - range.end.line + range.start.line + added;
  if (at.line !== range.end.line) return { line, character: at.character };
  const before = added ? 0 : range.start.character;
  const character =
    at.character - range.end.character + before + lines[added].length;
  return { line, character };
}
