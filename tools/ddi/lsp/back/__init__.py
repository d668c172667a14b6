"""The half of the language server that works: it finds commands, lets ddi-check analyse,
and keeps the drivers' indexes.  The other half, the front, starts it and talks to the
editor.

Both send lines of JSON.  From the front:

  {"do": "start", "root", "options"}     first of all; see projects.Options
  {"do": "analyse", "id", "path", "why": "open" | "edit" | "save", "lines", "buffers"}
  {"do": "cancel", "id"}
  {"do": "rescan", "id", "path", "buffers"}   the whole driver of a file
  {"do": "forget"}                       all that was read is read anew

To the front:

  {"ready": {"version", "rules"}}
  {"id", "findings", "functions", "files", "of"}, {"id", "error"}, {"id", "cancelled"}
  {"id", "progress": {"message", "percentage"}}
  {"renew": [path...]}    the index of their driver has changed: analyse them again
  {"error"}               of no request"""

from .service import main

__all__ = ["main"]
