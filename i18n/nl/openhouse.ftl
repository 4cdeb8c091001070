# Open House, de Nederlandse teksten. B1, "u", kort, zeg wat de lezer kan doen.
product-name = Open House

## config
config-about-database-url = Waar de gegevens staan: een bestand (SQLite) of een PostgreSQL-server.
config-about-files = De map voor bewijsstukken, opgaven en rapporten.
config-about-listen = Het adres en de poort waarop de webtoepassing luistert.
config-about-public-url = Het adres dat gebruikers intypen; het staat in links en mails. Leeg gelaten: http:// met het luisteradres.
config-about-log-level = Hoeveel er in het logboek komt: error, warn, info, debug of trace.
config-about-lang = De taal van de opdrachten en van nieuwe rapporten: nl of en.
config-expected-database-url = sqlite:PAD of postgres://gebruiker:wachtwoord@server/naam
config-expected-files = file:MAP
config-expected-listen = een IP-adres met poort, zoals 127.0.0.1:8080
config-expected-public-url = een adres zonder pad, zoals https://openhouse.voorbeeld.nl
config-expected-log-level = error, warn, info, debug of trace
config-expected-lang = nl of en
config-source-flag = optie { $name }
config-source-env = omgevingsvariabele { $name }
config-source-secret-file = bestand { $path } (uit { $name })
config-source-file = { $path }, regel { $line }
config-source-default = standaardwaarde
config-hidden = (verborgen)
config-fault-unknown = { $what } bestaat niet.
config-fault-nearest = { $what } bestaat niet. Bedoelt u { $nearest }?
config-fault-unfit = { $source }: { $key } is { $found }. Verwacht: { $expected }.
config-fault-twice = { $first } en { $second } zijn allebei ingevuld. Laat er één weg.
config-fault-unreadable = { $path } kan niet worden gelezen: { $cause }
config-fault-toml = { $path }, regel { $line }: dit is geen geldige TOML. { $cause }
## facts
facts-fault-empty = Het bestand is leeg. Geef een JSON-bestand met kwartaalfeiten.
facts-fault-not-utf8 = Het bestand is geen UTF-8 (byte { $byte }). Sla het opnieuw op als UTF-8.
facts-fault-truncated = Het bestand stopt halverwege. Maak het opnieuw of stuur het nog een keer.
facts-fault-not-json = Dit is geen geldige JSON: regel { $line }, teken { $column }.
facts-fault-number-too-large = Er staat een te groot getal op regel { $line }, teken { $column }.
facts-fault-too-deep = De lijsten en objecten zitten te diep in elkaar. Dit zijn geen kwartaalfeiten.
facts-fault-unknown = { $path }: dit veld is niet bekend. Haal het weg.
facts-fault-unknown-nearest = { $path }: dit veld is niet bekend. Bedoelt u { $nearest }?
facts-fault-missing = { $path }: dit veld moet ingevuld zijn.
facts-fault-duplicate = { $path }: dit veld staat er twee keer. Laat er één staan.
facts-fault-not-expected = { $path }: hier hoort { $expected }, er staat { $found }.
facts-fault-whole-not-expected = Het bestand hoort { $expected } te zijn, er staat { $found }.
facts-fault-unreadable = Het bestand kan niet gelezen worden: { $detail }.
facts-fault-below-indicative = { $path }: dit getal moet minstens { $least } zijn, net als small.indicative_below.
facts-expected-text = een tekst
facts-expected-date = een datum die bestaat, als JJJJ-MM-DD
facts-expected-quarter = een kwartaal, als 2026-Q3
facts-expected-kvk = een KvK-nummer van acht cijfers
facts-expected-flag = true of false
facts-expected-whole = een heel getal van { $from } tot en met { $to }
facts-expected-whole-or-null = een heel getal van { $from } tot en met { $to }, of null
facts-expected-exactly = "{ $word }"
facts-expected-one-of = een van deze codes: { $words }
facts-expected-list = een lijst […]
facts-expected-object = een object {"{"}…{"}"}
## report
report-page-of = pagina { $page } van { $count }
report-show-table = Toon als tabel
report-target = Norm
report-result = Resultaat
report-amount = Bedrag
report-month-column = Maand
report-indicator = Indicator
report-month = { $month ->
    [m1] januari
    [m2] februari
    [m3] maart
    [m4] april
    [m5] mei
    [m6] juni
    [m7] juli
    [m8] augustus
    [m9] september
    [m10] oktober
    [m11] november
   *[m12] december
 }
report-date = { $day } { $month } { $year }
report-date-time = { $date }, { $time } uur
report-quarter-name = { $number }e kwartaal { $year }
report-quarter-range = { $name } ({ $from } t/m { $until })
report-quarter-short = K{ $number } { $year }
report-of = { $numerator } van { $denominator }
report-none = geen zaken
report-verdict = { $verdict ->
    [met] Gehaald
    [attention] Aandachtspunt
    [missed] Niet gehaald
    [not_applicable] N.v.t.
   *[monitored] Monitoren
 }
report-title = Kwartaalrapport { $provider }, { $quarter }
report-header = { $municipality } · Kwartaalrapport · { $status }
report-footer = { $provider } · { $quarter } · versie { $version }
report-provisional = voorlopig
report-final = vastgesteld
report-fact-municipality = Gemeente
report-fact-provider = Aanbieder
report-fact-kvk = KvK-nummer
report-fact-agreement = Overeenkomst
report-agreement = { $name }, versie { $version }
report-fact-quarter = Kwartaal
report-fact-status = Status
report-status-provisional = Voorlopig
report-status-final = Vastgesteld op { $date }
report-fact-version = Versie van dit rapport
report-fact-statement = Kwartaalopgave
report-statement-in-time = Ontvangen op { $received }, op tijd (uiterlijk { $due })
report-statement-late = Ontvangen op { $received }, te laat (uiterlijk { $due })
report-statement-missing = Niet ontvangen (uiterlijk { $due })
report-fact-made-on = Gemaakt op
report-fact-web = Ook als webpagina
report-fact-personal-data = Bevat persoonsgegevens
report-no = nee
report-note-provisional = Dit rapport is voorlopig
report-note-provisional-text = De oordelen zijn berekende voorstellen. De aanbieder kan nog reageren. Een oordeel geldt pas als de gemeente het heeft vastgesteld.
report-note-missing = Er is geen kwartaalopgave ontvangen
report-note-missing-text = De opgave moest op { $due } binnen zijn. De cijfers hieronder gaan alleen over wat de gemeente zelf weet.
report-indicators = Prestatie-indicatoren
report-indicators-intro = Elk resultaat is een deel van de zaken die in dit kwartaal meetellen. Een vol vlak om het oordeel betekent: vastgesteld. Een gestippelde rand betekent: berekend voorstel.
report-indicators-caption = De tien prestatie-indicatoren, resultaat en oordeel
report-indicators-summary = Eén rij per indicator, met nummer, naam, norm, resultaat, oordeel en het resultaat over de laatste vier kwartalen samen.
report-number = Nr.
report-verdict-column = Oordeel
report-rolling-column = Vier kwartalen
report-strict = Zonder uitsluitingen: { $share } ({ $percentage })
report-label-indicative = Indicatief: minder dan 5 zaken
report-label-small = Klein aantal: minder dan 10 zaken
report-decision-proposed = voorstel
report-decision-overridden = vastgesteld; berekend: { $verdict }
report-bars-title = Resultaat en norm per indicator
report-bars-sentence = De balk is het resultaat van dit kwartaal. Het streepje is de norm. Geen balk: er was niets te tellen.
report-bars-alt = Staafdiagram met het resultaat en de norm per indicator.
report-bars-alt-row = { $number }, { $name }: resultaat { $result }, norm { $target }, { $verdict }.
report-no-target = geen
report-trend-title = Verloop over de kwartalen
report-trend-sentence = Elke lijn loopt van 0 tot 100%. De stippellijn is de norm. Een onderbroken lijn betekent: in dat kwartaal viel er niets te tellen.
report-trend-alt = Lijndiagrammen met het resultaat per indicator en per kwartaal.
report-trend-alt-row = { $number }, { $name }: { $points }.
report-explanations = Toelichting en reacties
report-no-explanations = Bij dit kwartaal is geen toelichting of reactie gegeven.
report-reason = Motivering:
report-reaction = Reactie van de aanbieder:
report-duties = Andere plichten
report-duties-intro = Deze plichten staan naast de indicatoren. Er hoort geen oordeel bij.
report-duties-caption = Plichten naast de indicatoren
report-duties-summary = Eén rij per plicht, met het aantal keer dat eraan is voldaan.
report-duty = Plicht
report-duty-done = Voldaan
report-exclusions = Uitgesloten zaken
report-exclusions-caption = Zaken die niet meetellen, per code
report-exclusions-summary = Eén rij per code, met de betekenis en het aantal zaken.
report-no-exclusions = Alle zaken tellen mee. Er is niets uitgesloten.
report-code = Code
report-meaning = Betekenis
report-count = Aantal
report-costs = Kosten
report-costs-caption = Kosten per product en per maand, zonder btw, tegenover het vorige kwartaal
report-costs-summary = Eén rij per product, met de drie maanden, het kwartaal, het vorige kwartaal en het verschil. De laatste rij is het totaal.
report-no-costs = Er zijn geen kosten opgegeven, in dit kwartaal en in het vorige.
report-product = Product
report-this-quarter = Dit kwartaal
report-previous-quarter = Vorig kwartaal
report-difference = Verschil
report-total = Totaal
report-months-title = Kosten per maand
report-months-sentence = Bedragen in hele euro's, zonder btw. De donkere balken zijn de maanden van dit kwartaal.
report-months-alt = Staafdiagram met de kosten per maand.
report-months-alt-row = { $month }: { $amount }.
report-expiring = Verloopt binnen 90 dagen
report-expiring-caption = Wat verloopt, het eerste bovenaan
report-expiring-summary = Eén rij per stuk, met de dag waarop het verloopt.
report-no-expiring = Binnen 90 dagen na het einde van het kwartaal verloopt er niets.
report-what = Wat
report-expires-on = Verloopt op
report-vogs = VOG
report-vog-persons = Personen met klantcontact
report-vog-valid = Met een geldige VOG
report-vog-renew = Te vernieuwen binnen 90 dagen
report-complaints = Klachten
report-complaints-caption = Klachten die in dit kwartaal zijn ontvangen
report-complaints-summary = Eén rij per soort klacht, met het aantal.
report-no-complaints = In dit kwartaal is geen klacht ontvangen.
report-category = Soort
report-actions = Open acties
report-actions-caption = Wat nog moet gebeuren, het eerste bovenaan
report-actions-summary = Eén rij per actie, met wie het doet en de uiterste dag.
report-no-actions = Er zijn geen open acties.
report-action = Actie
report-owner = Wie
report-due-on = Uiterlijk
report-annex = Bijlage: wat is geteld, en hoe
report-definitions = Definities
report-definitions-caption = Wat elke indicator telt
report-definitions-summary = Eén rij per indicator, met nummer, naam en wat er wordt geteld.
report-definition = Wat wordt geteld
report-settings = Instellingen
report-settings-intro-same = Alle instellingen zijn de standaard.
report-settings-intro-different = Waar 'anders' staat, wijkt de instelling af van de standaard.
report-settings-caption = Instellingen waarmee dit rapport is gemaakt
report-settings-summary = Eén rij per instelling, met de gebruikte waarde, de standaard en of die twee verschillen.
report-setting = Instelling
report-used = Gebruikt
report-default = Standaard
report-different = anders
report-same = gelijk
report-compared = Vergeleken
report-frozen = Vastlegging
report-frozen-intro = Met deze gegevens kan iedereen het rapport narekenen. De SHA-256 hoort bij de vastgelegde beoordeling.
report-engine = Rekenregels
report-sha256 = SHA-256
report-not-frozen = Nog niet vastgelegd
report-document-id = Kenmerk
## page: het raam om elke pagina
page-skip = Naar de inhoud
page-municipality = Gemeente { $name }
page-main-menu = Hoofdmenu
page-crumbs = Kruimelpad
page-menu-providers = Aanbieders
page-menu-organisation = Uw organisatie
page-menu-statement = Kwartaalopgave
page-sign-in = Inloggen
page-sign-out = Uitloggen
page-version = Open House, versie { $version }
page-licence = Open source, licentie EUPL-1.2
page-tabs = Aanbieder
page-tab-overview = Overzicht
page-tab-quarters = Kwartalen
page-errors =
    { $count ->
        [one] Er is 1 probleem
       *[other] Er zijn { $count } problemen
    }
