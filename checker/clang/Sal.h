//===- Sal.h - What annotations and pragmas say ----------------------------===//
//
// Clang knows no SAL: the macros expand to nothing.  This records them as the
// preprocessor expands them, attaches them to declarations by their places, and
// reads them.  Nothing here changes what is compiled, but for the _Analysis_assume_
// family, which gets a meaning.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_SAL_H
#define DDI_SAL_H

#include "ddi_core.h"
#include "clang/AST/OperationKinds.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace clang {
class ASTContext;
class Decl;
class FunctionDecl;
class NamedDecl;
class Preprocessor;
class TypedefNameDecl;
} // namespace clang

namespace ddi {

class Suppressions;

/// One comparison of a _When_ with a value that a path may know:
/// (subject & Mask) Compare Value.
struct Condition {
  enum Subject { Parameter, Pointee, Result };
  Subject On = Parameter;
  unsigned Index = 0; // of the parameter
  std::string Path;   // Pointee: the member, "QuadPart"; empty: *parameter
  uint64_t Mask = ~uint64_t(0);
  clang::BinaryOperatorKind Compare = clang::BO_NE;
  int64_t Value = 0;
};

/// What an annotation is about: a lock, or where an IRQL is kept.
struct Subject {
  enum Kind {
    Nothing,
    Parameter,      // the parameter; of a lock or a keeper: what it points to
    Pointee,        // *parameter
    Member,         // parameter->Path, or what it points to
    Result,         // what is returned
    CriticalRegion, // _Global_critical_region_
    CancelLock,     // _Global_cancel_spin_lock_
    PriorityRegion, // _Global_priority_region_
    Global          // a variable, or any other name; see Path
  };
  Kind Is = Nothing;
  unsigned Index = 0; // of the parameter
  std::string Path;   // Member: "Lock", "Vcb->Lock"; Global: "GlobalLock"
};

struct Clause {
  enum Kind {
    RequiresMax, // at most Level at the call
    RequiresMin,
    Raises,      // runs at Level when it returns, or at that in What
    Saves,       // the old level goes to What, or is kept in that object
    Restores,    // the level in What comes back
    RequiresSame, // returns at the level of its entry
    AlwaysMax,   // never runs above Level
    AlwaysMin,
    UsesCancel,  // What is the saved level of the cancel spin lock
    Acquires,    // the lock What; Mode
    Releases,
    RequiresHeld,
    RequiresNotHeld, // What is Nothing: no lock at all
    SameLock,        // afterwards, What and Same are one lock
    FunctionClass,   // Text is the name
    Satisfies,       // Holds, when it returns
    Succeeds         // if it Holds; only then has it done what it promises. That
                     // is part of each When; Holds is empty if it is not readable
  };
  Kind Says = RequiresMax;
  int Level = DDI_NO_BOUND;
  ddi_mode Mode = DDI_ANY_MODE;
  Subject What, Same;
  std::vector<Condition> Holds;
  std::vector<Condition> When; // all of them hold, or the clause says nothing
  std::string Text;            // as written, for messages; a class's name
  clang::SourceLocation At;
};

/// What the annotations of one function, or of the typedef that declares it, say.
using Contract = std::vector<Clause>;

/// Records what the preprocessor sees in one translation unit.
class Sal {
public:
  /// Begins to record. Before the first token, once.
  static std::shared_ptr<Sal> record(clang::Preprocessor &PP);
  /// What was recorded so far; null if nothing is recorded.
  static std::shared_ptr<Sal> recorded(const clang::Preprocessor &PP);
  ~Sal();
  /// Attaches what was recorded to the declarations. After the last token, once.
  void attach(clang::ASTContext &Context);

  /// The clauses of all declarations of the function and of the typedef that it
  /// was declared by; empty if there are none.
  const Contract &of(const clang::FunctionDecl &Function) const;
  /// The same of a function type or of a pointer to one.
  const Contract &of(const clang::TypedefNameDecl &Typedef) const;
  /// The functions that have clauses, and the typedefs that have some of their
  /// own, in the order of their first declarations.
  std::vector<const clang::NamedDecl *> annotated() const;

  /// PAGED_CODE() or PAGED_CODE_LOCKED() is written in the body.
  bool saysPagedCode(const clang::FunctionDecl &Function) const;

  /// What silences findings: comments, attributes, pragmas.
  Suppressions &silenced() const { return *Silenced; }

private:
  class Recorder;
  class Attacher;
  /// An annotation as it is written, outside of all others.
  struct Expansion {
    clang::SourceLocation At;
    std::string Text;
  };

  explicit Sal(clang::Preprocessor &PP);

  /// An annotation of a declaration.
  struct Attached {
    const clang::NamedDecl *Owner; // that declaration of it
    size_t Expansion;
  };

  clang::Preprocessor &PP;
  clang::ASTContext *Context = nullptr; // when all is attached
  std::vector<Expansion> Expansions;
  std::vector<clang::SourceLocation> PagedCode;
  std::unique_ptr<Suppressions> Silenced;
  std::vector<const clang::NamedDecl *> Owners; // in the order of the text
  // By the canonical declaration: what was written, in the order of the text, and
  // what was read of that so far.
  llvm::DenseMap<const clang::Decl *, llvm::SmallVector<Attached, 2>> Pending;
  mutable std::unordered_map<const clang::Decl *, Contract> Contracts;
  mutable std::optional<bool> RaisesUnsaved;

  void readOne(const Attached &Each, Contract &Into) const;
  Contract readOwn(const clang::Decl &Canonical) const;
  const Contract &contractOf(const clang::NamedDecl &Declared) const;
  bool raisesUnsaved() const;
  bool mayLower(const clang::FunctionDecl &Function, const Contract &Own) const;
};

} // namespace ddi

#endif
