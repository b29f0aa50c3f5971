# 对人说的话，中文。键与 en.ftl 一一对应（有测试）。规则的文字在 catalogs/rules/。
# 这里不放：事实、规则、线上格式里的词。

and-more = ……另有 { $count } 项

summary-regions = 区域
summary-regions-value = { $count } 个：{ $names }{ $directory }
summary-directory = ；基本目录 { $rows } 项
summary-rows = 读入
summary-rows-value = { $rows } 行：参与比较 { $compared }，按合并后比较 { $divided }，仅一地有 { $only }，重复 { $duplicate }
summary-compared = 比较
summary-compared-value = { $items } 个事项（两地以上办理），按 { $units } 个办理项比较，{ $cells } 个要素值（至少两地有说法的）
summary-uniform = 统一
summary-uniform-value = { $items } 个事项各地一致{ $unsure ->
    [no] { "" }
   *[other] ，其中 { $unsure } 个有无法判断的要素值
 }
summary-deviating = 不统一
summary-deviating-value = { $items } 个事项，{ $units } 个办理项，{ $cells } 个要素值
summary-index = 指数
summary-index-value = { $index }（0 为完全统一，越大越不统一）
summary-notation = 不计
summary-notation-value = 只是写法不同 { $notation } 处，只因层级而不同 { $level } 处（不算差异）
summary-must-equal = 依法一致
summary-must-equal-value = { $any ->
    [none] 依法必须一致的要素（{ $elements }）没有可比的
    [no] 依法必须一致的要素（{ $elements }）没有不一致的
    [look] 依法必须一致的要素（{ $elements }）在依据相同的事项里没有不一致的
   *[other] { $count } 个要素值依法必须一致（{ $elements }）而不一致
 }{ $other ->
    [no] { "" }
   *[other] ；{ $other } 个不一致，但设定依据不同或没有写明，先核对依据
 }{ $unknown ->
    [no] { "" }
   *[other] ；{ $unknown } 个无法判断
 }
summary-burden = 负担不同
summary-burden-value = { $count } 个事项各要素一致而申请人负担不同：{ $list }
summary-open = 无参照
summary-open-value = { $count } 个要素值有差异而没有参照（没有过半数的说法）：不能说谁偏离，只计入总指数
summary-against = 与目录不同
summary-against-value = { $items } 项事项的 { $cells } 个要素值各地一致、与基本目录不同：不统一指数为 0，但没有一地与目录相符
summary-copies = 照抄
summary-copies-value = { $region } 的清单照抄 { $source }，只计一次
summary-years = 年份
summary-years-value = { $years }；各清单年份不同，有差异不等于办理不统一
summary-years-one = { $region } { $years } 年
summary-variances = 合理差异
summary-variances-value = { $expired ->
    [yes] 已过期（{ $expires }），{ $cells } 个要素值重新计入：{ $what }；依据：{ $ground }；负责：{ $owner }
   *[no] { $cells } 个要素值不计入：{ $what }；依据：{ $ground }；负责：{ $owner }{ $expires ->
        [none] {""}
       *[other] ；到期：{ $expires }
     }
 }

report-title = 同一事项办理不统一情况
report-nothing = 没有发现办理不统一的事项。
report-nothing-to-compare = 没有可以比较的事项：至少要有两个区域办理同一个事项。
report-no-such-item = 没有这个事项。可以写基本编码，或名称中的几个字。
report-more-items = ……另有 { $count } 个事项未列出；用 --top 0 列出全部，用 --item 看单个事项。
report-by-element = 按要素
report-by-region = 按区域
region-index-note = 区域指数只算与参照不同的；有 { $count } 个要素值各地票数相等、没有参照，不计入。
report-folded = 另外：有区域读不全、读不懂或比不了的 { $unknown } 个要素值，有区域没有写的 { $missing } 个；没写的（包括只写“无”的：可能是没有，也可能是没有填）和比不了的区域不计入指数。
item-index = 指数 { $index }
note-rest = 没有配上的办理项：{ $list }，合并后比较；配成一项用 tongban match
note-rest-region = { $region } { $rows } 项
note-divided = 划分不同：{ $list }，合并后比较
note-informs = 只供参考，不计入统计：有的区域不分办理项，本事项按整项合并后计一次
note-divided-region = { $region }分为 { $rows } 项
note-outside-directory = 不在基本目录内
note-absent = 没有此事项的区域：{ $list }

cover-outside = 已比较：不在基本目录内、有两个以上区域办理的事项（{ $count }）
cover-lacking = 已比较：有的区域没有、只在其余区域之间比较的事项（{ $count }）
cover-single = 没有比较：只有一个区域有、没有可比对象的事项（{ $count }）
cover-single-outside = 没有比较：不在基本目录内、只有一个区域有的事项（{ $count }）
cover-unhandled = 没有比较：基本目录里有、没有区域办理的事项（{ $count }）
covered-outside = 已比较：不在基本目录内，这些区域有
covered-lacking = 已比较：这些区域没有
covered-single = 没有比较：只有这个区域有
covered-single-outside = 没有比较：不在基本目录内，只有这个区域有
covered-unhandled = 没有比较：基本目录里有，没有区域办理

burden-title = 办事负担
burden-materials = 材料
burden-materials-value = { $n } 份
burden-originals = 原件
burden-originals-value = { $n } 份
burden-copies = 复印件
burden-copies-value = { $n } 份
burden-issued = 政府核发的材料
burden-issued-value = { $n } 份
burden-steps = 环节
burden-steps-value = { $n } 个
burden-days = 时限
burden-days-value = { $n } 个工作日
burden-visits = 跑动
burden-visits-value = { $n } 次
burden-fee = 收费
burden-fee-value = { $n } 元
burden-best = 负担最轻：{ $list }

within-title = 区内差异：同一区域的不同实施主体办理同一事项不一致（{ $count }）；与其他区域比较时合在一起算
within-left-out = CSV 里没有 { $count } 处区内差异（同一区域的不同实施主体不一致）；用 table、md 或 json 看
by-left-out = 这种格式不按 --by 排：json 由程序自行排序，html 里两种表都有、可以筛选

pairwise-title = 跨省通办：两两区域能否互相代办
pairwise-scope = 范围
pairwise-scope-value = { $regions } 个区域，{ $pairs } 对有共同事项，{ $items } 个事项（或业务办理项）至少两地办理
pairwise-result = 结论
pairwise-result-value = 逐对逐项 { $both } 次：可以通办 { $possible }，不能通办 { $blocked }，说不准 { $unknown }
pairwise-blocks = 不同就不能通办的要素
pairwise-informs = 不同只作提示的要素
pairwise-unsaid = 各地清单都没有、未作判断的要素
pairwise-contained = 一方要的另一方全都要
pairwise-contained-value = { $elements }：只作提示（按较多的一份备齐，两地都够），不算挡住
pairwise-variances = 合理差异
pairwise-variances-value = { $count } 条在有效期内；因此不算挡住、另行列出的 { $pairs } 次{ $elements ->
    [no] {""}
   *[other] （{ $elements }）
 }{ $expired ->
    [no] {""}
   *[other] ；{ $expired } 条已过期，不再算数
 }
pairwise-rule = 判断规则
pairwise-rule-value = 两地清单逐项直接比，不看基本目录和多数怎么写；清单没写或读不全的，算说不准
pairwise-listed = 只列出
pairwise-listed-value = 涉及「{ $element }」的；能否通办仍按全部要素判断
pairwise-both = 共同事项
pairwise-possible = 可以通办
pairwise-blocked = 不能通办
pairwise-unknown = 说不准
pairwise-blocked-by = 不能通办的要素
pairwise-unknown-by = 说不准的要素
pairwise-by-pair = 按区域：可以通办的 / 共同的事项（? 后为说不准的）
pairwise-by-element = 按要素：挡住多少次
pairwise-by-item = 按事项：可以通办的 / 共同办理的区域对

col-element = 要素
col-class = 类别
col-says = 说法
col-regions = 区域
col-reference = 参照
col-region = 区域
col-index = 指数
col-cells = 可比
col-deviating = 不统一
col-items = 事项
col-rows = 行
col-compared = 比较
col-divided = 合并
col-only = 仅一地
col-duplicate = 重复
col-verdict = 结论
col-left = 左
col-right = 右
col-difference = 差异
col-rule = 规则
col-severity = 级别
col-count = 数量
col-fixable = 可自动改
col-title = 标题
col-header = 表头
col-field = 识别为
col-reason = 依据
col-sample = 前几行
col-item = 事项
col-bodies = 实施主体
col-place = 位置
col-finding = 问题

html-summary = 概要
html-trend = 趋势
html-of = { $part } / { $all }
html-card-items = 个事项办理不统一（分母：两地以上办理的事项）
html-card-cells = 个要素值不统一（分母：可比的要素值）
html-card-index = 不统一指数（0 为完全统一）
html-card-must-equal = 个要素值依法必须一致而不一致
html-years = 各地清单的年度：{ $list }。年度不同时，差异只是差异，不能证明哪一方办错。
html-copy = { $region }的清单与{ $of }几乎完全相同，不重复计入。
html-expired = 合理差异已过期（{ $expires }）：{ $ground }。涉及的 { $cells } 个要素值重新计入。
html-heat-elements = 要素 × 区域
html-heat-elements-caption = 每格：该区域与参照不同的事项个数，颜色越深，占其可比事项的比例越大（指着格子看百分比）；≠ 后为各地不同而没有参照的，. 为没有不同，○ 为仅有合理差异，∅ 后为没有写而别处写了的，- 为没有可比的
html-heat-items = 事项 × 区域
html-heat-items-caption = 每格：该事项在该区域有几个要素与参照不同；颜色越深，占的比例越大。点事项名称看细目
html-sign-number = 有 3 个要素与参照不同
html-sign-open = 有 2 个要素各地说法不同，没有参照
html-sign-allowed = 不同，属合理差异
html-sign-alike = 没有不同
html-sign-blank = 有 1 个要素没有写而别处写了，此外没有不同
html-sign-silent = 办理，但没有写可比的内容
html-sign-union = 不分办理项，与其他地区合并比较
html-sign-absent = 没有此事项
html-items = 逐项差异
html-items-note = 删除线为参照有而当地没有的，下划线为当地有而参照没有的；没有参照时与第一行比。每种说法注明这样写的第一个区域的原文所在的文件、行、列。
html-item-figures = { $count } 个要素不统一，指数 { $index }
html-reference = 参照：{ $reference }
html-tied = { $count } 种说法并列最多
html-notation = 仅写法不同 { $count }
html-level = 仅层级用语不同 { $count }
html-missing = 没有写 { $count }
html-unknown = 读不全或读不懂 { $count }
html-allowed = 合理差异：{ $region }（{ $ground }）
html-rest = 其余 { $count } 个区域
html-everyone = 全部 { $count } 个区域
html-full = 全文
html-others = 其他要素（没有注明的各地一致）：{ $list }
html-burden = 办事负担
html-burden-note = 只算两地以上办理的事项；“可省”是各事项都按负担最轻的地区办理可以减少的。清单没有写的记作 —，不当作零。
html-saving = 可省
html-best = 负担最轻
html-gains = 先统一哪里
html-delta = 指数下降
html-cells = 要素值
html-variances = 合理差异
html-ground = 法律依据
html-owner = 责任单位
html-expires = 有效期至
html-is-expired = 已过期
html-code = 代码
html-places = { $count } 处
html-places-first = { $place } 等 { $count } 处
html-coverage = 范围与未比较
html-filter = 筛选
html-all = 全部
html-reset = 清除
html-open = 全部展开
html-close = 全部收起
html-made = 由 tongban（同办）生成；要素规范 { $profile }。本页不联网。

