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
config-about-max-requests = Hoeveel verzoeken het programma tegelijk beantwoordt. Wie daarna komt, krijgt te horen dat het druk is.
config-about-accessibility-statement = Het adres van de toegankelijkheidsverklaring van de gemeente. Leeg gelaten: de pagina Toegankelijkheid verwijst naar de gemeente.
config-about-security-contact = Waar iemand een zwakke plek meldt; het staat in security.txt.
config-expected-max-requests = een getal tussen aanhalingstekens, van 1 tot 100000
config-expected-accessibility-statement = een adres dat met https:// begint, of niets
config-expected-security-contact = mailto:adres, https://… of tel:…, of niets
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
facts-fault-number-too-large = Op regel { $line }, teken { $column } staat een te groot getal.
facts-fault-too-deep = De lijsten en objecten zitten te diep in elkaar. Dit is geen bestand met kwartaalfeiten.
facts-fault-unknown = { $path }: dit veld is niet bekend. Haal het weg.
facts-fault-unknown-nearest = { $path }: dit veld is niet bekend. Bedoelt u { $nearest }?
facts-fault-missing = { $path }: dit veld moet ingevuld zijn.
facts-fault-duplicate = { $path }: dit veld staat er twee keer. Laat er één staan.
facts-fault-not-expected = { $path }: hier hoort { $expected }. Er staat { $found }.
facts-fault-whole-not-expected = Het bestand moet { $expected } zijn. Er staat { $found }.
facts-fault-unreadable = Het bestand kan niet worden gelezen: { $detail }.
facts-fault-below-indicative = { $path }: dit getal moet minstens { $least } zijn, net als small.indicative_below.
facts-expected-text = tekst
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
report-of = { $numerator } van { $denominator }
report-none = geen gevallen
report-verdict = { $verdict ->
    [met] Gehaald
    [attention] Aandachtspunt
    [missed] Niet gehaald
    [not_applicable] Niet van toepassing
   *[monitored] Monitoren
 }
report-title = Kwartaalrapport { $provider }, { $quarter }
report-header = Kwartaalrapport · { $status }
report-footer = { $quarter } · versie { $version }
report-provisional = voorlopig
report-final = vastgesteld
report-fact-municipality = Gemeente
report-fact-provider = Aanbieder
report-provider = { $name }, KvK-nummer { $kvk }
report-fact-agreement = Overeenkomst
report-agreement = { $name }, versie { $version }
report-fact-quarter = Kwartaal
report-fact-status = Status
report-status-provisional = Voorlopig, versie { $version } van dit rapport
report-status-final = Vastgesteld op { $date }, versie { $version } van dit rapport
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
report-indicators-intro = Elk resultaat is het deel van de gevallen dat is gehaald. Een gekleurd vlak om het oordeel betekent: vastgesteld. Een gestippelde rand betekent: berekend voorstel, een mens beslist.
report-indicators-caption = De tien prestatie-indicatoren, resultaat en oordeel
report-indicators-summary = Eén rij per indicator, met nummer, naam, norm, resultaat, oordeel en het resultaat over de laatste vier kwartalen samen.
report-number = Nr.
report-verdict-column = Oordeel
report-rolling-column = Vier kwartalen
report-strict = Zonder uitsluitingen: { $share } ({ $percentage })
report-label-indicative = Indicatief: minder dan 5 gevallen
report-label-small = Klein aantal: minder dan 10 gevallen
report-decision-proposed = voorstel
report-decision-overridden = vastgesteld; berekend: { $verdict }
report-bars-title = Resultaat en norm per indicator
report-bars-sentence = De balk is het resultaat van dit kwartaal. Het streepje is de norm. Geen balk: er waren geen gevallen.
report-bars-alt = Staafdiagram met het resultaat en de norm per indicator.
report-bars-alt-row = { $number }, { $name }: resultaat { $result }, norm { $target }, { $verdict }.
report-no-target = geen
report-trend-title = Verloop over de kwartalen
report-trend-sentence = Elke lijn loopt van 0 tot 100%. De stippellijn is de norm. Is de lijn onderbroken, dan waren er in dat kwartaal geen gevallen.
report-trend-alt = Lijndiagrammen met het resultaat per indicator en per kwartaal.
report-trend-alt-row = { $number }, { $name }: { $points }.
report-explanations = Toelichting en reacties
report-no-explanations = Bij dit kwartaal is geen toelichting of reactie gegeven.
report-reason = Motivering:
report-reaction = Reactie van de aanbieder:
report-duties = Andere plichten
report-duties-caption = Plichten naast de indicatoren, zonder oordeel
report-duties-summary = Eén rij per plicht, met het aantal keer dat eraan is voldaan.
report-duty = Plicht
report-duty-done = Voldaan
report-exclusions = Uitgesloten gevallen
report-exclusions-caption = Gevallen die niet meetellen, per code
report-exclusions-summary = Eén rij per code, met de betekenis en het aantal gevallen.
report-no-exclusions = Er zijn geen gevallen uitgesloten.
report-code = Code
report-meaning = Betekenis
report-count = Aantal
report-costs = Kosten
report-costs-caption = Kosten per product en per maand, zonder btw, tegenover het vorige kwartaal
report-costs-summary = Eén rij per product, met de drie maanden, het kwartaal, het vorige kwartaal en het verschil. De laatste rij is het totaal.
report-no-costs = In dit kwartaal en het vorige zijn geen kosten opgegeven.
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
report-vog-persons = Medewerkers die met cliënten werken
report-vog-valid = Met een geldige VOG
report-vog-renew = Te vernieuwen binnen 90 dagen
report-complaints = Klachten
report-complaints-caption = Klachten die in dit kwartaal zijn ontvangen
report-complaints-summary = Eén rij per soort klacht, met het aantal.
report-no-complaints = In dit kwartaal is geen klacht ontvangen.
report-nothing = Niets te melden
report-no-duties = Voor de andere plichten waren er geen gevallen.
report-no-vogs = Er zijn geen medewerkers bekend die met cliënten werken.
report-settings-same = alle zoals de standaard
report-settings-different = Deze instellingen zijn anders dan de standaard. Alle andere zijn de standaard.
report-category = Soort
report-actions = Open acties
report-actions-caption = Wat nog moet gebeuren, het eerste bovenaan
report-actions-summary = Eén rij per actie, met wie het doet en de uiterste dag.
report-no-actions = Er zijn geen open acties.
report-action = Actie
report-owner = Wie
report-due-on = Uiterlijk
report-annex = Bijlage: wat is geteld, en hoe
report-definitions-caption = Wat elke indicator telt
report-definitions-summary = Eén rij per indicator, met wat er wordt geteld.
report-definition = Wat wordt geteld
report-settings = Instellingen
report-settings-caption = Instellingen die anders zijn dan de standaard
report-settings-summary = Eén rij per instelling, met de gebruikte waarde en de standaard.
report-setting = Instelling
report-used = Gebruikt
report-default = Standaard
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
page-accessibility = Toegankelijkheid
page-security = Zwakke plek melden
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
page-bad-request = Wij begrijpen dit verzoek niet
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
page-wrong-verb = Dit kan niet op dit adres
page-wrong-verb-advice = De pagina bestaat, maar niet voor wat uw programma vraagt. Er is niets opgeslagen.
page-too-slow = Het versturen duurde te lang
page-too-slow-advice = Er is niets opgeslagen. Kijk of uw verbinding goed is en verstuur het opnieuw.
page-too-long = Dit adres is te lang
page-too-long-advice = Begin bij de eerste pagina, of zoek met minder woorden.
page-wrong-host = Deze site heeft een ander adres
page-wrong-host-advice = Ga naar { $right }. Gebruikt u een bladwijzer, pas die dan aan.

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
desk-state = Status
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
desk-product-code = Code
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
assessment-not-needed = Niet nodig
assessment-not-needed-title = Over dit kwartaal hoeft geen opgave te komen
assessment-not-needed-text = Er was in dit kwartaal geen overeenkomst. Er valt niets te beoordelen.
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
assessment-would-have-been = zonder uitsluiting: { $outcome }
assessment-duty-1b = 1b. Trajecten met een plan
assessment-duty-6b = 6b. Verlenging vooraf toegestaan
assessment-duty-6c = 6c. Reden vastgelegd als niet alles is gehaald
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
assessment-costs-against = × € 1.000. Dit kwartaal { $now }, in het { $quarter } { $amount }.
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
assessment-no-cases-advice = In dit kwartaal eindigde van geen enkel geval de termijn. Daarom is er geen resultaat.
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
assessment-column-end-reason = Reden van het einde
assessment-column-extension = Verlenging toegestaan
assessment-column-received = Ontvangen
assessment-column-benefit-ended = Uitkering gestopt
assessment-column-benefit-reason = Reden
assessment-column-indication = Indicatie
assessment-column-placed = Geplaatst
assessment-column-returned = Teruggestuurd
assessment-column-repaired = Hersteld

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
account-how = U krijgt toegang met een uitnodiging van de gemeente of van de beheerder van uw organisatie. U logt in met uw wachtwoord en een code uit een app.
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
assessment-finalise-title = Vaststellen van het { $quarter }, { $name }
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
statement-title = Opgave over het { $quarter }
statement-due = Uiterlijk { $day }
statement-template = Sjabloon (XLSX)
statement-file = Uw bestand
statement-file-hint = Een XLSX-bestand, een ZIP-bestand of meer CSV-bestanden. Samen hoogstens 25 MB.
statement-send = Bestand indienen
statement-send-again = Verbeterd bestand indienen
statement-check-and-send = Controleer en dien in
statement-replaces = Er is al een opgave. Een nieuw bestand komt ervoor in de plaats. De oude opgave blijft bewaard.
statement-replace = Dien een ander bestand in
statement-how = Zo werkt het
statement-how-fill = Vul het sjabloon
statement-how-fill-text = Of maak hetzelfde bestand met uw eigen systeem.
statement-how-send = Dien het bestand in
statement-how-send-text = Wij controleren elke regel en melden alle fouten in één keer.
statement-how-receipt = Bewaar de ontvangstbevestiging
statement-how-receipt-text = Daarin staan het nummer en het tijdstip.
statement-closed = Dit kwartaal is vastgesteld op { $day }
statement-closed-next = U kunt geen opgave meer indienen. Klopt er iets niet, laat het dan de contractmanager van de gemeente weten.
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
statement-nil = U gaf op dat u dit kwartaal niets te melden had.
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
statement-faults-first = de eerste { $shown } van { $count } fouten; in het gemarkeerde bestand staan ze allemaal
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
statement-take-good = Sla { $good } goede regels op, stuur { $refused } terug
statement-warnings =
    { $count ->
        [one] Let op: 1 opmerking
       *[other] Let op: { $count } opmerkingen
    }
