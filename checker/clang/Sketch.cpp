//===- Sketch.cpp - A function reduced to what it takes and gives back ----===//

#include "Sketch.h"
#include "Program.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <set>

using namespace clang;

namespace ddi {

//===----------------------------------------------------------------------===//
// Counters
//===----------------------------------------------------------------------===//

static const char *prefixOf(ddi_kind Kind) {
  switch (Kind) {
  case DDI_ERESOURCE:
    return "resource ";
  case DDI_PUSH_LOCK:
    return "push lock ";
  case DDI_MUTEX:
    return "mutex ";
  case DDI_FAST_MUTEX:
    return "fast mutex ";
  case DDI_SPIN_LOCK:
    return "spin lock ";
  case DDI_LOCK:
    return "lock ";
  case DDI_NO_OBJECT:
  case DDI_STORAGE:
  case DDI_KINDS:
    break;
  }
  return "";
}

std::string counterOfAny(ddi_kind Kind) {
  return std::string(prefixOf(Kind)) + "*";
}

std::string counterOf(ddi_kind Kind, const FieldDecl *Member) {
  return prefixOf(Kind) + Member->getParent()->getNameAsString() + "." +
         Member->getNameAsString();
}

std::string counterOf(ddi_kind Kind, const Expr *Object) {
  const Expr *E = Object->IgnoreParenCasts();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    E = Unary->getSubExpr()->IgnoreParenCasts();
  while (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
    E = Element->getBase()->IgnoreParenCasts();
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl()))
      return counterOf(Kind, Field);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
      if (Var->hasGlobalStorage())
        return prefixOf(Kind) + Var->getNameAsString();
  return counterOfAny(Kind);
}

//===----------------------------------------------------------------------===//
// Reading a function
//===----------------------------------------------------------------------===//

namespace {

/// The variables that may serve as flags: local, and changed by assignment only.
class FlagFinder : public RecursiveASTVisitor<FlagFinder> {
public:
  llvm::DenseSet<const VarDecl *> Exposed;
  llvm::DenseSet<const CallExpr *> Discarded; // nobody looks at the result

  bool VisitUnaryOperator(UnaryOperator *Op) {
    if (Op->getOpcode() == UO_AddrOf || Op->isIncrementDecrementOp())
      if (const VarDecl *Var = varOf(Op->getSubExpr()))
        Exposed.insert(Var);
    return true;
  }
  bool VisitCompoundStmt(CompoundStmt *Block) {
    for (const Stmt *Statement : Block->body())
      discard(Statement);
    return true;
  }
  bool VisitIfStmt(IfStmt *If) {
    discard(If->getThen());
    discard(If->getElse());
    return true;
  }
  void discard(const Stmt *Statement) {
    const auto *E = dyn_cast_or_null<Expr>(Statement);
    if (const auto *Call = E ? dyn_cast<CallExpr>(E->IgnoreParenCasts())
                             : nullptr)
      Discarded.insert(Call);
  }
  bool VisitCompoundAssignOperator(CompoundAssignOperator *Op) {
    if (const VarDecl *Var = varOf(Op->getLHS()))
      Exposed.insert(Var);
    return true;
  }
  static const VarDecl *varOf(const Expr *E) {
    const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenCasts());
    const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    bool IsFlag = Var && Var->hasLocalStorage() &&
                  Var->getType()->isIntegralOrEnumerationType();
    return IsFlag ? Var : nullptr;
  }
};

class Reader {
public:
  explicit Reader(const FunctionDecl &Function)
      : Context(Function.getASTContext()), Function(Function) {}

  Sketch read() {
    CFG::BuildOptions Options;
    Options.setAllAlwaysAdd();
    std::unique_ptr<CFG> Graph = CFG::buildCFG(
        &Function, Function.getBody(), &Context, Options);
    if (!Graph)
      return S; // no blocks: nothing is known
    Finder.TraverseStmt(Function.getBody());
    S.Blocks.resize(Graph->getNumBlockIDs());
    S.Entry = int(Graph->getEntry().getBlockID());
    S.Exit = int(Graph->getExit().getBlockID());
    for (const CFGBlock *Block : *Graph)
      readTest(*Block);
    for (const CFGBlock *Block : *Graph)
      readBlock(*Block);
    S.Flags = int(Vars.size());
    return std::move(S);
  }

private:
  enum { MaxVars = 6 };

