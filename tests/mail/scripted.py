"""Servers that misbehave on demand: each listens on loopback and plays one part, in a thread."""

import socket
import ssl
import threading


class Listener:
    """Accepts connections and gives each to play(connection) until stopped."""

    def __init__(self, tls=None):
        self.tls = tls
        self.received = []
        self.connections = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.accept, daemon=True)
        self.thread.start()

    def accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            with connection:
                self.play(connection)
        except (OSError, ssl.SSLError):
            pass

    def lines(self, connection):
        with connection.makefile("rb") as f:
            for line in f:
                self.received.append(line)
                yield line

    def heard(self):
        return b"".join(self.received)

    def stop(self):
        self.socket.close()


def server_tls(cert, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


class PlainImap(Listener):
    """Offers no STARTTLS, and would take any login."""

    greeting = b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n"

    def play(self, connection):
        connection.sendall(self.greeting)
        for line in self.lines(connection):
            tag = line.split()[0]
            if b"CAPABILITY" in line.upper():
                connection.sendall(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" + tag + b" OK done\r\n")
            else:
                connection.sendall(tag + b" OK done\r\n")


class PreauthImap(PlainImap):
    greeting = b"* PREAUTH [CAPABILITY IMAP4rev1] you are in\r\n"


class PlainSmtp(Listener):
    """Offers no STARTTLS, and would take any login."""

    def play(self, connection):
        connection.sendall(b"220 mx.test.example ESMTP\r\n")
        for line in self.lines(connection):
            verb = line[:4].upper()
            connection.sendall(b"250-mx\r\n250 AUTH PLAIN LOGIN\r\n" if verb == b"EHLO" else b"250 ok\r\n")


class Smtp(Listener):
    """Submission over TLS. answers: {"RCPT": b"450 …"} replaces an answer; "drop" closes instead of it."""

    def __init__(self, tls, answers):
        self.answers = answers
        self.mails = []
        super().__init__(tls)

    def answer(self, connection, verb, usual):
        said = self.answers.get(verb, usual)
        if said == "drop":
            raise OSError("as told")
        connection.sendall(said + b"\r\n")

    def play(self, connection):
        connection.sendall(b"220 mx.test.example ESMTP\r\n")
        body = None
        for line in self.lines(connection):
            if body is not None:
                if line != b".\r\n":
                    body.append(line[1:] if line.startswith(b".") else line)
                    continue
                self.mails.append(b"".join(body))
                body = None
                self.answer(connection, "DOT", b"250 taken")
                continue
            verb = line.split()[0].upper().decode()
            if verb == "EHLO":
                connection.sendall(b"250-mx\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 100000000\r\n")
            elif verb == "AUTH":
                connection.sendall(b"334 \r\n" if len(line.split()) < 3 else b"235 in\r\n")
            elif verb == "DATA":
                if self.answers.get("DATA") == "drop":
                    return
                connection.sendall(b"354 go on\r\n")
                body = []
            elif verb == "QUIT":
                connection.sendall(b"221 bye\r\n")
                return
            elif verb in ("MAIL", "RCPT", "RSET"):
                self.answer(connection, verb, b"250 ok")
            else:
                connection.sendall(b"235 in\r\n")


class Cut(Listener):
    """Passes bytes to and from a real server and closes after so many from it."""

    def __init__(self, port, after):
        self.to, self.after = port, after
        super().__init__()

    def play(self, connection):
        with socket.create_connection(("127.0.0.1", self.to)) as far:
            def up():
                try:
                    while data := connection.recv(65536):
                        far.sendall(data)
                except OSError:
                    pass
            threading.Thread(target=up, daemon=True).start()
            left = self.after
            while left > 0 and (data := far.recv(min(65536, left))):
                connection.sendall(data)
                left -= len(data)
            # Both ways at once: the other thread still reads, and a mere close would wait for it.
            connection.shutdown(socket.SHUT_RDWR)
