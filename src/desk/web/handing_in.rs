//! Answering: the template, the form that takes a file, and the file that goes back with its faults marked.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Form, Path};
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::sent::collect;
use crate::account::Token;
use crate::account::entrance::Insider;
use crate::agreement::Accession;
use crate::assessment::handing_in::{Judging, hand_in as take_in};
use crate::calendar::wall_clock;
use crate::facts::due::DueDates;
use crate::house::waiting::{Holder, Waiting};
use crate::house::{self, House, Turn};
use crate::ids::Sha256Hex;
use crate::page::{FormErrors, ProviderLink, answer};
use crate::provider::{self, Provider, number_in};
use crate::quarter::Quarter;
use crate::sheet::{Source, Wording, mark};
use crate::statement::intake::{Fate, HandedIn, Outcome};
use crate::statement::store::SubmissionResult;
use crate::statement::web::StatementState;
use crate::statement::web::upload::{Answer, Closed, FAULTS_SHOWN, Receipt, Refusal, Remark, UploadPage};
use crate::statement::{Statement, TemplateData, checks, context, read, store, template};
use crate::text::Lang;
use crate::{agreement, assessment, client, procedure};

type StatementPath = Path<(String, String)>;

/// What every page of this file needs to know first.
struct Known {
    provider: Provider,
    quarter: Quarter,
    due_on: chrono::NaiveDate,
    received_on: Option<chrono::NaiveDate>,
    accessions: Vec<Accession>,
    /// Since when the quarter is closed, and the receipt of what was handed in before.
    closed: Option<Closed>,
}

async fn known(who: &Insider, path: (String, String)) -> Result<Known, Turn> {
    let actor = who.actor();
    if !actor.may_hand_in() {
        return Err(Turn::NotAllowed);
    }
    house::read(&who.house, move |conn| {
        let number = number_in(&path.0).ok_or(Turn::NotFound)?;
        let quarter: Quarter = path.1.parse().map_err(|_| Turn::NotFound)?;
        let provider = provider::store::find(conn, &actor, number)?.ok_or(Turn::NotFound)?;
        let closed = match assessment::store::closed_since(conn, &actor, provider.id, quarter)? {
            Some(since) => Some(Closed {
                since: wall_clock(since),
                receipt: store::newest_taken(conn, &actor, provider.id, quarter)?.map(kept_receipt),
            }),
            None => None,
        };
        Ok(Known {
            accessions: agreement::store::of(conn, &actor, &[provider.id])?,
            due_on: DueDates::load(conn, &actor)?.of(quarter),
            received_on: store::receipt(conn, &actor, provider.id, quarter)?.map(|(_, on)| on),
            closed,
            provider,
            quarter,
        })
    })
    .await
}

fn page(who: &Insider, known: &Known, errors: FormErrors, outcome: Option<Answer>) -> Result<UploadPage, Turn> {
    let provider = ProviderLink { key: known.provider.path(), name: known.provider.name.clone() };
    let received_on = match &outcome {
        Some(Answer::Accepted(receipt)) => known.received_on.or(Some(receipt.at.date())),
        _ => known.received_on,
    };
    let mut frame = who
        .frame_of_statement(&provider)
        .crumb(who.lang.quarter_first(known.quarter), provider.quarter_path(known.quarter));
    frame.here = format!("{}/opgave", provider.quarter_path(known.quarter));
    Ok(UploadPage {
        frame,
        provider,
        quarter: known.quarter,
        due_on: known.due_on,
        state: StatementState::of(who.house.today(), known.due_on, received_on)
            .under(known.accessions.iter(), known.quarter),
        errors,
        key: Token::new()?.as_str().to_owned(),
        drop_earlier: false,
        answer: outcome,
        closed: known.closed.clone(),
    })
}

fn kept_receipt((number, received_at, file_name, digest): (i64, NaiveDateTime, String, String)) -> Receipt {
    Receipt {
        number: number.to_string(),
        at: wall_clock(received_at),
        files: vec![file_name],
        sha256: digest,
        counts: Vec::new(),
        nil_return: false,
        sent_back: None,
        warnings: Vec::new(),
    }
}

