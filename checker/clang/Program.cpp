//===- Program.cpp - What is given: functions, calls, roles ---------------===//

#include "Program.h"
#include "Archive.h"
#include "Entries.h"
#include "Sal.h"
#include "Wrappers.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Mangle.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace ddi {

/// That defines it: what a header defines is one function in all units.
static std::string fileOf(const FunctionDecl &Decl) {
  const SourceManager &SM = Decl.getASTContext().getSourceManager();
  auto Main = SM.getFileEntryRefForID(SM.getMainFileID());
  const FunctionDecl *Definition = nullptr;
  if (!Decl.isDefined(Definition) ||
      SM.isInMainFile(SM.getExpansionLoc(Definition->getLocation())))
    return Main ? Main->getName().str() : "";
  auto Header = SM.getFileEntryRefForID(
      SM.getFileID(SM.getExpansionLoc(Definition->getLocation())));
  return Header ? Header->getFileEntry().tryGetRealPathName().str() : "";
}

/// Where the lambdas stand that the name tells of: apart from that they all have
/// the same one.
static std::string lambdasOf(const FunctionDecl &Decl) {
  const SourceManager &SM = Decl.getASTContext().getSourceManager();
  std::string Places;
  auto Add = [&](const CXXRecordDecl *Record) {
    if (!Record || !Record->isLambda())
      return;
    SourceLocation Place = Record->getLocation();
    Places += "@" + std::to_string(SM.getDecomposedExpansionLoc(Place).second) +
              "." + std::to_string(SM.getDecomposedSpellingLoc(Place).second);
  };
  auto AddAll = [&](ArrayRef<TemplateArgument> Arguments) {
    for (const TemplateArgument &Argument : Arguments)
      if (Argument.getKind() == TemplateArgument::Type)
        Add(Argument.getAsType()->getAsCXXRecordDecl());
  };
  for (const DeclContext *In = &Decl; In; In = In->getParent()) {
    Add(dyn_cast<CXXRecordDecl>(In));
    if (const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(In))
      AddAll(Class->getTemplateArgs().asArray());
    const auto *Function = dyn_cast<FunctionDecl>(In);
    if (Function && Function->getTemplateSpecializationArgs())
      AddAll(Function->getTemplateSpecializationArgs()->asArray());
  }
  return Places;
}

std::string Program::nameOf(const FunctionDecl &Decl) {
  const ASTContext &Context = Decl.getASTContext();
  std::string Name = Decl.getNameAsString();
  if (Context.getLangOpts().CPlusPlus && !Decl.isExternC() &&
      !Decl.isDependentContext())
    Name = ASTNameGenerator(const_cast<ASTContext &>(Context)).getName(&Decl);
  if (Decl.isExternallyVisible())
    return Name;
  return Name + lambdasOf(Decl) + "@" + fileOf(Decl);
}

std::string Program::signatureOf(QualType Type) {
  return Type.getCanonicalType().getUnqualifiedType().getAsString();
}

std::string Program::signatureOf(const CallExpr &Call) {
  QualType Type = Call.getCallee()->IgnoreParenImpCasts()->getType();
  QualType Pointee = Type->getPointeeType();
  return signatureOf(Pointee.isNull() ? Type : Pointee);
}

/// By which the tables may know it; empty: by none.
static std::string nameInTables(const FunctionDecl *Function) {
  if (!Function || !Function->getIdentifier())
    return "";
  std::string Name = Function->getName().str();
  if (const ddi_wrapper *Wrapper = wrapperOf(Function))
    return Wrapper->name;
  return ddi_find_wrapper(Name.c_str()) ? "" : Name;
}

const ddi_routine *routineOf(const FunctionDecl *Function) {
  return ddi_find_routine(nameInTables(Function).c_str());
}

