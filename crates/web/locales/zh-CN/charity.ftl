### 慈善组织（B46）
desk-my-charity = 慈善组织认定
desk-charity = 慈善组织认定
charity-word = 慈善组织
charity-since = 自{ $x }起（{ $y }）
charity-was = { $x }至{ $y }，已终止
charity-only = 只看慈善组织
charity-all = 现有的慈善组织
charity-condition-purpose = 以开展慈善活动为宗旨，业务范围符合慈善法第三条
charity-condition-spending = 上一年度慈善活动年度支出和管理费用符合规定
charity-condition-non-profit = 不以营利为目的，收益和结余全部用于章程规定的慈善目的，财产没有在发起人、捐赠人或者成员中分配
charity-condition-charter = 章程符合慈善法第十一条，有剩余财产转给宗旨相同或者相近的慈善组织的规定
charity-condition-finance = 有健全的财务制度和合理的薪酬制度
charity-condition-heads = 负责人没有依法不得担任慈善组织负责人的情形
charity-condition-lawful = 没有其他违反法律、法规、国家政策的行为
charity-stage-applied = 已申请，待受理
charity-stage-returned = 待补正
charity-stage-accepted = 已受理，待审查
charity-stage-reviewed = 已审查，待决定
charity-stage-recognised = 已认定
charity-stage-denied = 不予认定
charity-stage-withdrawn = 已撤回
charity-stage-noticed = 已告知拟撤销，待答复
charity-stage-answered = 已答复，待决定是否撤销
charity-stage-annulled = 认定已撤销
charity-stage-ended = 随登记终止
charity-held = 本组织自{ $x }起是慈善组织。
charity-intro = 基金会、社会团体和社会服务机构可以申请认定为慈善组织。受理后{ $x }日内决定：符合条件的予以认定、公告并换发登记证书，不符合的书面说明理由。新成立的组织在设立登记时申请。
charity-source = 现在适用：{ $x }
charity-item = 《慈善组织认定办法》第{ $x }条第（{ $y }）项
charity-own-cases = 申请记录
charity-number = 编号
charity-applied = 申请时间
charity-stage = 进度
charity-conditions = 系统核对的条件
charity-under-way = 已有申请正在办理。
charity-see = 查看办理进度
charity-not-now = 还有条件没有达到，现在不能申请。请看上面未通过的条件和规则，达到后再来。
charity-apply = 申请认定为慈善组织
charity-apply-intro = 说明申请理由，逐项说明本组织怎样符合条件，并作出书面承诺；审查人会逐项核对。
charity-statement = 申请理由、慈善宗旨和开展慈善活动的情况
charity-statement-hint = 不超过一千字。
charity-statement-free = 基金会可以不填；不超过一千字。
charity-last-year = 上一年度年检报告的支出
charity-spent = { $x }，其中业务活动支出 { $y }
charity-papers = 需要：{ $x }。会议纪要应当写明会员（代表）大会或者理事会表决通过申请；审计报告为上一年度，含慈善活动支出和管理费用的专项审计。
charity-promise = 符合认定条件、没有不予认定的情形，以上说明和所附材料真实、完整
charity-promise-hint = 弄虚作假的，撤销认定并向社会公布。
charity-apply-send = 提交申请
charity-case-title = 慈善组织认定 { $x }
charity-document = 认定决定书编号
charity-recognised-on = 认定日期
charity-answer-by = 陈述、申辩截止日期
charity-annulment = 是否撤销的决定理由
charity-ended-on = 终止日期
charity-answer = 陈述、申辩
charity-answer-hint = 登记机关认为申请时弄虚作假，拟撤销认定。可以在{ $x }前（含当天）陈述、申辩；逾期视为放弃。
charity-answer-text = 陈述、申辩的内容
charity-answer-send = 提交陈述、申辩
charity-cases = 慈善组织认定申请
charity-none = 没有申请
charity-none-hint = 社会组织提交申请后出现在这里。
charity-pause-title = 征求意见、论证和实地考察
charity-pause-hint = 情况复杂的，可以征求有关部门意见、论证或者实地考察，所需时间不计入决定期限。
charity-paused = 决定期限已经停止计算。征求意见或者实地考察结束后，请恢复计算，再提交审查意见。
charity-pause = 停止计算期限
charity-resume = 恢复计算期限
charity-decide-hint = 认定须全部条件符合；不予认定须至少有一项不符合，书面说明理由，并告知复议和诉讼权利。
charity-decision-hint = 写明理由；会写进决定书。
charity-recognise = 认定为慈善组织
charity-deny = 不予认定
charity-extend = 延长决定期限
charity-extend-hint = 有特殊情况的，报经国务院民政部门批准，可以延长一次，最长{ $x }日，从原期限届满之日起计算，并告知申请人理由。
charity-approval = 国务院民政部门批准文号和日期
charity-approval-hint = 只登记已经取得的批准。
charity-extension-reason = 特殊情况和延长理由
charity-extend-send = 延长期限并告知
charity-notice = 拟撤销认定
charity-notice-hint = 申请时弄虚作假的，撤销认定。先书面告知事实和依据，听取陈述、申辩，再由他人决定。
charity-false-facts = 弄虚作假的事实和证据
charity-notice-send = 出具事先告知书
charity-annul = 决定是否撤销认定
charity-annul-hint = 撤销后即日公告：慈善组织资格终止，公开募捐资格证书失效，登记证书换发；以前的记录不变。
charity-annulment-hint = 写明事实、依据和对陈述、申辩的意见；会写进决定书。
charity-annul-send = 撤销认定并公告
charity-keep = 认定继续有效
flash-charity-applied = 申请已提交，等待受理。
flash-charity-resubmit = 补正已提交，等待受理。
flash-charity-withdraw = 申请已撤回。
flash-charity-answer = 陈述、申辩已提交。
flash-charity-desk-accept = 已受理，受理通知书已出具。
flash-charity-desk-correct = 补正告知书已出具。
flash-charity-desk-pause = 决定期限自明天起停止计算。
flash-charity-desk-resume = 决定期限自明天起恢复计算。
flash-charity-desk-review = 审查意见已记录，等待他人决定。
flash-charity-desk-back = 已退回，等待重新审查。
flash-charity-desk-recognise = 已认定为慈善组织并公告。
flash-charity-desk-deny = 不予认定决定书已出具。
flash-charity-desk-extend = 期限已延长，延长告知书已出具。
flash-charity-desk-notice = 事先告知书已出具，等待陈述、申辩。
flash-charity-desk-annul = 认定已撤销并公告。
flash-charity-desk-keep = 已决定认定继续有效。
task-take-in-charity = 受理慈善组织认定申请
task-review-charity = 审查慈善组织认定申请
task-decide-charity = 决定慈善组织认定
task-decide-charity-annulment = 决定是否撤销慈善组织认定
member-task-correct-charity = 补正慈善组织认定申请
member-task-answer-charity-notice = 答复拟撤销慈善组织认定的告知
news-registry-charity-registered = 登记为慈善组织
news-registry-charity-annulled = 撤销慈善组织认定

