"""Paper and life compared: what one answered otherwise than the other."""

from __future__ import annotations

from typing import Any

Answer = dict[str, Any]


def differences(paper: Answer, live: Answer) -> list[str]:
    """What life answered otherwise than paper, step by step; seconds apart, and in any order at one moment."""
    told, lived = sorted(map(essence, paper["steps"]), key=place), sorted(map(essence, live["steps"]), key=place)
    lines = [f"{a}\n≠ {b}" for a, b in zip(told, lived, strict=False) if a != b]
    return lines + ([f"{len(told)} / {len(lived)}"] if len(told) != len(lived) else [])


def essence(step: Answer) -> Answer:
    clocks = {code: (clock["due_at"][:16], clock["status"]) for code, clock in step["deadlines"].items()}
    told = sorted({(each["role"], each["what"]) for each in step.get("told", [])})
    refused = sorted((each["code"], each["message"]) for each in step.get("refusals", []))
    kept = {name: step.get(name) or "" for name in ("case", "by", "do", "outcome", "state")}
    return kept | {
        "at": step["at"][:16], "deadlines": clocks, "told": told, "refusals": refused,
        "documents": step.get("documents", []), "opened": step.get("opened", []),
    }  # fmt: skip


def place(step: Answer) -> tuple[str, str]:
    return step["at"], step["case"]
