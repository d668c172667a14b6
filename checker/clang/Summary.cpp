//===- Summary.cpp - What a call of a function does to its caller ---------===//

#include "Summary.h"

namespace ddi {
namespace {

// Each structure is an array of its members, in this order.

template <class Visit> void members(Spot &S, Visit &&V) {
  V(S.File), V(S.Line), V(S.Column);
}
template <class Visit> void members(Hop &S, Visit &&V) { V(S.Text), V(S.At); }
template <class Visit> void members(Summary::Term &T, Visit &&V) {
  V(T.Kind), V(T.Base), V(T.Other), V(T.Number), V(T.Name);
}
template <class Visit> void members(Summary::Trail &T, Visit &&V) {
  V(T.Calls), V(T.Routine), V(T.At);
}
template <class Visit> void members(Summary::Change &C, Visit &&V) {
  V(C.Op), V(C.Kind), V(C.Mode), V(C.Family), V(C.Facts), V(C.Low), V(C.High),
      V(C.Object), V(C.Owner), V(C.Value), V(C.Keeper), V(C.Trail);
}
template <class Visit> void members(Summary::WayOut &W, Visit &&V) {
  V(W.Signs), V(W.Result), V(W.Changes), V(W.Unsure);
}
template <class Visit> void members(Summary::Demand &D, Visit &&V) {
  V(D.Op), V(D.Facts), V(D.Low), V(D.High), V(D.From), V(D.To), V(D.Call),
      V(D.Written), V(D.Trail), V(D.Signs);
}
template <class Visit> void members(Summary &S, Visit &&V) {
  V(S.Terms), V(S.Trails), V(S.Changes), V(S.Ways), V(S.Demands);
}

struct Writer {
  static llvm::json::Value write(int64_t Number) { return Number; }
  static llvm::json::Value write(const std::string &Text) { return Text; }
  template <class T> static llvm::json::Value write(const std::vector<T> &All) {
    llvm::json::Array Into;
    for (const T &Each : All)
      Into.push_back(write(Each));
    return Into;
  }
  template <class T> static llvm::json::Value write(const T &Whole) {
    llvm::json::Array Into;
    members(const_cast<T &>(Whole),
            [&](const auto &Part) { Into.push_back(write(Part)); });
    return Into;
  }
};

struct Reader {
  static bool read(const llvm::json::Value &V, int64_t &Into) {
    Into = V.getAsInteger().value_or(0);
    return V.getAsInteger().has_value();
  }
  static bool read(const llvm::json::Value &V, std::string &Into) {
    Into = V.getAsString().value_or("").str();
    return V.getAsString().has_value();
  }
  template <class T>
  static bool read(const llvm::json::Value &V, std::vector<T> &Into) {
    const llvm::json::Array *All = V.getAsArray();
    bool IsFine = All;
    for (size_t I = 0; IsFine && I < All->size(); ++I)
      IsFine = read((*All)[I], Into.emplace_back());
    return IsFine;
  }
  template <class T> static bool read(const llvm::json::Value &V, T &Into) {
    const llvm::json::Array *All = V.getAsArray();
    bool IsFine = All;
    size_t Next = 0;
    members(Into, [&](auto &Part) {
      IsFine = IsFine && Next < All->size() && read((*All)[Next++], Part);
    });
    return IsFine;
  }
};

template <class T> bool isBelow(int64_t Index, const std::vector<T> &All) {
  return Index >= 0 && uint64_t(Index) < All.size();
}

/// Every index is that of something, and terms rest on earlier ones.
bool isSound(const Summary &S) {
  for (size_t I = 0; I < S.Terms.size(); ++I) {
    auto IsEarlier = [&](int64_t Part) {
      return Part == 0 || (Part > 0 && uint64_t(Part) < I);
    };
    if (!IsEarlier(S.Terms[I].Base) || !IsEarlier(S.Terms[I].Other))
      return false;
  }
  for (const Summary::Change &C : S.Changes)
    for (int64_t Term : {C.Object, C.Owner, C.Value, C.Keeper})
      if (!isBelow(Term, S.Terms) || !isBelow(C.Trail, S.Trails))
        return false;
  for (const Summary::WayOut &W : S.Ways) {
    if (!isBelow(W.Result, S.Terms))
      return false;
    for (const auto *Indices : {&W.Changes, &W.Unsure})
      for (int64_t Index : *Indices)
        if (!isBelow(Index, S.Changes))
          return false;
  }
  for (const Summary::Demand &D : S.Demands)
    if (!isBelow(D.Trail, S.Trails))
      return false;
  return true;
}

} // namespace

llvm::json::Value toJSON(const Hop &S) { return Writer::write(S); }
llvm::json::Value toJSON(const Summary &S) { return Writer::write(S); }

bool fromJSON(const llvm::json::Value &V, Hop &S, llvm::json::Path At) {
  bool IsFine = Reader::read(V, S);
  if (!IsFine)
    At.report("not a call");
  return IsFine;
}

bool fromJSON(const llvm::json::Value &V, Summary &S, llvm::json::Path At) {
  bool IsFine = Reader::read(V, S) && isSound(S);
  if (!IsFine)
    At.report("not a summary");
  return IsFine;
}

} // namespace ddi
