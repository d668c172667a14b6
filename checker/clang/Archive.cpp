//===- Archive.cpp - Structures as CBOR -----------------------------------===//

#include "Archive.h"
#include <cstdlib>

using namespace llvm;

namespace ddi {

// The name of what is in it, the texts, and then the items, that refer to them.

Archive::Archive(StringRef What, StringRef Bytes) : What(What) {
  Items.is_reading = true;
  Items.in = reinterpret_cast<const unsigned char *>(Bytes.data());
  Items.left = Bytes.size();
  auto ReadText = [&] {
    const char *Text = nullptr;
    size_t Length = 0;
    return ddi_stream_text(&Items, &Text, &Length) ? StringRef(Text, Length)
                                                   : StringRef();
  };
  if (ReadText() != What)
    refuse();
  size_t Count = length(0);
  for (size_t I = 0; I < Count && !Items.error; ++I)
    Texts.push_back(ReadText());
}

Archive::~Archive() { free(Items.out); }

void Archive::number(int64_t &Value, int64_t Low, int64_t High) {
  if (Items.error || !ddi_stream_number(&Items, &Value, Low, High))
    Value = std::max<int64_t>(Low, 0);
}

StringRef Archive::text(StringRef Text) {
  int64_t Number = 0;
  if (!isReading()) {
    auto [It, IsNew] = Numbers.try_emplace(Text, Texts.size());
    if (IsNew)
      Texts.push_back(It->first());
    Number = int64_t(It->second);
  }
  number(Number, 0, int64_t(Texts.size()) - 1);
  return Items.error || Texts.empty() ? StringRef() : Texts[size_t(Number)];
}

size_t Archive::length(size_t Length) {
  uint64_t Count = Length;
  bool IsFine = !Items.error && ddi_stream_length(&Items, &Count);
  return IsFine ? size_t(Count) : 0;
}

void Archive::part(StringSet<> &All) {
  std::vector<StringRef> Keys;
  for (const auto &Entry : All)
    Keys.push_back(Entry.first());
  llvm::sort(Keys);
  size_t Count = length(Keys.size());
  for (size_t I = 0; I < Count && !Items.error; ++I) {
    StringRef Key = text(isReading() ? "" : Keys[I]);
    if (isReading())
      All.insert(Key);
  }
}

std::string Archive::bytes() {
  ddi_stream Head = {};
  auto WriteText = [&](StringRef Text) {
    const char *Data = Text.data();
    size_t Length = Text.size();
    ddi_stream_text(&Head, &Data, &Length);
  };
  WriteText(What);
  uint64_t Count = Texts.size();
  ddi_stream_length(&Head, &Count);
  for (StringRef Text : Texts)
    WriteText(Text);
  std::string All(reinterpret_cast<char *>(Head.out), Head.used);
  All.append(reinterpret_cast<char *>(Items.out), Items.used);
  free(Head.out);
  return All;
}

Error Archive::error() const {
  if (!Items.error && !Items.left)
    return Error::success();
  return createStringError(Items.error ? Items.error : ddi_not_sound);
}

} // namespace ddi
