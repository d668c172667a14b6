//===- Program.cpp - What is given: functions, calls, roles ---------------===//

#include "Program.h"
#include "Entries.h"
#include "Sal.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Mangle.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace ddi {

std::string Program::nameOf(const FunctionDecl &Decl) {
  const ASTContext &Context = Decl.getASTContext();
  std::string Name = Decl.getNameAsString();
  if (Context.getLangOpts().CPlusPlus && !Decl.isExternC() &&
      !Decl.isDependentContext())
    Name = ASTNameGenerator(const_cast<ASTContext &>(Context)).getName(&Decl);
  if (Decl.isExternallyVisible())
    return Name;
  const SourceManager &SM = Context.getSourceManager();
  auto Main = SM.getFileEntryRefForID(SM.getMainFileID());
  return Name + "@" + (Main ? Main->getName().str() : "");
}

std::string Program::signatureOf(QualType Type) {
  return Type.getCanonicalType().getUnqualifiedType().getAsString();
}

std::string Program::signatureOf(const CallExpr &Call) {
  QualType Type = Call.getCallee()->IgnoreParenImpCasts()->getType();
  QualType Pointee = Type->getPointeeType();
  return signatureOf(Pointee.isNull() ? Type : Pointee);
}

const ddi_routine *routineOf(const FunctionDecl *Function) {
  return Function && Function->getIdentifier()
             ? ddi_find_routine(Function->getName().str().c_str())
             : nullptr;
}

const ddi_published *publishedOf(const FunctionDecl *Function) {
  return Function && Function->getIdentifier()
             ? ddi_find_published(Function->getName().str().c_str())
             : nullptr;
}

bool isOfTheSystem(const FunctionDecl &Callee) {
  const SourceManager &SM = Callee.getASTContext().getSourceManager();
  return Callee.isImplicit() || Callee.getBuiltinID() ||
         SM.isInSystemHeader(Callee.getLocation());
}

bool isOfferedOnly(const FunctionDecl &Function) {
  const SourceManager &SM = Function.getASTContext().getSourceManager();
  return !Function.isUsed() && !Function.isReferenced() &&
         Function.isFirstDecl() && Function.getMostRecentDecl() == &Function &&
         SM.isInSystemHeader(Function.getLocation());
}

static bool absorb(ddi_reach &Into, const ddi_reach &From) {
  ddi_reach Before = Into;
  Into.ops |= From.ops;
  Into.kinds |= From.kinds;
  Into.levels |= From.levels;
  return Into.ops != Before.ops || Into.kinds != Before.kinds ||
         Into.levels != Before.levels;
}

static StringRef pointeeOf(const Expr *E) {
  QualType Type = E->IgnoreParenCasts()->getType();
  QualType Pointee = Type->getPointeeType();
  const auto *Record =
      Pointee.isNull() ? nullptr : Pointee->getAsRecordDecl();
  return Record ? Record->getName() : StringRef();
}

/// Reads one translation unit.
class ProgramReader : public RecursiveASTVisitor<ProgramReader> {
public:
  ProgramReader(Program &P, const Sal &Annotations)
      : P(P), Annotations(Annotations) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool TraverseDecl(Decl *D) {
    const auto *FD = dyn_cast_or_null<FunctionDecl>(D);
    if (!FD || !FD->doesThisDeclarationHaveABody() || FD->isDependentContext())
      return RecursiveASTVisitor::TraverseDecl(D);
    Function *Outer = Current;
    Current = &at(*FD);
    Current->IsDefined = true;
    Current->IsPaged |= isPaged(*FD);
    Current->SaysPaged |= Annotations.saysPagedCode(*FD);
    if (Current->IsPaged || Current->SaysPaged)
      Current->Reach.levels |= ddi_levels_outside(
          ddi_level_between(DDI_PASSIVE_LEVEL, DDI_APC_LEVEL));
    Current->Declared = readDeclaredEntry(Annotations.of(*FD));
    locate(*FD, *Current);
    bool GoesOn = RecursiveASTVisitor::TraverseDecl(D);
    Current = Outer;
    return GoesOn;
  }

