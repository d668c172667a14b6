"""Repairs commands."""
import codecs
import json
import os
import shutil
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "tools"))

from ddi.command import Settings, normalise, normalise_all  # noqa: E402
from ddi.compdb import Entry  # noqa: E402
from ddi.errors import Failure  # noqa: E402
from ddi.paths import Disk, Mapping, locate  # noqa: E402
from ddi.wdk import find  # noqa: E402


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def file(self, name, content=""):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode()
        with open(path, "wb") as out:
            out.write(data)
        return path

    def all(self, words, file="a.c", directory=None, **settings):
        entry = Entry(directory or self.folder, file, words)
        return normalise(entry, Settings(**settings))

    def one(self, words, file="a.c", directory=None, **settings):
        commands = self.all(words, file, directory, **settings)
        self.assertEqual(len(commands), 1)
        return commands[0]

    def words(self, *words, **settings):
        """What is left of the words behind CL.exe, without what is always there."""
        command = self.one(["CL.exe", *words, "a.c"], **settings)
        always = {"clang", "--driver-mode=cl", "-X", "-Wno-everything", "-WX-", "--",
                  command.file, "--target=x86_64-pc-windows-msvc"}
        return [word for word in command.arguments if word not in always]


class Cl(Case):
    def setUp(self):
        super().setUp()
        self.file("a.c")

    def test_the_compiler_of_msbuild(self):
        for name in ("CL.exe", "cl", "clang-cl", "clang-cl-19", "Clang-CL.EXE",
                     r"C:\VS\bin\CL.exe", "C:/VS/bin/CL.exe", "/usr/bin/clang-cl"):
            command = self.one([name, "/c", "a.c"])
            self.assertEqual(command.arguments, [
                "clang", "--driver-mode=cl", "--target=x86_64-pc-windows-msvc", "-X",
                "-Wno-everything", "-WX-", "--", os.path.join(self.folder, "a.c")])
            self.assertEqual(command.file, command.arguments[-1])
            self.assertEqual(command.problems, [])
            self.assertIn("'%s' is read as Microsoft's compiler" % name,
                          command.changes)

    def test_what_is_dropped(self):
        for word in ("/c", "/Foa.obj", "/Fo:", "/Fda.pdb", "/Fpx.pch", "/Zi", "/Z7",
                     "/MP", "/MP8", "/analyze", "/analyze:quiet", "/analyze-", "/WX",
                     "/W4", "/wd4603", "/we4013", "/errorReport:queue",
                     "/d1nodatetime", "/d1import_no_registry", "/d2Zi+", "/d2AllowX",
                     "-d2epilogunwind", "-cbstring", "/ifcOutput", "/showIncludes",
                     "/diagnostics:column", "/Qspectre", "/guard:cf", "/nologo",
                     "/FC", "/FS", "/GS", "/options:strict", "/source-charset:.1252",
                     "/fsanitize=kernel-address", "/clang:-MD", "/D/wd4996", "/E", "/P", "/Zs"):
            self.assertEqual(self.words(word), [], word)

    def test_what_is_told_of_it(self):
        command = self.one(["CL.exe", "/c", "/WX", "/DX", "a.c"])
        self.assertIn("dropped, as they do not matter here: /c /WX", command.changes)

    def test_what_stays(self):
        self.assertEqual(
            self.words("/DX=1", "/D", "Y=a b", "/UZ", "/kernel", "/Zp8", "/Gz", "/TC",
                       "/std:c17", "/Zc:wchar_t-", "/unheardof"),
            ["-DX=1", "-DY=a b", "-UZ", "-kernel", "-Zp8", "-Gz", "-std:c17",
             "-Zc:wchar_t-", "-unheardof", "-TC", "-D_AMD64_", "-DAMD64"])

    def test_nothing_that_names_a_program_stays(self):
        self.assertEqual(self.words(
            "-fplugin=x.so", "-Xclang", "-load", "-Xclang", "x.so", "-mllvm",
            "-load=x.so", "/clang:-fplugin=x.so", "-fpass-plugin=x.so", "-Xclang",
            "-add-plugin", "-Xclang", "x"), [])

    def test_outputs_with_a_name_of_their_own(self):
        self.assertEqual(self.words("/o", "x.c", "-ox.obj"), [])

    def test_folders(self):
        inner = os.path.join(self.folder, "Inner Folder")
        os.mkdir(inner)
        for words in (["/IInner Folder"], ["/I", "inner folder"], ["-I.\\INNER FOLDER\\"],
                      ["/I", inner.upper().replace(self.folder.upper(), self.folder)]):
            self.assertEqual(self.words(*words), ["-I" + inner])
        self.assertEqual(self.words("/external:Iinner folder", "-imsvc", "none"),
                         ["-external:I", inner, "-imsvc", self.folder + "/none"])
        self.assertEqual(self.one(["cl", "/Inone", "a.c"]).missing,
                         [self.folder + "/none"])

    def test_a_driver_searches_its_kit_before_clang(self):
        self.assertEqual(self.words("/kernel", "-imsvc", "km", "/D_AMD64_"), [
            "-kernel", "-Xclang", "-isystem", "-Xclang", self.folder + "/km",
            "-D_AMD64_"])

    def test_what_is_repaired_stays_as_it_is(self):
        self.file("wdk/km/ntddk.h")
        once = self.one(["CL.exe", "/kernel", "/Yupch.h", "/Isub", "a.c"],
                        wdk_root=self.folder + "/wdk")
        again = normalise(once.entry(), Settings(wdk_root=self.folder + "/wdk"))
        self.assertEqual([sorted(c.arguments) for c in again],
                         [sorted(once.arguments)])
        self.assertEqual(again[0].changes, [])

    def test_absolute_names_of_files(self):
        path = self.file("usr/b.c")
        command = self.one(["clang-cl", "/DX", path], path)
        self.assertEqual(command.file, path)
        self.assertIn("-DX", command.arguments)
        self.assertEqual(self.one(["clang-cl", "/gone/b.c"], "/gone/b.c").problems,
                         ["there is no file '/gone/b.c'"])

    def test_a_language_for_one_file(self):
        for word, language in (("/Tca.c", "-TC"), ("/Tpa.c", "-TP")):
            command = self.one(["cl", word])
            self.assertIn(language, command.arguments)
        self.assertEqual(len(self.all(["cl", "/Tp", "a.c"])), 1)

    def test_each_language_has_its_standard(self):
        self.file("b.cpp")
        both = ["cl", "/std:c++20", "/std:c17", "a.c", "b.cpp"]
        self.assertEqual([[w for w in command.arguments if "std" in w]
                          for command in self.all(both)],
                         [["-std:c17"], ["-std:c++20"]])
        self.assertIn("-std:c++20", self.all(both + ["/TP"])[0].arguments)

    def test_sources_of_one_command(self):
        self.file("b.cpp")
        commands = self.all(["CL.exe", "/c", "a.c", "b.cpp", "x.obj", "y.lib", "/link",
                             "z.c"])
        self.assertEqual([os.path.basename(c.file) for c in commands],
                         ["a.c", "b.cpp"])
        self.assertIn("one of 2 sources of the same command", commands[0].changes)
        entries = [Entry(self.folder, name, ["cl", "a.c", "b.cpp"])
                   for name in ("a.c", "b.cpp")]
        self.assertEqual(len(list(normalise_all(entries, Settings()))), 2)

    def test_a_command_that_does_not_name_its_file(self):
        command = self.one(["cl", "/c"])
        self.assertEqual(command.arguments[-1], os.path.join(self.folder, "a.c"))
        self.assertIn("the command does not name its file", command.changes)
        self.assertEqual(self.one(["cl", "/c", "@none.rsp", "x.obj"]).file,
                         os.path.join(self.folder, "a.c"))

    def test_other_languages(self):
        for name in ("a.asm", "a.rc", "a.S"):
            self.assertEqual(self.all(["cl", name], name), [])
        self.assertEqual(len(self.all(["cl", "/TC", "a.inl"], "a.inl")), 1)

    def test_launchers(self):
        for name in ("ccache", "/usr/bin/sccache.exe"):
            self.assertEqual(self.one([name, "clang-cl", "a.c"]).arguments[1],
                             "--driver-mode=cl")

    def test_targets(self):
        def target(*words):
            return next(word[9:] for word in self.one([*words, "a.c"]).arguments
                        if word.startswith("--target="))
        self.assertEqual(target("cl", "/D_ARM64_"), "aarch64-pc-windows-msvc")
        self.assertEqual(target("cl", "/D", "_X86_=1"), "i686-pc-windows-msvc")
        self.assertEqual(target("cl", "--target=arm64-pc-windows-msvc"),
                         "arm64-pc-windows-msvc")
        bin = r"C:\VS\VC\Tools\MSVC\14.38.33130\bin\Host"
        self.assertEqual(target(bin + r"x64\x86\CL.exe"), "i686-pc-windows-msvc")
        self.assertEqual(target(bin + r"x64\ARM64\CL.exe"), "aarch64-pc-windows-msvc")
        self.assertEqual(target(r"C:\DDK\bin\x86_amd64\cl.exe"),
                         "x86_64-pc-windows-msvc")
        self.assertIn("-fms-compatibility-version=19.38.33130",
                      self.one([bin + r"x64\x64\CL.exe", "a.c"]).arguments)

    def test_the_architecture_is_defined_only_if_none_is(self):
        self.assertIn("-D_AMD64_", self.words("/kernel"))
        self.assertNotIn("-D_AMD64_", self.words("/kernel", "/DAMD64"))
        self.assertNotIn("-D_AMD64_", self.words("/DX"))
        self.assertNotIn("-D_AMD64_", self.words("/kernel", "/MT"))
        command = self.one(["cl", "/kernel", "--target=i686-pc-windows-msvc", "a.c"])
        self.assertIn("-D_X86_=1", command.arguments)

    def test_precompiled_headers(self):
        self.file("plain.c", "int x;\n")
        self.file("with.c", '// x\n#include "..\\inc\\PCH.h"\n')
        for file, words, expected in (
                ("plain.c", ["/Yupch.h", "/Fpx.pch"], ["-FIpch.h"]),
                ("plain.c", ["/Yupch.h", "/FIPch.h"], ["-FIPch.h"]),
                ("plain.c", ["/Yu"], []), ("plain.c", ["/Ycpch.h"], []),
                ("with.c", ["/Yuinc/pch.h"], []), ("with.c", ["/YuPCH.H"], [])):
            command = self.one(["cl", *words, file], file)
            self.assertEqual([word for word in command.arguments
                              if word.startswith("-FI")], expected, words)
        self.file("sub/pch.h")
        self.assertIn("-FI" + self.folder + "/sub/pch.h",
                      self.one(["cl", "/YuSUB\\pch.h", "plain.c"],
                               "plain.c").arguments)