standing-must-equal = 依法必须一致
standing-other-law = 依据不同或没有写明，先核对
standing-disparity = 可以更短
paired-decision = 人工定夺
paired-name = 名称相同
paired-similarity = 名称相近

class-uniform = 一致
class-against-directory = 各地一致、与目录不同
class-outliers = 个别不同
class-split = 各不相同
class-within = 区内差异
class-uncompared = 未比较
class-single = 无可比
against-first = 与第一种说法比：
says-missing = （没有写或只写“无”）
says-unknown = （读不全、读不懂或无法与其他说法比较）
says-less = （说得较少：与互相矛盾的几种说法都不矛盾，不算支持哪一种，也不算偏离）
says-other-system = （编码体系不同，不作比较）
reference-directory = 基本目录（{ $said }/{ $all } 相同）
reference-majority = 多数（{ $said }/{ $all }）
reference-region = 指定区域（{ $said }/{ $all }）
reference-none = 无（最多 { $said }/{ $all }）
from-directory = 基本目录
from-majority = 多数
from-region = 指定区域
from-none = 无

mark-level = （层级用语）
verdict-same = 相同
verdict-notation = 写法不同
verdict-substantive = 实质差异
verdict-level = 层级差异
verdict-missing = 一方没有写
verdict-unknown = 无法判断
verdict-only-left = 仅左方有
verdict-only-right = 仅右方有
why-plain = { "" }
why-cut-off-alike = 两边的文字都没有抄全，看得见的部分相同
why-cut-off = 文字没有抄全，不作判断
why-level-words = 只差行政层级或本地名称的用语
why-level-scope = 表单按省内、跨省等管辖范围区分，属层级差异
why-more-detail = 一方写得更细，没有矛盾
why-order = 只是顺序不同
why-flip = 用词改变了含义
why-day-unsaid = 一方只写“日”“天”，没有说明是工作日还是自然日
why-unreadable = 读不懂，不作判断
why-other-system = 编码体系不同，不作比较
relation-stricter = （条件更严）
relation-looser = （条件更宽）
relation-overlapping = （互有宽严）
relation-more = （要求更多）
relation-fewer = （要求更少）
relation-longer = { $known ->
    [yes] （长{ $by }）
   *[other] （更长）
 }
relation-shorter = { $known ->
    [yes] （短{ $by }）
   *[other] （更短）
 }
relation-dearer = { $known ->
    [yes] （贵{ $by }）
   *[other] （更贵）
 }
relation-cheaper = { $known ->
    [yes] （便宜{ $by }）
   *[other] （更便宜）
 }

explain-both = “{ $left }”与“{ $right }”都是 { $left_normal }
explain-each = “{ $left }”读作 { $left_normal }；“{ $right }”读作 { $right_normal }
explain-left = 左方归一：{ $folds }
explain-right = 右方归一：{ $folds }
explain-shared = 双方都归一：{ $folds }
explain-joint = ；
explain-fold = { $left_out ->
    [yes] { $what }（{ $from } 不计）
   *[no] { $what }（{ $from } → { $to }）
 }
fold-invisible = 看不见的字符
fold-width = 全角与半角
fold-radicals = 部首等兼容字符
fold-spaces = 空格
fold-brackets = 括号
fold-marks = 书名号
fold-numbering = 编号
fold-separators = 分隔
fold-numerals = 中文数字
fold-ends = 句末标点
fold-words = 词表中的同义词
fold-codes = 代码表
fold-start = 时限自受理之日起算，不另写
fold-exclusions = 依行政许可法第四十五条本不计入
fold-country = 国名
fold-document-number = 文号写法
fold-quote = 引用的条文另存
fold-spelling = 规范写法
findings-cut = 共 { $count } 条问题，只写出前 { $shown } 条
baseline-written = 存量基线记下 { $count } 条问题。检查时用 lint --baseline { $file }，或者在 tongban.toml 的 [lint] 下写 baseline = "{ $file }"
baseline-pruned = 已改正的 { $count } 条从存量基线中去掉
baseline-moved = 存量基线中 { $count } 条所说的单元格改写了，随新内容更新到 { $file }，负责人、理由、到期日不变
since-done = 与以前相比：{ $rows } 行中 { $changed } 行有变化或新增；没有变化的行上的 { $left } 条问题不列
fix-done = 改正了 { $findings } 条问题：{ $files } 个文件的 { $cells } 个单元格。下面是剩下的问题。
fix-unproven = { $count } 条问题没有改：改后再读，那一行的意思会变
fix-would = 可以改正 { $findings } 条问题：{ $files } 个文件的 { $cells } 个单元格；什么也没有写。
baseline-stats = 存量基线：已知 { $known } 条不计，新问题 { $new } 条；其中到期重新计的 { $expired } 类；已改正、可以用 baseline prune 去掉的 { $gone } 条
lint-settings = 检查按 { $file } 的设置进行（--isolated 不用它）
lint-excepted = { $file } 的例外遮住了 { $count } 条问题
lint-retired = 规则 { $code } { $name } 已经停用，写着它不起作用：{ $why }

diff-left = 左
diff-right = 右
diff-side-value = { $name }（{ $id }）：{ $rows } 行，{ $items } 个事项，重复 { $duplicates } 行
diff-compared = 比较
diff-compared-value = 双方都办理的事项 { $items } 个：无实质差异 { $alike } 个，有实质差异 { $different } 个
diff-cells = 要素
diff-cells-value = 实质差异 { $substantive }，层级差异 { $level }，写法不同 { $notation }，一方没有写 { $missing }，无法判断 { $unknown }，相同 { $same }（其中双方都没有写 { $blank }）
diff-nothing = 没有需要列出的差异。
diff-unsaid = { $side ->
    [left] 左边
   *[right] 右边
 }只写“{ $text }”：可能是没有，也可能是没有填，不算差异
diff-rest = 没有配上的办理项：{ $item }（左 { $left } 项，右 { $right } 项），合并后比较；配成一项用 tongban match
diff-divided = 划分不同：{ $item }（左 { $left } 行，右 { $right } 行），合并后比较
diff-only-left = 仅左方有（{ $region }）：{ $count } 项
diff-only-right = 仅右方有（{ $region }）：{ $count } 项

severity-error = 错误
severity-warning = 警告
severity-info = 提示
lint-summary = { $files } 个文件，{ $rows } 行：错误 { $error }，警告 { $warning }，提示 { $info }
full-why = 为什么
lint-fixable = 其中 { $count } 条可用 --fix 改正
lint-fixable-unsafe = { $count } 条可用 --fix --unsafe-fixes 改正，改后须人核对
full-fix = 改为

inspect-file = { $encoded ->
    [no] 格式 { $format }
   *[other] 格式 { $format }，编码 { $encoding }
  }；{ $headed ->
    [no] 每行自带字段名
   *[other] 表头在第 { $header } 行，数据在第 { $data } 行
  }；读到 { $rows } 行；{ $columns } 列中认出 { $understood } 列
inspect-dialect = 来源：{ $dialect }
understood-override = tongban.toml 指定
understood-sheet = 取自工作表名或分节标题
understood-alias = 表头别名
understood-dialect = 该来源的字段名
understood-extra = 认识，不参与比较
understood-ambiguous = 有歧义，未采用：{ $fields }
understood-second = 与“{ $first }”重复，未采用
understood-no = 不认识
init-written = 已写入 { $path }：{ $regions } 个区域，{ $files } 个文件。
init-next = 下一步：tongban report { $path }
init-not-understood = 不认识的表头可以写进 [region.columns]，写法是 "{ $header }" = "要素的 id"（tongban explain national-12 列出各要素）。

explain-kind = 种类
explain-policy = 地区之间
explain-pairwise = 跨省通办
explain-weight = 权重
explain-fields = 列
explain-list = 代码表
explain-ground = 依据
explain-profile-elements = 比较的要素
explain-source = 来源
explain-status = 状态
explain-bad = 反例
explain-good = 正例
explain-todo = 怎么办
explain-severity = 级别
explain-confidence = 把握
explain-threshold = 比较的数
explain-threshold-set = { $value } { $unit }；可以在 tongban.toml 的 [lint.thresholds] 里改：{ $code } = { $value }
explain-fix = 自动改正
fixable-safe = lint --fix（只改写法；有的要人定夺，不改）
fixable-unsafe = lint --fix --unsafe-fixes（会改字词，改后请人核对）
confidence-low = 低，仅供参考
confidence-medium = 中
confidence-high = 高
explain-limits = 读取上限
explain-said = 超出时说
explain-draft = 草案，尚未核实
explain-retired = 这条规则已经停用，编号不再使用。
explain-lint-select = 检查时只用的规则
explain-lint-ignore = 检查时不用的规则
policy-blocks = 不同就不能互相代办
policy-informs = 不同只作提示，不影响互相代办
policy-equal = 应当相同
policy-must-equal = 必须相同，不同即错误
policy-shorter-ok = 可以更短；更短是差别，不是违规
policy-fewer-better = 应当相同，越少对申请人越有利

