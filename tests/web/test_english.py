"""Whoever reads English misses nothing that the law says, and one term is one word everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from click.testing import CliRunner
from flask import Flask

from web import catalogues, english, languages
from web.commands.extract import CATALOGUE
from web.commands.extract import messages as extract
from web.extraction import Message, literals, messages, parsed, said
from web.merging import merge, read, write
from workflow.account import DayAndYear, DayInWords, Stretch
from workflow.refusals import Refusal
from workflow.sentences import Listed, Sentence
from workflow.terms import working_days

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


def told() -> dict[Message, str]:
    return {Message(each.context or "", str(each.id)): str(each.string) for each in read(CATALOGUE) if each.id}


def test_every_word_and_every_sentence_has_its_english() -> None:
    english_of = told()
    assert [each for each in messages() if not english_of.get(each)] == []


def test_english_has_the_placeholders_of_the_chinese() -> None:
    assert {each: text for each, text in told().items() if names(text) != names(each.text)} == {}


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_one_term_has_one_english_word() -> None:
    assert of_two_minds((each.text, text) for each, text in told().items()) == {}


def test_one_term_has_one_english_word_in_the_glossary() -> None:
    assert of_two_minds(glossary()) == {}


def test_the_glossary_says_what_the_pages_say() -> None:
    english_of = {each.text: text.casefold() for each, text in told().items()}
    assert [
        (chinese, word) for chinese, word in glossary() if english_of.get(chinese, word.casefold()) != word.casefold()
    ] == []


def of_two_minds(pairs: Iterator[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for chinese, word in pairs:
        found.setdefault(chinese, set()).add(word.casefold())
    return {chinese: words for chinese, words in found.items() if len(words) > 1}


def glossary() -> Iterator[tuple[str, str]]:
    rows = [line.split("|") for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    cells = [(row[1].strip(), row[2].strip()) for row in rows]
    return ((chinese, word) for chinese, word in cells if chinese != "中文" and not chinese.startswith("-"))


# In the reader's language


@pytest.fixture
def reader() -> Iterator[None]:
    catalogues.compile_all()
    app = Flask("reader", root_path=str(Path(languages.__file__).parent))
    languages.bind(app)
    with app.test_request_context(headers={"Cookie": f"{languages.COOKIE}=en"}):
        yield


@pytest.mark.usefixtures("reader")
def test_a_word_is_found_under_its_own_name_and_inside_a_sentence() -> None:
    values = {"act": "受理", "roles": "承办人、督办员"}
    refusal = Refusal("NotAllowed", "您的岗位不能“{act}”，须由{roles}办理。", values)
    assert languages.t("承办人", "petition.caseworker") == "Caseworker"
    assert languages.sentence(refusal, "petition.accept") == (
        "Your post does not allow “Accept”; it is done by: Caseworker, Supervisor."
    )


@pytest.mark.usefixtures("reader")
def test_days_and_lengths_in_a_sentence_are_english() -> None:
    sentence = Sentence(
        "{cause}，延长{term}，到{due}。", cause="延期", term=working_days(1), due=DayInWords(2026, 3, 2)
    )
    assert languages.said(sentence) == "Extension: 1 working day longer, until 2 March."
    assert languages.t("60日", "petition") == "60 days"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (DayAndYear(2027, 1, 4), "4 January 2027"),
        (Stretch(DayInWords(2026, 2, 15), DayInWords(2026, 2, 23)), "15 to 23 February"),
        (Stretch(DayInWords(2026, 9, 30), DayInWords(2026, 10, 2)), "30 September to 2 October"),
        (Stretch(DayInWords(2026, 5, 1), DayInWords(2026, 5, 1)), "1 May"),
        (Listed(["2月14日", "2027年2月28日"]), "14 February, 28 February 2027"),
        ("2个工作日", "2 working days"),
        ("手写、的话", "手写、的话"),
        (date(2026, 1, 5), date(2026, 1, 5)),
        (7, 7),
    ],
)
def test_a_value_is_told_in_english_where_it_can_be(value: object, words: object) -> None:
    assert english.told(value, lambda word: word) == words


# The extractor


def test_sentences_are_found_where_something_is_told_and_nowhere_else(tmp_path: Path) -> None:
    source = tmp_path / "source.py"
    source.write_text(
        '"""说明"""\ncase.must(ok, "请选。" if one else "请填。", "E_X")\nname = f"某{n}"\nother = "别的"\n'
    )
    assert list(said(parsed(source))) == ["请选。", "请填。"]
    assert list(literals(parsed(source))) == ["请选。", "请填。", "别的"]


def test_what_is_translated_is_kept_even_when_it_is_no_longer_said(tmp_path: Path) -> None:
    path = tmp_path / "procedures.po"
    first = read(path)
    first.add("受理", "Accept", context="petition.a")
    first.add("旧话。", "Old words.", context="petition")
    write(path, first)
    write(
        path, merge(read(path), [Message("petition.a", "受理"), Message("petition.b", "受理"), Message("law", "新。")])
    )
    after = read(path)
    assert {(each.context, each.id): each.string for each in after if each.id} == {
        ("petition.a", "受理"): "Accept",
        ("petition.b", "受理"): "Accept",
        ("law", "新。"): "",
    }
    assert [each.string for each in after.obsolete.values()] == ["Old words."]
    write(path, merge(after, [Message("petition", "旧话。")]))
    assert [each.string for each in read(path) if each.id] == ["Old words."]


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "procedures.po"
    write(path, read(CATALOGUE))
    assert path.read_bytes() == CATALOGUE.read_bytes()


def test_the_command_tells_what_has_no_english(tmp_path: Path) -> None:
    path = tmp_path / "procedures.po"
    answer = CliRunner().invoke(extract, [str(path)])
    assert answer.exit_code == 0
    assert "缺英文 / no English: petition.accept: 受理" in answer.output
    assert {Message(each.context or "", str(each.id)) for each in read(path) if each.id} == set(messages())
