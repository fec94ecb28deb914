#!/usr/bin/env python3
"""Private mail servers on loopback for tests: Postfix (STARTTLS, AUTH) delivers by LMTP into Dovecot (imaps, STARTTLS), with an authority
of our own. Everything lies in one throw-away folder; works as root and as an ordinary user.

    with Servers() as s: …           in tests
    servers.py start DIR             for scripts: prints shell assignments
    servers.py stop DIR

Postfix is unpacked, never installed: an MTA must not be replaced on anybody's machine for a test."""

import glob
import grp
import imaplib
import json
import os
import pwd
import shlex
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
PASSWORD = "s3cret-of-test"
POSTFIX_ROOT = os.path.join(TOP, "build", "postfix")


class Missing(Exception):
    """A real part is not on this machine."""


def free_ports(count):
    held = [socket.socket() for _ in range(count)]
    for s in held:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in held]
    for s in held:
        s.close()
    return ports


def write(path, text, mode=0o644):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    os.chmod(path, mode)


def wait_until(what, condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError(f"{what} did not happen within {seconds} s")


def greets(port, greeting):
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as c:
            c.settimeout(1)
            got = c.recv(512)
            if got.startswith(b"220"):
                c.sendall(b"QUIT\r\n")
            return got.startswith(greeting)
    except OSError:
        return False


def unpack_postfix():
    """The package's files under build/postfix; fetched once."""
    root = os.environ.get("POSTFIX_ROOT", POSTFIX_ROOT)
    if os.path.exists(os.path.join(root, "usr/lib/postfix/sbin/master")):
        return root
    os.makedirs(root, exist_ok=True)
    with tempfile.TemporaryDirectory() as t:
        os.chmod(t, 0o755)
        done = subprocess.run(["apt-get", "download", "postfix"], cwd=t, capture_output=True, text=True)
        packages = glob.glob(os.path.join(t, "postfix_*.deb"))
        if not packages:
            raise Missing("postfix cannot be downloaded: " + done.stderr.strip().splitlines()[-1] if done.stderr else "postfix")
        subprocess.run(["dpkg", "-x", packages[0], root], check=True)
    return root


def certificates(directory):
    """An authority of our own (ca.pem), a certificate of it for localhost (cert.pem, key.pem), one for another host by the same key
    (other.pem), and an authority that signed nothing (unknown.pem)."""
    def openssl(*words):
        subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=directory)

    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    for name, said in (("ca", "giamsat test authority"), ("unknown", "giamsat unknown authority")):
        openssl("req", "-x509", *curve, "-days", "2", "-subj", f"/CN={said}", "-addext", "basicConstraints=critical,CA:TRUE",
                "-addext", "keyUsage=critical,keyCertSign", "-keyout", f"{name}-key.pem", "-out", f"{name}.pem")
    openssl("req", *curve, "-subj", "/CN=giamsat test", "-keyout", "key.pem", "-out", "request.pem")
    for name, host in (("other", "other.example"), ("cert", "localhost")):
        write(os.path.join(directory, "extensions"), f"subjectAltName=DNS:{host}\nextendedKeyUsage=serverAuth\n")
        openssl("x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial", "-days", "2",
                "-extfile", "extensions", "-out", f"{name}.pem")
        os.chmod(os.path.join(directory, f"{name}.pem"), 0o644)


DOVECOT = """
base_dir = {dir}/run
state_dir = {dir}/state
log_path = {dir}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
mail_location = maildir:{dir}/mail/%u/Maildir
mail_home = {dir}/mail/%u
mail_uid = {mail_user}
mail_gid = {mail_group}
first_valid_uid = 1
first_valid_gid = 1
ssl = yes
ssl_cert = <{cert}
ssl_key = <{key}
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
lda_mailbox_autocreate = yes
mail_max_userip_connections = 100
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {dir}/accounts
}}
userdb {{
  driver = static
  args = uid={mail_user} gid={mail_group} home={dir}/mail/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service auth {{
  unix_listener auth-client {{
    mode = 0666
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service ipc {{
  chroot =
}}
service old-stats {{
  chroot =
}}
{more}
"""