statement-warnings-text = Wij nemen uw opgave gewoon aan. Kijk wel even of het klopt.
statement-to-quarter = Naar het kwartaal
## sheet
sheet-place-sheet = Blad { $sheet }
sheet-place-row = rij { $row }
sheet-place-column = kolom { $column }
sheet-found = hier staat "{ $found }".
sheet-missing = Deze cel is leeg. Vul de cel in.
sheet-holds-bsn = Hier staat een getal dat een burgerservicenummer (BSN) kan zijn. Een BSN mag niet in dit bestand staan. Haal het weg en gebruik uw eigen nummer.
sheet-holds-invisible = In deze cel staat een teken dat u niet ziet, of een nieuwe regel. Typ de tekst opnieuw.
sheet-too-long = De tekst is te lang. Gebruik hoogstens { $max } tekens.
sheet-formula-error = De formule in deze cel geeft een fout. Vul een waarde in.
sheet-formula-without-result = Van deze formule staat de uitkomst niet in het bestand. Open het bestand in uw rekenprogramma en sla het opnieuw op, of vul de uitkomst zelf in.
sheet-not-a-date = Vul een datum in, bijvoorbeeld 30-09-2026.
sheet-two-digit-year = Schrijf het jaar met vier cijfers, bijvoorbeeld 30-09-2026.
sheet-no-such-day = Deze dag bestaat niet. Vul een datum in, bijvoorbeeld 30-09-2026.
sheet-year-out-of-range = Dit jaar kan niet kloppen. Vul een datum in tussen 1950 en 2100.
sheet-number-for-date = Dit is een getal. Maak van de cel een datum, bijvoorbeeld 30-09-2026.
sheet-text-became-date = Uw rekenprogramma heeft hier een datum van gemaakt. Maak van de cel een tekst en typ de waarde opnieuw.
sheet-text-became-number = Uw rekenprogramma heeft hier een getal van gemaakt. Daardoor klopt de waarde niet precies meer. Maak van de cel een tekst en typ de waarde opnieuw.
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
sheet-column-missing = Deze kolom ontbreekt. Voeg de kolom toe, met deze naam in rij 1.
sheet-column-twice = Deze kolom staat er twee keer. Haal er een weg.
sheet-sheet-twice = Dit blad staat er twee keer. Haal er een weg.
sheet-heading-elsewhere = De namen van de kolommen staan in rij { $row }. Haal de rijen daarboven weg. Dan staan ze in rij 1.
sheet-no-heading = De namen van de kolommen ontbreken. Zet ze in rij 1, zoals in het sjabloon.
sheet-unknown-column = Deze kolom kennen wij niet. Wij slaan de kolom over.
sheet-unknown-column-near = Deze kolom kennen wij niet. Wij slaan de kolom over. Bedoelt u { $name }?
sheet-unknown-sheet = Dit blad kennen wij niet. Wij slaan het over.
sheet-hidden-sheet = Dit blad is verborgen. Wij lezen het wel. Klopt dat?
sheet-merged-cells = Hier zijn cellen samengevoegd. Wij lezen alleen de eerste cel. Klopt dat?
sheet-file-ignored = Dit bestand is geen CSV. Wij slaan het over.
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
sheet-refused-bomb = Dit bestand wordt veel te groot als wij het uitpakken. Daarom openen wij het niet. Kopieer uw regels naar een leeg sjabloon en probeer het opnieuw.
sheet-refused-too-many-files = In dit bestand zitten te veel bestanden. Er mogen hoogstens { $max } in zitten.
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
sheet-refused-too-many-sheets = Dit bestand heeft te veel bladen. Het mag hoogstens { $max } bladen hebben.
sheet-refused-too-many-rows = Blad { $sheet } heeft meer dan { $max } rijen. Lever minder rijen aan, of bel de contractmanager.

## statement
statement-head-missing = Dit blad ontbreekt of is leeg. Maak een blad Opgave met uw kvk en het kwartaal.
statement-head-twice = Op dit blad mag maar één rij staan. Haal deze rij weg.
statement-nil-with-lines = U vult ja in, maar in het bestand staan { $lines } regels. Vul nee in, of haal de regels weg.
statement-nothing-stated = In het bestand staan geen regels. Heeft u dit kwartaal niets te melden? Vul hier dan ja in.
statement-nothing-in-file = In het bestand staan geen regels.
statement-duplicate = Dit nummer staat ook in rij { $row }. Geef elke rij een eigen nummer, of haal er een weg.
statement-until-before-from = De kolom tot ligt vóór de kolom van. Pas een van de twee aan.
statement-rests-on-refused = Deze rij hoort bij { $of }, en die rij is geweigerd. Herstel eerst die rij. Lever deze rij dan opnieuw in.
statement-other-provider = Dit is niet het KvK-nummer van uw organisatie. Uw nummer is { $expected }.
statement-other-quarter = Deze opgave gaat over { $expected }. Kies een ander bestand, of pas het kwartaal aan.
statement-quarter-closed = Dit kwartaal is al vastgesteld. Neem contact op met de contractmanager.
statement-unknown-case = Dit dossiernummer staat niet op blad Trajecten, en ook niet in een eerdere opgave. Voeg het traject toe, of pas het nummer aan.
statement-unknown-profile = Dit profiel kennen wij niet. Kies een profiel uit het sjabloon.
statement-unknown-contact = Deze contactpersoon kennen wij niet. Vul het e-mailadres in van uw contactpersoon bij de gemeente.
statement-contact-not-active = Deze contactpersoon werkte op { $day } niet voor de gemeente. Vul de contactpersoon van toen in.
statement-product-not-agreed = Dit product staat niet in uw overeenkomst. Kies een product uit uw overeenkomst.
statement-no-tariff = Voor dit product geldt op { $day } geen tarief. Controleer het product en de datum.
statement-other-unit = Dit product heeft een andere eenheid: { $units }.
statement-other-tariff = Op { $day } geldt een ander tarief: { $tariff }.
statement-negative-tariff = Een tarief is nooit negatief. Maak het aantal negatief.
statement-no-agreement = Er is geen overeenkomst met u voor deze periode. Neem contact op met de contractmanager.
statement-outside-agreement = Deze dag valt buiten uw overeenkomst ({ $period }).
statement-before-trajectory = Deze dag ligt vóór het begin van het traject. De cliënt is aangemeld op { $start }.
statement-after-trajectory = Deze dag ligt na het einde van het traject. Dat is beëindigd op { $end }.
statement-more-than-approved = Samen met eerdere regels is dit { $charged }. De gemeente heeft { $approved } toegekend.
statement-charged-twice = Hetzelfde dossier, met hetzelfde product en dezelfde periode, staat ook op regel { $line } ({ $place }). Haal er een weg.
statement-month-twice = Dit product staat voor deze maand ook op regel { $line } ({ $place }). U mag een maand één keer opgeven.
statement-in-row = rij { $row }
statement-in-quarter = opgave { $quarter }
statement-other-amount = Aantal maal tarief is { $amount }. Pas het bedrag, het aantal of het tarief aan.
statement-negative-without-line = Dit bedrag is negatief. Vul hier in welke regel u corrigeert.
statement-corrects-nothing = Wij kennen geen regel met dit nummer. Vul het nummer in van de regel die u corrigeert.
statement-unknown-vog-code = Deze code staat niet op de lijst van Justis. Kijk welke code op de VOG staat.
statement-earlier-than = Deze dag ligt vóór { $than }. Klopt dat?
statement-after-quarter = Deze dag ligt na het kwartaal. Klopt dat?
statement-incomplete = De kolom { $other } is leeg. Klopt dat?
statement-other-than-in-row = Bij deze medewerker staan hier andere gegevens dan in rij { $row }. Klopt dat?
statement-same-as-row = Deze rij is gelijk aan rij { $row }. Klopt dat?
statement-same-amount = Rij { $row } heeft hetzelfde dossier, hetzelfde product en hetzelfde bedrag in dezelfde maand. Klopt dit? Zijn het twee aparte leveringen?
statement-outside-quarter = De periode van deze regel valt niet helemaal in het kwartaal. Klopt dat?
statement-positive-correction = Deze regel corrigeert een andere regel, maar het bedrag is niet negatief. Klopt dat?
statement-corrects-more = Deze correctie is groter dan het bedrag dat van die regel over is. Klopt dat?
statement-corrects-other = De regel die u corrigeert, heeft een ander dossier of een ander product. Klopt dat?
statement-far-from-last-year = Het totaal is { $percentage } procent anders dan in hetzelfde kwartaal vorig jaar. Toen was het { $last_year }. Klopt dat?
statement-column-opgave-kvk = Uw nummer in het Handelsregister: acht cijfers.
statement-column-opgave-kwartaal = Het kwartaal waarover u opgave doet.
statement-column-opgave-nulopgave = Vul ja in als u dit kwartaal niets te melden heeft.
statement-column-opgave-toelichting = Wat ging goed, wat loopt vast, hoe lang is de wachttijd? Hoogstens 2.000 tekens. Geen namen van cliënten.
statement-column-trajecten-dossiernummer = Uw eigen nummer van het traject. Elk nummer komt één keer voor.
statement-column-trajecten-clientnummer = Het nummer van de cliënt bij de gemeente. Nooit het BSN.
statement-column-trajecten-clientnaam = De naam van de cliënt. U herkent daaraan de regel. Wij bewaren de naam niet.
statement-column-trajecten-contactpersoon = Het e-mailadres van de contactpersoon bij de gemeente.
statement-column-trajecten-profiel = Het profiel van de cliënt.
statement-column-trajecten-product = De code van het product, zoals die op de pagina van uw organisatie staat.
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
statement-column-kosten-product = De code van het product, zoals die op de pagina van uw organisatie staat.
statement-column-kosten-van = De eerste dag waarover u rekent.
statement-column-kosten-tot = De laatste dag waarover u rekent.
statement-column-kosten-eenheid = De eenheid van het tarief, bijvoorbeeld uur of maand.
statement-column-kosten-aantal = Het aantal eenheden, met hoogstens twee cijfers achter de komma.
statement-column-kosten-tarief = Het tarief per eenheid, zonder btw.
statement-column-kosten-bedrag = Aantal maal tarief, zonder btw.
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
cli-demo-made = De voorbeeldgemeente staat in { $folder }. Beoordeeld: het { $quarter } en de zeven kwartalen ervoor.
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
cli-no-municipality = Er is nog geen gemeente. Begin met openhouse demo. Of kies met --database-url de database waarin uw gemeente staat.
cli-which-municipality = Voor welke gemeente? Geef een van deze namen op met --municipality: { $names }.
cli-unknown-provider = Deze gemeente heeft geen aanbieder met KvK-nummer { $kvk }. Controleer het nummer.
cli-no-agreement = De aanbieder met KvK-nummer { $kvk } heeft in dit kwartaal geen overeenkomst.
cli-not-judged = Voor het { $quarter } is er nog geen beoordeling. Geef eerst de opdracht openhouse assess.
cli-import-whose = In dit bestand kunnen wij niet lezen van welke aanbieder de opgave is. Geef het KvK-nummer op met --provider.
cli-import-when = In dit bestand kunnen wij niet lezen over welk kwartaal de opgave gaat. Geef het kwartaal op met --quarter, bijvoorbeeld 2026-Q3.
cli-import-taken = Opgave van { $name } over het { $quarter }: alle regels zijn goed.
cli-import-partly = Opgave van { $name } over het { $quarter }: de goede regels gaan door, de andere gaan terug.
cli-import-refused = Opgave van { $name } over het { $quarter }: geweigerd. Er is geen regel overgenomen. Herstel de fouten en lever het bestand opnieuw in.
cli-import-dry-run = Dit is een proef: er is niets opgeslagen.
cli-import-receipt = De ontvangst is vastgelegd onder nummer { $number }, { $at }.
cli-import-digest = Controlegetal (SHA-256): { $digest }
cli-import-fault = fout: { $message }
cli-import-warning = let op: { $message }
cli-import-marked = De fouten zijn gemarkeerd in { $path }
cli-import-not-marked = Het bestand met de gemarkeerde fouten kan niet worden geschreven: { $path } ({ $cause })
cli-import-municipality = Het gemeentebestand van { $name } is vastgelegd.
cli-import-municipality-good = Het gemeentebestand van { $name }: alle regels zijn goed.
cli-migrate-nothing = De database was al bijgewerkt.
cli-migrate-done = De database is bijgewerkt: { $changes }
cli-database-behind = De database { $database } bestaat nog niet of is niet bijgewerkt: { $changes }. Geef eerst de opdracht openhouse migrate.
cli-check-configuration = Instellingen
cli-check-database = Database
cli-check-files = Bestanden
cli-check-audit = Logboek van handelingen
cli-check-good = { $what }: in orde
cli-check-wrong = { $what }: niet in orde. { $why }
cli-check-no-folder = De map { $folder } bestaat niet. Geef de opdracht openhouse migrate, of kies met --files een andere map.
cli-check-audit-unseen = Het logboek van handelingen kan pas worden gecontroleerd als de database in orde is.
cli-audit-whole =
    { $lines ->
        [0] Het logboek van handelingen is leeg.
        [one] Het logboek van handelingen klopt: 1 regel. De laatste heeft controlegetal { $head }.
       *[other] Het logboek van handelingen klopt: { $lines } regels. De laatste heeft controlegetal { $head }.
    }
