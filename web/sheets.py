"""Tables as .xlsx, with a head that stays and nothing that a spreadsheet would run as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from xlsxwriter import Workbook

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDEST = 60


def sheet(title: str, head: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> bytes:
    """One sheet; a cell without a value stays empty."""
    kept, lines = BytesIO(), [list(head), *map(list, rows)]
    with Workbook(kept, AS_TEXT) as book:
        bold, page = book.add_format({"bold": True, "bottom": 1}), book.add_worksheet(title[:31])
        for number, line in enumerate(lines):
            page.write_row(number, 0, line, bold if number == 0 else None)
        for column, cells in enumerate(zip(*lines, strict=True)):
            page.set_column(column, column, min(max(width(each) for each in cells) + 2, WIDEST))
        page.freeze_panes(1, 1)
    return kept.getvalue()


def width(value: object) -> int:
    """In columns; Chinese takes two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in str(value or ""))
