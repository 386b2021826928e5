#!/usr/bin/env python3
"""Makes the golden batches beside this file, once: CBOR written out here, keys and signatures by openssl.

Shares nothing with the program. Signatures by ES256 are random, so running it again gives other files; the ones that
were checked in must verify for ever.
"""
import hashlib
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
LINES = [
    b'{"action":"Session.Opened","occurredAt":"2026-11-21T01:02:03.004Z","salt":"AAECAwQFBgcICQoLDA0ODw"}',
    '{"action":"Session.Closed","note":"Grüße","salt":"EBESExQVFhcYGRobHB0eHw"}'.encode(),
    b'',
]
EPOCH = bytes(range(16))


def head(major, n):
    for size, info in ((0, None), (1, 24), (2, 25), (4, 26), (8, 27)):
        if size == 0 and n < 24:
            return bytes([major << 5 | n])
        if size and n < 1 << 8 * size:
            return bytes([major << 5 | info]) + n.to_bytes(size, "big")
    raise ValueError(n)


def cbor(value):
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    pairs = sorted((cbor(key), cbor(item)) for key, item in value.items())
    return head(5, len(pairs)) + b"".join(key + item for key, item in pairs)


def openssl(*words, data=None):
    return subprocess.run(["openssl", *words], input=data, capture_output=True, check=True).stdout


def raw(der):
    """The two integers of an ECDSA signature, 32 bytes each."""
    r = der[4:4 + der[3]]
    s = der[4 + der[3] + 2:]
    return int.from_bytes(r, "big").to_bytes(32, "big") + int.from_bytes(s, "big").to_bytes(32, "big")


def batch(name, kind, alg, sign):
    with tempfile.TemporaryDirectory() as folder:
        key = pathlib.Path(folder, "key.pem")
        key.write_bytes(openssl("genpkey", *kind))
        spki = openssl("pkey", "-in", str(key), "-pubout", "-outform", "DER")
        protected = cbor({
            1: alg,
            3: "application/vnd.strongroom.lines",
            4: hashlib.sha256(spki).digest(),
            15: {1: "laptop-7", 2: "audit.security", 6: 1795222923},
            -70001: {"epoch": EPOCH, "first": 70000, "last": 70002, "prev": hashlib.sha256(b"before").digest(),
                     "boot": "7d3c2f4e-0a1b-4c5d-8e9f-001122334455", "mono": 86400123, "enc": "none"},
        })
        payload = b"".join(hashlib.sha256(line).digest() for line in LINES)
        message = pathlib.Path(folder, "message")
        message.write_bytes(cbor(["Signature1", protected, b"", payload]))
        signature = sign(str(key), str(message))
    cose = b"\xd2\x84" + cbor(protected) + b"\xa0" + cbor(payload) + cbor(signature)
    frame = len(cose).to_bytes(4, "big") + cose + b"".join(line + b"\n" for line in LINES)
    (HERE / f"{name}.batch").write_bytes(frame)
    (HERE / f"{name}.der").write_bytes(spki)


batch("es256", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], -7,
      lambda key, message: raw(openssl("dgst", "-sha256", "-sign", key, message)))
batch("eddsa", ["-algorithm", "ED25519"], -8,
      lambda key, message: openssl("pkeyutl", "-sign", "-inkey", key, "-rawin", "-in", message))