  bool VisitFunctionDecl(FunctionDecl *FD) {
    if (FD->isDependentContext())
      return true;
    P.HasDriverEntry |= FD->doesThisDeclarationHaveABody() &&
                        FD->getDeclName().isIdentifier() &&
                        ddi_role_of_function(FD->getName().str().c_str());
    const auto *Method = dyn_cast<CXXMethodDecl>(FD);
    if (Method && (isa<CXXConstructorDecl, CXXDestructorDecl>(Method) ||
                   Method->isVirtual() || Method->getParent()->isLambda()))
      at(*FD).IsCalledUnnamed = true;
    return true;
  }

  bool VisitCallExpr(CallExpr *Call) {
    readCallee(*Call);
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Callee || !Callee->getDeclName().isIdentifier())
      return true;
    std::string Name = Callee->getNameAsString();
    for (unsigned I = 0; I < Call->getNumArgs(); ++I)
      readArgument(Name, I, Call->getArg(I));
    return true;
  }

  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl());
    if (!FD || Ref == CalleeRef || FD->isDependentContext())
      return true;
    Function &F = at(*FD);
    F.IsAddressTaken = true;
    F.Signature = Program::signatureOf(FD->getType());
    const ddi_routine *Row = routineOf(FD);
    if (Row && !FD->hasBody())
      F.Reach = ddi_routine_reach(Row, publishedOf(FD));
    return true;
  }

private:
  Program &P;
  const Sal &Annotations;
  Function *Current = nullptr;
  const DeclRefExpr *CalleeRef = nullptr;

  Function &at(const FunctionDecl &FD) {
    return P.Functions[Program::nameOf(FD)];
  }

  void readCallee(CallExpr &Call) {
    const Expr *Callee = Call.getCallee()->IgnoreParenImpCasts();
    CalleeRef = dyn_cast<DeclRefExpr>(Callee);
    const FunctionDecl *FD = Call.getDirectCallee();
    if (FD && FD->isDependentContext())
      return;
    if (FD && Current != &at(*FD)) {
      at(*FD).IsCalled = true;
      at(*FD).IsCalledHere |= FD->isDefined();
    }
    if (!Current)
      return;
    if (!FD) {
      Current->Signatures.insert(Program::signatureOf(Call));
      return;
    }
    const ddi_routine *Row = routineOf(FD);
    if (!Row) {
      Current->Callees.insert(Program::nameOf(*FD));
      absorb(Current->Reach, reachOf(Annotations.of(*FD)));
    }
    absorb(Current->Reach, ddi_routine_reach(Row, publishedOf(FD)));
  }

  /// By #pragma alloc_text, #pragma code_seg or an attribute. Code in other
  /// sections that begin with PAGE may be locked in memory while it runs.
  static bool isPaged(const FunctionDecl &FD) {
    const auto *Section = FD.getAttr<SectionAttr>();
    const auto *Segment = FD.getAttr<CodeSegAttr>();
    return (Section && Section->getName() == "PAGE") ||
           (Segment && Segment->getName() == "PAGE");
  }

  static ddi_reach reachOf(const Contract &Says) {
    ddi_reach Reach = {};
    for (const Clause &C : Says) {
      switch (C.Says) {
      case Clause::Raises:
        Reach.ops |= DDI_RAISE;
        break;
      case Clause::Restores:
        Reach.ops |= DDI_LOWER;
        break;
      case Clause::Acquires:
        Reach.ops |= DDI_ACQUIRE;
        break;
      case Clause::Releases:
        Reach.ops |= DDI_RELEASE;
        break;
      case Clause::RequiresHeld:
      case Clause::RequiresNotHeld:
        Reach.ops |= DDI_USE;
        break;
      case Clause::RequiresMax:
      case Clause::AlwaysMax:
        Reach.levels |=
            ddi_levels_outside(ddi_level_between(DDI_PASSIVE_LEVEL, C.Level));
        break;
      case Clause::RequiresMin:
      case Clause::AlwaysMin:
        Reach.levels |=
            ddi_levels_outside(ddi_level_between(C.Level, DDI_HIGH_LEVEL));
        break;
      default:
        break;
      }
    }
    return Reach;
  }

  static bool isCode(StringRef File) {
    StringRef Extension = llvm::sys::path::extension(File);
    return Extension.starts_with_insensitive(".c"); // .c, .cc, .cpp, .cxx
  }

  static void locate(const FunctionDecl &FD, Function &F) {
    const SourceManager &SM = FD.getASTContext().getSourceManager();
    if (SM.isInSystemHeader(FD.getLocation()))
      return;
    F.Spelling = FD.getQualifiedNameAsString();
    F.At = whereIs(FD.getLocation(), SM);
    F.IsInCode = SM.isInMainFile(SM.getExpansionLoc(FD.getLocation())) ||
                 isCode(F.At.File);
  }

  void readArgument(const std::string &Callee, unsigned Index,
                    const Expr *Argument) {
    for (const ddi_miniport *M = ddi_miniports; M->registrar; ++M)
      if (Callee == M->registrar && Index + 1 == unsigned(M->argument) &&
          pointeeOf(Argument) == M->pointee)
        (M->is_virtual ? P.IsVirtualMiniport : P.IsPhysicalMiniport) = true;
  }
};

