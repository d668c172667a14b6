//===- Roles.cpp - Which functions the system enters, and as what ----------===//

#include "Roles.h"
#include "Archive.h"
#include "Program.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"
#include <tuple>

using namespace clang;

namespace ddi {

bool Reason::operator<(const Reason &Other) const {
  auto Key = [](const Reason &R) {
    return std::tie(R.Says, R.At.File, R.At.Line, R.What);
  };
  return Key(*this) < Key(Other);
}

void addRole(Roles &Into, const std::string &Role, const Reason &Why) {
  auto [It, IsNew] = Into.try_emplace(Role, Why);
  if (!IsNew && Why < It->second)
    It->second = Why;
}

Where whereIs(SourceLocation Loc, const SourceManager &SM) {
  PresumedLoc At = SM.getPresumedLoc(SM.getExpansionLoc(Loc));
  return At.isValid() ? Where{At.getFilename(), int64_t(At.getLine())}
                      : Where();
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

static bool isRole(const std::string &Name) {
  ddi_role Role;
  return ddi_find_role(Name.c_str(), &Role);
}

/// The role whose typedef the type is written with, be it that of the function or
/// of a pointer to it. Both may be published: the function's says more.
static std::string roleOf(QualType Type, const ASTContext &Context) {
  std::string Best;
  while (!Type.isNull()) {
    if (const auto *Typedef = dyn_cast<TypedefType>(Type.getTypePtr())) {
      std::string Name = Typedef->getDecl()->getNameAsString();
      bool IsFunction = Type->isFunctionType();
      if ((IsFunction || Best.empty()) && isRole(Name)) {
        Best = Name;
        if (IsFunction)
          return Best;
      }
    }
    QualType Next = Type.getSingleStepDesugaredType(Context);
    if (Next != Type)
      Type = Next;
    else if (const clang::Type *Element = Type->getArrayElementTypeNoTypeQual())
      Type = QualType(Element, 0);
    else
      Type = Type->getPointeeType();
  }
  return Best;
}

/// How many pointers and arrays lead to a function; zero: it is not of a function.
static unsigned depthOfFunction(QualType Type) {
  Type = Type.getCanonicalType();
  for (unsigned Depth = 1; !Type.isNull(); ++Depth) {
    if (Type->isFunctionType())
      return Depth;
    if (const clang::Type *Element = Type->getArrayElementTypeNoTypeQual())
      Type = QualType(Element, 0);
    else
      Type = Type->getPointeeType();
  }
  return 0;
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

static std::string keyOf(const FunctionDecl &Function) {
  return Program::nameOf(Function);
}

static std::string keyOfResult(const FunctionDecl &Function) {
  return keyOf(Function) + "#result";
}

/// By where it is declared, for what has no name that all units share.
static std::string keyOfPlace(const ValueDecl &D) {
  const SourceManager &SM = D.getASTContext().getSourceManager();
  PresumedLoc At = SM.getPresumedLoc(SM.getExpansionLoc(D.getLocation()));
  if (!At.isValid())
    return D.getNameAsString() + "@";
  return (D.getNameAsString() + "@" + llvm::sys::path::filename(At.getFilename()) +
          ":" + Twine(At.getLine()) + ":" + Twine(At.getColumn()))
      .str();
}

static std::string keyOf(const ValueDecl &D) {
  if (const auto *Function = dyn_cast<FunctionDecl>(&D))
    return Function->isDependentContext() ? "" : keyOf(*Function);
  if (const auto *Parm = dyn_cast<ParmVarDecl>(&D)) {
    const auto *Of = dyn_cast<FunctionDecl>(Parm->getDeclContext());
    return Of && !Of->isDependentContext()
               ? keyOf(*Of) + "#" + std::to_string(Parm->getFunctionScopeIndex())
               : "";
  }
  if (const auto *Var = dyn_cast<VarDecl>(&D))
    return Var->isExternallyVisible() ? "&" + Var->getQualifiedNameAsString()
                                      : "&" + keyOfPlace(*Var);
  return isa<FieldDecl>(D) ? "." + keyOfPlace(D) : "";
}

/// In place of a place: it is called from there; anybody may get it there.
static const char CalledThere[] = "()", OutOfSight[] = "?";

/// Reads one translation unit.
class RoleReader : public RecursiveASTVisitor<RoleReader> {
public:
  RoleReader(RoleFlow &Flow, ASTContext &Context, ClassLookup ClassOf)
      : Flow(Flow), Context(Context), ClassOf(ClassOf) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool TraverseDecl(Decl *D) {
    auto *FD = dyn_cast_or_null<FunctionDecl>(D);
    if (FD && !Context.getLangOpts().CPlusPlus &&
        !FD->doesThisDeclarationHaveABody())
      return VisitFunctionDecl(FD); // there is nothing in it
    if (!FD || !FD->doesThisDeclarationHaveABody())
      return RecursiveASTVisitor::TraverseDecl(D);
    if (FD->isDependentContext())
      return true;
    const FunctionDecl *Outer = Current;
    Current = FD;
    bool GoesOn = RecursiveASTVisitor::TraverseDecl(D);
    Current = Outer;
    return GoesOn;
  }

  bool VisitFunctionDecl(FunctionDecl *FD) {
    if (FD->isDependentContext())
      return true;
    auto Declare = [&](const std::string &Role, const char *What) {
      addRole(Flow.Slots[keyOf(*FD)].Here, Role,
              {What + Role, at(FD->getLocation()), Reason::Declared});
    };
    const TypeSourceInfo *Info = FD->getTypeSourceInfo();
    std::string Role = Info ? roleOf(Info->getType(), Context) : "";
    if (!Role.empty())
      Declare(Role, "declared as ");
    std::string Class = mayHaveClass(*FD) ? ClassOf(*FD) : "";
    if (!Class.empty() && isRole(Class) && !isDeclaredByRole(*FD))
      Declare(Class, "annotated as ");
    if (const char *Named = FD->getDeclName().isIdentifier()
                                ? ddi_role_of_function(
                                      FD->getName().str().c_str())
                                : nullptr)
      Declare(Named, "its name is that of a ");
    return true;
  }

  bool VisitVarDecl(VarDecl *Var) {
    if (!isa<ParmVarDecl>(Var) && Var->getInit())
      flow(storeTo(*Var), Var->getInit());
    return true;
  }

  bool VisitBinaryOperator(BinaryOperator *Op) {
    if (Op->getOpcode() == BO_Assign)
      flow(targetOf(Op->getLHS()), Op->getRHS());
    return true;
  }

  bool VisitInitListExpr(InitListExpr *List) {
    if (!List->isSemanticForm())
      List = List->getSemanticForm(); // in the order of the members
    const RecordDecl *Record =
        List ? List->getType()->getAsRecordDecl() : nullptr;
    if (!Record || hasBases(*Record))
      return true;
    if (Record->isUnion()) {
      if (const FieldDecl *Field = List->getInitializedFieldInUnion())
        if (List->getNumInits())
          flow(storeTo(*Field), List->getInit(0));
      return true;
    }
    unsigned Index = 0;
    for (const FieldDecl *Field : Record->fields()) {
      if (Index == List->getNumInits())
        break;
      if (!Field->isUnnamedBitField())
        flow(storeTo(*Field), List->getInit(Index++));
    }
    return true;
  }

  bool VisitCXXConstructorDecl(CXXConstructorDecl *Constructor) {
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (Init->getAnyMember() && Init->getInit())
        flow(storeTo(*Init->getAnyMember()), Init->getInit());
    return true;
  }

  bool VisitCallExpr(CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (Callee && Callee->isDependentContext())
      return true;
    if (isa<CXXOperatorCallExpr>(Call))
      return true;
    for (unsigned I = 0; I < Call->getNumArgs(); ++I)
      flow(parameter(*Call, Callee, I), Call->getArg(I));
    if (Callee && !Callee->hasBody())
      readExchange(*Call);
    if (!Callee)
      readCallFrom(*Call->getCallee());
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *Call) {
    const CXXConstructorDecl *Callee = Call->getConstructor();
    for (unsigned I = 0; I < Call->getNumArgs() && I < Callee->getNumParams();
         ++I)
      flow({keyOf(*Callee->getParamDecl(I)),
            Callee->getParamDecl(I)->getOriginalType(), "",
            "given to '" + Callee->getNameAsString() + "'"},
           Call->getArg(I));
    return true;
  }

  bool VisitReturnStmt(ReturnStmt *Return) {
    if (Current && Return->getRetValue())
      flow({keyOfResult(*Current), Current->getReturnType(), "",
            "returned by '" + Current->getNameAsString() + "'"},
           Return->getRetValue());
    return true;
  }

  bool VisitExplicitCastExpr(ExplicitCastExpr *Cast) {
    QualType Type = Cast->getTypeAsWritten();
    if (!Type->isDependentType())
      flow({"", Type, "", "cast to '" + Type.getAsString() + "'",
            Reason::Cast},
           Cast->getSubExpr());
    return true;
  }

private:
  RoleFlow &Flow;
  ASTContext &Context;
  ClassLookup ClassOf;
  const FunctionDecl *Current = nullptr;

  /// Where something is put.
  struct Target {
    std::string Key;    // empty: nobody takes it from there
    QualType Type;
    const char *Role;   // that a table gives it, or empty
    std::string What;   // happens: "argument 2 of 'f'"
    Reason::Kind Says = Reason::Registered;
    bool IsOutOfSight = false; // who takes it from there
  };

  Where at(SourceLocation Loc) const {
    return whereIs(Loc, Context.getSourceManager());
  }

  bool mayHaveClass(const FunctionDecl &FD) const {
    return ClassOf && !isOfferedOnly(FD);
  }

  bool isDeclaredByRole(const FunctionDecl &FD) const {
    return llvm::any_of(FD.redecls(), [&](const FunctionDecl *D) {
      const TypeSourceInfo *Written = D->getTypeSourceInfo();
      return Written && !roleOf(Written->getType(), Context).empty();
    });
  }

  static bool hasBases(const RecordDecl &Record) {
    const auto *Class = dyn_cast<CXXRecordDecl>(&Record);
    return Class && Class->getNumBases();
  }

  /// The members of a driver's own structs only have names that look alike.
  static bool isOfTheSystem(const ValueDecl &D) {
    return isa<FieldDecl>(D) &&
           D.getASTContext().getSourceManager().isInSystemHeader(
               D.getLocation());
  }

  static Target storeTo(const ValueDecl &D) {
    const char *Role = isOfTheSystem(D)
                           ? ddi_role_of_field(D.getNameAsString().c_str())
                           : nullptr;
    return {keyOf(D), D.getType(), Role ? Role : "",
            "stored to '" + D.getNameAsString() + "'", Reason::Registered,
            isOfTheSystem(D)};
  }

  /// The left side of an assignment, or what an address is that of.
  static Target targetOf(const Expr *E) {
    if (const ValueDecl *D = placeIn(E)) {
      Target To = storeTo(*D);
      if (roleOf(To.Type, D->getASTContext()).empty())
        To.Type = E->getType();
      return To;
    }
    return {"", E->getType(), "", "stored", Reason::Registered, true};
  }

  static Target parameter(const CallExpr &Call, const FunctionDecl *Callee,
                          unsigned Index) {
    std::string What = "argument " + std::to_string(Index + 1) + " of ";
    if (!Callee) {
      QualType Pointee =
          Call.getCallee()->IgnoreParenImpCasts()->getType()->getPointeeType();
      const auto *Proto =
          Pointee.isNull() ? nullptr : Pointee->getAs<FunctionProtoType>();
      bool HasType = Proto && Index < Proto->getNumParams();
      return {"", HasType ? Proto->getParamType(Index) : QualType(), "",
              What + "a call", Reason::Registered, true};
    }
    What += "'" + Callee->getNameAsString() + "'";
    const char *Role =
        Callee->getDeclName().isIdentifier()
            ? ddi_role_of_argument(Callee->getName().str().c_str(), Index + 1)
            : nullptr;
    if (Index >= Callee->getNumParams())
      return {"", QualType(), Role ? Role : "", What, Reason::Registered, true};
    const ParmVarDecl *Parm = Callee->getParamDecl(Index);
    return {keyOf(*Callee) + "#" + std::to_string(Index),
            Parm->getOriginalType(), Role ? Role : "", What};
  }

  /// The variable or member that an expression reads, writes or points into.
  static const ValueDecl *placeIn(const Expr *E) {
    for (;;) {
      E = E->IgnoreParenCasts();
      if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
        if (Unary->getOpcode() != UO_AddrOf && Unary->getOpcode() != UO_Deref &&
            Unary->getOpcode() != UO_Plus)
          return nullptr;
        E = Unary->getSubExpr();
      } else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
        E = Element->getBase();
      } else if (const auto *Member = dyn_cast<MemberExpr>(E)) {
        return Member->getMemberDecl();
      } else if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
        return Ref->getDecl();
      } else {
        return nullptr;
      }
    }
  }

