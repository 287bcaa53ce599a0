"""The theme of a workbook: our colours for whatever people add, and no font but the measuring one.

openpyxl's own names fonts for thirty scripts; on a Chinese Excel that of its script would take the
place of the font by which columns are measured, and every sheet would be wider than its page.
"""

from __future__ import annotations

from generator.workbook.styles import (
    AMBER,
    GREEN,
    GREY,
    INK,
    LINE,
    MAIN,
    MAIN_TINT,
    MEASURE_FONT,
    RED,
    WHITE,
)

_COLORS = {
    "dk1": INK,
    "lt1": WHITE,
    "dk2": MAIN,
    "lt2": MAIN_TINT,
    "accent1": MAIN,
    "accent2": GREEN,
    "accent3": AMBER,
    "accent4": RED,
    "accent5": GREY,
    "accent6": LINE,
    "hlink": MAIN,
    "folHlink": GREY,
}


def theme_xml() -> str:
    """The part of the file; the format asks for three of each kind of style."""
    colors = "".join(f'<a:{id}><a:srgbClr val="{c}"/></a:{id}>' for id, c in _COLORS.items())
    face = f'<a:latin typeface="{MEASURE_FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fonts = "".join(f"<a:{kind}Font>{face}</a:{kind}Font>" for kind in ("major", "minor"))
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    styles = "".join(
        f"<a:{kind}StyleLst>{style * 3}</a:{kind}StyleLst>"
        for kind, style in (
            ("fill", fill),
            ("ln", f'<a:ln w="9525">{fill}</a:ln>'),
            ("effect", effect),
            ("bgFill", fill),
        )
    )
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Banfa">'
        f'<a:themeElements><a:clrScheme name="Banfa">{colors}</a:clrScheme>'
        f'<a:fontScheme name="Banfa">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Banfa">{styles}</a:fmtScheme></a:themeElements></a:theme>'
    )