Program Program::read(ASTContext &Context, const Sal &Annotations) {
  Program P;
  P.Units = 1;
  P.Registered = RoleFlow::read(Context, [&](const FunctionDecl &FD) {
    for (const Clause &C : Annotations.of(FD))
      if (C.Says == Clause::FunctionClass)
        return C.Text;
    return std::string();
  });
  ProgramReader(P, Annotations).TraverseDecl(Context.getTranslationUnitDecl());
  return P;
}

void Program::join(const Program &Other) {
  IsPhysicalMiniport |= Other.IsPhysicalMiniport;
  IsVirtualMiniport |= Other.IsVirtualMiniport;
  HasDriverEntry |= Other.HasDriverEntry;
  Units += Other.Units;
  Registered.join(Other.Registered);
  for (const auto &Entry : Other.Functions) {
    const Function &Theirs = Entry.second;
    Function &Ours = Functions[Entry.first()];
    Ours.IsDefined |= Theirs.IsDefined;
    Ours.IsCalled |= Theirs.IsCalled;
    Ours.IsCalledHere |= Theirs.IsCalledHere;
    if (Theirs.Declared.IsThere)
      Ours.Declared = Theirs.Declared;
    Ours.IsAddressTaken |= Theirs.IsAddressTaken;
    if (Ours.Signature.empty())
      Ours.Signature = Theirs.Signature;
    Ours.IsCalledUnnamed |= Theirs.IsCalledUnnamed;
    Ours.IsPaged |= Theirs.IsPaged;
    Ours.SaysPaged |= Theirs.SaysPaged;
    Ours.IsInCode |= Theirs.IsInCode;
    // Of several functions of one name, the same whatever comes first.
    bool IsBefore = !Theirs.At.File.empty() &&
                    std::tie(Theirs.At.File, Theirs.At.Line) <
                        std::tie(Ours.At.File, Ours.At.Line);
    if (Ours.At.File.empty() || IsBefore) {
      Ours.At = Theirs.At;
      Ours.Spelling = Theirs.Spelling;
    }
    Ours.Callees.insert(Theirs.Callees.begin(), Theirs.Callees.end());
    Ours.Signatures.insert(Theirs.Signatures.begin(), Theirs.Signatures.end());
    absorb(Ours.Reach, Theirs.Reach);
  }
}

