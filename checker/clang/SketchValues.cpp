//===- SketchValues.cpp - Expressions as the values of a sketch ------------===//

#include "SketchValues.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace ddi {

/// What a variable or a value may be to be followed.
static bool isScalar(QualType Type) {
  return Type->isIntegralOrEnumerationType() || Type->isPointerType() ||
         Type->isNullPtrType();
}

/// A variable of the function, not one that a lambda captured.
static bool isOwn(const DeclRefExpr &Ref) {
  return !Ref.refersToEnclosingVariableOrCapture();
}

SketchValues::SketchValues(SketchProgram &Program, const FunctionDecl &Function)
    : Program(Program), Function(Function), Context(Program.Context) {
  All.push_back({}); // Unknown
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Function))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      scan(Init->getInit());
  scan(Function.getBody(), /*IsDiscarded=*/true);
}

//===----------------------------------------------------------------------===//
// How variables are used
//===----------------------------------------------------------------------===//

const VarDecl *SketchValues::localIn(const Expr *E) const {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParens());
  const auto *Var = Ref && isOwn(*Ref) ? dyn_cast<VarDecl>(Ref->getDecl())
                                       : nullptr;
  return Var && Var->hasLocalStorage() ? Var : nullptr;
}

/// An argument of a call: the callee may write what it gets the address of.
void SketchValues::scanArgument(const Expr *E) {
  const Expr *Plain = E->IgnoreParenCasts();
  const auto *Address = dyn_cast<UnaryOperator>(Plain);
  bool IsAddress = Address && Address->getOpcode() == UO_AddrOf;
  const VarDecl *Var = IsAddress        ? localIn(Address->getSubExpr())
                       : E->isGLValue() ? localIn(E)
                                        : nullptr;
  if (Var)
    Locals[Var].IsPassed = true;
  else
    scan(E);
}

void SketchValues::noteTest(const Expr *E) {
  E = E->IgnoreParenCasts();
  if (const auto *Op = dyn_cast<BinaryOperator>(E))
    if (Op->getOpcode() == BO_And)
      return noteTest(Op->getLHS()), noteTest(Op->getRHS());
  if (const VarDecl *Var = localIn(E))
    Locals[Var].IsTested = true;
}

template <typename Callback>
static void forEachLeaf(const Expr *E, const Callback &Do) {
  E = E->IgnoreParens();
  const auto *Op = dyn_cast<BinaryOperator>(E);
  if (!Op || !Op->isLogicalOp())
    return Do(E);
  forEachLeaf(Op->getLHS(), Do);
  forEachLeaf(Op->getRHS(), Do);
}

/// Here && and || become branches, and no value.
void SketchValues::scanCondition(const Expr *E) {
  if (!E)
    return;
  forEachLeaf(E, [&](const Expr *Leaf) {
    noteTest(Leaf);
    scan(Leaf);
  });
}

/// What is assigned to.
void SketchValues::scanTarget(const Expr *E) {
  E = E->IgnoreParens();
  if (const VarDecl *Var = localIn(E)) {
    Locals[Var].IsAssigned = true;
    return;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl()))
      Written.insert(Program.nameOf(*Field));
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
      if (Var->hasGlobalStorage())
        Written.insert(Program.nameOf(*Var));
  scan(E);
}

void SketchValues::scanLambda(const LambdaExpr &Lambda) {
  for (const LambdaCapture &Capture : Lambda.captures())
    if (Capture.capturesVariable() && Capture.getCaptureKind() == LCK_ByRef)
      if (const auto *Var = dyn_cast<VarDecl>(Capture.getCapturedVar()))
        Locals[Var].IsExposed = true;
  for (const Expr *Init : Lambda.capture_inits())
    if (Init)
      scan(Init);
  if (const CXXMethodDecl *Method = Lambda.getCallOperator())
    if (Method->doesThisDeclarationHaveABody())
      Program.reach(*Method);
}

void SketchValues::scanBinary(const BinaryOperator &Op, bool IsDiscarded) {
  if (Op.isAssignmentOp()) {
    scanTarget(Op.getLHS());
    return scan(Op.getRHS());
  }
  if (Op.getOpcode() == BO_Comma) {
    scan(Op.getLHS(), true);
    return scan(Op.getRHS());
  }
  if (Op.isComparisonOp()) {
    noteTest(Op.getLHS());
    noteTest(Op.getRHS());
  }
  if (!Op.isLogicalOp()) {
    scan(Op.getLHS());
    return scan(Op.getRHS());
  }
  uint32_t Number = IsDiscarded ? DDI_NONE : newNumber(/*IsTracked=*/true);
  if (!IsDiscarded)
    Chosen[&Op] = Number;
  forEachLeaf(&Op, [&](const Expr *Leaf) {
    if (!IsDiscarded)
      Parts[Leaf] = {Number, /*IsTruth=*/true};
    noteTest(Leaf);
    scan(Leaf);
  });
}

