//! What stands in the office of the municipality (het bureau): an application on paper, a document, a question and an
//! outage, each of which somebody elsewhere might ask for by its number.

use diesel::prelude::*;
use openhouse::actor::{Actor, Role};
use openhouse::budget;
use openhouse::calendar::add_days;
use openhouse::consultation::proposing::NewProposal;
use openhouse::consultation::seating::NewTable;
use openhouse::consultation::{ProposalKind, Speaker, TableKind, meeting, proposing, seating};
use openhouse::dossier::{showing, start};
use openhouse::evidence::store::{NewEvidence, NewVersion, add, add_version};
use openhouse::evidence::{Dates, MediaType, VersionState};
use openhouse::house::House;
use openhouse::ids::Sha256Hex;
use openhouse::money::Cents;
use openhouse::planning;
use openhouse::planning::decisions::{self, Told};
use openhouse::procedure;
use openhouse::procedure::admission::{documents, first, questions, store};
use openhouse::procedure::catalogue;
use openhouse::procedure::defaults::defaults;
use openhouse::procedure::outages;
use openhouse::procedure::product::Product;
use openhouse::provider::access;
use openhouse::provider::store::{find_by_kvk, register};
use openhouse::schema::access_request;
use openhouse::text::{Bilingual, Lang};

use crate::consultation::setting::{consulted, plan, tried, wording};
use crate::dossier::town::{Town, account, at, day, read, write};

/// Places and what stands there, of the municipality of this town.
pub fn furnish(house: &House, town: &Town, drawn: &Sha256Hex) -> Vec<(&'static str, String)> {
    let (now, today) = (at("2026-11-18"), day("2026-11-18"));
    let (paper, shown) = write(&house.db, |conn| {
        let kvk = "23456789".parse().expect("eight digits");
        let paper = start::on_paper(conn, &town.manager, now, today, town.procedure, &kvk, "Vreemde Papieren")?;
        let new = NewEvidence { provider_id: paper.provider_id, title: "Vreemd stuk".into() };
        let piece = add(conn, &town.manager, now, &new)?;
        let version = NewVersion {
            file: drawn.clone(),
            label: "vreemd-stuk.pdf".into(),
            media_type: MediaType::Pdf,
            size: 1000,
            pages: Some(1),
            dates: Dates { document: Some(day("2026-10-01")), valid_from: None, valid_until: None },
            state: VersionState::Clean,
            flags: vec![],
            submission: None,
        };
        let version = add_version(conn, &town.manager, now, piece, &version)?;
        showing::show(conn, &town.manager, now, today, paper.id, "M13", version)?;
        let shown = showing::of_application(conn, &town.manager, paper.id)?;
        Ok((paper.number, shown[0].id))
    });
    let made: QueryResult<_> = house.db.write(|conn| {
        let new = documents::NewDocument {
            procedure_id: town.procedure,
            title_nl: "Bijlage",
            title_en: "Annex",
            file: drawn,
            file_name: "bijlage.pdf",
            size: 1000,
            // Not public yet.
            valid_from: day("2099-01-01"),
        };
        let document = documents::add(conn, &town.manager, now, &new).unwrap_or_else(|fault| panic!("{fault:?}"));
        let asked = questions::ask(conn, &town.manager, now, town.procedure, "Vreemde vraag?");
        let question = asked.unwrap_or_else(|fault| panic!("{fault:?}"));
        let noted = outages::note(conn, &town.manager, now, at("2026-11-17"), None, "Storing");
        Ok((document, question, noted.unwrap_or_else(|fault| panic!("{fault:?}"))))
    });
    let (document, question, outage) = made.expect("the database takes it");
    let asked: QueryResult<_> = house.db.write(|conn| {
        // One of the applicant's own organisation, and one of an organisation that has nobody who can answer.
        let known = find_by_kvk(conn, &town.system, &"12345678".parse().expect("eight digits"))?.expect("it applied");
        let bare =
            register(conn, &town.system, now, &"90009009".parse().expect("eight digits"), "Vreemde Stilte", 4009)?;
        let mut ids = Vec::new();
        for provider in [known, bare] {
            let name = format!("Vreemde Vrager {}", provider.id);
            let asker = account(conn, town.tenant, Role::Viewer, &name).account_id().expect("an account");
            access::ask(conn, &town.system, now, provider.id, asker)?;
            let newest = access_request::table.select(access_request::id).order(access_request::id.desc());
            ids.push(newest.first::<i64>(conn)?);
        }
        let mut details = first::usual("Vreemde Man", "vreemd@voorbeeld.example");
        details.code = "vreemd-concept".into();
        store::make(conn, &town.manager, now, &details).unwrap_or_else(|fault| panic!("{fault:?}"));
        Ok((ids, details.code))
    });
    let (requests, draft) = asked.expect("the database takes it");
    let product = write(&house.db, |conn| {
        let known = &defaults().catalogue.products[0];
        let product = Product { code: "ZZ-1".into(), ..known.clone() };
        catalogue::publish(conn, &town.manager, now, &product).unwrap_or_else(|fault| panic!("{fault:?}"));
        Ok(product.code)
    });
    let (activities, decision) = planned(house, town);
    let [source, booking, waits] = paid(house, town);
    vec![
        ("<product>", product),
        ("<request>", requests[0].to_string()),
        ("<unclaimed>", requests[1].to_string()),
        ("<draft>", draft),
        ("<paper>", paper.to_string()),
        ("<scan>", shown.to_string()),
        ("<document>", document.to_string()),
        ("<question>", question.to_string()),
        ("<outage>", outage.to_string()),
        ("<activity>", activities[0].to_string()),
        ("<second>", activities[1].to_string()),
        ("<third>", activities[2].to_string()),
        ("<decision>", decision.to_string()),
        ("<source>", source.to_string()),
        ("<booking>", booking.to_string()),
        ("<waits>", waits.to_string()),
    ]
}

