//! Submitted forms: kept as typed, checked for their token, named so that sending twice does once.

use app::{City, RequestKey};
use axum::body::to_bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, header};
use evidence::Digest;
use subtle::ConstantTimeEq;

use super::fault::PageError;
use super::visit::Visit;

/// No form of ours is longer, files apart.
const FORM_BYTES_MAX: usize = 1024 * 1024;
/// Files and fields together.
const UPLOAD_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A file that came with a form.
pub struct Upload {
    /// The field.
    pub field: String,
    /// The file's name on the sender's device: shown, never used as a path.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Fields as typed.
#[derive(Clone, Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
}

/// A form with files.
pub struct FileForm {
    /// The fields.
    pub form: Form,
    /// The files; empty file inputs are left out.
    pub files: Vec<Upload>,
}

impl Form {
    /// A form prefilled from what is known.
    pub fn of(fields: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        Self { fields: fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect() }
    }

    /// What was typed into the field; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// What was typed, without surrounding space.
    pub fn trimmed(&self, name: &str) -> &str {
        self.text(name).trim()
    }

    /// Whether a box with this name was ticked.
    pub fn is_ticked(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    /// Every value of the field.
    pub fn every(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Whether this value of the field was chosen.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.fields.iter().any(|(field, held)| field == name && held == value)
    }

    /// A whole number; `None` when it is not one.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.trimmed(name).parse().ok()
    }

    /// The fields of one of several forms on a page, whose names end alike, without that ending.
    pub fn part(&self, ending: &str) -> Self {
        let own =
            |(name, value): &(String, String)| Some((name.strip_suffix(ending)?.to_owned(), value.clone()));
        Self { fields: self.fields.iter().filter_map(own).collect() }
    }

    /// All fields, in the order in which they came.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The form's key and a digest of what it asks.
    pub fn key(&self) -> RequestKey {
        let key: String = self.text("request_key").chars().take(200).collect();
        if key.is_empty() {
            return RequestKey::None;
        }
        let mut content = String::new();
        for (name, value) in self.fields.iter().filter(|(name, _)| name != "csrf") {
            content.push_str(name);
            content.push('\0');
            content.push_str(value);
            content.push('\0');
        }
        RequestKey::Given { key, digest: Digest::of(content.as_bytes()).hex() }
    }
}

impl FromRequest<City> for Form {
    type Rejection = PageError;

    async fn from_request(request: Request, _: &City) -> Result<Self, PageError> {
        let (visit, headers) = context(&request)?;
        check_origin(&headers, &visit)?;
        let body = to_bytes(request.into_body(), FORM_BYTES_MAX).await;
        let body = body.map_err(|_| visit.fault("fault-form-too-long", 413))?;
        let form = Form { fields: pairs(&body) };
        check_token(&form, &visit)?;
        Ok(form)
    }
}

impl FromRequest<City> for FileForm {
    type Rejection = PageError;

    async fn from_request(request: Request, city: &City) -> Result<Self, PageError> {
        let (visit, headers) = context(&request)?;
        let kind =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("multipart/") {
            // A form without files may come as any other form: what is missing is said at its field.
            let form = Form::from_request(request, city).await?;
            return Ok(Self { form, files: Vec::new() });
        }
        check_origin(&headers, &visit)?;
        let unreadable = || visit.fault("fault-form-unreadable", 400);
        let (parts, body) = request.into_parts();
        let body =
            to_bytes(body, UPLOAD_BYTES_MAX).await.map_err(|_| visit.fault("fault-form-too-long", 413))?;
        let request = Request::from_parts(parts, axum::body::Body::from(body));
        let request = axum::RequestExt::with_limited_body(request);
        let mut multipart = Multipart::from_request(request, city).await.map_err(|_| unreadable())?;
        let (mut fields, mut files) = (Vec::new(), Vec::new());
        while let Some(part) = multipart.next_field().await.map_err(|_| unreadable())? {
            let field = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(|_| unreadable())?.to_vec();
            match file {
                Some(name) if !name.is_empty() => files.push(Upload { field, name, bytes }),
                Some(_) => {}
                None => fields.push((field, String::from_utf8_lossy(&bytes).into_owned())),
            }
        }
        let form = Form { fields };
        check_token(&form, &visit)?;
        Ok(Self { form, files })
    }
}

fn context(request: &Request) -> Result<(Visit, HeaderMap), PageError> {
    let visit = request.extensions().get::<Visit>().cloned().ok_or_else(|| PageError::broken("no visit"))?;
    Ok((visit, request.headers().clone()))
}

/// A browser says where a form comes from; another site's form is refused.
fn check_origin(headers: &HeaderMap, visit: &Visit) -> Result<(), PageError> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let foreign_site = text("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none");
    let host = text(header::HOST.as_str()).unwrap_or_default();
    let foreign_origin = text(header::ORIGIN.as_str()).is_some_and(|origin| {
        origin != "null" && origin.split_once("://").map(|(_, place)| place) != Some(host)
    });
    if foreign_site || foreign_origin {
        return Err(visit.fault("fault-foreign-form", 403));
    }
    Ok(())
}

/// A signed-in reader's forms carry the session's token.
fn check_token(form: &Form, visit: &Visit) -> Result<(), PageError> {
    let expected = visit.shell.csrf.as_bytes();
    if visit.shell.person.is_some() && !bool::from(form.text("csrf").as_bytes().ct_eq(expected)) {
        return Err(visit.fault("fault-form-token", 403));
    }
    Ok(())
}

/// Reads `a=1&b=2`; what cannot be decoded is kept as it came.
pub(crate) fn pairs(body: &[u8]) -> Vec<(String, String)> {
    let decode = |text: &[u8]| {
        let mut bytes = Vec::with_capacity(text.len());
        let mut at = 0;
        while at < text.len() {
            let hex = text.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
            let byte = hex.and_then(|two| u8::from_str_radix(two, 16).ok());
            match (text[at], byte) {
                (b'%', Some(byte)) => {
                    bytes.push(byte);
                    at += 2;
                }
                (b'+', _) => bytes.push(b' '),
                (other, _) => bytes.push(other),
            }
            at += 1;
        }
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let parts = body.split(|byte| *byte == b'&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let split = part.iter().position(|byte| *byte == b'=').unwrap_or(part.len());
            (decode(&part[..split]), decode(part.get(split + 1..).unwrap_or_default()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn a_form_is_read_as_it_was_typed() {
        let cases: [(&str, &[(&str, &str)]); 5] = [
            ("a=1&b=%E4%B8%AD", &[("a", "1"), ("b", "中")]),
            ("a=x+y&a=%2B", &[("a", "x y"), ("a", "+")]),
            ("a", &[("a", "")]),
            ("a=%zz&=", &[("a", "%zz"), ("", "")]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let found = pairs(text.as_bytes());
            let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
