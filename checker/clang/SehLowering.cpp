//===- SehLowering.cpp - Structured exceptions as plain control flow ------===//

#include "SehLowering.h"
#include "Program.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/DenseSet.h"
#include <vector>

using namespace clang;

namespace ddi {
namespace {

enum class ExitKind { Leave, Return, Raise, Goto };

/// How control leaves a __try block.
struct Exit {
  ExitKind Kind;
  const LabelDecl *Target = nullptr; // of a goto
  SourceLocation Loc;

  /// Each return stays one of its own: a finding names it.
  bool isSameAs(const Exit &Other) const {
    return Kind == Other.Kind && Target == Other.Target &&
           (Kind != ExitKind::Return || Loc == Other.Loc);
  }
};

/// One __try, while its parts are rewritten.
struct Try {
  Try *Outer;
  bool IsFinally;
  VarDecl *How;
  LabelDecl *End;
  llvm::DenseSet<const LabelDecl *> Labels; // inside the block
  std::vector<Exit> Exits;                  // code of an exit: index + 1
};

/// A loop or switch, while its parts are rewritten. What breaks out of a __try
/// inside goes to a label that is made for it.
struct Breakable {
  Breakable *Outer;
  Try *Around;
  bool IsLoop;
  LabelDecl *End = nullptr;  // behind it
  LabelDecl *Next = nullptr; // behind the body
};

class Lowering {
public:
  Lowering(ASTContext &Context, FunctionDecl &Function, SehJumps &Jumps)
      : Context(Context), Function(Function), Jumps(Jumps) {}

  void run() {
    Stmt *Body = rewrite(Function.getBody());
    if (!Saved) {
      Function.setBody(Body);
      return;
    }
    std::vector<Stmt *> Parts{declare(Saved)};
    Parts.push_back(Body);
    Function.setBody(compound(Parts, Body->getBeginLoc(), Body->getEndLoc()));
  }

private:
  ASTContext &Context;
  FunctionDecl &Function;
  SehJumps &Jumps;
  Try *Current = nullptr;
  Breakable *Innermost = nullptr;
  VarDecl *Saved = nullptr;    // what an interrupted return returns
  VarDecl *Finishing = nullptr; // how control came to the __finally block

  //===--- Building ------------------------------------------------------===//

  CompoundStmt *compound(ArrayRef<Stmt *> Parts, SourceLocation Begin,
                         SourceLocation End) {
    return CompoundStmt::Create(Context, Parts, FPOptionsOverride(), Begin,
                                End);
  }

  VarDecl *variable(StringRef Name, QualType Type, SourceLocation Loc,
                    Expr *Init) {
    auto *Var = VarDecl::Create(
        Context, &Function, Loc, Loc, &Context.Idents.get(Name), Type,
        Context.getTrivialTypeSourceInfo(Type, Loc), SC_None);
    Var->setImplicit();
    Var->addAttr(UnusedAttr::CreateImplicit(Context)); // no dead stores here
    if (Init)
      Var->setInit(Init);
    return Var;
  }

  Stmt *declare(VarDecl *Var) {
    return new (Context)
        DeclStmt(DeclGroupRef(Var), Var->getLocation(), Var->getLocation());
  }

  Expr *number(unsigned Value, SourceLocation Loc) {
    return IntegerLiteral::Create(Context, llvm::APInt(32, Value),
                                  Context.IntTy, Loc);
  }

  DeclRefExpr *reference(VarDecl *Var, SourceLocation Loc) {
    return DeclRefExpr::Create(Context, NestedNameSpecifierLoc(),
                               SourceLocation(), Var, false, Loc,
                               Var->getType(), VK_LValue);
  }

  Expr *valueOf(VarDecl *Var, SourceLocation Loc) {
    return ImplicitCastExpr::Create(
        Context, Var->getType().getUnqualifiedType(), CK_LValueToRValue,
        reference(Var, Loc), nullptr, VK_PRValue, FPOptionsOverride());
  }