  /// Where the value may come from: the slots.
  void sourcesOf(const Expr *E, std::set<std::string> &Into) {
    E = E->IgnoreParenCasts()->IgnoreImplicit()->IgnoreParenCasts();
    if (const ValueDecl *D = placeIn(E)) {
      std::string Key = keyOf(*D);
      if (!Key.empty())
        Into.insert(Key);
    } else if (const auto *Either = dyn_cast<AbstractConditionalOperator>(E)) {
      sourcesOf(Either->getTrueExpr(), Into);
      sourcesOf(Either->getFalseExpr(), Into);
    } else if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(E)) {
      if (Opaque->getSourceExpr())
        sourcesOf(Opaque->getSourceExpr(), Into);
    } else if (const auto *Op = dyn_cast<BinaryOperator>(E)) {
      if (Op->getOpcode() == BO_Comma || Op->getOpcode() == BO_Assign)
        sourcesOf(Op->getRHS(), Into);
      else if (Op->isAdditiveOp() && Op->getType()->isPointerType())
        sourcesOf(Op->getLHS()->getType()->isIntegerType() ? Op->getRHS()
                                                           : Op->getLHS(),
                  Into);
    } else if (const auto *List = dyn_cast<InitListExpr>(E)) {
      if (!List->getType()->isRecordType()) // those are visited themselves
        for (const Expr *Init : List->inits())
          sourcesOf(Init, Into);
    } else if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(E)) {
      sourcesOf(Literal->getInitializer(), Into);
    } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      if (Callee && !Callee->isDependentContext())
        Into.insert(keyOfResult(*Callee));
    }
  }

  void flow(const Target &To, const Expr *E) {
    bool ToFunction = !To.Type.isNull() && depthOfFunction(To.Type);
    unsigned Depth = depthOfFunction(
        E->IgnoreParenCasts()->IgnoreImplicit()->IgnoreParenCasts()->getType());
    if (!ToFunction && !Depth && !*To.Role)
      return;
    // A routine may enter what has one type in several ways: then a row says so.
    std::string Role = To.Role;
    std::string Told = To.Type.isNull() ? "" : roleOf(To.Type, Context);
    if (!Told.empty() && (Role.empty() || To.Key[0] == '.'))
      Role = Told;
    std::set<std::string> Sources;
    sourcesOf(E, Sources);
    for (const std::string &From : Sources) {
      if (!Role.empty()) {
        addRole(Flow.Slots[From].Here, Role, {To.What, at(E->getBeginLoc()), To.Says});
        continue;
      }
      if (To.IsOutOfSight)
        Flow.Slots[From].To.insert(OutOfSight);
      if (To.Key.empty() || To.Key == From)
        continue;
      Flow.Slots[From].To.insert(To.Key);
      // What gets the address of a place may store there.
      if (Depth > 2)
        Flow.Slots[To.Key].To.insert(From);
    }
  }

  void readCallFrom(const Expr &Callee) {
    std::set<std::string> Places;
    sourcesOf(&Callee, Places);
    for (const std::string &Place : Places)
      Flow.Slots[Place].To.insert(CalledThere);
  }

  /// A routine out of sight that is given both the address of a place and a
  /// function stores it there, as an interlocked exchange does.
  void readExchange(const CallExpr &Call) {
    for (const Expr *Address : Call.arguments()) {
      const auto *Of = dyn_cast<UnaryOperator>(Address->IgnoreParenCasts());
      if (!Of || Of->getOpcode() != UO_AddrOf)
        continue;
      Target To = targetOf(Of->getSubExpr());
      if (!depthOfFunction(Of->getSubExpr()->getType()))
        continue;
      for (const Expr *Value : Call.arguments())
        if (Value != Address)
          flow(To, Value);
    }
  }
};

