### 公开募捐资格（B39）
desk-my-fundraising = 公开募捐资格
desk-fundraising = 公开募捐资格
fundraising-way-application = 申请
fundraising-way-claim = 凭登记证书申领
fundraising-condition-governance = 内部治理结构规范，理事会能够有效决策，负责人任职符合规定
fundraising-condition-council = 理事来自同一组织及其关联组织的不超过三分之一，近亲属没有同时任理事，非内地居民不超过三分之一且法定代表人为内地居民
fundraising-condition-staff = 秘书长为专职，理事长（会长）与秘书长不由同一人兼任，有专职工作人员
fundraising-condition-supervisors = 监事依法履行监督职责
fundraising-condition-tax = 依法办理税务登记，履行纳税义务
fundraising-condition-internal-rules = 内部管理和风险控制制度健全，能够规范执行
fundraising-condition-spending = 上一年度慈善活动年度支出和管理费用符合规定
fundraising-condition-reports = 依法进行会计核算，按时报送年度工作报告，履行信息公开义务
fundraising-stage-applied = 已申请，待受理
fundraising-stage-returned = 待补正
fundraising-stage-accepted = 已受理，待审查
fundraising-stage-reviewed = 已审查，待决定
fundraising-stage-granted = 已发证
fundraising-stage-denied = 不予发证
fundraising-stage-withdrawn = 已撤回
fundraising-stage-revoked = 证书已吊销
fundraising-stage-ended = 随登记或者慈善组织资格终止
fundraising-held = 已取得公开募捐资格证书 { $x }，自{ $y }起可以面向公众募捐。
fundraising-open-certificate = 查看证书
fundraising-verify = 核验证书
fundraising-intro = 取得公开募捐资格的慈善组织才能面向公众募捐。受理后{ $x }日内决定：符合条件的发给证书，不符合的书面说明理由。
fundraising-source = 现在适用：{ $x }
fundraising-item = { $x }第（{ $y }）项
fundraising-own-cases = 申请记录
fundraising-number = 编号
fundraising-way = 方式
fundraising-applied = 申请时间
fundraising-stage = 进度
fundraising-conditions = 系统核对的条件
fundraising-claim-conditions = 申领条件
fundraising-under-way = 已有申请正在办理。
fundraising-see = 查看办理进度
fundraising-keep = 已经持有证书，不用再申请。不再符合条件的，将列入活动异常名录{ $years ->
        [0] 。
       *[other] ；证书被吊销的，{ $years }年内不得再次申请。
    }