page-error-word = Fout
page-other-quarter = Ander kwartaal
page-paging = Bladeren
page-previous = Vorige
page-next = Volgende
page-by = door { $name }
page-search = Zoeken
page-search-providers = Zoek een aanbieder
page-reference = Uw referentienummer:
page-to-start = Naar het begin
page-try-again = Probeer het opnieuw
page-back-to-form = Terug
page-show-current = Bekijk hoe het nu is
page-bad-request = Wij kunnen dit verzoek niet lezen
page-bad-request-advice = Er is niets opgeslagen. Ga terug en probeer het opnieuw.
page-not-allowed = U heeft hier geen toegang
page-not-allowed-advice = Vraag de contractmanager van de gemeente om toegang.
page-not-allowed-ask = Vraag { $who } om toegang.
page-not-found = Deze pagina bestaat niet
page-not-found-advice = Misschien is het adres verkeerd getypt, of is de pagina verplaatst.
page-not-found-search = Misschien is het adres verkeerd getypt. Zoek hieronder de aanbieder die u wilt zien.
page-conflict = Dit is intussen gewijzigd
page-conflict-by = Intussen gewijzigd door { $by }
page-conflict-advice = Wat u deed, is niet opgeslagen. Bekijk eerst hoe het nu is. Doe het daarna opnieuw als dat nog nodig is.
page-too-large = Dit bestand is te groot
page-too-large-advice = Een bestand mag hoogstens { $limit } MB zijn. Er is niets opgeslagen.
page-wrong-type = Dit soort bestand kunnen wij niet lezen
page-wrong-type-advice = Lever een XLSX-bestand in, een ZIP-bestand of losse CSV-bestanden. Er is niets opgeslagen.
page-broken = Er ging iets mis bij ons
page-broken-advice = Er is niets opgeslagen. Probeer het opnieuw. Blijft het misgaan, geef dan het nummer hieronder door aan de gemeente.
page-busy = Het is nu te druk
page-busy-advice = Er is niets opgeslagen. Wacht een minuut en probeer het opnieuw.

## desk: pagina's over alle hoofdstukken
desk-providers = Aanbieders
desk-alphabetical = Op alfabet. Aanbieders worden nooit op resultaat geordend.
desk-search = Zoek een aanbieder
desk-search-hint = Naam, KvK-nummer of nummer bij de gemeente
desk-quarter = Kwartaal
desk-show = Toon
desk-show-all = Toon alle aanbieders
desk-none-yet = Nog geen aanbieders
desk-none-yet-advice = Hier komen de aanbieders met wie de gemeente een overeenkomst heeft. Lees ze in met: openhouse import providers BESTAND.
desk-none-found = Geen aanbieder gevonden voor “{ $query }”
desk-none-found-advice = Zoek op een deel van de naam, of op het KvK-nummer van acht cijfers.
desk-found =
    { $count ->
        [one] 1 aanbieder, { $quarter }
       *[other] { $count } aanbieders, { $quarter }
    }
desk-provider = Aanbieder
desk-number = nummer { $number }
desk-own-number = Nummer
desk-kvk = KvK-nummer
desk-kvk-line = KvK { $kvk }
desk-agreement = Overeenkomst
desk-no-agreement = geen overeenkomst
desk-no-agreement-yet = Er is nog geen overeenkomst.
desk-agreement-line = Deelovereenkomst { $number }, versie { $version }
desk-agreement-number = Nummer
desk-agreement-version = Versie
desk-agreement-ahead = Gaat nog in
desk-agreement-active = Actief
desk-agreement-ended = Beëindigd
desk-statement = Kwartaalopgave
desk-state = Stand
desk-report = Rapport
desk-report-read = Lees het rapport
desk-no-report = nog niet
desk-newest-quarters = Laatste kwartalen
desk-all-quarters = Alle kwartalen
desk-quarters = Kwartalen
desk-quarters-of = Kwartalen van { $name }
desk-no-quarters = Nog geen kwartalen. Het eerste verschijnt hier als er een overeenkomst is.
desk-products = Producten en tarieven
desk-no-products = Er zijn nog geen producten afgesproken.
desk-product = Product
desk-tariff = Tarief
desk-unit = Eenheid
desk-valid-from = Geldig vanaf
desk-organisation = Organisatie
desk-legal-form = Rechtsvorm
desk-place = Plaats
desk-contact = Contactpersoon
desk-email = E-mail
desk-phone = Telefoon
desk-from = Vanaf
desk-until = Tot en met
desk-no-end = zonder einde
desk-profiles = Cliëntprofielen

## statement: de kwartaalopgave op het scherm
statement-received = Ontvangen { $day }
statement-late = Te laat, { $day }
statement-expected = Nog niet, uiterlijk { $day }
statement-overdue = Niet ontvangen, was { $day }
statement-line-received = Opgave ontvangen op { $day }
statement-line-late = Opgave te laat ontvangen, op { $day }
statement-line-expected = Opgave uiterlijk { $day }
statement-line-overdue = Geen opgave ontvangen, uiterste dag was { $day }

## assessment: het kwartaal, de oordelen en de dossiers erachter
assessment-at-municipality = Bij de gemeente
assessment-hand-in = Opgave indienen
assessment-awaiting = Wacht op opgave
assessment-received = Nog te berekenen
assessment-to-finalise = Vast te stellen
assessment-to-judge =
    { $count ->
        [one] 1 oordeel nodig
       *[other] { $count } oordelen nodig
    }
