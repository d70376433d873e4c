"""The procedures there are, each proved as it loads."""

from workflow.procedures.branch_rating import BranchRating
from workflow.procedures.mediation import Mediation
from workflow.procedures.petition import Petition
from workflow.procedures.rating_round import RatingRound
from workflow.procedures.recruitment import Recruitment
from workflow.proof import prove
from workflow.words.procedure import Procedure

PROCEDURES: dict[str, type[Procedure]] = {
    procedure.id: prove(procedure) for procedure in (Petition, Recruitment, Mediation, RatingRound, BranchRating)
}
