//===- EngineGuards.cpp - What follows from asking for the IRQL ------------===//

#include "Engine.h"
#include "clang/Analysis/Analyses/CFGReachabilityAnalysis.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/ExplodedGraph.h"
#include <optional>

using namespace clang;
using namespace ento;

namespace ddi {

/// Whether the branch is on what was found out at that place.
static bool tests(const BlockEdge &Branch, const ProgramPoint &Place) {
  auto Found = Place.getAs<StmtPoint>();
  const Stmt *Condition = Branch.getSrc()->getTerminatorCondition();
  const auto *Asked = Found ? dyn_cast<Expr>(Found->getStmt()) : nullptr;
  const auto *Tested = dyn_cast_or_null<Expr>(Condition);
  while (Asked && Tested && Tested->IgnoreParenImpCasts() !=
                                Asked->IgnoreParenImpCasts()) {
    const auto *Not = dyn_cast<UnaryOperator>(Tested->IgnoreParenImpCasts());
    Tested = Not && Not->getOpcode() == UO_LNot ? Not->getSubExpr() : nullptr;
  }
  return Asked && Tested;
}

/// Where in the frame's function the path is at the node; null if it has left the
/// frame.
static const CFGBlock *blockIn(const StackFrameContext *Frame,
                               const ExplodedNode &Node) {
  const StackFrameContext *In = Node.getLocationContext()->getStackFrame();
  while (In != Frame) {
    const LocationContext *Caller = In->getParent();
    if (!Caller)
      return nullptr;
    if (Caller->getStackFrame() == Frame)
      return In->getCallSiteBlock();
    In = Caller->getStackFrame();
  }
  for (const ExplodedNode *At = &Node; At; At = At->getFirstPred()) {
    if (At->getLocationContext()->getStackFrame() != Frame)
      continue;
    if (auto Edge = At->getLocation().getAs<BlockEdge>())
      return Edge->getDst();
    if (auto Entrance = At->getLocation().getAs<BlockEntrance>())
      return Entrance->getBlock();
  }
  return nullptr;
}

static bool hasLearned(const ddi_level &Now, const ddi_level &Then) {
  return Now.cause == Then.cause &&
         (Now.low != Then.low || Now.high != Then.high);
}

/// The last branch on an answer that told something of the IRQL.
std::optional<BlockEdge> Engine::lastGuard(const ExplodedNode &Node) const {
  std::optional<BlockEdge> Next; // behind the place in question
  for (const ExplodedNode *At = &Node; At; At = At->getFirstPred()) {
    const ExplodedNode *Before = At->getFirstPred();
    auto Edge = At->getLocation().getAs<BlockEdge>();
    if (Edge && Edge->getSrc()->succ_size() > 1)
      Next = Edge;
    bool IsHere = Before && hasLearned(stateOf(At->getState())->thread.irql,
                                       stateOf(Before->getState())->thread.irql);
    if (!IsHere)
      continue;
    if (Edge)
      return Edge;
    return Next && tests(*Next, At->getLocation()) ? Next : std::nullopt;
  }
  return std::nullopt;
}

/// Whether the code at the node runs only because of what the driver found out when
/// it asked for its IRQL. An assertion that goes on, or a line in a log, asks too
/// and decides nothing: then the code is reached from the other answer as well.
bool Engine::isGuarded(const ExplodedNode &Node) const {
  std::optional<BlockEdge> Guard = lastGuard(Node);
  if (!Guard)
    return false;
  const StackFrameContext *Frame = Guard->getLocationContext()->getStackFrame();
  const CFGBlock *Block = blockIn(Frame, Node);
  if (!Block)
    return false;
  auto *Reach = Frame->getAnalysisDeclContext()->getCFGReachablityAnalysis();
  return llvm::none_of(Guard->getSrc()->succs(), [&](const CFGBlock *Other) {
    return Other && Other != Guard->getDst() &&
           (Other == Block || Reach->isReachable(Other, Block));
  });
}

} // namespace ddi
