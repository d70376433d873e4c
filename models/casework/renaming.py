"""What changes its name with the version, or was begun by a change that is taken back.

Written before all else, since one statement may not touch a row twice.
"""

from __future__ import annotations

RENAMED = """
    UPDATE clocks SET clock = n.name FROM json_to_recordset(CAST(:rows AS json)) AS n(
        case_id bigint, clock text, number bigint, generation bigint, name text
    )
    WHERE clocks.case_id = n.case_id AND clocks.clock = n.clock AND clocks.number = n.number
        AND clocks.generation = n.generation
"""
REMOVED = """
    DELETE FROM clocks USING json_to_recordset(CAST(:rows AS json)) AS n(
        case_id bigint, clock text, number bigint, generation bigint
    )
    WHERE clocks.case_id = n.case_id AND clocks.clock = n.clock AND clocks.number = n.number
        AND clocks.generation = n.generation
"""
# Residents act under the id of their role, with the number of their row behind it: `party_2`.
CODES_RENAMED = """
    UPDATE tracking_codes SET
        party = (n.names ->> regexp_replace(party, '_[0-9]+$', '')) || substring(party, '_[0-9]+$')
    FROM json_to_recordset(CAST(:rows AS json)) AS n(case_id bigint, names jsonb)
    WHERE tracking_codes.case_id = n.case_id AND party ~ '_[0-9]+$'
        AND jsonb_exists(n.names, regexp_replace(party, '_[0-9]+$', ''))
"""
PAPERS_RENAMED = """
    UPDATE documents SET
        to_roles = ARRAY(SELECT coalesce(n.names ->> role, role)
            FROM unnest(to_roles) WITH ORDINALITY AS of_role(role, at) ORDER BY at),
        only_for = ARRAY(SELECT coalesce(
                (n.names ->> regexp_replace(party, '_[0-9]+$', '')) || substring(party, '_[0-9]+$'), party
            ) FROM unnest(only_for) WITH ORDINALITY AS of_party(party, at) ORDER BY at)
    FROM json_to_recordset(CAST(:rows AS json)) AS n(case_id bigint, names jsonb)
    WHERE documents.case_id = n.case_id
"""
BEFORE = {
    "removed": REMOVED, "renamed": RENAMED, "codes_renamed": CODES_RENAMED, "papers_renamed": PAPERS_RENAMED,
}  # fmt: skip