cli-audit-broken = Het logboek van handelingen klopt niet. Regel { $id } past niet bij de regel ervoor, of is veranderd.
cli-user-none = Er zijn nog geen gebruikers.
cli-user-unknown = Er is geen gebruiker met e-mailadres { $email }. Met openhouse user list ziet u alle gebruikers.
cli-user-link = Uitnodiging voor { $name }, te gebruiken tot { $until }. Geef hem alleen aan deze persoon (start eerst openhouse serve):

## statement: wie of wat in het gemeentebestand niet bekend is
statement-contradicts = Rij { $row } zegt hierover iets anders. Haal een van de twee rijen weg, of maak ze gelijk.
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

## evidence
evidence-refused-name-missing = Dit bestand heeft geen naam. Geef het een naam en stuur het opnieuw.
evidence-refused-name-too-long = De naam van dit bestand is te lang. Gebruik hoogstens { $max } tekens.
evidence-refused-name-characters = De naam van dit bestand heeft onzichtbare tekens. Geef het een gewone naam en stuur het opnieuw.
evidence-refused-name-path = De naam van dit bestand heeft een schuine streep of een dubbele punt. Haal die weg en stuur het opnieuw.
evidence-refused-empty = Dit bestand is leeg. Kijk of u het goede bestand koos.
evidence-refused-too-large = Dit bestand is te groot. Een bestand mag hoogstens { $max } MB zijn. Maak het kleiner of knip het in delen.
evidence-refused-quota-full = Uw organisatie heeft geen ruimte meer voor dit bestand. Vraag de gemeente om meer ruimte.
evidence-refused-unknown-kind = Dit soort bestand nemen we niet aan. Stuur een PDF, JPG, PNG, DOCX, XLSX of CSV.
evidence-refused-not-what-it-says = De inhoud van dit bestand past niet bij de naam. Open het en sla het opnieuw op, bijvoorbeeld als PDF.
evidence-refused-two-in-one = In dit bestand zit nog een ander bestand verstopt. Open het en sla het opnieuw op als PDF of als afbeelding.
evidence-refused-virus = Er zit een virus in dit bestand. We hebben het niet bewaard. Laat uw computer nakijken.
evidence-refused-bomb = Dit bestand wordt veel te groot als we het openen. Sla het opnieuw op, met minder grote afbeeldingen.
evidence-refused-pdf-damaged = Deze PDF is beschadigd of niet compleet. Open hem en kies “Opslaan als PDF”, en stuur de nieuwe PDF.
evidence-refused-pdf-encrypted = Op deze PDF zit een wachtwoord of een beveiliging. Haal die eraf, of druk de PDF af naar een nieuwe PDF.
evidence-refused-pdf-script = In deze PDF zit een programma (JavaScript). Druk hem af naar een nieuwe PDF en stuur die.
evidence-refused-pdf-launch = Deze PDF wil een ander programma starten. Druk hem af naar een nieuwe PDF en stuur die.
evidence-refused-pdf-embedded = In deze PDF zitten bijlagen. Stuur elke bijlage als een eigen bestand, en druk deze PDF af naar een nieuwe PDF.
evidence-refused-pdf-xfa = Dit is een invulbaar formulier van een soort dat we niet kunnen tonen (XFA). Druk het af naar een nieuwe PDF.
evidence-refused-pdf-media = In deze PDF zit beeld of geluid dat kan afspelen. Druk hem af naar een nieuwe PDF en stuur die.
evidence-refused-pdf-action = Deze PDF haalt iets op van elders of stuurt iets weg. Druk hem af naar een nieuwe PDF en stuur die.
evidence-refused-office-damaged = Dit document is beschadigd. Open het en sla het opnieuw op, of sla het op als PDF.
evidence-refused-office-encrypted = Op dit document zit een wachtwoord. Haal dat eraf, of sla het op als PDF.
evidence-refused-office-old = Dit is een document van een oude soort. Sla het op als DOCX, XLSX of PDF.
evidence-refused-office-macros = In dit document zitten macro’s. Sla het op zonder macro’s, of als PDF.
evidence-refused-office-objects = In dit document zitten onderdelen van andere programma’s. Sla het op als PDF.
evidence-refused-office-links = Dit document haalt iets op uit een ander bestand of van internet. Sla het op als PDF.
evidence-refused-office-too-many-parts = Dit document heeft te veel onderdelen. Sla het op als PDF.
evidence-refused-image-damaged = Deze afbeelding is beschadigd. Open haar en sla haar opnieuw op, of maak een nieuwe foto.
evidence-refused-image-too-large = Deze afbeelding heeft te veel beeldpunten. Maak haar kleiner.
evidence-refused-csv-not-text = Dit CSV-bestand is geen gewone tekst. Sla het in uw rekenprogramma opnieuw op als CSV.
evidence-refused-csv-command = In dit CSV-bestand staat een opdracht die een programma start. Haal die weg.
evidence-refused-not-checked = We konden dit bestand niet controleren. Open het en sla het opnieuw op als PDF.
config-about-evidence-quota = Hoeveel MB aan bewijsstukken één aanbieder mag bewaren.
config-about-scan = De virusscanner: off, of clamd met zijn adres. Met clamd wacht elk bestand tot het is bekeken.
config-expected-evidence-quota = een heel getal in MB, ten minste 25
config-expected-scan = off of clamd:HOST:POORT, zoals clamd:127.0.0.1:3310
page-cannot-store = We kunnen nu niets opslaan
page-cannot-store-advice = Er is niets opgeslagen. Het ligt niet aan u: er is een storing aan onze opslag. Probeer het later opnieuw. Blijft het misgaan, geef dan het nummer hieronder door aan de gemeente.
evidence-title = Bewijsstukken
evidence-count = { $count ->
    [0] nog geen
    [one] 1 bewijsstuk
   *[other] { $count } bewijsstukken
 }
