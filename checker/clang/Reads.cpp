//===- Reads.cpp - What code from a place on may look at ------------------===//

#include "Reads.h"
#include "Compat.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Analysis/CFG.h"

using namespace clang;
using namespace ento;

namespace ddi {

static const void *keyOf(QualType Type) {
  return Type.getCanonicalType().getTypePtr();
}

/// Reads statements, one by one.
class Reads::Reader {
public:
  Reader(Reads &R, ASTContext &Context) : R(R), Context(Context) {}

  Set Found;
  std::vector<const FunctionDecl *> Callees;
  bool CallsAnything = false;

  /// What is not looked at where it stands, as it is stored to, or a part of it is
  /// meant.
  void skipPlaces(const Stmt &S) {
    if (const auto *Member = dyn_cast<MemberExpr>(&S))
      if (!Member->isArrow())
        Places.insert(Member->getBase()->IgnoreParens());
    const auto *Op = dyn_cast<BinaryOperator>(&S);
    if (Op && Op->getOpcode() == BO_Assign)
      Places.insert(Op->getLHS()->IgnoreParens());
  }

  void read(const Stmt &S) {
    readCall(S);
    if (Places.contains(&S))
      return;
    if (const auto *Member = dyn_cast<MemberExpr>(&S))
      add(Member->getMemberDecl()->getCanonicalDecl());
    else if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      add(Ref->getDecl()->getCanonicalDecl());
    else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(&S))
      add(keyOf(Element->getType()));
    else if (const auto *Op = dyn_cast<UnaryOperator>(&S))
      if (Op->getOpcode() == UO_Deref)
        add(keyOf(Op->getType()));
  }

  void destroy(const CXXDestructorDecl *Destructor) {
    if (Destructor)
      call(*Destructor, Destructor->isVirtual());
  }

  void all(const Stmt &S) {
    skipPlaces(S);
    read(S);
    for (const Stmt *Child : S.children())
      if (Child)
        all(*Child);
  }

private:
  Reads &R;
  ASTContext &Context;
  llvm::SmallPtrSet<const Stmt *, 16> Places;

  void add(Key Of) { Found.set(R.numberOf(Of)); }

  void call(const FunctionDecl &Callee, bool IsVirtual) {
    CallsAnything |= IsVirtual;
    Callees.push_back(&Callee);
  }

  void readCall(const Stmt &S) {
    if (const auto *Made = dyn_cast<CXXConstructExpr>(&S))
      return call(*Made->getConstructor(), /*IsVirtual=*/false);
    if (const auto *Deleted = dyn_cast<CXXDeleteExpr>(&S)) {
      QualType Type = Deleted->getDestroyedType();
      const auto *Record = Type.isNull() ? nullptr : Type->getAsCXXRecordDecl();
      return destroy(Record && Record->hasDefinition() ? Record->getDestructor()
                                                       : nullptr);
    }
    const auto *Call = dyn_cast<CallExpr>(&S);
    if (!Call)
      return;
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Callee) {
      CallsAnything = true;
      return;
    }
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    call(*Callee, Method && Method->isVirtual());
  }
};

/// The function and all that it may call.
const Reads::Set &Reads::bodyOf(const FunctionDecl &Function) {
  auto It = Bodies.find(Function.getCanonicalDecl());
  if (It != Bodies.end())
    return It->second;
  ASTContext &Context = Function.getASTContext();
  llvm::SmallPtrSet<const FunctionDecl *, 16> Seen;
  std::vector<const FunctionDecl *> Left = {&Function};
  Set All;
  while (!Left.empty()) {
    const FunctionDecl *Next = Left.back();
    Left.pop_back();
    if (!Seen.insert(Next->getCanonicalDecl()).second)
      continue;
    const FunctionDecl *Defined = nullptr;
    const Stmt *Body = Next->getBody(Defined);
    if (!Body)
      continue;
    Reader Of(*this, Context);
    Of.all(*Body);
    All |= Of.Found;
    llvm::append_range(Left, Of.Callees);
    if (Of.CallsAnything)
      All |= anyBody(Context);
  }
  return Bodies[Function.getCanonicalDecl()] = std::move(All);
}

