"""A citizen with a browser: opens the form, fills it in, presses the button again after every cut, until a receipt is shown."""

import hashlib
import http.client
import random
import time
import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urlsplit

PATIENCE = 600.0  # seconds for one message, through all that is broken meanwhile
READING = 3.3  # seconds; whoever is faster is taken for a machine


@dataclass
class Form:
    """A form of a page: what it would send, its buttons, and the places where one types or attaches."""

    values: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)


class FormReader(HTMLParser):
    """Finds the form that carries the token."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside: Form | None = None
        self.feed(page)

    @property
    def form(self) -> Form | None:
        return next((form for form in self.forms if "form_token" in form.values), None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = Form()
            self.forms.append(self.inside)
        if self.inside is None or not (name := had.get("name")):
            return
        if tag == "button":
            self.inside.buttons.append((name, had.get("value", "")))
        elif tag in ("textarea", "select"):
            self.inside.typed.add(name)
        elif tag == "input":
            kind = had.get("type", "text")
            if kind == "hidden":
                self.inside.values[name] = had.get("value", "")
            elif kind == "file":
                self.inside.files.add(name)
            else:
                self.inside.typed.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None


@dataclass(frozen=True)
class Attached:
    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass
class Written:
    """One message, and what became of it. `code` once it was acknowledged."""

    number: int
    title: str
    body: str
    files: list[Attached]
    code: str = ""
    posts: int = 0
    cuts: int = 0
    errors: int = 0
    seconds: float = 0.0


def compose(number: int) -> Written:
    """A message that no other is like. Every third one has files, some of them large."""
    files = []
    for which in range({0: 1, 1: 3}.get(number % 6, 0)):
        size = 3_000_000 if number % 60 == 0 else random.randrange(2_000, 60_000)
        noise = random.randbytes(size // 2).hex().encode()
        content = b"%PDF-1.7\n%" + noise + b"\ntrailer<<>>\nstartxref\n0\n%%EOF\n"
        files.append(Attached(f"پیوست {number}-{which}.pdf", content))
    return Written(
        number, f"پیام آزمایشی {number}", f"متن پیام شمارهٔ {number}.\nبا سپاس {uuid.uuid4().hex}", files
    )


class Citizen:
    """Speaks HTTP/1.1 with one address; every connection may break at any moment."""

    def __init__(self, port: int, topic: int) -> None:
        self.port = port
        self.start = f"/contact/?lane=citizen&topic={topic}"
        self.topic = topic
        self.cookies: dict[str, str] = {}

    def write(self, message: Written) -> bool:
        """Send a message; True when the receipt was shown."""
        began = time.monotonic()
        until = began + PATIENCE
        page = self.get(self.start, until)
        time.sleep(READING)
        while page and time.monotonic() < until:
            form = FormReader(page).form
            if form is None:
                page = self.get(self.start, until)
                time.sleep(READING)
                continue
            address = self.send(message, form, until)
            if isinstance(address, Redirect):
                return self.receipt(message, address.to, until, began)
            page = address
        return False

    def send(self, message: Written, form: Form, until: float) -> "str | Redirect":
        """Press the button, again after every cut; the page that comes next."""
        values = {**form.values, **{k: v for k, v in self.typed(message).items() if k in form.typed}}
        steps = [value for name, value in form.buttons if name == "step"]
        if "send" in steps:
            values["step"] = "send"
        elif "review" in steps:
            values["step"] = "review"
        attached = message.files if "files" in form.files else []
        while time.monotonic() < until:
            message.posts += 1
            try:
                status, headers, body = self.request("POST", "/contact/", values, attached)
            except (OSError, http.client.HTTPException):
                message.cuts += 1
                time.sleep(random.uniform(0.2, 1.0))
                continue
            if status == 303:
                return Redirect(headers["location"])
            if following := FormReader(body).form:
                if (
                    values.get("step") == "send" or "body" in following.typed
                ):  # shown again, with all that was typed
                    message.errors += 1
                    time.sleep(random.uniform(0.2, 1.0))
                return body
            message.errors += 1
            time.sleep(random.uniform(0.2, 1.0))
        return ""

    def receipt(self, message: Written, address: str, until: float, began: float) -> bool:
        from contact.codes import format_code
        from contact.public.tokens import read_receipt

        read = read_receipt(parse_qs(urlsplit(address).query)["r"][0])
        page = self.get(address, until)
        if read and format_code(read[0]) in page:
            message.code, message.seconds = read[0], time.monotonic() - began
            return True
        return False

    def typed(self, message: Written) -> dict[str, str]:
        return {
            "kind": "request",
            "topic": str(self.topic),
            "title": message.title,
            "body": message.body,
            "answer_by": "email",
            "name": "سارا نمونه‌ای",
            "email": f"sara{message.number}@example.com",
        }

    def get(self, address: str, until: float) -> str:
        while time.monotonic() < until:
            try:
                status, _headers, body = self.request("GET", address)
                if status == 200:
                    return body
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(random.uniform(0.1, 0.6))
        return ""

    def request(
        self,
        method: str,
        address: str,
        values: dict[str, str] | None = None,
        files: list[Attached] | None = None,
    ) -> tuple[int, dict[str, str], str]:
        parts = urlsplit(address)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if values is not None:
            body, headers["Content-Type"] = _encode(values, files or [])
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        try:
            connection.request(method, target, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, text


@dataclass(frozen=True)
class Redirect:
    to: str


def _encode(values: dict[str, str], files: list[Attached]) -> tuple[bytes, str]:
    if not files:
        return urlencode(values).encode(), "application/x-www-form-urlencoded"
    line = uuid.uuid4().hex
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in values.items()
    ]
    for file in files:
        head = f'--{line}\r\nContent-Disposition: form-data; name="files"; filename="{file.name}"\r\n'
        parts.append(head.encode() + b"Content-Type: application/pdf\r\n\r\n" + file.content + b"\r\n")
    return b"".join([*parts, f"--{line}--\r\n".encode()]), f"multipart/form-data; boundary={line}"
