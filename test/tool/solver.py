"""What the analyzer finds when it explores every function, it finds too when the
solver has proved most of them clean; and nothing else. Orders of locks it hears of from
the solver alone."""
import json
import subprocess
import sys


def findings(program, files, flags, *options):
    run = subprocess.run([program, "--no-cache", "--format", "json",
                          "--rules=-wdm.LockOrder", *options,
                          *files, "--", *flags], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True)
    if run.returncode not in (0, 2):
        sys.exit("%s: exit status %d\n%s" % (files[0], run.returncode, run.stderr))
    return {(f["rule"], f["at"]["file"], f["at"]["line"], f["message"])
            for f in map(json.loads, run.stdout.splitlines())}


def main():
    program, kind = sys.argv[1:3]
    end = sys.argv.index("--")
    files, flags = sys.argv[3:end], sys.argv[end + 1:]
    drivers = [files] if kind == "together" else [[file] for file in files]
    differ = False
    for driver in drivers:
        every = findings(program, driver, flags, "--explore-all")
        solved = findings(program, driver, flags)
        for finding in sorted(every ^ solved):
            differ = True
            print("only %s: %s" % ("without the solver" if finding in every
                                   else "with the solver", finding))
    return differ


if __name__ == "__main__":
    sys.exit(main())
