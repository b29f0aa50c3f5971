#!/usr/bin/env python3
"""Makes the hostile corpus: every file of `tests/hostile/files`, so that everybody sees how it came about.

    python3 tests/hostile/make.py           writes files/ (the same bytes on every machine with the same zlib)
    python3 tests/hostile/make.py --base    also makes base/good.xls anew (needs `pip install xlwt`)

It also writes base/good.*: one small good file per format, which `tests/mutations.rs` edits at random.

What is to come of each file stands in `expect.toml`. Files of more than 100 kB are built by `tests/dangers/hostile.rs` while it runs.
Must not be needed by any test: the files are committed.
"""

import struct
import sys
import zlib
from pathlib import Path

HERE = Path(__file__).parent
FILES = HERE / "files"
HEADER = "事项名称,基本编码,事项类型,法定办结时限,承诺办结时限"
ROW = "取水许可,000119001000,行政许可,20个工作日,10个工作日"
OTHER = "占道施工许可,000117024000,行政许可,20个工作日,5个工作日"
NAMES = HEADER.split(",")
CELLS = [ROW.split(","), OTHER.split(",")]


def save(name, data):
    if isinstance(data, str):
        data = data.encode()
    assert len(data) <= 100_000, (name, len(data))
    assert not (FILES / name).exists(), name
    (FILES / name).write_bytes(data)


def lines(*rows):
    return "".join(row + "\n" for row in rows)


# ---------------------------------------------------------------------------------------------------------------- CSV and TSV

def csv():
    good = lines(HEADER, ROW, OTHER)
    save("csv-good.csv", good)
    save("csv-quote-inside-a-cell.csv", lines(HEADER, ROW.replace("取水", '取"水'), OTHER))
    save("csv-quote-before-a-cell.csv", lines(HEADER, ROW.replace("取水", '"取水'), OTHER))
    save("csv-quote-behind-a-cell.csv", lines(HEADER, ROW.replace("许可,", '许可",', 1), OTHER))
    save("csv-quote-behind-the-last-cell.csv", good.rstrip("\n") + '"')
    save("csv-text-behind-a-closed-quote.csv", lines(HEADER, ROW.replace("取水", '"取水"'), OTHER))
    save("csv-space-before-quotes.csv", lines(HEADER, ROW.replace("000119001000", ' "000119001000"'), OTHER))
    save("csv-space-behind-quotes.csv", lines(HEADER, ROW.replace("000119001000", '"000119001000" '), OTHER))
    save("csv-two-stray-quotes.csv", lines(HEADER, ROW.replace("取水", '"取水'), OTHER, OTHER.replace("占道", '"占道')))
    save("csv-quote-in-the-header.csv", lines(HEADER.replace("基本编码", '基本"编码'), ROW, OTHER))
    save("csv-quote-never-closed.csv", lines(HEADER, ROW, OTHER.replace("占道", '"占道')))
    save("csv-one-quote.csv", '"')
    save("csv-quotes-only-odd.csv", '"' * 501)
    save("csv-quotes-only-even.csv", '"' * 500)
    save("csv-delimiters-only.csv", lines(*[",,,,"] * 50))
    save("csv-tabs-only.tsv", lines(*["\t\t\t\t"] * 50))
    save("csv-bom-only.csv", b"\xEF\xBB\xBF")
    save("csv-bom-twice.csv", b"\xEF\xBB\xBF\xEF\xBB\xBF" + good.encode())
    save("csv-bom-in-the-middle.csv", good.encode() + b"\xEF\xBB\xBF" + good.encode())
    save("csv-nul-in-a-cell.csv", lines(HEADER, ROW.replace("取水", "取\0水"), OTHER))
    save("csv-nul-in-a-code.csv", lines(HEADER, ROW.replace("000119001000", "0001\x0019001000"), OTHER))
    save("csv-nuls-only.csv", b"\0" * 1000)
    save("csv-nul-tail.csv", good.encode() + b"\0" * 512)
    save("csv-lone-cr.csv", good.replace("\n", "\r"))
    save("csv-mixed-endings.csv", HEADER + "\r\n" + ROW + "\n" + OTHER + "\r")
    save("csv-cr-cr-lf.csv", good.replace("\n", "\r\r\n"))
    save("csv-endings-inside-quotes.csv", lines(HEADER, ROW.replace("取水许可", '"取水\r\n许可"'), OTHER))
    save("csv-header-only.csv", lines(HEADER))
    save("csv-header-without-end.csv", HEADER)
    save("csv-header-twice-a-column.csv", lines(HEADER + ",基本编码", ROW + ",000119001999", OTHER + ","))
    save("csv-header-of-500-equal-names.csv", lines(",".join(["事项名称"] * 500), ",".join(["取水许可"] * 500)))
    save("csv-header-of-one-column.csv", lines("事项名称", "取水许可"))
    save("csv-header-of-nonsense.csv", lines("A,B,C", "1,2,3"))
    save("csv-columns-1024.csv", lines(HEADER + "".join(f",c{n}" for n in range(1019)), ROW + "," * 1019))
    save("csv-columns-2000.csv", lines(HEADER + "".join(f",c{n}" for n in range(1995)), ROW + ",x" * 1995))
    save("csv-column-behind-1024.csv", lines("".join(f"c{n}," for n in range(1100)) + HEADER, "x," * 1100 + ROW))
    save("csv-ragged.csv", lines(HEADER, ROW + ",多,出", OTHER, "取水许可,000119001000"))
    save("csv-control-characters.csv", lines(HEADER, ROW.replace("取水", "取\x1b[31m\x07\x7f\x9b水"), OTHER))
    save("csv-terminal-commands.csv", lines(HEADER.replace("事项类型", "类\x1b]0;title\x07型"), ROW.replace("行政许可", "\x1b]52;c;cm0gLXJm\x07"), OTHER))
    save("csv-vertical-tab-form-feed.csv", lines(HEADER, ROW.replace("取水", "取\x0b\x0c水"), OTHER))
    save("csv-ends-with-ctrl-z.csv", good + "\x1a")
    save("csv-direction-marks.csv", lines(HEADER, ROW.replace("取水", "取\u202e水\u2066"), OTHER.replace("占道", "\u200f占\u061c道")))
    save("csv-direction-marks-in-the-header.csv", lines(HEADER + ",\u202e注备", ROW + ",", OTHER + ","))
    save("csv-line-separators.csv", lines(HEADER, ROW.replace("取水", "取\u2028水\x85"), OTHER))
    save("csv-invalid-utf8-at-4321.csv", (lines(HEADER, ROW).encode() + b"#" * 5000)[:4321] + b"\xFF\xFF\n")
    save("csv-utf16-cut.csv", b"\xFF\xFE" + good.encode("utf-16-le")[:-1])
    save("csv-utf16-lone-surrogate.csv", b"\xFF\xFE" + good.encode("utf-16-le") + b"\x00\xD8\x41\x00")
    save("csv-utf16-without-bom.csv", good.encode("utf-16-le"))
    save("csv-utf32.csv", b"\xFF\xFE\x00\x00" + good.encode("utf-32-le"))
    save("csv-gb18030.csv", good.encode("gb18030"))
    save("csv-gb18030-cut.csv", good.encode("gb18030") + "取".encode("gb18030")[:1])
    save("csv-big5.csv", "事項名稱,基本編碼,事項類型\n取水許可,000119001000,行政許可\n".encode("big5"))
    save("csv-latin1.csv", "Straße,Größe,café\n1,2,3\n".encode("latin-1"))
    save("csv-formulas.csv", lines(HEADER, "=cmd|'/c calc'!A0,+1,-1,@SUM(1),=HYPERLINK(\"\"x\"\")".replace('""', "'"), OTHER))
    save("csv-cell-of-32768.csv", lines(HEADER + ",受理条件", ROW + "," + "a" * 32768))
    save("csv-separators-mixed.csv", lines(HEADER.replace(",", ";"), ROW, OTHER.replace(",", ";")))
    save("csv-commas-in-tabs.tsv", lines(HEADER, ROW).replace(",", "\t").replace("20个工作日", "20,个,工作日"))
    save("csv-stray-quote.tsv", lines(HEADER, ROW.replace("取水", '"取水'), OTHER).replace(",", "\t"))
    save("csv-spaces-only.csv", " \t \r\n" * 100)
    save("csv-web-page.csv", "<!DOCTYPE html><html><head><title>504 Gateway Time-out</title></head><body>nginx</body></html>\n")
    save("csv-header-on-line-31.csv", lines(*["说明"] * 30) + good)


