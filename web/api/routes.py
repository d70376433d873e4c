"""The blueprint that all views of the interface hang on, and what they share."""

from __future__ import annotations

from web.api import components
from web.api.parser import Routes
from workflow.registry import PROCEDURES, definitions

api = Routes("api", __name__, url_prefix="/api/v1", description="案件、办理、期限 / Cases, acts, terms")

KEY = {
    "in": "header", "name": "Idempotency-Key", "required": False, "schema": {"type": "string", "maxLength": 200},
    "description": "同一编号同一内容只办一次 / The same key with the same content is done once.",
}  # fmt: skip
MATCH = {
    "in": "header", "name": "If-Match", "required": False, "schema": {"type": "string", "pattern": '^"?[0-9]+"?$'},
    "description": "看到的版本；不符则412 / The version seen; 412 where it is another.",
}  # fmt: skip
REPLAYED = {"schema": {"type": "string", "enum": ["true"]}, "description": "此前已办，原样答复 / Done before."}
TAG = {"schema": {"type": "string"}, "description": "案件版本 / Version of the case."}
PLACE = {"schema": {"type": "string", "format": "uri-reference"}, "description": "新案件的地址 / Where the case is."}
NAME = {"in": "path", "name": "name", "description": "案件编号；登记时为程序 / Its number; to open one, the procedure."}


def forms(*, opening: bool) -> list[str]:
    """Names of the components of acts that open a case, or of those that do not: also of earlier versions."""
    laws = PROCEDURES if opening else definitions()
    return [
        components.name_of(act, hand)
        for law in laws.values()
        for act in components.acts(law)
        for hand in range(len(act.hands))
        if components.opens(law, act) == opening
    ]
