"""What we say to the editor."""
from . import messages

TYPES = {"error": 1, "warning": 2, "info": 3}


class Editor:
    """Sends our messages; send takes an object of JSON."""

    def __init__(self, send):
        self.send = send
        self.capabilities = {}
        self.asked = {}   # what to do with the answer, by id
        self.number = 0

    def can(self, *keys):
        """What its capabilities say under the keys."""
        return messages.get(self.capabilities, *keys)

    def notify(self, method, params):
        self.send(messages.notification(method, params))

    def request(self, method, params, then=lambda result, failed: None):
        """Asks the editor; then(result, whether it failed) is called if it answers."""
        self.number += 1
        number = "%s:%d" % (messages.MARK, self.number)
        self.asked[number] = then
        self.send(messages.request(number, method, params))

    def answered(self, data):
        """Takes an answer; returns whether it was one to us, the first or another."""
        number = data.get("id")
        if not isinstance(number, str) or not number.startswith(messages.MARK + ":"):
            return False
        then = self.asked.pop(number, None)
        if then:
            then(data.get("result"), "error" in data)
        return True

    def show(self, kind, text):
        """Shows a message; kind: "error", "warning" or "info"."""
        self.notify("window/showMessage",
                    {"type": TYPES[kind], "message": "ddi-check: " + text})


class Progress:
    """Of something that takes time: shown if the editor can, from when it says so."""

    def __init__(self, editor, token, title, on_cancel):
        self.editor, self.title, self.on_cancel = editor, title, on_cancel
        self.token = "%s:%s" % (messages.MARK, token)
        self.is_shown = self.is_over = False
        self.last = {}
        if editor.can("window", "workDoneProgress"):
            editor.request("window/workDoneProgress/create", {"token": self.token},
                           self.begin)

    def begin(self, _, has_failed):
        if has_failed or self.is_over:
            return
        self.is_shown = True
        self.tell({"kind": "begin", "title": self.title, "cancellable": True,
                   **self.last})

    def report(self, message, percentage=None):
        self.last = {"message": message}
        if isinstance(percentage, (int, float)):
            self.last["percentage"] = min(max(int(percentage), 0), 100)
        if self.is_shown:
            self.tell({"kind": "report", **self.last})

    def end(self):
        if self.is_shown and not self.is_over:
            self.tell({"kind": "end"})
        self.is_over = True

    def tell(self, value):
        self.editor.notify("$/progress", {"token": self.token, "value": value})
