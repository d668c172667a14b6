"""A scheduler and three workers, of which one is killed while it works.

Usage: dask_cluster.py FOLDER INPUTS -- FLAG..."""
import os
import signal
import subprocess
import sys
import time

from repository import HEADER, Repository, driver

folder, _, _, *flags = sys.argv[1:]
r = Repository(folder, flags)
for number in range(24):
    name = "f%d" % number
    r.write(name + ".h", HEADER)
    r.write(name + ".c", driver(name, is_right=number % 2))
    r.compile(name + ".c", driver="one")
log = open(os.path.join(folder, "cluster.log"), "w")
address_file = os.path.join(folder, "scheduler.json")


def start(module, *words):
    return subprocess.Popen(["/usr/bin/python3", "-m", "distributed.cli." + module, *words],
                            stdout=log, stderr=log, start_new_session=True, cwd=folder)


def wait_for(is_there, what):
    for _ in range(300):
        if is_there():
            return
        time.sleep(0.1)
    sys.exit("there is no %s after 30 s" % what)


def processes():
    """How many processes of ddi-check do shares."""
    return subprocess.run(["pgrep", "-cf", "%s.*--share" % os.environ["DDI_CHECK"]],
                          stdout=subprocess.PIPE, text=True).stdout.strip() not in ("", "0")


cluster = [start("dask_scheduler", "--host", "127.0.0.1", "--port", "0",
                 "--no-dashboard", "--scheduler-file", address_file)]
try:
    wait_for(lambda: os.path.exists(address_file), "scheduler")
    for _ in range(3):
        cluster.append(start("dask_worker", "--scheduler-file", address_file, "--nworkers",
                             "1", "--nthreads", "1", "--no-dashboard", "--no-nanny"))
    import json
    address = json.load(open(address_file))["address"]
    from distributed import Client
    with Client(address) as client:
        wait_for(lambda: len(client.nthreads()) == 3, "third worker")
    whole = r.scan("-p", "build", "--format", "jsonl", "--cache", "local", status=2)
    scan = subprocess.Popen(
        ["/usr/bin/python3", os.path.join(os.environ["PYTHONPATH"], "ddi-scan"), "-p",
         "build", "--format", "jsonl", "--cache", "shared", "--engine", "dask",
         "--scheduler", address], cwd=folder, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True)
    wait_for(processes, "share that is done by a worker")
    os.killpg(cluster[1].pid, signal.SIGKILL)
    told, said = scan.communicate()
    assert scan.returncode == 2, (scan.returncode, said)
    assert told == whole, "the cluster finds something else"
    with Client(address) as client:
        assert len(client.nthreads()) == 2, "no worker was killed"
finally:
    for one in cluster:
        try:
            os.killpg(one.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
r.scan("-p", "build", "--engine", "dask", status=1, error="needs --scheduler")
r.scan("-p", "build", "--engine", "dask", "--scheduler", "x", status=1,
       error="needs --scheduler")
r.scan("-p", "build", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", status=1,
       error="cannot reach the scheduler")