finding-registry-charity-law = 慈善法已经施行（{ $from }起）
refusal-registry-charity-law = 慈善法自{ $from }起施行，在这之前没有慈善组织可以登记或者认定。请在施行后再来。
finding-registry-charity-older = 慈善法公布（{ $from }）前登记
refusal-registry-charity-older = 按现在适用的规定，只有慈善法公布（{ $from }）前登记的组织可以申请认定。之后登记的组织，应当在设立登记时申请登记为慈善组织。
finding-charity-not-yet = 还不是慈善组织
refusal-charity-not-yet = 本组织已经是慈善组织，不用再申请。
finding-charity-condition = 不符合条件：{ $condition }
refusal-charity-condition = 条件“{ $condition }”经核对不符合，不能认定。请决定不予认定，或者退回重新审查。
finding-charity-founding-purpose = 申请设立慈善组织：宗旨和业务范围是否以面向社会开展慈善活动为目的、不以营利为目的，由审查人核对
refusal-charity-founding-purpose = 请核对宗旨和业务范围是否符合慈善法第三条和第九条，并写明理由。
finding-charity-founding-charter = 申请设立慈善组织：章程是否载明慈善财产的管理使用、剩余财产转给宗旨相同或者相近的慈善组织，由审查人核对
refusal-charity-founding-charter = 请核对章程是否符合慈善法第十一条，并写明理由。
refusal-charity-not-promised = 请勾选承诺符合“{ $condition }”；不符合的，达到后再申请。
refusal-charity-words-missing = 请具体说明怎样符合“{ $condition }”，不超过 { $most } 个字。
refusal-charity-statement-missing = 请说明申请理由、慈善宗旨和开展慈善活动的情况，不超过 { $most } 个字。
refusal-charity-paper-missing = 缺少“{ $paper }”。请先放进材料库，再在这里选择。
refusal-charity-promise-missing = 请勾选书面承诺。
refusal-charity-under-way = 已有申请正在办理，或者已经认定，不能再申请。
refusal-charity-corrected-once = 补正只能要求一次，已经告知过。请受理后审查。
refusal-charity-wrong-stage = 该申请现在是“{ $stage }”，不能进行这一步。
refusal-charity-ground-missing = 不予认定要有依据：请至少选择一项不符合的条件。
refusal-charity-check-missing = 请选择“{ $condition }”是否符合。
refusal-charity-paused-already = 决定期限正在停止计算。请先恢复计算。
refusal-charity-not-paused = 决定期限没有停止计算，不用恢复。
refusal-charity-extended-before = 决定期限已经延长过一次，不能再延长。请在期限内决定。
refusal-charity-term-over = 决定期限在{ $due }已经届满，不能再延长。请尽快决定；逾期会列入逾期清单。
refusal-charity-answer-late = 陈述、申辩的期限在{ $last }已经届满。
refusal-charity-answer-awaited = { $last }前（含当天）组织还可以陈述、申辩。请收到答复或者期限届满后再决定。

