//===- Driver.cpp - What all files of a driver say, together --------------===//

#include "Driver.h"
#include "Archive.h"
#include "Wrappers.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"
#include <numeric>
#include <set>

extern "C" const char ddi_sources[]; // a hash of what this is built from

using namespace llvm;

namespace ddi {

//===----------------------------------------------------------------------===//
// Names of files
//===----------------------------------------------------------------------===//

NamesFrom::NamesFrom(StringRef Folder) : Folder(Folder) {
  SmallString<256> Here;
  sys::fs::current_path(Here);
  IsHere = Folder.empty() || sys::fs::equivalent(Here, Folder);
}

void NamesFrom::resolve(std::string &File) const {
  if (!IsHere && !File.empty() && !sys::path::is_absolute(File))
    File = absolutePath(Folder, File);
}

std::string absolutePath(StringRef Folder, StringRef File) {
  SmallString<256> Path(File);
  if (!sys::path::is_absolute(Path)) {
    Path = Folder;
    sys::path::append(Path, File);
  }
  sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return std::string(Path);
}

//===----------------------------------------------------------------------===//
// The index
//===----------------------------------------------------------------------===//

static void members(Archive &A, UnitFacts &U) {
  A(U.Directory, U.File, U.Program, U.Sketches);
}

static void members(Archive &A, Index &I) { A(I.Units, I.Solved, I.Asked); }

// A line that says what it is, one for the build, one for the wrappers, one with a
// hash of the rest.

static constexpr StringLiteral FirstLine = "ddi-check index";

static std::string buildName() {
  return std::string(ddi_sources) + " " + clang::getClangFullVersion();
}

static std::string hashLine(StringRef Bytes) {
  return utohexstr(xxh3_64bits(Bytes));
}

std::string writeIndex(Index Known) {
  Archive A(FirstLine);
  A(Known);
  std::string Bytes = A.bytes();
  return (FirstLine + "\n" + buildName() + "\n" + hashLine(wrappersSet()) + "\n" +
          hashLine(Bytes) + "\n" + Bytes)
      .str();
}

static Expected<Index> parseIndex(StringRef Text) {
  auto [First, BehindFirst] = Text.split('\n');
  auto [Build, BehindBuild] = BehindFirst.split('\n');
  auto [Wrappers, BehindWrappers] = BehindBuild.split('\n');
  auto [Hash, Bytes] = BehindWrappers.split('\n');
  if (First != FirstLine)
    return createStringError("it is none");
  if (Build != buildName())
    return createStringError("another build of ddi-check has written it");
  if (Hash != hashLine(Bytes))
    return createStringError(ddi_not_sound);
  if (Wrappers != hashLine(wrappersSet()))
    return createStringError("it was written with other wrappers");
  Index Known;
  Archive A(FirstLine, Bytes);
  A(Known);
  if (Error Failure = A.error())
    return Failure;
  return Known;
}

Expected<Index> readIndex(const std::string &Path) {
  auto Text = MemoryBuffer::getFile(Path, /*IsText=*/false,
                                    /*RequiresNullTerminator=*/false);
  Expected<Index> Known = Text ? parseIndex((*Text)->getBuffer())
                               : createStringError(Text.getError().message());
  if (Known)
    return Known;
  return createStringError("cannot use '" + Path + "' as a driver's index: " +
                           toString(Known.takeError()) +
                           "; let ddi-check write one with --write-index");
}

//===----------------------------------------------------------------------===//
// All units
//===----------------------------------------------------------------------===//

void Driver::add(const UnitFacts &Unit) {
  Units.push_back({Unit, NamesFrom(Unit.Directory), Program()});
  Part &Into = Units.back();
  Expected<Program> Said = Program::parse(Unit.Program);
  if (!Said) {
    consumeError(Said.takeError());
    return;
  }
  Into.Said = std::move(*Said);
  Into.Said.forEachFile([&](std::string &File) { Into.Names.resolve(File); });
}

void Driver::link(const std::vector<GivenRole> &Roles) {
  for (const Part &Each : Units)
    Whole.join(Each.Said);
  Whole.link();
  for (const GivenRole &Each : Roles)
    if (!Whole.giveRole(Each.Function, Each.Role))
      errs() << "ddi-check: warning: --role: the files define no function '"
             << Each.Function << "'\n";
  Whole.settle();
}

void Driver::solve(SolverOptions Options) {
  std::vector<size_t> Order(Units.size()); // any order says the same
  std::iota(Order.begin(), Order.end(), 0);
  stable_sort(Order, [&](size_t A, size_t B) {
    return Units[A].Facts.File < Units[B].Facts.File;
  });
  SketchSet Sketches;
  std::vector<Sketched> All;
  // What a header defines is one function in all units.
  std::set<std::pair<ddi_name, ddi_name>> OfHeaders;
  auto IsWanted = [&](ddi_name Function, ddi_name File) {
    const ddi::Function *F = Whole.find(ddi_names_text(&Sketches.names(), Function));
    return (F && F->IsInCode) || OfHeaders.insert({Function, File}).second;
  };
  for (size_t I : Order) {
    size_t First = Sketches.Bodies.size();
    Sketches.read(Units[I].Facts.Sketches, IsWanted);
    for (size_t J = First; J < Sketches.Bodies.size(); ++J)
      All.push_back({Sketches.Bodies[J].Function, Sketches.Bodies[J].Body.get(),
                     uint32_t(I + 1)});
  }
  Options.Resolve = [&](std::string File, uint32_t Unit) {
    if (Unit)
      Units[Unit - 1].Names.resolve(File);
    return File;
  };
  findCandidates(Whole, All, Sketches.names(), Options);
  Whole.settle();
}

void Driver::recall(const Program &Solved) {
  Whole.recall(Solved);
  Whole.settle();
}

bool Driver::mustExplore(size_t Unit) const {
  return Whole.UnitsToExplore.count(0) ||
         Whole.UnitsToExplore.count(uint32_t(Unit + 1));
}

} // namespace ddi
