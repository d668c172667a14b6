// From the user's settings to how the server is started, and what it is told.
import * as path from "node:path";

export interface Settings {
  mode: "standalone" | "off";
  path: string;
  ddiCheck: string;
  build: string;
  config: string;
  wdkRoot: string;
  pathMap: string[];
  index: "auto" | "off";
  onType: boolean;
  debounce: number;
}

/** What paths may refer to. */
export interface Places {
  home: string;
  /** The folders of the workspace, the first one first. */
  folders: { name: string; path: string }[];
}

const paths = ["path", "ddiCheck", "build", "config", "wdkRoot"] as const;

/** Reads the settings; `get` answers with a value, or undefined for the default. */
export function readSettings(
  get: <K extends keyof Settings>(key: K) => Settings[K] | undefined,
  places: Places,
): Settings {
  const settings: Settings = {
    mode: get("mode") ?? "standalone",
    path: get("path") || "ddi-lsp",
    ddiCheck: get("ddiCheck") ?? "",
    build: get("build") ?? "",
    config: get("config") ?? "",
    wdkRoot: get("wdkRoot") ?? "",
    pathMap: (get("pathMap") ?? []).map((one) => expand(one, places)),
    index: get("index") ?? "auto",
    onType: get("onType") ?? true,
    debounce: get("debounce") ?? 300,
  };
  for (const key of paths) settings[key] = absolute(settings[key], key, places);
  return settings;
}

/** What the server is told; what is not set is left out. */
export function serverOptions(settings: Settings): object {
  const { debounce, onType, index, build, config, wdkRoot, pathMap, ddiCheck } =
    settings;
  const options = {
    debounce,
    onType,
    index,
    build: build || undefined,
    config: config || undefined,
    wdkRoot: wdkRoot || undefined,
    pathMap: pathMap.length ? pathMap : undefined,
    ddiCheck: ddiCheck || undefined,
    status: true,
    path: true,
  };
  return JSON.parse(JSON.stringify(options));
}

/** `~` and `${workspaceFolder}`, `${workspaceFolder:name}`, `${userHome}`. */
export function expand(text: string, { home, folders }: Places): string {
  return text
    .replace(/^~(?=$|\/)/, home)
    .replace(/\$\{userHome\}/g, home)
    .replace(/\$\{workspaceFolder(?::([^}]*))?\}/g, (whole, name?: string) => {
      const folder = name ? folders.find((one) => one.name === name) : folders[0];
      return folder ? folder.path : whole;
    });
}

/**
 * The program's file: as named, or where `pathVariable` has it.
 * Undefined if there is none that can be executed.
 */
export function findProgram(
  name: string,
  pathVariable: string,
  isExecutable: (file: string) => boolean,
): string | undefined {
  if (name.includes("/")) return isExecutable(name) ? name : undefined;
  return pathVariable
    .split(path.delimiter)
    .filter(Boolean)
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
}

/** What to tell when there is no server. */
export function missingServer(name: string): string {
  const where = name.includes("/") ? "cannot be run" : "is not on PATH";
  return (
    `ddi-check: the server '${name}' ${where}. ` +
    "Build ddi-check, and let the setting ddi-check.path name its tools/ddi-lsp."
  );
}

// Relative to the first folder; the name of a program may be one for PATH.
function absolute(
  text: string,
  key: (typeof paths)[number],
  places: Places,
): string {
  const name = expand(text, places);
  const isName = key === "path" && !name.includes("/");
  if (!name || isName || path.isAbsolute(name)) return name;
  const [first] = places.folders;
  return first ? path.join(first.path, name) : name;
}
