"""Fields made of fields: read like a record, changed by nobody, refused at the very cell."""

from datetime import date
from decimal import Decimal

import pytest
from marshmallow import ValidationError

from tests.workflow.life import SECRETARY, Life, moment
from tests.workflow.orchard import Orchard
from workflow import fields
from workflow.decide import available
from workflow.fields import NO_DAY, Fen
from workflow.record import dump_form
from workflow.refusals import Refused, refusal
from workflow.snapshot import Actor
from workflow.wording import wordings
from workflow.words.case import BLANK, Unfilled

ZHANG = Actor("zhang", "grower")
KEEPER = Actor("keeper", "keeper", "street")
ELDER = Actor("elder", "elder", "street")
PROPOSAL = {
    "applicant": "zhang", "budget": 1_200_000, "share": "0.25", "own_scores": {"soil": 40, "water": 30, "pruning": 9},
    "sides": [{"who": "li"}],
}  # fmt: skip
VOTE = {
    "present": 12,
    "ballots_issued": 12,
    "ballots_returned": 12,
    "for": 10,
    "against": 2,
    "abstain": 0,
    "invalid": 0,
}
TERM = {"what": "修篱笆", "due_on": "2025-06-01", "amount": 200_000}


def proposed() -> Life:
    life = Life(Orchard)
    life.act("2025-03-03T09:00", ZHANG, "propose", **PROPOSAL)
    return life


def agreed() -> Life:
    life = proposed()
    life.act("2025-03-04T09:00", ELDER, "score", elder_scores={"soil": "30.5", "water": 30, "pruning": 9})
    life.act("2025-03-10T09:00", KEEPER, "settle", roll=15, vote=VOTE, terms=[TERM, {**TERM, "what": "浇水"}])
    return life


def case_of(life: Life) -> Orchard:
    return Orchard(life.case, life.facts, KEEPER, date(2025, 3, 10), moment("2025-03-10T12:00"))


def refusals(life: Life, by: Actor, trigger: str, **form) -> list[tuple[str, tuple, str]]:
    with pytest.raises(Refused) as refused:
        life.act("2025-03-10T09:00", by, trigger, **form)
    return [(each.field, each.path, each.message) for each in refused.value.refusals]


# Read in the law


def test_a_row_reads_like_a_record():
    term = case_of(agreed()).terms[0]
    assert (term.what, term.due_on, term.amount) == ("修篱笆", date(2025, 6, 1), 200_000)
    assert (term.kind, term.tools, term.shared) == ("", (), False)


def test_an_unset_cell_is_empty_of_its_kind():
    columns = {"due_on": fields.day("期限", optional=True), "amount": fields.money("金额", optional=True)}
    [row] = fields.rows("条款", what=fields.text("事项"), **columns).check.deserialize([{"what": "修"}])
    assert (row.due_on, row.amount) == (NO_DAY, 0)


def test_a_name_that_python_has_taken_is_read_with_an_underscore():
    life = Life(Orchard)
    life.act("2025-03-03T09:00", ZHANG, "propose", **{**PROPOSAL, "sides": [{"who": "li", "from_": "community"}]})
    assert case_of(life).sides[0].from_ == "community"


def test_a_misspelt_cell_is_no_empty_one():
    term = case_of(agreed()).terms[0]
    with pytest.raises(AttributeError):
        term.due_no  # noqa: B018 - reading is the test


def test_a_row_cannot_be_changed():
    life = agreed()
    with pytest.raises(AttributeError):
        case_of(life).terms[0].what = "别的"
    with pytest.raises(TypeError):
        case_of(life).terms[0]["what"] = "别的"


def test_a_sheet_has_an_exact_total():
    case = case_of(agreed())
    assert case.elder_scores.total == Decimal("69.5")
    assert case.elder_scores.soil == Decimal("30.5")
    assert case.difference == Decimal("9.5")
    assert dict(case.own_scores) == {"soil": 40, "water": 30, "pruning": 9}


def test_the_totals_of_a_ballot_know_the_majority():
    case = case_of(agreed())
    assert case.vote.is_carried(case.roll)
    assert case.agreed


