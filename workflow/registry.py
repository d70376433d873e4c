"""The procedures there are, all proved as they load, and the versions that older cases began under.

An earlier version stays a file of its own, `procedures/earlier/<id>_<version>.py`: the class under its old name, saying
its version. What its documents said otherwise stands in `documents/<id>_<version>/`. How running cases are led from one
to the next stands in `procedures/migrations/<id>_<old>_<new>.py`.
"""

from workflow.procedures.branch_rating import BranchRating
from workflow.procedures.mediation import Mediation
from workflow.procedures.petition import Petition
from workflow.procedures.rating_round import RatingRound
from workflow.procedures.recruitment import Recruitment
from workflow.proof import prove
from workflow.proving.migrations import prove_way
from workflow.words.migration import Migration, Way
from workflow.words.procedure import Procedure

Version = tuple[str, str]  # id of the procedure, and its version

NOW: tuple[type[Procedure], ...] = (Petition, Recruitment, Mediation, RatingRound, BranchRating)
BEFORE: tuple[type[Procedure], ...] = ()
BETWEEN: tuple[Migration, ...] = ()

prove(*NOW, *BEFORE)

PROCEDURES: dict[str, type[Procedure]] = {each.id: each for each in NOW}
EARLIER: dict[Version, type[Procedure]] = {(each.id, each.version): each for each in BEFORE}


class UnknownVersion(LookupError):
    """A case stands under a version of its procedure that this program does not have."""


def definition(procedure: str, version: str) -> type[Procedure]:
    """The version a case began under, or was led to since, none yet being the one in force; raises UnknownVersion."""
    current = PROCEDURES.get(procedure)
    if current and version in ("", current.version):
        return current
    if (procedure, version) not in EARLIER:
        raise UnknownVersion(f"{procedure} {version}")
    return EARLIER[procedure, version]


def definitions() -> dict[Version, type[Procedure]]:
    """All of them, those in force first."""
    return {(each.id, each.version): each for each in PROCEDURES.values()} | EARLIER


def way(migration: Migration) -> Way:
    """The migration between the two definitions it names, proved; raises UnknownVersion or InvalidProcedure."""
    old, new = (definition(migration.procedure, version) for version in (migration.old, migration.new))
    return prove_way(Way(migration, old, new))


MIGRATIONS: tuple[Way, ...] = tuple(map(way, BETWEEN))
