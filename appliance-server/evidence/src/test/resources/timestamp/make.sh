#!/bin/sh
# Makes the time-stamps of this folder with OpenSSL 3 (openssl ts). The keys are thrown away, so each run makes others:
# checked in is what one run made. Run it in an empty folder beside checkpoint.note.
#
#   rsa.tsr   RSA-3072 and SHA-256, its certificate issued by rsa-root.der itself; with accuracy and the authority's name
#   ec.tsr    P-256 and SHA-384, its certificate issued by an authority in between; names its certificate's issuer, too
#   other.tsr as ec.tsr, over other bytes
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/x509.cnf" <<'CNF'
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[between]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CNF

root() { # name, key options
    openssl req -x509 -newkey "$2" -pkeyopt "$3" -noenc -keyout "$work/$1-root.key" -out "$work/$1-root.pem" \
        -subj "/O=Strongroom tests/CN=$1 root" -days 36500 -config "$work/x509.cnf" -extensions root 2> /dev/null
    openssl x509 -in "$work/$1-root.pem" -outform DER -out "$1-root.der"
}

issued() { # name, issuer, extensions, key options
    openssl req -newkey "$4" -pkeyopt "$5" -noenc -keyout "$work/$1.key" -out "$work/$1.csr" \
        -subj "/O=Strongroom tests/CN=$1" -config "$work/x509.cnf" 2> /dev/null
    openssl x509 -req -in "$work/$1.csr" -CA "$work/$2.pem" -CAkey "$work/$2.key" -days 36500 \
        -extfile "$work/x509.cnf" -extensions "$3" -out "$work/$1.pem" 2> /dev/null
}

stamp() { # token, authority, its digest, data, further certificates, whether to chain
    cat > "$work/ts.cnf" <<CNF
[tsa]
default_tsa = one
[one]
serial = $work/serial
signer_cert = $work/$2.pem
signer_key = $work/$2.key
certs = $5
signer_digest = $3
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1, millisecs:500, microsecs:100
ordering = no
tsa_name = yes
ess_cert_id_chain = $6
ess_cert_id_alg = sha256
CNF
    openssl ts -query -data "$4" -sha256 -cert -out "$work/query"
    openssl ts -reply -config "$work/ts.cnf" -queryfile "$work/query" -out "$1" 2> /dev/null
}

root rsa rsa rsa_keygen_bits:3072
issued rsa-tsa rsa-root tsa rsa rsa_keygen_bits:3072
stamp rsa.tsr rsa-tsa sha256 checkpoint.note "$work/rsa-root.pem" no
openssl ts -verify -in rsa.tsr -data checkpoint.note -CAfile "$work/rsa-root.pem"

root ec ec ec_paramgen_curve:P-384
issued ec-between ec-root between ec ec_paramgen_curve:P-256
issued ec-tsa ec-between tsa ec ec_paramgen_curve:P-256
stamp ec.tsr ec-tsa sha384 checkpoint.note "$work/ec-between.pem" yes
openssl ts -verify -in ec.tsr -data checkpoint.note -CAfile "$work/ec-root.pem"

printf 'other' > "$work/other"
stamp other.tsr ec-tsa sha384 "$work/other" "$work/ec-between.pem" yes
