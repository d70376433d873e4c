"""linban check: proves every procedure against itself, the others, the organisation, and the cases that are running."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

import click
from sqlalchemy.orm import Session

from models import db, town
from models.almanac import almanac
from models.definitions import changed
from models.organisation import organisation
from models.stranded import stranded
from web.settings import read
from workflow.calendar import Calendar, today
from workflow.exploring import unreached
from workflow.lives import START
from workflow.proving.length import longest
from workflow.proving.others import between
from workflow.proving.tree import ladders_reach_somebody, vacancies
from workflow.registry import EARLIER, PROCEDURES, definitions
from workflow.snapshot import Facts, Unit
from workflow.story import TREE

YEARS_AHEAD = 6  # of a calendar: procedures may take years
LEFT_OUT = (
    "不含暂停、往复、未定期限的状态和不设上限的延长",
    "without pauses, ways back, states without a term, and extensions without a limit",
)


@click.command()
@click.option("--database", is_flag=True, help="对照实际机构和在办案件 / with the real organisation and running cases")
@click.option("--lives", default=0, metavar="N", help="另演 N 个随机人生 / play N random lives of each procedure too")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="最长用时自哪天起算 / day that durations count from")
def check(database: bool, lives: int, on: datetime | None) -> None:
    """证明每个程序不自相矛盾 / Prove that no procedure contradicts itself, the others or the organisation."""
    with around(database) as house:
        found = [*among_each_other(), *house.contradictions()]
        for each in found:
            click.echo(each, err=True)
        for vacancy in house.vacancies():
            click.echo(vacancy)
    durations(on.date() if on else date(datetime.now(UTC).year, 1, 1))
    if lives:
        walk(lives)
    told = f"{len(PROCEDURES)} 个程序，{len(found)} 处矛盾"
    click.echo(f"{told} / {len(PROCEDURES)} procedures, {len(found)} contradictions")
    sys.exit(1 if found else 0)


def among_each_other() -> Iterator[str]:
    """Each version among the others as they are now; by itself it was proved when it loaded."""
    together = [PROCEDURES, *({**PROCEDURES, each.id: each} for each in EARLIER.values())]
    yield from dict.fromkeys(str(found) for house in together for found in between(house))


@dataclass(frozen=True)
class House:
    """An organisation, and the cases that run in it where there is a record of them."""

    units: Mapping[str, Unit]
    posts: frozenset[tuple[str, str]]
    session: Session | None = None

    def holds(self, role: str, unit: str) -> bool:
        return (role, unit) in self.posts

    def contradictions(self) -> Iterator[str]:
        for procedure in definitions().values():
            yield from map(str, ladders_reach_somebody(procedure, self.units, self.holds))
        if self.session:
            yield from stranded(self.session, definitions())
            yield from changed(self.session, definitions())

    def vacancies(self) -> Iterator[str]:
        """Posts that ladders look for in vain: no fault of the procedure, and told to whoever watches."""
        for procedure in PROCEDURES.values():
            if found := "；".join(map(str, vacancies(procedure, self.units, self.holds))):
                yield f"{procedure.id}: 无人任职，改告督办员 / vacant, the supervisor is told: {found}"


@contextmanager
def around(database: bool) -> Iterator[House]:
    """The real organisation as it stands today; the sample town where none is at hand."""
    if not database:
        posts = {
            (role, unit) for unit, people in town.STAFF.items() for _, _, roles in people for role in roles.split()
        }
        units = {code: Unit(code, name, level, above) for code, name, level, above, _ in town.UNITS}
        yield House(units, frozenset(posts))
        return
    settings = read()
    with db.sessions(settings["DATABASE_URL"], secret=settings["SECRET_KEY"])() as session:
        known, day = organisation(session), today(db.now(session))
        held = (where for where, posts in known.posts.items() if any(post.holds(day) for post in posts))
        yield House(known.units, frozenset(held), session)


def durations(start: date) -> None:
    """The longest lawful way through each procedure, in days."""
    calendar = Calendar(almanac(start.year - 1, start.year + YEARS_AHEAD))
    for procedure in PROCEDURES.values():
        way = longest(procedure, start, calendar)
        states = " → ".join(procedure.states[state].label for state in way.states)
        untimed = "、".join(procedure.states[state].label for state in way.open_ended)
        click.echo(f"{procedure.id} {procedure.label}: 最长 {way.days} 天（{LEFT_OUT[0]}）")
        click.echo(f"  {way.days} days at most ({LEFT_OUT[1]}): {states}")
        if untimed:
            click.echo(f"  没有期限的状态 / states without a term: {untimed}")


def walk(count: int) -> None:
    """Random lives, lawful and unlawful; an act that none of them reached is named."""
    calendar = Calendar(almanac(START.year - 1, START.year + YEARS_AHEAD))
    for procedure in PROCEDURES.values():
        told = "、".join(sorted(unreached(procedure, Facts(TREE, calendar), count, house=PROCEDURES))) or "—"
        click.echo(f"{procedure.id}: {count} 个人生没有走到的 / acts that {count} lives never reached: {told}")