std::vector<const Function *> Program::findAll(StringRef Signature) const {
  std::vector<const Function *> Found;
  for (const auto &Entry : Functions)
    if (Entry.second.IsAddressTaken && Entry.second.Signature == Signature)
      Found.push_back(&Entry.second);
  return Found;
}

void Program::link() {
  for (auto &Entry : Functions)
    if (Entry.second.IsAddressTaken)
      BySignature[Entry.second.Signature].push_back(&Entry.second);
  for (auto &Entry : Functions)
    Entry.second.Roles = Registered.rolesOf(Entry.first().str());
  Registered = RoleFlow();
  linkReach();
}

void Program::forEachFile(llvm::function_ref<void(std::string &)> Do) {
  for (auto &Entry : Functions)
    Do(Entry.second.At.File);
  Registered.forEachFile(Do);
}

void Program::linkReach() {
  for (bool HasChanged = true; HasChanged;) {
    HasChanged = false;
    for (auto &Entry : Functions) {
      Function &F = Entry.second;
      for (const std::string &Callee : F.Callees)
        if (const Function *Found = find(Callee))
          HasChanged |= absorb(F.Reach, Found->Reach);
      for (const std::string &Signature : F.Signatures)
        for (const Function *Found : BySignature[Signature])
          HasChanged |= absorb(F.Reach, Found->Reach);
    }
  }
}

const Function *Program::find(StringRef Name) const {
  auto It = Functions.find(Name);
  return It == Functions.end() ? nullptr : &It->second;
}

//===----------------------------------------------------------------------===//
// As JSON
//===----------------------------------------------------------------------===//

static llvm::json::Value toJSON(const DeclaredEntry &E) {
  if (!E.IsThere)
    return nullptr;
  return llvm::json::Object{{"effects", E.HasEffects},
                            {"serves", E.ServesCallers},
                            {"region", E.InCriticalRegion},
                            {"hold", E.MayHold},
                            {"cancel", E.HoldsCancelLock},
                            {"low", E.Low},
                            {"high", E.High},
                            {"text", E.Text}};
}

static void readDeclared(const llvm::json::Object &From, DeclaredEntry &Into) {
  Into.IsThere = true;
  Into.HasEffects = From.getBoolean("effects").value_or(false);
  Into.ServesCallers = From.getBoolean("serves").value_or(false);
  Into.InCriticalRegion = From.getBoolean("region").value_or(false);
  Into.MayHold = From.getBoolean("hold").value_or(false);
  Into.HoldsCancelLock = From.getBoolean("cancel").value_or(false);
  Into.Low = int(From.getInteger("low").value_or(0));
  Into.High = int(From.getInteger("high").value_or(0));
  Into.Text = From.getString("text").value_or("").str();
}

/// Null if the solver has not run.
llvm::json::Value Program::explore() const {
  if (!IsSolved)
    return nullptr;
  llvm::json::Array Names;
  for (const auto &Entry : ToExplore)
    Names.push_back(Entry.first());
  return Names;
}

llvm::json::Value Program::write() const {
  llvm::json::Object All;
  for (const auto &Entry : Functions) {
    const Function &F = Entry.second;
    llvm::json::Object Into{
        {"defined", F.IsDefined},
        {"called", F.IsCalled},
        {"called here", F.IsCalledHere},
        {"declared", toJSON(F.Declared)},
        {"taken", F.IsAddressTaken},
        {"signature", F.Signature},
        {"unnamed", F.IsCalledUnnamed},
        {"paged", F.IsPaged},
        {"says paged", F.SaysPaged},
        {"code", F.IsInCode},
        {"spelling", F.Spelling},
        {"at", F.At},
        {"roles", toJSON(F.Roles)},
        {"callees", llvm::json::Array(F.Callees)},
        {"signatures", llvm::json::Array(F.Signatures)},
        {"ops", F.Reach.ops},
        {"kinds", F.Reach.kinds},
        {"levels", F.Reach.levels}};
    if (F.Summary)
      Into["summary"] = *F.Summary;
    if (!F.Chain.empty())
      Into["chain"] = F.Chain;
    All[Entry.first()] = std::move(Into);
  }
  return llvm::json::Object{{"functions", std::move(All)},
                            {"physical", IsPhysicalMiniport},
                            {"virtual", IsVirtualMiniport},
                            {"entry", HasDriverEntry},
                            {"explore", explore()},
                            {"registered", toJSON(Registered)},
                            {"units", Units}};
}

