//===- EngineCalls.cpp - Calls that are not looked into -------------------===//
//
// What the solver knows of a function in another file is done over again for each
// caller, with the caller's values: first what is demanded, then what changes. Of
// any other function everything is forgotten that it may have changed.
//
//===----------------------------------------------------------------------===//

#include "Engine.h"
#include "LockPlaces.h"
#include "Suppressions.h"
#include "Values.h"
#include "Wrappers.h"
#include "ddi_solve.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/ExprEngine.h"

using namespace clang;
using namespace ento;

namespace ddi {

//===----------------------------------------------------------------------===//
// What is known of the callee
//===----------------------------------------------------------------------===//

const Summary *Engine::summaryOf(const CallEvent &Call) const {
  const auto *Callee = dyn_cast_or_null<FunctionDecl>(Call.getDecl());
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  bool IsThisOne = Callee && isa_and_nonnull<CallExpr>(Call.getOriginExpr()) &&
                   !(Method && Method->isVirtual());
  const ddi::Function *Found = IsThisOne ? programmed(Callee) : nullptr;
  return Found && Found->Summary ? &*Found->Summary : nullptr;
}

/// What the functions may do that a call can mean.
ddi_reach Engine::reachOf(const CallEvent &Call) const {
  const ddi_reach Everything = {~0u, ~0u, 0, 0};
  const auto *Callee = dyn_cast_or_null<FunctionDecl>(Call.getDecl());
  if (!Callee) {
    const auto *Origin = dyn_cast_or_null<CallExpr>(Call.getOriginExpr());
    if (!Origin || Settings.IsOpenWorld)
      return Everything;
    return Whole.reachOf(Program::signatureOf(*Origin));
  }
  const ddi::Function *Found = programmed(Callee);
  if (Found && Found->IsDefined)
    return ddi::reachOf(*Found);
  return Settings.IsOpenWorld && !isOfTheSystem(*Callee) ? Everything
                                                         : ddi_reach();
}

//===----------------------------------------------------------------------===//
// Places in other files
//===----------------------------------------------------------------------===//

/// As blank as it can be that has all places of the file.
static std::unique_ptr<llvm::MemoryBuffer> blankFile(const std::string &Name,
                                                     const Program &Whole) {
  std::map<int64_t, int64_t> Widths;
  Whole.forEachSpot([&](const Spot &Place) {
    if (Place.File == Name)
      Widths[Place.Line] = std::max(Widths[Place.Line], Place.Column);
  });
  std::string Text;
  int64_t Line = 1;
  for (auto [At, Width] : Widths) {
    Text.append(size_t(At - Line), '\n');
    Text.append(size_t(Width), ' ');
    Line = At;
  }
  return llvm::MemoryBuffer::getMemBufferCopy(Text, Name);
}

/// Who keeps what is said of this file does not want it to rest on what others say:
/// of those there are the places alone.
FileID Engine::otherFile(const std::string &Name, SourceManager &SM) const {
  auto [It, IsNew] = OtherFiles.try_emplace(Name);
  auto File = IsNew ? SM.getFileManager().getOptionalFileRef(Name) : std::nullopt;
  if (!File)
    return It->second;
  bool IsOther = SM.translateFile(*File).isInvalid();
  if (IsOther && !Settings.ExcerptPath.empty())
    SM.overrideFileContents(*File, blankFile(Name, Whole));
  FileID Id = SM.getOrCreateFileID(*File, SrcMgr::C_User);
  if (SM.getBufferOrNone(Id))
    It->second = Id;
  return It->second;
}

/// Invalid if the file cannot be read.
PathDiagnosticLocation Engine::locate(const Spot &Place,
                                      const SourceManager &SM) const {
  FileID Id = Place.Line
                  ? otherFile(Place.File, const_cast<SourceManager &>(SM))
                  : FileID();
  if (Id.isInvalid())
    return {};
  return PathDiagnosticLocation(
      SM.translateLineCol(Id, unsigned(Place.Line), unsigned(Place.Column)), SM);
}

namespace {

/// Reads the pragmas that silence warnings in a file that is not compiled here.
class PragmaScanner {
public:
  PragmaScanner(StringRef Text, unsigned Number)
      : Text(Text), Number(std::to_string(Number)) {}

  /// The line of the pragma that silences this one, or zero.
  int64_t covering(int64_t Line) {
    int64_t Off = 0, Next = 0;
    for (int64_t At = 1; At <= Line; ++At) {
      auto [Now, Rest] = Text.split('\n');
      Text = Rest;
      Now = Now.trim();
      bool IsPragma = Now.starts_with("#pragma") || Now.contains("__pragma");
      if (IsPragma && (Now.contains("warning") || Now.contains("prefast")))
        read(Now, At, Off, Next);
      else if (At == Line)
        return Next ? Next : Off;
      else if (!Now.empty() && !Now.starts_with("#") && !Now.starts_with("//"))
        Next = 0; // that was the line it was for
    }
    return Off;
  }

private:
  StringRef Text;
  std::string Number;
  std::vector<int64_t> Pushed;

