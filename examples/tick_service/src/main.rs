//! A service with one session a client: a strip as JSON opens it, ticks as JSON reprice it.
//!
//! `POST /sessions` a strip, `{"as_of": "2025-11-21", "prices": {"2025-11": 96.12, ...}}`, answers the session's number;
//! `POST /sessions/0/ticks` prices, `{"2026-01": 96.22}`, the new outcome table and its notices.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::response::{IntoResponse, Response};
use axum::{Json, Router, extract::Path, extract::State, http::StatusCode, routing::post};
use fedpath::bulk::TableSession;
use fedpath::{Assumptions, ContractMonth, Error, ErrorKind, Price, Strip};
use serde_json::{Value, json};

type Sessions = Arc<Mutex<Vec<TableSession>>>;

struct Refused(Error);

impl<E: Into<Error>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = match self.0.kind() {
            ErrorKind::NotPriced => StatusCode::NOT_FOUND,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        (status, Json(self.0)).into_response()
    }
}

async fn open(State(sessions): State<Sessions>, Json(strip): Json<Strip>) -> Result<Json<usize>, Refused> {
    let session = TableSession::new(&strip, &Assumptions::default())?;
    let mut sessions = sessions.lock().unwrap_or_else(PoisonError::into_inner);
    sessions.push(session);
    Ok(Json(sessions.len() - 1))
}

async fn tick(
    State(sessions): State<Sessions>,
    Path(number): Path<usize>,
    Json(prices): Json<BTreeMap<ContractMonth, Price>>,
) -> Result<Json<Value>, Response> {
    let mut sessions = sessions.lock().unwrap_or_else(PoisonError::into_inner);
    let session = sessions.get_mut(number).ok_or_else(|| StatusCode::NOT_FOUND.into_response())?;
    session.update_many(prices).map_err(|error| Refused::from(error).into_response())?;
    Ok(Json(json!({ "table": session.table(), "notices": session.notices() })))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let app = Router::new().route("/sessions", post(open)).route("/sessions/{number}/ticks", post(tick));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    axum::serve(listener, app.with_state(Sessions::default())).await
}
