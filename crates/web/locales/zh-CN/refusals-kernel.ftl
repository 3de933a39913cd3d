# 处处通用的填写规则：信用代码、日期、时间、比例
refusal-kernel-credit-code-length = 统一社会信用代码应为 { $expected } 位，现在是 { $found } 位。请核对有没有多字或漏字。
refusal-kernel-credit-code-character = 第 { $position } 位“{ $character }”不是代码用的字符（不用 I、O、S、V、Z）。请核对这一位。
refusal-kernel-credit-code-division = 第 { $position } 位“{ $character }”应为数字，第 3 至 8 位是行政区划代码。请核对。
refusal-kernel-credit-code-check = 第 { $position } 位校验不符：应为“{ $expected }”，填的是“{ $found }”。请逐位核对代码，常见原因是相邻两位写反。
refusal-kernel-subject-code-check = 主体标识码的校验位（第 { $position } 位）应为“{ $expected }”，实为“{ $found }”。早期代码有这种情况，仅作提示。
refusal-kernel-ratio-unreadable = “{ $text }”不是可识别的比例，请写成 10% 或 2/3 这样。
refusal-kernel-rule-value-unreadable = 规则的数值“{ $text }”无法识别，请核对规则表。
refusal-kernel-date-missing = 请填写日期，例如 2014-03-05。
refusal-kernel-date-unreadable = “{ $text }”不是可识别的日期，请写成 2014-03-05 的形式。
refusal-kernel-date-impossible = “{ $text }”不是存在的日期，请核对年月日。
refusal-kernel-time-unreadable = “{ $text }”不是可识别的日期和时间，请写成 2014-03-05 09:00 的形式。
refusal-kernel-time-impossible = “{ $text }”中的时间不存在，请核对时和分。
refusal-kernel-calendar-year-unpublished = { $year } 年的放假安排尚未公布，不能计算到 { $date }。请选择已公布年份内的日期。
