//===- Sal.cpp - What annotations and pragmas say --------------------------===//

#include "Sal.h"
#include "Assumptions.h"
#include "SalReader.h"
#include "Suppressions.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroArgs.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <map>
#include <optional>

using namespace clang;

namespace ddi {

//===----------------------------------------------------------------------===//
// Recording
//===----------------------------------------------------------------------===//

/// Sees every expansion, 100,000 in one file: what is not wanted costs a look-up.
class Sal::Recorder : public PPCallbacks {
public:
  explicit Recorder(std::shared_ptr<Sal> Owner) : Into(std::move(Owner)) {
    for (StringRef Name : annotationNames())
      Wanted.try_emplace(Into->PP.getIdentifierInfo(Name), Annotation);
    for (StringRef Name : {"PAGED_CODE", "PAGED_CODE_LOCKED"})
      Wanted.try_emplace(Into->PP.getIdentifierInfo(Name), PagedCode);
  }

  void MacroExpands(const Token &Name, const MacroDefinition &,
                    SourceRange Range, const MacroArgs *Arguments) override {
    auto Found = Wanted.find(Name.getIdentifierInfo());
    if (Found == Wanted.end())
      return;
    if (Found->second == Annotation)
      annotation(Found->first->getName(), Range, Arguments);
    else
      Into->PagedCode.push_back(Range.getBegin());
  }

private:
  std::shared_ptr<Sal> Into;
  enum Kind { Annotation, PagedCode };
  llvm::DenseMap<const IdentifierInfo *, Kind> Wanted;
  SourceRange Outermost; // the last one; what lies in it follows it

  void annotation(StringRef Name, SourceRange Range,
                  const MacroArgs *Arguments) {
    if (isNested(Range.getBegin()))
      return;
    Outermost = Range;
    Into->Expansions.push_back(
        {Range.getBegin(), Name.str() + spell(Arguments)});
  }

  /// In an argument, or in the definition, of one that was recorded.
  bool isNested(SourceLocation At) const {
    const SourceManager &SM = Into->PP.getSourceManager();
    while (true) {
      if (Outermost.isValid() && Outermost.getBegin() <= At &&
          At <= Outermost.getEnd())
        return true;
      if (At.isFileID())
        return false;
      At = SM.getImmediateMacroCallerLoc(At);
    }
  }

  std::string spell(const MacroArgs *Arguments) const {
    if (!Arguments)
      return "";
    std::string Text = "(";
    for (unsigned I = 0; I < Arguments->getNumMacroArguments(); ++I) {
      if (I)
        Text += ", ";
      bool IsFirst = true;
      for (const Token *T = Arguments->getUnexpArgument(I);
           T->isNot(tok::eof); ++T) {
        if (!IsFirst && (T->hasLeadingSpace() || T->isAtStartOfLine()))
          Text += ' ';
        IsFirst = false;
        if (const IdentifierInfo *Word = T->getIdentifierInfo())
          Text += Word->getName();
        else if (!T->isAnnotation())
          Text += Into->PP.getSpelling(*T);
      }
    }
    return Text + ")";
  }
};

Sal::Sal(Preprocessor &PP)
    : PP(PP), Silenced(std::make_unique<Suppressions>(PP)) {}

Sal::~Sal() = default;

/// Which preprocessor owns which, for checkers, that are made late.
static std::map<const Preprocessor *, std::weak_ptr<Sal>> &records() {
  static std::map<const Preprocessor *, std::weak_ptr<Sal>> All;
  return All;
}

std::shared_ptr<Sal> Sal::recorded(const Preprocessor &PP) {
  return records()[&PP].lock();
}

std::shared_ptr<Sal> Sal::record(Preprocessor &PP) {
  std::shared_ptr<Sal> S(new Sal(PP));
  records()[&PP] = S;
  PP.addPPCallbacks(std::make_unique<Recorder>(S));
  S->Silenced->record();
  giveAssumptionsMeaning(PP);
  return S;
}

//===----------------------------------------------------------------------===//
// Attaching
//===----------------------------------------------------------------------===//

namespace {

/// A place in the order of the text; what one macro makes, in that of the macro.
using Position = std::pair<SourceLocation, SourceLocation>;

Position positionOf(SourceLocation At, const SourceManager &SM) {
  return {SM.getFileLoc(At), At};
}

/// The declarator of a function, or of a function's type, as written.
FunctionTypeLoc declaratorOf(TypeLoc Type) {
  while (Type) {
    if (auto Function = Type.getAs<FunctionTypeLoc>())
      return Function;
    if (auto Pointer = Type.getAs<PointerTypeLoc>())
      Type = Pointer.getPointeeLoc();
    else if (Type.getTypeLocClass() == TypeLoc::Paren ||
             Type.getTypeLocClass() == TypeLoc::Qualified ||
             Type.getTypeLocClass() == TypeLoc::Attributed ||
             Type.getTypeLocClass() == TypeLoc::MacroQualified)
      Type = Type.getNextTypeLoc();
    else
      return FunctionTypeLoc();
  }
  return FunctionTypeLoc();
}

const TypeSourceInfo *writtenTypeOf(const NamedDecl &D) {
  if (auto *Function = dyn_cast<FunctionDecl>(&D))
    return Function->getTypeSourceInfo();
  return cast<TypedefNameDecl>(D).getTypeSourceInfo();
}

/// The typedef that gives the type of the function, or what it points to.
const TypedefNameDecl *typedefBehind(QualType Type) {
  if (auto *Named = Type->getAs<TypedefType>())
    return Named->getDecl();
  if (auto *Pointer = Type->getAs<PointerType>())
    if (auto *Named = Pointer->getPointeeType()->getAs<TypedefType>())
      return Named->getDecl();
  return nullptr;
}

bool isFunctionType(QualType Type) {
  return Type->isFunctionType() || Type->isFunctionPointerType();
}

} // namespace

/// Goes over all declarations and all annotations once, in the order of the text:
/// an annotation belongs to the first declaration that ends behind it.
class Sal::Attacher {
public:
  Attacher(Sal &S, ASTContext &Context)
      : S(S), Context(Context), SM(Context.getSourceManager()) {}

