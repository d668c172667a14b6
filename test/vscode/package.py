"""package.py FOLDER: looks into FOLDER/dist/ddi-check.vsix, and loads what is in it."""
import json
import os
import subprocess
import sys
import zipfile

folder = sys.argv[1]
name = os.path.join(folder, "dist", "ddi-check.vsix")
with zipfile.ZipFile(name) as package:
    names = sorted(package.namelist())
    assert names == [
        "[Content_Types].xml", "extension.vsixmanifest", "extension/LICENSE.txt", "extension/README.md",
        "extension/dist/ThirdPartyNotices.txt", "extension/dist/extension.js",
        "extension/package.json"], names
    files = {one: package.read(one).decode() for one in names}
    package.extractall(os.path.join(folder, "unpacked"))

size = os.path.getsize(name)
assert size < 300_000, size
bundle = files["extension/dist/extension.js"]
assert "sourceMappingURL" not in bundle
assert folder not in bundle and "node_modules/" not in bundle
assert "LLVM Exceptions" in files["extension/LICENSE.txt"]
notices = files["extension/dist/ThirdPartyNotices.txt"]
for third in ("vscode-languageclient 9", "vscode-jsonrpc", "minimatch", "semver"):
    assert third in notices, third
assert "Permission" in notices
manifest = json.loads(files["extension/package.json"])
assert manifest["main"] == "./dist/extension.js", manifest["main"]
assert "Microsoft.VisualStudio.Code.Engine" in files["extension.vsixmanifest"]
for setting in manifest["contributes"]["configuration"]["properties"]:
    assert "`%s`" % setting in files["extension/README.md"], setting

LOAD = """
const modules = require("module");
const load = modules._load;
modules._load = (name, ...more) =>
  name === "vscode" ? require("./out/fake/vscode.js") : load(name, ...more);
const { activate, deactivate } = require("./unpacked/extension/dist/extension.js");
console.log(typeof activate, typeof deactivate);
"""
run = subprocess.run(["node", "-e", LOAD], cwd=folder, text=True, stdout=subprocess.PIPE)
assert run.stdout == "function function\n", run.stdout