# ------------------------------------------------------------------------------------------------------------- JSON, JSON Lines

def record(**changed):
    fields = {"事项名称": '"取水许可"', "基本编码": '"000119001000"', "事项类型": '"行政许可"', "承诺办结时限": '"10个工作日"'}
    fields.update({key: value for key, value in changed.items()})
    return "{" + ",".join(f'"{key}":{value}' for key, value in fields.items()) + "}"


def json():
    good = record()
    save("json-good.json", f"[{good}]\n")
    save("json-good.jsonl", lines(good, record(事项名称='"占道施工许可"', 基本编码='"000117024000"')))
    save("json-number-1e999999.json", f"[{record(承诺办结时限='1e999999')}]")
    save("json-code-1e999999.json", f"[{record(基本编码='1e999999')}]")
    save("json-code-of-10000-digits.json", f"[{record(基本编码='9' * 10000)}]")
    save("json-code-as-number.json", f"[{record(基本编码='119001000')}]")
    save("json-code-number-24.jsonl", lines(record(基本编码="110101199003069990000001"), good))
    save("json-duplicate-key.json", f'[{good[:-1]},"基本编码":"000119001999"}}]')
    save("json-duplicate-key-escaped.json", f'[{good[:-1]},"\\u57fa本编码":"000119001999"}}]')
    save("json-duplicate-key-in-material.json", '[' + good[:-1] + ',"申请材料":[{"材料名称":"甲","材料名称":"乙"}]}]')
    save("json-duplicate-key-in-envelope.json", f'{{"data":[{good}],"data":[]}}')
    save("json-lone-surrogate.json", f"[{record(事项名称=chr(34) + chr(92) + 'ud800' + chr(34))}]")
    save("json-lone-surrogate.jsonl", lines(record(事项名称=chr(34) + chr(92) + "udfff" + chr(34)), good))
    save("json-lone-surrogate-in-a-key.json", f'[{good[:-1]},"\\ud800":1}}]')
    save("json-nul-escape.json", f"[{record(事项名称=chr(34) + '取' + chr(92) + 'u0000水' + chr(34))}]")
    save("json-escape-escapes.json", f"[{record(事项名称=chr(34) + chr(92) + 'u001b[2J' + chr(92) + 'u202e取水' + chr(34))}]")
    save("json-broken-escape.json", f"[{record(事项名称=chr(34) + chr(92) + 'x41' + chr(34))}]")
    save("json-cut-escape.json", f"[{record(事项名称=chr(34) + chr(92) + 'u12' + chr(34))}]")
    save("json-raw-newline-in-text.json", f"[{record(事项名称=chr(34) + '取' + chr(10) + '水' + chr(34))}]")
    save("json-raw-nul-in-text.json", f"[{record(事项名称=chr(34) + '取' + chr(0) + '水' + chr(34))}]")
    save("json-garbage-behind.json", f"[{good}] garbage")
    save("json-two-documents.json", f"[{good}]\n[{good}]\n")
    save("json-cut.json", f"[{good},{good[:30]}")
    save("json-cut.jsonl", lines(good, record(基本编码='"000117024000"'))[:-20])
    save("json-web-page.json", "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>")
    save("json-web-page-between.jsonl", lines(good, "<html><body>502 Bad Gateway</body></html>", good))
    save("json-envelope-empty.json", '{"code":200,"msg":"ok","data":{"total":0,"list":[]}}')
    save("json-envelope-refused.json", '{"code":500,"msg":"没有权限","data":null}')
    save("json-envelope-nested-20.json", '{"data":' * 20 + f"[{good}]" + "}" * 20)
    save("json-empty-array.json", "[]")
    save("json-empty-object.json", "{}")
    save("json-array-of-empty-objects.json", "[{},{},{}]")
    save("json-mixed-array.json", f'[{good},1,"x",null,true,[{good}]]')
    save("json-mixed-array-object-last.json", f'["x",{good}]')
    save("json-two-tables.json", f'{{"a":[{good}],"b":[{good},{good}]}}')
    for name, text in [("null", "null"), ("true", "true"), ("number", "42"), ("text", '"text"'), ("minus", "-"), ("bracket", "["), ("brace", "{")]:
        save(f"json-only-{name}.json", text)
    save("json-bom.json", b"\xEF\xBB\xBF" + f"[{good}]".encode())
    save("json-utf16.json", b"\xFF\xFE" + f"[{good}]".encode("utf-16-le"))
    save("json-invalid-utf8.json", f"[{good}]".encode()[:-20] + b"\xFF\xFF" + b'"}]')
    save("json-comments.json", f"[ // a list\n{good} /* end */]")
    save("json-nan.json", f"[{record(承诺办结时限='NaN')}]")
    save("json-infinity.json", f"[{record(承诺办结时限='-Infinity')}]")
    save("json-single-quotes.json", f"[{good}]".replace('"', "'"))
    save("json-comma-behind-last.json", f"[{good},]")
    save("json-leading-zeros.json", f"[{record(基本编码='000119001000')}]")
    save("json-empty-key.json", f'[{good[:-1]},"":"x","  ":"y"}}]')
    save("json-key-of-escapes.json", f'[{good[:-1]},"\\u001b[31m\\u202e\\u0007\\u009b":"x"}}]')
    save("json-key-private-number.json", f'[{record(基本编码="{" + chr(34) + "$serde_json::private::Number" + chr(34) + ":" + chr(34) + "000119001000" + chr(34) + "}")}]')
    save("json-key-private-raw.json", f'[{record(基本编码="{" + chr(34) + "$serde_json::private::RawValue" + chr(34) + ":" + chr(34) + "[1,2" + chr(34) + "}")}]')
    save("json-record-private-number.json", '[{"$serde_json::private::Number":"1"},' + good + "]")
    save("json-5000-keys.json", f'[{good[:-1]},{",".join(f"{chr(34)}k{n}{chr(34)}:1" for n in range(5000))}}}]')
    save("json-cells-of-lists.json", f"[{record(事项名称='[[[' + chr(34) + '取水' + chr(34) + ']],{}]')}]")
    save("json-materials-of-everything.json", '[' + good[:-1] + ',"申请材料":[{"材料名称":"甲"},1,null,["x"],{"材料名称":{"a":[1]}}]}]')
    save("json-lines-of-arrays.jsonl", lines('[1,2]', '[3]'))
    save("json-lines-one-text.jsonl", lines(good, '"text"', "7", good))
    save("json-lines-with-blank-lines.jsonl", "\n\n" + good + "\r\n\r\n" + good.replace("9001", "9002") + "\n\n")
    save("json-lines-on-one-line.jsonl", good + good.replace("9001", "9002") + "\n")
    save("json-control-z.json", f"[{good}]\x1a")