evidence-yours = Uw bewijsstukken
evidence-none = U hebt nog geen bewijsstukken. Voeg er een toe met het formulier op deze pagina.
evidence-piece = Bewijsstuk
evidence-valid-until = Geldig tot en met
evidence-no-end = geen einddatum
evidence-received-on = Ontvangen
evidence-received-by = Ingediend door
evidence-state = Status
evidence-version = versie { $number }
evidence-version-heading = Versie { $number }
evidence-withdrawn = Ingetrokken
evidence-infected = Besmet, geblokkeerd
evidence-waits-for-scan = Wacht op virusscan
evidence-expired = Verlopen
evidence-clean = Gescand, schoon
evidence-received-state = Ontvangen
evidence-size = Grootte
evidence-pages = Pagina’s
evidence-hash = Vingerafdruk
evidence-not-told = niet ingevuld
evidence-download = Downloaden
evidence-add = Bewijsstukken toevoegen
evidence-add-version = Nieuwe versie toevoegen
evidence-add-version-text = De versies die er al zijn, blijven bewaard.
evidence-file = Bestand
evidence-files = Bestanden
evidence-files-hint = PDF, JPG, PNG, DOCX, XLSX of CSV, hoogstens 25 MB per bestand. U kunt er meer tegelijk kiezen.
evidence-file-hint = PDF, JPG, PNG, DOCX, XLSX of CSV, hoogstens 25 MB.
evidence-title-field = Naam van het bewijsstuk (niet verplicht)
evidence-title-hint = Bijvoorbeeld: Polis aansprakelijkheid 2027. Vult u niets in, dan gebruiken we de naam van het bestand.
evidence-dated = Datum op het document
evidence-valid-until-field = Geldig tot en met (niet verplicht)
evidence-valid-until-hint = De laatste dag waarop het bewijsstuk geldt.
evidence-send = Toevoegen
evidence-how = Zo werkt het
evidence-how-once = U levert een bewijsstuk één keer aan. Daarna gebruikt u het bij elke eis en bij elke gemeente. Een gemeente ziet het pas als u het bij een eis indient.
evidence-how-checked = Elk bestand wordt meteen gecontroleerd. Lukt dat niet, dan leest u waarom en wat u kunt doen.
evidence-withdraw = Bewijsstuk intrekken
evidence-withdraw-text = U kunt het dan niet meer nieuw indienen. Wie het al kreeg, houdt het.
evidence-stored = Opgeslagen.
evidence-outcome = { $stored ->
    [0] Niets opgeslagen
    [one] 1 bestand opgeslagen
   *[other] { $stored } bestanden opgeslagen
 }, { $refused } niet
evidence-received = { $count ->
    [one] 1 bestand opgeslagen
   *[other] { $count } bestanden opgeslagen
 }
evidence-received-next = U kunt het nu gebruiken bij een eis.
evidence-choose = Kies een of meer bestanden.
evidence-choose-one = Kies één bestand.
evidence-wrong-title = Gebruik voor de naam hoogstens 120 gewone tekens.
evidence-wrong-date = Vul een datum in, zoals 31-12-2027.
evidence-ends-before = Deze datum ligt vóór de datum op het document.
evidence-wrong-key = Het formulier is niet volledig aangekomen. Stuur het opnieuw.
evidence-flag-bsn = In de naam van dit bestand staat een nummer dat op een BSN lijkt. Stuur liever een versie met een andere naam.
evidence-flag-links = In dit bestand staan links naar andere websites.
evidence-flag-formulas = In dit bestand staan formules. Open het niet zonder te kijken.
evidence-script-sending = Bezig met versturen:
evidence-script-checking = Verstuurd. We controleren het bestand.
evidence-script-failed = Niet aangekomen. Druk nog een keer op Toevoegen.
evidence-script-done = Opgeslagen bestanden:
evidence-script-drop = Of sleep uw bestanden hierheen.
evidence-script-drop-one = Of sleep uw bestand hierheen.
page-menu-evidence = Bewijsstukken

## config: mail
config-about-mail-smtp-host = De mailserver (SMTP). Leeg gelaten: mails worden niet verstuurd, maar blijven wachten.
config-about-mail-smtp-port = De poort van de mailserver. Leeg gelaten: 587 bij starttls, 465 bij tls, 25 bij none.
config-about-mail-smtp-tls = De beveiliging van de lijn naar de mailserver: starttls, tls of none. none alleen zonder wachtwoord of op deze computer.
config-about-mail-smtp-user = De gebruiker bij de mailserver. Leeg gelaten: zonder inloggen.
config-about-mail-smtp-password = Het wachtwoord bij de mailserver.
config-about-mail-from = De afzender van elke mail, met naam en adres. Hier komt ook terug wat niet bezorgd kan worden.
config-about-mail-contact = Waar de lezer van een mail vragen kan stellen; het staat onder elke mail.
config-expected-mail-smtp-host = de naam van een server, zoals smtp.voorbeeld.nl
config-expected-mail-smtp-port = een poort, zoals 587
config-expected-mail-smtp-tls = starttls of tls; none alleen zonder gebruiker of op deze computer
config-expected-mail-smtp-user = een naam op één regel
config-expected-mail-smtp-password = een wachtwoord op één regel
config-expected-mail-from = een naam en een adres, zoals Open House <openhouse@voorbeeld.nl>
config-expected-mail-contact = een telefoonnummer of adres op één regel

## mail: wat om elke mail staat
mail-greeting = Beste { $name },
mail-link = Open deze pagina: { $address }
mail-link-hidden = (de persoonlijke link ziet alleen de ontvanger)
mail-closing = Met vriendelijke groet,
mail-closing-from = Gemeente { $name }
mail-last-line = U kunt niet antwoorden op deze mail. Vragen? { $contact }
mail-ask-municipality = Neem contact op met de gemeente.

## admin: beheer van de mail
page-menu-admin = Beheer
admin-mail = Mail
admin-mail-lead = Wat er verstuurd is, wat wacht en wat terugkwam
admin-texts = Mailteksten
admin-no-server = Er is geen mailserver ingesteld
admin-no-server-advice = Mails worden niet verstuurd. Ze blijven wachten tot er een mailserver is. Vraag wie de installatie beheert om mail_smtp_host en mail_from in te vullen.
admin-stranded =
    { $count ->
        [one] Eén mail is niet aangekomen
       *[other] { $count } mails zijn niet aangekomen
    }
admin-newest = Nieuwste mails
admin-older = Oudere mails
admin-no-mail = Er zijn nog geen mails.
admin-subject = Onderwerp
admin-to = Aan
admin-email = E-mailadres
admin-posted = Gemaakt
admin-state = Stand
admin-to-newest = Naar de nieuwste
admin-to-older = Oudere mails
admin-health = Hoe het gaat
admin-waiting = Wacht
admin-waits-since = Wacht het langst, sinds
admin-not-delivered = Niet aangekomen
admin-sent-week = Verstuurd in 7 dagen
admin-last-trouble = De mailserver zei het laatst:
admin-way = Waarlangs
admin-destination = Mailserver
admin-from = Afzender
admin-contact = Vragen naar
admin-not-set = niet ingesteld
admin-folder = map “{ $folder }” van de demo; er wordt niets echt verstuurd
admin-send-test = Stuur uzelf een proefmail
admin-send-test-hint = De mail gaat naar uw eigen adres, langs dezelfde weg als elke mail. Daarna ziet u wat de mailserver ervan zei.
admin-state-waiting = Wacht
admin-state-sent = Verstuurd
admin-state-bounced = Geweigerd
admin-state-given-up = Opgegeven
admin-advice-waiting = De mail wordt vanzelf verstuurd. Lukt dat niet, dan probeert het systeem het drie dagen lang opnieuw.
admin-advice-sent = De mailserver heeft de mail aangenomen.
admin-advice-laid-down = De mail ligt als bestand in de map van de demo. Er is niets echt verstuurd.
admin-advice-bounced = De mailserver weigert deze mail. Controleer het e-mailadres en verstuur de mail daarna opnieuw.
admin-advice-given-up = De mailserver nam de mail drie dagen lang niet aan. Controleer de mailserver en verstuur de mail daarna opnieuw.
admin-advice-secret = Deze mail is niet aangekomen. De persoonlijke link erin is niet bewaard. Controleer het e-mailadres en maak een nieuwe uitnodiging of link.
admin-text = Tekst
admin-fared = Wat ermee gebeurde
admin-attempts = Pogingen
admin-next = Volgende poging
admin-server-said = De mailserver zei:
admin-in-portal = Dit bericht staat ook bij de aanbieder in het systeem. Daar kan niemand het veranderen.
admin-file = Bestand:
admin-send-again = Verstuur opnieuw
admin-look-again = Kijk opnieuw
admin-texts-lead = Wat het systeem mailt. U kunt elke tekst door een eigen tekst vervangen.
admin-texts-all = Alle mails
admin-when = Wanneer
admin-code = Code
admin-formal = Formeel
admin-formal-yes = ja
admin-formal-no = niet formeel
admin-formal-lead = Formeel: de tekst staat ook als bericht in het systeem. De mail is alleen de melding.
admin-which-text = Tekst
admin-own-text = eigen tekst
admin-shipped-text = standaardtekst
admin-subject-nl = Onderwerp, Nederlands
admin-body-nl = Tekst, Nederlands
admin-subject-en = Onderwerp, Engels
admin-body-en = Tekst, Engels
admin-around = De aanhef, de link, de afsluiting en de laatste regel zet het systeem er zelf omheen. Zet geen namen van cliënten en geen bedragen in een mail.
admin-save = Bewaar
admin-preview = Bekijk
admin-to-shipped = Zet de standaardtekst terug
admin-preview-unsaved = Zo wordt de mail (nog niet bewaard)
admin-preview-saved = Zo is de mail
admin-preview-invented = De gegevens in dit voorbeeld zijn verzonnen.
admin-placeholders = Wat u kunt invullen
admin-placeholders-lead = Zet zo’n woord tussen dubbele accolades in de tekst. Het systeem vult het in.
admin-versions = Versies
admin-no-versions = De standaardtekst geldt.
admin-text-empty = Vul een tekst in.
admin-text-long = Maak de tekst korter: hoogstens { $count } tekens.
admin-text-nearest = { $found } bestaat hier niet. Bedoelt u { $nearest }?
admin-text-unknown = { $found } bestaat hier niet. Kies een woord uit de lijst.
admin-text-braces = “{ $found }” kan niet. Tussen dubbele accolades staat één woord uit de lijst, en verder niets.
admin-text-overtaken = { $name } heeft deze tekst intussen veranderd. Uw tekst staat nog in het formulier. Vergelijk, en bewaar opnieuw als uw tekst moet gelden.

