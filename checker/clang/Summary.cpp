//===- Summary.cpp - What a call of a function does to its caller ---------===//

#include "Summary.h"
#include "Archive.h"

namespace ddi {

void members(Archive &A, Spot &S) { A(S.File, S.Line, S.Column); }
void members(Archive &A, Hop &H) { A(H.Text, H.At); }
static void members(Archive &A, Summary::Term &T) {
  A(T.Kind, T.Base, T.Other, T.Number, T.Name);
}
static void members(Archive &A, Summary::Trail &T) {
  A(T.Calls, T.Routine, T.At);
}
static void members(Archive &A, Summary::Change &C) {
  A(C.Op, C.Kind, C.Mode, C.Family, C.Form, C.Facts, C.Low, C.High, C.Object, C.Owner,
    C.Value, C.Keeper, C.Trail);
}
static void members(Archive &A, Summary::WayOut &W) {
  A(W.Signs, W.Result, W.Changes, W.Unsure);
}
static void members(Archive &A, Summary::Demand &D) {
  A(D.Op, D.Facts, D.Low, D.High, D.From, D.To, D.Call, D.Written, D.Trail,
    D.Signs);
}
static void members(Archive &A, Summary::LockUse &U) {
  A(U.Op, U.Kind, U.Mode, U.Object, U.Trail);
}
static void members(Archive &A, Summary::Acquisition &L) {
  A(L.Lock, L.Before, L.Signs);
}

namespace {

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
  auto IsSoundUse = [&](const Summary::LockUse &U) {
    return isBelow(U.Object, S.Terms) && isBelow(U.Trail, S.Trails);
  };
  for (const Summary::Acquisition &L : S.Acquisitions)
    if (!IsSoundUse(L.Lock) || !llvm::all_of(L.Before, IsSoundUse))
      return false;
  return true;
}

} // namespace

void members(Archive &A, Summary &S) {
  A(S.Terms, S.Trails, S.Changes, S.Ways, S.Demands, S.Acquisitions);
  if (A.isReading() && !isSound(S))
    A.refuse();
}

} // namespace ddi