# ------------------------------------------------------------------------------------------------------------------------ TOML

def toml():
    good = '[[item]]\n"事项名称" = "取水许可"\n"基本编码" = "000119001000"\n"事项类型" = "行政许可"\n"承诺办结时限" = "10个工作日"\n'
    change = lambda old, new: good.replace(old, new)
    save("toml-good.toml", good)
    save("toml-duplicate-key.toml", good + '"基本编码" = "000119001999"\n')
    save("toml-duplicate-table.toml", good + '[item.a]\nx = 1\n[item.a]\ny = 2\n')
    save("toml-dotted-key-of-60.toml", good + ".".join(["a"] * 60) + " = 1\n")
    save("toml-code-integer.toml", change('"000119001000"', "119001000"))
    save("toml-code-integer-too-large.toml", change('"000119001000"', "99999999999999999999999999"))
    save("toml-code-leading-zeros.toml", change('"000119001000"', "000119001000"))
    save("toml-float-1e999.toml", change('"10个工作日"', "1e999"))
    save("toml-inf-nan.toml", change('"10个工作日"', "nan") + "x = -inf\n")
    save("toml-dates.toml", change('"10个工作日"', "2024-05-10T08:00:00Z") + "生效日期 = 1979-05-27\n".replace("生效日期", '"生效日期"'))
    save("toml-date-impossible.toml", change('"10个工作日"', "2024-13-45"))
    save("toml-escape-surrogate.toml", change("取水", "\\ud800"))
    save("toml-escape-too-large.toml", change("取水", "\\UFFFFFFFF"))
    save("toml-escape-escapes.toml", change("取水", "\\u001b[2J\\u202e"))
    save("toml-nul.toml", change("取水", "取\0水"))
    save("toml-lone-cr.toml", good.replace("\n", "\r"))
    save("toml-mixed-array.toml", change('"取水许可"', '["取水许可", 1, [2, {a = 3}], 1979-05-27]'))
    save("toml-cut.toml", good[:-8])
    save("toml-text-never-closed.toml", change('"取水许可"', '"""取水许可'))
    save("toml-no-items.toml", '[[item]]\n[[item]]\n')
    save("toml-scalar-beside-items.toml", 'item = 1\n' + good)
    save("toml-a-manifest.toml", 'profile = "national-12"\n[[region]]\nid = "440000"\nfiles = ["../../../../etc/passwd"]\n')
    save("toml-empty-keys.toml", good + '"" = "x"\n"\\u001b[31m" = "y"\n')
    save("toml-invalid-utf8.toml", good.encode()[:-10] + b"\xFF\xFF\"\n")


# ------------------------------------------------------------------------------------------------------------------------- ZIP

def pack(entries, comment=b"", prefix=b"", end=None):
    """A ZIP archive in which everything can be lied about. An entry is a dict: name, data, and what to say otherwise than it is."""
    out, central = bytearray(prefix), bytearray()
    for entry in entries:
        name = entry["name"] if isinstance(entry["name"], bytes) else entry["name"].encode()
        data = entry["data"].encode() if isinstance(entry["data"], str) else entry["data"]
        method = entry.get("method", 8)
        if entry.get("packed") is not None:
            packed = entry["packed"]
        elif method == 8:
            squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
            packed = squeeze.compress(data) + squeeze.flush()
        else:
            packed = data
        flags = entry.get("flags", 0x800)
        said = entry.get("said_method", method)
        crc = entry.get("crc", zlib.crc32(data))
        size, packed_size = entry.get("size", len(data)), entry.get("packed_size", len(packed))
        at = entry.get("at", len(out))
        local_name, extra = entry.get("local_name", name), entry.get("extra", b"")
        out += struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, flags, said, 0, 0x21, crc, packed_size & 0xFFFFFFFF, size & 0xFFFFFFFF, len(local_name), len(extra))
        out += local_name + extra + packed
        central += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 0x031E, 20, flags, said, 0, 0x21, crc, packed_size & 0xFFFFFFFF, size & 0xFFFFFFFF, len(name), len(extra), 0, 0, 0, entry.get("mode", 0o100644) << 16, at)
        central += name + extra
    start = len(out)
    tail = end or struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(entries), len(entries), len(central), start, len(comment))
    return bytes(out + central + tail + comment)


def member(name, data, **lies):
    return {"name": name, "data": data, **lies}