class ResponseFiles(Case):
    def setUp(self):
        super().setUp()
        self.file("a.c")

    def test_encodings(self):
        text = '/DX="a b"\r\n/kernel /DP=\\"q\\" /IC:\\x\\ a.c\r\n'
        for name, data in (("8", text.encode()), ("8m", text.encode("utf-8-sig")),
                           ("16", text.encode("utf-16")),
                           ("be", codecs.BOM_UTF16_BE + text.encode("utf-16-be")),
                           ("nomark", text.encode("utf-16-le"))):
            self.file(name + ".rsp", data)
            command = self.one(["CL.exe", "/c", "@%s.RSP" % name])
            for word in ("-DX=a b", '-DP="q"', "-kernel", "-IC:/x/"):
                self.assertIn(word.rstrip("/"), command.arguments, name)
            self.assertEqual(command.file, os.path.join(self.folder, "a.c"))

    def test_inside_another(self):
        self.file("x.rsp", "/DX1 @sub/y.rsp")
        self.file("sub/y.rsp", "/DX2")
        command = self.one(["cl", "@x.rsp", "/DX3", "a.c"])
        self.assertEqual([w for w in command.arguments if w.startswith("-D")],
                         ["-DX1", "-DX2", "-DX3"])

    def test_what_is_wrong_with_one(self):
        self.file("x.rsp", "@y.rsp")
        self.file("y.rsp", "@x.rsp")
        os.mkdir(os.path.join(self.folder, "dir"))
        for name, text in (("none", "cannot read response file '%s/none': No such"),
                           ("x.rsp", "response file '%s/x.rsp' contains itself"),
                           ("dir", "cannot read response file '%s/dir'")):
            command = self.one(["cl", "/DX", "@" + name, "a.c"])
            self.assertIn(text % self.folder, command.problems[0])
            self.assertIn("-DX", command.arguments)

    def test_characters_that_no_command_holds(self):
        self.file("x.rsp", b"/DX\0Y \0 /Yu\0\n")
        self.assertIn("-DXY", self.one(["cl", "@x.rsp", "a.c"]).arguments)

    def test_a_bomb(self):
        for number in range(20):
            self.file("%d.rsp" % number, "@%d.rsp\n" % (number + 1) * 20)
        self.file("20.rsp", "/DX\n" * 1000)
        command = self.one(["cl", "@0.rsp", "a.c"])
        self.assertIn("expand to more than 100000 words", command.problems[0])

    def test_of_gcc(self):
        self.file("x.rsp", "-DX='a b' -I. a.c")
        self.assertEqual(self.one(["gcc", "@x.rsp"]).arguments, [
            "gcc", "-DX=a b", "-I" + self.folder, self.folder + "/a.c"])


