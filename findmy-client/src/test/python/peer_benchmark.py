"""What a Python program with the "cryptography" library (OpenSSL) does for the same work, in one thread.

A stand-in for FindMy.py, which decrypts with the same calls of that library but does some more around them. The counterpart is
the Java class Benchmark; the module's README says how to run both.
"""

import hashlib
import os
import platform
import statistics
import time

import cryptography
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

CURVE = ec.SECP224R1()
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFF16A2E0B8F03E13DD29455C5C2A3D
KEYS = 20
REPORTS = 2000
WARM_UP_SECONDS = 2
PASSES = 7


def scalar():
    return int.from_bytes(os.urandom(36), "big") % (ORDER - 1) + 1


def uncompressed(key):
    numbers = key.public_numbers()
    return b"\x04" + numbers.x.to_bytes(28, "big") + numbers.y.to_bytes(28, "big")


def sealed(public_key, plain):
    """A report's payload of 88 bytes."""
    ephemeral = ec.generate_private_key(CURVE)
    point = uncompressed(ephemeral.public_key())
    keys = hashlib.sha256(ephemeral.exchange(ec.ECDH(), public_key) + b"\0\0\0\1" + point).digest()
    encryptor = Cipher(algorithms.AES(keys[:16]), modes.GCM(keys[16:])).encryptor()
    return b"\0\0\0\0\2" + point + encryptor.update(plain) + encryptor.finalize() + encryptor.tag


def opened(private_key, payload):
    point = payload[5:62]
    other = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    keys = hashlib.sha256(private_key.exchange(ec.ECDH(), other) + b"\0\0\0\1" + point).digest()
    decryptor = Cipher(algorithms.AES(keys[:16]), modes.GCM(keys[16:], payload[72:])).decryptor()
    return decryptor.update(payload[62:72]) + decryptor.finalize()


def hashed(value):
    public_key = ec.derive_private_key(value, CURVE).public_key()
    return hashlib.sha256(public_key.public_numbers().x.to_bytes(28, "big")).digest()


def measure(what, count, run):
    end = time.perf_counter() + WARM_UP_SECONDS
    while time.perf_counter() < end:
        run()
    rates = []
    for _ in range(PASSES):
        began = time.perf_counter()
        run()
        rates.append(count / (time.perf_counter() - began))
    print(f"{what}: {statistics.median(rates):,.0f}/s in one thread"
          f" (median of {PASSES} passes, {min(rates):,.0f} to {max(rates):,.0f})")


def main():
    print(f"Python {platform.python_version()}, cryptography {cryptography.__version__}")
    private_keys = [ec.derive_private_key(scalar(), CURVE) for _ in range(KEYS)]
    work = []
    for at in range(REPORTS):
        plain = os.urandom(10)
        private_key = private_keys[at % KEYS]
        payload = sealed(private_key.public_key(), plain)
        if opened(private_key, payload) != plain:
            raise SystemExit("a report was not decrypted")
        work.append((private_key, payload))
    scalars = [scalar() for _ in range(REPORTS)]
    measure("reports decrypted, one by one", REPORTS, lambda: [opened(key, payload) for key, payload in work])
    measure("keys made from their scalars", REPORTS, lambda: [hashed(value) for value in scalars])


if __name__ == "__main__":
    main()
