//===- SketchReader.h - Functions as sketches for the solver ---------------===//
//
// Reads what ddi_sketch.h describes from the AST, after bodies were lowered. What
// has no form there is a value that nobody knows.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_SKETCH_READER_H
#define DDI_SKETCH_READER_H

#include "ddi_sketch.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>
#include <vector>

namespace clang {
class ASTContext;
class FunctionDecl;
} // namespace clang

namespace ddi {

class Sal;

struct BodyDeleter {
  void operator()(ddi_body *Body) const { ddi_body_free(Body); }
};
using BodyPtr = std::unique_ptr<ddi_body, BodyDeleter>;

struct NamedBody {
  ddi_name Function; // as Program::nameOf()
  BodyPtr Body;
};

/// The sketches of all functions of a translation unit, and of those of the
/// system's headers that they can reach and that can matter.
std::vector<NamedBody> readSketches(clang::ASTContext &Context,
                                    const Sal &Annotations, ddi_names &Names);

/// The sketch of one function, which has a body.
BodyPtr readSketch(const clang::FunctionDecl &Function, const Sal &Annotations,
                   ddi_names &Names);

/// For people and for tests: one action a line.
void printSketch(llvm::raw_ostream &OS, const NamedBody &Sketch,
                 const ddi_names &Names);

} // namespace ddi

#endif
