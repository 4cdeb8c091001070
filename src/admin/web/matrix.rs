//! Products and client profiles on one page (matrix): the boxes say for which profile a product is meant. What is ticked
//! otherwise becomes a new version of each product it touches, after a look at what it does.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Form;
use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::criterion_words::Change;
use super::handlers::frame;
use super::product_handlers::{LIST, below};
use super::product_writing::rows;
use super::products::ProductCheckPage;
use super::tabs::{AdminTabs, Place};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::calendar::add_days;
use crate::house::{self, Turn};
use crate::page::entry::{Entry, read_day};
use crate::page::{FormErrors, Frame, answer};
use crate::procedure::Validity;
use crate::procedure::catalogue::{self, NotPublished, ProductVersion};
use crate::procedure::product::Product;
use crate::procedure::store::{active_scheme, catalogue as products};
use crate::provider::{self, Provider};
use crate::trajectory::running;

const HERE: &str = "/beheer/producten/matrix";

/// GET and POST `/beheer/producten/matrix`
#[derive(Template)]
#[template(path = "admin/matrix.html")]
pub struct MatrixPage {
    pub frame: Frame,
    /// Codes and names.
    pub profiles: Vec<(String, String)>,
    pub rows: Vec<MatrixRow>,
    pub first_day: String,
    pub earliest: NaiveDate,
    /// The newest version that was there when the page was opened.
    pub seen: i64,
    pub errors: FormErrors,
}

#[derive(Debug, Clone)]
pub struct MatrixRow {
    pub code: String,
    pub name: String,
    /// A box for each profile, in their order.
    pub ticked: Vec<bool>,
}

impl MatrixPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Products }
    }

    fn first_day_entry(&self) -> Entry {
        let t = self.frame.t();
        Entry::day(self.frame.lang, "ingang", fl!(t, "catalogue-first-day"), &self.first_day)
            .hint(fl!(t, "catalogue-first-day-hint", day = self.frame.lang.day(self.earliest)))
            .told(&self.errors)
    }

    fn boxes<'a>(&'a self, row: &'a MatrixRow) -> impl Iterator<Item = (&'a (String, String), bool)> {
        self.profiles.iter().zip(row.ticked.iter().copied())
    }
}

/// A product and a profile, as `RE-JC|P2`.
const BOX: &str = "vak";

/// What was sent; the boxes come under one name.
#[derive(Debug, Default)]
struct Sent {
    ticked: BTreeSet<(String, String)>,
    first_day: String,
    seen: i64,
    action: String,
}

impl Sent {
    fn read(fields: Vec<(String, String)>) -> Sent {
        let mut sent = Sent::default();
        for (name, value) in fields {
            match name.as_str() {
                BOX => sent.ticked.extend(value.split_once('|').map(|(code, one)| (code.to_owned(), one.to_owned()))),
                "ingang" => sent.first_day = value.chars().take(20).collect(),
                "versie" => sent.seen = value.parse().unwrap_or(0),
                "actie" => sent.action = value,
                _ => {}
            }
        }
        sent
    }

    fn hidden(&self) -> Vec<(String, String)> {
        let boxes = self.ticked.iter().map(|(code, profile)| (BOX.to_owned(), format!("{code}|{profile}")));
        let rest = [("ingang", self.first_day.clone()), ("versie", self.seen.to_string())];
        boxes.chain(rest.map(|(name, value)| (name.to_owned(), value))).collect()
    }
}

/// The newest version of every product that does not end, and the profiles.
struct Known {
    newest: Vec<ProductVersion>,
    profiles: Vec<(String, String)>,
    providers: Vec<Provider>,
    /// Ids by code.
    ids: Vec<(String, i64)>,
    seen: i64,
}

