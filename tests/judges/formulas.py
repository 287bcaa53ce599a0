"""Formulas that every judge is asked, and the cells that they read.

Expected values are Excel's, from the functions' documentation; dates are serial numbers counted
by the calendar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tests.support.cells import Error, Value, serial
from tests.support.scratch import Content

INPUTS: Mapping[str, Content | Sequence[Content]] = {
    "in_blank": None,
    "in_number": 300,
    "in_digits": "300",
    "in_word": "约三百",
    "in_true": True,
    "in_error": "=1/0",
    "in_empty": '=""',
    "in_yes": "　是\u00a0 ",
    "in_no": "否",
    "in_negative": -12.5,
    "in_change": 32.395,
    "in_estimate": 323.95,
    "in_august": date(2024, 8, 31),
    "in_leap": date(2024, 2, 29),
    "tb_mixed": [10, -20, None, "字", True],
    "tb_keys": ["甲", "乙", "丙", "乙", None],
    "tb_numbers": [1, 2, 3, 4, 5],
    "tb_days": [date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30)],
    "tb_errors": [1, "=1/0", 3],
}

CLEAN_TEXT = 'TRIM(CLEAN(SUBSTITUTE(SUBSTITUTE({0},"\u3000"," "),"\u00a0"," ")))'
DIVISION = Error("#DIV/0!")
VALUE = Error("#VALUE!")

# What our formulas are built from. Everything here means the same in Excel and in all judges.
SAFE: Mapping[str, Value] = {
    # A blank cell passes for 0 and for "", which is why each leaf is guarded.
    "=in_blank<=300": True,
    "=in_blank=0": True,
    '=in_blank=""': True,
    "=ISNUMBER(in_blank)": False,
    "=ISNUMBER(in_number)": True,
    "=ISNUMBER(in_digits)": False,
    "=ISNUMBER(in_error)": False,
    "=ISNUMBER(in_august)": True,
    "=ISLOGICAL(in_true)": True,
    "=ISLOGICAL(in_number)": False,
    "=ISLOGICAL(in_blank)": False,
    "=ISLOGICAL(in_error)": False,
    "=IF(ISLOGICAL(in_true),0.5,IF(ISNUMBER(in_true),1,0))": 0.5,
    "=AND(ISNUMBER(in_number),NOT(ISLOGICAL(in_number)))": True,
    "=AND(ISNUMBER(in_true),NOT(ISLOGICAL(in_true)))": False,
    "=ISERROR(in_error)": True,
    "=ISERROR(in_word+1)": True,
    '=IFERROR(in_error,"x")': "x",
    "=IFERROR(in_number,0)": 300,
    '=IFERROR(MATCH("丁",tb_keys,0),-1)': -1,
    # Yes and no, however they are spaced.
    f"={CLEAN_TEXT.format('in_yes')}": "是",
    f"={CLEAN_TEXT.format('in_no')}": "否",
    f"={CLEAN_TEXT.format('in_blank')}": "",
    f"={CLEAN_TEXT.format('in_number')}": "300",
    f'=IFERROR({CLEAN_TEXT.format("in_error")},"错误")': "错误",
    f'=IF(ISERROR(in_error),"错误",{CLEAN_TEXT.format("in_error")})': "错误",
    "=LEN(in_yes)": 4,
    "=LEN(in_blank)": 0,
    '=in_number&"万元"': "300万元",
    '=LEN("a""b")': 3,
    # Truth as 0, 0.5 and 1.
    "=MIN(1,0.5,IF(in_number<=300,1,0))": 0.5,
    "=MAX(0,0.5)": 0.5,
    "=1-0.5": 0.5,
    '=IF(in_blank="",0.5,1)': 0.5,
    "=NOT(in_number>300)": True,
    "=OR(in_number<300,in_number=300)": True,
    # Exact amounts: integers compared, never divided.
    "=ROUND(in_change*10^6,0)": 32395000,
    "=ROUND(in_change*10^6,0)*100<=ROUND(in_estimate*10^6,0)*10": True,
    "=ROUND(9999999.999999*10^6,0)": 9999999999999,
    "=ROUND(2.5,0)": 3,
    "=ROUND(-2.5,0)": -3,
    "=ABS(in_negative)": 12.5,
    "=SUM(tb_numbers)": 15,
    "=SUMPRODUCT(tb_numbers,tb_numbers)": 55,
    # Dates: the last day of a month where the day itself is not there.
    "=EDATE(in_august,6)": serial(date(2025, 2, 28)),
    "=EDATE(in_leap,6)": serial(date(2024, 8, 29)),
    "=EDATE(in_leap,12)": serial(date(2025, 2, 28)),
    "=EDATE(DATE(2024,6,30),6)": serial(date(2024, 12, 30)),
    "=EDATE(EDATE(in_august,6),6)": serial(date(2025, 8, 28)),
    "=EDATE(in_august,12)": serial(date(2025, 8, 31)),
    "=EOMONTH(in_august,-6)": serial(date(2024, 2, 29)),
    "=EOMONTH(DATE(2024,1,15),1)": serial(date(2024, 2, 29)),
    "=DATE(2024,14,1)": serial(date(2025, 2, 1)),
    "=DATE(YEAR(in_august),12,31)": serial(date(2024, 12, 31)),
    "=MONTH(in_august)": 8,
    "=DAY(in_august)": 31,
    "=MAX(in_august,in_leap)": serial(date(2024, 8, 31)),
    "=MIN(in_august,in_leap)": serial(date(2024, 2, 29)),
    "=TODAY()=TODAY()": True,
    # Tables.
    "=INDEX(tb_mixed,2)": -20,
    '=INDEX(tb_mixed,3)=""': True,
    "=ISNUMBER(INDEX(tb_mixed,3))": False,
    "=ISLOGICAL(INDEX(tb_mixed,5))": True,
    "=ISERROR(INDEX(tb_errors,2))": True,
    '=INDEX(tb_numbers,MATCH("乙",tb_keys,0))': 2,
    "=MATCH(3,tb_numbers,1)": 3,
    '=COUNTIF(tb_keys,"乙")': 2,
    '=COUNTIF(tb_numbers,">2")': 3,
    '=COUNTIF(tb_days,"<="&DATE(2024,6,30))': 2,
    '=COUNTIFS(tb_keys,"乙",tb_numbers,">2")': 1,
    '=SUMIF(tb_keys,"乙",tb_numbers)': 6,
    '=SUMIFS(tb_numbers,tb_keys,"乙",tb_numbers,">2")': 4,
    '=HYPERLINK("#law_art9","第九条")': "第九条",
}


class Fault(NamedTuple):
    """A formula that a judge gets wrong: what Excel gives, and what it gives."""

    judge: str
    formula: str
    excel: Value
    given: Value


FAULTS: Sequence[Fault] = (
    # ironcalc
    Fault("ironcalc", '=AND(TRUE,"x")', VALUE, True),
    Fault("ironcalc", "=OR(TRUE,in_error)", DIVISION, True),
    Fault("ironcalc", "=(2=1)=(1=2)", True, False),
    Fault("ironcalc", "=SUM(in_digits,1)", 1, 301),
    Fault("ironcalc", "=SUM(in_true,1)", 1, 2),
    Fault("ironcalc", "=DATE(1900,1,1)", 1, 2),
    Fault("ironcalc", "=DAY(60)", 29, 28),
    Fault("ironcalc", "=YEAR(in_blank)", 1900, Error("#NUM!")),
    Fault("ironcalc", '=COUNTIF(tb_keys,"<>乙")', 3, 2),
    Fault("ironcalc", '=COUNTIF(in_number,">"&0)', 1, VALUE),
    Fault("ironcalc", "=INDEX(in_number,1)", 300, VALUE),
    Fault("ironcalc", "=SUM(INDEX(tb_numbers,1):INDEX(tb_numbers,3))", 6, VALUE),
    # formualizer
    Fault("formualizer", "=ISERROR(TRIM(in_error))", True, DIVISION),
    Fault("formualizer", '=ISERROR(SUBSTITUTE(in_error,"a","b"))', True, DIVISION),
    Fault("formualizer", "=ISERROR(IF(in_error,1,2))", True, False),
    Fault("formualizer", '=TRIM("\u3000字\u00a0")', "\u3000字\u00a0", "字"),
    Fault("formualizer", '=MIN("x",1)', VALUE, 1),
    Fault("formualizer", "=EDATE(in_true,1)", VALUE, 32),
    Fault("formualizer", "=SUMPRODUCT(tb_mixed,tb_numbers)", -30, -25),
    Fault("formualizer", '="3,000"*1', 3000, VALUE),
    Fault("formualizer", "=0.1+0.2=0.3", True, False),
    # LibreOffice: TRUE is the number 1 there, and days are counted without Excel's 29th of
    # February 1900.
    Fault("libreoffice", "=ISNUMBER(in_true)", False, True),
    Fault("libreoffice", "=in_true=1", False, True),
    Fault("libreoffice", '=in_true&""', "TRUE", "1"),
    Fault("libreoffice", "=SUM(in_true,1)", 1, 2),
    Fault("libreoffice", "=SUM(tb_mixed)", -10, -9),
    Fault("libreoffice", '=COUNTIF(tb_mixed,">0")', 1, 2),
    Fault("libreoffice", "=SUMPRODUCT(tb_mixed,tb_numbers)", -30, -25),
    Fault("libreoffice", "=IF(in_digits,1,2)", VALUE, 1),
    Fault("libreoffice", '=SUM("3",1)', 4, VALUE),
    Fault("libreoffice", "=YEAR(in_blank)", 1900, 1899),
    Fault("libreoffice", "=DATE(1900,1,1)", 1, 2),
    Fault("libreoffice", "=INDEX(tb_mixed,6)", Error("#REF!"), Error("Err:502")),
    Fault("libreoffice", '=COUNTIF(tb_mixed,"*")', 1, 4),
)