void SketchValues::scanChoice(const ConditionalOperator &Op, bool IsDiscarded) {
  scanCondition(Op.getCond());
  if (!IsDiscarded && (Op.isGLValue() || isScalar(Op.getType()))) {
    uint32_t Number = newNumber(/*IsTracked=*/true);
    Chosen[&Op] = Number;
    Parts[Op.getTrueExpr()->IgnoreParens()] = {Number, false};
    Parts[Op.getFalseExpr()->IgnoreParens()] = {Number, false};
  }
  scan(Op.getTrueExpr());
  scan(Op.getFalseExpr());
}

void SketchValues::scanCast(const CastExpr &Cast, bool IsDiscarded) {
  const Expr *Sub = Cast.getSubExpr();
  bool IsRead = Cast.getCastKind() == CK_LValueToRValue && localIn(Sub);
  if (IsRead)
    return;
  if (Cast.getCastKind() == CK_IntegralToBoolean ||
      Cast.getCastKind() == CK_PointerToBoolean)
    noteTest(Sub);
  bool IsUnused = IsDiscarded || (Cast.getCastKind() == CK_ToVoid && localIn(Sub));
  scan(Sub, IsUnused);
}

void SketchValues::scan(const Stmt *S, bool IsDiscarded) {
  if (!S)
    return;
  auto ScanAll = [&](bool AreDiscarded) {
    for (const Stmt *Child : S->children())
      scan(Child, AreDiscarded);
  };
  switch (S->getStmtClass()) {
  case Stmt::CompoundStmtClass:
  case Stmt::LabelStmtClass:
  case Stmt::DefaultStmtClass:
  case Stmt::AttributedStmtClass:
    return ScanAll(true);
  case Stmt::CaseStmtClass:
    return scan(cast<CaseStmt>(S)->getSubStmt(), true);
  case Stmt::IfStmtClass: {
    const auto *If = cast<IfStmt>(S);
    scan(If->getInit(), true);
    scan(If->getConditionVariableDeclStmt());
    scanCondition(If->getCond());
    scan(If->getThen(), true);
    return scan(If->getElse(), true);
  }
  case Stmt::WhileStmtClass: {
    const auto *While = cast<WhileStmt>(S);
    scan(While->getConditionVariableDeclStmt());
    scanCondition(While->getCond());
    return scan(While->getBody(), true);
  }
  case Stmt::DoStmtClass:
    scanCondition(cast<DoStmt>(S)->getCond());
    return scan(cast<DoStmt>(S)->getBody(), true);
  case Stmt::ForStmtClass: {
    const auto *For = cast<ForStmt>(S);
    scan(For->getInit(), true);
    scan(For->getConditionVariableDeclStmt());
    scanCondition(For->getCond());
    scan(For->getInc(), true);
    return scan(For->getBody(), true);
  }
  case Stmt::CXXForRangeStmtClass: {
    const auto *For = cast<CXXForRangeStmt>(S);
    scan(For->getInit(), true);
    for (const Stmt *Part : {static_cast<const Stmt *>(For->getRangeStmt()),
                             static_cast<const Stmt *>(For->getBeginStmt()),
                             static_cast<const Stmt *>(For->getEndStmt()),
                             static_cast<const Stmt *>(For->getLoopVarStmt()),
                             static_cast<const Stmt *>(For->getCond())})
      scan(Part);
    scan(For->getInc(), true);
    return scan(For->getBody(), true);
  }
  case Stmt::SwitchStmtClass: {
    const auto *Switch = cast<SwitchStmt>(S);
    scan(Switch->getInit(), true);
    scan(Switch->getConditionVariableDeclStmt());
    noteTest(Switch->getCond());
    scan(Switch->getCond());
    return scan(Switch->getBody(), true);
  }
  case Stmt::DeclStmtClass:
    for (const Decl *D : cast<DeclStmt>(S)->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D))
        scan(Var->getInit());
    return;
  case Stmt::DeclRefExprClass:
    // Neither read nor assigned: something keeps its address.
    if (const VarDecl *Var = localIn(cast<Expr>(S)); Var && !IsDiscarded)
      Locals[Var].IsExposed = true;
    return;
  case Stmt::UnaryOperatorClass: {
    const auto *Op = cast<UnaryOperator>(S);
    if (Op->isIncrementDecrementOp())
      return scanTarget(Op->getSubExpr());
    if (Op->getOpcode() == UO_LNot)
      noteTest(Op->getSubExpr());
    return scan(Op->getSubExpr());
  }
  case Stmt::BinaryOperatorClass:
  case Stmt::CompoundAssignOperatorClass:
    return scanBinary(*cast<BinaryOperator>(S), IsDiscarded);
  case Stmt::ConditionalOperatorClass:
    return scanChoice(*cast<ConditionalOperator>(S), IsDiscarded);
  case Stmt::ParenExprClass:
  case Stmt::ExprWithCleanupsClass:
  case Stmt::ConstantExprClass:
    return ScanAll(IsDiscarded);
  case Stmt::LambdaExprClass:
    return scanLambda(*cast<LambdaExpr>(S));
  case Stmt::UnaryExprOrTypeTraitExprClass:
  case Stmt::CXXTypeidExprClass:
  case Stmt::CXXNoexceptExprClass:
    return; // nothing in them is evaluated
  case Stmt::CXXConstructExprClass:
  case Stmt::CXXTemporaryObjectExprClass:
    for (const Expr *Argument : cast<CXXConstructExpr>(S)->arguments())
      scanArgument(Argument);
    return;
  default:
    break;
  }
  if (const auto *Call = dyn_cast<CallExpr>(S)) {
    if (IsDiscarded)
      Discarded.insert(Call);
    scan(Call->getCallee(), true);
    for (const Expr *Argument : Call->arguments())
      scanArgument(Argument);
    return;
  }
  if (const auto *Cast = dyn_cast<CastExpr>(S))
    return scanCast(*Cast, IsDiscarded);
  ScanAll(false);
}

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

