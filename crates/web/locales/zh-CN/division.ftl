# 行政区划沿革
division-title = 行政区划代码与沿革
division-lead = 区的代码有首日和末日；已经撤销的区仍在表中，旧案、旧代码按当时的区显示，名录和数据按今天的区统计。
division-on = 只看某一天
division-on-hint = 例如 2012-06-30；不填则列出全部
division-count = 共 { $n } 个区划
division-count-on = { $y }有 { $x } 个区划
division-code = 代码
division-name = 名称
division-from = 首日
division-to = 末日
division-successor = 今属
division-streets = 当时所辖的今天的街道
division-source = 依据
division-former = 已撤销
division-older = 本表以前
division-still = 至今
division-whole = 全部街镇
division-now = { $x }（今属{ $y }）
division-until = { $x }（至{ $y }）
division-shown = { $district }已于{ $day }终止，以下是今天的{ $today }。
division-of-code = 信用代码中的区划
registry-authority-district = 南京市{ $x }民政局
division-then = 住所登记时所属区划
statistics-divisions = 各年都按今天的区统计，2013年3月28日以前的白下区、下关区、溧水县、高淳县计入今天所属的区。
refusal-registry-code-division-ended = 信用代码中的区划 { $code }（{ $division }）已于 { $ended } 终止，不能是此后登记的组织的代码。请核对代码和登记日期；该区划今属{ $successor }。
finding-name-division-ended = { $former ->
    [none] 名称没有使用已经撤销的区划。
   *[named] 名称使用的{ $division }已于{ $ended }终止，请改用“{ $successor }”。
}
refusal-name-division-ended = { $division }已于 { $ended } 终止，不能再用于新的名称。请改用“{ $successor }”。
refusal-supervision-district-ended = { $district }已于 { $day } 终止，所报季度没有这个区。请选择{ $today }。
refusal-supervision-district-later = { $district }自 { $day } 起才有，所报季度没有这个区。请选择当时的区。
