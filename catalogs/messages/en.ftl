# What is said to people, in English. The keys are those of zh.ftl (tested). The texts of rules are in catalogs/rules/.
# Must not be in here: facts, rules, words of the wire formats.

and-more = … and { $count } more

summary-regions = Regions
summary-regions-value = { $count }: { $names }{ $directory }
summary-directory = ; basic directory of { $rows } items
summary-rows = Read
summary-rows-value = { $rows } rows: { $compared } compared, { $divided } compared as unions, { $only } in one region only, { $duplicate } duplicates
summary-compared = Compared
summary-compared-value = { $items } items that two or more regions handle, compared by { $units } handling items, { $cells } element values (of which at least two regions speak)
summary-uniform = Uniform
summary-uniform-value = { $items } items are handled alike{ $unsure ->
    [no] { "" }
   *[other] , { $unsure } of them with element values that cannot be judged
 }
summary-deviating = Deviating
summary-deviating-value = { $items } items, { $units } handling items, { $cells } element values
summary-index = Index
summary-index-value = { $index } (0 is uniform; the higher the less)
summary-notation = Not counted
summary-notation-value = { $notation } differ only by notation, { $level } only as the level makes it (no differences)
summary-must-equal = Equal by law
summary-must-equal-value = { $any ->
    [none] nothing to compare in what must be equal by law ({ $elements })
    [no] no element that must be equal by law ({ $elements }) differs
    [look] no element that must be equal by law ({ $elements }) differs where the legal basis is the same
   *[other] { $count } element values must be equal by law ({ $elements }) and are not
 }{ $other ->
    [no] { "" }
   *[other] ; { $other } differ, but the legal basis is another one or is not told: look at it first
 }{ $unknown ->
    [no] { "" }
   *[other] ; { $unknown } cannot be judged
 }
summary-burden = Burden
summary-burden-value = { $count } items are alike in every element and differ in what applicants bear: { $list }
summary-open = No reference
summary-open-value = { $count } element values differ and have no reference (nothing that more than half say): nobody can be said to deviate; they count in the overall index only
summary-against = Not as the directory
summary-against-value = { $cells } element values of { $items } items are alike in all regions, but not as the basic directory: their index is 0, and no region is in line with it
summary-copies = Copies
summary-copies-value = the list of { $region } repeats that of { $source } and is counted once
summary-years = Years
summary-years-value = { $years }; lists of different years: a difference is then no proof that items are handled differently
summary-years-one = { $region } { $years }
summary-variances = Variances
summary-variances-value = { $expired ->
    [yes] expired ({ $expires }), { $cells } element values count again: { $what }; ground: { $ground }; owner: { $owner }
   *[no] { $cells } element values not counted: { $what }; ground: { $ground }; owner: { $owner }{ $expires ->
        [none] {""}
       *[other] ; until { $expires }
     }
 }

report-title = Where the same item is handled differently
report-nothing = No item is handled differently.
report-nothing-to-compare = Nothing to compare: an item must be handled by at least two regions.
report-no-such-item = No such item. Give its basic code, or a part of its name.
report-more-items = … and { $count } more items; --top 0 lists all, --item shows one.
report-by-element = By element
report-by-region = By region
region-index-note = A region’s index counts what deviates from the reference; { $count } element values are tied, have none, and do not count.
report-folded = Besides: in { $unknown } element values a region is cut off, not understood or not comparable, in { $missing } a region says nothing; such regions are not in the index. A bare 无 counts as saying nothing: it may mean none, or not filled in.
item-index = index { $index }
note-rest = handling items that did not pair: { $list }; the union is compared; to pair them: tongban match
note-rest-region = { $region } { $rows }
note-divided = divided differently: { $list }; the union is compared
note-informs = only informs and is not counted: not every region divides the item, so it counts once, as a whole
note-divided-region = { $region } has { $rows } rows
note-outside-directory = not in the basic directory
note-absent = regions without this item: { $list }

cover-outside = Compared: items outside the basic directory that several regions handle ({ $count })
cover-lacking = Compared: items that some regions lack, among those that have them ({ $count })
cover-single = Not compared: items of one region only, with nothing to compare ({ $count })
cover-single-outside = Not compared: items outside the basic directory, of one region only ({ $count })
cover-unhandled = Not compared: items of the basic directory that no region handles ({ $count })
covered-outside = compared: not in the basic directory, these regions have it
covered-lacking = compared: these regions lack it
covered-single = not compared: only this region has it
covered-single-outside = not compared: not in the basic directory, only this region has it
covered-unhandled = not compared: in the basic directory, handled by no region

burden-title = Burden on applicants
burden-materials = Papers
burden-materials-value = { $n }
burden-originals = Originals
burden-originals-value = { $n }
burden-copies = Copies
burden-copies-value = { $n }
burden-issued = Issued by government
burden-issued-value = { $n }
burden-steps = Steps
burden-steps-value = { $n }
burden-days = Time
burden-days-value = { $n } working days
burden-visits = Visits
burden-visits-value = { $n }
burden-fee = Fee
burden-fee-value = { $n } yuan
burden-best = Lightest: { $list }

within-title = Within one region: bodies that handle the same item differently ({ $count }); with other regions they are compared together
within-left-out = { $count } differences between bodies of one region are not in the CSV; table, md and json have them
by-left-out = --by does not apply to this format: programs order json themselves, html has both tables and filters

pairwise-title = Handling for each other: which regions can do what
pairwise-scope = Scope
pairwise-scope-value = { $regions } regions, { $pairs } pairs with items in common, { $items } items (or cases) that at least two handle
pairwise-result = Result
pairwise-result-value = { $both } pairs of regions and items: possible { $possible }, blocked { $blocked }, cannot be told { $unknown }
pairwise-blocks = Elements that block
pairwise-informs = Elements that are only told
pairwise-unsaid = Elements that no list has, left out
pairwise-contained = One side wants no more than the other
pairwise-contained-value = { $elements }: only told (who fulfils the longer list fulfils both), does not block
pairwise-variances = Variances
pairwise-variances-value = { $count } in force; { $pairs } differences do not block for it and are listed apart{ $elements ->
    [no] {""}
   *[other] {" "}({ $elements })
 }{ $expired ->
    [no] {""}
   *[other] ; { $expired } expired and allow nothing
 }
pairwise-rule = Rule
pairwise-rule-value = Two lists are held against each other as they are, whatever the directory and the majority say; what a list does not say or cuts off is uncertain
pairwise-listed = Listed
pairwise-listed-value = only what concerns { $element }; whether an item can be handled for each other is judged by all elements
pairwise-both = In common
pairwise-possible = Possible
pairwise-blocked = Blocked
pairwise-unknown = Cannot be told
pairwise-blocked-by = Blocked by
pairwise-unknown-by = Left open by
pairwise-by-pair = By region: possible / in common (after ? what cannot be told)
pairwise-by-element = By element: how often it blocks
pairwise-by-item = By item: pairs of regions, possible / in common

col-element = Element
col-class = Class
col-says = Says
col-regions = Regions
col-reference = Reference
col-region = Region
col-index = Index
col-cells = Comparable
col-deviating = Deviating
col-items = Items
col-rows = Rows
col-compared = Compared
col-divided = Unions
col-only = One only
col-duplicate = Duplicates
col-verdict = Verdict
col-left = Left
col-right = Right
col-difference = Difference
col-rule = Rule
col-severity = Severity
col-count = Count
col-fixable = Fixable
col-title = Title
col-header = Header
col-field = Taken for
col-reason = Because
col-sample = First rows
col-item = Item
col-bodies = Bodies
col-place = Place
col-finding = Finding

html-summary = Summary
html-trend = Trend
html-of = { $part } / { $all }
html-card-items = items are handled differently (of those that two regions or more handle)
html-card-cells = cells differ (of those that can be compared)
html-card-index = index of non-uniformity (0: all alike)
html-card-must-equal = cells must be equal by law and are not
html-years = Years of the lists: { $list }. Where they differ, a difference is a difference and proves nobody wrong.
html-copy = The list of { $region } is almost the same as that of { $of } and is not counted again.
html-expired = A variance has expired ({ $expires }): { $ground }. Its { $cells } cells count again.
html-heat-elements = Element × region
html-heat-elements-caption = Each cell: in how many items the region differs from the reference; the darker, the larger the share of those that can be compared (point at a cell for the percentage); after ≠ those in which regions differ and there is no reference, . none, ○ only under a variance, after ∅ those where it says nothing and others do, - nothing to compare
html-heat-items = Item × region
html-heat-items-caption = Each cell: in how many elements of the item the region differs from the reference; the darker, the larger the share. The name of an item leads to its details
html-sign-number = 3 elements differ from the reference
html-sign-open = 2 elements in which regions differ and there is no reference
html-sign-allowed = differs under a variance
html-sign-alike = nothing differs
html-sign-blank = says nothing in 1 element where others do, differs in no other
html-sign-silent = handled, but nothing to compare is said
html-sign-union = handled undivided; compared with the union of the others
html-sign-absent = not handled
html-items = Item by item
html-items-note = Struck out: the reference has it, the region has not. Underlined: the region has it, the reference has not; without a reference the first line stands for it. File, row and column say where the first region of each line says so.
html-item-figures = { $count } elements differ, index { $index }
html-reference = Reference: { $reference }
html-tied = { $count } share the first place
html-notation = { $count } written otherwise
html-level = { $count } with other words for the level
html-missing = { $count } say nothing
html-unknown = { $count } cut off or not understood
html-allowed = Variance: { $region } ({ $ground })
html-rest = the other { $count } regions
html-everyone = all { $count } regions
html-full = in full
html-others = Other elements, alike where nothing is said: { $list }
html-burden = Burden on the applicant
html-burden-note = Over items that two regions or more handle. “Saved” is what would be less if every item were handled as in the region where it is lightest. What a list does not say is — and never zero.
html-saving = Saved
html-best = lightest
html-gains = What to put into line first
html-delta = Index falls by
html-cells = Cells
html-variances = Variances
html-ground = Legal ground
html-owner = Owner
html-expires = Until
html-is-expired = expired
html-code = Code
html-places = { $count } places
html-places-first = { $place } and { $count } places in all
html-coverage = Scope, and what was not compared
html-filter = Filter
html-all = All
html-reset = Clear
html-open = Open all
html-close = Close all
html-made = Made by tongban (同办), profile { $profile }. This page uses no network.

