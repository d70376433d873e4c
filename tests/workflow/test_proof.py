"""A procedure that contradicts itself does not load, and says where."""

import pytest

from tests.workflow.garden import Garden
from workflow.fields import choice, day, person, text
from workflow.parts import (
    Act,
    Deadline,
    Document,
    InvalidProcedure,
    Law,
    Measure,
    Procedure,
    Role,
    Setting,
    State,
    at_once,
    new,
    overdue,
    same,
)  # fmt: skip
from workflow.proof import contradictions, prove
from workflow.terms import days

rule = Law("规则", since="2024-01-01")


def found(procedure):
    return [each.sentence for each in contradictions(procedure)]


def test_a_sound_procedure_has_no_contradiction():
    assert found(Garden) == []
    prove(Garden)


def sound(**faults):
    """A procedure of three lines, with the faults given put into it."""

    class Small(Procedure):
        label, number_prefix = "小事", "XS"
        clerk = Role("办事员")
        opened, closed = State("已开"), State("已结", final=True)
        with rule(1):

            @Act("开", new >> opened, by=clerk)
            def open_(case): ...

            @Act("结", opened >> closed, by=clerk)
            def close(case): ...

        list(map(vars().__setitem__, faults, faults.values()))

    return Small


def test_the_small_one_is_sound():
    assert found(sound()) == []


@pytest.mark.parametrize(
    ("faults", "sentence"),
    [
        (
            {"late": Deadline("X", "期限", days(3)), "later": Deadline("X", "期", days(9))},
            "late and later both run as X",
        ),
        ({"lost": State("无路可到")}, "lost is never reached"),
        ({"lost": State("无路可到")}, "lost is a dead end"),
        ({"colour": Setting("上限", 3, at_least=5)}, "the default of colour is not on the lawful side"),
        ({"letter": Document("信")}, "documents/small/letter.txt is missing"),
        ({"who": person("当事人")}, "a procedure with persons on file names its parties"),
        ({"late": Deadline("X", "期限", days(3))}, "late stands outside a law's block"),
    ],
)
def test_a_fault_is_found(faults, sentence):
    assert sentence in found(sound(**faults))


def test_a_word_that_is_misspelt_is_found_with_its_line():
    class Misspelt(Procedure):
        clerk = Role("办事员")
        opened, closed = State("已开"), State("已结", final=True)
        colour = choice("颜色", red="红", blue="蓝")
        with rule(1):

            @Act("开", new >> opened, by=clerk)
            def open_(case, colour):
                case.must(case.color == "red", "须为红色。")
                case.must(colour == "green", "须为绿色。")
                case.nonsense = 1

            @Act("结", opened >> closed, by=clerk)
            def close(case): ...

    sentences = found(Misspelt)
    assert "case.color is not a word of this procedure; did you mean colour?" in sentences
    assert "“green” is no option of colour" in sentences
    assert "case.nonsense is not a word of this procedure" in sentences
    wrong = next(each for each in contradictions(Misspelt) if "case.color" in each.sentence)
    assert wrong.file == __file__
    assert wrong.line == Misspelt.act("open", __import__("datetime").date(2025, 1, 1)).body.__code__.co_firstlineno + 2


def test_a_state_that_is_final_is_left_only_by_what_reopens_it():
    class Reopened(Procedure):
        clerk = Role("办事员")
        opened, closed = State("已开"), State("已结", final=True)
        with rule(1):

            @Act("开", new >> opened, by=clerk)
            def open_(case): ...

            @Act("结", opened >> closed, by=clerk)
            def close(case): ...

            @Act("重开", closed >> opened, by=clerk)
            def again(case): ...

    assert "closed is final but again leaves it; say reopens=True" in found(Reopened)


def test_who_waits_has_a_clock():
    class Waiting(Procedure):
        clerk = Role("办事员")
        opened, closed = State("已开", waiting=True), State("已结", final=True)
        with rule(1):

            @Act("开", new >> opened, by=clerk)
            def open_(case): ...

            @Act("结", opened >> closed, by=clerk)
            def close(case): ...

    assert "opened waits without a clock" in found(Waiting)