unsigned SketchValues::shift() const {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return Method && Method->isInstance();
}

uint32_t SketchValues::newNumber(bool IsTracked) {
  Tracked.push_back(IsTracked);
  return Variables++;
}

bool SketchValues::isTracked(const VarDecl &Variable) {
  return Variable.getType()->isReferenceType() ||
         (isScalar(Variable.getType()) && !Locals[&Variable].IsExposed);
}

uint32_t SketchValues::numberOf(const VarDecl &Variable) {
  bool IsTracked = isTracked(Variable);
  uint32_t &Number = Locals[&Variable].Number;
  if (Number == DDI_NONE)
    Number = newNumber(IsTracked);
  return Number;
}

/// Of a parameter: as it was at entry, always.
static bool staysAsItWas(const VarDecl &Variable, bool IsAssigned, bool IsPassed,
                         bool IsExposed) {
  return Variable.getType()->isReferenceType() ||
         (!IsAssigned && !IsPassed && !IsExposed);
}

uint32_t SketchValues::changedParameter(const ParmVarDecl &Parameter) {
  const Variable &Use = Locals[&Parameter];
  bool Changes = isScalar(Parameter.getType()) &&
                 !staysAsItWas(Parameter, Use.IsAssigned, Use.IsPassed,
                               Use.IsExposed);
  return Changes ? Parameter.getFunctionScopeIndex() + shift() : DDI_NONE;
}

bool SketchValues::isStable(uint32_t Value, bool MayLoad) const {
  const ddi_value &V = All[Value];
  switch (V.kind) {
  case DDI_VALUE_NUMBER:
  case DDI_VALUE_PARAMETER:
  case DDI_VALUE_LOCAL:
  case DDI_VALUE_GLOBAL:
  case DDI_VALUE_RESULT:
  case DDI_VALUE_FUNCTION:
    return true;
  case DDI_VALUE_MEMBER:
  case DDI_VALUE_TAGGED:
    return isStable(V.base, MayLoad);
  case DDI_VALUE_COMPARE:
  case DDI_VALUE_AND:
  case DDI_VALUE_ELEMENT:
    return isStable(V.base, MayLoad) && isStable(V.other, MayLoad);
  case DDI_VALUE_LOAD: {
    const ddi_value &From = All[V.base];
    bool IsNamed =
        From.kind == DDI_VALUE_MEMBER || From.kind == DDI_VALUE_GLOBAL;
    return MayLoad && IsNamed && !Written.contains(From.name) &&
           isStable(V.base, MayLoad);
  }
  default:
    return false;
  }
}

