//! Who may enter where: every address of the house, asked for by everybody. What is somebody else's does not exist.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{App, test};
use openhouse::account::Token;
use openhouse::account::store::{NewUser, add_municipality, add_user, make_link, sign_in};
use openhouse::actor::{Actor, Role};
use openhouse::agreement::{Accession, store::accede};
use openhouse::app::manners::{Manners, PATIENCE};
use openhouse::app::routes;
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::mail::sending::Sending;
use openhouse::provider::store::register;
use openhouse::{assessment, procedure, procedure::defaults::defaults};

use crate::ground::{now, sqlite, vault};

/// Everybody who could knock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Nobody,
    Manager,
    Viewer,
    OwnProvider,
    OtherProvider,
    OtherMunicipality,
}

const EVERYBODY: [Who; 6] =
    [Who::Nobody, Who::Manager, Who::Viewer, Who::OwnProvider, Who::OtherProvider, Who::OtherMunicipality];

/// What each of [`EVERYBODY`] gets at an address about provider 1001, in that order.
const TABLE: [(&str, [u16; 6]); 231] = [
    ("/", [200, 303, 303, 303, 303, 303]),
    ("/inloggen", [200, 200, 200, 200, 200, 200]),
    ("/inloggen/code", [303, 303, 303, 303, 303, 303]),
    ("/inloggen/kiezen", [303, 303, 303, 303, 303, 303]),
    ("/inloggen/vergeten", [200, 200, 200, 200, 200, 200]),
    ("/inloggen/instellen", [303, 303, 303, 303, 303, 303]),
    ("/inloggen/instellen/qr.svg", [404, 404, 404, 404, 404, 404]),
    // Where no identity provider is set, nobody is sent to one.
    ("/inloggen/organisatie", [404, 404, 404, 404, 404, 404]),
    ("/inloggen/organisatie/terug", [404, 404, 404, 404, 404, 404]),
    ("/inloggen/uitnodiging/0123456789abcdef/organisatie", [410, 410, 410, 410, 410, 410]),
    ("/inloggen/eherkenning", [404, 404, 404, 404, 404, 404]),
    ("/inloggen/eherkenning/terug", [404, 404, 404, 404, 404, 404]),
    ("/inloggen/uitnodiging/0123456789abcdef/eherkenning", [410, 410, 410, 410, 410, 410]),
    ("/uit/organisatie", [404, 404, 404, 404, 404, 404]),
    ("/uit/organisatie/terug", [404, 404, 404, 404, 404, 404]),
    ("/uit/eherkenning", [404, 404, 404, 404, 404, 404]),
    ("/uit/eherkenning/terug", [404, 404, 404, 404, 404, 404]),
    ("/account/organisatie", [303, 404, 404, 404, 404, 404]),
    ("/account/eherkenning", [303, 404, 404, 404, 404, 404]),
    ("/inloggen/herstelcodes", [303, 303, 303, 303, 303, 303]),
    ("/inloggen/herstelcodes/bestand", [404, 404, 404, 404, 404, 404]),
    ("/wisselen", [303, 200, 200, 200, 200, 200]),
    ("/account", [303, 200, 200, 200, 200, 200]),
    ("/account/wachtwoord", [303, 200, 200, 200, 200, 200]),
    ("/account/herstelcodes", [303, 200, 200, 200, 200, 200]),
    ("/beheer/gebruikers", [303, 403, 403, 403, 403, 403]),
    ("/aanbieders/1001/gebruikers", [303, 403, 403, 403, 404, 404]),
    ("/aanbieders", [303, 200, 200, 200, 200, 200]),
    ("/aanbieders/1001", [303, 200, 200, 200, 404, 404]),
    ("/aanbieders/1001/clienten", [303, 403, 403, 200, 404, 404]),
    ("/aanbieders/1001/kwartalen", [303, 200, 200, 200, 404, 404]),
    ("/aanbieders/1001/kwartalen/2026-3", [303, 200, 200, 200, 404, 404]),
    ("/aanbieders/1001/kwartalen/2026-3/indicatoren/1", [303, 200, 200, 200, 404, 404]),
    ("/aanbieders/1001/kwartalen/2026-3/vaststellen", [303, 200, 403, 403, 403, 404]),
    ("/aanbieders/1001/kwartalen/2026-3/voorleggen", [303, 200, 403, 403, 403, 404]),
    ("/aanbieders/1001/kwartalen/2026-3/reactie", [303, 200, 200, 200, 404, 404]),
    ("/aanbieders/1001/kwartalen/2026-3/reactie/1", [303, 200, 200, 200, 404, 404]),
    ("/aanbieders/1001/kwartalen/2026-3/reactie/1/bewijs/1", [303, 404, 403, 404, 404, 404]),
    ("/aanbieders/1001/kwartalen/2026-3/indicatoren/1/oordeel", [303, 200, 403, 403, 403, 404]),
    // It is not final: there is nothing to correct.
    ("/aanbieders/1001/kwartalen/2026-3/herzien", [303, 303, 403, 403, 403, 404]),
    ("/kwartalen", [303, 200, 200, 403, 403, 200]),
    ("/kwartalen.csv", [303, 200, 200, 403, 403, 200]),
    ("/kwartalen.xlsx", [303, 200, 200, 403, 403, 200]),
    ("/kwartalen/wat-als", [303, 200, 403, 403, 403, 200]),
    ("/aanbieders/1001/kwartalen/2026-3/rapport", [303, 200, 200, 200, 404, 404]),
    ("/aanbieders/1001/kwartalen/2026-3/rapport.pdf", [303, 200, 200, 200, 404, 404]),
    ("/aanbieders/1001/kwartalen/2026-3/opgave", [303, 200, 403, 200, 404, 404]),
    ("/aanbieders/1001/kwartalen/2026-3/opgave/sjabloon", [303, 200, 403, 200, 404, 404]),
    ("/aanbieders/1001/kwartalen/2026-3/regels", [303, 200, 200, 200, 404, 404]),
    ("/aanbieders/1001/verlengingen", [303, 200, 200, 200, 404, 404]),
    ("/kosten-controleren", [303, 403, 403, 403, 403, 403]),
    ("/kosten-controleren/2026-3", [303, 403, 403, 403, 403, 403]),
    ("/uitstroom-en-plaatsing", [303, 403, 403, 403, 403, 403]),
    ("/verlengingen", [303, 403, 403, 403, 403, 403]),
    ("/aanbieders/1001/aanbod", [303, 200, 200, 200, 404, 404]),
    ("/aanbieders/1001/bewijsstukken", [303, 403, 403, 200, 404, 404]),
    ("/aanbieders/1001/bewijsstukken/0123456789abcdef0123456789abcdef", [303, 403, 403, 404, 404, 404]),
    ("/aanbieders/1001/bewijs/0123456789abcdef0123456789abcdef/bestand", [303, 404, 404, 404, 404, 404]),
    ("/aanbieders/1001/bewijs/0123456789abcdef0123456789abcdef/paginas/1", [303, 404, 404, 404, 404, 404]),
    ("/overeenkomsten", [303, 200, 200, 404, 404, 200]),
    ("/overeenkomsten/nieuw", [303, 200, 403, 404, 404, 200]),
    ("/overeenkomsten/tekst", [303, 404, 404, 404, 404, 404]),
    ("/overeenkomsten/tekst/bijlagen", [303, 404, 404, 404, 404, 404]),
    ("/overeenkomsten/tekst/versies/1.pdf", [303, 404, 404, 404, 404, 404]),
    ("/overeenkomsten/tekst/versies/1.docx", [303, 404, 404, 404, 404, 404]),
    ("/overeenkomsten/tekst/versies/1", [303, 404, 404, 404, 404, 404]),
    ("/overeenkomsten/tekst/versies/1/wijzigingen", [303, 404, 404, 404, 404, 404]),
    ("/overeenkomsten/tekst/versies/1/wijzigingen.pdf", [303, 404, 404, 404, 404, 404]),
    ("/overeenkomsten/tekst/versies/1/schrijven", [303, 404, 403, 404, 404, 404]),
    ("/overeenkomsten/tekst/versies/1/artikelen/1", [303, 404, 403, 404, 404, 404]),
    ("/overeenkomsten/tekst/versies/1/inlezen", [303, 404, 403, 404, 404, 404]),
    ("/overeenkomsten/tekst/versies/1/voorleggen", [303, 404, 404, 404, 404, 404]),
    ("/overeenkomsten/tekst/versies/1/terugnemen", [303, 404, 404, 404, 404, 404]),
    ("/overeenkomsten/tekst/versies/1/vaststellen", [303, 404, 404, 404, 404, 404]),
    ("/mijn/overeenkomst", [303, 403, 403, 200, 200, 403]),
    ("/mijn/overeenkomst/tekst", [303, 403, 403, 404, 404, 403]),
    ("/mijn/overeenkomst/tekst/bijlagen", [303, 403, 403, 404, 404, 403]),
    ("/mijn/overeenkomst/tekst/versies/1.pdf", [303, 403, 403, 404, 404, 403]),
    ("/mijn/overeenkomst/tekst/versies/1", [303, 403, 403, 404, 404, 403]),
    ("/mijn/overeenkomst/tekst/versies/1/wijzigingen", [303, 403, 403, 404, 404, 403]),
    ("/mijn/overeenkomst/tekst/versies/1/wijzigingen.pdf", [303, 403, 403, 404, 404, 403]),
    ("/gemeenten/noordermeer/overeenkomsten/tekst", [404, 404, 404, 404, 404, 404]),
    ("/gemeenten/noordermeer/overeenkomsten/tekst/bijlagen", [404, 404, 404, 404, 404, 404]),
    ("/gemeenten/noordermeer/overeenkomsten/tekst/versies/1.pdf", [404, 404, 404, 404, 404, 404]),
    ("/gemeenten/noordermeer/overeenkomsten/tekst/versies/1", [404, 404, 404, 404, 404, 404]),
    ("/gemeenten/noordermeer/overeenkomsten/tekst/versies/1/wijzigingen", [404, 404, 404, 404, 404, 404]),
    ("/indexaties", [303, 200, 200, 403, 403, 200]),
    ("/indexaties/1", [303, 404, 404, 403, 403, 404]),
    ("/indexaties/1/voorstel.pdf", [303, 404, 404, 403, 403, 404]),
    ("/indexaties/1/voorstel.xlsx", [303, 404, 404, 403, 403, 404]),
    ("/looptijden", [303, 200, 200, 403, 403, 200]),
    ("/aanbieders/1001/overeenkomst", [303, 303, 303, 404, 404, 404]),
    ("/aanbieders/1001/overeenkomst/1", [303, 200, 200, 404, 404, 404]),
    ("/aanbieders/1001/overeenkomst/1/handelingen/clientenstop", [303, 200, 403, 404, 404, 404]),
    ("/aanbieders/1001/overeenkomst/1/overdracht", [303, 404, 404, 404, 404, 404]),
    ("/aanbieders/1001/overeenkomst/1/onderaannemers", [303, 200, 200, 404, 404, 404]),
    ("/aanbieders/1001/overeenkomst/1/brieven/1", [303, 404, 404, 404, 404, 404]),
    ("/aanbieders/1001/overeenkomst/1/brieven/1.pdf", [303, 404, 404, 404, 404, 404]),
    ("/mijn/looptijd", [303, 403, 403, 303, 200, 403]),
    ("/mijn/looptijd/1", [303, 404, 404, 200, 404, 404]),
    ("/mijn/looptijd/1/handelingen/opzeggen", [303, 404, 404, 403, 404, 404]),
    ("/mijn/looptijd/1/overdracht", [303, 404, 404, 404, 404, 404]),
    ("/mijn/looptijd/1/onderaannemers", [303, 404, 404, 200, 404, 404]),
    ("/mijn/looptijd/1/brieven/1", [303, 404, 404, 404, 404, 404]),
    ("/mijn/looptijd/1/brieven/1.pdf", [303, 404, 404, 404, 404, 404]),
    ("/werkvoorraad", [303, 200, 200, 403, 403, 200]),
    ("/werkvoorraad/verzoeken/1", [303, 404, 403, 403, 403, 404]),
    ("/mijn/verzoeken", [303, 403, 403, 403, 403, 403]),
    ("/mijn/verzoeken/1", [303, 403, 403, 403, 403, 403]),
    ("/beheer/procedures/nieuw", [303, 200, 403, 403, 403, 200]),
    ("/beheer/procedures/re-integratie/gegevens", [303, 404, 403, 403, 403, 404]),
    ("/beheer/procedures/re-integratie/publiceren", [303, 404, 403, 403, 403, 404]),
    ("/beheer/procedures/re-integratie/status", [303, 404, 403, 403, 403, 404]),
    ("/papier/2026-0001/intrekken", [303, 404, 403, 403, 403, 404]),
    ("/kwaliteitseisen/M09/beoordelen", [303, 200, 200, 403, 403, 404]),
    ("/kwaliteitseisen/M99/beoordelen", [303, 404, 404, 403, 403, 404]),
    ("/aanmeldingen/2026-0001", [303, 404, 404, 403, 403, 404]),
    ("/aanmeldingen/2026-0001/gegevens", [303, 404, 404, 403, 403, 404]),
    ("/aanmeldingen/2026-0001/eisen/M09", [303, 404, 404, 403, 403, 404]),
    ("/aanmeldingen/2026-0001/bewijs/0123456789abcdef0123456789abcdef/bestand", [303, 404, 403, 403, 403, 404]),
    ("/aanmeldingen/2026-0001/bewijs/0123456789abcdef0123456789abcdef/paginas/1", [303, 404, 403, 403, 403, 404]),
    ("/aanmeldingen/2026-0001/bewijs/0123456789abcdef0123456789abcdef/vergelijken", [303, 404, 403, 403, 403, 404]),
    ("/aanmeldingen/2026-0001/aanvulling", [303, 404, 404, 403, 403, 404]),
    ("/aanmeldingen/2026-0001/handelingen/advies", [303, 404, 404, 403, 403, 404]),
    ("/papier", [303, 200, 403, 403, 403, 200]),
    ("/papier/2026-0001", [303, 404, 403, 403, 403, 404]),
    ("/beheer/eisen", [303, 200, 403, 403, 403, 200]),
    ("/beheer/eisen/nieuw", [303, 200, 403, 403, 403, 200]),
    ("/beheer/eisen/M13", [303, 200, 403, 403, 403, 404]),
    ("/beheer/eisen/M13/teksten", [303, 200, 403, 403, 403, 404]),
    ("/beheer/eisen/alle/teksten", [303, 200, 403, 403, 403, 200]),
    ("/beheer/producten", [303, 200, 403, 403, 403, 200]),
    ("/beheer/producten/matrix", [303, 200, 403, 403, 403, 200]),
    ("/beheer/producten/RE-JC", [303, 404, 403, 403, 403, 404]),
    ("/beheer/producten/nieuw/versie", [303, 200, 403, 403, 403, 200]),
    ("/gemeenten/noordermeer/producten", [404, 404, 404, 404, 404, 404]),
    ("/overeenkomsten/re-integratie-2027/aanbod", [303, 404, 404, 403, 403, 404]),
    ("/overeenkomsten/re-integratie-2027/aanbod/1", [303, 404, 404, 403, 403, 404]),
    ("/toetreding", [303, 200, 200, 403, 403, 200]),
    ("/toetreding/tekenen", [303, 403, 403, 403, 403, 403]),
    ("/toetreding/1", [303, 404, 404, 403, 403, 404]),
    ("/toetreding/1/bestand", [303, 404, 404, 403, 403, 404]),
    ("/toetreding/1/bestand/paginas/1", [303, 404, 404, 403, 403, 404]),
    ("/toetreding/1/overeenkomst.pdf", [303, 404, 404, 404, 404, 404]),
    ("/mijn/overeenkomst/1/om-te-tekenen.pdf", [303, 403, 403, 404, 404, 403]),
    ("/mijn/overeenkomst/1/overeenkomst.pdf", [303, 403, 403, 404, 404, 403]),
    ("/toetreding/1/bewijs.pdf", [303, 404, 404, 404, 404, 404]),
    ("/mijn/overeenkomst/1/tekenen", [303, 403, 403, 404, 404, 403]),
    ("/mijn/overeenkomst/1/weigeren", [303, 403, 403, 404, 404, 403]),
    ("/mijn/overeenkomst/1/getekend-bestand", [303, 403, 403, 404, 404, 403]),
    ("/mijn/overeenkomst/1/ontvangst", [303, 403, 403, 404, 404, 403]),
    ("/mijn/overeenkomst/1/bewijs.pdf", [303, 403, 403, 404, 404, 403]),
    ("/beheer/procedures", [303, 200, 403, 403, 403, 200]),
    ("/beheer/procedures/re-integratie", [303, 404, 403, 403, 403, 404]),
    ("/beheer/procedures/re-integratie/vragen/publiceren", [303, 404, 403, 403, 403, 404]),
    ("/beheer/procedures/re-integratie/documenten/1", [303, 404, 403, 403, 403, 404]),
    ("/beheer/storingen", [303, 200, 403, 403, 403, 200]),
    ("/beheer/storingen/1", [303, 404, 403, 403, 403, 404]),
    ("/beheer/mail", [303, 200, 403, 403, 403, 200]),
    ("/beheer/mailteksten", [303, 200, 403, 403, 403, 200]),
    ("/beheer/mailteksten/E02", [303, 200, 403, 403, 403, 200]),
    ("/gemeenten/noordermeer", [404, 404, 404, 404, 404, 404]),
    ("/mijn", [303, 403, 403, 200, 200, 403]),
    ("/mijn/berichten", [303, 403, 403, 200, 200, 403]),
    ("/mijn/aanmeldingen/2026-0001", [303, 403, 403, 404, 404, 403]),
    ("/gemeenten/noordermeer/eisen", [404, 404, 404, 404, 404, 404]),
    ("/gemeenten/noordermeer/documenten", [404, 404, 404, 404, 404, 404]),
    ("/gemeenten/noordermeer/documenten/1", [404, 404, 404, 404, 404, 404]),
    ("/gemeenten/noordermeer/vragen", [404, 404, 404, 404, 404, 404]),
    ("/planning", [303, 200, 200, 404, 404, 200]),
    ("/planning/re-integratie", [303, 404, 404, 404, 404, 404]),
    ("/planning/re-integratie/activiteiten/1", [303, 404, 403, 404, 404, 404]),
    ("/begroting", [303, 303, 403, 404, 404, 303]),
    ("/begroting/2026", [303, 200, 403, 404, 404, 200]),
    ("/begroting/2026/aanbieders", [303, 200, 403, 404, 404, 200]),
    ("/begroting/2026/bronnen/nieuw", [303, 200, 403, 404, 404, 200]),
    ("/begroting/2026/overige-kosten", [303, 200, 403, 404, 404, 200]),
    ("/begroting/2026/overige-kosten/1", [303, 404, 403, 404, 404, 404]),
    ("/begroting/2026/regels", [303, 200, 403, 404, 404, 200]),
    ("/begroting/2026/verplicht", [303, 200, 403, 404, 404, 200]),
    ("/begroting/2026/plaatsen", [303, 200, 403, 404, 404, 200]),
    ("/begroting/2026/wachtlijst/1", [303, 404, 403, 404, 404, 404]),
    ("/begroting/2026/uitvoer", [303, 200, 403, 404, 404, 200]),
    ("/begroting/2026/uitvoer/regels.csv", [303, 200, 403, 404, 404, 200]),
    ("/besluiten", [303, 200, 200, 404, 404, 200]),
    ("/besluiten.csv", [303, 200, 200, 404, 404, 200]),
    ("/besluiten.xlsx", [303, 200, 200, 404, 404, 200]),
    ("/besluiten/nieuw", [303, 200, 403, 404, 404, 200]),
    ("/besluiten/1", [303, 404, 404, 404, 404, 404]),
    ("/besluiten/1/verbeteren", [303, 404, 403, 404, 404, 404]),
    ("/mijn/registergegevens", [303, 403, 403, 200, 200, 403]),
    ("/gemeenten/noordermeer/register.json", [404, 404, 404, 404, 404, 404]),
    ("/gemeenten/noordermeer/register.csv", [404, 404, 404, 404, 404, 404]),
    ("/gemeenten/noordermeer/register", [404, 404, 404, 404, 404, 404]),
    ("/gemeenten/noordermeer/aanmelden", [404, 404, 404, 404, 404, 404]),
    ("/mijn/alles", [303, 403, 403, 403, 403, 403]),
    ("/mijn/alles/bestand", [303, 403, 403, 403, 403, 403]),
    ("/mijn/berichten/1", [303, 404, 404, 404, 404, 404]),
    ("/mijn/aanmeldingen/2026-0001/stappen/aanbod", [303, 403, 403, 404, 404, 403]),
    ("/mijn/aanmeldingen/2026-0001/eisen/M07", [303, 403, 403, 404, 404, 403]),
    ("/mijn/aanmeldingen/2026-0001/indienen", [303, 403, 403, 404, 404, 403]),
    ("/mijn/aanmeldingen/2026-0001/ontvangst/2026-0001-1", [303, 403, 403, 404, 404, 403]),
    ("/mijn/aanmeldingen/2026-0001/intrekken", [303, 403, 403, 404, 404, 403]),
    ("/tafels", [303, 200, 200, 403, 403, 200]),
    ("/tafels/nieuw", [303, 200, 403, 403, 403, 200]),
    ("/tafels/1", [303, 404, 404, 403, 403, 404]),
    ("/tafels/1/berichten", [303, 404, 404, 403, 403, 404]),
    ("/tafels/1/berichten.csv", [303, 404, 404, 403, 403, 404]),
    ("/tafels/1/deelnemers", [303, 404, 404, 403, 403, 404]),
    ("/tafels/1/bijeenkomsten/nieuw", [303, 404, 404, 403, 403, 404]),
    ("/tafels/1/bijeenkomsten/1", [303, 404, 404, 403, 403, 404]),
    ("/tafels/1/bijeenkomsten/1/agenda.ics", [303, 404, 404, 403, 403, 404]),
    ("/tafels/1/voorstellen/nieuw", [303, 404, 404, 403, 403, 404]),
    ("/tafels/1/voorstellen/1", [303, 404, 404, 403, 403, 404]),
    ("/tafels/1/voorstellen/1/besluit", [303, 404, 404, 403, 403, 404]),
    ("/mijn/tafels", [303, 403, 403, 200, 200, 403]),
    ("/mijn/tafels/1", [303, 403, 403, 404, 404, 403]),
    ("/mijn/tafels/1/berichten", [303, 403, 403, 404, 404, 403]),
    ("/mijn/tafels/1/bijeenkomsten/1", [303, 403, 403, 404, 404, 403]),
    ("/mijn/tafels/1/bijeenkomsten/1/agenda.ics", [303, 403, 403, 404, 404, 403]),
    ("/mijn/tafels/1/voorstellen/nieuw", [303, 403, 403, 404, 404, 403]),
    ("/mijn/tafels/1/voorstellen/1", [303, 403, 403, 404, 404, 403]),
    ("/tafel/0123456789abcdef", [410, 410, 410, 410, 410, 410]),
    ("/tafel/0123456789abcdef/berichten", [410, 410, 410, 410, 410, 410]),
    ("/tafel/0123456789abcdef/bijeenkomsten/1", [410, 410, 410, 410, 410, 410]),
    ("/tafel/0123456789abcdef/bijeenkomsten/1/agenda.ics", [410, 410, 410, 410, 410, 410]),
    ("/tafel/0123456789abcdef/voorstellen/nieuw", [410, 410, 410, 410, 410, 410]),
    ("/tafel/0123456789abcdef/voorstellen/1", [410, 410, 410, 410, 410, 410]),
    ("/toegankelijkheid", [200, 200, 200, 200, 200, 200]),
    ("/.well-known/security.txt", [200, 200, 200, 200, 200, 200]),
    ("/aanbieders/4711", [303, 404, 404, 404, 404, 404]),
];

