"""Whom and which units a form lets one choose: holders of the role wanted, nearest first; the tree in its order."""

from __future__ import annotations

from models.organisation import Organisation
from web import days
from web.forms import Choices, Pools
from workflow.fields import Field
from workflow.words.naming import several

MOST = 200


def of(known: Organisation, unit: str) -> Pools:
    return Pools(lambda field: people(known, unit, field), lambda _field: units(known))


def people(known: Organisation, unit: str, field: Field) -> Choices:
    """Everybody in office today near the unit; where the field names a role or several, only their holders."""
    roles, on = {each.id for each in several(field.of)} if field.of else set(), days.today()
    line = known.upward(unit)
    held = [
        (line.index(post.unit) if post.unit in line else len(line), post)
        for (wanted, _unit), posts in known.posts.items()
        for post in posts
        if (not roles or wanted in roles) and post.holds(on)
    ]
    held.sort(key=lambda one: (one[0], one[1].unit))
    shown = {
        post.person: f"{known.names.get(post.person, post.person)}，{known.units[post.unit].name}" for _, post in held
    }
    return list(shown.items())[:MOST]


def units(known: Organisation) -> Choices:
    """From the root downwards, each under the one above it."""
    found: list[tuple[str, str]] = []

    def under(parent: str, depth: int) -> None:
        for unit in known.units.values():
            if unit.parent == parent:
                found.append((unit.id, "　" * depth + unit.name))
                under(unit.id, depth + 1)

    under("", 0)
    return found
