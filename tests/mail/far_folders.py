"""A WebDAV folder over https and an ftps server (implicit TLS), just as much of them as the source asks for; user and password are checked."""

import base64
import email.utils
import http.server
import os
import socket
import ssl
import threading
import time
import urllib.parse
from xml.sax.saxutils import escape


def context(certificates):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    c.load_cert_chain(f"{certificates}/cert.pem", f"{certificates}/key.pem")
    return c


class WebFolder:
    def __init__(self, certificates, folder, user, password):
        login = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        answer = self.answer = {"body": None}  # a test may put its own PROPFIND answer here

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def reply(self, code, body=b"", **headers):
                self.send_response(code)
                for k, v in headers.items():
                    self.send_header(k.replace("_", "-"), v)
                if self.command != "HEAD":
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def path_of(self, url=None):
                path = urllib.parse.unquote(urllib.parse.urlsplit(url or self.path).path)
                assert path.startswith("/drop/") and ".." not in path
                return os.path.join(folder, path[6:])

            def handle_request(self):
                # Read also when it is refused: what is left would be taken for the connection's next request.
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if self.headers.get("Authorization") != login:
                    return self.reply(401, WWW_Authenticate='Basic realm="x"')
                return getattr(self, "on_" + self.command.lower())(body)

            do_PROPFIND = do_GET = do_HEAD = do_MOVE = do_DELETE = do_MKCOL = handle_request

            def on_propfind(self, _):
                def one(name, inside):
                    return (f"<D:response><D:href>/drop/{escape(urllib.parse.quote(name))}</D:href><D:propstat><D:prop>{inside}</D:prop>"
                            "<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>")
                items = [one("", "<D:resourcetype><D:collection/></D:resourcetype>")]
                for name in os.listdir(folder):
                    st = os.stat(os.path.join(folder, name))
                    if os.path.isdir(os.path.join(folder, name)):
                        items.append(one(name + "/", "<D:resourcetype><D:collection/></D:resourcetype>"))
                    else:
                        items.append(one(name, f"<D:resourcetype/><D:getcontentlength>{st.st_size}</D:getcontentlength>"
                                         f"<D:getlastmodified>{email.utils.formatdate(st.st_mtime, usegmt=True)}</D:getlastmodified>"))
                text = f'<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">{"".join(items)}</D:multistatus>'
                self.reply(207, answer["body"] or text.encode(), Content_Type="application/xml")

            def on_get(self, _):
                try:
                    with open(self.path_of(), "rb") as f:
                        body = f.read()
                except OSError:
                    return self.reply(404)
                when = email.utils.formatdate(os.stat(self.path_of()).st_mtime, usegmt=True)
                if self.command == "HEAD":
                    return self.reply(200, Last_Modified=when, Content_Length=str(len(body)))
                return self.reply(200, body, Last_Modified=when)

            on_head = on_get

            def on_mkcol(self, _):
                if os.path.exists(self.path_of()):
                    return self.reply(405)
                os.mkdir(self.path_of())
                return self.reply(201)

            def on_move(self, _):
                assert self.headers["Overwrite"] == "F"
                to = self.path_of(self.headers["Destination"])
                if os.path.exists(to):
                    return self.reply(412)
                os.rename(self.path_of(), to)
                return self.reply(201)

            def on_delete(self, _):
                os.remove(self.path_of())
                return self.reply(204)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.socket = context(certificates).wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"https://localhost:{self.server.server_address[1]}/drop"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class FtpsFolder:
    def __init__(self, certificates, folder, user, password):
        self.context, self.folder, self.user, self.password = context(certificates), folder, user, password
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"ftps://localhost:{self.listener.getsockname()[1]}/"
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

    def place(self, name):
        assert ".." not in name
        return os.path.join(self.folder, name.lstrip("/"))

    def lines(self):
        for name in sorted(os.listdir(self.folder)):
            st = os.stat(self.place(name))
            kind = "d" if os.path.isdir(self.place(name)) else "-"
            yield f"{kind}rw-r--r--   1 Domain Users  ftp {st.st_size:8} {time.strftime('%b %d  %Y', time.gmtime(st.st_mtime))} {name}\r\n"

    def transfer(self, say, passive, content):
        say("150 here it comes")
        data, _ = passive.accept()
        with self.context.wrap_socket(data, server_side=True) as s:
            s.sendall(content)
            s.settimeout(0.5)
            try:
                s.unwrap()
            except OSError:
                pass  # the client need not wait for our farewell, nor say its own
        passive.close()
        say("226 done")

    def client(self, plain):
        try:
            with self.context.wrap_socket(plain, server_side=True) as s:
                self.talk(s)
        except OSError:
            pass

    def talk(self, s):
        def say(text):
            s.sendall(text.encode() + b"\r\n")
        passive = source = None
        logged_in = False
        say("220 hello")
        for line in s.makefile("r", encoding="utf-8", newline="\r\n"):
            verb, _, rest = line.strip().partition(" ")
            verb = verb.upper()
            if verb == "USER":
                user = rest
                say("331 and?")
            elif verb == "PASS":
                logged_in = (user, rest) == (self.user, self.password)
                say("230 in" if logged_in else "530 no")
            elif verb in ("PBSZ", "PROT", "TYPE", "CWD", "NOOP"):
                say("200 ok")
            elif verb == "QUIT":
                say("221 bye")
                return
            elif not logged_in:
                say("530 log in")
            elif verb == "PWD":
                say('257 "/"')
            elif verb == "EPSV":
                passive = socket.create_server(("127.0.0.1", 0))
                say(f"229 ok (|||{passive.getsockname()[1]}|)")
            elif verb == "LIST":
                self.transfer(say, passive, "".join(self.lines()).encode())
            elif verb == "MKD":
                os.path.isdir(self.place(rest)) or os.mkdir(self.place(rest))
                say("257 made")
            elif verb in ("SIZE", "MDTM", "RETR", "RNFR", "DELE") and not os.path.exists(self.place(rest)):
                say("550 no such file")
            elif verb == "SIZE":
                say(f"213 {os.path.getsize(self.place(rest))}")
            elif verb == "MDTM":
                say("213 " + time.strftime("%Y%m%d%H%M%S", time.gmtime(os.path.getmtime(self.place(rest)))))
            elif verb == "RETR":
                with open(self.place(rest), "rb") as f:
                    self.transfer(say, passive, f.read())
            elif verb == "RNFR":
                source = self.place(rest)
                say("350 to?")
            elif verb == "RNTO":
                os.rename(source, self.place(rest))
                say("250 moved")
            elif verb == "DELE":
                os.remove(self.place(rest))
                say("250 gone")
            else:
                say("502 what")
