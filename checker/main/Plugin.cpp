//===- Plugin.cpp - What clang loads --------------------------------------===//
//
// A plugin for another version of LLVM fails to load for want of some mangled
// name, and says just that.  So what clang loads is this: it uses nothing of
// clang, tells the versions apart, and loads the checkers that lie beside it: at
// once, as they want to see what the preprocessor sees.
//
//===----------------------------------------------------------------------===//

#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <string>

#define EXPORTED extern "C" __attribute__((visibility("default")))

EXPORTED const char clang_analyzerAPIVersionString[] = DDI_LLVM_VERSION;

namespace {

std::string pathOfThis() {
  Dl_info Info;
  return dladdr(clang_analyzerAPIVersionString, &Info) ? Info.dli_fname : "";
}

[[noreturn]] void fail(const std::string &Message) {
  std::fprintf(stderr, "error: '%s' %s\n", pathOfThis().c_str(),
               Message.c_str());
  std::exit(1);
}

/// "Debian clang version 22.1.8 (...)" of the clang around; empty if it hides.
std::string versionOfClang() {
  using Version = std::string (*)();
  auto Full = reinterpret_cast<Version>(
      dlsym(RTLD_DEFAULT, "_ZN5clang19getClangFullVersionB5cxx11Ev"));
  std::string Text = Full ? Full() : "";
  const std::string Before = "version ";
  size_t At = Text.find(Before);
  if (At == std::string::npos)
    return "";
  Text = Text.substr(At + Before.size());
  return Text.substr(0, Text.find_first_not_of("0123456789."));
}

void compareVersions() {
  const std::string Theirs = versionOfClang(), Ours = DDI_LLVM_VERSION;
  if (!Theirs.empty() && Theirs != Ours)
    fail("was built for LLVM " + Ours + " and this is clang " + Theirs +
         "; build it with -DClang_DIR of that LLVM, or run clang " + Ours);
}

void *Library;

__attribute__((constructor)) void loadCheckers() {
  compareVersions();
  std::string Path = pathOfThis();
  Path = Path.substr(0, Path.rfind('/') + 1) + DDI_CHECKERS;
  Library = dlopen(Path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!Library)
    fail(std::string("cannot load its checkers: ") + dlerror());
}

} // namespace

EXPORTED void clang_registerCheckers(void *Registry) {
  auto Register = reinterpret_cast<void (*)(void *)>(
      dlsym(Library, "ddi_register_checkers"));
  Register(Registry);
}