## cli: de mail van de voorbeeldgemeente
cli-demo-as-admin = functioneel beheerder
cli-demo-look-mail = Mail die het systeem maakt, ligt in { $folder } als .eml: er wordt niets echt verstuurd.
cli-not-over = Het { $quarter } is nog niet voorbij. Daarna kunt u het beoordelen.
cli-port-taken = Het adres { $address } is al in gebruik. Kies een andere poort, bijvoorbeeld met --port 8081.

## public: wat iedereen mag lezen
public-accessibility = Toegankelijkheid
public-accessibility-lead = Iedereen moet met deze site kunnen werken, ook met een schermlezer, een vergroting of alleen een toetsenbord.
public-accessibility-how = Zo is de site gemaakt
public-accessibility-standard = Elke pagina is gemaakt volgens WCAG 2.2, niveau AA: de richtlijn voor toegankelijke websites.
public-accessibility-keyboard = Alles werkt met het toetsenbord. U ziet altijd waar u bent.
public-accessibility-script = Alles werkt zonder JavaScript, op een breed scherm en op een telefoon.
public-accessibility-tested = Elke pagina wordt bij elke nieuwe versie met een programma nagekeken, in twee talen en op twee breedtes. Een programma vindt niet alles.
public-accessibility-statement = Verklaring van de gemeente
public-accessibility-statement-at = De gemeente zegt in haar verklaring wat aan deze site nog beter moet, en wanneer dat klaar is.
public-accessibility-statement-link = Toegankelijkheidsverklaring van de gemeente
public-accessibility-statement-unknown = De gemeente zet haar toegankelijkheidsverklaring op haar eigen website.
public-accessibility-stuck = Loopt u vast?
public-accessibility-stuck-text = Laat het de contractmanager van de gemeente weten. Zeg op welke pagina het was en wat u wilde doen. U mag ook vragen om de gegevens in een andere vorm.

## report: wat onder de SHA-256 valt
report-no-agreement = Geen overeenkomst in dit kwartaal
report-note-as-of = Een deel van dit rapport is de stand op { $date }
report-covers-whole = De SHA-256 dekt alles wat dit rapport zegt over dit kwartaal: feiten, oordelen, overeenkomst, definities, kosten, klachten, VOG’s, wat verloopt, motivering, reacties en acties. Ook de cijfers van andere kwartalen zijn zo vastgelegd.
report-covers-quarter = De SHA-256 dekt de feiten, de oordelen, de overeenkomst, de definities, de kosten van dit kwartaal, de klachten, de VOG’s en wat verloopt. Motivering, reacties, acties en de cijfers van andere kwartalen vallen er nog niet onder: die zijn de stand op { $date }. Zij komen eronder als de gemeente het kwartaal vaststelt.
report-covers-findings = Deze beoordeling is vastgelegd door een eerdere versie van het programma. De SHA-256 dekt alleen de feiten en de oordelen. Overeenkomst, definities, kosten, klachten, VOG’s, wat verloopt, motivering, reacties, acties en de cijfers van andere kwartalen zijn de stand op { $date } en vallen er niet onder.

## statement: twee keer verzonden, en regels die vervallen
statement-form-used = Dit formulier is al verzonden, met een ander bestand of met een uitkomst die er niet meer is. Kies het bestand opnieuw en verzend het nog een keer.
statement-drop-earlier = De kostenregels die ik eerder heb opgegeven mogen vervallen
statement-drop-earlier-hint = Alleen nodig als u nu een nulopgave doet, of een opgave zonder kostenregels.
statement-no-known-sheet = Dit bestand heeft geen blad dat wij kennen. Wij lezen de bladen { $known }. Geef uw bladen deze namen, of gebruik het sjabloon.
statement-nil-over-filled = Over dit kwartaal staat al een ingevulde opgave, met { $lines } kostenregels. Een nulopgave laat die regels vervallen. Wilt u dat? Kruis dan aan dat de eerdere kostenregels mogen vervallen (op de opdrachtregel: --drop-earlier-lines) en dien opnieuw in.
statement-costs-dropped = In dit bestand staat geen goede kostenregel. Over dit kwartaal staan er al { $lines }, en die zouden vervallen. Wilt u dat? Kruis dan aan dat de eerdere kostenregels mogen vervallen (op de opdrachtregel: --drop-earlier-lines) en dien opnieuw in.
sheet-misspelt-sheet = Dit blad kennen wij niet, en het blad { $name } ontbreekt. Bedoelt u { $name }? Geef het blad die naam, of haal het weg.

## facts: wat elkaar tegenspreekt
facts-fault-ends-before = { $path }: deze dag ligt voor { $start }. Een einde ligt niet voor het begin.
facts-fault-same-ref = { $path }: { $found } staat ook bij { $first }. Elk nummer staat één keer in de lijst.

## register
register-nothing-in-file = In het bestand staan geen rijen.
register-duplicate = Dit staat ook in rij { $row }. Haal een van de twee rijen weg.
register-other-than-in-row = Bij deze medewerker staan hier andere gegevens dan in rij { $row }. Maak ze gelijk.
register-ends-before-it-begins = Deze dag ligt voor de eerste dag. Pas een van de twee aan.
register-negative-tariff = Een tarief is nooit negatief. Vul een bedrag in, bijvoorbeeld 45,00.
register-number-taken = Dit nummer heeft { $name } al. Kies een ander nummer, of laat de cel leeg.
register-other-number = Deze aanbieder heeft nummer { $number }. Een nummer verandert niet. Vul dat nummer in, of laat de cel leeg.
register-other-name = Een andere gemeente kent deze aanbieder als { $name }. Vul die naam in.
register-unknown-provider = Deze aanbieder is niet bekend bij de gemeente. Controleer het KvK-nummer, of zet de aanbieder op blad Aanbieders.
register-unknown-product = Het product { $code } is niet bekend. Controleer de code, of zet het product op blad Producten.
register-no-products = Vul een of meer productcodes in, met een puntkomma ertussen.
register-unit-in-use = Dit product is al in rekening gebracht per { $unit }. Maak voor een andere eenheid een nieuw product.
register-other-holder = Deze overeenkomst is van { $name }. Controleer het nummer en het KvK-nummer.
register-tariffs-overlap = In deze periode geldt ook een ander tarief ({ $period }). Vul bij het oudste tarief een eerdere laatste dag in.
register-unknown-vog-code = De code { $code } staat niet op de lijst van Justis. Kijk op de VOG welke code er staat.
register-column-aanbieders-kvk = Het nummer in het Handelsregister, acht cijfers.
register-column-aanbieders-naam = De naam van de aanbieder.
register-column-aanbieders-aanbiedernummer = Uw eigen nummer voor de aanbieder. Leeg: een nieuwe aanbieder krijgt het volgende vrije nummer.
register-column-aanbieders-klachtenregeling_tot_en_met = De laatste dag waarop de klachtenregeling geldt. Leeg: wat bekend is, blijft staan.
register-column-aanbieders-vertrouwenspersoon = Heeft de aanbieder een vertrouwenspersoon genoemd?
register-column-producten-code = De code van het product, zoals die in de opgaven staat.
register-column-producten-naam_nl = De naam van het product.
register-column-producten-naam_en = De naam in het Engels.
register-column-producten-eenheid = Wat een aantal telt: uren, maanden, trajecten.
register-column-tarieven-product = De code van het product.
register-column-tarieven-tarief = Het bedrag per eenheid, zonder btw.
register-column-tarieven-geldig_vanaf = De eerste dag van dit tarief.
register-column-tarieven-geldig_tot_en_met = De laatste dag van dit tarief. Leeg: tot een volgend tarief begint.
register-column-overeenkomsten-overeenkomstnummer = Het nummer van de overeenkomst.
register-column-overeenkomsten-versie = De versie waartoe de aanbieder is toegetreden.
register-column-overeenkomsten-kvk = Het KvK-nummer van de aanbieder.
register-column-overeenkomsten-actief_vanaf = De eerste dag van de overeenkomst.
register-column-overeenkomsten-actief_tot_en_met = De laatste dag. Leeg als er geen einde bekend is.
register-column-overeenkomsten-producten = De codes van de producten die de aanbieder mag leveren, met een puntkomma ertussen.
register-column-contactpersonen-email = Het e-mailadres waaronder aanbieders deze persoon kennen.
register-column-contactpersonen-naam = De naam van de contactpersoon.
register-column-contactpersonen-actief_vanaf = De eerste dag als contactpersoon.
register-column-contactpersonen-actief_tot_en_met = De laatste dag. Leeg als er geen einde bekend is.
register-column-vogregister-kvk = Het KvK-nummer van de aanbieder waarvoor de medewerker werkt.
register-column-vogregister-personeelsnummer = Het nummer van de medewerker bij de aanbieder. Geen naam.
register-column-vogregister-functiegroep = De groep waar de medewerker bij hoort.
register-column-vogregister-klantcontact = Werkt deze medewerker met cliënten?
register-column-vogregister-in_dienst_op = De eerste werkdag bij de aanbieder.
register-column-vogregister-uit_dienst_op = De laatste werkdag. Leeg als de medewerker er nog werkt.
register-column-vogregister-vog_datum = De datum die op de VOG staat. Twee VOG's zijn twee rijen.
register-column-vogregister-vog_soort = Staan er functieaspecten op de VOG, of een specifiek profiel?
register-column-vogregister-vog_codes = De codes op de VOG, met een puntkomma ertussen.
register-column-vogregister-vog_gecontroleerd_op = De dag waarop de VOG is gezien.

