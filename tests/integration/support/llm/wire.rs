//! Just enough HTTP/1.1, by hand: a server library would not break the rules when told to.

use std::{io, time::Duration};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::{Asked, Reply};

pub async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let head_ends = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..head_ends].to_vec()).ok()?;
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(Some(0), |(_, value)| value.parse().ok())?;
    let mut body = bytes.split_off(head_ends);
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some(Asked {
        method: first.next()?.to_owned(),
        path: first.next()?.to_owned(),
        headers,
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
    })
}

/// `Err` if the client went away before it had all.
pub async fn answer(mut stream: TcpStream, reply: Reply) -> io::Result<()> {
    match reply {
        Reply::Whole(status, headers, body) => {
            let mut head = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\n");
            for (name, value) in headers {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            head.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
            stream.write_all(head.as_bytes()).await?;
            stream.shutdown().await
        }
        Reply::Reset => {
            // closing with unread data and no linger sends RST instead of FIN
            let stream = stream.into_std()?;
            socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO))
        }
        Reply::BreakOff => {
            stream.write_all(&head(200, 1000)).await?;
            stream.write_all(b"{\"candidates\":[").await?;
            stream.shutdown().await
        }
        Reply::Held(mut until, reply) => {
            let _ = until.wait_for(|go| *go).await;
            Box::pin(answer(stream, *reply)).await
        }
        Reply::Hang => gone(&mut stream).await,
        Reply::Drip => {
            stream.write_all(&head(200, 100_000)).await?;
            let mut turns = tokio::time::interval(Duration::from_millis(20));
            loop {
                turns.tick().await;
                stream.write_all(b" ").await?;
            }
        }
        Reply::Huge => {
            let part = vec![b' '; 1 << 20];
            stream.write_all(&head(200, 200 << 20)).await?;
            for _ in 0..200 {
                stream.write_all(&part).await?;
            }
            Ok(())
        }
    }
}

fn head(status: u16, length: usize) -> Vec<u8> {
    let kind = "content-type: application/json";
    format!("HTTP/1.1 {status} Status\r\n{kind}\r\ncontent-length: {length}\r\n\r\n").into_bytes()
}

/// Waits until the client goes away.
async fn gone(stream: &mut TcpStream) -> io::Result<()> {
    let mut rest = [0; 64];
    while stream.read(&mut rest).await? > 0 {}
    Err(io::ErrorKind::ConnectionAborted.into())
}
