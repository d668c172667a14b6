"""Programs that do not outlive this one."""
import asyncio
import ctypes
import os
import signal
import sys

from . import logs

PR_SET_PDEATHSIG = 1


def die_with(parent):
    """For the child: a signal comes when its parent is killed.  Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)


async def start(command, limit=1 << 16, is_back=False):
    """Starts a program with pipes as stdin and stdout.  The back is the head of a
    session, and ends by itself when stdin does.  OSError: it cannot be run."""
    parent = os.getpid()
    return await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=logs.descriptor if is_back else None, limit=limit,
        start_new_session=is_back,
        preexec_fn=None if is_back else lambda: die_with(parent))


async def stop(process, grace, is_group=False):
    """Closes its stdin, and waits; what is still there is told to end, then killed.
    Returns its exit status."""
    if process.stdin and not process.stdin.is_closing():
        process.stdin.close()
    for number in (None, signal.SIGTERM, signal.SIGKILL):
        if number:
            tell(process, number, is_group)
        try:
            await asyncio.wait_for(process.wait(), grace)
            break
        except asyncio.TimeoutError:
            grace = min(grace, 2)
    if is_group:  # what it has started
        tell(process, signal.SIGKILL, is_group)
    return await process.wait()


def tell(process, number, is_group):
    try:
        if is_group:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
    except (ProcessLookupError, PermissionError):
        pass


def ended(status):
    """How a program ended, in words."""
    if status >= 0:
        return "ended with status %d" % status
    try:
        return "was ended by %s" % signal.Signals(-status).name
    except ValueError:
        return "was ended by signal %d" % -status


def exit_status(status):
    """As a shell has it."""
    return status if status >= 0 else 128 - status
