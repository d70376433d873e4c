"""Compiles the translations that are newer than what was compiled, so that a plain checkout speaks both languages."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HOME = Path(__file__).parent / "translations"


def compile_all(home: Path = HOME) -> list[Path]:
    """The catalogues compiled now; several processes may do it at once, the last one wins whole."""
    stale = [source for source in sorted(home.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]
    for source in stale:
        _compile(source)
    return stale


def _is_stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> None:
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parts[-3])
    _say_everywhere(catalogue)
    with NamedTemporaryFile(dir=source.parent, suffix=".tmp", delete=False) as made:
        write_mo(made, catalogue)
    Path(made.name).replace(source.with_suffix(".mo"))


def _say_everywhere(catalogue: Catalog) -> None:
    """A word that stands inside a sentence is asked for without its name, so every word is found without one too."""
    for message in [each for each in catalogue if each.id and each.context and each.string]:
        if catalogue.get(message.id) is None:
            catalogue.add(message.id, message.string)
