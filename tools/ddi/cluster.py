"""The work of a scan on the machines of a Dask cluster, which see the same files and
the same cache under the same names."""
import re
import subprocess

from . import checker
from .errors import Failure

SHARES_OF_A_THREAD = 4  # the last ones done keep few waiting
RETRIES = 5             # of what a worker left undone


def prepare(scheduler, scanner, build):
    """Fills the cache with what a scan of the build needs, on the workers.  Failure if
    the cluster cannot be reached or cannot do it."""
    if not scheduler or not re.fullmatch(r".+:\d+/?", scheduler):
        raise Failure("--engine dask needs --scheduler ADDRESS, as tcp://host:8786")
    try:
        from distributed import Client
    except ImportError:
        raise Failure("--engine dask needs the package python3-distributed")
    try:
        client = Client(scheduler, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise Failure("cannot reach the scheduler '%s': %s" % (scheduler, error))
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise Failure("the scheduler '%s' has no workers" % scheduler)
        count = threads * SHARES_OF_A_THREAD
        for is_read_only in (True, False):
            do_all(client, [command for number in range(count) for command in
                            scanner.share(build, "%d/%d" % (number + 1, count),
                                          is_read_only)])


def do_here(commands):
    """Runs each command; returns the exit status."""
    for command in commands:
        checker.run(command)
    return checker.CLEAN


def do_all(client, commands):
    """Runs each command on some worker; again, if the worker is lost."""
    tasks = [client.submit(subprocess.run, command, capture_output=True, text=True,
                           retries=RETRIES, pure=False) for command in commands]
    try:
        answers = client.gather(tasks)
    except Exception as error:  # of any kind that a worker or the cluster raises
        raise Failure("the cluster did not finish: %s: %s" %
                      (type(error).__name__, " ".join(str(error).split())))
    for done in answers:
        if done.returncode:
            words = done.stderr.strip().splitlines()
            raise Failure("a worker: %s" % (words[-1].removeprefix(checker.ERROR) if words
                                            else "status %d" % done.returncode))