fundraising-not-now = 还有条件没有达到，现在不能申请。请看上面未通过的条件和规则，达到后再来。
fundraising-apply = 申请公开募捐资格
fundraising-apply-intro = 申请书逐项说明本组织怎样符合条件，并作出书面承诺；审查人会逐项核对。
fundraising-statement = 其他需要说明的情况
fundraising-statement-hint = 可以不填。
fundraising-papers = 需要：注册会计师出具的上一年度审计报告（含年度支出和管理费用专项信息）、理事会同意申请的会议决议。
fundraising-papers-consent = 需要：注册会计师出具的上一年度审计报告（含年度支出和管理费用专项信息）、理事会同意申请的会议决议、业务主管单位同意的材料。
fundraising-promise = 以上说明和所附材料真实、完整
fundraising-promise-hint = 弄虚作假的，承担相应的法律责任。
fundraising-apply-send = 提交申请
fundraising-claim = 凭登记证书申领
fundraising-claim-intro = 慈善法施行前登记的公募基金会，凭标明慈善组织属性的登记证书申领，不用逐项申请。
fundraising-claim-statement = 登记证书的记载
fundraising-claim-statement-hint = 写明证书编号、登记日期，以及证书怎样写明公募和慈善组织属性。
fundraising-claim-promise = 以上内容与登记证书一致
fundraising-claim-send = 提交申领
fundraising-case-title = 公开募捐资格 { $x }
fundraising-certificate = 证书编号
fundraising-granted-on = 发证日期
fundraising-penalty-number = 处罚决定文号
fundraising-penalty-reason = 处罚事由
fundraising-penalty-on = 处罚决定日期
fundraising-ended-on = 终止日期
fundraising-cases = 公开募捐资格申请
fundraising-none = 没有申请
fundraising-none-hint = 慈善组织提交申请后出现在这里。
fundraising-wanting = 持证但不再符合条件
fundraising-wanting-hint = 具有公开募捐资格的慈善组织不再符合条件的，列入活动异常名录并向社会公告。打开组织，以“不再符合公开募捐资格条件”提出。
fundraising-pause-title = 征求意见和实地考察
fundraising-pause-hint = 情况复杂的，可以征求有关部门意见或者实地考察，所需时间不计入决定期限。
fundraising-paused = 决定期限已经停止计算。征求意见或者实地考察结束后，请恢复计算，再提交审查意见。
fundraising-pause = 停止计算期限
fundraising-resume = 恢复计算期限
flash-fundraising-desk-pause = 决定期限自明天起停止计算。
flash-fundraising-desk-resume = 决定期限自明天起恢复计算。
refusal-fundraising-paused-already = 决定期限正在停止计算。请先恢复计算。
refusal-fundraising-not-paused = 决定期限没有停止计算，不用恢复。
fundraising-is-public = 登记证书标明公募和慈善组织属性
fundraising-is-public-hint = 对照登记证书核对。
fundraising-decide-hint = 发证须全部条件符合；不予发证须至少有一项不符合，书面说明理由，并告知复议和诉讼权利。
fundraising-decision-hint = 写明理由；会写进决定书。
fundraising-grant = 发给证书
fundraising-deny = 不予发证
fundraising-penalty = 登记吊销证书的处罚
fundraising-penalty-hint = 只登记已经依法作出的吊销公开募捐资格证书处罚决定，由他人确认后生效。
fundraising-penalty-send = 登记处罚
fundraising-penalty-confirm = 确认吊销
fundraising-penalty-confirm-hint = { $years ->
        [0] 确认后证书立即失效并公告；登记有误的，撤销登记。
       *[other] 确认后证书立即失效并公告，{ $years }年内不得再次申请；登记有误的，撤销登记。
    }
fundraising-revoke = 确认吊销并公告
fundraising-drop = 登记有误
fundraising-public = 可以面向公众募捐：公开募捐资格证书 { $x }，自{ $y }起。
fundraising-only = 只看具有公开募捐资格的
flash-fundraising-applied = 申请已提交，等待受理。
flash-fundraising-resubmit = 补正已提交，等待受理。
flash-fundraising-withdraw = 申请已撤回。
flash-fundraising-desk-accept = 已受理，受理通知书已出具。
flash-fundraising-desk-correct = 补正告知书已出具。
flash-fundraising-desk-review = 审查意见已记录，等待他人决定。
flash-fundraising-desk-back = 已退回，等待重新审查。
flash-fundraising-desk-grant = 证书已发给并公告。
flash-fundraising-desk-deny = 不予发证决定书已出具。
flash-fundraising-desk-penalty = 处罚已登记，等待他人确认。
flash-fundraising-desk-revoke = 证书已吊销并公告。
flash-fundraising-desk-drop = 登记已撤销，证书继续有效。
task-take-in-fundraising = 受理公开募捐资格申请
task-review-fundraising = 审查公开募捐资格申请
task-decide-fundraising = 决定公开募捐资格
task-confirm-fundraising-penalty = 确认吊销公开募捐资格证书
member-task-correct-fundraising = 补正公开募捐资格申请
news-registry-fundraising-granted = 发给公开募捐资格证书
news-registry-fundraising-revoked = 吊销公开募捐资格证书

