//! The area in which an association works: that of its registrar or a part of it, and never wider (B16).

use crate::kernel::{Finding, Refusal};

/// What may be an area: the registrar's own division, and the names of its districts.
#[derive(Clone, Copy, Debug)]
pub struct Areas<'a> {
    /// The registrar's division, such as 南京市.
    pub registrar: &'a str,
    /// The districts of it, such as 秦淮区.
    pub districts: &'a [&'a str],
}

impl Areas<'_> {
    /// Every area, the widest first.
    pub fn all(&self) -> Vec<String> {
        let districts = self.districts.iter().map(|district| format!("{}{district}", self.registrar));
        std::iter::once(self.registrar.to_owned()).chain(districts).collect()
    }

    /// Whether an area lies within the registrar's.
    pub fn finding(&self, area: &str) -> Finding {
        let holds = self.all().iter().any(|one| one == area);
        Finding::required("registration.area", "B16", holds)
            .with("area", area)
            .with("registrar", self.registrar)
    }

    /// The area in full; a district may be typed without its city.
    ///
    /// # Errors
    /// `registration.area`: it is wider than the registrar's, or lies elsewhere.
    pub fn read(&self, typed: &str) -> Result<String, Refusal> {
        let typed: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
        let is_district = self.districts.iter().any(|district| *district == typed);
        let area = if is_district { format!("{}{typed}", self.registrar) } else { typed };
        match self.finding(&area).refusal() {
            Some(refusal) => Err(refusal),
            None => Ok(area),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_lies_within_the_registrars() {
        let areas = Areas { registrar: "南京市", districts: &["玄武区", "秦淮区"] };
        assert_eq!(areas.all(), ["南京市", "南京市玄武区", "南京市秦淮区"]);
        for (typed, expected) in [
            ("南京市", Ok("南京市")),
            (" 南京市 秦淮区 ", Ok("南京市秦淮区")),
            ("玄武区", Ok("南京市玄武区")),
            ("江苏省", Err(("registration.area", "B16"))),
            ("全国", Err(("registration.area", "B16"))),
            ("苏州市", Err(("registration.area", "B16"))),
            ("南京市鼓楼", Err(("registration.area", "B16"))),
            ("", Err(("registration.area", "B16"))),
        ] {
            let found = areas.read(typed);
            let found = found.as_deref().map_err(|refusal| (refusal.code, refusal.rule));
            assert_eq!(found, expected, "{typed}");
        }
    }
}
