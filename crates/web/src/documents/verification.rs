//! Behind the QR code: whether a document was issued and still holds. It says no more than the paper's
//! holder can read there; a person's name is masked.

use app::{Error, documents};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use crate::shell::{PageError, Path, Shell, Visit, show, show_as};

#[derive(Template)]
#[template(path = "documents/verification.html")]
struct VerificationPage<'a> {
    shell: &'a Shell,
    title: String,
    document: documents::Document,
    addressee: String,
    sheet_href: String,
}

#[derive(Template)]
#[template(path = "documents/unknown.html")]
struct UnknownPage<'a> {
    shell: &'a Shell,
    code: &'a str,
}

/// GET /verify/{code}
pub async fn show_one(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    let shell = &visit.shell;
    let document = match documents::verify(&visit.city, &code).await {
        Ok(document) => document,
        // Said outright: whoever holds a forged paper must not take it for a broken address.
        Err(Error::NotFound) => {
            return show_as(StatusCode::NOT_FOUND, &UnknownPage { shell, code: &code });
        }
        Err(error) => return Err(visit.error(error)),
    };
    show(&VerificationPage {
        title: shell.coded(&document.kind),
        addressee: addressee(&document),
        sheet_href: if document.is_public {
            shell.url(format!("/documents/{}", document.code))
        } else {
            String::new()
        },
        document,
        shell,
    })
}

/// To whom a document speaks, as everyone may read it: a person's name is masked.
pub fn addressee(document: &documents::Document) -> String {
    let is_person = document.organisation_id.is_none() && document.person_id.is_some();
    if is_person { masked(&document.addressee) } else { document.addressee.clone() }
}

/// A name with all but its first and last sign hidden: 李晓敏 reads 李*敏, 王五 reads 王*. What stands in brackets
/// behind it says that the person is invented, and stays.
fn masked(name: &str) -> String {
    let (own, mark) = name.find('（').map_or((name, ""), |at| name.split_at(at));
    let signs: Vec<char> = own.chars().collect();
    match signs.as_slice() {
        [first, _, .., last] => format!("{first}*{last}{mark}"),
        [first, _] => format!("{first}*{mark}"),
        _ => format!("*{mark}"),
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn names_are_masked() {
        for (name, expected) in [
            ("李晓敏", "李*敏"),
            ("王五", "王*"),
            ("欧阳小明", "欧*明"),
            ("申请人甲（示例）", "申*甲（示例）"),
            ("", "*"),
        ] {
            assert_eq!(masked(name), expected);
        }
    }
}
