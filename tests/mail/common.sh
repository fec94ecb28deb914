# What the servers' scripts share; sourced.

# free_ports N: that many TCP ports nobody listens on now.
free_ports() {
	python3 -c '
import socket, sys
held = [socket.socket() for _ in range(int(sys.argv[1]))]
for s in held:
    s.bind(("127.0.0.1", 0))
print(*[s.getsockname()[1] for s in held])' "$1"
}

# stop_group PIDFILE: ends the daemon that leads a session of its own, with all its children.
stop_group() {
	[ -s "$1" ] || return 0
	leader=$(tr -dc 0-9 <"$1")
	[ -n "$leader" ] || return 0
	kill -s TERM -- "-$leader" 2>/dev/null || kill -s TERM "$leader" 2>/dev/null || return 0
	tries=0
	# A dead process may wait for the container's init to collect it: a zombie counts as gone.
	while grep -q '^State:[[:space:]]*[^Z]' "/proc/$leader/status" 2>/dev/null; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || { kill -s KILL -- "-$leader" 2>/dev/null || true; break; }
		sleep 0.05
	done
	rm -f "$1"
}

# wait_greeting PORT WORD: until a line that begins with WORD comes from there; 5 s at most.
wait_greeting() {
	python3 -c '
import socket, sys, time
end = time.time() + 5
while time.time() < end:
    try:
        with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1) as s:
            s.settimeout(1)
            if s.recv(64).startswith(sys.argv[2].encode()):
                sys.exit(0)
    except OSError:
        pass
    time.sleep(0.05)
sys.exit(1)' "$1" "$2"
}
