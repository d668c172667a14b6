//===- Roles.h - Which functions the system enters, and as what ------------===//
//
// A function has a role by its declaration, or because its address gets to where
// the system takes it from: a member, an argument, a type.  On its way it may go
// through places of the driver's own: locals, tables, parameters, results.  Which
// place gets what from where is collected without regard to order, joined over
// files, and asked at the end.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_ROLES_H
#define DDI_ROLES_H

#include "ddi_core.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"
#include <map>
#include <set>
#include <string>

namespace clang {
class ASTContext;
class FunctionDecl;
class SourceLocation;
class SourceManager;
} // namespace clang

namespace ddi {

class Archive;

/// A line of a file.
struct Where {
  std::string File;
  int64_t Line = 0;
};

Where whereIs(clang::SourceLocation Loc, const clang::SourceManager &SM);

/// Why a function has a role, as "argument 2 of 'KeInitializeDpc'", and where it
/// says so.
struct Reason {
  std::string What;
  Where At;
  enum Kind { Declared, Registered, Cast } Says = Registered; // best first
  bool operator<(const Reason &Other) const;
};

/// By the name of the role; of several reasons the first.
using Roles = std::map<std::string, Reason>;

/// What a function's annotation calls its class; empty without one.
using ClassLookup =
    llvm::function_ref<std::string(const clang::FunctionDecl &)>;

class RoleFlow {
public:
  static RoleFlow read(clang::ASTContext &Context, ClassLookup ClassOf);
  void join(const RoleFlow &Other);
  /// All roles of a function, by its name in the program.
  Roles rolesOf(const std::string &Function) const;

  /// Whether the function is called through places that it gets to, and gets to none
  /// from which somebody else may call it.
  bool staysInside(const std::string &Function,
                   llvm::function_ref<bool(llvm::StringRef)> IsGiven) const;

  void forEachFile(llvm::function_ref<void(std::string &)> Do);

private:
  friend class RoleReader;
  friend void members(Archive &A, RoleFlow &Flow);

  struct Slot {
    std::set<std::string> To; // slots that get what is here
    Roles Here;
  };
  friend void members(Archive &A, Slot &S);
  std::set<std::string> placesOf(const std::string &Function) const;
  std::map<std::string, Slot> Slots; // functions by name, and places
};

void addRole(Roles &Into, const std::string &Role, const Reason &Why);

llvm::json::Value toJSON(const Where &At);
void members(Archive &A, Where &At);
void members(Archive &A, Reason &Why);
void members(Archive &A, RoleFlow &Flow);

} // namespace ddi

#endif
