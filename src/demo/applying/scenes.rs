//! The scenes of the stories as acts (handelingen): each calls the verb of the dossier that a person's button calls, in the
//! name of whoever may press it.

use std::collections::HashMap;

use anyhow::{Context, anyhow};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::people::Staff;
use super::{Found, Scene, Story, cast, papers};
use crate::actor::Actor;
use crate::calendar::{add_days, wall_clock};
use crate::db::Conn;
use crate::dossier::criterion::counts_for_decision;
use crate::dossier::decision::{self, Turn};
use crate::dossier::review::{self, Judged, NewVerdict};
use crate::dossier::store::{Fault, find_by_id};
use crate::dossier::supplement::open_request;
use crate::dossier::{CriterionResult, Part, drafting, showing, start, submit, supplement, tasks};
use crate::evidence::store::{NewEvidence, add, add_version, of_provider};
use crate::files::Files;
use crate::procedure::admission::questions;
use crate::procedure::admission::store::Fault as ProcedureFault;
use crate::text::Lang;
use crate::{provider, reminder};

pub struct Stage<'a> {
    pub files: &'a Files,
    pub system: &'a Actor,
    pub staff: Staff,
    pub procedure: i64,
    pub today: NaiveDate,
    /// Who applies, and the application in hand, by KvK number.
    pub applicants: HashMap<&'static str, (Actor, i64)>,
}

