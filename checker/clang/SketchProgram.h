//===- SketchProgram.h - What the sketches of one unit share ---------------===//
#ifndef DDI_SKETCH_PROGRAM_H
#define DDI_SKETCH_PROGRAM_H

#include "Sal.h"
#include "ddi_core.h"
#include "ddi_sketch.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <unordered_map>
#include <vector>

namespace ddi {

/// What is known of a function wherever it is called.
struct Callee {
  ddi_name Name = 0;
  const ddi_routine *Row = nullptr;
  const Contract *Says = nullptr; // if there is no row; never empty
  bool IsSystem = false;
  bool CanMatter = false;   // by itself, whatever it is given
  bool TakesMemory = false; // may write through an argument
  int8_t Min = DDI_NO_BOUND, Max = DDI_NO_BOUND;
  bool HasEffects = false;
};

/// Names declarations, each once, and finds the functions that are to be read.
class SketchProgram {
public:
  SketchProgram(clang::ASTContext &Context, const Sal &Annotations,
                ddi_names &Names)
      : Context(Context), Annotations(Annotations), Names(Names) {}

  clang::ASTContext &Context;

  ddi_name add(llvm::StringRef Text) {
    return ddi_names_add(&Names, Text.data(), Text.size());
  }
  const Callee &calleeOf(const clang::FunctionDecl &Function);
  ddi_name nameOf(const clang::FieldDecl &Field);
  /// Of a variable that is not local.
  ddi_name nameOf(const clang::VarDecl &Variable);
  ddi_name signatureOf(const clang::CallExpr &Call);
  bool holdsObject(const clang::RecordDecl &Record);
  void locate(clang::SourceLocation At, ddi_action &Into);

  /// Functions with bodies come in here, and go out once.
  void reach(const clang::FunctionDecl &Function);
  const clang::FunctionDecl *next();

private:
  const Sal &Annotations;
  ddi_names &Names;
  std::unordered_map<const clang::FunctionDecl *, Callee> Callees;
  llvm::DenseMap<const clang::FieldDecl *, ddi_name> Fields;
  llvm::DenseMap<const clang::VarDecl *, ddi_name> Variables;
  llvm::DenseMap<const clang::Type *, ddi_name> Signatures;
  llvm::DenseMap<const clang::RecordDecl *, bool> Holders;
  llvm::DenseMap<const clang::FunctionDecl *, bool> Mattering;
  llvm::DenseSet<const clang::FunctionDecl *> Reached;
  std::vector<const clang::FunctionDecl *> Waiting;
  const char *LastFile = nullptr;
  ddi_name LastFileName = 0;

  Callee read(const clang::FunctionDecl &Function);
  bool isInTables(const clang::FunctionDecl &Function) const;
  bool canMatter(const clang::FunctionDecl &Function);
  std::string spell(const clang::RecordDecl &Record);
};

} // namespace ddi

#endif
