"""Reads XML of unknown origin: no document types, so no entities; bounded."""
from dataclasses import dataclass, field
from xml.parsers import expat

from ..errors import Failure

LARGEST = 32 << 20
DEEPEST = 100


@dataclass
class Node:
    """An element; its tag without namespace."""
    tag: str
    attributes: dict
    line: int
    text: str = ""
    children: list = field(default_factory=list)


def parse(path):
    """The root Node; Failure if the file is no XML that can be used."""
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Failure("cannot read '%s': %s" % (path, error.strerror))
    if len(data) > LARGEST:
        raise Failure("'%s' is no project: it is larger than %d MB" %
                      (path, LARGEST >> 20))
    try:
        return _parse(data)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Failure("'%s' is no project: %s" % (path, error))


def _parse(data):
    parser = expat.ParserCreate()
    parser.buffer_text = True
    top = Node("", {}, 0)
    open_nodes = [top]

    def start(tag, attributes):
        if len(open_nodes) > DEEPEST:
            raise ValueError("line %d: elements are nested too deep" %
                             parser.CurrentLineNumber)
        node = Node(tag.rpartition(":")[2], attributes, parser.CurrentLineNumber)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def text(data):
        open_nodes[-1].text += data

    def doctype(*_):
        raise ValueError("line %d: it has a document type, which projects do not "
                         "have" % parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_nodes.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(data, True)
    return top.children[0]
