//===- Wrappers.cpp - What acts as a routine of the tables ----------------===//

#include "Wrappers.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include <deque>
#include <vector>

using namespace llvm;

namespace ddi {
namespace {

struct Wrapper {
  std::string Name, Routine;
  std::vector<unsigned char> Arguments;
  bool HasArguments = false;

  std::string text() const {
    std::vector<std::string> Numbers;
    for (unsigned char Argument : Arguments)
      Numbers.push_back(std::to_string(Argument));
    return Name + "=" + Routine +
           (HasArguments ? "(" + join(Numbers, ",") + ")" : "");
  }
};

constexpr unsigned MaxArgument = 32;

/// What is set. A list that was replaced stays: rows of it may be known.
struct Table {
  std::string Text;
  std::vector<Wrapper> Given;
  std::vector<ddi_wrapper> Rows;
};

std::deque<Table> &tables() {
  static std::deque<Table> All(1);
  return All;
}

/// The routine whose name is the most like this one.
StringRef nearestRoutine(StringRef Name) {
  StringRef Best;
  unsigned Least = unsigned(Name.size() / 3 + 1);
  auto Look = [&](StringRef Known) {
    unsigned Distance = Name.edit_distance(Known, /*AllowReplacements=*/true, Least);
    if (Distance < Least) {
      Least = Distance;
      Best = Known;
    }
  };
  for (const ddi_routine *const *Model = ddi_models; *Model; ++Model)
    for (const ddi_routine *Row = *Model; Row->name; ++Row)
      Look(Row->name);
  for (unsigned I = 0; I < ddi_published_routine_count; ++I)
    Look(ddi_published_routines[I].name);
  return Best;
}

Error readArguments(StringRef Text, StringRef List, Wrapper &Into) {
  SmallVector<StringRef, 8> Numbers;
  List.trim().split(Numbers, ',', -1, /*KeepEmpty=*/false);
  if (Numbers.size() == 1)
    List.trim().split(Numbers = {}, ' ', -1, /*KeepEmpty=*/false);
  for (StringRef Number : Numbers) {
    unsigned Argument = 0;
    if (Number.trim().getAsInteger(10, Argument) || Argument > MaxArgument)
      return createStringError("'" + Number.trim().str() + "' in '" + Text.str() +
                               "' is no argument; they are counted from 1, and 0 is "
                               "one that is not given");
    Into.Arguments.push_back((unsigned char)Argument);
  }
  Into.HasArguments = true;
  return Error::success();
}

Expected<Wrapper> readWrapper(StringRef Text) {
  Wrapper Into;
  StringRef Rest = Text.trim(), List;
  bool HasList = Rest.consume_back(")");
  if (HasList)
    std::tie(Rest, List) = Rest.split('(');
  auto [Name, Routine] = Rest.contains('=') ? Rest.split('=') : Rest.rsplit(':');
  Into.Name = Name.trim().str();
  Into.Routine = Routine.trim().str();
  if (Into.Name.empty() || Into.Routine.empty() || Rest.contains('('))
    return createStringError("'" + Text.str() + "' is no wrapper; give it as "
                             "MyAcquire=ExAcquireResourceExclusiveLite, or with its "
                             "arguments as MyLock=KeAcquireSpinLock(2,3)");
  if (HasList)
    if (Error Failure = readArguments(Text, List, Into))
      return Failure;
  return Into;
}

Error fill(const Wrapper &From, ddi_wrapper &Into) {
  const unsigned char Nothing = 0;
  const unsigned char *Arguments =
      !From.HasArguments ? nullptr
      : From.Arguments.empty() ? &Nothing
                               : From.Arguments.data();
  Into.name = From.Name.c_str();
  if (!ddi_wrap(&Into, From.Routine.c_str(), Arguments,
                unsigned(From.Arguments.size()))) {
    StringRef Near = nearestRoutine(From.Routine);
    return createStringError(
        "'" + From.Name + "' acts as '" + From.Routine +
        "', which the tables do not know" +
        (Near.empty() ? "; --list-routines prints what they do"
                      : "; did you mean '" + Near.str() + "'?"));
  }
  const ddi_routine *Row = ddi_find_routine(From.Routine.c_str());
  unsigned Wanted = Row ? ddi_routine_arity(Row) : 0;
  if (From.HasArguments && From.Arguments.size() < Wanted)
    return createStringError("'" + From.text() + "' says nothing of argument " +
                             std::to_string(From.Arguments.size() + 1) + " of " +
                             From.Routine + "; 0 is one that is not given");
  return Error::success();
}

std::string textOf(const std::vector<Wrapper> &All) {
  std::vector<std::string> Lines;
  for (const Wrapper &Each : All)
    Lines.push_back(Each.text());
  sort(Lines);
  return join(Lines, "\n");
}

} // namespace

Error setWrappers(ArrayRef<std::string> Texts) {
  Table New;
  for (StringRef Text : Texts) {
    Expected<Wrapper> One = readWrapper(Text);
    if (!One)
      return One.takeError();
    if (any_of(New.Given, [&](const Wrapper &W) { return W.Name == One->Name; }))
      return createStringError("the wrapper '" + One->Name + "' is given twice");
    New.Given.push_back(std::move(*One));
  }
  New.Text = textOf(New.Given);
  if (New.Text == tables().back().Text)
    return Error::success();
  ddi_set_wrappers(nullptr); // none is made of another
  Table &Kept = tables().emplace_back(std::move(New));
  Kept.Rows.assign(Kept.Given.size() + 1, ddi_wrapper());
  for (size_t I = 0; I < Kept.Given.size(); ++I)
    if (Error Failure = fill(Kept.Given[I], Kept.Rows[I]))
      return Failure;
  ddi_set_wrappers(Kept.Rows.data());
  return Error::success();
}

StringRef wrappersSet() { return tables().back().Text; }

/// In a namespace it has that before its name; a method is none.
const ddi_wrapper *wrapperOf(const clang::FunctionDecl *Function) {
  if (wrappersSet().empty() || !Function || !Function->getIdentifier() ||
      isa<clang::CXXMethodDecl>(Function))
    return nullptr;
  return ddi_find_wrapper(Function->getQualifiedNameAsString().c_str());
}

std::string spellSource(StringRef Where, const ddi_wrapper *Wrapper) {
  return Wrapper ? "by the " + Where.str() + " of '" + Wrapper->row.name + "'"
                 : "by its " + Where.str();
}

} // namespace ddi
