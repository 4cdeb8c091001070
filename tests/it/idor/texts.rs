//! The texts of the municipality (overeenkomsten): a draft that is its own, and an agreement with one version established and
//! one before the table.

use openhouse::agreement::text::establishing::{consult, establish};
use openhouse::agreement::text::store::Fault;
use openhouse::agreement::text::writing::{Description, Wording, begin_version, describe, make, read_in};
use openhouse::agreement::text::{AgreementText, Scope, TextKind};
use openhouse::db::Conn;
use openhouse::house::House;
use openhouse::procedure::Domain;
use openhouse::term::{TermEnd, TermRule, TermUnit};
use openhouse::text::Bilingual;

use crate::dossier::town::{Town, at, day};

/// Places and what stands there. What lies before the table names nobody: every provider may read it.
pub fn write_them(house: &House, town: &Town) -> Vec<(&'static str, String)> {
    let made: Result<(), Fault> = house.db.write(|conn| {
        put(conn, town, "Vreemde tekst 1", "vreemde-tekst-1")?;
        let (text, version) = put(conn, town, "Deelovereenkomst 7", "deelovereenkomst-7")?;
        before_the_table(conn, town, version, 3)?;
        establish(conn, &town.decider, at("2026-10-20"), version, 4, "Verslag")?;
        let version = begin_version(conn, &town.manager, at("2026-10-21"), text)?;
        let (from, until) = (Some(day("2028-01-01")), Some(day("2029-12-31")));
        let told = Description { holds_from: from, holds_until: until, explanation: "Korter.".to_owned() };
        describe(conn, &town.manager, at("2026-10-21"), version, 1, &told)?;
        before_the_table(conn, town, version, 2)
    });
    made.unwrap_or_else(|fault| panic!("{fault:?}"));
    vec![("<draft-text>", "vreemde-tekst-1".to_owned()), ("<agreement>", "deelovereenkomst-7".to_owned())]
}

/// A text whose first version has one article; the agreement has its days too.
fn put(conn: &mut Conn, town: &Town, title: &str, code: &str) -> Result<(i64, i64), Fault> {
    let new = AgreementText {
        id: 0,
        procedure_id: town.procedure,
        annex_to: None,
        kind: TextKind::Domain,
        domain: Domain::Pw,
        code: code.to_owned(),
        title: Bilingual { nl: title.to_owned(), en: title.to_owned() },
        privacy_role: None,
    };
    let (text, version) = make(conn, &town.manager, at("2026-10-01"), &new)?;
    let article = Wording {
        number: "1".to_owned(),
        heading: "Kop".to_owned(),
        scope: Scope::All,
        body: format!("{title}: binnen vier weken."),
    };
    read_in(conn, &town.manager, at("2026-10-01"), version, 1, &[article])?;
    if code.starts_with("deel") {
        let told = Description { holds_from: Some(day("2027-01-01")), ..Description::default() };
        describe(conn, &town.manager, at("2026-10-01"), version, 2, &told)?;
    }
    Ok((text, version))
}

fn before_the_table(conn: &mut Conn, town: &Town, version: i64, seen: i32) -> Result<(), Fault> {
    let rule = TermRule { count: 14, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };
    consult(conn, &town.manager, at("2026-10-02"), day("2026-10-02"), version, seen, rule)
}
