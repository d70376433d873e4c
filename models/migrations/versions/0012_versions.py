"""A case changes the version of the definition it stands under by an event, as it changes anything else."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"

TRIGGER = """
DROP TRIGGER cases_move_with_events ON cases;
CREATE CONSTRAINT TRIGGER cases_move_with_events AFTER UPDATE ON cases DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (
        OLD.state IS DISTINCT FROM NEW.state OR OLD.version <> NEW.version OR OLD.seq <> NEW.seq
        OR OLD.head <> NEW.head OR OLD.id <> NEW.id {more}
    ) EXECUTE FUNCTION cases_move_with_events();
"""


def upgrade() -> None:
    op.execute(TRIGGER.format(more="OR OLD.definition <> NEW.definition"))


def downgrade() -> None:
    op.execute(TRIGGER.format(more=""))