impl Stage<'_> {
    pub fn play(
        &mut self,
        conn: &mut Conn,
        now: NaiveDateTime,
        story: &'static Story,
        scene: &'static Scene,
    ) -> anyhow::Result<()> {
        let day = wall_clock(now).date();
        match scene {
            Scene::Begins => return self.begin(conn, now, story, usize::MAX),
            Scene::BeginsHalf => return self.begin(conn, now, story, 2),
            Scene::TimePasses => {
                reminder::walk(conn, self.system.tenant(), now)?;
                return Ok(());
            }
            Scene::TermEnds => {
                decision::close_refusals(conn, self.system, now, day).map_err(said)?;
                return Ok(());
            }
            _ => {}
        }
        let (applicant, id) = self.applicants.get(story.applicant.kvk).context("who acts has not begun")?.clone();
        let found = find_by_id(conn, &applicant, id)?.context("the application is gone")?;
        let (seen, Staff { manager, assessor, decision_maker }) = (found.version, &self.staff);
        match scene {
            Scene::Begins | Scene::BeginsHalf | Scene::TimePasses | Scene::TermEnds => Ok(()),
            Scene::HandsIn => {
                self.hand_over(conn, now, story, &applicant, id)?;
                let came_on = story.on_paper.then_some(day);
                submit::submit(conn, &applicant, now, day, id, seen, "demo-1", came_on).map(|_| ())
            }
            Scene::TakenUp => decision::take_up(conn, assessor, now, day, id, seen),
            Scene::Judged(but) => return self.judge(conn, now, id, &[], but),
            Scene::JudgedInPart(only) => return self.judge(conn, now, id, only, &[]),
            Scene::SupplementAsked(message, asked) => {
                let part = |(code, words): &(&str, &str)| (Part::Criterion((*code).to_owned()), (*words).to_owned());
                let asked: Vec<(Part, String)> = asked.iter().map(part).collect();
                supplement::ask(conn, assessor, now, day, id, seen, message, &asked)
            }
            Scene::Supplemented => {
                let request = open_request(conn, &applicant, id)?.context("nothing was asked")?;
                for (part, _) in request.items {
                    if let Part::Criterion(code) = part {
                        self.renew(conn, now, story, &applicant, id, &code)?;
                    }
                }
                supplement::hand_in(conn, &applicant, now, day, id, seen, "demo-2").map(|_| ())
            }
            Scene::Advised(proposal, words) => decision::advise(conn, assessor, now, day, id, seen, *proposal, words),
            Scene::SentBack(question) => decision::send_back(conn, decision_maker, now, day, id, seen, question),
            Scene::Admitted(words) => decision::admit(conn, decision_maker, now, day, id, seen, words),
            Scene::Refused(reason) => decision::refuse(conn, decision_maker, now, day, id, seen, reason),
            Scene::CaseNoted(words) => decision::turn(conn, manager, now, day, id, seen, Turn::NoteCase, words),
            Scene::Lapsed(reason) => decision::turn(conn, manager, now, day, id, seen, Turn::Lapse, reason),
            Scene::SetAside(reason) => supplement::set_aside(conn, manager, now, day, id, seen, reason),
            Scene::Withdrawn(reason) => decision::withdraw(conn, &applicant, now, id, seen, reason),
            Scene::Renewed(code) => return self.renew(conn, now, story, &applicant, id, code),
            Scene::QuestionAnswered(question, answer) => {
                let later = now + TimeDelta::hours(3);
                let asked = questions::ask(conn, &applicant, now, self.procedure, question).map_err(procedure_said)?;
                questions::answer(conn, manager, later, asked, answer).map_err(procedure_said)?;
                questions::publish(conn, manager, later, self.procedure).map_err(procedure_said)?;
                Ok(())
            }
        }
        .map_err(said)
    }

    /// Begins, again perhaps, and fills in so many steps.
    fn begin(
        &mut self,
        conn: &mut Conn,
        now: NaiveDateTime,
        story: &'static Story,
        steps: usize,
    ) -> anyhow::Result<()> {
        let (day, who) = (wall_clock(now).date(), &story.applicant);
        let kvk = who.kvk.parse()?;
        let actor = match self.applicants.get(who.kvk) {
            Some((actor, _)) => actor.clone(),
            None if story.on_paper => self.staff.manager.clone(),
            None => {
                let numbers = provider::store::all(conn, self.system)?.into_iter().map(|one| one.number);
                let number = numbers.max().unwrap_or_default() + 1;
                let provider = provider::store::register(conn, self.system, now, &kvk, who.name, number)?;
                who.sit_down(conn, self.system, now, provider.id)?
            }
        };
        let begun = match story.on_paper {
            true => start::on_paper(conn, &actor, now, day, self.procedure, &kvk, who.name),
            false => start::start(conn, &actor, now, day, self.procedure),
        };
        let id = begun.map_err(said)?.id;
        for filled in cast::whole_form(who).into_iter().take(steps) {
            drafting::save(conn, &actor, now, id, 0, &filled).map_err(said)?;
        }
        self.applicants.insert(who.kvk, (actor, id));
        Ok(())
    }

    /// Uploads every paper once and shows it for all its criteria; one that was uploaded for an earlier application too.
    fn hand_over(&self, conn: &mut Conn, now: NaiveDateTime, story: &Story, by: &Actor, id: i64) -> anyhow::Result<()> {
        let day = wall_clock(now).date();
        let known = of_provider(conn, by)?;
        for paper in papers::all(story).filter(|paper| !story.without.contains(&paper.title)) {
            let newest = known.iter().find(|piece| piece.title == paper.title).and_then(|piece| piece.newest());
            let version = match newest {
                Some(there) => there.id,
                None => {
                    let end = papers::first_end(story, paper, self.today);
                    let printed = papers::shelve(self.files, story.applicant.name, paper, day, end)?;
                    let provider_id = find_by_id(conn, by, id)?.context("the application is gone")?.provider_id;
                    let piece = NewEvidence { provider_id, title: paper.title.to_owned() };
                    let piece = add(conn, by, now, &piece)?;
                    add_version(conn, by, now, piece, &printed)?
                }
            };
            for code in paper.codes {
                showing::show(conn, by, now, day, id, code, version).map_err(said)?;
            }
        }
        Ok(())
    }

    /// Uploads a newer version of the paper for this criterion, the first when there is none, and shows it.
    fn renew(
        &self,
        conn: &mut Conn,
        now: NaiveDateTime,
        story: &Story,
        by: &Actor,
        id: i64,
        code: &str,
    ) -> anyhow::Result<()> {
        let day = wall_clock(now).date();
        let paper = papers::all(story).find(|paper| paper.codes.contains(&code)).context("no paper for it")?;
        let end = papers::first_end(story, paper, self.today).map(|_| add_days(day, 360));
        let printed = papers::shelve(self.files, story.applicant.name, paper, day, end)?;
        let known = of_provider(conn, by)?.into_iter().find(|piece| piece.title == paper.title);
        let piece = match known {
            Some(piece) => piece.id,
            None => {
                let provider_id = find_by_id(conn, by, id)?.context("the application is gone")?.provider_id;
                add(conn, by, now, &NewEvidence { provider_id, title: paper.title.to_owned() })?
            }
        };
        let version = add_version(conn, by, now, piece, &printed)?;
        showing::show(conn, by, now, day, id, code, version).map_err(said)
    }

    /// Judges what a decision waits for, or `only` these: met as long as their evidence holds, `but` as told.
    fn judge(&self, conn: &mut Conn, now: NaiveDateTime, id: i64, only: &[&str], but: &[Found]) -> anyhow::Result<()> {
        let day = wall_clock(now).date();
        let found = find_by_id(conn, &self.staff.assessor, id)?.context("the application is gone")?;
        let list = tasks::of(conn, &self.staff.assessor, day, &found, None)?;
        for task in list.criteria {
            let Some(row) = &task.row else { continue };
            let waits = counts_for_decision(task.criterion.ask, row.state) && !row.state.is_good();
            if !waits || (!only.is_empty() && !only.contains(&row.code.as_str())) {
                continue;
            }
            let holds_until = task.shown.iter().filter(|one| !one.replaced).rev().find_map(|one| one.holds.until());
            let met = (row.code.as_str(), CriterionResult::Met, "");
            let (_, result, reason) = but.iter().find(|(code, ..)| *code == row.code).unwrap_or(&met);
            let by = match result {
                CriterionResult::NotApplicable => &self.staff.manager,
                CriterionResult::Met | CriterionResult::NotMet | CriterionResult::RepairAsked => &self.staff.assessor,
            };
            let new = NewVerdict { result: *result, reason, holds_until };
            match review::judge(conn, by, now, row.id, row.version, &new).map_err(said)? {
                Judged::Done(_) => {}
                Judged::Theirs(_) => return Err(anyhow!("{} was judged meanwhile", row.code)),
            }
        }
        Ok(())
    }
}

fn said(fault: Fault) -> anyhow::Error {
    match fault {
        Fault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
        Fault::Trouble(cause) => cause.into(),
    }
}

fn procedure_said(fault: ProcedureFault) -> anyhow::Error {
    match fault {
        ProcedureFault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
        ProcedureFault::Trouble(cause) => cause.into(),
    }
}
