//! Where people reach the server, for the links that commands print.

use std::net::SocketAddr;

use clap::Args;

/// Where people reach the server.
#[derive(Args)]
pub struct Links {
    /// Where people reach the server, such as https://support.example.com
    #[arg(long, env = "FRONTDESK_PUBLIC_URL")]
    public_url: Option<String>,

    /// Where it listens, for links where no public URL is set
    #[arg(long, env = "FRONTDESK_LISTEN", default_value = "127.0.0.1:8000")]
    listen: SocketAddr,
}

impl Links {
    /// The link with which somebody sets a password.
    pub fn welcome(&self, secret: &str) -> String {
        match &self.public_url {
            Some(url) => format!("{}/welcome/{secret}", url.trim_end_matches('/')),
            None => format!("http://{}/welcome/{secret}", self.listen),
        }
    }
}