def test_no_timer_decides_about_a_person():
    class Deciding(Procedure):
        clerk = Role("办事员")
        opened, closed = State("已开"), State("已结", final=True)
        with rule(1):

            @Act("开", new >> opened, by=clerk)
            def open_(case): ...

            @Act("拒绝", opened >> closed, by=clerk, decides=True)
            def reject(case): ...

            late = Deadline("X", "期限", days(3), runs_in=opened, ladder=overdue.do(reject))

    assert "reject decides and must be done by a person, never by a clock or by itself" in found(Deciding)


def test_a_clock_does_only_what_can_happen_where_it_runs():
    class Impossible(Procedure):
        clerk = Role("办事员")
        opened, closed = State("已开"), State("已结", final=True)
        with rule(1):

            @Act("开", new >> opened, by=clerk)
            def open_(case): ...

            @Act("结", opened >> closed, by=clerk)
            def close(case): ...

            @Act("归档", closed >> same)
            def shelve(case): ...

            late = Deadline("X", "期限", days(3), runs_in=opened, ladder=overdue.do(shelve))
            twin = Deadline("X", "期限二", days(3), runs_in=opened, ladder=at_once.tell(clerk))

    sentences = found(Impossible)
    assert "X (late) does shelve where it can never happen" in sentences
    assert "late and twin both run as X" in sentences


def test_nothing_happens_by_itself_without_a_condition_or_for_ever():
    class Round(Procedure):
        clerk = Role("办事员")
        one, other, closed = State("甲"), State("乙"), State("已结", final=True)
        with rule(1):

            @Act("开", new >> one, by=clerk)
            def open_(case): ...

            @Act("去", one >> other)
            def go(case):
                case.must(case.one, "须在甲。")

            @Act("回", other >> one)
            def return_(case):
                case.must(case.other, "须在乙。")

            @Act("自行", one >> closed)
            def drift(case): ...

    sentences = found(Round)
    assert "go can go round for ever through other" in sentences
    assert "drift is done by nobody and would happen by itself without a condition" in sentences


def test_no_measure_counts_the_use_of_a_right():
    class Counting(Procedure):
        resident = Role("居民", outside=True)
        opened, closed = State("已开"), State("已结", final=True)
        with rule(1):

            @Act("申请", new >> opened, by=resident)
            def apply(case, content=text("内容")): ...

            @Act("撤回", opened >> closed, by=resident)
            def withdraw(case, on=day("日期", of_act=True)): ...

        complaints = Measure("投诉量", of=apply, among=withdraw)

    assert "complaints counts apply, the use of a right, as a fault" in found(Counting)


def test_a_name_used_twice_is_refused_with_its_line():
    with pytest.raises(InvalidProcedure, match=r"test_proof.py:\d+: clerk is used twice"):

        class Twice(Procedure):
            clerk = Role("办事员")
            clerk = Role("另一办事员")


def test_a_name_that_hides_an_imported_word_is_refused():
    with pytest.raises(InvalidProcedure, match="days hides an imported word; write days_"):

        class Hiding(Procedure):
            days = text("天数")


def test_a_form_asks_only_what_is_on_file():
    with pytest.raises(InvalidProcedure, match="colour is asked by open but is no line of the file"):

        class Unknown(Procedure):
            clerk = Role("办事员")
            opened = State("已开")
            with rule(1):

                @Act("开", new >> opened, by=clerk)
                def open_(case, colour): ...


def test_a_line_of_one_form_is_no_line_of_the_file_as_well():
    with pytest.raises(InvalidProcedure, match=r"test_proof.py:\d+: colour is used twice"):

        class Doubled(Procedure):
            clerk = Role("办事员")
            opened = State("已开")
            colour = text("颜色")
            with rule(1):

                @Act("开", new >> opened, by=clerk)
                def open_(case, colour=text("另一颜色")): ...


