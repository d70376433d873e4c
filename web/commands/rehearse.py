"""linban rehearse: plays a story on paper, and with --live through the running system."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import click
import yaml
from rich.console import Console
from rich.table import Table

from models.almanac import almanac
from web.live import differences, play_live
from web.servers import servers
from workflow.calendar import Calendar
from workflow.registry import PROCEDURES
from workflow.rehearsal import play
from workflow.snapshot import Facts
from workflow.story import Story, UnreadableStory, read_story

CALENDAR_YEARS = 2
HELD, UNMET, UNREADABLE = 0, 1, 2
WIDE = 160  # columns that eight of them need


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON")
@click.option(
    "--live", is_flag=True, help="同时通过真实系统演练并对照 / play it through the running system too, and compare"
)
def rehearse(path: Path, as_json: bool, live: bool) -> None:
    """演练一个故事 / Play a story on paper, or on paper and live."""
    try:
        story = read_story(read(path), PROCEDURES)
    except UnreadableStory as error:
        click.echo(f"{path}: {error}", err=True)
        sys.exit(UNREADABLE)
    answer = play(story, PROCEDURES, facts_of(story))
    if live:
        answer = lived(story, answer)
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1, default=str)) if as_json else show(answer)
    sys.exit(HELD if answer["held"] else UNMET)


def lived(story: Story, paper: dict[str, Any]) -> dict[str, Any]:
    """The answer of the running system; where it is another than on paper, that is an expectation not met."""
    with servers() as (database, queue):
        os.environ["REDIS_URL"] = queue
        answer = play_live(story, facts_of(story), database)
    unmet = [
        *answer["unmet"],
        *(f"纸上与系统不同 / paper and life differ: {line}" for line in differences(paper, answer)),
    ]
    return answer | {"unmet": unmet, "held": not unmet}


def read(path: Path) -> Any:
    """What YAML or JSON says; raises `UnreadableStory` with the line where it cannot be read."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableStory(f"读不到 / cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnreadableStory(f"不是 YAML / is not YAML: {error}") from error


def facts_of(story: Story) -> Facts:
    """The story's own units and settings, and the calendar of the years it touches."""
    years = [step.at.year for step in story.steps]
    days = almanac(min(years) - 1, max(years) + CALENDAR_YEARS)
    return Facts(units=story.units, calendar=Calendar(days), settings=story.settings)


def show(answer: dict[str, Any]) -> None:
    table = Table("", "时间 at", "案件 case", "谁 by", "做了什么 do", "状态 state", "期限 deadlines", "结果 outcome")
    for step in answer["steps"]:
        table.add_row(*row(step))
    console = Console(width=max(Console().width, WIDE))
    console.print(table)
    for line in answer["unmet"]:
        console.print(f"✗ {line}", style="red", markup=False)


def row(step: dict[str, Any]) -> list[str]:
    marks = {"running": "", "paused": "（中止）", "overdue": "（逾期）"}
    clocks = [f"{code} {clock['due_on']}{marks[clock['status']]}" for code, clock in step["deadlines"].items()]
    said = [f"✗ {refusal['code']} {refusal['message']}" for refusal in step.get("refusals", [])]
    said += [f"《{label}》" for label in step.get("documents", [])]
    said += [f"→ {told['role']}" for told in step.get("told", [])]
    at = step["at"][:16].replace("T", " ")
    words = [str(step["n"] or ""), at, step["case"], step["by"], step["do"], step["state"]]
    return [*words, "\n".join(clocks), "\n".join(said) or step["outcome"]]