assessment-final = Vastgesteld
assessment-final-on = Vastgesteld op { $day }
assessment-finalise-before = Vaststellen vóór { $day }
assessment-agreement = Deelovereenkomst { $number }, versie { $version }
assessment-read-report = Rapport lezen
assessment-report-word = Rapport
assessment-finalise = Kwartaal vaststellen
assessment-no-statement = Nog geen kwartaalopgave
assessment-no-statement-advice = Zodra de opgave binnen is, verschijnen hier de tien prestatie-indicatoren.
assessment-state = Opgave indienen
assessment-not-judged = De opgave is ontvangen
assessment-not-judged-advice = De indicatoren zijn nog niet berekend. Dat gebeurt voor alle aanbieders tegelijk.
assessment-provisional-provider = De gemeente bekijkt dit kwartaal
assessment-provisional-provider-advice = Een oordeel met een gestippelde rand is een berekend voorstel. De gemeente beslist.
assessment-left =
    { $count ->
        [one] Nog 1 oordeel te geven
       *[other] Nog { $count } oordelen te geven
    }
assessment-left-line = Indicator { $number } komt uit op { $share } ({ $count }) bij een norm van { $target }.
assessment-judge = Indicator { $number } bekijken
assessment-see-missed = Bekijk de gevallen die niet zijn gehaald
assessment-ready = Alles is klaar om vast te stellen
assessment-ready-advice = Geen van de indicatoren vraagt nog een oordeel.
assessment-standing = Stand van de tien prestatie-indicatoren
assessment-all-decided = Vastgesteld
assessment-all-proposed = Berekend voorstel
assessment-tally = { $verdict }: { $count }
assessment-indicators = Prestatie-indicatoren
assessment-table-key = Resultaat ten opzichte van de norm (streepje). Gestippelde rand: berekend voorstel, een mens beslist.
assessment-number = Nr.
assessment-indicator-word = Indicator
assessment-indicator = { $number }. { $name }
assessment-target = Norm
assessment-no-target = geen
assessment-result = Resultaat
assessment-verdict = Oordeel
assessment-trend = Verloop, 5 kwartalen
assessment-trend-sentence = Verloop: { $quarters }
assessment-no-cases-short = geen gevallen
assessment-no-data = Geen gegevens
assessment-decided = vastgesteld
assessment-proposal = voorstel
assessment-met = Gehaald
assessment-attention = Aandachtspunt
assessment-missed = Niet gehaald
assessment-not-applicable = Niet van toepassing
assessment-monitored = Monitoren
assessment-case-met = Gehaald
assessment-case-missed = Niet gehaald
assessment-case-excluded = Telt niet mee
assessment-strict = zonder uitsluitingen { $share } ({ $part } van { $whole })
assessment-strict-word = Zonder uitsluitingen
assessment-rolling = vier kwartalen samen { $share } ({ $part } van { $whole })
assessment-four-quarters = Vier kwartalen samen
assessment-label-indicative = indicatief, minder dan 5
assessment-label-small = klein aantal
assessment-no-cases = geen gevallen dit kwartaal
assessment-count-trajectories =
    { $all ->
        [one] { $met } van 1 traject
       *[other] { $met } van { $all } trajecten
    }
assessment-count-plans =
    { $all ->
        [one] { $met } van 1 plan
       *[other] { $met } van { $all } plannen
    }
assessment-count-surveys =
    { $all ->
        [one] { $met } van 1 onderzoek
       *[other] { $met } van { $all } onderzoeken
    }
assessment-count-persons =
    { $all ->
        [one] { $met } van 1 medewerker
       *[other] { $met } van { $all } medewerkers
    }
assessment-count-elements =
    { $all ->
        [one] { $met } van 1 onderdeel
       *[other] { $met } van { $all } onderdelen
    }
assessment-count-clients =
    { $all ->
        [one] { $met } van 1 cliënt
       *[other] { $met } van { $all } cliënten
    }
assessment-count-statements =
    { $all ->
        [one] { $met } van 1 opgave
       *[other] { $met } van { $all } opgaven
    }
assessment-code-N1 = Overleden
assessment-code-N2 = Verhuisd buiten de gemeente
assessment-code-N3 = Uitkering gestopt om een andere reden dan werk
assessment-code-N4 = Ingetrokken door de gemeente
assessment-code-N5 = Dubbel aangemeld
assessment-code-N6 = Profiel gewijzigd vóór de termijn
assessment-code-R1 = Cliënt onbereikbaar, aangetoond
assessment-code-R2 = Ziekte of opname
assessment-code-R3 = Detentie
assessment-code-R4 = Gegevens ontbreken bij de gemeente
assessment-code-R5 = Cliënt weigert akkoord, met reden
assessment-code-R6 = Overmacht
assessment-code-ended-before-due = Beëindigd vóór de termijn, zonder plan
assessment-code-dropout = Uitgevallen vóór het einde van de termijn
assessment-excluded-by-code = { $code }: { $words }
assessment-would-have-been = anders: { $outcome }
assessment-duty-1b = 1b. Trajecten met een plan
assessment-duty-6b = 6b. Verlenging vooraf toegestaan
assessment-duty-6c = 6c. Reden vastgelegd bij niet alles bereikt
assessment-duties = Plichten zonder oordeel
assessment-of = { $part } van { $whole }
assessment-none = geen
assessment-register = VOG, klachten en termijnen
assessment-vog-valid = Medewerkers met geldige VOG
assessment-vog-soon = VOG’s die binnen 90 dagen aflopen
assessment-complaints = Klachten ontvangen
assessment-expiring = Loopt binnen 90 dagen af
assessment-costs = Kosten per kwartaal
assessment-no-costs = Voor dit kwartaal zijn nog geen kosten opgegeven.
assessment-costs-now = × € 1.000. Dit kwartaal { $now }.
assessment-costs-against = × € 1.000. Dit kwartaal { $now }, in { $quarter } { $amount }.
assessment-as-table = Toon als tabel
assessment-per-product = Toon per product
assessment-product = Product
assessment-before = Vorig kwartaal
assessment-now = Dit kwartaal
assessment-quarter-word = Kwartaal
assessment-amount = Kosten
assessment-timeline = Tijdlijn
assessment-no-events = Nog niets gebeurd in dit kwartaal.
assessment-other-indicator = Andere indicator
assessment-cases = De gevallen achter dit cijfer
assessment-case = Geval
assessment-outcome = Uitkomst
assessment-filter = Filter op uitkomst
assessment-filter-all = Alle ({ $count })
assessment-filter-met = Gehaald ({ $count })
assessment-filter-missed = Niet gehaald ({ $count })
assessment-filter-excluded = Telt niet mee ({ $count })
assessment-no-cases-filtered = Er zijn geen gevallen met deze uitkomst.
assessment-no-cases-advice = In dit kwartaal viel van geen enkel geval de termijn. Het resultaat is daarom niet van toepassing.
assessment-not-shown = niet aangetoond
assessment-what-is-counted = Wat wordt gevraagd
assessment-measure = Wat wordt geteld
assessment-settings = Instellingen
assessment-reasons = Reden en reactie
assessment-reason = Reden van de gemeente
assessment-reaction = Reactie van de aanbieder
assessment-back-to-quarter = Terug naar het kwartaal
assessment-element-procedure = Klachtenregeling
assessment-element-adviser = Vertrouwenspersoon
assessment-element-statement = Opgave
assessment-column-referred = Aangemeld
assessment-column-due = Uiterlijk
assessment-column-plan = Plan afgesproken
assessment-column-results = Resultaten
assessment-column-client-agreed = Akkoord cliënt
assessment-column-coach-agreed = Akkoord coach
assessment-column-moments = Momenten
assessment-column-in-time = Op tijd
assessment-column-cooperated = Meegewerkt
assessment-column-kind = Functiegroep
assessment-column-active-from = In dienst
assessment-column-active-until = Uit dienst
assessment-column-vog-until = VOG geldig tot en met
assessment-column-term = Einde termijn
assessment-column-ended = Beëindigd
assessment-column-end-reason = Reden einde
assessment-column-extension = Verlenging toegestaan
assessment-column-received = Ontvangen
assessment-column-benefit-ended = Uitkering gestopt
assessment-column-benefit-reason = Reden
assessment-column-indication = Indicatie
assessment-column-placed = Geplaatst
assessment-column-returned = Teruggestuurd
assessment-column-repaired = Hersteld
## facts

## account: binnenkomen en weggaan
account-role-contract-manager = contractmanager
account-role-decision-maker = budgethouder
account-role-viewer = raadpleger
account-role-provider = aanbieder
account-role-assessor = beoordelaar
account-role-contact-person = contactpersoon
account-role-finance = financiën
account-role-privacy-officer = privacy officer
account-role-records-officer = archief
account-role-auditor = auditor
account-role-functional-admin = functioneel beheerder
account-role-provider-admin = beheerder bij de aanbieder
account-role-provider-signatory = tekenbevoegde
account-role-system = systeem
account-home-title = Samen zicht op re-integratie
account-home-lead = Open House is de plek waar gemeente en aanbieders van re-integratie afspreken, verantwoorden en beoordelen. Elk oordeel laat zien waar het op rust.
account-home-state = Opgeven
account-home-state-text = De aanbieder levert elk kwartaal één bestand in. Fouten komen per regel terug.
account-home-judge = Beoordelen
account-home-judge-text = Tien prestatie-indicatoren worden op dezelfde manier berekend voor iedereen. Een mens stelt ze vast.
account-home-report = Verantwoorden
account-home-report-text = Per aanbieder is er een kwartaalrapport, op het scherm en als toegankelijke PDF.
account-confirm-title = Bent u dit?
account-confirm-as = U logt in als { $name }, { $role }.
account-confirm = Ja, log mij in
account-confirm-not-you = Bent u dit niet? Sluit deze pagina en meld het aan de gemeente.
account-link-gone = Deze link werkt niet meer
account-link-gone-text = De link is gebruikt of te oud. Vraag met “Wachtwoord vergeten?” om een nieuwe, of vraag uw beheerder.
account-link-gone-how = Hoe kom ik binnen?
account-signed-out = U bent uitgelogd
account-signed-out-text = Sluit uw browser als anderen deze computer ook gebruiken.

