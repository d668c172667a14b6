//===- Values.h - What a path knows of a value ----------------------------===//
#ifndef DDI_VALUES_H
#define DDI_VALUES_H

#include "ddi_core.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/ProgramState.h"

namespace ddi {

/// Unknown, or null, for an argument that the call does not have.
clang::ento::SVal argumentOf(const clang::ento::CallEvent &Call, ddi_arg Arg);
const clang::Expr *argumentExpr(const clang::ento::CallEvent &Call,
                                ddi_arg Arg);

/// 1 if the value is surely not zero, 0 if it surely is, -1 otherwise.
int truthOf(clang::ento::SVal Value, clang::ento::ProgramStateRef State);

/// Null if the value cannot have one of the signs: 1 below zero, 2 zero, 4 above.
clang::ento::ProgramStateRef assumeSigns(clang::ento::ProgramStateRef State,
                                         clang::ento::SVal Value,
                                         clang::QualType Type, unsigned Signs);

/// What the path knows of an IRQL that is a value of the program.
ddi_level levelOf(clang::ento::SVal Value, clang::ento::ProgramStateRef State);

/// The same knowledge, as the analyzer keeps it.
clang::ento::ProgramStateRef assumeLevel(clang::ento::ProgramStateRef State,
                                         clang::ento::SVal Value,
                                         const ddi_level &Level);

/// Whether nobody looks at what the call returns.
bool isDiscarded(const clang::CallExpr &Call,
                 const clang::LocationContext &Frame);

/// The member of 64 bits of the structure at the address (LARGE_INTEGER), or
/// what lies there if it is no structure; unknown if that is neither.
clang::ento::SVal intervalAt(clang::ento::SVal Address,
                             clang::ento::ProgramStateRef State);

} // namespace ddi

#endif
