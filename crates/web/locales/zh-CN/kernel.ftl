# 通用填写规则：金额、日期、代码（refusal-kernel-）
refusal-kernel-money-unreadable = “{ $text }”不是可识别的金额，请只写数字，例如 480000 或 48.5。
refusal-kernel-money-negative = 金额不能为负数，请核对“{ $text }”。
refusal-kernel-money-too-large = 金额位数过多，请核对“{ $text }”和所选单位。
refusal-kernel-money-too-many-decimals = 金额最多精确到分，请核对“{ $text }”的小数位数和所选单位。
