//! The tables as diesel knows them, grouped by the chapter that owns them: only that chapter writes to them.
//! `migrations/` makes them; `tests/it/schema.rs` holds the two together on both databases.

// chapter: audit
diesel::table! {
    audit_event (id) {
        id -> BigInt, municipality_id -> Nullable<BigInt>, at -> Timestamp, actor -> Text, role -> Text,
        origin -> Text, action -> Text, object -> Text, result -> Text, detail -> Text, previous_hash -> Text,
        hash -> Text,
    }
}

// chapter: vault
diesel::table! {
    vault_key (id) {
        id -> Text, first_used_at -> Timestamp,
    }
}

// chapter: mail
diesel::table! {
    message (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, kind -> Text, language -> Text,
        subject -> Text, body -> Text, at -> Timestamp,
    }
}

diesel::table! {
    outbox (id) {
        id -> BigInt, municipality_id -> BigInt, kind -> Text, message_id -> Nullable<BigInt>, to_name -> Text,
        to_email -> Text, language -> Text, subject -> Text, body -> Text, link -> Text, mark -> Text,
        posted_at -> Timestamp, state -> Text, attempts -> BigInt, due_at -> Timestamp, patience_until -> Timestamp,
        answer -> Text, ended_at -> Nullable<Timestamp>, sent_text -> Nullable<Text>,
    }
}

diesel::table! {
    mail_text (id) {
        id -> BigInt, municipality_id -> BigInt, kind -> Text, valid_from -> Timestamp, subject_nl -> Text,
        subject_en -> Text, body_nl -> Text, body_en -> Text, author -> Text,
    }
}

// chapter: account
diesel::table! {
    municipality (id) {
        id -> BigInt, name -> Text, created_at -> Timestamp,
    }
}

