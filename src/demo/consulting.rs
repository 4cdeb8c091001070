//! The consultation table of the invented municipality (overlegtafel): two meetings, minutes, a proposal in each state and
//! what all say of them, so that a newcomer sees how the text of the agreement grows. All through the verbs of
//! `crate::consultation`, by the people whose act each is.

use anyhow::{Context, anyhow};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::account::store::grants;
use crate::actor::{Actor, Role};
use crate::agreement::text::writing::Wording;
use crate::agreement::text::{AgreementText, Article, Scope, TextState, TextVersion, store as texts};
use crate::calendar::{add_days, add_working_days, utc, wall_clock};
use crate::consultation::deciding::{self, Verdict};
use crate::consultation::meeting::{self, Plan};
use crate::consultation::proposing::{self, NewProposal, article_wording};
use crate::consultation::seating::{self, NewTable};
use crate::consultation::telling::{self, MessageKind};
use crate::consultation::{
    Caution, Fault, Meeting, Outcome, ProposalKind, Seat, SeatRole, Speaker, Stance, TableKind, minutes, store,
};
use crate::db::Conn;
use crate::demo::applying::people::Staff;
use crate::demo::days::{at, working_day_until};
use crate::demo::load::Loading;
use crate::procedure::admission;
use crate::provider;
use crate::text::Lang;

/// The provider that the manual shows; its people find the table.
const SHOWN: i64 = 1042;

/// So many providers sit at the table.
const PROVIDERS: usize = 6;

/// Sets the table, once; all of it or nothing.
pub(super) fn sit_down(to: &Loading<'_>, tenant: i64) -> anyhow::Result<()> {
    to.db.write(|conn| {
        let staff = Staff::of(conn, tenant)?;
        let system = Actor::system(tenant);
        let known = !store::tables(conn, &system)?.is_empty();
        let Some(procedure) = admission::store::all(conn, &system)?.iter().map(|one| one.id).min() else {
            return Ok(());
        };
        if known {
            return Ok(());
        }
        let today = wall_clock(to.now).date();
        let version = consulted(conn, &staff.manager, procedure)?;
        let asked = version.consulted.as_ref().map(|one| one.at).context("the version is consulted about")?;
        let held = working_day_until(add_days(today, -2));
        // Put before the table only just now: there was no time to talk yet.
        if held <= wall_clock(asked).date() {
            return Ok(());
        }
        Evening { conn, staff, tenant, version, asked, held, today, table: 0 }.tell(procedure)
    })
}

/// Everything that happens at the table, in its order.
struct Evening<'a> {
    conn: &'a mut Conn,
    staff: Staff,
    tenant: i64,
    version: TextVersion,
    /// When the version was put before the table.
    asked: NaiveDateTime,
    /// The day of the first meeting.
    held: NaiveDate,
    today: NaiveDate,
    table: i64,
}

/// A speaker, and as whom he acts.
type Voice = (Actor, Speaker);

