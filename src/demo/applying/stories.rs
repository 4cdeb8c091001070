//! What befell sixteen invented organisations that applied (verhalen). Nobody and nothing in here exists; together they
//! stand in every status that an application can have.

use super::Scene::*;
use super::{Applicant, Story};
use crate::dossier::CriterionResult::{NotApplicable, NotMet};
use crate::dossier::decision::Outcome;

/// Nobody's story, to take the rest from.
const PLAIN: Story = Story {
    applicant: Applicant {
        name: "",
        kvk: "",
        legal_form: "bv",
        person: ("", "directeur"),
        domain: "",
        address: ("", "", "Noordermeer"),
        products: &["RE-P2-JC"],
        profiles: &["P2"],
    },
    on_paper: false,
    insured_for: None,
    without: &[],
    scenes: &[],
};

const NO_SUBCONTRACTORS: super::Found = ("M22", NotApplicable, "Deze organisatie werkt zonder onderaannemers.");

/// A supplement that nobody had asked for at the application: what is asked on request.
const ON_REQUEST: &[&str] = &["Gedragsverklaring aanbesteden", "Verklaring betalingsgedrag"];

#[rustfmt::skip]
pub const STORIES: &[Story] = &[
    Story {
        applicant: Applicant { name: "De Werkhaven Noordermeer B.V.", kvk: "90004012", person: ("Y. Hooghiemstra", "directeur"), domain: "werkhaven.example",
            address: ("Havenkade 12", "9001 AA", "Noordermeer"), products: &["RE-P1-JH", "RE-P2-JC"], profiles: &["P1", "P2"], ..PLAIN.applicant },
        insured_for: Some((24, -4)),
        scenes: &[
            (96, Begins),
            (95, QuestionAnswered("Mogen wij ons aanmelden als onze vestiging in een andere gemeente staat?",
                "Ja. Uw vestiging mag ergens anders staan. U moet wel een plek hebben waar cliënten uit onze gemeente met het openbaar vervoer kunnen komen.")),
            (92, HandsIn), (88, TakenUp), (80, Judged(&[NO_SUBCONTRACTORS])),
            (78, Advised(Outcome::Admitted, "Aan alle eisen is voldaan.")), (74, Admitted("")),
        ], ..PLAIN },
    Story {
        applicant: Applicant { name: "Stichting Taalhuis Nieuwe Brug", kvk: "90004129", legal_form: "stichting", person: ("M. Adriaanse", "bestuurder"), domain: "taalhuisnieuwebrug.example",
            address: ("Brugstraat 4", "9001 BC", "Noordermeer"), products: &["RE-P3-TS"], profiles: &["P3", "P4"] },
        insured_for: Some((26, 190)), without: ON_REQUEST,
        scenes: &[
            (84, Begins), (81, HandsIn), (77, TakenUp), (73, JudgedInPart(&["M01", "M02", "M03", "M09"])),
            (70, SupplementAsked("Wij hebben nog twee stukken nodig.",
                &[("M04", "Stuur ons de gedragsverklaring aanbesteden van Justis."), ("M06", "Stuur ons een verklaring betalingsgedrag die niet ouder is dan zes maanden.")])),
            (61, Supplemented), (54, Judged(&[NO_SUBCONTRACTORS])),
            (53, Advised(Outcome::Admitted, "Na de aanvulling is aan alle eisen voldaan.")), (49, Admitted("Fijn dat u met ons gaat werken.")),
            (10, TimePasses), (6, Renewed("M07")),
        ], ..PLAIN },
    Story {
        applicant: Applicant { name: "Jobcoachbureau Sterkwerk B.V.", kvk: "90004238", person: ("D. Vellinga", "directeur"), domain: "sterkwerk.example",
            address: ("Stationsweg 31", "9002 CD", "Grootewolde"), ..PLAIN.applicant },
        scenes: &[
            (52, Begins), (48, HandsIn), (44, TakenUp),
            (20, Judged(&[
                NO_SUBCONTRACTORS,
                ("M09", NotMet, "Het keurmerk geldt voor een andere dienst. U hebt geen eigen beschrijving gestuurd die daaraan gelijk is."),
                ("M13", NotMet, "In uw klachtenregeling staat niet binnen hoeveel weken een cliënt antwoord krijgt."),
            ])),
            (16, Advised(Outcome::Refused, "Aan M09 en M13 is niet voldaan. De aanbieder wilde niet aanvullen.")),
            (8, Refused("Twee stukken zijn niet goed. U kunt zich opnieuw aanmelden zodra u die op orde heeft.")),
        ], ..PLAIN },
    Story {
        applicant: Applicant { name: "Kompas Loopbaanbegeleiding B.V.", kvk: "90004347", person: ("R. Ketelaar", "directeur"), domain: "kompasloopbaan.example",
            address: ("Markt 7", "9001 AE", "Noordermeer"), products: &["RE-P1-JH", "RE-P1-ST"], profiles: &["P1"], ..PLAIN.applicant },
        scenes: &[
            (78, Begins), (74, HandsIn), (70, TakenUp),
            (46, Judged(&[NO_SUBCONTRACTORS, ("M17", NotMet, "In het protocol staat niet dat u een calamiteit aan de gemeente meldt.")])),
            (42, Advised(Outcome::Refused, "Aan M17 is niet voldaan.")), (30, Refused("Eén stuk is niet goed. U kunt zich opnieuw aanmelden met een nieuw protocol.")),
            (17, CaseNoted("Rechtbank Noordermeer, zaak KG 26-118. De zitting is over drie weken.")),
        ], ..PLAIN },
    Story {
        applicant: Applicant { name: "Wijkwerk Zuiderdiep", kvk: "90004456", legal_form: "vof", person: ("S. Bonnema", "vennoot"), domain: "wijkwerkzuiderdiep.example",
            address: ("Zuiderdiep 58", "9003 AB", "Zuiderdiep"), products: &["RE-P4-TL"], profiles: &["P4"] },
        without: ON_REQUEST,
        scenes: &[
            (76, Begins), (72, HandsIn), (67, TakenUp),
            (64, SupplementAsked("Wij missen nog één stuk.", &[("M06", "Stuur ons een verklaring betalingsgedrag van de Belastingdienst.")])),
            (36, SetAside("De verklaring betalingsgedrag ontbreekt nog.")),
        ], ..PLAIN },
    Story {
        applicant: Applicant { name: "Coach & Koers", kvk: "90004565", legal_form: "eenmanszaak", person: ("B. Nauta", "eigenaar"), domain: "coachenkoers.example",
            address: ("Lindelaan 19", "9001 KL", "Noordermeer"), products: &["RE-P2-PW"], ..PLAIN.applicant },
        scenes: &[(40, Begins), (38, HandsIn), (34, TakenUp), (27, Withdrawn("Ik richt mij dit jaar op een andere gemeente."))], ..PLAIN },
    Story {
        applicant: Applicant { name: "Re-integratie Rietveen B.V.", kvk: "90004674", person: ("F. Cazemier", "directeur"), domain: "rietveen.example",
            address: ("Rietveld 2", "9002 AB", "Grootewolde"), products: &["RE-P2-LW", "RE-P2-AD"], ..PLAIN.applicant },
        scenes: &[
            (118, Begins), (114, HandsIn), (110, TakenUp),
            (94, Judged(&[NO_SUBCONTRACTORS, ("M03", NotMet, "De eigen verklaring is getekend door iemand die dat volgens het Handelsregister niet mag.")])),
            (90, Advised(Outcome::Refused, "Aan M03 is niet voldaan.")), (83, Refused("De eigen verklaring is niet geldig getekend.")), (55, TermEnds),
            (24, Begins), (20, HandsIn), (15, TakenUp), (9, JudgedInPart(&["M01", "M02", "M03", "M04", "M06", "M14"])),
        ], ..PLAIN },
    Story {
        applicant: Applicant { name: "Praktijk Tweespan", kvk: "90004783", legal_form: "maatschap", person: ("L. Overdiep", "maat"), domain: "tweespan.example",
            address: ("Esweg 77", "9004 CA", "Oosterwold"), products: &["RE-P2-PW", "RE-P4-LA"], profiles: &["P2", "P4"] },
        scenes: &[(9, Begins), (2, HandsIn)], ..PLAIN },
    Story {
        applicant: Applicant { name: "De Aanpakkers", kvk: "90004892", legal_form: "vof", person: ("J. Reitsma", "vennoot"), domain: "aanpakkers.example",
            address: ("Industrieweg 40", "9001 ZX", "Noordermeer"), products: &["RE-P2-PS"], profiles: &["P2"] },
        scenes: &[(18, Begins), (13, HandsIn), (10, TakenUp)], ..PLAIN },
    Story {
        applicant: Applicant { name: "Stichting Groene Vingers Werkt", kvk: "90004901", legal_form: "stichting", person: ("A. Terwisscha", "bestuurder"), domain: "groenevingerswerkt.example",
            address: ("Kweekweg 3", "9004 BD", "Oosterwold"), products: &["RE-P3-ZR", "RE-P4-TL"], profiles: &["P3", "P4"] },
        without: ON_REQUEST,
        scenes: &[
            (21, Begins), (19, HandsIn), (15, TakenUp), (12, JudgedInPart(&["M01", "M02", "M03", "M17"])),
            (6, SupplementAsked("Dank voor uw aanmelding. Een paar stukken ontbreken nog of kloppen niet helemaal.", &[
                ("M04", "Stuur ons de gedragsverklaring aanbesteden van Justis."),
                ("M06", "Stuur ons een verklaring betalingsgedrag die niet ouder is dan zes maanden."),
                ("M13", "Schrijf in uw klachtenregeling ook wie er beslist als u er met de cliënt niet uitkomt."),
            ])),
        ], ..PLAIN },
    Story {
        applicant: Applicant { name: "Leerwerkbedrijf Ploegschaar B.V.", kvk: "90005014", person: ("K. Doornbos", "directeur"), domain: "ploegschaar.example",
            address: ("Ploegstraat 9", "9003 PL", "Turfhout"), products: &["RE-P5-BW"], profiles: &["P5"], ..PLAIN.applicant },
        without: ON_REQUEST,
        scenes: &[
            (44, Begins), (40, HandsIn), (36, TakenUp),
            (29, SupplementAsked("Wij missen nog één stuk.", &[("M04", "Stuur ons de gedragsverklaring aanbesteden van Justis.")])), (17, TimePasses),
        ], ..PLAIN },
    Story {
        applicant: Applicant { name: "Baanbreker Noord B.V.", kvk: "90005123", person: ("T. Idzenga", "directeur"), domain: "baanbrekernoord.example",
            address: ("Kanaaldijk 101", "9002 KD", "Grootewolde"), products: &["RE-P1-JH", "RE-P2-JC"], profiles: &["P1", "P2"], ..PLAIN.applicant },
        insured_for: Some((240, 240)),
        scenes: &[
            (37, Begins), (33, HandsIn), (29, TakenUp), (7, Judged(&[NO_SUBCONTRACTORS])),
            (4, Advised(Outcome::Admitted, "Aan alle eisen is voldaan. De polissen zijn er ook al.")),
        ], ..PLAIN },
    Story {
        applicant: Applicant { name: "Talenterij De Kern B.V.", kvk: "90005232", person: ("W. Sloot", "directeur"), domain: "talenterijdekern.example",
            address: ("Kernplein 1", "9001 KP", "Noordermeer"), products: &["RE-P3-PO"], profiles: &["P3"], ..PLAIN.applicant },
        scenes: &[
            (35, Begins), (31, HandsIn), (27, TakenUp),
            (14, Judged(&[NO_SUBCONTRACTORS, ("M09", NotMet, "De eigen beschrijving noemt niet hoe u uw werk laat controleren.")])),
            (11, Advised(Outcome::Refused, "Aan M09 is niet voldaan.")),
            (5, SentBack("Is de aanbieder gevraagd om M09 aan te vullen? In het dossier zie ik dat niet.")),
        ], ..PLAIN },
    Story {
        applicant: Applicant { name: "Huis van Herstelwerk", kvk: "90005341", legal_form: "stichting", person: ("C. Bruins", "coördinator"), domain: "herstelwerk.example",
            address: ("Hoofdstraat 200", "9005 HV", "Tsjerkewâl"), products: &["RE-P4-LA"], profiles: &["P4"] },
        scenes: &[(5, BeginsHalf)], ..PLAIN },
    Story {
        applicant: Applicant { name: "Vakschool De Spil", kvk: "90005450", legal_form: "stichting", person: ("H. Brandsma", "bestuurder"), domain: "vakschooldespil.example",
            address: ("Spilstraat 15", "9003 SP", "Veenhuizerdijk"), products: &["RE-P3-TS"], profiles: &["P3"] },
        on_paper: true, scenes: &[(3, Begins), (3, HandsIn)], ..PLAIN },
    Story {
        applicant: Applicant { name: "Loopbaanlab Veenwijk B.V.", kvk: "90005569", person: ("N. Zandt", "directeur"), domain: "loopbaanlabveenwijk.example",
            address: ("Veenwijk 8", "9003 VW", "Turfhout"), products: &["RE-P1-ST"], profiles: &["P1"], ..PLAIN.applicant },
        scenes: &[
            (170, Begins), (166, HandsIn), (162, TakenUp), (150, Judged(&[NO_SUBCONTRACTORS])),
            (147, Advised(Outcome::Admitted, "Aan alle eisen is voldaan.")), (142, Admitted("")),
            (100, Lapsed("De overeenkomst is na twee herinneringen niet getekend.")),
        ], ..PLAIN },
];