async fn load(who: &Insider) -> Result<Known, Turn> {
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    house::read(&who.house, move |conn| {
        let all = catalogue::everything(conn, &actor)?;
        let seen = all.iter().map(|one| one.id).max().unwrap_or(0);
        let mut newest: Vec<ProductVersion> = Vec::new();
        for one in all {
            match newest.last_mut().filter(|last| last.product.code == one.product.code) {
                Some(last) => *last = one,
                None => newest.push(one),
            }
        }
        newest.retain(|one| one.until.is_none_or(|until| until > today));
        let scheme = active_scheme(conn, &actor, today)?;
        let profiles = scheme.iter().flat_map(|one| one.selectable());
        let profiles = profiles.map(|one| (one.code.clone(), one.name.in_lang(lang).to_owned())).collect();
        let ids = products(conn, &actor)?.into_iter().map(|one| (one.code, one.id)).collect();
        Ok(Known { newest, profiles, providers: provider::store::all(conn, &actor)?, ids, seen })
    })
    .await
}

fn draw(frame: Frame, known: &Known, sent: Option<&Sent>, today: NaiveDate, errors: FormErrors) -> MatrixPage {
    let ticked = |version: &ProductVersion, profile: &str| match sent {
        Some(sent) => sent.ticked.contains(&(version.product.code.clone(), profile.to_owned())),
        None => version.product.profiles.iter().any(|one| one == profile),
    };
    let lang = frame.lang;
    let row = |one: &ProductVersion| MatrixRow {
        code: one.product.code.clone(),
        name: one.product.name.in_lang(lang).to_owned(),
        ticked: known.profiles.iter().map(|(profile, _)| ticked(one, profile)).collect(),
    };
    MatrixPage {
        rows: known.newest.iter().map(row).collect(),
        profiles: known.profiles.clone(),
        first_day: sent.map(|sent| sent.first_day.clone()).unwrap_or_default(),
        earliest: add_days(today, 1),
        seen: known.seen,
        errors,
        frame,
    }
}

/// GET `/beheer/producten/matrix`
pub async fn show(who: Insider) -> HttpResponse {
    who.answer(show_matrix(&who).await)
}

async fn show_matrix(who: &Insider) -> Result<HttpResponse, Turn> {
    let frame = below(who, HERE.to_owned())?;
    let known = load(who).await?;
    Ok(answer(StatusCode::OK, &draw(frame, &known, None, who.house.today(), FormErrors::default())))
}

/// POST `/beheer/producten/matrix`: first what it would do; a second press publishes every version that changes.
pub async fn write(who: Insider, form: Form<Vec<(String, String)>>) -> HttpResponse {
    who.answer(carry_out(&who, Sent::read(form.into_inner())).await)
}

