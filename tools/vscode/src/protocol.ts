// What ddi-lsp says beyond LSP, and the parts of LSP that the models need.

export interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

/** What is known of a document; `message` says in a sentence what was analysed. */
export interface Status {
  uri: string;
  state: "running" | "analysed" | "stale" | "failed" | "none";
  message: string;
  findings: number;
}

export interface Step {
  uri: string;
  range: Range;
  message: string;
  /** How many calls deep. */
  depth: number;
  /** What the path knows there: IRQL, regions, what is held. */
  state?: string;
}

export interface Finding {
  uri: string;
  range: Range;
  rule: string;
  message: string;
  steps: Step[];
}

export const statusNotification = "ddi/status";
export const pathNotification = "ddi/path";

/** Commands of the server. */
export const serverCommands = {
  showPath: "ddi-check.showPath",
  explainRule: "ddi-check.explainRule",
  rescanDriver: "ddi-check.rescanDriver",
} as const;

/** The source of its diagnostics. */
export const source = "ddi-check";
