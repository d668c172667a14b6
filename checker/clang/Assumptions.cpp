//===- Assumptions.cpp - A meaning for _Analysis_assume_ ------------------===//

#include "Assumptions.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Type.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroArgs.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;

namespace ddi {
namespace {

/// A member of the family, and what its argument is handed to.
struct Assumption {
  const char *Name;
  const char *Meaning; // a macro of the predefines
  bool IsOfLock;
};

constexpr Assumption Family[] = {
    {"_Analysis_assume_", "__ddi_assume", false},
    {"__analysis_assume", "__ddi_assume", false},
    {"_Analysis_assume_lock_held_", "__ddi_lock_held", true},
    {"_Analysis_assume_lock_not_held_", "__ddi_lock_not_held", true},
    {"_Analysis_assume_lock_acquired_", "__ddi_lock_acquired", true},
    {"_Analysis_assume_lock_released_", "__ddi_lock_released", true},
    {"_Analysis_suppress_lock_checking_", "__ddi_lock_unchecked", true},
};

/// Every member becomes __ddi_family, and that stands for __ddi_choice, which is
/// defined anew each time that a member is used.
constexpr const char *Predefines = R"(
void __ddi_impossible(void) __attribute__((noreturn));
void __ddi_assume_lock_held(const volatile void *);
void __ddi_assume_lock_not_held(const volatile void *);
void __ddi_assume_lock_acquired(const volatile void *);
void __ddi_assume_lock_released(const volatile void *);
void __ddi_assume_lock_unchecked(const volatile void *);
#define __ddi_family(e) __ddi_choice(e)
#define __ddi_nothing(e)
#define __ddi_assume(e) ((e) ? (void)0 : __ddi_impossible())
#define __ddi_lock_held(l) __ddi_assume_lock_held(&(l))
#define __ddi_lock_unchecked(l) __ddi_assume_lock_unchecked(&(l))
#define __ddi_lock_not_held(l) __ddi_assume_lock_not_held(&(l))
#define __ddi_lock_acquired(l) __ddi_assume_lock_acquired(&(l))
#define __ddi_lock_released(l) __ddi_assume_lock_released(&(l))
)";

/// Sees whether the argument compiles: members of known variables, constants, and
/// operators that any of them takes.
class Judge {
public:
  Judge(Preprocessor &PP, const Token *First) : PP(PP), T(First) {}

  bool isCondition() {
    unsigned Depth = 0;
    bool WantsOperand = true;
    while (T->isNot(tok::eof)) {
      if (WantsOperand && T->is(tok::exclaim)) {
        ++T;
      } else if (WantsOperand && T->is(tok::l_paren)) {
        ++Depth, ++T;
      } else if (WantsOperand && isNtSuccess()) {
        ++T;
      } else if (WantsOperand) {
        if (!readConstant() && !readScalar())
          return false;
        WantsOperand = false;
      } else if (T->is(tok::r_paren) && Depth) {
        --Depth, ++T;
      } else if (T->isOneOf(tok::ampamp, tok::pipepipe, tok::equalequal,
                            tok::exclaimequal, tok::less, tok::lessequal,
                            tok::greater, tok::greaterequal)) {
        ++T;
        WantsOperand = true;
      } else {
        return false;
      }
    }
    return !WantsOperand && !Depth && IsInFunction;
  }

  bool isObject() {
    bool IsPointee = T->is(tok::star);
    T += IsPointee;
    const FieldDecl *Last = nullptr;
    QualType Type = readMember(Last);
    bool HasAddress = IsAddressable && !(Last && Last->isBitField());
    if (Type.isNull() || T->isNot(tok::eof) || !IsInFunction)
      return false;
    if (!IsPointee)
      return HasAddress;
    return Type->isPointerType() && Type->getPointeeType()->isObjectType();
  }

private:
  Preprocessor &PP;
  const Token *T;
  bool IsInFunction = false; // as a local name is seen
  bool IsAddressable = true;

  /// The declaration that a name means now. Sema keeps it with the name; where one
  /// hides another it keeps a list, the first bit says so.
  static const NamedDecl *declarationOf(const IdentifierInfo *II) {
    auto Kept = reinterpret_cast<uintptr_t>(II->getFETokenInfo());
    bool IsList = Kept & 1;
    return IsList ? nullptr : reinterpret_cast<const NamedDecl *>(Kept);
  }

  bool isNtSuccess() const {
    const IdentifierInfo *II = T->getIdentifierInfo();
    return II && II->isStr("NT_SUCCESS") && PP.getMacroInfo(II) &&
           (T + 1)->is(tok::l_paren);
  }

  /// A number, or a macro that stands for one, maybe with a cast.
  bool readConstant() {
    if (T->is(tok::numeric_constant))
      return ++T, true;
    const IdentifierInfo *II = T->getIdentifierInfo();
    const MacroInfo *Macro = II ? PP.getMacroInfo(II) : nullptr;
    if (!Macro || !Macro->isObjectLike() || Macro->tokens_empty())
      return false;
    for (const Token &Part : Macro->tokens()) {
      const IdentifierInfo *Name = Part.getIdentifierInfo();
      const NamedDecl *D = Part.is(tok::identifier) && Name &&
                                   !PP.getMacroInfo(Name)
                               ? declarationOf(Name)
                               : nullptr;
      if (!Part.isOneOf(tok::numeric_constant, tok::l_paren, tok::r_paren,
                        tok::kw_void, tok::star) &&
          !isa_and_nonnull<TypedefNameDecl>(D))
        return false;
    }
    return ++T, true;
  }