  Expr *binary(BinaryOperatorKind Op, Expr *L, Expr *R, QualType Type,
               SourceLocation Loc) {
    return BinaryOperator::Create(Context, L, R, Op, Type, VK_PRValue,
                                  OK_Ordinary, Loc, FPOptionsOverride());
  }

  Expr *assign(VarDecl *Var, Expr *Value, SourceLocation Loc) {
    return binary(BO_Assign, reference(Var, Loc), Value, Var->getType(), Loc);
  }

  /// Goes to the end of the block, and says so in a path.
  Stmt *jump(Try &T, unsigned Code, SourceLocation Loc, StringRef Note) {
    Expr *Store = assign(T.How, number(Code, Loc), Loc);
    Jumps[Store] = Note;
    auto *Goto = new (Context) GotoStmt(T.End, Loc, Loc);
    return compound({Store, Goto}, Loc, Loc);
  }

  /// Runs Then if the condition holds; Then leaves, or makes it fail. Written as
  /// "for (... : ...)": of all branches on a value it alone leaves no trace in a
  /// path.
  Stmt *when(Expr *Condition, Stmt *Then, SourceLocation Loc) {
    auto None = [&] {
      return cast<DeclStmt>(
          declare(variable("(none)", Context.IntTy, Loc, number(0, Loc))));
    };
    return new (Context)
        CXXForRangeStmt(nullptr, None(), None(), None(), Condition,
                        number(0, Loc), None(), Then, Loc, Loc, Loc, Loc);
  }

  /// Runs Then, once, if How is Code.
  Stmt *whenLeft(VarDecl *How, unsigned Code, Stmt *Then, SourceLocation Loc) {
    Expr *Condition = binary(BO_EQ, valueOf(How, Loc), number(Code, Loc),
                             Context.IntTy, Loc);
    return when(Condition,
                compound({assign(How, number(0, Loc), Loc), Then}, Loc, Loc),
                Loc);
  }

  LabelDecl *label(StringRef Name, SourceLocation Loc) {
    return LabelDecl::Create(Context, &Function, Loc,
                             &Context.Idents.get(Name));
  }

  Stmt *place(LabelDecl *Label, SourceLocation Loc) {
    auto *S = new (Context) LabelStmt(Loc, Label, new (Context) NullStmt(Loc));
    Label->setStmt(S);
    return S;
  }

  /// Ends the path: the exception leaves the function.
  Stmt *unwind(SourceLocation Loc) {
    FunctionProtoType::ExtProtoInfo Info;
    QualType Type = Context.getFunctionType(Context.VoidTy, {}, Info);
    auto *Callee = FunctionDecl::Create(
        Context, Context.getTranslationUnitDecl(), Loc, Loc,
        DeclarationName(&Context.Idents.get("(exception)")), Type, nullptr,
        SC_Extern);
    Callee->setImplicit();
    Callee->addAttr(NoReturnAttr::CreateImplicit(Context));
    auto *Ref = DeclRefExpr::Create(Context, NestedNameSpecifierLoc(),
                                    SourceLocation(), Callee, false, Loc, Type,
                                    VK_LValue);
    Expr *Pointer = ImplicitCastExpr::Create(
        Context, Context.getPointerType(Type), CK_FunctionToPointerDecay, Ref,
        nullptr, VK_PRValue, FPOptionsOverride());
    return CallExpr::Create(Context, Pointer, {}, Context.VoidTy, VK_PRValue,
                            Loc, FPOptionsOverride());
  }

  //===--- Leaving -------------------------------------------------------===//

  /// Control goes out of the innermost of the given __try blocks.
  Stmt *leave(Try *From, Exit Out, StringRef Note) {
    if (!From)
      return leaveFunction(Out);
    bool IsCaught = From->IsFinally || Out.Kind == ExitKind::Raise;
    if (Out.Kind == ExitKind::Leave)
      return jump(*From, 0, Out.Loc, Note);
    if (!IsCaught)
      return passes(From, Out) ? leave(From->Outer, Out, Note)
                               : plain(Out);
    return jump(*From, codeOf(*From, Out), Out.Loc, Note);
  }

