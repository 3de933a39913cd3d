# 通用填写规则：金额、日期、代码（refusal-kernel-）
refusal-kernel-money-unreadable = “{ $text }”不是可识别的金额，请只写数字，例如 480000 或 48.5。
refusal-kernel-money-negative = 金额不能为负数，请核对“{ $text }”。
refusal-kernel-money-too-large = 金额位数过多，请核对“{ $text }”和所选单位。
refusal-kernel-money-too-many-decimals = 金额最多精确到分，请核对“{ $text }”的小数位数和所选单位。
refusal-kernel-date-unreadable = “{ $text }”不是可识别的日期，请写成 2014-03-05 的形式。
refusal-kernel-date-impossible = “{ $text }”不是存在的日期，请核对年月日。
refusal-kernel-time-unreadable = “{ $text }”不是可识别的日期和时间，请写成 2014-03-05 09:00 的形式。
refusal-kernel-time-impossible = “{ $text }”中的时间不存在，请核对时和分。
refusal-kernel-calendar-year-unpublished = { $year } 年的放假安排尚未公布，不能计算到 { $date }。请选择已公布年份内的日期。
