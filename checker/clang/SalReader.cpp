//===- SalReader.cpp - The text of annotations as clauses -----------------===//

#include "SalReader.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>

using namespace clang;

namespace ddi {
namespace {

//===----------------------------------------------------------------------===//
// The words
//===----------------------------------------------------------------------===//

/// What the arguments of an annotation are.
enum class Form {
  Level,          // (level)
  ExactLevel,     // (level), as upper and lower bound
  Bare,           // none: about what is annotated
  Function,       // none: about the function
  Keeper,         // (kind, where)
  Lock,           // (lock)
  LockOnce,       // (lock), which is not held before, or is
  NoLocks,        // none: about every lock
  TwoLocks,       // (lock, lock)
  Fixed,          // none: about Word::What
  Kind,           // (kind): about what is annotated
  Class,          // (name)
  Satisfies,      // (condition)
  Success,        // (condition)
  When,           // (condition, annotations)
  At,             // (target, annotations)
  Group,          // (annotations)
  Deref,          // (annotations), about what the target points to
  Returned,       // (annotations), about the result
  Ignored
};

struct Word {
  const char *Name;
  Form Is;
  Clause::Kind Says = Clause::RequiresMax;
  ddi_mode Mode = DDI_ANY_MODE;
  Subject::Kind What = Subject::Nothing;
};

constexpr Word Words[] = {
    {"_IRQL_requires_", Form::ExactLevel},
    {"_IRQL_requires_max_", Form::Level, Clause::RequiresMax},
    {"_IRQL_requires_min_", Form::Level, Clause::RequiresMin},
    {"_IRQL_raises_", Form::Level, Clause::Raises},
    {"_IRQL_always_function_max_", Form::Level, Clause::AlwaysMax},
    {"_IRQL_always_function_min_", Form::Level, Clause::AlwaysMin},
    {"_IRQL_saves_", Form::Bare, Clause::Saves},
    {"_IRQL_restores_", Form::Bare, Clause::Restores},
    {"_IRQL_uses_cancel_", Form::Bare, Clause::UsesCancel},
    {"_IRQL_is_cancel_", Form::Bare, Clause::UsesCancel},
    {"_IRQL_saves_global_", Form::Keeper, Clause::Saves},
    {"_IRQL_restores_global_", Form::Keeper, Clause::Restores},
    {"_IRQL_requires_same_", Form::Function, Clause::RequiresSame},

    {"_Acquires_lock_", Form::Lock, Clause::Acquires},
    {"_Acquires_exclusive_lock_", Form::Lock, Clause::Acquires, DDI_EXCLUSIVE},
    {"_Acquires_shared_lock_", Form::Lock, Clause::Acquires, DDI_SHARED},
    {"_Acquires_spin_lock_", Form::Lock, Clause::Acquires},
    {"_Acquires_nonreentrant_lock_", Form::LockOnce, Clause::Acquires},
    {"_Releases_lock_", Form::Lock, Clause::Releases},
    {"_Releases_exclusive_lock_", Form::Lock, Clause::Releases, DDI_EXCLUSIVE},
    {"_Releases_shared_lock_", Form::Lock, Clause::Releases, DDI_SHARED},
    {"_Releases_spin_lock_", Form::Lock, Clause::Releases},
    {"_Releases_nonreentrant_lock_", Form::LockOnce, Clause::Releases},
    {"_Requires_lock_held_", Form::Lock, Clause::RequiresHeld},
    {"_Requires_exclusive_lock_held_", Form::Lock, Clause::RequiresHeld,
     DDI_EXCLUSIVE},
    {"_Requires_shared_lock_held_", Form::Lock, Clause::RequiresHeld,
     DDI_SHARED},
    {"_Requires_lock_not_held_", Form::Lock, Clause::RequiresNotHeld},
    {"_Requires_no_locks_held_", Form::NoLocks, Clause::RequiresNotHeld},
    {"_Post_same_lock_", Form::TwoLocks, Clause::SameLock},
    {"_Kernel_acquires_resource_", Form::Kind, Clause::Acquires},
    {"_Kernel_releases_resource_", Form::Kind, Clause::Releases},
    {"_Kernel_requires_resource_held_", Form::Kind, Clause::RequiresHeld},
    {"_Kernel_requires_resource_not_held_", Form::Kind,
     Clause::RequiresNotHeld},

    {"_Function_class_", Form::Class, Clause::FunctionClass},
    {"_Post_satisfies_", Form::Satisfies, Clause::Satisfies},
    {"_Success_", Form::Success, Clause::Succeeds},
    {"__success", Form::Success, Clause::Succeeds},
    {"_When_", Form::When},
    {"_At_", Form::At},
    {"_Group_", Form::Group},
    {"_Always_", Form::Group},
    {"_On_failure_", Form::Ignored},

    // Before Windows 8
    {"__drv_requiresIRQL", Form::ExactLevel},
    {"__drv_maxIRQL", Form::Level, Clause::RequiresMax},
    {"__drv_minIRQL", Form::Level, Clause::RequiresMin},
    {"__drv_raisesIRQL", Form::Level, Clause::Raises},
    {"__drv_setsIRQL", Form::Level, Clause::Raises},
    {"__drv_maxFunctionIRQL", Form::Level, Clause::AlwaysMax},
    {"__drv_minFunctionIRQL", Form::Level, Clause::AlwaysMin},
    {"__drv_savesIRQL", Form::Bare, Clause::Saves},
    {"__drv_restoresIRQL", Form::Bare, Clause::Restores},
    {"__drv_useCancelIRQL", Form::Bare, Clause::UsesCancel},
    {"__drv_isCancelIRQL", Form::Bare, Clause::UsesCancel},
    {"__drv_savesIRQLGlobal", Form::Keeper, Clause::Saves},
    {"__drv_restoresIRQLGlobal", Form::Keeper, Clause::Restores},
    {"__drv_sameIRQL", Form::Function, Clause::RequiresSame},
    {"__acquires_lock", Form::Lock, Clause::Acquires},
    {"__acquires_exclusive_lock", Form::Lock, Clause::Acquires, DDI_EXCLUSIVE},
    {"__acquires_shared_lock", Form::Lock, Clause::Acquires, DDI_SHARED},
    {"__releases_lock", Form::Lock, Clause::Releases},
    {"__releases_exclusive_lock", Form::Lock, Clause::Releases, DDI_EXCLUSIVE},
    {"__releases_shared_lock", Form::Lock, Clause::Releases, DDI_SHARED},
    {"__requires_lock_held", Form::Lock, Clause::RequiresHeld},
    {"__requires_exclusive_lock_held", Form::Lock, Clause::RequiresHeld,
     DDI_EXCLUSIVE},
    {"__requires_shared_lock_held", Form::Lock, Clause::RequiresHeld,
     DDI_SHARED},
    {"__requires_lock_not_held", Form::Lock, Clause::RequiresNotHeld},
    {"__requires_no_locks_held", Form::NoLocks, Clause::RequiresNotHeld},
    {"__drv_acquiresResource", Form::Kind, Clause::Acquires},
    {"__drv_releasesResource", Form::Kind, Clause::Releases},
    {"__drv_acquiresExclusiveResource", Form::Kind, Clause::Acquires,
     DDI_EXCLUSIVE},
    {"__drv_releasesExclusiveResource", Form::Kind, Clause::Releases,
     DDI_EXCLUSIVE},
    {"__drv_mustHold", Form::Kind, Clause::RequiresHeld},
    {"__drv_neverHold", Form::Kind, Clause::RequiresNotHeld},
    {"__drv_acquiresResourceGlobal", Form::Keeper, Clause::Acquires},
    {"__drv_releasesResourceGlobal", Form::Keeper, Clause::Releases},
    {"__drv_acquiresExclusiveResourceGlobal", Form::Keeper, Clause::Acquires,
     DDI_EXCLUSIVE},
    {"__drv_releasesExclusiveResourceGlobal", Form::Keeper, Clause::Releases,
     DDI_EXCLUSIVE},
    {"__drv_mustHoldGlobal", Form::Keeper, Clause::RequiresHeld},
    {"__drv_neverHoldGlobal", Form::Keeper, Clause::RequiresNotHeld},
#define DDI_REGION(NAME, WHAT)                                                 \
  {"__drv_acquires" NAME, Form::Fixed, Clause::Acquires, DDI_ANY_MODE, WHAT},  \
  {"__drv_releases" NAME, Form::Fixed, Clause::Releases, DDI_ANY_MODE, WHAT},  \
  {"__drv_mustHold" NAME, Form::Fixed, Clause::RequiresHeld, DDI_ANY_MODE,     \
   WHAT},                                                                      \
  {"__drv_neverHold" NAME, Form::Fixed, Clause::RequiresNotHeld, DDI_ANY_MODE, \
   WHAT}
    DDI_REGION("CriticalRegion", Subject::CriticalRegion),
    DDI_REGION("CancelSpinLock", Subject::CancelLock),
    DDI_REGION("PriorityRegion", Subject::PriorityRegion),
#undef DDI_REGION
    {"__drv_functionClass", Form::Class, Clause::FunctionClass},
    {"__drv_when", Form::When},
    {"__drv_at", Form::At},
    {"__drv_arg", Form::At},
    {"__drv_ret", Form::Returned},
    {"__drv_fun", Form::Group},
    {"__drv_in", Form::Group},
    {"__drv_out", Form::Group},
    {"__drv_deref", Form::Deref},
    {"__drv_in_deref", Form::Deref},
    {"__drv_out_deref", Form::Deref},
};

const Word *findWord(StringRef Name) {
  static const llvm::StringMap<const Word *> *ByName = [] {
    auto *Map = new llvm::StringMap<const Word *>;
    for (const Word &W : Words)
      Map->try_emplace(W.Name, &W);
    return Map;
  }();
  return ByName->lookup(Name);
}

/// Levels by name. What lies between DISPATCH_LEVEL and HIGH_LEVEL is a device's.
std::optional<int> levelNamed(StringRef Name) {
  return llvm::StringSwitch<std::optional<int>>(Name)
      .Case("PASSIVE_LEVEL", DDI_PASSIVE_LEVEL)
      .Case("LOW_LEVEL", DDI_PASSIVE_LEVEL)
      .Case("APC_LEVEL", DDI_APC_LEVEL)
      .Case("DISPATCH_LEVEL", DDI_DISPATCH_LEVEL)
      .Case("DPC_LEVEL", DDI_DISPATCH_LEVEL)
      .Case("DIRQL", DDI_DIRQL)
      .Case("DEVICE_LEVEL", DDI_DIRQL)
      .Case("CMCI_LEVEL", DDI_DIRQL)
      .Case("CLOCK_LEVEL", DDI_DIRQL)
      .Case("CLOCK2_LEVEL", DDI_DIRQL)
      .Case("IPI_LEVEL", DDI_DIRQL)
      .Case("POWER_LEVEL", DDI_DIRQL)
      .Case("DRS_LEVEL", DDI_DIRQL)
      .Case("HIGH_LEVEL", DDI_HIGH_LEVEL)
      .Case("PROFILE_LEVEL", DDI_HIGH_LEVEL)
      .Default(std::nullopt);
}

std::optional<int> levelNumbered(int64_t Number) {
  if (Number < DDI_PASSIVE_LEVEL)
    return std::nullopt;
  if (Number <= DDI_DISPATCH_LEVEL)
    return int(Number);
  return Number < DDI_HIGH_LEVEL ? DDI_DIRQL : DDI_HIGH_LEVEL;
}

std::optional<int64_t> constantNamed(StringRef Name) {
  return llvm::StringSwitch<std::optional<int64_t>>(Name)
      .Case("TRUE", 1)
      .Case("true", 1)
      .Case("__true", 1)
      .Case("FALSE", 0)
      .Case("false", 0)
      .Case("__false", 0)
      .Case("NULL", 0)
      .Case("nullptr", 0)
      .Case("__null", 0)
      .Default(std::nullopt);
}

Subject::Kind globalNamed(StringRef Name) {
  return llvm::StringSwitch<Subject::Kind>(Name)
      .Case("_Global_critical_region_", Subject::CriticalRegion)
      .Case("__system_critical_region", Subject::CriticalRegion)
      .Case("_Global_cancel_spin_lock_", Subject::CancelLock)
      .Case("__system_cancel_spinlock", Subject::CancelLock)
      .Case("_Global_priority_region_", Subject::PriorityRegion)
      .Default(Subject::Global);
}

//===----------------------------------------------------------------------===//
// Tokens
//===----------------------------------------------------------------------===//

/// A name, a number, a string or a sign; empty at the end.
using Piece = StringRef;

bool isName(Piece P) {
  return !P.empty() && (isalpha((unsigned char)P[0]) || P[0] == '_');
}
bool isNumber(Piece P) {
  return !P.empty() && isdigit((unsigned char)P[0]);
}

size_t lengthOfPiece(StringRef Text) {
  auto IsWordPart = [](char C) { return isalnum((unsigned char)C) || C == '_'; };
  if (IsWordPart(Text[0]))
    return std::min(Text.size(), Text.find_if_not(IsWordPart));
  if (Text[0] == '"' || Text[0] == '\'') {
    size_t I = 1;
    while (I < Text.size() && Text[I] != Text[0])
      I += Text[I] == '\\' ? 2 : 1;
    return std::min(Text.size(), I + 1);
  }
  for (StringRef Sign : {"->", "==", "!=", "<=", ">=", "&&", "||", "<<", ">>",
                         "::"})
    if (Text.starts_with(Sign))
      return 2;
  return 1;
}

std::vector<Piece> cut(StringRef Text) {
  std::vector<Piece> Pieces;
  for (Text = Text.ltrim(); !Text.empty(); Text = Text.ltrim()) {
    size_t Length = lengthOfPiece(Text);
    Pieces.push_back(Text.take_front(Length));
    Text = Text.drop_front(Length);
  }
  return Pieces;
}

using Pieces = ArrayRef<Piece>;

/// The text that the pieces were cut from.
StringRef textOf(Pieces P) {
  return P.empty() ? StringRef()
                   : StringRef(P.front().begin(), P.back().end() - P.front().begin());
}

/// The index behind the bracket that closes the one at Open; npos: none does.
size_t behindGroup(Pieces P, size_t Open) {
  unsigned Depth = 0;
  for (size_t I = Open; I < P.size(); ++I) {
    if (P[I] == "(")
      ++Depth;
    if (P[I] == ")" && --Depth == 0)
      return I + 1;
  }
  return StringRef::npos;
}

std::vector<Pieces> splitAtCommas(Pieces P) {
  std::vector<Pieces> Parts;
  unsigned Depth = 0;
  size_t Begin = 0;
  for (size_t I = 0; I < P.size(); ++I) {
    Depth += P[I] == "(";
    Depth -= P[I] == ")";
    if (Depth || P[I] != ",")
      continue;
    Parts.push_back(P.slice(Begin, I - Begin));
    Begin = I + 1;
  }
  if (!P.empty())
    Parts.push_back(P.drop_front(Begin));
  return Parts;
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

using Conjunction = std::vector<Condition>;
/// An "or" of "and"s: empty is false, one empty conjunction is true.
using Cases = std::vector<Conjunction>;
constexpr size_t MaxCases = 8;

const Cases Always = {{}};

std::optional<Cases> both(const Cases &A, const Cases &B) {
  Cases Joined;
  for (const Conjunction &X : A)
    for (const Conjunction &Y : B) {
      Joined.push_back(X);
      Joined.back().insert(Joined.back().end(), Y.begin(), Y.end());
    }
  if (Joined.size() > MaxCases)
    return std::nullopt;
  return Joined;
}

std::optional<Cases> negate(const Cases &All) {
  Cases Negated = Always;
  for (const Conjunction &One : All) {
    Cases Fails;
    for (Condition C : One) {
      C.Compare = BinaryOperator::negateComparisonOp(C.Compare);
      Fails.push_back({C});
    }
    std::optional<Cases> Joined = both(Negated, Fails);
    if (!Joined)
      return std::nullopt;
    Negated = std::move(*Joined);
  }
  return Negated;
}

/// What a part of an expression is.
struct Value {
  enum { Unreadable, Constant, Term, Logic } Is = Unreadable;
  int64_t Number = 0;
  Condition Compared; // its subject and mask
  Cases Holds;

  static Value constant(int64_t Number) {
    Value V;
    V.Is = Constant;
    V.Number = Number;
    return V;
  }
  static Value term(Condition C) {
    Value V;
    V.Is = Term;
    V.Compared = std::move(C);
    return V;
  }
  static Value logic(std::optional<Cases> Holds) {
    Value V;
    if (!Holds)
      return V;
    V.Is = Logic;
    V.Holds = std::move(*Holds);
    return V;
  }
};

std::optional<Cases> truthOf(const Value &V) {
  switch (V.Is) {
  case Value::Unreadable:
    return std::nullopt;
  case Value::Constant:
    return V.Number ? Always : Cases();
  case Value::Term:
    return Cases{{V.Compared}};
  case Value::Logic:
    return V.Holds;
  }
  return std::nullopt;
}

BinaryOperatorKind operatorSpelled(Piece P) {
  return llvm::StringSwitch<BinaryOperatorKind>(P)
      .Case("||", BO_LOr)
      .Case("&&", BO_LAnd)
      .Case("|", BO_Or)
      .Case("&", BO_And)
      .Case("==", BO_EQ)
      .Case("!=", BO_NE)
      .Case("<", BO_LT)
      .Case(">", BO_GT)
      .Case("<=", BO_LE)
      .Case(">=", BO_GE)
      .Case("<<", BO_Shl)
      .Case("+", BO_Add)
      .Case("-", BO_Sub)
      .Default(BO_Comma);
}

/// How tightly an operator binds; nought if it is none that is read here.
unsigned precedence(Piece P) {
  switch (operatorSpelled(P)) {
  case BO_LOr:
    return 1;
  case BO_LAnd:
    return 2;
  case BO_Or:
    return 3;
  case BO_And:
    return 4;
  case BO_EQ:
  case BO_NE:
    return 5;
  case BO_LT:
  case BO_GT:
  case BO_LE:
  case BO_GE:
    return 6;
  case BO_Shl:
    return 7;
  case BO_Add:
  case BO_Sub:
    return 8;
  default:
    return 0;
  }
}

std::optional<int64_t> fold(int64_t A, BinaryOperatorKind Op, int64_t B) {
  switch (Op) {
  case BO_Or:
    return A | B;
  case BO_And:
    return A & B;
  case BO_EQ:
    return A == B;
  case BO_NE:
    return A != B;
  case BO_LT:
    return A < B;
  case BO_GT:
    return A > B;
  case BO_LE:
    return A <= B;
  case BO_GE:
    return A >= B;
  case BO_Shl:
    if (B < 0 || B > 62)
      return std::nullopt;
    return int64_t(uint64_t(A) << B);
  case BO_Add:
    return int64_t(uint64_t(A) + uint64_t(B));
  case BO_Sub:
    return int64_t(uint64_t(A) - uint64_t(B));
  default:
    return std::nullopt;
  }
}

Value compare(const Value &A, BinaryOperatorKind Op, const Value &B) {
  if (A.Is == Value::Constant && B.Is != Value::Constant)
    return compare(B, BinaryOperator::reverseComparisonOp(Op), A);
  if (B.Is != Value::Constant)
    return {};
  if (A.Is == Value::Term) {
    Condition C = A.Compared;
    C.Compare = Op;
    C.Value = B.Number;
    return Value::logic(Cases{{C}});
  }
  // (x > 1) == TRUE
  if (A.Is != Value::Logic || (Op != BO_EQ && Op != BO_NE) ||
      (B.Number != 0 && B.Number != 1))
    return {};
  bool IsMeant = (Op == BO_EQ) == (B.Number == 1);
  return Value::logic(IsMeant ? A.Holds : negate(A.Holds));
}

Value combine(const Value &A, BinaryOperatorKind Op, const Value &B) {
  if (A.Is == Value::Unreadable || B.Is == Value::Unreadable)
    return {};
  if (Op == BO_LAnd || Op == BO_LOr) {
    std::optional<Cases> L = truthOf(A), R = truthOf(B);
    if (!L || !R)
      return {};
    if (Op == BO_LAnd)
      return Value::logic(both(*L, *R));
    L->insert(L->end(), R->begin(), R->end());
    return L->size() > MaxCases ? Value() : Value::logic(*L);
  }
  if (A.Is == Value::Constant && B.Is == Value::Constant) {
    std::optional<int64_t> Number = fold(A.Number, Op, B.Number);
    return Number ? Value::constant(*Number) : Value();
  }
  if (BinaryOperator::isComparisonOp(Op))
    return compare(A, Op, B);
  if (Op != BO_And)
    return {};
  const Value &Term = A.Is == Value::Term ? A : B;
  const Value &Mask = A.Is == Value::Term ? B : A;
  if (Term.Is != Value::Term || Mask.Is != Value::Constant)
    return {};
  Condition C = Term.Compared;
  C.Mask &= uint64_t(Mask.Number);
  return Value::term(C);
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

class Reader {
public:
  Reader(ASTContext &Context, Preprocessor &PP, const Annotated &On,
         SourceLocation At, Contract &Into)
      : Context(Context), PP(PP), On(On), At(At), Into(Into) {}

  /// What the annotations that are read stand under.
  struct Scope {
    Subject Target;
    Cases When = Always;
  };

  void readAll(Pieces P, const Scope &In);

private:
  void readOne(const Word &W, Pieces Whole, ArrayRef<Pieces> Arguments,
               const Scope &In);
  void say(Clause C, const Scope &In);
  void sayLock(const Word &W, StringRef Text, const Scope &In,
               std::optional<Subject> Lock);

  std::optional<int> levelOf(Pieces P);
  bool isLevelIn(Pieces P, Clause &C, const Scope &In);
  std::optional<Subject> subjectOf(Pieces P, const Scope &In);
  std::optional<unsigned> parameterNamed(StringRef Name) const;
  std::optional<int64_t> constantOf(StringRef Name);
  Value valueOf(Pieces P, const Scope &In);

  Value readBinary(Pieces &P, unsigned MinPrecedence, const Scope &In);
  Value readUnary(Pieces &P, const Scope &In);
  Value readPrimary(Pieces &P, const Scope &In);
  Value readCall(StringRef Name, Pieces &P, const Scope &In);
  Value readGroup(Pieces &P, const Scope &In);

  ASTContext &Context;
  Preprocessor &PP;
  const Annotated &On;
  SourceLocation At;
  Contract &Into;
  unsigned Depth = 0; // of macros within macros
};

std::optional<unsigned> Reader::parameterNamed(StringRef Name) const {
  for (unsigned I = 0; I < On.Parameters.size(); ++I)
    if (On.Parameters[I] && On.Parameters[I]->getName() == Name)
      return I;
  return std::nullopt;
}

/// The value of an enumerator, or of a macro that stands for a constant.
std::optional<int64_t> Reader::constantOf(StringRef Name) {
  if (std::optional<int64_t> Known = constantNamed(Name))
    return Known;
  IdentifierInfo *II = PP.getIdentifierInfo(Name);
  for (NamedDecl *D : Context.getTranslationUnitDecl()->lookup(II))
    if (auto *Enumerator = dyn_cast<EnumConstantDecl>(D))
      return Enumerator->getInitVal().getExtValue();
  constexpr unsigned MaxDepth = 8;
  const MacroInfo *Macro = PP.getMacroInfo(II);
  if (!Macro || !Macro->isObjectLike() || Depth == MaxDepth)
    return std::nullopt;
  std::string Text;
  for (const Token &T : Macro->tokens())
    Text += PP.getSpelling(T) + " ";
  ++Depth;
  Value V = valueOf(cut(Text), Scope());
  --Depth;
  return V.Is == Value::Constant ? std::optional<int64_t>(V.Number)
                                 : std::nullopt;
}

Value Reader::valueOf(Pieces P, const Scope &In) {
  Value V = readBinary(P, 1, In);
  return P.empty() ? V : Value();
}

Value Reader::readBinary(Pieces &P, unsigned MinPrecedence, const Scope &In) {
  Value Left = readUnary(P, In);
  while (!P.empty()) {
    unsigned Binds = precedence(P.front());
    if (Binds < MinPrecedence || !Binds)
      break;
    BinaryOperatorKind Op = operatorSpelled(P.front());
    P = P.drop_front();
    Left = combine(Left, Op, readBinary(P, Binds + 1, In));
  }
  return Left;
}

/// Subjects that a * makes of what it stands before.
Value dereference(Value V) {
  if (V.Is != Value::Term || V.Compared.On != Condition::Parameter)
    return {};
  V.Compared.On = Condition::Pointee;
  return V;
}

Value Reader::readUnary(Pieces &P, const Scope &In) {
  if (P.empty())
    return {};
  Piece Sign = P.front();
  if (Sign != "!" && Sign != "~" && Sign != "-" && Sign != "*")
    return readPrimary(P, In);
  P = P.drop_front();
  Value V = readUnary(P, In);
  if (Sign == "*")
    return dereference(V);
  if (Sign == "!") {
    std::optional<Cases> Holds = truthOf(V);
    return Holds ? Value::logic(negate(*Holds)) : Value();
  }
  if (V.Is != Value::Constant)
    return {};
  return Value::constant(Sign == "~" ? ~V.Number : -V.Number);
}

std::optional<int64_t> numberSpelled(StringRef Text) {
  uint64_t Number;
  if (Text.rtrim("uUlL").getAsInteger(0, Number))
    return std::nullopt;
  return int64_t(Number);
}

/// In brackets: an expression, or the type of a cast.
Value Reader::readGroup(Pieces &P, const Scope &In) {
  size_t Behind = behindGroup(P, 0);
  if (Behind == StringRef::npos)
    return {};
  Pieces Inside = P.slice(1, Behind - 2);
  P = P.drop_front(Behind);
  bool IsCast = !P.empty() && Inside.size() == 1 && isName(Inside[0]) &&
                (isName(P[0]) || isNumber(P[0]) || P[0] == "(") &&
                !parameterNamed(Inside[0]);
  if (!IsCast)
    return valueOf(Inside, In);
  Value V = readUnary(P, In);
  bool IsSigned32 = llvm::StringSwitch<bool>(Inside[0])
                        .Case("NTSTATUS", true)
                        .Case("LONG", true)
                        .Case("INT", true)
                        .Case("int", true)
                        .Case("long", true)
                        .Default(false);
  if (V.Is == Value::Constant && IsSigned32)
    V.Number = int32_t(V.Number);
  return V;
}

/// The macros that conditions are written with.
Value Reader::readCall(StringRef Name, Pieces &P, const Scope &In) {
  size_t Behind = behindGroup(P, 0);
  if (Behind == StringRef::npos)
    return {};
  std::vector<Pieces> Arguments = splitAtCommas(P.slice(1, Behind - 2));
  P = P.drop_front(Behind);
  if (Name == "NT_SUCCESS" && Arguments.size() == 1)
    return combine(valueOf(Arguments[0], In), BO_GE, Value::constant(0));
  bool AsksFlag = Name == "FlagOn" || Name == "BooleanFlagOn";
  if (AsksFlag && Arguments.size() == 2)
    return combine(valueOf(Arguments[0], In), BO_And,
                   valueOf(Arguments[1], In));
  return {};
}

Value Reader::readPrimary(Pieces &P, const Scope &In) {
  if (P.front() == "(")
    return readGroup(P, In);
  Piece First = P.front();
  P = P.drop_front();
  if (isNumber(First)) {
    std::optional<int64_t> Number = numberSpelled(First);
    return Number ? Value::constant(*Number) : Value();
  }
  if (!isName(First))
    return {};
  if (!P.empty() && P.front() == "(")
    return readCall(First, P, In);
  Condition C;
  if (First == "return") {
    C.On = Condition::Result;
    return Value::term(C);
  }
  std::optional<unsigned> Index = parameterNamed(First);
  if (First == "_Curr_" && In.Target.Is == Subject::Parameter)
    Index = In.Target.Index;
  if (!Index) {
    std::optional<int64_t> Number = constantOf(First);
    return Number ? Value::constant(*Number) : Value();
  }
  C.Index = *Index;
  while (P.size() >= 2 && (P[0] == "->" || P[0] == ".") && isName(P[1])) {
    if (C.On == Condition::Parameter && P[0] == ".")
      return {};
    C.Path += (C.Path.empty() ? "" : P[0].str()) + P[1].str();
    C.On = Condition::Pointee;
    P = P.drop_front(2);
  }
  return Value::term(C);
}

std::optional<int> Reader::levelOf(Pieces P) {
  while (P.size() > 2 && P.front() == "(" && behindGroup(P, 0) == P.size())
    P = P.slice(1, P.size() - 2);
  if (P.size() == 1)
    if (std::optional<int> Level = levelNamed(P[0]))
      return Level;
  Value V = valueOf(P, Scope());
  return V.Is == Value::Constant ? levelNumbered(V.Number) : std::nullopt;
}

/// A level that is raised to is often a parameter.
bool Reader::isLevelIn(Pieces P, Clause &C, const Scope &In) {
  if (C.Says != Clause::Raises)
    return false;
  std::optional<Subject> Where = subjectOf(P, In);
  if (!Where || Where->Is != Subject::Parameter)
    return false;
  C.What = *Where;
  return true;
}

/// The object that the lock or the place has of which the pointer is given.
std::optional<Subject> pointeeOf(Subject S) {
  switch (S.Is) {
  case Subject::Parameter:
    S.Is = Subject::Pointee;
    return S;
  case Subject::Member:
  case Subject::Global:
    return S;
  default:
    return std::nullopt;
  }
}

std::optional<Subject> Reader::subjectOf(Pieces P, const Scope &In) {
  while (P.size() > 2 && P.front() == "(" && behindGroup(P, 0) == P.size())
    P = P.slice(1, P.size() - 2);
  if (P.empty())
    return std::nullopt;
  if (P.front() == "*") {
    std::optional<Subject> Pointer = subjectOf(P.drop_front(), In);
    return Pointer ? pointeeOf(*Pointer) : std::nullopt;
  }
  if (P.front() == "&") {
    std::optional<Subject> Object = subjectOf(P.drop_front(), In);
    bool HasAddress = Object && (Object->Is == Subject::Member ||
                                 Object->Is == Subject::Global);
    return HasAddress ? Object : std::nullopt;
  }
  if (!isName(P.front()))
    return std::nullopt;
  // a->b.c, where each name may be any.
  for (size_t I = 1; I < P.size(); ++I) {
    bool IsLink = P[I] == "->" || P[I] == "." || P[I] == "::";
    if (I % 2 ? !IsLink : !isName(P[I]))
      return std::nullopt;
  }
  if (P.size() % 2 == 0)
    return std::nullopt;

  Subject S;
  if (P.front() == "return") {
    S.Is = Subject::Result;
    return P.size() == 1 ? std::optional<Subject>(S) : std::nullopt;
  }
  std::optional<unsigned> Index = parameterNamed(P.front());
  if (P.front() == "_Curr_") {
    if (P.size() == 1)
      return In.Target;
    if (In.Target.Is != Subject::Parameter)
      return std::nullopt;
    Index = In.Target.Index;
  }
  if (!Index) {
    S.Is = globalNamed(P.front());
    if (S.Is == Subject::Global)
      for (Piece Part : P)
        S.Path += Part;
    return S;
  }
  S.Index = *Index;
  S.Is = P.size() == 1 ? Subject::Parameter : Subject::Member;
  if (S.Is == Subject::Member && P[1] != "->")
    return std::nullopt;
  for (Piece Part : P.drop_front(P.size() == 1 ? 1 : 2))
    S.Path += Part;
  return S;
}

void Reader::say(Clause C, const Scope &In) {
  C.At = At;
  for (const Conjunction &When : In.When) {
    C.When = When;
    join(Into, {C});
  }
}

void Reader::sayLock(const Word &W, StringRef Text, const Scope &In,
                     std::optional<Subject> Lock) {
  if (!Lock || Lock->Is == Subject::Nothing)
    return;
  Clause C;
  C.Says = W.Says;
  C.Mode = W.Mode;
  C.What = *Lock;
  C.Text = Text.str();
  if (W.Is == Form::LockOnce) {
    Clause Before = C;
    Before.Says = W.Says == Clause::Acquires ? Clause::RequiresNotHeld
                                             : Clause::RequiresHeld;
    say(Before, In);
  }
  say(C, In);
}

void Reader::readOne(const Word &W, Pieces Whole, ArrayRef<Pieces> Arguments,
                     const Scope &In) {
  StringRef Text = textOf(Whole);
  Clause C;
  C.Says = W.Says;
  C.Mode = W.Mode;
  C.Text = Text.str();
  switch (W.Is) {
  case Form::Ignored:
    return;
  case Form::Level:
  case Form::ExactLevel: {
    // What is said of a pointer to a function is not said of this one.
    if (On.Parameter != Annotated::OnFunction || Arguments.size() != 1)
      return;
    std::optional<int> Level = levelOf(Arguments[0]);
    if (Level)
      C.Level = *Level;
    else if (!isLevelIn(Arguments[0], C, In))
      return;
    say(C, In);
    C.Says = Clause::RequiresMin;
    if (W.Is == Form::ExactLevel)
      say(C, In);
    return;
  }
  case Form::Bare: {
    C.What = In.Target;
    if (C.What.Is == Subject::Nothing)
      C.What.Is = Subject::Result;
    // A pointer is no level; where the cancel lock's is kept, the IRP is named.
    bool IsPointer =
        C.What.Is == Subject::Parameter && C.Says != Clause::UsesCancel &&
        On.Parameters[C.What.Index]->getType()->isPointerType();
    if (IsPointer)
      C.What.Is = Subject::Pointee;
    return say(C, In);
  }
  case Form::Function:
    if (On.Parameter == Annotated::OnFunction)
      say(C, In);
    return;
  case Form::Keeper:
    if (Arguments.size() == 2)
      sayLock(W, Text, In, subjectOf(Arguments[1], In));
    return;
  case Form::Lock:
  case Form::LockOnce:
    if (Arguments.size() == 1)
      sayLock(W, Text, In, subjectOf(Arguments[0], In));
    return;
  case Form::NoLocks:
    return say(C, In);
  case Form::TwoLocks: {
    if (Arguments.size() != 2)
      return;
    std::optional<Subject> One = subjectOf(Arguments[0], In);
    std::optional<Subject> Other = subjectOf(Arguments[1], In);
    if (!One || !Other)
      return;
    C.What = *One;
    C.Same = *Other;
    return say(C, In);
  }
  case Form::Fixed: {
    Subject S;
    S.Is = W.What;
    return sayLock(W, Text, In, S);
  }
  case Form::Kind:
    return sayLock(W, Text, In, In.Target);
  case Form::Class:
    if (Arguments.size() != 1 || On.Parameter != Annotated::OnFunction)
      return;
    C.Text = textOf(Arguments[0]).str();
    return say(C, In);
  case Form::Satisfies: {
    if (Arguments.size() != 1)
      return;
    std::optional<Cases> Holds = truthOf(valueOf(Arguments[0], In));
    if (!Holds || Holds->size() != 1 || Holds->front().empty())
      return;
    C.Holds = Holds->front();
    return say(C, In);
  }
  case Form::Success: {
    if (On.Parameter != Annotated::OnFunction || Arguments.size() != 1)
      return;
    std::optional<Cases> Holds = truthOf(valueOf(Arguments[0], In));
    if (Holds && Holds->size() == 1)
      C.Holds = Holds->front();
    return say(C, In);
  }
  case Form::When: {
    if (Arguments.size() != 2)
      return;
    std::optional<Cases> Holds = truthOf(valueOf(Arguments[0], In));
    std::optional<Cases> Joined =
        Holds ? both(In.When, *Holds) : std::nullopt;
    if (Joined)
      readAll(Arguments[1], {In.Target, *Joined});
    return;
  }
  case Form::At: {
    if (Arguments.size() != 2)
      return;
    std::optional<Subject> Target = subjectOf(Arguments[0], In);
    if (Target)
      readAll(Arguments[1], {*Target, In.When});
    return;
  }
  case Form::Group:
    for (Pieces Argument : Arguments)
      readAll(Argument, In);
    return;
  case Form::Deref: {
    std::optional<Subject> Target = pointeeOf(In.Target);
    if (Target && Arguments.size() == 1)
      readAll(Arguments[0], {*Target, In.When});
    return;
  }
  case Form::Returned: {
    Subject Result;
    Result.Is = Subject::Result;
    if (Arguments.size() == 1)
      readAll(Arguments[0], {Result, In.When});
    return;
  }
  }
}

/// One annotation after the other; words that mean nothing here are passed over
/// with their arguments.
void Reader::readAll(Pieces P, const Scope &In) {
  while (!P.empty()) {
    if (!isName(P.front())) {
      P = P.drop_front();
      continue;
    }
    size_t Length = 1;
    std::vector<Pieces> Arguments;
    if (P.size() > 1 && P[1] == "(") {
      Length = behindGroup(P, 1);
      if (Length == StringRef::npos)
        return;
      Arguments = splitAtCommas(P.slice(2, Length - 3));
    }
    if (const Word *W = findWord(P.front()))
      readOne(*W, P.take_front(Length), Arguments, In);
    P = P.drop_front(Length);
  }
}

//===----------------------------------------------------------------------===//
// Clauses
//===----------------------------------------------------------------------===//

bool equal(const Condition &A, const Condition &B) {
  return A.On == B.On && A.Index == B.Index && A.Path == B.Path &&
         A.Mask == B.Mask && A.Compare == B.Compare && A.Value == B.Value;
}

bool equal(const Conjunction &A, const Conjunction &B) {
  return A.size() == B.size() &&
         std::equal(A.begin(), A.end(), B.begin(),
                    [](const Condition &X, const Condition &Y) {
                      return equal(X, Y);
                    });
}

bool equal(const Subject &A, const Subject &B) {
  return A.Is == B.Is && A.Index == B.Index && A.Path == B.Path;
}

/// But for how and where it is written.
bool equal(const Clause &A, const Clause &B) {
  return A.Says == B.Says && A.Level == B.Level && A.Mode == B.Mode &&
         equal(A.What, B.What) && equal(A.Same, B.Same) &&
         equal(A.When, B.When) && equal(A.Holds, B.Holds) &&
         (A.Says != Clause::FunctionClass || A.Text == B.Text);
}

std::string describe(const Subject &S) {
  std::string Parameter = "#" + std::to_string(S.Index + 1);
  switch (S.Is) {
  case Subject::Nothing:
    return "any";
  case Subject::Parameter:
    return Parameter;
  case Subject::Pointee:
    return "*" + Parameter;
  case Subject::Member:
    return Parameter + "->" + S.Path;
  case Subject::Result:
    return "result";
  case Subject::CriticalRegion:
    return "critical region";
  case Subject::CancelLock:
    return "cancel spin lock";
  case Subject::PriorityRegion:
    return "priority region";
  case Subject::Global:
    return S.Path;
  }
  return "";
}

std::string describe(const Condition &C) {
  std::string Text = C.On == Condition::Result
                         ? "result"
                         : "#" + std::to_string(C.Index + 1);
  if (C.On == Condition::Pointee)
    Text = C.Path.empty() ? "*" + Text : Text + "->" + C.Path;
  if (C.Mask != ~uint64_t(0))
    Text = "(" + Text + " & " + std::to_string(C.Mask) + ")";
  return Text + " " + BinaryOperator::getOpcodeStr(C.Compare).str() + " " +
         std::to_string(C.Value);
}

std::string describe(const Conjunction &All) {
  std::string Text;
  for (const Condition &C : All)
    Text += (Text.empty() ? "" : " and ") + describe(C);
  return Text;
}

constexpr const char *Verbs[] = {
    "max",      "min",       "raises", "saves", "restores",
    "same",     "always max", "always min", "cancel level", "acquires",
    "releases", "held",      "not held", "same lock", "class", "satisfies",
    "succeeds"};

} // namespace

std::vector<StringRef> annotationNames() {
  std::vector<StringRef> Names;
  for (const Word &W : Words)
    Names.push_back(W.Name);
  return Names;
}

void readAnnotation(StringRef Text, SourceLocation At, const Annotated &On,
                    ASTContext &Context, Preprocessor &PP, Contract &Into) {
  Reader::Scope Outermost;
  if (On.Parameter != Annotated::OnFunction) {
    Outermost.Target.Is = Subject::Parameter;
    Outermost.Target.Index = On.Parameter;
  }
  std::vector<Piece> Cut = cut(Text);
  Reader(Context, PP, On, At, Into).readAll(Cut, Outermost);
}

static bool isPromise(const Clause &C) {
  switch (C.Says) {
  case Clause::Raises:
  case Clause::Saves:
  case Clause::Restores:
  case Clause::Acquires:
  case Clause::Releases:
  case Clause::SameLock:
  case Clause::Satisfies:
    return true;
  default:
    return false;
  }
}

void applySuccess(Contract &Clauses) {
  Contract Conditions;
  for (const Clause &C : Clauses)
    if (C.Says == Clause::Succeeds)
      Conditions.push_back(C);
  for (const Clause &Success : Conditions) {
    if (Success.Holds.empty()) {
      llvm::erase_if(Clauses, isPromise);
      continue;
    }
    for (Clause &C : Clauses)
      for (const Condition &Held : Success.Holds)
        if (isPromise(C) && llvm::none_of(C.When, [&](const Condition &D) {
              return equal(Held, D);
            }))
          C.When.push_back(Held);
  }
}

void join(Contract &Into, const Contract &More) {
  for (const Clause &C : More) {
    auto Said = llvm::find_if(Into, [&](const Clause &D) { return equal(C, D); });
    if (Said == Into.end())
      Into.push_back(C);
    else
      Said->At = C.At; // a definition comes behind its declarations
  }
}

std::string describe(const Clause &C) {
  std::string Text = Verbs[C.Says];
  if (C.Mode != DDI_ANY_MODE)
    Text += C.Mode == DDI_SHARED ? " shared" : " exclusive";
  if (C.Says == Clause::FunctionClass)
    Text += " " + C.Text;
  else if (C.Says == Clause::Satisfies || C.Says == Clause::Succeeds)
    Text += " " + describe(C.Holds);
  else if (C.Level != DDI_NO_BOUND)
    Text += " " + std::to_string(C.Level);
  else if (C.Says != Clause::RequiresSame)
    Text += " " + describe(C.What);
  if (C.Says == Clause::SameLock)
    Text += " " + describe(C.Same);
  return C.When.empty() ? Text : Text + " if " + describe(C.When);
}

} // namespace ddi
