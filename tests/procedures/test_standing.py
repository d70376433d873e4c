"""What can happen in each state is committed, so that a moved rule shows in review."""

from pathlib import Path

import pytest

from workflow.registry import PROCEDURES
from workflow.standing import standing

PRINTS = Path(__file__).parents[2] / "docs" / "standing"


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_committed_print_is_what_the_procedure_says(procedure):
    """To renew it: linban standing PROCEDURE > docs/standing/PROCEDURE.txt"""
    assert standing(PROCEDURES[procedure]) == (PRINTS / f"{procedure}.txt").read_text(encoding="utf-8")


def test_one_state_may_be_printed_alone():
    assert standing(PROCEDURES["petition"], "merged").startswith("## merged 已并案")