static void readNames(const llvm::json::Object &From, StringRef Key,
                      std::set<std::string> &Into) {
  if (const llvm::json::Array *Names = From.getArray(Key))
    for (const llvm::json::Value &Name : *Names)
      Into.insert(Name.getAsString().value_or("").str());
}

llvm::Expected<Program> Program::parse(StringRef Text) {
  llvm::Expected<llvm::json::Value> Value = llvm::json::parse(Text);
  if (!Value)
    return Value.takeError();
  const llvm::json::Object *Root = Value->getAsObject();
  const llvm::json::Object *All = Root ? Root->getObject("functions") : nullptr;
  if (!All)
    return llvm::createStringError("not an index of ddi-check");
  Program P;
  P.IsPhysicalMiniport = Root->getBoolean("physical").value_or(false);
  P.IsVirtualMiniport = Root->getBoolean("virtual").value_or(false);
  P.HasDriverEntry = Root->getBoolean("entry").value_or(false);
  P.Units = Root->getInteger("units").value_or(0);
  if (const llvm::json::Array *Names = Root->getArray("explore")) {
    P.IsSolved = true;
    for (const llvm::json::Value &Name : *Names)
      P.ToExplore.insert(Name.getAsString().value_or(""));
  }
  llvm::json::Path::Root Start;
  if (const llvm::json::Value *Registered = Root->get("registered"))
    fromJSON(*Registered, P.Registered, Start);
  for (const auto &Entry : *All) {
    const llvm::json::Object *From = Entry.second.getAsObject();
    if (!From)
      continue;
    Function &F = P.Functions[StringRef(Entry.first)];
    F.IsDefined = From->getBoolean("defined").value_or(false);
    F.IsCalled = From->getBoolean("called").value_or(false);
    F.IsCalledHere = From->getBoolean("called here").value_or(false);
    if (const llvm::json::Object *Declared = From->getObject("declared"))
      readDeclared(*Declared, F.Declared);
    F.IsAddressTaken = From->getBoolean("taken").value_or(false);
    F.Signature = From->getString("signature").value_or("").str();
    F.IsCalledUnnamed = From->getBoolean("unnamed").value_or(false);
    F.IsPaged = From->getBoolean("paged").value_or(false);
    F.SaysPaged = From->getBoolean("says paged").value_or(false);
    F.IsInCode = From->getBoolean("code").value_or(false);
    F.Spelling = From->getString("spelling").value_or("").str();
    llvm::json::Path::Root At;
    if (const llvm::json::Value *Where = From->get("at"))
      fromJSON(*Where, F.At, At);
    if (const llvm::json::Value *Roles = From->get("roles"))
      fromJSON(*Roles, F.Roles, At);
    readNames(*From, "callees", F.Callees);
    readNames(*From, "signatures", F.Signatures);
    F.Reach.ops = uint32_t(From->getInteger("ops").value_or(0));
    F.Reach.kinds = uint32_t(From->getInteger("kinds").value_or(0));
    F.Reach.levels = uint32_t(From->getInteger("levels").value_or(0));
    Summary Known;
    if (const llvm::json::Value *Of = From->get("summary"))
      if (fromJSON(*Of, Known, At))
        F.Summary = std::move(Known);
    if (const llvm::json::Value *Chain = From->get("chain"))
      fromJSON(*Chain, F.Chain, At);
  }
  return P;
}

} // namespace ddi