limit-file = 单个文件
limit-file-why = 比见过的任何清单都大得多
limit-line = CSV 的一行
limit-line-why = 再长的行不是清单的行，多半是换行符丢失
limit-field = 单个单元格
limit-field-why = Excel 单元格最多 32,767 个字符；更长的多半是引号没有合上
limit-columns = 一张表的列数
limit-columns-why = 清单通常只有几十列
limit-rows = 一张表的行数
limit-rows-why = 全国所有区县的事项也到不了
limit-header = 在前多少行内找表头
limit-header-why = 表头之上的标题和说明很少超过几行
limit-json = JSON、TOML 嵌套层数
limit-json-why = 接口的外层通常两三层；再深会耗尽栈
limit-xlsx-parts = 工作簿的部件数
limit-xlsx-parts-why = 正常的工作簿每张表一两个部件
limit-xlsx-bytes = 工作簿解压后的大小
limit-xlsx-bytes-why = 几兆的文件可以解压成几百 GiB，会耗尽内存
limit-xlsx-strings-bytes = 工作簿共享字符串解压后的大小
limit-xlsx-strings-bytes-why = 读取时要全部放在内存里
limit-xlsx-strings = 工作簿声明的共享字符串数
limit-xlsx-strings-why = 读取前就要按声明的数目留出内存
limit-xlsx-kept-bytes = 工作簿里整体读入内存的部分（样式、工作表目录）
limit-xlsx-kept-bytes-why = 诚实的文件远小于此
limit-xlsx-kept-elements = 这些部分里的元素
limit-xlsx-kept-elements-why = 同上
limit-sheet-rows = 工作表的行
limit-sheet-rows-why = 表格软件的网格到此为止
limit-merges = 一张工作表的合并单元格
limit-merges-why = 每个合并块都要记住
limit-xls-cells = 旧版工作簿（XLS）各表占的矩形
limit-xls-cells-why = 读入时整个矩形都要分配内存
limit-repeated-cells = 工作簿（ODS）里靠“重复”得来的单元格
limit-repeated-cells-why = 几千字节就能声称几百亿个
limit-ratio = 工作簿部件和压缩包成员的压缩比
limit-ratio-why = 一千万个单元格的正常表格约为 10:1
limit-ratio-from = 从多大起看压缩比
limit-ratio-from-why = 小文件压缩比再高也无害
limit-zip-members = 压缩包里的文件数
limit-zip-members-why = 一省的区县不过一两百个
limit-zip-bytes = 压缩包里的清单解压后的总大小
limit-zip-bytes-why = 几兆的压缩包可以解压到装满磁盘和内存
limit-folders = 文件夹往里找的层数
limit-folders-why = 按省、市、县、乡、村分层也只有五层
limit-lists = 一次读入的清单数
limit-lists-why = 全国约有三千个区县
limit-law = 一部法律文本
limit-law-why = 最长的法典也不到 1 MiB
limit-laws = 一个法律库的文本数
limit-laws-why = 全国现行法律法规规章连同旧版本也到不了
limit-settings = tongban.toml 的大小
limit-settings-why = 写下三千个区县也不到一半
limit-findings = 每个文件同类读入问题列出的条数
limit-findings-why = 更多的没有人看；其余计数

error-not-found = 找不到文件或文件夹
error-unreadable = 读不了
error-no-lists-in-folder = 文件夹里没有清单（CSV、JSON、TOML、XLSX、ZIP 等）
error-not-a-file = 不是普通文件
error-unknown-format = 不是能读的清单
error-bad-settings = 设置有误
error-unknown-name = 没有这个名称
error-output-is-input = 输出会覆盖输入文件，没有写
error-unwritable = 写不了
error-too-few-lists = 至少要有一份清单
error-no-directory = 没有读入基本目录，不能拿它作参照
error-cannot-align = 不能这样看齐
error-exists = 文件已存在，没有覆盖
hint-not-found = 检查路径；相对路径从当前文件夹算起。
hint-unreadable = 检查权限，或文件是否被占用。
hint-no-lists-in-folder = 指定清单文件，或包含它们的文件夹。
hint-not-a-file = 指定一个文件；管道里的内容用 - 读。
hint-unknown-format = 用 Excel 或 WPS 打开，另存为 .xlsx 或 CSV UTF-8。
hint-bad-settings = 按提示的行改正；可写的键见 README。
hint-unknown-name = 看一看拼写；有括号时，里面是可用的名称。
hint-output-is-input = 换一个输出文件名。
hint-unwritable = 检查文件夹是否存在、是否可写、磁盘是否已满。
hint-too-few-lists = 例如：tongban report 甲区.csv 乙区.xlsx
hint-no-directory = 在 tongban.toml 里写 directory = ["基本目录.csv"]；或者用 --reference majority。
hint-cannot-align = 用 --to directory、majority、best 或 region:ID 指定看齐的对象。
hint-exists = 用 --force 覆盖。
reason-empty = 文件是空的
advice-empty = 从原系统重新导出。
reason-blank = 文件里只有空白
advice-blank = 从原系统重新导出。
reason-html = 这是网页（HTML），只是名字像表格
advice-html = 用 Excel 或 WPS 打开它，另存为 .xlsx 再读。
reason-excel-xml = 这是 Excel 2003 的 XML 表格
advice-excel-xml = 用 Excel 或 WPS 打开它，另存为 .xlsx 再读。
reason-xml = 这是 XML
advice-xml = 请原系统改为导出 CSV、JSON 或 .xlsx。
reason-pdf = 这是 PDF
advice-pdf = PDF 里没有可靠的行列；请向提供方要 Excel 或 CSV 原件。
reason-ofd = 这是 OFD 版式文件
advice-ofd = 版式文件里没有可靠的行列；请向提供方要 Excel 或 CSV 原件。
reason-word = 这是文字文档（Word、WPS 文字等）
advice-word = 把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 再读。
reason-powerpoint = 这是演示文稿
advice-powerpoint = 把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 再读。
reason-office = 这是 Office 类文件，但不是表格
advice-office = 用原来的程序打开，把表格另存为 .xlsx 再读。
reason-access = 这是 Access 数据库
advice-access = 把其中的表导出为 CSV 或 .xlsx 再读。
reason-sqlite = 这是 SQLite 数据库
advice-sqlite = 把其中的表导出为 CSV 再读。
reason-parquet = 这是 Parquet 文件
advice-parquet = 导出为 CSV 或 JSON Lines 再读。
reason-encrypted = 文件加了密码
advice-encrypted = 在 Excel 或 WPS 里打开，取消密码后另存，再读。
reason-ancient-excel = 这是 Excel 4 或更早的表格
advice-ancient-excel = 用 Excel 或 WPS 打开它，另存为 .xlsx 再读。
reason-xlsb = 这是二进制工作簿（.xlsb）
advice-xlsb = 用 Excel 打开它，另存为 .xlsx 再读。
reason-rar = 这是 RAR 压缩包
advice-rar = 先解压，把解出来的文件夹交给 tongban；ZIP 可以直接读。
reason-seven-zip = 这是 7z 压缩包
advice-seven-zip = 先解压，把解出来的文件夹交给 tongban；ZIP 可以直接读。
reason-packed = 这是压缩文件（gzip、bzip2、xz 等）
advice-packed = 先解压；ZIP 可以直接读。
reason-image = 这是图片
advice-image = 图片里的文字不读；请向提供方要 Excel 或 CSV 原件。
reason-program = 这是程序
advice-program = 看一看是否选错了文件。
reason-binary = 在偏移 { $byte } 字节处（byte { $byte }）起有大量控制字符，不是文本
advice-binary = 看一看是否选错了文件；没有 BOM 的 UTF-16 文本要用 --encoding utf-16le 指定。
reason-no-encoding = 偏移 { $byte } 字节处（byte { $byte }）不是 UTF-8，也不是 GB18030（GBK）
advice-no-encoding = 如果知道编码，用 --encoding 指定（如 big5、utf-16le）；否则在 Excel 或 WPS 里另存为“CSV UTF-8”。
reason-mixed-encodings = 同一文件里有两种编码，从偏移 { $byte } 字节处（byte { $byte }）起变了
advice-mixed-encodings = 多半是把两个文件拼在了一起；请分开，或统一存为 UTF-8。
reason-not-as-told = 偏移 { $byte } 字节处（byte { $byte }）不是指定的 { $encoding }
advice-not-as-told = 去掉 --encoding（或 tongban.toml 里的 encoding），或换一种编码。
reason-other-format = 说是 { $told }，内容却是 { $found }
advice-other-format = 去掉 --input-format，格式会按内容识别。
reason-internal = 读取程序出了内部错误
advice-internal = 用 Excel 或 WPS 打开并另存一次；如果仍然如此，请报告。
reason-too-large = 超过 { $limit } 字节
advice-too-large = 按区域拆成几个文件。
reason-broken-zip = 压缩包或 .xlsx 已损坏，读不出目录
advice-broken-zip = 重新下载或重新导出；.xlsx 可以试着用 Excel 打开并修复。
reason-zip-members = 压缩包里有 { $count } 个文件，上限 { $limit }
advice-zip-members = 解压，分批交给 tongban。
reason-zip-bytes = 压缩包里的清单解压后超过 { $limit } 字节
advice-zip-bytes = 解压，把文件夹交给 tongban。
reason-zip-no-lists = 压缩包里没有清单（CSV、JSON、TOML、XLSX 等）
advice-zip-no-lists = 看一看压缩包里的文件；压缩包里的压缩包要先解压。
reason-link = 链接指向这个文件夹之外，没有跟过去
advice-link = 要读它，就直接写出它的路径。
reason-too-deep = 文件夹超过 { $limit } 层，没有再往里找
advice-too-deep = 直接指定里面的文件夹。
reason-law-unknown = 法律库里没有《{ $title }》的文本
advice-law-unknown = { $case ->
    [gone] 它已由{ $titles }废止；要比较时用 --old 旧文本.md --new 新文本.md。
    [near] 看一看名称；相近的有{ $titles }。
   *[none] 看一看名称，或者换一个法律库。
}
reason-laws-empty = 这个文件夹里没有法律文本
advice-laws-empty = 法律文本是 .md 文件，条文写成“第一条　……”，每条另起一行。
reason-law-encoding = 不是文本，或者编码读不出来
advice-law-encoding = 法律文本请存成 UTF-8 或 GB18030；其余的法律文本照读。
reason-no-laws = 没有指定法律库
advice-no-laws = 用 --laws 文件夹，或在 tongban.toml 写 laws = "laws/"。
reason-law-place = 没有条号：{ $place }
advice-law-place = 写成 第四十二条，后面可以接 第一款第二项。
reason-law-no-version = 这一天还没有任何已知版本施行，最早的版本自 { $day } 起施行
advice-law-no-version = 换一个日期，或者不写 --as-of。
reason-law-no-article = 没有{ $place }，最后一条是{ $last }{ $whole ->
    [no] ；文本不全
   *[yes] {""}
 }
