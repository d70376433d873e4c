"""What is answered instead of what was asked: one table of problems for pages and programs, told in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, g, jsonify
from flask_babel import force_locale

from web.languages import said
from workflow.sentences import Sentence

N_ = Sentence  # marks what is to be translated
TYPES = "https://linban.example/problems/"
NOT_NOW = N_("现在不能办")

# Slug: status, title, detail where the problem itself has nothing more exact to say.
TABLE: dict[str, tuple[int, Sentence, Sentence]] = {
    "malformed-json": (400, N_("请求格式错误"), N_("请求格式错误。")),
    "malformed-request": (400, N_("请求格式错误"), N_("请求格式错误，请回到上一页重试。")),
    "login-required": (401, N_("请先登录"), N_("请先登录。")),
    "action-not-permitted": (403, N_("您不能办这一步"), N_("您的岗位不能办理此操作。")),
    "own-case": (403, N_("您不能办这一步"), N_("不得办理与本人有关的事项。")),
    "csrf": (403, N_("页面已过期"), N_("页面已过期，请刷新后重试。")),
    "not-found": (404, N_("没有找到"), N_("未找到该事项，或您无权查看。")),
    "method-not-allowed": (405, N_("不能这样操作"), N_("这个地址不能这样操作。")),
    "illegal-transition": (409, N_("情况有变"), N_("当前状态不能办理这一步。")),
    "version-conflict": (409, N_("情况有变"), N_("该事项已被他人更新，请核对后重新提交。")),
    "already-open": (409, N_("已有一件"), N_("同样的事项已有一件。")),
    "too-large": (413, N_("内容太大"), N_("内容太大：文件最大20MB，文字最多1万字。")),
    "unsupported-media-type": (415, N_("不支持的格式"), N_("不支持的格式。")),
    "invalid-data": (422, NOT_NOW, N_("填写的内容无法识别，请检查后重试。")),
    "unknown-field": (422, NOT_NOW, N_("没有这一栏，或者不能直接修改。")),
    "unknown-sort": (422, N_("不能这样查找"), N_("不支持按该字段排序。")),
    "out-of-range": (422, N_("不能这样查找"), N_("页码或每页条数超出范围。")),
    "idempotency-key-reused": (422, N_("提交编号已用过"), N_("重复提交编号已用于另一请求。")),
    "too-many-attempts": (429, N_("请稍后再试"), N_("尝试次数过多，请稍后再试。")),
    "internal": (500, N_("系统出错了"), N_("您的内容未保存，请稍后重试。")),
    "temporarily-unavailable": (503, N_("系统繁忙"), N_("系统繁忙，您的内容未保存，请稍后重试。")),
}
OTHERWISE = (422, NOT_NOW, N_("请求没有完成，请稍后重试。"))


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong: where (a JSON pointer), its code and its sentence; `more` are the limits it names."""

    pointer: str
    code: str
    message: str
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """What is answered instead of what was asked. `trace` is the number to read out on the telephone.

    `more` are members of the problem's own; `context` is the procedure whose words the sentences are.
    """

    status: int
    slug: str
    title: str
    detail: str
    errors: tuple[Wrong, ...] = ()
    trace: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    context: str = ""


class Problem(Exception):
    """Ends a request with this fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.slug)
        self.fault = fault


def fault(slug: str, detail: str = "", *, errors: tuple[Wrong, ...] = (), **more: Any) -> Fault:
    """The problem of that name; `more` are its own members."""
    status, title, usual = TABLE.get(slug, OTHERWISE)
    return Fault(status, slug, title, detail or usual, errors, more=more)


def body(fault: Fault) -> dict[str, Any]:
    """RFC 9457, with every sentence in both languages."""
    title, detail = both("title", fault.title, fault.context), both("detail", fault.detail, fault.context)
    return {
        **({"errors": [entry(each, fault.context) for each in fault.errors]} if fault.errors else {}),
        **({"trace_id": fault.trace} if fault.trace else {}),
        **fault.more,
        **{"type": TYPES + fault.slug, "status": fault.status, "code": fault.slug, **title, **detail},
        "instance": f"urn:uuid:{g.get('request_id', '')}",
    }


def entry(wrong: Wrong, context: str) -> dict[str, Any]:
    own = {"pointer": wrong.pointer, "code": wrong.code}
    return {**own, **both("message", wrong.message, context), **wrong.more}


def both(name: str, told: str, context: str = "") -> dict[str, str]:
    """`name` in Chinese and `name_en` in English."""
    return {name: str(told), f"{name}_en": in_english(told, context)}


def in_english(told: str, context: str = "") -> str:
    with force_locale("en"):
        return str(said(told, context))


def problem(fault: Fault) -> Response:
    response = jsonify(body(fault))
    response.mimetype = "application/problem+json"
    return response
