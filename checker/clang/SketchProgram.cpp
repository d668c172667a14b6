//===- SketchProgram.cpp - What the sketches of one unit share -------------===//

#include "SketchProgram.h"
#include "Entries.h"
#include "Objects.h"
#include "Program.h"
#include "Wrappers.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace ddi {

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

static bool isGlobal(const FunctionDecl &Function) {
  return Function.getIdentifier() && !isa<CXXMethodDecl>(Function) &&
         Function.getDeclContext()->getRedeclContext()->isTranslationUnit();
}

static const FunctionDecl *definitionOf(const FunctionDecl &Function) {
  const FunctionDecl *Definition = nullptr;
  return Function.hasBody(Definition) ? Definition : nullptr;
}

/// Only a wrapper may lie in a namespace.
static bool canBeInTables(const FunctionDecl &Function) {
  return isGlobal(Function) || wrapperOf(&Function);
}

bool SketchProgram::isInTables(const FunctionDecl &Function) const {
  return (canBeInTables(Function) &&
          (routineOf(&Function) || publishedOf(&Function))) ||
         !Annotations.of(Function).empty();
}

/// Whether an inline function of the system's headers gets to a routine that is
/// known, or to who knows whom.
bool SketchProgram::canMatter(const FunctionDecl &Function) {
  const FunctionDecl *Definition = definitionOf(Function);
  if (isInTables(Function) || !Definition)
    return isInTables(Function);
  auto [It, IsNew] = Mattering.try_emplace(Definition, false);
  if (!IsNew)
    return It->second;
  // What constructors and destructors do by themselves is no call.
  if (isa<CXXConstructorDecl, CXXDestructorDecl>(Definition))
    return Mattering[Definition] = true;
  struct Finder : RecursiveASTVisitor<Finder> {
    SketchProgram &P;
    explicit Finder(SketchProgram &P) : P(P) {}
    bool VisitCallExpr(CallExpr *Call) {
      const FunctionDecl *FD = Call->getDirectCallee();
      return FD && !P.canMatter(*FD);
    }
    bool VisitCXXConstructExpr(CXXConstructExpr *Construct) {
      return Construct->getConstructor()->isTrivial();
    }
  };
  bool Matters = !Finder(*this).TraverseStmt(Definition->getBody());
  return Mattering[Definition] = Matters;
}

static bool isWritable(QualType Type) {
  QualType Pointee = Type->getPointeeType();
  return !Pointee.isNull() && !Pointee.isConstQualified() &&
         !Pointee->isFunctionType();
}

/// The tightest bounds that any clause names.
static void readBounds(const Contract &Says, Callee &Into) {
  for (const Clause &C : Says) {
    bool IsUpper = C.Says == Clause::RequiresMax || C.Says == Clause::AlwaysMax;
    bool IsLower = C.Says == Clause::RequiresMin || C.Says == Clause::AlwaysMin;
    if (C.Level == DDI_NO_BOUND)
      continue;
    if (IsUpper && (Into.Max == DDI_NO_BOUND || C.Level < Into.Max))
      Into.Max = int8_t(C.Level);
    if (IsLower && C.Level > Into.Min)
      Into.Min = int8_t(C.Level);
  }
}

Callee SketchProgram::read(const FunctionDecl &Function) {
  Callee Into;
  const FunctionDecl *Definition = definitionOf(Function);
  const ddi_published *Published = nullptr;
  const ddi_wrapper *Wrapper = wrapperOf(&Function);
  if (canBeInTables(Function)) {
    Into.Row = routineOf(&Function);
    Published = publishedOf(&Function);
  }
  bool IsRoutine = Into.Row || (Published && !Definition);
  Into.Name = Wrapper     ? add(Wrapper->name)
              : IsRoutine ? add(Function.getName())
                          : add(Program::nameOf(Function));
  Into.IsSystem = isOfTheSystem(Function);
  const Contract &Says = Annotations.of(Function);
  if (!Into.Row && !Says.empty()) {
    Into.Says = &Says;
    Into.HasEffects = llvm::any_of(Says, isEffect);
    if (!Published)
      readBounds(Says, Into);
  }
  Into.CanMatter = !Into.IsSystem || canMatter(Function) || Function.isNoReturn();
  Into.TakesMemory = llvm::any_of(Function.parameters(), [](const ParmVarDecl *P) {
    return isWritable(P->getType());
  });
  // An object of a class may be written too.
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  Into.TakesMemory |= Method && Method->isInstance() && !Method->isConst();
  bool IsModelled = Wrapper || (Into.Row && !Into.Row->observed &&
                                (Into.Row->effects[0].op || Into.Row->query));
  if (Definition && Into.CanMatter && !IsModelled)
    reach(*Definition);
  return Into;
}

