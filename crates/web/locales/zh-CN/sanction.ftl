# 行政处罚：违法情形的条款、罚款幅度、责令改正、封存；慈善组织应当终止
offence-certificate-lent = 涂改、出租、出借登记证书，或者出租、出借印章
offence-beyond-scope = 超出章程规定的宗旨和业务范围进行活动
offence-refuses-supervision = 拒不接受或者不按照规定接受监督检查
offence-change-not-registered = 不按照规定办理变更登记
offence-branches = 违反规定设立分支机构、代表机构，或者对其疏于管理造成严重后果
offence-for-profit = 从事营利性的经营活动
offence-assets-taken = 侵占、私分、挪用资产或者所接受的捐赠、资助
offence-unlawful-fees = 违反国家有关规定收取费用、筹集资金或者接受、使用捐赠、资助
offence-false-accounts = 填制会计凭证、登记会计账簿、编制财务会计报告弄虚作假
offence-spending-missed = 未按照规定完成公益事业支出额度
offence-inspection-failed = 未按照规定接受年度检查，或者年度检查不合格
offence-disclosure-failed = 不履行信息公布义务或者公布虚假信息
offence-other-law = 违反其他法律、法规（按该法处罚，另有决定书）
statute-associations = 《社会团体登记管理条例》
statute-institutions = 《民办非企业单位登记管理暂行条例》
statute-foundations = 《基金会管理条例》
place-cited = { $statute }第{ $article }条{ $paragraph ->
    [none] {""}
   *[other] 第{ $paragraph }款
 }{ $item ->
    [none] {""}
   *[other] 第{ $item }项
 }
fine-base-turnover = 违法经营额
fine-base-gains = 违法所得
revocation-ground-unit-withdrew = 业务主管单位撤销批准
revocation-ground-goes-on-after-end = 符合注销条件，不办理注销登记仍继续开展活动
revocation-ground-branches = 违反规定设立或者疏于管理分支机构、代表机构，情节严重
revocation-ground-false-accounts = 会计凭证、账簿、财务会计报告弄虚作假，情节严重
revocation-ground-spending-missed = 未按照规定完成公益事业支出额度，情节严重
revocation-ground-inspection-failed = 未按照规定接受年度检查或者年度检查不合格，情节严重
revocation-ground-disclosure-failed = 不履行信息公布义务或者公布虚假信息，情节严重
revocation-ground-other-law = 违反其他法律、法规，有关国家机关认为应当撤销登记
document-kind-penalty-decision = 行政处罚决定书
document-kind-charity-end = 慈善组织应当终止告知书

credit-penalty-intro = 本局依条例处罚的，选择违法情形；列出的只有该组织适用的条款。登记后先送达事先告知书，听取陈述申辩、听证，再由他人决定，系统编号、出具行政处罚决定书。其他机关的处罚登记后由他人复核。情节严重、应当撤销登记的，另行提出撤销。
credit-offence = 违法情形
credit-offence-hint = 每一项下面是所依据的条、款、项。其他机关的处罚、依据其他法律的处罚，选最后一项。
credit-offence-at = { $x } { $y }
credit-illegal-turnover = 违法经营额
credit-illegal-hint = 没有的不填。有违法经营额或者违法所得的，予以没收，可以并处罚款。
credit-illegal-gains = 违法所得
credit-illegal-evidence = 认定金额的证据
credit-illegal-evidence-hint = 写明账册、凭证、流水等，以及如何算出。没有金额的不填。
credit-fine-base = 没收和罚款按哪一项
credit-fine-base-hint = 只有一项金额的不用选。
credit-range-show = 计算罚款幅度
credit-ranges = 按填写的金额，罚款可以是：
credit-range = 按{ $base }（{ $amount }）的 { $min } 至 { $max } 倍：{ $least }以上、{ $most }以下
credit-mend-by = 责令改正的期限
credit-mend-by-hint = 责令限期改正的填写最后一天，例如 2014-06-30
credit-replaced = 责令撤换的直接负责的主管人员
credit-replaced-hint = 没有责令撤换的不填。
credit-document-number-hint = 本局依条例处罚的填立案号，决定后换成决定书文号；其他处罚填决定书文号。
credit-confiscated-note = 没收 { $x }
credit-mend-by-note = 责令改正，期限 { $x }
credit-replaced-note = 责令撤换{ $x }
credit-obeyed-note = 已于 { $x } 改正、撤换
credit-sealed-note = 登记证书、印章和财务凭证自 { $x } 封存
credit-given-back-note = 已于 { $x } 发还
credit-sealed-on = 封存日期
credit-given-back-on = 发还日期
credit-obeyed-on = 改正、撤换日期
credit-after-finish = 登记执行完毕
credit-after-seal = 登记封存证书和印章
credit-after-give-back = 登记发还证书和印章
credit-after-obeyed = 登记已经改正、撤换
flash-credit-seal = 已登记封存。
flash-credit-give-back = 已登记发还。
flash-credit-obeyed = 已登记改正、撤换。
credit-own-penalties = 行政处罚
credit-own-penalties-hint = 责令改正的请在期限内改正并报告；停止活动期间，登记证书、印章和财务凭证由登记管理机关封存，期满发还。
finding-ending-ground-cited = 法定情形：{ $ground }（{ $statute }第{ $article }条{ $paragraph ->
    [none] {""}
   *[other] 第{ $paragraph }款
 }{ $item ->
    [none] {""}
   *[other] 第{ $item }项
 }）
