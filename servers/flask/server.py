"""Flask-CORS around a Flask application, served by waitress."""

import os
import sys

from flask import Flask, jsonify
from flask_cors import CORS
from waitress import serve

POLICY = dict(
    methods=["GET", "POST", "PUT"],
    allow_headers=["Content-Type", "Authorization"],
    expose_headers=["X-Total-Count"],
    supports_credentials=True,
    max_age=600,
)
POLICIES = {
    "right": dict(POLICY, origins=["https://app.shop.example", "https://admin.shop.example"]),
    # With credentials the extension sends back the origin that asks, not the wildcard.
    "wildcard": dict(POLICY, origins="*"),
    # A pattern must match at the start only: without a $ anything may follow.
    "pattern": dict(POLICY, origins=[r"https://app\.shop\.example"]),
    # Cookies are sent all the same, and the answer to them cannot be read.
    "no-credentials": dict(POLICY, origins=["https://app.shop.example"], supports_credentials=False),
}

POLICIES["slash"] = POLICIES["right"]

app = Flask(__name__)
CORS(app, **POLICIES[sys.argv[1] if len(sys.argv) > 1 else "right"])


# Flask redirects who asks without the slash.
PATH = "/data/" if "slash" in sys.argv else "/data"


@app.get(PATH)
def read():
    return jsonify(["first", "second"]), {"X-Total-Count": "2"}


@app.post(PATH)
def make():
    return {"made": True}, 201


@app.put(PATH)
def change():
    return {"changed": True}


serve(app, host=os.environ.get("HOST", "127.0.0.1"), port=int(os.environ["PORT"]), threads=8)