  /// A test of a variable, or of what a call returns.
  struct Test {
    const VarDecl *Var = nullptr;
    const CallExpr *Call = nullptr;
    BinaryOperatorKind Compare = BO_NE;
    int Value = 0;
  };

  ASTContext &Context;
  const FunctionDecl &Function;
  Sketch S;
  FlagFinder Finder;
  llvm::DenseMap<const VarDecl *, int> Vars;
  llvm::DenseMap<const CallExpr *, int> Results;
  llvm::DenseMap<const CFGBlock *, Test> Tests;

  int constantOf(const Expr *E) const {
    Expr::EvalResult Value;
    if (E->isValueDependent() || !E->EvaluateAsInt(Value, Context))
      return Sketch::Unknown;
    const llvm::APSInt &Int = Value.Val.getInt();
    bool IsSmall = Int.isNegative() ? Int.sge(-900) : Int.ult(900);
    return IsSmall ? int(Int.getExtValue()) : int(Sketch::NonZero);
  }

  static const CallExpr *callIn(const Expr *E) {
    return dyn_cast<CallExpr>(E->IgnoreParenCasts());
  }

  Test parse(const Expr *E) const {
    E = E->IgnoreParenCasts();
    if (const auto *Not = dyn_cast<UnaryOperator>(E)) {
      if (Not->getOpcode() != UO_LNot)
        return {};
      Test Inner = parse(Not->getSubExpr());
      Inner.Compare = BinaryOperator::negateComparisonOp(Inner.Compare);
      return Inner;
    }
    Test T;
    if (const auto *Op = dyn_cast<BinaryOperator>(E)) {
      BinaryOperatorKind Kind = Op->getOpcode();
      if (Kind == BO_EQ || Kind == BO_NE || Kind == BO_GE || Kind == BO_LT) {
        T.Compare = Kind;
        T.Value = constantOf(Op->getRHS());
        bool IsUsable = T.Value != Sketch::Unknown &&
                        (T.Value != Sketch::NonZero);
        if (!IsUsable)
          return {};
        E = Op->getLHS()->IgnoreParenCasts();
      }
    }
    if (const auto *Assign = dyn_cast<BinaryOperator>(E))
      if (Assign->getOpcode() == BO_Assign)
        E = Assign->getLHS()->IgnoreParenCasts();
    T.Call = dyn_cast<CallExpr>(E);
    T.Var = FlagFinder::varOf(E);
    return T;
  }

  void readTest(const CFGBlock &Block) {
    const auto *Condition =
        dyn_cast_or_null<Expr>(Block.getTerminatorCondition());
    if (!Condition || Block.succ_size() != 2)
      return;
    Test T = parse(Condition);
    if (T.Var && (Finder.Exposed.contains(T.Var) ||
                  (!Vars.contains(T.Var) && Vars.size() == MaxVars)))
      return;
    if (T.Var)
      Vars.try_emplace(T.Var, int(Vars.size()));
    if (T.Var || T.Call)
      Tests[&Block] = T;
  }

  /// Room for a result that is tested at once.
  int resultFlag(const CallExpr *Call) {
    return Results.try_emplace(Call, MaxVars + int(Results.size()))
        .first->second;
  }

  int flagFor(const Expr *E) const {
    const VarDecl *Var = FlagFinder::varOf(E);
    auto It = Var ? Vars.find(Var) : Vars.end();
    return It == Vars.end() ? -1 : It->second;
  }

