### 登记的社会组织各类申请的共同步骤：受理、一次补正、审查
course-accept = 受理
course-accept-hint = 材料齐全、符合形式的，受理并出具受理通知书；{ $days }个工作日内没有告知补正的，自收到之日起即为受理。
course-correct = 告知补正
course-correct-hint = 一次告知全部内容，之后不能再次要求补正。
course-defects = 需要补正的全部内容
course-finding = 核对情况（不符合的必须写明）
course-review-send = 提交审查意见
course-explained = 逐项说明和核对
course-meets = 承诺本组织符合这一条件
course-says = 具体说明
course-accepted-on = 受理日期
course-sent-back = 退回重新审查的理由
course-back = 退回重新审查
course-grounds = 另外认定不符合的条件
course-grounds-hint = 系统核对和审查人认定不符合的条件自动列为理由，这里只补充其他条件。
course-resubmit = 提交补正
course-resubmit-intro = 补正只要求一次。请按“需要补正的全部内容”修改后重新提交；书面承诺需要重新勾选。
course-withdraw = 撤回申请
course-withdraw-hint = 决定作出之前可以撤回，撤回后可以重新申请。
course-fit = 各项条件均符合
course-unfit = 有条件不符合

intake-received = 待受理
intake-returned = 已退回补正
intake-accepted = 已受理，待审查
intake-withdrawn = 已撤回
refusal-course-not-accepted = 该申请现在是“{ $intake }”，不能进行这一步。审查和决定在受理之后，撤回的不再办理。
refusal-course-corrected-once = 补正只能要求一次，已经要求过。请受理，或者受理之后依法决定。
refusal-course-accepted-by-silence = { $days }个工作日内没有告知补正，自{ $from }收到之日起即为受理，不能再要求补正。请按受理办理。

course-correct-once = 补正只要求一次。请按“需要补正的全部内容”修改后重新提交；已随附的材料仍然有效，只选择新增或者更换的。
course-correct-go = 去补正
flash-course-resubmitted = 补正已提交，等待受理。
flash-course-withdrawn = 已撤回，可以重新申请。
