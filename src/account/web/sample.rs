//! The pages around sign-in and accounts with invented contents.

use chrono::NaiveDateTime;

use super::elsewhere::ElsewherePage;
use super::entry::{Choice, ChoosePage, CodePage, CodesPage, ForgottenPage, NewPasswordPage, SetUpPage, SignInPage};
use super::own::{AccountPage, ChangePasswordPage, NewCodesPage};
use super::people::{PeoplePage, Row, Typed};
use super::{ConfirmPage, HomePage, LinkGonePage, SignedOutPage, There};
use crate::account::elsewhere::Refusal;
use crate::account::store::people::Seat;
use crate::account::store::session::Open;
use crate::account::{Way, may_give};
use crate::actor::Role;
use crate::config::Level;
use crate::page::sample::{Sample, manager, of_provider};
use crate::page::{FormErrors, Frame, Section};
use crate::text::Lang;

pub fn samples(lang: Lang) -> Vec<Sample> {
    [around(lang), entry(lang), elsewhere(lang), own(lang), people(lang)].into_iter().flatten().collect()
}

fn around(lang: Lang) -> Vec<Sample> {
    let token = "5f".repeat(32);
    let confirm = ConfirmPage {
        frame: Frame { municipality: "Noordermeer".into(), ..Frame::public(lang, format!("/inloggen/{token}")) },
        name: "M. de Wit".into(),
        role: lang.pick("contractmanager", "contract manager").into(),
        token,
    };
    let signed_out = |there| SignedOutPage { frame: Frame::public(lang, "/"), there };
    vec![
        Sample::of("home", &HomePage { frame: Frame::public(lang, "/"), municipalities: Vec::new() }),
        Sample::of("confirm", &confirm),
        Sample::of("link-gone", &LinkGonePage { frame: Frame::public(lang, "/inloggen") }),
        Sample::of("signed-out", &signed_out(There::Nowhere)),
        Sample::of("signed-out-still-in", &signed_out(There::StillIn(Way::Organisation))),
        Sample::of("signed-out-there-too", &signed_out(There::OutToo(Way::EHerkenning))),
        Sample::of("signed-out-not-from-here", &signed_out(There::NotFromHere(Way::Organisation))),
    ]
}

fn entry(lang: Lang) -> Vec<Sample> {
    let frame = |here: &str| Frame::public(lang, here);
    let sign_in = |errors, email: &str| SignInPage {
        frame: frame("/inloggen"),
        errors,
        email: email.into(),
        organisation: false,
        eherkenning: false,
    };
    let with_buttons = SignInPage { organisation: true, eherkenning: true, ..sign_in(FormErrors::default(), "") };
    let forgotten = |errors, sent| ForgottenPage {
        frame: frame("/inloggen/vergeten"),
        errors,
        email: "a.jansen@noordermeer.example".into(),
        sent,
    };
    let password = |errors, invited| NewPasswordPage {
        frame: frame("/inloggen/vergeten"),
        errors,
        action: format!("/inloggen/uitnodiging/{}", "5f".repeat(32)),
        name: "A. Jansen".into(),
        email: "a.jansen@noordermeer.example".into(),
        invited,
        elsewhere: match invited {
            true => vec![(
                format!("/inloggen/uitnodiging/{}/eherkenning", "5f".repeat(32)),
                lang.pick("inloggen met eHerkenning", "sign in with eHerkenning").to_owned(),
            )],
            false => Vec::new(),
        },
    };
    let set_up = |errors| SetUpPage {
        frame: frame("/inloggen/instellen"),
        errors,
        key: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP".into(),
    };
    let codes = (0..10).map(|n| format!("k7wq-{n}2hm-tz4e-9fbx")).collect();
    let choice = |grant_id, municipality: &str, role: &str, current| Choice {
        grant_id,
        municipality: municipality.into(),
        role: role.into(),
        current,
    };
    let choices = || {
        let (gemeente, viewer) = (lang.pick("Gemeente", "Municipality of"), lang.pick("raadpleger", "viewer"));
        vec![
            choice(1, &format!("{gemeente} Noordermeer"), viewer, true),
            choice(2, &format!("{gemeente} Zuidermeer"), "Stichting Werkpad Noord", false),
        ]
    };
    let wrong = lang.pick("Deze code klopt niet.", "This code is not right.");
    let weak = lang.pick("Dit wachtwoord wordt vaak gebruikt.", "This password is often used.");
    vec![
        Sample::of("sign-in", &sign_in(FormErrors::default(), "")),
        Sample::of("sign-in-elsewhere", &with_buttons),
        Sample::of("sign-in-wrong", &sign_in(whole(wrong), "a.jansen@noordermeer.example")),
        Sample::of("code", &CodePage { frame: frame("/inloggen/code"), errors: FormErrors::default() }),
        Sample::of("code-wrong", &CodePage { frame: frame("/inloggen/code"), errors: at("code", wrong) }),
        Sample::of(
            "choose",
            &ChoosePage { frame: frame("/inloggen/kiezen"), choices: choices(), action: "/inloggen/kiezen" },
        ),
        Sample::of(
            "switch",
            &ChoosePage {
                frame: of_provider(lang, "/wisselen", Section::Organisation),
                choices: choices(),
                action: "/wisselen",
            },
        ),
        Sample::of("forgotten", &forgotten(FormErrors::default(), false)),
        Sample::of("forgotten-wrong", &forgotten(at("email", wrong), false)),
        Sample::of("forgotten-sent", &forgotten(FormErrors::default(), true)),
        Sample::of("new-password", &password(FormErrors::default(), false)),
        Sample::of("invitation", &password(at("nieuw", weak), true)),
        Sample::of("set-up", &set_up(FormErrors::default())),
        Sample::of("set-up-wrong", &set_up(at("code", wrong))),
        Sample::of("recovery-codes", &CodesPage { frame: frame("/inloggen/herstelcodes"), codes }),
    ]
}

