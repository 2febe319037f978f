"""Measures FindMy.py's own classes: findmy_py.py CHECKOUT decrypt|keys|windows|pipeline. Prints one number, in a second.

What FindMy.py imports for other work is replaced where it is not installed. "pipeline" needs psycopg2 and these variables:
KEYS_FILE (a private key in base64 on each line), GATEWAY_URL, ANISETTE_URL, CA_FILE, SESSION (dsid:token), DATABASE (a libpq string).
"""

import asyncio
import base64
import hashlib
import http.client
import json
import os
import statistics
import ssl
import sys
import time
from datetime import datetime, timedelta, timezone
from importlib import import_module
from unittest.mock import MagicMock
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

CURVE = ec.SECP224R1()
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFF16A2E0B8F03E13DD29455C5C2A3D
KEYS = 20
REPORTS = 2000
INDEX = 50_000
WINDOW = 290
KEYS_PER_REQUEST = 64
WARM_UP_SECONDS = 2
PASSES = 5
SECONDS_1970_TO_2001 = 978307200


def load(checkout):
    sys.path.insert(0, checkout)
    for name in ("aiohttp", "anisette", "bleak", "bs4", "requests", "srp", "typing_extensions"):
        try:
            import_module(name)
        except ImportError:
            sys.modules[name] = MagicMock()
            for part in ("_pysrp", "backends", "backends.device", "backends.scanner", "exc"):
                sys.modules[name + "." + part] = MagicMock()
            if name == "typing_extensions":
                sys.modules[name].override = lambda method: method


def rate(count, run):
    end = time.perf_counter() + WARM_UP_SECONDS
    while time.perf_counter() < end:
        run()
    rates = []
    for _ in range(PASSES):
        began = time.perf_counter()
        run()
        rates.append(count / (time.perf_counter() - began))
    return statistics.median(rates)


def scalar():
    return int.from_bytes(os.urandom(36), "big") % (ORDER - 1) + 1


def sealed(public_key):
    """A report's payload of 88 bytes, seen now."""
    ephemeral = ec.generate_private_key(CURVE)
    numbers = ephemeral.public_key().public_numbers()
    point = b"\x04" + numbers.x.to_bytes(28, "big") + numbers.y.to_bytes(28, "big")
    keys = hashlib.sha256(ephemeral.exchange(ec.ECDH(), public_key) + b"\0\0\0\1" + point).digest()
    encryptor = Cipher(algorithms.AES(keys[:16]), modes.GCM(keys[16:])).encryptor()
    cipher_text = encryptor.update(os.urandom(10)) + encryptor.finalize()
    seen = int(time.time()) - SECONDS_1970_TO_2001
    return seen.to_bytes(4, "big") + b"\2" + point + cipher_text + encryptor.tag


