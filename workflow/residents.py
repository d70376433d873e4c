"""Residents who act in a case where there are several: each under the id of his row, and for himself alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflow.words.procedure import Procedure


@dataclass(frozen=True)
class Resident:
    """`id` is `party_2` for the party in the second row; `phone` may be empty."""

    id: str
    role: str
    name: str
    phone: str


def residents(procedure: type[Procedure], data: Mapping[str, Any]) -> dict[str, Resident]:
    """By id, all whom the tables of the file name."""
    found = {}
    for role in procedure.roles.values():
        if role.among is None:
            continue
        for number, row in enumerate(data.get(role.among.table.id, ()), 1):
            if name := getattr(row, role.among.name):
                id_ = f"{role.id}_{number}"
                found[id_] = Resident(id_, role.id, name, getattr(row, role.among.phone))
    return found
