//! Behind the QR code: whether a document was issued and still holds. It says no more than the paper's
//! holder can read there; a person's name is masked.

use app::documents;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use crate::shell::{PageError, Shell, Visit, show};

#[derive(Template)]
#[template(path = "documents/verification.html")]
struct VerificationPage<'a> {
    shell: &'a Shell,
    title: String,
    document: documents::Document,
    addressee: String,
    sheet_href: String,
}

/// GET /verify/{code}
pub async fn show_one(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    let document = documents::verify(&visit.city, &code).await.map_err(|error| visit.error(error))?;
    let shell = &visit.shell;
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

/// A name with all but its first and last sign hidden: 李晓敏 reads 李*敏, 王五 reads 王*.
fn masked(name: &str) -> String {
    let signs: Vec<char> = name.chars().collect();
    match signs.as_slice() {
        [first, _, .., last] => format!("{first}*{last}"),
        [first, _] => format!("{first}*"),
        _ => "*".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn names_are_masked() {
        for (name, expected) in [("李晓敏", "李*敏"), ("王五", "王*"), ("欧阳小明", "欧*明"), ("", "*")]
        {
            assert_eq!(masked(name), expected);
        }
    }
}