  void read(StringRef Line, int64_t At, int64_t &Off, int64_t &NextOff) {
    Line = Line.substr(Line.rfind('(') + 1);
    llvm::SmallVector<StringRef, 4> Parts;
    Line.take_until([](char C) { return C == ')'; }).split(Parts, ';');
    for (StringRef Part : Parts) {
      auto [What, Numbers] = Part.split(':');
      What = What.trim();
      llvm::SmallVector<StringRef, 8> Named;
      Numbers.split(Named, ' ');
      bool IsMeant =
          llvm::any_of(Named, [&](StringRef N) { return N.trim(", ") == Number; });
      if (What.starts_with("push"))
        Pushed.push_back(Off);
      else if (What.starts_with("pop") && !Pushed.empty()) {
        Off = Pushed.back();
        Pushed.pop_back();
      } else if (IsMeant && What == "suppress")
        NextOff = At;
      else if (IsMeant)
        Off = What == "disable" ? At : 0;
    }
  }
};

} // namespace

std::optional<Suppression>
Engine::suppressionAt(const Spot &Place, StringRef Rule, unsigned Warning,
                      const SourceManager &SM) const {
  auto Text = Place.Line
                  ? SM.getFileManager().getVirtualFileSystem().getBufferForFile(
                        Place.File)
                  : std::error_code();
  if (!Text)
    return std::nullopt;
  std::vector<Suppression> All;
  StringRef Buffer = (*Text)->getBuffer();
  for (const SilencingComment &C : silencingComments(Buffer))
    if (C.covers(unsigned(Place.Line), Rule)) {
      All.push_back(C.Is);
      All.back().At.File = Place.File;
    }
  int64_t Line = Warning ? PragmaScanner(Buffer, Warning).covering(Place.Line) : 0;
  if (Line) {
    Suppression &Pragma = All.emplace_back();
    Pragma.At = {Place.File, int(Line), 1};
    Pragma.Kind = "pragma";
    Pragma.Rules = {std::to_string(Warning)};
  }
  return chooseOne(std::move(All));
}

/// From where the system enters to here, for who is explored by himself.
ExplodedNode *Engine::tellChain(const ddi::Function &F, ExplodedNode *Node,
                                CheckerContext &C) const {
  const ProgramStateRef State = Node->getState();
  for (const Hop &Each : F.Chain) {
    PathDiagnosticLocation At = locate(Each.At, C.getSourceManager());
    if (At.isValid() && Node)
      Node = C.addTransition(State, Node,
                             C.getStateManager().getOwningEngine().getDataTags().make<StepTag>(
                                 Each.Text, At, std::vector<StepTag::Cause>()));
  }
  return Node;
}

//===----------------------------------------------------------------------===//
// Doing it over again
//===----------------------------------------------------------------------===//

static ProgramStateRef stateBefore(const Expr *Call, CheckerContext &C) {
  for (const ExplodedNode *N = C.getPredecessor(); N; N = N->getFirstPred()) {
    auto Point = N->getLocationAs<PreStmt>();
    if (Point && Point->getStmt() == Call)
      return N->getState();
    auto Behind = N->getLocationAs<StmtPoint>();
    if (!Behind || Behind->getStmt() != Call)
      break;
  }
  return C.getState();
}

class Engine::Replay {
public:
  Replay(const Engine &E, const Summary &Known, const CallEvent &Call,
         CheckerContext &C)
      : E(E), Known(Known), Call(Call), C(C),
        Origin(*cast<CallExpr>(Call.getOriginExpr())),
        Before(stateBefore(&Origin, C)) {}

  void run(ExplodedNode &Start) {
    ExplodedNode *Node = &Start;
    for (const Summary::Demand &D : Known.Demands)
      if (Node)
        Node = demand(D, Node);
    for (const Summary::Acquisition &L : Known.Acquisitions)
      if (Node)
        Node = acquire(L, Node);
    for (const Summary::WayOut &Way : Known.Ways)
      if (Node)
        leave(Way, Node);
  }

private:
  const Engine &E;
  const Summary &Known;
  const CallEvent &Call;
  CheckerContext &C;
  const CallExpr &Origin;
  const ProgramStateRef Before; // what was in memory at the call
  SVal Result = UnknownVal();
  int64_t ResultTerm = 0;

  /// What a term of the callee's is to the caller. What has no value here has
  /// still a text that tells it from others.
  struct Meaning {
    SVal Value = UnknownVal();
    std::string Key, Text;
    bool IsPlace = false; // the text is that of an object, not of a pointer
    unsigned Tag = 0;
  };
  using Causes = std::vector<StepTag::Cause>;

