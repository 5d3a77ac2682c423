//! What every store must do, whatever database is below: one suite, run on each of them.
//!
//! A file per area; a test is an async function that is given a [`support::Clinic`]. `every_test!` lists them, so
//! that another database runs the same ones by naming another backend.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

mod accounts;
mod audit;
mod changes;
mod clinic;
mod demo;
mod drafts;
mod exports;
mod feed;
mod flags;
mod greet;
mod life;
mod marks;
mod outreach;
mod pages;
mod presence;
mod property;
mod quick_replies;
mod receipts;
mod replica;
mod replies;
mod rooms;
mod search;
mod send;
mod sessions;
mod support;
mod throttle;

/// Calls a macro with every test of the suite.
macro_rules! every_test {
    ($run:ident) => {
        $run! {
            accounts:
                a_new_store_has_no_account,
                accounts_are_numbered_within_their_role,
                a_user_name_is_taken_whatever_its_case,
                a_user_name_signs_in_whatever_its_case,
                only_an_administrator_makes_accounts_and_links,
                only_practitioners_and_oneself_see_a_date_of_birth,
                what_is_noted_of_a_person_is_told_to_those_who_are_linked,
                links_name_a_patient_and_a_practitioner,
                linking_twice_is_one_link,
                people_are_those_one_is_linked_with,
                a_disabled_account_is_out_until_it_is_enabled_and_signs_in_again,
                a_new_password_or_a_sign_out_ends_every_session_of_that_account,
                only_an_administrator_changes_an_account_and_leaves_a_trace;
            clinic:
                a_clinic_that_was_never_set_says_what_holds_anywhere,
                what_the_clinic_says_is_kept_and_numbered_anew,
                only_an_administrator_says_what_the_clinic_is_and_leaves_a_trace;
            exports:
                a_page_has_earlier_texts_reactions_and_when_it_was_delivered_and_read,
                only_members_write_a_room_out_and_leave_a_trace,
                what_was_taken_back_says_nothing,
                a_clinic_switches_it_off_for_practitioners_alone,
                the_first_signing_seed_stays;
            sessions:
                a_session_is_found_by_its_token_only,
                a_session_runs_out_unless_it_is_used,
                using_a_session_moves_its_end,
                an_ended_session_is_gone_at_once,
                signing_in_again_continues_ones_own_device,
                nobody_continues_anothers_device;
            search:
                parts_of_words_are_found_in_any_script,
                only_what_one_may_read_is_found,
                what_was_taken_back_or_edited_away_is_not_found,
                every_filter_holds_by_itself_and_with_a_text,
                pages_of_matches_hold_each_once_newest_first,
                what_is_not_looked_through_yet_is_said_to_be;
            throttle:
                five_failures_of_an_account_make_their_address_wait,
                failures_from_everywhere_make_an_account_wait_a_minute_at_most,
                an_address_is_allowed_twenty_failures,
                a_success_forgets_the_accounts_failures,
                a_pause_forgets_failures,
                a_name_written_otherwise_is_the_same_account,
                waiting_survives_a_restart;
            rooms:
                a_pair_has_one_room_whoever_opens_it,
                nobody_opens_a_room_with_a_stranger,
                an_administrator_sees_no_conversation,
                a_foreign_room_is_as_missing_as_one_that_never_was,
                the_chat_list_pages_by_room,
                a_room_shows_each_member_the_other,
                a_former_member_reads_on_and_writes_no_more,
                ending_a_link_without_a_room_is_told_to_both,
                a_renewed_link_opens_the_room_again;
            send:
                a_message_is_stored_and_delivered_to_both,
                the_same_command_again_gets_the_first_answer,
                a_command_repeated_in_the_same_batch_is_stored_once,
                a_client_id_is_never_used_for_other_content,
                two_accounts_may_use_the_same_client_id,
                sending_to_a_foreign_room_records_nothing,
                an_urgent_message_is_marked_so_for_everyone,
                only_its_author_sees_a_client_id,
                places_are_dense_whoever_sends;
            replies:
                a_reply_quotes_its_original_by_every_door,
                a_quote_is_what_its_original_says_now,
                a_reply_to_anything_but_a_message_of_the_room_stores_nothing,
                what_it_replies_to_is_part_of_a_command,
                a_long_original_is_quoted_by_its_beginning_on_one_line,
                replies_in_one_batch_each_quote_their_own;
            changes:
                an_edit_is_told_to_both_and_keeps_what_was,
                a_retraction_takes_the_text_from_everyone_and_wins,
                a_retraction_wins_over_edits_and_reactions_in_every_order,
                a_reaction_is_there_once_per_person_and_emoji,
                there_is_a_limit_to_one_persons_reactions_on_a_message,
                only_its_author_edits_or_takes_back,
                a_message_is_changed_in_its_own_room_only,
                nobody_changes_anything_once_the_link_has_ended,
                the_same_change_again_does_nothing_even_after_another,
                a_change_moves_nothing_in_the_list_and_shows_in_it;
            pages:
                the_latest_page_ends_with_the_newest_message,
                pages_backwards_and_forwards_meet,
                a_page_says_what_changed_after_a_revision,
                a_message_is_read_when_the_others_mark_covers_it;
            marks:
                a_read_mark_never_moves_back,
                a_mark_beyond_the_end_counts_as_the_end,
                marking_what_is_marked_tells_nobody,
                ones_own_messages_are_never_unread,
                both_members_learn_of_a_mark,
                unread_counts_add_up_over_all_rooms,
                a_delivered_mark_moves_forward_reads_nothing_and_is_told_to_both,
                what_is_read_has_been_delivered,
                nobody_marks_a_strangers_room_as_delivered;
            receipts:
                an_author_learns_when_a_message_was_delivered_and_read,
                only_its_author_learns_what_became_of_a_message,
                a_moment_is_the_first_that_covered_the_message,
                a_moment_stays_right_among_messages_of_ones_own;
            flags:
                a_room_is_set_up_for_oneself_alone,
                what_is_not_named_stays_and_what_is_so_already_tells_nobody,
                nothing_is_archived_beyond_the_end_and_the_next_message_brings_it_back,
                reading_on_takes_marked_unread_away_and_a_late_mark_does_not,
                a_wish_that_comes_late_or_again_changes_nothing,
                wishes_are_counted_by_device_and_room,
                a_strangers_room_is_not_set_up_and_a_former_members_is;
            drafts:
                a_draft_is_told_to_its_author_alone,
                of_two_devices_the_one_that_knows_the_newest_version_goes_on,
                nobody_shares_a_draft_where_they_cannot_write,
                what_is_written_is_gone_with_the_link,
                a_device_takes_out_what_it_was_the_last_to_put_in,
                words_that_nobody_puts_again_are_forgotten,
                drafts_are_listed_by_page,
                writing_leaves_no_trace_in_the_audit;
            quick_replies:
                everybody_has_their_own_and_the_clinics_and_patients_have_none,
                the_same_addition_again_adds_nothing_and_never_brings_back_what_was_removed,
                nobody_changes_anothers_and_only_an_administrator_the_clinics,
                a_change_is_told_to_everybody_who_has_it,
                changes_that_change_nothing_tell_nobody,
                quick_replies_are_edited_and_put_in_order,
                there_is_a_limit_to_ones_quick_replies;
            outreach:
                a_message_leaves_an_alert_for_whoever_is_not_there,
                messages_in_one_batch_leave_an_alert_each,
                reading_a_conversation_reads_its_alerts,
                alerts_are_paged_and_marked_by_their_owner_only,
                the_platform_tells_somebody_once_under_an_id,
                an_unread_message_is_told_once_by_email,
                each_conversation_of_a_practitioner_is_told_by_itself,
                what_was_read_muted_taken_back_or_ended_is_not_told,
                nobody_is_told_who_is_there_unless_it_is_urgent,
                wishes_are_kept_and_followed,
                a_dispatch_is_taken_by_one_worker_and_ends_once,
                what_is_read_before_it_is_sent_is_withdrawn,
                what_failed_is_listed_for_the_administrator_and_tried_again,
                an_address_counts_once_its_code_was_typed,
                an_address_is_stopped_by_its_link_or_by_sms,
                two_servers_that_decide_at_once_decide_once,
                alerts_and_the_log_are_kept_for_half_a_year;
            feed:
                every_change_has_its_place_in_each_members_feed,
                a_slice_is_dense_and_ends_at_the_limit,
                another_epoch_asks_for_a_snapshot,
                a_cursor_ahead_of_the_feed_asks_for_a_snapshot,
                a_client_too_far_behind_asks_for_a_snapshot_and_nothing_more_is_removed,
                an_event_carries_the_state_at_delivery,
                a_delivery_is_what_the_feed_says,
                the_feed_of_a_stranger_stays_silent;
            greet:
                a_greeting_says_who_and_where,
                a_greeting_tells_what_was_missed,
                a_long_absence_is_greeted_with_a_page,
                only_a_live_session_is_greeted_and_it_is_left_as_it_is;
            audit:
                every_deed_leaves_a_row_and_none_leaves_its_content,
                sealing_twice_seals_nothing_twice;
            life:
                everything_answered_is_there_after_a_restart,
                a_closed_store_refuses_instead_of_losing,
                a_new_epoch_makes_old_cursors_resync_and_gives_no_number_twice,
                numbers_never_jump_twice_by_the_same,
                sessions_long_over_are_removed_and_live_ones_stay,
                a_ping_answers_while_the_store_is_open;
            demo:
                a_demo_clinic_has_its_pairs_rooms_and_messages,
                a_demo_clinic_gives_one_practitioner_a_long_list,
                a_store_with_real_accounts_takes_no_demo,
                a_demo_store_takes_no_real_account,
                an_interrupted_fill_is_finished_by_another;
            presence:
                those_know_of_each_other_who_share_a_room_and_are_linked,
                an_administrator_knows_nobody,
                a_wish_is_kept_for_its_account_only,
                when_somebody_was_seen_never_moves_back,
                who_hides_is_forgotten_to_have_been_seen;
            property:
                a_snapshot_and_the_events_after_it_equal_a_later_snapshot,
                feeds_and_rooms_have_no_holes_and_marks_are_the_highest_read;
        }
    };
}

macro_rules! on {
    ($backend:ident: $($area:ident: $($test:ident),*;)*) => {
        mod $backend {
            $(mod $area {
                $(#[tokio::test(start_paused = true)]
                async fn $test() {
                    let clinic = crate::support::Clinic::open(crate::support::$backend()).await;
                    crate::$area::$test(clinic).await;
                })*
            })*
        }
    };
}

macro_rules! on_sqlite {
    ($($all:tt)*) => { on!{ sqlite: $($all)* } };
}

macro_rules! on_postgres {
    ($($all:tt)*) => { on!{ postgres: $($all)* } };
}

every_test!(on_sqlite);
every_test!(on_postgres);
