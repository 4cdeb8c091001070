//! What each address of the house names (één regel per adres), and which roles may use it where it is theirs. A route
//! that has no line here makes the test fail: add one, naming an object of [`super::world`] in every place of the path.

use openhouse::actor::Role;
use openhouse::app::Verb;

pub struct Line {
    pub verb: Verb,
    /// As `fn table()` of src/app/mod.rs writes it.
    pub path: &'static str,
    pub rule: Rule,
    /// The path with an object of the world in every place: `/aanbieders/<provider>`.
    pub address: &'static str,
    /// What the page's form sends; begins with `--` when it carries files.
    pub form: &'static str,
}

/// Whose it is, what the address leads to.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// Anybody may ask, signed in or not; it tells nothing about anybody.
    Anybody,
    /// Everybody has his own behind it; these roles do.
    Own(&'static [Role]),
    /// It names an object of the municipality or the provider of the world; these roles may there, and nobody elsewhere.
    Named(&'static [Role]),
}

use Role::{
    Assessor, Auditor, ContactPerson, ContractManager, DecisionMaker, FunctionalAdmin, PrivacyOfficer, ProviderAdmin,
    ProviderSignatory, ProviderUser, RecordsOfficer, Viewer,
};
use Rule::{Anybody, Named, Own};

const ALL: &[Role] = Role::ALL;
const PROVIDER: &[Role] = &Role::OF_PROVIDER;
const MANAGER: &[Role] = &[ContractManager];
const ADMIN: &[Role] = &[FunctionalAdmin];
const OF_MAIL: &[Role] = &[ContractManager, FunctionalAdmin];
const NAMES: &[Role] = &[ContactPerson, ProviderUser, ProviderAdmin, ProviderSignatory];
const READERS: &[Role] = &[ContractManager, Assessor, DecisionMaker, PrivacyOfficer, RecordsOfficer, Auditor, Viewer];
const PUBLISHERS: &[Role] = &[ContractManager, FunctionalAdmin, DecisionMaker];
const OPENERS: &[Role] = &[ContractManager, Assessor, DecisionMaker, PrivacyOfficer, RecordsOfficer, Auditor];
const JUDGES: &[Role] = &[Assessor, ContractManager, PrivacyOfficer];
const DECIDER: &[Role] = &[DecisionMaker];
const ASSESSOR: &[Role] = &[Assessor];
const SIGNERS: &[Role] = &[ProviderAdmin, ProviderSignatory];
const HANDING_IN: &[Role] = &[ContractManager, ProviderUser, ProviderAdmin, ProviderSignatory];

const fn get(path: &'static str, rule: Rule, address: &'static str) -> Line {
    Line { verb: Verb::Get, path, rule, address, form: "" }
}

const fn post(path: &'static str, rule: Rule, address: &'static str, form: &'static str) -> Line {
    Line { verb: Verb::Post, path, rule, address, form }
}

const FILE: &str = "--x\r\ncontent-disposition: form-data; name=\"sleutel\"\r\n\r\nk1\r\n\
                    --x\r\ncontent-disposition: form-data; name=\"bestand\"; filename=\"a.csv\"\r\n\r\na;b\r\n--x--\r\n";
const INVITATION: &str = "naam=Nieuw&email=nieuw%40voorbeeld.example&rol=viewer";
const COLLEAGUE: &str = "naam=Nieuw&email=nieuw%40voorbeeld.example&rol=provider_user";
const TEXT: &str = "onderwerp_nl=Test&tekst_nl=Test&onderwerp_en=Test&tekst_en=Test&versie=0&actie=bewaren";
const LET_IN: &str = "keus=provider_user&reden=Gebeld&nagegaan=ja";
const PROCEDURE: &str = "code=nieuwe&naam_nl=Nieuw&domein=pw&toetreding=continuous&rechtsmiddel=complaint&versie=1";
const VERDICT: &str = "versie=1&rij=application&oordeel=met&motivering=Gezien&geldig_tot=";
const ADVICE: &str = "versie=<seen>&voorstel=admitted&woorden=Zie+de+oordelen&stap=vastleggen";
const OUTAGE: &str = "van_dag=18-11-2026&van_tijd=09%3A00&tot_dag=&tot_tijd=&uitleg=Storing&actie=gevolgen";
const QUESTION: &str = "naam=Iemand&vraag=Wanneer+weet+ik+iets%3F";
const DECISION: &str =
    "nummer=1&datum=09-06-2026&onderwerp=Anders&besluit=Anders&procedure=&tekst=&eisen=&adres=&reden=Anders&versie=1";
const ACTIVITY: &str = "naam_nl=Anders&fase=dialogue&eerste=1&laatste=2&versie=1";
const APPLY: &str = "naam=Iemand&email=iemand%40voorbeeld.example&organisatie=Iets&kvk=12345679";
const PASSWORDS: &str = "oud=x&code=1&nieuw=een+lang+wachtwoord&nogmaals=een+lang+wachtwoord";

#[rustfmt::skip]
pub const LINES: &[Line] = &[
    get("/", Anybody, "/"),
    get("/inloggen", Anybody, "/inloggen"),
    post("/inloggen", Anybody, "/inloggen", "email=x%40voorbeeld.example&wachtwoord=x"),
    get("/inloggen/code", Anybody, "/inloggen/code"),
    post("/inloggen/code", Anybody, "/inloggen/code", "code=1"),
    get("/inloggen/kiezen", Anybody, "/inloggen/kiezen"),
    post("/inloggen/kiezen", Anybody, "/inloggen/kiezen", "rol=1"),
    get("/inloggen/vergeten", Anybody, "/inloggen/vergeten"),
    post("/inloggen/vergeten", Anybody, "/inloggen/vergeten", "email=x%40voorbeeld.example"),
    get("/inloggen/uitnodiging/{token}", Anybody, "/inloggen/uitnodiging/x"),
    post("/inloggen/uitnodiging/{token}", Anybody, "/inloggen/uitnodiging/x", ""),
    get("/inloggen/wachtwoord/{token}", Anybody, "/inloggen/wachtwoord/x"),
    post("/inloggen/wachtwoord/{token}", Anybody, "/inloggen/wachtwoord/x", ""),
    get("/inloggen/instellen", Anybody, "/inloggen/instellen"),
    post("/inloggen/instellen", Anybody, "/inloggen/instellen", "code=1"),
    get("/inloggen/instellen/qr.svg", Anybody, "/inloggen/instellen/qr.svg"),
    get("/inloggen/herstelcodes", Anybody, "/inloggen/herstelcodes"),
    post("/inloggen/herstelcodes", Anybody, "/inloggen/herstelcodes", ""),
    get("/inloggen/herstelcodes/bestand", Anybody, "/inloggen/herstelcodes/bestand"),
    get("/inloggen/{token}", Anybody, "/inloggen/x"),
    post("/inloggen/{token}", Anybody, "/inloggen/x", ""),
    post("/uitloggen", Anybody, "/uitloggen", ""),
    get("/uit/organisatie", Anybody, "/uit/organisatie"),
    get("/uit/organisatie/terug", Anybody, "/uit/organisatie/terug"),
    get("/uit/eherkenning", Anybody, "/uit/eherkenning"),
    get("/uit/eherkenning/terug", Anybody, "/uit/eherkenning/terug"),
    post("/inloggen/organisatie/afmelden", Anybody, "/inloggen/organisatie/afmelden", "logout_token=x"),
    post("/taal", Anybody, "/taal", "taal=nl&terug=/"),
    get("/toegankelijkheid", Anybody, "/toegankelijkheid"),
    get("/.well-known/security.txt", Anybody, "/.well-known/security.txt"),
    get("/middelen/{name}", Anybody, "/middelen/x"),
    get("/healthz", Anybody, "/healthz"),
    get("/readyz", Anybody, "/readyz"),
    get("/inloggen/organisatie", Anybody, "/inloggen/organisatie"),
    get("/inloggen/organisatie/terug", Anybody, "/inloggen/organisatie/terug"),
    get("/inloggen/uitnodiging/{token}/organisatie", Anybody, "/inloggen/uitnodiging/x/organisatie"),
    get("/inloggen/eherkenning", Anybody, "/inloggen/eherkenning"),
    get("/inloggen/eherkenning/terug", Anybody, "/inloggen/eherkenning/terug"),
    get("/inloggen/uitnodiging/{token}/eherkenning", Anybody, "/inloggen/uitnodiging/x/eherkenning"),
    get("/account/organisatie", Own(&[]), "/account/organisatie"),
    get("/account/eherkenning", Own(&[]), "/account/eherkenning"),
    get("/wisselen", Own(ALL), "/wisselen"),
    post("/wisselen", Named(&[]), "/wisselen", "rol=<grant>"),
    get("/account", Own(ALL), "/account"),
    get("/account/wachtwoord", Own(ALL), "/account/wachtwoord"),
    post("/account/wachtwoord", Own(ALL), "/account/wachtwoord", PASSWORDS),
    get("/account/herstelcodes", Own(ALL), "/account/herstelcodes"),
    post("/account/herstelcodes", Own(ALL), "/account/herstelcodes", "code=1"),
    post("/account/sessies/beeindigen", Own(ALL), "/account/sessies/beeindigen", ""),
    post("/account/sessies/{sessie}/beeindigen", Named(&[]), "/account/sessies/<session>/beeindigen", ""),
    get("/beheer/gebruikers", Own(ADMIN), "/beheer/gebruikers"),
    post("/beheer/gebruikers", Own(ADMIN), "/beheer/gebruikers", INVITATION),
    post("/beheer/gebruikers/{rol}/{daad}", Named(ADMIN), "/beheer/gebruikers/<grant>/nagekeken", ""),
    get("/aanbieders/{nr}/gebruikers", Named(&[ProviderAdmin]), "/aanbieders/<provider>/gebruikers"),
    post("/aanbieders/{nr}/gebruikers", Named(&[ProviderAdmin]), "/aanbieders/<provider>/gebruikers", COLLEAGUE),
    post("/aanbieders/{nr}/gebruikers/{rol}/{daad}", Named(&[ProviderAdmin]), "/aanbieders/<provider>/gebruikers/<colleague>/nagekeken", ""),
    get("/aanbieders", Own(ALL), "/aanbieders"),
    get("/aanbieders/{nr}", Named(ALL), "/aanbieders/<provider>"),
    get("/aanbieders/{nr}/clienten", Named(NAMES), "/aanbieders/<provider>/clienten"),
    get("/aanbieders/{nr}/kwartalen", Named(ALL), "/aanbieders/<provider>/kwartalen"),
    get("/aanbieders/{nr}/kwartalen/{k}", Named(ALL), "/aanbieders/<provider>/kwartalen/2026-3"),
    get("/aanbieders/{nr}/kwartalen/{k}/indicatoren/{n}", Named(ALL), "/aanbieders/<provider>/kwartalen/2026-3/indicatoren/1"),
    get("/aanbieders/{nr}/kwartalen/{k}/vaststellen", Named(MANAGER), "/aanbieders/<provider>/kwartalen/2026-3/vaststellen"),
    get("/aanbieders/{nr}/kwartalen/{k}/rapport", Named(ALL), "/aanbieders/<provider>/kwartalen/2026-3/rapport"),
    get("/aanbieders/{nr}/kwartalen/{k}/rapport.pdf", Named(ALL), "/aanbieders/<provider>/kwartalen/2026-3/rapport.pdf"),
    get("/aanbieders/{nr}/kwartalen/{k}/opgave", Named(HANDING_IN), "/aanbieders/<provider>/kwartalen/2026-3/opgave"),
    post("/aanbieders/{nr}/kwartalen/{k}/opgave", Named(HANDING_IN), "/aanbieders/<provider>/kwartalen/2026-3/opgave", FILE),
    post("/aanbieders/{nr}/kwartalen/{k}/opgave/goede-regels", Named(HANDING_IN), "/aanbieders/<provider>/kwartalen/2026-3/opgave/goede-regels", "sleutel=k2&bewaard=<file>"),
    get("/aanbieders/{nr}/kwartalen/{k}/opgave/sjabloon", Named(HANDING_IN), "/aanbieders/<provider>/kwartalen/2026-3/opgave/sjabloon"),
    get("/aanbieders/{nr}/kwartalen/{k}/opgave/{bestand}/fouten", Named(HANDING_IN), "/aanbieders/<provider>/kwartalen/2026-3/opgave/<file>/fouten"),
    post("/aanbieders/{nr}/kwartalen/{k}/vaststellen", Named(MANAGER), "/aanbieders/<provider>/kwartalen/2026-3/vaststellen", "versie=1&sleutel=k3"),
    get("/aanbieders/{nr}/bewijsstukken", Named(PROVIDER), "/aanbieders/<provider>/bewijsstukken"),
    post("/aanbieders/{nr}/bewijsstukken", Named(PROVIDER), "/aanbieders/<provider>/bewijsstukken", FILE),
    get("/aanbieders/{nr}/bewijsstukken/{stuk}", Named(PROVIDER), "/aanbieders/<provider>/bewijsstukken/<evidence>"),
    post("/aanbieders/{nr}/bewijsstukken/{stuk}", Named(PROVIDER), "/aanbieders/<provider>/bewijsstukken/<evidence>", FILE),
    post("/aanbieders/{nr}/bewijsstukken/{stuk}/intrekken", Named(PROVIDER), "/aanbieders/<provider>/bewijsstukken/<evidence>/intrekken", ""),
    get("/aanbieders/{nr}/bewijs/{versie}/bestand", Named(PROVIDER), "/aanbieders/<provider>/bewijs/<version>/bestand"),
    get("/aanbieders/{nr}/bewijs/{versie}/paginas/{n}", Named(PROVIDER), "/aanbieders/<provider>/bewijs/<version>/paginas/1"),
    get("/beheer/mail", Own(OF_MAIL), "/beheer/mail"),
    post("/beheer/mail/proef", Own(ADMIN), "/beheer/mail/proef", ""),
    get("/beheer/mail/{id}", Named(OF_MAIL), "/beheer/mail/<mail>"),
    post("/beheer/mail/{id}/opnieuw", Named(ADMIN), "/beheer/mail/<mail>/opnieuw", ""),
    get("/beheer/mailteksten", Own(OF_MAIL), "/beheer/mailteksten"),
    get("/beheer/mailteksten/{kind}", Own(OF_MAIL), "/beheer/mailteksten/E02"),
    post("/beheer/mailteksten/{kind}", Own(ADMIN), "/beheer/mailteksten/E02", TEXT),
    get("/gemeenten/{slug}", Anybody, "/gemeenten/noordermeer"),
    get("/gemeenten/{slug}/eisen", Anybody, "/gemeenten/noordermeer/eisen"),
    get("/gemeenten/{slug}/documenten", Anybody, "/gemeenten/noordermeer/documenten"),
    get("/gemeenten/{slug}/documenten/{id}", Anybody, "/gemeenten/noordermeer/documenten/1"),
    get("/gemeenten/{slug}/vragen", Anybody, "/gemeenten/noordermeer/vragen"),
    post("/gemeenten/{slug}/vragen", Anybody, "/gemeenten/noordermeer/vragen", QUESTION),
    get("/gemeenten/{slug}/register", Anybody, "/gemeenten/noordermeer/register"),
    get("/gemeenten/{slug}/register.json", Anybody, "/gemeenten/noordermeer/register.json"),
    get("/gemeenten/{slug}/register.csv", Anybody, "/gemeenten/noordermeer/register.csv"),
    get("/mijn/registergegevens", Own(PROVIDER), "/mijn/registergegevens"),
    post("/mijn/registergegevens", Own(PROVIDER), "/mijn/registergegevens", "versie=0&weken=3"),
    get("/planning", Own(READERS), "/planning"),
    get("/planning/{code}", Named(READERS), "/planning/<procedure>"),
    post("/planning/{code}", Named(MANAGER), "/planning/<draft>", "begin=2027-01&met=leeg&versie=0"),
    get("/planning/{code}/activiteiten/{id}", Named(MANAGER), "/planning/<procedure>/activiteiten/<activity>"),
    post("/planning/{code}/activiteiten/{id}", Named(MANAGER), "/planning/<procedure>/activiteiten/<activity>", ACTIVITY),
    post("/planning/{code}/activiteiten/{id}/opleveren", Named(MANAGER), "/planning/<procedure>/activiteiten/<second>/opleveren", "versie=1&dag=09-06-2026"),
    post("/planning/{code}/activiteiten/{id}/vervallen", Named(MANAGER), "/planning/<procedure>/activiteiten/<third>/vervallen", "versie=1&waarom=Anders"),
    get("/besluiten", Own(READERS), "/besluiten"),
    get("/besluiten.csv", Own(READERS), "/besluiten.csv"),
    get("/besluiten.xlsx", Own(READERS), "/besluiten.xlsx"),
    get("/besluiten/nieuw", Own(MANAGER), "/besluiten/nieuw"),
    post("/besluiten/nieuw", Own(MANAGER), "/besluiten/nieuw", "nummer=77&datum=09-06-2026&onderwerp=Nieuw&besluit=Nieuw"),
    get("/besluiten/{nr}", Named(READERS), "/besluiten/<decision>"),
    get("/besluiten/{nr}/verbeteren", Named(MANAGER), "/besluiten/<decision>/verbeteren"),
    post("/besluiten/{nr}/verbeteren", Named(MANAGER), "/besluiten/<decision>/verbeteren", DECISION),
    get("/gemeenten/{slug}/aanmelden", Anybody, "/gemeenten/noordermeer/aanmelden"),
    post("/gemeenten/{slug}/aanmelden", Anybody, "/gemeenten/noordermeer/aanmelden", APPLY),
    get("/overeenkomsten", Own(READERS), "/overeenkomsten"),
    get("/overeenkomsten/nieuw", Own(MANAGER), "/overeenkomsten/nieuw"),
    post("/overeenkomsten/nieuw", Own(MANAGER), "/overeenkomsten/nieuw", "titel=Nieuw&procedure=<procedure>&soort=framework&domein=pw"),
    get("/overeenkomsten/{code}", Named(READERS), "/overeenkomsten/<agreement>"),
    get("/overeenkomsten/{code}/bijlagen", Named(READERS), "/overeenkomsten/<agreement>/bijlagen"),
    post("/overeenkomsten/{code}/versies", Named(MANAGER), "/overeenkomsten/<agreement>/versies", ""),
    get("/overeenkomsten/{code}/versies/{n}.pdf", Named(READERS), "/overeenkomsten/<agreement>/versies/2.pdf"),
    get("/overeenkomsten/{code}/versies/{n}.docx", Named(READERS), "/overeenkomsten/<agreement>/versies/2.docx"),
    get("/overeenkomsten/{code}/versies/{n}", Named(READERS), "/overeenkomsten/<agreement>/versies/2"),
    get("/overeenkomsten/{code}/versies/{n}/wijzigingen", Named(READERS), "/overeenkomsten/<agreement>/versies/2/wijzigingen"),
    get("/overeenkomsten/{code}/versies/{n}/wijzigingen.pdf", Named(READERS), "/overeenkomsten/<agreement>/versies/2/wijzigingen.pdf"),
    get("/overeenkomsten/{code}/versies/{n}/schrijven", Named(MANAGER), "/overeenkomsten/<draft-text>/versies/1/schrijven"),
    post("/overeenkomsten/{code}/versies/{n}/schrijven", Named(MANAGER), "/overeenkomsten/<draft-text>/versies/1/schrijven", "versie=2&ingang=2027-01-01"),
    post("/overeenkomsten/{code}/versies/{n}/voorbeeldtekst", Named(MANAGER), "/overeenkomsten/<draft-text>/versies/1/voorbeeldtekst", "versie=2"),
    get("/overeenkomsten/{code}/versies/{n}/artikelen/{clause}", Named(MANAGER), "/overeenkomsten/<draft-text>/versies/1/artikelen/1"),
    post("/overeenkomsten/{code}/versies/{n}/artikelen/{clause}", Named(MANAGER), "/overeenkomsten/<draft-text>/versies/1/artikelen/1", "versie=2&nummer=1&kop=Kop&soort=all&tekst=Zin&actie=bewaren"),
    get("/overeenkomsten/{code}/versies/{n}/inlezen", Named(MANAGER), "/overeenkomsten/<draft-text>/versies/1/inlezen"),
    post("/overeenkomsten/{code}/versies/{n}/inlezen", Named(MANAGER), "/overeenkomsten/<draft-text>/versies/1/inlezen", FILE),
    post("/overeenkomsten/{code}/versies/{n}/inlezen/overnemen", Named(MANAGER), "/overeenkomsten/<draft-text>/versies/1/inlezen/overnemen", "versie=2&bestand=<file>"),
    get("/overeenkomsten/{code}/versies/{n}/voorleggen", Named(MANAGER), "/overeenkomsten/<draft-text>/versies/1/voorleggen"),
    post("/overeenkomsten/{code}/versies/{n}/voorleggen", Named(MANAGER), "/overeenkomsten/<draft-text>/versies/1/voorleggen", "versie=2&dagen=14"),
    get("/overeenkomsten/{code}/versies/{n}/terugnemen", Named(MANAGER), "/overeenkomsten/<agreement>/versies/2/terugnemen"),
    post("/overeenkomsten/{code}/versies/{n}/terugnemen", Named(MANAGER), "/overeenkomsten/<agreement>/versies/2/terugnemen", "versie=1&woorden=Terug"),
    get("/overeenkomsten/{code}/versies/{n}/vaststellen", Named(DECIDER), "/overeenkomsten/<agreement>/versies/2/vaststellen"),
    post("/overeenkomsten/{code}/versies/{n}/vaststellen", Named(DECIDER), "/overeenkomsten/<agreement>/versies/2/vaststellen", "versie=1&woorden=Verslag"),
    // The text of the agreement is one and the same for every provider of the municipality.
    get("/mijn/overeenkomst", Own(PROVIDER), "/mijn/overeenkomst"),
    get("/mijn/overeenkomst/{code}", Own(PROVIDER), "/mijn/overeenkomst/<agreement>"),
    get("/mijn/overeenkomst/{code}/bijlagen", Own(PROVIDER), "/mijn/overeenkomst/<agreement>/bijlagen"),
    get("/mijn/overeenkomst/{code}/versies/{n}.pdf", Own(PROVIDER), "/mijn/overeenkomst/<agreement>/versies/2.pdf"),
    get("/mijn/overeenkomst/{code}/versies/{n}", Own(PROVIDER), "/mijn/overeenkomst/<agreement>/versies/2"),
    get("/mijn/overeenkomst/{code}/versies/{n}/wijzigingen", Own(PROVIDER), "/mijn/overeenkomst/<agreement>/versies/2/wijzigingen"),
    get("/mijn/overeenkomst/{code}/versies/{n}/wijzigingen.pdf", Own(PROVIDER), "/mijn/overeenkomst/<agreement>/versies/2/wijzigingen.pdf"),
    get("/gemeenten/{slug}/overeenkomsten/{code}", Anybody, "/gemeenten/noordermeer/overeenkomsten/<agreement>"),
    get("/gemeenten/{slug}/overeenkomsten/{code}/bijlagen", Anybody, "/gemeenten/noordermeer/overeenkomsten/<agreement>/bijlagen"),
    get("/gemeenten/{slug}/overeenkomsten/{code}/versies/{n}.pdf", Anybody, "/gemeenten/noordermeer/overeenkomsten/<agreement>/versies/1.pdf"),
    get("/gemeenten/{slug}/overeenkomsten/{code}/versies/{n}", Anybody, "/gemeenten/noordermeer/overeenkomsten/<agreement>/versies/1"),
    get("/gemeenten/{slug}/overeenkomsten/{code}/versies/{n}/wijzigingen", Anybody, "/gemeenten/noordermeer/overeenkomsten/<agreement>/versies/2/wijzigingen"),
    get("/werkvoorraad", Own(READERS), "/werkvoorraad"),
    get("/werkvoorraad/verzoeken/{id}", Named(MANAGER), "/werkvoorraad/verzoeken/<unclaimed>"),
    post("/werkvoorraad/verzoeken/{id}", Named(MANAGER), "/werkvoorraad/verzoeken/<unclaimed>", LET_IN),
    get("/mijn/verzoeken", Own(&[ProviderAdmin]), "/mijn/verzoeken"),
    get("/mijn/verzoeken/{id}", Named(&[ProviderAdmin]), "/mijn/verzoeken/<request>"),
    post("/mijn/verzoeken/{id}", Named(&[ProviderAdmin]), "/mijn/verzoeken/<request>", LET_IN),
    get("/aanmeldingen/{nr}", Named(READERS), "/aanmeldingen/<application>"),
    get("/aanmeldingen/{nr}/gegevens", Named(READERS), "/aanmeldingen/<application>/gegevens"),
    get("/aanmeldingen/{nr}/eisen/{code}", Named(READERS), "/aanmeldingen/<application>/eisen/M13"),
    post("/aanmeldingen/{nr}/eisen/{code}", Named(JUDGES), "/aanmeldingen/<application>/eisen/M13", VERDICT),
    get("/aanmeldingen/{nr}/aanvulling", Named(ASSESSOR), "/aanmeldingen/<application>/aanvulling"),
    post("/aanmeldingen/{nr}/aanvulling", Named(ASSESSOR), "/aanmeldingen/<application>/aanvulling", "versie=<seen>"),
    get("/aanmeldingen/{nr}/handelingen/{handeling}", Named(ASSESSOR), "/aanmeldingen/<application>/handelingen/advies"),
    post("/aanmeldingen/{nr}/handelingen/{handeling}", Named(ASSESSOR), "/aanmeldingen/<application>/handelingen/advies", ADVICE),
    get("/aanmeldingen/{nr}/brieven/{soort}", Named(READERS), "/aanmeldingen/<application>/brieven/ontvangst"),
    get("/aanmeldingen/{nr}/brieven/{soort}.pdf", Named(READERS), "/aanmeldingen/<application>/brieven/ontvangst.pdf"),
    get("/aanmeldingen/{nr}/dossierrapport", Named(READERS), "/aanmeldingen/<application>/dossierrapport"),
    get("/aanmeldingen/{nr}/dossierrapport.pdf", Named(READERS), "/aanmeldingen/<application>/dossierrapport.pdf"),
    get("/aanmeldingen/{nr}/bewijs/{versie}/bestand", Named(OPENERS), "/aanmeldingen/<application>/bewijs/<shown>/bestand"),
    get("/aanmeldingen/{nr}/bewijs/{versie}/vergelijken", Named(OPENERS), "/aanmeldingen/<application>/bewijs/<newer>/vergelijken"),
    get("/aanmeldingen/{nr}/bewijs/{versie}/paginas/{n}", Named(OPENERS), "/aanmeldingen/<application>/bewijs/<shown>/paginas/1"),
    get("/kwaliteitseisen/{code}/beoordelen", Own(READERS), "/kwaliteitseisen/M13/beoordelen"),
    post("/kwaliteitseisen/{code}/beoordelen", Own(JUDGES), "/kwaliteitseisen/M13/beoordelen", "stap=controleren"),
    get("/mijn", Own(PROVIDER), "/mijn"),
    get("/mijn/alles", Own(&[ProviderAdmin]), "/mijn/alles"),
    get("/mijn/alles/bestand", Own(&[ProviderAdmin]), "/mijn/alles/bestand"),
    post("/mijn/aanmeldingen/{nr}/eisen/{code}/bestanden", Named(PROVIDER), "/mijn/aanmeldingen/<application>/eisen/M13/bestanden", FILE),
    get("/mijn/berichten", Own(PROVIDER), "/mijn/berichten"),
    get("/mijn/berichten/{id}", Named(PROVIDER), "/mijn/berichten/<message>"),
    post("/mijn/aanmeldingen", Own(PROVIDER), "/mijn/aanmeldingen", "procedure=<procedure>"),
    get("/mijn/aanmeldingen/{nr}", Named(PROVIDER), "/mijn/aanmeldingen/<application>"),
    get("/mijn/aanmeldingen/{nr}/stappen/{stap}", Named(PROVIDER), "/mijn/aanmeldingen/<application>/stappen/organisatie"),
    post("/mijn/aanmeldingen/{nr}/stappen/{stap}", Named(PROVIDER), "/mijn/aanmeldingen/<application>/stappen/organisatie", "versie=1&naam=Overgenomen"),
    get("/mijn/aanmeldingen/{nr}/eisen/{code}", Named(PROVIDER), "/mijn/aanmeldingen/<application>/eisen/M13"),
    post("/mijn/aanmeldingen/{nr}/eisen/{code}/bewijs", Named(PROVIDER), "/mijn/aanmeldingen/<application>/eisen/M13/bewijs", "stuk=<version>"),
    post("/mijn/aanmeldingen/{nr}/eisen/{code}/terugnemen", Named(PROVIDER), "/mijn/aanmeldingen/<application>/eisen/M13/terugnemen", "stuk=<version>"),
    post("/mijn/aanmeldingen/{nr}/eisen/{code}/verklaring", Named(PROVIDER), "/mijn/aanmeldingen/<application>/eisen/M14/verklaring", "versie=1&verklaring=Anders"),
    get("/mijn/aanmeldingen/{nr}/indienen", Named(PROVIDER), "/mijn/aanmeldingen/<application>/indienen"),
    post("/mijn/aanmeldingen/{nr}/indienen", Named(SIGNERS), "/mijn/aanmeldingen/<application>/indienen", "sleutel=0123456789abcdef&versie=<seen>"),
    get("/mijn/aanmeldingen/{nr}/ontvangst/{bewijs}", Named(PROVIDER), "/mijn/aanmeldingen/<application>/ontvangst/<application>-1"),
    get("/mijn/aanmeldingen/{nr}/intrekken", Named(&[ProviderAdmin]), "/mijn/aanmeldingen/<application>/intrekken"),
    post("/mijn/aanmeldingen/{nr}/intrekken", Named(&[ProviderAdmin]), "/mijn/aanmeldingen/<application>/intrekken", "versie=<seen>&reden=Toch+niet"),
    get("/mijn/aanmeldingen/{nr}/brieven/{soort}", Named(PROVIDER), "/mijn/aanmeldingen/<application>/brieven/ontvangst"),
    get("/mijn/aanmeldingen/{nr}/brieven/{soort}.pdf", Named(PROVIDER), "/mijn/aanmeldingen/<application>/brieven/ontvangst.pdf"),
    get("/papier", Own(MANAGER), "/papier"),
    post("/papier", Own(MANAGER), "/papier", "procedure=<procedure>&kvk=34567890&naam=Papier"),
    get("/papier/{nr}", Named(MANAGER), "/papier/<paper>"),
    post("/papier/{nr}/gegevens", Named(MANAGER), "/papier/<paper>/gegevens", "naam=Overgenomen"),
    post("/papier/{nr}/bewijs", Named(MANAGER), "/papier/<paper>/bewijs", FILE),
    post("/papier/{nr}/bewijs/{id}/terug", Named(MANAGER), "/papier/<paper>/bewijs/<scan>/terug", ""),
    get("/papier/{nr}/intrekken", Named(MANAGER), "/papier/<paper>/intrekken"),
    post("/papier/{nr}/intrekken", Named(MANAGER), "/papier/<paper>/intrekken", "versie=1&reden=Dubbel"),
    post("/papier/{nr}/vastleggen", Named(MANAGER), "/papier/<paper>/vastleggen", "ontvangen=2026-11-16&sleutel=0123456789abcdef&versie=1"),
    get("/beheer/eisen", Own(OF_MAIL), "/beheer/eisen"),
    get("/beheer/eisen/{code}", Own(OF_MAIL), "/beheer/eisen/M01"),
    get("/beheer/eisen/{code}/teksten", Own(OF_MAIL), "/beheer/eisen/M01/teksten"),
    post("/beheer/eisen/{code}/teksten", Own(OF_MAIL), "/beheer/eisen/M01/teksten", "ingang=2099-01-01&tekst-1=Overgenomen&gezien=x"),
    post("/beheer/eisen/{code}", Own(OF_MAIL), "/beheer/eisen/M01", "versie=0&actie=gevolgen"),
    get("/beheer/procedures", Own(OF_MAIL), "/beheer/procedures"),
    get("/beheer/procedures/nieuw", Own(MANAGER), "/beheer/procedures/nieuw"),
    post("/beheer/procedures/nieuw", Own(MANAGER), "/beheer/procedures/nieuw", PROCEDURE),
    get("/beheer/procedures/{code}/gegevens", Named(MANAGER), "/beheer/procedures/<procedure>/gegevens"),
    post("/beheer/procedures/{code}/gegevens", Named(MANAGER), "/beheer/procedures/<procedure>/gegevens", PROCEDURE),
    get("/beheer/procedures/{code}/publiceren", Named(PUBLISHERS), "/beheer/procedures/<procedure>/publiceren"),
    post("/beheer/procedures/{code}/publiceren", Named(&[ContractManager, DecisionMaker]), "/beheer/procedures/<draft>/publiceren", "versie=1"),
    get("/beheer/procedures/{code}", Named(OF_MAIL), "/beheer/procedures/<procedure>"),
    get("/beheer/procedures/{code}/vragen/publiceren", Named(MANAGER), "/beheer/procedures/<procedure>/vragen/publiceren"),
    post("/beheer/procedures/{code}/vragen/publiceren", Named(MANAGER), "/beheer/procedures/<procedure>/vragen/publiceren", "gezien=x"),
    post("/beheer/procedures/{code}/vragen/{vraag}", Named(MANAGER), "/beheer/procedures/<procedure>/vragen/<question>", "antwoord-<question>=Ja"),
    post("/beheer/procedures/{code}/documenten", Named(MANAGER), "/beheer/procedures/<procedure>/documenten", FILE),
    get("/beheer/procedures/{code}/documenten/{id}", Named(OF_MAIL), "/beheer/procedures/<procedure>/documenten/<document>"),
    post("/beheer/procedures/{code}/documenten/{id}/einde", Named(MANAGER), "/beheer/procedures/<procedure>/documenten/<document>/einde", "laatste-<document>=2099-12-31"),
    get("/beheer/storingen", Own(OF_MAIL), "/beheer/storingen"),
    post("/beheer/storingen", Own(OF_MAIL), "/beheer/storingen", OUTAGE),
    get("/beheer/storingen/{id}", Named(OF_MAIL), "/beheer/storingen/<outage>"),
    post("/beheer/storingen/{id}", Named(OF_MAIL), "/beheer/storingen/<outage>", OUTAGE),
];