/// What memory held when the variable was set may be read again only where it
/// leads to an object: a test needs what it was.
bool SketchValues::substitute(const VarDecl &Variable, uint32_t Value) {
  auto &Use = Locals[&Variable];
  bool IsReference = Variable.getType()->isReferenceType();
  bool IsSetOnce =
      IsReference || (!Use.IsAssigned && !Use.IsPassed && !Use.IsExposed);
  bool MayLoad = IsReference || (Variable.getType()->isPointerType() && !Use.IsTested);
  if (!IsSetOnce || !isStable(Value, MayLoad))
    return false;
  Use.Substitute = Value;
  return true;
}

uint32_t SketchValues::variableAt(const Expr *E) {
  const VarDecl *Var = localIn(E);
  bool IsVariable = Var && isTracked(*Var) && !Var->getType()->isReferenceType();
  return IsVariable ? numberOf(*Var) : DDI_NONE;
}

uint32_t SketchValues::local(const VarDecl &Variable) {
  ddi_value V = {};
  V.kind = DDI_VALUE_LOCAL;
  V.number = numberOf(Variable);
  return add(V);
}

/// What a variable that is no reference holds now, or where a reference leads.
uint32_t SketchValues::held(const VarDecl &Variable) {
  auto &Use = Locals[&Variable];
  const auto *P = dyn_cast<ParmVarDecl>(&Variable);
  if (P && staysAsItWas(*P, Use.IsAssigned, Use.IsPassed, Use.IsExposed))
    return parameter(P->getFunctionScopeIndex() + shift());
  if (Use.Substitute != DDI_NONE)
    return Use.Substitute;
  ddi_value V = {};
  V.kind = DDI_VALUE_VARIABLE;
  if (!isTracked(Variable))
    return loadAt(local(Variable));
  V.number = numberOf(Variable);
  return add(V);
}

uint32_t SketchValues::addressOf(const VarDecl &Variable) {
  if (Variable.getType()->isReferenceType())
    return Variable.hasLocalStorage() ? held(Variable) : uint32_t(Unknown);
  if (Variable.hasLocalStorage())
    return local(Variable);
  return global(Program.nameOf(Variable));
}

uint32_t SketchValues::global(ddi_name Name) {
  ddi_value V = {};
  V.kind = DDI_VALUE_GLOBAL;
  V.name = Name;
  return add(V);
}

//===----------------------------------------------------------------------===//
// Making values
//===----------------------------------------------------------------------===//

uint32_t SketchValues::add(const ddi_value &V) {
  Key K{V.kind * 256u + V.compare, V.name, V.base, V.other, V.number};
  auto [It, IsNew] = Known.try_emplace(K, uint32_t(All.size()));
  if (IsNew)
    All.push_back(V);
  return It->second;
}

uint32_t SketchValues::number(int64_t Number) {
  ddi_value V = {};
  V.kind = DDI_VALUE_NUMBER;
  V.number = Number;
  return add(V);
}

uint32_t SketchValues::parameter(uint32_t Index) {
  ddi_value V = {};
  V.kind = DDI_VALUE_PARAMETER;
  V.number = Index;
  return add(V);
}

uint32_t SketchValues::function(const FunctionDecl &Function) {
  ddi_value V = {};
  V.kind = DDI_VALUE_FUNCTION;
  V.name = Program.calleeOf(Function).Name;
  return add(V);
}

uint32_t SketchValues::member(const FieldDecl &Field, uint32_t Base) {
  if (Base == Unknown)
    return Unknown;
  ddi_value V = {};
  V.kind = DDI_VALUE_MEMBER;
  V.name = Program.nameOf(Field);
  V.base = Base;
  uint32_t Address = add(V);
  return Field.getType()->isReferenceType() ? loadAt(Address) : Address;
}

uint32_t SketchValues::loadAt(uint32_t Address) {
  const ddi_value At = All[Address];
  if (At.kind == DDI_VALUE_UNKNOWN)
    return Unknown;
  ddi_value V = {};
  V.kind = DDI_VALUE_LOAD;
  V.base = Address;
  if (At.kind == DDI_VALUE_LOCAL && Tracked[size_t(At.number)]) {
    V.kind = DDI_VALUE_VARIABLE;
    V.base = 0;
    V.number = At.number;
  }
  return add(V);
}

static bool compareNumbers(ddi_compare How, int64_t A, int64_t B) {
  switch (How) {
  case DDI_EQ:
    return A == B;
  case DDI_NE:
    return A != B;
  case DDI_LT:
    return A < B;
  case DDI_GE:
    return A >= B;
  case DDI_GT:
    return A > B;
  case DDI_LE:
    return A <= B;
  }
  return false;
}