advice-law-no-article = 用 tongban law show 名称 查看有哪些版本。
reason-law-no-paragraph = 没有{ $place }，该条有 { $count } 款
advice-law-no-paragraph = 不写款、项，可以看到整条。
reason-too-many-laws = 法律文本超过 { $limit } 个
advice-too-many-laws = 指定只放法律文本的文件夹。
reason-laws-folder = 没有这个法律库文件夹
advice-laws-folder = 用 --laws 指定，或改正 tongban.toml 里的 laws。
reason-index-foreign = 这里已有一个文件，它不是 tongban 的法律索引
advice-index-foreign = 用 -o 换一个文件名，或先把它移走。
reason-db-foreign = 不是 tongban 的这种数据库文件
advice-db-foreign = 指定 tongban 写的文件。
reason-db-newer = 由更新的 tongban 写成（格式 { $found }，这里只认识到 { $known }）
advice-db-newer = 更新 tongban。
reason-db-damaged = 数据库文件已损坏或不完整
advice-db-damaged = 换一份完好的文件，或重新生成。
reason-db-locked = 数据库文件正被另一个程序占用
advice-db-locked = 等那个程序结束后再试。
reason-db-full = 磁盘已满
advice-db-full = 腾出空间后再试；原来的文件没有动。
reason-snapshot-none = 里面还没有快照
advice-snapshot-none = 先用 tongban snapshot save 保存一个。
reason-snapshot-unknown = 没有快照 { $asked }（有 { $first } 到 { $last }，最早的是 { $from }）
advice-snapshot-unknown = 用 tongban snapshot list 查看有哪些快照。
reason-too-many-lists = 清单超过 { $limit } 份
advice-too-many-lists = 分批来，或只指定要比较的文件夹。
reason-stdin-twice = 标准输入（-）只能用一次
advice-stdin-twice = 其余的写成文件。
reason-output-twice = 两个输出是同一个文件
advice-output-twice = 给每个 -o 一个自己的文件名。
reason-output-binary = { $format } 不能写到标准输出
advice-output-binary = 用 -o 文件名 写到文件。
reason-min-index = 不是 0 到 1 之间的数
reason-pairwise-regions = { $count } 个区域两两比较太多（最多 { $most } 个）
reason-history-html = 只用于 HTML 报告（-f html 或 -o 文件.html）
reason-output-format = 不能写成 { $format }；可用：{ $known }
advice-min-index = 指数从 0（一致）到 1；例如 --min-index 0.1 只列指数不低于 0.1 的事项。
advice-pairwise-regions = 用 --region 指定一个区域，看它与其他各地。
advice-history-html = 加上 -f html，或去掉 --history。
advice-output-format = 用 -f 指定格式，或换一个扩展名；文件名里有冒号时写成 ./a:b.csv。
reason-output-ending = 不认识扩展名 .{ $ending }，没有写；可用：{ $known }
advice-output-ending = 换一个扩展名，或用 -f 指定格式。
reason-encoding = 不认识的编码 { $name }
advice-encoding = 例如 utf-8、gb18030、gbk、big5、utf-16le、utf-16be。
reason-settings-encoding = 偏移 { $byte } 字节处（byte { $byte }）不是 UTF-8
advice-settings-encoding = 把 tongban.toml 另存为 UTF-8。
reason-unknown-key = 没有“{ $key }”这个键；可写：{ $known }
advice-unknown-key = 改成可写的键，或删去这一行。
reason-missing-key = 缺少“{ $key }”
advice-missing-key = 补写这个键。
reason-unknown-word = { $key } 里没有“{ $word }”这个取值；可写：{ $known }
advice-unknown-word = 看一看拼写；规则、要素、要素规范可以用 tongban explain 查看。
reason-unknown-choice = { $key ->
    [value] 没有“{ $word }”这个取值；可写：{ $known }
   *[other] { $key } 里没有“{ $word }”这个取值；可写：{ $known }
 }
advice-unknown-choice = 改成其中的一个。
reason-whole-number = 写的是 { $found }，应当是 0 到 4294967295 的整数（不加引号）
advice-whole-number = 改成整数，不写正负号和小数点。
reason-wrong-type = 值的类型不对：写的是{ $found ->
    [text] 文字
    [number] 数
    [list] 列表
    [table] 表
    [boolean] 真假值（true/false）
    [date] 日期
   *[other] { $found }
 }，应当是{ $wanted ->
    [text] 文字（加引号）
    [number] 整数或小数（不加引号）
    [list] 列表（方括号，如 ["甲", "乙"]）
    [table] 表
    [boolean] true 或 false（不加引号）
    [date] 日期
   *[other] { $wanted }
 }