RoleFlow RoleFlow::read(ASTContext &Context, ClassLookup ClassOf) {
  RoleFlow Flow;
  RoleReader Reader(Flow, Context, ClassOf);
  TranslationUnitDecl *Unit = Context.getTranslationUnitDecl();
  Reader.TraverseDecl(Unit);
  // The scope may be only what holds code; here what is declared counts, too.
  if (!Context.getLangOpts().CPlusPlus)
    for (Decl *D : Unit->decls())
      if (auto *Function = dyn_cast<FunctionDecl>(D))
        if (!Function->isImplicit() && !isOfferedOnly(*Function))
          Reader.VisitFunctionDecl(Function);
  return Flow;
}

//===----------------------------------------------------------------------===//
// Joined, and asked
//===----------------------------------------------------------------------===//

void RoleFlow::join(const RoleFlow &Other) {
  for (const auto &[Key, Theirs] : Other.Slots) {
    Slot &Ours = Slots[Key];
    Ours.To.insert(Theirs.To.begin(), Theirs.To.end());
    for (const auto &[Role, Why] : Theirs.Here)
      addRole(Ours.Here, Role, Why);
  }
}

std::set<std::string> RoleFlow::placesOf(const std::string &Function) const {
  std::set<std::string> Seen;
  std::vector<std::string> Work{Function};
  while (!Work.empty()) {
    std::string Key = Work.back();
    Work.pop_back();
    if (!Seen.insert(Key).second)
      continue;
    if (auto It = Slots.find(Key); It != Slots.end())
      Work.insert(Work.end(), It->second.To.begin(), It->second.To.end());
  }
  return Seen;
}

