"""What there is to be done at all, and as whom."""

from __future__ import annotations

from typing import Any

from flask import g, url_for
from flask.typing import ResponseReturnValue

from models.db import db
from models.organisation import organisation
from web.api import answers, bearer, components, telling
from web.api.bilingual import words
from web.api.routes import api
from web.problems import Problem, fault
from workflow.machine import sources, targets
from workflow.registry import PROCEDURES, definitions
from workflow.words.acts import Act
from workflow.words.naming import id_of
from workflow.words.procedure import Procedure
from workflow.words.when import Clock

Law = type[Procedure]


@api.get("/procedures")
@api.response(200, answers.ProcedureList)
def procedures() -> ResponseReturnValue:
    """程序 / The procedures"""
    return {"procedures": [row(law) for law in PROCEDURES.values()]}


@api.get("/procedures/<id>")
@api.response(200, answers.Procedure)
def procedure(id: str) -> ResponseReturnValue:
    """一个程序：状态、角色、行为、期限 / One procedure: states, roles, acts, terms"""
    law = PROCEDURES.get(id)
    if law is None:
        raise Problem(fault("not-found"))
    return {
        **row(law),
        "states": [telling.state(law, name) for name in law.states],
        "roles": [
            {"id": name, "label": words(role.label, f"{law.id}.{name}"), "outside": role.outside}
            for name, role in law.roles.items()
        ],
        "acts": [act(law, each) for each in components.acts(law)],
        "clocks": [term(law, texts[-1]) for texts in law.clocks.values()],
    }


def row(law: Law) -> dict[str, Any]:
    url = url_for("api.procedure", id=law.id)
    return {"id": law.id, "label": words(law.label, law.id), "version": law.version, "url": url}


def act(law: Law, each: Act) -> dict[str, Any]:
    asked = [who for hand in each.hands for who in hand]
    return {
        "trigger": each.id, "label": words(each.label, f"{law.id}.{each.id}"), "law": each.law,
        "sources": sources(law, each), "targets": targets(law, each), "opens": components.opens(law, each),
        "roles": [words(who.label, f"{law.id}.{id_of(who)}") for who in asked],
        "schemas": [components.name_of(each, hand) for hand in range(len(each.hands))],
    }  # fmt: skip


def term(law: Law, clock: Clock) -> dict[str, Any]:
    label, kind = words(clock.label, f"{law.id}.{clock.id}"), type(clock).__name__
    return {"id": clock.id, "code": clock.code, "label": label, "kind": kind, "law": str(clock.source or "")}


@api.get("/me")
@api.response(200, answers.Me)
def me() -> ResponseReturnValue:
    """密钥代表谁 / Whom the token speaks for"""
    actor, known = bearer.actor(), organisation(db.session())
    laws = [law for law in definitions().values() if actor.role in law.roles]
    labels = [words(law.roles[actor.role].label, f"{law.id}.{actor.role}") for law in laws]
    own = {"person": actor.person, "name": actor.name, "role": actor.role, "role_labels": labels}
    return {
        **own,
        "unit": telling.office(known, actor.unit),
        "token": g.bearer.label,
        "expires_at": g.bearer.expires_at,
    }
