//! An application (aanmelding) as files: what was filled in, what was shown, what was told about it, and each receipt in
//! the very bytes that its hash is over.

use serde_json::{Map, Value, json};

use super::{Asked, Content, Entry, LetterPdf, document, text};
use crate::actor::Actor;
use crate::db::Conn;
use crate::dossier::store::of_provider;
use crate::dossier::tasks::{self, CriterionTask};
use crate::dossier::timeline::{self, What};
use crate::dossier::{Application, decision, drafting, receipt, supplement};
use crate::mine::web::told_state;
use crate::procedure::admission;
use crate::report::letter::gather::written;
use crate::text::Lang;

/// All applications of the provider, each in a folder under its number.
pub fn all(conn: &mut Conn, actor: &Actor, asked: Asked<'_>) -> anyhow::Result<Vec<Entry>> {
    let procedures = admission::store::all(conn, actor)?;
    let mut entries = Vec::new();
    for application in of_provider(conn, actor, asked.provider.id)? {
        let procedure = procedures.iter().find(|one| one.id == application.procedure_id);
        let name = procedure.map(|one| one.details.name.in_lang(asked.lang).to_owned()).unwrap_or_default();
        let folder = format!("aanmeldingen/{}", application.number);
        let told = one(conn, actor, asked, &application, name)?;
        entries.push(document(&format!("{folder}/aanmelding.json"), &told)?);
        for receipt in receipt::all(conn, actor, application.id)? {
            entries.push(text(&format!("{folder}/ontvangstbewijs-{}.json", receipt.number), receipt.body));
        }
        entries.extend(letters(conn, actor, asked, &application, &folder)?);
    }
    Ok(entries)
}

/// Every letter as PDF, the confirmations of receipt among them: in Dutch, which counts, and for who reads another
/// language with its translation.
fn letters(
    conn: &mut Conn,
    actor: &Actor,
    asked: Asked<'_>,
    application: &Application,
    folder: &str,
) -> anyhow::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for written in written(conn, actor, application.id)? {
        let path = written.path();
        let mut letter = |path: String, lang| {
            let pdf = LetterPdf { application: application.clone(), written, lang };
            entries.push(Entry { path, content: Content::Letter(Box::new(pdf)) });
        };
        letter(format!("{folder}/brieven/{path}.pdf"), Lang::Nl);
        if asked.lang != Lang::Nl {
            letter(format!("{folder}/brieven/{path}-{}.pdf", asked.lang), asked.lang);
        }
    }
    Ok(entries)
}

fn one(
    conn: &mut Conn,
    actor: &Actor,
    asked: Asked<'_>,
    application: &Application,
    procedure: String,
) -> anyhow::Result<Value> {
    let id = application.id;
    let mut steps = Map::new();
    for saved in drafting::steps(conn, actor, id)? {
        let step = json!({ "filled_in": saved.filled.to_json()?, "at": saved.saved_at, "by": saved.saved_by });
        steps.insert(saved.filled.step().as_str().to_owned(), step);
    }
    let list = tasks::of(conn, actor, asked.today, application, None)?;
    let criteria: Vec<Value> = list.criteria.iter().map(|task| criterion(asked, task)).collect();
    let receipts = receipt::all(conn, actor, id)?.into_iter().map(|one| {
        json!({ "number": one.number, "at": one.received_at, "by": one.received_by, "sha256": one.digest.as_str() })
    });
    let requests = supplement::requests(conn, actor, id)?.into_iter().map(|one| {
        let items = one.items.iter().map(|(part, words)| json!({ "part": part.to_string(), "words": words }));
        json!({
            "asked_at": one.asked_at,
            "asked_by": one.asked_by,
            "message": one.message,
            "until": one.term.due,
            "parts": items.collect::<Vec<_>>(),
        })
    });
    let decisions = decision::decisions(conn, actor, id)?.into_iter().map(|one| {
        json!({
            "outcome": one.outcome.as_str(),
            "reason": one.reason,
            "decided_on": one.decided_on,
            "remedy": one.remedy.as_str(),
            "court": one.court,
            "remedy_until": one.term.map(|term| term.due),
        })
    });
    let history = timeline::of(conn, actor, id)?.into_iter().filter_map(|event| match event.what {
        What::Step { verb, to, .. } => {
            Some(json!({ "at": event.at, "by": event.by, "step": verb.as_str(), "state": told_state(to).as_str() }))
        }
        _ => None,
    });
    Ok(json!({
        "number": application.number.to_string(),
        "procedure": procedure,
        "channel": application.channel.as_str(),
        "state": told_state(application.state).as_str(),
        "started_at": application.started_at,
        "submitted_at": application.submitted_at,
        "received_on": application.received_on,
        "steps": steps,
        "criteria": criteria,
        "receipts": receipts.collect::<Vec<_>>(),
        "supplements_asked": requests.collect::<Vec<_>>(),
        "decisions": decisions.collect::<Vec<_>>(),
        "history": history.collect::<Vec<_>>(),
    }))
}

/// With the verdicts that were told.
fn criterion(asked: Asked<'_>, task: &CriterionTask) -> Value {
    let shown = task.shown.iter().map(|one| {
        let (day, version) = (one.evidence.received_on, one.evidence.version_id);
        json!({ "title": one.evidence.title, "version": version, "shown_at": one.evidence.shown_at, "received_on": day })
    });
    let verdicts = task.verdicts.iter().map(|one| {
        let (result, until) = (one.result.as_str(), one.holds_until);
        json!({ "result": result, "reason": one.reason, "judged_at": one.judged_at, "holds_until": until })
    });
    json!({
        "code": task.criterion.code,
        "name": task.criterion.name.in_lang(asked.lang),
        "state": task.state.as_str(),
        "asked_for": task.asked,
        "evidence": shown.collect::<Vec<_>>(),
        "verdicts": verdicts.collect::<Vec<_>>(),
    })
}
