//! The JSON Schema of `corsproof/doctor/1`.

use browsers::Engine;
use serde_json::{Value, json};

use super::{ProblemKind, SCHEMA};

/// What `corsproof doctor --json` prints, for programs that read it.
pub(crate) fn schema() -> Value {
    let engines = Engine::NAMES;
    let engine_or_none: Vec<_> = engines.iter().copied().map(Some).chain([None]).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "description": "What 'corsproof doctor --json' prints.",
        "type": "object",
        "properties": {
            "schema": { "const": SCHEMA },
            "version": { "type": "string", "description": "corsproof's own version" },
            "machine": machine(),
            "engines": { "type": "array", "items": {
                "type": "object",
                "properties": {
                    "name": { "enum": engines },
                    "usable": { "type": "boolean", "description": "whether a run in it can be expected to work" },
                    "browser": program(),
                    "driver": program(),
                    "start": start(),
                },
                "required": ["name", "usable", "browser", "driver"],
                "additionalProperties": false,
            } },
            "problems": { "type": "array", "items": {
                "type": "object",
                "properties": {
                    "finding": { "enum": ProblemKind::ALL },
                    "severity": { "enum": ["stops", "hinders"] },
                    "engine": { "enum": engine_or_none },
                    "text": { "type": "string" },
                    "remedy": {
                        "type": "object",
                        "properties": {
                            "command": { "type": ["string", "null"], "description": "for a shell" },
                            "note": { "type": "string" },
                        },
                        "required": ["command"],
                        "additionalProperties": false,
                    },
                },
                "required": ["finding", "severity", "engine", "text", "remedy"],
                "additionalProperties": false,
            } },
        },
        "required": ["schema", "version", "machine", "engines", "problems"],
        "additionalProperties": false,
    })
}

fn machine() -> Value {
    json!({
        "type": "object",
        "properties": {
            "system": { "enum": ["debian", "ubuntu", "fedora", "macos", "other"] },
            "name": { "type": "string" },
            "user": { "enum": ["root", "other"] },
            "container": { "type": "boolean" },
            "sandbox": { "enum": ["works", "root", "no-namespaces"] },
            "namespaces_barred_by": { "enum": ["app-armor", "kernel-setting", "limit", "no-probe", "container"] },
            "screen": { "enum": ["display", "xvfb", "none"], "description": "where WebKitGTK draws" },
            "shared_memory": { "type": ["integer", "null"], "description": "bytes of /dev/shm" },
            "webkit_speaks_tls": { "type": "boolean" },
            "loopback_error": { "type": ["string", "null"] },
            "temporary": {
                "type": "object",
                "properties": {
                    "path": { "type": "string" },
                    "free": { "type": ["integer", "null"], "description": "bytes" },
                    "error": { "type": ["string", "null"] },
                },
                "required": ["path", "free", "error"],
                "additionalProperties": false,
            },
        },
        "required": [
            "system", "name", "user", "container", "sandbox", "screen", "shared_memory", "webkit_speaks_tls",
            "loopback_error", "temporary",
        ],
        "additionalProperties": false,
    })
}

fn program() -> Value {
    json!({
        "type": ["object", "null"],
        "properties": { "path": { "type": "string" }, "version": { "type": ["string", "null"] } },
        "required": ["path", "version"],
        "additionalProperties": false,
    })
}

fn start() -> Value {
    json!({
        "type": "object",
        "description": "what came of starting it: --start",
        "properties": {
            "state": { "enum": ["opened", "failed"] },
            "version": { "type": "string" },
            "duration_ms": { "type": "integer" },
            "why": { "type": "string" },
        },
        "required": ["state"],
        "additionalProperties": false,
    })
}
