"""What holds of every case in every life, however it was led."""

from workflow import record
from workflow.lives import Life, story_of
from workflow.receipts import receipt
from workflow.rehearsal import play
from workflow.story import read_story


def of_life(life: Life) -> None:
    for name, case in life.rehearsal.cases.items():
        procedure = life.rehearsal.procedure(name)
        assert record.load(procedure, record.dump(procedure, case)) == case
        for clock in case.clocks:
            kind = type(procedure.clock(clock.id, clock.text)).__name__
            assert receipt(kind, clock, life.facts.calendar).due_on == clock.due_on
        assert len({clock.key for clock in case.clocks}) == len(case.clocks)
        codes = [clock.code for clock in case.clocks if clock.is_live]
        assert len(set(codes)) == len(codes)
    assert again(life)["steps"] == life.rehearsal.answers
    climbed = [
        (step["case"], step["do"], str(step["deadlines"])) for step in life.rehearsal.answers if ":" in step["do"]
    ]
    assert len(set(climbed)) == len(climbed)


def again(life: Life):
    """The same story read and played once more."""
    return play(read_story(story_of(life), life.procedures), life.procedures, life.facts)
