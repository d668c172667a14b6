//===- SketchReader.cpp - Functions as sketches for the solver -------------===//

#include "SketchReader.h"
#include "Entries.h"
#include "Objects.h"
#include "Program.h"
#include "SketchValues.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Analysis/CFG.h"
#include "clang/Analysis/ConstructionContext.h"
#include "llvm/Support/MemAlloc.h"

using namespace clang;

namespace ddi {
namespace {

class BodyReader {
public:
  BodyReader(SketchProgram &Program, const FunctionDecl &Function)
      : Program(Program), Function(Function), Context(Program.Context),
        Values(Program, Function) {}

  BodyPtr read();

private:
  SketchProgram &Program;
  const FunctionDecl &Function;
  ASTContext &Context;
  SketchValues Values;
  std::vector<uint32_t> Arguments;
  std::vector<ddi_action> Actions;
  std::vector<ddi_edge> Edges;
  std::vector<ddi_block> Blocks;
  uint32_t Now = 0; // the block that is being written
  uint32_t Entry = 0, Exit = 0;
  llvm::DenseSet<const CXXBindTemporaryExpr *> Elided;

  //===--- Blocks --------------------------------------------------------===//

  uint32_t newBlock() {
    Blocks.push_back({});
    return uint32_t(Blocks.size() - 1);
  }
  void open(uint32_t Block) {
    Now = Block;
    Blocks[Now].first_action = uint32_t(Actions.size());
  }
  void close(ArrayRef<ddi_edge> To) {
    ddi_block &Block = Blocks[Now];
    Block.actions = uint32_t(Actions.size()) - Block.first_action;
    Block.first_edge = uint32_t(Edges.size());
    Block.edges = uint32_t(To.size());
    Edges.insert(Edges.end(), To.begin(), To.end());
  }

  void readBlock(const CFGBlock &Block);
  void readEdges(const CFGBlock &Block);
  void readCases(const CFGBlock &Block, const SwitchStmt &Switch,
                 std::vector<ddi_edge> &To);
  uint32_t testOf(const CFGBlock &Block);

  //===--- Actions -------------------------------------------------------===//

  ddi_action &emit(ddi_action_kind Kind, SourceLocation At) {
    ddi_action A = {};
    A.kind = uint8_t(Kind);
    A.irql_min = A.irql_max = DDI_NO_BOUND;
    A.variable = A.value = A.address = DDI_NONE;
    Program.locate(At, A);
    Actions.push_back(A);
    return Actions.back();
  }
  void set(uint32_t Variable, uint32_t Value, SourceLocation At) {
    ddi_action &A = emit(DDI_DO_SET, At);
    A.variable = Variable;
    A.value = Value;
  }
  void store(uint32_t Address, uint32_t Value, SourceLocation At) {
    ddi_action &A = emit(DDI_DO_STORE, At);
    A.address = Address;
    A.value = Value;
  }
  void assign(const Expr *To, uint32_t Value, SourceLocation At) {
    uint32_t Variable = Values.variableAt(To);
    if (Variable != DDI_NONE)
      return set(Variable, Value, At);
    if (const Expr *Union = unionAround(To))
      store(Values.of(Union), SketchValues::Unknown, At);
    store(Values.address(To), Value, At);
  }
  static const Expr *unionAround(const Expr *E);

  void readElement(const CFGElement &Element);
  void readStmt(const Stmt &S);
  void readPart(const Expr &E);
  void readVariable(const VarDecl &Variable);
  void readInitializer(const CXXCtorInitializer &Init);
  void readCall(const CallExpr &Call);
  void readIndirect(const CallExpr &Call, ArrayRef<uint32_t> Given);
  void readConstructor(const CFGConstructor &Element);
  void readNew(const CXXNewExpr &New);
  void readDestructor(const CFGImplicitDtor &Element);
  void destroy(const CXXDestructorDecl *Destructor, uint32_t Object,
               bool IsVirtual, SourceLocation At);
  uint32_t call(const Callee &Called, ArrayRef<uint32_t> Given, unsigned Flags,
                SourceLocation At);
  uint32_t objectOf(const ConstructionContext *Made);

  //===--- Annotations ---------------------------------------------------===//

