//===- SketchSet.cpp - Sketches of a unit, or of a whole driver -----------===//

#include "SketchSet.h"
#include <cstring>

namespace ddi {

// FIXME: stands for the CBOR form.
template <class T> static void put(std::string &Out, const T *At, size_t Count) {
  uint64_t N = Count;
  Out.append(reinterpret_cast<const char *>(&N), sizeof N);
  Out.append(reinterpret_cast<const char *>(At), Count * sizeof(T));
}

template <class T> static T *get(const char *&At, uint32_t *Count) {
  uint64_t N;
  memcpy(&N, At, sizeof N);
  At += sizeof N;
  T *All = static_cast<T *>(calloc(N + 1, sizeof(T)));
  memcpy(All, At, N * sizeof(T));
  At += N * sizeof(T);
  *Count = uint32_t(N);
  return All;
}

std::string SketchSet::write() const {
  std::string Out;
  uint32_t Count = ddi_names_count(&names());
  put(Out, &Count, 1);
  for (uint32_t I = 1; I < Count; ++I) {
    const char *Text = ddi_names_text(&names(), I);
    put(Out, Text, strlen(Text));
  }
  for (const NamedBody &B : Bodies) {
    put(Out, &B.Function, 1);
    put(Out, B.Body.get(), 1);
    put(Out, B.Body->values, B.Body->value_count);
    put(Out, B.Body->arguments, B.Body->argument_count);
    put(Out, B.Body->actions, B.Body->action_count);
    put(Out, B.Body->edges, B.Body->edge_count);
    put(Out, B.Body->blocks, B.Body->block_count);
  }
  return Out;
}

bool SketchSet::read(llvm::StringRef Text) {
  if (Text.empty())
    return false;
  const char *At = Text.begin();
  uint32_t N;
  uint32_t *Count = get<uint32_t>(At, &N);
  std::vector<ddi_name> Map(*Count);
  for (uint32_t I = 1; I < *Count; ++I) {
    char *T = get<char>(At, &N);
    Map[I] = ddi_names_add(&names(), T, N);
    free(T);
  }
  free(Count);
  while (At < Text.end()) {
    NamedBody B;
    ddi_name *Name = get<ddi_name>(At, &N);
    B.Function = Map[*Name];
    free(Name);
    ddi_body *Body = get<ddi_body>(At, &N);
    Body->values = get<ddi_value>(At, &Body->value_count);
    Body->arguments = get<uint32_t>(At, &Body->argument_count);
    Body->actions = get<ddi_action>(At, &Body->action_count);
    Body->edges = get<ddi_edge>(At, &Body->edge_count);
    Body->blocks = get<ddi_block>(At, &Body->block_count);
    Body->why_not = Map[Body->why_not];
    for (uint32_t I = 0; I < Body->value_count; ++I)
      Body->values[I].name = Map[Body->values[I].name];
    for (uint32_t I = 0; I < Body->action_count; ++I) {
      ddi_action &A = Body->actions[I];
      A.name = Map[A.name];
      A.written = Map[A.written];
      A.file = Map[A.file];
    }
    B.Body.reset(Body);
    Bodies.push_back(std::move(B));
  }
  return true;
}

} // namespace ddi