MAIN_CF = """
compatibility_level = 3.6
queue_directory = {dir}/queue
data_directory = {dir}/data
daemon_directory = {root}/usr/lib/postfix/sbin
command_directory = {root}/usr/sbin
shlib_directory = {root}/usr/lib/postfix
mail_owner = postfix
setgid_group = postdrop
default_privs = nobody
import_environment = {environment}
export_environment = {environment}
maillog_file = {dir}/postfix.log
maillog_file_prefixes = {dir}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.test.example
mydestination =
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
smtpd_tls_cert_file = {cert}
smtpd_tls_key_file = {key}
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {dir}/run/auth-client
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_relay_restrictions = permit_sasl_authenticated, reject
default_transport = lmtp:inet:127.0.0.1:{lmtp}
relay_transport = lmtp:inet:127.0.0.1:{lmtp}
smtp_dns_support_level = disabled
lmtp_tls_security_level = none
disable_dns_lookups = yes
message_size_limit = 104857600
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 4s
smtpd_client_connection_rate_limit = 0
lmtp_destination_concurrency_limit = 8
notify_classes =
"""

MASTER_CF = """
127.0.0.1:{smtp} inet n - n - - smtpd
127.0.0.1:{smtps} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
error     unix - - n - - error
retry     unix - - n - - error
discard   unix - - n - - discard
smtp      unix - - n - - smtp
lmtp      unix - - n - - lmtp
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
tlsmgr    unix - - n 1000? 1 tlsmgr
proxymap  unix - - n - - proxymap
postlog   unix-dgram n - n - 1 postlogd
"""

# Names that live only inside the wrapper; as root uid 901 is really used, otherwise libuid-wrapper pretends.
PASSED = ("MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ LANG=C LD_LIBRARY_PATH LD_PRELOAD UID_WRAPPER UID_WRAPPER_ROOT "
          "NSS_WRAPPER_PASSWD NSS_WRAPPER_GROUP")


def stop_group(pid_file):
    """Ends a daemon and its children: it leads its own session."""
    try:
        with open(pid_file, encoding="ascii") as f:
            pid = int(f.read().strip())
        os.killpg(pid, signal.SIGTERM)
    except (OSError, ValueError):
        return

    def gone():
        try:
            with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as f:
                return "State:\tZ" in f.read()
        except OSError:
            return True
    try:
        wait_until("end of a server", gone, 5)
    except AssertionError:
        os.killpg(pid, signal.SIGKILL)