standing-must-equal = must be alike by law
standing-other-law = other legal basis, or none told: look at it first
standing-disparity = may be shorter
paired-decision = decided by a person
paired-name = equal names
paired-similarity = names alike

class-uniform = uniform
class-against-directory = alike, but not as the directory
class-outliers = outliers
class-split = split
class-within = within a region
class-uncompared = not compared
class-single = single
against-first = Against the first:
says-missing = (says nothing, or only 无)
says-unknown = (incomplete, not understood, or not comparable with what others say)
says-less = (says less: contradicts none of several values that contradict each other; supports none of them and does not deviate)
says-other-system = (codes of different systems, not compared)
reference-directory = directory ({ $said }/{ $all } agree)
reference-majority = majority ({ $said }/{ $all })
reference-region = named region ({ $said }/{ $all })
reference-none = none (at most { $said }/{ $all })
from-directory = directory
from-majority = majority
from-region = named region
from-none = none

mark-level = (level){" "}
verdict-same = same
verdict-notation = notation
verdict-substantive = substantive
verdict-level = level
verdict-missing = missing
verdict-unknown = unknown
verdict-only-left = only left
verdict-only-right = only right
why-plain = { "" }
why-cut-off-alike = both texts are cut off; what can be seen is the same
why-cut-off = text is cut off; not judged
why-level-words = differs only in words of level or in the place's own name
why-level-scope = a form that goes with the scope (within, across the province): a difference of level
why-more-detail = one side says more, without contradiction
why-order = only the order differs
why-flip = a word turns the meaning
why-day-unsaid = one side says only “days”: working or calendar days
why-unreadable = not understood; not judged
why-other-system = codes of different systems; not compared
relation-stricter = {" "}(stricter)
relation-looser = {" "}(looser)
relation-overlapping = {" "}(partly stricter, partly looser)
relation-more = {" "}(asks for more)
relation-fewer = {" "}(asks for less)
relation-longer = { $known ->
    [yes] {" "}(longer by { $by })
   *[other] {" "}(longer)
 }
relation-shorter = { $known ->
    [yes] {" "}(shorter by { $by })
   *[other] {" "}(shorter)
 }
relation-dearer = { $known ->
    [yes] {" "}(dearer by { $by })
   *[other] {" "}(dearer)
 }
relation-cheaper = { $known ->
    [yes] {" "}(cheaper by { $by })
   *[other] {" "}(cheaper)
 }

explain-both = "{ $left }" and "{ $right }" are both { $left_normal }
explain-each = "{ $left }" reads as { $left_normal }; "{ $right }" reads as { $right_normal }
explain-left = folded on the left: { $folds }
explain-right = folded on the right: { $folds }
explain-shared = folded on both sides: { $folds }
explain-joint = {"; "}
explain-fold = { $left_out ->
    [yes] { $what } ({ $from } left out)
   *[no] { $what } ({ $from } → { $to })
 }
fold-invisible = characters that cannot be seen
fold-width = full and half width
fold-radicals = radicals and other compatibility characters
fold-spaces = blanks
fold-brackets = brackets
fold-marks = title marks
fold-numbering = numbering
fold-separators = separators
fold-numerals = Chinese numerals
fold-ends = punctuation at the end
fold-words = synonym of the vocabulary
fold-codes = code list
fold-start = a limit runs from the acceptance unless said otherwise
fold-exclusions = never counted (行政许可法 art. 45)
fold-country = name of the country
fold-document-number = document number
fold-quote = quoted text of the law kept apart
fold-spelling = canonical spelling
findings-cut = { $count } findings in all, of which the first { $shown } are written
baseline-written = { $count } findings written to the baseline. Use it with lint --baseline { $file }, or write baseline = "{ $file }" under [lint] in tongban.toml
baseline-pruned = { $count } findings that were put right taken out of the baseline
baseline-moved = Baseline: { $count } known findings are about cells that were rewritten; { $file } now knows them by the new text, with their owners, reasons and expiry
since-done = Since the earlier version: { $changed } of { $rows } rows changed or are new; { $left } findings of unchanged rows are left out
fix-done = { $findings } findings put right: { $cells } cells in { $files } files. What is left follows.
fix-unproven = { $count } findings stay: read again, their rows would say something else
fix-would = { $findings } findings can be put right: { $cells } cells in { $files } files; nothing was written.
baseline-stats = Baseline: { $known } known and not counted, { $new } new; { $expired } kinds expired and counted again; { $gone } put right, to be taken out with baseline prune
lint-settings = checked by the settings of { $file } (--isolated goes without)
lint-excepted = the exceptions of { $file } hide { $count } findings
lint-retired = the rule { $code } { $name } is retired, naming it does nothing: { $why }

diff-left = Left
diff-right = Right
diff-side-value = { $name } ({ $id }): { $rows } rows, { $items } items, { $duplicates } duplicate rows
diff-compared = Compared
diff-compared-value = { $items } items that both handle: { $alike } without, { $different } with substantive differences
diff-cells = Elements
diff-cells-value = substantive { $substantive }, level { $level }, notation { $notation }, missing { $missing }, unknown { $unknown }, same { $same } (of which neither side says anything: { $blank })
diff-nothing = No differences to list.
diff-unsaid = the { $side ->
    [left] left
   *[right] right
 } says only “{ $text }”: it may mean none, or not filled in; not counted as a difference
diff-rest = handling items that did not pair: { $item } (left { $left }, right { $right }); the union is compared; to pair them: tongban match
diff-divided = divided differently: { $item } (left { $left } rows, right { $right }); the union is compared
diff-only-left = Only on the left ({ $region }): { $count }
diff-only-right = Only on the right ({ $region }): { $count }

severity-error = error
severity-warning = warning
severity-info = info
lint-summary = { $files } files, { $rows } rows: { $error } errors, { $warning } warnings, { $info } hints
full-why = Why
lint-fixable = { $count } can be put right by --fix
lint-fixable-unsafe = { $count } can be put right by --fix --unsafe-fixes, to be looked over by a person
full-fix = Fix

inspect-file = { $encoded ->
    [no] format { $format }
   *[other] format { $format }, encoding { $encoding }
  }; { $headed ->
    [no] every row names its fields
   *[other] header in row { $header }, data in rows { $data }
  }; { $rows } rows read; { $understood } of { $columns } columns understood
inspect-dialect = source: { $dialect }
understood-override = tongban.toml says so
understood-sheet = taken from the sheet's name or a heading
understood-alias = known header
understood-dialect = field of this source
understood-extra = known, not compared
understood-ambiguous = ambiguous, not used: { $fields }
understood-second = same as “{ $first }”, not used
understood-no = not understood
init-written = Wrote { $path }: { $regions } regions, { $files } files.
init-next = Next: tongban report { $path }
init-not-understood = Name headers that were not understood in [region.columns], as "{ $header }" = "id of the element" (tongban explain national-12 lists them).

explain-kind = Kind
explain-policy = Between regions
explain-pairwise = For each other
explain-weight = Weight
explain-fields = Columns
explain-list = Code list
explain-ground = Ground
explain-profile-elements = Compared elements
explain-source = Source
explain-status = Status
explain-bad = Bad
explain-good = Good
explain-todo = What to do
explain-severity = Severity
explain-confidence = Confidence
explain-threshold = Number
explain-threshold-set = { $value } { $unit }; another one is set under [lint.thresholds] in tongban.toml: { $code } = { $value }
explain-fix = Fix
fixable-safe = lint --fix (notation only; what takes a decision stays)
fixable-unsafe = lint --fix --unsafe-fixes (changes words: have a person look at it)
confidence-low = low, a hint
confidence-medium = medium
confidence-high = high
explain-limits = Limits of reading
explain-said = Said when met
explain-draft = draft, not verified yet
explain-retired = This rule is retired; its code is not used again.
explain-lint-select = Rules that lint runs
explain-lint-ignore = Rules that lint does not run
policy-blocks = a difference keeps regions from handling it for each other
policy-informs = a difference is only told
policy-equal = should be equal
policy-must-equal = must be equal; a difference is an error
policy-shorter-ok = may be shorter: a disparity, not a violation
policy-fewer-better = should be equal; fewer is better for the applicant

