//! The pages of the texts with invented contents. No name in here is anybody's.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use i18n_embed_fl::fl;

use super::acting::{ActPage, TextAct};
use super::acting_handlers::ActForm;
use super::article::ArticlePage;
use super::article_handlers::{ArticleForm, Meanwhile};
use super::draft::DraftPage;
use super::draft_handlers::DraftForm;
use super::list::{ListPage, NewPage};
use super::list_handlers::NewForm;
use super::pages::{AnnexesPage, ChangesPage, TextPage, VersionsPage};
use super::reading::{Act, Around, Door};
use super::reading_in::{FoundIn, ReadInPage};
use crate::actor::Role;
use crate::agreement::docx::{Found, LeftOut};
use crate::agreement::offer::{Party, PartyKind, PartyState};
use crate::agreement::text::origin::Origin;
use crate::agreement::text::store::Event;
use crate::agreement::text::{
    AgreementText, Article, Consulted, Established, Lack, PrivacyRole, TextKind, TextState, TextVerb, TextVersion,
    digest, first,
};
use crate::calendar::utc;
use crate::page::sample::{Sample, manager, of_provider};
use crate::page::{FormErrors, Frame, Section, menu_of_agreements};
use crate::procedure::Domain;
use crate::term::{TermEnd, TermRule, TermUnit};
use crate::text::{Bilingual, Lang};

/// The agreement of the samples, of this kind.
pub fn invented(kind: TextKind, title: &str, code: &str, role: Option<PrivacyRole>) -> AgreementText {
    AgreementText {
        id: if role.is_some() { 2 } else { 1 },
        procedure_id: 1,
        annex_to: role.map(|_| 1),
        kind,
        domain: Domain::Pw,
        code: code.to_owned(),
        title: Bilingual { nl: title.to_owned(), en: title.to_owned() },
        privacy_role: role,
    }
}

fn agreement() -> AgreementText {
    invented(TextKind::Domain, "Deelovereenkomst re-integratie 2027", "re-integratie-2027", None)
}

/// The articles that ship for this text.
pub fn articles(text: &AgreementText) -> Vec<Article> {
    let wording = first::fitting(text).map(first::FirstText::wording).unwrap_or_default();
    let article = |(clause, one): (i32, crate::agreement::text::writing::Wording)| Article {
        clause,
        number: one.number,
        heading: one.heading,
        scope: one.scope,
        body: one.body,
    };
    (1..).zip(wording).map(article).collect()
}

/// The same as the table gets to see them: two changed, one dropped, one new.
pub fn changed(articles: &[Article]) -> Vec<Article> {
    let mut changed = articles.to_vec();
    for one in &mut changed {
        match one.number.as_str() {
            "4.2" => {
                let with = "stemt dit af met de cliënt en de contactpersoon van de gemeente.";
                one.body = one.body.replace("vier weken", "drie weken").replace("stemt dit af met de cliënt.", with);
            }
            "7.1" => one.body = one.body.replace("dertig dagen", "veertien dagen"),
            "7.2" => one.heading = "Gesprek over de resultaten".to_owned(),
            _ => {}
        }
    }
    changed.retain(|one| one.number != "6.3");
    changed.push(Article {
        clause: 901,
        number: "9.5".to_owned(),
        heading: "Beschut werk".to_owned(),
        scope: crate::agreement::text::Scope::All,
        body: "Een cliënt met een indicatie beschut werk wordt binnen zes maanden geplaatst op een passende werkplek."
            .to_owned(),
    });
    changed
}

