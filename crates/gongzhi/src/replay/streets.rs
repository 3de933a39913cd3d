//! Two streets and what they have filed, so that a visitor can open the ledger and go on (B20).

use app::City;
use app::RequestKey;
use app::registry::filing::{FileOrganisation, FilingForm, KeepPaper, ReportOfFiling, ledger};
use app::uploads::StoredFile;
use domain::kernel::{Actor, Date, Role, Scope, Street};
use domain::registry::PaperKind;
use domain::registry::filing::FilingReportKind;

use super::cast::Cast;

/// Sign-in name, the officer's name, the street's code.
const STREETS: [(&str, &str, i64); 2] =
    [("street1", "街道经办甲（示例）", 320_104_002), ("street2", "街道经办乙（示例）", 320_106_003)];
/// What each street files: name, field, members, community.
const FILED: [(&str, &str, &str, &str); 4] = [
    ("夕阳红棋牌社（示例）", "elderly_care", "18", "示例第一社区"),
    ("邻里调解队（示例）", "mediation_and_governance", "9", "示例第一社区"),
    ("放学来吧陪读组（示例）", "child_and_youth", "12", "示例第二社区"),
    ("晨风太极队（示例）", "general_service", "26", "示例第二社区"),
];

/// The streets file their community organisations; one of them has a festival ahead.
pub async fn file(city: &City, cast: &mut Cast) -> anyhow::Result<()> {
    for (login, name, code) in STREETS {
        let scope = Scope::Street(Street(code));
        let officer = cast.add(city, login, name, Role::StreetOfficer, scope).await?;
        for (name, fields, members, community) in FILED {
            file_one(city, &officer, [name, fields, members, community]).await?;
        }
    }
    Ok(())
}

async fn file_one(city: &City, officer: &Actor, row: [&str; 4]) -> anyhow::Result<()> {
    let [name, fields, members, community] = row.map(str::to_owned);
    let form = FilingForm {
        name,
        kind: "social_association".to_owned(),
        fields,
        domicile: "社区活动室（示例）".to_owned(),
        person_in_charge: "示例负责人".to_owned(),
        contact: "025-0000".to_owned(),
        members,
        led_by: "community".to_owned(),
        community,
        host: String::new(),
        is_demo: true,
    };
    let number = city.act(officer, &RequestKey::None, &FileOrganisation { form }).await?;
    if number.ends_with("0001") {
        let filing = ledger::one(city, officer, &number).await?.id;
        let file =
            StoredFile::store(city, "B20", "简易章程（示例）.pdf", &super::leaf::pdf("简易章程（示例）"))?;
        let keep = KeepPaper { filing, kind: PaperKind::Charter, file };
        city.act(officer, &RequestKey::None, &keep).await?;
        let report = ReportOfFiling {
            filing,
            kind: FilingReportKind::Gathering,
            day: Date::constant(2014, 9, 9),
            text: "重阳棋赛，约六十人参加，地点社区广场（示例）。".to_owned(),
            appraisal: None,
        };
        city.act(officer, &RequestKey::None, &report).await?;
    }
    Ok(())
}