finding-registry-fundraising-law = 慈善法已经施行（{ $from }起）
refusal-registry-fundraising-law = 慈善法自{ $from }起施行，在这之前没有公开募捐资格可以申请。请在施行后再来。
finding-registry-yearly-reported = 按时报送了年度工作报告
refusal-registry-yearly-reported = 没有按时报送年度工作报告，不符合公开募捐资格的条件。请先补报，年检通过后再申请。
finding-fundraising-not-revoked = { $years } 年内没有被吊销公开募捐资格证书
refusal-fundraising-not-revoked = 公开募捐资格证书被吊销的，{ $years } 年内不得再次申请。{ $free }起可以申请。
finding-fundraising-charity-now = 已登记或者认定为慈善组织
refusal-fundraising-charity-now = 还不是慈善组织。请先申请认定，再申领证书。
finding-fundraising-old-foundation = 慈善法施行（{ $from }）前登记的基金会
refusal-fundraising-old-foundation = 只有{ $from }前登记的公募基金会可以凭登记证书申领。其他组织请按条件申请。
finding-fundraising-public-foundation = 登记证书没有标明公募和慈善组织属性
refusal-fundraising-public-foundation = 审查意见认为登记证书没有标明公募和慈善组织属性，不能发证。请决定不予发证，或者退回重新审查。
finding-fundraising-condition = 不符合条件：{ $condition }
refusal-fundraising-condition = 条件“{ $condition }”经核对不符合，不能发证。请决定不予发证，或者退回重新审查。
refusal-fundraising-not-promised = 请勾选承诺符合“{ $condition }”；不符合的，达到后再申请。
refusal-fundraising-words-missing = 请具体说明怎样符合“{ $condition }”，不超过 { $most } 个字。
refusal-fundraising-paper-missing = 缺少“{ $paper }”。请先放进材料库，再在这里选择。
refusal-fundraising-promise-missing = 请勾选书面承诺。
refusal-fundraising-under-way = 已有申请正在办理，或者已经持有证书，不能再申请。
refusal-fundraising-corrected-once = 补正只能要求一次，已经告知过。请受理后审查。
refusal-fundraising-wrong-stage = 该申请现在是“{ $stage }”，不能进行这一步。
refusal-fundraising-ground-missing = 不予发证要有依据：请至少选择一项不符合的条件。
refusal-fundraising-check-missing = 请选择“{ $condition }”是否符合。
refusal-fundraising-fit-missing = 请选择登记证书是否标明。
refusal-fundraising-penalty-recorded = 已经登记了处罚，正在等待他人确认。
refusal-fundraising-penalty-day = 处罚决定日期不能早于发证日期{ $first }，也不能在今天之后。
refusal-fundraising-no-penalty = 还没有登记处罚，没有可以确认的内容。

document-kind-fundraising-certificate = 公开募捐资格证书
document-kind-fundraising-denial = 不予发给公开募捐资格证书决定书
document-fundraising-certificate-body =
    { $name }（统一社会信用代码{ $code }），符合《中华人民共和国慈善法》第二十二条和《慈善组织公开募捐管理办法》规定的条件，自{ $granted_on }起具有公开募捐资格。
    本证书不得伪造、变造、出租、出借。公开募捐活动应当依法制定募捐方案并备案。
document-fundraising-denial-body =
    { $name }申请公开募捐资格（编号{ $number }），经审查有下列条件不符合《中华人民共和国慈善法》第二十二条和《慈善组织公开募捐管理办法》第五条的规定，决定不发给公开募捐资格证书。
    理由：{ $reason }
document-acceptance-fundraising-body = { $name }提交的公开募捐资格申请（编号{ $number }），自{ $accepted_on }起受理，将在{ $due }前作出决定。
document-correction-notice-fundraising-body =
    { $name }提交的公开募捐资格申请（编号{ $number }）需要补正。以下为需要补正的全部内容：
    { $defects }
document-announcement-fundraising-body = { $name }（统一社会信用代码{ $code }）自{ $granted_on }起具有公开募捐资格，证书编号{ $certificate }。特此公告。
document-announcement-fundraising-revoked-body = { $name }（统一社会信用代码{ $code }）的公开募捐资格证书{ $certificate }于{ $revoked_on }被吊销（处罚决定{ $penalty }），应当立即停止公开募捐活动。特此公告。

service-fundraising = 公开募捐资格
service-fundraising-lead = 登记或者认定为慈善组织满规定年限的社会组织，申请面向公众募捐的资格。
service-fundraising-steps =
    在“公开募捐资格”页查看系统核对的条件，逐项说明其余条件，附审计报告和理事会决议提交申请。
    审批处受理；材料不全的，一次告知全部补正内容。
    审查人逐项核对并提出意见。
    由他人决定：发给证书并公告，或者书面说明理由不予发证，并告知复议和诉讼权利。
rule-fundraising-conditions = 公开募捐资格逐项承诺的条件
rule-fundraising-decision-days = 公开募捐资格决定期限
rule-fundraising-announce-days = 吊销公开募捐资格证书的公告期限
rule-fundraising-bar-years = 吊销后不得再次申请的年限
rule-unit-conditions = 项