/// Version 3, established.
pub fn established(text: &AgreementText, articles: &[Article]) -> TextVersion {
    let at = moment(2026, 9, 14, 10);
    let mut version = TextVersion {
        id: 1,
        text_id: text.id,
        number: 3,
        state: TextState::Established,
        version: 9,
        changed_at: at,
        changed_by: "A. Visser".to_owned(),
        holds_from: Some(day(2027, 1, 1)),
        holds_until: Some(day(2027, 12, 31)),
        explanation: String::new(),
        consulted: Some(consulted(moment(2026, 8, 24, 9))),
        established: None,
    };
    version.established = Some(Established {
        at,
        by: "A. Visser".to_owned(),
        minutes: "Verslag overlegtafel van 10 september 2026".to_owned(),
        digest: digest(text, &version, articles),
    });
    version
}

/// Version 4, before the table.
pub fn before_the_table(text: &AgreementText) -> TextVersion {
    TextVersion {
        number: 4,
        state: TextState::Consultation,
        consulted: Some(consulted(moment(2026, 11, 16, 9))),
        explanation: "Cliënten hebben sneller een plan, en de gemeente ziet sneller wat een traject kost.".to_owned(),
        holds_from: Some(day(2027, 7, 1)),
        established: None,
        ..established(text, &[])
    }
}

fn consulted(at: NaiveDateTime) -> Consulted {
    let rule = TermRule { count: 14, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };
    Consulted { at, by: "M. de Wit".to_owned(), respond: rule.begin(at.date(), &[]) }
}

