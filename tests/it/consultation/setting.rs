//! A table that is set (gedekte tafel): a version in consultation, a provider, a client representative and a meeting.

use chrono::NaiveDateTime;
use openhouse::account::store::{NewUser, add_user, grants};
use openhouse::actor::{Actor, Role};
use openhouse::agreement::text::establishing;
use openhouse::agreement::text::store::{self as texts, Fault as TextFault};
use openhouse::agreement::text::writing::{self, Description, Wording};
use openhouse::agreement::text::{AgreementText, Article, Scope, TextKind, TextVersion};
use openhouse::consultation::deciding::{self, Verdict};
use openhouse::consultation::meeting::{self, Plan};
use openhouse::consultation::proposing::{self, NewProposal};
use openhouse::consultation::seating::{self, NewTable};
use openhouse::consultation::{
    ConsultationTable, Fault, Meeting, Outcome, Proposal, ProposalKind, Refusal, Seat, Speaker, Stance, TableKind,
    store,
};
use openhouse::db::{Conn, Db};
use openhouse::procedure::Domain;
use openhouse::provider;
use openhouse::term::{TermEnd, TermRule, TermUnit};
use openhouse::text::{Bilingual, Lang};

use crate::dossier::town::{Town, at, day, read, write};

const TWO_WEEKS: TermRule = TermRule { count: 14, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };

/// The table with everybody at it. Clause 1 is article 4.2 about the plan, clause 2 article 7.1 about the costs.
pub struct Setting {
    pub town: Town,
    pub table: i64,
    pub version: i64,
    /// Somebody of the provider that sits at the table.
    pub provider: Actor,
    /// A provider of the same municipality without a seat.
    pub outsider: Actor,
    pub client: Seat,
}

pub fn tried<T>(db: &Db, work: impl FnOnce(&mut Conn) -> Result<T, Fault>) -> Result<T, Refusal> {
    match db.write(work) {
        Ok(done) => Ok(done),
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(Fault::Trouble(cause)) => panic!("{cause}"),
    }
}

fn text<T>(db: &Db, work: impl FnOnce(&mut Conn) -> Result<T, TextFault>) -> T {
    db.write(work).unwrap_or_else(|fault| panic!("{fault:?}"))
}

pub fn wording(number: &str, heading: &str, body: &str) -> Wording {
    Wording { number: number.to_owned(), heading: heading.to_owned(), scope: Scope::All, body: body.to_owned() }
}

pub fn plan(start: &str, end: &str) -> Plan {
    Plan {
        starts_at: start.parse().unwrap(),
        ends_at: end.parse().unwrap(),
        place: "Gemeentehuis, zaal 2".to_owned(),
        online: String::new(),
        agenda: vec!["Opening".to_owned(), "Voorstellen".to_owned()],
    }
}

impl Setting {
    /// Everything is set on 4 November 2026; one can react until the 18th.
    pub fn set(db: &Db) -> Setting {
        Setting::consulted_on(db, "2026-11-04", true)
    }

    pub fn consulted_on(db: &Db, today: &str, is_open: bool) -> Setting {
        let town = Town::settle(db, "Noordermeer");
        let version = consulted(db, &town, today);
        let new = NewTable {
            procedure_id: town.procedure,
            kind: TableKind::Consultation,
            name: "Overlegtafel re-integratie".to_owned(),
            purpose: "Samen de overeenkomst beter maken.".to_owned(),
            is_open,
            from: day("2026-01-01"),
            until: None,
        };
        let table = tried(db, |conn| seating::set_table(conn, &town.manager, at(today), &new)).unwrap();
        let provider = firm(db, &town, "90009001", "Werkpad Noord", 7001);
        let outsider = firm(db, &town, "90009002", "Buiten Spel", 7002);
        let own = provider.own_provider().unwrap();
        tried(db, |conn| seating::seat_provider(conn, &town.manager, at(today), table, own)).unwrap();
        let client = tried(db, |conn| {
            let (name, email) = ("Jantje Hoekstra", "jantje@voorbeeld.example");
            seating::seat_client_representative(conn, &town.manager, at(today), table, name, email, Lang::Nl)
        });
        Setting { table, version, provider, outsider, client: client.unwrap(), town }
    }

    pub fn speaker(&self, db: &Db, who: &Actor) -> Speaker {
        read(db, |conn| store::speaker(conn, who, self.table)).expect("he has a seat")
    }

    pub fn change(&self, body: &str) -> NewProposal {
        NewProposal {
            version_id: self.version,
            kind: ProposalKind::Change,
            clause: Some(1),
            wording: wording("4.2", "Trajectplan", body),
            motive: "Cliënten wachten te lang.".to_owned(),
        }
    }

    pub fn propose(&self, db: &Db, who: &Actor, on: &str, new: &NewProposal) -> Result<Proposal, Refusal> {
        let speaker = self.speaker(db, who);
        let number = tried(db, |conn| proposing::propose(conn, who, &speaker, at(on), day(on), self.table, new))?;
        Ok(self.proposal(db, number))
    }

