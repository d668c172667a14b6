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
    llvm::stable_sort(Ends, [](const End &A, const End &B) {
      return A.At < B.At;
    });
    llvm::stable_sort(S.Expansions, [&](const Expansion &A, const Expansion &B) {
      return position(A.At) < position(B.At);
    });
    auto Next = Ends.begin();
    for (const Expansion &E : S.Expansions) {
      Position At = position(E.At);
      while (Next != Ends.end() && Next->At < At)
        ++Next;
      attach(E, At, Next);
    }
    for (auto &Said : S.Contracts)
      applySuccess(Said.second);
    inherit();
  }

private:
  /// Where a declaration ends, or merely something that parts declarations.
  struct End {
    Position At;
    const NamedDecl *Owner; // null: annotations before it mean nothing here
    bool HasTail;           // until ';' there may be more
    Position Tail = {};
  };

  Sal &S;
  ASTContext &Context;
  const SourceManager &SM;
  std::vector<End> Ends;
  std::vector<const NamedDecl *> Owners; // in the order of the text

  Position position(SourceLocation At) const {
    return {SM.getFileLoc(At), At};
  }
  void part(SourceLocation At) {
    if (At.isValid())
      Ends.push_back({position(At), nullptr, false});
  }

  void visit(const DeclContext *In) {
    for (const Decl *D : In->decls())
      if (!D->isImplicit())
        visit(*D);
  }
  void visit(const Decl &D);
  void visitFunction(const FunctionDecl &Function);
  void visitTag(const TagDecl &Tag);

  void attach(const Expansion &E, const Position &At,
              std::vector<End>::iterator Next);
  bool isInTail(End &Before, const Position &At);
  void give(const NamedDecl &Owner, const Expansion &E, const Position &At);
  void inherit();
};

void Sal::Attacher::visitFunction(const FunctionDecl &Function) {
  Owners.push_back(&Function);
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
  if (isa<RecordDecl>(Tag))
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
      Owners.push_back(Typedef);
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

void Sal::Attacher::attach(const Expansion &E, const Position &At,
                           std::vector<End>::iterator Next) {
  FileID File = SM.getFileID(At.first);
  auto IsHere = [&](const End &Some) {
    return SM.getFileID(Some.At.first) == File;
  };
  if (Next != Ends.begin()) {
    End &Before = *std::prev(Next);
    if (IsHere(Before) && isInTail(Before, At))
      return give(*Before.Owner, E, At);
  }
  if (Next != Ends.end() && IsHere(*Next) && Next->Owner)
    give(*Next->Owner, E, At);
}

void Sal::Attacher::give(const NamedDecl &Owner, const Expansion &E,
                         const Position &At) {
  ddi::Annotated On;
  const TypeSourceInfo *Written = writtenTypeOf(Owner);
  FunctionTypeLoc Declarator =
      Written ? declaratorOf(Written->getTypeLoc()) : FunctionTypeLoc();
  if (Declarator) {
    On.Parameters = Declarator.getParams();
    bool IsInside = !On.Parameters.empty() &&
                    position(Declarator.getLParenLoc()) < At &&
                    At < position(Declarator.getRParenLoc());
    if (IsInside) {
      On.Parameter = int(On.Parameters.size()) - 1;
      for (int I = On.Parameter; I >= 0; --I)
        if (At < position(On.Parameters[I]->getEndLoc()))
          On.Parameter = I;
    }
  }
  readAnnotation(E.Text, E.At, On, Context, S.PP,
                 S.Contracts[Owner.getCanonicalDecl()]);
}

/// Carries clauses from typedefs to what is declared by them.
void Sal::Attacher::inherit() {
  llvm::SmallPtrSet<const Decl *, 16> Seen;
  for (const NamedDecl *Owner : Owners) {
    auto *Typedef = dyn_cast<TypedefNameDecl>(Owner);
    const TypeSourceInfo *Written = writtenTypeOf(*Owner);
    const TypedefNameDecl *Behind = nullptr;
    if (Typedef)
      Behind = typedefBehind(Typedef->getUnderlyingType());
    else if (Written && !declaratorOf(Written->getTypeLoc()))
      Behind = typedefBehind(Written->getType());
    const Decl *Key = Owner->getCanonicalDecl();
    bool IsOwn = S.Contracts.count(Key) && !S.Contracts[Key].empty();
    if (Behind) {
      Contract Inherited = S.of(*Behind);
      if (!Inherited.empty())
        join(S.Contracts[Key], Inherited);
      IsOwn |= !Typedef && !Inherited.empty();
    }
    if (IsOwn && Seen.insert(Key).second)
      S.Annotated.push_back(Owner);
  }
}

void Sal::attach(ASTContext &Context) {
  Attacher(*this, Context).run();
  llvm::sort(PagedCode, [&](SourceLocation A, SourceLocation B) {
    const SourceManager &SM = PP.getSourceManager();
    return SM.getFileLoc(A) < SM.getFileLoc(B);
  });
  Expansions.clear();
}

//===----------------------------------------------------------------------===//
// Asking
//===----------------------------------------------------------------------===//

static const Contract NothingSaid;

const Contract &Sal::of(const FunctionDecl &Function) const {
  auto Found = Contracts.find(Function.getCanonicalDecl());
  if (Found != Contracts.end())
    return Found->second;
  if (const FunctionDecl *Pattern = Function.getTemplateInstantiationPattern())
    return of(*Pattern);
  return NothingSaid;
}

const Contract &Sal::of(const TypedefNameDecl &Typedef) const {
  auto Found = Contracts.find(Typedef.getCanonicalDecl());
  return Found == Contracts.end() ? NothingSaid : Found->second;
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

bool Sal::isSuppressed(SourceLocation At, unsigned Number) const {
  return Silenced->covers(At, Number);
}

} // namespace ddi
