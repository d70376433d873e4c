"""What cases stand under is there when the program starts, and is not changed in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from models import db
from models.definitions import changed, remember
from models.stranded import stranded
from tests.models.stalls import CLERK, acted, numbers, street, town  # noqa: F401
from tests.workflow import stall_1
from tests.workflow.test_faults import module_of
from workflow.registry import EARLIER, Version, definition, definitions
from workflow.words.procedure import Procedure


def test_a_version_that_is_not_there_strands_its_cases(street: db.Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    with street() as session:
        assert list(stranded(session, definitions())) == []
        monkeypatch.delitem(EARLIER, ("stall", "1"))
        told = list(stranded(session, definitions()))
    assert {each.split(":")[0] for each in told} == {"stall 1"}
    assert all("没有这个版本" in each and "no such version" in each for each in told)
    with pytest.raises(LookupError, match="stall 1"):
        definition("stall", "1")


def without(folder: Path, *changes: tuple[str, str]) -> dict[Version, type[Procedure]]:
    """The program after somebody has changed the first version in its place."""
    source = Path(stall_1.__file__).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    known = dict(Procedure.by_version)
    made = module_of(source, folder, "Stall")
    Procedure.by_version.update(known)
    return definitions() | {("stall", "1"): made}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("    shelf = text", "    # shelf = text"), "stall.shelf: 9 件"),
        (
            ('State("补正中", waiting=True)', 'State("补正中", waiting=True)\n    papers.id = "paper"'),
            "stall.papers: 1 件",
        ),
        (("def suspend(case)", "def halt(case)"), ""),
        (("        fee = Deadline", "        charge = Deadline"), "stall.fee: 2 件"),
    ],
)
def test_what_cases_need_may_not_be_taken_away(
    street: db.Sessions, tmp_path: Path, change: tuple[str, str], what: str
) -> None:
    changes = (
        [change, ("goods, informer, shelf, remark)", "goods, informer, remark)")] if "shelf" in change[0] else [change]
    )
    with street() as session:
        told = list(stranded(session, without(tmp_path, *changes)))
    assert [what in each for each in told] == [True] * bool(what), told
    assert all(each.startswith(str(tmp_path)) for each in told)


def test_an_act_half_signed_or_about_to_follow_may_not_be_taken_away(street: db.Sessions, tmp_path: Path) -> None:
    signed, waits, *_ = numbers(street, "applied")
    acted(street, signed, CLERK, "grant", granted_on="2025-09-09")
    with db.transaction(street) as session:
        session.execute(WAITING, {"no": waits})
    renamed = [("def grant(case", "def permit_it(case"), ("def ask(case", "def request(case")]
    with street() as session:
        assert list(stranded(session, definitions())) == []
        told = list(stranded(session, without(tmp_path, *renamed)))
    assert ["stall.grant: 1 件" in told[0], "stall.ask: 1 件" in told[1]] == [True, True], told


WAITING = text("""
INSERT INTO impulses (case_id, kind, trigger, on_day, key, created_at)
SELECT id, 'act', 'ask', '2025-09-09', 'waits', linban_now() FROM cases WHERE no = :no
""")


def test_a_definition_changed_in_its_place_is_told(street: db.Sessions, tmp_path: Path) -> None:
    """Under the first version there are cases, under the second none yet."""
    with db.transaction(street) as session:
        remember(session, definitions())
        assert list(changed(session, definitions())) == []
        known = without(tmp_path, ("shelf", "board"), ('food="小吃", ', ""))
        remember(session, known)
        (told,) = changed(session, known)
    assert told.startswith(str(tmp_path))
    assert "the definition of version 1 has changed since cases began under it: raise the version" in told
    assert told.endswith("-line goods.food, -line shelf text, +line board text")


def test_a_definition_under_which_no_case_stands_may_be_changed(street: db.Sessions, tmp_path: Path) -> None:
    with db.transaction(street) as session:
        remember(session, definitions())
        known = definitions() | {("stall", "2"): without(tmp_path, ("shelf", "board"))["stall", "1"]}
        assert len(list(changed(session, known))) == 1
        remember(session, known)
        assert list(changed(session, known)) == []
        assert list(changed(session, {})) == []