def test_what_is_not_on_file_reads_as_empty():
    case = case_of(proposed())
    assert (case.vote.is_carried(16), bool(case.vote), case.terms, case.elder_scores.total) == (False, False, (), 0)
    assert (case.elder_scores.soil, bool(case.elder_scores), case.difference) == (0, False, 0)


def test_the_law_writes_rows_as_plain_records():
    life = agreed()
    life.act("2025-06-01T09:00", KEEPER, "pay", paid=150_000)
    [settled] = case_of(life).settled
    assert (settled.what, settled.amount) == ("修篱笆", 150_000)
    case = case_of(life)
    case.settled = [{**settled, "amount": 1}]
    assert case.settled[0].amount == 1
    with pytest.raises(KeyError):
        case.settled = [{"waht": "修"}]


def test_the_law_writes_a_sheet_and_a_ballot_as_plain_records():
    case = case_of(agreed())
    case.own_scores, case.vote = {"soil": Decimal(1)}, {"present": 3}
    assert (case.own_scores.total, case.vote.present) == (1, 3)
    case.own_scores, case.vote = case.elder_scores, case.vote
    assert case.own_scores == case.elder_scores


def test_a_fraction_is_written_only_where_it_is_exact():
    case = case_of(agreed())
    case.difference = Decimal("2.25")
    for field, value in (("difference", 0.1), ("budget", Decimal("0.5")), ("budget", 0.5), ("roll", 7.5)):
        with pytest.raises(TypeError):
            setattr(case, field, value)
    assert Orchard.difference.to_json(Decimal("1E+1")) == "10"


# Blank forms


def test_a_blank_form_stops_at_the_first_look():
    life = proposed()
    offers = {
        offer.act.id: offer
        for offer in available(Orchard, life.case, by=KEEPER, now=moment("2025-03-05T09:00"), facts=life.facts)
    }
    assert offers["settle"].open
    life = agreed()
    offers = {
        offer.act.id: offer
        for offer in available(Orchard, life.case, by=KEEPER, now=moment("2025-03-11T09:00"), facts=life.facts)
    }
    assert {"visit", "pay", "harvest"} <= {name for name, offer in offers.items() if offer.open}


@pytest.mark.parametrize(
    "looked_at",
    [
        lambda blank: [row.what for row in blank],
        lambda blank: blank.is_carried(16),
        lambda blank: blank.total,
        lambda blank: Decimal("0.3") * blank,
        lambda blank: blank / 2,
        lambda blank: 2 / blank,
        abs,
        lambda blank: -blank,
        lambda blank: round(blank, 2),
        lambda blank: blank // 100,
        lambda blank: blank % 100,
    ],
)
def test_whoever_counts_with_a_blank_is_stopped(looked_at):
    with pytest.raises(Unfilled):
        looked_at(BLANK)


# Refused


def test_a_refusal_points_at_its_cell_and_names_its_row():
    terms = [TERM, {}, {"what": "浇水", "due_on": "2025-02-30", "colour": 1}, {**TERM, "amount": -1}]
    told = refusals(proposed(), KEEPER, "settle", roll=16, vote=VOTE, terms=terms)
    assert sorted(told, key=str) == [
        ("terms", (2, "colour"), "第3行：没有“colour”一栏。"),
        ("terms", (2, "due_on"), "第3行：日期2025-02-30不存在。"),
        ("terms", (3, "amount"), "第4行：金额不得小于0.00元。"),
    ]


def test_a_refusal_about_an_indicator_names_it():
    told = refusals(proposed(), ELDER, "score", elder_scores={"soil": 41, "water": 30, "pruning": "1.25"})
    assert sorted(told) == [
        ("elder_scores", ("pruning",), "修剪最多1位小数。"),
        ("elder_scores", ("soil",), "土壤超过该项满分40。"),
    ]


def test_a_refusal_about_a_ballot_points_at_its_line():
    told = refusals(proposed(), KEEPER, "settle", roll=16, vote=VOTE | {"proxies": 2}, terms=[TERM])
    assert told == [("vote", ("proxies",), "不得委托他人代为投票。")]


def test_a_fault_about_the_roll_is_told_with_its_values():
    told = refusals(proposed(), KEEPER, "settle", roll=12, vote=VOTE | {"written_against": 1}, terms=[TERM])
    assert told == [("", (), "到会和提交书面意见的共13人，多于应到会的12人。")]