## assessment: vaststellen
assessment-finalise-title = { $quarter } vaststellen, { $name }
assessment-nothing-open = Er staat niets open
assessment-open-points =
    { $count ->
        [one] Nog 1 punt om te bekijken
       *[other] Nog { $count } punten om te bekijken
    }
assessment-open-points-advice = U kunt nu vaststellen. Bekijk eerst of u het met deze voorstellen eens bent.
assessment-becomes-final = Dit wordt vastgesteld
assessment-finalise-freezes = Feiten en oordelen liggen vast, met uw naam en het tijdstip.
assessment-finalise-report = De aanbieder ziet het oordeel en het rapport.
assessment-finalise-again = Komt er later een nieuw feit bij, dan maakt u een nieuwe beoordeling. Deze blijft bewaard.
assessment-not-now = Nu niet

## report-web: het rapport op het scherm
report-web-title = Rapport { $name }, { $quarter }
report-web-same = Dezelfde inhoud als de PDF
report-web-pdf = Download de PDF
report-web-language = Taal van het rapport

## statement: de opgave indienen
statement-title = Opgave over { $quarter }
statement-due = Uiterlijk { $day }
statement-template = Sjabloon (XLSX)
statement-file = Uw bestand
statement-file-hint = Een XLSX-bestand, een ZIP-bestand of meer CSV-bestanden. Samen hoogstens 25 MB.
statement-send = Bestand indienen
statement-send-again = Verbeterd bestand indienen
statement-check-and-send = Controleer en dien in
statement-replaces = Er is al een opgave. Een nieuw bestand komt ervoor in de plaats; de oude blijft bewaard.
statement-replace = Dien een ander bestand in
statement-how = Zo werkt het
statement-how-fill = Vul het sjabloon
statement-how-fill-text = Of maak hetzelfde bestand met uw eigen systeem.
statement-how-send = Dien het bestand in
statement-how-send-text = Wij controleren elke regel en melden alle fouten in één keer.
statement-how-receipt = Bewaar de ontvangstbevestiging
statement-how-receipt-text = Daarin staan het nummer en het tijdstip.
statement-accepted = Uw opgave is ontvangen
statement-accepted-next = De gemeente berekent de indicatoren als de opgaven van alle aanbieders binnen zijn. U ziet de uitkomst op de pagina van het kwartaal.
statement-sent-back =
    { $count ->
        [one] 1 regel is niet opgeslagen.
       *[other] { $count } regels zijn niet opgeslagen.
    }
statement-receipt = Ontvangstbevestiging
statement-receipt-number = Nummer
statement-receipt-at = Ontvangen
statement-receipt-file = Bestand
statement-receipt-hash = Controlegetal (SHA-256)
statement-receipt-keep = Bewaar of print deze bevestiging.
statement-read = Wat wij lazen
statement-nil = U gaf op dat er dit kwartaal niets te melden was.
statement-rows =
    { $count ->
        [one] 1 regel
       *[other] { $count } regels
    }
statement-refused =
    { $count ->
        [one] Er is 1 fout in uw bestand
       *[other] Er zijn { $count } fouten in uw bestand
    }
statement-refused-nothing = Er is nog niets opgeslagen.
statement-refused-rows = Van de regels zijn er { $good } goed en { $refused } niet.
statement-to-faults = Bekijk wat u kunt verbeteren
statement-faults = Wat u kunt verbeteren
statement-faults-all =
    { $count ->
        [one] 1 fout
       *[other] { $count } fouten
    }
statement-faults-first = de eerste { $shown } van { $count } fouten; het gemarkeerde bestand toont ze alle
statement-place = Plaats
statement-found = Er staat
statement-expectation = Verwacht
statement-empty = leeg of niet getoond
statement-place-cell = { $sheet }, rij { $row }, { $column }
statement-place-row = { $sheet }, rij { $row }
statement-place-column = { $sheet }, { $column }
statement-two-ways = Hoe wilt u verder?
statement-two-ways-text = Verbeter het gemarkeerde bestand en dien het hieronder opnieuw in. Of laat ons de goede regels nu opslaan. U stuurt de andere dan later.
statement-marked = Download uw bestand met de fouten gemarkeerd
statement-take-good = Neem { $good } goede regels, stuur { $refused } terug
statement-warnings =
    { $count ->
        [one] Let op: 1 opmerking
       *[other] Let op: { $count } opmerkingen
    }
statement-warnings-text = Dit houdt uw opgave niet tegen. Kijk of het klopt.
statement-to-quarter = Naar het kwartaal
## sheet
sheet-place-sheet = Blad { $sheet }
sheet-place-row = rij { $row }
sheet-place-column = kolom { $column }
sheet-found = hier staat "{ $found }".
sheet-missing = Deze cel is leeg. Vul hem in.
sheet-holds-bsn = Hier staat een getal dat een burgerservicenummer (BSN) kan zijn. Dat mag niet in dit bestand staan. Haal het weg en gebruik uw eigen nummer.
sheet-holds-invisible = In deze cel staat een teken dat u niet ziet, of een nieuwe regel. Typ de tekst opnieuw.
sheet-too-long = De tekst is te lang. Gebruik hoogstens { $max } tekens.
sheet-formula-error = De formule in deze cel geeft een fout. Vul een waarde in.
sheet-not-a-date = Vul een datum in, bijvoorbeeld 30-09-2026.
sheet-two-digit-year = Schrijf het jaar met vier cijfers, bijvoorbeeld 30-09-2026.
sheet-no-such-day = Deze dag bestaat niet. Vul een datum in, bijvoorbeeld 30-09-2026.
sheet-year-out-of-range = Dit jaar kan niet kloppen. Vul een datum in tussen 1950 en 2100.
sheet-number-for-date = Dit is een getal. Maak van de cel een datum, bijvoorbeeld 30-09-2026.
sheet-text-became-date = Uw rekenprogramma heeft hier een datum van gemaakt. Maak van de cel een tekst en typ de waarde opnieuw.
sheet-text-became-number = Uw rekenprogramma heeft hier een getal van gemaakt dat niet meer precies is. Maak van de cel een tekst en typ de waarde opnieuw.
sheet-not-an-amount = Vul een bedrag in, bijvoorbeeld 45,00.
sheet-not-a-quantity = Vul een getal in, bijvoorbeeld 1,5.
sheet-ambiguous-number = Dit kan twee dingen betekenen. Schrijf { $large } of { $small }.
sheet-too-many-decimals = Rond af op twee cijfers achter de komma.
sheet-number-too-large = Dit getal is te groot.
sheet-not-whole = Vul een heel getal in van { $min } tot en met { $max }.
sheet-not-yes-no = Vul ja of nee in.
sheet-not-on-list = Kies een van deze woorden: { $words }.
sheet-not-an-email = Vul een e-mailadres in, bijvoorbeeld naam@gemeente.nl.
sheet-not-a-kvk = Vul een KvK-nummer van acht cijfers in.
sheet-not-a-quarter = Vul een kwartaal in, bijvoorbeeld 2026-Q3.
sheet-quarter-became-date = Uw rekenprogramma heeft van het kwartaal een datum gemaakt. Typ het met een Q, bijvoorbeeld 2026-Q3.
sheet-not-codes = Vul codes van twee cijfers in, met een puntkomma ertussen, bijvoorbeeld 12;85.
sheet-column-missing = Deze kolom ontbreekt. Voeg hem toe, met deze naam in rij 1.
sheet-column-twice = Deze kolom staat er twee keer. Haal er een weg.
sheet-sheet-twice = Dit blad staat er twee keer. Haal er een weg.
sheet-heading-elsewhere = De namen van de kolommen staan in rij { $row }. Haal de rijen daarboven weg, zodat ze in rij 1 staan.
sheet-no-heading = De namen van de kolommen ontbreken. Zet ze in rij 1, zoals in het sjabloon.
sheet-unknown-column = Deze kolom kennen wij niet. Wij lezen hem niet.
sheet-unknown-column-near = Deze kolom kennen wij niet. Wij lezen hem niet. Bedoelt u { $name }?
sheet-unknown-sheet = Dit blad kennen wij niet. Wij lezen het niet.
sheet-unknown-sheet-near = Dit blad kennen wij niet. Wij lezen het niet. Bedoelt u { $name }?
sheet-hidden-sheet = Dit blad is verborgen. Wij lezen het wel. Klopt dat?
sheet-merged-cells = Hier zijn cellen samengevoegd. Alleen de eerste cel daarvan telt. Klopt dat?
sheet-file-ignored = Dit bestand is geen CSV. Wij lezen het niet.
sheet-list-sheet = blad
sheet-list-row = rij
sheet-list-column = kolom
sheet-list-found = hier staat
sheet-list-message = wat u kunt doen
sheet-note-required = Verplicht.
sheet-note-example = Voorbeeld: { $example }
sheet-explain-how = Vul de bladen in. Laat de namen van de bladen en kolommen staan. Een blad zonder regels mag leeg blijven. Dit blad lezen wij niet.
sheet-explain-required = verplicht
sheet-explain-explanation = uitleg
sheet-explain-example = voorbeeld
sheet-refused-empty = Het bestand is leeg. Kies een ander bestand.
sheet-refused-too-large = Het bestand is te groot. Het mag hoogstens { $max } MB zijn. Haal opmaak en plaatjes weg, of lever de bladen aan als CSV.
sheet-refused-bomb = Dit bestand wordt na uitpakken veel te groot. Wij openen het niet. Kopieer uw regels naar een leeg sjabloon en probeer het opnieuw.
sheet-refused-too-many-files = In dit bestand zitten te veel bestanden. Het mogen er hoogstens { $max } zijn.
sheet-refused-encrypted = Het bestand heeft een wachtwoord. Sla het op zonder wachtwoord en probeer het opnieuw.
sheet-refused-old-xls = Dit is een oud Excel-bestand (.xls). Kies in Excel Opslaan als, en dan Excel-werkmap (.xlsx).
sheet-refused-xlsb = Dit is een binair Excel-bestand (.xlsb). Kies in Excel Opslaan als, en dan Excel-werkmap (.xlsx).
sheet-refused-ods = Dit is een bestand van LibreOffice of OpenOffice (.ods). Kies Opslaan als, en dan Excel 2007-365 (.xlsx).
sheet-refused-pdf = Dit is een PDF. Lever de opgave aan als Excel-werkmap (.xlsx) of als ZIP met CSV-bestanden.
sheet-refused-html = Dit is een webpagina, geen Excel-bestand. Open het in Excel, kies Opslaan als, en dan Excel-werkmap (.xlsx).
sheet-refused-lone-csv = Dit is één CSV-bestand. Zet de CSV-bestanden van alle bladen samen in één ZIP-bestand.
sheet-refused-not-a-spreadsheet = Dit bestand herkennen wij niet. Lever een Excel-werkmap (.xlsx) aan, of een ZIP met CSV-bestanden.
sheet-refused-damaged = Het bestand is beschadigd of niet compleet. Open het in Excel, sla het opnieuw op en probeer het nog eens.
sheet-refused-no-sheets = In dit bestand zitten geen bladen die wij kunnen lezen. Lever een Excel-werkmap (.xlsx) aan, of een ZIP met CSV-bestanden.
sheet-refused-too-many-sheets = Dit bestand heeft te veel bladen. Het mogen er hoogstens { $max } zijn.
sheet-refused-too-many-rows = Blad { $sheet } heeft meer dan { $max } rijen. Lever minder rijen aan, of bel de contractmanager.