#[actix_web::test]
async fn what_is_somebody_elses_does_not_exist() {
    let ground = sqlite();
    let folder = tempfile::tempdir().unwrap();
    let files = Files::open(&folder.path().join("files")).unwrap();
    let house = House::open(
        ground.db.clone(),
        files,
        vault(),
        Uploads::new(1024 * 1024, Scan::Off).unwrap(),
        Sending::default(),
        "http://127.0.0.1:8080",
    );
    let keys = people(&house);
    let manners = Manners::new("127.0.0.1:8080".parse().unwrap(), 50, PATIENCE);
    let app =
        test::init_service(App::new().app_data(Data::new(house)).app_data(Data::new(manners)).configure(routes)).await;
    let mut wrong = Vec::new();
    for (address, expected) in TABLE {
        for (who, expected) in EVERYBODY.into_iter().zip(expected) {
            let mut request = test::TestRequest::get().uri(address);
            if let Some((_, key)) = keys.iter().find(|(one, _)| *one == who) {
                request = request.insert_header(("cookie", format!("openhouse={}", key.as_str())));
            }
            let status = test::call_service(&app, request.to_request()).await.status();
            if status != StatusCode::from_u16(expected).unwrap() {
                wrong.push(format!("{who:?} at {address}: {status}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Two municipalities, two providers with the first, a judged quarter of provider 1001, and a session for each person.
pub fn people(house: &House) -> Vec<(Who, Token)> {
    // Sessions begin now: the house reads the clock.
    let present = chrono::Utc::now().naive_utc();
    let made: Result<_, diesel::result::Error> = house.db.write(|conn| {
        let here = add_municipality(conn, &Actor::installer(), now(), "Noordermeer")?;
        let there = add_municipality(conn, &Actor::installer(), now(), "Zuidermeer")?;
        let actor = Actor::system(here);
        procedure::store::install(conn, &actor, defaults())?;
        let own = register(conn, &actor, now(), &"90009001".parse().unwrap(), "Eigen Weg", 1001)?;
        let other = register(conn, &actor, now(), &"90009002".parse().unwrap(), "Andere Weg", 1002)?;
        let accession = Accession {
            id: 0,
            provider_id: own.id,
            number: "2025-001".into(),
            version: 1,
            active_from: "2025-01-01".parse().unwrap(),
            active_until: None,
        };
        accede(conn, &actor, now(), &accession, &[])?;
        assessment::store::assess_all(conn, &actor, now(), "2026-3".parse().unwrap())?;
        let seats = [
            (Who::Manager, Role::ContractManager, here, None),
            (Who::Viewer, Role::Viewer, here, None),
            (Who::OwnProvider, Role::ProviderUser, here, Some(own.id)),
            (Who::OtherProvider, Role::ProviderUser, here, Some(other.id)),
            (Who::OtherMunicipality, Role::ContractManager, there, None),
        ];
        let mut keys = Vec::new();
        for (place, (who, role, municipality_id, provider_id)) in seats.into_iter().enumerate() {
            let email = format!("persoon{place}@voorbeeld.example");
            let user = NewUser { name: "Iemand", email: &email, role, municipality_id, provider_id };
            let grant = add_user(conn, &actor, now(), &user)?;
            let (token, key) = (Token::new().unwrap(), Token::new().unwrap());
            make_link(conn, present, grant, &token)?;
            sign_in(conn, present, "test", &token, &key)?.expect("the link is good");
            keys.push((who, key));
        }
        Ok(keys)
    });
    made.unwrap()
}
