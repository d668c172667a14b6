"""killed.py DDI-CHECK FOLDER FLAGS...: kills a scan while one file is read and others
wait, and fails if a process of it is still there after a while."""
import os
import signal
import subprocess
import sys
import time

program, folder, flags = sys.argv[1], sys.argv[2], sys.argv[3:]
os.makedirs(folder)
# Who includes the pipe reads as long as somebody may write.
pipe = os.path.join(folder, "pipe.h")
os.mkfifo(pipe)
files = [os.path.join(folder, name) for name in ("a.c", "b.c", "c.c")]
for name in files:
    with open(name, "w") as out:
        out.write("#include <ntifs.h>\nvoid F(void) { KeLeaveCriticalRegion(); }\n")
with open(files[-1], "a") as out:
    out.write('#include "pipe.h"\n')


def is_anybody_left(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


for options in ([], ["--no-share"]):
    scan = subprocess.Popen([program, "--no-cache", "-j", "1"] + options + files +
                            ["--"] + flags, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, start_new_session=True)
    writer = os.open(pipe, os.O_WRONLY)  # once it is read
    scan.kill()
    scan.wait()
    for _ in range(100):
        if not is_anybody_left(scan.pid):
            break
        time.sleep(0.1)
    else:
        os.killpg(scan.pid, signal.SIGKILL)
        sys.exit("%s left processes behind" % options)
    os.close(writer)
