"""How a tool ends without a traceback."""


class Failure(Exception):
    """Tells the user in one line what is wrong, where, and what to do."""
