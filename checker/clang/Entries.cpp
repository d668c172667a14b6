//===- Entries.cpp - How a function is entered by itself ------------------===//

#include "Entries.h"

namespace ddi {

bool isLock(const Subject &What) {
  return What.Is == Subject::Parameter || What.Is == Subject::Pointee ||
         What.Is == Subject::Member || What.Is == Subject::CancelLock;
}

bool isEffect(const Clause &C) {
  return C.Says == Clause::Raises || C.Says == Clause::Restores ||
         C.Says == Clause::Acquires || C.Says == Clause::Releases;
}

DeclaredEntry readDeclaredEntry(const Contract &Says) {
  DeclaredEntry Into;
  Into.IsThere = !Says.empty();
  for (const Clause &C : Says) {
    Into.HasEffects |= isEffect(C);
    if (!C.When.empty())
      continue;
    bool IsUpper = C.Says == Clause::RequiresMax || C.Says == Clause::AlwaysMax;
    bool IsLower = C.Says == Clause::RequiresMin || C.Says == Clause::AlwaysMin;
    if (C.Level != DDI_NO_BOUND && (IsUpper || IsLower)) {
      (IsUpper ? Into.High : Into.Low) = C.Level;
      if (Into.Text.find(C.Text) == std::string::npos)
        Into.Text += (Into.Text.empty() ? "'" : " ") + C.Text;
    }
    bool IsHeld = C.Says == Clause::RequiresHeld || C.Says == Clause::Releases;
    Into.InCriticalRegion |=
        IsHeld && C.What.Is == Subject::CriticalRegion;
    bool IsCancelLock = C.What.Is == Subject::CancelLock;
    Into.MayHold |= IsHeld && isLock(C.What) && !IsCancelLock;
    Into.HoldsCancelLock |= IsHeld && IsCancelLock;
    Into.ServesCallers |= isEffect(C);
  }
  return Into;
}

static void enterAsDeclared(const DeclaredEntry &Says, const std::string &Name,
                            Entry &Into) {
  ddi_context &Context = Into.Context;
  Into.HasContract = Says.IsThere;
  Context.in_critical_region |= Says.InCriticalRegion;
  Context.may_hold |= Says.MayHold;
  if (Says.HoldsCancelLock)
    Context.held = ddi_cancel_lock;
  // Made for callers, wherever they are.
  Into.IsJudgedAtExit &= !Says.ServesCallers;
  if (Says.Text.empty() || Says.Low > Says.High)
    return;
  Context.irql_known = true;
  Context.irql_if_asked = int8_t(Says.High);
  Context.irql = ddi_level_between(Says.Low, Says.High);
  // The system enters at the lowest level that the declaration allows.
  if (Context.known) {
    Context.irql.high = int8_t(Says.Low);
    Context.irql.assumed = Says.Low < Says.High;
  }
  Into.LevelNote = "as " + Says.Text + "' of '" + Name + "' says";
}

static Entry entryAs(const ddi_role &Role, const Function &F,
                     const std::string &Name) {
  Entry Into;
  Into.IsRole = true;
  Into.Context = ddi_role_context(&Role);
  Into.IsJudgedAtExit = !Role.may_hold;
  Into.MayChangeLevel = Role.may_change_irql || F.Declared.HasEffects;
  bool IsHanded = !F.HandedOnBy.empty();
  Into.IsCalled = IsHanded && !F.StaysInside;
  std::string Enters = "the system enters '" +
                       (IsHanded ? F.HandedOnBy : Name) + "' as " + Role.name;
  if (IsHanded)
    Enters += ", which hands on to '" + Name + "'";
  Into.LevelNote = "at which " + Enters;
  Into.Note = "T" + Enters.substr(1) +
              (Role.in_critical_region ? ", inside a critical region" : "") +
              (Into.IsJudgedAtExit ? ", with nothing held" : "");
  return Into;
}

static Entry entryOfOthers(const Function *F, const std::string &Name,
                           const Program &Whole, bool IsOpenWorld) {
  Entry Into;
  if (IsOpenWorld)
    return Into;
  // In a whole driver, what nobody calls or registers is never entered.
  bool IsAssumed = F ? Whole.isAssumedEntry(*F) : !Whole.isWholeDriver();
  if (!IsAssumed) {
    // Who is called from other files only is judged there, with what is known.
    Into.Context.is_callback =
        F && (F->IsAddressTaken || (F->IsCalled && !F->IsCalledHere));
    return Into;
  }
  Into.Context.known = true;
  Into.Context.irql.assumed = 1;
  Into.Context.irql_if_asked = DDI_HIGH_LEVEL;
  // Of several files without DriverEntry: what a library leaves held may be for
  // the driver that calls it.
  Into.IsJudgedAtExit = !Whole.hasSeveralFiles();
  Into.LevelNote = "at which '" + Name + "' is taken to be entered";
  Into.Note = "Nothing given calls '" + Name +
              "': assuming that the system does, with APCs enabled and nothing "
              "held";
  return Into;
}

static void enterWrapper(Entry &Into) {
  Into.IsOfWrapper = Into.MayChangeLevel = true;
  Into.IsJudgedAtExit = false;
}

std::vector<Entry> entriesOf(const Function *F, const std::string &Name,
                             const Program &Whole, bool IsOpenWorld) {
  std::vector<Entry> All;
  for (const auto &[RoleName, Why] : F ? F->Roles : Roles()) {
    ddi_role Role;
    if (ddi_find_role(RoleName.c_str(), &Role))
      All.push_back(entryAs(Role, *F, Name));
  }
  if (All.empty()) {
    All.push_back(entryOfOthers(F, Name, Whole, IsOpenWorld));
    if (F)
      enterAsDeclared(F->Declared, Name, All.back());
  }
  if (F && F->IsWrapper)
    for (Entry &Each : All)
      enterWrapper(Each);
  return All;
}

} // namespace ddi