static ddi_compare mirrored(ddi_compare How) {
  switch (How) {
  case DDI_LT:
    return DDI_GT;
  case DDI_GE:
    return DDI_LE;
  case DDI_GT:
    return DDI_LT;
  case DDI_LE:
    return DDI_GE;
  default:
    return How;
  }
}

uint32_t SketchValues::compare(ddi_compare How, uint32_t Base, uint32_t Other) {
  if (Base == Unknown || Other == Unknown)
    return Unknown;
  if (isNumber(Base) && isNumber(Other))
    return number(compareNumbers(How, All[Base].number, All[Other].number));
  if (isNumber(Base)) {
    std::swap(Base, Other);
    How = mirrored(How);
  }
  const ddi_value Left = All[Base];
  bool IsZero = isNumber(Other) && All[Other].number == 0;
  // What is 1 or 0 already, against zero.
  if (Left.kind == DDI_VALUE_COMPARE && IsZero && How == DDI_NE)
    return Base;
  if (Left.kind == DDI_VALUE_COMPARE && IsZero && How == DDI_EQ)
    return compare(ddi_opposite(ddi_compare(Left.compare)), Left.base, Left.other);
  ddi_value V = {};
  V.kind = DDI_VALUE_COMPARE;
  V.compare = How;
  V.base = Base;
  V.other = Other;
  return add(V);
}

uint32_t SketchValues::bits(uint32_t Base, uint64_t Mask) {
  if (Base == Unknown)
    return Unknown;
  if (isNumber(Base))
    return number(int64_t(uint64_t(All[Base].number) & Mask));
  ddi_value V = {};
  V.kind = DDI_VALUE_AND;
  V.base = Base;
  V.other = number(int64_t(Mask));
  return add(V);
}

//===----------------------------------------------------------------------===//
// Addresses
//===----------------------------------------------------------------------===//

uint32_t SketchValues::objectOf(const CXXMemberCallExpr &Call) {
  const auto *Member = dyn_cast<MemberExpr>(Call.getCallee()->IgnoreParens());
  return Member ? of(Member->getBase()) : uint32_t(Unknown);
}

uint32_t SketchValues::element(const Expr *Base, const Expr *Index,
                               QualType Type) {
  uint32_t At = value(Base), Number = value(Index);
  if (At == Unknown || Number == Unknown)
    return Unknown;
  bool IsFirst = isNumber(Number) && All[Number].number == 0;
  if (IsFirst && !Type->isArrayType())
    return At;
  // Steps of another width than what is declared are no elements of it.
  QualType Declared = Base->IgnoreParenCasts()->getType();
  const ArrayType *Array = Context.getAsArrayType(Declared);
  QualType Element = Array ? Array->getElementType() : Declared->getPointeeType();
  if (Element.isNull() || !Context.hasSameUnqualifiedType(Element, Type) ||
      (!Array && All[At].kind == DDI_VALUE_ELEMENT))
    return Unknown;
  ddi_value V = {};
  V.kind = DDI_VALUE_ELEMENT;
  V.base = At;
  V.other = Number;
  return add(V);
}

uint32_t SketchValues::address(const Expr *E) {
  E = E->IgnoreParens();
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    return of(Cast->getSubExpr());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl()))
      return function(*FD);
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    return Var && isOwn(*Ref) ? addressOf(*Var) : uint32_t(Unknown);
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (const auto *Var = dyn_cast<VarDecl>(Member->getMemberDecl()))
      return addressOf(*Var);
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    return Field ? member(*Field, of(Member->getBase())) : uint32_t(Unknown);
  }
  if (const auto *Op = dyn_cast<UnaryOperator>(E)) {
    if (Op->getOpcode() == UO_Deref)
      return value(Op->getSubExpr());
    return Op->isPrefix() && Op->isIncrementDecrementOp()
               ? address(Op->getSubExpr())
               : uint32_t(Unknown);
  }
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return element(Subscript->getBase(), Subscript->getIdx(), E->getType());
  if (const auto *Op = dyn_cast<BinaryOperator>(E)) {
    if (Op->isAssignmentOp())
      return address(Op->getLHS());
    return Op->getOpcode() == BO_Comma ? of(Op->getRHS()) : uint32_t(Unknown);
  }
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return of(Full->getSubExpr());
  if (isa<CallExpr, ConditionalOperator, OpaqueValueExpr, CXXDefaultArgExpr>(E))
    return value(E);
  return Unknown;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

static int64_t bitsOf(const llvm::APSInt &Int) {
  return Int.isSigned() ? Int.extOrTrunc(64).getSExtValue()
                        : int64_t(Int.extOrTrunc(64).getZExtValue());
}