/// A consultation table at which this provider sits and proposed something, with a meeting to which all are invited.
pub fn set_table(house: &House, town: &Town, firm: &Actor) -> Vec<(&'static str, String)> {
    let today = house.today();
    let now = today.and_hms_opt(0, 0, 1).expect("it is a moment");
    let db = &house.db;
    let version = consulted(db, town, &today.to_string());
    let new = NewTable {
        procedure_id: town.procedure,
        kind: TableKind::Consultation,
        name: "Vreemde tafel".into(),
        purpose: "Vreemde vragen.".into(),
        is_open: true,
        from: today,
        until: None,
    };
    let table = tried(db, |conn| seating::set_table(conn, &town.manager, now, &new)).expect("a table");
    let own = firm.own_provider().expect("of a provider");
    let seat = tried(db, |conn| seating::seat_provider(conn, &town.manager, now, table, own)).expect("a seat");
    let client = tried(db, |conn| {
        let (name, email) = ("Vreemde Vertegenwoordiger", "vreemd@voorbeeld.example");
        seating::seat_client_representative(conn, &town.manager, now, table, name, email, Lang::Nl)
    });
    let later = add_days(today, 7);
    let plan = plan(&format!("{later}T13:00:00"), &format!("{later}T14:00:00"));
    let number = tried(db, |conn| meeting::plan(conn, &town.manager, now, table, &plan)).expect("a meeting");
    let planned = read(db, |conn| meeting::of_table(conn, &town.manager, table)).remove(0);
    tried(db, |conn| meeting::invite(conn, &town.manager, now, planned.id, 1)).expect("all are invited");
    let change = NewProposal {
        version_id: version,
        kind: ProposalKind::Change,
        clause: Some(1),
        wording: wording("4.2", "Trajectplan", "Vreemde woorden."),
        motive: "Vreemde reden.".into(),
    };
    let speaker = Speaker::from_seat(&seat);
    let proposal = tried(db, |conn| proposing::propose(conn, firm, &speaker, now, today, table, &change));
    vec![
        ("<table>", table.to_string()),
        ("<seat>", client.expect("a seat").id.to_string()),
        ("<meeting>", number.to_string()),
        ("<proposal>", proposal.expect("a proposal").to_string()),
        ("<consulted>", version.to_string()),
    ]
}

/// A source of funds, other costs that it pays, and somebody who waits for a place.
fn paid(house: &House, town: &Town) -> [i64; 3] {
    let (now, today) = (at("2026-11-18"), day("2026-11-18"));
    write(&house.db, |conn| {
        let new = budget::store::NewBudget {
            name: "Vreemde bron".into(),
            amount: Cents(100_000),
            products: vec![],
            reason: String::new(),
        };
        let source = budget::store::set(conn, &town.manager, now, 2026, (None, 0), &new);
        let source = source.unwrap_or_else(|fault| panic!("{fault:?}"));
        let booking = budget::store::NewBooking {
            source_id: source,
            month: day("2026-03-01"),
            category: "Vreemd vervoer".into(),
            description: "Vreemde bus".into(),
            amount: Cents(100),
        };
        let booking = budget::store::book(conn, &town.manager, now, 2026, &booking);
        let booking = booking.unwrap_or_else(|fault| panic!("{fault:?}"));
        let product = procedure::store::product_ids(conn, &town.manager)?["ZZ-1"];
        let since = day("2026-02-10");
        let waits = budget::places::join(conn, &town.manager, now, today, product, "Vreemde-1", since);
        Ok([source, booking, waits.unwrap_or_else(|fault| panic!("{fault:?}"))])
    })
}

/// A board with its activities, and a decision of the college.
fn planned(house: &House, town: &Town) -> (Vec<i64>, i32) {
    let (now, today) = (at("2026-11-18"), day("2026-11-18"));
    let made: QueryResult<_> = house.db.write(|conn| {
        let usual = planning::first::activities().map(|(plan, _)| {
            let name = Bilingual { nl: format!("Vreemd: {}", plan.name.nl), en: plan.name.en.clone() };
            planning::Plan { name, ..plan }
        });
        let usual: Vec<_> = usual.collect();
        let from = day("2026-11-01");
        let laid_out = planning::acting::lay_out(conn, &town.manager, now, town.procedure, from, &usual);
        laid_out.unwrap_or_else(|fault| panic!("{fault:?}"));
        let told = Told {
            number: "Vreemd 114".into(),
            decided_on: day("2026-06-09"),
            subject: "Vreemd onderwerp".into(),
            decided: "Vreemd besluit.".into(),
            procedure_id: Some(town.procedure),
            text_version_id: None,
            criteria_from: None,
            link: String::new(),
        };
        let noted = decisions::store::note(conn, &town.manager, now, today, &told);
        let ids = planning::store::activities(conn, &town.manager, &[town.procedure])?;
        Ok((ids.iter().map(|one| one.id).collect(), noted.unwrap_or_else(|fault| panic!("{fault:?}"))))
    });
    made.expect("the database takes it")
}
