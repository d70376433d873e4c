"""After an act: what was done, what follows and by when; after a filing the slip with the code, shown once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from web.views.case import Fact
from web.views.due import Due


@dataclass(frozen=True)
class Slip:
    """`code` is empty where the slip was shown before; `factor` says which second proof belongs to it.

    `name`: to whom it is handed, where there are several parties.
    """

    number: str
    code: str
    factor: str
    received_on: date
    unit: str
    qr: str = ""
    pin: str = ""
    name: str = ""


@dataclass(frozen=True)
class CodeSlip:
    """One code of an anonymous form: which poll, about what, where it is typed."""

    poll: str
    about: str
    code: str
    address: str
    qr: str


@dataclass(frozen=True)
class Result:
    number: str
    title: str
    act: str
    state: str
    signed: bool = False
    then: tuple[str, ...] = ()
    dues: tuple[Due, ...] = ()
    papers: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()
    codes: tuple[CodeSlip, ...] = ()
    revealed: tuple[Fact, ...] = ()
