"""Both languages are whole."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import web
from web import catalogues

HOME = Path(web.__file__).parent
CHINESE = re.compile("[\u4e00-\u9fff]")


def extracted() -> set[str]:
    methods = [("**.py", "python"), ("templates/**.html", "jinja2")]
    options = {"templates/**.html": {"trim_blocks": "true"}}
    found = extract_from_dir(HOME, methods, options)
    return {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}


def catalogue() -> dict[str, tuple[str, ...]]:
    with (catalogues.HOME / "en/LC_MESSAGES/messages.po").open("rb") as text:
        messages = list(read_po(text, locale="en"))
    return {_id(each.id): _strings(each.string) for each in messages if each.id}


def _id(found: str | tuple[str, ...]) -> str:
    return found[0] if isinstance(found, tuple) else found


def _strings(found: str | tuple[str, ...]) -> tuple[str, ...]:
    return found if isinstance(found, tuple) else (found,)


def test_every_word_of_the_interface_is_said_in_english() -> None:
    assert sorted(extracted() - catalogue().keys()) == []


def test_no_translation_is_left_over() -> None:
    spoken = {"机关的期限", "当事人的期间", "公示期", "周期性义务", "提示"}
    assert sorted(catalogue().keys() - extracted() - spoken) == []


def test_no_translation_is_empty_or_still_chinese() -> None:
    quoted = {"任何人不得打击报复信访人（《信访工作条例》第18条）"}
    kept = {key: said for key, said in catalogue().items() if key not in quoted}
    assert [key for key, said in kept.items() if not all(said) or any(map(CHINESE.search, said))] == []


def test_placeholders_survive_translation() -> None:
    names = re.compile(r"%\((\w+)\)s")
    wrong = [
        key for key, said in catalogue().items() for each in said if set(names.findall(key)) != set(names.findall(each))
    ]
    assert wrong == []


def test_compiling_twice_compiles_once() -> None:
    catalogues.compile_all()
    assert catalogues.compile_all() == []