  /// Whether the exit goes further out than the __try around From.
  static bool passes(const Try *From, const Exit &Out) {
    const Try *Outer = From->Outer;
    if (!Outer)
      return false;
    return Out.Kind != ExitKind::Goto || !Outer->Labels.contains(Out.Target);
  }

  Stmt *leaveFunction(const Exit &Out) {
    return Out.Kind == ExitKind::Raise ? unwind(Out.Loc) : plain(Out);
  }

  Stmt *plain(const Exit &Out) {
    if (Out.Kind == ExitKind::Goto)
      return new (Context)
          GotoStmt(const_cast<LabelDecl *>(Out.Target), Out.Loc, Out.Loc);
    return ReturnStmt::Create(Context, Out.Loc,
                              Saved ? valueOf(Saved, Out.Loc) : nullptr,
                              nullptr);
  }

  static unsigned codeOf(Try &T, const Exit &Out) {
    for (unsigned I = 0; I < T.Exits.size(); ++I)
      if (T.Exits[I].isSameAs(Out))
        return I + 1;
    T.Exits.push_back(Out);
    return T.Exits.size();
  }

  //===--- Rewriting -----------------------------------------------------===//

  struct LabelCollector : RecursiveASTVisitor<LabelCollector> {
    llvm::DenseSet<const LabelDecl *> &Labels;
    explicit LabelCollector(llvm::DenseSet<const LabelDecl *> &Labels)
        : Labels(Labels) {}
    bool VisitLabelStmt(LabelStmt *S) {
      Labels.insert(S->getDecl());
      return true;
    }
  };

  Stmt *lower(SEHTryStmt *S) {
    SourceLocation Loc = S->getTryLoc();
    Try T{Current, S->getFinallyHandler() != nullptr,
          variable("AbnormalTermination()", Context.IntTy, Loc, number(0, Loc)),
          label("(end)", Loc), {}, {}};
    LabelCollector(T.Labels).TraverseStmt(S->getTryBlock());

    Current = &T;
    Stmt *Block = rewrite(S->getTryBlock());
    Current = T.Outer;

    std::vector<Stmt *> Parts{declare(T.How), Block};
    SourceLocation End = S->getTryBlock()->getEndLoc();
    Parts.push_back(place(T.End, End));
    if (T.IsFinally)
      finish(T, *S->getFinallyHandler(), Parts);
    else
      handle(T, *S->getExceptHandler(), Parts);
    return compound(Parts, Loc, S->getEndLoc());
  }

  void finish(Try &T, SEHFinallyStmt &Finally, std::vector<Stmt *> &Parts) {
    VarDecl *Before = Finishing;
    Finishing = T.How;
    Parts.push_back(rewrite(Finally.getBlock()));
    Finishing = Before;
    SourceLocation Loc = Finally.getEndLoc();
    for (unsigned I = 0; I < T.Exits.size(); ++I) {
      Exit Out = T.Exits[I];
      Out.Loc = Out.Kind == ExitKind::Return ? Out.Loc : Loc;
      Parts.push_back(whenLeft(T.How, I + 1, onwards(T, Out), Loc));
    }
  }

  /// An exit goes on from behind the __finally block.
  Stmt *onwards(Try &T, const Exit &Out) {
    if (Out.Kind == ExitKind::Raise)
      return leave(T.Outer, Out, "The exception goes on to the next handler");
    if (!passes(&T, Out))
      return plain(Out);
    return leave(T.Outer, Out, "Control goes on to the outer block");
  }

  void handle(Try &T, SEHExceptStmt &Except, std::vector<Stmt *> &Parts) {
    Stmt *Handler = rewrite(Except.getBlock());
    SourceLocation Loc = Except.getExceptLoc();
    if (T.Exits.empty())
      return; // nothing raises: no way leads here
    VarDecl *Filter = variable("(filter)", Context.IntTy, Loc, nullptr);
    Expr *Passes = UnaryOperator::Create(
        Context, valueOf(Filter, Loc), UO_LNot, Context.IntTy, VK_PRValue,
        OK_Ordinary, Loc, false, FPOptionsOverride());
    Stmt *Search = when(Passes,
                        leave(T.Outer, {ExitKind::Raise, nullptr, Loc},
                              "The exception goes on to the next handler"),
                        Loc);
    Stmt *Choice = compound(
        {declare(Filter), assign(Filter, Except.getFilterExpr(), Loc), Search,
         Handler},
        Loc, Except.getEndLoc());
    Parts.push_back(whenLeft(T.How, 1, Choice, Loc));
  }

