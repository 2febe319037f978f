"""What a Python program with the "cryptography" library (OpenSSL) does for the same work, in one thread.

With the path of a checkout of FindMy.py as argument, also what that program's own classes do. The counterpart is the Java class
Benchmark; the module's README says how to run both.
"""

import asyncio
import hashlib
import os
import platform
import statistics
import sys
import time
from importlib import import_module
from unittest.mock import MagicMock

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


def measure_findmy_py(checkout, work, scalars):
    """FindMy.py's own classes. What it imports for other work is replaced where it is not installed."""
    sys.path.insert(0, checkout)
    for name in ("aiohttp", "anisette", "bleak", "bs4", "requests", "srp", "typing_extensions"):
        try:
            import_module(name)
        except ImportError:
            sys.modules[name] = MagicMock()
            for part in ("_pysrp", "backends", "backends.device", "backends.scanner", "exc"):
                sys.modules[name + "." + part] = MagicMock()
    key_pair = import_module("findmy.keys").KeyPair
    reports = import_module("findmy.reports.reports")
    pairs = {}
    payloads = []
    for private_key, payload in work:
        number = private_key.private_numbers().private_value
        pair = pairs.setdefault(number, key_pair(number.to_bytes(28, "big")))
        payloads.append((payload, pair.hashed_adv_key_bytes))

    class Account:
        async def fetch_raw_reports(self, ids):
            return [reports.LocationReport(payload, name) for payload, name in payloads]

    fetcher = reports.LocationReportsFetcher(Account())

    def decrypt():
        found = asyncio.run(fetcher.fetch_location_history(list(pairs.values())))
        # What a caller wants of a report; the Java class has it all when it is decrypted.
        values = [(report.timestamp, report.latitude, report.longitude, report.horizontal_accuracy, report.confidence,
                   report.status) for of_key in found.values() for report in of_key]
        if len(values) != REPORTS:
            raise SystemExit("not all reports were decrypted")

    def keys():
        return [key_pair(value.to_bytes(28, "big")).hashed_adv_key_bytes for value in scalars]

    measure("FindMy.py: reports of an answer told apart and decrypted", REPORTS, decrypt)
    measure("FindMy.py: keys made from their scalars", REPORTS, keys)


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
    if len(sys.argv) > 1:
        measure_findmy_py(sys.argv[1], work, scalars)


if __name__ == "__main__":
    main()
