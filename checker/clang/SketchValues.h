//===- SketchValues.h - Expressions as the values of a sketch --------------===//
#ifndef DDI_SKETCH_VALUES_H
#define DDI_SKETCH_VALUES_H

#include "SketchProgram.h"
#include "clang/AST/ExprCXX.h"
#include <tuple>

namespace ddi {

/// Equal, unless the operator is another comparison.
ddi_compare compareOf(clang::BinaryOperatorKind Kind);

/// The values of one function's sketch, and its variables.
class SketchValues {
public:
  enum : uint32_t { Unknown = 0 }; // the first value of each sketch

  SketchValues(SketchProgram &Program, const clang::FunctionDecl &Function);

  std::vector<ddi_value> All;
  uint32_t Variables = 0;

  /// What the expression stands for: an address, if it is an lvalue.
  uint32_t of(const clang::Expr *E) {
    return E->isGLValue() ? address(E) : value(E);
  }
  uint32_t address(const clang::Expr *E);
  uint32_t value(const clang::Expr *E);
  /// What lies at the address.
  uint32_t loadAt(uint32_t Address);
  uint32_t number(int64_t Number);
  /// The address of a variable of the program, or of what is one to it.
  uint32_t global(ddi_name Name);
  uint32_t member(const clang::FieldDecl &Field, uint32_t Base);
  uint32_t parameter(uint32_t Index);
  uint32_t local(const clang::VarDecl &Variable);
  uint32_t compare(ddi_compare How, uint32_t Base, uint32_t Other);
  uint32_t bits(uint32_t Base, uint64_t Mask);
  /// The object that a method is called on.
  uint32_t objectOf(const clang::CXXMemberCallExpr &Call);

  void setResult(const clang::Expr *Call, uint32_t Action) {
    Results[Call] = Action;
  }

  /// The number of the variable that an assignment to this lvalue sets, or
  /// DDI_NONE: then it goes to memory.
  uint32_t variableAt(const clang::Expr *E);
  uint32_t numberOf(const clang::VarDecl &Variable);
  bool isTracked(const clang::VarDecl &Variable);
  /// Whether the value stands for the variable wherever that is used, so that it
  /// need not be set.
  bool substitute(const clang::VarDecl &Variable, uint32_t Value);
  /// The index of a parameter that does not stay as it was at entry, or DDI_NONE.
  uint32_t changedParameter(const clang::ParmVarDecl &Parameter);

  bool isDiscarded(const clang::CallExpr &Call) const {
    return Discarded.contains(&Call);
  }
  /// The variable that a part of ?:, && or || decides when it is evaluated.
  struct Choice {
    uint32_t Variable = DDI_NONE;
    bool IsTruth = false; // not the value itself
  };
  Choice choiceOf(const clang::Expr *Part) const { return Parts.lookup(Part); }

private:
  struct Variable {
    uint32_t Number = DDI_NONE;
    uint32_t Substitute = DDI_NONE;
    bool IsExposed = false, IsPassed = false, IsAssigned = false,
         IsTested = false;
  };

  SketchProgram &Program;
  const clang::FunctionDecl &Function;
  clang::ASTContext &Context;
  using Key = std::tuple<unsigned, unsigned, unsigned, unsigned, int64_t>;
  llvm::DenseMap<Key, uint32_t> Known;
  llvm::DenseMap<const clang::VarDecl *, Variable> Locals;
  std::vector<bool> Tracked; // by number
  llvm::DenseMap<const clang::Expr *, uint32_t> Results;
  llvm::DenseMap<const clang::Expr *, uint32_t> Chosen; // variables
  llvm::DenseMap<const clang::Expr *, Choice> Parts;
  llvm::DenseSet<const clang::CallExpr *> Discarded;
  llvm::DenseSet<ddi_name> Written; // members and variables of the program

  uint32_t add(const ddi_value &Value);
  uint32_t newNumber(bool IsTracked);

  // Before anything is read: how variables are used.
  void scan(const clang::Stmt *S, bool IsDiscarded = false);
  void scanArgument(const clang::Expr *E);
  void scanCondition(const clang::Expr *E);
  void scanTarget(const clang::Expr *E);
  void scanLambda(const clang::LambdaExpr &Lambda);
  void scanBinary(const clang::BinaryOperator &Op, bool IsDiscarded);
  void scanCast(const clang::CastExpr &Cast, bool IsDiscarded);
  void scanChoice(const clang::ConditionalOperator &Op, bool IsDiscarded);
  void noteTest(const clang::Expr *E);

  const clang::VarDecl *localIn(const clang::Expr *E) const;
  uint32_t held(const clang::VarDecl &Variable);
  uint32_t addressOf(const clang::VarDecl &Variable);
  uint32_t function(const clang::FunctionDecl &Function);
  uint32_t load(const clang::Expr *E);
  uint32_t element(const clang::Expr *Base, const clang::Expr *Index,
                   clang::QualType Type);
  uint32_t constant(const clang::Expr *E);
  uint32_t converted(const clang::CastExpr &Cast);
  bool isChoice(const clang::Expr *E);
  uint32_t integral(const clang::CastExpr &Cast);
  uint32_t unary(const clang::UnaryOperator &Op);
  uint32_t binary(const clang::BinaryOperator &Op);
  uint32_t comparison(const clang::BinaryOperator &Op);
  uint32_t around(const clang::BinaryOperator &Op);
  uint32_t sum(const clang::BinaryOperator &Op);
  uint32_t assigned(const clang::BinaryOperator &Op);
  bool isStable(uint32_t Value, bool MayLoad) const;
  bool isNumber(uint32_t Value) const {
    return All[Value].kind == DDI_VALUE_NUMBER;
  }
  unsigned shift() const; // what a method's object moves its parameters by
};

} // namespace ddi

#endif