  void readBlock(const CFGBlock &Block) {
    Sketch::Block &Into = S.Blocks[Block.getBlockID()];
    const Test T = Tests.lookup(&Block);
    if (T.Call)
      resultFlag(T.Call);
    for (const CFGElement &Element : Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        readStatement(Statement->getStmt(), Into);
    if (Block.hasNoReturnElement())
      return;
    unsigned Index = 0;
    for (const CFGBlock::AdjacentBlock &Next : Block.succs()) {
      Sketch::Edge E;
      BinaryOperatorKind Compare =
          Index++ ? BinaryOperator::negateComparisonOp(T.Compare) : T.Compare;
      if (!Next.isReachable())
        continue;
      E.To = int(Next.getReachableBlock()->getBlockID());
      if (T.Var || T.Call) {
        E.Flag = T.Var ? Vars.lookup(T.Var) : resultFlag(T.Call);
        E.Compare = Compare;
        E.Value = T.Value;
      }
      Into.Edges.push_back(E);
    }
  }

  void set(int Flag, const Expr *Value, Sketch::Block &Into) {
    if (Flag < 0)
      return;
    if (const CallExpr *Call = callIn(Value)) {
      // The call itself has been read just before: let it write here.
      for (auto A = Into.Actions.rbegin(); A != Into.Actions.rend(); ++A)
        if (A->Does != Sketch::Action::Set && A->Flag == -2 - callId(Call)) {
          A->Flag = Flag;
          return;
        }
    }
    Sketch::Action A;
    A.Does = Sketch::Action::Set;
    A.Flag = Flag;
    A.Value = constantOf(Value);
    Into.Actions.push_back(A);
  }

  // A call's actions carry its number until it is known where the result goes.
  llvm::DenseMap<const CallExpr *, int> CallIds;
  int callId(const CallExpr *Call) {
    return CallIds.try_emplace(Call, int(CallIds.size())).first->second;
  }

  void readStatement(const Stmt *Statement, Sketch::Block &Into) {
    if (const auto *Call = dyn_cast<CallExpr>(Statement))
      return readCall(*Call, Into);
    if (const auto *Op = dyn_cast<BinaryOperator>(Statement)) {
      if (Op->getOpcode() == BO_Assign)
        set(flagFor(Op->getLHS()), Op->getRHS(), Into);
      return;
    }
    if (const auto *Decls = dyn_cast<DeclStmt>(Statement)) {
      for (const Decl *D : Decls->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D))
          if (Var->hasInit() && Vars.contains(Var))
            set(Vars.lookup(Var), Var->getInit(), Into);
      return;
    }
    const auto *Return = dyn_cast<ReturnStmt>(Statement);
    if (!Return)
      return;
    Sketch::Action A;
    A.Does = Sketch::Action::Return;
    A.Value = Sketch::Unknown;
    if (const Expr *Value = Return->getRetValue()) {
      A.Flag = flagFor(Value);
      A.Value = constantOf(Value);
    }
    Into.Actions.push_back(A);
  }

  void readCall(const CallExpr &Call, Sketch::Block &Into) {
    Sketch::Action A;
    auto Tested = Results.find(&Call);
    A.Flag = Tested != Results.end()              ? Tested->second
             : Finder.Discarded.contains(&Call) ? -1
                                                : -2 - callId(&Call);
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (!Callee) {
      A.Does = Sketch::Action::Indirect;
      A.Name = Program::signatureOf(Call);
      Into.Actions.push_back(A);
      return;
    }
    const ddi_routine *Row = routineOf(Callee);
    if (!Row || Call.getNumArgs() < ddi_routine_arity(Row)) {
      A.Does = Sketch::Action::Call;
      A.Name = Program::nameOf(*Callee);
      Into.Actions.push_back(A);
      return;
    }
    for (const ddi_effect &Effect : Row->effects)
      if (Effect.op)
        readEffect(*Row, Effect, Call, A, Into);
  }

