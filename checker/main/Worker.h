//===- Worker.h - One file, in a process of its own -----------------------===//
#ifndef DDI_WORKER_H
#define DDI_WORKER_H

#include "llvm/Support/JSON.h"
#include <string>
#include <vector>

namespace ddi {

/// What the parent asks of a child, and what the child answers, both as JSON.
struct Job {
  std::string Directory, File, Output, Index;
  std::vector<std::string> Command, Rules;
  std::string Strictness, World;
  bool WantsContracts = false, WantsSketches = false;
};

llvm::json::Value toJSON(const Job &J);
bool fromJSON(const llvm::json::Value &V, Job &J, llvm::json::Path At);

/// Does the job that the file describes and writes the answer where the job says:
/// what is annotated, or the sketches, if that is wanted; without an index what the file says of the
/// program, with one the findings.
/// Returns the exit status of the process.
int runJob(const std::string &JobFile);

} // namespace ddi

#endif
