# 本局的行政处罚：事先告知、陈述申辩、听证、决定
document-kind-penalty-notice = 行政处罚事先告知书
document-kind-penalty-hearing = 行政处罚听证通知书
withdrawal-not-punished = 不予处罚
withdrawal-hearing-moved = 听证改期
penalty-stage-proposed = 待告知
penalty-stage-noticed = 已告知，待答复
penalty-stage-stated = 已答复
penalty-stage-imposed = 已决定处罚
penalty-stage-dropped = 不予处罚
penalty-case = 行政处罚案件
penalty-case-title = 行政处罚案件 { $x }
penalty-case-open = 办理案件
penalty-file = 立案号或者文号
penalty-filed-on = 立案日期
penalty-told-stop = 停止活动 { $x } 天，自决定之日起
penalty-point = 依据和内容
penalty-mend-note = 责令自决定之日起 { $x } 日内改正
penalty-day = 立案、决定日期
penalty-hearing-by = 申请听证期限
penalty-hearing-none = 不属于可以要求听证的处罚
penalty-notice-send = 送达事先告知书
penalty-notice-send-hint = 告知拟作出的处罚、事实、理由、依据和权利。答复以前、期限届满以前不能作出决定；决定不得重于告知的处罚。
penalty-hearing-call = 通知听证
penalty-hearing-call-hint = { $kind ->
    [working_days] 须在听证的 { $days } 个工作日以前通知时间、地点。改期的重新通知，原通知书撤回。
   *[other] 须在听证的 { $days } 日以前通知时间、地点。改期的重新通知，原通知书撤回。
 }
penalty-hearing-on = 通知的听证日期
penalty-hearing-place = 听证时刻、地点
penalty-hearing-place-hint = 写明几点几分和地点，例如：下午2时30分，市民政局301室
penalty-hearing-note-hint = 写明主持人、参加人、双方的陈述和质证。
penalty-minutes = 听证笔录
penalty-minutes-hint = 当事人签字的笔录扫描件，PDF 或者图片；没有的可以不附。
penalty-decide = 作出决定
penalty-decide-hint = 已按事先告知填好。可以从轻，不得加重；停止活动自决定之日起计算。
penalty-stop-days = 停止活动天数
penalty-stop-days-hint = 不停止活动的不填。
penalty-reason = 复核意见和决定理由
penalty-reason-hint = 单位陈述、申辩或者听证的，逐点写明是否采纳；写入决定书。
penalty-impose = 决定处罚
penalty-drop = 不予处罚
penalty-own-title = 拟作出的行政处罚
penalty-own-hint = 您可以陈述、申辩，有权听证的也可以要求听证；不会因此加重处罚。
penalty-answer-hint = 您可以书面陈述、申辩，也可以表示无异议；不会因此加重处罚。逾期不答复的，期满后作出决定。
penalty-answer-hearing-hint = 您可以书面陈述、申辩，可以要求听证（同时写明意见），也可以表示无异议；不会因此加重处罚。逾期不答复的，期满后作出决定。
flash-penalty-proposed = 处罚已提出，请送达事先告知书。
flash-penalty-notice = 事先告知书已送达。
flash-penalty-call = 听证通知书已送达。
flash-penalty-heard = 听证已登记。
flash-penalty-impose = 处罚已决定，决定书已出具。
flash-penalty-drop = 已决定不予处罚，告知书已撤回。
flash-penalty-answered = 答复已提交。
task-send-penalty-notice = 送达行政处罚事先告知书
task-hear-penalty = 举行行政处罚听证
task-decide-penalty = 决定行政处罚
member-task-answer-penalty-notice = 答复行政处罚事先告知
member-task-attend-penalty-hearing = 参加行政处罚听证
rule-penalty-decision-days = 作出处罚决定的期限
rule-penalty-statement-days = 告知后陈述、申辩的期限
rule-penalty-hearing-request-days = 告知后要求听证的期限
rule-penalty-hearing-notice-days = 听证前通知时间、地点
rule-penalty-hearing-fine-min = 可以要求听证的罚款数额
rule-penalty-hearing-confiscation-min = 可以要求听证的没收数额
finding-credit-stop-intended = 自决定之日起停止活动 { $days } 天
finding-credit-mend-intended = 责令自决定之日起 { $days } 日内改正
finding-credit-hearing-was-held = 应你单位要求，已于{ $on }举行听证
finding-credit-statement-weighed = 对陈述、申辩的复核意见：{ $text }
document-penalty-notice-body =
    { $name }（统一社会信用代码{ $code }，立案号{ $file }）：经查，你单位存在下列违法行为。
    事实：{ $reason }
    { $evidence ->
        [none] {""}
       *[other] 金额的证据：{ $evidence }
    }
    你单位有权陈述和申辩，请于{ $answer }以前（含当日）提出；不因陈述、申辩加重处罚。
    { $right ->
        [hearing] 你单位有权要求听证，请于{ $hearing }以前（含当日）提出；组织听证不收取费用。
       *[other] {""}
    }
    逾期视为放弃上述权利。
    拟作出如下处罚：
document-penalty-hearing-body =
    { $name }（统一社会信用代码{ $code }，立案号{ $file }）：应你单位要求，定于{ $on }举行听证。时刻、地点：{ $place }。
    请法定代表人参加，也可以委托一至二人代理；代理人须带授权委托书。无正当理由不到场的，视为放弃听证。
refusal-penalty-not-ours = 这是其他机关的处罚，只登记其决定书，由他人复核，不由本局告知、决定。
refusal-penalty-not-noticed = 处罚决定以前须先送达事先告知书，未告知的处罚不成立。请先由经办人送达。
refusal-penalty-wrong-stage = 案件现在是“{ $stage }”，不能办理这一步。请刷新页面查看。
refusal-penalty-answer-late = 答复期限是 { $last }，已经过期。
refusal-penalty-hearing-late = 要求听证的期限是 { $last }，已经过期。仍可以书面陈述、申辩。
refusal-penalty-no-hearing-right = 这项处罚不属于可以要求听证的处罚。请选择书面陈述、申辩。
refusal-penalty-no-hearing-asked = 单位没有要求听证，或者听证已经举行。
refusal-penalty-hearing-not-held = 单位要求听证，听证举行并登记后才能决定。
refusal-penalty-answer-awaited = 单位可以答复至 { $last }，答复以前、期满以前不能决定。
refusal-penalty-hearing-soon = { $kind ->
    [working_days] 听证的时间须至少提前 { $days } 个工作日通知，请改为更晚的一天。
   *[other] 听证的时间须至少提前 { $days } 日通知，请改为更晚的一天。
 }
refusal-penalty-hearing-not-called = 还没有通知听证的时间、地点，请先通知。
refusal-penalty-hearing-day = 听证日期须在通知的 { $first } 以后、今天以前，请核对。
refusal-penalty-heavier-after-statement = 不得因陈述、申辩加重处罚。请改为不重于事先告知的处罚。
refusal-penalty-heavier-than-noticed = 这比事先告知的处罚更重，没有告知过。请改为不重于告知的处罚，或者撤回后重新提出、告知。
refusal-penalty-stop-days = 停止活动的须填写天数；其他处罚不填天数。