    pub fn proposal(&self, db: &Db, number: i32) -> Proposal {
        let all = read(db, |conn| proposing::of_table(conn, &self.town.manager, self.table));
        all.into_iter().find(|one| one.number == number).expect("it was proposed")
    }

    pub fn react(&self, db: &Db, speaker: &Speaker, on: &str, proposal: i64, words: &str) -> Result<(), Refusal> {
        let (by, stance) = (&self.town.manager, Stance::Objection);
        tried(db, |conn| proposing::react(conn, by, speaker, at(on), day(on), proposal, stance, words))
    }

    /// A meeting that began at 14.00 on this day.
    pub fn meeting(&self, db: &Db, on: &str) -> Meeting {
        let plan = plan(&format!("{on}T13:00:00"), &format!("{on}T14:30:00"));
        tried(db, |conn| meeting::plan(conn, &self.town.manager, at("2026-11-04"), self.table, &plan)).unwrap();
        self.meetings(db).pop().expect("it was planned")
    }

    pub fn meetings(&self, db: &Db) -> Vec<Meeting> {
        read(db, |conn| meeting::of_table(conn, &self.town.manager, self.table))
    }

    pub fn decide(
        &self,
        db: &Db,
        proposal: &Proposal,
        meeting: &Meeting,
        outcome: Outcome,
        wording: Option<Wording>,
    ) -> Result<i32, Refusal> {
        let verdict = Verdict {
            meeting_id: meeting.id,
            outcome,
            reason: "Zo is het besproken.".to_owned(),
            wording,
            confirmed: vec![],
        };
        self.decide_as(db, &self.town.manager, evening(meeting), proposal, &verdict)
    }

    pub fn decide_as(
        &self,
        db: &Db,
        who: &Actor,
        now: NaiveDateTime,
        proposal: &Proposal,
        verdict: &Verdict,
    ) -> Result<i32, Refusal> {
        tried(db, |conn| deciding::decide(conn, who, now, proposal.id, proposal.version, verdict))
    }

    pub fn articles(&self, db: &Db, version: i64) -> Vec<Article> {
        read(db, |conn| texts::articles(conn, &self.town.manager, version))
    }

    pub fn version(&self, db: &Db, id: i64) -> TextVersion {
        read(db, |conn| texts::version(conn, &self.town.manager, id)).expect("it is there").1
    }

    pub fn table(&self, db: &Db) -> ConsultationTable {
        read(db, |conn| store::table(conn, &self.town.manager, self.table)).expect("it was set")
    }
}

/// When the meeting is over.
pub fn evening(meeting: &Meeting) -> NaiveDateTime {
    meeting.ends_at + chrono::TimeDelta::hours(2)
}

/// Two articles, in consultation since this day.
pub fn consulted(db: &Db, town: &Town, today: &str) -> i64 {
    let new = AgreementText {
        id: 0,
        procedure_id: town.procedure,
        annex_to: None,
        kind: TextKind::Domain,
        domain: Domain::Pw,
        code: "re-integratie-2027".to_owned(),
        title: Bilingual { nl: "Deelovereenkomst".to_owned(), en: "Agreement".to_owned() },
        privacy_role: None,
    };
    let (_, version) = text(db, |conn| writing::make(conn, &town.manager, at(today), &new));
    let articles = [
        wording("4.2", "Trajectplan", "Opdrachtnemer stelt binnen vier weken een trajectplan op."),
        wording("7.1", "Kostenoverzicht", "Opdrachtnemer levert per kwartaal een overzicht."),
    ];
    let told = Description { holds_from: Some(day("2027-01-01")), holds_until: None, explanation: String::new() };
    text(db, |conn| writing::read_in(conn, &town.manager, at(today), version, 1, &articles));
    text(db, |conn| writing::describe(conn, &town.manager, at(today), version, 2, &told));
    text(db, |conn| establishing::consult(conn, &town.manager, at(today), day(today), version, 3, TWO_WEEKS));
    version
}

/// A provider of the municipality with one person.
fn firm(db: &Db, town: &Town, kvk: &str, name: &str, number: i64) -> Actor {
    write(db, |conn| {
        let made =
            provider::store::register(conn, &town.system, at("2026-11-02"), &kvk.parse().unwrap(), name, number)?;
        let email = format!("{kvk}@voorbeeld.example");
        let (tenant, role) = (town.tenant, Role::ProviderUser);
        let user =
            NewUser { name: "Sanne Bakker", email: &email, role, municipality_id: tenant, provider_id: Some(made.id) };
        let id = add_user(conn, &town.system, at("2026-11-02"), &user)?;
        let grant = grants(conn)?.into_iter().find(|one| one.id == id).expect("it was given");
        Ok(Actor::of_provider("Sanne Bakker", tenant, made.id, "192.0.2.9").with_account(grant.account_id))
    })
}