class Names(Case):
    def test_mappings(self):
        mapping = Mapping.parse("D:\\a\\1\\s\\=" + self.folder)
        for there, rest in ((r"D:\a\1\s\x.c", "/x.c"), ("d:/A/1/S/y\\x.c", "/y/x.c"),
                            (r"D:\a\1\s", ""), (r"D:\a\1\s\..\..\x", "/../../x")):
            self.assertEqual(mapping.apply(there),
                             os.path.normpath(self.folder + rest))
        for there in (r"D:\a\1\src\x.c", r"C:\a\1\s\x.c", "x.c"):
            self.assertIsNone(mapping.apply(there))
        self.assertEqual(Mapping.parse(r"\\host\share=/x").apply(r"\\HOST\share\y"),
                         "/x/y")
        self.assertEqual(Mapping.parse("/ci/src=/x").apply("/ci/src/y"), "/x/y")
        self.assertIsNone(Mapping.parse("/ci/src=/x").apply("/CI/src/y"))
        for text in ("", "x", "=x", "x="):
            with self.assertRaises(Failure):
                Mapping.parse(text)

    def test_the_longest_mapping_counts(self):
        self.file("inner/a.c")
        settings = Settings(path_map=(Mapping.parse("C:\\=/none"),
                                      Mapping.parse("C:\\b=" + self.folder + "/inner")))
        command = normalise(Entry("C:\\b", "a.c", ["cl", "a.c"]), settings)[0]
        self.assertEqual(command.file, self.folder + "/inner/a.c")
        self.assertEqual(command.directory, self.folder + "/inner")

    def test_a_drive_without_mapping(self):
        command = self.one(["cl", "/IC:\\x", r"C:\y\a.c"], r"C:\y\a.c", "C:\\y")
        self.assertIn("no --path-map covers 'C:/y'", command.problems)
        self.assertIn("no --path-map covers 'C:/x'", command.problems)

    def test_the_spelling_on_disk(self):
        path = self.file("Dir/Sub/File.C")
        disk = Disk()
        self.assertEqual(disk.spelling(self.folder + "/dir/SUB/file.c"), path)
        self.assertEqual(disk.spelling(self.folder + "/dir/../DIR/SUB/file.c"), path)
        self.assertIsNone(disk.spelling(self.folder + "/dir/none/file.c"))
        self.assertIsNone(disk.spelling("\0"))
        self.assertEqual(locate("dir\\sub\\FILE.c", self.folder, (), disk), path)
        command = self.one(["cl", "DIR\\sub\\FILE.C"], "DIR\\sub\\FILE.C")
        self.assertEqual(command.file, path)

    def test_a_file_name_with_a_newline(self):
        path = self.file("a\nb.c")
        self.assertEqual(self.one(["cl", "a\nb.c"], "a\nb.c").file, path)


