"""Commands of tracking logs, of text logs and of projects."""
import os
import shutil
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "tools"))

from ddi.errors import Failure  # noqa: E402
from ddi.msbuild import expression, xml  # noqa: E402
from ddi.msbuild.log import from_log  # noqa: E402
from ddi.msbuild.tlog import from_tlog  # noqa: E402
from ddi.msbuild.vcxproj import Options, from_vcxproj  # noqa: E402
from ddi.paths import Mapping  # noqa: E402
from ddi.wdk import find  # noqa: E402


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.problems = []

    def file(self, name, content=""):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(content if isinstance(content, bytes) else content.encode())
        return path

    def told(self):
        return "\n".join(map(str, self.problems))


class Tlog(Case):
    TEXT = ("^C:\\SRC\\A.C\r\n/c /I\"INC DIR\" /DX=1 C:\\SRC\\A.C\r\n"
            "^C:\\SRC\\SUB\\B.CPP|C:\\SRC\\GONE.C\r\n"
            "/c /DY C:\\SRC\\SUB\\B.CPP C:\\SRC\\GONE.C\r\n")

    def entries(self, text=TEXT, encoding="utf-16", configuration=""):
        self.file("src/a.c")
        self.file("src/sub/b.cpp")
        self.file("src/other.vcxproj")
        self.project = self.file("src/drv.vcxproj")
        self.file("src/x64/Release/drv.tlog/drv.lastbuildstate",
                  "PlatformToolSet=v143:VCToolsVersion=14.38.33130:\r\n"
                  "Release|x64|C:\\src\\|\r\n")
        self.log = self.file("src/x64/Release/drv.tlog/CL.command.1.tlog",
                             text.encode(encoding))
        mapping = Mapping.parse("c:\\src=" + self.folder + "/src")
        return list(from_tlog([self.folder], self.problems, (mapping,), configuration))

    def test_rows(self):
        for encoding in ("utf-16", "utf-8", "utf-8-sig", "utf-16-le"):
            self.problems = []
            a, b = self.entries(encoding=encoding)
            self.assertEqual((a.file, a.directory, a.project),
                             ("C:\\SRC\\A.C", self.folder + "/src", self.project))
            self.assertEqual(a.arguments, [
                "CL.exe", "-fms-compatibility-version=19.38.33130", "/c", "/IINC DIR",
                "/DX=1", "C:\\SRC\\A.C"])
            self.assertEqual(b.arguments[-2:], ["/DY", "C:\\SRC\\SUB\\B.CPP"])
            self.assertIn("CL.command.1.tlog:4: 'C:\\SRC\\GONE.C' is gone: its row is "
                          "left out", self.told())

    def test_the_last_row_of_a_source_counts(self):
        entries = self.entries("^C:\\SRC\\A.C\n/DOLD C:\\SRC\\A.C\n"
                               "^C:\\SRC\\A.C\n/DNEW C:\\SRC\\A.C\n")
        self.assertEqual([e.arguments[-2] for e in entries], ["/DNEW"])

    def test_one_configuration(self):
        self.assertEqual(len(self.entries(configuration="release|X64")), 2)
        self.assertEqual(len(self.entries(configuration="Release")), 2)
        self.assertEqual(self.entries(configuration="Debug|x64"), [])

    def test_rows_that_are_cut(self):
        self.assertEqual(self.entries("^C:\\SRC\\A.C\n^C:\\SRC\\B.C"), [])
        self.assertIn("tlog:1: no command for 'C:\\SRC\\A.C'", self.told())
        self.assertIn("tlog:2: no command for 'C:\\SRC\\B.C'", self.told())

    def test_where_there_is_none(self):
        with self.assertRaisesRegex(Failure, "no CL.command.1.tlog below"):
            list(from_tlog([self.folder], []))
        with self.assertRaisesRegex(Failure, "there is no"):
            list(from_tlog([self.folder + "/none"], []))