  Stmt *rewrite(Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return S;
    if (auto *Seh = dyn_cast<SEHTryStmt>(S))
      return lower(Seh);
    if (auto *Call = dyn_cast<CallExpr>(S))
      if (isAbnormalTermination(*Call) && Finishing)
        return valueOf(Finishing, Call->getBeginLoc());
    if (Current)
      if (Stmt *Out = rewriteExit(S))
        return Out;
    bool IsLoop = isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S);
    if (IsLoop || isa<SwitchStmt>(S))
      return rewriteBreakable(S, IsLoop);
    rewriteChildren(S);
    return S;
  }

  void rewriteChildren(Stmt *S) {
    for (Stmt *&Child : S->children())
      Child = rewrite(Child);
  }

  Stmt *rewriteBreakable(Stmt *S, bool IsLoop) {
    Breakable Here{Innermost, Current, IsLoop};
    Innermost = &Here;
    rewriteChildren(S);
    Innermost = Here.Outer;
    SourceLocation Loc = S->getEndLoc();
    if (Here.Next)
      setBody(S, [&](Stmt *Body) {
        return compound({Body, place(Here.Next, Loc)}, Body->getBeginLoc(), Loc);
      });
    if (!Here.End)
      return S;
    return compound({S, place(Here.End, Loc)}, S->getBeginLoc(), Loc);
  }

  template <typename Change> static void setBody(Stmt *S, Change With) {
    if (auto *For = dyn_cast<ForStmt>(S))
      For->setBody(With(For->getBody()));
    else if (auto *While = dyn_cast<WhileStmt>(S))
      While->setBody(With(While->getBody()));
    else if (auto *Do = dyn_cast<DoStmt>(S))
      Do->setBody(With(Do->getBody()));
    else if (auto *Range = dyn_cast<CXXForRangeStmt>(S))
      Range->setBody(With(Range->getBody()));
  }

  /// The label for a break or continue that leaves the current __try; null if it
  /// stays inside.
  LabelDecl *labelBeyond(bool IsContinue, SourceLocation Loc) {
    Breakable *B = Innermost;
    while (B && IsContinue && !B->IsLoop)
      B = B->Outer;
    if (!B || B->Around == Current)
      return nullptr;
    LabelDecl *&Label = IsContinue ? B->Next : B->End;
    if (!Label) {
      Label = label(IsContinue ? "(next)" : "(behind)", Loc);
      for (Try *T = B->Around; T; T = T->Outer)
        T->Labels.insert(Label);
    }
    return Label;
  }

  /// The statement as one that leaves the current __try; null if it does not.
  Stmt *rewriteExit(Stmt *S) {
    SourceLocation Loc = S->getBeginLoc();
    if (isa<SEHLeaveStmt>(S))
      return leave(Current, {ExitKind::Leave, nullptr, Loc},
                   "'__leave' ends the '__try' block");
    if (auto *Return = dyn_cast<ReturnStmt>(S))
      return rewriteReturn(*Return);
    if (isa<BreakStmt>(S))
      if (LabelDecl *Label = labelBeyond(/*IsContinue=*/false, Loc))
        return leave(Current, {ExitKind::Goto, Label, Loc},
                     "'break' runs the '__finally' block first");
    if (isa<ContinueStmt>(S))
      if (LabelDecl *Label = labelBeyond(/*IsContinue=*/true, Loc))
        return leave(Current, {ExitKind::Goto, Label, Loc},
                     "'continue' runs the '__finally' block first");
    if (auto *Goto = dyn_cast<GotoStmt>(S))
      if (!Current->Labels.contains(Goto->getLabel()))
        return leave(Current, {ExitKind::Goto, Goto->getLabel(), Loc},
                     "'goto' runs the '__finally' block first");
    if (auto *Call = dyn_cast<CallExpr>(S))
      return rewriteRaise(*Call);
    return nullptr;
  }

