//===- Resident.h - Many runs in one process, for an editor -----------------===//
//
// What is asked comes on stdin, and what is answered goes to stdout, a JSON object
// a line; one run at a time, in their order:
//
//     {"id": 1, "build": "/folder/of/database", "file": "/a.c",
//      "index": "/driver.index", "lines": [[10, 20]]}
//     {"id": 1, "status": 2, "findings": [...], "functions": ["f"],
//      "files": [...], "suppressions": [...]}
//
// "index" may be missing, and "lines" may be null. "functions" is null if the answer
// speaks of the whole file. Where there is no answer, there is {"id": 1, "error": "..."};
// {"cancel": 1} ends a run, or keeps it from beginning, and is answered by
// {"id": 1, "cancelled": true}.
//
// Each run is a child of this process, which starts the servers that parse what
// files begin with, and has them for all runs, until a file that they have read
// changes.
//
//===------------------------------------------------------------------------===//
#ifndef DDI_RESIDENT_H
#define DDI_RESIDENT_H

#include "Run.h"

namespace ddi {

/// Runs like this one, but for the files. Returns at the end of stdin.
ExitStatus runResident(const Request &Like);

} // namespace ddi

#endif
