//===- Program.h - What is given: functions, calls, roles -----------------===//
//
// What one translation unit, or all of them together, say about who calls whom,
// who is entered by the system, and what a function can do that is not looked
// into.  Written by one pass over the AST, joined over files, read by the engine.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_PROGRAM_H
#define DDI_PROGRAM_H

#include "Orders.h"
#include "Roles.h"
#include "Summary.h"
#include "ddi_core.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <set>
#include <string>

namespace clang {
class ASTContext;
class CallExpr;
class FunctionDecl;
class QualType;
} // namespace clang

namespace ddi {

class Sal;

/// What its annotations say of a function's entry.
struct DeclaredEntry {
  bool IsThere = false; // there are annotations
  bool HasEffects = false;
  bool ServesCallers = false; // it changes something, always
  bool InCriticalRegion = false, MayHold = false, HoldsCancelLock = false;
  int Low = DDI_PASSIVE_LEVEL, High = DDI_HIGH_LEVEL;
  std::string Text; // as written, of the levels; empty: none
};

struct Function {
  bool IsDefined = false;
  bool IsCalled = false;       // by its name, from another function
  bool IsCalledHere = false;   // ... of a file that defines it
  bool IsAddressTaken = false; // so that anyone may call it
  std::string Signature;       // of a function whose address is taken
  bool StaysInside = false;    // the driver calls it by that, and nobody else does
  bool IsCalledUnnamed = false; // a constructor, a virtual method, a lambda
  bool IsPaged = false;         // lies in a section that is paged out
  bool SaysPaged = false;       // asserts so, wherever it lies
  bool IsInCode = false;        // defined in a file of code, not in a header
  bool IsWrapper = false;       // its calls are those of a routine
  DeclaredEntry Declared;
  std::string Spelling;
  Where At;                    // of the definition, if it is not the system's
  int64_t First = 0, Last = 0; // its lines, if the file itself defines it
  ddi::Roles Roles;            // once linked
  std::string HandedOnBy;      // once solved: who has its roles of the system
  std::set<std::string> Callees;    // names
  std::set<std::string> Signatures; // of calls through pointers
  ddi_reach Reach = {};             // by itself; all calls, once linked
  std::optional<ddi::Summary> Summary; // once solved, if others may call it
  std::vector<Hop> Chain; // likewise: from where the system enters to here
};

/// What the solver could not prove clean.
struct Candidate {
  std::string Function; // the one that is entered
  std::string Rule;     // empty: the solver gave up
  std::string Why;      // ... and why
  std::set<std::string> MayBreak; // ... and what may be broken: rules
  std::string In;       // the function that has the place
  Where At;             // no file: where it returns
  std::vector<Where> Calls; // from Function to In
  /// What the analyzer has to begin with to see it: Function, and on the way to In
  /// those that it does not look into.
  std::vector<std::string> Explore;
  bool IsLost = false; // the analyzer cannot follow it either
};

/// The row of the tables for a function; null if there is none, or no function.
const ddi_routine *routineOf(const clang::FunctionDecl *Function);
const ddi_published *publishedOf(const clang::FunctionDecl *Function);

/// Declared by a header of the system, or by the compiler.
bool isOfTheSystem(const clang::FunctionDecl &Function);

/// A header of the system has it, and nobody here asks for it or declares it anew.
bool isOfferedOnly(const clang::FunctionDecl &Function);

class Program {
public:
  /// Reads a translation unit, whose annotations are attached.
  static Program read(clang::ASTContext &Context, const Sal &Annotations);
  /// Reads what write() wrote; fails on anything else.
  static llvm::Expected<Program> parse(llvm::StringRef Bytes);
  std::string write() const;

  /// Adds what another unit says.
  void join(const Program &Other);
  /// Carries what each function can do to its callers. Last, and once.
  void link();
  /// After link(): the functions of that name have the role, too, as the user says.
  /// False if there is none.
  bool giveRole(llvm::StringRef Name, const std::string &Role);

