//! `frontdesk healthcheck`: for containers, which have no curl.

use std::{
    io::{Error as IoError, ErrorKind, Read as _, Write as _},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use clap::Args;

use crate::error::{Error, Result};

/// Longest time until the whole answer is there.
const DEADLINE: Duration = Duration::from_secs(3);

/// As much of an answer as is read.
const ANSWER_MAX: usize = 16 * 1024;

/// Whom to ask.
#[derive(Args)]
pub struct Healthcheck {
    /// Address and port that the server was told to listen on
    #[arg(long, env = "FRONTDESK_LISTEN", default_value = "127.0.0.1:8000")]
    listen: SocketAddr,
}

/// Asks the server on this machine whether it is ready.
///
/// # Errors
/// It is not, with its reasons, or it does not answer.
pub fn run(whom: &Healthcheck) -> Result<()> {
    check(whom.listen, DEADLINE)
}

fn check(listen: SocketAddr, deadline: Duration) -> Result<()> {
    let address = reachable(listen);
    let answer = ask(address, Instant::now() + deadline)
        .map_err(|e| Error::Internal(format!("http://{address}/readyz: {e}")))?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    if head.split(' ').nth(1) == Some("200") {
        return Ok(());
    }
    Err(Error::Internal(format!("not ready: {body}")))
}

/// A server that listens on every address is asked on this machine's own.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

fn ask(address: SocketAddr, until: Instant) -> std::io::Result<String> {
    let left = || match until.saturating_duration_since(Instant::now()) {
        Duration::ZERO => Err(IoError::new(ErrorKind::TimedOut, "no answer in time")),
        left => Ok(left),
    };
    let mut stream = TcpStream::connect_timeout(&address, left()?)?;
    stream.set_write_timeout(Some(left()?))?;
    let request = format!("GET /readyz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    let mut part = [0; 1024];
    while answer.len() < ANSWER_MAX {
        stream.set_read_timeout(Some(left()?))?;
        match stream.read(&mut part) {
            Ok(0) => break,
            Ok(length) => answer.extend_from_slice(&part[..length]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // how the system says that the time is over
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    /// What the check makes of a server that answers with these parts, and then says no more.
    fn check_against(parts: &'static [&str], deadline: Duration) -> Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            let length = stream.read(&mut request).unwrap();
            assert!(request[..length].starts_with(b"GET /readyz HTTP/1.1\r\n"));
            for part in parts {
                stream.write_all(part.as_bytes()).unwrap();
            }
            if parts.is_empty() {
                let _ = stream.read(&mut request); // until the client is gone
            }
        });
        let checked = check(address, deadline);
        server.join().unwrap();
        checked
    }

    #[test]
    fn ready_is_good_and_everything_else_is_not() {
        let long = Duration::from_secs(60);
        assert!(check_against(&["HTTP/1.1 2", "00 OK\r\n\r\n{}"], long).is_ok());
        let fault = check_against(&["HTTP/1.1 503 x\r\n\r\n", "{\"reason\": \"r\"}"], long);
        assert!(fault.unwrap_err().to_string().contains("not ready: {\"reason\": \"r\"}"));
        assert!(check_against(&["nonsense"], long).is_err());
        assert!(check_against(&[""], long).is_err());
    }

    #[test]
    fn one_that_says_nothing_is_not_waited_for() {
        let fault = check_against(&[], Duration::from_millis(50)).unwrap_err();
        assert!(fault.to_string().contains("in time"), "{fault}");
    }

    #[test]
    fn one_that_listens_everywhere_is_asked_here() {
        for (listen, asked) in [
            ("0.0.0.0:8000", "127.0.0.1:8000"),
            ("[::]:80", "[::1]:80"),
            ("192.0.2.1:8000", "192.0.2.1:8000"),
        ] {
            assert_eq!(reachable(listen.parse().unwrap()), asked.parse().unwrap());
        }
    }
}
