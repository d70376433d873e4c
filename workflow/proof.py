"""What a procedure is refused for when it loads; every sentence names file and line."""

from __future__ import annotations

from collections.abc import Callable

from workflow.proving import (
    acts,
    answers,
    clocks,
    declared,
    fitting,
    invariants,
    measures,
    paper,
    places,
    rounds,
    rows,
    series,
    source,
    states,
    terms,
)
from workflow.proving.contradiction import Found, on_line
from workflow.words.chapter import InvalidProcedure
from workflow.words.procedure import Procedure

Proof = Callable[[type[Procedure]], Found]


def prove(*procedures: type[Procedure]) -> None:
    """Raises `InvalidProcedure` with every contradiction found in any of them."""
    if found := [str(each) for procedure in procedures for each in contradictions(procedure)]:
        raise InvalidProcedure("\n".join(dict.fromkeys(found)))


def contradictions(procedure: type[Procedure]) -> Found:
    """Where the words do not even fit together, that alone is told."""
    unfit = [found for proof in FITTING for found in asked(proof, procedure)]
    yield from unfit
    for proof in PROOFS if not unfit else ():
        yield from asked(proof, procedure)


def asked(proof: Proof, procedure: type[Procedure]) -> Found:
    """A proof that stumbles over what nobody thought of is a contradiction too, and stops none of the others."""
    try:
        yield from proof(procedure)
    except Exception as error:
        why = f"{proof.__name__.replace('_', ' ')} cannot be proved of {procedure.id}: {type(error).__name__}: {error}"
        yield on_line(procedure, "", why)


FITTING: tuple[Proof, ...] = (
    fitting.arrows_lead_from_state_to_state,
    fitting.persons_are_roles,
    fitting.papers_are_documents,
    fitting.clocks_name_what_there_is,
    terms.every_term_can_be_counted,
    terms.every_setting_can_be_compared,
)

PROOFS: tuple[Proof, ...] = (
    source.what_bodies_say,
    answers.bare_names_are_known,
    states.every_state_is_reached_and_left,
    states.some_act_opens_a_case,
    states.some_state_ends_the_case,
    states.every_detour_leads_back,
    states.marks_of_a_state_agree,
    states.reopened_states_are_left,
    declared.levels_are_known,
    declared.what_it_says_of_itself_is_on_file,
    declared.seal_and_signature_are_of_roles,
    declared.ids_and_labels_are_told_apart,
    declared.lines_can_be_filled_in,
    declared.questions_ask_of_lines,
    acts.every_act_has_its_law,
    acts.every_act_is_done_by_somebody,
    rounds.nothing_goes_round_by_itself,
    acts.no_two_texts_of_an_act_are_in_force_at_once,
    acts.what_opens_a_case_does_nothing_else,
    acts.every_hand_has_its_lines,
    clocks.every_clock_is_possible,
    places.what_a_clock_waits_for_can_happen,
    places.what_begins_a_clock_leads_to_it,
    places.who_waits_is_watched,
    places.a_posting_opens_something,
    places.a_recurring_duty_can_be_met,
    places.every_rung_lies_where_it_can,
    places.an_office_does_not_lengthen_its_own_term,
    places.no_duty_outlives_the_case_unsaid,
    places.laws_are_in_force_one_after_the_other,
    places.every_state_is_left_under_the_law_of_the_day,
    clocks.no_two_clocks_of_one_code_run_together,
    clocks.every_clock_can_begin,
    clocks.every_warning_lies_within_its_term,
    clocks.somebody_hears_what_is_overdue,
    clocks.every_clock_does_something,
    clocks.an_extension_may_be,
    clocks.a_recurring_duty_is_met_by_its_number,
    rows.what_is_numbered_is_met_by_its_number,
    rows.each_resident_has_his_row,
    rows.codes_are_given_by_the_office,
    series.every_series_opens_one_case_a_period,
    paper.every_office_is_known,
    paper.every_setting_is_lawful,
    paper.every_document_has_its_wording,
    paper.a_procedure_has_its_name,
    paper.nothing_is_declared_for_nothing,
    paper.what_is_shown_is_a_secret,
    paper.lines_are_shown_to_roles,
    paper.parties_and_seal_are_on_file,
    measures.measures_count_what_there_is,
    measures.measures_count_among_what_has_a_day,
    measures.what_is_kept_is_among_what_must_be,
    invariants.no_timer_decides_about_a_person,
    invariants.what_a_clock_does_says_so,
    invariants.nobody_is_judged_by_silence,
    invariants.no_silence_decides,
    invariants.nobody_acts_in_his_own_case,
    invariants.no_measure_counts_the_use_of_a_right,
)
