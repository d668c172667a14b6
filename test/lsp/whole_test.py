"""All of ddi-lsp with ddi-check itself, alone and beside clangd.
Usage: whole_test.py FOLDER CLANGD FLAG..."""
import json
import os
import shutil
import sys

from client import Client
from world import DDI_LSP, PYTHON, wait_until

folder, clangd, flags = os.path.realpath(sys.argv[1]), sys.argv[2], sys.argv[3:]
HEADER = """\
#include <ntifs.h>
typedef struct _EXTENSION {
  ERESOURCE Lock;
} EXTENSION, *PEXTENSION;
void Take(PEXTENSION e);
"""
TAKES = """\
#include "driver.h"
void Take(PEXTENSION e) { ExAcquireResourceExclusiveLite(&e->Lock, TRUE); }
"""
ENTRIES = """\
#include "driver.h"
static void Give(PEXTENSION e) {
  ExReleaseResourceLite(&e->Lock);
}
DRIVER_DISPATCH Mended;
NTSTATUS Mended(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion();
  Give(device->DeviceExtension);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
DRIVER_DISPATCH Kept;
NTSTATUS Kept(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion();
  return STATUS_SUCCESS;
}
DRIVER_DISPATCH Across;
NTSTATUS Across(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion();
  Take(device->DeviceExtension);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
"""
ACQUIRE = "  ExAcquireResourceExclusiveLite(&((PEXTENSION)device->DeviceExtension)->Lock, TRUE);\n"


def write(name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def start(words):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name, text in (("driver.h", HEADER), ("takes.c", TAKES), ("entries.c", ENTRIES)):
        write(name, text)
    write("compile_commands.json", json.dumps([
        {"directory": folder, "file": name, "arguments": ["clang", *flags, "-c", name]}
        for name in ("takes.c", "entries.c")]))
    client = Client([PYTHON, DDI_LSP, *words], folder, {
        "XDG_CACHE_HOME": os.path.join(folder, "cache")},
        options={"ddi-check": {"status": True, "debounce": 1}})
    client.initialize()
    return client


def lines(found):
    return sorted((one["range"]["start"]["line"] + 1, one["code"]) for one in found)


def has(*wanted):
    """Whether ours are on these lines."""
    return lambda found: sorted({line for line, _ in lines(found)}) == list(wanted)


def alike(client, *wanted):
    """Waits until the last list of ours has these lines, and no other."""
    def last():
        with client.arrived:
            for message in reversed(client.received):
                params = message.get("params") or {}
                if message.get("method") == "textDocument/publishDiagnostics" and \
                        params["uri"].endswith("entries.c"):
                    return [one for one in params["diagnostics"]
                            if one.get("source") == "ddi-check"]
        return []
    wait_until(lambda: has(*wanted)(last()), "ours on lines %s" % (wanted,))


def test(words):
    client = start(words)
    # By itself first; then, without an edit, as a part of its driver.
    client.open("entries.c")
    client.ours("entries.c", has(3, 15))
    alike(client, 3, 15, 21)
    # What a function does wrong in another one goes with it; what others do stays.
    client.change("entries.c", (7, 0, 7, 0, ACQUIRE))
    alike(client, 16, 22)
    told = [message["params"]["message"] for message in client.received
            if message.get("method") == "ddi/status"]
    assert told[-1] == "entries.c was analysed; of what was edited: Mended", told
    client.change("entries.c", (7, 0, 8, 0, ""))
    alike(client, 3, 15, 21)
    # A file that is saved tells others what it does now.
    client.open("takes.c")
    write("takes.c", TAKES.replace("ExAcquireResourceExclusiveLite(&e->Lock, TRUE);", ""))
    client.change("takes.c", TAKES.replace(
        "ExAcquireResourceExclusiveLite(&e->Lock, TRUE);", ""))
    client.save("takes.c")
    alike(client, 3, 15)
    assert client.close() == 0


test(["--standalone"])
test(["--", clangd, "--log=error"])