class Log(Case):
    TEXT = r"""Build started 1/1/2024 10:00:00 AM.
     1>Project "C:\src\all.sln" on node 1 (Build target(s)).
     1>Project "C:\src\all.sln" (1) is building "C:\src\a\a.vcxproj" (2) on node 1 (default targets).
     1>Project "C:\src\all.sln" (1) is building "C:\src\b\b.vcxproj" (3) on node 2 (default targets).
     2>Task "SetEnv"
     2>  INCLUDE=C:\Kit\km;C:\Kit\shared;
     2>  C:\Program Files (x86)\VS\HostX64\x64\CL.exe /c /I"inc dir" /DX=\"a\" one.c two.c
     3>  Tracker.exe /d "FileTracker64.dll" /c "C:\VS\CL.exe" /c /Fox\ three.cpp
     2>MSB6006: "CL.exe" exited with code 2.
"""

    def entries(self, text=TEXT, encoding="utf-8"):
        return list(from_log(self.file("b.log", text.encode(encoding)), self.problems))

    def test_commands(self):
        for encoding in ("utf-8", "utf-16"):
            one, two, three = self.entries(encoding=encoding)
            self.assertEqual(one.arguments, [
                r"C:\Program Files (x86)\VS\HostX64\x64\CL.exe", "/c", "/Iinc dir",
                '/DX="a"', "one.c", "-imsvc", r"C:\Kit\km", "-imsvc", r"C:\Kit\shared"])
            self.assertEqual((one.file, one.directory, one.project),
                             ("one.c", "C:/src/a", r"C:\src\a\a.vcxproj"))
            self.assertEqual(two.file, "two.c")
            self.assertEqual(three.arguments, [r"C:\VS\CL.exe", "/c", "/Fox\\",
                                               "three.cpp"])
            self.assertEqual(three.project, r"C:\src\b\b.vcxproj")
            self.assertEqual(self.problems, [])

    def test_a_log_of_one_processor(self):
        entries = self.entries('Project "C:\\p\\a.vcxproj" on node 1 (default '
                               'targets).\nClCompile:\n  C:\\VS\\CL.exe /c a.c\n'
                               'Done Building Project "C:\\p\\a.vcxproj".\n'
                               '  cl /c b.c\n  CL.exe /c C:\\q\\b.c\n')
        self.assertEqual([e.directory for e in entries], ["C:/p", self.folder])

    def test_no_project_and_no_command(self):
        self.entries("  CL.exe /c a.c\n")
        self.assertIn("does not say of which project", self.told())
        self.assertEqual(self.entries("CL.exe failed\nnothing\n"), [])
        self.assertIn("/verbosity:detailed", self.told())


HEAD = ('<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns='
        '"http://schemas.microsoft.com/developer/msbuild/2003">'
        '<ItemGroup Label="ProjectConfigurations">'
        '<ProjectConfiguration Include="Debug|x64"/>'
        '<ProjectConfiguration Include="Release|Win32"/>'
        '<ProjectConfiguration Include="Release|x64"/></ItemGroup>'
        '<Import Project="$(VCTargetsPath)\\Microsoft.Cpp.Default.props"/>'
        '<PropertyGroup Label="Configuration"><DriverType>WDM</DriverType>'
        '<PlatformToolset>WindowsKernelModeDriver10.0</PlatformToolset>'
        '</PropertyGroup>')
ITEM = '<ItemGroup><ClCompile Include="a.c"/></ItemGroup>'
DEFINE = ("<ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>%s"
          "</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup>")


