//===- Report.h - A finding inside the analyzer ---------------------------===//
#ifndef DDI_REPORT_H
#define DDI_REPORT_H

#include "ddi_core.h"
#include "clang/StaticAnalyzer/Core/BugReporter/BugReporter.h"

namespace ddi {

inline constexpr llvm::StringLiteral Category = "DDI compliance";

/// Knows what it is about, so that the notes of a path know whether to speak.
class Report : public clang::ento::PathSensitiveBugReport {
public:
  Report(const clang::ento::BugType &Type, llvm::StringRef Message,
         const clang::ento::ExplodedNode *Node, const ddi_violation &Violation,
         clang::ento::PathDiagnosticLocation Place = {})
      : PathSensitiveBugReport(Type, Message, Node), Object(Violation.object),
        Facts(Violation.obligation->never), Place(Place) {}

  /// The way out of a function is the return that the user wrote, in every
  /// version of LLVM.
  clang::ento::PathDiagnosticLocation getLocation() const override {
    return Place.isValid() ? Place : PathSensitiveBugReport::getLocation();
  }

  /// Null for reports of others.
  static const Report *get(const clang::ento::PathSensitiveBugReport &R) {
    return R.getBugType().getCategory() == Category
               ? static_cast<const Report *>(&R)
               : nullptr;
  }

  bool isAbout(const ddi_event &Event) const {
    const unsigned OfThread =
        DDI_ENTER_CRITICAL | DDI_LEAVE_CRITICAL | DDI_ENTER_GUARDED |
        DDI_LEAVE_GUARDED | DDI_RAISE | DDI_LOWER | DDI_SIGNAL_WAIT | DDI_WAIT;
    if (Event.op & OfThread)
      return isAboutThread();
    return Object.path && (Event.object.path == Object.path);
  }

  bool isAboutThread() const {
    const ddi_fact_set OfObject =
        DDI_NOT_HELD | DDI_HELD | DDI_HELD_SHARED | DDI_HELD_EXCLUSIVE |
        DDI_TRANSFERRED | DDI_UNINITIALIZED | DDI_ZEROED | DDI_INITIALIZED |
        DDI_DELETED | DDI_ON_STACK | DDI_PAGED;
    return !(Facts & OfObject) || (Facts & DDI_ENABLES_APCS);
  }

  /// Whether the state at the function's entry is part of the proof.
  bool restsOnEntry() const {
    return isAboutThread() || (Facts & DDI_NOT_HELD);
  }

private:
  ddi_id Object;
  ddi_fact_set Facts;
  clang::ento::PathDiagnosticLocation Place;
};

} // namespace ddi

#endif
