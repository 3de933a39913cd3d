//! Words from which invented names are put together.

use domain::registry::{BusinessField, OrganisationKind};

/// What a founder might call an organisation.
pub(super) const GIVEN: &[&str] = &[
    "夕照",
    "晨曦",
    "乐龄",
    "和风",
    "春晖",
    "同心",
    "守望",
    "暖阳",
    "知行",
    "博爱",
    "安宁",
    "青禾",
    "星火",
    "彩虹",
    "蒲公英",
    "向日葵",
    "小桔灯",
    "百合",
    "常青",
    "康乐",
    "聚力",
    "益民",
    "惠邻",
    "互助",
    "明德",
    "启航",
    "梧桐",
    "紫金",
    "石城",
    "秦韵",
    "江风",
    "新芽",
    "微光",
    "相伴",
    "金晖",
    "银杏",
    "幸福里",
    "邻里情",
    "阳光",
    "善行",
];

/// Family and given names for people in charge; each is marked 示例 where it is used.
pub(super) const FAMILY: &[&str] =
    &["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "朱", "马"];
pub(super) const PERSONAL: &[&str] =
    &["建国", "秀英", "明", "丽华", "志强", "芳", "伟", "静", "国庆", "雪", "军", "桂兰"];

/// What stands in the name for the field of work.
pub(super) fn theme(field: BusinessField) -> &'static str {
    match field {
        BusinessField::ElderlyCare => "居家养老",
        BusinessField::ChildAndYouth => "青少年成长",
        BusinessField::MediationAndGovernance => "邻里调解",
        BusinessField::GeneralService => "社区综合",
        BusinessField::RatingAndAssessment => "社会组织评估",
        BusinessField::Training => "职业培训",
        BusinessField::Appraisal => "绩效考核",
        BusinessField::Community => "社区发展",
        BusinessField::Charity => "公益慈善",
        BusinessField::SciencePopularisation => "科学普及",
        BusinessField::Heritage => "地名文化",
        BusinessField::SocialWork => "社会工作",
        BusinessField::Volunteering => "志愿服务",
        BusinessField::DisabilitySupport => "助残",
        BusinessField::Environment => "环境保护",
        BusinessField::Health => "医养健康",
        BusinessField::LegalAndPsychologicalAid => "心理援助",
        BusinessField::TradeAndIndustry => "行业",
        BusinessField::Research => "公共政策研究",
    }
}

/// What a name of this kind ends in.
pub(super) fn ending(kind: OrganisationKind, turn: usize) -> &'static str {
    let endings: &[&str] = match kind {
        OrganisationKind::SocialAssociation => &["协会", "促进会", "联合会"],
        OrganisationKind::SocialServiceInstitution => &["服务中心", "服务社", "事务所", "促进中心"],
        OrganisationKind::Foundation => &["基金会"],
        OrganisationKind::Enterprise => &["有限公司", "咨询有限公司"],
        OrganisationKind::PublicInstitution => &["指导中心", "服务所"],
    };
    endings.get(turn % endings.len()).copied().unwrap_or_default()
}
