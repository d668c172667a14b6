"""The command that MSBuild makes of a source: what its metadata and the toolset of
kernel drivers stand for."""
import os
import re

from ..command import ARCHITECTURES
from ..compdb import Entry, split_windows
from ..wdk import EXTENSIONS
from .expression import unescape

# Metadata with what each of its values, in lower case, stands for.
FLAGS = {
    "callingconvention": {"cdecl": "/Gd", "stdcall": "/Gz", "fastcall": "/Gr",
                          "vectorcall": "/Gv"},
    "structmemberalignment": {"1byte": "/Zp1", "2bytes": "/Zp2", "4bytes": "/Zp4",
                              "8bytes": "/Zp8", "16bytes": "/Zp16"},
    "compileas": {"compileasc": "/TC", "compileascpp": "/TP"},
    "languagestandard": {"stdcpp14": "/std:c++14", "stdcpp17": "/std:c++17",
                         "stdcpp20": "/std:c++20", "stdcpp23": "/std:c++latest",
                         "stdcpp23preview": "/std:c++latest",
                         "stdcpplatest": "/std:c++latest"},
    "languagestandard_c": {"stdc11": "/std:c11", "stdc17": "/std:c17",
                           "stdc23": "/std:clatest", "stdclatest": "/std:clatest"},
    "exceptionhandling": {"sync": "/EHsc", "async": "/EHa", "syncctthrow": "/EHs"},
    "runtimetypeinfo": {"true": "/GR", "false": "/GR-"},
    "runtimelibrary": {"multithreaded": "/MT", "multithreadeddebug": "/MTd",
                       "multithreadeddll": "/MD", "multithreadeddebugdll": "/MDd"},
    "treatwchar_tasbuiltintype": {"false": "/Zc:wchar_t-"},
    "disablelanguageextensions": {"true": "/Za"},
    "defaultcharisunsigned": {"true": "/J"},
    "ignorestandardincludepath": {"true": "/X"},
    "undefineallpreprocessordefinitions": {"true": "/u"},
    "treatwarningaserror": {"true": "/WX"},
    "warninglevel": {"level1": "/W1", "level2": "/W2", "level3": "/W3",
                     "level4": "/W4", "enableallwarnings": "/Wall"},
    "enableprefast": {"true": "/analyze"},
    "kernelmode": {"true": "/kernel"},
}
DRIVER_FLAGS = ("/kernel", "/Zp8", "/GF", "/GS", "/Gy", "/Zc:wchar_t-", "/GR-")
ENDINGS = {".c", ".cc", ".cpp", ".cxx", ".c++"}
PLATFORMS = {"x64": "x86_64", "amd64": "x86_64", "arm64": "aarch64",
             "arm64ec": "aarch64", "win32": "i686", "x86": "i686"}
TARGETS = {  # TargetVersion: _WIN32_WINNT, NTDDI_VERSION
    "windows7": ("0x0601", "0x06010000"), "win7": ("0x0601", "0x06010000"),
    "vista": ("0x0600", "0x06000000"), "windows8": ("0x0602", "0x06020000"),
    "win8": ("0x0602", "0x06020000"), "windowsv6.3": ("0x0603", "0x06030000"),
}
WINDOWS_10 = ("0x0A00", "0x0A00000C")
NTDDI_OF_KIT = {  # by the build number of the kit
    10240: "0x0A000000", 10586: "0x0A000001", 14393: "0x0A000002",
    15063: "0x0A000003", 16299: "0x0A000004", 17134: "0x0A000005",
    17763: "0x0A000006", 18362: "0x0A000007", 19041: "0x0A000008",
    20348: "0x0A00000A", 22000: "0x0A00000B", 22621: "0x0A00000C",
    26100: "0x0A000010",
}
EXTENSION_MACROS = re.compile(r"(\w+)_version_(major|minor)")


def is_driver(project):
    """Whether the project builds for the kernel."""
    toolset = project.get("PlatformToolset").lower()
    kind = project.get("DriverType").lower()
    if kind in ("umdf", "package"):
        return False
    return toolset.startswith("windowskernelmodedriver") or \
        project.get("ConfigurationType").lower() == "driver" or \
        kind in ("kmdf", "wdm", "miniport", "exportdriver")


def kit_properties(wdk, kmdf_version):
    """What the property sheets of the WDK set: names of folders."""
    if not wdk:
        return {}
    km, shared, um = (wdk.parts.get(part, "") for part in ("km", "shared", "um"))
    version = wdk.kmdf_version(kmdf_version)
    framework = wdk.kmdf.get(version, "")
    extensions = {"%s_INC_PATH" % name.removesuffix("CX"): os.path.join(km, place)
                  for name, place in EXTENSIONS.items()}
    return {**extensions, "SPB_VERSION_MAJOR": "1", "SPB_VERSION_MINOR": "1",
            "DDK_INC_PATH": km, "KM_IncludePath": km, "SDK_INC_PATH": um,
            "KIT_SHARED_INC_PATH": shared, "KIT_SHARED_INC_PATH_WDK": shared,
            "KIT_SHARED_IncludePath": shared, "SDKIncludePath": shared, "IFSKIT_INC_PATH": km,
            "UM_IncludePath": um, "CRT_INC_PATH": km and km + "/crt",
            "CRT_IncludePath": km and km + "/crt",
            "KMDF_INC_PATH": framework and os.path.dirname(framework) + "/",
            "KMDF_VER_PATH": version, "WindowsTargetPlatformVersion": wdk.version}


