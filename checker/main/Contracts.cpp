//===- Contracts.cpp - Annotated functions, as a list ---------------------===//

#include "Contracts.h"
#include "Sal.h"
#include "SalReader.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using namespace clang;

namespace ddi {
namespace {

/// The strictest level that some unconditional clause of the kind demands.
llvm::json::Value bound(const Contract &Clauses, Clause::Kind Kind) {
  int Level = DDI_NO_BOUND;
  for (const Clause &C : Clauses) {
    if (C.Says != Kind || !C.When.empty())
      continue;
    bool IsFirst = Level == DDI_NO_BOUND;
    Level = IsFirst                     ? C.Level
            : Kind == Clause::RequiresMax ? std::min(Level, C.Level)
                                          : std::max(Level, C.Level);
  }
  if (Level == DDI_NO_BOUND)
    return nullptr;
  return Level;
}

std::string headerOf(const NamedDecl &D, const SourceManager &SM) {
  SourceLocation At = SM.getExpansionLoc(D.getLocation());
  return llvm::sys::path::filename(SM.getFilename(At)).str();
}

std::string keyOf(const llvm::json::Value &V) {
  std::string Text;
  llvm::raw_string_ostream(Text) << V;
  return V.getAsObject()->getString("name")->str() + '\n' + Text;
}

} // namespace

llvm::json::Array writeContracts(const Sal &Annotations,
                                 const SourceManager &SM) {
  llvm::json::Array All;
  for (const NamedDecl *D : Annotations.annotated()) {
    auto *Function = dyn_cast<FunctionDecl>(D);
    const Contract &Clauses = Function
                                  ? Annotations.of(*Function)
                                  : Annotations.of(*cast<TypedefNameDecl>(D));
    llvm::json::Array Described;
    for (const Clause &C : Clauses)
      Described.push_back(describe(C));
    All.push_back(llvm::json::Object{
        {"name", D->getQualifiedNameAsString()},
        {"kind", Function ? "function" : "typedef"},
        {"header", headerOf(*D, SM)},
        {"min", bound(Clauses, Clause::RequiresMin)},
        {"max", bound(Clauses, Clause::RequiresMax)},
        {"clauses", std::move(Described)}});
  }
  return All;
}

void printContracts(llvm::raw_ostream &OS, llvm::json::Array All) {
  std::set<std::string> Lines;
  for (const llvm::json::Value &V : All)
    Lines.insert(keyOf(V));
  for (const std::string &Line : Lines)
    OS << StringRef(Line).split('\n').second << '\n';
}

} // namespace ddi