## statement
statement-head-missing = Dit blad ontbreekt of is leeg. Maak een blad Opgave met uw kvk en het kwartaal.
statement-head-twice = Op dit blad staat één rij. Haal deze rij weg.
statement-nil-with-lines = U vult ja in, maar in het bestand staan { $lines } regels. Vul nee in, of haal de regels weg.
statement-nothing-stated = In het bestand staan geen regels. Heeft u dit kwartaal niets te melden? Vul hier dan ja in.
statement-nothing-in-file = In het bestand staan geen regels.
statement-duplicate = Dit nummer staat ook in rij { $row }. Geef elke rij een eigen nummer, of haal er een weg.
statement-until-before-from = De kolom tot ligt vóór de kolom van. Pas een van de twee aan.
statement-rests-on-refused = Deze rij hoort bij { $of }, en die rij is geweigerd. Herstel eerst die rij en lever deze mee aan.
statement-other-provider = Dit is niet het KvK-nummer van uw organisatie. Dat is { $expected }.
statement-other-quarter = Deze opgave gaat over { $expected }. Kies een ander bestand, of pas het kwartaal aan.
statement-quarter-closed = Dit kwartaal is al vastgesteld. Neem contact op met de contractmanager.
statement-unknown-case = Dit dossiernummer staat niet op blad Trajecten, en ook niet in een eerdere opgave. Voeg het traject toe, of pas het nummer aan.
statement-unknown-profile = Dit profiel kennen wij niet. Kies een profiel uit het sjabloon.
statement-unknown-contact = Deze contactpersoon kennen wij niet. Vul het e-mailadres in van uw contactpersoon bij de gemeente.
statement-contact-not-active = Deze contactpersoon werkte op { $day } niet voor de gemeente. Vul de contactpersoon van toen in.
statement-product-not-agreed = Dit product staat niet in uw overeenkomst. Kies een product uit uw overeenkomst.
statement-no-tariff = Voor dit product geldt op { $day } geen tarief. Controleer het product en de datum.
statement-other-unit = Voor dit product geldt een andere eenheid: { $units }.
statement-other-tariff = Op { $day } geldt een ander tarief: { $tariff }.
statement-negative-tariff = Een tarief is nooit negatief. Maak het aantal negatief.
statement-no-agreement = Er is geen overeenkomst met u voor deze periode. Neem contact op met de contractmanager.
statement-outside-agreement = Deze dag valt buiten uw overeenkomst ({ $period }).
statement-before-trajectory = Deze dag ligt vóór het begin van het traject. De cliënt is aangemeld op { $start }.
statement-after-trajectory = Deze dag ligt na het einde van het traject. Dat is beëindigd op { $end }.
statement-more-than-approved = Samen met eerdere regels is dit { $charged }. Er is { $approved } toegekend.
statement-charged-twice = Ditzelfde dossier, product en deze periode staan ook op regel { $line } ({ $place }). Haal er een weg.
statement-month-twice = Voor deze maand staat dit product ook op regel { $line } ({ $place }). Een maand mag één keer.
statement-in-row = rij { $row }
statement-in-quarter = opgave { $quarter }
statement-other-amount = Aantal keer tarief is { $amount }. Pas het bedrag, het aantal of het tarief aan.
statement-negative-without-line = Dit is een negatief bedrag. Vul hier in welke regel u corrigeert.
statement-corrects-nothing = Een regel met dit nummer kennen wij niet. Vul het nummer in van de regel die u corrigeert.
statement-unknown-vog-code = Deze code staat niet op de lijst van Justis. Kijk op de VOG welke code er staat.
statement-earlier-than = Deze dag ligt vóór { $than }. Klopt dat?
statement-after-quarter = Deze dag ligt na het kwartaal. Klopt dat?
statement-incomplete = De kolom { $other } is leeg. Klopt dat?
statement-other-than-in-row = Bij deze medewerker staan hier andere gegevens dan in rij { $row }. Klopt dat?
statement-same-as-row = Deze rij is gelijk aan rij { $row }. Klopt dat?
statement-same-amount = Rij { $row } heeft hetzelfde dossier, hetzelfde product en hetzelfde bedrag in dezelfde maand. Klopt dit? Zijn het twee aparte leveringen?
statement-outside-quarter = De periode van deze regel valt niet helemaal in het kwartaal. Klopt dat?
statement-positive-correction = Deze regel corrigeert een andere regel, maar het bedrag is niet negatief. Klopt dat?
statement-corrects-more = Deze correctie is groter dan wat van de regel over is. Klopt dat?
statement-corrects-other = De regel die u corrigeert heeft een ander dossier of een ander product. Klopt dat?
statement-far-from-last-year = De som verschilt { $percentage } procent van hetzelfde kwartaal vorig jaar. Toen was het { $last_year }. Klopt dat?
statement-column-opgave-kvk = Uw nummer in het Handelsregister: acht cijfers.
statement-column-opgave-kwartaal = Het kwartaal waarover u opgave doet.
statement-column-opgave-nulopgave = Vul ja in als u dit kwartaal niets te melden heeft.
statement-column-opgave-toelichting = Wat ging goed, wat loopt vast, hoe lang is de wachttijd? Hoogstens 2.000 tekens. Geen namen van cliënten.
statement-column-trajecten-dossiernummer = Uw eigen nummer van het traject. Elk nummer komt één keer voor.
statement-column-trajecten-clientnummer = Het nummer van de cliënt bij de gemeente. Nooit het BSN.
statement-column-trajecten-clientnaam = De naam van de cliënt. Die is alleen om de regel te herkennen; wij bewaren hem niet.
statement-column-trajecten-contactpersoon = Het e-mailadres van de contactpersoon bij de gemeente.
statement-column-trajecten-profiel = Het profiel van de cliënt.
statement-column-trajecten-product = Het product uit uw overeenkomst.
statement-column-trajecten-aangemeld_op = De dag waarop de gemeente de cliënt bij u aanmeldde.
statement-column-trajecten-gestart_op = De eerste dag van het traject.
statement-column-trajecten-plan_akkoord_op = De dag waarop het trajectplan akkoord was.
statement-column-trajecten-aantal_resultaatafspraken = Hoeveel resultaatafspraken in het plan staan.
statement-column-trajecten-client_akkoord_op = De dag waarop de cliënt akkoord ging met het plan.
statement-column-trajecten-coach_betrokken = Is er een activeringscoach betrokken?
statement-column-trajecten-coach_akkoord_op = De dag waarop de coach akkoord ging met het plan.
statement-column-trajecten-contactpersoon_geinformeerd_op = De dag waarop u de contactpersoon over het plan informeerde.
statement-column-trajecten-termijn_eindigt_op = De dag waarop de afgesproken termijn eindigt.
statement-column-trajecten-opschorting_dagen = Hoeveel dagen het traject stil lag met akkoord van de gemeente.
statement-column-trajecten-verlenging_toegestaan_op = De dag waarop de gemeente verlenging toestond.
statement-column-trajecten-beeindigd_op = De laatste dag van het traject.
statement-column-trajecten-reden_einde = Waarom het traject eindigde.
statement-column-trajecten-resultaat = Hoeveel van de resultaatafspraken is gehaald.
statement-column-trajecten-reden_vastgelegd = Is de reden vastgelegd als niet alles is gehaald?
statement-column-trajecten-werk_gestart_op = De eerste werkdag van de cliënt.
statement-column-trajecten-uren_per_week = Hoeveel uur per week de cliënt werkt.
statement-column-trajecten-indicatie_op = De dag van de indicatie beschut werk.
statement-column-trajecten-plek_beschikbaar_op = De dag waarop een plek voor beschut werk vrij was.
statement-column-trajecten-geplaatst_op = De dag waarop de cliënt op die plek begon.
statement-column-trajecten-trede_start = De trede op de participatieladder bij de start: 1 tot en met 6.
statement-column-trajecten-trede_nu = De trede op de participatieladder nu, of bij het einde: 1 tot en met 6.
statement-column-terugkoppelingen-dossiernummer = Het nummer van het traject, zoals op blad Trajecten.
statement-column-terugkoppelingen-afgesproken_op = De dag waarop u zou terugkoppelen.
statement-column-terugkoppelingen-gedaan_op = De dag waarop u terugkoppelde. Leeg als het niet is gebeurd.
statement-column-terugkoppelingen-wijze = Hoe u terugkoppelde, bijvoorbeeld telefonisch.
statement-column-medewerkers-personeelsnummer = Uw eigen nummer van de medewerker. Geen naam.
statement-column-medewerkers-functiegroep = De groep waar de medewerker bij hoort.
statement-column-medewerkers-klantcontact = Werkt deze medewerker met cliënten?
statement-column-medewerkers-in_dienst_op = De eerste werkdag bij u.
statement-column-medewerkers-uit_dienst_op = De laatste werkdag bij u. Leeg als de medewerker nog bij u werkt.
statement-column-medewerkers-vog_datum = De datum die op de VOG staat. Twee VOG's zijn twee rijen.
statement-column-medewerkers-vog_soort = Staan er functieaspecten op de VOG, of een specifiek profiel?
statement-column-medewerkers-vog_codes = De codes op de VOG, met een puntkomma ertussen.
statement-column-medewerkers-vog_gecontroleerd_op = De dag waarop u de VOG heeft gezien.
statement-column-klachten-klachtnummer = Uw eigen nummer van de klacht. Elk nummer komt één keer voor.
statement-column-klachten-ontvangen_op = De dag waarop u de klacht kreeg.
statement-column-klachten-gemeld_op = De dag waarop u de klacht bij de gemeente meldde.
statement-column-klachten-soort = Waar de klacht over ging. Geen namen.
statement-column-klachten-afgehandeld_op = De dag waarop de klacht was afgehandeld.
statement-column-klachten-uitkomst = Hoe het afliep. Geen namen.
statement-column-kosten-regel = Het nummer van de regel. Elk nummer komt één keer voor.
statement-column-kosten-dossiernummer = Het nummer van het traject, zoals op blad Trajecten.
statement-column-kosten-contactpersoon = Het e-mailadres van de contactpersoon bij de gemeente.
statement-column-kosten-product = Het product uit uw overeenkomst.
statement-column-kosten-van = De eerste dag waarover u rekent.
statement-column-kosten-tot = De laatste dag waarover u rekent.
statement-column-kosten-eenheid = De eenheid van het tarief, bijvoorbeeld uur of maand.
statement-column-kosten-aantal = Het aantal eenheden, met hoogstens twee cijfers achter de komma.
statement-column-kosten-tarief = Het tarief per eenheid, zonder btw.
statement-column-kosten-bedrag = Aantal keer tarief, zonder btw.
statement-column-kosten-btw = De btw over het bedrag.
statement-column-kosten-factuurnummer = Het nummer van uw factuur.
statement-column-kosten-corrigeert_regel = Alleen bij een negatief bedrag: het nummer van de regel die u corrigeert.
statement-column-uitstroom-clientnummer = Het nummer van de cliënt bij de gemeente. Nooit het BSN.
statement-column-uitstroom-uitkering_beeindigd_op = De dag waarop de uitkering stopte.
statement-column-uitstroom-reden = Waarom de uitkering stopte.
statement-column-plaatsingen-clientnummer = Het nummer van de cliënt bij de gemeente. Nooit het BSN.
statement-column-plaatsingen-bevestigd = Is de plaatsing in beschut werk bevestigd?
statement-column-plaatsingen-wachtlijst_dagen = Hoeveel dagen de cliënt op de wachtlijst stond.
statement-column-uitsluitingen-dossiernummer = Het nummer van het traject bij de aanbieder.
statement-column-uitsluitingen-indicator = Voor welke indicator, 1 tot en met 10. Leeg betekent: voor alle.
statement-column-uitsluitingen-code = De reden van uitsluiting, uit de vaste lijst.
statement-column-uitsluitingen-akkoord = Is de gemeente akkoord met de uitsluiting?
statement-column-uitsluitingen-reden = Waarom, in een paar woorden. Geen namen.
statement-column-onderzoeken-onderzoek = De naam van het onderzoek.
statement-column-onderzoeken-uiterlijk_op = De laatste dag om mee te werken.
statement-column-onderzoeken-kvk = Het KvK-nummer van de aanbieder: acht cijfers.
statement-column-onderzoeken-meegewerkt_op = De dag waarop de aanbieder meewerkte. Leeg als dat niet is gebeurd.