async fn carry_out(who: &Insider, sent: Sent) -> Result<HttpResponse, Turn> {
    frame(who)?;
    let (t, today) = (who.lang.texts(), who.house.today());
    let known = load(who).await?;
    let again = |sent: &Sent, errors: FormErrors, status| -> Result<HttpResponse, Turn> {
        Ok(answer(status, &draw(below(who, HERE.to_owned())?, &known, Some(sent), today, errors)))
    };
    if sent.action == "aanpassen" {
        return again(&sent, FormErrors::default(), StatusCode::OK);
    }
    let changed: Vec<(&ProductVersion, Vec<String>)> = known
        .newest
        .iter()
        .map(|one| {
            // A profile that the scheme of today does not know keeps its place.
            let elsewhere = |code: &String| !known.profiles.iter().any(|(profile, _)| profile == code);
            let kept = one.product.profiles.iter().filter(|code| elsewhere(code)).cloned();
            let of_box = |profile: &&String| sent.ticked.contains(&(one.product.code.clone(), (*profile).clone()));
            (one, known.profiles.iter().map(|(profile, _)| profile).filter(of_box).cloned().chain(kept).collect())
        })
        .filter(|(one, profiles): &(_, Vec<String>)| {
            profiles.iter().collect::<BTreeSet<_>>() != one.product.profiles.iter().collect()
        })
        .collect();
    if changed.is_empty() {
        // Also after a second press of the button: it stands there already.
        let list = format!("{LIST}?op={}", read_day(&sent.first_day).unwrap_or(today));
        if sent.action == "publiceren" {
            return Ok(see_other(&list));
        }
        let whole = vec![fl!(t, "catalogue-matrix-same")];
        return again(&sent, FormErrors { whole, ..FormErrors::default() }, StatusCode::UNPROCESSABLE_ENTITY);
    }
    if sent.seen != known.seen {
        let whole = vec![fl!(t, "catalogue-overtaken")];
        return again(&sent, FormErrors { whole, ..FormErrors::default() }, StatusCode::CONFLICT);
    }
    let earliest = changed.iter().map(|(one, _)| add_days(one.from, 1)).fold(add_days(today, 1), NaiveDate::max);
    let Some(from) = read_day(&sent.first_day).filter(|from| *from >= earliest) else {
        let told = fl!(t, "catalogue-form-too-early", day = who.lang.day(earliest));
        let errors = FormErrors { fields: vec![("ingang".to_owned(), told)], whole: Vec::new() };
        return again(&sent, errors, StatusCode::UNPROCESSABLE_ENTITY);
    };
    if sent.action != "publiceren" {
        return look_ahead(who, &known, &changed, from, &sent).await;
    }
    let mut new: Vec<Product> = Vec::new();
    for (one, profiles) in changed {
        // One that ends before the first day has nothing to change.
        let Ok(valid) = Validity::new(from, one.until) else { continue };
        new.push(Product { profiles, valid, ..one.product.clone() });
    }
    let (actor, now) = (who.actor(), who.house.now());
    house::write(&who.house, move |conn| {
        for one in &new {
            match catalogue::publish(conn, &actor, now, one) {
                Ok(()) => {}
                Err(NotPublished::NotYours) => return Err(Turn::NotAllowed),
                Err(NotPublished::Trouble(cause)) => return Err(cause.into()),
                Err(_) => return Err(Turn::Conflict { by: None, back: HERE.to_owned() }),
            }
        }
        Ok(())
    })
    .await?;
    Ok(see_other(&format!("{LIST}?op={from}")))
}

async fn look_ahead(
    who: &Insider,
    known: &Known,
    changed: &[(&ProductVersion, Vec<String>)],
    from: NaiveDate,
    sent: &Sent,
) -> Result<HttpResponse, Turn> {
    let (actor, today, t) = (who.actor(), who.house.today(), who.lang.texts());
    let id = |code: &str| known.ids.iter().find(|(one, _)| one == code).map(|(_, id)| *id);
    let touched: Vec<(i64, Vec<String>)> =
        changed.iter().filter_map(|(one, profiles)| Some((id(&one.product.code)?, profiles.clone()))).collect();
    let ids: Vec<i64> = touched.iter().map(|(id, _)| *id).collect();
    let found = house::read(&who.house, move |conn| Ok(running::of_products(conn, &actor, &ids, today)?)).await?;
    let misfit = |run: &&&running::Running| {
        touched.iter().any(|(id, profiles)| *id == run.product_id && !profiles.contains(&run.profile))
    };
    let impact = rows(&known.providers, &found, |_, runs| match runs.iter().filter(misfit).count() {
        0 => Vec::new(),
        others => vec![fl!(t, "catalogue-impact-profile", count = others)],
    });
    let page = ProductCheckPage {
        frame: below(who, HERE.to_owned())?.crumb(fl!(t, "catalogue-matrix"), HERE),
        heading: fl!(t, "catalogue-matrix-check"),
        from,
        address: HERE.to_owned(),
        changes: changed
            .iter()
            .map(|(one, profiles)| Change {
                label: format!("{} {}", one.product.code, one.product.name.in_lang(who.lang)),
                before: Some(one.product.profiles.join(", ")),
                after: profiles.join(", "),
            })
            .collect(),
        notes: Vec::new(),
        impact,
        hidden: sent.hidden(),
    };
    Ok(answer(StatusCode::OK, &page))
}
