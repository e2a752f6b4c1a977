"""An SMTP server of ours that fails in every way on demand, and remembers every mail that it took."""

import re
import socketserver
import threading
import time
from dataclasses import dataclass, field

#: Longer than the site waits for an answer (EMAIL_TIMEOUT).
SILENCE = 30.0
_MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^>]+>)", re.IGNORECASE | re.MULTILINE)

#: Every way to fail, and what the server then does at which command; None breaks the connection off.
MODES: dict[str, dict[str, str | None]] = {
    "fine": {},
    "down": {},
    "slow": {"MAIL": "silence"},
    "refusing for now (4xx)": {"RCPT": "451 4.3.0 try again later"},
    "busy (421)": {"CONNECT": "421 4.3.2 too busy"},
    "refusing (5xx)": {"RCPT": "550 5.7.1 relaying denied"},
    "refusing the text (5xx)": {"END": "554 5.7.1 looks like spam"},
    "breaking off": {"DATA": None},
    "dying after acceptance": {"END": None},
}
USUAL = {"DATA": "354 go on", "QUIT": "221 bye"}
DIES = "dying after acceptance"


@dataclass(frozen=True)
class Taken:
    """A mail that the server holds: when, and whether it said so."""

    message_id: str
    at: float
    mode: str


@dataclass
class MailServer:
    """Listens on a port of its own; `mode` may change at any time."""

    mode: str = "fine"
    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    tries: dict[str, int] = field(default_factory=dict)

    def start(self) -> int:
        self.server = _Server(("127.0.0.1", self.port), _Session)
        self.server.owner = self
        self.port = int(self.server.server_address[1])
        threading.Thread(target=self.server.serve_forever, args=(0.1,), daemon=True).start()
        return self.port

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def become(self, mode: str) -> None:
        """From the next connection on; "down" closes the port itself."""
        if mode == "down" != self.mode:
            self.stop()
        elif self.mode == "down" != mode:
            self.start()
        self.mode = mode


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    owner: MailServer


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.owner: MailServer = self.server.owner  # type: ignore[attr-defined]
        self.mode = self.owner.mode  # for the whole of the connection
        self.owner.tries[self.mode] = self.owner.tries.get(self.mode, 0) + 1
        try:
            self.talk()
        except OSError:  # the site's worker was killed
            return

    def talk(self) -> None:
        if not self.answer("CONNECT", "220 mail.example.ir"):
            return
        while line := self.rfile.readline(2000):
            command = line.split(b" ")[0].split(b":")[0].strip().upper().decode("ascii", "replace")
            if not self.answer(command, USUAL.get(command, "250 ok")):
                return
            if command == "QUIT":
                return
            if command == "DATA" and not self.take():
                return

    def answer(self, command: str, usual: str) -> bool:
        """Say what the mode wants; False when the connection ends here."""
        said = MODES[self.mode].get(command, usual)
        if said == "silence":
            time.sleep(SILENCE)
            return False
        if said is None:
            return False
        self.wfile.write(said.encode() + b"\r\n")
        return not (command == "CONNECT" and said.startswith("421"))

    def take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # its sender is gone, and half a mail is none
            lines.append(line)
        said = MODES[self.mode].get("END", "250 ok")
        if said is None or said.startswith("250"):
            found = _MESSAGE_ID.search(b"".join(lines))
            key = found[1].decode() if found else "?"
            self.owner.taken.append(Taken(key, time.time(), self.mode))
        if said is None:
            return False
        self.wfile.write(said.encode() + b"\r\n")
        return True
