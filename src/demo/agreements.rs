//! The texts of the invented municipality (overeenkomsten): established ones that are tied to its procedure, and a next version
//! of the agreement that lies before the table. Each is made through the verbs, by the person whose act it is.

use anyhow::anyhow;
use chrono::{NaiveDate, NaiveDateTime};

use super::applying::people::Staff;
use crate::agreement::text::store::{self, Fault};
use crate::agreement::text::writing::{self, Description, Wording};
use crate::agreement::text::{AgreementText, PrivacyRole, Scope, TextKind, TextVersion, establishing, first};
use crate::calendar::{add_days, add_months, utc, wall_clock};
use crate::db::Conn;
use crate::demo::days::{at, working_day_until};
use crate::demo::load::Loading;
use crate::procedure::store::terms;
use crate::procedure::{Domain, admission};
use crate::text::{Bilingual, Lang};

/// So many days ago the next version was put before the table.
const ASKED_AGO: i64 = 6;

/// Makes them all, once. `begun` is the day on which the procedure began.
pub(super) fn come_in(to: &Loading<'_>, tenant: i64, begun: NaiveDate) -> anyhow::Result<()> {
    let today = wall_clock(to.now).date();
    to.db.write(|conn| {
        let staff = Staff::of(conn, tenant)?;
        let known = !store::texts(conn, &staff.manager)?.is_empty();
        let Some(procedure) = admission::store::all(conn, &staff.manager)?.iter().map(|one| one.id).min() else {
            return Ok(());
        };
        if known {
            return Ok(());
        }
        let mut desk = Desk { conn, staff, procedure };
        desk.put(TextKind::Dialogue, None, ("Intentieverklaring dialoog", "Statement of intent"), None, begun)?;
        desk.put(TextKind::Framework, None, ("Basisovereenkomst", "Framework agreement"), None, begun)?;
        let title = ("Deelovereenkomst re-integratie", "Re-integration agreement");
        let agreement = desk.put(TextKind::Domain, None, title, None, begun)?;
        let annex = ("Verwerkersafspraken", "Processing arrangements");
        desk.put(TextKind::Privacy, Some(agreement), annex, Some(PrivacyRole::Processor), begun)?;
        desk.second(agreement, add_months(begun, 12))?;
        desk.third(agreement, today)?;
        desk.requirements(agreement, today)
    })
}

/// Where the texts are made.
struct Desk<'a> {
    conn: &'a mut Conn,
    staff: Staff,
    procedure: i64,
}

