"""The header folders of a Windows Driver Kit, however it was unpacked."""
import functools
import os
import re
from dataclasses import dataclass

from .errors import Failure

PARTS = ("km", "shared", "um", "ucrt")
DEEPEST = 4  # packages/<package>/c/Include/<version>
# Class extensions of KMDF: what the macro NAME_VERSION_MAJOR stands for, below km.
EXTENSIONS = {
    "NETADAPTER": "netcx/kmdf/adapter", "ACX": "acx/km", "UDECX": "ude", "UCMCX": "ucm",
    "UCMTCPCICX": "UcmTcpci", "UCMUCSICX": "UcmUcsi", "UFX": "ufx", "UCX": "ucx",
    "URSCX": "urs", "SPBCX": "spb", "SERCX": "sercx", "HIDSPICX": "HidSpiCx",
    "MBBCX": "mbbcx", "WIFICX": "wificx",
}


@dataclass(frozen=True)
class Wdk:
    """version: of the headers, or "" where the layout tells none; parts: the folders
    km, shared ...; kmdf: folders by version."""
    root: str
    version: str
    parts: dict
    kmdf: dict

    def folders(self, kmdf="", macros=()):
        """In the order in which a driver build searches them; kmdf: the version that
        is wanted, by default the newest; macros: those of the command, with values."""
        found = []
        if "km" in self.parts:
            found.append(os.path.join(self.parts["km"], "crt"))
        found += [self.parts[part] for part in ("km", "shared") if part in self.parts]
        found += [self.kmdf[v] for v in (self.kmdf_version(kmdf),) if v]
        found += self.extensions(dict(macros))
        found += [self.parts[part] for part in ("um",) if part in self.parts]
        return [folder for folder in found if os.path.isdir(folder)]

    def extensions(self, macros):
        """The folders of the class extensions that the macros speak of."""
        found = []
        for name, place in EXTENSIONS.items():
            version = [macros.get("%s_VERSION_%s" % (name, part))
                       for part in ("MAJOR", "MINOR")]
            if "km" in self.parts and all(version):
                top = os.path.join(self.parts["km"], place)
                found.append(os.path.join(top, closest(".".join(version),
                                                       _entries(top))))
        shared = os.path.join(self.parts.get("shared", ""), "netcx", "shared")
        if found:
            found += [os.path.join(shared, name) for name in _entries(shared)]
        return found

    def kmdf_version(self, wanted=""):
        """The version that is there, wanted, and fits, else the newest; "" if none
        is there."""
        if wanted in self.kmdf and self.fits(wanted):
            return wanted
        return max(self.kmdf, key=numbers, default="")

    def fits(self, version):
        """Whether wdm.h and the headers of KMDF declare RtlAssert alike: clang does
        not take what MSVC only warns of."""
        return declares_const(os.path.join(self.kmdf[version], "wdfassert.h")) >= \
            declares_const(os.path.join(self.parts["km"], "wdm.h"))


@functools.lru_cache(maxsize=None)
def declares_const(header):
    """Whether the header declares that RtlAssert changes nothing."""
    try:
        with open(header, encoding="latin-1") as file:
            text = file.read()
    except OSError:
        return False
    return bool(re.search(r"RtlAssert\s*\(\s*_In_\s+const\b", text))


def numbers(version):
    """A version as its numbers, for comparison."""
    return [int(number) for number in re.findall(r"\d+", version)]


def closest(wanted, there):
    """The version itself, else the newest that is there."""
    return wanted if wanted in there else max(there, key=numbers, default=wanted)


def _entries(folder):
    try:
        with os.scandir(folder) as every:
            return sorted((e.name for e in every if e.is_dir()), key=str.lower)
    except OSError:
        return []


def _child(folder, name):
    return next((os.path.join(folder, entry) for entry in _entries(folder)
                 if entry.lower() == name), None)


def _parts(folder):
    found = {part: _child(folder, part) for part in PARTS}
    return {part: path for part, path in found.items() if path}


def _include_folders(root):
    """The root itself and what is called Include below, not deep."""
    level, found = [root], [root]
    for _ in range(DEEPEST):
        below = [os.path.join(folder, name) for folder in level
                 for name in _entries(folder) if not name.startswith(".")]
        found += [path for path in below
                  if os.path.basename(path).lower() == "include"]
        level = [path for path in below
                 if os.path.basename(path).lower() != "include" and
                 not _is_headers(path)]
    return found


def _is_headers(path):
    return os.path.basename(path).lower() in (*PARTS, "wdf", "lib", "bin", "src",
                                              "source", "testing", "debuggers")


def _kmdf(folder):
    frameworks = _child(folder, "wdf")
    kmdf = frameworks and _child(frameworks, "kmdf")
    return {name: os.path.join(kmdf, name) for name in _entries(kmdf or "")
            if re.fullmatch(r"\d+\.\d+", name)} if kmdf else {}


def find(root, version=""):
    """The Wdk below root: unpacked packages of NuGet, an installed kit, or a folder
    that holds km and shared.  version: as 10.0.22621.0 or a part of it, by default
    the newest.  Failure if there is none."""
    if not os.path.isdir(root):
        raise Failure("there is no folder '%s'; name that of the WDK with --wdk-root" %
                      root)
    versions, kmdf = {}, {}
    for folder in _include_folders(root):
        kmdf.update(_kmdf(folder))
        flat = _parts(folder)
        if "km" in flat:
            versions.setdefault("", {}).update(flat)
        for name in _entries(folder):
            if re.fullmatch(r"\d+\.\d+\.\d+\.\d+", name):
                inner = os.path.join(folder, name)
                versions.setdefault(name, {}).update(_parts(inner))
                kmdf.update(_kmdf(inner))
    with_km = [name for name in versions if "km" in versions[name] and
               (not version or not name or version in name)]
    if not with_km:
        seen = ", ".join(sorted(filter(None, versions), key=numbers))
        raise Failure("'%s' holds no headers of a WDK%s: no folder 'km' as in "
                      "Include/10.0.22621.0/km%s; --wdk-root names the folder above "
                      "'Include'" % (root, " " + version if version else "",
                                     " (there: %s)" % seen if seen else ""))
    chosen = max(with_km, key=numbers)
    parts = dict(versions[chosen])
    # SDK and WDK are packages of their own, and differ in the last numbers.
    for name in sorted(versions, key=numbers, reverse=True):
        for part, path in versions[name].items():
            parts.setdefault(part, path)
    return Wdk(root, chosen, parts, kmdf)
