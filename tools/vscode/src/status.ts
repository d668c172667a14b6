// What the status item says.
import type { Status } from "./protocol";
import { baseName } from "./path";

/** How the server is. */
export type ServerState = "off" | "missing" | "starting" | "running" | "stopped";

export interface StatusText {
  text: string;
  tooltip: string;
  isWarning: boolean;
}

const servers: Record<Exclude<ServerState, "off" | "running">, StatusText> = {
  missing: {
    text: "$(error) DDI",
    tooltip: "ddi-check: there is no server; the setting ddi-check.path names it",
    isWarning: true,
  },
  starting: {
    text: "$(sync~spin) DDI",
    tooltip: "ddi-check: the server is starting",
    isWarning: false,
  },
  stopped: {
    text: "$(error) DDI",
    tooltip: "ddi-check: the server has stopped; the log says why",
    isWarning: true,
  },
};

const icons: Record<Status["state"], string> = {
  running: "$(sync~spin)",
  analysed: "$(check)",
  stale: "$(history)",
  failed: "$(warning)",
  none: "$(circle-slash)",
};

const meanings: Record<Status["state"], string> = {
  running: "is being analysed",
  analysed: "was analysed",
  stale: "was not analysed anew; its findings are older than its text",
  failed: "was not analysed",
  none: "is not analysed",
};

/** What to show for a document of which this is known; undefined: nothing. */
export function statusText(
  server: ServerState,
  status?: Status,
): StatusText | undefined {
  if (server === "off") return undefined;
  if (server !== "running") return servers[server];
  if (!status)
    return {
      text: "DDI",
      tooltip: "ddi-check: nothing is known of this file yet",
      isWarning: false,
    };
  const icon = icons[status.state] ?? "";
  const tooltip = [
    `ddi-check: ${baseName(status.uri)} ${meanings[status.state] ?? status.state}`,
    status.message,
  ];
  return {
    text: [icon, "DDI", count(status)].filter(Boolean).join(" "),
    tooltip: tooltip.filter(Boolean).join("\n"),
    isWarning: status.state === "failed",
  };
}

function count({ state, findings }: Status): string {
  if (findings > 0) return String(findings);
  return state === "analysed" ? "0" : "";
}
