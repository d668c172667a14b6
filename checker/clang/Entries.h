//===- Entries.h - How a function is entered by itself --------------------===//
//
// By the system, in each of its roles; as its annotations say; or as is assumed of
// what nobody calls. The analyzer and the solver enter functions the same way.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_ENTRIES_H
#define DDI_ENTRIES_H

#include "Program.h"
#include "Sal.h"
#include "ddi_core.h"
#include <string>
#include <vector>

namespace ddi {

struct Entry {
  ddi_context Context = {};
  bool IsRole = false;
  bool IsCalled = false; // by its name: that is judged there
  bool IsJudgedAtExit = false;
  bool MayChangeLevel = false;
  bool HasContract = false; // its annotations say how it is entered
  bool IsOfWrapper = false; // what it leaves is what it is there for
  std::string Note;
  std::string LevelNote; // "as which the system enters ..."

  /// What it leaves may be for who calls it: then one way out tells of another.
  bool comparesWaysOut() const {
    return !IsOfWrapper &&
           (!Context.known || (!IsJudgedAtExit && !IsRole && !HasContract));
  }
};

/// One for each role, or one that says what else is known. Null stands for a
/// function that no file says anything of.
std::vector<Entry> entriesOf(const Function *F, const std::string &Name,
                             const Program &Whole, bool IsOpenWorld);

/// What annotations say of the entry of a function.
DeclaredEntry readDeclaredEntry(const Contract &Says);
/// An annotation that changes something: raises, restores, acquires, releases.
bool isEffect(const Clause &C);
/// Whether it is one that can be held, and is no region.
bool isLock(const Subject &What);

} // namespace ddi

#endif
