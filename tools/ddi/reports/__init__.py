"""Reports of a scan, by the name of their format: modules with
`write(scan, stream, options)`, which take a Scan, a stream of text and Options."""
from ddi.errors import Failure
from ddi.reports import codequality, html, jsonl, msvc, sarif, text
from ddi.reports.common import Options

FORMATS = {
    "codequality": codequality,
    "html": html,
    "jsonl": jsonl,
    "msvc": msvc,
    "sarif": sarif,
    "text": text,
}


def write(name, scan, stream, options=Options()):
    """Writes the report of that name.  Failure: there is none."""
    if name not in FORMATS:
        raise Failure("there is no report '%s'; there are: %s" % (
            name, ", ".join(FORMATS)))
    FORMATS[name].write(scan, stream, options)
