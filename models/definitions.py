"""A definition under which cases stand is not changed in place: it is remembered by its names, and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import text
from sqlalchemy.orm import Session

from workflow.fingerprint import fingerprint
from workflow.proving.contradiction import on_line
from workflow.registry import Version
from workflow.words.procedure import Procedure

REMEMBER = text("""
INSERT INTO definitions (procedure, version, names, known_at) VALUES (:procedure, :version, :names, linban_now())
ON CONFLICT (procedure, version) DO UPDATE SET names = excluded.names, known_at = excluded.known_at
    WHERE NOT EXISTS (SELECT FROM cases c WHERE (c.procedure, c.definition) = (excluded.procedure, excluded.version))
""")
REMEMBERED = text("SELECT procedure, version, names FROM definitions ORDER BY procedure, version")
CHINESE = "已有案件按此版办理，定义却变了，请升版（version）"
ENGLISH = "the definition of version {version} has changed since cases began under it: raise the version"


def remember(session: Session, known: Mapping[Version, type[Procedure]]) -> None:
    """As they are now, those under which no case stands yet; the others as they were."""
    for (procedure, version), each in known.items():
        named = {"procedure": procedure, "version": version, "names": list(fingerprint(each))}
        session.execute(REMEMBER, named)


def changed(session: Session, known: Mapping[Version, type[Procedure]]) -> Iterator[str]:
    """One sentence a version that is no longer what it was, with what is gone and what is new in it."""
    for row in session.execute(REMEMBERED):
        procedure = known.get((row.procedure, row.version))
        if procedure and (difference := differences(row.names, fingerprint(procedure))):
            english = ENGLISH.format(version=row.version)
            told = f"{row.procedure} {row.version}: {CHINESE} / {english}: {difference}"
            yield str(on_line(procedure, "", told))


def differences(was: list[str], now: tuple[str, ...]) -> str:
    gone, new = sorted(set(was) - set(now)), sorted(set(now) - set(was))
    return ", ".join((*(f"-{name}" for name in gone), *(f"+{name}" for name in new)))
