"""Rulers, receipts and diagrams: the numbers behind the pictures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.web import garden_atlas, samples
from web import boxes, diagram, receipts, ruler, way
from web.views.due import Cell, Pause, Receipt

START = date(2026, 3, 2)


def term(length: int, *pauses: Pause) -> Receipt:
    cells = tuple(Cell(START + timedelta(days=n), "counted", n) for n in range(length + 1))
    return Receipt((), cells, pauses, START, START + timedelta(days=length))


def test_half_a_term_is_half_a_line() -> None:
    drawn = ruler.draw(term(20), START + timedelta(days=10))
    assert (drawn.used, drawn.today, drawn.count) == (50.0, 50.0, 10)


def test_today_after_the_end_is_not_on_the_line() -> None:
    drawn = ruler.draw(term(20), START + timedelta(days=30))
    assert (drawn.used, drawn.today) == (100.0, None)


def test_a_pause_that_goes_on_reaches_today() -> None:
    today = START + timedelta(days=15)
    drawn = ruler.draw(term(20, Pause(START + timedelta(days=10), None)), today)
    assert (drawn.stretches[0].x, drawn.stretches[0].width) == (50.0, 25.0)


def test_a_term_without_length_has_no_line() -> None:
    assert ruler.draw(term(0), START) is None


def test_a_receipt_begins_on_monday_with_blanks() -> None:
    weeks = receipts.grid(samples.handling_receipt()).before
    assert weeks[0][:3] == (None, None, None)
    assert weeks[0][3].on == date(2026, 2, 12)
    assert {len(week) for week in weeks} == {7}


def test_the_rows_of_a_receipt_add_up_to_its_due_day() -> None:
    cells = [cell for week in receipts.grid(samples.handling_receipt()).before for cell in week if cell]
    assert max(cell.count for cell in cells) == 60
    assert cells[-1].on == date(2026, 4, 20)


def test_the_middle_of_a_long_term_is_folded() -> None:
    drawn = receipts.grid(term(365))
    assert (len(drawn.before), drawn.folded, len(drawn.after)) == (4, 45, 4)


def drawn_whole(say=lambda _id, label: label) -> boxes.Picture:
    return diagram.procedure(garden_atlas.ATLAS, say)


@pytest.mark.parametrize(
    "label",
    [
        "已受理办理中",
        "机关单位负责人正在审核信访处理意见书草稿",
        "Accepted, being handled",
        "Guided to the legal route by the office that received it",
        "W" * 60,
    ],
)
def test_a_label_stays_inside_its_box(label: str) -> None:
    lines = boxes.fitted(label, 132)
    assert len(lines) <= 2
    assert all(boxes.span(line) <= 132 - boxes.MARGIN for line in lines)


def test_states_stand_in_the_column_of_the_fewest_acts() -> None:
    boxes = {box.id: box for box in drawn_whole().boxes}
    order = ["registered", "accepted", "replied", "under_review", "review_replied", "under_reexam", "concluded"]
    assert [boxes[state].x for state in order] == sorted({box.x for box in boxes.values()})


def test_no_two_boxes_of_a_diagram_touch() -> None:
    boxes = drawn_whole().boxes
    places = [(box.x, box.y) for box in boxes]
    assert len(set(places)) == len(places)


def test_the_way_of_a_case_stands_in_the_middle_of_what_was_and_may_be() -> None:
    drawn = way.way(samples.CASE.map)
    now = next(box for box in drawn.boxes if box.look == "s-now")
    assert all(box.y < now.y for box in drawn.boxes if box.look == "s-was")
    assert all(box.y > now.y for box in drawn.boxes if box.look == "s-may")
    assert all(box.x + box.width <= drawn.width for box in drawn.boxes)
