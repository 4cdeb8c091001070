//! Two more domains of the invented municipality (Wmo en Jeugd), to show that a domain is data: a procedure, a product with
//! its tariff and a deelovereenkomst, made through the same verbs from what ships in `defaults/`. Both are being prepared:
//! nobody can apply yet, and the text lies with the contract manager.

use anyhow::{Context, anyhow};
use chrono::NaiveDate;

use super::applying::people::Staff;
use crate::agreement::text::first::{self, FirstText};
use crate::agreement::text::store::{Fault as TextFault, version};
use crate::agreement::text::writing;
use crate::agreement::text::{AgreementText, TextKind};
use crate::calendar::{add_days, utc, wall_clock};
use crate::db::Conn;
use crate::demo::days::{at, working_day_until};
use crate::demo::load::Loading;
use crate::money::Cents;
use crate::procedure::admission::first::usual;
use crate::procedure::admission::{self, Entry};
use crate::procedure::product::{Pricing, Product, Unit};
use crate::procedure::{Domain, Validity, catalogue};
use crate::text::{Bilingual, Lang};
use crate::written::address_word;

/// So many days ago they were begun, and so many days later their products hold.
const BEGUN_AGO: i64 = 3;
const AHEAD: i64 = 120;

struct New {
    domain: Domain,
    procedure: (&'static str, &'static str),
    text: (&'static str, &'static str),
    product: (&'static str, &'static str, &'static str),
    cents: i64,
}

const ALL: [New; 2] = [
    New {
        domain: Domain::Wmo,
        procedure: ("Wmo-begeleiding", "Support at home (Wmo)"),
        text: ("Deelovereenkomst Wmo-begeleiding", "Agreement on support at home"),
        product: ("WMO-BG", "Begeleiding individueel", "Individual support"),
        cents: 6_840,
    },
    New {
        domain: Domain::Jeugd,
        procedure: ("Jeugdhulp", "Youth care"),
        text: ("Deelovereenkomst jeugdhulp", "Agreement on youth care"),
        product: ("JG-BG", "Begeleiding jeugd", "Support of young people"),
        cents: 7_215,
    },
];

/// Both, once.
pub(super) fn prepare(to: &Loading<'_>, tenant: i64) -> anyhow::Result<()> {
    let today = wall_clock(to.now).date();
    to.db.write(|conn| {
        let staff = Staff::of(conn, tenant)?;
        for new in ALL {
            let code = address_word(new.procedure.0);
            let all = admission::store::all(conn, &staff.manager)?;
            if !all.iter().any(|one| one.details.code == code) {
                begin(conn, &staff, today, &new).with_context(|| new.procedure.0.to_owned())?;
            }
        }
        Ok(())
    })
}

fn begin(conn: &mut Conn, staff: &Staff, today: NaiveDate, new: &New) -> anyhow::Result<()> {
    let (by, now) = (&staff.manager, utc(at(working_day_until(add_days(today, -BEGUN_AGO)), 11, 5)));
    let both = |(nl, en): (&str, &str)| Bilingual { nl: nl.to_owned(), en: en.to_owned() };
    let mut details = usual(by.name(), "contract@noordermeer.example");
    details.code = address_word(new.procedure.0);
    (details.name, details.domain, details.entry) = (both(new.procedure), new.domain, Entry::Continuous);
    let procedure_id = admission::store::make(conn, by, now, &details).map_err(|fault| anyhow!("{fault:?}"))?;

    let from = add_days(today, AHEAD);
    let (code, nl, en) = new.product;
    let product = Product {
        code: code.to_owned(),
        name: both((nl, en)),
        domain: new.domain,
        profiles: Vec::new(),
        unit: Unit::Hour,
        pricing: Pricing::PerUnit,
        instalments: Vec::new(),
        vat: None,
        max_quantity: None,
        max_months: None,
        ladder: None,
        only_by: None,
        places: None,
        yearly: None,
        requires_approval: true,
        delivers_results: true,
        valid: Validity::new(from, None)?,
    };
    catalogue::publish(conn, by, now, &product).map_err(|cause| anyhow!("{cause:?}"))?;
    catalogue::set_tariff(conn, by, now, code, Cents(new.cents), from).map_err(|cause| anyhow!("{cause:?}"))?;

    let text = AgreementText {
        id: 0,
        procedure_id,
        annex_to: None,
        kind: TextKind::Domain,
        domain: new.domain,
        code: address_word(new.text.0),
        title: both(new.text),
        privacy_role: None,
    };
    let wording = first::fitting(&text).map(FirstText::wording).context("no text ships for this domain")?;
    let (_, id) = done(writing::make(conn, by, now, &text))?;
    let seen = version(conn, by, id)?.context("the version is not there")?.1.version;
    done(writing::read_in(conn, by, now, id, seen, &wording)).map(drop)
}

fn done<T>(result: Result<T, TextFault>) -> anyhow::Result<T> {
    result.map_err(|fault| match fault {
        TextFault::Trouble(cause) => anyhow!(cause),
        TextFault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
    })
}
