//! Every check of the specification: what it says, at which cell, and what it lets through.

use super::super::example::{Example, messages};
use super::*;
use crate::money::{Cents, Hundredths};
use crate::staff::VogKind;
use crate::text::Lang;

fn term(from: &str, until: &str) -> Term {
    Term { from: from.parse().unwrap(), until: until.parse().ok() }
}

/// Knows all that the example states.
fn context() -> CheckContext {
    let year = term("2026-01-01", "2026-12-31");
    let product = |name: &str, monthly| ProductTerm { product: name.to_owned(), monthly, term: year };
    let tariff = |product: &str, unit: &str, cents, term| {
        let (product, unit) = (product.to_owned(), unit.to_owned());
        TariffTerm { product, unit, tariff: Cents(cents), term }
    };
    CheckContext {
        kvk: Some("12345678".parse().unwrap()),
        quarter: Some("2026-Q3".parse().unwrap()),
        quarter_open: true,
        agreement: Some(year),
        products: vec![product("RE-JC", false), product("Dagbesteding", true)],
        tariffs: vec![
            tariff("RE-JC", "uur", 6_000, term("2026-01-01", "2026-07-31")),
            tariff("RE-JC", "uur", 6_255, term("2026-08-01", "")),
            tariff("Dagbesteding", "maand", 40_000, year),
        ],
        profiles: BTreeSet::from(["P2".to_owned()]),
        contacts: vec![ContactTerm { email: "a.jansen@noordermeer.example".to_owned(), term: year }],
        sum_may_differ_pct: 25,
        vog_codes: vec![(VogKind::Aspect, "12".to_owned()), (VogKind::Aspect, "85".to_owned())],
        ..CheckContext::default()
    }
}

fn checked(example: &Example, context: &CheckContext) -> (Vec<String>, Vec<String>) {
    let reading = example.read();
    let statement = reading.statement.unwrap_or_else(|| panic!("{:?}", messages(&reading.faults)));
    let (faults, warnings) = checks(&statement, context);
    (messages(&faults), warnings.iter().map(|warning| warning.message(Lang::Nl)).collect())
}

fn faults(example: &Example, context: &CheckContext) -> Vec<String> {
    checked(example, context).0
}

/// A second cost line, after the example's own.
fn second_line() -> Example {
    Example::new().again("Kosten").with_at("Kosten", 3, "regel", "2")
}

/// The example charged per month: 1 × 400,00.
fn monthly(from: &str, until: &str) -> Example {
    [("product", "Dagbesteding"), ("eenheid", "maand"), ("aantal", "1"), ("tarief", "400"), ("bedrag", "400")]
        .iter()
        .fold(Example::new(), |example, (column, value)| example.with("Kosten", column, value))
        .with("Kosten", "van", from)
        .with("Kosten", "tot", until)
}

/// A line of the quarter before, like the example's.
fn earlier() -> EarlierLine {
    EarlierLine {
        quarter: "2026-Q2".parse().unwrap(),
        line: "9".to_owned(),
        case_ref: "D-2026-014".to_owned(),
        product: "RE-JC".to_owned(),
        from: "2026-08-01".parse().unwrap(),
        until: "2026-08-31".parse().unwrap(),
        quantity: Hundredths(150),
        amount: Cents(9_383),
        corrects: None,
    }
}

fn negative(example: Example, row: usize, corrects: &str) -> Example {
    example.with_at("Kosten", row, "aantal", "-1,5").with_at("Kosten", row, "bedrag", "-93,83").with_at(
        "Kosten",
        row,
        "corrigeert_regel",
        corrects,
    )
}

#[test]
fn a_statement_that_agrees_with_what_is_known_passes() {
    assert_eq!(checked(&Example::new(), &context()), (vec![], vec![]));
}

#[test]
fn the_head_is_about_this_provider_and_an_open_quarter() {
    let other = CheckContext {
        kvk: Some("87654321".parse().unwrap()),
        quarter: Some("2026-Q2".parse().unwrap()),
        quarter_open: false,
        quarter_closed: true,
        ..context()
    };
    assert_eq!(
        faults(&Example::new(), &other),
        [
            r#"Blad Opgave, rij 2, kolom kvk: hier staat "12345678". Dit is niet het KvK-nummer van uw organisatie. Uw nummer is 87654321."#,
            r#"Blad Opgave, rij 2, kolom kwartaal: hier staat "2026-Q3". Deze opgave gaat over 2026-Q2. Kies een ander bestand, of pas het kwartaal aan."#,
            r#"Blad Opgave, rij 2, kolom kwartaal: hier staat "2026-Q3". Over dit kwartaal kunt u nog geen opgave doen: het is niet voorbij, of u had in dit kwartaal geen overeenkomst. Kies een kwartaal dat voorbij is."#,
            r#"Blad Opgave, rij 2, kolom kwartaal: hier staat "2026-Q3". Dit kwartaal is al vastgesteld. Neem contact op met de contractmanager."#,
        ]
    );
}

