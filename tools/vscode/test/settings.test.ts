import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  type Settings,
  expand,
  findProgram,
  missingServer,
  readSettings,
  serverOptions,
} from "../src/settings";

const places = {
  home: "/home/me",
  folders: [{ name: "driver", path: "/src/driver" }, { name: "lib", path: "/src/lib" }],
};

function read(values: Partial<Settings>): Settings {
  return readSettings((key) => values[key], places);
}

test("without settings the defaults of package.json hold", () => {
  const { properties } = JSON.parse(readFileSync("package.json", "utf8"))
    .contributes.configuration;
  const settings = read({});
  for (const [key, value] of Object.entries(settings))
    assert.deepEqual(properties[`ddi-check.${key}`].default, value, key);
  const keys = Object.keys(properties).map((key) => key.replace("ddi-check.", ""));
  assert.deepEqual(
    keys.filter((key) => key !== "trace.server").sort(),
    Object.keys(settings).sort(),
  );
});

test("the server is told what is set, and no more", () => {
  assert.deepEqual(serverOptions(read({})), {
    debounce: 300, onType: true, index: "auto", status: true, path: true,
  });
  assert.deepEqual(
    serverOptions(read({
      debounce: 50, onType: false, index: "off", build: "out", config: "/etc/ddi.yaml",
      wdkRoot: "~/wdk", pathMap: ["D:\\src=${workspaceFolder}"], ddiCheck: "/opt/ddi-check",
    })),
    {
      debounce: 50, onType: false, index: "off", build: "/src/driver/out",
      config: "/etc/ddi.yaml", wdkRoot: "/home/me/wdk",
      pathMap: ["D:\\src=/src/driver"], ddiCheck: "/opt/ddi-check",
      status: true, path: true,
    },
  );
});

test("a name of the server is one for PATH, a path is absolute", () => {
  assert.equal(read({ path: "ddi-lsp-dev" }).path, "ddi-lsp-dev");
  assert.equal(read({ path: "tools/ddi-lsp" }).path, "/src/driver/tools/ddi-lsp");
  assert.equal(read({ path: "" }).path, "ddi-lsp");
  const alone = readSettings((key) => (key === "build" ? "out" : undefined) as never,
    { home: "/home/me", folders: [] });
  assert.equal(alone.build, "out");
});

test("home and folders are put in", () => {
  assert.equal(expand("~/a~b", places), "/home/me/a~b");
  assert.equal(expand("~", places), "/home/me");
  assert.equal(expand("~other/a", places), "~other/a");
  assert.equal(expand("${userHome}/a", places), "/home/me/a");
  assert.equal(expand("${workspaceFolder:lib}/${workspaceFolder}", places),
    "/src/lib//src/driver");
  assert.equal(expand("${workspaceFolder:none}/a", places), "${workspaceFolder:none}/a");
});

test("the server is the first on PATH that can be executed", () => {
  const isExecutable = (file: string) =>
    ["/b/ddi-lsp", "/c/ddi-lsp", "/d/server"].includes(file);
  assert.equal(findProgram("ddi-lsp", "/a::/b:/c", isExecutable), "/b/ddi-lsp");
  assert.equal(findProgram("ddi-lsp", "/a", isExecutable), undefined);
  assert.equal(findProgram("ddi-lsp", "", isExecutable), undefined);
  assert.equal(findProgram("/d/server", "/a", isExecutable), "/d/server");
  assert.equal(findProgram("/d/none", "/a", isExecutable), undefined);
});

test("what to do without a server is said", () => {
  assert.match(missingServer("ddi-lsp"), /'ddi-lsp' is not on PATH\. .*ddi-check\.path/);
  assert.match(missingServer("/d/none"), /'\/d\/none' cannot be run\. /);
});