  bool readScalar() {
    const FieldDecl *Last = nullptr;
    QualType Type = readMember(Last);
    return !Type.isNull() && Type->isScalarType();
  }

  /// a, a->b, a->b.c: the type; null where something is not known.
  QualType readMember(const FieldDecl *&Last) {
    const IdentifierInfo *II = T->getIdentifierInfo();
    if (T->isNot(tok::identifier) || PP.getMacroInfo(II))
      return QualType();
    auto *Variable = dyn_cast_or_null<ValueDecl>(declarationOf(II));
    if (!Variable || !isa<VarDecl, EnumConstantDecl>(Variable))
      return QualType();
    auto *AsVariable = dyn_cast<VarDecl>(Variable);
    IsInFunction |= AsVariable && AsVariable->isLocalVarDeclOrParm();
    IsAddressable &=
        AsVariable && AsVariable->getStorageClass() != SC_Register;
    QualType Type = Variable->getType();
    for (++T; T->isOneOf(tok::arrow, tok::period); ++T) {
      bool IsPointer = T->is(tok::arrow);
      ++T;
      if (IsPointer != Type->isPointerType() || T->isNot(tok::identifier) ||
          PP.getMacroInfo(T->getIdentifierInfo()))
        return QualType();
      if (IsPointer)
        Type = Type->getPointeeType();
      auto *Record = Type->getAsRecordDecl();
      Last = Record ? fieldOf(*Record, T->getIdentifierInfo()) : nullptr;
      if (!Last)
        return QualType();
      Type = Last->getType();
    }
    return Type;
  }

  static const FieldDecl *fieldOf(const RecordDecl &Record,
                                  const IdentifierInfo *Name) {
    const RecordDecl *Definition = Record.getDefinition();
    if (!Definition)
      return nullptr;
    for (const FieldDecl *Field : Definition->fields())
      if (Field->getIdentifier() == Name)
        return Field;
    return nullptr;
  }
};

class Definer : public PPCallbacks {
public:
  explicit Definer(Preprocessor &PP)
      : PP(PP), Choice(PP.getIdentifierInfo("__ddi_choice")) {
    for (const Assumption &A : Family)
      ByName.try_emplace(PP.getIdentifierInfo(A.Name), &A);
  }

  /// Behind a definition to nothing goes ours.
  void MacroDefined(const Token &Name, const MacroDirective *Directive) override {
    IdentifierInfo *II = Name.getIdentifierInfo();
    const MacroInfo *Theirs = Directive->getMacroInfo();
    if (!ByName.count(II) || !Theirs->tokens_empty() ||
        !Theirs->isFunctionLike() || Theirs->getNumParams() != 1)
      return;
    if (MacroInfo *Ours = macro("__ddi_family"))
      PP.appendDefMacroDirective(II, Ours);
  }

  void MacroExpands(const Token &Name, const MacroDefinition &Definition,
                    SourceRange Range, const MacroArgs *Arguments) override {
    auto Found = ByName.find(Name.getIdentifierInfo());
    if (Found == ByName.end() || !Arguments ||
        Definition.getMacroInfo() != macro("__ddi_family"))
      return;
    Judge J(PP, Arguments->getUnexpArgument(0));
    bool IsPlain = isStatement(Range) && (Found->second->IsOfLock
                                              ? J.isObject()
                                              : J.isCondition());
    PP.appendDefMacroDirective(
        Choice, macro(IsPlain ? Found->second->Meaning : "__ddi_nothing"));
  }

private:
  Preprocessor &PP;
  IdentifierInfo *Choice;
  llvm::DenseMap<const IdentifierInfo *, const Assumption *> ByName;

  MacroInfo *macro(StringRef Name) const {
    return PP.getMacroInfo(PP.getIdentifierInfo(Name));
  }

  /// It stands in the text itself, and a semicolon follows: what becomes nothing
  /// needs none. Behind a brace the names of the block that it ends are still kept.
  bool isStatement(SourceRange Range) const {
    if (Range.getBegin().isMacroID() || Range.getEnd().isMacroID())
      return false;
    auto [File, Offset] =
        PP.getSourceManager().getDecomposedLoc(Range.getBegin());
    StringRef Before =
        PP.getSourceManager().getBufferData(File).take_front(Offset).rtrim();
    if (Before.ends_with("}"))
      return false;
    auto Next = Lexer::findNextToken(Range.getEnd(), PP.getSourceManager(),
                                     PP.getLangOpts());
    return Next && Next->is(tok::semi);
  }
};

} // namespace

void giveAssumptionsMeaning(Preprocessor &PP) {
  // What compiles is harder to tell in C++: overloads, dependent names.
  if (PP.getLangOpts().CPlusPlus)
    return;
  PP.setPredefines(PP.getPredefines() + Predefines);
  PP.addPPCallbacks(std::make_unique<Definer>(PP));
}

} // namespace ddi
