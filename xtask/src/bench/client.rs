//! A small HTTP/1.1 client over one kept-alive connection: enough to load a server of ours honestly, with
//! nothing between the measurement and the socket.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(30);

/// What a server answered.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The body, chunks joined.
    pub body: Vec<u8>,
    /// The first cookie that it sets, as `name=value`.
    pub cookie: Option<String>,
}

/// One open connection.
pub struct Client {
    host: String,
    stream: BufReader<TcpStream>,
}

impl Client {
    /// Connects to `host`, such as `127.0.0.1:8080`.
    pub fn connect(host: &str) -> Result<Self> {
        let stream = TcpStream::connect(host).with_context(|| format!("cannot connect to {host}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(TIMEOUT))?;
        Ok(Self { host: host.to_owned(), stream: BufReader::new(stream) })
    }

    /// Asks for a page.
    pub fn get(&mut self, path: &str) -> Result<Answer> {
        self.send("GET", path, &[], b"")
    }

    /// Sends one request with extra header lines and waits for the whole answer.
    pub fn send(&mut self, method: &str, path: &str, headers: &[String], body: &[u8]) -> Result<Answer> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.host);
        for header in headers {
            head.push_str(header);
            head.push_str("\r\n");
        }
        if method != "GET" {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        self.stream.get_mut().write_all(&request)?;
        self.read_answer()
    }

    fn read_answer(&mut self) -> Result<Answer> {
        let status_line = self.line()?;
        let status = status_line.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.with_context(|| format!("not HTTP: {status_line}"))?;
        let (mut length, mut chunked, mut cookie) = (0, false, None);
        loop {
            let raw = self.line()?;
            let line = raw.to_ascii_lowercase();
            match line.split_once(':') {
                None => break,
                Some(("content-length", value)) => length = value.trim().parse()?,
                Some(("transfer-encoding", value)) => chunked = value.trim() == "chunked",
                Some(("set-cookie", _)) if cookie.is_none() => {
                    let pair = raw.split_once(':').and_then(|(_, value)| value.split(';').next());
                    cookie = pair.map(|pair| pair.trim().to_owned());
                }
                Some(_) => {}
            }
        }
        let body = if chunked { self.chunks()? } else { self.bytes(length)? };
        Ok(Answer { status, body, cookie })
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            bail!("the server closed the connection");
        }
        Ok(line.trim_end().to_owned())
    }

    fn bytes(&mut self, length: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let size_line = self.line()?;
            let size = usize::from_str_radix(size_line.split(';').next().unwrap_or_default(), 16)?;
            body.extend(self.bytes(size)?);
            self.line()?;
            if size == 0 {
                return Ok(body);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::thread;

    fn check(reply: &'static str, expected: (u16, &str, Option<&str>)) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            let count = stream.read(&mut request).unwrap();
            stream.write_all(reply.as_bytes()).unwrap();
            String::from_utf8_lossy(&request[..count]).into_owned()
        });
        let answer = Client::connect(&host).unwrap().get("/x").unwrap();
        let body = String::from_utf8_lossy(&answer.body);
        assert_eq!((answer.status, body.as_ref(), answer.cookie.as_deref()), expected);
        assert!(server.join().unwrap().starts_with("GET /x HTTP/1.1\r\n"));
    }

    #[test]
    fn bodies_are_read_by_length_and_by_chunks() {
        check("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", (200, "hello", None));
        check(
            "HTTP/1.1 404 No\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
            (404, "abcde", None),
        );
    }

    #[test]
    fn the_first_cookie_is_kept_as_it_is_sent_back() {
        let reply =
            "HTTP/1.1 303 Other\r\nSet-Cookie: Session=aB1; Path=/; HttpOnly\r\nset-cookie: b=2\r\n\r\n";
        check(reply, (303, "", Some("Session=aB1")));
    }
}
