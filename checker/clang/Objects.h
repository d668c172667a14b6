//===- Objects.h - Which object a pointer means, and how it is called -----===//
#ifndef DDI_OBJECTS_H
#define DDI_OBJECTS_H

#include "ddi_core.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CheckerContext.h"
#include "llvm/ADT/StringMap.h"
#include <string>

namespace ddi {

/// Gives numbers to the values that pointers have on a path, for ddi_id.
class Objects {
public:
  /// The object that an address or an id means; path zero if that is unknown.
  ddi_id idOf(clang::ento::SVal Value);
  /// One of those that the object is, by the tag.
  ddi_id idOf(clang::ento::SVal Value, clang::ento::SVal Tag);
  /// The object that a text alone tells from others.
  ddi_id idOf(llvm::StringRef Spelling);
  /// The variable or block of memory around the object.
  ddi_id storageOf(clang::ento::SVal Value);
  /// A number for a value that is no constant; zero for one that is.
  uintptr_t valueOf(clang::ento::SVal Value);
  /// The symbol that valueOf() gave the number to, or null.
  clang::ento::SymbolRef symbolOf(uintptr_t Value) const {
    return Symbols.lookup(Value);
  }
  /// The variable that a storage id means, or null.
  const clang::ento::VarRegion *variableOf(const ddi_id &Storage) const;

private:
  struct Text; // a value spelled out
  void spell(const clang::ento::MemRegion *Region, Text &Into);
  void spell(clang::ento::SymbolRef Symbol, Text &Into);
  uintptr_t number(llvm::StringRef Spelling);

  llvm::StringMap<uintptr_t> Numbers;
  llvm::DenseMap<uintptr_t, const clang::ento::VarRegion *> Variables;
  llvm::DenseMap<uintptr_t, clang::ento::SymbolRef> Symbols;
};

/// A value for an address with low bits set, for which the analyzer has none.
clang::ento::SVal tagged(const clang::ento::MemRegion &Region, unsigned Tag,
                         const clang::Expr &E,
                         clang::ento::CheckerContext &C);

/// The address without the casts and low bits put on it; its low bits in Tag.
clang::ento::SVal untag(clang::ento::SVal Value, unsigned &Tag);

bool isOnStack(clang::ento::SVal Address);

/// Whether a structure is, or has in it, an object that must be initialised.
bool holdsObject(const clang::RecordDecl &Record);

/// Whether a pointer is one to a structure of this tag, or to a member of one.
bool pointsTo(const clang::Expr *E, const char *Record);

/// Whether it is, or points to, a structure that is no lock but may have one in it.
bool isAroundLock(const clang::Expr *E);

/// What a lock is, by the type that the argument was declared with.
ddi_kind lockKindOf(clang::QualType Type);

/// The expression as the user wrote it, without & and casts around it.
std::string spellObject(const clang::Expr *E, clang::ASTContext &Context);
/// The routine as the user wrote it: the outermost macro's name, if any.
std::string spellCall(const clang::Expr *Call, clang::ASTContext &Context);

} // namespace ddi

#endif
