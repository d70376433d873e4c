"""Tracking codes: sixteen symbols and a check symbol, told once and kept as a keyed hash."""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.tables import TrackingCode

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
CHECKS = SYMBOLS + "*~$=U"
LENGTH, BITS = 16, 80
MISREAD = str.maketrans("OIL", "011")
ISSUE = text("""
INSERT INTO tracking_codes (case_id, party, code_hash, second_hash, second_kind, issued_at)
VALUES (:case_id, :party, :code_hash, :second_hash, :second_kind, linban_now())
ON CONFLICT (case_id, party) DO UPDATE SET code_hash = excluded.code_hash, second_hash = excluded.second_hash,
    second_kind = excluded.second_kind, issued_at = excluded.issued_at
""")


def spelt(number: int) -> str:
    """Eighty bits as four groups of four symbols, and the check symbol: 37 is prime, so it finds any one mistake."""
    symbols = "".join(SYMBOLS[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    groups = (symbols[at : at + 4] for at in range(0, LENGTH, 4))
    return "-".join(groups) + CHECKS[number % 37]


def read(code: str) -> str:
    """The symbols of a code as somebody typed it, or nothing where it cannot be one."""
    given = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", code)).upper()
    body, check = given[:LENGTH].translate(MISREAD), given[LENGTH:]
    if len(given) != LENGTH + 1 or any(symbol not in SYMBOLS for symbol in body):
        return ""
    number = 0
    for symbol in body:
        number = number * 32 + SYMBOLS.index(symbol)
    return body if CHECKS[number % 37] in (check, check.translate(MISREAD)) else ""


def drawn(secret: bytes, asked: bytes = b"") -> str:
    """A new code; worked out from what was asked where the same request must bring the same one."""
    number = secrets.randbits(BITS)
    if asked:
        number = int.from_bytes(hmac.digest(secret, b"code\x00" + asked, "sha256")[: BITS // 8], "big")
    return spelt(number)


def pin(secret: bytes, asked: bytes = b"") -> str:
    """Six digits, for somebody who leaves no telephone number."""
    if not asked:
        return f"{secrets.randbelow(10**6):06}"
    return f"{int.from_bytes(hmac.digest(secret, b'pin' + asked, 'sha256')[:8], 'big') % 10**6:06}"


def hash_of_code(secret: bytes, code: str) -> bytes:
    return hmac.digest(secret, b"tracking\x00" + read(code).encode(), "sha256")


def hash_of_second(secret: bytes, code: str, second: str) -> bytes:
    """Bound to its code, so that equal digits of two people look different."""
    digits = "".join(str(unicodedata.digit(symbol)) for symbol in second if unicodedata.digit(symbol, None) is not None)
    return hmac.digest(secret, b"second\x00" + read(code).encode() + b"\x00" + digits.encode(), "sha256")


def issue(session: Session, case_id: int, code: str, *, party: str = "", phone: str = "", pin: str = "") -> None:
    """Takes the place of any code the party had; the last four digits of the phone, else the PIN, go with it."""
    secret: bytes = session.info["secret"]
    second = phone[-4:] or pin
    session.execute(
        ISSUE,
        {
            "case_id": case_id,
            "party": party,
            "code_hash": hash_of_code(secret, code),
            "second_hash": hash_of_second(secret, code, second),
            "second_kind": "phone" if phone else "pin",
        },
    )


def issued_at(session: Session, case_id: int, party: str = "") -> datetime | None:
    """When the code that works now was given out; nothing where that party has none."""
    own = (TrackingCode.case_id == case_id, TrackingCode.party == party)
    return session.execute(select(TrackingCode.issued_at).where(*own)).scalar_one_or_none()
