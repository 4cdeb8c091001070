//! What the table talks about (de tekst op tafel): the version that is in consultation, or a short text of its own where
//! there is none.

use anyhow::{Context, anyhow};
use chrono::NaiveDate;

use crate::actor::Actor;
use crate::agreement::text::store::{self, Fault};
use crate::agreement::text::writing::{self, Description, Wording};
use crate::agreement::text::{AgreementText, Scope, TextKind, TextState, TextVersion, establishing};
use crate::calendar::{add_days, add_months, utc};
use crate::db::Conn;
use crate::demo::days::{at, working_day_until};
use crate::procedure::Domain;
use crate::term::{TermEnd, TermRule, TermUnit};
use crate::text::{Bilingual, Lang};

/// So many days ago it was put before the table.
const ASKED_AGO: i64 = 6;

/// Three weeks to react.
const RESPOND: TermRule = TermRule { count: 21, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };

const ARTICLES: [(&str, &str, &str); 5] = [
    ("1", "Aanmelding", "Opdrachtnemer neemt binnen vijf werkdagen na de aanmelding contact op met de cliënt."),
    ("2", "Trajectplan", "Opdrachtnemer stelt binnen vier weken een trajectplan op, samen met de cliënt."),
    ("3", "Voortgang", "Opdrachtnemer bespreekt elk kwartaal met de cliënt en de contactpersoon hoe het gaat."),
    ("4", "Bereikbaarheid", "Opdrachtnemer is op werkdagen bereikbaar voor cliënten en de gemeente."),
    ("5", "Kostenoverzicht", "Opdrachtnemer levert per kwartaal een overzicht van de kosten per traject."),
];

/// The version of the procedure that is consulted about.
pub(super) fn consulted(
    conn: &mut Conn,
    manager: &Actor,
    procedure: i64,
    today: NaiveDate,
) -> anyhow::Result<TextVersion> {
    let own = |one: &&AgreementText| one.procedure_id == procedure;
    let texts: Vec<i64> = store::texts(conn, manager)?.iter().filter(own).map(|one| one.id).collect();
    let open = store::versions(conn, manager, &texts)?.into_iter().find(|one| one.state == TextState::Consultation);
    match open {
        Some(version) => Ok(version),
        None => make(conn, manager, procedure, today),
    }
}

fn make(conn: &mut Conn, manager: &Actor, procedure: i64, today: NaiveDate) -> anyhow::Result<TextVersion> {
    let asked = working_day_until(add_days(today, -ASKED_AGO));
    let (made, now) = (utc(at(asked, 8, 30)), utc(at(asked, 9, 0)));
    let new = AgreementText {
        id: 0,
        procedure_id: procedure,
        annex_to: None,
        kind: TextKind::Domain,
        domain: Domain::Pw,
        code: "afspraken-re-integratie".to_owned(),
        title: Bilingual { nl: "Deelovereenkomst re-integratie".into(), en: "Re-integration agreement".into() },
        privacy_role: None,
    };
    let (_, version) = done(writing::make(conn, manager, made, &new))?;
    let wording = ARTICLES.map(|(number, heading, body)| Wording {
        number: number.to_owned(),
        heading: heading.to_owned(),
        scope: Scope::All,
        body: body.to_owned(),
    });
    done(writing::read_in(conn, manager, made, version, 1, &wording))?;
    let told = Description {
        holds_from: Some(add_months(today, 4)),
        holds_until: None,
        explanation: "De eerste tekst, om samen beter te maken.".to_owned(),
    };
    done(writing::describe(conn, manager, made, version, 2, &told))?;
    done(establishing::consult(conn, manager, now, asked, version, 3, RESPOND))?;
    let found = store::version(conn, manager, version)?;
    found.map(|(_, version)| version).context("a version that was just made")
}

fn done<T>(result: Result<T, Fault>) -> anyhow::Result<T> {
    result.map_err(|fault| match fault {
        Fault::Trouble(cause) => anyhow!(cause),
        Fault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
    })
}
