"""The C or C++ text of a program. Writing it tells each statement its line."""
from .routines import C_TYPES, PARAMETER, ROUTINES, kind_of
from .tree import (Attempt, IsLastRound, Local, Opaque, call_in, statements_of)

HEADER = """\
#ifndef DRIVER_H
#define DRIVER_H
#include <wdm.h>

typedef struct _VCB {
  ERESOURCE Resource;
  EX_PUSH_LOCK PushLock;
} VCB, *PVCB;

typedef struct _EXT {
  ERESOURCE Resource;
  EX_PUSH_LOCK PushLock;
  KSPIN_LOCK SpinLock;
  FAST_MUTEX Mutex;
  KEVENT Event;
  HANDLE Key;
  PVCB Vcb;
} EXT, *PEXT;

#ifdef __cplusplus
extern "C" {
#endif
extern ERESOURCE GlobalResource;
extern EX_PUSH_LOCK GlobalPushLock;
extern KSPIN_LOCK GlobalSpinLock;
extern FAST_MUTEX GlobalMutex;

BOOLEAN Decide(VOID);
VOID Work(PEXT ext);
VOID Pause(VOID);
%s#ifdef __cplusplus
}
#endif
#endif
"""

GLOBALS = """\
ERESOURCE GlobalResource;
EX_PUSH_LOCK GlobalPushLock;
KSPIN_LOCK GlobalSpinLock;
FAST_MUTEX GlobalMutex;
static KDPC Dpc;
static HANDLE Thread;
"""

SIGNATURES = {
    "dispatch": "NTSTATUS %s(PDEVICE_OBJECT DeviceObject, PIRP Irp)",
    "dpc": "VOID %s(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)",
    "unload": "VOID %s(PDRIVER_OBJECT DriverObject)",
    "thread": "VOID %s(PVOID Context)",
}
EXTENSIONS = {
    "dispatch": "DeviceObject->DeviceExtension",
    "dpc": "Context",
    "unload": "DriverObject->DeviceObject->DeviceExtension",
    "thread": "Context",
}
MAJOR = ["IRP_MJ_CREATE", "IRP_MJ_CLOSE", "IRP_MJ_READ", "IRP_MJ_WRITE",
         "IRP_MJ_DEVICE_CONTROL", "IRP_MJ_PNP"]


def signature(function):
    if function.is_entry:
        return SIGNATURES[function.kind] % function.name
    words = ["PEXT ext"]
    if function.lock_kind:
        words.append("%s *Lock" % C_TYPES[function.lock_kind])
    if function.is_recursive:
        words.append("ULONG Rounds")
    words += ["BOOLEAN " + name for name in function.parameters]
    return "%s%s %s(%s)" % ("static " if function.is_static else "", function.result,
                            function.name, ", ".join(words))


def registration(function, number):
    if function.kind == "dispatch":
        return "Driver->MajorFunction[%s] = %s;" % (MAJOR[number % len(MAJOR)],
                                                    function.name)
    if function.kind == "unload":
        return "Driver->DriverUnload = %s;" % function.name
    if function.kind == "dpc":
        return "KeInitializeDpc(&Dpc, %s, NULL);" % function.name
    return "PsCreateSystemThread(&Thread, 0, NULL, NULL, NULL, %s, NULL);" % function.name