## procedure
procedure-unit-minute = minuut
procedure-unit-hour = uur
procedure-unit-half-day = dagdeel
procedure-unit-day = dag
procedure-unit-week = week
procedure-unit-month = maand
procedure-unit-trajectory = traject
procedure-unit-piece = stuk
procedure-unit-placement = plaatsing
procedure-unit-report = rapport

## facts: de instellingen in woorden
facts-setting-definitions = Versie van de definities
facts-setting-k1-days = 1: dagen voor het trajectplan na aanmelding
facts-setting-k1-boundary = 1: telt de laatste dag mee
facts-setting-k2-agree-within-days = 2: dagen voor akkoord na het plan
facts-setting-k3-inform-within-days = 3: dagen om de contactpersoon te informeren
facts-setting-k3-grace-days = 3: dagen uitstel bij het vergelijken
facts-setting-k5-include = 5: wie meetelt
facts-setting-k6-permitted-extension = 6: verlenging met toestemming
facts-setting-k7-report-within-working-days = 7: werkdagen om een klacht te melden
facts-setting-k8-months = 8: maanden tot uitstroom
facts-setting-k8-outflow = 8: wat uitstroom is
facts-setting-k9-clock = 9: wanneer de termijn begint
facts-setting-k9-months = 9: maanden tot plaatsing
facts-setting-k10-due-days = 10: dagen voor de opgave na het kwartaal
facts-setting-k10-repair-days = 10: dagen voor herstel
facts-setting-attention-points = Punten onder de streefwaarde voor aandachtspunt
facts-setting-small-indicative-below = Indicatief onder dit aantal
facts-setting-small-small-below = Klein aantal onder dit aantal
facts-setting-target = Streefwaarde van indicator { $number }, in procenten

## assessment: wat er verloopt
assessment-expiring-procedure = Klachtenregeling
assessment-expiring-agreement = Deelovereenkomst

## assessment: wat er gebeurde en wat besliste
assessment-event-received = Kwartaalopgave ingediend
assessment-event-reason = Motivering bij indicator { $number }
assessment-event-reaction = Reactie van de aanbieder op indicator { $number }
assessment-event-judged = Voorlopig oordeel berekend, versie { $version }
assessment-event-final = Kwartaal vastgesteld
assessment-superseded = De berekening is intussen vernieuwd. Hieronder ziet u de nieuwe cijfers. Controleer ze en stel het kwartaal dan vast.
assessment-no-coach = niet nodig
assessment-still-there = nog in dienst
assessment-valid-until = geldig tot en met { $day }
assessment-adviser-named = genoemd
assessment-end-completed = afgerond
assessment-end-work = werk
assessment-end-study = opleiding
assessment-end-dropout = uitval
assessment-end-moved-on = doorgestroomd
assessment-end-own-firm = eigen bedrijf
assessment-end-other = anders
assessment-kind-employee = medewerker
assessment-kind-self-employed = zzp’er
assessment-kind-temp = uitzendkracht
assessment-kind-intern = stagiair
assessment-kind-volunteer = vrijwilliger
statement-no-file = Kies eerst een bestand.
report-web-provisional = Voorlopig