limit-file = one file
limit-file-why = far above any list seen
limit-line = one line of a CSV
limit-line-why = no honest row is longer; the line ends were lost
limit-field = one cell
limit-field-why = a spreadsheet stops at 32,767 characters; what is longer is a quote that was not closed
limit-columns = columns of one table
limit-columns-why = lists have some dozens
limit-rows = rows of one table
limit-rows-why = more than all counties of the country have
limit-header = rows in which the header is looked for
limit-header-why = titles and notes above it take a few
limit-json = levels of JSON and TOML
limit-json-why = interfaces wrap rows two or three times; far deeper ones exhaust the stack
limit-xlsx-parts = parts of a workbook
limit-xlsx-parts-why = an honest one has one or two for each sheet
limit-xlsx-bytes = a workbook, inflated
limit-xlsx-bytes-why = a file of some megabytes can inflate until memory is gone
limit-xlsx-strings-bytes = shared strings of a workbook, inflated
limit-xlsx-strings-bytes-why = the reader keeps them all in memory
limit-xlsx-strings = shared strings that a workbook claims
limit-xlsx-strings-why = memory is set aside for what is claimed
limit-xlsx-kept-bytes = parts of a workbook that are kept as a whole (styles, list of sheets)
limit-xlsx-kept-bytes-why = honest ones are far smaller
limit-xlsx-kept-elements = elements in those parts
limit-xlsx-kept-elements-why = the same
limit-sheet-rows = rows of a sheet
limit-sheet-rows-why = where the grid of spreadsheets ends
limit-merges = merged blocks of a sheet
limit-merges-why = each is kept in memory
limit-xls-cells = cells of the rectangles of an old workbook (XLS)
limit-xls-cells-why = the whole rectangle is laid out in memory
limit-repeated-cells = cells of an ODS that only exist by repetition
limit-repeated-cells-why = a few thousand bytes can claim billions
limit-ratio = packing of a part of a workbook or a member of a ZIP
limit-ratio-why = an honest sheet of ten million cells is 10:1
limit-ratio-from = size from which packing counts
limit-ratio-from-why = small parts do no harm however they are packed
limit-zip-members = members of a ZIP
limit-zip-members-why = a province has one or two hundred counties
limit-zip-bytes = all lists of a ZIP, inflated
limit-zip-bytes-why = a ZIP of some megabytes can inflate until memory is gone
limit-folders = levels of folders that are looked into
limit-folders-why = province, city, county, town and village make five
limit-lists = lists of one run
limit-lists-why = the country has about 3,000 counties
limit-law = one law text
limit-law-why = the longest code has less than 1 MiB
limit-laws = law texts of one library
limit-laws-why = all laws, regulations and rules in force, with their older versions, are fewer
limit-settings = tongban.toml
limit-settings-why = 3,000 counties take less than half of it
limit-findings = reading findings of one kind listed per file
limit-findings-why = nobody reads more; the rest is counted

error-not-found = no such file or folder
error-unreadable = cannot be read
error-no-lists-in-folder = no lists (CSV, JSON, TOML, XLSX, ZIP …) in the folder
error-not-a-file = not a regular file
error-unknown-format = not a list that can be read
error-bad-settings = wrong setting
error-unknown-name = unknown name
error-output-is-input = the output would replace an input; nothing was written
error-unwritable = cannot be written
error-too-few-lists = at least one list is needed
error-no-directory = no basic directory was read, so nothing can be held against it
error-cannot-align = cannot be brought into line like this
error-exists = the file exists; it was not replaced
hint-not-found = Check the path; relative paths start at the current folder.
hint-unreadable = Check permissions, and whether another program holds it.
hint-no-lists-in-folder = Name the lists, or the folder that holds them.
hint-not-a-file = Name a file; what comes through a pipe is read with -.
hint-unknown-format = Open it in a spreadsheet and save it anew as .xlsx or CSV UTF-8.
hint-bad-settings = Correct the line given; the README names the keys.
hint-unknown-name = Check the spelling; names in brackets, where there are any, exist.
hint-output-is-input = Choose another output file.
hint-unwritable = Check that the folder exists, can be written, and has room.
hint-too-few-lists = For example: tongban report a.csv b.xlsx
hint-no-directory = Name it in tongban.toml: directory = ["directory.csv"]; or use --reference majority.
hint-cannot-align = name with what: --to directory, majority, best or region:ID.
hint-exists = Use --force to replace it.
reason-empty = the file is empty
advice-empty = Export it again from its source.
reason-blank = the file holds nothing but blanks
advice-blank = Export it again from its source.
reason-html = this is a web page (HTML) by another name
advice-html = Open it in a spreadsheet and save it as .xlsx.
reason-excel-xml = this is an XML spreadsheet of Excel 2003
advice-excel-xml = Open it in a spreadsheet and save it as .xlsx.
reason-xml = this is XML
advice-xml = Have its source export CSV, JSON or .xlsx.
reason-pdf = this is a PDF
advice-pdf = A PDF has no rows and columns to rely on: ask for the spreadsheet it was made from.
reason-ofd = this is an OFD document
advice-ofd = It has no rows and columns to rely on: ask for the spreadsheet it was made from.
reason-word = this is a text document (Word, WPS Writer …)
advice-word = Copy its table into a spreadsheet and save that as .xlsx.
reason-powerpoint = this is a presentation
advice-powerpoint = Copy its table into a spreadsheet and save that as .xlsx.
reason-office = this is a file of an office program, and no spreadsheet
advice-office = Open it in its program and save the table as .xlsx.
reason-access = this is an Access database
advice-access = Export its table as CSV or .xlsx.
reason-sqlite = this is an SQLite database
advice-sqlite = Export its table as CSV.
reason-parquet = this is a Parquet file
advice-parquet = Export it as CSV or JSON Lines.
reason-encrypted = the file is protected by a password
advice-encrypted = Open it, remove the password, and save it again.
reason-ancient-excel = this is a workbook of Excel 4 or before
advice-ancient-excel = Open it in a spreadsheet and save it as .xlsx.
reason-xlsb = this is a binary workbook (.xlsb)
advice-xlsb = Open it in Excel and save it as .xlsx.
reason-rar = this is a RAR archive
advice-rar = Unpack it and give the folder; a ZIP can be read as it is.
reason-seven-zip = this is a 7z archive
advice-seven-zip = Unpack it and give the folder; a ZIP can be read as it is.
reason-packed = this is a packed file (gzip, bzip2, xz …)
advice-packed = Unpack it; a ZIP can be read as it is.
reason-image = this is a picture
advice-image = Text in pictures is not read: ask for the spreadsheet.
reason-program = this is a program
advice-program = Check that this is the file you meant.
reason-binary = full of control characters from byte { $byte } on; this is no text
advice-binary = Check that this is the file you meant; UTF-16 without a BOM needs --encoding utf-16le.
reason-no-encoding = byte { $byte } is neither UTF-8 nor GB18030 (GBK)
advice-no-encoding = If you know the encoding, name it with --encoding (big5, utf-16le …); else save it as “CSV UTF-8”.
reason-mixed-encodings = two encodings in one file: it changes at byte { $byte }
advice-mixed-encodings = Two files were put together, it seems: take them apart, or save all of it as UTF-8.
reason-not-as-told = byte { $byte } is not { $encoding }, as it was said to be
advice-not-as-told = Leave --encoding (or encoding in tongban.toml) out, or name another one.
reason-other-format = said to be { $told }, but it is { $found }
advice-other-format = Leave --input-format out: the format is recognised by content.
reason-internal = internal: the reader of this format broke down
advice-internal = Open it in a spreadsheet and save it again; if that does not help, report it.
reason-too-large = more than { $limit } bytes
advice-too-large = Split it by region.
reason-broken-zip = a damaged ZIP or .xlsx: it has no table of contents
advice-broken-zip = Download or export it again; a spreadsheet program may repair an .xlsx.
reason-zip-members = { $count } members; at most { $limit } are read
advice-zip-members = Unpack it, and give the folders one by one.
reason-zip-bytes = its lists inflate to more than { $limit } bytes
advice-zip-bytes = Unpack it and give the folder.
reason-zip-no-lists = no lists (CSV, JSON, TOML, XLSX …) in the archive
advice-zip-no-lists = See what it holds; an archive in an archive must be unpacked first.
reason-link = a link that leads out of the folder; not followed
advice-link = Name it by its own path if it is to be read.
reason-too-deep = more than { $limit } folders deep; not looked into
advice-too-deep = Name the inner folder itself.
reason-law-unknown = the library has no text of 《{ $title }》
advice-law-unknown = { $case ->
    [gone] It was repealed by { $titles }; to compare texts use --old OLD.md --new NEW.md.
    [near] Look at the title; alike are { $titles }.
   *[none] Look at the title, or name another library.
}
reason-laws-empty = there is no law text in this folder
advice-laws-empty = Law texts are .md files with articles as 第一条 …, each on a line of its own.
reason-law-encoding = no text, or in an encoding that cannot be read
advice-law-encoding = Save law texts as UTF-8 or GB18030; the others are read all the same.
reason-no-laws = no law library is named
advice-no-laws = Use --laws DIR, or write laws = "laws/" into tongban.toml.
reason-law-place = no article in { $place }
advice-law-place = Write 第四十二条; 第一款第二项 may follow.
reason-law-no-version = no known version was in force on that day; the first is from { $day }
advice-law-no-version = Take another day, or leave out --as-of.
reason-law-no-article = no { $place }; the last is { $last }{ $whole ->
    [no] ; the text is not whole
   *[yes] {""}
 }
