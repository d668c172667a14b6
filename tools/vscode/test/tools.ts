// What tests of the whole extension share.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { activate, deactivate } from "../src/extension";
import { commands, fake } from "./fake/vscode";

const patience = 60_000;

/** Waits until the condition holds, and fails with what is known if it never does. */
export async function until(
  what: string,
  holds: () => unknown,
  known: () => unknown = () => [fake.messages, fake.log],
): Promise<void> {
  const end = Date.now() + patience;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not ${what}: ${JSON.stringify(known())}`);
    await setTimeout(20);
  }
}

/** A folder that goes with the process. */
export function folder(): string {
  const name = mkdtempSync(join(tmpdir(), "ddi-check-"));
  process.on("exit", () => rmSync(name, { recursive: true, force: true }));
  return name;
}

/** A program in the folder, which runs the command. */
export function program(where: string, name: string, command: string): string {
  const file = join(where, name);
  writeFileSync(file, `#!/bin/sh\nexec ${command} "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

/** Does something with the extension active, and deactivates it. */
export async function withExtension(work: () => Promise<void>): Promise<void> {
  const context = { subscriptions: [] as { dispose(): void }[] };
  await activate(context as never);
  try {
    await work();
  } finally {
    await deactivate();
    context.subscriptions.forEach((one) => one.dispose());
  }
}

/** Runs a command of the palette. */
export async function run(name: string): Promise<void> {
  await commands.executeCommand(`ddi-check.${name}`);
}

/**
 * Does something during which the client drops promises of its own: it does so when
 * the server ends before it has answered `initialize`.  Errors that are made in
 * our own code still fail the test.
 */
export async function withDroppedPromises(work: () => Promise<void>): Promise<void> {
  const name = "unhandledRejection";
  const listeners = process.listeners(name);
  const others = (error: Error, promise: Promise<unknown>) => {
    const [, origin = ""] = (error.stack ?? "").split(/\n\s+at /);
    if (!origin.includes(".ts:")) return;
    listeners.forEach((listener) => listener(error, promise));
  };
  process.removeAllListeners(name);
  process.on(name, others as NodeJS.UnhandledRejectionListener);
  try {
    await work();
  } finally {
    process.removeAllListeners(name);
    listeners.forEach((listener) => process.on(name, listener));
  }
}