  /// A call of an annotated routine.
  struct Site {
    const FunctionDecl &Function;
    const CallExpr &Call;
    ArrayRef<uint32_t> Given; // by parameter
    uint32_t Result;          // a value; unknown before the call
    bool IsDiscarded;
    const Condition *Assumed = nullptr; // of a result nobody looks at
  };
  /// When a clause says something.
  struct Guard {
    std::vector<uint32_t> Tests;
    bool IsMaybe = false, IsNever = false;
  };
  struct Place {
    uint32_t Address = SketchValues::Unknown;
    QualType Type;
  };
  Guard guardOf(const Clause &C, Site &At);
  uint32_t testOf(const Condition &Asked, const Site &At);
  void happenIf(const Guard &When, const ddi_action &Event);
  ddi_action event(ddi_op Op, const Site &At);
  Place placeOf(const Subject &What, const Site &At);
  Place memberAt(uint32_t Pointer, QualType Type, StringRef Path);
  ddi_action lockEvent(ddi_op Op, const Clause &C, const Site &At);
  ddi_action levelEvent(ddi_op Op, const Subject &Where, const Site &At);
  void readDemands(const Contract &Says, Site &At);
  void readEffects(const Contract &Says, Site &At);
};

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

template <typename T> T *copy(const std::vector<T> &From) {
  if (From.empty())
    return nullptr;
  auto *Into = static_cast<T *>(llvm::safe_malloc(From.size() * sizeof(T)));
  std::copy(From.begin(), From.end(), Into);
  return Into;
}

BodyPtr newBody() {
  return BodyPtr(
      static_cast<ddi_body *>(llvm::safe_calloc(1, sizeof(ddi_body))));
}

/// As the analyzer has it.
CFG::BuildOptions options() {
  CFG::BuildOptions Options;
  Options.AddInitializers = Options.AddImplicitDtors = true;
  Options.AddTemporaryDtors = Options.AddCXXNewAllocator = true;
  Options.AddStaticInitBranches = Options.AddVirtualBaseBranches = true;
  Options.AddRichCXXConstructors = Options.MarkElidedCXXConstructors = true;
  for (Stmt::StmtClass Class :
       {Stmt::BinaryOperatorClass, Stmt::CompoundAssignOperatorClass,
        Stmt::UnaryOperatorClass, Stmt::AtomicExprClass})
    Options.setAlwaysAdd(Class);
  return Options;
}

BodyPtr BodyReader::read() {
  BodyPtr Body = newBody();
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  Body->parameters =
      Function.getNumParams() + (Method && Method->isInstance() ? 1 : 0);
  std::unique_ptr<CFG> Graph =
      CFG::buildCFG(&Function, Function.getBody(), &Context, options());
  if (!Graph) {
    Body->why_not = Program.add("clang makes no control flow graph of it");
    return Body;
  }
  Blocks.resize(Graph->getNumBlockIDs());
  Entry = Graph->getEntry().getBlockID();
  Exit = Graph->getExit().getBlockID();
  // From the entry on, so that calls come before what uses their results.
  std::vector<const CFGBlock *> Ordered(Graph->begin(), Graph->end());
  llvm::sort(Ordered, [](const CFGBlock *A, const CFGBlock *B) {
    return A->getBlockID() > B->getBlockID();
  });
  for (const CFGBlock *Block : Ordered)
    readBlock(*Block);
  Body->values = copy(Values.All);
  Body->value_count = uint32_t(Values.All.size());
  Body->arguments = copy(Arguments);
  Body->argument_count = uint32_t(Arguments.size());
  Body->actions = copy(Actions);
  Body->action_count = uint32_t(Actions.size());
  Body->edges = copy(Edges);
  Body->edge_count = uint32_t(Edges.size());
  Body->blocks = copy(Blocks);
  Body->block_count = uint32_t(Blocks.size());
  Body->entry = Entry;
  Body->exit = Exit;
  Body->variables = Values.Variables;
  return Body;
}

void BodyReader::readBlock(const CFGBlock &Block) {
  open(Block.getBlockID());
  if (Block.getBlockID() == Entry)
    for (const ParmVarDecl *P : Function.parameters())
      if (uint32_t Index = Values.changedParameter(*P); Index != DDI_NONE) {
        uint32_t Value = Values.parameter(Index);
        if (Values.isTracked(*P))
          set(Values.numberOf(*P), Value, P->getLocation());
        else
          store(Values.local(*P), Value, P->getLocation());
      }
  for (const CFGElement &Element : Block)
    readElement(Element);
  readEdges(Block);
}

/// What decides between the two ways out of the block.
uint32_t BodyReader::testOf(const CFGBlock &Block) {
  const Stmt *Branch = Block.getTerminatorStmt();
  bool IsPlain = Branch &&
                 Block.getTerminator().getKind() == CFGTerminator::StmtBranch &&
                 isa<IfStmt, WhileStmt, DoStmt, ForStmt, CXXForRangeStmt,
                     AbstractConditionalOperator, BinaryOperator>(Branch);
  if (!IsPlain)
    return DDI_NONE;
  // Of && and ||, the part that this block evaluates comes last in it.
  const auto *Test = Block.getLastCondition();
  if (!Test)
    Test = dyn_cast_or_null<Expr>(Block.getTerminatorCondition());
  if (!Test)
    return DDI_NONE;
  uint32_t Value = Values.value(Test);
  return Value == SketchValues::Unknown ? DDI_NONE : Value;
}

void BodyReader::readCases(const CFGBlock &Block, const SwitchStmt &Switch,
                           std::vector<ddi_edge> &To) {
  uint32_t Asked = Values.value(Switch.getCond());
  for (const CFGBlock::AdjacentBlock &Next : Block.succs()) {
    const CFGBlock *Target = Next.getReachableBlock();
    if (!Target)
      continue;
    ddi_edge Edge = {Target->getBlockID(), DDI_NONE, 0};
    const auto *Case = dyn_cast_or_null<CaseStmt>(Target->getLabel());
    if (Case && !Case->getRHS() && Asked != SketchValues::Unknown) {
      uint32_t Value = Values.value(Case->getLHS());
      uint32_t Test = Values.compare(DDI_EQ, Asked, Value);
      Edge.test = Test == SketchValues::Unknown ? DDI_NONE : Test;
    }
    To.push_back(Edge);
  }
}

void BodyReader::readEdges(const CFGBlock &Block) {
  std::vector<ddi_edge> To;
  if (Block.hasNoReturnElement())
    return close(To);
  const auto *Switch =
      dyn_cast_or_null<SwitchStmt>(Block.getTerminatorStmt());
  if (Switch) {
    readCases(Block, *Switch, To);
    return close(To);
  }
  for (const CFGBlock::AdjacentBlock &Next : Block.succs())
    if (const CFGBlock *Target = Next.getReachableBlock())
      To.push_back({Target->getBlockID(), DDI_NONE, 0});
  if (Block.succ_size() == 2 && To.size() == 2) {
    To[0].test = To[1].test = testOf(Block);
    To[1].is_else = To[1].test != DDI_NONE;
  }
  close(To);
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

/// The outermost union that the member lies in, or a pointer to it: what is written
/// to one of its members changes the others.
const Expr *BodyReader::unionAround(const Expr *E) {
  const Expr *Found = nullptr;
  while (const auto *Member = dyn_cast<MemberExpr>(E->IgnoreParens())) {
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    E = Member->getBase();
    if (Field && Field->getParent()->isUnion())
      Found = E;
    if (Member->isArrow())
      break;
  }
  return Found;
}

void BodyReader::readElement(const CFGElement &Element) {
  switch (Element.getKind()) {
  case CFGElement::Constructor:
    readConstructor(Element.castAs<CFGConstructor>());
    return readPart(*cast<Expr>(Element.castAs<CFGStmt>().getStmt()));
  case CFGElement::Statement:
  case CFGElement::CXXRecordTypedCall:
    return readStmt(*Element.castAs<CFGStmt>().getStmt());
  case CFGElement::Initializer:
    return readInitializer(*Element.castAs<CFGInitializer>().getInitializer());
  case CFGElement::NewAllocator:
    return readNew(*Element.castAs<CFGNewAllocator>().getAllocatorExpr());
  case CFGElement::AutomaticObjectDtor:
  case CFGElement::DeleteDtor:
  case CFGElement::BaseDtor:
  case CFGElement::MemberDtor:
  case CFGElement::TemporaryDtor:
    return readDestructor(Element.castAs<CFGImplicitDtor>());
  default:
    return;
  }
}

void BodyReader::readStmt(const Stmt &S) {
  if (const auto *Call = dyn_cast<CallExpr>(&S)) {
    readCall(*Call);
  } else if (const auto *Op = dyn_cast<BinaryOperator>(&S)) {
    if (Op->getOpcode() == BO_Assign)
      assign(Op->getLHS(), Values.value(Op->getRHS()), Op->getBeginLoc());
    else if (Op->isAssignmentOp())
      assign(Op->getLHS(), SketchValues::Unknown, Op->getBeginLoc());
  } else if (const auto *Op = dyn_cast<UnaryOperator>(&S)) {
    if (Op->isIncrementDecrementOp())
      assign(Op->getSubExpr(), SketchValues::Unknown, Op->getBeginLoc());
  } else if (const auto *Decls = dyn_cast<DeclStmt>(&S)) {
    for (const Decl *D : Decls->decls())
      if (const auto *Variable = dyn_cast<VarDecl>(D))
        readVariable(*Variable);
    return;
  } else if (const auto *Return = dyn_cast<ReturnStmt>(&S)) {
    const Expr *Value = Return->getRetValue();
    bool HasValue = Value && !Value->getType()->isVoidType();
    uint32_t Returned = HasValue ? Values.of(Value) : DDI_NONE;
    emit(DDI_DO_RETURN, Return->getBeginLoc()).value = Returned;
    return;
  } else if (const auto *Delete = dyn_cast<CXXDeleteExpr>(&S)) {
    if (const FunctionDecl *Operator = Delete->getOperatorDelete())
      call(Program.calleeOf(*Operator), {Values.value(Delete->getArgument())},
           DDI_IS_DISCARDED, Delete->getBeginLoc());
  } else if (const auto *Atomic = dyn_cast<AtomicExpr>(&S)) {
    store(Values.value(Atomic->getPtr()), SketchValues::Unknown,
          Atomic->getBeginLoc());
  } else if (const auto *Asm = dyn_cast<AsmStmt>(&S)) {
    for (const Stmt *Part : Asm->children())
      if (const auto *Operand = dyn_cast_or_null<Expr>(Part))
        if (Operand->isGLValue())
          store(Values.address(Operand), SketchValues::Unknown,
                Asm->getBeginLoc());
    return;
  }
  if (const auto *E = dyn_cast<Expr>(&S))
    readPart(*E);
}

/// What ?:, && and || are worth is decided where their parts are evaluated.
void BodyReader::readPart(const Expr &E) {
  SketchValues::Choice Decides = Values.choiceOf(&E);
  if (Decides.Variable == DDI_NONE)
    return;
  uint32_t Value = Values.of(&E);
  if (Decides.IsTruth)
    Value = Values.compare(DDI_NE, Value, Values.number(0));
  set(Decides.Variable, Value, E.getBeginLoc());
}

void BodyReader::readVariable(const VarDecl &Variable) {
  if (!Variable.hasLocalStorage())
    return;
  SourceLocation At = Variable.getBeginLoc();
  const Expr *Init = Variable.getInit();
  const auto *Record = Variable.getType()->getAsRecordDecl();
  if (!Init) {
    bool Matters =
        Record && Record->isCompleteDefinition() && Program.holdsObject(*Record);
    if (Matters) {
      uint32_t Number = Values.numberOf(Variable);
      emit(DDI_DO_DECLARE, At).variable = Number;
    }
    return;
  }
  if (isa<CXXConstructExpr>(Init->IgnoreImplicit()))
    return; // its constructor was called
  uint32_t Value = Values.of(Init);
  if (Record || Variable.getType()->isArrayType())
    Value = SketchValues::Unknown;
  else if (Values.substitute(Variable, Value))
    return;
  if (Values.isTracked(Variable))
    set(Values.numberOf(Variable), Value, At);
  else
    store(Values.local(Variable), Value, At);
}

void BodyReader::readInitializer(const CXXCtorInitializer &Init) {
  const FieldDecl *Field = Init.getAnyMember();
  bool IsScalar = Field && !Field->getType()->isRecordType();
  if (IsScalar && !Field->getType()->isReferenceType())
    store(Values.member(*Field, Values.parameter(0)), Values.of(Init.getInit()),
          Init.getSourceLocation());
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

uint32_t BodyReader::call(const Callee &Called, ArrayRef<uint32_t> Given,
                          unsigned Flags, SourceLocation At) {
  ddi_action &A = emit(DDI_DO_CALL, At);
  A.name = Called.Name;
  A.flags = uint8_t(Flags | (Called.IsSystem ? DDI_IS_SYSTEM : 0) |
                    (Called.HasEffects ? DDI_HAS_EFFECTS : 0));
  A.irql_min = Called.Min;
  A.irql_max = Called.Max;
  A.first = uint32_t(Arguments.size());
  A.count = uint32_t(Given.size());
  Arguments.insert(Arguments.end(), Given.begin(), Given.end());
  return uint32_t(Actions.size() - 1);
}

bool takesMemory(const Callee &Called, const FunctionDecl &FD,
                 const CallExpr &Call) {
  if (Called.TakesMemory)
    return true;
  for (unsigned I = FD.getNumParams(); I < Call.getNumArgs(); ++I)
    if (Call.getArg(I)->getType()->isPointerType())
      return FD.isVariadic();
  return false;
}

/// The macro that stands for the call, if it is one by another name.
std::string macroOf(const CallExpr &Call, const FunctionDecl *Callee,
                    ASTContext &Context) {
  if (!Call.getBeginLoc().isMacroID())
    return "";
  std::string Written = spellCall(&Call, Context);
  bool IsName = Callee ? Callee->getIdentifier() && Callee->getName() == Written
                       : Written == "the call";
  return IsName ? "" : Written;
}

void BodyReader::readIndirect(const CallExpr &Call, ArrayRef<uint32_t> Given) {
  const Expr *Written = Call.getCallee()->IgnoreParens();
  uint32_t To = Written->getType()->isPointerType() ? Values.value(Written)
                                                    : SketchValues::Unknown;
  bool IsKnown = Values.All[To].kind == DDI_VALUE_FUNCTION;
  Callee Called;
  Called.Name =
      IsKnown ? Values.All[To].name : Program.signatureOf(Call);
  unsigned Flags = (Values.isDiscarded(Call) ? DDI_IS_DISCARDED : 0) |
                   (IsKnown ? 0 : DDI_IS_INDIRECT);
  uint32_t Action = call(Called, Given, Flags, Call.getBeginLoc());
  Values.setResult(&Call, Action);
}

/// Whether the row is about objects of another type than the call's.
static bool isAboutOthers(const ddi_routine *Row, const CallExpr &Call) {
  if (!Row || !Row->pointee || Call.getNumArgs() < ddi_routine_arity(Row))
    return false;
  for (const ddi_effect &Effect : Row->effects)
    if (Effect.kind)
      return Effect.object == DDI_NOT_GIVEN ||
             !pointsTo(Call.getArg(Effect.object - 1), Row->pointee);
  return false;
}

void BodyReader::readCall(const CallExpr &Call) {
  if (isa<CXXPseudoDestructorExpr>(Call.getCallee()->IgnoreParens()))
    return;
  const FunctionDecl *FD = Call.getDirectCallee();
  std::vector<uint32_t> Given;
  bool IsVirtual = false;
  if (const auto *OfObject = dyn_cast<CXXMemberCallExpr>(&Call)) {
    Given.push_back(Values.objectOf(*OfObject));
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(FD);
    const auto *Member =
        dyn_cast<MemberExpr>(Call.getCallee()->IgnoreParens());
    if (Method && Member && Method->isVirtual() && !Member->hasQualifier()) {
      const CXXMethodDecl *Meant = const_cast<CXXMethodDecl *>(Method)
          ->getDevirtualizedMethod(Member->getBase(), /*IsAppleKext=*/false);
      IsVirtual = !Meant;
      FD = Meant ? Meant : FD;
    }
  }
  for (const Expr *Argument : Call.arguments())
    Given.push_back(Values.of(Argument));
  if (!FD)
    return readIndirect(Call, Given);
  const Callee &Called = Program.calleeOf(*FD);
  bool IsDiscarded = Values.isDiscarded(Call);
  std::string Macro = macroOf(Call, FD, Context);
  bool Matters = Called.CanMatter || !IsDiscarded ||
                 takesMemory(Called, *FD, Call) ||
                 (!Macro.empty() && ddi_find_published(Macro.c_str()));
  if (!Matters || Call.isUnevaluatedBuiltinCall(Context))
    return;
  bool HasObject = isa<CXXMethodDecl>(FD) && Given.size() > FD->getNumParams();
  Site At{*FD, Call, ArrayRef(Given).drop_front(HasObject),
          SketchValues::Unknown, IsDiscarded};
  if (Called.Says)
    readDemands(*Called.Says, At);
  unsigned Flags = (IsDiscarded ? DDI_IS_DISCARDED : 0) |
                   (IsVirtual ? DDI_IS_INDIRECT : 0) |
                   (isAboutOthers(Called.Row, Call) ? DDI_IS_OTHER_OBJECT : 0);
  uint32_t Action = call(Called, Given, Flags, Call.getBeginLoc());
  if (!Macro.empty())
    Actions[Action].written = Program.add(Macro);
  Values.setResult(&Call, Action);
  if (!Called.HasEffects)
    return;
  At.Result = Values.value(&Call);
  readEffects(*Called.Says, At);
}

uint32_t BodyReader::objectOf(const ConstructionContext *Made) {
  if (const auto *Of = dyn_cast_or_null<VariableConstructionContext>(Made)) {
    const auto *Variable = dyn_cast<VarDecl>(Of->getDeclStmt()->getSingleDecl());
    bool IsLocal = Variable && Variable->hasLocalStorage() &&
                   !Variable->getType()->isReferenceType();
    return IsLocal ? Values.local(*Variable) : uint32_t(SketchValues::Unknown);
  }
  if (const auto *Of =
          dyn_cast_or_null<ConstructorInitializerConstructionContext>(Made)) {
    const FieldDecl *Field = Of->getCXXCtorInitializer()->getAnyMember();
    uint32_t This = Values.parameter(0);
    return Field ? Values.member(*Field, This) : This;
  }
  if (const auto *Of =
          dyn_cast_or_null<NewAllocatedObjectConstructionContext>(Made))
    return Values.value(Of->getCXXNewExpr());
  if (const auto *Of =
          dyn_cast_or_null<ElidedTemporaryObjectConstructionContext>(Made)) {
    Elided.insert(Of->getCXXBindTemporaryExpr());
    return objectOf(Of->getConstructionContextAfterElision());
  }
  return SketchValues::Unknown;
}

void BodyReader::readConstructor(const CFGConstructor &Element) {
  const auto *Construct = cast<CXXConstructExpr>(Element.getStmt());
  const CXXConstructorDecl *Constructor = Construct->getConstructor();
  if (Construct->isElidable())
    return;
  uint32_t Object = objectOf(Element.getConstructionContext());
  SourceLocation At = Construct->getBeginLoc();
  if (Constructor->isTrivial()) {
    if (Object != SketchValues::Unknown)
      store(Object, SketchValues::Unknown, At);
    return;
  }
  std::vector<uint32_t> Given{Object};
  for (const Expr *Argument : Construct->arguments())
    Given.push_back(Values.of(Argument));
  call(Program.calleeOf(*Constructor), Given, DDI_IS_DISCARDED, At);
}

void BodyReader::readNew(const CXXNewExpr &New) {
  const FunctionDecl *Operator = New.getOperatorNew();
  if (!Operator)
    return;
  std::vector<uint32_t> Given{SketchValues::Unknown}; // the size
  for (const Expr *Argument : New.placement_arguments())
    Given.push_back(Values.of(Argument));
  Values.setResult(&New, call(Program.calleeOf(*Operator), Given, 0,
                              New.getBeginLoc()));
}

void BodyReader::destroy(const CXXDestructorDecl *Destructor, uint32_t Object,
                         bool IsVirtual, SourceLocation At) {
  if (!Destructor || Destructor->isTrivial())
    return;
  call(Program.calleeOf(*Destructor), {Object},
       DDI_IS_DISCARDED | (IsVirtual ? DDI_IS_INDIRECT : 0), At);
}

void BodyReader::readDestructor(const CFGImplicitDtor &Element) {
  const CXXDestructorDecl *Destructor = Element.getDestructorDecl(Context);
  SourceLocation End = Function.getBody()->getEndLoc();
  if (auto Of = Element.getAs<CFGAutomaticObjDtor>()) {
    const VarDecl *Variable = Of->getVarDecl();
    bool IsObject = !Variable->getType()->isReferenceType();
    const Stmt *Trigger = Of->getTriggerStmt();
    return destroy(Destructor,
                   IsObject ? Values.local(*Variable)
                            : uint32_t(SketchValues::Unknown),
                   false, Trigger ? Trigger->getEndLoc() : End);
  }
  if (auto Of = Element.getAs<CFGDeleteDtor>()) {
    const CXXDeleteExpr *Delete = Of->getDeleteExpr();
    return destroy(Destructor, Values.value(Delete->getArgument()),
                   Destructor && Destructor->isVirtual(), Delete->getBeginLoc());
  }
  if (auto Of = Element.getAs<CFGMemberDtor>())
    return destroy(Destructor,
                   Values.member(*Of->getFieldDecl(), Values.parameter(0)), false,
                   End);
  if (Element.getKind() == CFGElement::BaseDtor)
    return destroy(Destructor, Values.parameter(0), false, End);
  if (auto Of = Element.getAs<CFGTemporaryDtor>())
    if (!Elided.contains(Of->getBindTemporaryExpr()))
      destroy(Destructor, SketchValues::Unknown, false,
              Of->getBindTemporaryExpr()->getEndLoc());
}

//===----------------------------------------------------------------------===//
// Annotations, as the engine follows them
//===----------------------------------------------------------------------===//

uint32_t BodyReader::testOf(const Condition &Asked, const Site &At) {
  bool IsResult = Asked.On == Condition::Result;
  if (Asked.On == Condition::Pointee ||
      (!IsResult && Asked.Index >= At.Given.size()))
    return SketchValues::Unknown;
  uint32_t Value = IsResult ? At.Result : At.Given[Asked.Index];
  if (Asked.Mask != ~uint64_t(0))
    Value = Values.bits(Value, Asked.Mask);
  return Values.compare(compareOf(Asked.Compare), Value,
                        Values.number(Asked.Value));
}

BodyReader::Guard BodyReader::guardOf(const Clause &C, Site &At) {
  Guard When;
  for (const Condition &Asked : C.When) {
    bool IsResult = Asked.On == Condition::Result;
    // Who does not look at the result knows that the call cannot fail.
    if (IsResult && At.IsDiscarded) {
      if (!At.Assumed)
        At.Assumed = &Asked;
      When.IsMaybe |= At.Assumed->Compare != Asked.Compare ||
                      At.Assumed->Value != Asked.Value;
      continue;
    }
    uint32_t Test = testOf(Asked, At);
    const ddi_value &Value = Values.All[Test];
    if (Value.kind == DDI_VALUE_UNKNOWN)
      When.IsMaybe = true;
    else if (Value.kind != DDI_VALUE_NUMBER)
      When.Tests.push_back(Test);
    else if (!Value.number)
      When.IsNever = true;
  }
  return When;
}

void BodyReader::happenIf(const Guard &When, const ddi_action &Event) {
  if (When.IsNever)
    return;
  auto Emit = [&] {
    Actions.push_back(Event);
    if (When.IsMaybe)
      Actions.back().flags |= DDI_IS_MAYBE;
  };
  if (When.Tests.empty())
    return Emit();
  uint32_t Join = newBlock();
  for (uint32_t Test : When.Tests) {
    uint32_t Next = newBlock();
    close({{Next, Test, 0}, {Join, Test, 1}});
    open(Next);
  }
  Emit();
  close({{Join, DDI_NONE, 0}});
  open(Join);
}

ddi_action BodyReader::event(ddi_op Op, const Site &At) {
  ddi_action Event = {};
  Event.kind = DDI_DO_EVENT;
  Event.op = Op;
  Event.name = Program.calleeOf(At.Function).Name;
  Event.irql_min = Event.irql_max = DDI_NO_BOUND;
  Event.variable = Event.value = Event.address = DDI_NONE;
  Program.locate(At.Call.getBeginLoc(), Event);
  return Event;
}

/// The member that a path like Vcb->Resource leads to, by what is declared.
BodyReader::Place BodyReader::memberAt(uint32_t Pointer, QualType Type,
                                       StringRef Path) {
  for (Type = Type->getPointeeType(); !Type.isNull();) {
    size_t End = Path.find_first_of("-.");
    StringRef Name = Path.take_front(End);
    const RecordDecl *Record = Type->getAsRecordDecl();
    const FieldDecl *Field = nullptr;
    if (Record)
      for (const FieldDecl *Each : Record->fields())
        Field = Each->getName() == Name ? Each : Field;
    if (!Field)
      break;
    bool IsFollowed = End == StringRef::npos ? Field->getType()->isPointerType()
                                             : Path[End] == '-';
    Pointer = Values.member(*Field, Pointer);
    if (IsFollowed)
      Pointer = Values.loadAt(Pointer);
    if (End == StringRef::npos)
      return {Pointer, Field->getType()};
    Type = IsFollowed ? Field->getType()->getPointeeType() : Field->getType();
    Path = Path.drop_front(End + (IsFollowed ? 2 : 1));
  }
  return {};
}

BodyReader::Place BodyReader::placeOf(const Subject &What, const Site &At) {
  unsigned Extra = isa<CXXOperatorCallExpr>(At.Call) ? 1 : 0;
  if (What.Index >= At.Function.getNumParams() || What.Index >= At.Given.size())
    return {};
  uint32_t Argument = At.Given[What.Index];
  switch (What.Is) {
  case Subject::Parameter:
  case Subject::Pointee:
    if (What.Index + Extra < At.Call.getNumArgs())
      return {Argument, At.Call.getArg(What.Index + Extra)
                            ->IgnoreParenCasts()
                            ->getType()};
    return {};
  case Subject::Member:
    return memberAt(Argument, At.Function.getParamDecl(What.Index)->getType(),
                    What.Path);
  default:
    return {};
  }
}

ddi_action BodyReader::lockEvent(ddi_op Op, const Clause &C, const Site &At) {
  ddi_action Event = event(Op, At);
  Event.mode = C.Mode;
  if (C.What.Is == Subject::CancelLock) {
    Event.address = Values.global(Program.add(ddi_cancel_lock.name));
    Event.object_kind = ddi_cancel_lock.kind;
    return Event;
  }
  Place Where = placeOf(C.What, At);
  Event.address = Where.Address;
  Event.object_kind = Where.Type.isNull() ? DDI_LOCK : lockKindOf(Where.Type);
  return Event;
}

/// Where the old level goes, or comes back from.
ddi_action BodyReader::levelEvent(ddi_op Op, const Subject &Where,
                                  const Site &At) {
  ddi_action Event = event(Op, At);
  Event.value = SketchValues::Unknown;
  bool IsGiven = Where.Index < At.Given.size() &&
                 Where.Index < At.Function.getNumParams();
  bool IsNumber = IsGiven && !At.Function.getParamDecl(Where.Index)
                                  ->getType()
                                  ->isPointerType();
  if (Where.Is == Subject::Result)
    Event.value = At.Result;
  else if (Where.Is == Subject::Parameter && IsNumber)
    Event.value = At.Given[Where.Index];
  else if (Where.Is == Subject::Pointee && IsGiven)
    Event.value = Values.loadAt(At.Given[Where.Index]);
  else
    Event.address = placeOf(Where, At).Address;
  return Event;
}

void BodyReader::readDemands(const Contract &Says, Site &At) {
  for (const Clause &C : Says) {
    bool IsHeld = C.Says == Clause::RequiresHeld;
    if (!IsHeld && C.Says != Clause::RequiresNotHeld)
      continue;
    bool IsAfter = llvm::any_of(C.When, [](const Condition &Asked) {
      return Asked.On == Condition::Result;
    });
    bool IsRegion = IsHeld && C.What.Is == Subject::CriticalRegion;
    if (IsAfter || (!IsRegion && !isLock(C.What)))
      continue;
    ddi_action Event =
        IsRegion ? event(DDI_REQUIRE_REGION, At)
                 : lockEvent(IsHeld ? DDI_REQUIRE_HELD : DDI_REQUIRE_FREE, C, At);
    Event.flags |= DDI_IS_DEMAND;
    happenIf(guardOf(C, At), Event);
  }
}

void BodyReader::readEffects(const Contract &Says, Site &At) {
  const Clause *Saved = nullptr;
  for (const Clause &C : Says)
    if (C.Says == Clause::Saves)
      Saved = &C;
  for (const Clause &C : Says) {
    bool IsUp = C.Says == Clause::Acquires || C.Says == Clause::Raises;
    ddi_action Event = {};
    if (C.Says == Clause::Raises) {
      Event = levelEvent(DDI_RAISE, Saved ? Saved->What : Subject(), At);
      const ddi_value *Level =
          C.What.Is == Subject::Parameter && C.What.Index < At.Given.size()
              ? &Values.All[At.Given[C.What.Index]]
              : nullptr;
      int64_t Number = C.Level != DDI_NO_BOUND ? C.Level
                       : Level && Level->kind == DDI_VALUE_NUMBER
                           ? Level->number
                           : int64_t(DDI_NO_BOUND);
      if (Number >= 0 && Number <= DDI_HIGH_LEVEL)
        Event.irql_min = Event.irql_max = int8_t(Number);
      if (C.Level == DDI_HIGH_LEVEL)
        Event.irql_min = DDI_DIRQL; // which no annotation can name
    } else if (C.Says == Clause::Restores) {
      Event = levelEvent(DDI_LOWER, C.What, At);
    } else if (C.Says != Clause::Acquires && C.Says != Clause::Releases) {
      continue;
    } else if (C.What.Is == Subject::CriticalRegion) {
      Event = event(IsUp ? DDI_ENTER_CRITICAL : DDI_LEAVE_CRITICAL, At);
    } else if (isLock(C.What)) {
      Event = lockEvent(IsUp ? DDI_ACQUIRE : DDI_RELEASE, C, At);
    } else {
      continue;
    }
    happenIf(guardOf(C, At), Event);
  }
}

//===----------------------------------------------------------------------===//
// A translation unit
//===----------------------------------------------------------------------===//

void reachAll(const DeclContext &Around, SketchProgram &Program) {
  const SourceManager &SM = Program.Context.getSourceManager();
  for (const Decl *D : Around.decls()) {
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D)) {
      for (const FunctionDecl *FD : Template->specializations())
        if (FD->doesThisDeclarationHaveABody())
          Program.reach(*FD);
    } else if (const auto *Template = dyn_cast<ClassTemplateDecl>(D)) {
      for (const auto *Class : Template->specializations())
        reachAll(*Class, Program);
    } else if (const auto *FD = dyn_cast<FunctionDecl>(D)) {
      if (FD->doesThisDeclarationHaveABody() &&
          !SM.isInSystemHeader(FD->getLocation()))
        Program.reach(*FD);
    } else if (const auto *Inner = dyn_cast<DeclContext>(D)) {
      if (isa<NamespaceDecl, LinkageSpecDecl, ExportDecl>(D) ||
          (isa<CXXRecordDecl>(D) && !SM.isInSystemHeader(D->getLocation())))
        reachAll(*Inner, Program);
    }
  }
}

} // namespace

BodyPtr readSketch(const FunctionDecl &Function, const Sal &Annotations,
                   ddi_names &Names) {
  SketchProgram Program(Function.getASTContext(), Annotations, Names);
  return BodyReader(Program, Function).read();
}

std::vector<NamedBody> readSketches(ASTContext &Context, const Sal &Annotations,
                                    ddi_names &Names) {
  SketchProgram Program(Context, Annotations, Names);
  reachAll(*Context.getTranslationUnitDecl(), Program);
  std::vector<NamedBody> All;
  while (const FunctionDecl *Function = Program.next()) {
    ddi_name Name = Program.add(ddi::Program::nameOf(*Function));
    All.push_back({Name, BodyReader(Program, *Function).read()});
  }
  return All;
}

} // namespace ddi