finding-credit-offence = 违法情形：{ $offence }
finding-credit-offence-cited = 违法情形：{ $offence }（{ $statute }第{ $article }条{ $paragraph ->
    [none] {""}
   *[other] 第{ $paragraph }款
 }{ $item ->
    [none] {""}
   *[other] 第{ $item }项
 }）
finding-credit-warned = 给予警告
finding-credit-stopped = 自{ $from }至{ $until }停止活动
finding-credit-confiscated = 没收{ $base } { $amount }
finding-credit-fined = 处以罚款 { $amount }（{ $base }的 { $times_min } 至 { $times_max } 倍，即 { $least }至 { $most }）
finding-credit-mend-ordered = 责令于{ $last }前改正
finding-credit-replacement-ordered = 责令撤换直接负责的主管人员{ $name }
finding-credit-to-be-sealed = 停止活动期间，登记证书、印章和财务凭证由登记管理机关封存
finding-credit-tax-relief = 提请税务机关责令补交违法行为存续期间所享受的税收减免
document-penalty-decision-body =
    { $name }（统一社会信用代码{ $code }，立案号{ $file }）：经查，你单位存在下列违法行为。
    事实：{ $reason }
    { $evidence ->
        [none] {""}
       *[other] 金额的证据：{ $evidence }
    }
    现于{ $imposed_on }作出如下处罚决定：
refusal-credit-offence-not-of-this-kind = { $kind }的条例没有“{ $offence }”这一项。请在列出的违法情形里选择；依据其他法律处罚的选最后一项。
refusal-credit-fine-without-base = “{ $offence }”的罚款以违法经营额或者违法所得为准。没有这两项金额的不能罚款，请填写金额和证据，或者改选其他处罚。
refusal-credit-fine-base-missing = 违法经营额和违法所得都有的，请选择没收和罚款按哪一项。
refusal-credit-fine-base-empty = 选择了按{ $base }，但没有填写{ $base }。请填写金额或者改选。
refusal-credit-fine-outside-range = “{ $offence }”的罚款须为{ $base }（{ $amount }）的 { $times_min } 至 { $times_max } 倍，即 { $least }至 { $most }。请改正罚款金额。
refusal-credit-fine-not-in-law = “{ $offence }”依《基金会管理条例》第42条处罚，没有罚款。请清空金额，改选警告或者停止活动。
refusal-credit-confiscation-not-in-law = “{ $offence }”所依据的条款没有没收违法经营额、违法所得。请清空这些金额。
refusal-credit-illegal-evidence-missing = 请写明违法经营额、违法所得的证据。
refusal-credit-replacement-not-in-law = 责令撤换主管人员只见于《社会团体登记管理条例》第30条，“{ $offence }”不适用。请清空。
refusal-credit-mend-by-early = 改正的期限不能早于决定日期。
refusal-credit-sealing-not-suspended = 只有停止活动的处罚才封存证书和印章，请选择复核过的停止活动处罚。
refusal-credit-sealed-already = 这项处罚的证书和印章已经登记封存。
refusal-credit-sealing-day = 日期须在 { $first } 以后、今天以前，请核对。
refusal-credit-not-sealed = 这项处罚没有封存中的证书和印章。
refusal-credit-sealed-until = 停止活动至 { $last }，期满以后才发还。
refusal-credit-no-order-open = 这项处罚没有待落实的改正或者撤换。
refusal-credit-obeyed-day = 日期须在 { $first } 以后、今天以前，请核对。
refusal-ending-ground-not-of-this-kind = { $kind }的条例没有“{ $ground }”这一项，请在列出的情形里选择。

