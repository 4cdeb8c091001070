//! Invented reports, for tests, for the bench and to look at. No name in here is anybody's.

use chrono::{DateTime, Months, NaiveDate};

use crate::assessment::RemarkKind;
use crate::indicator::{Label, Verdict};
use crate::money::Cents;
use crate::quarter::Quarter;

use super::{
    ActionLine, AgreementLine, Costs, CountLine, Coverage, DutyLine, ExpiryLine, HearingLine, IndicatorLine,
    InsteadLine, Material, ProductCosts, SaidLine, SettingLine, Share, StatementLine, VogCounts, Words,
};

codes! {
    /// What a sample shows.
    pub enum Sample {
        /// A quiet quarter, final
        AllMet = "alles-gehaald",
        /// Every verdict and label, a decision that differs from the proposal, reactions, other settings
        EveryVerdict = "alle-oordelen",
        /// A provider that handed nothing in; provisional
        NothingHandedIn = "niets-ingeleverd",
        /// Names and words too long for any column
        LongNames = "lange-namen",
        /// Forty products, a year of months, a correction that makes one negative
        ManyProducts = "veertig-producten",
    }
}

const NAMES: [(&str, &str); 10] = [
    ("Trajectplan binnen 3 weken", "Trajectory plan within 3 weeks"),
    ("Afspraken over resultaat", "Agreed results"),
    ("Samenwerken met de contactpersoon", "Working with the municipal contact"),
    ("Meewerken aan cliëntenonderzoek", "Taking part in client research"),
    ("Iedereen een VOG", "Certificate of conduct for all professionals"),
    ("Niet langer dan nodig", "No longer than needed"),
    ("Klachten goed geregeld", "Complaints in order"),
    ("Uitstroom profiel 1 binnen 4 maanden", "Outflow of profile 1 within 4 months"),
    ("Beschut werk binnen 6 maanden", "Sheltered work within 6 months"),
    ("Kostenoverzicht per kwartaal", "Quarterly cost overview"),
];

const TARGETS: [Option<u32>; 10] =
    [Some(100), Some(100), Some(80), Some(100), Some(100), Some(80), Some(100), Some(70), None, Some(100)];

