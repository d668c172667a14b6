"""Usage: ci_all.py FOLDER TESTS TOOLS -- FLAG..."""
import json
import os
import subprocess
import sys

from repository import HEADER, Repository, driver

folder, tests, tools, _, *flags = sys.argv[1:]
BASES = {"github": "GITHUB_BASE_REF=main", "azure":
         "SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main", "gitlab": ""}


def run(r, name, *settings):
    stubs = folder + ".stubs"
    os.makedirs(stubs, exist_ok=True)
    scan = os.path.join(stubs, "ddi-scan")
    if not os.path.lexists(scan):
        os.symlink(os.path.join(tools, "ddi-scan"), scan)
    return subprocess.run(
        ["/usr/bin/python3", os.path.join(tests, "scan", "ci.py"),
         os.path.join(tools, "ci", name + ".yml"), stubs, "BUILD=build",
         "HOME=" + stubs, "DDI_CHECK=" + os.environ["DDI_CHECK"], *filter(None, settings)],
        cwd=r.folder, capture_output=True, text=True)


for name, base in BASES.items():
    r = Repository(folder, flags)
    r.write("one.h", HEADER)
    r.write("one.c", driver("one", is_right=False))
    r.compile("one.c")
    r.write(".gitignore", "build/\n.ddi-cache/\nddi-check.*\n*.json\n")
    r.commit()
    r.git("update-ref", "refs/remotes/origin/main", "HEAD")
    done = run(r, name)
    assert done.returncode == 2, (name, done.returncode, done.stderr)
    assert "WithinCriticalRegion" in done.stdout, (name, done.stdout)
    assert os.path.getsize(os.path.join(r.folder, "ddi-check.html")) > 1000
    if name == "gitlab":
        with open(os.path.join(r.folder, "gl-code-quality-report.json")) as file:
            assert len(json.load(file)) == 1
        base = "CI_MERGE_REQUEST_DIFF_BASE_SHA=" + r.git("rev-parse", "HEAD").strip()
    else:
        with open(os.path.join(r.folder, "ddi-check.sarif")) as file:
            assert len(json.load(file)["runs"][0]["results"]) == 1
    # A change for which nothing is new passes.
    done = run(r, name, base)
    assert done.returncode == 0, (name, done.returncode, done.stderr, done.stdout)
