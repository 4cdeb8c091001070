//! The applications of the invented municipality (aanmeldingen): of every status one, so that a newcomer sees the dossier
//! at work. Each is told as a story of scenes, and every scene is an act of `crate::dossier` by the person whose act it is.

mod cast;
mod papers;
pub(super) mod people;
mod scenes;
mod stories;
mod waiting;

use anyhow::Context;
use chrono::{NaiveDate, NaiveDateTime};

pub use self::people::{Staff, seat};
use self::scenes::Stage;
use self::stories::STORIES;
use crate::actor::Actor;
use crate::calendar::{add_days, utc, wall_clock};
use crate::db::Conn;
use crate::demo::days::{at, working_day_until};
use crate::demo::load::Loading;
use crate::dossier::CriterionResult;
use crate::dossier::decision::Outcome;
use crate::ids::Kvk;
use crate::procedure::admission;
use crate::{provider, reminder};

/// An organisation that applies.
struct Applicant {
    name: &'static str,
    kvk: &'static str,
    legal_form: &'static str,
    /// Who applies: name and function.
    person: (&'static str, &'static str),
    /// Of its mail and its site.
    domain: &'static str,
    /// Street, postcode, place.
    address: (&'static str, &'static str, &'static str),
    products: &'static [&'static str],
    profiles: &'static [&'static str],
}

/// What befalls one organisation, the oldest first; the number of each scene is how many days ago it was.
struct Story {
    applicant: Applicant,
    /// It applied on paper, and the municipality entered it.
    on_paper: bool,
    /// In so many days from now the two insurances end, for who handed them in.
    insured_for: Option<(i64, i64)>,
    /// The titles of the papers that it left out at first.
    without: &'static [&'static str],
    scenes: &'static [(i64, Scene)],
}

enum Scene {
    /// Begins and fills in the whole form.
    Begins,
    /// Begins, and gets no further than the first steps.
    BeginsHalf,
    HandsIn,
    TakenUp,
    /// Everything that a decision waits for is met, but for these.
    Judged(&'static [Found]),
    /// These alone are judged, and met.
    JudgedInPart(&'static [&'static str]),
    /// What is said to the whole, and to each criterion.
    SupplementAsked(&'static str, &'static [(&'static str, &'static str)]),
    Supplemented,
    Advised(Outcome, &'static str),
    SentBack(&'static str),
    Admitted(&'static str),
    Refused(&'static str),
    /// The term of legal protection is over.
    TermEnds,
    CaseNoted(&'static str),
    SetAside(&'static str),
    Withdrawn(&'static str),
    Lapsed(&'static str),
    /// The daily round of that day.
    TimePasses,
    /// The successor of evidence that ends soon.
    Renewed(&'static str),
    /// A question about the procedure, and the answer that everybody reads.
    QuestionAnswered(&'static str, &'static str),
}

/// What was found of a criterion, and why.
type Found = (&'static str, CriterionResult, &'static str);

/// Who is asked for a supplement, so that a newcomer has something to do as an applicant: organisation and e-mail address.
pub const APPLICANT: (&str, &str) = ("Stichting Groene Vingers Werkt", "contact@groenevingerswerkt.example");

/// How many times [`come_in`] calls `progress`.
pub const STEPS: u64 = 1;

/// The applications, all of them or nothing; once.
pub fn come_in(to: &Loading<'_>, tenant: i64) -> anyhow::Result<()> {
    let system = Actor::system(tenant);
    let first: Kvk = STORIES[0].applicant.kvk.parse()?;
    if to.db.read(|conn| provider::store::find_by_kvk(conn, &system, &first))?.is_none() {
        let today = wall_clock(to.now).date();
        to.db.write(|conn| tell(conn, to, &system, today))?;
    }
    (to.progress)("aanmeldingen");
    Ok(())
}

/// Every scene of every story in the order in which it happened, so that numbers and history run as they would.
fn tell(conn: &mut Conn, to: &Loading<'_>, system: &Actor, today: NaiveDate) -> anyhow::Result<()> {
    let procedures = admission::store::all(conn, system)?;
    let procedure = procedures.first().context("the demo has no procedure")?.id;
    let staff = Staff::of(conn, system.tenant())?;
    let mut stage = Stage { files: to.files, system, staff, procedure, today, applicants: Default::default() };
    for (story, scene, at) in in_order(today) {
        stage.play(conn, utc(at), story, scene).with_context(|| format!("{} at {at}", story.applicant.name))?;
    }
    waiting::arrive(conn, system, &stage.staff, today)?;
    reminder::walk(conn, system.tenant(), to.now)?;
    Ok(())
}

fn in_order(today: NaiveDate) -> Vec<(&'static Story, &'static Scene, NaiveDateTime)> {
    let mut all = Vec::new();
    for (place, story) in (0u32..).zip(STORIES) {
        for (turn, (days_ago, scene)) in (0u32..).zip(story.scenes) {
            let day = working_day_until(add_days(today, -days_ago));
            all.push((story, scene, at(day, 9 + place % 7, 3 * turn + place % 3)));
        }
    }
    all.sort_by_key(|(.., at)| *at);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_runs_forward_whatever_the_day_and_ends_before_it() {
        for ahead in 0..400 {
            let today = add_days("2026-01-01".parse().unwrap(), ahead);
            let all = in_order(today);
            assert!(all.windows(2).all(|pair| pair[0].2 <= pair[1].2));
            for story in STORIES {
                let own = all.iter().filter(|(one, ..)| std::ptr::eq(*one, story)).map(|(_, scene, _)| *scene);
                let told = story.scenes.iter().map(|(_, scene)| scene);
                assert!(own.zip(told).all(|(one, other)| std::ptr::eq(one, other)), "{}", story.applicant.name);
            }
            assert!(all.iter().all(|(.., at)| at.date() < today));
        }
    }

    #[test]
    fn nobody_of_the_stories_is_a_provider_of_the_quarters() {
        let known: Vec<&str> = crate::demo::firms::FIRMS.iter().map(|firm| firm.kvk).collect();
        for story in STORIES {
            let own = story.applicant.kvk;
            assert!(own.parse::<Kvk>().is_ok() && !known.contains(&own));
            assert_eq!(STORIES.iter().filter(|other| other.applicant.kvk == own).count(), 1);
            assert!(story.applicant.domain.ends_with(".example"));
        }
        let asked = STORIES.iter().find(|story| story.applicant.name == APPLICANT.0).unwrap();
        assert_eq!(asked.applicant.email(), APPLICANT.1);
        assert!(matches!(asked.scenes.last(), Some((_, Scene::SupplementAsked(..)))));
    }
}
