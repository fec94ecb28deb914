"""An SMTP server over TLS that does as the recipient's name says; writes what it hears to a log.

usage: smtp_server.py CERTIFICATE KEY LOG; prints its port and serves until its standard input ends.
"""
import os
import socket
import ssl
import sys
import threading

AT_RCPT = {"busy": "450 4.2.1 busy", "unknown": "550 5.1.1 no such user", "login": "530 5.7.0 Authentication required"}
AFTER_DOT = {"later": "451 4.3.0 try later", "spam": "554 5.7.1 refused as spam"}


class Gone(Exception):
    pass


def talk(conn, log):
    f = conn.makefile("rwb")

    def say(line):
        f.write(line.encode() + b"\r\n")
        f.flush()

    def hear():
        line = f.readline()
        if not line:
            raise Gone
        log.write(line)
        log.flush()
        return line.decode("latin-1").rstrip("\r\n")

    log.write(b"CONNECT\r\n")
    say("220 test")
    user = ""
    while True:
        line = hear()
        verb = line.split(" ")[0].upper()
        if verb in ("EHLO", "HELO"):
            say("250-test")
            say("250 SIZE 1000000")
        elif verb == "RCPT":
            user = line.split("<")[1].split("@")[0]
            say(AT_RCPT.get(user, "250 ok"))
        elif verb == "DATA":
            if user == "dropdata":
                raise Gone
            say("354 go on")
            while hear() != ".":
                pass
            if user == "dropdot":
                raise Gone
            say(AFTER_DOT.get(user, "250 2.0.0 queued as 42"))
        elif verb == "QUIT":
            say("221 bye")
            raise Gone
        else:
            say("250 ok")


def attend(raw, context, log):
    try:
        with context.wrap_socket(raw, server_side=True) as conn:
            talk(conn, log)
    except (Gone, OSError):
        pass


def serve(listener, context, log):
    while True:
        raw, _ = listener.accept()
        threading.Thread(target=attend, args=(raw, context, log), daemon=True).start()


def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    threading.Thread(target=serve, args=(listener, context, open(sys.argv[3], "ab")), daemon=True).start()
    sys.stdin.read()
    os._exit(0)


main()