uint32_t SketchValues::constant(const Expr *E) {
  Expr::EvalResult Result;
  bool IsKnown = E->getType()->isIntegralOrEnumerationType() &&
                 !E->isValueDependent() && E->EvaluateAsInt(Result, Context);
  return IsKnown ? number(bitsOf(Result.Val.getInt())) : uint32_t(Unknown);
}

/// Reads memory as what it is not declared as: what was stored there by its name
/// says nothing.
static bool isPunned(const Expr *E, const ASTContext &Context) {
  const auto *Op = dyn_cast<UnaryOperator>(E);
  if (!Op || Op->getOpcode() != UO_Deref)
    return false;
  QualType Declared = Op->getSubExpr()->IgnoreParenCasts()->getType();
  const ArrayType *Array = Context.getAsArrayType(Declared);
  QualType Pointee = Array ? Array->getElementType() : Declared->getPointeeType();
  return !Pointee.isNull() && !Pointee->isVoidType() &&
         !Context.hasSameUnqualifiedType(Pointee, E->getType());
}

uint32_t SketchValues::load(const Expr *E) {
  E = E->IgnoreParens();
  if (!isScalar(E->getType()) || isPunned(E, Context))
    return Unknown;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Var || !isOwn(*Ref))
      return constant(E);
    if (Var->hasGlobalStorage() && Var->isUsableInConstantExpressions(Context))
      if (uint32_t Known = constant(E))
        return Known;
    if (Var->hasLocalStorage() && !Var->getType()->isReferenceType())
      return held(*Var);
  }
  return loadAt(address(E));
}

/// The number as a type of integers has it.
static int64_t asType(int64_t Number, QualType Type, const ASTContext &Context) {
  llvm::APSInt Int(llvm::APInt(64, uint64_t(Number)), /*isUnsigned=*/false);
  Int = Int.extOrTrunc(Context.getIntWidth(Type));
  Int.setIsSigned(Type->isSignedIntegerOrEnumerationType());
  return bitsOf(Int);
}

/// One of two numbers that are not negative.
bool SketchValues::isChoice(const Expr *E) {
  const auto *Op = dyn_cast<ConditionalOperator>(E->IgnoreParens());
  auto IsPlain = [&](const Expr *Part) {
    uint32_t Number = constant(Part);
    return isNumber(Number) && All[Number].number >= 0;
  };
  return Op && IsPlain(Op->getTrueExpr()) && IsPlain(Op->getFalseExpr());
}

/// A cast between integers, which mostly says nothing of small numbers.
uint32_t SketchValues::integral(const CastExpr &Cast) {
  const Expr *Sub = Cast.getSubExpr();
  uint32_t Value = value(Sub);
  QualType From = Sub->getType(), To = Cast.getType();
  if (isNumber(Value))
    return number(asType(All[Value].number, To, Context));
  bool IsSmall = All[Value].kind == DDI_VALUE_COMPARE || isChoice(Sub);
  bool ChangesSign =
      Context.getIntWidth(From) == Context.getIntWidth(To) &&
      From->isSignedIntegerOrEnumerationType() !=
          To->isSignedIntegerOrEnumerationType();
  return ChangesSign && !IsSmall ? uint32_t(Unknown) : Value;
}

uint32_t SketchValues::converted(const CastExpr &Cast) {
  const Expr *Sub = Cast.getSubExpr();
  switch (Cast.getCastKind()) {
  case CK_LValueToRValue:
    return load(Sub);
  case CK_NullToPointer:
    return number(0);
  case CK_IntegralToBoolean:
  case CK_PointerToBoolean:
    return compare(DDI_NE, value(Sub), number(0));
  case CK_IntegralCast:
  case CK_BooleanToSignedIntegral:
    return integral(Cast);
  case CK_NoOp:
  case CK_BitCast:
  case CK_ArrayToPointerDecay:
  case CK_FunctionToPointerDecay:
  case CK_BuiltinFnToFnPtr:
  case CK_IntegralToPointer:
  case CK_PointerToIntegral:
  case CK_DerivedToBase:
  case CK_UncheckedDerivedToBase:
  case CK_BaseToDerived:
  case CK_UserDefinedConversion:
  case CK_AddressSpaceConversion:
  case CK_AtomicToNonAtomic:
  case CK_NonAtomicToAtomic:
    return of(Sub);
  default:
    return Unknown;
  }
}