## cli: eigen bestanden van de gemeente
cli-import-providers = Het register van { $name } is bijgewerkt.
cli-import-providers-good = Het register van { $name }: alle rijen zijn goed.
cli-import-staff = Het VOG-register van { $name } is bijgewerkt.
cli-import-staff-good = Het VOG-register van { $name }: alle rijen zijn goed.
cli-import-template = Het lege sjabloon staat in { $path }
cli-import-template-there = { $path } is er al. Kies een andere naam voor het sjabloon.

## cli: bewaarde bestanden nakijken
cli-check-stored = { $wrong } van de { $seen } bewaarde bestanden zijn niet in orde:
cli-check-missing = { $digest } ontbreekt. Het hoort bij { $what }.
cli-check-corrupted = { $digest } is op de schijf veranderd (nu { $found }). Het hoort bij { $what }.
cli-check-unreadable = { $digest } is niet te lezen ({ $cause }). Het hoort bij { $what }.
cli-check-submission = ontvangst { $number } ({ $file }, { $quarter })
cli-check-report = het rapport van beoordeling { $number } ({ $language })
cli-check-evidence = bewijsstuk { $number }, { $file }
cli-check-document = document van de procedure, { $file }

## help: de hulp op de opdrachtregel
help-about = Contractbeheer voor re-integratiediensten die via Open House zijn ingekocht.
help-demo = Maak een verzonnen gemeente, beoordeel haar kwartalen, schrijf haar rapporten en start de webtoepassing
help-setup = Maak de eerste gemeente met haar definities en haar contractmanager
help-serve = Start de webtoepassing
help-judge = Beoordeel één document met kwartaalfeiten: feiten erin, bevindingen eruit
help-import = Lees een rekenblad, een ZIP of een map met CSV-bestanden in
help-assess = Verzamel de feiten van een kwartaal en beoordeel ze
help-facts = Schrijf het document met kwartaalfeiten dat assess gebruikt
help-report = Schrijf het rapport van een kwartaal per aanbieder, als PDF en als HTML
help-migrate = Werk de tabellen van de database bij
help-check = Kijk of instellingen, database, bestanden en logboek in orde zijn
help-config = Toon de instellingen
help-audit = Kijk het logboek van handelingen na
help-user = Beheer gebruikers
help-import-statement = Lees de kwartaalopgave van een aanbieder in
help-import-municipality = Lees in wat alleen de gemeente weet: uitstroom, plaatsingen, uitsluitingen en onderzoeken
help-import-providers = Lees het register in: aanbieders, producten, tarieven, overeenkomsten en contactpersonen
help-import-staff = Lees het VOG-register in: wie voor welke aanbieder werkt, en welke VOG's zijn gezien
help-config-show = Elke instelling met haar waarde en waar die vandaan komt; een wachtwoord wordt nooit getoond
help-as-json = Als JSON
help-config-example = Een voorbeeld van openhouse.toml
help-audit-verify = Reken de keten van het logboek na, regel voor regel
help-user-list = Iedereen die mag inloggen, met elke rol
help-demo-dir = De map voor database, bestanden, rekenbladen en rapporten; standaard openhouse-demo
help-demo-port = Poort van de webtoepassing; standaard 8080
help-demo-once = Stop na de rapporten
help-setup-name = De naam van de gemeente, zonder het woord gemeente
help-setup-manager = Naam van de eerste contractmanager
help-setup-email = E-mailadres van de eerste contractmanager
help-judge-facts = Een document met kwartaalfeiten; - leest standaardinvoer
help-import-file = Een XLSX-bestand, een ZIP met CSV-bestanden of een map met CSV-bestanden
help-import-dry-run = Lees en controleer, en bewaar niets
help-import-json = Geef de uitkomst als JSON
help-import-template = Schrijf het lege sjabloon naar dit bestand, en lees niets
help-import-provider = KvK-nummer van de aanbieder, als het bestand dat niet mag zeggen
help-import-quarter = 2026-Q3 of 2026-3, als het bestand dat niet mag zeggen
help-import-good-rows = Neem de goede rijen over en geef de andere terug
help-import-drop-earlier-lines = Een nulopgave, of een bestand zonder kostenregels, mag de kostenregels van eerder vervangen
help-one-provider = KvK-nummer van één aanbieder
help-quarter = 2026-Q3 of 2026-3
help-assess-json = Schrijf de documenten met bevindingen, na elkaar
help-assess-dry-run = Beoordeel, en bewaar niets
help-provider = KvK-nummer van de aanbieder
help-report-out = De map om in te schrijven
help-user-email = E-mailadres van de gebruiker
help-user-role = De rol, zoals contract_manager, functional_admin, viewer of provider_admin
help-user-provider = KvK-nummer van de aanbieder, voor een rol bij een aanbieder
help-municipality = De gemeente, als er meer dan één is
help-flag-config = Bestand met instellingen; standaard openhouse.toml, als het er is
help-flag-database = sqlite:PAD of postgres://…
help-flag-files = file:MAP
help-flag-listen = Adres en poort van de webtoepassing
help-flag-public = Adres dat gebruikers intypen
help-flag-log = error, warn, info, debug of trace
help-flag-lang = nl of en
help-flag-max-requests = Zoveel verzoeken tegelijk worden beantwoord
help-flag-accessibility = Het adres van uw toegankelijkheidsverklaring
help-flag-security = Waar iemand een zwakke plek kan melden (mailto: of https:)
help-flag-evidence-quota = Hoeveel MB aan bewijsstukken één aanbieder mag bewaren
help-flag-scan = De virusscanner: off, of clamd:HOST:POORT
help-completions = Schrijf een aanvulscript voor bash, zsh of fish
help-completions-shell = bash, zsh of fish
help-apart = Kijk één bestand na in een eigen proces; de server start dit zelf
help-apart-inspect = Beoordeel het bestand dat binnenkomt
help-apart-name = De naam van het bestand
help-apart-page = Teken een pagina van de PDF die binnenkomt
help-apart-number = De hoeveelste pagina
help-apart-sha256 = De SHA-256 van de PDF
help-help = Toon deze hulp
help-version = Toon de versie
help-usage = Gebruik:
help-options = Opties
help-commands = Opdrachten
help-arguments = Argumenten
help-any-options = [OPTIES]
help-value-command = OPDRACHT
help-value-dir = MAP
help-value-name = NAAM
help-value-address = ADRES
help-value-file = BESTAND
help-value-where = WAAR
help-value-level = NIVEAU
help-value-quarter = KWARTAAL
help-value-lang = TAAL
help-value-role = ROL
help-value-facts = FEITEN.json
help-value-municipality = GEMEENTE
help-wrong-value = Bij { $argument } staat "{ $value }". Dat is niet wat hier hoort. { $expected }
help-no-value = Bij { $argument } ontbreekt de waarde.
help-unknown-argument = { $argument } bestaat niet bij deze opdracht.
help-unknown-command = De opdracht { $command } bestaat niet.
help-did-you-mean = Bedoelt u { $nearest }?
help-conflict = { $argument } en { $other } gaan niet samen.
help-missing = Dit ontbreekt: { $arguments }.
help-twice = { $argument } staat er meer dan één keer.
help-wrong-use = Deze opdracht klopt niet.
help-try = Met --help ziet u alle opties.
help-expect-quarter = Verwacht wordt een kwartaal, zoals 2026-Q3.
help-expect-kvk = Verwacht wordt een KvK-nummer van acht cijfers.
help-expect-one-of = Kies uit: { $known }.
help-expect-number = Verwacht wordt een getal.

## trouble: storingen in woorden
trouble-not-found = bestand of map niet gevonden
trouble-no-permission = u heeft hier geen rechten
trouble-there-already = dit is er al
trouble-disk-full = de schijf is vol
trouble-read-only = hier kan niet worden geschreven
trouble-is-folder = dit is een map, geen bestand
trouble-no-folder = dit is een bestand, geen map
trouble-port-taken = op dit adres draait al iets anders
trouble-no-such-address = dit adres heeft deze computer niet
trouble-no-answer = er is geen antwoord van de andere kant
trouble-too-late = het duurde te lang
trouble-damaged = het bestand is beschadigd of niet compleet
trouble-system = het systeem weigert dit
trouble-file-missing = het bewaarde bestand { $hash } ontbreekt
trouble-file-changed = het bewaarde bestand { $hash } is op de schijf veranderd
trouble-database-closed = de database gaat niet open
trouble-database-refused = de database weigert dit
trouble-database = de database geeft een storing
help-backup = Maak een back-up, kijk hem na of zet hem terug
help-backup-create = Maak één bestand met database, bestanden en controlegetallen
help-backup-verify = Reken elk bestand en het logboek van een back-up na
help-backup-restore = Zet een back-up terug in een lege database en een lege map
help-backup-out = Het bestand dat wordt gemaakt; een bestand dat er al is, blijft zoals het is
help-backup-file = De back-up

