#!/usr/bin/env python3
"""XOAUTH2 with real Dovecot and Postfix, which ask a token authority of the test's: a wrong token ends with 78 and changes nothing, the
right one reads the mailbox and sends the letters, and neither is ever printed."""

import http.server
import json
import os
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import night
import servers

OWN, UNIT = "baocao@langson.example", "baocao.binhgia@langson.example"
TOKEN, OTHER = "ya29.the-right-token", "ya29.some-other-token"


class Authority(http.server.BaseHTTPRequestHandler):
    """Introspection: whose is this token?"""

    def log_message(self, *_):
        pass

    def do_GET(self):
        active = self.headers.get("Authorization") == f"Bearer {TOKEN}"
        body = json.dumps({"active": active, "email": OWN}).encode()
        self.send_response(200 if active else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def conf(s, token):
    return servers.conf(s, password=token).replace("user = ", 'auth = "xoauth2"; user = ')


def main():
    authority = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Authority)
    threading.Thread(target=authority.serve_forever, daemon=True).start()
    s = servers.Servers()
    settings = os.path.join(s.directory, "oauth2.conf")
    servers.write(settings, f"introspection_mode = auth\nintrospection_url = http://127.0.0.1:{authority.server_port}/\n"
                            "username_attribute = email\nactive_attribute = active\nactive_value = true\n")
    s.more = f"auth_mechanisms = plain login xoauth2\npassdb {{\n  driver = oauth2\n  mechanisms = xoauth2\n  args = {settings}\n}}\n"
    with s:
        campaign = night.Campaign(conf=conf(s, OTHER))
        try:
            s.accounts([OWN, UNIT])
            s.append(OWN, night.mail(UNIT, "M2 2023", [("a.csv", b"a,b\r\n")], "<one@unit.example>"))
            refused = campaign.run("run", check=False)
            assert refused.returncode == 78 and b"login" in refused.stderr, (refused.returncode, refused.stderr)
            assert OTHER.encode() not in refused.stdout + refused.stderr
            assert s.count(OWN) == 1 and campaign.rows("SELECT count(*) FROM message")[0][0] == 0

            campaign.write("giamsat.conf", conf(s, TOKEN))
            told = campaign.run("run", "--json")
            assert json.loads(told.stdout)["fetched"] == 1 and json.loads(told.stdout)["problems"] == [], told.stdout
            assert TOKEN.encode() not in told.stdout + told.stderr
            assert len(s.mailbox(UNIT, wait=1)) == 1
            log = s.logs()
            assert "Login: user=<" + OWN + ">, method=XOAUTH2" in log and "sasl_method=XOAUTH2" in log, log[-2000:]
        finally:
            campaign.remove()
    print("XOAUTH2: refused with the wrong token, read and sent with the right one")


if __name__ == "__main__":
    main()