def test_money_stands_in_a_sentence_in_yuan():
    told = refusals(Life(Orchard), ZHANG, "propose", **PROPOSAL | {"share": ""})
    assert told == [("", (), "预算12,000.00元，超过一万元的须写明分成。")]


def test_blank_rows_are_none_at_all():
    life = Life(Orchard)
    life.act(
        "2025-03-03T09:00", ZHANG, "propose", **PROPOSAL | {"sides": [{}, {"who": " "}, {"who": "li"}, {"helpers": []}]}
    )
    assert [side.who for side in case_of(life).sides] == ["li"]


def test_nobody_acts_on_a_case_whose_rows_name_him():
    life = Life(Orchard)
    life.act("2025-03-03T09:00", ZHANG, "propose", **PROPOSAL | {"sides": [{"who": "li", "helpers": ["elder"]}]})
    told = refusals(life, ELDER, "score", elder_scores={"soil": 1, "water": 1, "pruning": 1})
    assert told == [("", (), "不得办理与本人有关的事项。")]


def test_fifty_rows_are_the_most():
    field = fields.rows("条款", at_most=1000, what=fields.text("事项"))
    assert field.at_most == 50
    assert len(field.check.deserialize([{"what": "修"}] * 50)) == 50


@pytest.mark.parametrize(
    "column",
    [
        {"items": fields.text("事项")},
        {"total": fields.number("总数")},
        {"on": fields.day("日期", of_act=True)},
        {"proof": fields.file("凭证")},
        {"within": fields.rows("表中表", what=fields.text("事项"))},
    ],
)
def test_what_cannot_stand_in_a_cell_is_refused_where_it_is_written(column):
    with pytest.raises(ValueError, match=next(iter(column))):
        fields.rows("条款", **column)


# On paper


def test_a_document_writes_money_in_yuan_and_lists_rows():
    text = "{% for term in case.terms %}{{ term.what }} {{ term.amount|yuan }} {{ term.due_on|day }}\n{% endfor %}{{ case.own_scores.total }} {{ case.vote.for_ }}"
    worded = wordings().from_string(text).render(case=case_of(agreed()))
    assert worded == "修篱笆 2,000.00元 2025年6月1日\n浇水 2,000.00元 2025年6月1日\n79 10"


def test_an_amount_shows_its_sign():
    assert [f"{Fen(amount)}" for amount in (0, 5, 200_000, -150)] == ["0.00", "0.05", "2,000.00", "-1.50"]


def test_a_secretary_of_another_procedure_is_nobody_here():
    assert refusals(proposed(), SECRETARY, "score")[0][2].startswith("您的岗位不能")


# What is told of rows


def test_rows_can_be_gathered_and_told_apart():
    first, second, again = fields.rows("条款", what=fields.text("事项")).check.deserialize(
        [{"what": "修"}, {"what": "剪"}, {"what": "修"}]
    )
    assert {first, second, again} == {first, second}
    assert str(first) == "Row({'what': '修'})"


def test_too_few_rows_are_counted_without_the_blank_ones():
    field = fields.rows("条款", at_least=2, what=fields.text("事项"))
    with pytest.raises(ValidationError, match="条款至少2行，现有1行。"):
        field.check.deserialize([{"what": "修"}, {}])


def test_a_sentence_about_a_row_keeps_its_own_values():
    told = refusal("InvalidData", "{label}：查无此项。", {"label": "果农"}, "sides", (4, "who"))
    assert (told.message, told.values["told"].values) == ("第5行：果农：查无此项。", {"label": "果农"})


def test_a_form_for_another_case_is_written_as_json():
    written = dump_form(Orchard, {"sides": case_of(agreed()).sides, "budget": 5, "days": (date(2026, 3, 1), "x")})
    assert written == {"sides": [{"who": "li"}], "budget": 5, "days": ["2026-03-01", "x"]}


def test_wordings_say_days_and_yuan_as_papers_do():
    wordings.cache_clear()
    text = wordings().from_string("{{ on|day }}，{{ amount|yuan }}").render(on=date(2026, 3, 1), amount=200_000)
    assert text == "2026年3月1日，2,000.00元"