def archives():
    good, other = lines(HEADER, ROW), lines(HEADER, OTHER)
    two = [member("甲区.csv", good), member("乙区.csv", other)]
    save("zip-good.zip", pack(two))
    save("zip-empty.zip", pack([]))
    save("zip-names-that-climb.zip", pack([member("../../../../tmp/tongban-climbed.csv", good), member("/tmp/tongban-climbed.csv", other), member("..\\..\\tongban-climbed.csv", good), member("C:\\tongban-climbed.csv", other)]))
    save("zip-names-in-gbk.zip", pack([member("甲区清单.csv".encode("gbk"), good, flags=0), member("乙区清单.csv".encode("gbk"), other, flags=0)]))
    save("zip-names-of-no-encoding.zip", pack([member(b"\xff\xfe\x80.csv", good), two[1]]))
    save("zip-name-with-nul.zip", pack([member(b"list.csv\0.png", good), two[1]]))
    save("zip-name-with-escapes.zip", pack([member("\x1b[31m\u202evsc.甲\x9b.csv", good), two[1]]))
    save("zip-name-of-42000.zip", pack([member("甲" * 14000 + ".csv", good)]))
    save("zip-name-empty.zip", pack([member("", good), two[1]]))
    save("zip-same-name-twice.zip", pack([member("list.csv", good), member("list.csv", other)]))
    save("zip-link.zip", pack([member("passwd.csv", "/etc/passwd", mode=0o120777, method=0), two[1]]))
    save("zip-folders-only.zip", pack([member("a/", b"", method=0, mode=0o040755), member("a/b/", b"", method=0, mode=0o040755)]))
    save("zip-encrypted.zip", pack([member("list.csv", b"\x13" * 12 + good.encode(), flags=0x801, method=0), two[1]]))
    save("zip-method-unknown.zip", pack([member("list.csv", good, method=0, said_method=77), two[1]]))
    save("zip-crc-wrong.zip", pack([member("list.csv", good, crc=0xDEADBEEF), two[1]]))
    save("zip-broken-deflate.zip", pack([member("list.csv", good, packed=b"\xff" * 40), two[1]]))
    save("zip-size-said-too-small.zip", pack([member("list.csv", good, size=10), two[1]]))
    save("zip-size-said-4-gib.zip", pack([member("list.csv", good, size=0xFFFFFFFE), two[1]]))
    save("zip-packed-size-beyond-end.zip", pack([member("list.csv", good, packed_size=0x7FFFFFFF), two[1]]))
    save("zip-zip64-lies.zip", pack([member("list.csv", good, size=0xFFFFFFFF, packed_size=0xFFFFFFFF, extra=struct.pack("<HHQQ", 1, 16, 1 << 62, 1 << 62)), two[1]]))
    save("zip-offset-beyond-end.zip", pack([member("list.csv", good, at=0x7FFFFFFF), two[1]]))
    save("zip-members-overlap.zip", pack([member(f"{n}.csv", good if n == 0 else b"", method=0, at=0, crc=zlib.crc32(good.encode()), size=len(good.encode()), packed_size=len(good.encode())) for n in range(5)]))
    whole = pack(two)
    save("zip-cut-in-half.zip", whole[: len(whole) // 2])
    save("zip-last-byte-missing.zip", whole[:-1])
    save("zip-end-only.zip", whole[-22:])
    save("zip-claims-65535-members.zip", pack(two, end=struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 65535, 65535, 200, 200, 0)))
    save("zip-directory-beyond-end.zip", pack(two, end=struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 2, 2, 0xFFFFFFF0, 0xFFFFFFF0, 0)))
    save("zip-behind-a-program.zip", pack(two, prefix=b"MZ" + b"\0" * 200))
    save("zip-comment.zip", pack(two, comment=b"PK\x05\x06" * 100))
    save("zip-nothing-to-read.zip", pack([member("picture.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50), member("readme.docx", b"PK")]))
    save("zip-picture-beside-list.zip", pack([member("picture.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50), two[0]]))
    save("zip-broken-list-beside-good.zip", pack([member("broken.csv", lines(HEADER, '"' + ROW)), two[1]]))
    save("zip-in-zip.zip", pack([member("inner.zip", whole, method=0), two[1]]))
    nest = whole
    for depth in range(30):
        nest = pack([member(f"{depth}.zip", nest)])
    save("zip-nested-30.zip", nest)
    bomb = pack([member("0.csv", b"0" * 8_000_000)])
    for level in range(4):
        bomb = pack([member(f"{level}-{n}.zip", bomb) for n in range(16)])
    save("zip-nested-bomb.zip", bomb)
    save("zip-bomb-20-mib.zip", pack([member("list.csv", lines(HEADER, ROW).encode() + b"0" * (20 << 20)), two[1]]))
    save("zip-workbook-inside.zip", pack([member("list.xlsx", workbook()), two[1]]))
    save("zip-of-json-and-toml.zip", pack([member("a.json", f"[{record()}]"), member("b.jsonl", record() + "\n")]))


# ------------------------------------------------------------------------------------------------------------------------ XLSX

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def letter(column):
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell(row, column, text, kind="inlineStr", style=""):
    ref = f"{letter(column)}{row}"
    if kind == "inlineStr":
        return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'
    kind = f' t="{kind}"' if kind else ""
    return f'<c r="{ref}"{kind}{style}><v>{text}</v></c>'


def row(number, texts):
    return f'<row r="{number}">' + "".join(cell(number, at, text) for at, text in enumerate(texts)) + "</row>"


GOOD_ROWS = row(1, NAMES) + row(2, CELLS[0]) + row(3, CELLS[1])


def sheet(rows=GOOD_ROWS, before="", behind="", prolog=XML):
    return f'{prolog}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheetData>{rows}</sheetData>{behind}</worksheet>'


def parts(sheets=None, names=("清单",), target="worksheets/sheet{n}.xml", mode="", **changed):
    """The parts of a workbook; `changed` replaces, drops (None) or adds parts, with `__` for `/` and `_dot_` for `.`."""
    sheets = [sheet()] if sheets is None else sheets
    entries = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    links = "".join(f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="{target.format(n=n)}"{mode}/>' for n in range(1, len(names) + 1))
    links += f'<Relationship Id="rIdS" Type="{OFFICE}/styles" Target="styles.xml"/><Relationship Id="rIdT" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    result = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        "xl/styles.xml": f'{XML}<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": shared(NAMES),
    }
    for n, text in enumerate(sheets, 1):
        result[f"xl/worksheets/sheet{n}.xml"] = text
    for name, value in changed.items():
        name = {"types": "[Content_Types].xml", "rels": "_rels/.rels", "book": "xl/workbook.xml", "links": "xl/_rels/workbook.xml.rels", "styles": "xl/styles.xml", "strings": "xl/sharedStrings.xml", "sheet1": "xl/worksheets/sheet1.xml"}[name]
        if value is None:
            del result[name]
        else:
            result[name] = value
    return result


def shared(texts, claim=None, before="", prolog=XML):
    claim = f'count="{len(texts)}" uniqueCount="{len(texts)}"' if claim is None else claim
    return f'{prolog}{before}<sst xmlns="{MAIN}" {claim}>' + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>"


def workbook(lies=None, **changed):
    lies = lies or {}
    return pack([member(name, data, **lies.get(name, {})) for name, data in parts(**changed).items()])


def xlsx():
    make = lambda name, **changed: save(f"xlsx-{name}.xlsx", workbook(**changed))
    with_rows = lambda name, rows, **more: make(name, sheets=[sheet(rows, **more)])
    by_index = "".join(cell(1, at, at, "s") for at in range(5))
    make("good")
    with_rows("shared-strings", f'<row r="1">{by_index}</row>' + row(2, CELLS[0]))
    # What the table of shared strings claims (threats, row 9), also where a hasty guard does not look.
    for name, claim in [("99999999999", 'uniqueCount="99999999999"'), ("2-64", 'uniqueCount="18446744073709551615"'), ("50000000", 'uniqueCount="50000000"'), ("negative", 'uniqueCount="-1"'), ("words", 'uniqueCount="many"'), ("count-only", 'count="99999999999"')]:
        make(f"strings-claim-{name}", strings=shared(NAMES, claim))
    make("strings-claim-twice", strings=shared(NAMES, 'uniqueCount="5" uniqueCount="99999999999"'))
    make("strings-claim-behind-a-comment", strings=shared(NAMES, 'uniqueCount="99999999999"', before='<!-- uniqueCount="5" -->'))
    make("strings-claim-behind-a-megabyte", strings=shared(NAMES, 'uniqueCount="99999999999"', before="<!--" + " " * (2 << 20) + "-->"))
    make("strings-claim-in-character-references", strings=shared(NAMES, 'uniqueCount="&#57;9999999999"'))
    make("strings-claim-in-capitals", strings=shared(NAMES, 'UNIQUECOUNT="5" uniqueCount="99999999999"'))
    make("strings-claim-second-table", strings=shared(NAMES) + f'<sst uniqueCount="99999999999"><si/></sst>')
    # Cells that are few and far between, and cells outside the grid (row 8).
    with_rows("sparse", GOOD_ROWS + f'<row r="1048576">{cell(1048576, 16383, "远")}</row>')
    with_rows("sparse-two-cells", '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    with_rows("outside-column", GOOD_ROWS + f'<row r="4">{cell(4, 0, "丙")}{cell(4, 16384, "外")}</row>')
    with_rows("outside-row", GOOD_ROWS + f'<row r="1048577">{cell(1048577, 0, "外")}{cell(1048577, 1, "000119001000")}</row>')
    with_rows("outside-row-16777217", GOOD_ROWS + f'<row r="16777217">{cell(16777217, 0, "外")}</row>')
    with_rows("row-4294967295", GOOD_ROWS + f'<row r="4294967295">{cell(4294967295, 0, "外")}</row>')
    with_rows("row-4294967296", GOOD_ROWS + f'<row r="4294967296">{cell(4294967296, 0, "外")}</row>')
    for name, ref in [("99999999999", "A99999999999"), ("zero", "A0"), ("negative", "A-1"), ("empty", ""), ("digits", "12"), ("letters", "ABC"), ("long-letters", "ZZZZZZZZZZZZZZ9"), ("lower", "a9"), ("dollar", "$A$9"), ("chinese", "甲9"), ("space", " A9")]:
        with_rows(f"cell-at-{name}", GOOD_ROWS + f'<row r="9"><c r="{ref}" t="inlineStr"><is><t>丙项</t></is></c></row>')
    for name, number in [("zero", "0"), ("negative", "-3"), ("empty", ""), ("words", "x")]:
        with_rows(f"row-number-{name}", GOOD_ROWS + f'<row r="{number}"><c t="inlineStr"><is><t>丙项</t></is></c></row>')
    with_rows("no-references", "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts) + "</row>" for texts in [NAMES, *CELLS]))
    with_rows("rows-backwards", row(3, CELLS[1]) + row(2, CELLS[0]) + row(1, NAMES))
    with_rows("cells-backwards", '<row r="1">' + "".join(cell(1, at, NAMES[at]) for at in reversed(range(5))) + "</row>" + row(2, CELLS[0]))
    with_rows("same-cell-twice", GOOD_ROWS + row(2, [text + "乙" for text in CELLS[0]]))
    # Missing parts, and sheets that point where they should not.
    make("no-workbook", book=None)
    make("no-links", links=None)
    make("no-types", types=None)
    make("no-styles", styles=None)
    make("no-sheet-part", sheet1=None)
    make("no-strings-part", sheets=[sheet(f'<row r="1">{by_index}</row>' + row(2, CELLS[0]))], strings=None)
    make("no-sheets", names=())
    make("sheet-points-nowhere", target="worksheets/none.xml")
    make("sheet-points-to-the-workbook", target="workbook.xml")
    make("sheet-points-to-the-strings", target="sharedStrings.xml")
    make("sheet-points-to-passwd", target="../../../../../../etc/passwd")
    make("sheet-points-to-passwd-absolute", target="file:///etc/passwd", mode=' TargetMode="External"')
    make("sheet-points-to-the-net", target="http://127.0.0.1:9/sheet.xml", mode=' TargetMode="External"')
    make("sheet-points-from-the-root", target="/xl/worksheets/sheet1.xml")
    make("sheet-link-missing", book=f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="清单" sheetId="1" r:id="rId77"/></sheets></workbook>')
    make("200-sheets-one-part", names=[f"表{n}" for n in range(200)], target="worksheets/sheet1.xml")
    make("same-sheet-name-twice", sheets=[sheet(), sheet(row(1, NAMES) + row(2, ["第二张的事项", *CELLS[1][1:]]))], names=("清单", "清单"))
    make("sheet-name-of-10000", names=("名" * 10000,))
    make("sheet-name-of-escapes", names=("&#27;[31m&#x202E;&#155;&#7;",))
    make("sheet-name-empty", names=("",))
    make("sheet-name-climbs", names=("../../etc/passwd",))
    # XML tricks (row 10).
    doctype = lambda inside: f'{XML}<!DOCTYPE x [{inside}]>'
    laughs = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    with_rows("billion-laughs", GOOD_ROWS.replace("取水许可", "&a9;"), prolog=doctype(laughs))
    with_rows("external-entity", GOOD_ROWS.replace("取水许可", "&x;"), prolog=doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'))
    with_rows("unknown-entity", GOOD_ROWS.replace("取水许可", "&nosuch;"))
    with_rows("parameter-entity", GOOD_ROWS, prolog=doctype('<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;'))
    with_rows("character-reference-too-large", GOOD_ROWS.replace("取水许可", "&#x110000;"))
    with_rows("character-reference-nul", GOOD_ROWS.replace("取水许可", "取&#0;水"))
    with_rows("character-references-of-escapes", GOOD_ROWS.replace("取水许可", "&#27;[2J&#x202E;取水&#x9b;"))
    make("entity-in-strings", strings=shared(["&nosuch;", *NAMES[1:]]), sheets=[sheet(f'<row r="1">{by_index}</row>' + row(2, CELLS[0]))])
    with_rows("elements-nested-20000", GOOD_ROWS + "<row><c>" + "<x>" * 20000 + "</x>" * 20000 + "</c></row>")
    with_rows("never-closed", GOOD_ROWS + '<row r="4"><c r="A4" t="inlineStr"><is><t>丙项')
    make("sheet-cut", sheets=[sheet()[:-300]])
    make("sheet-empty", sheets=[""])
    make("sheet-in-utf16", sheets=[sheet(prolog='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16")])
    make("sheet-in-gbk", sheets=[sheet(prolog='<?xml version="1.0" encoding="GBK"?>').encode("gbk")])
    make("sheet-invalid-utf8", sheets=[sheet().encode().replace("取水".encode(), b"\xff\xfe")])
    # Values that lie.
    index = lambda text: GOOD_ROWS + f'<row r="4">{cell(4, 0, text, "s")}{cell(4, 1, "000119001001")}</row>'
    for name, text in [("99999", "99999"), ("2-64", "18446744073709551616"), ("negative", "-1"), ("words", "x"), ("none", "")]:
        with_rows(f"string-index-{name}", index(text))
    number = lambda text, style="": GOOD_ROWS + f'<row r="4">{cell(4, 0, "丙项")}{cell(4, 1, "000119001001")}{cell(4, 3, text, "", style)}</row>'
    for name, text, style in [("nan", "NaN", ""), ("inf", "inf", ""), ("1e400", "1e400", ""), ("words", "abc", ""), ("date-1e308", "1e308", ' s="1"'), ("date-negative", "-1e15", ' s="1"'), ("date-nan", "NaN", ' s="1"'), ("date-2958466", "2958466", ' s="1"'), ("style-out-of-range", "20", ' s="4294967295"'), ("style-negative", "20", ' s="-1"')]:
        with_rows(f"number-{name}", number(text, style))
    with_rows("code-as-number", GOOD_ROWS + f'<row r="4">{cell(4, 0, "丙项")}{cell(4, 1, "1.1010119900306999E+23", "")}</row>')
    with_rows("type-unknown", number("20").replace('<c r="D4">', '<c r="D4" t="zz">'))
    with_rows("error-cell", GOOD_ROWS + f'<row r="4">{cell(4, 0, "#REF!", "e")}{cell(4, 1, "000119001001")}</row>')
    with_rows("iso-date-impossible", GOOD_ROWS + f'<row r="4">{cell(4, 0, "丙项")}{cell(4, 3, "9999-99-99T99:99:99", "d")}</row>')
    with_rows("formula-of-50000", GOOD_ROWS + f'<row r="4">{cell(4, 0, "丙项")}<c r="D4"><f>{"1+" * 25000}1</f><v>20</v></c></row>')
    with_rows("shared-formula-without-master", GOOD_ROWS + f'<row r="4">{cell(4, 0, "丙项")}<c r="D4"><f t="shared" si="4294967295"/><v>20</v></c></row>')
    with_rows("shared-formula-whole-grid", GOOD_ROWS + f'<row r="4">{cell(4, 0, "丙项")}<c r="D4"><f t="shared" ref="D4:XFD1048576" si="0">A1+1</f><v>20</v></c></row>')
    # Extents and merged blocks that lie.
    for name, ref in [("whole-grid", "A1:XFD1048576"), ("backwards", "D9:A1"), ("row-zero", "A0:D0"), ("empty", ""), ("words", "x:y:z"), ("huge", "A1:ZZZZZZZ99999999999")]:
        with_rows(f"dimension-{name}", GOOD_ROWS, before=f'<dimension ref="{ref}"/>')
        with_rows(f"merged-{name}", GOOD_ROWS, behind=f'<mergeCells count="1"><mergeCell ref="{ref}"/></mergeCells>')
    with_rows("merged-5000-overlapping", GOOD_ROWS, behind="<mergeCells>" + "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(2, 5002)) + "</mergeCells>")
    # The archive lies.
    lie = lambda name, part="xl/worksheets/sheet1.xml", **lies: save(f"xlsx-{name}.xlsx", workbook({part: lies}))
    lie("crc-wrong", crc=0xDEADBEEF)
    lie("says-stored-is-deflated", said_method=0)
    lie("says-deflated-is-stored", method=0, said_method=8)
    lie("method-unknown", said_method=99)
    lie("encrypted-flag", flags=0x801)
    lie("encrypted-flag-of-strings", part="xl/sharedStrings.xml", flags=0x801)
    lie("size-said-too-small", size=10)
    lie("zip64-lies", size=0xFFFFFFFF, packed_size=0xFFFFFFFF, extra=struct.pack("<HHQQ", 1, 16, 1 << 62, 1 << 62))
    lie("local-name-differs", local_name=b"xl/worksheets/sheet9.xml")
    entries = [member(name, data) for name, data in parts().items()]
    save("xlsx-same-part-twice.xlsx", pack([*entries, member("xl/worksheets/sheet1.xml", sheet(row(1, NAMES) + row(2, ["第二份的事项", *CELLS[1][1:]])))]))
    save("xlsx-parts-overlap.xlsx", pack([*entries, *[member(f"xl/worksheets/sheet{n}.xml", b"", at=0) for n in range(2, 40)]]))
    save("xlsx-names-in-capitals.xlsx", pack([member(name.upper(), data) for name, data in parts().items()]))
    save("xlsx-names-with-backslashes.xlsx", pack([member(name.replace("/", "\\"), data) for name, data in parts().items()]))
    save("xlsx-zip-inside.xlsx", pack([*entries, member("xl/embeddings/inner.zip", workbook(), method=0)]))
    save("xlsx-names-that-climb.xlsx", pack([*entries, member("../../../../tmp/tongban-climbed.xml", "x")]))
    whole = workbook()
    save("xlsx-cut-in-half.xlsx", whole[: len(whole) // 2])
    save("xlsx-last-byte-missing.xlsx", whole[:-1])
    save("xlsx-header-only.xlsx", b"PK\x03\x04")
    save("xlsx-binary-workbook.xlsb", pack([member("[Content_Types].xml", "<Types/>"), member("xl/workbook.bin", b"\x83\x01\x00"), member("xl/_rels/workbook.bin.rels", "<Relationships/>")]))
    save("xlsx-a-document.docx", pack([member("[Content_Types].xml", "<Types/>"), member("word/document.xml", "<w:document/>")]))


# ------------------------------------------------------------------------------------------------------------------------- ODS

def content(rows, prolog=XML, behind=""):
    names = "".join(f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in [("office", "office"), ("table", "table"), ("text", "text")])
    return f'{prolog}<office:document-content{names} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="清单">{rows}</table:table>{behind}</office:spreadsheet></office:body></office:document-content>'


def ods_cell(text, repeat="", kind='office:value-type="string"'):
    return f"<table:table-cell{repeat} {kind}><text:p>{text}</text:p></table:table-cell>"


def ods_row(texts, repeat=""):
    return f"<table:table-row{repeat}>" + "".join(ods_cell(text) for text in texts) + "</table:table-row>"


def ods_file(body, mime="application/vnd.oasis.opendocument.spreadsheet", manifest="", more=()):
    entries = [member("mimetype", mime, method=0)]
    if body is not None:
        entries.append(member("content.xml", body))
    spaces = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    entries.append(member("META-INF/manifest.xml", f'{XML}<manifest:manifest {spaces}><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{manifest}</manifest:file-entry></manifest:manifest>'))
    return pack([*entries, *more])


def ods():
    good = ods_row(NAMES) + ods_row(CELLS[0]) + ods_row(CELLS[1])
    make = lambda name, rows, **more: save(f"ods-{name}.ods", ods_file(content(rows, **more)))
    rows = lambda n: f' table:number-rows-repeated="{n}"'
    columns = lambda n: f' table:number-columns-repeated="{n}"'
    make("good", good)
    make("blank-to-the-end", good + f'<table:table-row{rows(1048573)}><table:table-cell{columns(16384)}/></table:table-row>')
    make("full-to-the-end", good + f'<table:table-row{rows(1048573)}>{ods_cell("满", columns(16384))}</table:table-row>')
    make("one-row-a-million-times", good + ods_row(["丙项", "000119001001"], rows(1048573)))
    make("one-cell-16384-times", good + f'<table:table-row>{ods_cell("丙项", columns(16384))}</table:table-row>')
    make("rows-repeated-2-62", good + ods_row(["丙项", "000119001001"], rows(1 << 62)))
    make("rows-repeated-2-64", good + ods_row(["丙项", "000119001001"], rows(1 << 64)))
    make("rows-repeated-negative", good + ods_row(["丙项", "000119001001"], rows(-5)))
    make("rows-repeated-zero", good + ods_row(["丙项", "000119001001"], rows(0)))
    make("rows-repeated-words", good + ods_row(["丙项", "000119001001"], rows("many")))
    make("columns-repeated-2-62", good + f'<table:table-row>{ods_cell("丙项", columns(1 << 62))}</table:table-row>')
    make("blank-repeated-2-62", good + f'<table:table-row{rows(1 << 62)}><table:table-cell{columns(1 << 62)}/></table:table-row>' + ods_row(["丙项", "000119001001"]))
    make("blanks-before-the-last-row", good + f'<table:table-row{rows(1048570)}><table:table-cell/></table:table-row>' + ods_row(["丙项", "000119001001"]))
    make("table-in-a-cell", good + f'<table:table-row><table:table-cell><table:table table:name="内">{good}</table:table></table:table-cell></table:table-row>')
    make("tables-nested-500", good + '<table:table-row><table:table-cell><table:table>' * 500 + "</table:table></table:table-cell></table:table-row>" * 500)
    make("no-rows", "")
    save("ods-no-tables.ods", ods_file(content("").replace('<table:table table:name="清单"></table:table>', "")))
    save("ods-no-content.ods", ods_file(None))
    save("ods-content-empty.ods", ods_file(""))
    save("ods-content-cut.ods", ods_file(content(good)[:-200]))
    save("ods-content-not-xml.ods", ods_file("not xml at all"))
    save("ods-mimetype-of-a-text.ods", ods_file(content(good), mime="application/vnd.oasis.opendocument.text"))
    save("ods-encrypted.ods", ods_file(bytes(range(256)) * 4, manifest='<manifest:encryption-data manifest:checksum="x"/>'))
    laughs = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    make("billion-laughs", good.replace("取水许可", "&a9;"), prolog=f"{XML}<!DOCTYPE x [{laughs}]>")
    make("external-entity", good.replace("取水许可", "&x;"), prolog=f'{XML}<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    make("spaces-repeated-2-31", good.replace("取水许可", '取水<text:s text:c="2147483647"/>许可'))
    make("number-words", good + f'<table:table-row>{ods_cell("丙项")}{ods_cell("x", "", "office:value-type=" + chr(34) + "float" + chr(34) + " office:value=" + chr(34) + "abc" + chr(34))}</table:table-row>')
    make("code-as-number", good + f'<table:table-row>{ods_cell("丙项")}{ods_cell("119001001", "", "office:value-type=" + chr(34) + "float" + chr(34) + " office:value=" + chr(34) + "119001001" + chr(34))}</table:table-row>')
    make("date-impossible", good + f'<table:table-row>{ods_cell("丙项")}{ods_cell("x", "", "office:value-type=" + chr(34) + "date" + chr(34) + " office:date-value=" + chr(34) + "9999-99-99" + chr(34))}</table:table-row>')
    make("escapes", good.replace("取水许可", "&#27;[2J&#x202E;取水&#x9b;"))
    save("ods-flat.fods", content(good))


# ------------------------------------------------------------------------------------------------------------------------- XLS

def make_base_xls():
    import xlwt
    book = xlwt.Workbook()
    page = book.add_sheet("清单")
    for r, texts in enumerate([NAMES, *CELLS]):
        for c, text in enumerate(texts):
            page.write(r, c, text)
    page.write(3, 0, "丙项")
    for c, value in [(1, "000119001001"), (3, 20), (4, 10.5)]:
        page.write(3, c, value)
    page.write(4, 0, "丁项")
    page.write(4, 1, "000119001002")
    page.write(4, 3, xlwt.Formula("10+10"))
    (HERE / "base").mkdir(exist_ok=True)
    book.save(str(HERE / "base/good.xls"))


def records(data, start=512):
    """(offset, kind, length) of the records of the workbook stream, which xlwt writes in one piece behind the header."""
    at = start
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        if kind == 0 and length == 0:
            return
        yield at, kind, length
        at += 4 + length


def xls():
    good = (HERE / "base/good.xls").read_bytes()
    save("xls-good.xls", good)

    def patch(name, *edits):
        data = bytearray(good)
        for at, form, *values in edits:
            struct.pack_into(form, data, at, *values)
        save(f"xls-{name}.xls", bytes(data))

    def first(kind, nth=0):
        return [at for at, k, _ in records(good) if k == kind][nth]

    sector = lambda n: 512 + 512 * n
    fat, directory = struct.unpack_from("<I", good, 76)[0], struct.unpack_from("<I", good, 48)[0]
    save("xls-signature-only.xls", good[:8])
    save("xls-header-only.xls", good[:512])
    for share in (3, 2):
        save(f"xls-cut-1-{share}.xls", good[: len(good) // share])
    save("xls-last-sector-missing.xls", good[:-512])
    save("xls-header-cut.xls", good[:100])
    # The file system inside (CFB).
    patch("sector-size-2-31", (30, "<H", 31))
    patch("sector-size-2-65535", (30, "<H", 65535))
    patch("sector-size-1", (30, "<H", 0))
    patch("small-sector-size-2-63", (32, "<H", 63))
    patch("byte-order-swapped", (28, "<H", 0xFFFE ^ 0xFFFF))
    patch("table-sectors-4-billion", (44, "<I", 0xFFFFFFFF))
    patch("extra-table-loops", (68, "<I", 0), (72, "<I", 0xFFFFFFFF))
    patch("table-beyond-end", (76, "<I", 0x7FFFFFF0))
    patch("directory-beyond-end", (48, "<I", 0x7FFFFFF0))
    patch("directory-is-the-stream", (48, "<I", 0))
    patch("stream-loops-at-once", (sector(fat), "<I", 0))
    patch("stream-loops-back", (sector(fat) + 4 * 3, "<I", 1))
    patch("stream-beyond-end", (sector(fat) + 4 * 3, "<I", 0x00FFFFFF))
    patch("stream-ends-early", (sector(fat) + 4 * 2, "<I", 0xFFFFFFFE))
    patch("directory-loops", (sector(fat) + 4 * directory, "<I", directory))
    patch("small-table-beyond-end", (60, "<I", 0x7FFFFFF0), (64, "<I", 1000))
    name = good.index("Workbook".encode("utf-16-le"))
    patch("stream-size-2-63", (name + 120, "<Q", (1 << 63) - 1))
    patch("stream-size-4-gib", (name + 120, "<Q", 0xFFFFFFF0))
    patch("stream-size-zero", (name + 120, "<Q", 0))
    patch("stream-renamed", (name, "<H", ord("V")))
    patch("stream-name-length-65535", (name + 64, "<H", 65535))
    patch("stream-start-beyond-end", (name + 116, "<I", 0x7FFFFFF0))
    # The records inside (BIFF).
    at = first(0x0200)
    patch("dimensions-4-billion-rows", (at + 4, "<IIHH", 0, 0xFFFFFFFF, 0, 0xFFFF))
    patch("dimensions-backwards", (at + 4, "<IIHH", 50, 3, 9, 1))
    patch("dimensions-cut", (at + 2, "<H", 3))
    at = first(0x0085)
    patch("sheet-offset-beyond-end", (at + 4, "<I", 0x7FFFFFFF))
    patch("sheet-offset-zero", (at + 4, "<I", 0))
    patch("sheet-offset-odd", (at + 4, "<I", struct.unpack_from("<I", good, at + 4)[0] + 3))
    patch("sheet-name-length-255", (at + 10, "<B", 255))
    patch("sheet-hidden", (at + 8, "<B", 2))
    at = first(0x00FC)
    length = struct.unpack_from("<H", good, at + 2)[0]
    patch("strings-claim-4-billion", (at + 4, "<II", 0xFFFFFFFF, 0xFFFFFFFF))
    patch("strings-claim-2-31", (at + 4, "<II", 0x7FFFFFFF, 0x7FFFFFFF))
    patch("strings-claim-zero", (at + 4, "<II", 0, 0))
    patch("string-length-65535", (at + 12, "<H", 65535))
    patch("string-rich-and-extended", (at + 14, "<B", 0x0D))
    patch("strings-record-longer-than-file", (at + 2, "<H", 65535))
    patch("strings-record-cut", (at + 2, "<H", 10))
    at = first(0x00FD)
    patch("string-index-4-billion", (at + 10, "<I", 0xFFFFFFFF))
    patch("cell-at-65535", (at + 4, "<HH", 65535, 65535))
    patch("cell-record-cut", (at + 2, "<H", 4))
    patch("cell-record-empty", (at + 2, "<H", 0))
    patch("cell-record-longer-than-file", (at + 2, "<H", 65535))
    patch("cell-style-65535", (at + 8, "<H", 65535))
    at = first(0x0006)
    patch("formula-says-text-follows", (at + 10, "<BBBBBBH", 0, 0, 0, 0, 0, 0, 0xFFFF))
    patch("formula-length-65535", (at + 24, "<H", 65535))
    patch("formula-value-nan", (at + 10, "<Q", 0x7FF8000000000001))
    numbers = [(a, k, n) for a, k, n in records(good) if k in (0x027E, 0x0203, 0x00BD)]
    at, kind, _ = numbers[0]
    patch("number-becomes-many-backwards", (at, "<HHHHHH", 0x00BD, 10, 3, 9, 0, 2))
    patch("number-becomes-error", (at, "<HHHHHBB", 0x0205, 8, 3, 3, 15, 255, 1))
    patch("encrypted", (first(0x0042), "<H", 0x002F))
    patch("old-version-of-records", (512 + 4, "<H", 0x0200))
    patch("first-record-is-no-start", (512, "<H", 0x1234))
    patch("no-end-record", (first(0x000A), "<H", 0x1234))
    end = [at for at, k, _ in records(good) if k == 0x000A]
    patch("code-page-65535", (first(0x0042) + 4, "<H", 65535))
    assert len(end) == 2 and length > 20


# ---------------------------------------------------------------------------------------------------------------------- others

def others():
    save("other-empty", b"")
    for byte in (0x00, 0x0A, 0x22, 0x2C, 0x5B, 0x7B, 0x50, 0xD0, 0xEF, 0xFF):
        save(f"other-byte-{byte:02x}", bytes([byte]))
    save("other-picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    save("other-picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    save("other-page.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n")
    save("other-page-without-bytes.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n")
    save("other-program", b"\x7fELF\x02\x01\x01" + b"\0" * 9 + bytes(range(256)))
    save("other-packed.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + zlib.compress(lines(HEADER, ROW).encode())[2:-4])
    save("other-database.sqlite", b"SQLite format 3\0" + b"\x10\0\x01\x01\0\x40\x20\x20" + b"\0" * 80)
    save("other-letter.rtf", b"{\\rtf1\\ansi{\\fonttbl\\f0\\fswiss Helvetica;}\\f0\\pard a list\\par}")
    save("other-7z.7z", b"7z\xbc\xaf\x27\x1c\0\x04" + bytes(range(200)))
    save("other-rar.rar", b"Rar!\x1a\x07\x01\0" + bytes(range(200)))
    save("other-noise", bytes((n * n * 31 + n * 7 + 13) >> 3 & 255 for n in range(4096)))
    save("other-web-table.xls", f'<html><body><table><tr>{"".join(f"<td>{name}</td>" for name in NAMES)}</tr></table></body></html>')
    save("other-spreadsheet-2003.xml", f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table/></Worksheet></Workbook>')
    save("other-workbook-named.csv", workbook())
    save("other-list-named.xlsx", lines(HEADER, ROW))
    save("other-list-named.json", lines(HEADER, ROW))


# ------------------------------------------------------------------------------------------------------- good files to be edited

def bases():
    wide = HEADER + ",受理条件,申请材料,收费"
    cells = [f"{ROW},\"1.有取水地点；\n2.有\"\"计量\"\"设施\",申请书；营业执照,不收费", f"{OTHER},有施工方案,,每件50元", "丙项,000119001001,行政许可,20,10,,,"]
    base = lambda name, data: (HERE / "base" / name).write_bytes(data.encode() if isinstance(data, str) else data)
    table = "说明：本表一式两份\n\n" + lines(wide, *cells, "合计,,3")
    base("good.csv", table)
    base("good.tsv", table.replace(",", "\t").replace("\n", "\r\n"))
    material = ',"申请材料":[{"材料名称":"申请书","份数":2,"来源":null},{"材料名称":"营业执照","x":{"y":[1.5e3,true]}}],"\\u5907\\u6ce8":"\\ud83d\\ude00"}'
    records = [record()[:-1] + material, record(事项名称='"占道施工许可"', 基本编码='"000117024000"'), record(事项名称='"丙项"', 承诺办结时限="20")]
    base("good.json", '{"code":200,"data":{"total":3,"list":[\n' + ",\n".join(records) + "\n]}}\n")
    base("good.jsonl", lines(*records))
    item = '[[item]]\n"事项名称" = "取水许可"\n"基本编码" = "000119001000"\n"承诺办结时限" = "10个工作日"\n'
    base("good.toml", "# 清单\n" + item + '"受理条件" = """\n1.有取水地点；\n2.有计量设施"""\n[[item.materials]]\n"材料名称" = "申请书"\nn = 2\n' + item.replace("9001", "9002") + 'days = [1, 2.5, 1979-05-27, {a = true}]\nx.y."z" = \'literal\'\n')
    by_index = '<row r="2">' + "".join(cell(2, at, at, "s") for at in range(5)) + "</row>"
    rows = row(1, ["实施清单"]) + by_index + row(3, CELLS[0]) + row(4, CELLS[1])
    rows += f'<row r="5" hidden="1">{cell(5, 0, "丙项")}{cell(5, 1, "119001001", "")}<c r="D5"><f>10+10</f><v>20</v></c>{cell(5, 4, "45000.5", "", chr(32) + "s=" + chr(34) + "1" + chr(34))}</row>'
    rows += f'<row r="6">{cell(6, 0, "丁项")}{cell(6, 1, "1", "b")}{cell(6, 2, "#N/A", "e")}<c r="D6" t="str"><f t="shared" ref="D6:D9" si="0">A1</f><v>x</v></c><c r="E6" t="d"><v>2024-05-10</v></c></row>'
    page = sheet(rows, before='<dimension ref="A1:E6"/>', behind='<mergeCells count="2"><mergeCell ref="A1:E1"/><mergeCell ref="A3:A4"/></mergeCells>')
    base("good.xlsx", workbook(sheets=[page, sheet(row(1, ["说明"]))], names=("清单", "说明"), strings=shared([*NAMES[:4], "<r/>"]).replace("<t><r/></t>", "<r><t>承诺</t></r><r><t>办结时限</t></r>")))
    odf = ods_row(["实施清单"]) + ods_row(NAMES) + ods_row(CELLS[0]) + ods_row(CELLS[1])
    odf += f'<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>{ods_cell("20", "", "office:value-type=" + chr(34) + "float" + chr(34) + " office:value=" + chr(34) + "20" + chr(34))}<table:covered-table-cell/></table:table-row>'
    odf += ods_row(["丙项<text:s text:c=\"2\"/>二", "000119001001"])
    base("good.ods", ods_file(content(odf)))
    base("good.zip", pack([member("甲区.csv", table), member("乙区.json", f"[{record()}]"), member("丙区/清单.xlsx", workbook())]))


if __name__ == "__main__":
    if "--base" in sys.argv:
        make_base_xls()
    FILES.mkdir(exist_ok=True)
    for old in FILES.iterdir():
        old.unlink()
    for part in (csv, json, toml, archives, xlsx, ods, xls, others):
        part()
    bases()
    sizes = [file.stat().st_size for file in FILES.iterdir()]
    print(f"{len(sizes)} files, {sum(sizes):,} bytes")