impl Sample {
    /// The same sample and seed give the same material.
    pub fn material(self, seed: u32) -> Material {
        let mut dice = Dice(u64::from(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let material = quiet(seed, &mut dice);
        let mut material = match self {
            Sample::AllMet => material,
            Sample::EveryVerdict => every_verdict(material),
            Sample::NothingHandedIn => nothing_handed_in(material),
            Sample::LongNames => long_names(every_verdict(material)),
            Sample::ManyProducts => many_products(material, &mut dice),
        };
        add_up(&mut material.costs);
        material
    }
}

/// A small generator of numbers, so that samples with another seed differ.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(limit)) as u32
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a sample names days that exist")
}

fn share(numerator: u32, denominator: u32) -> Share {
    Share { numerator, denominator }
}

fn quiet(seed: u32, dice: &mut Dice) -> Material {
    let quarter = Quarter::new(2026, 3).expect("a sample names a quarter that exists");
    let indicators = (0..10).map(|at| met(at, quarter, dice)).collect();
    let products = ["Werkfit maken", "Jobcoaching", "Diagnose en advies", "Naar werk: individueel traject"];
    let costs =
        Costs { products: products.iter().map(|name| product(name, dice)).collect(), months: months(quarter, 6, dice) };
    Material {
        municipality: "Gemeente Noordermeer".into(),
        provider: "Stichting Werkpad Noord".into(),
        kvk: format!("{:08}", 90_001_000 + seed % 1_000).parse().expect("eight digits"),
        agreement: Some(AgreementLine { name: "Deelovereenkomst re-integratie 2026-014".into(), version: 3 }),
        quarter,
        final_on: Some(day(2026, 11, 23)),
        version: 1,
        made_on: DateTime::parse_from_rfc3339("2026-11-23T14:30:00+01:00")
            .expect("a sample names a moment that exists"),
        replaces: None,
        hearings: Vec::new(),
        html_url: format!("https://openhouse.noordermeer.example/aanbieders/{}/kwartalen/2026-3/rapport", 1_000 + seed),
        statement: StatementLine { due_on: day(2026, 10, 28), received_on: Some(day(2026, 10, 9)) },
        indicators,
        duties: duties(),
        exclusions: Vec::new(),
        costs,
        expiring: vec![ExpiryLine {
            what: Words::new("Verzekering beroepsaansprakelijkheid", "Professional liability insurance"),
            on: day(2026, 12, 31),
        }],
        vogs: VogCounts { persons: 12, valid: 12, to_renew: 1 },
        complaints: vec![],
        actions: vec![],
        settings: settings(),
        engine_version: "openhouse-judge/1".into(),
        sha256: Some(format!("{seed:08x}{}", "9c1f0b7a5d3e2846".repeat(4)).chars().take(64).collect()),
        coverage: Coverage::Whole,
    }
}

fn met(at: usize, quarter: Quarter, dice: &mut Dice) -> IndicatorLine {
    let denominator = 12 + dice.below(40);
    let net = share(denominator - if TARGETS[at] == Some(80) { dice.below(3) } else { 0 }, denominator);
    let trend = quarter.run_up(8).into_iter().map(|quarter| {
        let cases = 10 + dice.below(30);
        (quarter, share(cases - dice.below(cases / 4), cases))
    });
    let mut trend: Vec<(Quarter, Share)> = trend.collect();
    trend[7] = (quarter, net);
    let last_four = &trend[4..];
    let rolling = share(
        last_four.iter().map(|(_, share)| share.numerator).sum(),
        last_four.iter().map(|(_, share)| share.denominator).sum(),
    );
    let verdict = if TARGETS[at].is_some() { Verdict::Met } else { Verdict::Monitored };
    IndicatorLine {
        number: at as u8 + 1,
        name: Words::new(NAMES[at].0, NAMES[at].1),
        definition: Words::new(
            format!(
                "Van alle gevallen waarvan de termijn in dit kwartaal eindigt: het deel waarbij is voldaan aan “{}”. Elk geval telt één keer, in het kwartaal van de eigen termijn.",
                NAMES[at].0.to_lowercase()
            ),
            format!(
                "Of all cases whose term ends in this quarter: the share that satisfies “{}”. A case counts once, in the quarter of its own deadline.",
                NAMES[at].1.to_lowercase()
            ),
        ),
        net,
        strict: net,
        target_pct: TARGETS[at],
        proposed: verdict,
        decided: Some(verdict),
        label: None,
        rolling,
        trend,
        instead: None,
        said: Vec::new(),
    }
}

fn spoken(kind: RemarkKind, text: &str) -> SaidLine {
    let by = if kind == RemarkKind::Reaction { "S. Bakker" } else { "M. de Wit" };
    SaidLine { kind, text: text.into(), by: by.into(), on: day(2026, 11, 16), evidence: Vec::new() }
}

fn product(name: &str, dice: &mut Dice) -> ProductCosts {
    let mut amount = || Cents(i64::from(80_000 + dice.below(450_000)));
    ProductCosts { name: name.into(), months: [amount(), amount(), amount()], previous_quarter: Cents(amount().0 * 3) }
}

fn months(quarter: Quarter, count: u32, dice: &mut Dice) -> Vec<(NaiveDate, Cents)> {
    let first = quarter.next().first_day() - Months::new(count);
    (0..count).map(|month| (first + Months::new(month), Cents(i64::from(600_000 + dice.below(900_000))))).collect()
}

/// The months of this quarter and the one before are the sums of the products.
fn add_up(costs: &mut Costs) {
    let count = costs.months.len();
    if count < 6 {
        return;
    }
    for month in 0..3 {
        costs.months[count - 3 + month].1 = costs.products.iter().map(|product| product.months[month]).sum();
    }
    let before: Cents = costs.products.iter().map(|product| product.previous_quarter).sum();
    let (first, second) = (Cents(before.0 / 3), Cents(before.0 / 4));
    costs.months[count - 6].1 = first;
    costs.months[count - 5].1 = second;
    costs.months[count - 4].1 = before - first - second;
}

fn duties() -> Vec<DutyLine> {
    let duty = |key: &str, nl: &str, en: &str, share| DutyLine { key: key.into(), name: Words::new(nl, en), share };
    vec![
        duty("1b", "Alle lopende trajecten hebben een plan", "All running trajectories have a plan", share(41, 43)),
        duty("6b", "Verlenging is vooraf toegestaan", "Extension was permitted beforehand", share(3, 6)),
        duty(
            "6c",
            "Reden vastgelegd als het resultaat niet is gehaald",
            "Reason recorded when the result was not achieved",
            share(5, 5),
        ),
    ]
}

fn settings() -> Vec<SettingLine> {
    let setting = |key: &str, nl: &str, en: &str, used: &str| SettingLine {
        key: key.into(),
        meaning: Words::new(nl, en),
        used: used.into(),
        default: used.into(),
    };
    vec![
        setting("definitions", "Versie van de definities", "Version of the definitions", "startdocument-2019/1"),
        setting("k1.days", "Dagen voor het trajectplan", "Days for the trajectory plan", "21"),
        setting("k1.boundary", "De laatste dag telt mee", "The last day counts", "inclusive"),
        setting("k2.agree_within_days", "Dagen voor de afspraken", "Days for the agreed results", "14"),
        setting("k3.inform_within_days", "Dagen om de contactpersoon te informeren", "Days to inform the contact", "7"),
        setting(
            "k5.include",
            "Wie een VOG moet hebben",
            "Who must hold a VOG",
            "employee, self_employed, temp, intern",
        ),
        setting("k6.permitted_extension", "Toegestane verlenging", "Permitted extension", "late"),
        setting("k8.months", "Maanden voor uitstroom profiel 1", "Months for outflow of profile 1", "4"),
        setting("k10.due_days", "Dagen voor de kwartaalopgave", "Days for the quarter statement", "28"),
        setting("attention.points", "Marge voor een aandachtspunt", "Margin for attention", "5"),
    ]
}

fn every_verdict(mut material: Material) -> Material {
    let cases = [
        (Verdict::Missed, share(33, 36), share(33, 38), None),
        (Verdict::Attention, share(34, 35), share(34, 35), None),
        (Verdict::Met, share(30, 34), share(30, 34), None),
        (Verdict::NotApplicable, share(0, 0), share(0, 0), None),
        (Verdict::Met, share(12, 12), share(12, 12), None),
        (Verdict::Attention, share(1999, 2500), share(1999, 2510), None),
        (Verdict::Met, share(3, 3), share(3, 3), None),
        (Verdict::Attention, share(2, 3), share(2, 4), Some(Label::Indicative)),
        (Verdict::Monitored, share(5, 7), share(5, 7), Some(Label::Small)),
        (Verdict::Missed, share(0, 1), share(0, 1), None),
    ];
    for (line, (verdict, net, strict, label)) in material.indicators.iter_mut().zip(cases) {
        (line.proposed, line.net, line.strict, line.label) = (verdict, net, strict, label);
        line.decided = Some(verdict);
        line.trend[7].1 = net;
    }
    material.indicators[3].trend.iter_mut().step_by(2).for_each(|(_, at)| *at = share(0, 0));
    let said = [
        (
            0,
            "Drie plannen kwamen te laat. De aanbieder had in juli twee weken geen planner.",
            Some("Wij herkennen de cijfers. Sinds september plant een tweede collega mee."),
        ),
        (
            5,
            "Zes trajecten liepen langer. Voor drie daarvan was vooraf toestemming gegeven.",
            Some("De verlengingen zijn besproken met de contactpersoon. Wij vragen u dit mee te wegen."),
        ),
        (
            9,
            "Het overzicht was op tijd. De fout in de regels is binnen 14 dagen hersteld; daarom vindt de gemeente dat de plicht is nagekomen.",
            None,
        ),
    ];
    for (at, reason, reaction) in said {
        material.indicators[at].said.push(spoken(RemarkKind::Reason, reason));
        material.indicators[at].said.extend(reaction.map(|words| spoken(RemarkKind::Reaction, words)));
    }
    material.indicators[0].said[1].evidence = vec!["planning-september.pdf".into()];
    material.indicators[0].said.push(spoken(RemarkKind::NotAdopted, "De plannen van juli zijn daarmee niet op tijd."));
    material.indicators[5].said.push(spoken(RemarkKind::Adopted, ""));
    material.indicators[9].decided = Some(Verdict::Met);
    material.indicators[9].instead = Some(InsteadLine {
        verdict: Verdict::Met,
        reason: "De fout is binnen 14 dagen hersteld.".into(),
        by: "M. de Wit".into(),
        on: day(2026, 11, 10),
    });
    material.hearings = vec![HearingLine {
        version: 2,
        on: day(2026, 11, 9),
        by: "M. de Wit".into(),
        until: day(2026, 11, 23),
        done: Some((day(2026, 11, 16), "S. Bakker".into())),
    }];
    material.replaces = Some((1, "Twee uitsluitingen zijn na het vaststellen alsnog toegestaan.".into()));
    material.exclusions = vec![
        CountLine { code: "N1".into(), meaning: Words::new("Overleden", "Died"), count: 1 },
        CountLine {
            code: "R1".into(),
            meaning: Words::new("Cliënt onbereikbaar (vastgelegd)", "Client unreachable (documented)"),
            count: 1,
        },
        CountLine { code: "R2".into(), meaning: Words::new("Ziekte of opname", "Illness or admission"), count: 2 },
    ];
    material.complaints = vec![
        CountLine { code: "bejegening".into(), meaning: Words::new("Bejegening", "Treatment by staff"), count: 1 },
        CountLine { code: "wachttijd".into(), meaning: Words::new("Wachttijd", "Waiting time"), count: 2 },
    ];
    material.actions = vec![
        ActionLine {
            what: "Verbeterplan indicator 1: plannen binnen 3 weken".into(),
            owner: "Aanbieder".into(),
            due_on: day(2026, 12, 1),
        },
        ActionLine {
            what: "Gesprek over de verlengingen".into(),
            owner: "Contractmanager".into(),
            due_on: day(2026, 12, 15),
        },
    ];
    material.vogs = VogCounts { persons: 12, valid: 12, to_renew: 2 };
    material.settings[1].used = "20".into();
    material.settings[9].used = "3".into();
    material.statement.received_on = Some(day(2026, 10, 30));
    material.version = 2;
    material
}

fn nothing_handed_in(mut material: Material) -> Material {
    for line in &mut material.indicators {
        (line.net, line.strict, line.rolling, line.decided) = (share(0, 0), share(0, 0), share(0, 0), None);
        line.proposed = Verdict::NotApplicable;
        line.trend.clear();
    }
    for at in [6, 9] {
        let line = &mut material.indicators[at];
        (line.net, line.strict, line.proposed) = (share(0, 1), share(0, 1), Verdict::Missed);
        line.trend = vec![(material.quarter, line.net)];
        line.rolling = line.net;
    }
    material.duties.iter_mut().for_each(|duty| duty.share = share(0, 0));
    material.costs = Costs::default();
    material.expiring.clear();
    material.vogs = VogCounts::default();
    material.statement.received_on = None;
    (material.final_on, material.sha256) = (None, None);
    material.coverage = Coverage::Quarter { rest_as_of: day(2026, 11, 23) };
    material
}

fn long_names(mut material: Material) -> Material {
    let word = "Arbeidsongeschiktheidsverzekeringsmaatschappijmedewerkersbegeleidingscoördinatie";
    material.provider =
        format!("Coöperatieve Vereniging {word} “Zuid-Oost & Partners” <Ĳsselmeer> U.A. {}", "x".repeat(120));
    material.municipality = "Gemeente Nieuw-Súdermar-Noardeast-Westergeastermieden".into();
    let name = format!("Deelovereenkomst {}", "zeer uitgebreide re-integratiedienstverlening ".repeat(6).trim_end());
    material.agreement = Some(AgreementLine { name, version: 3 });
    for line in &mut material.indicators {
        line.name.nl = format!("{} met een toevoeging die veel langer is dan iemand verwacht: {word}", line.name.nl);
    }
    let long = "Eerste alinea.\n\nTweede alinea, na een witregel. ".to_owned()
        + &"Wij zien dit anders, en leggen dat graag uit. ".repeat(120);
    material.indicators[0].said.push(spoken(RemarkKind::Reaction, &long));
    material.indicators[1].said.push(spoken(RemarkKind::Reason, &"z".repeat(700)));
    material.costs.products.push(ProductCosts {
        name: format!("{word}/{word}").into(),
        months: [Cents(123_456_789_012), Cents(-98_765_432_100), Cents(5)],
        previous_quarter: Cents(999_999_999_999),
    });
    material.actions[0].what = "Een actie met heel veel woorden. ".repeat(200);
    material.actions[1].owner = word.into();
    material
}

fn many_products(mut material: Material, dice: &mut Dice) -> Material {
    material.costs.products =
        (1..=40).map(|number| product(&format!("Product {number:02}: begeleiding naar werk"), dice)).collect();
    material.costs.products[7].months[1] = Cents(-125_050);
    material.costs.months = months(material.quarter, 12, dice);
    material.costs.months[4].1 = Cents(-150_000);
    material
}
