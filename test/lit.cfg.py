# What the tests are; where the tools are says lit.site.cfg.py of the build.
import glob
import os
import shutil
import subprocess
import sys

import lit.formats

config.name = "ddi-check"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".c", ".cpp", ".test"]
config.excludes = ["Inputs", "unit", "sample"]
config.test_source_root = os.path.dirname(os.path.abspath(__file__))
config.test_exec_root = os.path.join(config.ddi_build, "test")

bin = os.path.join(config.llvm_prefix, "bin")
config.environment["PATH"] = os.pathsep.join([bin, os.environ["PATH"]])
# No test leaves anything in the tree, or with the user, or finds anything of hers.
config.environment["XDG_CACHE_HOME"] = os.path.join(config.test_exec_root, "cache")
inputs = os.path.join(config.test_source_root, "Inputs")
mingw = "/usr/share/mingw-w64/include"
has_mingw = os.path.exists(os.path.join(mingw, "ddk", "wdm.h"))

clang = os.path.join(bin, "clang")
clangd = os.path.join(bin, "clangd")
plugin = os.path.join(config.ddi_build, "lib", "ddi-check-plugin.so")
program = os.path.join(config.ddi_build, "bin", "ddi-check")
tools = os.path.join(os.path.dirname(config.test_source_root), "tools")
config.environment["DDI_CHECK"] = program
config.environment["PYTHONPATH"] = tools
config.environment["PYTHONDONTWRITEBYTECODE"] = "1"
verify = "%s %s/verify.py --clang %s --plugin %s --program %s" % (
    sys.executable, config.test_source_root, clang, plugin, program)
# What only some tests need, and tools/check installs.
debian_python = "/usr/bin/python3"  # has the modules of Debian's packages
multitool = os.path.join(config.test_source_root, os.pardir, "build", "npm",
                         "node_modules", "@microsoft", "sarif-multitool-linux")
vscode = os.path.join(os.path.dirname(config.test_source_root), "build", "npm-vscode")


def has_module(name):
    return os.path.exists(debian_python) and subprocess.run(
        [debian_python, "-c", "import " + name],
        stderr=subprocess.DEVNULL).returncode == 0


# Those that are here, of the versions that ddi-lsp is for.
clangds = [name for name in ("clangd-22", "clangd-19") if shutil.which(name)]
config.substitutions += [
    (r"%ddi-check\b", program),
    (r"%ddi-scan\b", "%s %s" % (debian_python, os.path.join(tools, "ddi-scan"))),
    (r"%debian-python\b", debian_python),
    (r"%tools\b", tools),
    (r"%build\b", config.ddi_build),
    (r"%ddi\b", verify + (" --mingw-include " + mingw if has_mingw else "")),
    (r"%flags\b", "--target=x86_64-pc-windows-msvc -fms-extensions "
                  "-Wno-everything -isystem %s/wdk" % inputs),
    (r"%analyze\b", "%s --analyze --analyzer-no-default-checks --analyzer-output "
                    "text -fno-color-diagnostics -Xclang -load -Xclang %s" %
                    (clang, plugin)),
    (r"%clang\b", clang),
    (r"%clangd\b", clangd),
    (r"%plugin\b", plugin),
    (r"%python\b", sys.executable),
    (r"%sarif-multitool\b", multitool),
    (r"%npm-vscode\b", "%s %s/vscode/npm.py %s %s" % (
        sys.executable, config.test_source_root, os.path.join(tools, "vscode"), vscode)),
    (r"%inputs\b", inputs),
    (r"%tests\b", config.test_source_root),
    (r"%clangds\b", " ".join(clangds)),
]
config.available_features.add("llvm-" + config.llvm_major)
if has_mingw:
    config.available_features.add("mingw")
if has_module("jsonschema") and os.access(
        os.path.join(multitool, "Sarif.Multitool"), os.X_OK):
    config.available_features.add("sarif-multitool")
if os.path.exists(os.path.join(vscode, "installed.json")) and shutil.which("npm"):
    config.available_features.add("npm-vscode")
if has_module("distributed"):
    config.available_features.add("dask")
if all(map(shutil.which, ("cpack", "dpkg-shlibdeps", "man"))):
    config.available_features.add("package")
if shutil.which("pre-commit"):
    config.available_features.add("pre-commit")
if os.path.exists(clangd) and shutil.which("nvim"):
    config.available_features.add("neovim")
if os.path.exists(clangd) and shutil.which("emacs") and \
        glob.glob("/usr/share/emacs/site-lisp/elpa-src/eglot-*"):
    config.available_features.add("eglot")
if clangds:
    config.available_features.add("clangd")
if shutil.which("dot"):
    config.available_features.add("graphviz")
if shutil.which("chromium") and shutil.which("chromedriver") and has_module("selenium"):
    config.available_features.add("chromium")

# The other LLVM version, if its clang and its build are here too.
other = {"22": ("19", "build-19"), "19": ("22", "build")}.get(config.llvm_major)
if other:
    other_clang = "/usr/lib/llvm-%s/bin/clang" % other[0]
    other_plugin = os.path.join(config.test_source_root, os.pardir, other[1], "lib",
                                "ddi-check-plugin.so")
    config.substitutions += [(r"%other-clang\b", other_clang),
                             (r"%other-plugin\b", other_plugin)]
    if os.path.exists(other_clang) and os.path.exists(other_plugin):
        config.available_features.add("other-llvm")