## cli: back-up
cli-backup-there = { $path } is er al. Kies een andere naam.
cli-backup-made = De back-up staat in { $path }, met de database en { $files } bestanden.
cli-backup-no-pg = Het programma { $program } staat niet op deze computer. Installeer de programma's van PostgreSQL (op Debian het pakket postgresql-client).
cli-backup-none = { $path } is geen back-up van openhouse, of is beschadigd.
cli-backup-whole = De back-up van { $at } is heel: de database en { $files } bestanden.
cli-backup-audit-later = Het logboek in een back-up van PostgreSQL is pas na te rekenen als hij is teruggezet.
cli-backup-lacks = { $name } ontbreekt in de back-up.
cli-backup-changed = { $name } is niet wat in de back-up werd gezet.
cli-backup-more = In de back-up staan bestanden die er niet in horen.
cli-backup-other-database = De back-up is van een andere soort database. Kies met --database-url dezelfde soort.
cli-backup-database-full = De database { $database } is er al of is niet leeg. Kies met --database-url een lege.
cli-backup-folder-full = De map { $folder } is niet leeg. Kies met --files een lege.
cli-backup-back = Teruggezet: de database { $database } en { $files } bestanden.

## term
term-today = vandaag
term-left = { $days ->
    [one] nog 1 dag
   *[other] nog { $days } dagen
}
term-over = { $days ->
    [one] 1 dag over
   *[other] { $days } dagen over
}
term-working-days = { $count ->
    [one] 1 werkdag na { $start }
   *[other] { $count } werkdagen na { $start }
}
term-calendar-days = { $count ->
    [one] 1 dag na { $start }
   *[other] { $count } dagen na { $start }
}
term-weeks = { $count ->
    [one] 1 week na { $start }
   *[other] { $count } weken na { $start }
}
term-extended = { $days ->
    [one] { $rule }, 1 dag langer door een storing
   *[other] { $rule }, { $days } dagen langer door een storing
}

## procedure
procedure-state-draft = Concept
procedure-state-published = Gepubliceerd
procedure-state-open = Open
procedure-state-paused = Gepauzeerd
procedure-state-closed = Gesloten
procedure-state-ended = Beëindigd
procedure-entry-continuous = U kunt zich altijd aanmelden
procedure-entry-fixed = U kunt zich aanmelden op vaste momenten
procedure-entry-at-start = U kunt zich alleen bij de start aanmelden
procedure-remedy-court = een kort geding starten bij de rechtbank { $court }
procedure-remedy-objection = bezwaar maken bij het college. Dat kan binnen 6 weken
procedure-remedy-complaint = een klacht indienen bij ons klachtenmeldpunt. U krijgt binnen 6 weken antwoord
procedure-gap-code = een korte code met letters, cijfers en streepjes
procedure-gap-name = de naam in het Nederlands en het Engels
procedure-gap-intro = de inleiding in het Nederlands en het Engels
procedure-gap-contact = naam, telefoon en e-mail van de contactpersoon
procedure-gap-court = de naam van de rechtbank
procedure-gap-days = de eerste en de laatste dag, in de goede volgorde
procedure-gap-criteria = eisen die gelden voor dit domein
procedure-refused-not-found = Deze procedure is er niet.
procedure-refused-role = U kunt dit niet doen met uw rol.
procedure-refused-state = Dit kan nu niet: de procedure heeft de status { $state }.
procedure-refused-incomplete = Er mist nog iets: { $gaps }. Vul dit eerst aan.
procedure-refused-not-proposed = Een contractmanager moet eerst voorstellen om te publiceren.
procedure-refused-four-eyes = Voorstellen en publiceren doen twee verschillende personen. Vraag een collega.
procedure-refused-reason = Schrijf op wat u wilt zeggen.
procedure-refused-early = Dit kan pas na { $day }.
procedure-refused-no-end = Deze procedure heeft geen laatste dag. U kunt haar wel pauzeren.
procedure-refused-agreements = { $count ->
    [one] Er loopt nog 1 overeenkomst. Beëindig die eerst.
   *[other] Er lopen nog { $count } overeenkomsten. Beëindig die eerst.
}
procedure-refused-code = Deze code is al in gebruik. Kies een andere.
procedure-refused-changed = { $by } heeft dit intussen veranderd. Bekijk de nieuwe versie en probeer het opnieuw.

## dossier
dossier-state-draft = Concept
dossier-state-submitted = Ingediend
dossier-state-under-review = In toetsing
dossier-state-supplement-asked = Aanvulling gevraagd
dossier-state-advised = Advies gereed
dossier-state-admitted = Toegelaten
dossier-state-refused = Afgewezen
dossier-state-refusal-final = Afwijzing definitief
dossier-state-in-court = Kort geding
dossier-state-set-aside = Buiten behandeling
dossier-state-withdrawn = Ingetrokken
dossier-state-lapsed = Vervallen
dossier-criterion-open = Nog te doen
dossier-criterion-handed-in = Ingediend
dossier-criterion-under-review = In beoordeling
dossier-criterion-met = Voldoet
dossier-criterion-not-met = Voldoet niet
dossier-criterion-repair-asked = Aanvulling nodig
dossier-criterion-not-applicable = Niet van toepassing
dossier-criterion-expiring = Verloopt binnenkort
dossier-criterion-expired = Verlopen
dossier-verb-start = Aanmelding begonnen
dossier-verb-submit = Aanmelding ingediend
dossier-verb-take-up = In toetsing genomen
dossier-verb-ask-supplement = Aanvulling gevraagd
dossier-verb-hand-in-supplement = Aanvulling ingediend
dossier-verb-set-aside = Buiten behandeling gesteld
dossier-verb-advise = Advies gegeven
dossier-verb-send-back = Terug met een vraag
dossier-verb-admit = Toegelaten
dossier-verb-refuse = Afgewezen
dossier-verb-close-refusal = Afwijzing definitief
dossier-verb-note-case = Kort geding genoteerd
dossier-verb-reopen = Opnieuw in toetsing na het vonnis
dossier-verb-lose-case = Afwijzing blijft na het vonnis
dossier-verb-withdraw = Aanmelding ingetrokken
dossier-verb-lapse = Toelating vervallen
dossier-term-completeness = Controle of alles compleet is
dossier-term-supplement = Aanvulling
dossier-term-assessment = Beoordeling
dossier-term-legal-protection = Rechtsbescherming
dossier-step-organisation = Uw organisatie
dossier-step-contact = Contactpersoon
dossier-step-locations = Locaties
dossier-step-offer = Wat u wilt leveren
dossier-step-signatory = Wie tekent
dossier-step-declaration = Eigen verklaring
dossier-step-statements = Akkoord en toelichting
dossier-holds = Het bewijs is geldig.
dossier-holds-until = Het bewijs is geldig tot en met { $day }.
dossier-holds-register = De geldigheid staat in het VOG-register.
dossier-holds-no-date = De datum van het document is niet ingevuld.
dossier-holds-no-end = De einddatum is niet ingevuld.
dossier-holds-future = De datum van het document ({ $day }) ligt na de dag van ontvangst.
dossier-holds-too-old = Het document was te oud bij ontvangst: het mocht niet van vóór { $day } zijn.
dossier-holds-ended = Het bewijs was geldig tot en met { $day }.
dossier-again-at-once = wanneer u wilt
dossier-refused-not-found = Dit dossier is er niet.
dossier-refused-role = U kunt dit niet doen met uw rol.
dossier-refused-state = Dit kan nu niet: de aanmelding heeft de status { $state }.
dossier-refused-criterion = Dit kan nu niet: de eis heeft de status { $state }.
dossier-refused-account = Hiervoor moet u ingelogd zijn met uw eigen account.
dossier-refused-own-advice = U heeft het advies gegeven. Een collega moet het besluit nemen.
dossier-refused-incomplete = De aanmelding is nog niet compleet. Vul nog aan: { $parts }.
dossier-refused-nothing-asked = Kies wat u nog nodig heeft van de aanbieder.
dossier-refused-reason = Schrijf op waarom.
dossier-refused-term-over = De termijn liep tot en met { $day }. Neem contact op met de gemeente.
dossier-refused-term-runs = De termijn loopt nog tot en met { $day }.
dossier-refused-unjudged = Nog niet alle eisen zijn beoordeeld: { $codes }.
dossier-refused-not-met = De aanbieder voldoet nog niet aan: { $codes }.
dossier-refused-not-repairable = Bij deze eis is herstel niet mogelijk.
dossier-refused-closed = U kunt zich nu niet aanmelden voor deze procedure.
dossier-refused-already = Er is al een aanmelding: { $number }. Ga daarmee verder.
dossier-refused-known = Deze organisatie heeft al een account. Wij hebben uw verzoek om toegang doorgegeven. U hoort van uw beheerder of van de gemeente.
dossier-refused-not-asked = De gemeente heeft hier niet om gevraagd: { $part }. U kunt dit nu niet veranderen.
dossier-refused-evidence = Dit bestand kunt u nu niet gebruiken. Kies een ander bestand.
dossier-refused-bulk = Een afwijzing geeft u per aanbieder, met een eigen reden.
dossier-refused-changed = { $by } heeft dit intussen veranderd. Bekijk beide versies en kies.
dossier-refused-some-changed = Deze aanmeldingen zijn intussen veranderd: { $numbers }. Er is niets vastgelegd.