advice-wrong-type = 按应当的类型改写这个值。
reason-negative-weight = 权重不能是负数
advice-negative-weight = 写 0 或更大的数；不想比较的要素写 compare = false。
reason-baseline-header = 没有“{ $header }”这一列，不是 tongban 的存量基线文件
advice-baseline-header = 存量基线用 tongban baseline write 写成；tongban.toml 的 baseline 和 --baseline 都指这个文件。
reason-baseline-date = 到期“{ $date }”不是日期
advice-baseline-date = 写成 2027-06-30；不设期限就空着。
reason-baseline-cell = “{ $header }”一列里不能是“{ $text }”，或与别的行重复
advice-baseline-cell = 只改负责人、理由、到期三列；其余用 tongban baseline write 重新写成，这三列会保留。
reason-baseline-ragged = 这一行的格数与第一行不同；不是 tongban 的存量基线文件，或被改坏了
advice-baseline-ragged = 存量基线用 tongban baseline write 写成；格里有逗号时要加引号。
reason-baseline-named = { $manifest } 的 [lint] 里写的存量基线文件不存在
advice-baseline-named = 用 tongban baseline write 写成；或者改正、删去 { $manifest } 里 baseline 这一行。
reason-baseline-none = 没有这个存量基线文件
advice-baseline-none = 用 tongban baseline write 写成；文件名用 --baseline 指定。
reason-lint-no-threshold = 规则 { $rule } 没有可以调整的数值；有的是：{ $known }
advice-lint-no-threshold = 删去这一行；不想用这条规则，写进 ignore。
reason-lint-twice = { $rule } 写了两次
advice-lint-twice = 编号和名称是同一条规则，只留一个。
reason-lint-no-reason = 例外没有写理由
advice-lint-no-reason = 在 reason 里写明为什么可以例外。
reason-lint-no-rules = 例外没有写规则
advice-lint-no-rules = 在 rules 里写规则的编号、名称或族，例如 rules = ["TIM004"]。
reason-lint-date = “{ $date }”不是日期
advice-lint-date = 写成 expires = 2027-06-30。
reason-lint-pattern = “{ $pattern }”不是文件的写法
advice-lint-pattern = 写从 tongban.toml 所在文件夹算起的文件名，* 代表任意几个字，** 代表任意几层文件夹；[ 要写成 [[]。
reason-lint-mixed = { $first } 和 { $second } 的设置不同，不能一起检查
advice-lint-mixed = 分开检查；或者用 --workspace 指定用哪一个的设置，用 --isolated 都不用。
reason-variance-empty = { $key } 是空的
advice-variance-empty = ground 写法律依据，owner 写由谁负责；region、item、element 不限的不写这一行。
reason-variance-everything = 没有写哪个区域、哪个事项、哪个要素
advice-variance-everything = 至少写 region、item、element 中的一个：不能什么差异都算合理。
reason-profiles-mixed = { $first } 和 { $second } 用的要素规范不同
advice-profiles-mixed = 分开运行，或者用 --profile 指定一个。
reason-fmt-incomplete = 没有读全，所以一个字节也没有改
advice-fmt-incomplete = 先把上面说的问题改好，再运行一次。
reason-fmt-proof = 改写后再读，意思与原来不完全一样，所以没有改
advice-fmt-proof = 文件保持原样；请反馈给我们。
reason-fmt-workbook = .xls 和 .ods 只读不写
advice-fmt-workbook = 用电子表格软件另存为 .xlsx 后再运行。
reason-fmt-archive = 压缩包里的文件只读不写
advice-fmt-archive = 解压后对文件夹运行。
reason-fmt-signed = 工作簿有数字签名，一改就失效，所以没有改
advice-fmt-signed = 去掉签名、改写、再签名；或对未签名的原件运行。
reason-fmt-encoding = 按这个编码写回去，没有改的字节也会变，所以没有改
advice-fmt-encoding = 另存为 UTF-8 后再运行。
reason-fix-stdin = 标准输入没有文件可以改写
advice-fix-stdin = 指定文件；或用 --diff 只看要改什么。
reason-fmt-link = 这是一个链接；写入会把链接换成文件
advice-fmt-link = 直接指定链接指向的文件。
reason-fmt-no-file = 不是普通文件
advice-fmt-no-file = 用 - 从标准输入读入，结果写到标准输出。
reason-fmt-read-only = 文件是只读的，没有改
advice-fmt-read-only = 如果确实要改，先去掉只读属性。
reason-fmt-names = 文件有多个名字（硬链接），写入会把它们拆开
advice-fmt-names = 复制成单独的文件后再运行。
reason-fmt-changed = 读入之后文件被别的程序改过，没有写入
advice-fmt-changed = 关掉正在编辑它的程序，再运行一次。
reason-rule-code = 自己的规则不能用编号 { $code }
advice-rule-code = 编号是大写字母（两个，或四到八个）加一到四位数字，例如 GZ001；三个字母的留给 tongban。
reason-rule-name = 规则名称 { $name } 不合写法
advice-rule-name = 名称用小写英文字母、数字和连字符，例如 promise-over-half。
reason-rule-twice = { $name } 已经在 { $first } 用过
advice-rule-twice = 换一个编号或名称；tongban rules 列出已有的。
reason-rule-element = 没有要素或列 { $name }
advice-rule-element = 可用的要素：{ $known }；也可以写列的标准名称。
reason-rule-pattern = 正则表达式 { $pattern } 不能用：{ $why }
advice-rule-pattern = 在 TOML 里用单引号写正则表达式，反斜杠才不用写两遍；不支持前后查看和反向引用。
reason-rule-check = { $code } 有 { $count } 种检查，要且只要一种
advice-rule-check = 写一种：forbidden、pattern、required、allowed、consistent_with（里面 pattern 或 forbidden）、compare、unique、min_length 或 max_length。
reason-rule-compare = { $what } 不能比较
advice-rule-compare = 时限只同时限比，数量同数量比；大小比较不用于名称、编码、收费和单选的要素；with（要素）和 value（值）写一个。
reason-rule-message = 文案里不能写 { $name }
advice-rule-message = 文案写在一行；大括号里可以写：{ $known }
reason-rule-value = { $name } 没有“{ $value }”这个值
advice-rule-value = 核对代码表：tongban explain { $name }
word-error = 错误
word-hint = 怎么办
did-you-mean = 是不是想写“{ $word }”？
incomplete = 有输入没有读全，结果只说明已读的部分（退出码 2）。
saved = 已写入 { $path }
encoding-guessed = { $file }{ $count ->
    [one] {""}
   *[other] {" "}等 { $count } 个文件
 } 没有标明编码，按 { $encoding } 读入；如果文字不对，用 --encoding 指定（如 big5、utf-16le）。
fmt-done = 检查了 { $files } 个文件，改写了 { $changed } 个，共 { $cells } 个单元格。
fmt-would = 检查了 { $files } 个文件，其中 { $changed } 个需要改写，共 { $cells } 个单元格；什么也没有写。
fmt-file = { $file }：{ $cells } 个单元格需要改写
fmt-left = { $why ->
    [encoding] { $count } 个单元格保持原样：文件的编码里没有要写的字
    [formula] { $count } 个单元格保持原样：由公式算出
    [rich] { $count } 个单元格保持原样：一格里有几种字体或注音
    [validated] { $count } 个单元格保持原样：只许从下拉列表里选
    [protected] { $count } 个单元格保持原样：工作表受保护
   *[notation] { $count } 个单元格保持原样：在文件里的写法不便改动（引号错位、TOML 多行文本等）
 }

cli-about = 同办：找出同一政务服务事项在各地办理不一致的地方
cli-after = 退出码：0 正常；1 有达到 --fail-on 的问题或差异；2 有输入没读成，或用法有误。
cli-usage = 用法：
cli-commands = 命令：
cli-arguments = 参数：
cli-options = 选项：
cli-global = 通用选项：
cmd-report = 多地比较：同一事项在哪些地方办理不一样
cmd-diff = 两地比较：一个要素一个要素地比
cmd-lint = 按规则检查清单
cmd-export = 导出标准化办事指南（CSV、工作簿、网页、Markdown、JSON），或起草统一的基本目录
cmd-fmt = 按规范写法改写清单文件（CSV、JSON、TOML、XLSX），意思不变，其余不动
cmd-init = 为一个文件夹写 tongban.toml，并说明每列识别成什么
cmd-inspect = 说明一个文件是怎样读的
cmd-explain = 解释一个要素、规则、要素规范，或 limits
level-constitution = 宪法
level-law = 法律
level-administrative-regulation = 行政法规
level-state-council-decision = 国务院决定
level-local-regulation = 地方性法规
level-department-rule = 部门规章
level-local-rule = 地方政府规章
level-interpretation = 司法解释
level-normative-document = 规范性文件
law-no-day = 日期不详
law-version = { $day }{ $dated ->
    [yes] （自 { $since } 起施行）
   *[no] {""}
 }，共 { $count } 条
law-repealed = 已废止{ $dated ->
    [yes] ：自 { $day } 起，
   *[no] ：
 }依据{ $by }
law-no-text = 法律库中没有文本；
law-near = { $title }；相近的名称：{ $near }
law-lack-no-articles = 没有分条的文本
law-lack-gap = 文本不全，缺第 { $list } 条
law-lack-cut-off = 末尾不像法律的结尾，可能被截断
law-lack-twice = 内容不同的重复条文：{ $list }
cmd-law = 法律库：设定依据与法律文本核对
cmd-check = 设定依据与法律文本核对：条款在不在、变没变、引文对不对
arg-law_all = 连没有问题的引用也列出
arg-law_top = 最多列出几条（0 为全部）
arg-law_fail_on = 有错的引用时退出码为 1，还是从不
progress-checking = 正在核对 { $count } 行的设定依据
law-check-title = 设定依据与法律文本核对
law-scope = 范围
law-scope-value = { $citations } 处引用（另有 { $without } 行没有引用），法律库 { $laws } 部，{ $day ->
    [newest] 按最新版本
   *[other] 按 { $day } 有效的版本
}
law-rulings = 结论
law-remarks = 另外
law-col-cited = 引用
law-col-ruling = 结论
law-col-said = 说明
law-col-where = 位置
law-more-places = 另有 { $count } 处
law-ruling-confirmed = 无误
law-ruling-no-such-place = 没有这一条款
law-ruling-renumbered = 条号已变
law-ruling-changed = 条文已修改
law-ruling-misquoted = 引文有出入
law-ruling-other-article = 引文是另一条
law-ruling-repealed = 已废止
law-ruling-wrong-title = 名称有误
law-ruling-ambiguous-title = 指代不明
law-ruling-unverifiable = 无法核对
law-ruling-but = { $ruling }，但有问题
law-remark-number-contradicts = 文号不符
law-remark-level-wrong = 层级标错
law-remark-may-not-set-up = 不能设定许可
law-remark-no-article = 没有写到条
law-remark-other-region = 外地法规
law-remark-other-version = 版本不一
law-no-article = 没有写明条款
law-not-in-library = 法律库里没有这部法规，无法核对
law-incomplete-text = 法律库里的文本不完整，无法核对
law-no-such-text = 引用的内容在法律库里找不到（改写过，或者是库里没有的版本），无法核对
law-no-version = 法律库里没有当时有效的版本，无法核对
law-no-place = 没有写明条款，无法核对到条
law-alike = （名称相近：{ $titles }）
cmd-show = 显示一部法律的版本，或其中一条
arg-law_title = 法律名称，如 行政许可法
arg-law_place = 条，如 第四十二条；款、项可以接着写
arg-laws = 法律文本（Markdown）文件夹，可以多次；不写时用 tongban.toml 的 laws
arg-as_of = 按这一天有效的版本，如 2021-01-01；不写时按最新版本
progress-laws = 正在读取法律文本
cmd-index = 为法律库建索引（一个 SQLite 文件），以后不必每次读全部文本
arg-law_index_output = 索引文件；不写时为 tongban.toml 旁（没有时为当前文件夹）的 tongban-laws.db
progress-index = 正在写索引
index-written = { $file }：{ $files } 个文件，{ $laws } 部法律，{ $versions } 个版本
index-wanted = 逐个读了 { $count } 个法律文本；运行一次 tongban law index，以后会快得多。
index-stale = { $file } 未使用：它是为别的文件夹建的，或者法律文本、程序后来变了；需要时运行 tongban law index 重建。
index-unused = { $file } 未使用：{ $reason }；改为逐个读法律文本。
cmd-find = 查一段引文出自哪部法律、哪个版本、哪一条
arg-law_quote = 引文，至少 16 个字（标点不计）
law-find-nothing = 没有找到：引文不足 { $least } 个字（标点不计），或法律库里没有，或许多法律都这样写。
cmd-impact = 一部法律修改后，哪些事项的哪些要素要跟着改
cmd-items = 哪些事项依据哪部法律；没有依据的事项；各地依据不同的事项
arg-impact_law = 被修改的法律，如 文物保护法
arg-impact_from = 旧版本：这一天的版本，或这一天有效的版本；不写时是新版本的前一个
arg-impact_to = 新版本：这一天的版本，或这一天有效的版本；不写时是最新的
arg-impact_old = 旧文本文件（Markdown），代替法律库；与 --new 一起用
arg-impact_new = 新文本文件（Markdown）
arg-impact_top = 表格和 md 每张表最多列多少行；0 为全部
arg-impact_fail_on = 有引用要跟着改（touched）时退出码为 1；never 从不
arg-items_law = 只看依据这部法律的事项；法律名称或文号
arg-items_article = 只看依据这一条的事项，如 第十二条、第十二条第二款、12
arg-items_none = 只看没有写明依据的事项
arg-items_differing = 只看各地依据的法律不同的事项
arg-items_top = 表格和 md 最多列多少行；0 为全部
reason-law-one-version = 法律库里《{ $title }》只有{ $count ->
    [none] 一个没有日期的版本
   *[other] 一个版本（{ $days }）
}可用，没有更早的版本可比
advice-law-one-version = 用 --old 旧文本.md --new 新文本.md 直接比较两个文件。
reason-law-not-then = 法律库里没有《{ $title }》在 { $day } 有效的版本
advice-law-not-then = 库里的版本：{ $days }。
reason-law-same-version = 《{ $title }》的新旧两方是同一个版本
advice-law-same-version = 库里的版本：{ $days }；用 --from 和 --to 各指一个。
reason-no-law-text = 文件里没有读到条文
advice-no-law-text = 条文要写成“第一条　……”，每条另起一行。
impact-title = { $title }修改的影响
impact-law = 法律
impact-old = 旧版本
impact-new = 新版本
impact-edition = { $day ->
    [none] 日期不详
   *[other] { $day }
}{ $in_force ->
    [none] {""}
   *[other] （{ $in_force } 起施行）
}，{ $articles } 条，{ $file }{ $gaps ->
    [yes] ；文本不全，没有的条不能说是删去的
   *[no] {""}
}
impact-comma = ，
impact-articles = 条文
impact-citations = 引用
impact-citations-value = { $touched } 处要跟着改，涉及 { $items } 个事项、{ $regions } 个区域（共读 { $rows } 行）
impact-touched = 要跟着改的引用
impact-rest = 不必改，但要看一眼的引用
impact-changes = 条文新旧对照
impact-nothing = 两个版本的条文没有不同。
fate-same = 未变
fate-renumbered = 改号
fate-changed = 修改
fate-split = 拆分
fate-merged = 合并
fate-new = 新增
fate-gone = 删去
fate-references-only = （只改了引用的条号）
fate-and-renumbered = 并改号
touch-gone = 已删去
touch-split = 已拆分
touch-merged = 已合并
touch-changed = 内容已修改
touch-renumbered = 已改号
touch-whole-law = 只引整部法律
touch-untouched-part = 所引款、项未变
touch-current = 已是新版本
touch-no-such-place = 新旧版本都没有
touch-unknown = 文本不全，说不准
touch-same = 未变
items-scope = 范围
items-scope-value = { $regions } 个区域，{ $items } 个事项，{ $rows } 行
items-found = 结果
items-laws-value = { $laws } 部法律和文件
items-law-value = { $law }：{ $items } 个事项，{ $regions } 个区域，{ $citations } 处引用
items-none-value = { $rows } 行没有写明依据
items-differing-value = { $items } 个事项各地依据的法律不同；另有 { $local } 个只是地方法规不同
items-silent = 清单没有依据一列的区域
items-repealed = { $by ->
    [none] 已废止
   *[other] 已废止，见《{ $by }》
}
items-unknown = 法律库里没有
items-national = 全国性法律
items-local = 地方法规
items-title-laws = 事项所依据的法律
items-title-law = 依据这部法律的事项
items-title-none = 没有写明依据的事项
items-title-differing = 各地依据不同的事项
col-old = 旧条
col-new = 新条
col-change = 变化
col-alike = 相似
col-text = 原文
col-citation = 引用
col-instead = 改为
col-law = 法律
col-citations = 引用
col-level = 层级
col-status = 状态
col-body = 实施主体
col-kind = 类别
cmd-rules = 列出规则；用例子检验 rules/*.toml 里自己的规则
cmd-help = 显示帮助
arg-paths = 工作区（含 tongban.toml 的文件夹）、清单文件夹、清单文件、ZIP，或 -（标准输入）；默认当前文件夹
arg-left = 左方：文件、文件夹、ZIP、-（标准输入）、工作区里的区域，或快照（@3、@latest、@2026-11-01）
arg-right = 右方；快照可以不写，与工作区现在的清单比较
arg-dir = 文件夹
arg-file = 文件、ZIP，或 -（标准输入）
arg-name = 要素、规则、规则族（TIM 或 TIME）、要素规范的名称，或 limits
arg-lang = 语言：zh 或 en；默认按环境变量或系统
arg-profile = 要素规范：national-12、siji-sitong、hubei-8、supervision-15，或自己的 .toml 文件
arg-encoding = 文本文件的编码：utf-8、gb18030、gbk、big5、utf-16le、utf-16be 等；默认自动识别
arg-input_format = 输入的格式；默认按内容识别
arg-format = 输出格式；不写时按 -o 的扩展名，否则为 table
arg-output = 写到文件（CSV 带 BOM，Excel 可直接打开）；不会覆盖输入
arg-lint_format = 标准输出的格式，默认 full；只写一个 -o 路径 时，是那个文件的格式
arg-outputs = 写到文件：路径（格式按扩展名 .csv .json .md .sarif .xlsx .xml，.xml 为 junit），或 格式:路径，如 sarif:out.sarif；可写多次。写了 -o，标准输出就不写，除非另用 -f 指明格式。CSV 带 BOM；不会覆盖输入
arg-statistics = 只列每条规则的数量和可自动改的数量（table、json、csv、md）
arg-raw_csv = CSV 里以 = + - @ 等开头的单元格照原样写（默认前面加 '，以免表格软件当成公式）
arg-color = 颜色：auto、always、never
arg-item = 只看一个事项：基本编码，或名称中的几个字
arg-explain = 每一处都说明归一了什么、为什么
arg-what = write 写入，prune 去掉已改正的，stats 统计
arg-baseline = 存量基线文件；缺省用 tongban.toml 里写的
cmd-baseline = 存量基线：已知的问题记在一个文件里，lint 不再因此失败
arg-since = 只列与以前的清单（文件、文件夹或工作区）相比有变化的行上的问题
arg-fix = 改正只关写法的问题（括号全角半角、空格、文号〔〕、代码大小写等），再列剩下的；不做需要人定夺的改动
arg-unsafe_fixes = 与 --fix 或 --diff 合用：也改动字词（如行政许可的“20日”改为“20个工作日”），改后请人核对
arg-top = 最多列出多少个；0 为全部
arg-workspace = 工作区文件夹：diff 按区域比较时用；lint 用它的设置，而不是清单所在文件夹或上层文件夹里的 tongban.toml
arg-fail_on = 达到什么程度时退出码为 1
arg-select = 只用这些规则（编号、名称、族如 TIM，或 all），可用逗号分隔；不看 tongban.toml 的 select 和 ignore
arg-ignore = 不用这些规则（写法同上）
arg-isolated = 不用任何 tongban.toml 的 [lint] 设置
arg-export_format = 输出格式；不写时按 -o 的扩展名，否则为 csv（--one-file-per-item 时为 html）
arg-export_output = 写到文件（CSV 带 BOM，Excel 可直接打开）；--one-file-per-item 时是文件夹；不会覆盖输入
arg-export_region = 只导出这些区域（代码或名称），可用逗号分隔或写多次
arg-export_item = 只导出这些事项（编码，或名称中的几个字），可用逗号分隔或写多次
arg-columns = 只导出这些要素，按所写的次序：id 或中文名，用逗号分隔；另有 region_code、region_name、handling_code、source_file 等
arg-one_file_per_item = 每个业务办理项一个文件（md、html、json），写到 -o 指定的文件夹，另写一份目录
arg-template = 用自己的版式（Jinja 模板，.html 自动转义，.md 同样）；例子见 examples/templates
arg-directory = 不导出指南，而是由各地清单起草统一的基本目录：取一致或多数的值，另列未定要素和争议（csv、xlsx、json）
arg-force = 覆盖已有的 tongban.toml
arg-check = 只检查，不写；有文件需要改写时退出码为 1
arg-diff = 只列出要改的单元格，不写；有文件需要改写时退出码为 1
arg-unsafe = 也换成词表里的规范名称（身份证→居民身份证，个人→自然人）
arg-rules_do = list 列出全部规则，test 用例子检验自己的规则；只写文件夹就列出它的规则
arg-help = 显示帮助
arg-version = 显示版本

rules-no-bad = 警告：{ $code } { $name } 没有反例（bad）
rules-no-good = 警告：{ $code } { $name } 没有正例（good）
rules-not-found = { $code } { $name } 没有查出这条反例
rules-found = { $code } { $name } 误查了这条正例
rules-not-read = { $code } { $name } 的这个例子读不成清单里的一行
rules-tested = 自己的规则 { $rules } 条，例子 { $count } 个，不对的 { $failed } 个

# Uniformity (N regions), alignment, matching.
cmd-align = 一个区域怎样与参照看齐：改动最少的补丁，对申请人不得更差
cmd-match = 没有共同编码的事项，哪些可能是同一个：列出建议和理由，供人定夺
arg-by = 按什么列：事项、区域、要素（table、md、csv、xlsx）
arg-element = 只看这一要素（编号或名称）
arg-only_region = 只看这一区域（代码或名称）与参照不同的地方
arg-min_index = 只看不统一指数不低于此数的事项（0 到 1）
arg-pairwise = 跨省通办：两两区域之间，每个事项能否互相代办，卡在哪个要素
arg-report_top = 最多列出多少个事项；0 为全部（默认 30，html 默认全部）
arg-report_fail_on = 有这类差异时以 1 退出：substantive 实质差异，must-equal 依法必须一致而不一致，never 从不
arg-reference = 拿什么作参照：基本目录、多数、某个区域（默认先目录后多数）
arg-dedupe = 几乎整份照抄别处的清单只计一次
arg-variances = 合理差异的文件（默认用工作区里的 variance.toml）
arg-matches = 人工定夺的文件（默认用工作区里的 matches.csv）
arg-all = 连已经按名称对上的也列出
arg-to = 与什么看齐
arg-apply = 把改好的清单写成新文件（清单.csv → 清单.aligned.csv），放在原文件旁边，原文件不动；-o 是已有的文件夹时，用原名放进去
arg-reverse = 反方向的补丁：从改后回到原样
arg-allow_worse = 也列出对申请人更差的改动（加材料、加时限、加环节、加收费）

# align
arg-align_region = 区域代码或名称

# Decisions on pairs (matches.csv) and proposals of tongban match.
match-done = 人工定夺 { $decided } 对，自动对上的 { $taken } 对，待定的 { $open } 对。在“是否同一”一列填“是”或“否”，存为 matches.csv 放在清单所在的文件夹，以后每次比较这个文件夹都照此办理（逐个写文件名时也认，只要文件都在这个文件夹里；别处的用 --matches）。
kept-named = { $file } 不是清单，不当清单读
kept-beside = 使用 { $file }
pairs-waiting = 提示：有 { $count } 对事项可能是同一事项，没有合并，等人定夺（名称相同而编码不同 { $code } 对，依据和材料相同而名称不同 { $grounds } 对，其余 { $others } 对）；用 tongban match 加同样的路径查看
matches-unmet = { $file }:{ $row }：这条定夺没有对上任何事项（{ $left } / { $right }）{ $region ->
    [no] { "" }
   *[other] ；区域“{ $region }”没有读入{ $near ->
        [no] { "" }
       *[other] ，是不是“{ $near }”？
    }
}
matches-unclear = { $file }:{ $row }：这条定夺在一个区域里对上了几个事项，没有采用（{ $left } / { $right }）；请写事项编码
matches-idle = { $file }:{ $row }：这条“是”没有作用：两边编码相同，本来就是同一事项，而其中没有这样写的办理项（{ $left } / { $right }）；要把办理项对应起来，请写办理项的编码，或者事项编码加办理项名称
matches-carried = 提示：有 { $count } 条定夺说的是这次没有读入的区域（第一条：{ $file }:{ $row }，{ $region }）；已按其中的编码用于这次读入的清单
matches-collide = { $lines }：没有采用：照此办理，同一区域的几个事项会并成一个（{ $rows }）。如果它们确实是同一事项，请再写一行“是”，两边直接写这几个事项；如果不是，请改正上面的行
matches-left-out = { $lines }：已照办；编码相同的这些行没有跟着并入，否则同一区域会有两个事项在里面，或者与“否”矛盾（{ $rows }）。请看是否如此
reason-matches-header = 缺少“{ $header }”一列
advice-matches-header = 表头要有 左区域、左事项、右区域、右事项、是否同一、说明；用 `tongban match -o matches.csv` 可以得到一份。
reason-matches-ragged = 这一行的单元格比表头多
advice-matches-ragged = 含有逗号的单元格要用引号括起来。
reason-matches-answer = “{ $text }”既不是“是”也不是“否”
advice-matches-answer = “是否同一”一列只填“是”或“否”；没有决定的留空。
reason-matches-empty = “{ $header }”是空的
advice-matches-empty = 两边都要写事项的编码或名称；区域可以留空，表示所有区域。
reason-matches-contradict = { $first } 与 { $second } 互相矛盾{ $more ->
    [no] { "" }
   *[other] ，另有 { $more } 处
}
advice-matches-contradict = 同一对事项（包括经过别的事项连起来的）不能又是又否，请改正其中一行。
pairing-taken = 已对上
pairing-open = 待定
pairing-same-name = 名称相同
pairing-level = 只差层级
pairing-wording = 只差写法
pairing-alike = 名称相近，只在左边：“{ $left }”，只在右边：“{ $right }”
pairing-same-type = 类型相同
pairing-other-type = 类型不同
pairing-other-code = 同一编码体系里编码不同
pairing-same-code = 编码相同，同一编码的另外两个区域已被定为不同
pairing-same-grounds = 设定依据（法律和条款）和申请材料相同
pairing-same-articles = 设定依据到条相同（款、项不同或没有写全），申请材料相同
pairing-one-item = 同一事项的办理项，叫法不同，现在没有逐项比较
pairing-several = 不止一个同样可能
variance-expired = { $file }:{ $line }: 警告：这条合理差异已于 { $expires } 过期（负责：{ $owner }），{ $cells } 个要素值重新计入
variance-region = { $file }:{ $line }: 警告：区域“{ $region }”这次没有读入，也不在 tongban.toml 里{ $near ->
    [no] { "" }
   *[other] ，是不是“{ $near }”？
 }；这条合理差异不起作用
variance-elsewhere = 警告：{ $count } 条合理差异写的区域这次没有读入（{ $regions }{ $more ->
    [no] { "" }
   *[other] 等，另有 { $more } 个
 }），这次不起作用
variance-unused = { $file }:{ $line }: 提示：这条合理差异没有对上任何差异（负责：{ $owner }）
copy-once = { $region } 的清单照抄 { $source }（共有事项至少 { $least } 个、{ $share }% 以上逐字相同），只计一次
copy-few = --dedupe-sources：{ $regions }{ $more ->
    [no] { "" }
   *[other] 等（另有 { $more } 个）
 } 与其他清单共有的办理项不到 { $least } 个，太少，看不出是不是照抄，照常各计一次
copy-hint = 提示：{ $region } 的清单看起来照抄 { $source }（共有事项至少 { $least } 个、{ $share }% 以上逐字相同）；加 --dedupe-sources 只计一次
# 多地比较：热图、清单、筛选（uniformity）。
report-only = 以下只列：{ $list }（上面各数是全部的）
report-nothing-such = 没有符合这些条件的不统一之处。
report-gains = 看齐的收益（{ $count }）
report-against = 各地一致、与基本目录不同的事项（{ $count }）
only-item = 事项 { $item }
only-element = 要素 { $element }
only-region = { $region }与参照不同的
only-index = 不统一指数不低于 { $index } 的事项
heat-items-title = 事项 × 区域
heat-elements-title = 要素 × 区域
heat-items = 数字是该区域与参照不同的要素个数：░ 1　▒ 2　▓ 3–4　█ 5 以上；≠ 后是各地说法不一而没有参照的　. 没有不同　○ 仅有合理差异　∅1 有 1 个要素没有写而别处写了，此外没有不同　∅ 没有写可比的内容　- 没有此事项　∪ 不分办理项，整项另比
heat-elements = 数字是该区域与参照不同的事项个数，占其事项的：░ 不到 5%　▒ 5%–15%　▓ 15%–30%　█ 30% 以上；≠ 后是各地说法不一而没有参照的　. 没有不同　○ 仅有合理差异　∅ 后是没有写而别处写了的，此外没有不同　- 没有可比的
heat-more-regions = ……另有 { $count } 个区域放不下，列出的是不统一最多的；用 --by region 看全部，或用 -o 写成 xlsx、csv
matrix-legend = 格内是该区域与参照不同的要素个数，≠ 后是各地说法不一而没有参照的；○ 仅有合理差异　∅1 有 1 个要素没有写而别处写了，此外没有不同　∅ 没有写可比的内容　- 没有此事项　∪ 不分办理项，整项另比
rows-cut = 最长的一张表共 { $count } 行，只写出前 { $shown } 行
region-answer = 请从 采纳、不采纳、说明 中选一项；理由写在右边一列。
region-rank = 指数 { $index }，{ $count } 个区域中第 { $rank }
region-differs = 不同：{ $items } 个事项，{ $cells } 个要素值，其中说法不一而没有参照的 { $open } 个{ $law ->
    [yes] ；全部要素值中依法必须一致而不一致的 { $must } 个
   *[no] {""}
}
region-elements = 要素：{ $list }
region-gains = 看齐的收益：{ $list }
region-saving = 都按最好的区域办，申请人可省：{ $list }
element-rank = 指数 { $index }，可比 { $cells }，不统一 { $deviating }
gain = 把{ $region }在{ $element }上对齐（{ $cells } 个要素值），总指数降 { $delta }
says-allowed = （合理差异：{ $ground }）
col-standing = 依法要求
col-must-equal = 依法须一致而不一致
note-joint = ，
regions-more = { $list } 等，另有 { $count } 个区域
note-tied = { $count } 种说法一样多
note-paired = 没有共同编码，对上的依据：{ $why }（{ $percent }%）
note-burden = 申请人负担不同：{ $list }
note-best = ；最轻：{ $regions }
progress-reading = 正在读取 { $count } 个输入……
progress-normalising = 正在整理 { $count } 行……
progress-comparing = 正在比较 { $count } 个区域……
progress-writing = 正在写出……
patch-title = 看齐补丁
patch-region = 区域
patch-target = 看齐
patch-target-directory = 基本目录
patch-target-majority = 多数区域
patch-target-best = 负担最轻的区域
patch-target-region = 区域 { $id }
patch-changes = 改动
patch-changes-value = { $changed } 处（{ $cells_changed } 个单元格）；另有 { $refused } 处不同而不改，{ $missing } 处本区没有写（不代填），{ $unknown } 处没有读懂（不动），{ $allowed } 处属合理差异；共比对 { $cells } 处
patch-partly = 只改了一部分
patch-partly-value = 改动中的 { $count } 处；剩下的列在“不同而没有改的”里
patch-saving = 给申请人省下
patch-borne = 申请人多负担
patch-nothing = 没有要改的：能比对的地方都与参照一致。
patch-nothing-worse = 一处都没有改：不同的地方改了对申请人更差，或者说不准是否更差，或者要由人定（原因逐处列出）。确实要改成更差的，加 --allow-worse。
patch-nothing-by-hand = 一处都没有改：不同的地方不能由工具改（原因逐处列出），要改请人工改清单。
patch-refused = 不同而没有改的 { $count } 处
patch-col-from = 现在
patch-col-to = 改为
patch-col-reason = 原因
patch-col-saving = 对申请人
patch-effect-better = 更好
patch-effect-equal = 一样
patch-effect-worse = 更差
patch-effect-unclear = 无法判断
patch-reason-align = 与参照不同（{ $agree }/{ $speak } 个区域与参照相同）
patch-reason-part = 与参照不同，只取对申请人不更差的部分（{ $agree }/{ $speak } 个区域与参照相同）
patch-reason-reverse = 改回原样
patch-reason-worse = 没有改：对申请人更差（要改就加 --allow-worse）
patch-reason-unclear = 没有改：说不准对申请人是否更差（要改就加 --allow-worse）
patch-reason-divided = 没有改：本区拆成几个业务办理项，各项说法不一，要由人定
patch-reason-reference-divided = 没有改：参照自己就说法不一（几个实施机构或几个业务办理项各说各的，见区内差异），没有哪一个说法可以照着改，要由人定
patch-reason-directory = 没有改：本区与基本目录一致，是多数与目录不一致
patch-reason-limit = 没有改：改后承诺办结时限会长于法定办结时限，先改承诺时限
patch-reason-identity = 没有改：编码由目录管理机关赋予
patch-reason-type = 没有改：事项类型由法律和目录确定，不随多数；要改用 --to directory 或 --to region:ID
patch-reason-unapplied = 没有改：这个文件，或者这一处在文件里的写法（公式、带格式的文字、分键书写的记录、压缩包等），没有把握改写，请人工改；一项内容分几格写的，一格写不了就都不写
patch-reason-unwritten = 没有改：在本清单这几列里写不出读起来同样意思的文字（例如“是否收费”一列写不下收费标准，“收费标准”空着的也不代填），请人工改
patch-reason-entries = 没有改：清单里每一条是分键书写的记录，要增加或改动的内容说不准该写在哪些键里，请人工改
patch-whole = 逐条改不了，整格换掉
patch-must-equal = 依法必须一致
saving-materials = { $way ->
    [more] 多交 { $count } 种材料
   *[less] 少交 { $count } 种材料
 }
saving-originals = { $way ->
    [more] 多交 { $count } 份原件
   *[less] 少交 { $count } 份原件
 }
saving-copies = { $way ->
    [more] 多交 { $count } 份复印件
   *[less] 少交 { $count } 份复印件
 }
saving-issued = { $way ->
    [more] 多交 { $count } 种政府部门自己核发的材料
   *[less] 少交 { $count } 种政府部门自己核发的材料
 }
saving-steps = { $way ->
    [more] 多走 { $count } 个环节
   *[less] 少走 { $count } 个环节
 }
saving-days = { $way ->
    [more] 多等 { $count } 个工作日
   *[less] 少等 { $count } 个工作日
 }
saving-visits = { $way ->
    [more] 多跑 { $count } 次
   *[less] 少跑 { $count } 次
 }
saving-fee = { $way ->
    [more] 多付 { $count } 元
   *[less] 少付 { $count } 元
 }
align-refused = 另有 { $count } 处不同而没有改；用 -f table、md 或 json 看原因。
align-nothing = { $text }没有写文件。
align-written = 已写入 { $path }：{ $cells } 个单元格
align-left = { $file }：{ $count } 处没有写进文件，请照补丁人工改（这种文件或写法里增减条目、改写这一处没有把握）
align-compare = 原文件没有动；文件名带 .aligned 的清单不会随文件夹一起读入。核对：tongban diff { $old } { $new }
reason-align-exists = 已经有这个文件，没有覆盖
advice-align-exists = 先移走或删掉它，或用 -o 指定另一个已有的文件夹。
reason-align-self = 区域 { $region } 不能与自己看齐
advice-align-self = 用 --to region:ID 指定另一个区域，或用 --to majority。
reason-align-reverse-apply = --reverse 和 --apply 不能一起用：--apply 从不改原文件，没有要改回的文件
advice-align-reverse-apply = 要退回，删掉带 .{ $mark } 的新文件即可，原清单还在；只要改回的补丁（现在 ↔ 改为对调），单用 --reverse。
reason-align-alone = 除区域 { $region } 外没有读到别的区域
advice-align-alone = 把别的区域的清单一起写上，例如：tongban align 甲区 甲区.csv 乙区.xlsx；只有基本目录时用 --to directory。
reason-align-no-directory = 没有基本目录可以看齐
advice-align-no-directory = 在 tongban.toml 里写 directory = ["文件"]，或改用 --to majority。
reason-align-no-list = 区域 { $region } 没有读到清单
advice-align-no-list = 检查 tongban.toml 里这个区域的 files。
cmd-schema = JSON Schema：tongban.toml 等设置文件（供编辑器提示和检查）、JSON 输出的格式
arg-schema_name = 哪一个，如 tongban、profile、lint；不写则列出全部
arg-schema_output = 写到文件，而不是标准输出
cmd-completions = 生成 bash、zsh、fish、powershell 或 elvish 的命令补全
arg-shell = 哪种 shell
arg-completions_output = 写到文件（powershell 的带 BOM，中文才不乱码），而不是标准输出
cmd-man = 生成 man 手册页
arg-man_output = 写到这个文件夹，每个命令一页；不写则把 tongban 的一页写到标准输出
schema-settings = 设置文件：
schema-wire = JSON 输出（-f json）：

# 快照
cmd-snapshot = 快照：把全部清单的当前状态存入一个文件，以后可与之比较
cmd-save = 保存一个快照
cmd-list = 列出快照
cmd-snapshot-show = 一个快照的来历：时间、说明、摘要、读入的文件
cmd-verify = 用摘要核对快照：任何一个字节变了都能发现
cmd-snapshot-export = 把快照里的清单写成普通文件（CSV、JSONL，或一个 JSON）
cmd-prune = 删去旧快照，并收回只有它们用到的空间
cmd-backup = 写一份完整的副本
arg-snapshot_db = 快照文件；不写时为 tongban.toml 旁（没有时为当前文件夹）的 tongban.db
arg-snapshot_format = 输出格式：table 或 json
arg-snapshot_message = 说明
arg-snapshot_date = 快照的日期（UTC），不写时为现在；环境变量 SOURCE_DATE_EPOCH 也可指定
arg-snapshot = 快照：@3、@latest、@-1（最新的前一个）、@2026-11-01（这一天或之前最新的）、文件.db@3
arg-snapshot_output = 新文件夹：写入各地清单、tongban.toml 和工作区的设置
arg-snapshot_lists = 每个清单的格式：csv 或 jsonl
arg-snapshot_keep = 保留最新的几个
arg-snapshot_before = 只删这一天之前的
arg-snapshot_dry = 只说会删去什么
arg-snapshot_backup = 副本文件，不得已经存在
progress-saving = 正在保存 { $count } 行……
progress-verifying = 正在核对……
col-snapshot = 快照
col-time = 时间
col-message = 说明
col-file = 文件
col-bytes = 字节
col-sha = SHA-256
snapshot-digest = 摘要
snapshot-profile = 要素规范
snapshot-vocabulary = 词表
snapshot-rules = 规则
snapshot-current = （与现在相同）
snapshot-other = （与现在不同）
snapshot-incomplete = 不完整
snapshot-incomplete-why = 保存时输入中有未能判断的内容
snapshot-saved = 已保存快照 @{ $number }：{ $rows } 行{ $new ->
    [yes] ，新文本 { $texts } 条
   *[no] ，内容与已有的相同
}（{ $file }）
snapshot-sound = { $file }：核对了 { $count } 个快照，均完好
snapshot-unsound = { $file }：核对了 { $count } 个快照，与保存时不符：{ $faults }
snapshot-prune-none = 没有可删的快照，现有 { $kept } 个
snapshot-prune-would = 会删去 { $count } 个快照：{ $numbers }；保留 { $kept } 个
snapshot-pruned = 删去 { $count } 个快照：{ $numbers }；保留 { $kept } 个；文件从 { $before } 字节减为 { $after } 字节
reason-snapshot-name = 这不是快照的写法
advice-snapshot-name = 写 @3、@latest、@-1、@2026-11-01，或 文件.db@3。
reason-snapshot-unread = 有文件未能读入，没有保存：缺了它，其中的事项看起来就像取消了一样
advice-snapshot-unread = 改正上面列出的文件后再保存。
reason-snapshot-moved = 读入期间文件变了
advice-snapshot-moved = 等其他程序保存完毕后再试。
reason-diff-one-side = 只有一边
advice-diff-one-side = 再写一边；只有快照可以单独写：tongban diff @1 与工作区现在的清单比较。
reason-diff-no-region = 两边没有相同的地区，无从比较：左边有 { $left }；右边有 { $right }
advice-diff-no-region = 地区按编号对应：在 tongban.toml 里写上清单的地区编号，或让清单带“区域代码”一列。
diff-lone-region = { $side ->
    [left] 仅左边有的地区
   *[right] 仅右边有的地区
 }：{ $region }，{ $rows } 行
diff-one-of-several = { $side ->
    [left] { $left }
   *[right] { $right }
 } 有多个地区，只比较另一边也有的：{ $region }
diff-pooled = { $side ->
    [left] { $left }
   *[right] { $right }
 } 有多个地区，其中没有另一边的地区，合在一起比较
snapshot-fewer = 这个快照只有 { $now } 个地区，上一个快照 @{ $number } 有 { $before } 个：log 会说其余地区不再有
snapshot-earlier = 这个快照的日期早于上一个快照 @{ $number }（{ $day }）；快照按保存的先后排列，@latest 是最后保存的
reason-snapshot-folder = -o 要写文件夹
advice-snapshot-folder = 写一个新文件夹的名称，如 -o 快照；清单写在其中。
reason-snapshot-fixed = 快照不能改
advice-snapshot-fixed = 修改工作区现在的清单；要改旧的，先用 tongban snapshot export 取出。
reason-folder-filled = 文件夹里已有文件
advice-folder-filled = 换一个新文件夹，或空文件夹。
reason-backup-there = 这里已有文件，没有覆盖
advice-backup-there = 换一个文件名，或先把它移走。
csv-uncompared = { $count } 个事项没有比较，类别写作“未比较”，规范值一列写着原因

# Guides.
export-written = 已写 { $count } 份办事指南到 { $path }，目录是 { $index }
export-beside = { $file } 与清单在同一个文件夹：下次读这个文件夹时会把它也当作清单；不要这样时移到别处
export-draft = 目录草案：{ $items } 个事项，其中 { $open } 个有未定的要素（见“未定要素”“争议”两列）
reason-export-no-folder = --one-file-per-item 要写很多文件
advice-export-no-folder = 用 -o 指定一个文件夹，如 -o 办事指南

# 沿革（tongban log、tongban blame）
cmd-log = 沿革：各快照之间哪些事项新增、取消、变化，各地是否趋于一致
cmd-blame = 追溯：一个事项的一个要素，各地现在怎么写，从哪个快照起，由谁改成不一致
arg-history_place = 快照文件，或它所在的工作区文件夹；不写时为当前工作区的 tongban.db
arg-history_item = 一个事项的沿革：编码或名称
arg-report_history = HTML 报告中加上各快照的差异指数走势（工作区的 tongban.db，或 --history=文件.db）
arg-history_by = 差异指数分要素（element）或分区域（region）列出，或逐项列出每次改动的事项（item）
arg-history_between = 两个快照之间，哪些事项趋于一致，哪些分化，如 --between @1 @5
arg-history_stale = 哪些事项从这一天起没有改过
arg-history_stale_basis = 哪些事项自上次改动之后，设定依据的法律已修改或废止（用 --laws 或 tongban.toml 的 laws 指定法律文本）
arg-history_top = 每张表最多列多少行；0 为全部
arg-blame_item = 事项的编码或名称
arg-blame_element = 要素的标识或名称
progress-history = 正在比较 { $count } 个快照……
history-log-title = { $count } 个快照
history-life-title = 事项的沿革
history-blame-title = { $element }：谁改的，从何时起
history-convergence-title = { $from } 与 { $to } 之间
history-stale-title = { $day } 以来没有改过的事项
history-stale-basis-title = 依据已修改而事项未改
history-index = 差异指数
history-directory = 基本目录
history-none = （没有这个事项）
history-unsaid = （没有写）
history-yardstick = 各快照都按现在的要素规范、词表和规则读取和比较，前后可比。
history-other = 这些快照保存时用的{ $what }与现在不同：{ $snapshots }。
yardstick-profile = 要素规范
yardstick-vocabulary = 词表
yardstick-rules = 规则
col-code = 事项编码
col-case = 业务办理项
col-added = 新增
col-dropped = 取消
col-recoded = 换码
col-changed = 变化
col-notation = 仅写法
col-moved = 升降
col-happened = 发生
col-says-today = 现在
col-since = 自
col-basis-fate = 依据的变化
col-basis-day = 变化日期
col-before = 此前
col-then = 当时
col-now = 现在
col-converged = 趋于一致的要素
col-diverged = 分化的要素
happened-from-start = 起初就有
happened-came = 新增
happened-went = 取消
happened-recoded = 换了编码
happened-changed = 变化
happened-notation = 仅写法不同
blame-from-start = { $snapshot } 起就是（此前没有快照）
blame-from-directory = 基本目录
blame-from-majority = 多数地方
blame-from-region = 指定区域
blame-from-none = 无
blame-reference = 参照值（{ $from }）：{ $value }；≠ 为与之不一致
phase-uniform = { $start ->
    [yes] { $today ->
        [yes] 一直一致
       *[other] 到 { $to } 为止一致
      }
   *[other] { $from } 起{ $again ->
        [yes] 恢复一致
       *[other] 一致
      }{ $today ->
        [yes] { "" }
       *[other] ，到 { $to } 为止
      }
  }
phase-split = { $start ->
    [yes] 从 { $from } 起就不一致
   *[other] { $from } 起{ $again ->
        [yes] 又
       *[other] { "" }
      }不一致
  }{ $known ->
    [yes] （{ $by }）
   *[other] { "" }
  }{ $today ->
    [yes] { "" }
   *[other] ，到 { $to } 为止
  }
phase-single = { $from } 起不足两地写明，无从比较
phase-joint = ；
convergence-sum = 差异指数 { $then } → { $now }；两个快照都可比的事项 { $items } 项，其中 { $converged } 项趋于一致，{ $diverged } 项分化。
convergence-nothing = 没有事项的差异指数有变化。
col-directory-changes = 基本目录改动
history-no-changes = 各快照之间没有事项改动。
history-all-regions = 各地合计
history-last-changes = 最近一次改动的事项：{ $snapshot }（全部：--by item）
history-laid = 各快照都按现在的差异备案（{ $variances } 条）和对应决定（{ $decisions } 条）比较。
history-region-change = { $came ->
    [yes] { $snapshot } 新加入{ $region }（{ $rows } 行），其事项不逐项计入新增。
   *[no] { $snapshot } 起不再有{ $region }（原有 { $rows } 行），其事项不逐项计入取消。
}
happened-added = 新增
happened-dropped = 取消
happened-case-came = 新增办理项“{ $case }”
happened-case-went = 取消办理项“{ $case }”
happened-in-case = { $what }（{ $case }）
stale-unknown = { $day } 早于首个快照（{ $first }）：那以前改没改过，无从知道。最新快照中各地共 { $all } 项。
stale-sum = 最新快照中各地共 { $all } 项，其中 { $count } 项自 { $day } 以来没有改过（仅写法不同不算改）。
stale-basis-sum = 最新快照中各地共 { $all } 项，其中 { $count } 项的依据在事项上次改动之后修改或废止（仅写法不同不算改；按法律修改后施行之日计）。
basis-amended = 已修改
basis-repealed = 已由《{ $by }》废止
