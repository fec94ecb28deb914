#!/bin/sh
# ca.sh DIR: an authority of the test's own (ca.pem), a certificate for localhost by it (cert.pem, key.pem), one for
# another host by the same key (other.pem), and an authority that signed nothing (unknown.pem).
set -eu
dir=$1
mkdir -p "$dir"
[ ! -f "$dir/cert.pem" ] || exit 0
authority() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$1" \
		-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign \
		-keyout "$dir/$2-key.pem" -out "$dir/$2.pem" 2>/dev/null
}
authority "giamsat test authority" ca
authority "giamsat unknown authority" unknown
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=giamsat test" -keyout "$dir/key.pem" \
	-out "$dir/request.pem" 2>/dev/null
# certificate NAMES FILE
certificate() {
	printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "$1" >"$dir/extensions"
	openssl x509 -req -in "$dir/request.pem" -CA "$dir/ca.pem" -CAkey "$dir/ca-key.pem" -CAcreateserial -days 2 \
		-extfile "$dir/extensions" -out "$dir/$2.tmp" 2>/dev/null
	mv "$dir/$2.tmp" "$dir/$2.pem"
}
certificate DNS:other.example other
certificate DNS:localhost,IP:127.0.0.1 cert
