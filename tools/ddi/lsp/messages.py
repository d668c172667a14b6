"""JSON-RPC: what a message is, told without reading all of it where that will do."""
import json
import re

MARK = "ddi-check"  # our requests, commands and tokens begin so; our options are there
MOST = 8 << 20      # bytes; a longer message is not parsed
SMALL = 64 << 10    # bytes; all that is about us is smaller

PARSE_ERROR, INVALID_REQUEST, UNKNOWN_METHOD, INVALID_PARAMS = \
    -32700, -32600, -32601, -32602
NOT_INITIALIZED = -32002
CANCELLED = (-32800, -32801, -32802)  # by the client, an edit, or the server

# The quotes of a key inside a string have a backslash in front of them.
METHOD = re.compile(rb'"method"\s*:\s*"((?:[^"\\]|\\.){1,200})"')
URI = re.compile(rb'"uri"\s*:\s*"((?:[^"\\]|\\.){1,5000})"')
FIRST_ID = re.compile(rb'\s*\{\s*"id"\s*:\s*("(?:[^"\\]|\\.)*"|[^\s,}"]+)\s*,')
UNREADABLE = (ValueError, RecursionError)


def methods(body):
    """Names that the body has under the key "method", at whatever depth: if the one of
    the message is looked for, it is among them."""
    found = METHOD.findall(body)
    return {one.replace(b"\\/", b"/").decode("utf-8", "replace") for one in found}


def uris(body):
    """The texts under the key "uri" of a body that is not parsed."""
    return [parse(b'"%s"' % one) for one in URI.findall(body)]


def parse(body):
    """The JSON of a body; None if it is none."""
    try:
        return json.loads(body)
    except UNREADABLE:
        return None


def parse_object(body):
    """The JSON object of a body of bearable length; else None."""
    data = parse(body) if len(body) <= MOST else None
    return data if isinstance(data, dict) else None


def key(number):
    """What an id is known by: 1 and 1.0 are one, 1 and "1" are two."""
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    return json.dumps(number)


def first_id(body):
    """The key of the id that the body begins with, as those of clangd do; else None."""
    found = FIRST_ID.match(body)
    data = parse(found[1]) if found else None
    return key(data) if data is not None else None


def is_response(data):
    return "id" in data and "method" not in data


def request(number, method, params):
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


def notification(method, params):
    return {"jsonrpc": "2.0", "method": method, "params": params}


def result(number, value):
    return {"jsonrpc": "2.0", "id": number, "result": value}


def error(number, code, text):
    return {"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": text}}


def get(data, *keys):
    """What lies in JSON under the keys; None where there is no such thing."""
    for one in keys:
        if not isinstance(data, dict):
            return None
        data = data.get(one)
    return data


def mapping(data, *keys):
    """The object under the keys; an empty one if there is none."""
    found = get(data, *keys)
    return found if isinstance(found, dict) else {}


def listing(data, *keys):
    """The list under the keys; an empty one if there is none."""
    found = get(data, *keys)
    return found if isinstance(found, list) else []