document-kind-charity-decision = 慈善组织认定决定书
document-kind-charity-denial = 不予认定慈善组织决定书
document-kind-charity-notice = 撤销慈善组织认定事先告知书
document-kind-charity-annulment = 撤销慈善组织认定决定书
document-charity-decision-body =
    { $name }（统一社会信用代码{ $code }）申请认定为慈善组织（编号{ $number }），经审查符合《中华人民共和国慈善法》和《慈善组织认定办法》规定的条件，决定自{ $from }起认定为慈善组织，凭本决定换发标明慈善组织属性的登记证书。
    理由：{ $reason }
document-charity-denial-body =
    { $name }申请认定为慈善组织（编号{ $number }），经审查有下列情形，不符合《中华人民共和国慈善法》和《慈善组织认定办法》第四条、第五条的规定，决定不予认定。
    理由：{ $reason }
document-charity-notice-body =
    你单位申请认定为慈善组织（编号{ $number }，认定决定书{ $decision }）时涉嫌弄虚作假，拟依据《慈善组织认定办法》第十一条撤销认定。
    事实和证据：{ $evidence }
    你单位可以在{ $answer }前（{ $days }个工作日内）陈述、申辩；逾期视为放弃。
document-charity-annulment-body =
    { $name }（统一社会信用代码{ $code }）申请认定为慈善组织（编号{ $number }）时弄虚作假，依据《慈善组织认定办法》第十一条，决定自{ $ended_on }起撤销慈善组织认定（{ $decision }）。
    事实：{ $evidence }
    理由：{ $reason }
document-acceptance-charity-body = { $name }提交的慈善组织认定申请（编号{ $number }），自{ $accepted_on }起受理，将在{ $due }前作出决定。
document-correction-notice-charity-body =
    { $name }提交的慈善组织认定申请（编号{ $number }）需要补正。以下为需要补正的全部内容：
    { $defects }
document-extension-notice-charity-body = { $name }提交的慈善组织认定申请（编号{ $number }）有特殊情况，不能在{ $due }前作出决定，经国务院民政部门批准（{ $approval }），延长至{ $until }。理由：{ $reason }
document-announcement-charity-body = { $name }（统一社会信用代码{ $code }）自{ $from }起认定为慈善组织（{ $decision }）。特此公告。
document-announcement-charity-annulled-body = { $name }（统一社会信用代码{ $code }）的慈善组织认定（{ $decision }）自{ $ended_on }起被撤销（{ $annulment }），不再是慈善组织。特此公告。
document-approval-charity-body = 您提交的“{ $name }”成立登记申请（受理编号{ $number }），经两名工作人员审查，符合法定条件和慈善法规定的慈善组织条件，决定准予登记，登记为慈善组织。

apply-is-charity = 申请设立为慈善组织
apply-is-charity-hint = 符合慈善法第八条、第九条的，可以在设立登记时登记为慈善组织，自受理之日起三十日内决定。不选视为不申请。
apply-charity-purpose = 慈善宗旨和慈善活动
apply-charity-purpose-hint = 申请设立为慈善组织的必填：面向社会开展慈善法第三条的哪些活动，章程怎样规定剩余财产转给宗旨相同或者相近的慈善组织。
certificate-charity = 慈善组织属性
certificate-charity-since = 慈善组织（自{ $x }起）

service-charity = 慈善组织登记和认定
service-charity-lead = 已经成立的基金会、社会团体、社会服务机构申请认定为慈善组织；新成立的在设立登记时申请。
service-charity-steps =
    经会员（代表）大会或者理事会表决通过，有业务主管单位的取得其同意。
    在“慈善组织认定”页查看系统核对的条件，说明理由并逐项承诺，附会议纪要和审计报告（基金会不用附）提交申请。
    审批处受理；材料不全的，一次告知全部补正内容。
    审查人逐项核对并提出意见。
    由他人决定：予以认定、公告并换发登记证书，或者书面说明理由不予认定，并告知复议和诉讼权利。
rule-charity-old-only = 只认定慈善法公布前设立的组织
rule-charity-clean-years = 认定慈善组织前的无处罚年限
rule-charity-recognition-days = 慈善组织认定决定期限
rule-charity-registration-days = 登记为慈善组织的决定期限
rule-charity-extension-days = 经批准延长的最长期限
