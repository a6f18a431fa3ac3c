//! Stories told through HTTP, on both engines: a module for each, named after what people see.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a story stops where it is surprised"
)]

mod a_citizen_reads_how_it_goes;
mod a_citizen_writes_to_the_municipality;
mod a_daughter_reads_her_mothers_record;
mod a_daughter_wants_to_hear_of_news;
mod a_decision_is_complained_about;
mod a_form_from_elsewhere_does_nothing;
mod a_log_in_that_does_not_come_about;
mod a_login_carries_mandates;
mod a_medicine_service_asks;
mod a_parent_and_her_children;
mod a_record_is_taken_away;
mod a_record_system_delivers;
mod a_session_ends;
mod a_son_asks_and_his_mother_answers;
mod a_visit_is_called_off;
mod a_withdrawn_mandate_refuses_the_next_request;
mod an_aid_is_applied_for;
mod an_authority_looks_up_a_mandate;
mod closed_doors;
mod documents_are_found;
mod existence_takes_no_time;
mod mandate_pages_belong_to_one_person;
mod nobody_must_choose_a_municipality;
mod nothing_personal_is_logged;
mod other_programs_read_the_calendar;
mod the_front_page_says_what_waits;
mod two_tabs_never_mix;
mod what_every_answer_carries;
mod what_is_hidden_stays_hidden;
mod what_is_printed;
mod who_may_not_know_cannot_tell;