class Overlay(Case):
    def contents(self, command):
        """Names of files with what is read for them, of all overlays."""
        found = {}

        def walk(item, above):
            name = os.path.join(above, item["name"])
            if item["type"] == "file":
                found[name] = item["external-contents"]
            for inner in item.get("contents", ()):
                walk(inner, name)

        for word in command.arguments:
            if "overlay-" in word:
                with open(word) as file:
                    overlay = json.load(file)
                self.assertEqual(overlay["case-sensitive"], "false")
                for root in overlay["roots"]:
                    walk(root, "/")
        return found

    def setUp(self):
        super().setUp()
        self.file("src/a.c", '#include "..\\UP\\u.h"')
        self.file("src/Inner/b.h")
        self.file("src/x.obj")
        self.file("Up/U.h", '#include "../further/f.h"')
        self.file("further/f.h")
        self.file("unrelated/n.h")
        self.file("inc/deep/C.H")
        self.file("wdk/km/NtDdk.h")
        self.work = os.path.join(self.folder, "work")

    def command(self, **settings):
        return self.one(["cl", "/I..\\inc", "a.c"], "a.c", self.folder + "/src",
                        work=self.work, wdk_root=self.folder + "/wdk", **settings)

    def test_it_lists_every_file(self):
        files = {os.path.relpath(name, self.folder)
                 for name in self.contents(self.command())}
        self.assertEqual(files, {"src/a.c", "src/Inner/b.h", "Up/U.h", "further/f.h",
                                 "inc/deep/C.H", "wdk/km/NtDdk.h"})

    def test_once_per_set_of_folders(self):
        first = self.command().arguments
        self.file("src/b.c")
        settings = Settings(work=self.work, wdk_root=self.folder + "/wdk")
        for name in ("a.c", "b.c"):
            normalise(Entry(self.folder + "/src", name, ["cl", "/I../inc", name]),
                      settings)
        self.assertEqual(len(os.listdir(self.work)), 3)
        self.assertNotEqual(first, self.command().arguments)

    def test_only_where_it_is_wanted(self):
        self.assertEqual(self.contents(self.command(ignores_case=False)), {})
        self.assertEqual(self.contents(self.one(["gcc", "a.c"], work=self.work)), {})
        command = self.one(["gcc", "a.c"], work=self.work, ignores_case=True,
                           directory=self.folder + "/src")
        self.assertIn(self.folder + "/src/a.c", self.contents(command))

    def test_utf16(self):
        path = self.file("src/a.c", "int \u00e4;\n".encode("utf-16"))
        command = self.command()
        self.assertIn("the source is UTF-16: a copy in UTF-8 is read", command.changes)
        with open(self.contents(command)[path], encoding="utf-8") as copy:
            self.assertEqual(copy.read(), "int \u00e4;\n")

    def test_names_that_differ_in_case_alone(self):
        self.file("src/INNER", "a file")
        self.file("src/sub/x.h")
        self.file("src/SUB/x.h")
        self.assertTrue(self.contents(self.command()))

    def test_no_place_to_write(self):
        self.work = self.file("taken")
        with self.assertRaisesRegex(Failure, "cannot write"):
            self.command()


