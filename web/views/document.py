"""An official document as a sheet: a title, the person addressed, paragraphs, the signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Block:
    kind: Literal["title", "plain", "text", "sign"]
    text: str


@dataclass(frozen=True)
class Sheet:
    label: str
    blocks: tuple[Block, ...]


def sheet(label: str, text: str) -> Sheet:
    """The stored wording, whose first line is the title and whose indented last lines are the signature."""
    lines = [line.rstrip() for line in text.strip("\n").splitlines()]
    body = [line for line in lines[1:] if line.strip()]
    signed = _signature(body)
    blocks = [_block(line) for line in body[: len(body) - signed]]
    end = [Block("sign", "\n".join(line.strip() for line in body[-signed:]))] if signed else []
    return Sheet(label, (Block("title", lines[0].strip() if lines else label), *blocks, *end))


def _signature(lines: list[str]) -> int:
    """How many of the last lines stand to the right: short ones without a full stop."""
    count = 0
    while count < min(3, len(lines)) and _is_signed(lines[-1 - count]):
        count += 1
    return count


def _is_signed(line: str) -> bool:
    return len(line.strip()) <= 24 and not line.strip().endswith(("。", "：", "；"))


def _block(line: str) -> Block:
    return Block("plain" if line.endswith("：") and len(line) < 30 else "text", line.strip())