  SVal argument(int64_t Index) const;
  const Expr *argumentExpr(int64_t Index) const;
  Meaning mean(int64_t Index) const;
  Meaning meanParameter(const Summary::Term &T) const;
  Meaning meanMember(const Summary::Term &T) const;
  Meaning meanElement(const Summary::Term &T) const;
  ddi_id idOf(const Meaning &M) const;
  ddi_id storageOf(const Meaning &M) const;

  Site siteAt(const Summary::Trail &T, ExplodedNode *Node, unsigned Number) const;
  ExplodedNode *tellCalls(const Summary::Trail &T, size_t First,
                          llvm::function_ref<Causes(size_t)> CausesOf,
                          ExplodedNode *Node) const;
  ddi_event eventOf(const Summary::Change &From, const ExplodedNode &At) const;
  ExplodedNode *demand(const Summary::Demand &D, ExplodedNode *Node) const;
  bool canBe(const std::vector<int64_t> &Signs) const;
  ExplodedNode *acquire(const Summary::Acquisition &L, ExplodedNode *Node) const;
  ddi_event eventOf(const Summary::LockUse &From, ProgramStateRef State) const;
  std::string placeOf(int64_t Index) const;
  std::optional<std::string> wayTo(int64_t Index) const;
  void leave(const Summary::WayOut &Way, ExplodedNode *Start);
  ExplodedNode *change(const Summary::WayOut &Way, ExplodedNode *Node) const;
  ExplodedNode *forget(const Summary::WayOut &Way, ExplodedNode *Node) const;
  ProgramStateRef bindResult(const Summary::WayOut &Way, ProgramStateRef State);
};

void Engine::replay(const Summary &Known, const CallEvent &Call,
                    ExplodedNode &Start, CheckerContext &C) const {
  Replay(*this, Known, Call, C).run(Start);
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// A method's object comes first.
SVal Engine::Replay::argument(int64_t Index) const {
  if (const auto *Method = dyn_cast<CXXInstanceCall>(&Call))
    if (Index-- == 0)
      return Method->getCXXThisVal();
  return Index >= 0 && uint64_t(Index) < Call.getNumArgs()
             ? Call.getArgSVal(unsigned(Index))
             : UnknownVal();
}

const Expr *Engine::Replay::argumentExpr(int64_t Index) const {
  if (const auto *Method = dyn_cast<CXXInstanceCall>(&Call))
    if (Index-- == 0)
      return Method->getCXXThisExpr();
  return Index >= 0 && uint64_t(Index) < Call.getNumArgs()
             ? Call.getArgExpr(unsigned(Index))
             : nullptr;
}

static const RecordDecl *recordNamed(StringRef Name, ASTContext &Context) {
  DeclarationName Sought = &Context.Idents.get(Name);
  for (const NamedDecl *Found : Context.getTranslationUnitDecl()->lookup(Sought)) {
    const auto *Record = dyn_cast<RecordDecl>(Found);
    if (const auto *Typedef = dyn_cast<TypedefNameDecl>(Found))
      Record = Typedef->getUnderlyingType()->getAsRecordDecl();
    if (Record && Record->getDefinition())
      return Record->getDefinition();
  }
  return nullptr;
}

/// By a name like "_VCB.Resource", or for what is in a structure without a name
/// "_VCB.u.Resource"; there a member without a name goes by its number.
static const FieldDecl *fieldNamed(StringRef Path, ASTContext &Context) {
  auto [Owner, Name] = Path.rsplit('.');
  const RecordDecl *Record = nullptr;
  if (Owner.contains('.')) {
    const FieldDecl *Outer = fieldNamed(Owner, Context);
    const Type *Held =
        Outer ? Outer->getType()->getBaseElementTypeUnsafe() : nullptr;
    while (Held && Held->isPointerType())
      Held = Held->getPointeeType().getTypePtr();
    Record = Held ? Held->getAsRecordDecl() : nullptr;
  } else {
    Record = recordNamed(Owner, Context);
  }
  unsigned Index = 0;
  bool IsNumber = !Name.getAsInteger(10, Index);
  if (Record)
    for (const FieldDecl *Field : Record->fields())
      if (IsNumber ? Field->getFieldIndex() == Index : Field->getName() == Name)
        return Field;
  return nullptr;
}

static const VarDecl *variableNamed(StringRef Name, ASTContext &Context) {
  DeclContext *Where = Context.getTranslationUnitDecl();
  while (Where) {
    auto [First, Rest] = Name.split("::");
    DeclContext *Inner = nullptr;
    for (NamedDecl *Found : Where->lookup(&Context.Idents.get(First))) {
      if (const auto *Variable = dyn_cast<VarDecl>(Found); Variable && Rest.empty())
        return Variable->getCanonicalDecl();
      if (!Rest.empty())
        Inner = dyn_cast<DeclContext>(Found);
    }
    Where = Inner;
    Name = Rest;
  }
  return nullptr;
}

Engine::Replay::Meaning
Engine::Replay::meanParameter(const Summary::Term &T) const {
  Meaning M;
  M.Value = argument(T.Number);
  M.Key = "argument " + std::to_string(T.Number) + " of " +
          std::to_string(reinterpret_cast<uintptr_t>(&Origin));
  if (const Expr *Written = argumentExpr(T.Number)) {
    Written = Written->IgnoreParenCasts();
    M.Text = spellObject(Written, C.getASTContext());
    const auto *Address = dyn_cast<UnaryOperator>(Written);
    M.IsPlace = (Address && Address->getOpcode() == UO_AddrOf) ||
                !Written->getType()->isPointerType();
  }
  return M;
}

Engine::Replay::Meaning Engine::Replay::meanMember(const Summary::Term &T) const {
  Meaning Base = mean(T.Base), M;
  const FieldDecl *Field = fieldNamed(T.Name, C.getASTContext());
  if (Field && Base.Value.getAsRegion())
    M.Value = Before->getLValue(Field, Base.Value);
  StringRef Name = StringRef(T.Name).rsplit('.').second;
  M.Key = Base.Key + "." + Name.str();
  bool HasName = !Name.empty() && !isdigit(Name[0]);
  M.Text = Base.Text;
  if (HasName && Base.Text != "this")
    M.Text += (Base.IsPlace ? "." : "->") + Name.str();
  else if (HasName)
    M.Text = Name.str();
  M.IsPlace = HasName || Base.IsPlace;
  return M;
}

Engine::Replay::Meaning
Engine::Replay::meanElement(const Summary::Term &T) const {
  Meaning Base = mean(T.Base), Index = mean(T.Other), M = Base;
  const Summary::Term &Number = Known.Terms[size_t(T.Other)];
  bool IsNumber = Number.Kind == DDI_VALUE_NUMBER;
  if (IsNumber && Number.Number == 0)
    return Base;
  M.Value = UnknownVal();
  M.Key = Base.Key + "[" + (IsNumber ? std::to_string(Number.Number) : Index.Key) +
          "]";
  M.Text = Base.Text + "[" +
           (IsNumber ? std::to_string(Number.Number) : Index.Text) + "]";
  M.IsPlace = true;
  const auto *Array =
      dyn_cast_or_null<TypedValueRegion>(Base.Value.getAsRegion());
  QualType Type = Array ? Array->getValueType() : QualType();
  const ArrayType *Of =
      Type.isNull() ? nullptr : C.getASTContext().getAsArrayType(Type);
  SVal Which = IsNumber ? SVal(C.getSValBuilder().makeArrayIndex(
                              uint64_t(Number.Number)))
                        : Index.Value;
  if (Of && Number.Number >= 0 && Which.getAs<NonLoc>())
    M.Value = Before->getLValue(Of->getElementType(), Which.castAs<NonLoc>(),
                                Base.Value);
  return M;
}

Engine::Replay::Meaning Engine::Replay::mean(int64_t Index) const {
  const Summary::Term &T = Known.Terms[size_t(Index)];
  Meaning M;
  if (!Index)
    return M;
  switch (T.Kind) {
  case DDI_VALUE_PARAMETER:
    M = meanParameter(T);
    break;
  case DDI_VALUE_GLOBAL:
    if (const VarDecl *Variable = variableNamed(T.Name, C.getASTContext()))
      M.Value = Before->getLValue(Variable, C.getLocationContext());
    M.Key = T.Name;
    M.Text = T.Name.substr(0, T.Name.find('@'));
    M.IsPlace = true;
    break;
  case DDI_VALUE_MEMBER:
    M = meanMember(T);
    break;
  case DDI_VALUE_ELEMENT:
    M = meanElement(T);
    break;
  case DDI_VALUE_LOAD: {
    Meaning Base = mean(T.Base);
    if (auto Address = Base.Value.getAs<Loc>()) {
      const auto *Typed =
          dyn_cast_or_null<TypedValueRegion>(Base.Value.getAsRegion());
      M.Value = Before->getSVal(*Address, Typed ? Typed->getValueType()
                                                : C.getASTContext().VoidPtrTy);
    }
    M.Key = "*" + Base.Key;
    M.Text = Base.IsPlace ? Base.Text : "*" + Base.Text;
    break;
  }
  case DDI_VALUE_TAGGED:
    M = mean(T.Base);
    M.Tag = unsigned(T.Number);
    break;
  case DDI_VALUE_NUMBER:
    M.Key = M.Text = std::to_string(T.Number);
    break;
  default: // new each time
    M.Key = std::to_string(Index) + " of " +
            std::to_string(reinterpret_cast<uintptr_t>(&Origin)) + " at " +
            std::to_string(C.blockCount());
    M.Text = "the object";
    break;
  }
  if (Index == ResultTerm && M.Value.isUnknown()) {
    M.Value = Result;
    M.Text = "what '" + spellCall(&Origin, C.getASTContext()) + "' returns";
  }
  if (ddi_id Id = E.Names.idOf(M.Value); Id.path)
    M.Key = "#" + std::to_string(Id.path);
  return M;
}

ddi_id Engine::Replay::idOf(const Meaning &M) const {
  ddi_id Id = E.Names.idOf(M.Value);
  if (!Id.path && !M.Key.empty())
    Id = E.Names.idOf(StringRef(M.Key));
  if (M.Tag)
    Id.tag = uint8_t(M.Tag);
  return Id;
}

ddi_id Engine::Replay::storageOf(const Meaning &M) const {
  return M.Value.isUnknown() && !M.Key.empty() ? E.Names.idOf(StringRef(M.Key))
                                               : E.Names.storageOf(M.Value);
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

Engine::Site Engine::Replay::siteAt(const Summary::Trail &T, ExplodedNode *Node,
                                    unsigned Number) const {
  const SourceManager &SM = C.getSourceManager();
  Site At{C, Node, T.Routine, nullptr, E.locate(T.At, SM)};
  At.Elsewhere = &T.At;
  At.Number = Number;
  return At;
}

/// "Calling ..." for this call and those inside, from the one of this number on.
ExplodedNode *
Engine::Replay::tellCalls(const Summary::Trail &T, size_t First,
                          llvm::function_ref<Causes(size_t)> CausesOf,
                          ExplodedNode *Node) const {
  const SourceManager &SM = C.getSourceManager();
  for (size_t I = First; I <= T.Calls.size() && Node; ++I) {
    auto Place = I ? E.locate(T.Calls[I - 1].At, SM)
                   : PathDiagnosticLocation::createBegin(
                         &Origin, SM, C.getLocationContext());
    std::string Name = I ? T.Calls[I - 1].Text
                         : spellCall(&Origin, C.getASTContext());
    if (Place.isValid())
      Node = C.addTransition(Node->getState(), Node,
                             C.getStateManager().getOwningEngine().getDataTags().make<StepTag>(
                                 "Calling '" + Name + "'", Place, CausesOf(I)));
  }
  // Nobody is told what stands at the very end of a path.
  return Node ? C.addTransition(
                    Node->getState(), Node,
                    C.getStateManager().getOwningEngine().getDataTags()
                        .make<StepTag>("", PathDiagnosticLocation(), Causes()))
              : nullptr;
}

/// How many calls, with this one, two trails have in common.
static size_t shared(const Summary::Trail &A, const Summary::Trail &B) {
  size_t Count = 0;
  while (Count < A.Calls.size() && Count < B.Calls.size() &&
         A.Calls[Count] == B.Calls[Count])
    ++Count;
  return Count + 1;
}

//===----------------------------------------------------------------------===//
// Demands
//===----------------------------------------------------------------------===//

static std::string sourceOf(const Summary::Demand &D, const Program &Whole) {
  StringRef Name = D.Written;
  const ddi_published *Page = ddi_find_published(D.Written.c_str());
  if (!Page || !ddi_has_bound(Page)) {
    Page = ddi_find_published(D.Call.c_str());
    Name = D.Call;
  }
  const ddi_wrapper *Wrapper = ddi_find_wrapper(Name.str().c_str());
  if (const ddi_routine *Row = ddi_find_routine(D.Call.c_str()))
    for (const ddi_bound &Bound : Row->bounds)
      if (Bound.when && Bound.min == D.Low && Bound.max == D.High)
        return Bound.when == DDI_IF_NONZERO     ? "as it is to wait"
               : Bound.when == DDI_IF_WAITING    ? "with this timeout"
               : Bound.when == DDI_IF_PAGED_POOL ? "for paged pool"
                                                 : spellSource("page", Wrapper);
  ddi_level Level = ddi_level_between(int(D.Low), int(D.High));
  if (Page)
    return spellSource(ddi_is_bound_of_page(Page, Level) ? "page" : "header", Wrapper);
  const ddi::Function *F = Whole.find(D.Call);
  return "by its annotation " + (F ? F->Declared.Text : "'") + "'";
}

/// Whether the arguments may have these signs.
bool Engine::Replay::canBe(const std::vector<int64_t> &Signs) const {
  for (size_t I = 0; I < Signs.size(); ++I)
    if (const Expr *Written = argumentExpr(int64_t(I)))
      if (!assumeSigns(Before, argument(int64_t(I)), Written->getType(),
                       unsigned(Signs[I])))
        return false;
  return true;
}

ExplodedNode *Engine::Replay::demand(const Summary::Demand &D,
                                     ExplodedNode *Node) const {
  const ddi_state &Now = *E.stateOf(Node->getState());
  if (Now.thread.irql.low > D.To || Now.thread.irql.high < D.From)
    return Node;
  if (!canBe(D.Signs))
    return Node;
  ddi_event Event = {};
  Event.op = ddi_op(D.Op);
  Event.call = D.Call.c_str();
  Event.written = D.Written.c_str();
  Event.bound = ddi_level_between(int(D.Low), int(D.High));
  Event.facts = ddi_fact_set(D.Facts) | E.driverFacts();
  ddi_violation Found[DDI_MAX_VIOLATIONS];
  if (!ddi_check(&Now, &Event, E.Settings.Strictness, Found))
    return Node;
  unsigned Number = ++E.Replayed;
  const Summary::Trail &T = Known.Trails[size_t(D.Trail)];
  Node = tellCalls(
      T, 0, [&](size_t) { return Causes{{ddi_event(), Number}}; }, Node);
  if (!Node)
    return Node;
  Site At = siteAt(T, Node, Number);
  At.Bound = spellBound(Event.bound, sourceOf(D, E.Whole));
  return E.happen(At, Event);
}

//===----------------------------------------------------------------------===//
// Locks that it waits for
//===----------------------------------------------------------------------===//

std::optional<std::string> Engine::Replay::wayTo(int64_t Index) const {
  const Summary::Term &T = Known.Terms[size_t(Index)];
  switch (T.Kind) {
  case DDI_VALUE_PARAMETER:
    return E.Locks->wayTo(argument(T.Number));
  case DDI_VALUE_GLOBAL:
    return T.Name;
  case DDI_VALUE_MEMBER: {
    std::optional<std::string> Way = wayTo(T.Base);
    return Way ? std::optional(LockPlaces::join(*Way, T.Name)) : std::nullopt;
  }
  case DDI_VALUE_ELEMENT:
    return Known.Terms[size_t(T.Other)].Number < 0 ? "" : wayTo(T.Base);
  case DDI_VALUE_LOAD:
  case DDI_VALUE_RESULT:
  case DDI_TERM_OUTPUT:
  case DDI_TERM_JOIN:
    return "";
  default:
    return std::nullopt;
  }
}

/// As the solver calls it.
std::string Engine::Replay::placeOf(int64_t Index) const {
  const Summary::Term &T = Known.Terms[size_t(Index)];
  switch (T.Kind) {
  case DDI_VALUE_PARAMETER:
    return E.Locks->placeOf(argument(T.Number));
  case DDI_VALUE_GLOBAL:
  case DDI_VALUE_MEMBER:
    return wayTo(Index).value_or("");
  case DDI_VALUE_LOAD: {
    std::string Place = placeOf(T.Base);
    return Place.empty() ? Place : Place + "*";
  }
  case DDI_VALUE_ELEMENT: {
    const Summary::Term &Number = Known.Terms[size_t(T.Other)];
    bool IsKnown = Number.Kind == DDI_VALUE_NUMBER && Number.Number >= 0;
    std::string Place = IsKnown ? placeOf(T.Base) : "";
    return Place.empty() || Number.Number == 0
               ? Place
               : Place + "[" + std::to_string(Number.Number) + "]";
  }
  default:
    return "";
  }
}

ddi_event Engine::Replay::eventOf(const Summary::LockUse &From,
                                  ProgramStateRef State) const {
  Meaning Lock = mean(From.Object);
  ddi_event Event = {};
  Event.op = ddi_op(From.Op);
  Event.kind = ddi_kind(From.Kind);
  Event.mode = ddi_mode(From.Mode);
  Event.object = idOf(Lock);
  Event.storage = storageOf(Lock);
  if (Event.kind == DDI_LOCK)
    Event.kind = E.kindOfLock(QualType(), Event.object, *E.stateOf(State));
  if (!Event.object.path)
    return Event;
  E.Spellings.try_emplace(Event.object.path, Lock.Text);
  E.Locks->note(Event.object.path, placeOf(From.Object));
  return Event;
}

/// What the callee does with locks before changes nothing behind the call: that is
/// told by its ways out.
ExplodedNode *Engine::Replay::acquire(const Summary::Acquisition &L,
                                      ExplodedNode *Node) const {
  if (!E.Locks || !canBe(L.Signs))
    return Node;
  const ProgramStateRef State = Node->getState();
  ddi_state Held = *E.stateOf(State);
  std::vector<ddi_event> Uses;
  for (const Summary::LockUse &Use : L.Before) {
    Uses.push_back(eventOf(Use, State));
    ddi_step(&Held, &Uses.back());
  }
  ddi_event Event = eventOf(L.Lock, State);
  Event.facts = DDI_WAITS;
  std::vector<Inversion> Found = E.inversionsAt(State, Event, Held);
  if (Found.empty())
    return Node;
  const Causes Of{{ddi_event(), ++E.Replayed}};
  const Summary::Trail *Last = nullptr;
  auto Come = [&](const Summary::LockUse &Use) {
    const Summary::Trail &T = Known.Trails[size_t(Use.Trail)];
    Node = tellCalls(
        T, Last ? shared(*Last, T) : 0, [&](size_t) { return Of; }, Node);
    Last = &T;
    return Node != nullptr;
  };
  for (size_t I = 0; I < Uses.size(); ++I) {
    bool IsTold = llvm::any_of(Found, [&](const Inversion &Each) {
      return Each.Held.path == Uses[I].object.path;
    });
    if (!IsTold || !Come(L.Before[I]))
      continue;
    Site At = siteAt(*Last, Node, Of[0].Number);
    Node = C.addTransition(State, Node, E.noteOf(At, Uses[I], Held));
  }
  if (!Node || !Come(L.Lock))
    return Node;
  Site At = siteAt(*Last, Node, Of[0].Number);
  for (const Inversion &Each : Found)
    E.reportOrder(At, Event, Each);
  return Node;
}

//===----------------------------------------------------------------------===//
// Changes
//===----------------------------------------------------------------------===//

ddi_event Engine::Replay::eventOf(const Summary::Change &From,
                                  const ExplodedNode &At) const {
  ProgramStateRef State = At.getState();
  const Summary::Trail &T = Known.Trails[size_t(From.Trail)];
  ddi_event Event = {};
  Event.call = T.Routine.c_str();
  Event.op = ddi_op(From.Op);
  Event.kind = ddi_kind(From.Kind);
  Event.mode = ddi_mode(From.Mode);
  Event.family = ddi_family(From.Family);
  Event.form = ddi_form(From.Form);
  Event.facts = ddi_fact_set(From.Facts) | E.driverFacts();
  if (Event.kind) {
    Meaning Object = mean(From.Object);
    bool IsMemory = DDI_NAMED_BY_STORAGE & DDI_KIND(Event.kind);
    Event.object = IsMemory ? storageOf(Object) : idOf(Object);
    Event.storage = storageOf(Object);
    Event.object.symbolic |= From.Object && !Event.object.path; // could be any
    if (isOnStack(Object.Value))
      Event.facts |= DDI_ON_STACK;
    if (!IsMemory && Event.object.path)
      E.Spellings.try_emplace(Event.object.path, Object.Text);
    if (!IsMemory && Event.object.path && E.Locks)
      E.Locks->note(Event.object.path, placeOf(From.Object));
    if (Event.kind == DDI_LOCK)
      Event.kind = E.kindOfLock(QualType(), Event.object, *E.stateOf(State));
  }
  if (From.Owner) {
    Meaning Owner = mean(From.Owner);
    Event.owner = idOf(Owner);
    Event.owner_storage = storageOf(Owner);
    if (isOnStack(Owner.Value))
      Event.facts |= DDI_OWNER_ON_STACK;
    if (Event.op == DDI_RELEASE_FOR && !(Event.facts & DDI_THIS_THREAD) &&
        isOtherThread(Owner.Value, E.Top.Context.known))
      Event.facts |= DDI_OTHER_THREAD;
  }
  ddi_find_released(E.stateOf(State), &Event);
  if (!(Event.op & (DDI_RAISE | DDI_LOWER | DDI_SIGNAL_WAIT)))
    return Event;
  Event.level = ddi_level_between(int(From.Low), int(From.High));
  const Summary::Term &Value = Known.Terms[size_t(From.Value)];
  Meaning Old = mean(From.Value);
  // What the old level goes to holds it behind the call.
  if (Event.op != DDI_LOWER && Value.Kind == DDI_VALUE_LOAD)
    if (const MemRegion *Out = mean(Value.Base).Value.getAsRegion())
      Old.Value = State->getSVal(Out);
  Event.value = E.Names.valueOf(Old.Value);
  if (Event.op == DDI_LOWER && Event.value)
    Event.level = levelOf(Old.Value, State);
  if (From.Keeper)
    Event.keeper = idOf(mean(From.Keeper)).path;
  PathDiagnosticLocation Place = E.locate(T.At, C.getSourceManager());
  Event.level.cause = E.causeAt(Place.isValid() ? SourceLocation(Place.asLocation())
                                                : Origin.getBeginLoc(),
                                "set by '" + T.Routine + "'",
                                C.getSourceManager());
  return Event;
}

/// What happens on some paths only is not known behind the call. What goes by
/// another name stays.
ExplodedNode *Engine::Replay::forget(const Summary::WayOut &Way,
                                     ExplodedNode *Node) const {
  if (Way.Unsure.empty() || !Node)
    return Node;
  const ddi_state Held = *E.stateOf(Node->getState());
  ddi_state After = Held;
  ddi_reach Reach = {};
  std::set<std::pair<int64_t, uintptr_t>> Meant;
  for (int64_t Index : Way.Unsure) {
    const Summary::Change &Change = Known.Changes[size_t(Index)];
    Reach.ops |= uint32_t(Change.Op);
    Reach.kinds |= 1u << Change.Kind;
    Meant.insert({Change.Kind, Change.Kind ? idOf(mean(Change.Object)).shape : 0});
  }
  ddi_havoc(&After, &Reach);
  for (uint32_t I = 0; I < Held.count; ++I) {
    const ddi_object &Object = Held.objects[I];
    bool IsOther = Object.kind != DDI_STORAGE && Object.id.shape &&
                   !Meant.count({Object.kind, 0}) &&
                   !Meant.count({Object.kind, Object.id.shape}) &&
                   !Meant.count({DDI_LOCK, 0});
    if (!IsOther)
      continue;
    After.objects[I].hold = Object.hold;
    After.objects[I].count = Object.count;
    After.objects[I].doubtful = Object.doubtful;
  }
  return C.addTransition(E.keep(Node->getState(), After), Node);
}

ExplodedNode *Engine::Replay::change(const Summary::WayOut &Way,
                                     ExplodedNode *Node) const {
  Causes All;
  for (int64_t Index : Way.Changes)
    All.push_back({eventOf(Known.Changes[size_t(Index)], *Node), ++E.Replayed});
  const Summary::Trail *Last = nullptr;
  for (size_t I = 0; I < All.size() && Node; ++I) {
    const Summary::Change &From = Known.Changes[size_t(Way.Changes[I])];
    const Summary::Trail &T = Known.Trails[size_t(From.Trail)];
    auto CausesOf = [&](size_t Depth) {
      Causes Beneath;
      for (size_t J = I; J < All.size(); ++J) {
        const auto &Next = Known.Changes[size_t(Way.Changes[J])];
        if (shared(T, Known.Trails[size_t(Next.Trail)]) <= Depth)
          break;
        Beneath.push_back(All[J]);
      }
      return Beneath;
    };
    Node = tellCalls(T, Last ? shared(*Last, T) : 0, CausesOf, Node);
    Last = &T;
    if (!Node)
      break;
    if (From.Op == DDI_RAISE) {
      const Summary::Term &Value = Known.Terms[size_t(From.Value)];
      ProgramStateRef State = Node->getState();
      SVal Old = mean(From.Value).Value;
      if (Value.Kind == DDI_VALUE_LOAD)
        if (const MemRegion *Out = mean(Value.Base).Value.getAsRegion())
          Old = State->getSVal(Out);
      if (Old.getAs<nonloc::SymbolVal>())
        Node = C.addTransition(
            assumeLevel(State, Old, E.stateOf(State)->thread.irql), Node);
      if (!Node)
        break;
    }
    Site At = siteAt(T, Node, All[I].Number);
    Node = E.happen(At, eventOf(From, *Node));
  }
  return Node;
}

/// A number is one, and a pointer is that which the callee speaks of.
ProgramStateRef Engine::Replay::bindResult(const Summary::WayOut &Way,
                                           ProgramStateRef State) {
  ResultTerm = 0;
  Result = Call.getReturnValue();
  QualType Type = Call.getResultType();
  const Summary::Term &T = Known.Terms[size_t(Way.Result)];
  if (!Way.Result || Type->isVoidType())
    return State;
  SVal Meant = mean(Way.Result).Value;
  ResultTerm = Way.Result;
  SValBuilder &Builder = C.getSValBuilder();
  if (T.Kind == DDI_VALUE_NUMBER && Type->isIntegralOrEnumerationType()) {
    auto Test = Builder
                    .evalBinOp(State, BO_EQ, Result,
                               Builder.makeIntVal(uint64_t(T.Number), Type),
                               Builder.getConditionType())
                    .getAs<DefinedOrUnknownSVal>();
    return Test && !Test->isUnknown() ? State->assume(*Test, true) : State;
  }
  if (Type->isPointerType() && Meant.getAs<Loc>()) {
    Result = Meant;
    return State->BindExpr(&Origin, C.getLocationContext(), Meant);
  }
  return State;
}

void Engine::Replay::leave(const Summary::WayOut &Way, ExplodedNode *Start) {
  ProgramStateRef State = bindResult(Way, Start->getState());
  if (State)
    State = assumeSigns(State, Result, Call.getResultType(), unsigned(Way.Signs));
  if (!State)
    return;
  ExplodedNode *Node = Start;
  if (State != Start->getState())
    Node = C.addTransition(State, Start);
  Node = forget(Way, Node);
  if (Node && !Way.Changes.empty())
    Node = forget(Way, change(Way, Node));
  if (Node != Start)
    return;
  // The way goes on, too, beside those on which something happens.
  static const SimpleProgramPointTag Tag("ddi", "as it was");
  C.addTransition(State, Start, &Tag);
}

} // namespace ddi