  Stmt *rewriteReturn(ReturnStmt &Return) {
    if (!runsFinally(Current))
      return nullptr;
    SourceLocation Loc = Return.getBeginLoc();
    std::vector<Stmt *> Parts;
    if (Expr *Value = Return.getRetValue()) {
      QualType Type = Function.getReturnType().getUnqualifiedType();
      if (!Saved && !Type->isVoidType() && !Type->isReferenceType())
        Saved = variable("(returned)", Type, Loc, nullptr);
      Value = cast<Expr>(rewrite(Value));
      Parts.push_back(Saved ? assign(Saved, Value, Loc) : Value);
    }
    Parts.push_back(leave(Current, {ExitKind::Return, nullptr, Loc},
                          "'return' runs the '__finally' block first"));
    return compound(Parts, Loc, Return.getEndLoc());
  }

  static bool runsFinally(const Try *T) {
    for (; T; T = T->Outer)
      if (T->IsFinally)
        return true;
    return false;
  }

  /// A call that throws: always, or for bad user memory.
  Stmt *rewriteRaise(CallExpr &Call) {
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (!Callee || !Callee->getDeclName().isIdentifier())
      return nullptr;
    const ddi_routine *Row = routineOf(Callee);
    bool Always = Row ? Row->raises : Callee->isNoReturn();
    SourceLocation Loc = Call.getBeginLoc();
    if (Always) {
      std::vector<Stmt *> Parts(Call.arg_begin(), Call.arg_end());
      Parts.push_back(raise(Loc));
      return block(Parts, Loc);
    }
    if (!Row || !Row->may_raise)
      return nullptr;
    // A value without a source is unknown, and splits the path.
    auto *Unknown = new (Context)
        OpaqueValueExpr(Loc, Context.IntTy, VK_PRValue, OK_Ordinary);
    Expr *First = block({when(Unknown, raise(Loc), Loc)}, Loc);
    return binary(BO_Comma, First, &Call, Call.getType(), Loc);
  }

  Stmt *raise(SourceLocation Loc) {
    return leave(Current, {ExitKind::Raise, nullptr, Loc},
                 "An exception is raised here");
  }

  /// Statements where only an expression can stand, as a call may.
  Expr *block(ArrayRef<Stmt *> Parts, SourceLocation Loc) {
    return new (Context)
        StmtExpr(compound(Parts, Loc, Loc), Context.VoidTy, Loc, Loc, 0);
  }

  static bool isAbnormalTermination(const CallExpr &Call) {
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (!Callee || !Callee->getDeclName().isIdentifier())
      return false;
    StringRef Name = Callee->getName();
    return Name == "_abnormal_termination" ||
           Name == "__abnormal_termination" || Name == "AbnormalTermination";
  }
};

class FunctionFinder : public RecursiveASTVisitor<FunctionFinder> {
public:
  bool shouldVisitTemplateInstantiations() const { return true; }
  bool VisitSEHTryStmt(SEHTryStmt *) {
    if (Current && !Current->isDependentContext() &&
        (Found.empty() || Found.back() != Current))
      Found.push_back(Current);
    return true;
  }
  bool TraverseDecl(Decl *D) {
    auto *FD = dyn_cast_or_null<FunctionDecl>(D);
    if (!FD || !FD->doesThisDeclarationHaveABody())
      return RecursiveASTVisitor::TraverseDecl(D);
    FunctionDecl *Outer = Current;
    Current = FD;
    bool GoesOn = RecursiveASTVisitor::TraverseDecl(D);
    Current = Outer;
    return GoesOn;
  }
  std::vector<FunctionDecl *> Found;

private:
  FunctionDecl *Current = nullptr;
};

} // namespace

SehJumps lowerSeh(ASTContext &Context) {
  SehJumps Jumps;
  FunctionFinder Finder;
  Finder.TraverseDecl(Context.getTranslationUnitDecl());
  for (FunctionDecl *Function : Finder.Found)
    Lowering(Context, *Function, Jumps).run();
  return Jumps;
}

} // namespace ddi
