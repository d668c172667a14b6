//===- Assumptions.h - A meaning for _Analysis_assume_ --------------------===//
//
// The headers define _Analysis_assume_(e) and its family to nothing, unless for
// Microsoft's analyzer. Here
//
//     _Analysis_assume_(e)           ends the paths on which e does not hold
//     _Analysis_assume_lock_held_(l) calls __ddi_assume_lock_held(&(l))
//
// and so on. An assumption is text that this compiler need never have seen: where
// it is not plain that it compiles, it stays nothing.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_ASSUMPTIONS_H
#define DDI_ASSUMPTIONS_H

namespace clang {
class Preprocessor;
} // namespace clang

namespace ddi {

/// Gives the family its meaning, in C. Before the first token.
void giveAssumptionsMeaning(clang::Preprocessor &PP);

} // namespace ddi

#endif