## account: wachtwoord, tweede stap en herstelcodes; de kluis
cli-user-which-provider = Een rol bij een aanbieder vraagt --provider met het KvK-nummer van een aanbieder die bekend is; een rol bij de gemeente heeft er geen. system is geen rol voor een mens.
config-about-key = De sleutel die geheimen verzegelt voordat ze in de database komen. Leeg gelaten: uit key_file.
config-about-key-file = Het bestand met die sleutel. Leeg gelaten: openhouse.key naast de database, bij de eerste start gemaakt. Bewaar het apart van de back-ups.
config-expected-key = 64 hexadecimale tekens, of meer van zulke sleutels met een spatie ertussen en de nieuwste vooraan
config-expected-key-file = een pad
vault-not-a-key = De sleutel is niet goed. Een sleutel bestaat uit 64 hexadecimale tekens.
vault-no-key = De sleutel ontbreekt: { $path } is er niet. Zet het bestand terug, of geef de plaats op met --key-file. Er wordt geen nieuwe gemaakt: de gegevens kunnen met de oude zijn verzegeld.
vault-other-key = Dit is een andere sleutel dan waarmee de gegevens zijn verzegeld (kenmerk { $id }). Geef de oude sleutel ook op, achter de nieuwe.
cli-check-key = Sleutel
cli-check-key-unseen = De sleutel is pas na te kijken als de database in orde is.
page-switch = Wissel van rol
page-menu-users = Gebruikers
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
help-user-add = Geef iemand een rol en maak een uitnodiging
help-user-reset = Haal wachtwoord en tweede stap van iemand weg en maak een nieuwe uitnodiging
help-user-name = Naam van de gebruiker
help-flag-key = De sleutel die geheimen verzegelt, in 64 hexadecimale tekens
help-flag-key-file = Het bestand met die sleutel

## oidc: de instellingen van inloggen bij een ander
config-about-oidc-issuer = Het adres van de identiteitsprovider waar medewerkers inloggen (OpenID Connect). Leeg gelaten: alleen wachtwoord en code.
config-about-oidc-client-id = Onder welke naam de identiteitsprovider deze installatie kent.
config-about-oidc-client-secret = Het geheim dat daarbij hoort. Leeg gelaten: zonder geheim, met PKCE alleen.
config-about-oidc-scopes = Wat er aan de identiteitsprovider wordt gevraagd.
config-about-oidc-municipality = De gemeente waarvan de medewerkers zijn. Leeg gelaten: de enige van deze installatie.
config-about-oidc-claim-name = De claim met de naam van de medewerker.
config-about-oidc-claim-email = De claim met het e-mailadres van de medewerker.
config-about-oidc-claim-roles = De claim met de rollen of groepen. Een punt gaat een niveau dieper: realm_access.roles.
config-about-oidc-roles = Welke waarde van die claim welke rol geeft: waarde=rol, met komma's ertussen.
config-about-oidc-acr = Een van deze waarden moet in de claim acr staan. Leeg gelaten: er wordt niet naar gekeken.
config-about-oidc-amr = Een van deze waarden moet in de claim amr staan, zoals mfa. Leeg gelaten: er wordt niet naar gekeken.
config-about-eherkenning-issuer = Het adres van de makelaar voor eHerkenning (OpenID Connect). Leeg gelaten: geen eHerkenning.
config-about-eherkenning-client-id = Onder welke naam de makelaar deze installatie kent.
config-about-eherkenning-client-secret = Het geheim dat daarbij hoort. Leeg gelaten: zonder geheim, met PKCE alleen.
config-about-eherkenning-scopes = Wat er aan de makelaar wordt gevraagd.
config-about-eherkenning-claim-person = De claim die zegt wie de persoon is: bij elke keer inloggen dezelfde.
config-about-eherkenning-claim-kvk = De claim met het KvK-nummer.
config-about-eherkenning-claim-level = De claim met het betrouwbaarheidsniveau.
config-about-eherkenning-minimum = Het laagste niveau dat binnenkomt: eh2, eh2+, eh3 of eh4.
config-expected-oidc-issuer = een adres dat met https:// begint
config-expected-oidc-client-id = een naam op één regel
config-expected-oidc-client-secret = een geheim op één regel
config-expected-oidc-scopes = woorden, zoals openid profile email
config-expected-oidc-municipality = de naam van een gemeente van deze installatie
config-expected-oidc-claim-name = de naam van een claim, zoals name
config-expected-oidc-claim-email = de naam van een claim, zoals email
config-expected-oidc-claim-roles = de naam van een claim, zoals roles
config-expected-oidc-roles = waarde=rol met komma's ertussen, zoals oh-contract=contract_manager; alleen rollen van de gemeente
config-expected-oidc-acr = woorden op één regel
config-expected-oidc-amr = woorden op één regel, zoals mfa
config-expected-eherkenning-issuer = een adres dat met https:// begint
config-expected-eherkenning-client-id = een naam op één regel
config-expected-eherkenning-client-secret = een geheim op één regel
config-expected-eherkenning-scopes = woorden, zoals openid
config-expected-eherkenning-claim-person = de naam van een claim, zoals sub
config-expected-eherkenning-claim-kvk = de naam van een claim
config-expected-eherkenning-claim-level = de naam van een claim, zoals acr
config-expected-eherkenning-minimum = eh2, eh2+, eh3 of eh4

## elsewhere: inloggen bij de organisatie en met eHerkenning
elsewhere-sign-in = Of log in zonder wachtwoord
elsewhere-sign-in-organisation = Log in bij uw organisatie
elsewhere-sign-in-eherkenning = Log in met eHerkenning
elsewhere-or = Of:
elsewhere-accept-organisation = log in bij uw organisatie, zonder wachtwoord
elsewhere-accept-eherkenning = log in met eHerkenning, zonder wachtwoord
elsewhere-link-organisation = Koppel met het inloggen van uw organisatie
elsewhere-link-eherkenning = Koppel met eHerkenning
elsewhere-linked = U kunt ook zonder wachtwoord inloggen, bij uw organisatie of met eHerkenning.
elsewhere-at-organisation = uw organisatie
elsewhere-at-eherkenning = eHerkenning
elsewhere-title-unreachable = Inloggen lukt nu niet
elsewhere-unreachable = Wij krijgen nu geen antwoord van { $at }. Wacht een paar minuten en probeer het opnieuw. Heeft u ook een wachtwoord en een code, dan kunt u daarmee inloggen. Blijft het zo? Meld het dan aan uw beheerder.
elsewhere-title-cancelled = U bent niet ingelogd
elsewhere-cancelled = Het inloggen met { $at } is gestopt, of u mocht daar niet verder. Probeer het opnieuw, of log anders in.
elsewhere-title-again = Begin opnieuw met inloggen
elsewhere-lost = Het inloggen duurde te lang, was al gebruikt of begon in een andere browser. Begin opnieuw, in deze browser.
elsewhere-not-believed = Het antwoord van { $at } klopt niet. Begin opnieuw. Gebeurt het weer? Meld het dan aan uw beheerder.
elsewhere-title-no-access = U heeft geen toegang
elsewhere-claim-missing = Uw organisatie stuurt uw naam of een bevestigd e-mailadres niet mee. Zonder die twee kunt u niet naar binnen. Meld het aan uw beheerder.
elsewhere-kvk-missing = eHerkenning stuurt geen KvK-nummer of geen persoon mee. Zonder die twee weten wij niet voor welke organisatie u werkt. Meld het aan de gemeente.
elsewhere-no-second-factor = U logde bij uw organisatie in zonder tweede stap. Log daar opnieuw in, met de tweede stap.
elsewhere-no-role = Uw organisatie geeft u geen rol in Open House. Vraag uw beheerder om een rol, en log daarna opnieuw in.
elsewhere-title-known-account = U heeft hier al een account
elsewhere-known-account = Er is al een account met uw e-mailadres. Log een keer in met uw wachtwoord en code. Kies daarna Mijn account en koppel het. Heeft u geen wachtwoord? Vraag uw beheerder dan om een uitnodiging.
elsewhere-title-not-linked = Het account is niet gekoppeld
elsewhere-other-email = Uw e-mailadres bij uw organisatie is een ander adres dan van dit account. Log in met het account dat bij dat adres hoort, of vraag uw beheerder om hulp.
elsewhere-linked-elsewhere = U bent met { $at } al gekoppeld aan een ander account. Vraag uw beheerder om hulp.
elsewhere-disabled = Uw account is uitgeschakeld. Vraag uw beheerder waarom.
elsewhere-wrong-kvk = Het KvK-nummer dat eHerkenning meestuurt, heeft geen acht cijfers. Log opnieuw in en kies de juiste organisatie. Gebeurt het weer? Meld het dan aan de gemeente.
elsewhere-title-level = U heeft een hoger niveau van eHerkenning nodig
elsewhere-level-unknown = eHerkenning stuurt niet mee op welk niveau u inlogde. Meld het aan de gemeente.
elsewhere-level-too-low = U logde in op niveau { $found }. Hier is minstens { $minimum } nodig. Log in met een middel van dat niveau, of vraag het aan bij uw leverancier van eHerkenning.
elsewhere-title-unknown-organisation = Wij kennen uw organisatie nog niet
elsewhere-unknown-organisation = Uw organisatie is hier nog niet aangemeld. Bekijk hoe u zich aanmeldt; dat kan zonder account.
elsewhere-how-to-apply = Bekijk hoe u zich aanmeldt
elsewhere-title-unknown-person = Wij kennen uw organisatie, maar u nog niet
elsewhere-unknown-person = Vraag de beheerder van uw organisatie om u uit te nodigen. In de uitnodiging kiest u voor eHerkenning. Heeft u al een account? Log dan een keer in met uw wachtwoord en code, kies Mijn account en koppel het.
elsewhere-other-organisation = Dit account werkt niet voor de organisatie waarmee u bij eHerkenning inlogde. Kies daar de juiste organisatie.
elsewhere-title-access-asked = Uw toegang wacht op uw organisatie
elsewhere-access-asked = Uw account werkt niet voor deze organisatie. Uw verzoek om toegang is genoteerd. Vraag haar beheerder om u toegang te geven, en log daarna opnieuw in.
elsewhere-to-account = Naar Mijn account
