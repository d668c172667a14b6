//===- Report.cpp - A finding inside the analyzer -------------------------===//

#include "Report.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;
using namespace ento;

namespace ddi {

/// Pieces of a path do not own their tags.
static const char *keepTag(StringRef Text) {
  static llvm::StringSet<> All;
  return All.insert(Text).first->getKeyData();
}

PathDiagnosticPieceRef StepVisitor::VisitNode(const ExplodedNode *Node,
                                              BugReporterContext &Context,
                                              PathSensitiveBugReport &R) {
  const auto *Step = dyn_cast_or_null<StepTag>(Node->getLocation().getTag());
  const Report *Ours = Report::get(R);
  if (!Step || !Ours || Step->Text.empty() || !Ours->isAbout(*Step))
    return nullptr;
  PathDiagnosticLocation Place =
      Step->Place.isValid()
          ? Step->Place
          : PathDiagnosticLocation::create(Node->getLocation(),
                                           Context.getSourceManager());
  auto Piece = std::make_shared<PathDiagnosticEventPiece>(Place, Step->Text);
  if (Ours->Teller)
    Piece->setTag(keepTag(Ours->Teller(Node->getState())));
  return Piece;
}

PathDiagnosticPieceRef StepVisitor::getEndPath(BugReporterContext &Context,
                                               const ExplodedNode *Node,
                                               PathSensitiveBugReport &R) {
  const Report *Ours = Report::get(R);
  if (!Ours || (Ours->Silenced.empty() && Ours->Order.empty()))
    return nullptr;
  PathDiagnosticPieceRef End = getDefaultEndPath(Context, Node, R);
  auto OrNull = [](StringRef Text) { return Text.empty() ? "null" : Text; };
  End->setTag(keepTag(("{\"suppressed\": " + OrNull(Ours->Silenced) +
                       ", \"order\": " + OrNull(Ours->Order) + "}")
                          .str()));
  return End;
}

} // namespace ddi
