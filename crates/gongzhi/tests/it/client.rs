//! As much of HTTP as the tests need: one request on one connection, and an answer that is whole or none.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

/// An answer that arrived whole.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Where it leads.
    pub location: String,
    /// What it says.
    pub body: String,
}

/// Sends a request; `None` when the connection broke before the answer was whole.
pub fn send(to: SocketAddr, head: &str, headers: &[(&str, &str)], body: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect(to).ok()?;
    let mut request = format!("{head} HTTP/1.1\r\nhost: {to}\r\nconnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    whole(&answer)
}

fn whole(answer: &[u8]) -> Option<Answer> {
    let answer = std::str::from_utf8(answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let header = |wanted: &str| {
        let mut fields = head.split("\r\n").filter_map(|line| line.split_once(": "));
        fields.find(|(name, _)| *name == wanted).map(|(_, value)| value.to_owned())
    };
    // An answer that was cut off by the kill told nobody anything.
    let length: usize = header("content-length").map_or(Some(0), |text| text.parse().ok())?;
    (body.len() == length).then(|| Answer {
        status,
        location: header("location").unwrap_or_default(),
        body: body.to_owned(),
    })
}

/// Fields as a browser sends them.
pub fn form(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
    pairs.join("&")
}