class Projects(Case):
    def entries(self, body, **options):
        self.file("drv/a.c")
        path = self.file("drv/drv.vcxproj", HEAD + body + "</Project>")
        return list(from_vcxproj([path], self.problems, Options(**options)))

    def words(self, body, start="/D", **options):
        """Those words of a.c that begin so, without what the toolset adds."""
        added = set(self.entries(ITEM)[0].arguments)
        entry = [e for e in self.entries(body + ITEM, **options)
                 if e.file.endswith("a.c")][0]
        return [word for word in entry.arguments
                if word.startswith(start) and word not in added]

    def test_the_toolset_of_drivers(self):
        entry = self.entries(ITEM)[0]
        self.assertEqual((entry.file, entry.directory),
                         (self.folder + "/drv/a.c", self.folder + "/drv"))
        self.assertEqual(entry.project, self.folder + "/drv/drv.vcxproj")
        for word in ("/kernel", "/Zp8", "/D_AMD64_", "/DAMD64", "/D_WIN64", "/DWINNT=1",
                     "/D_WIN32_WINNT=0x0A00", "--target=x86_64-pc-windows-msvc"):
            self.assertIn(word, entry.arguments)
        self.assertEqual(self.problems, [])
        words = self.entries(ITEM, configuration="release|win32")[0].arguments
        for word in ("/D_X86_=1", "/Gz", "--target=i686-pc-windows-msvc"):
            self.assertIn(word, words)

    def test_versions(self):
        def macros(text):
            return self.words("<PropertyGroup>%s</PropertyGroup>" % text)
        self.assertEqual(macros("<TargetVersion>Windows7</TargetVersion>"), [
            "/D_WIN32_WINNT=0x0601", "/DWINVER=0x0601", "/DNTDDI_VERSION=0x06010000"])
        self.assertEqual(macros("<_NT_TARGET_VERSION>0xA000006</_NT_TARGET_VERSION>"),
                         ["/DNTDDI_VERSION=0x0A000006"])
        self.assertEqual(macros("<DriverType>KMDF</DriverType><KMDF_VERSION_MINOR>11"
                                "</KMDF_VERSION_MINOR>"),
                         ["/DKMDF_VERSION_MAJOR=1", "/DKMDF_VERSION_MINOR=11"])
        self.assertEqual(macros("<UseDebugLibraries>true</UseDebugLibraries>"),
                         ["/DDBG=1"])
        self.assertEqual(macros("<ACX_VERSION_MAJOR>1</ACX_VERSION_MAJOR>"),
                         ["/DACX_VERSION_MAJOR=1"])

    def test_configurations(self):
        define = DEFINE % "%(PreprocessorDefinitions);P=$(Configuration)-$(Platform)"
        self.assertEqual(self.words(define), ["/DP=Release-x64"])
        self.assertEqual(self.words(define, configuration="Debug|x64"),
                         ["/DP=Debug-x64"])
        self.assertEqual(self.words(define, configuration="debug"), ["/DP=Debug-x64"])
        self.assertEqual(self.words(define, configuration="Release"),
                         ["/DP=Release-x64"])
        self.assertEqual(self.entries(ITEM, configuration="None|x64"), [])
        self.assertIn("no configuration 'None|x64'; it has Debug|x64, ", self.told())

    def test_metadata(self):
        body = (DEFINE % "A;B=1;\n %(PreprocessorDefinitions)" + DEFINE %
                'C=\\"x y\\";Q="q";%(PreprocessorDefinitions);N=%3b' +
                "<ItemGroup><ClCompile Include='a.c'><PreprocessorDefinitions "
                "Condition=\"'$(Platform)'=='x64'\">%(PreprocessorDefinitions);"
                "F=%(Filename)</PreprocessorDefinitions><PreprocessorDefinitions "
                "Condition=\"'$(Platform)'=='Win32'\">WRONG</PreprocessorDefinitions>"
                "<ExcludedFromBuild>false</ExcludedFromBuild></ClCompile></ItemGroup>")
        self.assertEqual(self.words(body), ['/DC="x y"', '/DQ="q"', "/DA", "/DB=1",
                                            "/DN=;", "/DF=a"])

    def test_other_metadata(self):
        body = ("<ItemDefinitionGroup><ClCompile><AdditionalIncludeDirectories>inc;"
                "$(ProjectDir)..\\x;\"q r\";;%(AdditionalIncludeDirectories)"
                "</AdditionalIncludeDirectories><AdditionalOptions>/DO=1 /I\"o p\" "
                "%(AdditionalOptions)</AdditionalOptions><ForcedIncludeFiles>f.h"
                "</ForcedIncludeFiles><PrecompiledHeader>Use</PrecompiledHeader>"
                "<PrecompiledHeaderFile>pch.h</PrecompiledHeaderFile><LanguageStandard>"
                "stdcpp20</LanguageStandard></ClCompile></ItemDefinitionGroup>")
        self.assertEqual(self.words(body, "/I"),
                         ["/Iinc", "/I%s/drv/..\\x" % self.folder, "/Iq r", "/Io p"])
        self.assertEqual(self.words(body), ["/DO=1"])
        for start in ("/FIf.h", "/Yupch.h", "/std:c++20"):
            self.assertEqual(self.words(body, start), [start])

    def test_items(self):
        for name in ("b.c", "sub/c.c", "sub/deep/d.cpp", "sub/e.h", "a;b.c"):
            self.file("drv/" + name)

        def names(items):
            return [os.path.relpath(e.file, self.folder + "/drv")
                    for e in self.entries("<ItemGroup>%s</ItemGroup>" % items)]
        self.assertEqual(names('<ClCompile Include="A.C; B.c"/>'), ["a.c", "b.c"])
        self.assertEqual(names('<ClCompile Include="a%3bb.c"/>'), ["a;b.c"])
        self.assertEqual(names('<ClCompile Include="**\\*.c*" Exclude="a*.c"/>'),
                         ["b.c", "sub/c.c", "sub/deep/d.cpp"])
        self.assertEqual(names('<ClCompile Include="sub\\?.c"/><ClCompile Include='
                               '"*.c" Exclude="@(ClCompile);a;a?b.c;b.c"/>'),
                         ["sub/c.c", "a.c"])
        self.assertEqual(names('<ClCompile Include="a.c;b.c"/><ClCompile Remove="A.c"'
                               '/>'), ["b.c"])
        self.assertEqual(names('<ClCompile Include="a.c;b.c"/><ClCompile Update="a.c">'
                               '<ExcludedFromBuild>true</ExcludedFromBuild>'
                               '</ClCompile>'), ["b.c"])
        self.assertEqual(names('<ClCompile Include="a.c" Condition="false"/>'
                               '<ClInclude Include="sub/e.h"/>'), [])
        self.problems = []
        self.assertEqual(names('<ClCompile Include="a.c;none.c"/>'), ["a.c"])
        self.assertIn("its source '%s/drv/none.c' is not there" % self.folder,
                      self.told())

    def test_properties_are_known_before_what_uses_them(self):
        self.assertEqual(self.words(
            DEFINE % "L=$(Late)" + "<PropertyGroup><Late>$(Early)2</Late>"
            "</PropertyGroup>"), ["/DL=2"])

    def test_properties_that_are_given(self):
        body = ("<PropertyGroup><Mine>0</Mine></PropertyGroup>" +
                DEFINE % "V=$(Mine)$(SolutionDir.TrimEnd('/'))")
        self.assertEqual(self.words(body, properties=[("Mine", "3"),
                                                      ("SolutionDir", "/s/")]),
                         ["/DV=3/s"])

    def test_imports(self):
        self.file("drv/Sheet.props", "<Project><PropertyGroup><S>$(MSBuildThisFile)"
                  "</S></PropertyGroup><Import Project='sub\\t.props'/>"
                  "<Import Project='drv.vcxproj'/><Import Project='sheet.props'/>"
                  "</Project>")
        self.file("drv/sub/t.props", "<Project><PropertyGroup><T>"
                  "$(MSBuildThisFileDirectory)</T></PropertyGroup></Project>")
        self.file("drv/x.sln")
        self.file("drv/Directory.Build.props", "<Project><PropertyGroup><D>1</D>"
                  "</PropertyGroup></Project>")
        outside = self.file("outside.props", "<Project><PropertyGroup><O>1</O>"
                            "</PropertyGroup></Project>")
        body = ("<Import Project='SHEET.props'/><Import Project='..\\outside.props'/>"
                "<Import Project='none.props' Condition=\"Exists('none.props')\"/>"
                "<Import Project='none.props'/>" +
                DEFINE % "S=$(S);T=$(T);D=$(D);O=$(O)")
        self.assertEqual(self.words(body), [
            "/DS=Sheet.props", "/DT=%s/drv/sub/" % self.folder, "/DD=1", "/DO="])
        self.assertIn("'none.props', which is imported, is not there", self.told())
        self.assertIn("'..\\outside.props', which is imported, is not there",
                      self.told())
        self.assertEqual(self.words(body, roots=[os.path.dirname(outside)])[3], "/DO=1")

    def test_choices(self):
        body = ("<Choose><When Condition=\"'$(Platform)'=='Win32'\"><PropertyGroup><W>1"
                "</W></PropertyGroup></When><When Condition=\"'$(Platform)'=='x64'\">"
                "<PropertyGroup><W>2</W></PropertyGroup></When><Otherwise>"
                "<PropertyGroup><W>3</W></PropertyGroup></Otherwise></Choose>")
        self.assertEqual(self.words(body + DEFINE % "W=$(W)"), ["/DW=2"])

    def test_programs_are_left_out(self):
        self.file("um/u.c")
        self.file("um/um.vcxproj", "<Project><PropertyGroup><PlatformToolset>v143"
                  "</PlatformToolset></PropertyGroup><Import Project='none.props'/>"
                  "<ItemGroup><ClCompile Include='u.c'/></ItemGroup></Project>")
        self.entries(ITEM)
        for options, count in ((Options(), 1), (Options(wants_all=True), 2)):
            self.problems = []
            found = list(from_vcxproj([self.folder], self.problems, options))
            self.assertEqual(len(found), count)
            self.assertEqual(len(self.problems), count - 1)
        self.assertEqual(len(list(from_vcxproj([self.folder + "/um/um.vcxproj"],
                                               []))), 1)

    def test_a_solution(self):
        self.entries(ITEM + DEFINE % "C=$(Configuration);S=$(SolutionDir)")
        path = self.file("all.sln", '\ufeff\r\nProject("{8BC9CEB8}") = "drv", '
                         '"DRV\\drv.vcxproj", "{AB}"\r\nEndProject\r\n'
                         'Project("{8BC9CEB8}") = "x", "x\\x.vcxproj", "{CD}"\r\n'
                         "\t\t{ab}.Win11|x64.ActiveCfg = Debug|x64\r\n")
        entry, = from_vcxproj([path], self.problems, Options("Win11|x64"))
        self.assertIn("/DC=Debug", entry.arguments)
        self.assertIn("/DS=%s/" % self.folder, entry.arguments)
        self.assertIn("its project 'x\\x.vcxproj' is not there", self.told())

    def test_folders_of_the_wdk(self):
        for name in ("Include/10.0.19041.0/km/crt", "Include/wdf/kmdf/1.15"):
            os.makedirs(os.path.join(self.folder, "wdk", name))
        body = ("<ItemDefinitionGroup><ClCompile><AdditionalIncludeDirectories>"
                "$(DDK_INC_PATH);$(KMDF_INC_PATH)$(KMDF_VER_PATH)"
                "</AdditionalIncludeDirectories></ClCompile></ItemDefinitionGroup>")
        kit = find(self.folder + "/wdk")
        self.assertEqual(self.words(body, "/I", wdk=kit), [
            "/I%s/wdk/Include/10.0.19041.0/km" % self.folder,
            "/I%s/wdk/Include/wdf/kmdf/1.15" % self.folder])
        self.assertEqual(self.words(body, "/DNTDDI", wdk=kit),
                         ["/DNTDDI_VERSION=0x0A000008"])
        self.assertEqual(self.words(body, "/I"), [])

    def test_what_is_no_project(self):
        for text, told in (("", "no element found"), ("<Project>", "no element found"),
                           ("<Other/>", "it begins with <Other>"),
                           ("\0\1\2", "is no project"),
                           ("<Project>" + "<a>" * 200, "nested too deep"),
                           ("<!DOCTYPE x [<!ENTITY a 'b'>]><Project>&a;</Project>",
                            "it has a document type"),
                           ("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><Project/>",
                            "it has a document type")):
            self.problems = []
            path = self.file("x.vcxproj", text)
            self.assertEqual(list(from_vcxproj([path], self.problems)), [])
            self.assertIn(told, self.told())
        with self.assertRaises(Failure):
            list(from_vcxproj([self.folder + "/none"], []))

    def test_values_that_grow(self):
        body = "<PropertyGroup><A>xxxxxxxxxx</A>%s</PropertyGroup>" % (
            "<A>$(A)$(A)</A>" * 60)
        self.assertEqual(self.entries(body + ITEM), [])
        self.assertIn("a value is longer than", self.told())
        self.problems = []
        self.assertEqual(self.entries(DEFINE % (
            "x" * 1000 + "%(PreprocessorDefinitions)%(PreprocessorDefinitions)") * 40 +
            ITEM), [])
        self.assertIn("a value is longer than", self.told())

    def test_patterns_do_not_leave_the_repository(self):
        self.assertEqual(self.entries("<ItemGroup><ClCompile Include='"
                                      "..\\..\\..\\..\\..\\**\\*.c'/></ItemGroup>"), [])
        self.assertIn("no file is below '../../../../../' of", self.told())