uint32_t SketchValues::unary(const UnaryOperator &Op) {
  switch (Op.getOpcode()) {
  case UO_AddrOf:
    return address(Op.getSubExpr());
  case UO_LNot:
    return compare(DDI_EQ, value(Op.getSubExpr()), number(0));
  case UO_Plus:
    return value(Op.getSubExpr());
  case UO_PreInc:
  case UO_PreDec:
    return load(Op.getSubExpr());
  case UO_Minus:
  case UO_Not:
    return constant(&Op);
  default:
    return Unknown;
  }
}

/// Without the casts between integers that keep all bits.
static const Expr *withoutSign(const Expr *E, const ASTContext &Context) {
  for (;;) {
    E = E->IgnoreParens();
    const auto *Cast = dyn_cast<CastExpr>(E);
    if (!Cast || Cast->getCastKind() != CK_IntegralCast ||
        Context.getIntWidth(Cast->getType()) !=
            Context.getIntWidth(Cast->getSubExpr()->getType()))
      return E;
    E = Cast->getSubExpr();
  }
}

ddi_compare compareOf(BinaryOperatorKind Kind) {
  switch (Kind) {
  case BO_NE:
    return DDI_NE;
  case BO_LT:
    return DDI_LT;
  case BO_GE:
    return DDI_GE;
  case BO_GT:
    return DDI_GT;
  case BO_LE:
    return DDI_LE;
  default:
    return DDI_EQ;
  }
}

uint32_t SketchValues::comparison(const BinaryOperator &Op) {
  if (Op.getOpcode() == BO_Cmp || !isScalar(Op.getLHS()->getType()))
    return Unknown;
  uint32_t Left = value(Op.getLHS()), Right = value(Op.getRHS());
  if (Op.isEqualityOp() && Op.getLHS()->getType()->isIntegerType()) {
    // Of equal width, equal bits are equal, whatever the sign; the number is
    // written as the other side is declared.
    const Expr *A = withoutSign(Op.getLHS(), Context);
    const Expr *B = withoutSign(Op.getRHS(), Context);
    bool IsLeftKnown = isNumber(Left), IsRightKnown = isNumber(Right);
    if (IsLeftKnown != IsRightKnown) {
      const Expr *Open = IsLeftKnown ? B : A;
      int64_t Number = All[IsLeftKnown ? Left : Right].number;
      return compare(compareOf(Op.getOpcode()), value(Open),
                     number(asType(Number, Open->getType(), Context)));
    }
  }
  return compare(compareOf(Op.getOpcode()), Left, Right);
}

static bool isAddress(const Expr *E) {
  return E->IgnoreParenCasts()->getType()->isPointerType() ||
         E->IgnoreParenCasts()->getType()->isArrayType();
}

/// The structure that has the member at the address, by CONTAINING_RECORD: so many
/// bytes before it, which no element of an array has for its number.
uint32_t SketchValues::around(const BinaryOperator &Op) {
  bool IsBytes = Op.getOpcode() == BO_Sub &&
                 Op.getType()->getPointeeType()->isCharType();
  uint32_t Offset = IsBytes ? constant(Op.getRHS()) : uint32_t(Unknown);
  bool IsKnown = isNumber(Offset) && All[Offset].number >= 0;
  uint32_t At = IsKnown ? value(Op.getLHS()) : uint32_t(Unknown);
  if (At == Unknown || All[Offset].number == 0)
    return At;
  ddi_value V = {};
  V.kind = DDI_VALUE_ELEMENT;
  V.base = At;
  V.other = number(-All[Offset].number);
  return add(V);
}

/// An element by pointer arithmetic, or an address with low bits set on it.
uint32_t SketchValues::sum(const BinaryOperator &Op) {
  if (uint32_t Number = constant(&Op))
    return Number;
  if (Op.getType()->isPointerType())
    return Op.getOpcode() == BO_Add && Op.getLHS()->getType()->isPointerType()
               ? element(Op.getLHS(), Op.getRHS(), Op.getType()->getPointeeType())
               : around(Op);
  uint32_t Bits = value(Op.getRHS());
  bool IsTag = Op.getOpcode() != BO_Sub && isNumber(Bits) && All[Bits].number > 0 && All[Bits].number < 4 &&
               Context.getIntWidth(Op.getType()) == 64 &&
               (isAddress(Op.getLHS()) || Op.getOpcode() == BO_Or);
  uint32_t Base = IsTag ? value(Op.getLHS()) : uint32_t(Unknown);
  if (Base == Unknown)
    return Unknown;
  ddi_value V = {};
  V.kind = DDI_VALUE_TAGGED;
  V.base = Base;
  V.number = All[Bits].number;
  return add(V);
}