class Writer:
    """One file."""

    def __init__(self, program, file):
        self.program = program
        self.file = file
        self.lines = []
        self.depth = 0
        self.tables = {}
        self.function = None

    def put(self, text):
        self.lines += ["  " * self.depth + line if line else ""
                       for line in text.splitlines()]

    def place(self, statement, text):
        statement.line = len(self.lines) + 1
        self.put(text)

    def write(self):
        self.put('#include "driver.h"\n')
        is_first = self.file is self.program.files[0]
        if is_first:
            self.put(GLOBALS)
        if self.file.name.endswith("pp"):
            self.put('extern "C" {')
        for function in self.file.functions:
            if function.is_static:
                self.put(signature(function) + ";")
        self.put("")
        for function in self.file.functions:
            self.write_function(function)
        if is_first:
            self.write_driver_entry()
        if self.file.name.endswith("pp"):
            self.put("}")
        return "\n".join(self.lines) + "\n"

    def write_driver_entry(self):
        self.put("NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path) {")
        self.depth += 1
        for number, entry in enumerate(self.program.entries()):
            self.put(registration(entry, number))
        self.put("return STATUS_SUCCESS;")
        self.depth -= 1
        self.put("}")

    def write_function(self, function):
        self.function = function
        self.write_tables(function)
        self.put(signature(function) + " {")
        self.depth += 1
        self.declare_locals(function)
        self.write_block(function.body)
        if function.out is not None:
            self.lines.append("out:")
            self.write_block(function.out)
        self.depth -= 1
        self.put("}\n")

    def write_tables(self, function):
        for statement in statements_of(function):
            call = call_in(statement)
            if call and len(call.callees) > 1:
                name = "Steps%d" % (len(self.tables) + 1)
                self.tables[id(call)] = name
                self.put("static VOID (*const %s[])(PEXT ext) = {%s};" % (
                    name, ", ".join(self.program.find(uid).name
                                    for uid in call.callees)))

    def declare_locals(self, function):
        if function.is_entry:
            self.put("PEXT ext = (PEXT)%s;" % EXTENSIONS[function.kind])
        for number, lock in enumerate(function.copies):
            self.put("%s *Copy%d = %s;" % (C_TYPES[kind_of(lock)], number, lock))
        for name in function.guesses:
            self.put("BOOLEAN %s = Decide();" % name)
        for name in function.flags:
            self.put("BOOLEAN %s = FALSE;" % name)
        for name in function.counters:
            self.put("ULONG %s;" % name)
        for name in function.levels:
            self.put("KIRQL %s = PASSIVE_LEVEL;" % name)

    def write_block(self, block):
        for statement in block:
            getattr(self, "write_" + type(statement).__name__.lower())(statement)

    def write_nested(self, block):
        self.depth += 1
        self.write_block(block)
        self.depth -= 1

    # ---- Statements

    def write_event(self, event):
        self.place(event, self.event(event, "TRUE") + ";")

    def write_call(self, call):
        store = "%s = " % call.result if call.result else ""
        self.place(call, store + self.call(call) + ";")

    def write_if(self, branch):
        inner = getattr(branch.condition, "event", None) or \
            getattr(branch.condition, "call", None)
        text = "if (%s) {" % self.condition(branch.condition)
        if inner is not None:
            inner.line = len(self.lines) + 1
        self.place(branch, text)
        self.write_nested(branch.then)
        if branch.otherwise:
            self.put("} else {")
            self.write_nested(branch.otherwise)
        self.put("}")

    def write_loop(self, loop):
        self.place(loop, "for (%s = 0; %s < 2 && Decide(); %s++) {" %
                   ((loop.counter,) * 3))
        self.write_nested(loop.body)
        self.put("}")

    def write_protected(self, protected):
        self.place(protected, "__try {")
        self.write_nested(protected.body)
        self.put("} __finally {")
        self.write_nested(protected.final)
        self.put("}")

    def write_assign(self, assign):
        self.place(assign, "%s = %s;" % (assign.name, truth(assign.value)))

    def write_work(self, work):
        self.place(work, "Pause();" if work.is_steady else "Work(ext);")

    def write_goto(self, goto):
        self.place(goto, "goto out;")

    def write_return(self, leave):
        self.place(leave, "return%s;" % self.result(leave.value))

    # ---- Expressions

    def result(self, value):
        result = SIGNATURES["dispatch"].split()[0] if self.function.kind == "dispatch" \
            else "VOID" if self.function.is_entry else self.function.result
        if result == "VOID":
            return ""
        if result == "BOOLEAN":
            return " " + (value if isinstance(value, str) else truth(value))
        if isinstance(value, str):
            return " %s ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL" % value
        return " STATUS_SUCCESS" if value in (None, True) else " STATUS_UNSUCCESSFUL"

    def lock(self, lock):
        if lock == PARAMETER:
            return "Lock"
        if lock in self.function.copies:
            return "Copy%d" % self.function.copies.index(lock)
        return lock

    def event(self, event, wait):
        return ROUTINES[event.routine].text % {"lock": self.lock(event.lock),
                                               "old": event.old, "wait": wait}

    def call(self, call):
        words = ["ext"]
        callee = self.program.find(call.callees[0])
        if callee.lock_kind:
            words.append(self.lock(call.lock))
        if callee.is_recursive:
            words.append("Rounds - 1" if call.rounds == -1 else str(call.rounds))
        words += [one if isinstance(one, str) else truth(one) for one in call.arguments]
        name = callee.name
        if len(call.callees) > 1:
            name = self.tables[id(call)] + "[Decide() ? 1 : 0]"
        return "%s(%s)" % (name, ", ".join(words))

    def condition(self, condition):
        sign = "!" if getattr(condition, "negated", False) else ""
        if isinstance(condition, Opaque):
            return "Decide()"
        if isinstance(condition, Local):
            return sign + condition.name
        if isinstance(condition, Attempt):
            return sign + self.event(condition.event, condition.wait or "FALSE")
        if isinstance(condition, IsLastRound):
            return "Rounds == 0"
        text = self.call(condition.call)
        if self.program.find(condition.call.callees[0]).result == "NTSTATUS":
            text = "NT_SUCCESS(%s)" % text
        return sign + text


def truth(value):
    return "TRUE" if value else "FALSE"


def render(program):
    """The files' texts by their names; numbers the statements' lines."""
    shared = [signature(one) + ";\n" for one in program.functions() if not one.is_static]
    texts = {"driver.h": HEADER % "".join(shared)}
    for file in program.files:
        texts[file.name] = Writer(program, file).write()
    return texts
