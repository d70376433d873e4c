"""Every page with the samples in it: what the pictures, the accessibility check and the copy check look at."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Flask, render_template

from tests.web import garden_atlas, samples
from web import diagram, words
from web.errors import Fault
from web.views.form import Form, Line

LOGIN = Form("/login", "登录", (Line("login", "用户名", "text"), Line("password", "密码", "text")))
ASK = Form("/track", "办件查询", ())


@dataclass(frozen=True)
class Account:
    login: str
    name: str
    post: str
    unit: str


@dataclass(frozen=True)
class Opening:
    procedure: str
    trigger: str
    label: str
    act: str
    law: str
    id: str = "petition"


OPENINGS = (Opening("petition", "register", "信访事项", "登记", "《信访工作条例》第22条"),)


def pages() -> dict[str, tuple[str, dict[str, object]]]:
    """Name of a picture, template, what stands in it."""
    atlas = garden_atlas.ATLAS
    bad = samples.do_form({"outcome": "not_support", "implement_due_on": "2025-02-29"}, samples.REFUSALS)
    demo = (
        Account("linxiaoyun", "林晓芸", "承办人", "柳岸街道信访办"),
        Account("zhaoqiming", "赵启明", "负责人", "柳岸街道办事处"),
    )
    return {
        "login": ("login.html", {"form": LOGIN, "demo": demo, "demo_password": "linban", "onward": ""}),
        "desk": ("desk.html", {"desk": samples.DESK}),
        "desk-empty": ("desk.html", {"desk": samples.EMPTY_DESK}),
        "case": ("case.html", {"case": samples.CASE, "whole": False, "opened": "first"}),
        "do": ("do.html", {"case": samples.CASE, "form": samples.do_form({"outcome": "support"})}),
        "do-wrong": ("do.html", {"case": samples.CASE, "form": bad}),
        "do-parts": ("do.html", {"case": samples.CASE, "form": samples.orchard_form()}),
        "case-parts": ("case.html", {"case": samples.orchard_case(), "whole": False, "opened": ""}),
        "do-late": (
            "do.html",
            {"case": samples.CASE, "form": samples.do_form({"outcome": "support"}), "late": samples.LATE},
        ),
        "check": ("check.html", {"case": samples.CASE, "check": samples.CHECK}),
        "done": ("done.html", {"result": samples.RESULT}),
        "board": ("board.html", {"board": samples.BOARD}),
        "stats": ("stats.html", {"stats": samples.STATS}),
        "stats-empty": ("stats.html", {"stats": samples.NO_STATS}),
        "inbox": ("inbox.html", {"inbox": samples.INBOX}),
        "calendar": ("calendar.html", {"month": samples.squares()}),
        "cases": ("cases.html", {"rows": samples.ROWS[:3], "said": "“桂花巷”", "query": "桂花巷", "more": False}),
        "new": ("new.html", {"openings": OPENINGS}),
        "open": ("open.html", {"form": samples.do_form()}),
        "keys": ("keys.html", {"keys": samples.KEYS}),
        "keys-none": ("keys.html", {"keys": []}),
        "procedure": ("procedure.html", {"atlas": atlas, "drawn": diagram.procedure(atlas, words.spoken(atlas.id))}),
        "procedures": ("procedures.html", {"procedures": OPENINGS}),
        "document": ("document.html", {"paper": samples.SHEET, "back": "/", "back_label": "XF-LAJD-2026-000118"}),
        "ask": ("ask.html", {"form": ASK}),
        "track": ("track.html", {"track": samples.TRACK}),
        "file": ("file.html", {"form": samples.do_form(), "unit": "柳岸街道", "law": OPENINGS[0]}),
        "fault-404": ("fault.html", {"fault": Fault(404, "not-found", "没有找到", "未找到该事项，或您无权查看。")}),
        "fault-500": (
            "fault.html",
            {"fault": Fault(500, "internal", "系统出错了", "您的内容未保存，请稍后重试。", trace="3f2a-91c7")},
        ),
    }


def hang(app: Flask) -> None:
    """Under /gallery/<name> of a test application only."""
    gallery = Blueprint("gallery", __name__)

    @gallery.get("/gallery/<name>")
    def show(name: str) -> str:
        template, values = pages()[name]
        return render_template(template, **values)

    app.register_blueprint(gallery)
