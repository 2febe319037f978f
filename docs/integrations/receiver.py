"""Receives webhooks: checks the signature, and drops what came before. Usage: receiver.py SECRET_FILE PORT"""
import base64, hashlib, hmac, json, sys, time
from http.server import BaseHTTPRequestHandler, HTTPServer

secrets = [base64.b64decode(line.strip()[6:]) for line in open(sys.argv[1]) if line.startswith("whsec_")]
seen = set()  # A program that restarts keeps the ids in its database, in the transaction that uses the event.


def genuine(headers, body):
    if abs(time.time() - int(headers["webhook-timestamp"])) > 300:
        return False
    signed = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    valid = ["v1," + base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode() for secret in secrets]
    return any(hmac.compare_digest(one, given) for one in valid for given in headers["webhook-signature"].split())


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not genuine(self.headers, body):
            return self.send_error(401)
        event = json.loads(body)
        for each in event["data"]["events"] if event["type"] == "report.batch" else [event]:
            if each["id"] not in seen:
                seen.add(each["id"])
                print(each["type"], each["data"]["tracker"], each["data"]["event_time"], flush=True)
        self.send_response(204)
        self.end_headers()


HTTPServer(("127.0.0.1", int(sys.argv[2])), Receiver).serve_forever()
