"""linban migrate: running cases led to another version of their procedure: rehearsed, done, or taken back."""

from __future__ import annotations

import sys
from collections import Counter

import click
from rich.console import Console
from rich.table import Table

from models import db, migrating
from models.migrating import Report
from web.api.bilingual import reason
from web.languages import outside_of_a_page
from web.record import needs_database, writing
from workflow.registry import MIGRATIONS
from workflow.snapshot import Actor
from workflow.words.migration import Way

OPERATOR = Actor("operator", "operator")
SHOWN = 50
FATES = {
    "kept": "照旧继续 kept", "anew": "重新起算 anew", "converted": "换算 converted", "given_up": "不再计算 given up",
    "begun": "新起算 begun",
}  # fmt: skip


@click.command()
@click.argument("procedure")
@click.option("--to", "version", required=True, help="换到哪一版 / the version to lead to")
@click.option(
    "--apply", "in_earnest", is_flag=True, help="真的换；不写则只预演 / do it; otherwise it is only rehearsed"
)
@click.option("--undo", "back", is_flag=True, help="撤回：换版后没有办理过的恢复原样 / give back what was not acted on")
@click.option("--all", "everything", is_flag=True, help="列出全部期限 / list every term")
@needs_database
def migrate(procedure: str, version: str, *, in_earnest: bool, back: bool, everything: bool) -> None:
    """在办案件换到另一版程序 / Lead running cases to another version of their procedure."""
    if in_earnest and back:
        raise click.UsageError("--apply 与 --undo 只能选一个 / choose one of the two")
    ways = [way for way in MIGRATIONS if (way.new.id, way.new.version) == (procedure, version)]
    if not ways:
        raise click.UsageError(f"没有说明“{procedure}”怎样换到“{version}”版 / no migration leads there")
    with writing() as sessions:
        reports = [reported(sessions, way, in_earnest=in_earnest, back=back) for way in ways]
        rest = [] if back else others(sessions, ways)
    for report in reports:
        show(report, everything)
    for line in (*rest, done(in_earnest, back)):
        click.echo(line)
    sys.exit(0 if all(report.whole for report in reports) else 1)


def reported(sessions: db.Sessions, way: Way, *, in_earnest: bool, back: bool) -> Report:
    if back:
        return migrating.undo(sessions, way, actor=OPERATOR, say=progress)
    if in_earnest:
        return migrating.apply(sessions, way, actor=OPERATOR, say=progress)
    return migrating.rehearse(sessions, way, say=progress)


def progress(count: int, total: int) -> None:
    click.echo(f"  {count}/{total}", err=True)


def others(sessions: db.Sessions, ways: list[Way]) -> list[str]:
    known = [ways[0].new.version, *(way.old.version for way in ways)]
    with sessions() as session:
        found = migrating.without_a_way(session, ways[0].new.id, known)
    return [
        f"第 {version} 版 {count} 件没有换版说明 / {count} of version {version}: no way"
        for version, count in found.items()
    ]


def done(in_earnest: bool, back: bool) -> str:
    if back:
        return "已撤回 / given back"
    return (
        "已换版 / done"
        if in_earnest
        else "只是预演，什么都没有改；加 --apply 才换 / rehearsed, nothing changed: --apply does it"
    )


# The report


def show(report: Report, everything: bool) -> None:
    old, new = report.way.old, report.way.new
    click.echo(f"{old.id} {old.version} → {new.version}: {report.cases} 件 / cases")
    for (before, after), count in sorted(report.states.items()):
        click.echo(f"  {before} → {after}: {count}")
    terms(report, everything)
    for name, fate in report.way.migration.clocks.items():
        if fate.kind == "given_up":
            click.echo(f"  {name} 不再计算 / given up: {fate.why}")
    for role, why in report.way.migration.joins.items():
        click.echo(f"  {role} 从此参与 / sees them from now on: {why}")
    for what, count in sorted(report.follows.items()):
        click.echo(f"  随后自动 / then by itself: {what} {count}")
    for no, told in staying(report).items():
        click.echo(f"  {no} 留在原处 / stays: {told}")
    if report.busy:
        click.echo(f"  {report.busy} 件正有人办理，请再运行一次 / held by others: run it again")


def staying(report: Report) -> dict[str, str]:
    """Why, in both languages, by number."""
    with outside_of_a_page():
        both = {no: [reason(each, report.way.old.id) for each in why] for no, why in sorted(report.staying.items())}
    return {
        no: f"{''.join(each['message'] for each in why)} / {' '.join(each['message_en'] for each in why)}"
        for no, why in both.items()
    }


def terms(report: Report, everything: bool) -> None:
    lines = report.lines if everything else report.lines[:SHOWN]
    if not lines:
        return
    table = Table("案件 case", "期限 term", "做法 fate", "原到期 from", "新到期 to")
    for line in lines:
        clock = line.clock
        table.add_row(line.no, clock.code, FATES[clock.kind], str(clock.from_day or ""), str(clock.to_day or ""))
    Console().print(table)
    if len(lines) < len(report.lines):
        click.echo(f"另有 {len(report.lines) - len(lines)} 项，用 --all 列出 / and more: --all lists them")
    counts = Counter(line.clock.kind for line in report.lines)
    moved = sum(line.clock.from_day != line.clock.to_day for line in report.lines)
    told = " · ".join(f"{FATES[kind]} {count}" for kind, count in counts.items())
    click.echo(f"  {told} · 到期日变动 moved {moved}")