class Traces(Case):
    def folder_of(self, *words):
        command = self.one(["cl", *words, "a.c"], directory=self.folder + "/src",
                           work=self.folder + "/work")
        return [word[2:] for word in command.arguments if "/wpp-" in word]

    def test_headers_that_no_build_has_made(self):
        self.file("src/a.c", '#include <A.tmh>\n  # include "x\\b.TMH"\n')
        self.file("src/trace.h", "// begin_wpp config\n// FUNC Say(LEVEL,MSG,...);\n"
                  "// USEPREFIX (Tell, \"%!\");\n")
        self.file("src/d.vcxproj", "<WppTraceFunction>Ask(A,...)</WppTraceFunction>"
                  "<WppAdditionalOptions>-func:Answer(MSG)</WppAdditionalOptions>")
        self.file("src/my.ini", "FUNC Shout(MSG,...);\n")
        folder, = self.folder_of("/kernel")
        self.assertEqual(sorted(os.listdir(folder)), ["A.tmh", "b.TMH"])
        with open(os.path.join(folder, "A.tmh")) as header:
            text = header.read()
        for name in ("Say", "Tell", "Ask", "Answer", "Shout", "DoTraceMessage"):
            self.assertIn("#define %s(...) ((void)0)\n" % name, text)
        self.assertEqual(self.folder_of(), [])

    def test_headers_that_are_there(self):
        self.file("src/a.c", '#include "a.tmh"\n')
        self.file("obj/A.TMH")
        self.assertEqual(self.folder_of("/kernel", "/I../obj"), [])


