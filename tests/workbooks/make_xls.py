"""Makes the old workbooks of these tests: `pip install xlwt; python make_xls.py`. The files are kept beside this script."""

import datetime
import os

import xlwt

HERE = os.path.dirname(os.path.abspath(__file__))
HEADERS = ["事项名称", "基本编码", "事项类型", "法定办结时限", "承诺办结时限"]


def rows(sheet, first, rows):
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(first + at, column, value)


def plain():
    """Headers on the third row, a merged block, hidden content, a formula, an error, numbers, dates, percentages, 是/否."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("清单")
    sheet.write_merge(0, 0, 0, 4, "某市实施清单")
    rows(sheet, 2, [HEADERS + ["办理时间", "数量限制", "是否网办"]])
    rows(
        sheet,
        3,
        [
            ["取水许可", "000119001000", "行政许可", None, 10],
            ["河道采砂许可", "000119002000", "行政许可", None, 5.5],
            ["隐藏的许可", "000119003000", "行政许可", "7工作日", 3],
        ],
    )
    sheet.write_merge(3, 4, 3, 3, "20工作日")
    sheet.write(3, 5, datetime.date(2024, 5, 10), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.write(4, 5, datetime.datetime(2024, 5, 10, 8, 30), xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM"))
    sheet.write(3, 6, 0.5, xlwt.easyxf(num_format_str="0%"))
    sheet.write(4, 6, 0.125, xlwt.easyxf(num_format_str="0.0%"))
    sheet.write(3, 7, True)
    sheet.write(4, 7, False)
    sheet.write(5, 7, xlwt.Formula("1/0"))
    sheet.row(5).hidden = True
    sheet.col(2).hidden = True
    hidden = book.add_sheet("旧版")
    hidden.visibility = 1
    rows(hidden, 0, [HEADERS, ["旧的许可", "000119009000", "行政许可", "5工作日", "1"]])
    book.save(os.path.join(HERE, "plain.xls"))


def many():
    """So many shared strings that they go over the ends of records."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("清单")
    rows(sheet, 0, [HEADERS])
    for at in range(1, 81):
        text = ("第%d项" % at) + ("许可的长名称" if at % 2 else "A plain name ") * (at % 40)
        rows(sheet, at, [[text, "%012d" % (119001000 + at), "行政许可", "%d工作日" % at, "1"]])
    book.save(os.path.join(HERE, "many.xls"))


def spread():
    """Two cells, as far apart as the format goes."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("清单")
    sheet.write(0, 0, "事项名称")
    sheet.write(65535, 255, "远")
    book.save(os.path.join(HERE, "spread.xls"))


if __name__ == "__main__":
    plain()
    many()
    spread()