class Expressions(unittest.TestCase):
    class Files:
        def exists(self, path):
            return path == "there"

        def above(self, folder, name):
            return "/up/%s" % name if folder == "/up/here" else ""

    def setUp(self):
        self.told = []
        self.values = expression.Values(self.told.append, self.Files())
        for name, value in (("C", "Win11 Release"), ("P", "x64"), ("V", "10.0.22621.0"),
                            ("Dir", "a\\b\\"), ("T", "true"), ("H", "0x0601")):
            self.values.set(name, value)

    def test_values(self):
        for text, value in (
                ("$(C)|$(p)", "Win11 Release|x64"), ("$(None)", ""), ("$(C", "$(C"),
                ("$(C.Replace(' ',''))", "Win11Release"), ("$(C.Length)", "13"),
                ("$(Dir.TrimEnd('\\'))", "a\\b"), ("$(C.Split(' ')[1])", "Release"),
                ("$(C.Substring(0,5).ToUpper())", "WIN11"),
                ("$([System.IO.Path]::Combine('a', $(P), `b`))", "a/x64/b"),
                ("$([System.IO.Path]::GetFileName('$(Dir)c.d'))", "c.d"),
                ("$([MSBuild]::EnsureTrailingSlash('x'))", "x/"),
                ("$([MSBuild]::GetDirectoryNameOfFileAbove(/up/here, f))/g", "/up/g"),
                ("$([MSBuild]::GetPathOfFileAbove('f', '/up/here'))", "/up/f"),
                ("$([System.String]::Copy('$(P)').Replace('x','y'))", "y64")):
            self.assertEqual(self.values.expand(text), value, text)
        self.assertEqual(self.told, [])

    def test_what_is_not_known_is_told_and_empty(self):
        for text in ("$([System.IO.File]::ReadAllText('/etc/passwd'))", "$(C.Nope())",
                     "$(C.Split(' ')[9])", "$(C.Replace())", "$([X]::Y(",
                     "$(Registry:HKEY_LOCAL_MACHINE\\X@Y)", "$(C.Substring(x))"):
            self.told.clear()
            value = self.values.expand(text)
            self.assertIn(value, ("", text))
            self.assertEqual(len(self.told), value == "", text)

    def test_conditions(self):
        for text, holds in (
                ("", True), ("'$(P)'=='X64'", True), ("'$(P)' != 'x64'", False),
                ("'$(C)|$(P)'=='Win11 Release|x64'", True), ("$(T)", True),
                ("!$(T)", False), ("'$(None)' == ''", True), ("$(P)==x64", True),
                ("'1' == '1' And ('a'=='b' Or !('c'=='d'))", True),
                ("'a'=='b' or 'a'=='a' and 'b'=='c'", False),
                ("$(C.EndsWith('Release'))", True), ("exists('there')", True),
                ("!Exists('nowhere') and HasTrailingSlash('$(Dir)')", True),
                ("'$(V)' >= '10.0.19041.0'", True), ("$(H)<0x0602", True),
                ("'0x0601' == '1537'", True), ("'$(None)'!='' and '$(None)'>'1'", False),
                ("'and'=='and'", True), ("'a)b'=='a)b'", True)):
            self.assertEqual(self.values.holds(text), holds, text)
        self.assertEqual(self.told, [])

    def test_conditions_that_are_none(self):
        for text in ("'a'", "==", "'a'=='b", "('a'=='a'", "a b", "'x' < 'y'", "!",
                     "exists(", "'a'=='a' and", "(" * 5000):
            self.told.clear()
            self.assertFalse(self.values.holds(text), text)
            self.assertEqual(len(self.told), 1, text)

    def test_xml_is_bounded(self):
        with self.assertRaisesRegex(Failure, "cannot read"):
            xml.parse("/none/x.vcxproj")


if __name__ == "__main__":
    unittest.main(verbosity=0)