fn elsewhere(lang: Lang) -> Vec<Sample> {
    let page = |way, refusal| ElsewherePage { frame: Frame::public(lang, "/inloggen"), way, refusal };
    let low = Refusal::LevelTooLow { minimum: Level::Eh3, found: Level::Eh2Plus };
    vec![
        Sample::of("elsewhere-unreachable", &page(Way::Organisation, Refusal::Unreachable)),
        Sample::of("elsewhere-known-account", &page(Way::Organisation, Refusal::KnownAccount)),
        Sample::of("elsewhere-not-linked", &page(Way::Organisation, Refusal::OtherEmail)),
        Sample::of("elsewhere-level", &page(Way::EHerkenning, low)),
        Sample::of("elsewhere-unknown-organisation", &page(Way::EHerkenning, Refusal::UnknownOrganisation)),
    ]
}

fn own(lang: Lang) -> Vec<Sample> {
    let session = |reference: &str, device: &str, current| Open {
        reference: reference.into(),
        device: device.into(),
        started_at: at_moment("2026-11-02T07:30:00"),
        seen_at: at_moment("2026-11-02T09:12:00"),
        current,
    };
    let page = |recovery_left, done: Option<&str>| AccountPage {
        frame: manager(lang, "/account"),
        name: "M. de Wit".into(),
        email: "m.dewit@noordermeer.example".into(),
        role: lang.pick("contractmanager, Gemeente Noordermeer", "contract manager, Noordermeer").into(),
        recovery_left,
        sessions: vec![session("5f5f", "Firefox · Windows", true), session("6a6a", "Safari · iPhone", false)],
        linked: recovery_left.is_none(),
        link: recovery_left.map(|_| ("/account/organisatie", lang.pick("Koppel", "Link").to_owned())),
        done: done.map(str::to_owned),
    };
    let frame = || manager(lang, "/account").crumb(lang.pick("Mijn account", "My account"), "/account");
    let wrong = lang.pick("Vul de code in.", "Fill in the code.");
    vec![
        Sample::of("account", &page(Some(9), None)),
        Sample::of("account-changed", &page(Some(10), Some(lang.pick("Gewijzigd.", "Changed.")))),
        Sample::of("account-of-demo", &page(None, None)),
        Sample::of("change-password", &ChangePasswordPage { frame: frame(), errors: at("code", wrong) }),
        Sample::of("new-codes", &NewCodesPage { frame: frame(), errors: FormErrors::default() }),
    ]
}

fn people(lang: Lang) -> Vec<Sample> {
    let now = at_moment("2026-11-02T09:12:00");
    let seat = |grant_id: i64, name: &str, role, provider: Option<&str>, factor, reviewed: Option<&str>| Seat {
        grant_id,
        account_id: grant_id,
        name: name.into(),
        email: format!("gebruiker{grant_id}@noordermeer.example"),
        role,
        provider: provider.map(|name| (1042, name.to_owned())),
        granted_at: at_moment("2026-01-05T09:00:00"),
        reviewed_at: reviewed.map(at_moment),
        reviewed_by: reviewed.map(|_| "B. Vos".to_owned()),
        disabled_at: None,
        has_factor: factor,
    };
    let row = |seat, oneself| Row { last_seen: Some(now), seat, oneself };
    let mut disabled = seat(5, "D. Groen", Role::DecisionMaker, None, true, Some("2026-10-01T09:00:00"));
    disabled.disabled_at = Some(now);
    let rows = vec![
        row(seat(1, "A. Jansen", Role::FunctionalAdmin, None, true, None), true),
        row(seat(2, "K. Smit", Role::Assessor, None, true, None), false),
        row(seat(3, "M. de Wit", Role::ContractManager, None, true, Some("2026-10-01T09:00:00")), false),
        row(seat(4, "S. Bakker", Role::ProviderSignatory, Some("Stichting Werkpad Noord"), false, None), false),
        row(disabled, false),
    ];
    let page = |frame, base: &str, rows, roles, errors, done| PeoplePage {
        frame,
        base: base.into(),
        rows,
        roles,
        form: Typed {
            name: "J. Blom".into(),
            email: "j.blom".into(),
            role: None,
            provider: String::new(),
            warned: true,
        },
        errors,
        done,
        now,
        sought: String::new(),
        all: 41,
    };
    let of_municipality = page(
        manager(lang, "/beheer/gebruikers"),
        "/beheer/gebruikers",
        rows,
        may_give(Role::FunctionalAdmin),
        at("rol", lang.pick("Kies een rol", "Choose a role")),
        None,
    );
    let of_provider = page(
        of_provider(lang, "/aanbieders/1042-stichting-werkpad-noord/gebruikers", Section::Users),
        "/aanbieders/1042-stichting-werkpad-noord/gebruikers",
        Vec::new(),
        may_give(Role::ProviderAdmin),
        FormErrors::default(),
        Some(lang.pick("De uitnodiging is verstuurd.", "The invitation was sent.").to_owned()),
    );
    vec![Sample::of("people", &of_municipality), Sample::of("people-of-provider", &of_provider)]
}

fn at(field: &str, text: &str) -> FormErrors {
    FormErrors { fields: vec![(field.to_owned(), text.to_owned())], whole: Vec::new() }
}

fn whole(text: &str) -> FormErrors {
    FormErrors { fields: Vec::new(), whole: vec![text.to_owned()] }
}

fn at_moment(written: &str) -> NaiveDateTime {
    written.parse().expect("it is a moment")
}