Roles RoleFlow::rolesOf(const std::string &Function) const {
  Roles All;
  for (const std::string &Place : placesOf(Function))
    if (auto It = Slots.find(Place); It != Slots.end())
      for (const auto &[Role, Why] : It->second.Here)
        addRole(All, Role, Why);
  return All;
}

bool RoleFlow::staysInside(
    const std::string &Function,
    llvm::function_ref<bool(llvm::StringRef)> IsGiven) const {
  bool IsCalledFromAny = false;
  for (const std::string &Place : placesOf(Function)) {
    auto [Of, Parameter] = llvm::StringRef(Place).split('#');
    if (Place == OutOfSight || (!Parameter.empty() && !IsGiven(Of)))
      return false;
    IsCalledFromAny |= Place == CalledThere;
  }
  return IsCalledFromAny;
}

void RoleFlow::forEachFile(llvm::function_ref<void(std::string &)> Do) {
  for (auto &Entry : Slots)
    for (auto &Role : Entry.second.Here)
      Do(Role.second.At.File);
}

//===----------------------------------------------------------------------===//
// As others read it
//===----------------------------------------------------------------------===//

llvm::json::Value toJSON(const Where &At) {
  return llvm::json::Object{{"file", At.File}, {"line", At.Line}};
}

void members(Archive &A, Where &At) { A(At.File, At.Line); }

void members(Archive &A, Reason &Why) {
  int Says = Why.Says;
  A(Why.What, Why.At, Says);
  Why.Says = Reason::Kind(Says);
}

void members(Archive &A, RoleFlow::Slot &S) { A(S.To, S.Here); }

void members(Archive &A, RoleFlow &Flow) { A(Flow.Slots); }

} // namespace ddi
