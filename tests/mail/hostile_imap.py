"""An IMAP server over TLS that misbehaves in one way at a time; HostileImap(folder with cert.pem and key.pem, mode)."""

import re
import socket
import ssl
import threading
import time

MAIL = b"From: a@unit.example\r\nSubject: report\r\n\r\n" + b"A005 OK not the end\r\n" * 90


class Gone(Exception):
    pass


class HostileImap:
    def __init__(self, folder, mode, cut=0, certificate="cert"):
        self.mode, self.cut, self.sent, self.commands = mode, cut, 0, []
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(f"{folder}/{certificate}.pem", f"{folder}/key.pem")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def serve(self):
        while True:
            try:
                plain, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.client, args=(plain,), daemon=True).start()

    def client(self, plain):
        try:
            with self.context.wrap_socket(plain, server_side=True) as s:
                self.s = s
                self.talk()
        except (OSError, Gone):
            pass

    def send(self, text):
        data = text.encode() if isinstance(text, str) else text
        if self.mode == "cut" and self.logged_in:
            left = self.cut - self.sent
            self.sent += len(data)
            if left < len(data):
                self.s.sendall(data[:max(left, 0)])
                raise Gone
        self.s.sendall(data)

    def forever(self):
        time.sleep(60)
        raise Gone

    def flood(self, piece):
        while True:
            self.s.sendall(piece)

    def talk(self):
        self.logged_in = False
        self.send("* OK hostile\r\n")
        lines = self.s.makefile("rb")
        for line in lines:
            tag, _, rest = line.decode("latin-1").strip().partition(" ")
            verb = rest.upper()
            self.commands.append(verb)
            if verb == "CAPABILITY":
                self.send(f"* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN MOVE\r\n{tag} OK done\r\n")
            elif verb.startswith("AUTHENTICATE"):
                self.send(f"{tag} OK in\r\n")
                self.logged_in = True
            elif verb.startswith(("EXAMINE", "SELECT")):
                self.examine(tag)
            elif verb.startswith("UID SEARCH"):
                self.search(tag)
            elif verb.startswith("UID FETCH"):
                uids = self.uids(rest)
                (self.bodies if "BODY" in verb else self.sizes)(tag, uids)
            elif verb.startswith(("UID STORE", "UID MOVE")):
                self.send(f"{tag} OK done\r\n")
            elif verb == "LOGOUT":
                self.send(f"* BYE\r\n{tag} OK\r\n")
                return
            else:
                self.send(f"{tag} BAD what\r\n")

    @staticmethod
    def uids(rest):
        found = []
        for piece in rest.split()[2].split(","):
            first, _, last = piece.partition(":")
            found += range(int(first), int(last or first) + 1)
        return found

    def examine(self, tag):
        if self.mode == "bye":
            self.send("* BYE going down\r\n")
            raise Gone
        if self.mode == "exists-flood":
            self.flood(b"* 1 EXISTS\r\n" * 1000)
        if self.mode == "endless-line":
            self.flood(b"* OK " + b"x" * 10000)
        if self.mode == "huge-text-literal":
            self.send("* STATUS {4294967295}\r\n")
            self.flood(b"x" * 10000)
        if self.mode == "many-exist":
            self.send("* 4294967295 EXISTS\r\n")
        if self.mode == "seen-only":
            self.send("* OK [PERMANENTFLAGS (\\Seen \\Deleted)] x\r\n")
        valid = "" if self.mode == "no-uidvalidity" else "* OK [UIDVALIDITY 77] x\r\n"
        self.send(f"* 3 EXISTS\r\n{valid}" if self.mode != "many-exist" else valid)
        self.send(f"{tag} OK [READ-ONLY] done\r\n")

    def search(self, tag):
        found = {
            "odd-uids": "0 5 5 6 0 7",
            "long-uid": "5 4294967301 6",
            "vanished": "5 6 7 8",
        }.get(self.mode, "5 6 7")
        if self.mode == "stall-search":
            self.forever()
        if self.mode == "search-no" and "UNKEYWORD" in self.commands[-1]:
            self.send(f"{tag} NO no keywords\r\n")
            return
        if self.mode == "search-flood":
            self.send("* SEARCH")
            self.flood(b" 1" * 5000)
        self.send(f"* SEARCH {found}\r\n{tag} OK done\r\n")

    def sizes(self, tag, uids):
        said = 100 if self.mode == "longer" else len(MAIL)
        for uid in uids:
            if uid in (5, 6, 7):
                self.send(f'* {uid - 4} FETCH (UID {uid} RFC822.SIZE {said} INTERNALDATE "05-Jan-2024 08:00:00 +0700")\r\n')
        self.send(f"{tag} OK done\r\n")

    def body(self, uid, content, after=""):
        if self.mode == "uid-after":
            self.send(f"* {uid - 4} FETCH (BODY[] {{{len(content)}}}\r\n".encode() + content + f" UID {uid})\r\n".encode())
            return
        self.send(f"* {uid - 4} FETCH (UID {uid} BODY[] {{{len(content)}}}\r\n".encode() + content + after.encode() + b")\r\n")

    def bodies(self, tag, uids):
        for uid in uids:
            bad = uid == 6
            head = f"* {uid - 4} FETCH (UID {uid} BODY[] "
            if bad and self.mode == "nil":
                self.send(head + "NIL)\r\n")
            elif bad and self.mode == "quoted":
                self.send(head + '"short mail of one line, long enough to be believed ' + "x" * 1500 + '")\r\n')
            elif bad and self.mode == "empty":
                self.send(head + "{0}\r\n)\r\n")
            elif bad and self.mode == "short":
                self.body(uid, MAIL[:10])
            elif bad and self.mode == "stranger":
                self.send(b"* 9 FETCH (UID 99 BODY[] {%d}\r\n" % len(MAIL) + MAIL + b")\r\n")
                self.body(uid, MAIL)
            elif bad and self.mode == "twice":
                self.body(uid, MAIL)
                self.body(uid, MAIL[:1000])
            elif bad and self.mode == "other-uid":
                self.send(f"* 2 FETCH (BODY[] {{{len(MAIL)}}}\r\n".encode() + MAIL + b" UID 7)\r\n")
            elif bad and self.mode == "too-few":
                self.send(head + f"{{{len(MAIL)}}}\r\n" + "only this)\r\n" + f"{tag} OK done\r\n")
                self.forever()
            elif bad and self.mode == "too-many":
                self.send((head + "{100}\r\n").encode() + MAIL + b")\r\n")
            elif bad and self.mode == "huge-literal":
                self.send(head + "{4294967295}\r\n")
                self.flood(b"x" * 10000)
            elif bad and self.mode == "wrapped-literal":
                self.send(head + "{4294967306}\r\n")
                self.flood(b"x" * 10000)
            elif bad and self.mode == "longer":
                self.body(uid, b"x" * 200000)
            elif bad and self.mode == "stall":
                self.send((head + f"{{{len(MAIL)}}}\r\n").encode() + MAIL[:100])
                self.forever()
            elif bad and self.mode == "drip":
                self.send(head + f"{{{len(MAIL)}}}\r\n")
                for i in range(len(MAIL)):
                    self.send(MAIL[i:i + 1])
                    time.sleep(0.2)
            elif bad and self.mode == "reset":
                self.s.sendall(head.encode())
                raise Gone
            elif bad and self.mode == "garbage":
                self.send(b"\0\xff)))((( {{{ BODY[\r\n" * 3)
            else:
                self.body(uid, MAIL)
        self.send(f"{tag} OK done\r\n")