  void run() {
    visit(Context.getTranslationUnitDecl());
    sort(Ends);
    // What a header declares is mostly in the order of the text.
    std::vector<Begin> Begins;
    for (size_t I = 0; I < S.Expansions.size(); ++I)
      Begins.push_back({position(S.Expansions[I].At), I});
    sort(Begins);
    auto Next = Ends.begin();
    for (const Begin &Each : Begins) {
      while (Next != Ends.end() && Next->At < Each.At)
        ++Next;
      if (const NamedDecl *Owner = ownerOf(Each.At, Next))
        S.Pending[Owner->getCanonicalDecl()].push_back(
            {Owner, Each.Expansion});
    }
  }

private:
  /// Where a declaration ends, or merely something that parts declarations.
  struct End {
    Position At;
    const NamedDecl *Owner; // null: annotations before it mean nothing here
    bool HasTail;           // until ';' there may be more
    Position Tail = {};
  };
  /// Where an annotation is written.
  struct Begin {
    Position At;
    size_t Expansion;
  };

  Sal &S;
  ASTContext &Context;
  const SourceManager &SM;
  std::vector<End> Ends;

  Position position(SourceLocation At) const { return positionOf(At, SM); }
  void part(SourceLocation At) {
    if (At.isValid())
      Ends.push_back({position(At), nullptr, false});
  }

  template <class T> static void sort(std::vector<T> &All) {
    auto IsBefore = [](const T &A, const T &B) { return A.At < B.At; };
    if (!llvm::is_sorted(All, IsBefore))
      llvm::stable_sort(All, IsBefore);
  }

  void visit(const DeclContext *In) {
    for (const Decl *D : In->decls())
      if (!D->isImplicit())
        visit(*D);
  }
  void visit(const Decl &D);
  void visitFunction(const FunctionDecl &Function);
  void visitTag(const TagDecl &Tag);

