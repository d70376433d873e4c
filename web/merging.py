"""A catalogue brought up to what is said now: nothing translated is lost, nothing in the file tells when or where."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from web.extraction import Message

HEAD = """msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def read(path: Path) -> Catalog:
    """An empty one where there is no file yet."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as text:
        return read_po(text, locale="en")


def merge(before: Catalog, said: Iterable[Message]) -> Catalog:
    """A term that is new here but has its English elsewhere takes that; what is no longer said is kept as obsolete."""
    after = Catalog(locale="en")
    english = translations(before)
    for each in said:
        told = english.get((each.context, each.text)) or english.get(("", each.text), "")
        after.add(each.text, told, context=each.context, auto_comments=[each.kind])
    kept = [*before.obsolete.items(), *((before._key_for(old.id, old.context), old) for old in before if old.id)]
    after.obsolete.update((key, old) for key, old in kept if old.string and after.get(old.id, old.context) is None)
    return after


def translations(catalogue: Catalog) -> dict[tuple[str, str], str]:
    """By context and text, and by text alone."""
    found: dict[tuple[str, str], str] = {}
    for message in (*catalogue.obsolete.values(), *catalogue):
        if message.id and message.string:
            found[message.context or "", message.id] = message.string
            found.setdefault(("", message.id), message.string)
    return found


def write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEAD.encode())
        write_po(file, catalogue, width=0, omit_header=True, no_location=True)