impl Desk<'_> {
    /// A text with its first version, which holds from this day on. Answers its id.
    fn put(
        &mut self,
        kind: TextKind,
        annex_to: Option<i64>,
        (nl, en): (&str, &str),
        privacy_role: Option<PrivacyRole>,
        from: NaiveDate,
    ) -> anyhow::Result<i64> {
        let text = AgreementText {
            id: 0,
            procedure_id: self.procedure,
            annex_to,
            kind,
            domain: Domain::Pw,
            code: crate::written::address_word(nl),
            title: Bilingual { nl: nl.to_owned(), en: en.to_owned() },
            privacy_role,
        };
        let wording = first::fitting(&text).map(first::FirstText::wording).unwrap_or_default();
        let made = on(add_days(from, -60), 10);
        let (id, version) = done(writing::make(self.conn, &self.staff.manager, made, &text))?;
        let told = Description { holds_from: Some(from), holds_until: None, explanation: String::new() };
        self.write(version, made, &before(wording), &told)?;
        self.ask(version, add_days(from, -45))?;
        self.establish(version, add_days(from, -20))?;
        Ok(id)
    }

    /// The second version: sooner a first talk, and sooner an answer to a complaint.
    fn second(&mut self, text: i64, from: NaiveDate) -> anyhow::Result<()> {
        let made = on(add_days(from, -70), 11);
        let version = done(writing::begin_version(self.conn, &self.staff.manager, made, text))?;
        let wording = self.shipped(text)?;
        let told = Description {
            holds_from: Some(from),
            holds_until: None,
            explanation: "Cliënten wachten korter op een eerste gesprek en op een antwoord op een klacht.".to_owned(),
        };
        self.write(version, made, &wording, &told)?;
        self.ask(version, add_days(from, -50))?;
        self.establish(version, add_days(from, -20))
    }

    /// The third, before the table now: sooner a plan and the costs, and an article on sheltered work.
    fn third(&mut self, text: i64, today: NaiveDate) -> anyhow::Result<()> {
        let made = on(working_day_until(add_days(today, -ASKED_AGO - 8)), 11);
        let version = done(writing::begin_version(self.conn, &self.staff.manager, made, text))?;
        let wording = after(self.shipped(text)?);
        let told = Description {
            holds_from: Some(add_months(today, 4)),
            holds_until: None,
            explanation:
                "Er is eerder een trajectplan en de gemeente ziet eerder wat een traject kost. Voor beschut werk \
                          komt er een eigen artikel."
                    .to_owned(),
        };
        self.write(version, made, &wording, &told)?;
        self.ask(version, working_day_until(add_days(today, -ASKED_AGO)))
    }

    /// An annex that somebody is still writing.
    fn requirements(&mut self, whole: i64, today: NaiveDate) -> anyhow::Result<()> {
        let title = "Programma van eisen";
        let text = AgreementText {
            id: 0,
            procedure_id: self.procedure,
            annex_to: Some(whole),
            kind: TextKind::Requirements,
            domain: Domain::Pw,
            code: crate::written::address_word(title),
            title: Bilingual { nl: title.to_owned(), en: "Programme of requirements".to_owned() },
            privacy_role: None,
        };
        let made = on(working_day_until(add_days(today, -2)), 15);
        let (_, version) = done(writing::make(self.conn, &self.staff.manager, made, &text))?;
        let article = |number: &str, heading: &str, body: &str| Wording {
            number: number.to_owned(),
            heading: heading.to_owned(),
            scope: Scope::All,
            body: body.to_owned(),
        };
        let wording = [
            article("1", "Bereikbaar", "De aanbieder is op werkdagen van 9 tot 17 uur bereikbaar."),
            article("2", "Locatie", "De locatie is:\n\n- toegankelijk met een rolstoel;\n- bereikbaar met de bus."),
            article("3", "Taal", "Gesprekken zijn in taal die de cliënt *begrijpt*."),
        ];
        let seen = self.found(version)?.version;
        done(writing::read_in(self.conn, &self.staff.manager, made, version, seen, &wording))
    }

    fn shipped(&mut self, text: i64) -> anyhow::Result<Vec<Wording>> {
        let all = store::texts(self.conn, &self.staff.manager)?;
        let text = all.into_iter().find(|one| one.id == text).ok_or_else(|| anyhow!("the text is not there"))?;
        Ok(first::fitting(&text).map(first::FirstText::wording).unwrap_or_default())
    }

    fn write(&mut self, id: i64, now: NaiveDateTime, wording: &[Wording], told: &Description) -> anyhow::Result<()> {
        let seen = self.found(id)?.version;
        done(writing::read_in(self.conn, &self.staff.manager, now, id, seen, wording))?;
        done(writing::describe(self.conn, &self.staff.manager, now, id, seen + 1, told))
    }

    fn ask(&mut self, id: i64, day: NaiveDate) -> anyhow::Result<()> {
        let seen = self.found(id)?.version;
        let rule = terms(self.conn, &self.staff.manager, day)?.consultation;
        done(establishing::consult(self.conn, &self.staff.manager, on(day, 9), day, id, seen, rule))
    }

    fn establish(&mut self, id: i64, day: NaiveDate) -> anyhow::Result<()> {
        let found = self.found(id)?;
        let minutes = format!("Verslag overlegtafel van {}", Lang::Nl.day(add_days(day, -4)));
        let by = &self.staff.decision_maker;
        done(establishing::establish(self.conn, by, on(day, 14), id, found.version, &minutes)).map(drop)
    }

    fn found(&mut self, id: i64) -> anyhow::Result<TextVersion> {
        let found = store::version(self.conn, &self.staff.manager, id)?;
        found.map(|(_, version)| version).ok_or_else(|| anyhow!("the version is not there"))
    }
}

/// The words of the first version, where those that ship are the second.
fn before(wording: Vec<Wording>) -> Vec<Wording> {
    reworded(wording, &[("4.1", "vijf werkdagen", "tien werkdagen"), ("4.4", "zes weken", "acht weken")])
}

/// What the table talks about now.
fn after(wording: Vec<Wording>) -> Vec<Wording> {
    let with = "stemt dit af met de cliënt en de contactpersoon van de gemeente.";
    let changes = [
        ("4.2", "vier weken", "drie weken"),
        ("4.2", "stemt dit af met de cliënt.", with),
        ("7.1", "dertig dagen", "veertien dagen"),
    ];
    let mut all = reworded(wording, &changes);
    all.push(Wording {
        number: "9.5".to_owned(),
        heading: "Beschut werk".to_owned(),
        scope: Scope::All,
        body: "Een cliënt met een indicatie beschut werk wordt binnen zes maanden geplaatst op een passende werkplek."
            .to_owned(),
    });
    all
}

fn reworded(mut wording: Vec<Wording>, changes: &[(&str, &str, &str)]) -> Vec<Wording> {
    for (number, old, new) in changes {
        for one in wording.iter_mut().filter(|one| one.number == *number) {
            one.body = one.body.replace(old, new);
        }
    }
    wording
}

fn on(day: NaiveDate, hour: u32) -> NaiveDateTime {
    utc(at(day, hour, 0))
}

fn done<T>(result: Result<T, Fault>) -> anyhow::Result<T> {
    result.map_err(|fault| match fault {
        Fault::Trouble(cause) => anyhow!(cause),
        Fault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
    })
}