/// What an assignment is worth, behind it.
uint32_t SketchValues::assigned(const BinaryOperator &Op) {
  uint32_t Value = value(Op.getRHS());
  bool IsKept = Op.getOpcode() == BO_Assign && isStable(Value, /*MayLoad=*/false);
  return IsKept ? Value : load(Op.getLHS());
}

uint32_t SketchValues::binary(const BinaryOperator &Op) {
  if (Op.isAssignmentOp())
    return assigned(Op);
  if (Op.isComparisonOp())
    return comparison(Op);
  switch (Op.getOpcode()) {
  case BO_Comma:
    return of(Op.getRHS());
  case BO_Or:
  case BO_Add:
  case BO_Sub:
    return sum(Op);
  case BO_And: {
    uint32_t Left = value(withoutSign(Op.getLHS(), Context));
    uint32_t Right = value(withoutSign(Op.getRHS(), Context));
    if (isNumber(Left))
      std::swap(Left, Right);
    return isNumber(Right) ? bits(Left, uint64_t(All[Right].number))
                           : uint32_t(Unknown);
  }
  case BO_LAnd:
  case BO_LOr: {
    auto It = Chosen.find(&Op);
    if (It == Chosen.end())
      return constant(&Op);
    ddi_value V = {};
    V.kind = DDI_VALUE_VARIABLE;
    V.number = It->second;
    return add(V);
  }
  default:
    return constant(&Op);
  }
}

uint32_t SketchValues::value(const Expr *E) {
  E = E->IgnoreParens();
  QualType Type = E->getType();
  bool IsValue = isScalar(Type) || Type->isFunctionType() ||
                 E->isGLValue() || Type->isSpecificBuiltinType(BuiltinType::BuiltinFn);
  if (!IsValue)
    return Unknown;
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    return E->isGLValue() ? address(E) : converted(*Cast);
  if (const auto *Op = dyn_cast<UnaryOperator>(E))
    return E->isGLValue() ? address(E) : unary(*Op);
  if (const auto *Op = dyn_cast<BinaryOperator>(E))
    return E->isGLValue() ? address(E) : binary(*Op);
  if (isa<CallExpr, CXXNewExpr>(E)) {
    auto It = Results.find(E);
    if (It == Results.end())
      return Unknown;
    ddi_value V = {};
    V.kind = DDI_VALUE_RESULT;
    V.number = It->second;
    return add(V);
  }
  switch (E->getStmtClass()) {
  case Stmt::IntegerLiteralClass:
  case Stmt::CharacterLiteralClass:
  case Stmt::CXXBoolLiteralExprClass:
  case Stmt::UnaryExprOrTypeTraitExprClass:
  case Stmt::OffsetOfExprClass:
    return constant(E);
  case Stmt::CXXNullPtrLiteralExprClass:
  case Stmt::GNUNullExprClass:
  case Stmt::ImplicitValueInitExprClass:
  case Stmt::CXXScalarValueInitExprClass:
    return number(0);
  case Stmt::CXXThisExprClass:
    return shift() && !cast<CXXMethodDecl>(Function).getParent()->isLambda()
               ? parameter(0)
               : uint32_t(Unknown);
  case Stmt::DeclRefExprClass:
    if (isa<FunctionDecl>(cast<DeclRefExpr>(E)->getDecl()) || E->isGLValue())
      return address(E);
    return constant(E);
  case Stmt::ConditionalOperatorClass: {
    auto It = Chosen.find(E);
    if (It == Chosen.end())
      return Unknown;
    ddi_value V = {};
    V.kind = DDI_VALUE_VARIABLE;
    V.number = It->second;
    return add(V);
  }
  case Stmt::ExprWithCleanupsClass:
  case Stmt::ConstantExprClass:
    return of(cast<FullExpr>(E)->getSubExpr());
  case Stmt::SubstNonTypeTemplateParmExprClass:
    return of(cast<SubstNonTypeTemplateParmExpr>(E)->getReplacement());
  case Stmt::CXXDefaultArgExprClass:
    return of(cast<CXXDefaultArgExpr>(E)->getExpr());
  case Stmt::CXXDefaultInitExprClass:
    return of(cast<CXXDefaultInitExpr>(E)->getExpr());
  case Stmt::OpaqueValueExprClass:
    if (const Expr *Source = cast<OpaqueValueExpr>(E)->getSourceExpr())
      return of(Source);
    return Unknown;
  case Stmt::InitListExprClass:
    if (cast<InitListExpr>(E)->getNumInits() == 1)
      return of(cast<InitListExpr>(E)->getInit(0));
    return Unknown;
  default:
    return E->isGLValue() ? address(E) : uint32_t(Unknown);
  }
}

} // namespace ddi