def entries(project, wdk=None, kmdf_version=""):
    """Yields an Entry for each source that is part of the build."""
    build = _Build(project, wdk, kmdf_version)
    for item in project.items:
        metadata = item.metadata
        if metadata.get("excludedfrombuild", "").strip().lower() == "true" or \
                os.path.splitext(item.path)[1].lower() not in ENDINGS:
            continue
        yield Entry(os.path.dirname(project.path), item.path,
                    ["cl.exe", "/c", *build.words(metadata), item.path],
                    project=project.path)


def listed(text):
    """The parts of a list; what is escaped in one separates none."""
    return [unescape(part.strip()) for part in re.split(r"[;\r\n]", text)
            if part.strip()]


def plain(text):
    """The macro as cl gets it: MSBuild keeps quotation marks, with \\ or without."""
    return text.replace('\\"', '"')


class _Build:
    def __init__(self, project, wdk, kmdf_version):
        self.project, self.wdk, self.kmdf_version = project, wdk, kmdf_version
        self.machine = PLATFORMS.get(project.platform.lower(), "x86_64")
        self.common = self.common_words()

    def common_words(self):
        """What the toolset adds to every command."""
        words = ["--target=%s-pc-windows-msvc" % self.machine]
        if self.project.get("CharacterSet").lower() == "unicode":
            words += ["/D_UNICODE", "/DUNICODE"]
        if not is_driver(self.project):
            return words
        words += DRIVER_FLAGS
        words += ["/Gz"] if self.machine == "i686" else []
        return words + ["/D" + macro for macro in self.driver_macros()]

    def driver_macros(self):
        macros = [] if self.machine == "i686" else ["_WIN64"]
        macros += ARCHITECTURES[self.machine]
        version, ntddi = self.target()
        macros += ["STD_CALL", "DEPRECATE_DDK_FUNCTIONS=1", "WINNT=1",
                   "_WIN32_WINNT=" + version, "WINVER=" + version,
                   "NTDDI_VERSION=" + ntddi]
        if self.project.get("UseDebugLibraries").lower() == "true":
            macros += ["DBG=1"]
        return macros + self.framework()

    def target(self):
        given = self.project.get("_NT_TARGET_VERSION")
        if re.fullmatch(r"0[xX][0-9A-Fa-f]{3,8}", given):
            value = int(given, 16)
            if value <= 0xFFFF:
                full = value << 16 if value < 0xA00 else int(WINDOWS_10[1], 16)
                return "0x%04X" % value, "0x%08X" % full
            return "0x%04X" % (value >> 16), "0x%08X" % value
        known = TARGETS.get(self.project.get("TargetVersion").lower())
        if known:
            return known
        kit = re.match(r"10\.0\.(\d+)", self.wdk.version if self.wdk else
                       self.project.get("WindowsTargetPlatformVersion"))
        build = int(kit.group(1)) if kit else 0
        ntddi = [n for number, n in NTDDI_OF_KIT.items() if number <= build]
        return WINDOWS_10[0], ntddi[-1] if ntddi else WINDOWS_10[1]

    def framework(self):
        """Of KMDF and its class extensions."""
        macros = []
        if self.project.get("DriverType").lower() == "kmdf" or \
                self.project.get("KMDF_VERSION_MAJOR"):
            major = self.project.get("KMDF_VERSION_MAJOR") or "1"
            newest = self.wdk.kmdf_version(self.kmdf_version) if self.wdk else \
                self.kmdf_version
            minor = self.project.get("KMDF_VERSION_MINOR") or \
                newest.partition(".")[2] or "15"
            macros = ["KMDF_VERSION_MAJOR=" + major, "KMDF_VERSION_MINOR=" + minor]
        for name, value in sorted(self.project.values.properties.items()):
            match = EXTENSION_MACROS.fullmatch(name)
            if match and match.group(1).upper() in EXTENSIONS and value.isdigit():
                macros.append("%s=%s" % (name.upper(), value))
        return macros

    def words(self, metadata):
        words = list(self.common)
        for name, values in FLAGS.items():
            flag = values.get(metadata.get(name, "").strip().lower())
            if flag and flag not in words and not (
                    name == "runtimelibrary" and is_driver(self.project)):
                words.append(flag)
        words += self.precompiled(metadata)
        words += ["/D" + plain(macro)
                  for macro in listed(metadata.get("preprocessordefinitions", ""))]
        words += ["/U" + macro for macro in
                  listed(metadata.get("undefinepreprocessordefinitions", ""))]
        folders = listed(metadata.get("additionalincludedirectories", ""))
        words += ["/I" + folder.strip('"') for folder in folders if folder.strip('"')]
        words += ["/I."] if is_driver(self.project) else []
        folders = listed(self.project.get("IncludePath"))
        words += ["/external:I" + folder for folder in folders]
        files = listed(metadata.get("forcedincludefiles", ""))
        if is_driver(self.project):
            files = ["warning.h"] + files if self.wdk else files
        words += ["/FI" + name.strip('"') for name in files]
        return words + split_windows(
            unescape(metadata.get("additionaloptions", "")), is_line=False)

    @staticmethod
    def precompiled(metadata):
        kind = metadata.get("precompiledheader", "").strip().lower()
        name = metadata.get("precompiledheaderfile", "").strip()
        if kind not in ("use", "create"):
            return []
        return [("/Yu" if kind == "use" else "/Yc") + (name or "stdafx.h")]
