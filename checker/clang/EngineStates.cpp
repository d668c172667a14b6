//===- EngineStates.cpp - What a path knows, for the reader ----------------===//

#include "Engine.h"
#include "llvm/Support/JSON.h"

using namespace clang;
using namespace ento;

namespace ddi {

static const char *nameOf(unsigned Kind) {
  switch (Kind) {
  case DDI_ERESOURCE:
    return "ERESOURCE";
  case DDI_PUSH_LOCK:
    return "EX_PUSH_LOCK";
  case DDI_MUTEX:
    return "KMUTEX";
  case DDI_FAST_MUTEX:
    return "FAST_MUTEX";
  case DDI_SPIN_LOCK:
    return "KSPIN_LOCK";
  case DDI_WAIT_LOCK:
    return "WDFWAITLOCK";
  case DDI_DEVICE_MUTEX:
    return "device mutex";
  case DDI_FILTER_MUTEX:
    return "filter control mutex";
  case DDI_PROCESSING_MUTEX:
    return "processing mutex";
  default:
    return "lock";
  }
}

static const char *nameOf(ddi_hold Hold) {
  return Hold == DDI_HOLD_SHARED      ? "shared"
         : Hold == DDI_HOLD_EXCLUSIVE ? "exclusive"
                                      : "";
}

static bool hasModes(unsigned Kind) {
  return Kind == DDI_ERESOURCE || Kind == DDI_PUSH_LOCK;
}

/// A depth, if it is known.
static llvm::json::Value depthOf(const ddi_depth &Depth) {
  if (Depth.low != Depth.high)
    return nullptr;
  return Depth.low;
}

/// What is surely held, and levels and depths as far as they are known:
///
///     {"irql": ["PASSIVE_LEVEL", "APC_LEVEL"], "critical": 1, "guarded": null,
///      "held": [{"object": "Ext->Lock", "kind": "ERESOURCE", "mode": "shared"}]}
std::string Engine::tell(const ddi_state &Known) const {
  llvm::json::Array Held;
  for (uint32_t I = 0; I < Known.count; ++I) {
    const ddi_object &Object = Known.objects[I];
    bool IsHeld = Object.hold == DDI_HOLD_SHARED ||
                  Object.hold == DDI_HOLD_EXCLUSIVE;
    if (Object.kind == DDI_STORAGE || !IsHeld)
      continue;
    Held.push_back(llvm::json::Object{
        {"object", fill("%o", {"", Object.id.path, "", ""})},
        {"kind", nameOf(Object.kind)},
        {"mode", hasModes(Object.kind) ? nameOf(ddi_hold(Object.hold)) : ""}});
  }
  const ddi_thread &Thread = Known.thread;
  std::string Text;
  llvm::raw_string_ostream(Text) << llvm::json::Value(llvm::json::Object{
      {"irql", llvm::json::Array{ddi_level_name(Thread.irql.low),
                                 ddi_level_name(Thread.irql.high)}},
      {"critical", depthOf(Thread.critical)},
      {"guarded", depthOf(Thread.guarded)},
      {"held", std::move(Held)}});
  return Text;
}

/// Clang itself has no use for it.
StateTeller Engine::stateTeller() const {
  if (!Settings.SkipsOthers)
    return nullptr;
  return [this](ProgramStateRef State) { return tell(*stateOf(State)); };
}

} // namespace ddi
