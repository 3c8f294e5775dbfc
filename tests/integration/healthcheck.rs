//! `frontdesk healthcheck`, as a container runs it.

use std::net::SocketAddr;

use tokio::process::Command;

use crate::support::{database::TestDatabase, server::TestServer};

async fn healthcheck(address: SocketAddr) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_frontdesk"))
        .arg("healthcheck")
        .env("FRONTDESK_LISTEN", address.to_string())
        .output()
        .await
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[tokio::test]
async fn its_exit_code_says_whether_the_server_is_ready() {
    let server = TestServer::start(TestDatabase::sqlite()).await;
    let address = server.address();
    assert_eq!(healthcheck(address).await, (Some(0), String::new()));
    server.stop().await;
    let (code, reason) = healthcheck(address).await;
    assert_eq!(code, Some(1));
    assert!(reason.contains("refused"), "{reason}");
}
