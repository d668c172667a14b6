//===- Report.h - A finding inside the analyzer ---------------------------===//
#ifndef DDI_REPORT_H
#define DDI_REPORT_H

#include "ddi_core.h"
#include "clang/StaticAnalyzer/Core/BugReporter/BugReporter.h"
#include "clang/StaticAnalyzer/Core/BugReporter/BugReporterVisitors.h"
#include <functional>
#include <string>
#include <vector>

namespace ddi {

inline constexpr llvm::StringLiteral Category = "DDI compliance";

/// A step of the path. It may lie where a function that the analyzer does not look
/// into does what the path is about.
class StepTag : public clang::ento::DataTag {
public:
  /// An event, and its number among those that lie elsewhere; zero: it lies here.
  struct Cause {
    ddi_event Event;
    unsigned Number;
  };
  enum Manner { Plain, OfEntry };

  /// Told if a report is about one of these; always, if there are none; the step of
  /// an entry, if it rests on that; never without a text. Without a place it lies
  /// at its node.
  StepTag(const std::string &Text, clang::ento::PathDiagnosticLocation Place,
          std::vector<Cause> Causes, Manner Is = Plain)
      : DataTag(&Kind), Text(Text), Place(Place), Causes(std::move(Causes)),
        Is(Is) {}

  static bool classof(const clang::ProgramPointTag *Tag) {
    return Tag->getTagKind() == &Kind;
  }

  const std::string Text;
  const clang::ento::PathDiagnosticLocation Place;
  const std::vector<Cause> Causes;
  const Manner Is;

private:
  static inline int Kind = 0;
};

/// Says what a path knows, for who shows it beside a step.
using StateTeller =
    std::function<std::string(clang::ento::ProgramStateRef)>;

/// Tells the steps. Each has what is known behind it as its tag, if a report wants
/// that.
class StepVisitor : public clang::ento::BugReporterVisitor {
public:
  void Profile(llvm::FoldingSetNodeID &Id) const override {
    static int Mark;
    Id.AddPointer(&Mark);
  }
  clang::ento::PathDiagnosticPieceRef
  VisitNode(const clang::ento::ExplodedNode *Node,
            clang::ento::BugReporterContext &Context,
            clang::ento::PathSensitiveBugReport &R) override;
  /// The end has what silences the report, and the order of locks that it is about,
  /// as its tag.
  clang::ento::PathDiagnosticPieceRef
  getEndPath(clang::ento::BugReporterContext &Context,
             const clang::ento::ExplodedNode *Node,
             clang::ento::PathSensitiveBugReport &R) override;
};

/// Knows what it is about, so that the notes of a path know whether to speak.
class Report : public clang::ento::PathSensitiveBugReport {
public:
  Report(const clang::ento::BugType &Type, llvm::StringRef Message,
         const clang::ento::ExplodedNode *Node, const ddi_violation &Violation,
         clang::ento::PathDiagnosticLocation Place = {}, unsigned Number = 0)
      : PathSensitiveBugReport(Type, Message, Node), Object(Violation.object),
        Facts(Violation.obligation->never), Place(Place), Number(Number) {
    addVisitor<StepVisitor>();
  }

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

  bool isAbout(const StepTag &Step) const {
    if (Step.Is == StepTag::OfEntry)
      return restsOnEntry();
    return Step.Causes.empty() ||
           llvm::any_of(Step.Causes, [&](const StepTag::Cause &C) {
             return (Number && C.Number == Number) || isAbout(C.Event);
           });
  }

  bool isAboutThread() const {
    const ddi_fact_set OfObject =
        DDI_NOT_HELD | DDI_HELD | DDI_HELD_SHARED | DDI_HELD_EXCLUSIVE |
        DDI_TRANSFERRED | DDI_UNINITIALIZED | DDI_ZEROED | DDI_INITIALIZED |
        DDI_DELETED | DDI_ON_STACK | DDI_PAGED | DDI_ORDER_REVERSED;
    return !(Facts & OfObject) || (Facts & DDI_ENABLES_APCS);
  }

  /// Whether the state at the function's entry is part of the proof.
  bool restsOnEntry() const {
    return isAboutThread() || (Facts & (DDI_NOT_HELD | DDI_ORDER_REVERSED));
  }

  StateTeller Teller;   // or none
  std::string Silenced; // by what, as JSON; or empty
  std::string Order;    // of locks, likewise

private:
  ddi_id Object;
  ddi_fact_set Facts;
  clang::ento::PathDiagnosticLocation Place;
  unsigned Number; // of the event, if it lies elsewhere
};

} // namespace ddi

#endif