  void readEffect(const ddi_routine &Row, const ddi_effect &Effect,
                  const CallExpr &Call, Sketch::Action A,
                  Sketch::Block &Into) {
    switch (Effect.op) {
    case DDI_ENTER_CRITICAL:
    case DDI_LEAVE_CRITICAL:
      A.Name = CriticalCounter;
      A.Delta = Effect.op == DDI_ENTER_CRITICAL ? 1 : -1;
      break;
    case DDI_ENTER_GUARDED:
    case DDI_LEAVE_GUARDED:
      A.Name = GuardedCounter;
      A.Delta = Effect.op == DDI_ENTER_GUARDED ? 1 : -1;
      break;
    case DDI_RAISE:
    case DDI_LOWER:
      A.Name = LevelCounter;
      A.Delta = Effect.op == DDI_RAISE ? 1 : -1;
      break;
    case DDI_ACQUIRE:
    case DDI_RELEASE:
    case DDI_RELEASE_FOR:
    case DDI_TRANSFER:
      A.Name = counterOf(Effect.kind, Call.getArg(Effect.object - 1));
      A.Delta = Effect.op == DDI_ACQUIRE ? 1 : -1;
      break;
    default:
      return;
    }
    ddi_arg Sure = Row.wait ? Row.wait : Row.timeout;
    int Asked = Sure ? constantOf(Call.getArg(Sure - 1)) : int(Sketch::Unknown);
    bool IsSure = Row.when == DDI_ALWAYS ||
                  (Row.wait && Asked != 0 && Asked != Sketch::Unknown) ||
                  (Row.timeout && Asked == 0);
    A.Does = IsSure ? Sketch::Action::Add : Sketch::Action::AddIf;
    A.Value = Row.when == DDI_IF_TRUE;
    Into.Actions.push_back(A);
  }
};

} // namespace

Sketch Sketch::read(const FunctionDecl &Function) {
  return Reader(Function).read();
}

//===----------------------------------------------------------------------===//
// Solving
//===----------------------------------------------------------------------===//

Sums Sums::of(int Sum) {
  int Bit = std::clamp(Sum + Zero, 0, Bits - 1);
  return {uint16_t(1u << Bit)};
}

Sums Net::all() const {
  return {uint16_t(Returning[0].Possible | Returning[1].Possible |
                   Returning[2].Possible)};
}

Net Net::nought() {
  Net N;
  N.Returning[2] = Sums::of(0);
  return N;
}

Net Net::anything() {
  Net N;
  N.Returning[2].Possible = (1u << Sums::Bits) - 1;
  return N;
}

void Net::add(const Net &Other) {
  for (int Kind = 0; Kind < 3; ++Kind)
    Returning[Kind].Possible |= Other.Returning[Kind].Possible;
}

bool Net::operator==(const Net &Other) const {
  for (int Kind = 0; Kind < 3; ++Kind)
    if (Returning[Kind].Possible != Other.Returning[Kind].Possible)
      return false;
  return true;
}

bool Sketch::counts(const std::string &Counter) const {
  for (const Block &B : Blocks)
    for (const Action &A : B.Actions)
      if ((A.Does == Action::Add || A.Does == Action::AddIf) &&
          A.Name == Counter)
        return true;
  return false;
}

namespace {

enum { EnoughWays = 200 };

/// One way through: the sum so far, what is returned, and the flags.
struct Way {
  int8_t Sum = 0;
  int16_t Returned = Sketch::Unknown;
  std::map<int, int> Flags; // what is not there is unknown

  bool operator<(const Way &Other) const {
    return std::tie(Sum, Returned, Flags) <
           std::tie(Other.Sum, Other.Returned, Other.Flags);
  }
  int flag(int Index) const {
    auto It = Flags.find(Index);
    return It == Flags.end() ? int(Sketch::Unknown) : It->second;
  }
  void set(int Index, int Value) {
    if (Index < 0)
      return;
    if (Value == Sketch::Unknown)
      Flags.erase(Index);
    else
      Flags[Index] = Value;
  }
  void add(int Delta) {
    Sum = int8_t(std::clamp(Sum + Delta, -int(Sums::Zero),
                            Sums::Bits - 1 - int(Sums::Zero)));
  }
};

/// 1, 0, or -1 if it cannot be told.
int compare(int Value, int Kind, int With) {
  if (Value == Sketch::Unknown)
    return -1;
  if (Value == Sketch::NonZero)
    return With ? -1 : Kind == BO_EQ ? 0 : Kind == BO_NE ? 1 : -1;
  switch (Kind) {
  case BO_EQ:
    return Value == With;
  case BO_NE:
    return Value != With;
  case BO_GE:
    return Value >= With;
  case BO_LT:
    return Value < With;
  default:
    return -1;
  }
}

/// What taking the edge teaches of an unknown flag.
int learned(int Kind, int With) {
  if (Kind == BO_EQ)
    return With;
  bool IsNot = (Kind == BO_NE && With == 0) || (Kind == BO_LT && With <= 0);
  return IsNot ? int(Sketch::NonZero) : int(Sketch::Unknown);
}

class Solver {
public:
  Solver(const Sketch &S, const std::string &Counter, const NetsOf &Callees)
      : S(S), Counter(Counter), Callees(Callees) {}