class Kit(Case):
    def folders(self, root, *macros, **settings):
        self.file("a.c")
        command = self.one(["cl", "/kernel", *macros, "a.c"],
                           wdk_root=os.path.join(self.folder, root), **settings)
        return [os.path.relpath(word, self.folder) for word in command.arguments
                if word.startswith(self.folder) and not word.endswith("a.c")]

    def test_layouts(self):
        for layout, root in (
                (("Include/10.0.19041.0/km", "Include/10.0.22621.0/km",
                  "Include/10.0.22621.0/shared", "Include/wdf/kmdf/1.15"), "kit"),
                (("Program Files/Windows Kits/10/Include/10.0.22621.0/km",
                  "Program Files/Windows Kits/10/Include/10.0.22621.0/shared",
                  "Program Files/Windows Kits/10/Include/wdf/kmdf/1.15"), "ewdk"),
                (("Microsoft.Windows.WDK.x64.10.0.26100.1/c/Include/10.0.26100.0/km",
                  "Microsoft.Windows.SDK.CPP.10.0.26100.7/c/Include/10.0.26100.0/shared",
                  "Microsoft.Windows.WDK.x64.10.0.26100.1/c/Include/wdf/kmdf/1.15"),
                 "nuget"),
                (("km", "shared", "wdf/kmdf/1.15"), "flat")):
            for folder in layout:
                os.makedirs(os.path.join(self.folder, root, folder))
            self.assertEqual(self.folders(root), [
                "%s/%s" % (root, folder) for folder in layout if "19041" not in folder])

    def kit(self):
        for name in ("km/crt", "shared", "um", "wdf/kmdf/1.9", "wdf/kmdf/1.11",
                     "wdf/kmdf/1.33", "km/acx/km/1.1", "km/netcx/kmdf/adapter/2.2",
                     "shared/netcx/shared/1.0"):
            os.makedirs(os.path.join(self.folder, name))

    def test_the_order_and_versions_of_kmdf(self):
        self.kit()
        self.assertEqual(self.folders("."), ["km/crt", "km", "shared", "wdf/kmdf/1.33",
                                             "um"])
        macros = ["/DKMDF_VERSION_MAJOR=1", "/DKMDF_VERSION_MINOR=11"]
        self.assertIn("wdf/kmdf/1.11", self.folders(".", *macros, kmdf_version="1.9"))
        self.assertIn("wdf/kmdf/1.9", self.folders(".", kmdf_version="1.9"))
        command = self.one(["cl", "/kernel", "a.c"], wdk_root=self.folder,
                           kmdf_version="1.5")
        self.assertEqual(command.problems, ["the WDK in '%s' has no KMDF 1.5; 1.33 is "
                                            "taken" % self.folder])

    def test_class_extensions(self):
        self.kit()
        self.assertIn("km/acx/km/1.1", self.folders(
            ".", "/DACX_VERSION_MAJOR=2", "/DACX_VERSION_MINOR=0"))
        self.assertIn("km/acx/km/1.1", self.folders(
            ".", "/DACX_VERSION_MAJOR=1", "/DACX_VERSION_MINOR=1"))
        found = self.folders(".", "/DNETADAPTER_VERSION_MAJOR=2",
                             "/DNETADAPTER_VERSION_MINOR=2")
        self.assertIn("km/netcx/kmdf/adapter/2.2", found)
        self.assertIn("shared/netcx/shared/1.0", found)

    def test_it_comes_last_and_not_twice(self):
        self.kit()
        self.file("a.c")
        command = self.one(["cl", "/kernel", "-imsvc", "mine", "-imsvc", "km", "a.c"],
                           wdk_root=self.folder, include=(self.folder + "/env",))
        found = [os.path.relpath(word, self.folder) for word in command.arguments
                 if word.startswith(self.folder + "/") and not word.endswith(".c")]
        self.assertEqual(found, ["mine", "km", "env", "km/crt", "shared",
                                 "wdf/kmdf/1.33", "um"])

    def test_programs_get_none(self):
        self.kit()
        self.assertEqual(self.folders(".", "/MD"), [])
        self.assertEqual(self.folders(".", "/DUMDF_VERSION_MAJOR=2"), [])

    def test_versions(self):
        for version in ("10.0.19041.0", "10.0.22621.0", "10.0.9999.0"):
            os.makedirs(os.path.join(self.folder, "Include", version, "km"))
        self.assertEqual(find(self.folder).version, "10.0.22621.0")
        self.assertEqual(find(self.folder, "19041").version, "10.0.19041.0")
        with self.assertRaisesRegex(Failure, "of a WDK 26100: .*there: 10.0.9999.0, "):
            find(self.folder, "26100")
        with self.assertRaisesRegex(Failure, "there is no folder"):
            find(self.folder + "/none")
        os.makedirs(self.folder + "/empty")
        with self.assertRaisesRegex(Failure, "holds no headers of a WDK"):
            find(self.folder + "/empty")