  const NamedDecl *ownerOf(const Position &At, std::vector<End>::iterator Next);
  bool isInTail(End &Before, const Position &At);
};

void Sal::Attacher::visitFunction(const FunctionDecl &Function) {
  S.Owners.push_back(&Function);
  if (!Function.doesThisDeclarationHaveABody()) {
    Ends.push_back({position(Function.getEndLoc()), &Function, true});
    return;
  }
  const Stmt *Body = Function.getBody();
  Ends.push_back({position(Body ? Body->getBeginLoc() : Function.getEndLoc()),
                  &Function, false});
  part(Function.getEndLoc());
}

void Sal::Attacher::visitTag(const TagDecl &Tag) {
  // "struct S *f();" may declare S, and is no end of anything.
  if (!Tag.isThisDeclarationADefinition())
    return;
  part(Tag.getBraceRange().getBegin());
  if (isa<CXXRecordDecl>(Tag)) // in C there is no function in it
    visit(&Tag);
  part(Tag.getBraceRange().getEnd());
}

void Sal::Attacher::visit(const Decl &D) {
  if (auto *Template = dyn_cast<TemplateDecl>(&D)) {
    if (Template->getTemplatedDecl())
      visit(*Template->getTemplatedDecl());
    return;
  }
  if (auto *Friend = dyn_cast<FriendDecl>(&D)) {
    if (Friend->getFriendDecl())
      return visit(*Friend->getFriendDecl());
    return part(D.getEndLoc());
  }
  if (auto *Function = dyn_cast<FunctionDecl>(&D))
    return visitFunction(*Function);
  if (auto *Typedef = dyn_cast<TypedefNameDecl>(&D)) {
    bool IsOwner = isFunctionType(Typedef->getUnderlyingType());
    if (IsOwner)
      S.Owners.push_back(Typedef);
    Ends.push_back({position(D.getEndLoc()), IsOwner ? Typedef : nullptr,
                    IsOwner});
    return;
  }
  if (auto *Tag = dyn_cast<TagDecl>(&D))
    return visitTag(*Tag);
  if (auto *Linkage = dyn_cast<LinkageSpecDecl>(&D)) {
    visit(Linkage);
    if (Linkage->hasBraces())
      part(Linkage->getRBraceLoc());
    return;
  }
  if (auto *Namespace = dyn_cast<NamespaceDecl>(&D)) {
    visit(Namespace);
    return part(Namespace->getRBraceLoc());
  }
  part(D.getEndLoc());
}

/// Whether the place lies between the end of a declarator and its semicolon.
bool Sal::Attacher::isInTail(End &Before, const Position &At) {
  if (!Before.HasTail)
    return false;
  if (Before.Tail.first.isInvalid()) {
    SourceLocation Place = Before.At.first;
    Before.Tail = Before.At;
    while (std::optional<Token> T =
               Lexer::findNextToken(Place, SM, Context.getLangOpts())) {
      Place = T->getLocation();
      Before.Tail = {Place, Place};
      if (T->isOneOf(tok::semi, tok::l_brace, tok::r_brace, tok::equal,
                     tok::eof, tok::hash))
        break;
    }
  }
  return At < Before.Tail;
}

const NamedDecl *Sal::Attacher::ownerOf(const Position &At,
                                        std::vector<End>::iterator Next) {
  FileID File = SM.getFileID(At.first);
  auto IsHere = [&](const End &Some) {
    return SM.getFileID(Some.At.first) == File;
  };
  if (Next != Ends.begin()) {
    End &Before = *std::prev(Next);
    if (Before.HasTail && IsHere(Before) && isInTail(Before, At))
      return Before.Owner;
  }
  return Next != Ends.end() && IsHere(*Next) ? Next->Owner : nullptr;
}

void Sal::attach(ASTContext &Unit) {
  Context = &Unit;
  Attacher(*this, Unit).run();
  llvm::sort(PagedCode, [&](SourceLocation A, SourceLocation B) {
    const SourceManager &SM = PP.getSourceManager();
    return SM.getFileLoc(A) < SM.getFileLoc(B);
  });
}

//===----------------------------------------------------------------------===//
// Reading: headers annotate thousands of functions, a file uses a few
//===----------------------------------------------------------------------===//

void Sal::readOne(const Attached &Each, Contract &Into) const {
  const SourceManager &SM = PP.getSourceManager();
  const Expansion &E = Expansions[Each.Expansion];
  auto Position = [&](SourceLocation At) { return positionOf(At, SM); };
  auto At = Position(E.At);
  ddi::Annotated On;
  const TypeSourceInfo *Written = writtenTypeOf(*Each.Owner);
  FunctionTypeLoc Declarator =
      Written ? declaratorOf(Written->getTypeLoc()) : FunctionTypeLoc();
  if (Declarator) {
    On.Parameters = Declarator.getParams();
    bool IsInside = !On.Parameters.empty() &&
                    Position(Declarator.getLParenLoc()) < At &&
                    At < Position(Declarator.getRParenLoc());
    if (IsInside) {
      On.Parameter = int(On.Parameters.size()) - 1;
      for (int I = On.Parameter; I >= 0; --I)
        if (At < Position(On.Parameters[I]->getEndLoc()))
          On.Parameter = I;
    }
  }
  readAnnotation(E.Text, E.At, On, *Context, PP, Into);
}

/// The typedef that a declaration carries clauses of.
static const TypedefNameDecl *typedefBehind(const NamedDecl &Owner) {
  if (auto *Typedef = dyn_cast<TypedefNameDecl>(&Owner))
    return typedefBehind(Typedef->getUnderlyingType());
  const TypeSourceInfo *Written = writtenTypeOf(Owner);
  return Written && !declaratorOf(Written->getTypeLoc())
             ? typedefBehind(Written->getType())
             : nullptr;
}

/// What is written there, before anything is inherited.
Contract Sal::readOwn(const Decl &Canonical) const {
  Contract Own;
  auto Found = Pending.find(&Canonical);
  if (Found == Pending.end())
    return Own;
  for (const Attached &Each : Found->second)
    readOne(Each, Own);
  applySuccess(Own);
  return Own;
}

static bool says(const Contract &Own, std::initializer_list<Clause::Kind> Any) {
  return llvm::any_of(Own, [&](const Clause &C) {
    return llvm::is_contained(Any, C.Says);
  });
}

/// A routine of the driver itself that raises, and keeps the old level where no
/// annotation says.
bool Sal::raisesUnsaved() const {
  if (RaisesUnsaved)
    return *RaisesUnsaved;
  RaisesUnsaved = llvm::any_of(Owners, [&](const NamedDecl *Owner) {
    if (!isa<FunctionDecl>(Owner) ||
        PP.getSourceManager().isInSystemHeader(Owner->getLocation()))
      return false;
    Contract Own = readOwn(*Owner->getCanonicalDecl());
    return says(Own, {Clause::Raises}) && !says(Own, {Clause::Saves});
  });
  return *RaisesUnsaved;
}

/// Whether this may be the partner of such a routine, without a body: it wants to be
/// called at the raised level, and does not say that it stays there.
bool Sal::mayLower(const FunctionDecl &Function, const Contract &Own) const {
  bool WantsRaised = llvm::any_of(Own, [](const Clause &C) {
    return C.Says == Clause::RequiresMin && C.Level > DDI_APC_LEVEL &&
           C.When.empty();
  });
  return WantsRaised &&
         !says(Own, {Clause::RequiresSame, Clause::Raises, Clause::Restores}) &&
         !Function.hasBody() &&
         !PP.getSourceManager().isInSystemHeader(Function.getLocation()) &&
         raisesUnsaved();
}

const Contract &Sal::contractOf(const NamedDecl &Declared) const {
  const Decl *Key = Declared.getCanonicalDecl();
  auto Known = Contracts.find(Key);
  if (Known != Contracts.end())
    return Known->second;
  Contract All = readOwn(*Key);
  llvm::SmallVector<const NamedDecl *, 4> Redeclared;
  for (const Decl *D : Key->redecls())
    if (!D->getLexicalDeclContext()->isFunctionOrMethod())
      Redeclared.push_back(cast<NamedDecl>(D));
  // The canonical one is the first, and then come the others from the last on.
  if (Redeclared.size() > 1)
    std::reverse(Redeclared.begin() + 1, Redeclared.end());
  for (const NamedDecl *Each : Redeclared)
    if (const TypedefNameDecl *Behind = typedefBehind(*Each))
      join(All, contractOf(*Behind));
  const auto *Function = dyn_cast<FunctionDecl>(&Declared);
  // No annotation can name DIRQL, so what is needed there says HIGH_LEVEL.
  for (Clause &C : All)
    if (Function && C.Level == DDI_HIGH_LEVEL &&
        (C.Says == Clause::RequiresMin || C.Says == Clause::AlwaysMin))
      C.Level = DDI_DIRQL;
  if (Function && mayLower(*Function, All)) {
    Clause Back;
    Back.Says = Clause::Restores;
    All.push_back(Back);
  }
  return Contracts.emplace(Key, std::move(All)).first->second;
}

std::vector<const NamedDecl *> Sal::annotated() const {
  std::vector<const NamedDecl *> All;
  llvm::SmallPtrSet<const Decl *, 16> Seen;
  for (const NamedDecl *Owner : Owners) {
    // What a typedef only inherits is not its own.
    const Decl *Key = Owner->getCanonicalDecl();
    bool HasSome = isa<TypedefNameDecl>(Owner) ? !readOwn(*Key).empty()
                                               : !contractOf(*Owner).empty();
    if (HasSome && Seen.insert(Key).second)
      All.push_back(Owner);
  }
  return All;
}

//===----------------------------------------------------------------------===//
// Asking
//===----------------------------------------------------------------------===//

static const Contract NothingSaid;

const Contract &Sal::of(const FunctionDecl &Function) const {
  if (!Context)
    return NothingSaid;
  const Contract &Own = contractOf(Function);
  if (!Own.empty())
    return Own;
  if (const FunctionDecl *Pattern = Function.getTemplateInstantiationPattern())
    return of(*Pattern);
  return NothingSaid;
}

const Contract &Sal::of(const TypedefNameDecl &Typedef) const {
  return Context ? contractOf(Typedef) : NothingSaid;
}

bool Sal::saysPagedCode(const FunctionDecl &Function) const {
  const FunctionDecl *Definition = Function.getDefinition();
  if (!Definition)
    return false;
  const SourceManager &SM = PP.getSourceManager();
  SourceLocation Begin = SM.getFileLoc(Definition->getLocation());
  SourceLocation End = SM.getFileLoc(Definition->getEndLoc());
  auto Found = llvm::partition_point(PagedCode, [&](SourceLocation At) {
    return SM.getFileLoc(At) < Begin;
  });
  return Found != PagedCode.end() && SM.getFileLoc(*Found) <= End;
}

} // namespace ddi