rule-fine-turnover-times-min = 罚款不低于违法经营额的
rule-fine-turnover-times-max = 罚款不超过违法经营额的
rule-fine-gains-times-min = 罚款不低于违法所得的
rule-fine-gains-times-max = 罚款不超过违法所得的
rule-charity-idle-years = 慈善组织连续未从事慈善活动应当终止的年数
rule-statutory-staff-min = 专职工作人员下限
rule-community-staff-min = 比照社区社会组织的工作人员下限
rule-zero-threshold-staff-min = “零门槛”工作人员下限
rule-statutory-premises-shareable = 是否可以合用住所
rule-community-premises-shareable = 比照社区社会组织是否可以合用住所
rule-zero-threshold-premises-shareable = “零门槛”是否可以合用住所
rule-statutory-account-own = 领证后是否须有自己的银行账户
rule-community-account-own = 比照社区社会组织是否须有自己的银行账户
rule-zero-threshold-account-own = “零门槛”是否须有自己的银行账户
finding-registration-premises-shared = 与{ $name }等 { $others } 家组织同一住所：可以合用的须有出租、出借一方的同意；不能合用的请核对住所证明。
finding-registration-account-own = 领证后开立本组织的银行账户并备案；登记以前不要求账户。
finding-registration-account-kept = 资金可以由街道、社区或者孵化基地的账户代管；开立自己的账户后再备案。
inspection-question-unit-opinion-on = 业务主管单位初审意见的日期
refusal-inspection-opinion-missing = 年度工作报告须先报业务主管单位初审。请在“随报材料”中附上其初审意见（业务主管单位批准文件）。
refusal-inspection-opinion-ahead = 初审意见的日期不能晚于今天，请核对。
finding-inspection-opinion-in-time = 业务主管单位于 { $day } 出具初审意见（截止日 { $last }）
inspection-unit-first = 你单位有业务主管单位：请先于 { $x } 前报其初审，取得初审意见后再报登记机关。
member-task-report-to-unit = 年度工作报告报业务主管单位初审
task-tell-idle-charity = 告知慈善组织应当终止
member-task-end-as-charity = 成立清算组，办理终止
finding-charity-idle-years = 年度工作报告所报 { $first } 年至 { $last } 年没有慈善活动，也没有慈善活动支出：连续二年未从事慈善活动的应当终止
ending-charity-idle = 年度工作报告显示，该慈善组织 { $x } 年至 { $y } 年没有慈善活动，也没有慈善活动支出。
ending-charity-end = 告知应当终止
ending-charity-end-intro = 请先核实。告知后出具告知书，自告知之日起 { $x } 日内成立清算组。
ending-charity-note = 核实情况
ending-charity-note-hint = 写明如何核实、单位如何说明；会写进告知书。
ending-charity-end-send = 告知应当终止
ending-charity-must-end = 你单位 { $first } 年至 { $last } 年连续未从事慈善活动，已于 { $told } 告知应当终止。请于 { $by } 前成立清算组，清算结束后在这里申请注销。
flash-ending-charity-told = 已告知，告知书已出具。
document-charity-end-body = { $name }（统一社会信用代码{ $code }）：你单位存在下列情形，依法应当终止。核实情况：{ $note } 请于{ $group_by }前成立清算组进行清算并向社会公告，清算结束后向本局申请注销登记。不成立清算组或者清算组不履行职责的，本局可以申请人民法院指定有关人员组成清算组进行清算。
refusal-charity-not-idle = 年度工作报告没有显示连续{ $years }年未从事慈善活动，不能据此告知终止。请查看最近{ $years }年的报告。
refusal-charity-told-to-end = 已经告知过该组织应当终止，请在其注销申请里继续。
credit-confiscated = 没收金额
task-seal-certificate = 封存停止活动单位的证书和印章
task-give-back-sealed = 发还封存的证书和印章
task-check-order = 核对责令改正的落实
member-task-obey-penalty = 按处罚决定改正
member-task-hand-over-to-seal = 交出证书和印章封存