fn moment(year: i32, month: u32, on: u32, hour: u32) -> NaiveDateTime {
    utc(day(year, month, on).and_hms_opt(hour, 30, 0).expect("a moment"))
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn around(door: Door, version: TextVersion) -> Around {
    let (text, annex) = (agreement(), privacy());
    let (articles, other) = (articles(&text), articles(&annex));
    let earlier = established(&text, &articles);
    let first = TextVersion { number: 2, holds_from: Some(day(2026, 1, 1)), ..earlier.clone() };
    let annex_version = TextVersion { number: 1, ..established(&annex, &other) };
    let asked = version.state == TextState::Consultation;
    let mut versions = vec![earlier, first];
    if asked {
        versions.insert(0, version.clone());
    }
    let office = door == Door::Office;
    Around {
        changed: Some(if asked { 5 } else { 2 }),
        digest: digest(&text, &version, &articles).as_str().to_owned(),
        acts: match (office, asked) {
            (true, true) => vec![act("Terugnemen", "/overeenkomsten/re-integratie-2027/versies/4/terugnemen", false)],
            (true, false) => vec![act("Nieuwe versie maken", "/overeenkomsten/re-integratie-2027/versies", true)],
            (false, _) => Vec::new(),
        },
        history: if office { history() } else { Vec::new() },
        offered: (door == Door::Mine).then(|| (version.number, party())),
        door,
        origins: HashMap::from([(articles.last().map_or(0, |one| one.clause), born())]),
        text,
        version,
        versions,
        procedure: "Re-integratie 2027".to_owned(),
        whole: None,
        annexes: vec![(annex, annex_version)],
    }
}

fn party() -> Party {
    let term = TermRule { count: 14, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };
    Party {
        id: 1,
        offer_id: 1,
        provider_id: 1,
        kind: PartyKind::Change,
        state: PartyState::Offered,
        version: 1,
        changed_at: utc(day(2026, 11, 20).and_time(NaiveTime::MIN)),
        changed_by: "M. de Wit".to_owned(),
        term: term.begin(day(2026, 11, 20), &[]),
        follows: Some(1),
        accession: None,
    }
}

/// What the table decided on, for the last article.
pub fn born() -> Origin {
    let table = "Overlegtafel re-integratie".to_owned();
    Origin { table_id: 1, table, decision: 3, proposal: 2, on: day(2026, 11, 18) }
}

fn act(words: &str, href: &str, posts: bool) -> Act {
    Act { words: words.to_owned(), href: href.to_owned(), posts }
}

fn privacy() -> AgreementText {
    invented(TextKind::Privacy, "Verwerkersafspraken", "verwerkersafspraken", Some(PrivacyRole::Processor))
}

fn history() -> Vec<Event> {
    let line = |verb, to, at, actor: &str| Event {
        verb,
        to,
        at,
        actor: actor.to_owned(),
        role: Role::ContractManager,
        reason: String::new(),
    };
    vec![
        line(TextVerb::Consult, TextState::Consultation, moment(2026, 11, 16, 9), "M. de Wit"),
        line(TextVerb::Edit, TextState::Draft, moment(2026, 11, 12, 15), "M. de Wit"),
        line(TextVerb::Make, TextState::Draft, moment(2026, 11, 9, 11), "M. de Wit"),
    ]
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let (text, privacy) = (agreement(), privacy());
    let (before, today) = (articles(&text), day(2026, 11, 23));
    let after = changed(&before);
    let (version, asked) = (established(&text, &before), before_the_table(&text));
    let draft = TextVersion { state: TextState::Draft, consulted: None, ..asked.clone() };
    let office = |here: &str| {
        let frame = manager(lang, here);
        let menu = vec![menu_of_agreements(lang, Some(Section::Agreements))];
        Frame { menu, ..frame }.crumb(fl!(lang.texts(), "page-menu-agreements"), "/overeenkomsten")
    };
    let mine = |here: &str| {
        let frame = of_provider(lang, here, Section::Agreements);
        frame.crumb(fl!(lang.texts(), "page-menu-agreement"), "/mijn/overeenkomst")
    };
    let list = |frame: Frame, door: Door, writes: bool| ListPage {
        frame,
        door,
        today,
        groups: vec![(
            "Re-integratie 2027".to_owned(),
            vec![(text.clone(), vec![asked.clone(), version.clone()]), (privacy.clone(), vec![version.clone()])],
        )],
        writes,
    };
    let wrong = |field: &str, words: String| FormErrors { fields: vec![(field.to_owned(), words)], whole: vec![] };
    let faults = crate::agreement::text::markdown::Fault::Html.in_words(lang);
    let article_form = ArticleForm {
        versie: 3,
        nummer: "4.2".to_owned(),
        kop: "Trajectplan".to_owned(),
        soort: "all".to_owned(),
        tekst:
            "De aanbieder stelt **binnen drie weken** een <i>trajectplan</i> op:\n\n- met het doel;\n- met de stappen."
                .to_owned(),
        ..ArticleForm::default()
    };
    let act_page = |act: TextAct, version: &TextVersion, blocked: Vec<String>| ActPage {
        frame: office("/overeenkomsten/re-integratie-2027/versies/4/voorleggen"),
        act,
        text: text.clone(),
        version: version.clone(),
        blocked,
        early: (act == TextAct::Establish)
            .then(|| fl!(lang.texts(), "agreement-page-early", day = lang.day(day(2026, 12, 7)))),
        facts: vec![
            (fl!(lang.texts(), "agreement-page-articles"), "36".to_owned()),
            (fl!(lang.texts(), "agreement-page-holds-from"), lang.day(day(2027, 7, 1))),
            (fl!(lang.texts(), "agreement-page-respond-last"), lang.day(day(2026, 12, 7))),
        ],
        form: ActForm { versie: 3, dagen: "14".to_owned(), woorden: String::new() },
        errors: FormErrors::default(),
    };
    let found = FoundIn {
        name: "deelovereenkomst.docx".to_owned(),
        digest: "0".repeat(64),
        found: Found {
            articles: first::fitting(&text).map(first::FirstText::wording).unwrap_or_default(),
            before: vec!["Deelovereenkomst re-integratie".to_owned()],
            left_out: vec![(LeftOut::TrackedChanges, 3), (LeftOut::Tables, 1)],
        },
        faults: Vec::new(),
    };
    let read_in = |found, errors| ReadInPage {
        frame: office("/overeenkomsten/re-integratie-2027/versies/4/inlezen"),
        text: text.clone(),
        version: draft.clone(),
        standing: 36,
        found,
        errors,
    };
    let changes = |frame, door| ChangesPage {
        frame,
        around: around(door, asked.clone()),
        before: version.clone(),
        before_articles: before.clone(),
        articles: after.clone(),
    };
    let whole = |frame, door| TextPage { frame, around: around(door, version.clone()), articles: before.clone() };
    let path = "/mijn/overeenkomst/re-integratie-2027";
    let empty = ListPage { groups: Vec::new(), ..list(mine("/mijn/overeenkomst"), Door::Mine, false) };
    vec![
        Sample::of("agreement-list", &list(office("/overeenkomsten"), Door::Office, true)),
        Sample::of("agreement-list-provider", &list(mine("/mijn/overeenkomst"), Door::Mine, false)),
        Sample::of("agreement-list-empty", &empty),
        Sample::of("agreement-text", &whole(office("/overeenkomsten/re-integratie-2027/versies/3"), Door::Office)),
        Sample::of("agreement-text-provider", &whole(mine(path), Door::Mine)),
        Sample::of("agreement-changes", &changes(office("/overeenkomsten/re-integratie-2027/versies/4"), Door::Office)),
        Sample::of("agreement-changes-provider", &changes(mine(path), Door::Mine)),
        Sample::of(
            "agreement-annexes",
            &AnnexesPage { frame: mine(path), around: around(Door::Mine, version.clone()) },
        ),
        Sample::of(
            "agreement-versions",
            &VersionsPage { frame: mine(path), around: around(Door::Mine, version.clone()) },
        ),
        Sample::of(
            "agreement-new-errors",
            &NewPage {
                frame: office("/overeenkomsten/nieuw"),
                procedures: Vec::new(),
                wholes: vec![text.clone()],
                form: NewForm { soort: "privacy".to_owned(), ..NewForm::default() },
                errors: wrong("titel", fl!(lang.texts(), "agreement-page-new-title-empty")),
            },
        ),
        Sample::of(
            "agreement-draft",
            &DraftPage {
                frame: office("/overeenkomsten/re-integratie-2027/versies/4/schrijven"),
                text: text.clone(),
                version: draft.clone(),
                articles: after.clone(),
                lacks: vec![Lack::Explanation],
                has_first: true,
                form: DraftForm { versie: 3, ingang: "2027-07-01".to_owned(), ..DraftForm::default() },
                errors: FormErrors::default(),
                done: Some(fl!(lang.texts(), "agreement-page-done-saved")),
            },
        ),
        Sample::of(
            "agreement-article-errors",
            &ArticlePage {
                frame: office("/overeenkomsten/re-integratie-2027/versies/4/artikelen/12"),
                text: text.clone(),
                version: draft.clone(),
                clause: Some(12),
                articles: after.clone(),
                form: article_form.clone(),
                errors: wrong("tekst", faults),
                meanwhile: None,
            },
        ),
        Sample::of(
            "agreement-article-meanwhile",
            &ArticlePage {
                frame: office("/overeenkomsten/re-integratie-2027/versies/4/artikelen/12"),
                text: text.clone(),
                version: draft.clone(),
                clause: Some(12),
                articles: after.clone(),
                form: article_form,
                errors: FormErrors { whole: vec!["–".to_owned()], fields: vec![] },
                meanwhile: Some(Meanwhile { by: "A. Jansen".to_owned(), article: after.first().cloned() }),
            },
        ),
        Sample::of("agreement-consult", &act_page(TextAct::Consult, &draft, vec!["–".to_owned()])),
        Sample::of("agreement-establish", &act_page(TextAct::Establish, &asked, Vec::new())),
        Sample::of(
            "agreement-read-in",
            &read_in(None, wrong("bestand", crate::agreement::docx::Refusal::OldDoc.in_words(lang))),
        ),
        Sample::of("agreement-read-in-found", &read_in(Some(found), FormErrors::default())),
    ]
}
