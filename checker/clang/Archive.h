//===- Archive.h - Structures as CBOR -------------------------------------===//
//
// One description of a structure writes and reads it: members(Archive, Structure),
// which hands over its parts in their order.  Texts are written once, and then go
// by number.
//
//===----------------------------------------------------------------------===//
#ifndef DDI_ARCHIVE_H
#define DDI_ARCHIVE_H

#include "stream.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ddi {

class Archive {
public:
  /// Writes, what of that name is in such an archive.
  explicit Archive(llvm::StringRef What) : What(What) {}
  /// Reads what was written, as long as the bytes are there, and nothing else.
  Archive(llvm::StringRef What, llvm::StringRef Bytes);
  ~Archive();
  Archive(const Archive &) = delete;
  Archive &operator=(const Archive &) = delete;

  template <class... Ts> void operator()(Ts &...Parts) { (part(Parts), ...); }
  bool isReading() const { return Items.is_reading; }
  /// What is read makes no sense.
  void refuse() { ddi_stream_fail(&Items, ddi_not_sound); }

  /// What was written.
  std::string bytes();
  /// Why not all that is there was read, and was fine.
  llvm::Error error() const;

private:
  llvm::StringRef What;
  ddi_stream Items = {};
  std::vector<llvm::StringRef> Texts; // by number
  llvm::StringMap<size_t> Numbers;

  void number(int64_t &Value, int64_t Low, int64_t High);
  llvm::StringRef text(llvm::StringRef Text);
  /// How many items follow; none after an error.
  size_t length(size_t Length);

  void part(int64_t &Value) { number(Value, INT64_MIN, INT64_MAX); }
  template <class T> void narrow(T &Value, int64_t Low, int64_t High) {
    int64_t Wide = Value;
    number(Wide, Low, High);
    Value = T(Wide);
  }
  void part(bool &Value) { narrow(Value, 0, 1); }
  void part(int &Value) { narrow(Value, INT32_MIN, INT32_MAX); }
  void part(uint32_t &Value) { narrow(Value, 0, UINT32_MAX); }
  void part(std::string &Value) {
    llvm::StringRef Text = text(Value);
    if (isReading())
      Value = Text.str();
  }

  template <class T> void part(std::vector<T> &All) {
    size_t Count = length(All.size());
    for (size_t I = 0; I < Count && !Items.error; ++I)
      part(isReading() ? All.emplace_back() : All[I]);
  }
  template <class T> void part(std::set<T> &All) {
    size_t Count = length(All.size());
    auto Next = All.begin();
    for (size_t I = 0; I < Count && !Items.error; ++I) {
      T One = isReading() ? T() : *Next++;
      part(One);
      if (isReading())
        All.insert(All.end(), std::move(One));
    }
  }
  template <class T> void part(std::map<std::string, T> &All) {
    size_t Count = length(All.size());
    auto Next = All.begin();
    for (size_t I = 0; I < Count && !Items.error; ++I) {
      if (isReading()) {
        std::string Key;
        part(Key);
        part(All[std::move(Key)]);
        continue;
      }
      text(Next->first);
      part(Next->second);
      ++Next;
    }
  }
  template <class T> void part(llvm::StringMap<T> &All) {
    size_t Count = length(All.size());
    std::vector<llvm::StringRef> Keys; // in an order that is always the same
    if (!isReading()) {
      for (const auto &Entry : All)
        Keys.push_back(Entry.first());
      llvm::sort(Keys);
    }
    for (size_t I = 0; I < Count && !Items.error; ++I) {
      llvm::StringRef Key = text(isReading() ? "" : Keys[I]);
      part(All[Key]);
    }
  }
  void part(llvm::StringSet<> &All);
  template <class T> void part(std::optional<T> &Value) {
    bool IsThere = Value.has_value();
    part(IsThere);
    if (isReading() && IsThere)
      Value.emplace();
    if (IsThere)
      part(*Value);
  }
  template <class T> auto part(T &Whole) -> decltype(members(*this, Whole)) {
    members(*this, Whole);
  }
};

} // namespace ddi

#endif
