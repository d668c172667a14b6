// Which findings are at the cursor, and what a command needs of them.
import { type Position, type Range, source } from "./protocol";

/** The parts of a diagnostic that matter here. */
export interface Diagnostic {
  range: Range;
  message: string;
  source?: string;
  code?: string | number | { value: string | number };
  data?: { fingerprint?: string };
}

/** Those of ddi-check around the position, or else on its line. */
export function findingsAt<D extends Diagnostic>(
  diagnostics: readonly D[],
  position: Position,
): D[] {
  const ours = diagnostics.filter((one) => one.source === source);
  const around = ours.filter(({ range }) => contains(range, position));
  if (around.length) return around;
  return ours.filter(
    ({ range }) =>
      range.start.line <= position.line && position.line <= range.end.line,
  );
}

/** The name of the rule that a diagnostic speaks of. */
export function ruleOf({ code }: Diagnostic): string {
  const value = typeof code === "object" ? code.value : code;
  return value === undefined ? "" : String(value);
}

function contains({ start, end }: Range, at: Position): boolean {
  const isAfterStart =
    at.line > start.line ||
    (at.line === start.line && at.character >= start.character);
  const isBeforeEnd =
    at.line < end.line ||
    (at.line === end.line && at.character <= end.character);
  return isAfterStart && isBeforeEnd;
}