#[test]
fn profiles_products_contacts_and_vog_codes_are_known_ones() {
    let example = Example::new()
        .with("Trajecten", "profiel", "P9")
        .with("Trajecten", "product", "Yoga")
        .with("Trajecten", "contactpersoon", "x@elders.example")
        .with("Medewerkers", "vog_codes", "12;99");
    assert_eq!(
        faults(&example, &context()),
        [
            r#"Blad Trajecten, rij 2, kolom profiel: hier staat "P9". Dit profiel kennen wij niet. Kies een profiel uit het sjabloon."#,
            r#"Blad Trajecten, rij 2, kolom product: hier staat "Yoga". Dit product staat niet in uw overeenkomst. Kies een product uit uw overeenkomst."#,
            r#"Blad Trajecten, rij 2, kolom contactpersoon: hier staat "x@elders.example". Deze contactpersoon kennen wij niet. Vul het e-mailadres in van uw contactpersoon bij de gemeente."#,
            r#"Blad Medewerkers, rij 2, kolom vog_codes: hier staat "99". Deze code staat niet op de lijst van Justis. Kijk welke code op de VOG staat."#,
        ]
    );
}

#[test]
fn a_dossier_stands_in_the_file_or_was_known_before() {
    let example =
        Example::new().with("Terugkoppelingen", "dossiernummer", "D-7").with("Kosten", "dossiernummer", "D-7");
    let unknown = "Dit dossiernummer staat niet op blad Trajecten, en ook niet in een eerdere opgave. Voeg het traject toe, of pas het nummer aan.";
    assert_eq!(
        faults(&example, &context()),
        [
            format!(r#"Blad Terugkoppelingen, rij 2, kolom dossiernummer: hier staat "D-7". {unknown}"#),
            format!(r#"Blad Kosten, rij 2, kolom dossiernummer: hier staat "D-7". {unknown}"#),
        ]
    );
    let known = KnownTrajectory {
        case_ref: "D-7".to_owned(),
        referred_on: "2026-04-01".parse().unwrap(),
        ended_on: None,
        approved: vec![],
    };
    assert_eq!(faults(&example, &CheckContext { trajectories: vec![known], ..context() }), Vec::<String>::new());
}

#[test]
fn the_tariff_is_the_one_of_the_first_day() {
    let july = Example::new().with("Kosten", "van", "31-07-2026");
    assert_eq!(
        faults(&july, &context()),
        [r#"Blad Kosten, rij 2, kolom tarief: hier staat "62,55". Op 31-07-2026 geldt een ander tarief: 60,00."#]
    );
    assert_eq!(
        faults(&Example::new().with("Kosten", "eenheid", "dag"), &context()),
        [r#"Blad Kosten, rij 2, kolom eenheid: hier staat "dag". Dit product heeft een andere eenheid: uur."#]
    );
    let without = CheckContext { tariffs: vec![], ..context() };
    assert_eq!(
        faults(&Example::new(), &without),
        [
            r#"Blad Kosten, rij 2, kolom tarief: hier staat "62,55". Voor dit product geldt op 01-08-2026 geen tarief. Controleer het product en de datum."#
        ]
    );
}

#[test]
fn the_product_is_agreed_on_the_first_day() {
    let mut later = context();
    later.products[0].term = term("2026-08-02", "");
    assert_eq!(
        faults(&Example::new(), &later),
        [
            r#"Blad Kosten, rij 2, kolom product: hier staat "RE-JC". Dit product staat niet in uw overeenkomst. Kies een product uit uw overeenkomst."#
        ]
    );
}

#[test]
fn a_cost_line_lies_inside_the_trajectory_and_the_agreement() {
    let before = Example::new().with("Trajecten", "aangemeld_op", "02-08-2026");
    assert_eq!(
        faults(&before, &context()),
        [
            r#"Blad Kosten, rij 2, kolom van: hier staat "01-08-2026". Deze dag ligt vóór het begin van het traject. De cliënt is aangemeld op 02-08-2026."#
        ]
    );
    let after = Example::new().with("Trajecten", "beeindigd_op", "30-08-2026");
    assert_eq!(
        faults(&after, &context()),
        [
            r#"Blad Kosten, rij 2, kolom tot: hier staat "31-08-2026". Deze dag ligt na het einde van het traject. Dat is beëindigd op 30-08-2026."#
        ]
    );
    let ended = CheckContext { agreement: Some(term("2026-01-01", "2026-08-30")), ..context() };
    assert_eq!(
        faults(&Example::new(), &ended),
        [
            r#"Blad Kosten, rij 2, kolom tot: hier staat "31-08-2026". Deze dag valt buiten uw overeenkomst (01-01-2026 – 30-08-2026)."#
        ]
    );
    let none = CheckContext { agreement: None, ..context() };
    assert_eq!(
        faults(&Example::new(), &none),
        [
            r#"Blad Kosten, rij 2, kolom van: hier staat "01-08-2026". Er is geen overeenkomst met u voor deze periode. Neem contact op met de contractmanager."#
        ]
    );
    let on_the_days = CheckContext { agreement: Some(term("2026-08-01", "2026-08-31")), ..context() };
    assert_eq!(
        faults(&Example::new().with("Trajecten", "beeindigd_op", "31-08-2026"), &on_the_days),
        Vec::<String>::new()
    );
}

#[test]
fn the_quantity_stays_within_what_was_approved_with_earlier_lines_counted() {
    let known = |hundredths| KnownTrajectory {
        case_ref: "D-2026-014".to_owned(),
        referred_on: "2026-04-01".parse().unwrap(),
        ended_on: None,
        approved: vec![("RE-JC".to_owned(), Hundredths(hundredths))],
    };
    let june = EarlierLine { from: "2026-06-01".parse().unwrap(), until: "2026-06-30".parse().unwrap(), ..earlier() };
    let enough = CheckContext { trajectories: vec![known(300)], earlier_lines: vec![june.clone()], ..context() };
    assert_eq!(faults(&Example::new(), &enough), Vec::<String>::new());
    let short = CheckContext { trajectories: vec![known(299)], earlier_lines: vec![june], ..context() };
    assert_eq!(
        faults(&Example::new(), &short),
        [
            r#"Blad Kosten, rij 2, kolom aantal: hier staat "1,50". Samen met eerdere regels is dit 3,00. De gemeente heeft 2,99 toegekend."#
        ]
    );
}

#[test]
fn the_same_period_is_charged_once() {
    assert_eq!(
        faults(&second_line(), &context()),
        [
            r#"Blad Kosten, rij 3, kolom regel: hier staat "2". Hetzelfde dossier, met hetzelfde product en dezelfde periode, staat ook op regel 1 (rij 2). Haal er een weg."#
        ]
    );
    let before = CheckContext { earlier_lines: vec![earlier()], ..context() };
    assert_eq!(
        faults(&Example::new(), &before),
        [
            r#"Blad Kosten, rij 2, kolom regel: hier staat "1". Hetzelfde dossier, met hetzelfde product en dezelfde periode, staat ook op regel 9 (opgave 2026-Q2). Haal er een weg."#
        ]
    );
}

#[test]
fn a_period_that_was_wholly_corrected_may_be_charged_anew() {
    let example = second_line().again("Kosten").with_at("Kosten", 4, "regel", "3");
    assert_eq!(faults(&negative(example, 3, "1"), &context()), Vec::<String>::new());
    let before = CheckContext { earlier_lines: vec![earlier()], ..context() };
    assert_eq!(faults(&negative(second_line(), 3, "9"), &before), Vec::<String>::new());
}

#[test]
fn a_month_of_a_monthly_product_is_charged_once() {
    let two_months = |from: &str, until: &str| {
        monthly("01-07-2026", "31-07-2026")
            .again("Kosten")
            .with_at("Kosten", 3, "regel", "2")
            .with_at("Kosten", 3, "van", from)
            .with_at("Kosten", 3, "tot", until)
    };
    assert_eq!(checked(&two_months("01-08-2026", "31-08-2026"), &context()), (vec![], vec![]));
    assert_eq!(
        faults(&two_months("31-07-2026", "30-08-2026"), &context()),
        [
            r#"Blad Kosten, rij 3, kolom van: hier staat "31-07-2026". Dit product staat voor deze maand ook op regel 1 (rij 2). U mag een maand één keer opgeven."#
        ]
    );
}

#[test]
fn the_contact_person_worked_there_on_the_first_day() {
    let mut gone = context();
    gone.contacts[0].term = term("2026-01-01", "2026-07-31");
    assert_eq!(
        faults(&Example::new(), &gone),
        [
            r#"Blad Kosten, rij 2, kolom contactpersoon: hier staat "a.jansen@noordermeer.example". Deze contactpersoon werkte op 01-08-2026 niet voor de gemeente. Vul de contactpersoon van toen in."#
        ]
    );
    gone.contacts.clear();
    assert_eq!(faults(&Example::new(), &gone), Vec::<String>::new(), "without a list nobody is refused");
}

#[test]
fn the_amount_is_quantity_times_tariff_half_up() {
    assert_eq!(
        faults(&Example::new().with("Kosten", "bedrag", "93,82"), &context()),
        [
            r#"Blad Kosten, rij 2, kolom bedrag: hier staat "93,82". Aantal maal tarief is 93,83. Pas het bedrag, het aantal of het tarief aan."#
        ]
    );
}

#[test]
fn a_negative_line_names_a_line_that_exists() {
    assert_eq!(
        faults(&negative(second_line(), 3, ""), &context()),
        ["Blad Kosten, rij 3, kolom corrigeert_regel: Dit bedrag is negatief. Vul hier in welke regel u corrigeert."]
    );
    assert_eq!(
        faults(&negative(second_line(), 3, "77"), &context()),
        [
            r#"Blad Kosten, rij 3, kolom corrigeert_regel: hier staat "77". Wij kennen geen regel met dit nummer. Vul het nummer in van de regel die u corrigeert."#
        ]
    );
    assert_eq!(faults(&negative(second_line(), 3, "2"), &context()).len(), 1, "a line does not correct itself");
    let tariff = Example::new().with("Kosten", "tarief", "-62,55").with("Kosten", "bedrag", "-93,83");
    assert!(faults(&tariff, &context()).iter().any(|fault| fault.contains("Een tarief is nooit negatief.")));
}

#[test]
fn odd_corrections_are_warned_of() {
    let twice = negative(second_line(), 3, "1").again("Kosten").with_at("Kosten", 4, "regel", "3");
    let (faults, warnings) = checked(&twice, &context());
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(
        warnings,
        [
            r#"Blad Kosten, rij 4, kolom bedrag: hier staat "-93,83". Deze correctie is groter dan het bedrag dat van die regel over is. Klopt dat?"#
        ]
    );
    let other = EarlierLine { case_ref: "D-7".to_owned(), ..earlier() };
    let of_another =
        checked(&negative(second_line(), 3, "9"), &CheckContext { earlier_lines: vec![other], ..context() });
    assert_eq!(
        of_another.1,
        [
            r#"Blad Kosten, rij 3, kolom corrigeert_regel: hier staat "9". De regel die u corrigeert, heeft een ander dossier of een ander product. Klopt dat?"#
        ]
    );
    let positive = second_line().with_at("Kosten", 3, "corrigeert_regel", "1");
    assert_eq!(
        checked(&positive, &context()).1,
        [
            r#"Blad Kosten, rij 3, kolom corrigeert_regel: hier staat "1". Deze regel corrigeert een andere regel, maar het bedrag is niet negatief. Klopt dat?"#
        ]
    );
}

#[test]
fn the_same_amount_in_the_same_month_is_asked_about() {
    let example = second_line().with_at("Kosten", 3, "tot", "30-08-2026");
    assert_eq!(
        checked(&example, &context()).1,
        [
            r#"Blad Kosten, rij 3, kolom bedrag: hier staat "93,83". Rij 2 heeft hetzelfde dossier, hetzelfde product en hetzelfde bedrag in dezelfde maand. Klopt dit? Zijn het twee aparte leveringen?"#
        ]
    );
}

#[test]
fn a_period_outside_the_quarter_is_asked_about() {
    let example = Example::new().with("Kosten", "tot", "01-10-2026").with("Trajecten", "beeindigd_op", "");
    let example = example.with("Trajecten", "reden_einde", "");
    assert_eq!(
        checked(&example, &context()).1,
        ["Blad Kosten, rij 2, kolom van: De periode van deze regel valt niet helemaal in het kwartaal. Klopt dat?"]
    );
}

#[test]
fn a_sum_far_from_last_years_is_asked_about() {
    let sum = |last_year| {
        checked(&Example::new(), &CheckContext { same_quarter_last_year: Some(Cents(last_year)), ..context() }).1
    };
    assert_eq!(sum(12_510), Vec::<String>::new());
    assert_eq!(
        sum(20_000),
        [
            r#"Blad Kosten: hier staat "93,83". Het totaal is 53 procent anders dan in hetzelfde kwartaal vorig jaar. Toen was het 200,00. Klopt dat?"#
        ]
    );
}

#[test]
fn rows_with_a_fault_in_a_check_go_back_with_what_rests_on_them() {
    let example = negative(second_line(), 3, "1").with("Kosten", "tarief", "62,56").with("Kosten", "bedrag", "93,84");
    let statement = example.read().statement.unwrap();
    let (faults, _) = checks(&statement, &context());
    let good = crate::statement::send_back(statement, &faults).unwrap();
    assert_eq!(good.statement.costs, []);
    assert_eq!(good.faults.iter().map(|fault| fault.place.row).collect::<Vec<_>>(), [Some(2), Some(3)]);
}