  Net run() {
    Seen.resize(S.Blocks.size());
    std::vector<std::pair<int, Way>> Work;
    push(S.Entry, Way(), Work);
    while (!Work.empty()) {
      auto [Index, Start] = std::move(Work.back());
      Work.pop_back();
      std::vector<Way> Ways{Start};
      const Sketch::Block &Block = S.Blocks[size_t(Index)];
      for (const Sketch::Action &A : Block.Actions)
        act(A, Ways);
      for (const Way &W : Ways) {
        if (Index == S.Exit)
          leave(W);
        for (const Sketch::Edge &E : Block.Edges)
          follow(E, W, Work);
      }
      if (HasGivenUp)
        return Net::anything();
    }
    return Result;
  }

private:
  const Sketch &S;
  const std::string &Counter;
  const NetsOf &Callees;
  std::vector<std::set<Way>> Seen;
  Net Result;
  bool HasGivenUp = false;

  void push(int Block, Way W, std::vector<std::pair<int, Way>> &Work) {
    std::set<Way> &Here = Seen[size_t(Block)];
    if (!Here.insert(W).second)
      return;
    HasGivenUp |= Here.size() > EnoughWays;
    Work.emplace_back(Block, std::move(W));
  }

  void leave(const Way &W) {
    int Kind = W.Returned == Sketch::Unknown ? 2 : W.Returned == 0 ? 0 : 1;
    Result.Returning[Kind].Possible |= Sums::of(W.Sum).Possible;
  }

  void follow(const Sketch::Edge &E, Way W,
              std::vector<std::pair<int, Way>> &Work) {
    if (E.Flag >= 0) {
      int Holds = compare(W.flag(E.Flag), E.Compare, E.Value);
      if (Holds == 0)
        return;
      if (Holds < 0 && W.flag(E.Flag) == Sketch::Unknown)
        W.set(E.Flag, learned(E.Compare, E.Value));
      // What was tested at once is of no more use.
      if (E.Flag >= S.Flags)
        W.set(E.Flag, Sketch::Unknown);
    }
    push(E.To, std::move(W), Work);
  }

  void act(const Sketch::Action &A, std::vector<Way> &Ways) {
    using Action = Sketch::Action;
    std::vector<Way> Next;
    for (Way &W : Ways) {
      switch (A.Does) {
      case Action::Add:
        if (A.Name == Counter)
          W.add(A.Delta);
        W.set(A.Flag, Sketch::NonZero);
        Next.push_back(W);
        break;
      case Action::AddIf:
        if (A.Name == Counter && A.Flag == -1) {
          W.add(A.Delta); // nobody looks: it cannot fail
          Next.push_back(W);
          break;
        }
        if (A.Name == Counter) {
          Way Done = W;
          Done.add(A.Delta);
          Done.set(A.Flag, A.Value ? int(Sketch::NonZero) : 0);
          Next.push_back(Done);
          W.set(A.Flag, A.Value ? 0 : int(Sketch::NonZero));
          Next.push_back(W);
          break;
        }
        W.set(A.Flag, Sketch::Unknown);
        Next.push_back(W);
        break;
      case Action::Call:
      case Action::Indirect:
        call(A, W, Next);
        break;
      case Action::Set:
        W.set(A.Flag, A.Value);
        Next.push_back(W);
        break;
      case Action::Return:
        W.Returned = int16_t(A.Flag >= 0 ? W.flag(A.Flag) : A.Value);
        Next.push_back(W);
        break;
      }
    }
    Ways = std::move(Next);
  }

