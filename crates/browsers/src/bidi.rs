//! The part of [WebDriver BiDi](https://w3c.github.io/webdriver-bidi/) that tells what Firefox logs.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    net::TcpStream,
    sync::{mpsc, oneshot},
    task::{self, JoinHandle},
    time::timeout,
};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use super::{BrowserError, ConsoleMessage, Engine, console::Level, failure::innermost};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Listens to `log.entryAdded`.
#[derive(Debug)]
pub(super) struct Listener {
    engine: Engine,
    limit: Duration,
    calls: mpsc::UnboundedSender<Call>,
    messages: mpsc::UnboundedReceiver<ConsoleMessage>,
    task: JoinHandle<()>,
}

/// A command and who waits for its result.
#[derive(Debug)]
struct Call {
    method: &'static str,
    params: Value,
    result: oneshot::Sender<Value>,
}

impl Listener {
    /// Connects to a session's WebSocket and subscribes.
    pub(super) async fn start(engine: Engine, url: &str, limit: Duration) -> Result<Self, BrowserError> {
        const CALL: &str = "BiDi connection";
        let socket = match timeout(limit, connect_async(url)).await {
            Ok(Ok((socket, _))) => socket,
            Ok(Err(error)) => {
                return Err(BrowserError::Gone { engine, call: CALL, words: innermost(&error) });
            }
            Err(_) => return Err(BrowserError::TimedOut { engine, call: CALL, limit, output: Vec::new() }),
        };
        let (calls, call_queue) = mpsc::unbounded_channel();
        let (message_queue, messages) = mpsc::unbounded_channel();
        let task = task::spawn(relay(socket, call_queue, message_queue));
        let listener = Self { engine, limit, calls, messages, task };
        listener.call("session.subscribe", json!({ "events": ["log.entryAdded"] })).await?;
        Ok(listener)
    }

    /// The messages since the last call.
    pub(super) async fn take(&mut self) -> Result<Vec<ConsoleMessage>, BrowserError> {
        // Events and results come in order: what was sent before this result is here when it is.
        self.call("session.status", json!({})).await?;
        let mut messages = Vec::new();
        while let Ok(message) = self.messages.try_recv() {
            messages.push(message);
        }
        Ok(messages)
    }

    async fn call(&self, method: &'static str, params: Value) -> Result<(), BrowserError> {
        let Self { engine, limit, .. } = *self;
        let (result, answer) = oneshot::channel();
        // When the relay is gone the answer's other end is dropped, and that is told below.
        let _ = self.calls.send(Call { method, params, result });
        match timeout(limit, answer).await {
            Ok(Ok(answer)) if answer["type"] == "error" => {
                let words = answer["message"].as_str().unwrap_or("no reason given").to_owned();
                Err(BrowserError::Refused { engine, call: method, words })
            }
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) => {
                Err(BrowserError::Gone { engine, call: method, words: "its WebSocket is closed".to_owned() })
            }
            Err(_) => Err(BrowserError::TimedOut { engine, call: method, limit, output: Vec::new() }),
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Carries commands out and results and events in, until either side closes.
async fn relay(
    mut socket: Socket,
    mut calls: mpsc::UnboundedReceiver<Call>,
    messages: mpsc::UnboundedSender<ConsoleMessage>,
) {
    let mut waiting: Vec<(u64, oneshot::Sender<Value>)> = Vec::new();
    let mut next_id = 1;
    loop {
        tokio::select! {
            call = calls.recv() => {
                let Some(Call { method, params, result }) = call else { return };
                let command = json!({ "id": next_id, "method": method, "params": params });
                waiting.push((next_id, result));
                next_id += 1;
                if socket.send(Message::text(command.to_string())).await.is_err() {
                    return;
                }
            }
            frame = socket.next() => {
                let Some(Ok(frame)) = frame else { return };
                let Some(value) = frame.to_text().ok().and_then(|text| serde_json::from_str::<Value>(text).ok()) else {
                    continue;
                };
                if let Some(id) = value["id"].as_u64() {
                    if let Some(place) = waiting.iter().position(|(known, _)| *known == id) {
                        let _ = waiting.swap_remove(place).1.send(value);
                    }
                } else if let Some(message) = of_event(&value) {
                    let _ = messages.send(message);
                }
            }
        }
    }
}

/// [log.entryAdded](https://w3c.github.io/webdriver-bidi/#event-log-entryAdded)
fn of_event(event: &Value) -> Option<ConsoleMessage> {
    if event["method"] != "log.entryAdded" {
        return None;
    }
    let entry = &event["params"];
    Some(ConsoleMessage {
        text: entry["text"].as_str()?.to_owned(),
        source: entry["type"].as_str().unwrap_or_default().to_owned(),
        level: Level::parse(entry["level"].as_str().unwrap_or_default()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_entries_become_messages_and_other_events_do_not() {
        let event = json!({ "type": "event", "method": "log.entryAdded",
                            "params": { "type": "javascript", "level": "error", "text": "Cross-Origin Request Blocked" } });
        let message = of_event(&event).expect("a message");
        assert_eq!((message.level, message.source.as_str()), (Level::Error, "javascript"));
        assert_eq!(of_event(&json!({ "method": "log.other", "params": { "text": "x" } })), None);
    }
}