advice-law-no-article = tongban law show TITLE lists the versions.
reason-law-no-paragraph = no { $place }; the article has { $count } paragraphs
advice-law-no-paragraph = Leave out paragraph and subparagraph to see the whole article.
reason-too-many-laws = more than { $limit } law texts
advice-too-many-laws = Name a folder that holds nothing but law texts.
reason-laws-folder = no such folder of law texts
advice-laws-folder = Name it with --laws, or correct laws in tongban.toml.
reason-index-foreign = there is a file that is no law index of tongban
advice-index-foreign = Name another file with -o, or move this one away.
reason-db-foreign = not a database of tongban of this kind
advice-db-foreign = Name a file that tongban wrote.
reason-db-newer = written by a newer tongban (format { $found }, known up to { $known })
advice-db-newer = Update tongban.
reason-db-damaged = the database is damaged or incomplete
advice-db-damaged = Use a sound copy, or make it anew.
reason-db-locked = the database is in use by another program
advice-db-locked = Try again when that program has ended.
reason-db-full = the disk is full
advice-db-full = Make room and try again; the file as it was is untouched.
reason-snapshot-none = there is no snapshot in it yet
advice-snapshot-none = Make one with tongban snapshot save.
reason-snapshot-unknown = there is no snapshot { $asked } (there are { $first } to { $last }, the oldest of { $from })
advice-snapshot-unknown = See which there are with tongban snapshot list.
reason-too-many-lists = more than { $limit } lists
advice-too-many-lists = Take fewer at a time, or name the folders to compare.
reason-stdin-twice = standard input (-) can be read only once
advice-stdin-twice = Give the others as files.
reason-output-twice = two outputs are the same file
advice-output-twice = Give every -o a file of its own.
reason-output-binary = { $format } cannot go to standard output
advice-output-binary = Write it to a file with -o NAME.
reason-min-index = is no number from 0 to 1
reason-pairwise-regions = { $count } regions are too many to hold each against each (at most { $most })
reason-history-html = only for the HTML report (-f html or -o FILE.html)
reason-output-format = cannot be written as { $format }; there are: { $known }
advice-min-index = An index is from 0 (uniform) to 1; --min-index 0.1 lists items with an index of 0.1 or more.
advice-pairwise-regions = name one with --region to see it against all others.
advice-history-html = add -f html, or leave --history out.
advice-output-format = Name a format with -f, or take another ending; a file name with a colon is written ./a:b.csv.
reason-output-ending = unknown ending .{ $ending }, nothing was written; there are: { $known }
advice-output-ending = Take another ending, or name a format with -f.
reason-encoding = unknown encoding { $name }
advice-encoding = For example utf-8, gb18030, gbk, big5, utf-16le, utf-16be.
reason-settings-encoding = byte { $byte } is not UTF-8
advice-settings-encoding = Save tongban.toml as UTF-8.
reason-unknown-key = there is no key `{ $key }`; known: { $known }
advice-unknown-key = Use a known key, or take the line out.
reason-missing-key = `{ $key }` is missing
advice-missing-key = Add the key.
reason-unknown-word = `{ $word }` is no value of { $key }; known: { $known }
advice-unknown-word = Check the spelling; `tongban explain` shows rules, elements and profiles.
reason-unknown-choice = { $key ->
    [value] `{ $word }` is none of the known values: { $known }
   *[other] `{ $word }` is no value of { $key }; known: { $known }
 }
advice-unknown-choice = Write one of them.
reason-whole-number = { $found } where a whole number from 0 to 4294967295 is wanted (without quotes)
advice-whole-number = Write a whole number, without sign and decimal point.
reason-wrong-type = a value of the wrong type: { $found ->
    [text] text
    [number] a number
    [list] a list
    [table] a table
    [boolean] true or false
    [date] a date
   *[other] { $found }
 } where { $wanted ->
    [text] text (in quotes)
    [number] a number (without quotes)
    [list] a list (such as ["a", "b"])
    [table] a table
    [boolean] true or false (without quotes)
    [date] a date
   *[other] { $wanted }
 } is wanted
