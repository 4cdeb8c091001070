//! What was charged (kostenregels): a client with a contact person, a trajectory that found work, a line in the third quarter
//! and an extension that was asked for.

use diesel::prelude::*;
use openhouse::actor::Actor;
use openhouse::client::{MunicipalContact, store as clients};
use openhouse::db::Conn;
use openhouse::procedure::store::product_ids;
use openhouse::schema::{cost_line, extension_request};
use openhouse::trajectory::extension::{Asked, ask};
use openhouse::trajectory::store::{Stated, state};

use crate::dossier::town::{Town, day};
use crate::ground::now;

/// The contact person, the trajectory and the request. The contact person is who signs in with this address.
pub fn charge(conn: &mut Conn, town: &Town, provider_id: i64) -> QueryResult<[i64; 3]> {
    let tenant = town.tenant;
    let contact = MunicipalContact {
        email: format!("municipality-contact-person-{tenant}@voorbeeld.example"),
        name: "Vreemde Contactpersoon".into(),
        active_from: day("2020-01-01"),
        active_until: None,
    };
    clients::add_contact(conn, &town.system, &contact)?;
    let contact_id = clients::contact_with(conn, &town.system, &contact.email)?.expect("it was added");
    let client_id = clients::enrol(conn, &town.system, std::iter::once("Vreemde klant"))?["Vreemde klant"];
    let product_id = product_ids(conn, &town.system)?["VR-1"];
    let stated = Stated {
        municipality_id: tenant,
        provider_id,
        client_id,
        contact_id,
        product_id,
        case_ref: "Vreemde reis".into(),
        profile: "P2".into(),
        referred_on: day("2026-07-06"),
        started_on: None,
        plan_agreed_on: None,
        agreed_results: 0,
        client_agreed_on: None,
        coach_involved: false,
        coach_agreed_on: None,
        contact_informed_on: None,
        term_ends_on: Some(day("2098-12-31")),
        suspended_days: 0,
        extension_permitted_on: None,
        ended_on: None,
        end_reason: None,
        results_achieved: None,
        reason_recorded: false,
        work_started_on: Some(day("2026-07-30")),
        hours_per_week: None,
        indication_on: None,
        capacity_available_on: None,
        placed_on: None,
        ladder_start: None,
        ladder_now: None,
    };
    let trajectory = state(conn, &town.system, provider_id, &[stated])?["Vreemde reis"];
    diesel::insert_into(cost_line::table)
        .values((
            (cost_line::municipality_id.eq(tenant), cost_line::provider_id.eq(provider_id)),
            (cost_line::quarter.eq("2026-Q3"), cost_line::line.eq("Vreemde regel")),
            (cost_line::trajectory_id.eq(trajectory), cost_line::contact_id.eq(contact_id)),
            (cost_line::product_id.eq(product_id), cost_line::unit.eq("uur"), cost_line::invoice.eq("")),
            (cost_line::from_on.eq(day("2026-08-01")), cost_line::until_on.eq(day("2026-08-31"))),
            (
                cost_line::quantity.eq(100_i64),
                cost_line::tariff_cents.eq(6_255_i64),
                cost_line::amount_cents.eq(6_255_i64),
            ),
        ))
        .execute(conn)?;
    let asks = Actor::of_provider("Vreemde Vrouw", tenant, provider_id, "test");
    let asked = Asked { case_ref: "Vreemde reis".into(), until: day("2099-03-31"), motive: "Vreemde reden".into() };
    ask(conn, &asks, now(), now().date(), provider_id, &asked)?.expect("it can be asked");
    let request = extension_request::table.select(extension_request::id).first(conn)?;
    Ok([contact_id, trajectory, request])
}
