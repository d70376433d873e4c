"""What the database itself refuses, whoever asks: changing an event, moving a case without one, moving a real clock."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

EVENTS_STAND = """
CREATE FUNCTION events_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are never changed or removed' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER events_stand BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION events_stand();
CREATE TRIGGER events_stay BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION events_stand();
"""

# Asked at COMMIT: every step of `seq` has its event, written in this very transaction, and the last one agrees.
CASES_MOVE_WITH_EVENTS = """
CREATE FUNCTION cases_move_with_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    written bigint;
    agrees boolean;
BEGIN
    SELECT count(*), bool_or(seq = NEW.seq AND to_state = NEW.state AND hash = NEW.head) INTO written, agrees
    FROM events
    WHERE case_id = NEW.id AND seq > OLD.seq AND seq <= NEW.seq
        AND txid = (pg_current_xact_id()::text)::bigint;
    IF NEW.seq <= OLD.seq OR written <> NEW.seq - OLD.seq OR NOT agrees THEN
        RAISE EXCEPTION 'case % moves without an event', NEW.no USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION cases_begin_with_an_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq <> 0 OR NOT EXISTS (SELECT FROM events WHERE case_id = NEW.id AND seq = 1) THEN
        RAISE EXCEPTION 'case % moves without an event', NEW.no USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER cases_begin_with_an_event AFTER INSERT ON cases DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION cases_begin_with_an_event();
CREATE CONSTRAINT TRIGGER cases_move_with_events AFTER UPDATE ON cases DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (
        OLD.state IS DISTINCT FROM NEW.state OR OLD.version <> NEW.version OR OLD.seq <> NEW.seq
        OR OLD.head <> NEW.head OR OLD.id <> NEW.id
    ) EXECUTE FUNCTION cases_move_with_events();
"""

TIME_MOVES_IN_TESTS_ONLY = """
CREATE FUNCTION time_moves_in_tests_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF obj_description(TG_TABLE_SCHEMA::regnamespace, 'pg_namespace') IS DISTINCT FROM 'linban test' THEN
        RAISE EXCEPTION 'the clock moves only in a schema marked as a test'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER time_moves_in_tests_only BEFORE INSERT OR UPDATE ON clock_offset
    FOR EACH ROW EXECUTE FUNCTION time_moves_in_tests_only();
"""

STAMP = """
CREATE FUNCTION stamp_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE revisions SET stamp = gen_random_uuid() WHERE name = TG_ARGV[0];
    RETURN NULL;
END $$;

INSERT INTO revisions (name) VALUES ('calendar'), ('organisation');
"""

STAMPED = {
    "calendar_days": ("calendar", "INSERT OR UPDATE OR DELETE OR TRUNCATE"),
    "units": ("organisation", "INSERT OR UPDATE OR DELETE OR TRUNCATE"),
    "people": ("organisation", "INSERT OR UPDATE OF name OR DELETE OR TRUNCATE"),
    "posts": ("organisation", "INSERT OR UPDATE OR DELETE OR TRUNCATE"),
    "settings": ("organisation", "INSERT OR UPDATE OR DELETE OR TRUNCATE"),
    "accounts": ("organisation", "INSERT OR UPDATE OF email, closed_at OR DELETE OR TRUNCATE"),
}


def upgrade() -> None:
    for statement in (EVENTS_STAND, CASES_MOVE_WITH_EVENTS, TIME_MOVES_IN_TESTS_ONLY, STAMP):
        op.execute(statement)
    for table, (revision_name, changes) in STAMPED.items():
        op.execute(
            f"CREATE TRIGGER stamp_revision AFTER {changes} ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION stamp_revision('{revision_name}')"
        )


def downgrade() -> None:
    for function in (
        "events_stand",
        "cases_begin_with_an_event",
        "cases_move_with_events",
        "time_moves_in_tests_only",
        "stamp_revision",
    ):
        op.execute(f"DROP FUNCTION {function}() CASCADE")
    op.execute("DELETE FROM revisions")
