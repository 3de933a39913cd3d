# 规则与依据
rules-title = 规则与依据
rules-intro = 本站每一次“不能办理”都写明依据的规则；这里列出全部规则、法律依据和按日期生效的数值。
rules-search = 规则编号或词语
rules-search-hint = 例如：C26、回避、合同
rules-none = 没有找到相符的规则
rules-none-hint = 换一个词再试。
rules-part-s = 改革材料确定的事项
rules-part-b = 登记、年检、评估与信用
rules-part-c = 政府购买服务
rules-part-e = 绩效、责任与工作日历
rules-part-t = 容易出错之处
rules-calendars = 工作日历
rules-rule = 规则 { $x }
rules-ground = 依据
rules-since = 生效日期
rules-until-now = 至今
rules-values = 按日期生效的数值
rules-value-name = 项目
rules-value = 数值
rules-from = 自
rules-to = 至
rules-source = 来源
rules-note = 说明
rules-in-force = 现行
rules-dated = 每个采购项目都按它开始之日有效的规则判断，规则后来变化也不影响已开始的项目。
rules-calendar-title = { $x } 年工作日历
rules-calendar-working = 全年 { $n } 个工作日。工作日＝周一至周五中未列入放假的日子，加上调休上班的日子。
rules-calendar-source = 依据：
rules-month = { $n } 月
rules-month-working = { $n } 个工作日
rules-weekday = { $n ->
    [1] 一
    [2] 二
    [3] 三
    [4] 四
    [5] 五
    [6] 六
   *[other] 日
}
rules-day-off = 休
rules-day-work = 班
rules-listed = 放假和调休
rules-listed-date = 日期
rules-listed-kind = 安排
rules-listed-name = 节日
rules-listed-off = 放假
rules-listed-work = 调休上班
festival-new-year = 元旦
festival-spring = 春节
festival-qingming = 清明
festival-labour = 劳动节
festival-dragon-boat = 端午
festival-mid-autumn = 中秋
festival-national-day = 国庆节
festival-victory = 中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日
