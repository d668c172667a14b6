//===- Worker.h - One file, in a process of its own -----------------------===//
#ifndef DDI_WORKER_H
#define DDI_WORKER_H

#include "Exploration.h"
#include "Findings.h"
#include "Inputs.h"
#include "Program.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/Support/JSON.h"
#include <string>
#include <vector>

namespace ddi {

/// What the parent asks of a child.
struct Job {
  std::string Directory, Input, Output;
  std::string Excerpt; // what is known of the driver; empty: it is not solved
  std::vector<std::string> Command, Rules, Wrappers;
  std::string Strictness, World;
  bool WantsContracts = false;
  bool IsAskedAgain = false; // there may be a second job for the file
  std::string ListFolder; // where to keep lists of what is read, if anywhere
  std::string Preamble;   // that of all files whose jobs will follow
  int Timeout = 0, Memory = 0; // seconds and MB that it may take, or zero
};

/// Reads a job; prints what is wrong with it.
std::optional<Job> readJob(const std::string &JobFile);
/// False if it cannot be written.
bool writeFile(const std::string &Path, llvm::StringRef Text);
std::string textOf(const Job &J);
bool writeJob(const std::string &JobFile, const Job &J);

/// What a child answers.
struct Answer {
  std::string Error; // why the file was not analysed
  std::vector<Finding> Findings;
  std::vector<Suppression> Suppressions; // in the file and in its headers
  llvm::json::Array Contracts;
  std::vector<Exploration> Explored;
  std::string Program, Sketches; // as both write themselves
  std::vector<std::string> Lists; // the names of those of what was read
};

std::string writeAnswer(const Answer &A);
Answer readAnswer(llvm::StringRef Text);

/// Compiles the command of the job, out of these files, and does the job when all
/// is parsed: finds what is annotated, if that is wanted; without an excerpt
/// what the file says of the program, with one the findings.
class Worker {
public:
  Worker(Job &J, llvm::IntrusiveRefCntPtr<Inputs> Files) : J(J), Files(Files) {}
  virtual ~Worker() = default;
  Answer work();
  /// Writes the answer where the job says.
  bool deliver(const Answer &A);

  /// Before anything is set up, and before the first token.
  virtual void prepare(clang::CompilerInstance &) {}
  virtual void begin(clang::CompilerInstance &) {}
  /// Behind the last token, before the job is done; it may change here.
  virtual void parsed() {}

protected:
  Job &J;
  llvm::IntrusiveRefCntPtr<Inputs> Files;
  std::vector<std::string> Lists;

  /// Keeps the list of what was read since the last time.
  void keepList();
};

/// Does the job that the file describes. Returns the exit status of the process.
int runJob(const std::string &JobFile);

} // namespace ddi

#endif
