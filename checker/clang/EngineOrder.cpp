//===- EngineOrder.cpp - Locks that another path has the other way round ----===//

#include "Engine.h"
#include "LockPlaces.h"

using namespace clang;
using namespace ento;

namespace ddi {

/// Only where two locks are found both ways somebody asks for places.
void Engine::beginOrders(ASTContext &Context) const {
  Locks.reset();
  if (!Whole.Orders.empty())
    Locks = std::make_shared<LockPlaces>(Context, *Annotations);
}

void Engine::noteLock(const ddi_id &Lock, SVal Address, SVal Tag) const {
  if (!Locks || !Lock.path)
    return;
  std::string Place = Locks->placeOf(Address);
  if (!Tag.isUndef())
    Place = LockPlaces::element(Place, Tag);
  Locks->note(Lock.path, Place);
}

static bool isShared(const ddi_object &Held) {
  return Held.hold == DDI_HOLD_SHARED;
}

static bool isHeld(const ddi_object &Object) {
  return ddi_is_waited_for(ddi_kind(Object.kind)) &&
         (isShared(Object) || Object.hold == DDI_HOLD_EXCLUSIVE);
}

/// Whether the thread may hold the lock already: then it does not wait.
static bool mayHold(const ddi_state &Now, const ddi_event &Event,
                    const LockPlaces &Locks, const std::string &Place) {
  bool MayHold = !(Now.thread.others_free & DDI_KIND(Event.kind));
  for (uint32_t I = 0; I < Now.count; ++I) {
    const ddi_object &Each = Now.objects[I];
    if (Each.kind == Event.kind && Each.id.path == Event.object.path)
      return Each.hold != DDI_HOLD_FREE;
    if (Each.kind != Event.kind || Each.hold == DDI_HOLD_FREE)
      continue;
    std::string Other = Locks.find(Each.id.path);
    MayHold |= Other.empty() ||
               ddi_may_be_one_place(Other.c_str(), Place.c_str());
  }
  return MayHold;
}

/// Made on this path, so that nobody else has it.
static bool isNew(const ddi_state &Now, ddi_kind Kind, const ddi_id &Id,
                  const ddi_id &Storage) {
  for (uint32_t I = 0; I < Now.count; ++I) {
    const ddi_object &Each = Now.objects[I];
    bool IsIt = (Each.kind == Kind && Each.id.path == Id.path) ||
                (Each.kind == DDI_STORAGE && Storage.path &&
                 Each.id.path == Storage.path);
    if (IsIt && (Each.life == DDI_LIFE_FRESH || Each.life == DDI_LIFE_ZEROED ||
                 Each.life == DDI_LIFE_INITIALIZED))
      return true;
  }
  return false;
}

/// What else is held, or may be, keeps other threads away.
static std::vector<std::string> gatesOf(const ddi_state &Now,
                                        const ddi_object &Held,
                                        const ddi_event &Event,
                                        const LockPlaces &Locks) {
  std::vector<std::string> Gates;
  for (uint32_t I = 0; I < Now.count; ++I) {
    const ddi_object &Each = Now.objects[I];
    bool IsGate = &Each != &Held && ddi_is_waited_for(ddi_kind(Each.kind)) &&
                  Each.id.path != Event.object.path &&
                  Each.hold != DDI_HOLD_FREE && !isShared(Each) &&
                  !isNew(Now, ddi_kind(Each.kind), Each.id, Each.storage);
    if (IsGate)
      Gates.push_back(Locks.find(Each.id.path));
  }
  return Gates;
}

/// Of all who have the locks the other way round, the first.
static const KnownOrder *findReverse(const Program &Whole, const Order &Is) {
  for (const KnownOrder &Each : Whole.Orders)
    if (invert(Each.Is, Is))
      return &Each;
  return nullptr;
}

std::vector<Engine::Inversion>
Engine::inversionsAt(ProgramStateRef State, const ddi_event &Event,
                     const ddi_state &Now) const {
  std::vector<Inversion> All;
  if (!Locks || !(Event.facts & DDI_WAITS) || !ddi_is_waited_for(Event.kind) ||
      !Event.object.path || !ddi_has_orders(&Entries[entryOf(State)].Context))
    return All;
  std::string Place = Locks->find(Event.object.path);
  if (Place.empty() || mayHold(Now, Event, *Locks, Place) ||
      isNew(Now, Event.kind, Event.object, Event.storage))
    return All;
  for (uint32_t I = 0; I < Now.count; ++I) {
    const ddi_object &Held = Now.objects[I];
    std::string OfHeld = Locks->find(Held.id.path);
    if (!isHeld(Held) || OfHeld.empty() ||
        ddi_may_be_one_place(OfHeld.c_str(), Place.c_str()) ||
        isNew(Now, ddi_kind(Held.kind), Held.id, Held.storage))
      continue;
    Order Is{OfHeld, Place, isShared(Held), Event.mode == DDI_SHARED,
             gatesOf(Now, Held, Event, *Locks)};
    if (const KnownOrder *Reverse = findReverse(Whole, Is))
      All.push_back({Is, Held.id, Event.object.path, Reverse});
  }
  return All;
}

void Engine::judgeOrder(const Site &At, const ddi_event &Event,
                        const ddi_state &Now) const {
  for (const Inversion &Each : inversionsAt(At.Node->getState(), Event, Now))
    reportOrder(At, Event, Each);
}

void Engine::reportOrder(Site At, const ddi_event &Event,
                         const Inversion &Found) const {
  ddi_violation Broken = {};
  Broken.obligation = ddi_find_order_rule(&Broken.rule);
  Broken.object = Found.Held;
  At.Inverts = &Found;
  report(At, Event, Broken);
}

/// The other half, and what a run over all files needs to find it.
void Engine::tellInversion(const Inversion &Found, Report &R,
                           const SourceManager &SM) const {
  const KnownOrder &Other = *Found.Other;
  llvm::raw_string_ostream(R.Order)
      << toJSON(KnownOrder{Found.Is, Other.Function, Other.At});
  PathDiagnosticLocation Place = locate(Other.At, SM);
  if (Place.isValid())
    R.addNote(fill("'%r' acquires '%o' here while '%n' is held",
                   {"", Found.Held.path, "", "", Found.Acquired, Other.Function}),
              Place);
}

} // namespace ddi