class Gnu(Case):
    def setUp(self):
        super().setUp()
        self.path = self.file("a.c")

    def test_most_of_it_stays(self):
        words = ["clang", "--target=x86_64-pc-windows-msvc", "-fms-extensions", "-x",
                 "c", "-D", "X=1", "-DY", "-I" + self.folder, "-isystem", self.folder,
                 "-include", "x.h", "-std=gnu11"]
        command = self.one([*words, "-c", "a.c", "-o", "a.o", "-MD", "-MF", "a.d"])
        self.assertEqual(command.arguments, [*words, self.path])

    def test_values_are_no_sources(self):
        self.assertEqual(len(self.all(["gcc", "-include", "b.c", "-o", "c.c", "-MF",
                                       "d.c", "-D", "e.c", "a.c"])), 1)

    def test_sources_of_one_command(self):
        self.file("b.c")
        self.assertEqual([c.arguments for c in self.all(["gcc", "a.c", "b.c", "x.o"])],
                         [["gcc", self.path], ["gcc", self.folder + "/b.c"]])

    def test_mingw(self):
        command = self.one(["/usr/bin/x86_64-w64-mingw32-gcc", "-c", "a.c"])
        self.assertEqual(command.arguments[1], "--target=x86_64-w64-mingw32")
        os.makedirs(self.folder + "/wdk/km")
        command = self.one(["x86_64-w64-mingw32-gcc", "a.c"],
                           wdk_root=self.folder + "/wdk")
        self.assertEqual(command.arguments[-3:-1], ["-isystem",
                                                    self.folder + "/wdk/km"])
        self.assertNotIn("-isystem", self.one(["gcc", "a.c"], wdk_root=self.folder +
                                              "/wdk").arguments)

    def test_nothing_that_names_a_program_stays(self):
        self.assertEqual(self.one([
            "ccache", "gcc", "-fplugin=x.so", "-Xclang", "-load", "-Xclang", "x.so",
            "-wrapper", "sh,-c", "-specs=x", "-mllvm", "-load=x", "a.c"]).arguments,
            ["gcc", self.path])


if __name__ == "__main__":
    unittest.main(verbosity=0)