  void call(const Sketch::Action &A, const Way &W, std::vector<Way> &Next) {
    const Net *Callee = Callees(A);
    if (!Callee) {
      Way On = W;
      On.set(A.Flag, Sketch::Unknown);
      Next.push_back(On);
      return;
    }
    const int Values[3] = {0, Sketch::NonZero, Sketch::Unknown};
    for (int Kind = 0; Kind < 3; ++Kind)
      for (int Bit = 0; Bit < Sums::Bits; ++Bit) {
        if (!(Callee->Returning[Kind].Possible >> Bit & 1))
          continue;
        Way On = W;
        On.add(Bit - Sums::Zero);
        On.set(A.Flag, Values[Kind]);
        Next.push_back(On);
      }
  }
};

} // namespace

Net solve(const Sketch &S, const std::string &Counter, const NetsOf &Callees) {
  if (S.Blocks.empty())
    return Net::anything();
  return Solver(S, Counter, Callees).run();
}

//===----------------------------------------------------------------------===//
// As JSON
//===----------------------------------------------------------------------===//

static llvm::json::Value toJSON(const Sketch::Action &A) {
  return llvm::json::Array{int(A.Does), A.Name, A.Delta, A.Value, A.Flag};
}

static llvm::json::Value toJSON(const Sketch::Edge &E) {
  return llvm::json::Array{E.To, E.Flag, E.Compare, E.Value};
}

static llvm::json::Value toJSON(const Sketch::Block &B) {
  llvm::json::Array Actions, Edges;
  for (const Sketch::Action &A : B.Actions)
    Actions.push_back(toJSON(A));
  for (const Sketch::Edge &E : B.Edges)
    Edges.push_back(toJSON(E));
  return llvm::json::Array{std::move(Actions), std::move(Edges)};
}

llvm::json::Value toJSON(const Sketch &S) {
  llvm::json::Array Blocks;
  for (const Sketch::Block &B : S.Blocks)
    Blocks.push_back(toJSON(B));
  return llvm::json::Object{{"entry", S.Entry},
                            {"exit", S.Exit},
                            {"flags", S.Flags},
                            {"blocks", std::move(Blocks)}};
}

static int numberAt(const llvm::json::Array &From, size_t Index) {
  return Index < From.size() ? int(From[Index].getAsInteger().value_or(0)) : 0;
}

static bool fromJSON(const llvm::json::Value &V, Sketch::Block &B,
                     size_t Blocks) {
  const llvm::json::Array *Both = V.getAsArray();
  const llvm::json::Array *Actions =
      Both && Both->size() == 2 ? (*Both)[0].getAsArray() : nullptr;
  const llvm::json::Array *Edges = Actions ? (*Both)[1].getAsArray() : nullptr;
  if (!Edges)
    return false;
  for (const llvm::json::Value &Item : *Actions) {
    const llvm::json::Array *From = Item.getAsArray();
    if (!From || From->size() != 5)
      return false;
    Sketch::Action A;
    A.Does = Sketch::Action::Kind(numberAt(*From, 0));
    A.Name = (*From)[1].getAsString().value_or("").str();
    A.Delta = numberAt(*From, 2);
    A.Value = numberAt(*From, 3);
    A.Flag = numberAt(*From, 4);
    B.Actions.push_back(std::move(A));
  }
  for (const llvm::json::Value &Item : *Edges) {
    const llvm::json::Array *From = Item.getAsArray();
    if (!From || numberAt(*From, 0) < 0 || size_t(numberAt(*From, 0)) >= Blocks)
      return false;
    B.Edges.push_back({numberAt(*From, 0), numberAt(*From, 1),
                       numberAt(*From, 2), numberAt(*From, 3)});
  }
  return true;
}

bool fromJSON(const llvm::json::Value &V, Sketch &S, llvm::json::Path At) {
  const llvm::json::Object *O = V.getAsObject();
  const llvm::json::Array *Blocks = O ? O->getArray("blocks") : nullptr;
  if (!Blocks) {
    At.report("expected a sketch");
    return false;
  }
  S.Entry = int(O->getInteger("entry").value_or(0));
  S.Exit = int(O->getInteger("exit").value_or(0));
  S.Flags = int(O->getInteger("flags").value_or(0));
  S.Blocks.resize(Blocks->size());
  for (size_t I = 0; I < Blocks->size(); ++I)
    if (!fromJSON((*Blocks)[I], S.Blocks[I], Blocks->size())) {
      At.report("expected a block of a sketch");
      return false;
    }
  return true;
}

} // namespace ddi