/// All that is defined: what a pointer points to may be called.
const Reads::Set &Reads::anyBody(ASTContext &Context) {
  if (Indirect)
    return *Indirect;
  Indirect.emplace();
  Set All;
  for (const Decl *D : Context.getTranslationUnitDecl()->decls()) {
    const auto *Function = dyn_cast<FunctionDecl>(D);
    if (!Function || !Function->doesThisDeclarationHaveABody() ||
        Function->isDependentContext())
      continue;
    Reader Of(*this, Context);
    Of.all(*Function->getBody());
    All |= Of.Found;
  }
  Indirect = std::move(All);
  return *Indirect;
}

const std::vector<Reads::Set> &Reads::blocksOf(const CFG &Graph,
                                               ASTContext &Context) {
  auto [It, IsNew] = Blocks.try_emplace(&Graph);
  std::vector<Set> &Sets = It->second;
  if (!IsNew)
    return Sets;
  Sets.resize(Graph.getNumBlockIDs());
  Reader Of(*this, Context);
  for (const CFGBlock *Block : Graph)
    for (const CFGElement &Element : *Block)
      if (auto S = Element.getAs<CFGStmt>())
        Of.skipPlaces(*S->getStmt());
  for (const CFGBlock *Block : Graph) {
    Of.Found.clear();
    Of.Callees.clear();
    Of.CallsAnything = false;
    for (const CFGElement &Element : *Block) {
      if (auto S = Element.getAs<CFGStmt>())
        Of.read(*S->getStmt());
      else if (auto Destroyed = Element.getAs<CFGImplicitDtor>())
        Of.destroy(Destroyed->getDestructorDecl(Context));
    }
    Set &Here = Sets[Block->getBlockID()];
    Here = Of.Found;
    for (const FunctionDecl *Callee : Of.Callees)
      Here |= bodyOf(*Callee);
    if (Of.CallsAnything)
      Here |= anyBody(Context);
  }
  // Blocks are numbered from the exit on.
  for (bool HasChanged = true; HasChanged;) {
    HasChanged = false;
    for (const CFGBlock *Block : llvm::reverse(Graph))
      for (const CFGBlock *Next : Block->succs())
        if (Next)
          HasChanged |= Sets[Block->getBlockID()] |= Sets[Next->getBlockID()];
  }
  return Sets;
}

const Reads::Set &Reads::from(const CFGBlock &Block,
                              const LocationContext &Frame) {
  auto [It, IsNew] = Known.try_emplace({&Frame, Block.getBlockID()});
  if (!IsNew)
    return It->second;
  ASTContext &Context = Frame.getAnalysisDeclContext()->getASTContext();
  const CFGBlock *At = &Block;
  for (const LocationContext *In = &Frame; In && At; In = In->getParent()) {
    It->second |= blocksOf(*At->getParent(), Context)[At->getBlockID()];
    const auto *Called = dyn_cast<StackFrameContext>(In);
    if (Called)
      At = Called->getCallSiteBlock();
  }
  return It->second;
}

bool Reads::has(const Set &Later, const MemRegion *Region) {
  auto Has = [&](Key Of) {
    auto It = Numbers.find(Of);
    return It != Numbers.end() && Later.test(It->second);
  };
  while (true) {
    if (const auto *Field = dyn_cast<FieldRegion>(Region)) {
      const FieldDecl *Decl = Field->getDecl()->getCanonicalDecl();
      QualType Whole = compat::typeOf(*Decl->getParent());
      if (Has(Decl) || Has(keyOf(Whole)))
        return true;
    } else if (const auto *Element = dyn_cast<ElementRegion>(Region)) {
      if (Has(keyOf(Element->getValueType())))
        return true;
    } else if (const auto *Var = dyn_cast<VarRegion>(Region)) {
      return Has(Var->getDecl()->getCanonicalDecl()) ||
             Has(keyOf(Var->getValueType()));
    } else if (isa<SymbolicRegion>(Region)) {
      return false;
    } else if (!isa<CXXBaseObjectRegion, CXXDerivedObjectRegion>(Region)) {
      return true;
    }
    Region = cast<SubRegion>(Region)->getSuperRegion();
  }
}

} // namespace ddi