/// A quarter that was set final takes nothing more in; the page says since when.
fn refuse_closed(who: &Insider, known: &Known) -> Result<Option<HttpResponse>, Turn> {
    Ok(match known.closed {
        Some(_) => Some(answer(StatusCode::CONFLICT, &page(who, known, FormErrors::default(), None)?)),
        None => None,
    })
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/opgave`
pub async fn form(who: Insider, path: StatementPath) -> HttpResponse {
    who.answer(show_form(&who, path.into_inner()).await)
}

async fn show_form(who: &Insider, path: (String, String)) -> Result<HttpResponse, Turn> {
    let known = known(who, path).await?;
    Ok(answer(StatusCode::OK, &page(who, &known, FormErrors::default(), None)?))
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/opgave/sjabloon`
pub async fn empty_template(who: Insider, path: StatementPath) -> HttpResponse {
    who.answer(send_template(&who, path.into_inner()).await)
}

async fn send_template(who: &Insider, path: (String, String)) -> Result<HttpResponse, Turn> {
    let known = known(who, path).await?;
    let (actor, lang, quarter) = (who.actor(), who.lang, known.quarter);
    let (id, kvk) = (known.provider.id, known.provider.kvk.clone());
    let data = house::read(&who.house, move |conn| {
        let catalogue = procedure::store::catalogue(conn, &actor)?;
        let scheme = procedure::store::active_scheme(conn, &actor, quarter.last_day())?;
        let accessions = agreement::store::of(conn, &actor, &[id])?;
        let mut offered = Vec::new();
        for accession in accessions.iter().filter(|accession| accession.is_active_in(quarter)) {
            offered.extend(agreement::store::products(conn, &actor, accession.id)?);
        }
        let catalogue: Vec<_> = catalogue.into_iter().filter(|product| offered.contains(&product.id)).collect();
        let mut units: Vec<String> = catalogue.iter().map(|product| product.unit.word(Lang::Nl)).collect();
        units.sort();
        units.dedup();
        Ok(TemplateData {
            kvk,
            quarter,
            profiles: scheme.iter().flat_map(|s| s.selectable()).map(|profile| profile.code.clone()).collect(),
            products: catalogue
                .into_iter()
                .map(|product| (product.code, product.name.in_lang(lang).to_owned()))
                .collect(),
            units,
            contacts: client::store::contacts(conn, &actor)?.into_iter().map(|(_, contact)| contact.email).collect(),
        })
    })
    .await?;
    let bytes = web::block(move || template(&data, lang)).await?;
    Ok(workbook(bytes, &format!("kwartaalopgave-{}-{}.xlsx", known.quarter.path(), known.provider.number)))
}

fn workbook(bytes: Vec<u8>, name: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(bytes)
}

/// POST `/aanbieders/{nr}/kwartalen/{k}/opgave`
pub async fn hand_in(who: Insider, path: StatementPath, parts: Multipart) -> HttpResponse {
    who.answer(receive(&who, path.into_inner(), parts).await)
}

async fn receive(who: &Insider, path: (String, String), parts: Multipart) -> Result<HttpResponse, Turn> {
    let known = known(who, path).await?;
    let sent = collect(parts).await?;
    if let Some(closed) = refuse_closed(who, &known)? {
        return Ok(closed);
    }
    if sent.files.is_empty() {
        let missing = fl!(who.lang.texts(), "statement-no-file");
        let errors = FormErrors { fields: vec![("bestand".into(), missing)], whole: vec![] };
        let page = UploadPage { drop_earlier: sent.form.vervallen, ..page(who, &known, errors, None)? };
        return Ok(answer(StatusCode::BAD_REQUEST, &page));
    }
    let pressed = Pressed { key: sent.form.sleutel.clone(), good_rows: false, drop_earlier: sent.form.vervallen };
    let (names, bytes) = sent.into_one_file()?;
    take(who, known, names, bytes, pressed).await
}

/// Which button was pressed, and on which form.
struct Pressed {
    key: String,
    good_rows: bool,
    drop_earlier: bool,
}

/// What the second button sends.
#[derive(Debug, Deserialize, Validate)]
pub struct GoodRowsForm {
    #[validate(length(min = 1, max = 100))]
    sleutel: String,
    #[validate(length(equal = 64))]
    bewaard: String,
}

/// POST `/aanbieders/{nr}/kwartalen/{k}/opgave/goede-regels`
pub async fn take_good_rows(who: Insider, path: StatementPath, form: Form<GoodRowsForm>) -> HttpResponse {
    who.answer(take_kept(&who, path.into_inner(), &form).await)
}

async fn take_kept(who: &Insider, path: (String, String), form: &GoodRowsForm) -> Result<HttpResponse, Turn> {
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let digest: Sha256Hex = form.bewaard.parse().map_err(|_| Turn::BadRequest)?;
    let known = known(who, path).await?;
    if let Some(closed) = refuse_closed(who, &known)? {
        return Ok(closed);
    }
    let Some(file) = who.house.waiting.find(Holder::Provider(known.provider.id), &digest, who.house.now()) else {
        let gone = fl!(who.lang.texts(), "statement-gone");
        let errors = FormErrors { fields: vec![("bestand".into(), gone)], whole: vec![] };
        return Ok(answer(StatusCode::CONFLICT, &page(who, &known, errors, None)?));
    };
    let pressed = Pressed { key: form.sleutel.clone(), good_rows: true, drop_earlier: false };
    take(who, known, vec![file.name], file.bytes, pressed).await
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/opgave/{bestand}/fouten`: the file that waits, with the refused cells marked.
pub async fn marked(who: Insider, path: Path<(String, String, String)>) -> HttpResponse {
    who.answer(send_marked(&who, path.into_inner()).await)
}

async fn send_marked(who: &Insider, path: (String, String, String)) -> Result<HttpResponse, Turn> {
    let (provider, quarter, digest) = path;
    let digest: Sha256Hex = digest.parse().map_err(|_| Turn::NotFound)?;
    let known = known(who, (provider, quarter)).await?;
    let (actor, lang, today) = (who.actor(), who.lang, who.house.today());
    let (owner, quarter, closed) = (known.provider, known.quarter, known.closed.is_some());
    let file = who.house.waiting.find(Holder::Provider(owner.id), &digest, who.house.now()).ok_or(Turn::NotFound)?;
    let checked_against =
        house::read(&who.house, move |conn| Ok(context::load(conn, &actor, &owner, quarter, closed, today)?)).await?;
    let (name, bytes) = (file.name, file.bytes);
    let bytes = web::block(move || {
        let reading = read(Source::File(&bytes)).map_err(|refusal| anyhow::anyhow!(refusal.message(lang)))?;
        let draft = reading.statement.clone().or_else(|| reading.good_rows().map(|good| good.statement));
        let mut faults = reading.faults;
        faults.extend(draft.iter().flat_map(|statement| checks(statement, &checked_against).0));
        mark(Source::File(&bytes), &faults, lang).map_err(|refusal| anyhow::anyhow!(refusal.message(lang)))
    })
    .await??;
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
    Ok(workbook(bytes, &format!("{}-met-fouten.xlsx", harmless(&stem))))
}

/// A name that may stand in a header.
fn harmless(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect()
}

async fn take(
    who: &Insider,
    known: Known,
    names: Vec<String>,
    bytes: Vec<u8>,
    pressed: Pressed,
) -> Result<HttpResponse, Turn> {
    let (house, actor, lang, now) = (who.house.clone(), who.actor(), who.lang, who.house.now());
    let (provider, quarter) = (known.provider.clone(), known.quarter);
    let drop_earlier = pressed.drop_earlier;
    let (file_name, label) = (names.join(", "), names.join(", "));
    let (outcome, digest, bytes) = web::block(move || {
        let digest = Sha256Hex::of(&bytes);
        let file = HandedIn {
            file_name: &file_name,
            source: Source::File(&bytes),
            bytes: &bytes,
            provider: &provider,
            quarter,
            vault: Some(&house.vault),
            form_key: Some(&pressed.key),
            take_good_rows: pressed.good_rows,
            drop_earlier_lines: pressed.drop_earlier,
            dry_run: false,
            now,
            lang,
        };
        let House { db, files, .. } = &**house;
        (take_in(db, files, &actor, Judging::AtOnce, file), digest, bytes)
    })
    .await?;
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(Fate::Refused(refusal)) => {
            let errors = FormErrors { fields: vec![("bestand".into(), refusal.message(lang))], whole: vec![] };
            return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page(who, &known, errors, None)?));
        }
        Err(Fate::FormUsed) => {
            let used = fl!(lang.texts(), "statement-form-used");
            let errors = FormErrors { fields: vec![("bestand".into(), used)], whole: vec![] };
            return Ok(answer(StatusCode::CONFLICT, &page(who, &known, errors, None)?));
        }
        Err(Fate::Trouble(cause)) => return Err(Turn::Broken(cause)),
    };
    if !outcome.faults.is_empty() {
        let holder = Holder::Provider(known.provider.id);
        who.house.waiting.admit(Waiting { holder, digest: digest.clone(), name: label, bytes, since: now });
    }
    let path = ProviderLink { key: known.provider.path(), name: String::new() }.quarter_path(known.quarter);
    let marked_at = format!("{path}/opgave/{}/fouten", digest.as_str());
    let (status, shown) = match outcome.result {
        SubmissionResult::Refused => {
            (StatusCode::UNPROCESSABLE_ENTITY, refused(lang, &outcome, names, &digest, marked_at))
        }
        _ => (StatusCode::OK, accepted(lang, &outcome, names, marked_at)),
    };
    let page = UploadPage { drop_earlier, ..page(who, &known, FormErrors::default(), Some(shown))? };
    Ok(answer(status, &page))
}

fn accepted(lang: Lang, outcome: &Outcome, files: Vec<String>, marked_at: String) -> Answer {
    let receipt = outcome.receipt.as_ref();
    let taken = outcome.taken.as_ref();
    Answer::Accepted(Receipt {
        number: receipt.map(|receipt| receipt.number.to_string()).unwrap_or_default(),
        at: receipt.map(|receipt| wall_clock(receipt.received_at)).unwrap_or_default(),
        files,
        sha256: receipt.map(|receipt| receipt.digest.clone()).unwrap_or_default(),
        counts: taken.map(counts).unwrap_or_default(),
        nil_return: taken.is_some_and(|statement| statement.head.nil_return),
        sent_back: (outcome.refused_rows() > 0).then(|| (outcome.refused_rows(), marked_at)),
        warnings: remarks(lang, &outcome.warnings),
    })
}

fn refused(lang: Lang, outcome: &Outcome, files: Vec<String>, digest: &Sha256Hex, marked_at: String) -> Answer {
    let mut faults = remarks(lang, &outcome.faults);
    let fault_count = faults.len() as u32;
    faults.truncate(FAULTS_SHOWN);
    Answer::Refused(Refusal {
        files,
        faults,
        fault_count,
        good_rows: outcome.good_rows,
        refused_rows: outcome.refused_rows(),
        take_good: (outcome.good_rows > 0).then(|| digest.as_str().to_owned()),
        marked: outcome.marked.as_ref().map(|_| marked_at),
        warnings: remarks(lang, &outcome.warnings),
    })
}

fn counts(statement: &Statement) -> Vec<(String, u32)> {
    let sheets = [
        ("Trajecten", statement.trajectories.len()),
        ("Terugkoppelingen", statement.feedback.len()),
        ("Medewerkers", statement.staff.len()),
        ("Klachten", statement.complaints.len()),
        ("Kosten", statement.costs.len()),
    ];
    sheets.into_iter().map(|(sheet, rows)| (sheet.to_owned(), rows as u32)).collect()
}

fn remarks<W: Wording>(lang: Lang, all: &[crate::sheet::Remark<W>]) -> Vec<Remark> {
    all.iter()
        .map(|one| Remark {
            sheet: one.place.sheet.clone(),
            row: one.place.row,
            column: one.place.column.clone(),
            found: one.found.clone(),
            text: one.what.wording(lang),
        })
        .collect()
}
