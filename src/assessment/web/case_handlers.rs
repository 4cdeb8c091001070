//! Answering: the cases behind a figure.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use serde::Deserialize;

use super::cases::{CasesPage, Definition};
use super::handlers::{link, read, within};
use super::hearing::said_of;
use super::look::{case_row, settings_of};
use crate::account::entrance::Insider;
use crate::house::{self, Turn};
use crate::indicator::Outcome;
use crate::page::{Side, answer};

/// Which cases are wanted.
#[derive(Debug, Default, Deserialize)]
pub struct CaseQuery {
    uitkomst: Option<Outcome>,
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/indicatoren/{n}`
pub async fn cases(who: Insider, path: Path<(String, String, u8)>, query: Query<CaseQuery>) -> HttpResponse {
    who.answer(show_cases(&who, path.into_inner(), query.uitkomst).await)
}

async fn show_cases(who: &Insider, path: (String, String, u8), filter: Option<Outcome>) -> Result<HttpResponse, Turn> {
    let (provider_path, quarter_path, number) = path;
    let (actor, lang, today) = (who.actor(), who.lang, who.house.today());
    let read = house::read(&who.house, move |conn| read(conn, &actor, &(provider_path, quarter_path))).await?;
    let assessment = read.assessment.as_ref().ok_or(Turn::NotFound)?;
    let (facts, findings) = assessment.documents()?;
    let finding = findings.findings.iter().find(|finding| finding.indicator == number).ok_or(Turn::NotFound)?;
    let row = read.rows(lang).into_iter().find(|row| row.number == number).ok_or(Turn::NotFound)?;
    let definition = read.definition(number).ok_or(Turn::NotFound)?;
    let counted = |outcome| finding.cases.iter().filter(|case| case.outcome == outcome).count() as u32;
    let link = link(&read.provider);
    let page = CasesPage {
        frame: within(who, &link).crumb(lang.quarter_first(read.quarter), link.quarter_path(read.quarter)),
        quarter: read.quarter,
        number,
        definition: Definition {
            name: row.name.clone(),
            text: definition.text.in_lang(lang).to_owned(),
            measure: definition.measure.in_lang(lang).to_owned(),
            settings: settings_of(lang, &facts.settings, number),
        },
        figures: row.figures,
        decided: row.decided,
        rolling: row.rolling,
        filter,
        counts: [counted(Outcome::Met), counted(Outcome::Missed), counted(Outcome::Excluded)],
        cases: finding
            .cases
            .iter()
            .filter(|case| filter.is_none_or(|outcome| case.outcome == outcome))
            .map(|case| case_row(lang, &facts, number, case))
            .collect(),
        instead: row.instead,
        judges: who.side() == Side::Manager && read.state(today).is_provisional(),
        said: said_of(&read.remarks, number, lang),
        provider: link,
    };
    Ok(answer(StatusCode::OK, &page))
}