const ddi_published *publishedOf(const FunctionDecl *Function) {
  return ddi_find_published(nameInTables(Function).c_str());
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

  /// Its body is a function of its own; what it reaches, who makes it does.
  bool TraverseLambdaExpr(LambdaExpr *Lambda, DataRecursionQueue * = nullptr) {
    CXXMethodDecl *Operator = Lambda->getCallOperator();
    FunctionTemplateDecl *Generic = Operator->getDescribedFunctionTemplate();
    if (Current && !Operator->isDependentContext())
      Current->Callees.insert(Program::nameOf(*Operator));
    for (Expr *Init : Lambda->capture_inits())
      if (!TraverseStmt(Init))
        return false;
    return TraverseDecl(Generic ? static_cast<Decl *>(Generic) : Operator);
  }

  bool VisitFunctionDecl(FunctionDecl *FD) {
    if (FD->isDependentContext())
      return true;
    P.HasDriverEntry |= FD->doesThisDeclarationHaveABody() &&
                        FD->getDeclName().isIdentifier() &&
                        ddi_role_of_function(FD->getName().str().c_str());
    if (wrapperOf(FD)) // whose callers it is there for
      at(*FD).IsWrapper = at(*FD).IsCalled = true;
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

  // What these call is looked up, too, where it is defined in another file.
  bool VisitCXXNewExpr(CXXNewExpr *New) { return mention(New->getOperatorNew()); }
  bool VisitCXXDeleteExpr(CXXDeleteExpr *Delete) {
    return mention(Delete->getOperatorDelete());
  }

  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl());
    if (!FD || Ref == CalleeRef || FD->isDependentContext())
      return true;
    Function &F = at(*FD);
    F.IsAddressTaken = true;
    F.Signature = Program::signatureOf(FD->getType());
    const ddi_routine *Row = routineOf(FD);
    if (Row && (!FD->hasBody() || wrapperOf(FD)))
      absorb(F.Reach, ddi_routine_reach(Row, publishedOf(FD)));
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

  bool mention(const FunctionDecl *FD) {
    if (FD && !FD->isDependentContext())
      at(*FD);
    return true;
  }

  void readCallee(CallExpr &Call) {
    const Expr *Callee = Call.getCallee()->IgnoreParenImpCasts();
    CalleeRef = dyn_cast<DeclRefExpr>(Callee);
    const FunctionDecl *FD = Call.getDirectCallee();
    if (FD && FD->isDependentContext())
      return;
    if (FD && Current != &at(*FD)) {
      at(*FD).IsCalled = true;
      at(*FD).IsCalledHere |= FD->isDefined() && !wrapperOf(FD);
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
    bool IsInMainFile = SM.isInMainFile(SM.getExpansionLoc(FD.getLocation()));
    F.IsInCode = IsInMainFile || isCode(F.At.File);
    if (!IsInMainFile)
      return;
    F.First = SM.getExpansionLineNumber(FD.getOuterLocStart());
    F.Last = SM.getExpansionLineNumber(FD.getEndLoc());
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
    Ours.IsWrapper |= Theirs.IsWrapper;
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

void Program::link() {
  auto IsGiven = [&](StringRef Name) {
    const Function *F = find(Name);
    return F && F->IsDefined;
  };
  for (auto &Entry : Functions) {
    Entry.second.Roles = Registered.rolesOf(Entry.first().str());
    Entry.second.StaysInside = Entry.second.IsAddressTaken &&
                               Registered.staysInside(Entry.first().str(), IsGiven);
  }
  Registered = RoleFlow();
  linkReach();
}

bool Program::giveRole(StringRef Name, const std::string &Role) {
  bool IsThere = false;
  for (auto &Entry : Functions) {
    Function &F = Entry.second;
    if (!F.IsDefined || (F.Spelling != Name && Entry.first() != Name))
      continue;
    addRole(F.Roles, Role, {"given by --role", F.At, Reason::Registered});
    IsThere = true;
  }
  return IsThere;
}

void Program::forEachFile(llvm::function_ref<void(std::string &)> Do) {
  for (auto &Entry : Functions)
    Do(Entry.second.At.File);
  Registered.forEachFile(Do);
}

void Program::forEachSpot(llvm::function_ref<void(const Spot &)> Do) const {
  auto EachOf = [&](const std::vector<Hop> &Calls) {
    for (const Hop &Call : Calls)
      Do(Call.At);
  };
  for (const KnownOrder &Each : Orders)
    Do(Each.At);
  for (const auto &Entry : Functions) {
    EachOf(Entry.second.Chain);
    if (!Entry.second.Summary)
      continue;
    for (const Summary::Trail &T : Entry.second.Summary->Trails) {
      EachOf(T.Calls);
      Do(T.At);
    }
  }
}

void Program::linkReach() {
  struct Pointer {
    ddi_reach Reach = {};
    std::vector<const Function *> Meant;
  };
  struct Caller {
    Function *F;
    std::vector<const ddi_reach *> Calls;
  };
  std::map<StringRef, Pointer> Pointers; // by signature
  std::vector<Caller> Callers;
  for (auto &Entry : Functions)
    if (Entry.second.IsAddressTaken)
      Pointers[Entry.second.Signature].Meant.push_back(&Entry.second);
  for (auto &Entry : Functions) {
    Caller C{&Entry.second, {}};
    for (const std::string &Callee : C.F->Callees)
      if (const Function *Found = find(Callee))
        C.Calls.push_back(&Found->Reach);
    for (const std::string &Signature : C.F->Signatures)
      if (auto It = Pointers.find(Signature); It != Pointers.end())
        C.Calls.push_back(&It->second.Reach);
    if (!C.Calls.empty())
      Callers.push_back(std::move(C));
  }
  for (bool HasChanged = true; HasChanged;) {
    HasChanged = false;
    for (auto &[Signature, P] : Pointers)
      for (const Function *F : P.Meant)
        HasChanged |= absorb(P.Reach, F->Reach);
    for (Caller &C : Callers)
      for (const ddi_reach *Reach : C.Calls)
        HasChanged |= absorb(C.F->Reach, *Reach);
  }
}

//===----------------------------------------------------------------------===//
// When all is linked
//===----------------------------------------------------------------------===//

ddi_reach reachOf(const Function &F) {
  ddi_reach Reach = {};
  if (!F.Summary) {
    Reach.ops = F.Reach.ops;
    Reach.kinds = F.Reach.kinds;
    return Reach;
  }
  for (const Summary::Change &C : F.Summary->Changes) {
    Reach.ops |= uint32_t(C.Op);
    Reach.kinds |= 1u << C.Kind;
  }
  return Reach;
}

void Program::recall(const Program &Solved) {
  for (auto &Entry : Functions) {
    const Function *Then = Solved.find(Entry.first());
    if (!Then)
      continue;
    Function &Now = Entry.second;
    Now.Summary = Then->Summary;
    Now.Chain = Then->Chain;
    Now.HandedOnBy = Then->HandedOnBy;
    if (!Now.HandedOnBy.empty())
      Now.Roles = Then->Roles;
  }
  Orders = Solved.Orders;
  explore(Solved.ToExplore);
}

llvm::StringSet<> Program::defined() const {
  llvm::StringSet<> All;
  for (const auto &Entry : Functions)
    if (Entry.second.IsDefined)
      All.insert(Entry.first());
  return All;
}

std::optional<llvm::StringSet<>>
Program::touchedBy(llvm::ArrayRef<std::pair<int, int>> Lines) const {
  llvm::StringSet<> Touched;
  for (auto [First, Last] : Lines) {
    bool IsInside = false;
    for (const auto &Entry : Functions) {
      const Function &F = Entry.second;
      if (Last < F.First || F.Last < First)
        continue;
      Touched.insert(Entry.first());
      IsInside |= F.First <= First && Last <= F.Last;
    }
    if (!IsInside)
      return std::nullopt;
  }
  auto callsTouched = [&](const Function &F) {
    return llvm::any_of(F.Callees, [&](const std::string &Name) {
      return Touched.contains(Name);
    });
  };
  for (size_t Before = 0; Before != Touched.size();) {
    Before = Touched.size();
    for (const auto &Entry : Functions)
      if (Entry.second.IsDefined && callsTouched(Entry.second))
        Touched.insert(Entry.first());
  }
  return Touched;
}

void Program::settle() {
  ReachBySignature.clear();
  for (const auto &Entry : Functions)
    if (Entry.second.IsAddressTaken)
      absorb(ReachBySignature[Entry.second.Signature], ddi::reachOf(Entry.second));
}

ddi_reach Program::reachOf(StringRef Signature) const {
  auto It = ReachBySignature.find(Signature.str());
  return It == ReachBySignature.end() ? ddi_reach() : It->second;
}

/// What only those ask for who list roles, or link, is left out, so that the
/// excerpt changes only where the analysis may; and so is what a file knows of its
/// own functions alone.
void Program::addTo(Program &Excerpt, StringRef Name,
                    bool IsDefinedThere) const {
  const Function *From = find(Name);
  if (!From || !From->IsDefined)
    return;
  Function &Into = Excerpt.Functions[Name];
  Into = *From;
  Into.At = Where();
  Into.First = Into.Last = 0;
  Into.Spelling.clear();
  Into.Signature.clear();
  Into.Callees.clear();
  Into.Signatures.clear();
  for (auto &[Role, Why] : Into.Roles)
    Why = Reason();
  if (!IsDefinedThere) {
    Into.Roles.clear();
    Into.Chain.clear();
  } else if (IsSolved && mustExplore(Name))
    Excerpt.ToExplore.insert(Name);
}

Program Program::excerptFor(const Program &Unit) const {
  Program Excerpt;
  Excerpt.IsPhysicalMiniport = IsPhysicalMiniport;
  Excerpt.IsVirtualMiniport = IsVirtualMiniport;
  Excerpt.HasDriverEntry = HasDriverEntry;
  Excerpt.Units = std::min<int64_t>(Units, 2); // one, or several
  Excerpt.IsSolved = IsSolved;
  Excerpt.Orders = Orders;
  std::vector<StringRef> Told; // by summaries
  for (const auto &Entry : Unit.Functions) {
    const Function &There = Entry.second;
    for (const std::string &Signature : There.Signatures)
      if (auto It = ReachBySignature.find(Signature);
          It != ReachBySignature.end())
        Excerpt.ReachBySignature.insert(*It);
    // What a header of the system defines nobody asks for.
    bool IsOfTheSystem = There.IsDefined && There.At.File.empty();
    if (!IsOfTheSystem)
      addTo(Excerpt, Entry.first(), There.IsDefined);
  }
  for (const auto &Entry : Excerpt.Functions)
    if (Entry.second.Summary)
      for (const Summary::Demand &D : Entry.second.Summary->Demands)
        Told.push_back(D.Call);
  for (StringRef Name : Told) {
    const Function *There = Unit.find(Name);
    addTo(Excerpt, Name, There && There->IsDefined);
  }
  return Excerpt;
}

const Function *Program::find(StringRef Name) const {
  auto It = Functions.find(Name);
  return It == Functions.end() ? nullptr : &It->second;
}

//===----------------------------------------------------------------------===//
// As it is kept
//===----------------------------------------------------------------------===//

static void members(Archive &A, ddi_reach &Reach) {
  A(Reach.ops, Reach.kinds, Reach.levels);
}

static void members(Archive &A, DeclaredEntry &E) {
  A(E.IsThere);
  if (E.IsThere)
    A(E.HasEffects, E.ServesCallers, E.InCriticalRegion, E.MayHold,
      E.HoldsCancelLock, E.Low, E.High, E.Text);
}

static void members(Archive &A, Function &F) {
  A(F.IsDefined, F.IsCalled, F.IsCalledHere, F.IsAddressTaken, F.Signature,
    F.StaysInside, F.HandedOnBy, F.IsCalledUnnamed, F.IsPaged, F.SaysPaged, F.IsInCode,
    F.IsWrapper, F.Declared, F.Spelling, F.At, F.First, F.Last, F.Roles, F.Callees,
    F.Signatures, F.Reach, F.Summary, F.Chain);
}

void members(Archive &A, Program &P) {
  A(P.IsPhysicalMiniport, P.IsVirtualMiniport, P.HasDriverEntry, P.Units,
    P.IsSolved, P.ToExplore, P.Functions, P.Registered, P.ReachBySignature,
    P.Orders);
}

static constexpr llvm::StringLiteral What = "ddi-check program";

std::string Program::write() const {
  Archive A(What);
  members(A, const_cast<Program &>(*this)); // is not changed: nothing is read
  return A.bytes();
}

llvm::Expected<Program> Program::parse(StringRef Bytes) {
  Archive A(What, Bytes);
  Program P;
  A(P);
  if (llvm::Error Failure = A.error())
    return Failure;
  return P;
}

} // namespace ddi