def decrypt():
    key_pair = import_module("findmy.keys").KeyPair
    reports = import_module("findmy.reports.reports")
    pairs = []
    answer = []
    for _ in range(KEYS):
        value = scalar()
        pair = key_pair(value.to_bytes(28, "big"))
        pairs.append(pair)
        public_key = ec.derive_private_key(value, CURVE).public_key()
        answer += [(sealed(public_key), pair.hashed_adv_key_bytes) for _ in range(REPORTS // KEYS)]

    class Account:
        async def fetch_raw_reports(self, devices):
            return [reports.LocationReport(payload, name) for payload, name in answer]

    fetcher = reports.LocationReportsFetcher(Account())

    def run():
        found = asyncio.run(fetcher.fetch_location_history(pairs))
        values = [(report.timestamp, report.latitude, report.longitude, report.horizontal_accuracy, report.confidence,
                   report.status) for of_key in found.values() for report in of_key]
        if len(values) != REPORTS:
            raise SystemExit("not all reports were decrypted")

    return rate(REPORTS, run)


def keys():
    key_pair = import_module("findmy.keys").KeyPair
    scalars = [scalar().to_bytes(28, "big") for _ in range(REPORTS)]
    return rate(REPORTS, lambda: [key_pair(value).hashed_adv_key_bytes for value in scalars])


def windows():
    accessory = import_module("findmy.accessory").FindMyAccessory
    now = datetime.now(tz=timezone.utc)
    secrets = {"master_key": scalar().to_bytes(28, "big"), "skn": os.urandom(32), "sks": os.urandom(32)}
    began = time.perf_counter()
    made = 0
    while made < 3 or time.perf_counter() - began < 2 * WARM_UP_SECONDS:
        fresh = accessory(paired_at=now - timedelta(minutes=15 * INDEX), **secrets)
        found = set()
        index = INDEX
        while len(found) < WINDOW:
            found |= {key.hashed_adv_key_b64 for key in fresh.keys_at(index)}
            index -= 1
        made += 1
    return made / (time.perf_counter() - began)


class Gateway:
    """Asks as FindMy.py's account does: fresh anisette headers and one request, over connections that are kept."""

    def __init__(self, report_class):
        self.report_class = report_class
        gateway, anisette = urlsplit(os.environ["GATEWAY_URL"]), urlsplit(os.environ["ANISETTE_URL"])
        trust = ssl.create_default_context(cafile=os.environ["CA_FILE"])
        self.gateway = http.client.HTTPSConnection(gateway.hostname, gateway.port, context=trust)
        self.anisette = http.client.HTTPConnection(anisette.hostname, anisette.port)
        self.authorization = "Basic " + base64.b64encode(os.environ["SESSION"].encode()).decode()

    def headers(self):
        self.anisette.request("GET", "/")
        given = json.loads(self.anisette.getresponse().read())
        now = datetime.now(tz=timezone.utc).replace(microsecond=0, tzinfo=None)
        return {
            "Authorization": self.authorization,
            "Content-Type": "application/json",
            "X-Apple-I-MD": given["X-Apple-I-MD"],
            "X-Apple-I-MD-M": given["X-Apple-I-MD-M"],
            "X-Apple-I-MD-LU": given["X-Apple-I-MD-LU"],
            "X-Apple-I-MD-RINFO": "17106176",
            "X-Mme-Device-Id": given["X-Mme-Device-Id"],
            "X-Apple-I-Client-Time": now.isoformat() + "Z",
            "X-Apple-I-TimeZone": "UTC",
            "X-Apple-Locale": "en_US",
        }

    async def fetch_raw_reports(self, devices):
        until = int(time.time()) * 1000
        since = until - 7 * 86_400_000
        question = {
            "clientContext": {
                "clientBundleIdentifier": "com.apple.icloud.searchpartyuseragent",
                "policy": "foregroundClient",
            },
            "fetch": [
                {"ownedDeviceIds": [], "keyType": 1, "startDate": since, "startDateSecondary": since, "endDate": until,
                 "primaryIds": primary, "secondaryIds": secondary}
                for primary, secondary in devices
            ],
        }
        self.gateway.request("POST", "/findmyservice/v2/fetch", json.dumps(question), self.headers())
        response = self.gateway.getresponse()
        body = response.read()
        if response.status != 200:
            raise SystemExit(f"the simulated service answered {response.status}")
        return [
            self.report_class(base64.b64decode(payload), base64.b64decode(of_key["id"]))
            for of_key in json.loads(body)["acsnLocations"]["locationPayload"]
            for payload in of_key["locationInfo"]
        ]


def pipeline():
    import psycopg2

    key_pair = import_module("findmy.keys").KeyPair
    reports = import_module("findmy.reports.reports")
    with open(os.environ["KEYS_FILE"], encoding="ascii") as lines:
        private_keys = [base64.b64decode(line) for line in lines]
    fetcher = reports.LocationReportsFetcher(Gateway(reports.LocationReport))
    connection = psycopg2.connect(os.environ["DATABASE"])
    stored = 0
    began = time.perf_counter()
    for start in range(0, len(private_keys), KEYS_PER_REQUEST):
        pairs = [key_pair(value) for value in private_keys[start:start + KEYS_PER_REQUEST]]
        found = asyncio.run(fetcher.fetch_location_history(pairs))
        with connection, connection.cursor() as cursor:
            for pair, of_key in found.items():
                for report in of_key:
                    cursor.execute(
                        "INSERT INTO location_reports (hashed_adv_key, timestamp, location, confidence, horizontal_accuracy,"
                        " nearest_city) VALUES (%s, %s, ST_GeomFromText(%s, 4326), %s, %s, %s)",
                        (pair.hashed_adv_key_b64, report.timestamp, f"POINT({report.longitude} {report.latitude})",
                         report.confidence, report.horizontal_accuracy, None))
                    stored += 1
    seconds = time.perf_counter() - began
    if stored == 0 or stored % len(private_keys) != 0:
        raise SystemExit(f"{stored} reports of {len(private_keys)} trackers were stored")
    return stored / seconds


def main():
    load(sys.argv[1])
    print({"decrypt": decrypt, "keys": keys, "windows": windows, "pipeline": pipeline}[sys.argv[2]]())


if __name__ == "__main__":
    main()