## cli: de voorbeeldgemeente
cli-demo-made = De voorbeeldgemeente staat in { $folder }. Beoordeeld: { $quarter } en de zeven kwartalen ervoor.
cli-demo-statements = Opgaven van de aanbieders: { $folder }
cli-demo-reports = { $count } rapporten: { $folder }
cli-demo-sign-in = Open { $address } in uw browser. Elke link werkt één keer:
cli-demo-as-manager = contractmanager
cli-demo-as-provider = aanbieder ({ $name })
cli-demo-as-viewer = raadpleger
cli-demo-look = Kijk eerst naar:
cli-demo-look-quarter = het laatste kwartaal van { $name }: tien indicatoren, met voorstel en besluit
cli-demo-look-cases = de dossiers achter indicator 1: klik op de naam van de indicator
cli-demo-look-refused = een geweigerd bestand met gemarkeerde cellen: { $folder }/…-met-fouten.xlsx
cli-demo-look-report = het rapport als pagina en als pdf
cli-demo-stop = Stoppen: Ctrl+C.
## cli: de opdrachtregel
cli-trouble = Dit lukt niet: { $cause }
cli-no-municipality = Er is nog geen gemeente. Begin met openhouse demo, of kies met --database-url de database waarin uw gemeente staat.
cli-which-municipality = Voor welke gemeente? Geef --municipality met een van deze namen: { $names }.
cli-unknown-provider = Er is geen aanbieder met KvK-nummer { $kvk } bij deze gemeente. Controleer het nummer.
cli-no-agreement = De aanbieder met KvK-nummer { $kvk } heeft in dit kwartaal geen overeenkomst.
cli-not-judged = Voor { $quarter } is er nog geen beoordeling. Doe eerst openhouse assess.
cli-import-whose = Hier staat niet leesbaar in van welke aanbieder de opgave is. Geef --provider met het KvK-nummer.
cli-import-when = Hier staat niet leesbaar in over welk kwartaal de opgave gaat. Geef --quarter, bijvoorbeeld 2026-Q3.
cli-import-taken = Opgave van { $name } over { $quarter }: alle regels zijn goed.
cli-import-partly = Opgave van { $name } over { $quarter }: de goede regels gaan door, de andere gaan terug.
cli-import-refused = Opgave van { $name } over { $quarter }: geweigerd. Er is geen regel overgenomen. Herstel de fouten en lever het bestand opnieuw in.
cli-import-dry-run = Dit is een proef: er is niets opgeslagen.
cli-import-receipt = De ontvangst is vastgelegd onder nummer { $number }, { $at }.
cli-import-digest = Controlegetal (SHA-256): { $digest }
cli-import-fault = fout: { $message }
cli-import-warning = let op: { $message }
cli-import-marked = De fouten zijn gemarkeerd in { $path }
cli-import-not-marked = Het bestand met de gemarkeerde fouten kan niet worden geschreven: { $path } ({ $cause })
cli-import-municipality = Het gemeentebestand van { $name } is vastgelegd.
cli-import-municipality-good = Het gemeentebestand van { $name }: alle regels zijn goed.
cli-migrate-nothing = De tabellen van de database waren al bij.
cli-migrate-done = De tabellen van de database zijn bijgewerkt: { $changes }
cli-database-behind = De database { $database } is er nog niet of loopt achter: { $changes }. Doe eerst openhouse migrate.
cli-check-configuration = Instellingen
cli-check-database = Database
cli-check-files = Bestanden
cli-check-audit = Logboek van handelingen
cli-check-good = { $what }: in orde
cli-check-wrong = { $what }: niet in orde. { $why }
cli-check-no-folder = De map { $folder } is er niet. Doe openhouse migrate, of kies met --files een andere map.
cli-check-audit-unseen = Het logboek van handelingen is pas na te kijken als de database in orde is.
cli-audit-whole =
    { $lines ->
        [0] Het logboek van handelingen is leeg.
        [one] Het logboek van handelingen is heel: 1 regel. De laatste heeft controlegetal { $head }.
       *[other] Het logboek van handelingen is heel: { $lines } regels. De laatste heeft controlegetal { $head }.
    }
cli-audit-broken = Het logboek van handelingen is niet heel. Regel { $id } volgt niet op de regel ervoor, of is veranderd.
cli-user-none = Er zijn nog geen gebruikers.
cli-user-unknown = Er is geen gebruiker met e-mailadres { $email }. Kijk met openhouse user list wie er zijn.
cli-user-link = Uitnodiging voor { $name }, te gebruiken tot { $until }. Geef hem alleen aan deze persoon (start eerst openhouse serve):
cli-user-which-provider = Een rol bij een aanbieder vraagt --provider met het KvK-nummer van een aanbieder die bekend is; een rol bij de gemeente heeft er geen. system is geen rol voor een mens.

## statement: wie of wat in het gemeentebestand niet bekend is
statement-stranger-client = Deze cliënt is niet bekend. Controleer het nummer.
statement-stranger-case = Dit dossier is niet bekend, of meer dan één aanbieder heeft een dossier met dit nummer. Controleer het nummer.
statement-stranger-provider = Deze aanbieder is niet bekend bij de gemeente. Controleer het KvK-nummer.

## facts: de waarden van instellingen
facts-setting-none = geen
facts-setting-inclusive = ja, die telt mee
facts-setting-strict = nee
facts-setting-late = telt als te laat
facts-setting-within = telt als op tijd
facts-setting-through-work = uitkering gestopt door werk
facts-setting-work-study-firm = uitkering gestopt door werk, opleiding of eigen bedrijf
facts-setting-paid-work = betaald werk begonnen
facts-setting-latest = de laatste van de data
facts-setting-indication = bij de indicatie
facts-setting-referral = bij de aanmelding
facts-setting-employee = medewerker
facts-setting-self-employed = zzp’er
facts-setting-temp = uitzendkracht
facts-setting-intern = stagiair
facts-setting-volunteer = vrijwilliger
statement-not-needed = Niet nodig
statement-line-not-needed = Geen opgave nodig: er was geen overeenkomst in dit kwartaal

## cli: de eerste gemeente
cli-setup-name = Geef een naam van hoogstens 200 tekens, voor de gemeente en voor de contractmanager.
cli-setup-email = { $email } is geen e-mailadres.
cli-setup-known = De gemeente { $name } is er al. Er is niets veranderd.
cli-setup-done = De gemeente { $name } staat klaar, met eisen, indicatoren, profielen, VOG-regels en een productenboek zonder tarieven.
statement-gone = Het bestand staat niet meer klaar. Kies het opnieuw en verstuur het nog een keer.
statement-quarter-not-open = Over dit kwartaal kunt u nog geen opgave doen: het is niet voorbij, of u had in dit kwartaal geen overeenkomst. Kies een kwartaal dat voorbij is.
cli-not-over = Het { $quarter } is nog niet voorbij. Beoordelen kan pas daarna.
cli-port-taken = Op { $address } draait al iets anders. Kies een andere poort, bijvoorbeeld met --port 8081.
cli-wrong-value = Bij { $argument } staat "{ $value }". Dat is niet wat hier hoort. Hieronder staat wat er verwacht wordt; --help toont alle opties.
cli-wrong-argument = Deze opdracht klopt niet bij { $argument }. Hieronder staat wat er verwacht wordt; --help toont alle opties.
cli-wrong-use = Deze opdracht klopt niet. Hieronder staat wat er verwacht wordt; --help toont alle opties.

## vault
config-about-key = De sleutel die geheimen verzegelt voordat ze in de database komen. Leeg gelaten: uit key_file.
config-about-key-file = Het bestand met die sleutel. Leeg gelaten: openhouse.key naast de database, bij de eerste start gemaakt. Bewaar het apart van de back-ups.
config-expected-key = 64 hexadecimale tekens, of meer van zulke sleutels met een spatie ertussen en de nieuwste vooraan
config-expected-key-file = een pad
vault-not-a-key = De sleutel is niet goed. Een sleutel bestaat uit 64 hexadecimale tekens.
vault-no-key = De sleutel ontbreekt: { $path } is er niet. Zet het bestand terug, of geef de plaats op met --key-file. Er wordt geen nieuwe gemaakt: de gegevens kunnen met de oude zijn verzegeld.
vault-other-key = Dit is een andere sleutel dan waarmee de gegevens zijn verzegeld (kenmerk { $id }). Geef de oude sleutel ook op, achter de nieuwe.
cli-check-key = Sleutel
cli-check-key-unseen = De sleutel is pas na te kijken als de database in orde is.

## account: wachtwoord, tweede stap en herstelcodes
page-switch = Wissel van rol
page-menu-users = Gebruikers
account-how = U krijgt toegang met een uitnodiging van de gemeente of van de beheerder van uw organisatie. U logt in met uw wachtwoord en een code uit een app.
account-email = E-mailadres
account-password = Wachtwoord
account-name = Naam
account-next = Verder
account-forgotten = Wachtwoord vergeten?
account-email-empty = Vul uw e-mailadres in.
account-email-wrong = Vul een e-mailadres in, zoals naam@voorbeeld.nl.
account-name-wrong = Vul een naam in van hoogstens 200 tekens.
account-wrong = Deze combinatie van e-mailadres en wachtwoord kennen wij niet. Probeer het opnieuw, of kies een nieuw wachtwoord.
account-wait-seconds = U heeft het te vaak geprobeerd. Wacht { $count } seconden en probeer het dan opnieuw.
account-wait-minutes =
    { $count ->
        [one] U heeft het te vaak geprobeerd. Wacht 1 minuut en probeer het dan opnieuw.
       *[other] U heeft het te vaak geprobeerd. Wacht { $count } minuten en probeer het dan opnieuw.
    }
