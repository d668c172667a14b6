"""An editor with ddi-lsp, as a user has them: both kinds of diagnostics in one buffer, an
edit, our fix, and nothing left of it all behind.
beside: two servers in one buffer; killed: the editor is, halfway.
Usage: real_client.py neovim|eglot proxy|beside|killed FOLDER CLANGD -- FLAG..."""
import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
DDI_LSP = os.path.join(HERE, "..", "..", "tools", "ddi-lsp")
PATIENCE = 60          # seconds for one thing
FOR_ALL = 8 * PATIENCE
EDITORS = {
    "neovim": ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n",
               "-S", os.path.join(HERE, "neovim.lua")],
    # With -Q it would find no packages of Debian's.
    "eglot": ["emacs", "-q", "--no-splash", "-nw",
              "--eval", "(setq native-comp-deferred-compilation nil)",
              "-l", os.path.join(HERE, "eglot.el")],
}
SOURCE = """\
#include <ntifs.h>

typedef struct _EXTENSION {
  EX_PUSH_LOCK Lock;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH Write;

NTSTATUS Write(PDEVICE_OBJECT Device, PIRP Irp) {
  PEXTENSION Extension = Device->DeviceExtension;
  int unused;
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(&Extension->Lock);
  /* \u3137\u314e \ud55c\uad6d\uc5b4 \U0001f512 */ ExReleasePushLockExclusive(&Extension->Lock);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
"""


def prepare(folder, flags):
    """A folder with a driver, and a home of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(os.path.join(folder, "home"))
    with open(os.path.join(folder, "lock.c"), "w", encoding="utf-8") as file:
        file.write(SOURCE)
    with open(os.path.join(folder, "compile_commands.json"), "w") as file:
        json.dump([{"directory": folder, "file": "lock.c", "arguments": [
            "clang", *flags, "-Wunused-variable", "-c", "lock.c"]}], file)
    subprocess.run(["git", "init", "-q", folder], check=True)  # emacs asks for the top


def servers(mode, clangd):
    """What the editor starts: ddi-lsp before clangd, or both."""
    ours = ["/usr/bin/python3", DDI_LSP, "--debounce", "50"]
    if mode == "beside":
        return {"ddi-lsp": [*ours, "--standalone"], "clangd": [clangd]}
    return {"ddi-lsp": [*ours, "--", clangd]}


def run(command, folder, environment, mark):
    """Runs an editor in a terminal; returns its exit status.  What it has to say is in
    the file "said"."""
    number, terminal = pty.fork()
    if not number:
        os.chdir(folder)
        os.execvpe(command[0], command, environment)
    end = time.monotonic() + FOR_ALL
    servers = []
    while time.monotonic() < end:
        servers = servers or [one for one in left(mark) if "ddi-lsp" in one]
        ready, _, _ = select.select([terminal], [], [], 0.1)
        try:
            if ready and not os.read(terminal, 1 << 16):
                break
        except OSError:  # it has ended
            break
    else:
        os.kill(number, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    assert servers, "ddi-lsp never ran"
    return status


def left(mark):
    """What still runs of all that the editor has started."""
    found = []
    for number in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/environ" % number, "rb") as file:
                is_ours = mark.encode() in file.read().split(b"\0")
            with open("/proc/%s/cmdline" % number, "rb") as file:
                if is_ours:
                    found.append("%s: %s" % (number, file.read().replace(b"\0", b" ")))
        except OSError:
            pass
    return found


def main(editor, mode, folder, clangd, _, *flags):
    folder = os.path.realpath(folder)
    prepare(folder, flags)
    home, said = os.path.join(folder, "home"), os.path.join(folder, "said")
    mark = "DDI_TEST=%s %d" % (folder, os.getpid())
    environment = {
        **os.environ, "TERM": "vt100", "LC_ALL": "C.UTF-8", "HOME": home,
        **{"XDG_%s_HOME" % name: home for name in ("CACHE", "CONFIG", "DATA", "STATE")},
        "SERVERS": json.dumps(servers(mode, clangd)), "SAID": said, "MODE": mode,
        **dict([mark.split("=", 1)])}
    status = run(EDITORS[editor], folder, environment, mark)
    if os.path.exists(said):
        with open(said, encoding="utf-8") as file:
            print(file.read())
    assert status == (-signal.SIGKILL if mode == "killed" else 0), status
    with open(os.path.join(folder, "lock.c"), encoding="utf-8") as file:
        text = file.read()
    mended = SOURCE.replace("ReleasePushLockExclusive", "ReleasePushLockShared")
    wanted = SOURCE if mode == "killed" else mended.replace("  Ke", "\n  Ke", 1)
    assert text == wanted, text
    end = time.monotonic() + PATIENCE
    while left(mark):
        assert time.monotonic() < end, "%s: left behind" % left(mark)
        time.sleep(0.1)


if __name__ == "__main__":
    main(*sys.argv[1:])