def test_every_contradiction_is_told_at_once():
    with pytest.raises(InvalidProcedure) as refused:
        prove(sound(lost=State("无路可到"), letter=Document("信")))
    assert "lost is never reached" in str(refused.value)
    assert "letter.txt is missing" in str(refused.value)


def test_every_faulty_procedure_is_told_at_once():
    with pytest.raises(InvalidProcedure) as refused:
        prove(sound(lost=State("无路可到")), Garden, sound(letter=Document("信")))
    assert "lost is never reached" in str(refused.value)
    assert "letter.txt is missing" in str(refused.value)


def test_a_proof_that_stumbles_is_told_and_stops_no_other():
    sentences = found(sound(letter=Document("信"), boundless=Setting("上限", 3, one_of=7)))
    assert [each for each in sentences if "every setting is lawful cannot be proved of small: TypeError" in each]
    assert "documents/small/letter.txt is missing" in sentences


def test_a_word_of_every_case_is_taken():
    with pytest.raises(InvalidProcedure, match="open is a word of every case; write open_"):

        class Taken(Procedure):
            clerk = Role("办事员")
            opened = State("已开")
            with rule(1):

                @Act("开", new >> opened, by=clerk)
                def open(case): ...


def test_a_line_of_a_form_is_not_named_like_a_word_of_every_case():
    with pytest.raises(InvalidProcedure, match="open is a word of every case; write open_"):

        class Taken(Procedure):
            clerk = Role("办事员")
            opened = State("已开")
            with rule(1):

                @Act("开", new >> opened, by=clerk)
                def begin(case, open=text("开门")): ...


def test_strangers_are_found_wherever_they_are_named():
    stranger, gone, paper = Role("外人"), State("别处"), Document("别处的信")
    stranger.id, gone.id, paper.id = "stranger", "gone", "paper"

    class Strange(Procedure):
        clerk = Role("办事员", of="nowhere")
        opened, closed = State("已开"), State("已结", final=True)
        with rule(1):

            @Act("开", new >> opened, by=clerk, tells=stranger)
            def open_(case): ...

            @Act("结", opened >> closed, by=stranger, issues=paper)
            def close(case): ...

            late = Deadline("X", "期限", days(3), runs_in=gone, ladder=overdue.tell(stranger))

    sentences = found(Strange)
    for sentence in (
        "open names Role(stranger), which is no role of this procedure",
        "close names Role(stranger), which is no role of this procedure",
        "close issues Document(paper), which is no document of this procedure",
        "X (late) tells Role(stranger), which is no role of this procedure",
        "X (late) runs in State(gone), which is no state of this procedure",
    ):
        assert sentence in sentences


def test_some_act_opens_a_case_and_nothing_repeats_itself_for_ever():
    class Endless(Procedure):
        clerk = Role("办事员")
        opened, closed = State("已开"), State("已结", final=True)
        with rule(1):

            @Act("自转", opened >> same)
            def spin(case): ...

            @Act("结", opened >> closed, by=clerk)
            def close(case): ...

    sentences = found(Endless)
    assert "no act opens a case" in sentences
    assert "spin happens by itself and changes nothing its conditions ask: it would go round for ever" in sentences


def test_what_does_not_wait_for_the_form_is_found():
    class Hasty(Procedure):
        clerk = Role("办事员")
        opened, closed = State("已开"), State("已结", final=True)
        colour = choice("颜色", red="红")
        with rule(1):

            @Act("开", new >> opened, by=clerk)
            def open_(case, colour):
                case.must(colour is not None, "须选颜色。")
                case.must(isinstance(colour, str), "须选颜色。")
                case.opened = colour

            @Act("结", opened >> closed, by=clerk)
            def close(case): ...

    sentences = found(Hasty)
    assert "`is` on colour does not wait for the form" in sentences
    assert "isinstance on a line of the form does not wait for the form" in sentences
    assert "case.opened is not a line of the file and cannot be written" in sentences