advice-wrong-type = Write a value of the right type.
reason-negative-weight = a weight cannot be negative
advice-negative-weight = Write 0 or more; of an element that is not to be compared, compare = false.
reason-baseline-header = there is no column { $header }: this is no baseline file of tongban
advice-baseline-header = A baseline is written by `tongban baseline write`; `baseline` in tongban.toml and --baseline name that file.
reason-baseline-date = the expiry `{ $date }` is no date
advice-baseline-date = Write it as 2027-06-30, or leave it empty for none.
reason-baseline-cell = `{ $text }` cannot stand in the column { $header }, or stands there twice
advice-baseline-cell = Edit only owner, reason and expiry (负责人, 理由, 到期); the rest is written anew by `tongban baseline write`, which keeps those three.
reason-baseline-ragged = this row has more or fewer cells than the first: no baseline file of tongban, or a damaged one
advice-baseline-ragged = A baseline is written by `tongban baseline write`; a cell with a comma needs quotes.
reason-baseline-named = the baseline named under [lint] in { $manifest } does not exist
advice-baseline-named = Write it with `tongban baseline write`, or correct or take out `baseline` in { $manifest }.
reason-baseline-none = there is no such baseline
advice-baseline-none = Write it with `tongban baseline write`; --baseline names the file.
reason-lint-no-threshold = the rule { $rule } has no number to set; those that have: { $known }
advice-lint-no-threshold = Take the line out; to switch the rule off, name it in `ignore`.
reason-lint-twice = { $rule } is set twice
advice-lint-twice = A code and a name may be the same rule: keep one of them.
reason-lint-no-reason = the exception gives no reason
advice-lint-no-reason = Say in `reason` why it is one.
reason-lint-no-rules = the exception names no rules
advice-lint-no-rules = Name codes, names or families in `rules`, such as rules = ["TIM004"].
reason-lint-date = `{ $date }` is no date
advice-lint-date = Write expires = 2027-06-30.
reason-lint-pattern = `{ $pattern }` is no pattern of files
advice-lint-pattern = Write the file as seen from the folder of tongban.toml; * is any letters, ** any folders, and [ is written [[].
reason-lint-mixed = the settings of { $first } and { $second } differ, so they cannot be checked together
advice-lint-mixed = Check them one by one; or say whose settings count with --workspace, or none with --isolated.
reason-variance-empty = { $key } is empty
advice-variance-empty = ground is the legal ground, owner who answers for it; leave out region, item or element where any is meant.
reason-variance-everything = neither a region nor an item nor an element is named
advice-variance-everything = Name at least one of region, item and element: not every difference can be allowed.
reason-profiles-mixed = { $first } and { $second } name different profiles
advice-profiles-mixed = Run them one by one, or name one with --profile.
reason-fmt-incomplete = not all of it was read, so not one byte was changed
advice-fmt-incomplete = Correct what is said above, and run it again.
reason-fmt-proof = read again, it would not say exactly what it says now; nothing was written
advice-fmt-proof = The file is as it was; please report it.
reason-fmt-workbook = .xls and .ods are read, but not written
advice-fmt-workbook = Save it as .xlsx in a spreadsheet, and run it again.
reason-fmt-archive = files in an archive are read, but not written
advice-fmt-archive = Unpack it, and give the folder.
reason-fmt-signed = the workbook is signed, and would not be any more; nothing was written
advice-fmt-signed = Remove the signature, format, and sign again; or format the unsigned original.
reason-fmt-encoding = written back in this encoding, bytes would change that must not; nothing was written
advice-fmt-encoding = Save it as UTF-8, and run it again.
reason-fix-stdin = standard input has no file to write to
advice-fix-stdin = Name the file, or use --diff to see what would change.
reason-fmt-link = this is a link; writing would put a file in its place
advice-fmt-link = Name the file that the link leads to.
reason-fmt-no-file = not a regular file
advice-fmt-no-file = Read it with - from standard input; the result goes to standard output.
reason-fmt-read-only = the file is read-only; nothing was written
advice-fmt-read-only = If it is to be changed, make it writable first.
reason-fmt-names = the file has several names (hard links); writing would part them
advice-fmt-names = Copy it to a file of its own, and run it again.
reason-fmt-changed = another program changed the file since it was read; nothing was written
advice-fmt-changed = Close the program that has it open, and run it again.
reason-rule-code = an own rule cannot have the code { $code }
advice-rule-code = A code is capital letters (two, or four to eight) and one to four digits, as GZ001; three letters are kept for tongban.
reason-rule-name = { $name } is not how a rule is named
advice-rule-name = A name has lower-case letters, digits and hyphens, as promise-over-half.
reason-rule-twice = { $name } is taken already: { $first }
advice-rule-twice = Choose another code or name; tongban rules lists those that are taken.
reason-rule-element = there is no element or column { $name }
advice-rule-element = The elements: { $known }; the standard name of a column will do too.
reason-rule-pattern = the pattern { $pattern } cannot be used: { $why }
advice-rule-pattern = Write patterns in single quotes in TOML, so that a backslash stands for itself; there is no look-around and no back-reference.
reason-rule-check = { $code } has { $count } checks; it takes exactly one
advice-rule-check = Write one of forbidden, pattern, required, allowed, consistent_with (with pattern or forbidden in it), compare, unique, min_length or max_length.
reason-rule-compare = { $what } cannot be compared
advice-rule-compare = Time limits are compared with time limits, numbers with numbers; names, codes, fees and single choices have no order; write either with (an element) or value.
reason-rule-message = a message cannot say { $name }
advice-rule-message = A message is one line; in braces it may say: { $known }
reason-rule-value = { $name } has no value “{ $value }”
advice-rule-value = See the code list: tongban explain { $name }
word-error = error
word-hint = hint
did-you-mean = did you mean `{ $word }`?
incomplete = Part of the input was not read; the result speaks only of what was (exit code 2).
saved = wrote { $path }
encoding-guessed = { $file } { $count ->
    [one] names
   *[other] and others ({ $count } files) name
 } no encoding; read as { $encoding }. If the text looks wrong, name it with --encoding (big5, utf-16le …).
fmt-done = { $files } files checked, { $changed } rewritten, { $cells } cells in all.
fmt-would = { $files } files checked, { $changed } would be rewritten, { $cells } cells in all; nothing was written.
fmt-file = { $file }: { $cells } cells would be rewritten
fmt-left = { $why ->
    [encoding] { $count } cells stay: the file's encoding lacks a character that is to be written
    [formula] { $count } cells stay: computed by a formula
    [rich] { $count } cells stay: several fonts or readings in one cell
    [validated] { $count } cells stay: only a choice from a drop-down list may stand there
    [protected] { $count } cells stay: the sheet is protected
   *[notation] { $count } cells stay: written in the file in a way that is not changed (quotes out of place, TOML texts over several lines)
 }

cli-about = Finds where the same government-service item is handled differently from region to region
cli-after = Exit code: 0 clean; 1 findings or differences at or above --fail-on; 2 something was not read, or used wrongly.
cli-usage = Usage:
cli-commands = Commands:
cli-arguments = Arguments:
cli-options = Options:
cli-global = Global options:
cmd-report = N regions: where the same item is handled differently
cmd-diff = One region against another, element by element
cmd-lint = Check lists against the rules
cmd-export = Standardised guides (办事指南) as CSV, workbook, page, Markdown or JSON; or a draft of the unified directory
cmd-fmt = Write lists back in canonical notation (CSV, JSON, TOML, XLSX): same meaning, nothing else touched
cmd-init = Write tongban.toml for a folder, and say how each column was understood
cmd-inspect = How a file is read
cmd-explain = Explain an element, a rule, a profile, or limits
level-constitution = constitution
level-law = law
level-administrative-regulation = administrative regulation
level-state-council-decision = State Council decision
level-local-regulation = local regulation
level-department-rule = department rule
level-local-rule = local government rule
level-interpretation = judicial interpretation
level-normative-document = normative document
law-no-day = day unknown
law-version = { $day }{ $dated ->
    [yes] {" "}(in force from { $since })
   *[no] {""}
 }, { $count } articles
law-repealed = repealed{ $dated ->
    [yes] {" "}from { $day }
   *[no] {""}
 } by { $by }
law-no-text = no text in the library;{" "}
law-near = { $title }; titles like it: { $near }
law-lack-no-articles = no text in articles
law-lack-gap = not whole: lacks articles { $list }
law-lack-cut-off = does not end as laws do: may be cut off
law-lack-twice = articles that stand in it twice, with other words: { $list }
cmd-law = the law library: legal bases held against law texts
cmd-check = legal bases held against law texts: is there such an article, did it change, is it quoted as it stands
arg-law_all = list citations that nothing is wrong with, too
arg-law_top = list at most so many (0 for all)
arg-law_fail_on = exit with 1 when a citation is wrong, or never
progress-checking = checking the legal bases of { $count } rows
law-check-title = Legal bases held against law texts
law-scope = Scope
law-scope-value = { $citations } citations ({ $without } rows have none), { $laws } laws in the library, { $day ->
    [newest] newest versions
   *[other] versions in force on { $day }
}
law-rulings = Rulings
law-remarks = Besides
law-col-cited = Citation
law-col-ruling = Ruling
law-col-said = What is said
law-col-where = Where
law-more-places = { $count } more
law-ruling-confirmed = confirmed
law-ruling-no-such-place = no such article
law-ruling-renumbered = renumbered
law-ruling-changed = text changed
law-ruling-misquoted = misquoted
law-ruling-other-article = other article quoted
law-ruling-repealed = repealed
law-ruling-wrong-title = wrong title
law-ruling-ambiguous-title = ambiguous title
law-ruling-unverifiable = cannot be verified
law-ruling-but = { $ruling }, but
law-remark-number-contradicts = number contradicts
law-remark-level-wrong = wrong rank
law-remark-may-not-set-up = may not set up permits
law-remark-no-article = no article
law-remark-other-region = other region’s
law-remark-other-version = versions differ
law-no-article = no article is named
law-not-in-library = the law is not in the library: it cannot be verified
law-incomplete-text = the text of the law is not whole: it cannot be verified
law-no-such-text = what is quoted stands nowhere in the library (reworded, or of a version that it lacks): it cannot be verified
law-no-version = the library has no version that was in force then: it cannot be verified
law-no-place = no article is named: the law is known, nothing more can be verified
law-alike = { " " }(titles alike: { $titles })
cmd-show = the versions of a law, or one of its articles
arg-law_title = title of a law, as 行政许可法
arg-law_place = article, as 第四十二条; paragraph and subparagraph may follow
arg-laws = folder of law texts (Markdown), any number of times; else laws of tongban.toml
arg-as_of = the version in force on this day, as 2021-01-01; else the newest
progress-laws = reading law texts
cmd-index = an index of the law library (one SQLite file), so that not all texts are read each time
arg-law_index_output = the index; tongban-laws.db beside tongban.toml (else in the current folder) by default
progress-index = writing the index
index-written = { $file }: { $files } files, { $laws } laws, { $versions } versions
index-wanted = { $count } law texts were read one by one; run tongban law index once, and this is much faster.
index-stale = { $file } is not used: it is of other folders, or law texts or the program changed since; run tongban law index to make it anew.
index-unused = { $file } is not used: { $reason }; law texts are read one by one instead.
cmd-find = in which law, version and article a quotation stands
arg-law_quote = the quotation, of at least 16 characters without punctuation
law-find-nothing = Nothing found: shorter than { $least } characters without punctuation, or in no law of the library, or in too many of them.
cmd-impact = what an amendment of a law touches: which elements of which items
cmd-items = which items rest on which law; items without a basis; items that regions base on different laws
arg-impact_law = the law that was amended, as 文物保护法
arg-impact_from = old version: that of this day, or in force on it; else the one before the new one
arg-impact_to = new version: that of this day, or in force on it; else the newest
arg-impact_old = file of the old text (Markdown), instead of a library; together with --new
arg-impact_new = file of the new text (Markdown)
arg-impact_top = the most rows of each table in table and md; 0 for all
arg-impact_fail_on = exit with 1 where citations are touched; never for never
arg-items_law = only items that rest on this law: title or document number
arg-items_article = only items that rest on this article, as 第十二条, 第十二条第二款, 12
arg-items_none = only items that name no basis
arg-items_differing = only items that regions base on different laws
arg-items_top = the most rows in table and md; 0 for all
reason-law-one-version = of 《{ $title }》 the library has { $count ->
    [none] one version without a date
   *[other] one version ({ $days })
} and none before it
advice-law-one-version = Compare two files: --old OLD.md --new NEW.md.
reason-law-not-then = the library has no version of 《{ $title }》 that was in force on { $day }
advice-law-not-then = Its versions: { $days }.
reason-law-same-version = old and new side are the same version of 《{ $title }》
advice-law-same-version = Its versions: { $days }; name two of them with --from and --to.
reason-no-law-text = no article was found in the file
advice-no-law-text = Articles are written as 第一条 …, each on a line of its own.
impact-title = What the amendment of { $title } touches
impact-law = Law
impact-old = Old version
impact-new = New version
impact-edition = { $day ->
    [none] no date
   *[other] { $day }
}{ $in_force ->
    [none] {""}
   *[other] {" "}(in force from { $in_force })
}, { $articles } articles, { $file }{ $gaps ->
    [yes] ; the text is not whole: what is not in it may not be gone
   *[no] {""}
}
impact-comma = {", "}
impact-articles = Articles
impact-citations = Citations
impact-citations-value = { $touched } touched, in { $items } items of { $regions } regions ({ $rows } rows read)
impact-touched = Citations that are touched
impact-rest = Citations that are not touched, to be checked
impact-changes = Articles, old and new
impact-nothing = The articles of both versions are the same.
fate-same = same
fate-renumbered = renumbered
fate-changed = changed
fate-split = split
fate-merged = merged
fate-new = new
fate-gone = gone
fate-references-only = {" "}(only its references)
fate-and-renumbered = {" "}and renumbered
touch-gone = gone
touch-split = split
touch-merged = merged
touch-changed = text changed
touch-renumbered = renumbered
touch-whole-law = cites the law as a whole
touch-untouched-part = cited paragraph unchanged
touch-current = of the new version already
touch-no-such-place = in neither version
touch-unknown = cannot be told, text not whole
touch-same = same
items-scope = Scope
items-scope-value = { $regions } regions, { $items } items, { $rows } rows
items-found = Result
items-laws-value = { $laws } laws and documents
items-law-value = { $law }: { $items } items, { $regions } regions, { $citations } citations
items-none-value = { $rows } rows name no basis
items-differing-value = { $items } items that regions base on different laws; { $local } more differ in local regulations only
items-silent = Regions whose lists have no column of the basis
items-repealed = { $by ->
    [none] repealed
   *[other] repealed, see 《{ $by }》
}
items-unknown = not in the library
items-national = law of the country
items-local = local regulation
items-title-laws = Laws that items rest on
items-title-law = Items that rest on the law
items-title-none = Items that name no basis
items-title-differing = Items that regions base on different laws
col-old = Old
col-new = New
col-change = Change
col-alike = Alike
col-text = Text
col-citation = Citation
col-instead = Cite instead
col-law = Law
col-citations = Citations
col-level = Level
col-status = Status
col-body = Body
col-kind = Kind
cmd-rules = List the rules; test your own ones in rules/*.toml by their examples
cmd-help = Show help
arg-paths = A workspace (a folder with tongban.toml), a folder of lists, lists, a ZIP, or - (standard input); the current folder by default
arg-left = Left side: a file, a folder, a ZIP, - (standard input), a region of the workspace, or a snapshot (@3, @latest, @2026-11-01)
arg-right = Right side; without it a snapshot is held against the lists of today
arg-dir = The folder
arg-file = The file, a ZIP, or - (standard input)
arg-name = An element, a rule, a family of rules (TIM or TIME), a profile, or limits
arg-lang = Language: zh or en; the environment or the system decides by default
arg-profile = Profile: national-12, siji-sitong, hubei-8, supervision-15, or a .toml file of your own
arg-encoding = Encoding of text files: utf-8, gb18030, gbk, big5, utf-16le, utf-16be …; recognised by default
arg-input_format = Format of the input; recognised by content by default
arg-format = Output format; else by the ending of -o, else table
arg-output = Write to a file (CSV with a BOM, so that Excel opens it); never over an input
arg-lint_format = Format of standard output, full by default; with one -o PATH, the format of that file
arg-outputs = Write to a file: PATH (the format by its ending .csv .json .md .sarif .xlsx .xml, .xml being junit) or FORMAT:PATH such as sarif:out.sarif; may be repeated. With -o nothing goes to standard output, unless -f names a format for it. CSV has a BOM; never over an input
arg-statistics = Only the counts by rule, and how many of them can be fixed (table, json, csv, md)
arg-raw_csv = Leave cells of a CSV that begin with = + - @ as they are (by default a ' goes in front, so that no spreadsheet takes them for formulas)
arg-color = Colour: auto, always, never
arg-item = Only one item: its basic code, or a part of its name
arg-explain = For each difference, say what was folded and why
arg-what = write, prune (take out what was put right), stats
arg-baseline = The file of known findings; by default the one that tongban.toml names
cmd-baseline = Known findings, kept in a file: lint does not fail on them
arg-since = Only findings of rows that changed since an earlier version of the lists (a file, a folder or a workspace)
arg-fix = Put right what is a matter of notation (width of brackets, blanks, 〔〕 of document numbers, case of codes …) and report the rest; nothing that takes a decision
arg-unsafe_fixes = With --fix or --diff: change words too (20日 of a permit to 20个工作日); have a person look at them
arg-top = How many to list; 0 for all
arg-workspace = The workspace folder: to diff by region; to lint by its settings, not by the tongban.toml beside or above the list
arg-fail_on = From what on the exit code is 1
arg-select = Only these rules (code, name, family such as TIM, or all), separated by commas; select and ignore of tongban.toml do not count then
arg-ignore = Not these rules (named in the same way)
arg-isolated = Use the [lint] settings of no tongban.toml
arg-export_format = output format; else by the ending of -o, else csv (html with --one-file-per-item)
arg-export_output = write to a file (CSV with a BOM, so that Excel opens it); a folder with --one-file-per-item; never over an input
arg-export_region = only these regions (id or name), separated by commas or given several times
arg-export_item = only these items (code, or part of the name), separated by commas or given several times
arg-columns = only these elements, in this order: ids or Chinese names, separated by commas; also region_code, region_name, handling_code, source_file …
arg-one_file_per_item = one file per handling item (md, html, json), into the folder of -o, with a table of contents
arg-template = a layout of your own (Jinja; escaped for .html and .md); examples in examples/templates
arg-directory = instead of guides a draft of the unified directory from the regions' lists: what they agree on or most say, and what is open (csv, xlsx, json)
arg-force = Replace an existing tongban.toml
arg-check = Only check, write nothing; exit code 1 if a file would change
arg-diff = Only show the cells that would change, write nothing; exit code 1 if there are any
arg-unsafe = Also put in the names of the vocabulary (身份证 → 居民身份证, 个人 → 自然人)
arg-rules_do = list: all rules; test: own rules against their examples; a folder alone: its rules
arg-help = Show help
arg-version = Show the version

rules-no-bad = warning: { $code } { $name } has no bad example
rules-no-good = warning: { $code } { $name } has no good example
rules-not-found = { $code } { $name } does not find this bad example
rules-found = { $code } { $name } finds this good example
rules-not-read = { $code } { $name }: this example cannot be read as a row of a list
rules-tested = own rules: { $rules }, examples: { $count }, failed: { $failed }

# Uniformity (N regions), alignment, matching.
cmd-align = The smallest patch that brings a region into line with the reference, never worse for the applicant
cmd-match = Which items without a common code may be one: proposals with reasons, for a person to decide
arg-by = What is listed: items, regions or elements (table, md, csv, xlsx)
arg-element = Only this element (id or name)
arg-only_region = Only where this region (id or name) differs from the reference
arg-min_index = Only items whose index of non-uniformity is at least this (0 to 1)
arg-pairwise = For each pair of regions whether an item can be handled for each other, and the element that blocks it
arg-report_top = How many items to list; 0 for all (30 unless told, in html all)
arg-report_fail_on = Exit with 1 on: substantive differences, must-equal (what the law wants alike and is not), never
arg-reference = What regions are held against: the directory, the majority, a region (default: directory, else majority)
arg-dedupe = Count a list that is nearly a copy of another only once
arg-variances = The file of allowed differences (default: variance.toml of the workspace)
arg-matches = The file of a person's decisions (default: matches.csv of the workspace)
arg-all = Also list what came together by name
arg-to = What it is brought into line with
arg-apply = Write the changed lists as new files (list.csv → list.aligned.csv) beside the old ones, which stay as they are; under their own names into -o where that is a folder
arg-reverse = The patch back: from the changed to the old
arg-allow_worse = Also changes that are worse for the applicant (more papers, days, steps, fees)

# align
arg-align_region = Id or name of the region

# Decisions on pairs (matches.csv) and proposals of tongban match.
match-done = { $decided } pairs decided by a person, { $taken } taken, { $open } open. Write 是 (yes) or 否 (no) under 是否同一 and keep the file as matches.csv in the folder of the lists: every later run over that folder goes by it (also where files are named one by one, if all of them stand in that folder; for any other place use --matches).
kept-named = { $file } is no list and is not read as one
kept-beside = using { $file }
pairs-waiting = hint: { $count } pairs of items may be one, are not joined and wait for a person (equal names under other codes: { $code }; equal basis and papers under other names: { $grounds }; others: { $others }); see them with tongban match and the same paths
matches-unmet = { $file }:{ $row }: this decision meets no item ({ $left } / { $right }){ $region ->
    [no] { "" }
   *[other] ; the region { $region } is not read{ $near ->
        [no] { "" }
       *[other] {" "}(did you mean { $near }?)
    }
}
matches-unclear = { $file }:{ $row }: this decision meets several items of one region and was not used ({ $left } / { $right }); write the item's code
matches-idle = { $file }:{ $row }: this 是 (yes) changes nothing: both sides carry one code and are one item anyway, and no handling item of it is called like that ({ $left } / { $right }); to pair handling items write their codes, or the item's code and the name of the handling item
matches-carried = hint: { $count } decisions speak of regions that are not read this time (the first: { $file }:{ $row }, { $region }); they are applied to the lists that are read by the codes in them
matches-collide = { $lines }: not used: several items of one region would become one ({ $rows }). If they are one item, add a row with 是 (yes) that names them on both sides; if not, put the rows above right
matches-left-out = { $lines }: done; these rows carry the same code and were not joined with it, for one region would then be in it with two items, or against a 否 (no) ({ $rows }). Please check
reason-matches-header = there is no column { $header }
advice-matches-header = The columns are 左区域, 左事项, 右区域, 右事项, 是否同一, 说明; `tongban match -o matches.csv` writes such a file.
reason-matches-ragged = this row has more cells than there are headers
advice-matches-ragged = A cell with a comma needs quotes.
reason-matches-answer = `{ $text }` is neither 是 (yes) nor 否 (no)
advice-matches-answer = Under 是否同一 stands 是 or 否, or nothing where it is not decided.
reason-matches-empty = { $header } is empty
advice-matches-empty = Both sides need an item's code or name; a region may be left out and then stands for every region.
reason-matches-contradict = { $first } and { $second } contradict each other{ $more ->
    [no] { "" }
   *[other] , and { $more } more
}
advice-matches-contradict = One pair of items, also by way of others, cannot be both; correct one of the rows.
pairing-taken = taken
pairing-open = open
pairing-same-name = equal names
pairing-level = only the level differs
pairing-wording = only the wording differs
pairing-alike = names alike; only left: “{ $left }”, only right: “{ $right }”
pairing-same-type = equal types
pairing-other-type = other type
pairing-other-code = other codes of one system
pairing-same-code = equal codes, of which a person parted two others
pairing-same-grounds = equal legal basis (law and article) and equal papers
pairing-same-articles = equal legal basis down to the article (paragraphs differ or are not said), equal papers
pairing-one-item = handling items of one item that are called otherwise and are not compared with each other
pairing-several = another one is as likely
variance-expired = { $file }:{ $line }: warning: this variance expired on { $expires } (owner: { $owner }); { $cells } element values count again
variance-region = { $file }:{ $line }: warning: the region { $region } is not read in this run and not in tongban.toml{ $near ->
    [no] { "" }
   *[other] {" "}(did you mean { $near }?)
 }; this variance changes nothing
variance-elsewhere = warning: { $count } variances name regions that are not read in this run ({ $regions }{ $more ->
    [no] { "" }
   *[other] {" "}and { $more } more
 }); they change nothing here
variance-unused = { $file }:{ $line }: hint: this variance meets no difference (owner: { $owner })
copy-once = the list of { $region } repeats that of { $source } (at least { $least } items in common, { $share }% of them equal to the letter); it is counted once
copy-few = --dedupe-sources: { $regions }{ $more ->
    [no] { "" }
   *[other] {" "}and { $more } more
 } share fewer than { $least } handling items with other lists: too few to tell a copy, so each counts as usual
copy-hint = hint: the list of { $region } looks like a copy of that of { $source } (at least { $least } items in common, { $share }% of them equal to the letter); --dedupe-sources counts it once
# Report of N regions: heat maps, lists, filters (uniformity).
report-only = Listed below is only: { $list } (the figures above are of everything)
report-nothing-such = Nothing that differs fits these conditions.
report-gains = What bringing into line would gain ({ $count })
report-against = Items alike in all regions, but not as the basic directory ({ $count })
only-item = item { $item }
only-element = element { $element }
only-region = where { $region } differs from the reference
only-index = items of an index of at least { $index }
heat-items-title = Item × region
heat-elements-title = Element × region
heat-items = In so many elements the region differs from the reference: ░ 1  ▒ 2  ▓ 3–4  █ 5 or more; after ≠ those in which regions differ and there is no reference  . none  ○ only under a variance  ∅1 says nothing in 1 element where others do, differs in no other  ∅ nothing to compare is said  - does not have the item  ∪ undivided, compared as a whole
heat-elements = In so many items the region differs from the reference, as a share of its items: ░ below 5%  ▒ 5–15%  ▓ 15–30%  █ 30% or more; after ≠ those in which regions differ and there is no reference  . none  ○ only under a variance  ∅ and a number: says nothing in so many where others do, differs in no other  - nothing to compare
heat-more-regions = … and { $count } more regions that do not fit; shown are those that deviate most; --by region lists all, -o writes xlsx or csv
matrix-legend = In so many elements the region differs from the reference; after ≠ those in which regions differ and there is no reference; ○ only under a variance  ∅1 says nothing in 1 element where others do, differs in no other  ∅ nothing to compare is said  - does not have the item  ∪ undivided, compared as a whole
rows-cut = { $count } rows in the longest sheet, of which the first { $shown } are written
region-answer = Choose 采纳 (accepted), 不采纳 (declined) or 说明 (explained); the reasons go into the next column.
region-rank = index { $index }, { $rank } of { $count } regions
region-differs = Differs in { $items } items, { $cells } element values, { $open } of them without a reference{ $law ->
    [yes] ; of all its element values { $must } must be alike by law
   *[no] {""}
}
region-elements = Elements: { $list }
region-gains = Brought into line: { $list }
region-saving = Applicants would save, if all did as the best region: { $list }
element-rank = index { $index }, { $cells } compared, { $deviating } deviating
gain = { $region } in line on { $element } ({ $cells } element values) lowers the overall index by { $delta }
says-allowed = (variance: { $ground })
col-standing = By law
col-must-equal = Must be alike
note-joint = {", "}
regions-more = { $list } and { $count } more regions
note-tied = { $count } answers are as frequent as each other
note-paired = no common code; paired because: { $why } ({ $percent }%)
note-burden = burden differs: { $list }
note-best = ; least in { $regions }
progress-reading = Reading { $count } inputs …
progress-normalising = Normalising { $count } rows …
progress-comparing = Comparing { $count } regions …
progress-writing = Writing …
patch-title = Patch for alignment
patch-region = Region
patch-target = Brought into line with
patch-target-directory = the basic directory
patch-target-majority = the majority of regions
patch-target-best = the region with the least burden
patch-target-region = region { $id }
patch-changes = Changes
patch-changes-value = { $changed } ({ $cells_changed } cells); { $refused } more differ and are not changed, { $missing } cells say nothing here (nothing is invented), { $unknown } could not be read (not touched), { $allowed } are allowed differences; { $cells } cells were compared
patch-partly = Changed in part
patch-partly-value = { $count } of the changes; what is left stands among those that differ and are not changed
patch-saving = What applicants save
patch-borne = What applicants bear in addition
patch-nothing = Nothing to change: what could be compared says what the reference says.
patch-nothing-worse = Nothing is changed: what differs would be worse for the applicant, or might be, or is for a person to decide (each line says why). To change also what is worse, add --allow-worse.
patch-nothing-by-hand = Nothing is changed: what differs is not for this program to change (each line says why). Change the list by hand.
patch-refused = { $count } that differ and are not changed
patch-col-from = Now
patch-col-to = To be
patch-col-reason = Why
patch-col-saving = For applicants
patch-effect-better = better
patch-effect-equal = the same
patch-effect-worse = worse
patch-effect-unclear = cannot be told
patch-reason-align = differs from the reference (which { $agree } of { $speak } regions follow)
patch-reason-part = differs from the reference (which { $agree } of { $speak } regions follow); only the part that is not worse for the applicant
patch-reason-reverse = back to what it was
patch-reason-worse = not changed: worse for the applicant (--allow-worse changes it)
patch-reason-unclear = not changed: it cannot be told whether it is worse for the applicant (--allow-worse changes it)
patch-reason-divided = not changed: the region divides the item into handling items that do not say the same; a person must decide
patch-reason-reference-divided = not changed: the reference is itself divided (its bodies or handling items do not say the same), so there is no one text to follow; a person must decide
patch-reason-directory = not changed: the region says what the basic directory says, and the majority does not
patch-reason-limit = not changed: the promise would be longer than the limit; change the promise first
patch-reason-identity = not changed: codes are given out by whoever keeps the directory
patch-reason-type = not changed: the type of an item is laid down by law and the directory, not by a majority; use --to directory or --to region:ID
patch-reason-unapplied = not changed: the file, or the notation of this place in it (a formula, formatted text, records with keys of their own, an archive), is not surely written; of what stands in several cells all are written or none; to be done by hand
patch-reason-unwritten = not changed: no text in these columns of this list would be read as the same (a column that asks whether there is a fee does not take the fee, and an empty cell for it is not filled in); to be done by hand
patch-reason-entries = not changed: the entries of this list are records with keys of their own, and it is not clear under which keys the change would go; to be done by hand
patch-whole = the entries cannot be told apart here: the whole cell is replaced
patch-must-equal = must be alike by law
saving-materials = { $way ->
    [more] { $count } more papers
   *[less] { $count } fewer papers
 }
saving-originals = { $way ->
    [more] { $count } more originals
   *[less] { $count } fewer originals
 }
saving-copies = { $way ->
    [more] { $count } more copies
   *[less] { $count } fewer copies
 }
saving-issued = { $way ->
    [more] { $count } more papers that government itself issues
   *[less] { $count } fewer papers that government itself issues
 }
saving-steps = { $way ->
    [more] { $count } more steps
   *[less] { $count } fewer steps
 }
saving-days = { $way ->
    [more] { $count } working days more
   *[less] { $count } working days less
 }
saving-visits = { $way ->
    [more] { $count } more visits
   *[less] { $count } fewer visits
 }
saving-fee = { $way ->
    [more] { $count } yuan more
   *[less] { $count } yuan less
 }
align-refused = { $count } more differ and were not changed; -f table, md or json says why.
align-nothing = { $text } No file was written.
align-written = Written to { $path }: { $cells } cells
align-left = { $file }: { $count } changes were not written into the file; make them by hand after the patch (entries more or fewer, or a notation that is not surely written, in this kind of file)
align-compare = The old files are as they were; lists named .aligned are not read with a folder. To check: tongban diff { $old } { $new }
reason-align-exists = this file is there already and was not replaced
advice-align-exists = Move or delete it first, or name another folder that is there with -o.
reason-align-self = region { $region } cannot be brought into line with itself
advice-align-self = Name another region with --to region:ID, or use --to majority.
reason-align-reverse-apply = --reverse and --apply do not go together: --apply never changes the old file, so there is nothing to put back
advice-align-reverse-apply = To go back, delete the new file with .{ $mark } in its name: the old list is still there. For the patch that leads back, use --reverse alone.
reason-align-alone = no region beside { $region } was read
advice-align-alone = Name the lists of other regions too: tongban align A A.csv B.xlsx; where there is only the basic directory, use --to directory.
reason-align-no-directory = there is no basic directory to be brought into line with
advice-align-no-directory = Write directory = ["file"] into tongban.toml, or use --to majority.
reason-align-no-list = no list of region { $region } was read
advice-align-no-list = Check the files of this region in tongban.toml.
cmd-schema = JSON Schema of tongban.toml and the other settings (for editors), and of what is written as JSON
arg-schema_name = Which one, such as tongban, profile, lint; a list of all by default
arg-schema_output = Write to a file instead of standard output
cmd-completions = Completions for bash, zsh, fish, powershell or elvish
arg-shell = Which shell
arg-completions_output = Write to a file (with a BOM for powershell, which takes Chinese for garbage without) instead of standard output
cmd-man = Pages for man
arg-man_output = Write to this folder, a page for each command; by default the page of tongban goes to standard output
schema-settings = Settings:
schema-wire = Output as JSON (-f json):

# snapshots
cmd-snapshot = Snapshots: keep the state of all lists in one file, to compare with later
cmd-save = save a snapshot
cmd-list = list the snapshots
cmd-snapshot-show = where a snapshot comes from: time, message, digest, files that were read
cmd-verify = hold snapshots against their digests: whatever byte changed is found
cmd-snapshot-export = write the lists of a snapshot as plain files (CSV, JSONL, or one JSON)
cmd-prune = take old snapshots out, and give back the room that they alone needed
cmd-backup = write a whole copy
arg-snapshot_db = the file of snapshots; tongban.db beside tongban.toml (else in the current folder) by default
arg-snapshot_format = output format: table or json
arg-snapshot_message = message
arg-snapshot_date = the day of the snapshot (UTC), now by default; the environment variable SOURCE_DATE_EPOCH may say it too
arg-snapshot = snapshot: @3, @latest, @-1 (the one before the latest), @2026-11-01 (the newest of that day or before), FILE.db@3
arg-snapshot_output = a new folder: the lists, a tongban.toml and the settings of the workspace are written into it
arg-snapshot_lists = format of each list: csv or jsonl
arg-snapshot_keep = keep the newest so many
arg-snapshot_before = only those before this day go
arg-snapshot_dry = only say what would go
arg-snapshot_backup = the copy; must not be there yet
progress-saving = Saving { $count } rows …
progress-verifying = Checking …
col-snapshot = Snapshot
col-time = Time
col-message = Message
col-file = File
col-bytes = Bytes
col-sha = SHA-256
snapshot-digest = Digest
snapshot-profile = Profile
snapshot-vocabulary = Vocabularies
snapshot-rules = Rules
snapshot-current = (as today)
snapshot-other = (other than today)
snapshot-incomplete = Incomplete
snapshot-incomplete-why = something of the input could not be judged when it was saved
snapshot-saved = saved snapshot @{ $number }: { $rows } rows{ $new ->
    [yes] , { $texts } new texts
   *[no] , the same as there was
} ({ $file })
snapshot-sound = { $file }: { $count } snapshots checked, all sound
snapshot-unsound = { $file }: { $count } snapshots checked, not as saved: { $faults }
snapshot-prune-none = no snapshot to take out; there are { $kept }
snapshot-prune-would = would take out { $count } snapshots: { $numbers }; { $kept } stay
snapshot-pruned = took out { $count } snapshots: { $numbers }; { $kept } stay; the file went from { $before } to { $after } bytes
reason-snapshot-name = that names no snapshot
advice-snapshot-name = Write @3, @latest, @-1, @2026-11-01, or FILE.db@3.
reason-snapshot-unread = a file could not be read, so nothing was saved: without it, its items would look dropped
advice-snapshot-unread = Put the files that are named above right, and save again.
reason-snapshot-moved = the file changed while it was read
advice-snapshot-moved = Try again when the other program has saved it.
reason-diff-one-side = there is only one side
advice-diff-one-side = Name the other side; only a snapshot may stand alone: tongban diff @1 holds it against the lists of today.
reason-diff-no-region = no region is on both sides, so there is nothing to compare: on the left { $left }; on the right { $right }
advice-diff-no-region = Regions are matched by id: write the ids of the lists into tongban.toml, or give the lists a column 区域代码.
diff-lone-region = { $side ->
    [left] only on the left
   *[right] only on the right
 }: region { $region }, { $rows } rows
diff-one-of-several = { $side ->
    [left] { $left }
   *[right] { $right }
 } has several regions; only that of the other side is compared: { $region }
diff-pooled = { $side ->
    [left] { $left }
   *[right] { $right }
 } has several regions and none of the other side; they are compared all together
snapshot-fewer = this snapshot holds only { $now } regions of the { $before } of @{ $number }: log will say that the others are no longer there
snapshot-earlier = this snapshot is of an earlier day than @{ $number } ({ $day }); snapshots stand in the order in which they were saved, and @latest is the one saved last
reason-snapshot-folder = -o wants a folder
advice-snapshot-folder = Name a new folder, as -o snapshot; the lists are written into it.
reason-snapshot-fixed = a snapshot cannot be changed
advice-snapshot-fixed = Change the lists of today; of an old state take the lists out with tongban snapshot export first.
reason-folder-filled = there are files in the folder
advice-folder-filled = Name a new folder, or an empty one.
reason-backup-there = there is a file already; it was not replaced
advice-backup-there = Name another file, or move this one away.
csv-uncompared = { $count } items were not compared: their class is 未比较, and the column 规范值 says why

# Guides.
export-written = wrote { $count } guides to { $path }; the table of contents is { $index }
export-beside = { $file } stands beside the lists and will be read as one of them when the folder is read; move it elsewhere if that is not meant
export-draft = draft of the directory: { $items } items, { $open } of them with elements that are open (see the columns 未定要素 and 争议)
reason-export-no-folder = --one-file-per-item writes many files
advice-export-no-folder = Name a folder with -o, as -o guides

# History (tongban log, tongban blame)
cmd-log = History: which items came, went and changed from snapshot to snapshot, and whether regions converge
cmd-blame = Who says what of one element of one item, since which snapshot, and who made regions differ
arg-history_place = the file of snapshots, or the folder of its workspace; tongban.db of the current workspace by default
arg-history_item = the life of one item: its code or name
arg-report_history = show in the HTML report how the index went over the snapshots (tongban.db of the workspace, or --history=FILE.db)
arg-history_by = the index by element or by region, or every item that changed (item)
arg-history_between = which items converged and which diverged between two snapshots, as --between @1 @5
arg-history_stale = which items were not changed since this day
arg-history_stale_basis = items whose legal basis was amended or repealed after they were last changed (law texts: --laws, or laws in tongban.toml)
arg-history_top = the most rows in each table; 0 for all
arg-blame_item = code or name of the item
arg-blame_element = id or name of the element
progress-history = comparing { $count } snapshots …
history-log-title = Snapshots: { $count }
history-life-title = The life of an item
history-blame-title = { $element }: who said so, and since when
history-convergence-title = Between { $from } and { $to }
history-stale-title = Items not changed since { $day }
history-stale-basis-title = Items left as they were when their basis changed
history-index = Index
history-directory = directory
history-none = (does not have the item)
history-unsaid = (says nothing)
history-yardstick = All snapshots are read and compared by the profile, vocabularies and rules of today, so that they can be held against each other.
history-other = Saved under another yardstick than that of today ({ $what }): { $snapshots }.
yardstick-profile = profile
yardstick-vocabulary = vocabularies
yardstick-rules = rules
col-code = Code
col-case = Case
col-added = Added
col-dropped = Dropped
col-recoded = Recoded
col-changed = Changed
col-notation = Notation only
col-moved = Change
col-happened = Happened
col-says-today = Today
col-since = Since
col-basis-fate = Change of the basis
col-basis-day = Day of the change
col-before = Before
col-then = Then
col-now = Now
col-converged = Converged in
col-diverged = Diverged in
happened-from-start = There from the start
happened-came = Came
happened-went = Went
happened-recoded = Got another code
happened-changed = Changed
happened-notation = Notation only
blame-from-start = from { $snapshot } on (no snapshot before)
blame-from-directory = directory
blame-from-majority = majority
blame-from-region = region
blame-from-none = none
blame-reference = Reference ({ $from }): { $value }; ≠ deviates from it
phase-uniform = { $start ->
    [yes] { $today ->
        [yes] uniform all the time
       *[other] uniform until { $to }
      }
   *[other] { $again ->
        [yes] uniform again
       *[other] uniform
      } since { $from }{ $today ->
        [yes] { "" }
       *[other] { " " }until { $to }
      }
  }
phase-split = { $start ->
    [yes] split from the first snapshot on ({ $from })
   *[other] { $again ->
        [yes] split again
       *[other] split
      } since { $from }
  }{ $known ->
    [yes] { " " }by { $by }
   *[other] { "" }
  }{ $today ->
    [yes] { "" }
   *[other] { " " }until { $to }
  }
phase-single = fewer than two regions say anything since { $from }
phase-joint = { "; " }
convergence-sum = Index { $then } → { $now }; { $items } items are compared in both snapshots: { $converged } converged, { $diverged } diverged.
convergence-nothing = No item has another index.
col-directory-changes = Directory changed
history-no-changes = No item changed between snapshots.
history-all-regions = all regions
history-last-changes = Items of the latest change: { $snapshot } (all: --by item)
history-laid = The variances ({ $variances }) and decisions on pairs ({ $decisions }) of today are laid to all snapshots.
history-region-change = { $came ->
    [yes] { $snapshot }: { $region } joined ({ $rows } rows); its items are not counted as added one by one.
   *[no] { $snapshot }: { $region } is no longer there ({ $rows } rows before); its items are not counted as dropped one by one.
}
happened-added = added
happened-dropped = dropped
happened-case-came = case “{ $case }” added
happened-case-went = case “{ $case }” dropped
happened-in-case = { $what } ({ $case })
stale-unknown = { $day } is before the first snapshot ({ $first }): what was changed before it is not known. The latest snapshot has { $all } items of regions.
stale-sum = { $all } items of regions in the latest snapshot; { $count } of them were not changed since { $day } (notation only is no change).
stale-basis-sum = { $all } items of regions in the latest snapshot; the basis of { $count } of them was amended or repealed after they were last changed (notation only is no change; the day is that from which the change counts).
basis-amended = amended
basis-repealed = repealed by 《{ $by }》
