//===- Account.cpp - What a run did, for who reports it -------------------===//

#include "Account.h"
#include "Cache.h"
#include "clang/Basic/Version.h"
#include "llvm/Support/FormatVariadic.h"

namespace ddi {

static llvm::json::Value toJSON(const FileAccount &F) {
  return llvm::json::Object{{"file", F.File}, {"why", F.Why}};
}

llvm::Error writeAccount(const std::string &Path, const Account &A) {
  const Verdicts::Counts &C = A.Counts;
  std::string Text;
  llvm::raw_string_ostream(Text) << llvm::formatv(
      "{0:2}\n",
      llvm::json::Value(llvm::json::Object{
          {"version", DDI_VERSION},
          {"llvm", CLANG_VERSION_STRING},
          {"files", A.Files},
          {"functions", llvm::json::Object{{"defined", C.Defined},
                                           {"followed", C.Followed},
                                           {"judged", C.Judged}}},
          {"entryPoints", A.EntryPoints},
          {"pairs", llvm::json::Object{{"all", C.Pairs},
                                       {"undecided", C.Undecided}}},
          {"suppressions", A.Suppressions},
          {"explored", A.Explored}}));
  return writeWhole(Path, Text);
}

} // namespace ddi
