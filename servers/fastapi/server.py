"""Starlette's CORSMiddleware, as FastAPI hands it on."""

import os
import sys

import uvicorn
from fastapi import FastAPI, Response
from fastapi.middleware.cors import CORSMiddleware

POLICY = dict(
    allow_methods=["GET", "POST", "PUT"],
    allow_headers=["Authorization"],
    expose_headers=["X-Total-Count"],
    allow_credentials=True,
)
POLICIES = {
    "right": dict(POLICY, allow_origins=["https://app.shop.example", "https://admin.shop.example"]),
    # Credentials turn the wildcard into a copy of whatever origin asks.
    "wildcard": dict(POLICY, allow_origins=["*"]),
    # Nothing is wrong with this one; but what /broken raises is answered before the middleware has its turn.
    "exception": dict(POLICY, allow_origins=["https://app.shop.example"]),
    # Granted, and there is no such route.
    "method": dict(
        POLICY,
        allow_origins=["https://app.shop.example", "https://admin.shop.example"],
        allow_methods=["GET", "POST", "PUT", "DELETE"],
    ),
    # An origin has no slash at its end, so this equals none.
    "slash": dict(POLICY, allow_origins=["https://app.shop.example/"]),
}

app = FastAPI()
app.add_middleware(CORSMiddleware, **POLICIES[sys.argv[1] if len(sys.argv) > 1 else "right"])


@app.get("/data")
def read(response: Response):
    response.headers["X-Total-Count"] = "2"
    return ["first", "second"]


@app.post("/data", status_code=201)
def make():
    return {"made": True}


@app.put("/data")
def change():
    return {"changed": True}


@app.get("/broken")
def broken():
    raise RuntimeError("this handler always fails")


uvicorn.run(app, host=os.environ.get("HOST", "127.0.0.1"), port=int(os.environ["PORT"]), log_level="critical")