  /// The name that all units share for a function, statics by file.
  static std::string nameOf(const clang::FunctionDecl &Decl);
  static std::string signatureOf(clang::QualType Type);
  /// Of the function that a call through a pointer calls.
  static std::string signatureOf(const clang::CallExpr &Call);

  /// Null for a function that nothing given defines, calls or takes.
  const Function *find(llvm::StringRef Name) const;
  /// What a call through a pointer of this type can do, once all is settled.
  ddi_reach reachOf(llvm::StringRef Signature) const;

  /// After link(): takes what solving has found when the program was as that one.
  void recall(const Program &Solved);
  /// When all is linked, and again when it is solved.
  void settle();
  /// What the analysis of one file needs to know of all: whatever it asks for is
  /// in here, or is not known.
  Program excerptFor(const Program &Unit) const;

  /// Of one unit: the functions that a change of these lines, as pairs of first and
  /// last, can affect: those that have them, and who calls those. Nothing, if a line
  /// belongs to no function: then it is all.
  std::optional<llvm::StringSet<>>
  touchedBy(llvm::ArrayRef<std::pair<int, int>> Lines) const;
  llvm::StringSet<> defined() const;

  /// Nothing given calls the function, registers it or takes its address: in a
  /// closed world the system must be who enters it.
  bool isAssumedEntry(const Function &F) const {
    return F.Roles.empty() && !F.IsCalled && !F.IsAddressTaken &&
           !F.IsCalledUnnamed && !isWholeDriver();
  }
  const llvm::StringMap<Function> &functions() const { return Functions; }
  llvm::StringMap<Function> &functions() { return Functions; }
  /// Lets the names of files be changed, as to be seen from another folder.
  void forEachFile(llvm::function_ref<void(std::string &)> Do);

  /// Places of which summaries and chains tell.
  void forEachSpot(llvm::function_ref<void(const Spot &)> Do) const;

  /// Several files, and among them where the system enters a driver first: then
  /// what nobody calls, and nobody hands to the system, is never entered.
  bool isWholeDriver() const { return HasDriverEntry && hasSeveralFiles(); }
  bool hasSeveralFiles() const { return Units > 1; }

  bool IsPhysicalMiniport = false;
  bool IsVirtualMiniport = false;
  ddi_fact_set driverFacts() const {
    return (IsPhysicalMiniport && !IsVirtualMiniport ? DDI_PHYSICAL_MINIPORT
                                                     : 0) |
           (IsVirtualMiniport ? DDI_VIRTUAL_MINIPORT : 0);
  }

  /// How many functions the solver was given, could follow, and has judged by
  /// themselves.
  struct {
    int64_t Defined = 0, Followed = 0, Judged = 0;
  } Solved;
  /// Nothing if the solver has not run.
  std::optional<std::vector<Candidate>> Candidates;
  /// Those that are a deadlock with another one, ordered by place.
  std::vector<KnownOrder> Orders;
  /// The numbers of the files that have something to explore; zero: all have.
  std::set<uint32_t> UnitsToExplore = {0};
  /// Whether the function has to be explored by itself.
  bool mustExplore(llvm::StringRef Name) const {
    return !IsSolved || ToExplore.contains(Name);
  }
  /// Of those functions, and no others.
  void explore(llvm::StringSet<> Names) {
    IsSolved = true;
    ToExplore = std::move(Names);
  }
  /// After Candidates were found.
  void noteCandidates() {
    IsSolved = true;
    for (const Candidate &C : *Candidates)
      for (const std::string &Name : C.Explore)
        ToExplore.insert(Name);
  }

private:
  friend class ProgramReader;
  friend void members(Archive &A, Program &P);
  void linkReach();
  void addTo(Program &Excerpt, llvm::StringRef Name, bool IsDefinedThere) const;

  bool IsSolved = false;
  llvm::StringSet<> ToExplore;
  llvm::StringMap<Function> Functions;
  RoleFlow Registered; // until linked
  bool HasDriverEntry = false;
  int64_t Units = 0;
  std::map<std::string, ddi_reach> ReachBySignature; // once settled
};

/// What a call of the function can do.
ddi_reach reachOf(const Function &F);

} // namespace ddi

#endif
