"""The document of `banfa import --json`, key by key."""

from __future__ import annotations

import json

from generator.text.as_json import to_json
from generator.text.parse import parse_regulation

TEXT = """某政发〔2025〕1号
某某县公务用车管理办法
（2025年1月2日发布）
第一章 总则
第一条 甲包括：
（一）乙。
乙二。
（二）丙：
1.丁。
第二条 依照前条第（二）项第1目、第九条办理。
抄送：县委办。
"""


def test_the_document_has_the_agreed_keys() -> None:
    assert to_json(parse_regulation(TEXT)) == {
        "title": "某某县公务用车管理办法",
        "chapters": [{"label": "第一章", "title": "总则", "articles": ["1", "2"]}],
        "articles": [
            {
                "label": "1",
                "chapter": "第一章",
                "paragraphs": [
                    {
                        "text": "甲包括：",
                        "items": [
                            {"label": "（一）", "text": "乙。\n乙二。", "items": []},
                            {
                                "label": "（二）",
                                "text": "丙：",
                                "items": [{"label": "1.", "text": "丁。", "items": []}],
                            },
                        ],
                    }
                ],
                "refs": [],
            },
            {
                "label": "2",
                "chapter": "第一章",
                "paragraphs": [{"text": "依照前条第（二）项第1目、第九条办理。", "items": []}],
                "refs": [
                    {"text": "前条第（二）项第1目", "targets": ["art1-i2-i1"]},
                    {"text": "第九条", "targets": []},
                ],
            },
        ],
        "front": ["某政发〔2025〕1号", "（2025年1月2日发布）"],
        "back": ["抄送：县委办。"],
        "warnings": [{"line": 10, "message": "第二条提到的“第九条”在本文中找不到"}],
    }


def test_the_document_is_plain_json() -> None:
    document = to_json(parse_regulation(TEXT))
    assert json.loads(json.dumps(document)) == document