impl Evening<'_> {
    fn tell(mut self, procedure: i64) -> anyhow::Result<()> {
        let (manager, now) = (self.staff.manager.clone(), self.asked);
        let new = NewTable {
            procedure_id: procedure,
            kind: TableKind::Consultation,
            name: "Overlegtafel re-integratie".to_owned(),
            purpose: "Aanbieders, cliënten en gemeente maken samen de deelovereenkomst beter.".to_owned(),
            is_open: true,
            from: add_days(wall_clock(now).date(), -30),
            until: None,
        };
        self.table = done(seating::set_table(self.conn, &manager, now, &new))?;
        let (firms, clients) = (self.firms()?, self.clients()?);
        let chair = store::speaker(self.conn, &manager, self.table)?.context("the chair has a seat")?;
        let chair = (manager.clone(), chair);
        let first = self.meet(self.held, "Voorstellen bij de nieuwe versie")?;
        self.meet(add_working_days(self.today, 8), "Aangehouden voorstellen")?;
        self.announce(
            MessageKind::Announcement,
            "De stukken staan klaar. Doe uw voorstel voor de eerste bijeenkomst.",
            3,
        )?;
        let all = self.proposals(&firms, &clients, &chair)?;
        let question = "Vraag: geldt de nieuwe tekst ook voor trajecten die al lopen? Antwoord: ja, vanaf de dag waarop de \
                        versie ingaat.";
        self.announce(MessageKind::Answer, question, 26)?;
        self.reactions(&all, &firms, &clients, &chair)?;
        self.decisions(&all, &first)?;
        self.minutes(&first)
    }

    /// The moment so many hours after the version was put before the table.
    fn after(&self, hours: i64) -> NaiveDateTime {
        self.asked + TimeDelta::hours(hours)
    }

    fn firms(&mut self) -> anyhow::Result<Vec<Voice>> {
        let (manager, now) = (self.staff.manager.clone(), self.asked);
        let with_people: Vec<i64> = grants(self.conn)?
            .into_iter()
            .filter(|grant| grant.municipality_id == self.tenant && grant.role == Role::ProviderUser)
            .filter_map(|grant| grant.provider_id)
            .collect();
        let mut all = provider::store::all(self.conn, &manager)?;
        all.retain(|one| with_people.contains(&one.id));
        all.sort_by_key(|one| one.number != SHOWN);
        let mut voices = Vec::new();
        for one in all.into_iter().take(PROVIDERS) {
            let seat = done(seating::seat_provider(self.conn, &manager, now, self.table, one.id))?;
            let actor = Actor::of_provider(&one.name, self.tenant, one.id, "demo");
            voices.push((actor, Speaker::from_seat(&seat)));
        }
        anyhow::ensure!(voices.len() > 2, "the demo has too few providers with people");
        Ok(voices)
    }

    fn clients(&mut self) -> anyhow::Result<Vec<Voice>> {
        let (manager, now) = (self.staff.manager.clone(), self.asked);
        let decider = self.staff.decision_maker.account_id().context("the decision maker has an account")?;
        let role = SeatRole::Municipality;
        done(seating::seat_colleague(self.conn, &manager, now, self.table, decider, role))?;
        let people = [
            ("Tineke Hoekstra", "tineke.hoekstra@clientenraad.example"),
            ("Omar Bouali", "omar.bouali@clientenraad.example"),
        ];
        let mut voices = Vec::new();
        for (name, email) in people {
            let (conn, table) = (&mut *self.conn, self.table);
            let seat: Seat =
                done(seating::seat_client_representative(conn, &manager, now, table, name, email, Lang::Nl))?;
            let actor = Actor::of_municipality(name, Role::ProviderUser, self.tenant, "demo");
            voices.push((actor, Speaker::from_seat(&seat)));
        }
        Ok(voices)
    }

    /// Plans a meeting at two in the afternoon and invites all.
    fn meet(&mut self, day: NaiveDate, subject: &str) -> anyhow::Result<Meeting> {
        let (manager, now) = (self.staff.manager.clone(), self.after(2));
        let agenda = ["Opening en verslag van de vorige keer", subject, "Rondvraag"];
        let plan = Plan {
            starts_at: utc(at(day, 14, 0)),
            ends_at: utc(at(day, 15, 30)),
            place: "Gemeentehuis, raadzaal".to_owned(),
            online: "https://vergaderen.example/overlegtafel".to_owned(),
            agenda: agenda.map(str::to_owned).to_vec(),
        };
        let number = done(meeting::plan(self.conn, &manager, now, self.table, &plan))?;
        let planned = self.meeting(number)?;
        done(meeting::invite(self.conn, &manager, now, planned.id, planned.version))?;
        self.meeting(number)
    }

    fn meeting(&mut self, number: i32) -> anyhow::Result<Meeting> {
        let all = meeting::of_table(self.conn, &self.staff.manager, self.table)?;
        all.into_iter().find(|one| one.number == number).context("a meeting that was just planned")
    }

    fn announce(&mut self, kind: MessageKind, words: &str, hours: i64) -> anyhow::Result<()> {
        let (manager, now) = (self.staff.manager.clone(), self.after(hours));
        done(telling::announce(self.conn, &manager, now, self.table, kind, words)).map(drop)
    }

    /// One of each kind, of each side; answers their numbers.
    fn proposals(&mut self, firms: &[Voice], clients: &[Voice], chair: &Voice) -> anyhow::Result<Vec<i32>> {
        let articles = texts::articles(self.conn, &self.staff.manager, self.version.id)?;
        let written: Vec<&Article> = articles.iter().filter(|one| !one.body.trim().is_empty()).collect();
        anyhow::ensure!(written.len() > 4, "the text of the demo is too short to talk about");
        let with = |article: &Article, sentence: &str| {
            let wording = article_wording(article);
            Wording { body: format!("{}\n\n{sentence}", wording.body), ..wording }
        };
        let change = |article: &Article, sentence: &str, motive: &str| {
            self::new(&self.version, ProposalKind::Change, Some(article.clause), with(article, sentence), motive)
        };
        let last = articles.last().context("the text has articles")?;
        let chapter = last.number.split('.').next().and_then(|number| number.parse::<u32>().ok()).unwrap_or(0) + 1;
        let talk = Wording {
            number: chapter.to_string(),
            heading: "Meepraten".to_owned(),
            scope: Scope::All,
            body: "Opdrachtnemer vraagt cliënten elk halfjaar wat beter kan, en deelt de uitkomst aan de tafel."
                .to_owned(),
        };
        let talk_motive = "Cliënten weten het best wat werkt.";
        let drop_motive = "Deze afspraak staat ook al in de basisovereenkomst.";
        let dropped = article_wording(written[2]);
        let told = [
            (
                &firms[0],
                change(
                    written[0],
                    "Partijen kijken na een jaar samen of deze afspraak werkt.",
                    "Dan leren we van wat er in de praktijk gebeurt.",
                ),
            ),
            (
                &clients[0],
                change(
                    written[1],
                    "De cliënt krijgt hierover uitleg in gewone taal.",
                    "Veel cliënten weten nu niet wat er is afgesproken.",
                ),
            ),
            (&firms[1], self::new(&self.version, ProposalKind::Drop, Some(written[2].clause), dropped, drop_motive)),
            (&clients[1], self::new(&self.version, ProposalKind::Add, Some(last.clause), talk, talk_motive)),
            (
                chair,
                change(
                    written[3],
                    "Opdrachtnemer geeft een wijziging binnen vijf werkdagen door.",
                    "Nu horen wij soms pas na weken dat er iets is veranderd.",
                ),
            ),
            (
                &firms[2],
                change(
                    written[4],
                    "Dit geldt niet in de maanden juli en augustus.",
                    "In de zomer zijn er minder collega's.",
                ),
            ),
        ];
        let mut numbers = Vec::new();
        for (hour, ((actor, speaker), new)) in (4..).zip(told) {
            let now = self.after(hour);
            let today = wall_clock(now).date();
            numbers.push(done(proposing::propose(self.conn, actor, speaker, now, today, self.table, &new))?);
        }
        let (actor, speaker) = &firms[2];
        let now = self.after(24);
        let withdrawn = self.proposal(numbers[5])?;
        done(proposing::withdraw(self.conn, actor, speaker, now, withdrawn.id, withdrawn.version))?;
        Ok(numbers)
    }

    fn proposal(&mut self, number: i32) -> anyhow::Result<crate::consultation::Proposal> {
        let all = proposing::of_table(self.conn, &self.staff.manager, self.table)?;
        all.into_iter().find(|one| one.number == number).context("a proposal that was just made")
    }

    fn reactions(&mut self, all: &[i32], firms: &[Voice], clients: &[Voice], chair: &Voice) -> anyhow::Result<()> {
        use Stance::{Agree, Objection, Remark};
        let told = [
            (0, &clients[0], Agree, ""),
            (0, &firms[1], Remark, "Spreek ook af wie het gesprek voert."),
            (0, chair, Agree, "Goed idee."),
            (1, &firms[0], Remark, "Spreek af binnen welke tijd, anders blijft het liggen."),
            (1, &clients[1], Agree, "Graag."),
            (2, &clients[0], Objection, "Dan kan een cliënt de afspraak niet meer vinden."),
            (2, chair, Objection, "De basisovereenkomst zegt dit korter en minder precies."),
            (3, &firms[0], Objection, "Een keer per jaar is haalbaar, een keer per half jaar niet."),
            (3, &firms[1], Agree, ""),
            (4, &firms[2], Remark, "Vijf werkdagen is kort bij ziekte."),
            (4, &clients[1], Agree, ""),
        ];
        for (hour, (place, (actor, speaker), stance, words)) in (27..).zip(told) {
            let (now, proposal) = (self.after(hour), self.proposal(all[place])?.id);
            let today = wall_clock(now).date();
            done(proposing::react(self.conn, actor, speaker, now, today, proposal, stance, words))?;
        }
        Ok(())
    }

    fn decisions(&mut self, all: &[i32], meeting: &Meeting) -> anyhow::Result<()> {
        let told = [
            (0, Outcome::Adopted, "De hele tafel is het eens."),
            (1, Outcome::Amended, "De tafel is het eens en wil er een termijn bij."),
            (2, Outcome::Rejected, "De afspraak moet hier te vinden zijn, ook voor cliënten."),
            (
                3,
                Outcome::CarriedOver,
                "Aanbieders zoeken uit wat haalbaar is. De tafel praat er de volgende keer over.",
            ),
        ];
        for (minute, (place, outcome, reason)) in (0..).zip(told) {
            let proposal = self.proposal(all[place])?;
            let body =
                proposal.wording.body.replace("krijgt hierover uitleg", "krijgt hierover binnen een week uitleg");
            let wording = (outcome == Outcome::Amended).then(|| Wording { body, ..proposal.wording.clone() });
            // The first meeting is held while one can still react, as the chair confirms.
            let (reason, confirmed) = (reason.to_owned(), Caution::ALL.to_vec());
            let verdict = Verdict { meeting_id: meeting.id, outcome, reason, wording, confirmed };
            let now = meeting.starts_at + TimeDelta::minutes(20 + 15 * minute);
            let manager = self.staff.manager.clone();
            done(deciding::decide(self.conn, &manager, now, proposal.id, proposal.version, &verdict))?;
        }
        Ok(())
    }

    fn minutes(&mut self, meeting: &Meeting) -> anyhow::Result<()> {
        let body = "Aanwezig: zes aanbieders, twee cliëntvertegenwoordigers en de gemeente.\n\n\
                    De tafel besprak vier voorstellen:\n\n\
                    - voorstel 1 is **overgenomen**;\n\
                    - voorstel 2 is **aangepast overgenomen**, met een termijn van een week;\n\
                    - voorstel 3 is **niet overgenomen**;\n\
                    - voorstel 4 is **aangehouden** tot de volgende bijeenkomst.\n\n\
                    Voorstel 5 wacht op reacties. Voorstel 6 is ingetrokken.";
        let (manager, now) = (self.staff.manager.clone(), meeting.ends_at + TimeDelta::hours(1));
        done(minutes::write(self.conn, &manager, now, meeting.id, 0, body))?;
        done(minutes::establish(self.conn, &manager, now + TimeDelta::hours(1), meeting.id, 1))
    }
}

/// The version of the procedure's texts that lies before the table.
fn consulted(conn: &mut Conn, manager: &Actor, procedure: i64) -> anyhow::Result<TextVersion> {
    let own = |one: &&AgreementText| one.procedure_id == procedure;
    let ids: Vec<i64> = texts::texts(conn, manager)?.iter().filter(own).map(|one| one.id).collect();
    let open = texts::versions(conn, manager, &ids)?.into_iter().find(|one| one.state == TextState::Consultation);
    open.context("the demo has a version that is consulted about")
}

fn new(version: &TextVersion, kind: ProposalKind, clause: Option<i32>, wording: Wording, motive: &str) -> NewProposal {
    NewProposal { version_id: version.id, kind, clause, wording, motive: motive.to_owned() }
}

fn done<T>(result: Result<T, Fault>) -> anyhow::Result<T> {
    result.map_err(|fault| match fault {
        Fault::Trouble(cause) => anyhow!(cause),
        Fault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
    })
}
