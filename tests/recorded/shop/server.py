"""A shop that is wrong on purpose: /orders is sent to whoever asks, and errors say nothing; to be recorded."""

import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Shop(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body, fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_OPTIONS(self):
        self.answer(200, b"", {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "X-Basket"})

    def do_GET(self):
        path = self.path.split("?")[0]
        origin = self.headers.get("Origin")
        if path == "/orders":
            granted = {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true"}
            self.answer(200, b"<b>your</b> orders\n", granted if origin else {})
        elif path == "/goods":
            self.answer(200, b"our goods\n", {"Access-Control-Allow-Origin": "*"})
        else:
            self.answer(404, b"no such page\n", {})

    def log_message(self, *_):
        pass


ThreadingHTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Shop).serve_forever()