const Callee &SketchProgram::calleeOf(const FunctionDecl &Function) {
  const FunctionDecl *Key = Function.getCanonicalDecl();
  auto It = Callees.find(Key);
  if (It == Callees.end())
    It = Callees.emplace(Key, read(Function)).first;
  return It->second;
}

void SketchProgram::reach(const FunctionDecl &Function) {
  if (!Function.isDependentContext() && Reached.insert(&Function).second)
    Waiting.push_back(&Function);
}

const FunctionDecl *SketchProgram::next() {
  if (Waiting.empty())
    return nullptr;
  const FunctionDecl *Last = Waiting.back();
  Waiting.pop_back();
  return Last;
}

//===----------------------------------------------------------------------===//
// Other names
//===----------------------------------------------------------------------===//

/// A record without a name goes by the member that it is the type of.
std::string SketchProgram::spell(const RecordDecl &Record) {
  if (Record.getIdentifier())
    return Record.getNameAsString();
  if (const TypedefNameDecl *Typedef = Record.getTypedefNameForAnonDecl())
    return Typedef->getNameAsString();
  if (const auto *Outer = dyn_cast<RecordDecl>(Record.getDeclContext()))
    for (const FieldDecl *Field : Outer->fields()) {
      const Type *Held = Field->getType()->getBaseElementTypeUnsafe();
      while (Held->isPointerType())
        Held = Held->getPointeeType().getTypePtr();
      if (Held->getAsRecordDecl() == &Record)
        return ddi_names_text(&Names, nameOf(*Field));
    }
  const SourceManager &SM = Context.getSourceManager();
  return "@" + std::to_string(SM.getExpansionLineNumber(Record.getLocation())) +
         ":" + std::to_string(SM.getExpansionColumnNumber(Record.getLocation()));
}

ddi_name SketchProgram::nameOf(const FieldDecl &Field) {
  const FieldDecl *Key = Field.getCanonicalDecl();
  if (ddi_name Known = Fields.lookup(Key))
    return Known;
  std::string Text = spell(*Key->getParent()) + "." +
                     (Key->getIdentifier()
                          ? Key->getNameAsString()
                          : std::to_string(Key->getFieldIndex()));
  return Fields[Key] = add(Text);
}

ddi_name SketchProgram::nameOf(const VarDecl &Variable) {
  const VarDecl *Key = Variable.getCanonicalDecl();
  if (ddi_name Known = Variables.lookup(Key))
    return Known;
  std::string Text = Key->getQualifiedNameAsString();
  if (const auto *Function = dyn_cast<FunctionDecl>(Key->getDeclContext()))
    Text = Key->getNameAsString() + "@" + Program::nameOf(*Function);
  else if (!Key->isExternallyVisible()) {
    const SourceManager &SM = Context.getSourceManager();
    auto Main = SM.getFileEntryRefForID(SM.getMainFileID());
    Text += "@" + (Main ? Main->getName().str() : "");
  }
  return Variables[Key] = add(Text);
}

ddi_name SketchProgram::signatureOf(const CallExpr &Call) {
  const Type *Key =
      Call.getCallee()->IgnoreParenImpCasts()->getType().getTypePtr();
  ddi_name &Known = Signatures[Key];
  if (!Known)
    Known = add(Program::signatureOf(Call));
  return Known;
}

bool SketchProgram::holdsObject(const RecordDecl &Record) {
  auto [It, IsNew] = Holders.try_emplace(&Record, false);
  if (IsNew)
    It->second = ddi::holdsObject(Record);
  return It->second;
}

void SketchProgram::locate(SourceLocation At, ddi_action &Into) {
  const SourceManager &SM = Context.getSourceManager();
  PresumedLoc Place = SM.getPresumedLoc(SM.getExpansionLoc(At));
  if (Place.isInvalid())
    return;
  if (Place.getFilename() != LastFile) {
    LastFile = Place.getFilename();
    LastFileName = add(LastFile);
  }
  Into.file = LastFileName;
  Into.line = Place.getLine();
  Into.column = Place.getColumn();
}

} // namespace ddi