class Servers:
    """Dovecot and Postfix, started; see conf() for what giamsat needs to reach them."""

    def __init__(self, directory=None, postfix=True, more=""):
        """more: further lines for dovecot.conf."""
        self.more = more
        self.directory = directory or tempfile.mkdtemp(prefix="giamsat-servers-")
        self.made = directory is None
        self.with_postfix = postfix
        os.chmod(self.directory, 0o755)

    def __enter__(self):
        for name in ("dovecot", "openssl"):
            if not (shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/bin")):
                raise Missing(f"{name} is not installed")
        self.imap, self.imaps, self.lmtp, self.smtp, self.smtps = free_ports(5)
        certificates(self.directory)
        self.ca, self.other_ca, self.cert, self.key = (
            os.path.join(self.directory, f"{name}.pem") for name in ("ca", "unknown", "cert", "key"))
        self.known = set()
        write(os.path.join(self.directory, "accounts"), "")
        self.start_dovecot()
        if self.with_postfix:
            self.start_postfix()
        return self

    def __exit__(self, *_):
        stop_group(os.path.join(self.directory, "queue/pid/master.pid"))
        stop_group(os.path.join(self.directory, "run/master.pid"))
        if self.made and not os.environ.get("KEEP"):
            shutil.rmtree(self.directory, ignore_errors=True)

    def start_dovecot(self):
        d = self.directory
        for sub in ("run", "state", "mail"):
            os.makedirs(os.path.join(d, sub), exist_ok=True)
        me = pwd.getpwuid(os.getuid()).pw_name
        root = os.getuid() == 0

        def user(name):
            try:
                pwd.getpwnam(name)
                return name
            except KeyError:
                return "nobody"
        mail_user = "mail" if root else me
        internal, login = (user("dovecot"), user("dovenull")) if root else (me, me)
        if root:
            shutil.chown(os.path.join(d, "mail"), "mail", "mail")

        def group(name):
            return grp.getgrgid(pwd.getpwnam(name).pw_gid).gr_name
        write(os.path.join(d, "dovecot.conf"), DOVECOT.format(
            dir=d, internal=internal, internal_group=group(internal), login=login, mail_user=mail_user,
            mail_group=group(mail_user), cert=self.cert, key=self.key, imap=self.imap, imaps=self.imaps, lmtp=self.lmtp, more=self.more))
        binary = shutil.which("dovecot") or "/usr/sbin/dovecot"
        with open(os.path.join(d, "start.log"), "w", encoding="utf-8") as log:
            subprocess.run([binary, "-c", os.path.join(d, "dovecot.conf")], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                           check=True)
        wait_until("Dovecot's greeting", lambda: greets(self.imap, b"* OK"))

    def start_postfix(self):
        d, root = self.directory, unpack_postfix()
        for sub in ("etc", "data", "home", "queue/pid"):
            os.makedirs(os.path.join(d, sub), exist_ok=True)
        owned = "active bounce corrupt defer deferred flush hold incoming private saved trace".split()
        for sub in owned + ["maildrop", "public"]:
            os.makedirs(os.path.join(d, "queue", sub), mode=0o700, exist_ok=True)
        uid, gid = os.getuid(), os.getgid()
        me = "" if uid == 0 else f"{pwd.getpwuid(uid).pw_name}:x:{uid}:{gid}::{d}/home:/bin/sh\n"
        write(os.path.join(d, "passwd"), f"root:x:0:0:root:{d}/home:/bin/sh\n{me}postfix:x:901:901::{d}/home:/bin/false\n"
                                         f"nobody:x:65534:65534::/:/bin/false\n")
        mine = "" if uid == 0 else f"{grp.getgrgid(gid).gr_name}:x:{gid}:\n"
        write(os.path.join(d, "group"), f"root:x:0:\n{mine}postfix:x:901:\npostdrop:x:902:\nnogroup:x:65534:\n")
        values = dict(dir=d, root=root, environment=PASSED, cert=self.cert, key=self.key, lmtp=self.lmtp, smtp=self.smtp,
                      smtps=self.smtps)
        write(os.path.join(d, "etc/main.cf"), MAIN_CF.format(**values))
        write(os.path.join(d, "etc/master.cf"), MASTER_CF.format(**values))
        if uid == 0:
            for sub in owned:
                os.chown(os.path.join(d, "queue", sub), 901, -1)
            os.chown(os.path.join(d, "data"), 901, -1)
            for sub, mode in (("public", 0o710), ("maildrop", 0o730)):
                os.chown(os.path.join(d, "queue", sub), 901, 902)
                os.chmod(os.path.join(d, "queue", sub), mode)
        preload = "libnss_wrapper.so" if uid == 0 else "libuid_wrapper.so:libnss_wrapper.so"
        environment = dict(os.environ, MAIL_CONFIG=f"{d}/etc", LD_PRELOAD=preload, NSS_WRAPPER_PASSWD=f"{d}/passwd",
                           NSS_WRAPPER_GROUP=f"{d}/group", LD_LIBRARY_PATH=f"{root}/usr/lib/postfix")
        if uid != 0:
            environment.update(UID_WRAPPER="1", UID_WRAPPER_ROOT="1")
        with open(os.path.join(d, "start.log"), "a", encoding="utf-8") as log:
            subprocess.run([f"{root}/usr/lib/postfix/sbin/master", "-w", "-c", f"{d}/etc"], cwd=f"{d}/queue", env=environment,
                           stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=True)
        wait_until("Postfix's greeting", lambda: greets(self.smtp, b"220 "))

    # ---- accounts and mail ----

    def accounts(self, addresses):
        """Each address is a login with PASSWORD and has a mailbox."""
        self.known.update(a.lower() for a in addresses)
        write(os.path.join(self.directory, "accounts"), "".join(f"{a}:{PASSWORD}\n" for a in sorted(self.known)))

    def coordinators(self, campaign):
        import csv
        with open(campaign.path("roster.csv"), encoding="utf-8-sig", newline="") as f:
            found = [row["address"] for row in csv.DictReader(f) if row["role"] == "coordinator"]
        self.accounts(found)
        return found

    def tls(self):
        return ssl.create_default_context(cafile=self.ca)

    def submit(self, sender, recipient, content):
        """As a mail program does: STARTTLS, AUTH, one transaction. Connections are kept by sender."""
        self.kept = getattr(self, "kept", {})
        c = self.kept.get(sender)
        if c is None:
            for old in self.kept.values():
                old.quit()
            self.kept.clear()
            c = smtplib.SMTP("localhost", self.smtp, timeout=20)
            c.starttls(context=self.tls())
            c.login(sender, PASSWORD)
            self.kept[sender] = c
        c.sendmail(sender, [recipient], content)

    def login(self, address):
        c = imaplib.IMAP4_SSL("localhost", self.imaps, ssl_context=self.tls())
        c.login(address, PASSWORD)
        return c

    def count(self, address, folder="INBOX"):
        c = self.login(address)
        try:
            answer, data = c.select(f'"{folder}"', readonly=True)
            return int(data[0]) if answer == "OK" else 0
        finally:
            c.logout()

    def wait_for(self, address, count, folder="INBOX"):
        wait_until(f"{count} mails for {address}", lambda: self.count(address, folder) >= count, 60)

    def mailbox(self, address, folder="INBOX", wait=0):
        """All mails, as bytes; wait for that many to arrive."""
        if wait:
            self.wait_for(address, wait, folder)
        self.drain()
        c = self.login(address)
        try:
            if c.select(f'"{folder}"', readonly=True)[0] != "OK":
                return []
            _, data = c.search(None, "ALL")
            return [c.fetch(n, "(BODY.PEEK[])")[1][0][1] for n in data[0].split()]
        finally:
            c.logout()

    def append(self, address, content, folder="INBOX"):
        """Straight into the mailbox, where how it got there is not what is tested."""
        c = self.login(address)
        try:
            answer, data = c.append(folder, None, None, content)
            assert answer == "OK", data
        finally:
            c.logout()

    def drain(self):
        """Until Postfix has nothing left to deliver."""
        queue = os.path.join(self.directory, "queue")
        if self.with_postfix:
            wait_until("an empty queue", lambda: not any(
                files for sub in ("incoming", "active", "deferred", "maildrop") for _, _, files in os.walk(os.path.join(queue, sub))))

    def logs(self):
        text = ""
        for name in ("dovecot.log", "postfix.log"):
            path = os.path.join(self.directory, name)
            if os.path.exists(path):
                with open(path, encoding="utf-8", errors="replace") as f:
                    text += f.read()
        return text


def conf(s, imap=None, smtp=None, user="baocao@langson.example", password=PASSWORD, ca=None, sources="", more="", url=None,
         post_url=None):
    """giamsat.conf for these servers."""
    ca = ca or s.ca
    url = url or f"imaps://localhost:{imap or s.imaps}"
    post_url = post_url or f"smtp://localhost:{smtp or s.smtp}"
    return f"""
address = "baocao@langson.example";
name = "Tổng hợp báo cáo";
sources = (
  {{ name = "mailbox"; kind = "imap"; url = "{url}"; user = "{user}"; password = "{password}"; ca_file = "{ca}";
    done = "Giamsat/Processed"; failed = "Giamsat/Refused"; connect_s = 5; command_s = 5; }}
  {sources}
);
post = {{ kind = "smtp"; url = "{post_url}"; user = "{user}"; password = "{password}"; ca_file = "{ca}";
  connect_s = 5; command_s = 5; }};
{more}
"""


def main():
    verb, directory = sys.argv[1], os.path.abspath(sys.argv[2])
    if verb == "start":
        os.makedirs(directory, exist_ok=True)
        s = Servers(directory, postfix="--no-postfix" not in sys.argv)
        s.__enter__()
        s.accounts(["baocao@langson.example"] + [a for a in sys.argv[3:] if "@" in a])
        for name in ("imap", "imaps", "lmtp", "smtp", "smtps", "ca"):
            print(f"{name.upper()}={shlex.quote(str(getattr(s, name)))}")
        print(f"PASSWORD={shlex.quote(PASSWORD)}")
    else:
        stop_group(os.path.join(directory, "queue/pid/master.pid"))
        stop_group(os.path.join(directory, "run/master.pid"))


if __name__ == "__main__":
    main()