diesel::table! {
    account (id) {
        id -> BigInt, name -> Text, email -> Text, language -> Text, created_at -> Timestamp,
        disabled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    role_grant (id) {
        id -> BigInt, account_id -> BigInt, municipality_id -> BigInt, provider_id -> Nullable<BigInt>,
        role -> Text, granted_at -> Timestamp, ended_at -> Nullable<Timestamp>,
        reviewed_at -> Nullable<Timestamp>, reviewed_by -> Nullable<Text>, issuer -> Nullable<Text>,
    }
}

diesel::table! {
    sign_in_link (token_digest) {
        token_digest -> Text, role_grant_id -> BigInt, made_at -> Timestamp, expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    session (key_digest) {
        key_digest -> Text, role_grant_id -> BigInt, started_at -> Timestamp, seen_at -> Timestamp,
        ended_at -> Nullable<Timestamp>, device -> Text, way -> Text,
    }
}

diesel::table! {
    credential (account_id) {
        account_id -> BigInt, password_hash -> Text, password_set_at -> Timestamp, totp_secret -> Nullable<Text>,
        totp_step -> Nullable<BigInt>,
    }
}

diesel::table! {
    recovery_code (account_id, code_digest) {
        account_id -> BigInt, code_digest -> Text, made_at -> Timestamp, used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    account_link (token_digest) {
        token_digest -> Text, account_id -> BigInt, kind -> Text, made_at -> Timestamp, expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    porch (key_digest) {
        key_digest -> Text, account_id -> BigInt, step -> Text, sealed -> Nullable<Text>,
        link_digest -> Nullable<Text>, wrong_codes -> BigInt, entered_at -> Timestamp, left_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sign_in_failure (name_digest) {
        name_digest -> Text, failures -> BigInt, last_at -> Timestamp, blocked_until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    known_device (account_id, device_digest) {
        account_id -> BigInt, device_digest -> Text, first_seen_at -> Timestamp,
    }
}

diesel::table! {
    identity (issuer, subject) {
        issuer -> Text, subject -> Text, account_id -> BigInt, linked_at -> Timestamp,
    }
}

diesel::table! {
    journey (state_digest) {
        state_digest -> Text, browser_digest -> Text, way -> Text, sealed -> Text, account_id -> Nullable<BigInt>,
        link_digest -> Nullable<Text>, began_at -> Timestamp, ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    signing_code (id) {
        id -> BigInt, account_id -> BigInt, purpose -> Text, code_digest -> Text, made_at -> Timestamp,
        expires_at -> Timestamp, wrong -> Integer, ended_at -> Nullable<Timestamp>,
    }
}

// chapter: provider
diesel::table! {
    provider (id) {
        id -> BigInt, kvk -> Text, name -> Text, created_at -> Timestamp,
    }
}

diesel::table! {
    registration (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, number -> BigInt, sort_name -> Text,
        search_text -> Text, registered_at -> Timestamp,
    }
}

diesel::table! {
    access_request (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, account_id -> BigInt, asked_at -> Timestamp,
        answered_at -> Nullable<Timestamp>, answered_by -> Nullable<Text>, granted_role -> Nullable<Text>, reason -> Text,
    }
}

diesel::table! {
    provider_listing (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, version -> Integer, body -> Text,
        changed_at -> Timestamp, changed_by -> Text, account_id -> Nullable<BigInt>,
    }
}

// chapter: evidence
diesel::table! {
    evidence (id) {
        id -> BigInt, provider_id -> BigInt, public_id -> Text, title -> Text, created_at -> Timestamp,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    evidence_version (id) {
        id -> BigInt, evidence_id -> BigInt, provider_id -> BigInt, public_id -> Text, version -> BigInt,
        file_digest -> Text, label -> Text, media_type -> Text, size -> BigInt, pages -> Nullable<BigInt>,
        received_at -> Timestamp, received_by -> Text, received_by_account -> Nullable<BigInt>,
        document_date -> Nullable<Date>, valid_from -> Nullable<Date>, valid_until -> Nullable<Date>,
        state -> Text, scanned_at -> Nullable<Timestamp>, flags -> Text, submission -> Nullable<Text>,
    }
}

// chapter: procedure
diesel::table! {
    definition (id) {
        id -> BigInt, municipality_id -> BigInt, kind -> Text, code -> Text, valid_from -> Date,
        valid_until -> Nullable<Date>, body -> Text,
    }
}

diesel::table! {
    product (id) {
        id -> BigInt, municipality_id -> BigInt, code -> Text, name_nl -> Text, name_en -> Text, unit -> Text,
    }
}

diesel::table! {
    tariff (id) {
        id -> BigInt, municipality_id -> BigInt, product_id -> BigInt, cents -> BigInt, valid_from -> Date,
        valid_until -> Nullable<Date>,
    }
}

diesel::table! {
    product_batch (id) {
        id -> BigInt, municipality_id -> BigInt, product_id -> BigInt, provider_id -> BigInt, bought_on -> Date,
        quantity -> BigInt, paid_cents -> Nullable<BigInt>, reason -> Text, noted_at -> Timestamp, noted_by -> Text,
    }
}

diesel::table! {
    procedure (id) {
        id -> BigInt, municipality_id -> BigInt, slug -> Text, code -> Text, name_nl -> Text, name_en -> Text,
        domain -> Text, state -> Text, entry -> Text, opens_on -> Nullable<Date>, closes_on -> Nullable<Date>,
        remedy -> Text, court -> Text, contact_name -> Text, contact_phone -> Text, contact_email -> Text,
        intro_nl -> Text, intro_en -> Text, version -> Integer, changed_at -> Timestamp, changed_by -> Text,
        proposed_at -> Nullable<Timestamp>, proposed_by -> Nullable<Text>, proposed_account -> Nullable<BigInt>,
    }
}

diesel::table! {
    procedure_history (id) {
        id -> BigInt, municipality_id -> BigInt, procedure_id -> BigInt, verb -> Text, from_state -> Nullable<Text>,
        to_state -> Text, at -> Timestamp, actor -> Text, account_id -> Nullable<BigInt>, role -> Text,
        reason -> Text,
    }
}

diesel::table! {
    procedure_document (id) {
        id -> BigInt, municipality_id -> BigInt, procedure_id -> BigInt, title_nl -> Text, title_en -> Text,
        file_digest -> Text, file_name -> Text, size -> BigInt, valid_from -> Date, valid_until -> Nullable<Date>,
        added_at -> Timestamp, added_by -> Text,
    }
}

diesel::table! {
    procedure_question (id) {
        id -> BigInt, municipality_id -> BigInt, procedure_id -> BigInt, asked_at -> Timestamp, asked_by -> Text,
        asked_account -> Nullable<BigInt>, question -> Text, answer -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>, answered_by -> Nullable<Text>, published_at -> Nullable<Timestamp>,
        asked_words -> Nullable<Text>, removed_at -> Nullable<Timestamp>, removed_by -> Nullable<Text>,
        removed_reason -> Nullable<Text>,
    }
}

diesel::table! {
    outage (id) {
        id -> BigInt, municipality_id -> BigInt, from_at -> Timestamp, until_at -> Nullable<Timestamp>,
        explanation -> Text, noted_at -> Timestamp, noted_by -> Text, withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    outage_correction (id) {
        id -> BigInt, municipality_id -> BigInt, outage_id -> BigInt, corrected_at -> Timestamp,
        corrected_by -> Text, account_id -> Nullable<BigInt>, until_before -> Nullable<Timestamp>,
        until_after -> Nullable<Timestamp>, withdrawn -> Bool, reason -> Text,
    }
}

diesel::table! {
    indexation (id) {
        id -> BigInt, municipality_id -> BigInt, state -> Text, version -> Integer, changed_at -> Timestamp,
        changed_by -> Text, valid_from -> Date, method -> Text, made_at -> Timestamp, made_by -> Text,
        made_account -> Nullable<BigInt>, established_at -> Nullable<Timestamp>, established_by -> Nullable<Text>,
    }
}

diesel::table! {
    indexation_line (id) {
        id -> BigInt, municipality_id -> BigInt, indexation_id -> BigInt, product_id -> BigInt, old_cents -> BigInt,
        computed_cents -> BigInt, new_cents -> BigInt, reason -> Text,
    }
}

// chapter: dossier
diesel::table! {
    application (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, procedure_id -> BigInt, year -> Integer,
        sequence -> Integer, channel -> Text, state -> Text, version -> Integer, changed_at -> Timestamp,
        changed_by -> Text, started_at -> Timestamp, submitted_at -> Nullable<Timestamp>,
        received_on -> Nullable<Date>, term -> Nullable<Text>, term_rule -> Nullable<Text>,
        term_start -> Nullable<Date>, previous_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    application_history (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, application_id -> BigInt, verb -> Text,
        from_state -> Nullable<Text>, to_state -> Text, at -> Timestamp, actor -> Text,
        account_id -> Nullable<BigInt>, role -> Text, reason -> Text, receipt -> Nullable<Text>,
    }
}

diesel::table! {
    application_step (application_id, step) {
        municipality_id -> BigInt, application_id -> BigInt, step -> Text, version -> Integer, saved_at -> Timestamp,
        saved_by -> Text, body -> Text,
    }
}

diesel::table! {
    application_receipt (id) {
        id -> BigInt, municipality_id -> BigInt, application_id -> BigInt, number -> Text, kind -> Text,
        idempotency_key -> Text, received_at -> Timestamp, received_by -> Text, digest -> Text, body -> Text,
    }
}

diesel::table! {
    application_criterion (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, application_id -> BigInt,
        definition_id -> BigInt, code -> Text, state -> Text, version -> Integer, changed_at -> Timestamp,
        changed_by -> Text, holds_until -> Nullable<Date>, waits_since -> Nullable<Date>,
        claimed_by -> Nullable<Text>, claimed_account -> Nullable<BigInt>, claimed_at -> Nullable<Timestamp>,
        claimed_until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    criterion_verdict (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, application_id -> BigInt,
        criterion_id -> BigInt, version -> Integer, result -> Text, reason -> Text, holds_until -> Nullable<Date>,
        judged_at -> Timestamp, judged_by -> Text, account_id -> Nullable<BigInt>, role -> Text, evidence -> Text,
    }
}

diesel::table! {
    shown_evidence (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, application_id -> BigInt, code -> Text,
        evidence_version_id -> BigInt, shown_at -> Timestamp, received_on -> Nullable<Date>, shown_by -> Text,
        taken_back_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    supplement_request (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, application_id -> BigInt,
        asked_at -> Timestamp, asked_by -> Text, message -> Text, term_rule -> Text, term_start -> Date,
        reminded_at -> Nullable<Timestamp>, ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    supplement_item (request_id, part) {
        request_id -> BigInt, municipality_id -> BigInt, part -> Text, words -> Text,
    }
}

diesel::table! {
    application_advice (id) {
        id -> BigInt, municipality_id -> BigInt, application_id -> BigInt, proposal -> Text, words -> Text,
        advised_at -> Timestamp, advised_by -> Text, account_id -> BigInt,
    }
}

diesel::table! {
    application_decision (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, application_id -> BigInt, outcome -> Text,
        reason -> Text, remedy -> Text, court -> Text, term_rule -> Nullable<Text>, decided_at -> Timestamp,
        decided_on -> Date, decided_by -> Text, account_id -> BigInt,
    }
}

diesel::table! {
    successor_request (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, criterion_id -> BigInt, holds_until -> Date,
        days -> Integer, asked_at -> Timestamp,
    }
}

// chapter: agreement
diesel::table! {
    agreement_text (id) {
        id -> BigInt, municipality_id -> BigInt, procedure_id -> BigInt, annex_to -> Nullable<BigInt>, kind -> Text,
        domain -> Text, code -> Text, title_nl -> Text, title_en -> Text, privacy_role -> Nullable<Text>,
        made_at -> Timestamp, made_by -> Text,
    }
}

diesel::table! {
    text_version (id) {
        id -> BigInt, municipality_id -> BigInt, text_id -> BigInt, number -> Integer, state -> Text,
        version -> Integer, changed_at -> Timestamp, changed_by -> Text, holds_from -> Nullable<Date>,
        holds_until -> Nullable<Date>, consulted_at -> Nullable<Timestamp>, consulted_by -> Nullable<Text>,
        consulted_account -> Nullable<BigInt>, respond_rule -> Nullable<Text>, respond_from -> Nullable<Date>,
        established_at -> Nullable<Timestamp>, established_by -> Nullable<Text>,
        established_account -> Nullable<BigInt>, minutes -> Nullable<Text>, digest -> Nullable<Text>,
        explanation -> Text,
    }
}

diesel::table! {
    article (id) {
        id -> BigInt, municipality_id -> BigInt, text_version_id -> BigInt, clause -> Integer, position -> Integer,
        number -> Text, heading -> Text, scope -> Text, body -> Text, decision_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    text_history (id) {
        id -> BigInt, municipality_id -> BigInt, text_version_id -> BigInt, verb -> Text,
        from_state -> Nullable<Text>, to_state -> Text, at -> Timestamp, actor -> Text,
        account_id -> Nullable<BigInt>, role -> Text, reason -> Text,
    }
}

diesel::table! {
    accession (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, number -> Text, version -> Integer,
        active_from -> Date, active_until -> Nullable<Date>,
    }
}

diesel::table! {
    accession_product (accession_id, product_id) {
        municipality_id -> BigInt, accession_id -> BigInt, product_id -> BigInt,
    }
}

diesel::table! {
    offer (id) {
        id -> BigInt, municipality_id -> BigInt, text_id -> BigInt, text_version_id -> BigInt, digest -> Text,
        starts_on -> Date, term_rule -> Text, term_start -> Date, silence -> Text,
        notice_months -> Nullable<Integer>, offered_at -> Timestamp, offered_by -> Text,
        offered_account -> Nullable<BigInt>, withdrawn_at -> Nullable<Timestamp>, withdrawn_by -> Nullable<Text>,
        withdrawn_reason -> Nullable<Text>, tariffs -> Nullable<Text>,
    }
}

diesel::table! {
    offer_document (offer_id, position) {
        offer_id -> BigInt, municipality_id -> BigInt, position -> Integer, text_version_id -> BigInt,
        digest -> Text,
    }
}

diesel::table! {
    offer_product (offer_id, product_id) {
        offer_id -> BigInt, municipality_id -> BigInt, product_id -> BigInt,
    }
}

diesel::table! {
    offer_party (id) {
        id -> BigInt, municipality_id -> BigInt, offer_id -> BigInt, provider_id -> BigInt, kind -> Text,
        state -> Text, version -> Integer, changed_at -> Timestamp, changed_by -> Text, term_rule -> Text,
        term_start -> Date, follows_id -> Nullable<BigInt>, accession_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    offer_history (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, party_id -> BigInt, verb -> Text,
        from_state -> Nullable<Text>, to_state -> Text, at -> Timestamp, actor -> Text,
        account_id -> Nullable<BigInt>, role -> Text, reason -> Text,
    }
}

diesel::table! {
    signed_upload (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, party_id -> BigInt,
        evidence_version_id -> BigInt, received_at -> Timestamp, received_by -> Text, received_account -> BigInt,
        found -> Text, position -> Text, signed_on -> Nullable<Date>,
    }
}

diesel::table! {
    signature (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, party_id -> BigInt, side -> Text,
        name -> Text, position -> Text, organisation -> Text, kvk -> Text, account_id -> BigInt, at -> Timestamp,
        digest -> Text, way -> Text, code -> Nullable<Text>, signed_upload_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    agreement_life (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, number -> Text, state -> Text,
        version -> Integer, changed_at -> Timestamp, changed_by -> Text, stopped_from -> Nullable<Date>,
        asked_stop_from -> Nullable<Date>, heard_rule -> Nullable<Text>, heard_from -> Nullable<Date>,
        intended_account -> Nullable<BigInt>, warned_for -> Nullable<Date>,
    }
}

diesel::table! {
    life_event (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, life_id -> BigInt, sequence -> Integer,
        verb -> Text, from_state -> Nullable<Text>, to_state -> Text, at -> Timestamp, day -> Date, actor -> Text,
        account_id -> Nullable<BigInt>, role -> Text, ground -> Nullable<Text>, reason -> Text, case_ref -> Text,
        effective_on -> Nullable<Date>, before_on -> Nullable<Date>, term_rule -> Nullable<Text>,
        remedy -> Nullable<Text>, court -> Nullable<Text>, warning -> Nullable<Text>,
    }
}

diesel::table! {
    transfer_list (life_id) {
        life_id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, drawn_up_at -> Timestamp,
        closed_at -> Nullable<Timestamp>, closed_by -> Nullable<Text>, reason -> Text,
    }
}

diesel::table! {
    transfer_line (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, life_id -> BigInt, case_ref -> Text,
        to_whom -> Text, settled_on -> Nullable<Date>, remark -> Text, changed_at -> Timestamp, changed_by -> Text,
    }
}

diesel::table! {
    subcontractor (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, life_id -> BigInt, name -> Text, kvk -> Text,
        solo -> Bool, products -> Text, first_day -> Date, last_day -> Nullable<Date>, state -> Text,
        asked_at -> Timestamp, asked_by -> Text, answered_at -> Nullable<Timestamp>, answered_by -> Nullable<Text>,
        reason -> Text, ended_at -> Nullable<Timestamp>, ended_by -> Nullable<Text>,
    }
}

diesel::table! {
    offered_product (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, product_id -> BigInt, profiles -> Text,
        from_on -> Date, until_on -> Nullable<Date>, stated_at -> Timestamp, stated_by -> Text,
    }
}

// chapter: planning
diesel::table! {
    planning_board (id) {
        id -> BigInt, municipality_id -> BigInt, procedure_id -> BigInt, starts_on -> Date, version -> Integer,
        changed_at -> Timestamp, changed_by -> Text,
    }
}

diesel::table! {
    planning_activity (id) {
        id -> BigInt, municipality_id -> BigInt, procedure_id -> BigInt, phase -> Text, name_nl -> Text, name_en -> Text,
        deliverable_nl -> Text, deliverable_en -> Text, first_month -> Integer, last_month -> Integer,
        delivered_on -> Nullable<Date>, delivered_by -> Nullable<Text>, dropped -> Bool, version -> Integer,
        changed_at -> Timestamp, changed_by -> Text,
    }
}

diesel::table! {
    planning_step (id) {
        id -> BigInt, municipality_id -> BigInt, procedure_id -> BigInt, activity_id -> Nullable<BigInt>, verb -> Text,
        at -> Timestamp, actor -> Text, account_id -> Nullable<BigInt>, role -> Text, reason -> Text, starts_on -> Date,
        body -> Text,
    }
}

diesel::table! {
    college_decision (id) {
        id -> BigInt, municipality_id -> BigInt, entry -> Integer, version -> Integer, number -> Text,
        decided_on -> Date, subject -> Text, decided -> Text, procedure_id -> Nullable<BigInt>,
        text_version_id -> Nullable<BigInt>, criteria_from -> Nullable<Date>, link -> Text, reason -> Text,
        noted_at -> Timestamp, noted_by -> Text, account_id -> Nullable<BigInt>,
    }
}

// chapter: consultation
diesel::table! {
    consultation_table (id) {
        id -> BigInt, municipality_id -> BigInt, procedure_id -> BigInt, kind -> Text, name -> Text, purpose -> Text,
        is_open -> Bool, runs_from -> Date, runs_until -> Nullable<Date>, made_at -> Timestamp, made_by -> Text,
    }
}

diesel::table! {
    table_seat (id) {
        id -> BigInt, municipality_id -> BigInt, table_id -> BigInt, role -> Text, provider_id -> Nullable<BigInt>,
        account_id -> Nullable<BigInt>, name -> Text, email -> Text, language -> Text, seated_at -> Timestamp,
        seated_by -> Text, left_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    seat_link (token_digest) {
        token_digest -> Text, municipality_id -> BigInt, seat_id -> BigInt, made_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    table_meeting (id) {
        id -> BigInt, municipality_id -> BigInt, table_id -> BigInt, number -> Integer, starts_at -> Timestamp,
        ends_at -> Timestamp, place -> Text, online -> Text, agenda -> Text, uid -> Text, sequence -> Integer,
        invited_at -> Nullable<Timestamp>, cancelled_at -> Nullable<Timestamp>, version -> Integer,
        changed_at -> Timestamp, changed_by -> Text,
    }
}

diesel::table! {
    table_minutes (id) {
        id -> BigInt, municipality_id -> BigInt, meeting_id -> BigInt, number -> Integer, body -> Text,
        version -> Integer, changed_at -> Timestamp, changed_by -> Text, established_at -> Nullable<Timestamp>,
        established_by -> Nullable<Text>,
    }
}

diesel::table! {
    table_proposal (id) {
        id -> BigInt, municipality_id -> BigInt, table_id -> BigInt, number -> Integer, text_version_id -> BigInt,
        kind -> Text, clause -> Nullable<Integer>, article_number -> Text, heading -> Text, scope -> Text,
        body -> Text, was_number -> Text, was_heading -> Text, was_body -> Text, motive -> Text, state -> Text,
        version -> Integer, seat_id -> Nullable<BigInt>, account_id -> Nullable<BigInt>, side -> Text,
        proposed_by -> Text, proposed_at -> Timestamp, changed_at -> Timestamp, changed_by -> Text,
    }
}

diesel::table! {
    table_reaction (id) {
        id -> BigInt, municipality_id -> BigInt, proposal_id -> BigInt, seat_id -> Nullable<BigInt>,
        account_id -> Nullable<BigInt>, side -> Text, stance -> Text, words -> Text, reacted_by -> Text,
        reacted_at -> Timestamp,
    }
}

diesel::table! {
    table_decision (id) {
        id -> BigInt, municipality_id -> BigInt, table_id -> BigInt, number -> Integer, proposal_id -> BigInt,
        meeting_id -> BigInt, outcome -> Text, reason -> Text, clause -> Nullable<Integer>, article_number -> Text,
        heading -> Text, scope -> Text, body -> Text, decided_at -> Timestamp, decided_by -> Text, cautions -> Text,
    }
}

diesel::table! {
    table_message (id) {
        id -> BigInt, municipality_id -> BigInt, table_id -> BigInt, kind -> Text, number -> Nullable<Integer>,
        place -> Text, words -> Text, told_at -> Timestamp, told_by -> Text,
    }
}

diesel::table! {
    table_told (message_id, seat_id) {
        message_id -> BigInt, seat_id -> BigInt, municipality_id -> BigInt, mails -> Integer,
    }
}

// chapter: client
diesel::table! {
    municipal_contact (id) {
        id -> BigInt, municipality_id -> BigInt, email -> Text, name -> Text, active_from -> Date,
        active_until -> Nullable<Date>,
    }
}

diesel::table! {
    client (id) {
        id -> BigInt, municipality_id -> BigInt, client_ref -> Text, contact_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    client_name (client_id, provider_id) {
        client_id -> BigInt, provider_id -> BigInt, municipality_id -> BigInt, sealed -> Text, stated_at -> Timestamp,
    }
}

diesel::table! {
    outflow (client_id) {
        client_id -> BigInt, municipality_id -> BigInt, benefit_ended_on -> Date, reason -> Text,
        told_at -> Nullable<Timestamp>, told_by -> Nullable<Text>, channel -> Nullable<Text>,
    }
}

diesel::table! {
    placement (client_id) {
        client_id -> BigInt, municipality_id -> BigInt, confirmed -> Bool, waiting_list_days -> BigInt,
        told_at -> Nullable<Timestamp>, told_by -> Nullable<Text>, channel -> Nullable<Text>,
    }
}

// chapter: staff
diesel::table! {
    professional (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, staff_ref -> Text, kind -> Text,
        client_contact -> Bool, active_from -> Date, active_until -> Nullable<Date>,
    }
}

diesel::table! {
    vog (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, professional_id -> BigInt,
        vog_date -> Date, kind -> Text, codes -> Text, checked_on -> Nullable<Date>,
    }
}

// chapter: trajectory
diesel::table! {
    trajectory (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, client_id -> BigInt,
        contact_id -> BigInt, product_id -> BigInt, case_ref -> Text, profile -> Text, referred_on -> Date,
        started_on -> Nullable<Date>, plan_agreed_on -> Nullable<Date>, agreed_results -> BigInt,
        client_agreed_on -> Nullable<Date>, coach_involved -> Bool, coach_agreed_on -> Nullable<Date>,
        contact_informed_on -> Nullable<Date>, term_ends_on -> Nullable<Date>, suspended_days -> BigInt,
        extension_permitted_on -> Nullable<Date>, ended_on -> Nullable<Date>, end_reason -> Nullable<Text>,
        results_achieved -> Nullable<Text>, reason_recorded -> Bool, work_started_on -> Nullable<Date>,
        hours_per_week -> Nullable<BigInt>, indication_on -> Nullable<Date>,
        capacity_available_on -> Nullable<Date>, placed_on -> Nullable<Date>, ladder_start -> Nullable<BigInt>,
        ladder_now -> Nullable<BigInt>, counts_from -> Date, counts_until -> Date,
    }
}

diesel::table! {
    feedback_moment (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, trajectory_id -> BigInt, due_on -> Date,
        done_on -> Nullable<Date>, manner -> Text,
    }
}

diesel::table! {
    exclusion (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, trajectory_id -> BigInt,
        indicator -> Nullable<BigInt>, code -> Text, accepted -> Bool, reason -> Text,
    }
}

diesel::table! {
    no_clients_notice (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, told_on -> Date,
    }
}

diesel::table! {
    extension_request (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, trajectory_id -> BigInt, until_on -> Date,
        motive -> Text, state -> Text, asked_at -> Timestamp, asked_by -> Text, answered_at -> Nullable<Timestamp>,
        answered_on -> Nullable<Date>, answered_by -> Nullable<Text>, reason -> Text,
    }
}

// chapter: complaint
diesel::table! {
    complaint (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, complaint_ref -> Text,
        received_on -> Date, reported_on -> Nullable<Date>, category -> Text, handled_on -> Nullable<Date>,
        outcome -> Text,
    }
}

diesel::table! {
    complaint_arrangement (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, procedure_valid_until -> Nullable<Date>,
        adviser_named -> Bool,
    }
}

// chapter: survey
diesel::table! {
    client_survey (id) {
        id -> BigInt, municipality_id -> BigInt, survey_ref -> Text, due_on -> Date,
    }
}

diesel::table! {
    survey_cooperation (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, survey_id -> BigInt,
        cooperated_on -> Nullable<Date>,
    }
}

// chapter: confirmation
diesel::table! {
    line_word (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, quarter -> Text, line -> Text, about -> Text,
        word -> Text, quantity -> Nullable<BigInt>, amount_cents -> Nullable<BigInt>, reason -> Text,
        channel -> Text, said_at -> Timestamp, said_by -> Text, account_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    line_reminder (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, quarter -> Text, contact_id -> BigInt,
        lines -> BigInt, sent_at -> Timestamp, sent_on -> Date, sent_by -> Text,
    }
}

// chapter: statement
diesel::table! {
    quarter_statement (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, quarter -> Text,
        received_at -> Timestamp, received_on -> Date, complete -> Bool, returned_on -> Nullable<Date>,
        repaired_on -> Nullable<Date>, nil_return -> Bool, note -> Text,
    }
}

diesel::table! {
    submission (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, quarter -> Text,
        received_at -> Timestamp, file_name -> Text, file_digest -> Text, kept_digest -> Nullable<Text>,
        result -> Text, good_rows -> BigInt, refused_rows -> BigInt, actor -> Text, form_key -> Nullable<Text>,
    }
}

diesel::table! {
    cost_line (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, quarter -> Text, line -> Text,
        trajectory_id -> BigInt, contact_id -> BigInt, product_id -> BigInt, from_on -> Date, until_on -> Date,
        unit -> Text, quantity -> BigInt, tariff_cents -> BigInt, amount_cents -> BigInt,
        vat_cents -> Nullable<BigInt>, invoice -> Text, corrects -> Nullable<Text>,
    }
}

// chapter: assessment
diesel::table! {
    assessment (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, quarter -> Text, version -> Integer,
        digest -> Text, made_at -> Timestamp, made_by -> Text, final_at -> Nullable<Timestamp>,
        final_by -> Nullable<Text>, facts -> Text, findings -> Text, final_digest -> Nullable<Text>,
        beside -> Nullable<Text>, closing -> Nullable<Text>, replaces -> Nullable<Integer>, reason -> Text,
    }
}

diesel::table! {
    finding (assessment_id, indicator) {
        assessment_id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, quarter -> Text,
        indicator -> BigInt, numerator -> BigInt, denominator -> BigInt, strict_numerator -> BigInt,
        strict_denominator -> BigInt, target_pct -> Nullable<BigInt>, verdict -> Text, label -> Nullable<Text>,
    }
}

diesel::table! {
    remark (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, quarter -> Text, indicator -> BigInt,
        kind -> Text, body -> Text, author -> Text, written_at -> Timestamp, hearing_id -> Nullable<BigInt>,
        answers_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    hearing (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, quarter -> Text, version -> Integer,
        term_rule -> Text, term_start -> Date, opened_at -> Timestamp, opened_by -> Text,
        done_at -> Nullable<Timestamp>, done_by -> Nullable<Text>, overtaken -> Bool,
    }
}

diesel::table! {
    remark_evidence (remark_id, version_id) {
        remark_id -> BigInt, version_id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, quarter -> Text,
        label -> Text, sha256 -> Text,
    }
}

diesel::table! {
    finding_override (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, quarter -> Text, indicator -> BigInt,
        numerator -> BigInt, denominator -> BigInt, computed -> Text, verdict -> Nullable<Text>, reason -> Text,
        decided_at -> Timestamp, decided_by -> Text,
    }
}

diesel::table! {
    quarter_reminder (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, quarter -> Text, kind -> Text,
        sent_at -> Timestamp, sent_by -> Text,
    }
}

diesel::table! {
    open_action (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, quarter -> Text, body -> Text,
        owner -> Text, due_on -> Date, done_on -> Nullable<Date>,
    }
}

// chapter: report
diesel::table! {
    report_file (id) {
        id -> BigInt, municipality_id -> BigInt, assessment_id -> BigInt, language -> Text, file_digest -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    letter_file (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, application_id -> BigInt, kind -> Text,
        number -> Integer, language -> Text, pdf_digest -> Text, page_digest -> Text, made_at -> Timestamp,
    }
}

diesel::table! {
    certificate_file (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, party_id -> BigInt, kind -> Text,
        language -> Text, pdf_digest -> Text, made_at -> Timestamp,
    }
}

diesel::table! {
    life_letter_file (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, event_id -> BigInt, language -> Text,
        pdf_digest -> Text, page_digest -> Text, made_at -> Timestamp,
    }
}

// chapter: budget
diesel::table! {
    budget_source (id) {
        id -> BigInt, municipality_id -> BigInt, name -> Text,
    }
}

diesel::table! {
    budget (id) {
        id -> BigInt, municipality_id -> BigInt, source_id -> BigInt, year -> Integer, version -> Integer,
        amount_cents -> BigInt, products -> Text, reason -> Text, noted_at -> Timestamp, noted_by -> Text,
        account_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    budget_booking (id) {
        id -> BigInt, municipality_id -> BigInt, source_id -> BigInt, month -> Date, category -> Text,
        description -> Text, amount_cents -> BigInt, takes_back -> Nullable<BigInt>, noted_at -> Timestamp,
        noted_by -> Text, account_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    line_approval (id) {
        id -> BigInt, municipality_id -> BigInt, provider_id -> BigInt, quarter -> Text, line -> Text,
        trajectory_id -> BigInt, product_id -> BigInt, from_on -> Date, amount_cents -> BigInt,
        approved_at -> Timestamp, approved_by -> Text, account_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    budget_count (municipality_id, year) {
        municipality_id -> BigInt, year -> Integer, counted_on -> Date, counted_at -> Timestamp, counted_by -> Text,
        outflows -> BigInt,
    }
}

diesel::table! {
    budget_figure (municipality_id, year, kind, of_what) {
        municipality_id -> BigInt, year -> Integer, kind -> Text, of_what -> Text, spent_cents -> BigInt,
        open_cents -> BigInt, committed_cents -> BigInt, later_cents -> BigInt, trajectories -> BigInt,
        running -> BigInt, unknown -> BigInt,
    }
}

diesel::table! {
    budget_alarm (municipality_id, year, source_id) {
        municipality_id -> BigInt, year -> Integer, source_id -> BigInt, percent -> BigInt, told_at -> Timestamp,
    }
}

diesel::table! {
    waiting_place (id) {
        id -> BigInt, municipality_id -> BigInt, product_id -> BigInt, client_id -> BigInt, indication_on -> Date,
        placed_on -> Nullable<Date>, left_on -> Nullable<Date>, reason -> Text, noted_at -> Timestamp,
        noted_by -> Text,
    }
}

// chapter: reminder
diesel::table! {
    daily_round (municipality_id, day) {
        municipality_id -> BigInt, day -> Date, done_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    audit_event,
    municipality,
    provider,
    registration,
    account,
    role_grant,
    sign_in_link,
    session,
    vault_key,
    credential,
    recovery_code,
    account_link,
    porch,
    sign_in_failure,
    known_device,
    identity,
    journey,
    evidence,
    evidence_version,
    access_request,
    provider_listing,
    definition,
    product,
    tariff,
    product_batch,
    procedure,
    procedure_history,
    procedure_document,
    procedure_question,
    outage,
    outage_correction,
    application,
    application_history,
    application_step,
    application_receipt,
    application_criterion,
    criterion_verdict,
    shown_evidence,
    supplement_request,
    supplement_item,
    application_advice,
    application_decision,
    successor_request,
    agreement_text,
    text_version,
    article,
    text_history,
    accession,
    accession_product,
    planning_board,
    planning_activity,
    planning_step,
    college_decision,
    offer,
    offer_document,
    offer_product,
    offer_party,
    offer_history,
    signed_upload,
    signature,
    agreement_life,
    life_event,
    transfer_list,
    transfer_line,
    subcontractor,
    consultation_table,
    table_seat,
    seat_link,
    table_meeting,
    table_minutes,
    table_proposal,
    table_reaction,
    table_decision,
    table_message,
    table_told,
    offered_product,
    municipal_contact,
    professional,
    vog,
    client,
    client_name,
    outflow,
    placement,
    trajectory,
    feedback_moment,
    exclusion,
    no_clients_notice,
    extension_request,
    complaint,
    complaint_arrangement,
    client_survey,
    survey_cooperation,
    line_word,
    line_reminder,
    quarter_statement,
    submission,
    cost_line,
    assessment,
    finding,
    remark,
    hearing,
    remark_evidence,
    finding_override,
    quarter_reminder,
    open_action,
    report_file,
    letter_file,
    certificate_file,
    life_letter_file,
    budget_source,
    budget,
    budget_booking,
    line_approval,
    budget_count,
    budget_figure,
    budget_alarm,
    waiting_place,
    daily_round,
);
