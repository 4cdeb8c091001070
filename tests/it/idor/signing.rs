//! Offers of an agreement (aanbod) that somebody else might ask for by their number: one that waits for the provider, one of
//! which a file came in that was signed elsewhere, and one that both signed.

use diesel::connection::SimpleConnection;
use openhouse::audit::{self, Act};
use openhouse::db::Db;

use crate::agreement::paper::{Paper, next_version, offered};
use crate::dossier::town::{Town, day, write};
use crate::ground::now;

/// Places and what stands there. The provider has an agreement, so the first offer is a change of it.
pub fn offer(db: &Db, town: &Town, paper: &Paper, provider: i64, version: i64) -> Vec<(&'static str, String)> {
    let days = (chrono::Utc::now().naive_utc().date(), day("2099-01-01"));
    let newest = next_version(db, town, paper.text, "2026-12-02");
    let offer = offered(db, town, paper, newest, &[provider], days).unwrap();
    write(db, |conn| {
        let tenant = town.tenant;
        // Two more of the same offer, each at another point.
        for (id, state) in [(901, "uploaded"), (902, "signed")] {
            conn.batch_execute(&format!(
                "INSERT INTO offer SELECT {id}, municipality_id, text_id, text_version_id, digest, starts_on, term_rule,
                     term_start, silence, notice_months, offered_at, offered_by, offered_account, NULL, NULL, NULL, tariffs
                 FROM offer WHERE id = {offer};
                 INSERT INTO offer_document SELECT {id}, municipality_id, position, text_version_id, digest
                 FROM offer_document WHERE offer_id = {offer};
                 INSERT INTO offer_party SELECT {id}, municipality_id, {id}, provider_id, kind, '{state}', version,
                     changed_at, changed_by, term_rule, term_start, follows_id, NULL
                 FROM offer_party WHERE offer_id = {offer};"
            ))?;
        }
        conn.batch_execute(&format!(
            "INSERT INTO signed_upload (municipality_id, provider_id, party_id, evidence_version_id, received_at,
                 received_by, received_account, found)
             VALUES ({tenant}, {provider}, 901, {version}, '2026-11-18 09:00:00', 'Vreemde Vrouw', 1, '[]');
             INSERT INTO signature (municipality_id, provider_id, party_id, side, name, position, organisation, kvk,
                 account_id, at, digest, way, code)
             SELECT {tenant}, {provider}, 902, side, 'Vreemde Vrouw', 'directeur', 'Vreemde Weg', '', 1,
                 '2026-11-18 09:00:00', digest, 'portal', 'app'
             FROM offer, (SELECT 'provider' AS side UNION SELECT 'municipality') WHERE id = 902;"
        ))?;
        for verb in ["sign", "countersign"] {
            let act = Act { action: "agreement.offer", object: "offer-party/902", result: "done", detail: verb };
            audit::record(conn, &town.system, now(), act)?;
        }
        Ok(())
    });
    let party = write(db, |conn| {
        use diesel::prelude::*;
        use openhouse::schema::offer_party;
        Ok(offer_party::table.filter(offer_party::offer_id.eq(offer)).select(offer_party::id).first::<i64>(conn)?)
    });
    vec![
        ("<offered-text>", "vreemde-overeenkomst-2027".to_owned()),
        ("<offered-version>", newest.to_string()),
        ("<offer>", offer.to_string()),
        ("<party>", party.to_string()),
        ("<uploaded>", "901".to_owned()),
        ("<both-signed>", "902".to_owned()),
    ]
}