account-busy = Er loggen nu heel veel mensen in. Wacht een halve minuut en probeer het opnieuw.
account-not-finished = Uw toegang is nog niet klaar. Open de link uit uw uitnodiging. Werkt die niet meer? Vraag dan met “Wachtwoord vergeten?” een nieuwe.
account-no-role = U heeft op dit moment geen toegang tot een organisatie. Vraag uw beheerder om een rol.
account-code-title = Tweede stap
account-code-text = Open de app op uw telefoon en typ de code over. Een code werkt één keer.
account-code = Code
account-code-hint = Zes cijfers uit uw app, of een herstelcode
account-code-empty = Vul de code in.
account-code-wrong = Deze code klopt niet of is al gebruikt. Wacht op de volgende code in uw app en probeer het opnieuw.
account-code-too-often = U heeft te vaak een verkeerde code ingevuld. Log opnieuw in met uw wachtwoord.
account-code-lost = Telefoon kwijt? Gebruik een van uw herstelcodes. Heeft u die ook niet meer, vraag dan uw beheerder om de tweede stap opnieuw in te stellen.
account-begin-again = Opnieuw beginnen
account-choose = Waarvoor wilt u werken?
account-choose-text = U heeft meer dan één rol. Bovenaan elke pagina ziet u in welke rol u werkt. U kunt altijd wisselen.
account-choose-current = Hier werkt u nu
account-choose-go = Kies
account-forgotten-title = Nieuw wachtwoord kiezen
account-forgotten-text = Vul uw e-mailadres in. U krijgt een mail met een link waarmee u een nieuw wachtwoord kiest.
account-forgotten-send = Stuur mij een link
account-forgotten-sent = Kijk in uw mail
account-forgotten-sent-text = Als wij dit e-mailadres kennen, krijgt u binnen een paar minuten een mail. Kijk ook bij de ongewenste mail.
account-back-to-sign-in = Terug naar inloggen
account-choose-password = Kies een wachtwoord
account-invited = Welkom, { $name }. Kies eerst een wachtwoord. Daarna stelt u de tweede stap in.
account-password-for = U kiest een nieuw wachtwoord voor { $name }. Daarna vragen wij nog een code.
account-new-password = Nieuw wachtwoord
account-password-again = Nieuw wachtwoord, nog een keer
account-password-hint = Minstens 12 tekens. Een zin van vier losse woorden is goed.
account-password-advice = Gebruik dit wachtwoord nergens anders. Een wachtwoordbeheerder kan er een voor u bedenken en bewaren.
account-password-empty = Vul een wachtwoord in.
account-password-short = Het wachtwoord moet minstens { $least } tekens hebben. U typte er { $typed }.
account-password-long = Het wachtwoord mag hoogstens { $most } tekens hebben.
account-password-differs = Typ hier hetzelfde wachtwoord als erboven.
account-password-weak = Dit wachtwoord is te makkelijk te raden.
account-password-keys = Tekens die naast elkaar op de toetsen staan, zijn makkelijk te raden.
account-password-repeats = Wat zich herhaalt, is makkelijk te raden.
account-password-common = Dit wachtwoord wordt vaak gebruikt.
account-password-sequence = Reeksen als abcd of 1234 zijn makkelijk te raden.
account-password-date = Jaren en datums zijn makkelijk te raden.
account-password-word = Eén woord is makkelijk te raden.
account-password-name = Namen zijn makkelijk te raden.
account-password-tip-words = Kies een paar woorden die niet bij elkaar horen.
account-password-tip-tricks = Hoofdletters en vervangen letters helpen weinig. Voeg een woord toe.
account-password-tip-dates = Laat jaren en datums weg en voeg een woord toe.
account-set-up = Stel de tweede stap in
account-set-up-why = Naast uw wachtwoord vragen wij een code die alleen uw telefoon kent. Zo kan niemand binnen met uw wachtwoord alleen.
account-set-up-scan = Zet Open House in uw app
account-set-up-scan-text = Open een app voor codes op uw telefoon, zoals Aegis, FreeOTP of de app van uw organisatie. Voeg een account toe en scan het plaatje.
account-set-up-picture = QR-code met de sleutel die hieronder in letters staat
account-set-up-type = Lukt scannen niet? Typ dan deze sleutel over in de app:
account-set-up-confirm = Controleer of het werkt
account-set-up-code-hint = Zes cijfers uit uw app
account-codes = Herstelcodes
account-codes-why = Raakt u uw telefoon kwijt, dan komt u met een herstelcode binnen. Elke code werkt één keer. U ziet ze alleen nu.
account-codes-yours = Uw { $count } herstelcodes
account-codes-download = Bewaar als bestand
account-codes-print = Of druk deze pagina af. Bewaar de codes niet bij uw wachtwoord.
account-codes-kept = Ik heb de codes bewaard
account-codes-file = Herstelcodes voor Open House. Elke code werkt één keer.
account-codes-left =
    { $count ->
        [one] nog 1 over
       *[other] nog { $count } over
    }
account-own = Mijn account
account-who = Wie u bent
account-works-as = U werkt nu als
account-language = Taal
account-language-now = Nederlands. Bovenaan de pagina kiest u Engels.
account-who-changes = Klopt uw naam of e-mailadres niet? Vraag het aan uw beheerder.
account-no-password = U komt binnen met een eenmalige link van de installatie. Dit account heeft geen wachtwoord.
account-change-password = Wachtwoord wijzigen
account-new-codes = Nieuwe herstelcodes
account-new-codes-text = U krijgt tien nieuwe herstelcodes. De oude werken dan niet meer. Vul eerst een code in.
account-old-password = Uw huidige wachtwoord
account-old-password-empty = Vul uw huidige wachtwoord in.
account-old-or-code-wrong = Uw huidige wachtwoord of de code klopt niet. Wacht op de volgende code en probeer het opnieuw.
account-change-ends = Na het wijzigen wordt u op al uw andere apparaten uitgelogd.
account-cancel = Annuleren
account-sessions = Waar u bent ingelogd
account-device = Apparaat
account-device-unknown = Onbekend apparaat
account-seen = Laatst gezien
account-sign-out-column = Uitloggen
account-this-session = Dit apparaat
account-end-session = Log uit
account-end-sessions = Log overal uit, behalve hier
account-done-password = Uw wachtwoord is gewijzigd. Op uw andere apparaten bent u uitgelogd.
account-done-codes = U heeft nieuwe herstelcodes. De oude werken niet meer.
account-done-session = Dat apparaat is uitgelogd.
account-done-everywhere = U bent op al uw andere apparaten uitgelogd.
account-call-municipality = de gemeente
account-people = Gebruikers
account-people-roles = Wie heeft welke rol
account-people-none = Nog niemand. Nodig hieronder iemand uit.
account-people-role = Rol
account-people-state = Toegang
account-people-reviewed = Laatst nagekeken op
account-people-change = Wijzigen
account-people-you = Dit bent u
account-people-active = Actief
account-people-invited = Uitgenodigd
account-people-disabled = Uitgeschakeld
account-people-seen = Laatst gezien:
account-people-never = Nog nooit
account-people-review = Nog nodig, ik heb het nagekeken
account-people-due =
    { $count ->
        [one] Kijk 1 rol met bijzondere rechten na
       *[other] Kijk { $count } rollen met bijzondere rechten na
    }
account-people-due-text = Elk kwartaal kijkt u na of iemand zijn bijzondere rechten nog nodig heeft. Is dat niet zo, beëindig dan de rol.
account-people-four-eyes = Vier ogen: wie adviseert, beslist niet
account-people-has-both = Vier ogen: beslist nooit over zijn eigen advies
account-people-end = Rol beëindigen
account-people-disable = Account uitschakelen
account-people-enable = Account inschakelen
account-people-reset = Tweede stap opnieuw laten instellen
account-people-invite-again = Nieuwe uitnodiging sturen
account-people-invite = Iemand uitnodigen
account-people-choose-role = Kies een rol
account-people-provider = Nummer van de aanbieder
account-people-provider-hint = Alleen voor een rol bij een aanbieder, zoals 1042
account-people-which-provider = Vul het nummer in van een aanbieder die bij u bekend is.
account-people-send = Stuur een uitnodiging
account-people-invite-text = Wie nog geen account heeft, krijgt een mail met een link. De link werkt zeven dagen. Wie al een account heeft, logt in zoals altijd.
account-people-done-invited = De uitnodiging is verstuurd.
account-people-done-ended = De rol is beëindigd.
account-people-done-disabled = Het account is uitgeschakeld. Alle sessies zijn gestopt.
account-people-done-enabled = Het account is weer ingeschakeld.
account-people-done-reviewed = Vastgelegd dat u deze rol heeft nagekeken.
account-people-oneself = Dit kunt u niet bij uzelf doen. Vraag een andere beheerder.
account-people-has-it = Deze persoon heeft deze rol al.
account-people-own-last = Dit is uw laatste rol als beheerder. Vraag een andere beheerder om hem te beëindigen.
account-people-elsewhere = Deze persoon werkt ook voor een andere organisatie. U kunt wel de rol bij u beëindigen. Voor het hele account: vraag de beheerder van de installatie.
