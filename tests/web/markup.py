"""A strict reader of pages: every element closed where it was opened, every id once, every label and picture named."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
SILENT = frozenset(("script", "style", "title"))


@dataclass
class Page(HTMLParser):
    """`faults` is empty for a good page."""

    text: str
    faults: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    wanted: set[str] = field(default_factory=set)
    forms: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]
        self.faults += [f"nothing has the id {name}" for name in sorted(self.wanted - self.ids)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._check(tag, given)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "form":
            self.forms.append(given)

    def _check(self, tag: str, given: dict[str, str]) -> None:
        if "style" in given or any(name.startswith("on") for name in given):
            self.faults.append(f"<{tag}> carries style or script of its own")
        if tag == "script" and "src" not in given:
            self.faults.append("a script stands in the page")
        if (name := given.get("id")) and name in self.ids:
            self.faults.append(f"the id {name} stands twice")
        self.ids.add(given.get("id", ""))
        self.wanted |= {given["for"]} if tag == "label" and "for" in given else set()
        self.wanted |= set(given.get("aria-describedby", "").split()) | set(given.get("aria-labelledby", "").split())
        if tag == "svg" and not {"aria-hidden", "role"} & given.keys():
            self.faults.append("a picture is neither named nor hidden")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:] or 'nothing'}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not (self.open and self.open[-1] in SILENT) and data.strip():
            self.words.append(data.strip())
