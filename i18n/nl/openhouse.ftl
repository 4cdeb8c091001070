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
config-fault-half = { $there } is ingevuld en { $missing } niet. Vul allebei in, of laat allebei leeg.
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
report-frozen-intro = Met deze gegevens kan iedereen het rapport narekenen. Het controlegetal hoort bij de vastgelegde beoordeling.
report-engine = Rekenregels
report-sha256 = Controlegetal (SHA-256)
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
page-not-allowed = U hebt hier geen toegang
page-not-allowed-advice = Deze pagina hoort bij een andere rol. Hebt u haar nodig? Vraag dan de beheerder van uw organisatie, of die van de gemeente, om toegang.
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
account-role-decision-maker = beslisser
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
statement-nothing-stated = In het bestand staan geen regels. Hebt u dit kwartaal niets te melden? Vul hier dan ja in.
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
statement-column-opgave-nulopgave = Vul ja in als u dit kwartaal niets te melden hebt.
statement-column-opgave-toelichting = Wat ging goed, wat loopt vast, hoe lang is de wachttijd? Hoogstens 2.000 tekens. Geen namen van cliënten.
statement-column-trajecten-dossiernummer = Uw eigen nummer van het traject. Elk nummer komt één keer voor.
statement-column-trajecten-clientnummer = Het nummer van de cliënt bij de gemeente. Nooit het BSN.
statement-column-trajecten-clientnaam = De naam van de cliënt. Wij bewaren hem versleuteld. Alleen u en de contactpersoon van de cliënt zien hem.
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
statement-column-medewerkers-vog_gecontroleerd_op = De dag waarop u de VOG hebt gezien.
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
cli-demo-letters = { $count } brieven over aanmeldingen: { $folder }
cli-demo-as-assessor = beoordelaar van aanmeldingen
cli-demo-as-decision-maker = beslisser
cli-demo-as-applicant = aanmelder ({ $name }): aan deze organisatie is een aanvulling gevraagd
cli-demo-look-applications = de aanmeldingen: in elke status minstens één, met bewijs, oordelen en brieven
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
evidence-hash = Controlegetal (SHA-256)
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
config-about-kvk-api-key = De sleutel van de dienst KVK Zoeken. Leeg gelaten: een KvK-nummer wordt niet opgezocht in het Handelsregister.
config-about-kvk-api-url = Het adres van die dienst.
config-about-kvk-api-root = Een bestand (PEM) met het certificaat van de overheid waarmee die dienst zich bewijst, als dat er een is dat programma’s niet vanzelf vertrouwen.
config-expected-kvk-api-key = een sleutel zonder spaties
config-expected-kvk-api-url = een adres dat begint met https://
config-expected-kvk-api-root = een bestand
config-about-seal-certificate = Het bestand (PEM) met het certificaat waarmee de gemeente haar besluiten, getekende overeenkomsten en definitieve rapporten verzegelt, met daaronder de certificaten tot aan het stamcertificaat. Leeg gelaten: er wordt niet verzegeld.
config-about-seal-key = Het bestand (PEM, PKCS#8) met de sleutel van dat certificaat: RSA van 2048 tot 4096 bits, of P-256. Alleen de gebruiker waaronder Open House draait, mag het lezen.
config-about-seal-municipality = De gemeente waarvan het zegel is.
config-expected-seal = een bestand

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
report-covers-whole = Het controlegetal dekt alles wat dit rapport zegt over dit kwartaal: feiten, oordelen, overeenkomst, definities, kosten, klachten, VOG’s, wat verloopt, motivering, reacties en acties. Ook de cijfers van andere kwartalen zijn zo vastgelegd.
report-covers-quarter = Het controlegetal dekt de feiten, de oordelen, de overeenkomst, de definities, de kosten van dit kwartaal, de klachten, de VOG’s en wat verloopt. Motivering, reacties, acties en de cijfers van andere kwartalen vallen er nog niet onder: die zijn de stand op { $date }. Zij komen eronder als de gemeente het kwartaal vaststelt.
report-covers-findings = Deze beoordeling is vastgelegd door een eerdere versie van het programma. Het controlegetal dekt alleen de feiten en de oordelen. Overeenkomst, definities, kosten, klachten, VOG’s, wat verloopt, motivering, reacties, acties en de cijfers van andere kwartalen zijn de stand op { $date } en vallen er niet onder.

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
cli-check-letter = de brief { $number } ({ $language })
cli-check-certificate = bewijs van ondertekening { $number } ({ $language })
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
help-apart-sha256 = Het controlegetal (SHA-256) van de PDF
help-apart-signatures = Lees de handtekeningen in de PDF die binnenkomt
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
trouble-no-permission = u hebt hier geen rechten
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
    [one] 1 dag te laat
   *[other] { $days } dagen te laat
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
term-months = { $count ->
    [one] 1 maand na { $start }
   *[other] { $count } maanden na { $start }
}
term-extended = { $days ->
    [one] { $rule }, 1 dag langer door een storing
   *[other] { $rule }, { $days } dagen langer door een storing
}
term-moved = { $rule }; { $day } is geen werkdag, dus geldt de eerstvolgende werkdag
term-due-moved = { $due } (want { $day } is geen werkdag)

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
dossier-refused-own-advice = U hebt het advies gegeven. Een collega moet het besluit nemen.
dossier-refused-incomplete = De aanmelding is nog niet compleet. Vul nog aan: { $parts }.
dossier-refused-nothing-asked = Kies wat u nog nodig hebt van de aanbieder.
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

## bench: aanmeldingen beoordelen
page-menu-queue = Werkvoorraad
page-menu-queue-count = Werkvoorraad ({ $count })
bench-own-count = { $count ->
    [0] Er wacht niets op u.
    [one] Er wacht 1 taak op u.
   *[other] Er wachten { $count } taken op u.
}
bench-whose = Van wie
bench-whose-all = Alles
bench-whose-own = Alleen voor u
bench-ours = Bij u
bench-ours-none = Niets te doen. Nieuwe aanmeldingen komen hier te staan.
bench-theirs = Bij de aanbieder
bench-theirs-none = Er wacht niets op een aanbieder.
bench-soon = Binnenkort
bench-soon-none = De komende tijd loopt er niets af.
bench-what = Wat
bench-provider = Aanbieder
bench-since = Sinds
bench-day = Datum
bench-term = Termijn
bench-no-term = Er loopt geen termijn.
bench-work-take-up = Nieuwe aanmelding in toetsing nemen
bench-work-judge = { $count ->
    [one] 1 eis beoordelen
   *[other] { $count } eisen beoordelen
}
bench-work-advise = Advies geven
bench-work-decide = Besluit nemen
bench-work-set-aside = Aanvulling kwam niet op tijd
bench-work-court = Kort geding: vonnis vastleggen
bench-work-recheck = { $count ->
    [one] Nieuw bewijs bij 1 eis beoordelen
   *[other] Nieuw bewijs bij { $count } eisen beoordelen
}
bench-work-supplement = Aanvulling gevraagd
bench-work-renew = { $count ->
    [one] 1 bewijsstuk is verlopen
   *[other] { $count } bewijsstukken zijn verlopen
}
bench-work-protection = Afgewezen: rechtsbescherming loopt
bench-work-expires = { $count ->
    [one] 1 bewijsstuk verloopt
   *[other] { $count } bewijsstukken verlopen
}
bench-application = Aanmelding { $number }
bench-kvk = KvK { $kvk }
bench-on-paper = op papier binnengekomen
bench-start-judging = Beoordelen
bench-asked = Gevraagd aan de aanbieder
bench-criteria = Eisen
bench-criterion = Eis
bench-state = Status
bench-evidence = Bewijs
bench-progress = { $ready } van { $all } in orde, { $municipality } bij de gemeente, { $provider } bij de aanbieder
bench-progress-later = { $parts }, { $later } later
bench-at-work = { $by } is hiermee bezig sinds
bench-at-work-lead = U kunt wel meekijken en oordelen. Wie als tweede bewaart, ziet beide versies.
bench-timeline = Tijdlijn
bench-next = Wat u nu kunt doen
bench-next-none = Op dit moment is er geen handeling voor uw rol.
bench-terms = Termijn
bench-until = Uiterlijk
bench-received = Ontvangen op
bench-decision = Besluit
bench-advice = Advies
bench-outcome-admit = Toelaten
bench-outcome-refuse = Afwijzen
bench-remedy = De aanbieder kan tot en met { $day } { $remedy } ({ $rule }).
bench-ask = Aanvulling vragen
bench-along = Volgorde
bench-along-application = Deze aanmelding
bench-along-criterion = Deze eis bij alle aanbieders
bench-along-all = Alles wat wacht
bench-place = { $number } van { $all } te beoordelen
bench-place-none = Deze eis wacht niet op een oordeel.
bench-previous = Vorige
bench-next-one = Volgende
bench-row = Te beoordelen
bench-row-open = Open
bench-row-theirs = Bij de aanbieder
bench-row-judged = Beoordeeld
bench-no-evidence = Er is geen bewijs ingediend bij deze eis.
bench-stated = Verklaring van de aanbieder
bench-agreed = De aanbieder is akkoord gegaan.
bench-version = versie { $number }
bench-pages = { $count ->
    [one] 1 pagina
   *[other] { $count } pagina’s
}
bench-file-clean = Virusvrij
bench-file-received = Ontvangen, niet op virussen onderzocht
bench-file-waits = Wacht op de virusscan
bench-file-infected = Geblokkeerd: er zit een virus in
bench-dated = Datum op het document
bench-valid-until = Geldig tot en met
bench-digest = Controlegetal (SHA-256)
bench-asked-what = Wat vraagt de eis?
bench-checks = Automatisch gecontroleerd
bench-check-insured = Dekking zelf nagaan: minimaal { $event } per gebeurtenis en { $year } per jaar.
bench-verdict = Uw oordeel
bench-reason = Motivering
bench-reason-hint = De aanbieder kan dit lezen. Verplicht, behalve bij ‘Voldoet’.
bench-holds-until = Oordeel geldig tot en met
bench-holds-hint = Alleen bij ‘Voldoet’. Leeg: zonder einddatum.
bench-save-next = Opslaan en volgende
bench-earlier = { $count ->
    [one] 1 eerder oordeel
   *[other] { $count } eerdere oordelen
}
bench-choose = Kies een oordeel
bench-no-day = Vul een datum in, zoals 31-12-2027, of laat het veld leeg
bench-theirs-came = { $by } heeft deze eis intussen veranderd. Uw oordeel is nog niet bewaard. Vergelijk beide versies en kies.
bench-their-version = De versie van { $by },
bench-their-change = Er is nieuw bewijs of de status is veranderd.
bench-compare = Laat het zo, of bewaar hieronder uw eigen oordeel. Dan staan beide in de geschiedenis.
bench-own-version = Uw versie
bench-act-take-up = In toetsing nemen
bench-act-advise = Advies geven
bench-act-admit = Toelaten
bench-act-refuse = Afwijzen
bench-act-send-back = Terug met een vraag
bench-act-set-aside = Buiten behandeling stellen
bench-act-note-case = Kort geding noteren
bench-act-reopen = Vonnis: opnieuw toetsen
bench-act-lose-case = Vonnis: afwijzing blijft
bench-act-lapse = Toelating laten vervallen
bench-lead-take-up = U hebt gezien dat de aanmelding compleet genoeg is om te toetsen. De termijn voor de beoordeling begint vandaag.
bench-lead-advise = Uw advies gaat naar wie besluit. Dat is altijd iemand anders dan u. De aanbieder ziet het advies niet.
bench-lead-admit = De aanbieder wordt toegelaten en krijgt daarvan bericht. De oordelen per eis worden zichtbaar voor de aanbieder.
bench-lead-refuse = De aanbieder wordt afgewezen en krijgt bericht met de redenen per eis en wat hij kan doen. De termijn voor rechtsbescherming begint vandaag.
bench-lead-send-back = De aanmelding gaat terug naar de beoordelaar met uw vraag. De aanbieder ziet de vraag niet.
bench-lead-set-aside = De aanvulling kwam niet op tijd. De aanmelding wordt niet verder behandeld. De aanbieder krijgt bericht en kan zich opnieuw aanmelden.
bench-lead-note-case = De aanbieder is een kort geding begonnen. De termijn stopt tot het vonnis.
bench-lead-reopen = Na het vonnis wordt de aanmelding opnieuw getoetst. De termijn voor de beoordeling begint vandaag.
bench-lead-lose-case = Na het vonnis blijft de afwijzing staan. Zij is daarmee definitief.
bench-lead-lapse = De toelating vervalt, bijvoorbeeld omdat niet op tijd is ondertekend. De aanbieder kan zich opnieuw aanmelden.
bench-words-advise = Toelichting op uw advies
bench-words-admit = Toelichting (mag leeg blijven)
bench-words-question = Uw vraag aan de beoordelaar
bench-words-case = Rechtbank en zaaknummer
bench-words-judgment = Het vonnis in het kort
bench-words-reason = Reden
bench-check = Controleren: { $act }
bench-to-check = Verder naar controleren
bench-change = Wijzigen
bench-not-now = Niet nu
bench-blocked = Dit staat nog in de weg
bench-proposal = Voorstel
bench-choose-proposal = Kies een voorstel
bench-not-met = Eisen waaraan niet is voldaan
bench-remedy-title = Wat de aanbieder kan doen
bench-ask-lead = De aanbieder krijgt bericht en kan alleen de gevraagde onderdelen aanpassen. De termijn begint vandaag: uiterlijk { $day } ({ $rule }).
bench-ask-what = Wat hebt u nog nodig?
bench-ask-hint = Vink aan wat u nog nodig hebt en schrijf erbij wat er moet gebeuren. De aanbieder leest dit.
bench-ask-words = Wat moet de aanbieder doen?
bench-ask-message = Algemeen bericht (mag leeg blijven)
bench-ask-check = Controleren: aanvulling vragen
bench-ask-missing = Schrijf erbij wat er moet gebeuren: { $part }
bench-many = In één keer beoordelen
bench-many-per = Per eis, bij alle aanbieders
bench-many-waiting = Te beoordelen
bench-many-count = { $count ->
    [one] 1 aanbieder
   *[other] { $count } aanbieders
 }, { $waiting } te beoordelen
bench-many-done = { $count ->
    [one] 1 oordeel bewaard
   *[other] { $count } oordelen bewaard
 }
bench-many-check-lead = { $count ->
    [one] U geeft 1 aanbieder dit oordeel. Controleer of dat klopt.
   *[other] U geeft { $count } aanbieders hetzelfde oordeel. Het wordt bij iedere aanbieder apart vastgelegd. Controleer of dat klopt.
 }
bench-many-who = Aanbieders
bench-many-save = Oordelen bewaren
bench-many-empty = Er zijn geen aanbieders met deze eis.
bench-many-look = Bekijk { $number }
bench-many-no-evidence = geen bewijs
bench-many-verdict = Eén oordeel voor alle aangevinkte aanbieders
bench-many-never = ‘Voldoet niet’ geeft u per aanbieder, niet hier. ‘Voldoet’ geldt zolang het eigen bewijs van de aanbieder geldt.
bench-many-reason-hint = Iedere aangevinkte aanbieder kan dit lezen. Verplicht, behalve bij ‘Voldoet’.
bench-many-not-yours = Deze eis wordt door een andere rol beoordeeld.
bench-many-all-judged = Alles is beoordeeld. Nieuw bewijs komt hier vanzelf te staan.
bench-many-none = Vink minstens één aanbieder aan
bench-many-doubtful = Het bewijs telt niet mee bij { $names }. Haal het vinkje weg en beoordeel dit apart
bench-download = Downloaden
bench-pages-of = Pagina’s van { $label }
bench-page-of = Pagina { $page } van { $label }
bench-more-pages = Dit zijn de eerste pagina’s. Download het bestand om alles te lezen.
bench-only-download = Dit soort bestand wordt hier niet getoond. Download het om het te bekijken.
bench-papers = Brieven en rapport
bench-letter-of = { $name }, { $day }
bench-letter-receipt = Ontvangstbevestiging
bench-letter-supplement = Verzoek om aanvulling
bench-letter-admission = Toelating
bench-letter-refusal = Afwijzing
bench-letter-set-aside = Buiten behandeling
bench-letter-withdrawal = Intrekking
bench-report = Dossierrapport
## report-letter: brieven over een aanmelding
report-letter-title = Brief { $reference }
report-letter-language = Taal van het stuk
report-letter-municipality = Gemeente { $name }
report-letter-translation = Vertaling
report-letter-translation-text = Dit is een vertaling. De brief in het Nederlands is de geldige.
report-letter-to = Aan
report-letter-attention = t.a.v. { $name }
report-letter-date = Datum
report-letter-reference = Ons kenmerk
report-letter-procedure = Procedure
report-letter-contact = Vragen
report-letter-page = Op internet
report-letter-dear = Beste { $name },
report-letter-dear-provider = Beste aanbieder,
report-letter-regards = Met vriendelijke groet,
report-letter-footer = brief { $reference }
report-letter-last-day = Laatste dag
report-letter-counted = Zo rekenen wij
report-letter-received = Wij hebben uw aanmelding ontvangen
report-letter-received-text = Wij hebben uw aanmelding ontvangen op { $day } om { $time }. Uw nummer is { $number }.
report-letter-received-paper = Wij hebben uw aanmelding op papier ontvangen op { $day }. Op { $entered } hebben wij alles voor u ingevoerd. Uw nummer is { $number }.
report-letter-received-next = Wij kijken of alles compleet is. U hoort uiterlijk op { $due } van ons.
report-letter-received-supplement = Wij hebben uw aanvulling ontvangen
report-letter-received-supplement-text = Wij hebben uw aanvulling ontvangen op { $day } om { $time }. Uw nummer is { $number }.
report-letter-received-supplement-next = Wij beoordelen uw aanmelding. U hoort uiterlijk op { $due } van ons.
report-letter-receipt = Ontvangstbewijs
report-letter-digest = Controlegetal (SHA-256)
report-letter-received-keep = Bewaar deze brief. Met het controlegetal kunt u later laten zien wat u hebt gestuurd.
report-letter-supplement = Wij missen nog iets in uw aanmelding
report-letter-supplement-text = Uw aanmelding is nog niet compleet. Hieronder leest u wat wij nog nodig hebben.
report-letter-asked-caption = Wat wij nog nodig hebben
report-letter-asked-summary = Per onderdeel van de aanmelding wat wij u vragen.
report-letter-part = Onderdeel
report-letter-asked = Wat wij u vragen
report-letter-supplement-until = Wanneer moet het er zijn?
report-letter-supplement-term = U hebt tot en met { $due } om dit aan te vullen.
report-letter-supplement-late = Lukt dat niet? Laat het ons dan voor die dag weten. Komt er niets, dan kunnen wij uw aanmelding niet verder behandelen.
report-letter-admitted = U bent toegelaten
report-letter-admitted-text = Goed nieuws: u voldoet aan onze eisen. Wij laten u toe tot de procedure { $procedure }.
report-letter-next = Hoe gaat het verder?
report-letter-admitted-next = De volgende stap is tekenen. U mag beginnen als u en wij allebei hebben getekend.
report-letter-refused = U bent niet toegelaten
report-letter-refused-text = U voldoet niet aan al onze eisen. Daarom laten wij u niet toe tot de procedure { $procedure }.
report-letter-why = Waarom?
report-letter-why-caption = Aan deze eisen voldoet u niet
report-letter-why-summary = Per eis de reden.
report-letter-criterion = Eis
report-letter-reason = Reden
report-letter-disagree = Bent u het niet eens met ons besluit?
report-letter-remedy = Dan kunt u tot en met { $due } { $remedy }.
report-letter-call-first = Wilt u eerst uitleg? Dan mag u ons bellen: { $phone }.
report-letter-ask-first = Wilt u eerst uitleg? Dan mag u het ons vragen.
report-letter-set-aside = Wij behandelen uw aanmelding niet verder
report-letter-set-aside-asked = Wij vroegen u op { $asked } om uw aanmelding aan te vullen. U had tot en met { $due }.
report-letter-set-aside-text = U hebt uw aanmelding { $number } niet op tijd aangevuld. Daarom stoppen wij met deze aanmelding.
report-letter-again = U kunt zich opnieuw aanmelden wanneer u wilt.
report-letter-withdrawn = U hebt uw aanmelding ingetrokken
report-letter-withdrawn-text = U hebt uw aanmelding { $number } ingetrokken op { $day }. Wij doen er niets meer mee.

## report-dossier: het dossierrapport
report-dossier-title = Dossierrapport aanmelding { $number }
report-dossier-header = dossierrapport
report-dossier-footer = aanmelding { $number }
report-dossier-state = Stand
report-dossier-received = Ontvangen
report-dossier-criteria = Eisen
report-dossier-no-criteria = Er zijn nog geen eisen getoetst: de aanmelding is nog niet ingediend.
report-dossier-criteria-caption = Eisen, met bewijs en oordeel
report-dossier-criteria-summary = Per eis het oordeel, de soort bewijs met zijn data, en wanneer en in welke rol is geoordeeld.
report-dossier-result = Oordeel
report-dossier-evidence = Bewijs
report-dossier-dated = Van
report-dossier-valid = Geldig t/m
report-dossier-judged = Beoordeeld
report-dossier-others = { $count ->
    [one] en 1 ander stuk
   *[other] en { $count } andere stukken
}
report-dossier-reasons = Redenen
report-dossier-reasons-caption = Eisen waarvan het oordeel een reden heeft
report-dossier-reasons-summary = Per eis het oordeel en de reden.
report-dossier-history = Verloop en besluiten
report-dossier-history-caption = Alle stappen, de oudste eerst
report-dossier-history-summary = Per stap wanneer, wat en in welke rol, en de toelichting.
report-dossier-when = Wanneer
report-dossier-what = Wat en in welke rol
report-dossier-words = Toelichting
report-dossier-remedy = Tegen het besluit van { $decided } kon de aanbieder tot en met { $due } { $remedy }.
report-dossier-agreements = Overeenkomsten
report-dossier-no-agreements = Er is geen overeenkomst met deze aanbieder.
report-dossier-agreements-caption = Versies van de overeenkomst waaraan de aanbieder meedoet
report-dossier-agreements-summary = Per overeenkomst de versie en de dagen waarop zij geldt.
report-dossier-agreement = Overeenkomst
report-dossier-version = Versie
report-dossier-from = Geldt vanaf
report-dossier-until = Geldt t/m
report-dossier-kind-document = document
report-dossier-kind-document-or-register = document of register
report-dossier-kind-signed-form = getekend formulier
report-dossier-kind-seen = getoond, niet bewaard
report-dossier-kind-list = lijst
report-dossier-kind-vog = VOG-register
report-dossier-kind-statement = verklaring
report-dossier-kind-tick = akkoord in het formulier
## front
front-choose = Kies uw gemeente
front-menu-start = Over Open House
front-menu-criteria = Kwaliteitseisen
front-menu-documents = Documenten
front-menu-questions = Vragen en antwoorden
front-menu-register = Register
front-menu-apply = Aanmelden
front-title = Open House { $name }
front-lead = De gemeente werkt met iedere aanbieder die aan de eisen voldoet. Er is geen wedstrijd en geen ranglijst. De inwoner kiest.
front-see-criteria = Bekijk de eisen
front-entry = Aanmelden kan
front-opens = Open vanaf
front-closes = Laatste dag
front-what = Wat is Open House?
front-what-everybody = Voldoet u aan alle eisen? Dan laten wij u toe. Er is geen maximum.
front-what-choice = De inwoner kiest met de gemeente een aanbieder die past.
front-what-same = Voor iedereen gelden dezelfde eisen, tarieven en regels.
front-what-once = U levert uw bewijs één keer aan. U kunt het later opnieuw gebruiken.
front-how = Zo werkt het
front-how-apply = Aanmelden
front-how-apply-text = U vult uw organisatie in en krijgt een link per mail.
front-how-fill = Dossier vullen
front-how-fill-text = U beantwoordt vragen en laat bewijs zien, in uw eigen tempo.
front-how-review = Beoordeling
front-how-review-text = Wij kijken per eis. U leest bij de eis waarom.
front-how-register = Toegelaten
front-how-register-text = U staat in het openbare register.
front-contact = Contact
front-ask-here = Stel een vraag
front-criteria-day = Eisen op deze dag
front-criteria-day-wrong = Vul een datum in, zoals 1-12-2026.
front-criteria-show = Toon
front-criteria-on = { $count ->
    [one] 1 eis geldt op { $day }
   *[other] { $count } eisen gelden op { $day }
 }
front-criteria-count = { $count ->
    [one] 1 eis
   *[other] { $count } eisen
 }
front-criteria-none = Op deze dag gelden er geen eisen
front-criteria-none-advice = Kies een andere dag.
front-criterion-evidence = Dit telt als bewijs
front-criterion-equivalent = Gelijkwaardig bewijs mag ook.
front-criterion-holds = Geldigheid van het bewijs
front-criterion-why = Waarom
front-criterion-from = Geldt vanaf
front-criterion-until = tot en met { $day }
front-documents-none = Er zijn nog geen documenten gepubliceerd.
front-document = Document
front-document-file = Bestand
front-questions-same = Iedereen leest dezelfde antwoorden, op hetzelfde moment.
front-questions-none = Er zijn nog geen antwoorden gepubliceerd
front-questions-none-advice = Stel gerust de eerste vraag.
front-question-published = Gepubliceerd op { $day }
front-question-ask = Stel een vraag
front-question = Uw vraag
front-question-hint = Schrijf geen namen van cliënten of andere personen op. De vraag en het antwoord worden openbaar.
front-question-name = Uw naam (niet verplicht)
front-question-name-hint = Alleen de gemeente ziet uw naam.
front-question-nobody = Een bezoeker
front-question-send = Verstuur de vraag
front-question-empty = Schrijf uw vraag op.
front-question-received = Wij hebben uw vraag ontvangen
front-question-received-next = Het antwoord komt op deze pagina, voor iedereen tegelijk.
front-too-long = Gebruik niet meer dan { $most } tekens.
front-register-title = Register van toegelaten aanbieders
front-register-none = Er is nog geen aanbieder toegelaten
front-register-none-advice = Zodra een aanbieder is toegelaten, staat die hier.
front-register-provider = Aanbieder
front-register-for = Toegelaten voor
front-register-profiles = Cliëntprofielen: { $profiles }
front-apply-title = Aanmelden als aanbieder
front-apply-time = Deze stap duurt 2 minuten. Daarna vult u uw dossier in uw eigen tempo.
front-apply-closed = U kunt zich nu niet aanmelden
front-apply-closed-next = Kijk wanneer het weer kan:
front-apply-who = Uw organisatie en u
front-apply-procedure = Waarvoor meldt u zich aan?
front-apply-organisation = Naam van uw organisatie
front-apply-organisation-empty = Vul de naam van uw organisatie in.
front-apply-kvk = KvK-nummer
front-apply-kvk-hint = Acht cijfers, zoals in het Handelsregister.
front-apply-kvk-wrong = Vul een KvK-nummer van acht cijfers in.
front-apply-name = Uw naam
front-apply-name-empty = Vul uw naam in.
front-apply-email = Uw e-mailadres
front-apply-email-hint = Hier sturen wij de link naartoe.
front-apply-email-wrong = Vul een e-mailadres in, zoals naam@organisatie.nl.
front-apply-send = Aanmelden
front-apply-help = Hulp bij aanmelden
front-apply-kvk-unknown = Dit KvK-nummer staat niet in het Handelsregister. Kijk of u het goed hebt getypt.
front-apply-next = Wat gebeurt er daarna?
front-apply-next-link = U krijgt een mail met een link. De link werkt zeven dagen.
front-apply-next-draft = Uw aanmelding staat dan voor u klaar. U kunt stoppen en later verdergaan.
front-apply-next-known = Is uw organisatie al bekend? Dan vragen wij uw beheerder of de gemeente om u toegang te geven.
front-applied = Wij hebben uw gegevens ontvangen
front-applied-new = U krijgt een mail met een link om verder te gaan. De link werkt zeven dagen.
front-applied-known = Kennen wij uw organisatie al, maar u nog niet? Dan is uw verzoek om toegang doorgegeven. U hoort van uw beheerder of van de gemeente.
front-applied-unchecked = Wij konden uw KvK-nummer nu niet opzoeken in het Handelsregister. Dat geeft niet: uw aanmelding gaat gewoon door.
front-applied-nothing = Geen mail gekregen?
front-applied-nothing-text = Kijk ook bij ongewenste mail. Hebt u na een uur nog niets? Neem contact op:

## procedure: eisen in woorden
procedure-ask-at-application = Bij de aanmelding
procedure-ask-on-request = Als wij erom vragen
procedure-ask-before-start = Voor de start van de overeenkomst
procedure-ask-periodic = Tijdens de overeenkomst, regelmatig
procedure-source-national-standard = Deze eis staat in de landelijke contractstandaarden.
procedure-source-usual-practice = Deze eis is gebruikelijk bij gemeenten.
procedure-source-startdocument = Deze eis staat in het startdocument van de gemeente.
procedure-source-case-law = Deze eis volgt uit uitspraken van de rechter.
procedure-source-local-policy = Deze eis volgt uit het beleid van de gemeente.
procedure-source-proposal = Deze eis is een voorstel van de gemeente.
procedure-holds-received-within = Bij ontvangst niet ouder dan { $months ->
    [one] 1 maand
   *[other] { $months } maanden
 }
procedure-holds-whole-term = Zolang de overeenkomst loopt
procedure-holds-per-application = Eén keer per aanmelding
procedure-holds-per-version = Opnieuw bij elke nieuwe versie van de overeenkomst
procedure-holds-until-its-date = Tot de einddatum die erop staat
procedure-holds-months = { $months ->
    [one] 1 maand
   *[other] { $months } maanden
 }
procedure-holds-vog = Volgens de regels voor de VOG

## mine
page-menu-mine = Overzicht
page-menu-messages = Berichten
mine-applications = Uw aanmeldingen
mine-no-applications = U hebt nog geen aanmelding.
mine-begin = Begin een aanmelding
mine-no-messages = Er zijn nog geen berichten.
mine-no-messages-advice = Zodra de gemeente u formeel iets laat weten, staat het hier.
mine-all-messages = Alle berichten
mine-messages-kept = Alles wat de gemeente u formeel heeft laten weten, blijft hier staan.
mine-messages-newest = Nieuwste eerst
mine-message-subject = Onderwerp
mine-message-at = Verstuurd
mine-agreement = Overeenkomst en kwartalen
mine-agreement-see = Bekijk uw overeenkomst
mine-quarters-see = Bekijk uw kwartalen
mine-no-agreement = U hebt nog geen overeenkomst.
mine-dossier = Uw dossier
mine-dossier-number = Aanmelding { $number }
mine-changed = Laatst gewijzigd
mine-state-draft = Nog niet ingediend
mine-to-check = Controleren en indienen
mine-to-check-supplement = Aanvulling controleren en indienen
mine-supplement = De gemeente vraagt een aanvulling
mine-supplement-until = Lever de aanvulling uiterlijk { $day } in ({ $left }). Alleen deze onderdelen staan open.
mine-waiting = De gemeente is aan zet
mine-term = { $what }: uiterlijk { $day } ({ $left })
mine-decision = Het besluit
mine-remedy = Bent u het niet eens met dit besluit? Dan kunt u tot en met { $day } { $remedy }
mine-again = U kunt zich opnieuw aanmelden
mine-again-text = U begint een nieuwe aanmelding. Uw bewijsstukken kunt u opnieuw gebruiken.
mine-again-button = Opnieuw aanmelden
mine-progress = { $ready } van { $all } eisen zijn klaar
mine-progress-split = { $own } bij u · { $municipality } bij de gemeente · { $later } later
mine-your-details = Uw gegevens
mine-ready-of = { $ready } van { $all } klaar
mine-status-ready = Klaar
mine-status-begun = Bezig
mine-status-todo = Nog te doen
mine-status-repair = Aanvulling nodig
mine-status-later = Later
mine-aside = Hulp bij uw dossier
mine-how-account = Account en organisatie
mine-how-fill = Bewijs per eis, in elke volgorde
mine-how-decision = Besluit
mine-how-decision-text = Een ander dan de beoordelaar besluit.
mine-contact = Uw contactpersoon
mine-receipts = Ontvangstbewijzen
mine-receipt-number = Ontvangstbewijs { $number }
mine-history = Wat er gebeurde
mine-withdraw = Aanmelding intrekken
mine-step-of = Stap { $number } van { $of }
mine-step-before = Vorige stap
mine-theirs = { $by } heeft deze stap intussen ook bewaard
mine-theirs-next = Hieronder staat wat uw collega invulde. In het formulier staat wat u invulde. Bewaart u opnieuw, dan geldt uw versie.
mine-theirs-take = Gebruik de versie van uw collega
mine-saved = Bewaard
mine-saved-incomplete = Wij hebben bewaard wat u invulde. Er ontbreekt nog iets.
mine-save = Bewaren
mine-save-next = Bewaren en verder
mine-save-later = Bewaren en later verdergaan
mine-more-places = Nog een locatie
mine-as-filled = Zo hebt u het ingevuld
mine-closed-title = Staat nu niet open
mine-closed = U kunt dit nu niet veranderen.
mine-fill-in = Vul dit nog in: { $field }
mine-yes = Ja
mine-no = Nee
mine-field-organisation = Naam van de organisatie
mine-field-legal-form = Rechtsvorm
mine-field-legal-form-hint = Bijvoorbeeld stichting, bv of eenmanszaak.
mine-field-establishment = Vestigingsnummer (niet verplicht)
mine-field-establishment-hint = Twaalf cijfers. Leeg: u meldt de hele organisatie aan.
mine-field-street = Straat en huisnummer
mine-field-postcode = Postcode
mine-field-place = Plaats
mine-field-website = Website (niet verplicht)
mine-field-size = Hoe groot is uw organisatie?
mine-size-micro = Minder dan 10 medewerkers en hoogstens 2 miljoen euro omzet
mine-size-other = Groter
mine-field-name = Naam
mine-field-function = Functie
mine-field-function-optional = Functie (niet verplicht)
mine-field-phone = Telefoonnummer
mine-field-email = E-mailadres
mine-location = Locatie { $number }
mine-field-location-name = Naam van de locatie (niet verplicht)
mine-field-accessible = Bereikbaar en toegankelijk voor cliënten met een beperking
mine-field-products = Waarvoor meldt u zich aan?
mine-field-products-hint = Kies alles wat u wilt leveren.
mine-field-profiles = Voor welke cliëntprofielen? (niet verplicht)
mine-field-subcontractors = Wij werken met onderaannemers
mine-field-authority = Waaruit blijkt dat deze persoon mag tekenen?
mine-authority-register = Uit het Handelsregister
mine-authority-power = Uit een volmacht
mine-declare-no-ground = Er is geen reden om onze organisatie uit te sluiten.
mine-declare-explanation = Toelichting
mine-declare-explanation-hint = Alleen als er wel een reden is: wat is er gebeurd en wat hebt u eraan gedaan?
mine-declare-suitable = Onze organisatie voldoet aan de eisen.
mine-declare-true = Alles wat wij invullen is volledig en juist.
mine-asked = De gemeente vraagt hier een aanvulling
mine-what-asked = Wat wij vragen
mine-shown = Wat u hebt laten zien
mine-shown-none = U hebt nog geen bestand laten zien voor deze eis.
mine-shown-received = Ontvangen op { $day }
mine-shown-waits = Gaat mee als u indient
mine-take-back = Toch niet gebruiken
mine-verdicts = Beoordeling
mine-judged = { $result }, { $day }
mine-agree-title = Uw akkoord
mine-agree = Wij gaan hiermee akkoord.
mine-state-title = Uw verklaring
mine-state-words = Hoe voldoet u aan deze eis?
mine-state-hint = Schrijf geen gegevens van cliënten op.
mine-statement-meanwhile = { $by } heeft intussen een andere verklaring bewaard. Kijk of uw tekst nog klopt en bewaar opnieuw.
mine-all-title = Alles wat wij van u hebben
mine-all-see = Download alles in één ZIP-bestand
mine-all-text = Hier haalt u alles op wat gemeente { $municipality } in dit systeem van uw organisatie heeft. U krijgt één ZIP-bestand.
mine-all-what = Dit zit erin
mine-all-organisation = Uw organisatie en uw overeenkomsten
mine-all-users = Uw gebruikers en hun rollen
mine-all-applications = Uw aanmeldingen, met de oordelen, de ontvangstbewijzen en de brieven
mine-all-the-messages = De berichten die u kreeg
mine-all-evidence = Uw bewijsstukken, alle versies
mine-all-statements = Uw opgaven per kwartaal
mine-all-reports = De kwartaalrapporten
mine-all-sums = Met de lijst SHA256SUMS.txt controleert u of alle bestanden goed zijn aangekomen.
mine-all-download = Download het ZIP-bestand
mine-all-logged = Wij leggen vast wie dit bestand ophaalt en wanneer.
mine-all-read-me-title = Alles wat gemeente { $municipality } van { $name } heeft, op { $day }
mine-all-read-me-time = Tijden in de JSON-bestanden zijn in UTC. Opgaven bewaren wij zonder de namen van klanten. Een bestand dat nog wacht op de virusscan of geblokkeerd is, zit er niet in; het staat wel in bewijsstukken.json.
mine-all-missing-about = Staat er alleen in als er een bestand ontbreekt: welk bestand, en waarom
mine-all-missing-title = Deze bestanden horen in het ZIP-bestand, maar ontbreken. Al het andere zit er wel in.
mine-all-missing-gone = Dit bestand staat niet meer in het systeem.
mine-all-missing-damaged = Dit bestand is beschadigd. Het is niet meer wat wij hebben bewaard.
mine-all-missing-unreadable = Dit bestand konden wij nu niet lezen. Probeer het later opnieuw.
mine-all-missing-do = Wij hebben genoteerd dat dit ontbreekt. Bel de gemeente als u een van deze bestanden nodig hebt.
mine-send = Stuur een bestand
mine-received = { $count ->
    [one] Uw bestand is bewaard.
   *[other] Uw { $count } bestanden zijn bewaard.
}
mine-received-next = Het hoort nu bij deze eis. De gemeente ziet het zodra u indient.
mine-reuse = Kies een bestand dat u al hebt
mine-reuse-none = U hebt nog geen ander bestand bewaard.
mine-reuse-choose = Uw bewijsstukken
mine-reuse-button = Laat dit bestand zien
mine-piece-until = { $title } (geldig tot en met { $day })
mine-choose-piece = Kies een bestand.
mine-optional = Wij kunnen dit zelf opzoeken in het register. Een bestand mag, maar hoeft niet.
mine-back = Terug naar uw dossier
mine-check-title = Controleren en indienen
mine-check-supplement = Aanvulling controleren en indienen
mine-check-parts = Dit dient u in
mine-check-part = Onderdeel
mine-check-shown = Wat u laat zien
mine-check-stated = Verklaring
mine-check-nothing = Nog niets
mine-hand-in = Indienen
mine-hand-in-text = Na het indienen kunt u niets meer veranderen, behalve wat de gemeente vraagt. U krijgt direct een ontvangstbewijs.
mine-who-hands-in = Alleen uw beheerder of tekenbevoegde kan indienen
mine-receipt-application = Wij hebben uw aanmelding ontvangen
mine-receipt-supplement = Wij hebben uw aanvulling ontvangen
mine-receipt-lead = Uw aanmelding heeft nummer { $number }.
mine-receipt = Ontvangstbewijs
mine-receipt-no = Nummer
mine-receipt-at = Ontvangen op
mine-receipt-by = Ingediend door
mine-receipt-hash = Controlegetal (SHA-256)
mine-receipt-keep = Bewaar dit bewijs. Met het controlegetal laat u later zien wat u hebt ingediend.
mine-receipt-answer = U hoort uiterlijk { $day } van ons.
mine-receipt-mail = Alles wat wij u laten weten, staat ook bij Berichten.
mine-withdraw-title = Aanmelding intrekken
mine-withdraw-text = U trekt aanmelding { $number } in. Wij kijken er dan niet meer naar. U kunt zich later opnieuw aanmelden.
mine-withdraw-reason = Waarom? (niet verplicht)
mine-withdraw-button = Trek de aanmelding in
mine-withdraw-not = Niet intrekken
mine-missing = { $count ->
    [one] Er ontbreekt nog 1 onderdeel
   *[other] Er ontbreken nog { $count } onderdelen
 }
## bench: aanmeldingen beoordelen
}
}
}
}
}
}
}
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
account-wait-seconds = U hebt het te vaak geprobeerd. Wacht { $count } seconden en probeer het dan opnieuw.
account-wait-minutes =
    { $count ->
        [one] U hebt het te vaak geprobeerd. Wacht 1 minuut en probeer het dan opnieuw.
       *[other] U hebt het te vaak geprobeerd. Wacht { $count } minuten en probeer het dan opnieuw.
    }
account-busy = Er loggen nu heel veel mensen in. Wacht een halve minuut en probeer het opnieuw.
account-not-finished = Uw toegang is nog niet klaar. Open de link uit uw uitnodiging. Werkt die niet meer? Vraag dan met “Wachtwoord vergeten?” een nieuwe.
account-no-role = U hebt op dit moment geen toegang tot een organisatie. Vraag uw beheerder om een rol.
account-code-title = Tweede stap
account-code-text = Open de app op uw telefoon en typ de code over. Een code werkt één keer.
account-code = Code
account-code-hint = Zes cijfers uit uw app, of een herstelcode
account-code-empty = Vul de code in.
account-code-wrong = Deze code klopt niet of is al gebruikt. Wacht op de volgende code in uw app en probeer het opnieuw.
account-code-too-often = U hebt te vaak een verkeerde code ingevuld. Log opnieuw in met uw wachtwoord.
account-code-lost = Telefoon kwijt? Gebruik een van uw herstelcodes. Hebt u die ook niet meer, vraag dan uw beheerder om de tweede stap opnieuw in te stellen.
account-begin-again = Opnieuw beginnen
account-choose = Waarvoor wilt u werken?
account-choose-text = U hebt meer dan één rol. Bovenaan elke pagina ziet u in welke rol u werkt. U kunt altijd wisselen.
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
account-done-codes = U hebt nieuwe herstelcodes. De oude werken niet meer.
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
account-people-done-reviewed = Vastgelegd dat u deze rol hebt nagekeken.
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
elsewhere-unreachable = Wij krijgen nu geen antwoord van { $at }. Wacht een paar minuten en probeer het opnieuw. Hebt u ook een wachtwoord en een code, dan kunt u daarmee inloggen. Blijft het zo? Meld het dan aan uw beheerder.
elsewhere-title-cancelled = U bent niet ingelogd
elsewhere-cancelled = Het inloggen met { $at } is gestopt, of u mocht daar niet verder. Probeer het opnieuw, of log anders in.
elsewhere-title-again = Begin opnieuw met inloggen
elsewhere-lost = Het inloggen duurde te lang, was al gebruikt of begon in een andere browser. Begin opnieuw, in deze browser.
elsewhere-not-believed = Het antwoord van { $at } klopt niet. Begin opnieuw. Gebeurt het weer? Meld het dan aan uw beheerder.
elsewhere-title-no-access = U hebt geen toegang
elsewhere-claim-missing = Uw organisatie stuurt uw naam of een bevestigd e-mailadres niet mee. Zonder die twee kunt u niet naar binnen. Meld het aan uw beheerder.
elsewhere-kvk-missing = eHerkenning stuurt geen KvK-nummer of geen persoon mee. Zonder die twee weten wij niet voor welke organisatie u werkt. Meld het aan de gemeente.
elsewhere-no-second-factor = U logde bij uw organisatie in zonder tweede stap. Log daar opnieuw in, met de tweede stap.
elsewhere-no-role = Uw organisatie geeft u geen rol in Open House. Vraag uw beheerder om een rol, en log daarna opnieuw in.
elsewhere-title-known-account = U hebt hier al een account
elsewhere-known-account = Er is al een account met uw e-mailadres. Log een keer in met uw wachtwoord en code. Kies daarna Mijn account en koppel het. Hebt u geen wachtwoord? Vraag uw beheerder dan om een uitnodiging.
elsewhere-title-not-linked = Het account is niet gekoppeld
elsewhere-other-email = Uw e-mailadres bij uw organisatie is een ander adres dan van dit account. Log in met het account dat bij dat adres hoort, of vraag uw beheerder om hulp.
elsewhere-linked-elsewhere = U bent met { $at } al gekoppeld aan een ander account. Vraag uw beheerder om hulp.
elsewhere-disabled = Uw account is uitgeschakeld. Vraag uw beheerder waarom.
elsewhere-wrong-kvk = Het KvK-nummer dat eHerkenning meestuurt, heeft geen acht cijfers. Log opnieuw in en kies de juiste organisatie. Gebeurt het weer? Meld het dan aan de gemeente.
elsewhere-title-level = U hebt een hoger niveau van eHerkenning nodig
elsewhere-level-unknown = eHerkenning stuurt niet mee op welk niveau u inlogde. Meld het aan de gemeente.
elsewhere-level-too-low = U logde in op niveau { $found }. Hier is minstens { $minimum } nodig. Log in met een middel van dat niveau, of vraag het aan bij uw leverancier van eHerkenning.
elsewhere-title-unknown-organisation = Wij kennen uw organisatie nog niet
elsewhere-unknown-organisation = Uw organisatie is hier nog niet aangemeld. Bekijk hoe u zich aanmeldt; dat kan zonder account.
elsewhere-how-to-apply = Bekijk hoe u zich aanmeldt
elsewhere-title-unknown-person = Wij kennen uw organisatie, maar u nog niet
elsewhere-unknown-person = Vraag de beheerder van uw organisatie om u uit te nodigen. In de uitnodiging kiest u voor eHerkenning. Hebt u al een account? Log dan een keer in met uw wachtwoord en code, kies Mijn account en koppel het.
elsewhere-other-organisation = Dit account werkt niet voor de organisatie waarmee u bij eHerkenning inlogde. Kies daar de juiste organisatie.
elsewhere-title-access-asked = Uw toegang wacht op uw organisatie
elsewhere-access-asked = Uw account werkt niet voor deze organisatie. Uw verzoek om toegang is genoteerd. Vraag haar beheerder om u toegang te geven, en log daarna opnieuw in.
elsewhere-to-account = Naar Mijn account
## admin: eisen
admin-tabs = Beheer
admin-tab-criteria = Eisen
admin-tab-procedures = Procedures
admin-tab-outages = Storingen
admin-yes = Ja
admin-no = Nee
admin-back = Terug naar de lijst
admin-choose = Maak een keuze.
admin-choose-one = Kies
admin-day-wrong = Vul een datum in, zoals 31-12-2027.
admin-criterion = Eis
admin-criterion-new = Nieuwe eis
admin-criteria-lead = Wat u van aanbieders vraagt, met de dagen waarop het geldt
admin-criteria-on = Eisen die gelden op
admin-criteria-show = Laat zien
admin-criteria-coming = Wat er verandert
admin-criteria-none = Op deze dag gelden geen eisen.
admin-criteria-of-day =
    { $count ->
        [one] 1 eis wordt gevraagd op { $day }
       *[other] { $count } eisen worden gevraagd op { $day }
    }
admin-criterion-published = Eis { $code } is gepubliceerd. Hieronder staan de eisen die gelden op { $day }.
admin-criterion-asked = Wordt gevraagd
admin-criterion-not-asked = Wordt niet gevraagd
admin-criterion-since = Geldt sinds
admin-criterion-weight = Toelating
admin-criterion-must = nodig
admin-criterion-may = niet nodig
admin-criterion-lead = U schrijft een nieuwe versie. De versie van nu blijft gelden tot de dag ervoor.
admin-criterion-no-versions = Er is nog geen versie.
admin-criterion-versions-text = Een aanmelding die al is ingediend, houdt de versie van de dag waarop zij is ingediend.
admin-criterion-from = vanaf { $from }
admin-criterion-from-until = van { $from } tot en met { $until }
admin-criterion-only-products = Alleen voor wie dit levert
admin-criterion-insured-micro = Dekking kleine onderneming, per keer / per jaar
admin-criterion-insured-other = Dekking andere ondernemingen, per keer / per jaar
admin-criterion-group-when = Wanneer geldt de nieuwe versie?
admin-criterion-group-what = Wat vraagt u?
admin-criterion-group-why = Waarom vraagt u dit?
admin-criterion-group-evidence = Wanneer en met welk bewijs?
admin-criterion-group-valid = Hoe lang telt het bewijs?
admin-criterion-group-judged = Hoe beoordeelt u dit?
admin-criterion-first-day = Eerste dag
admin-criterion-first-day-hint = Op zijn vroegst { $day }
admin-criterion-first-day-wrong = Vul een dag na vandaag in, zoals 31-12-2027.
admin-criterion-too-early = Er begint al een versie. Kies { $day } of later.
admin-criterion-active = Deze eis wordt gevraagd
admin-criterion-name-nl = Naam, Nederlands
admin-criterion-name-en = Naam, Engels
admin-criterion-text-nl = Eis, Nederlands
admin-criterion-text-en = Eis, Engels
admin-criterion-source = Waar komt de eis vandaan?
admin-criterion-why-nl = Toelichting, Nederlands (hoeft niet)
admin-criterion-why-en = Toelichting, Engels (hoeft niet)
admin-criterion-why-hint = Voor welke taak u dit nodig hebt, en waarom u het niet ergens anders kunt vinden.
admin-criterion-ask = Moment
admin-criterion-kind = Vorm van het bewijs
admin-criterion-evidence-nl = Wat telt als bewijs, Nederlands
admin-criterion-evidence-en = Wat telt als bewijs, Engels
admin-criterion-equivalent = Gelijkwaardig bewijs mag ook
admin-criterion-valid = Geldigheid
admin-criterion-months = Aantal maanden
admin-criterion-months-hint = Nodig bij “niet ouder dan” en bij “een aantal maanden”. Zolang de overeenkomst loopt: na zoveel maanden kijkt u opnieuw. Met een einddatum: nooit langer dan dit.
admin-criterion-months-without = Aantal maanden als er geen einddatum op staat
admin-criterion-months-without-hint = Alleen bij “tot de einddatum”. Leeg: zonder einddatum telt het bewijs niet.
admin-criterion-months-wrong = Vul een getal in van 1 tot en met { $most }.
admin-criterion-months-missing = Vul het aantal maanden in.
admin-criterion-review = Na { $months } maanden kijken wij opnieuw
admin-criterion-at-most = Nooit langer dan { $months } maanden
admin-criterion-without-date = Zonder einddatum { $months } maanden
admin-criterion-checker = Wie beoordeelt het bewijs?
admin-criterion-knock-out = Zonder dit geen toelating
admin-criterion-repairable = De aanbieder mag dit herstellen
admin-criterion-domains = Voor welke wet?
admin-criterion-no-domain = Kies minstens één wet.
admin-criterion-nothing-changed = U hebt niets veranderd. Verander iets, of ga terug naar de lijst.
admin-criterion-overtaken = Een collega heeft deze eis intussen veranderd. Uw tekst staat nog in het formulier. Vergelijk, en kijk opnieuw naar de gevolgen.
admin-criterion-preview = Bekijk de gevolgen
admin-criterion-preview-hint = U ziet eerst welke toegelaten aanbieders al voldoen. Daarna pas publiceert u.
admin-rule-received-within = Bij ontvangst niet ouder dan een aantal maanden
admin-rule-months = Een aantal maanden
admin-kind-document = Document
admin-kind-document-or-register = Document, of wij kijken in het openbare register
admin-kind-signed-form = Ondertekend formulier
admin-kind-seen-not-stored = Laten zien; wij bewaren geen kopie
admin-kind-list = Lijst
admin-kind-vog-register = VOG-register
admin-kind-statement = Verklaring
admin-kind-agreement-tick = Akkoord met een vinkje
admin-checker-assessor = De beoordelaar
admin-checker-contract-manager = De contractmanager
admin-checker-privacy-officer = De privacy officer
admin-checker-automatic = Het systeem, vanzelf
admin-domain-pw = Participatiewet
admin-domain-wmo = Wet maatschappelijke ondersteuning
admin-domain-jeugd = Jeugdwet
admin-impact-title = Eis { $code }: de gevolgen
admin-impact-from = vanaf { $day }
admin-impact-not-yet = Nog niet gepubliceerd
admin-impact-text = Kijk of alles klopt. Publiceren doet u onderaan deze pagina.
admin-impact-changes = Wat er verandert
admin-impact-line = Onderdeel
admin-impact-before = Nu
admin-impact-after = Straks
admin-impact-nothing = niets
admin-impact-providers = Toegelaten aanbieders
admin-impact-nobody = Er is nog geen aanbieder toegelaten voor deze wet.
admin-impact-counts = Met het bewijs dat er al is: { $met ->
    [one] 1 aanbieder voldoet
   *[other] { $met } aanbieders voldoen
 }, { $missing } nog niet.
admin-impact-on-first-day = Op de eerste dag
admin-impact-why = Waarom
admin-impact-met = Voldoet al
admin-impact-not-met = Voldoet nog niet
admin-impact-nothing-shown = De aanbieder heeft voor deze eis nog niets laten zien.
admin-impact-person = Dit volgt uit de datums van het bewijs. Of de inhoud voldoet, beoordeelt een collega.
admin-impact-sure = Publiceren?
admin-impact-sure-text = De nieuwe versie geldt vanaf { $day }. Vanaf nu kan iedereen haar lezen. Een versie die gepubliceerd is, kunt u niet weghalen; u kunt er wel een nieuwe na zetten.
admin-impact-publish = Publiceer deze versie
admin-impact-edit = Pas aan

## admin: storingen
admin-time-wrong = Vul een tijd in, zoals 09:30.
admin-outages-lead = Wanneer aanbieders niets konden indienen. Een termijn die liep, wordt langer.
admin-outages-known = Bekende storingen
admin-outages-none = Er zijn geen storingen bekend.
admin-outage-done = De storing is vastgelegd. Termijnen die toen liepen, zijn nu langer.
admin-outage-from = Van
admin-outage-until = Tot
admin-outage-lasts = Duurt nog
admin-outage-noted = Vastgelegd door { $name }
admin-outage-tell-end = Meld het einde
admin-outage-new = Storing melden
admin-outage-from-day = Begin, dag
admin-outage-from-time = Begin, tijd
admin-outage-until-day = Einde, dag
admin-outage-until-time = Einde, tijd
admin-outage-until-hint = Duurt de storing nog? Laat het einde dan leeg.
admin-outage-explanation = Wat werkte niet?
admin-outage-explanation-hint = Bijvoorbeeld: inloggen lukte niet door een storing bij de leverancier.
admin-outage-explanation-missing = Schrijf op wat niet werkte.
admin-outage-future = De storing kan niet in de toekomst beginnen. Vul een ander begin in.
admin-outage-end-future = Het einde kan niet in de toekomst liggen. Duurt de storing nog, laat het einde dan leeg.
admin-outage-ends-before = Het einde ligt voor het begin. Vul een later einde in.
admin-outage-look = Bekijk de gevolgen
admin-outage-one = Einde van de storing
admin-outage-check = Storing: de gevolgen
admin-outage-not-yet = Nog niet vastgelegd
admin-outage-check-text = Kijk of alles klopt. Vastleggen doet u onderaan deze pagina.
admin-outage-lasts-text = De storing duurt nog. Nu telt alleen de eerste dag. De andere dagen tellen zodra u het einde meldt.
admin-outage-moved =
    { $count ->
        [0] Geen termijn wordt langer
        [one] 1 termijn wordt langer
       *[other] { $count } termijnen worden langer
    }
admin-outage-moved-none = Op deze dagen liep geen termijn.
admin-outage-application = Aanmelding
admin-outage-term = Termijn
admin-outage-due = Uiterlijk nu
admin-outage-due-then = Uiterlijk straks
admin-outage-sure = Vastleggen?
admin-outage-sure-text = De nieuwe laatste dagen gelden meteen. U kunt dit niet terugdraaien.
admin-outage-note = Leg vast

## admin: procedures, documenten en vragen
admin-procedures-lead = Wat iedereen leest over uw procedures: documenten, vragen en antwoorden
admin-procedures-all = Alle procedures
admin-procedures-none = Er is nog geen procedure.
admin-procedure = Procedure
admin-questions = Vragen
admin-questions-counts = { $open } zonder antwoord, { $waiting } nog te publiceren
admin-questions-title = Vragen en antwoorden
admin-questions-none = Er zijn nog geen vragen.
admin-question-open = Zonder antwoord
admin-question-waits = Nog te publiceren
admin-question-published = Gepubliceerd
admin-question-published-at = Gepubliceerd op
admin-question-answer = Antwoord
admin-question-save = Bewaar het antwoord
admin-question-saved = Het antwoord is bewaard. Niemand leest het, totdat u publiceert.
admin-answers-waiting =
    { $count ->
        [one] 1 antwoord is nog niet gepubliceerd
       *[other] { $count } antwoorden zijn nog niet gepubliceerd
    }
admin-answers-waiting-text = U publiceert alle antwoorden tegelijk. Zo weet niemand iets eerder dan een ander.
admin-answers-look = Bekijk en publiceer
admin-answers-check = Antwoorden publiceren
admin-answers-check-text = Dit leest iedereen. Wie een vraag stelde, staat er niet bij.
admin-answers-count =
    { $count ->
        [one] 1 antwoord
       *[other] { $count } antwoorden
    }
admin-answers-names = Staan er namen of gegevens van mensen in? Haal die eerst weg. Na het publiceren kunt u een antwoord niet meer veranderen.
admin-answers-publish =
    { $count ->
        [one] Publiceer dit antwoord
       *[other] Publiceer { $count } antwoorden
    }
admin-answers-none = Er zijn geen antwoorden om te publiceren.
admin-answers-back = Terug naar de procedure
admin-answers-changed = De antwoorden zijn intussen veranderd. Bekijk ze opnieuw en publiceer dan.
admin-answers-published = De antwoorden zijn gepubliceerd. Iedereen kan ze nu lezen.
admin-documents = Documenten
admin-documents-none = Er zijn nog geen documenten.
admin-document = Document
admin-document-days = Geldt
admin-document-change = Verander
admin-document-holds = Geldt nu
admin-document-coming = Geldt later
admin-document-over = Geldt niet meer
admin-document-end = Laat eindigen
admin-document-last-day = Laatste dag
admin-document-last-day-wrong = Vul een dag in: { $day } of later.
admin-document-add = Document toevoegen
admin-document-file = Bestand
admin-document-file-hint = Een pdf, of een bestand van Word of Excel.
admin-document-file-missing = Kies één bestand.
admin-document-not-scanned = De virusscanner geeft nu geen antwoord. Probeer het later opnieuw.
admin-document-title-nl = Titel, Nederlands
admin-document-title-en = Titel, Engels
admin-document-title-missing = Vul een titel in.
admin-document-first-day = Eerste dag
admin-document-first-day-hint = Vanaf deze dag kan iedereen het document lezen.
admin-document-first-day-wrong = Vul vandaag of een latere dag in, zoals 31-12-2027.
admin-document-publish = Publiceer het document
admin-document-published = Het document is toegevoegd.
admin-document-ended = De laatste dag van het document is vastgelegd.

## desk: aanmeldingen op papier
desk-paper-enter = Aanmelding op papier
desk-paper-title = Aanmeldingen op papier
desk-paper-lead = U vult in wat op papier binnenkwam. Daarna gaat het verder als elke andere aanmelding.
desk-paper-drafts = Nog niet klaar
desk-paper-application = Aanmelding
desk-paper-changed-by = Laatst veranderd door
desk-paper-none-open = Er is nu geen procedure open. U kunt geen aanmelding invoeren.
desk-paper-begin = Nieuwe aanmelding invoeren
desk-paper-begin-button = Begin
desk-paper-procedure = Procedure
desk-paper-kvk = KvK-nummer
desk-paper-kvk-hint = 8 cijfers
desk-paper-kvk-wrong = Vul een KvK-nummer in van 8 cijfers.
desk-paper-name = Naam van de organisatie
desk-paper-name-hint = Kennen wij het KvK-nummer al? Dan gebruiken wij de naam die wij kennen.
desk-paper-name-missing = Vul de naam van de organisatie in.
desk-paper-saved = De gegevens zijn bewaard.
desk-paper-shown = De bestanden zijn toegevoegd.
desk-paper-taken-back = Het bestand hoort niet meer bij deze eis.
desk-paper-criteria = Wat er per eis binnenkwam
desk-paper-came = Binnengekomen
desk-paper-missing = Mist nog
desk-paper-there = Binnen
desk-paper-not-needed = Nu niet nodig
desk-paper-take-back = Haal weg
desk-paper-scans = Gescand papier toevoegen
desk-paper-file = Bestand
desk-paper-file-hint = De scan als pdf, jpg of png.
desk-paper-file-missing = Kies een bestand.
desk-paper-file-title = Naam van het bewijs (hoeft niet)
desk-paper-dated = Datum op het document (hoeft niet)
desk-paper-valid-until = Geldig tot en met (hoeft niet)
desk-paper-ends-before = Het document eindigt voordat het begint. Vul een latere dag in.
desk-paper-send = Voeg toe
desk-paper-save = Bewaar de gegevens
desk-paper-overtaken = { $name } heeft deze aanmelding intussen veranderd. Wat u typte staat nog in het formulier. Vergelijk, en bewaar opnieuw.
desk-paper-hand-in = Klaar? Leg de aanmelding vast
desk-paper-missing-steps = Hier mist nog iets:
desk-paper-received = Dag van ontvangst
desk-paper-received-hint = De dag waarop het papier bij u binnenkwam. De termijnen tellen vanaf die dag.
desk-paper-received-wrong = Vul de dag van ontvangst in: vandaag of eerder.
desk-paper-hand-in-text = Bewaar eerst de gegevens. Na het vastleggen kunt u niets meer veranderen. De aanbieder krijgt een ontvangstbevestiging: per mail als er een e-mailadres is, en anders stuurt u die per post.
desk-paper-hand-in-button = Leg vast als ontvangen
desk-paper-entered = De aanmelding is ontvangen
desk-paper-entered-text = Zij staat nu in de werkvoorraad, met de dag van ontvangst van het papier.
desk-paper-to-dossier = Naar het dossier
desk-paper-receipt = Ontvangstbewijs
desk-paper-receipt-number = Nummer
desk-paper-receipt-hash = Controlegetal (SHA-256)
desk-paper-step-organisation = De organisatie
desk-paper-step-offer = Wat de aanbieder wil leveren
desk-paper-organisation = Naam
desk-paper-legal-form = Rechtsvorm
desk-paper-establishment = Vestigingsnummer (hoeft niet)
desk-paper-street = Straat en huisnummer
desk-paper-postcode = Postcode
desk-paper-place = Plaats
desk-paper-website = Website (hoeft niet)
desk-paper-size = Grootte
desk-paper-size-micro = Minder dan 10 medewerkers en hoogstens 2 miljoen euro omzet
desk-paper-size-other = Groter
desk-paper-person = Naam
desk-paper-function = Functie
desk-paper-phone = Telefoon
desk-paper-email = E-mailadres
desk-paper-location = Locatie { $number }: naam (hoeft niet)
desk-paper-accessible = Toegankelijk voor mensen met een beperking
desk-paper-products = Producten
desk-paper-profiles = Cliëntprofielen
desk-paper-subcontractors = Werkt met onderaannemers
desk-paper-authority = Waaruit blijkt dat deze persoon mag tekenen?
desk-paper-authority-register = Het Handelsregister
desk-paper-authority-power = Een volmacht
desk-paper-no-ground = Verklaart: er is geen reden voor uitsluiting
desk-paper-explanation = Uitleg, als er wel een reden is
desk-paper-suitable = Verklaart: voldoet aan de eisen
desk-paper-true = Verklaart: alles is volledig en juist
## The daily round

help-remind = Wat de kalender vraagt
help-remind-run = Doe de dagelijkse ronde: herinneringen, termijnen en bewijs dat verloopt
help-remind-dry-run = Laat zien wat er zou gebeuren, en bewaar niets
cli-remind-dry-run = Er is niets bewaard en niets verstuurd. Dit zou de ronde nu doen:
cli-remind-nothing = Niets te doen.
cli-remind-procedures = { $count ->
    [one] 1 procedure geopend of gesloten
   *[other] { $count } procedures geopend of gesloten
}
cli-remind-reminders = { $count ->
    [one] 1 aanbieder herinnerd aan een aanvulling
   *[other] { $count } aanbieders herinnerd aan een aanvulling
}
cli-remind-refusals = { $count ->
    [one] 1 afwijzing is definitief
   *[other] { $count } afwijzingen zijn definitief
}
cli-remind-criteria = { $count ->
    [one] bij 1 eis verloopt het bewijs, of is het verlopen
   *[other] bij { $count } eisen verloopt het bewijs, of is het verlopen
}
cli-remind-successors = { $count ->
    [one] 1 aanbieder gevraagd om nieuw bewijs
   *[other] { $count } aanbieders gevraagd om nieuw bewijs
}
cli-remind-without-clients = { $count ->
    [one] 1 aanbieder gemeld dat hij lang geen klanten had
   *[other] { $count } aanbieders gemeld dat zij lang geen klanten hadden
}
bench-sleeping = Slapende aanbieders
bench-sleeping-lead = Hun overeenkomst loopt langer dan een jaar. In de laatste 12 maanden hadden zij geen cliënt van ons.
bench-sleeping-never = nog nooit een cliënt
bench-sleeping-last = laatste cliënt: { $day }

## Letters and receipts in a dossier

report-letters = Brieven
report-seal = Zegel van gemeente { $town }
report-letter-kind-receipt = Ontvangst
report-letter-kind-supplement = Aanvulling gevraagd
report-letter-kind-admission = Toelating
report-letter-kind-refusal = Afwijzing
report-letter-kind-set-aside = Niet verder behandeld
report-letter-kind-withdrawal = Intrekking
mine-receipt-letter = Ontvangstbewijs als brief
mine-receipt-pdf = Ontvangstbewijs als pdf
## guard: de ondertekende kop van het logboek
cli-audit-signed =
    { $signed ->
        [one] De eerste regel staat onder de ondertekende kop ({ $path }).
       *[other] De eerste { $signed } regels staan onder de ondertekende kop ({ $path }).
    }
cli-audit-unsigned = Er is nog geen sleutel, en dus geen ondertekende kop. Of er aan het einde regels ontbreken, is zo niet na te gaan.
cli-audit-cut = Het logboek van handelingen klopt niet. Aan het einde ontbreken regels: ondertekend zijn { $signed } regels, en er staan er { $lines }.
cli-audit-rewritten = Het logboek van handelingen klopt niet. Het is opnieuw geschreven: regel { $signed } is niet de regel die ondertekend is.
cli-audit-head-missing = De ondertekende kop van het logboek ontbreekt ({ $path }). Na een nieuwe versie maakt openhouse serve hem bij de eerste start. Stond hij er al, vergelijk dan met de kop uit een back-up: openhouse audit verify --head.
cli-audit-head-forged = De ondertekende kop van het logboek ({ $path }) is veranderd, of niet gezet met de sleutel van deze installatie.
help-audit-head = Vergelijk met deze ondertekende kop, bijvoorbeeld uit een back-up; standaard audit-head.json bij de bestanden

## client: namen van cliënten
client-names-title = Cliënten
client-names-list = Cliënten met naam
client-names-intro = Namen staan versleuteld in de database. Alleen de aanbieder en de contactpersoon van een cliënt zien zijn naam. Elke keer dat u deze pagina opent, staat dat in het logboek.
client-names-none = Er zijn geen cliënten van wie u de naam mag zien.
client-names-case = Dossier
client-names-client = Cliëntnummer
client-names-name = Naam
client-names-contact = Contactpersoon
client-names-unknown = niet opgegeven
client-names-link = Namen van cliënten

## guard: proxy's die geloofd worden
config-about-trusted-proxies = De proxy's die het programma gelooft als zij zeggen van wie een verzoek komt (X-Forwarded-For, Forwarded). Leeg gelaten: geen.
config-expected-trusted-proxies = adressen of netwerken met een komma ertussen, zoals 10.0.0.1, 10.1.0.0/16, of niets
help-flag-trusted-proxies = Proxy's die geloofd worden over de herkomst van een verzoek, met een komma ertussen
## agreement: the text

agreement-kind-dialogue = Intentieverklaring dialoog
agreement-kind-framework = Basisovereenkomst
agreement-kind-domain = Deelovereenkomst
agreement-kind-requirements = Programma van eisen
agreement-kind-tariffs = Producten en tarieven
agreement-kind-privacy = Afspraken over persoonsgegevens
agreement-kind-annex = Bijlage
agreement-privacy-processor = Verwerker
agreement-privacy-joint = Gezamenlijk verwerkingsverantwoordelijke
agreement-privacy-independent = Zelfstandig verwerkingsverantwoordelijke
agreement-scope-all = Voor alle aanbieders
agreement-scope-individual = Per aanbieder ingevuld
agreement-scope-generic = Algemene tekst
agreement-text-draft = Concept
agreement-text-consultation = Ter consultatie
agreement-text-established = Vastgesteld
agreement-text-verb-make = Versie gemaakt
agreement-text-verb-edit = Tekst gewijzigd
agreement-text-verb-read-in = Tekst ingelezen uit een document
agreement-text-verb-consult = Aan de tafel voorgelegd
agreement-text-verb-take-back = Teruggenomen om te herschrijven
agreement-text-verb-amend = Gewijzigd door een besluit van de tafel
agreement-text-verb-establish = Vastgesteld
agreement-change-same = ongewijzigd
agreement-change-changed = gewijzigd
agreement-change-new = nieuw
agreement-change-dropped = vervallen
agreement-change-renumbered = vernummerd
agreement-body-html = Er staat HTML in de tekst. Haal de haakjes < en > weg.
agreement-body-heading = Er staat een kop in de tekst. Maak er een eigen artikel van.
agreement-body-image = Er staat een afbeelding in de tekst. Een artikel bestaat uit woorden.
agreement-body-code = Er staat programmacode in de tekst. Haal de spaties aan het begin van de regel of de tekens ` weg.
agreement-body-quote = Er staat een citaat in de tekst. Haal het teken > aan het begin van de regel weg.
agreement-body-rule = Er staat een streep in de tekst. Haal die weg.
agreement-body-link = Er staat een link in de tekst die niet met https:// begint. Verander of verwijder de link.
agreement-lack-articles = artikelen
agreement-lack-words = een nummer, kop en tekst bij elk artikel
agreement-lack-numbers = een eigen nummer in cijfers voor elk artikel
agreement-lack-days = de dag waarop de tekst ingaat
agreement-lack-explanation = een uitleg van wat er verandert
agreement-lack-minutes = het verslag van de tafel
agreement-text-refused-not-found = Deze tekst is er niet.
agreement-text-refused-role = U kunt dit niet doen met uw rol.
agreement-text-refused-state = Dit kan nu niet: deze versie heeft de status { $state }.
agreement-text-refused-incomplete = Er mist nog iets: { $lacks }. Vul dit eerst aan.
agreement-text-refused-reason = Schrijf op waarom.
agreement-text-refused-open = Versie { $number } is nog niet vastgesteld. Werk daaraan verder.
agreement-text-refused-early = De versie hiervoor gaat in op { $day }. Kies een latere dag.
agreement-text-refused-four-eyes = Voorleggen aan de tafel en vaststellen doen twee verschillende personen. Vraag een collega.
agreement-text-refused-code = Deze code is al in gebruik. Kies een andere.
agreement-text-refused-article = Dit artikel staat niet meer in deze versie. Bekijk de tekst opnieuw.
agreement-text-refused-bsn = In de tekst staat een nummer dat een burgerservicenummer kan zijn. Haal het weg.
agreement-text-refused-meanwhile = { $by } heeft deze versie intussen veranderd. Bekijk de nieuwe tekst en probeer het opnieuw.

## consultation
page-menu-tables = Overleg
cli-remind-tables = { $count ->
    [one] 1 overlegtafel herinnerd aan de reactietermijn
   *[other] { $count } overlegtafels herinnerd aan de reactietermijn
}
consultation-gone = Deze link werkt niet meer
consultation-gone-text = De link is te oud, of u zit niet meer aan deze tafel. Vraag de gemeente om een nieuwe link.
consultation-tables = Overlegtafels
consultation-tables-lead = Hier praten aanbieders, cliëntvertegenwoordigers en gemeente over de tekst van de overeenkomst.
consultation-tables-all = Alle tafels
consultation-new-table = Nieuwe tafel
consultation-no-tables = Er is nog geen tafel
consultation-no-tables-advice = Zodra er een tafel is waar u aan zit, staat die hier.
consultation-name = Naam
consultation-name-hint = Bijvoorbeeld: Overlegtafel re-integratie
consultation-kind = Soort
consultation-days = Looptijd
consultation-status = Status
consultation-procedure = Procedure
consultation-purpose = Waar deze tafel voor is
consultation-purpose-hint = Schrijf in gewone woorden waar u samen over praat.
consultation-first-day = Eerste dag
consultation-last-day = Laatste dag
consultation-last-day-hint = Weet u de laatste dag nog niet? Laat die dan leeg.
consultation-open = Iedereen aan tafel leest meteen elkaars reacties
consultation-open-hint = Zonder vinkje leest de tafel de reacties pas na het besluit.
consultation-set-table = Tafel maken
consultation-not-now = Nu niet
consultation-runs = Loopt
consultation-runs-not = Loopt niet
consultation-from = vanaf { $from }
consultation-from-until = { $from } tot en met { $until }
consultation-kind-consultation = overlegtafel
consultation-kind-advisory = adviestafel
consultation-kind-digital = digitale tafel
consultation-role = Rol
consultation-role-chair = voorzitter
consultation-role-municipality = gemeente
consultation-role-provider = aanbieder
consultation-role-provider-title = Aanbieder
consultation-role-client = cliëntvertegenwoordiger
consultation-proposal-change = Artikel wijzigen
consultation-proposal-add = Nieuw artikel
consultation-proposal-drop = Artikel laten vervallen
consultation-state-open = wacht op besluit
consultation-state-withdrawn = ingetrokken
consultation-outcome-adopted = overgenomen
consultation-outcome-amended = aangepast overgenomen
consultation-outcome-rejected = niet overgenomen
consultation-outcome-carried-over = aangehouden
consultation-stance-agree = eens
consultation-stance-objection = bezwaar
consultation-stance-remark = opmerking
consultation-told-welcome = u zit nu aan deze tafel
consultation-told-invitation = Uitnodiging voor bijeenkomst { $number }
consultation-told-moved = Bijeenkomst { $number } is veranderd
consultation-told-called-off = Bijeenkomst { $number } gaat niet door
consultation-told-minutes = Verslag van bijeenkomst { $number }
consultation-told-proposal = Voorstel { $number }
consultation-told-withdrawn = Voorstel { $number } is ingetrokken
consultation-told-decision = Besluit { $number }
consultation-told-established = Versie { $number } van de tekst is vastgesteld
consultation-told-announcement = Mededeling
consultation-told-answer = Antwoord op een vraag
consultation-told-reminder = Herinnering: reageren op versie { $number }
consultation-told-count = { $count ->
    [one] { $count } deelnemer
   *[other] { $count } deelnemers
}
consultation-told-mails = { $count ->
    [one] { $count } mail
   *[other] { $count } mails
}
consultation-place = Plaats
consultation-place-online = onze digitale vergaderzaal
consultation-minutes-name = Verslag { $number } van { $table }, { $day }
consultation-decision-of = Besluit { $number } van { $table }
consultation-born-from = Ontstaan uit besluit { $number } van { $table }, { $day }
consultation-refused-not-found = Dit is er niet.
consultation-refused-role = U kunt dit niet doen met uw rol.
consultation-refused-seat = U zit niet aan deze tafel.
consultation-refused-state = Dit kan niet meer: dit voorstel is { $state }.
consultation-refused-late = Reageren kon tot en met { $day }. Die termijn is voorbij. Wilt u nog iets zeggen? Doe dat dan in de bijeenkomst.
consultation-refused-version = Over deze versie praat de tafel niet of niet meer.
consultation-refused-over = Op die dag loopt deze tafel niet.
consultation-refused-reason = Schrijf op waarom.
consultation-refused-words = Een veld is nog leeg. Vul elk veld in dat niet leeg mag blijven.
consultation-refused-same = Er verandert niets. Pas de tekst aan.
consultation-refused-bsn = In de tekst staat een nummer dat een burgerservicenummer kan zijn. Haal het weg.
consultation-refused-seated = Deze deelnemer zit al aan tafel.
consultation-refused-days = De laatste dag ligt voor de eerste.
consultation-refused-place = Vul een plaats of een digitaal adres in.
consultation-refused-agenda = Vul de onderwerpen in.
consultation-refused-called-off = Deze bijeenkomst gaat niet door.
consultation-refused-not-held = Een besluit en een verslag horen bij een bijeenkomst die is begonnen. Plan eerst een bijeenkomst.
consultation-refused-held = Deze bijeenkomst is al geweest.
consultation-refused-established = Dit verslag is vastgesteld. Maak een verbetering.
consultation-refused-minutes = Stel eerst het verslag van deze bijeenkomst vast.
consultation-refused-open = { $count ->
    [one] Eén voorstel wacht nog op een besluit.
   *[other] { $count } voorstellen wachten nog op een besluit.
}
consultation-refused-meanwhile = { $by } heeft dit intussen veranderd. Kijk wat er nu staat. Wat u typte staat er nog.
consultation-fill-in = Vul het veld “{ $field }” in.
consultation-too-long = Dit is te lang. Gebruik hoogstens { $most } tekens.
consultation-email-wrong = Vul een e-mailadres in, zoals naam@voorbeeld.nl.
consultation-day-wrong = Vul een datum in, zoals 18-11-2026.
consultation-time-wrong = Vul een tijd in, zoals 14:30.
consultation-ends-before = De bijeenkomst eindigt voordat die begint.
consultation-online-wrong = Een digitaal adres begint met https://
consultation-done-proposal = Uw voorstel staat op tafel. Alle deelnemers hebben tegelijk bericht gekregen.
consultation-done-reaction = Uw reactie is verstuurd.
consultation-done-withdrawn = Het voorstel is ingetrokken. Alle deelnemers hebben tegelijk bericht gekregen.
consultation-done-decision = Het besluit is genomen. Alle deelnemers hebben tegelijk bericht gekregen.
consultation-done-message = Alle deelnemers hebben tegelijk bericht gekregen.
consultation-done-seat = De deelnemer zit aan tafel en heeft bericht gekregen.
consultation-done-planned = De bijeenkomst is gepland. U kunt nu iedereen uitnodigen.
consultation-done-changed = De bijeenkomst is veranderd. Wie was uitgenodigd heeft bericht gekregen.
consultation-done-invited = Alle deelnemers zijn tegelijk uitgenodigd.
consultation-done-called-off = De bijeenkomst gaat niet door. Wie was uitgenodigd heeft bericht gekregen.
consultation-done-minutes = Het verslag is bewaard.
consultation-done-established = Vastgesteld. Alle deelnemers hebben tegelijk bericht gekregen.
consultation-consulted = In consultatie:
consultation-consulted-none = Er ligt nu geen tekst op tafel
consultation-consulted-none-text = Zodra de gemeente een versie ter consultatie voorlegt, kunt u hier voorstellen doen en reageren.
consultation-text-version = { $title }, versie { $number }
consultation-until-day = Reageren kan tot en met
consultation-term = Reactietermijn
consultation-term-over = reactietermijn is voorbij
consultation-propose = Voorstel doen
consultation-proposals = Voorstellen
consultation-proposals-none = Er zijn nog geen voorstellen.
consultation-article = Artikel
consultation-proposed-by = Voorgesteld door
consultation-meetings = Bijeenkomsten
consultation-meetings-none = Er is nog geen bijeenkomst gepland.
consultation-meeting = Bijeenkomst
consultation-meeting-number = Bijeenkomst { $number }
consultation-meeting-of = Bijeenkomst { $number }, { $day }
consultation-meeting-planned = gepland
consultation-meeting-invited = uitgenodigd
consultation-meeting-held = geweest
consultation-meeting-called-off = gaat niet door
consultation-plan = Bijeenkomst plannen
consultation-plan-lead = Nog niemand krijgt bericht. Uitnodigen doet u daarna, allen tegelijk.
consultation-plan-save = Plannen
consultation-is-open = Alle deelnemers lezen elkaars voorstellen en reacties.
consultation-is-closed = De voorstellen zijn voor iedereen aan tafel. De reacties van anderen leest u na het besluit.
consultation-seats = Deelnemers
consultation-seats-now = Aan tafel
consultation-seats-lead = Iedere deelnemer krijgt elk bericht van deze tafel, allen op hetzelfde moment.
consultation-seats-change = Deelnemers wijzigen
consultation-change = Wijzigen
consultation-leave = Van tafel
consultation-add-provider = Aanbieders
consultation-providers-all = Alle aanbieders met een overeenkomst zitten aan tafel.
consultation-providers-waiting = { $count ->
    [one] Eén aanbieder met een overeenkomst zit nog niet aan tafel.
   *[other] { $count } aanbieders met een overeenkomst zitten nog niet aan tafel.
}
consultation-add-all = Allen aan tafel
consultation-add-one = Deze aanbieder aan tafel
consultation-add-client = Cliëntvertegenwoordiger
consultation-add-client-text = Een cliëntvertegenwoordiger heeft geen account nodig. Met een eigen link uit de mail kan die lezen en reageren.
consultation-add-client-button = Cliëntvertegenwoordiger aan tafel
consultation-add-colleague = Collega van de gemeente
consultation-add-colleague-button = Collega aan tafel
consultation-colleague = Collega
consultation-person-name = Naam
consultation-email = E-mailadres
consultation-email-hint = Hier komt de link naartoe.
consultation-language = Taal van de mails
consultation-to-table = Naar de tafel
consultation-news = Mededelingen en antwoorden
consultation-news-none = Er zijn nog geen berichten.
consultation-register = Wie wist wat wanneer
consultation-register-lead = Elk bericht van deze tafel gaat op één moment naar alle deelnemers. Hier ziet u wanneer en naar wie.
consultation-register-all = Alle berichten
consultation-register-download = Downloaden als CSV
consultation-register-file = wie-wist-wat-wanneer
consultation-announce = Bericht aan de hele tafel
consultation-announce-send = Versturen aan allen
consultation-message-kind = Soort bericht
consultation-message-words = Bericht
consultation-message-hint = Schrijf geen namen van cliënten op. Bij een antwoord: herhaal eerst de vraag.
consultation-csv-number = Nummer
consultation-csv-what = Bericht
consultation-csv-words = Tekst
consultation-csv-at = Moment
consultation-csv-utc = Moment (UTC)
consultation-csv-by = Door
consultation-csv-who = Deelnemer
consultation-csv-role = Rol
consultation-csv-mails = Aantal mails
consultation-day = Dag
consultation-time-from = Van
consultation-time-until = Tot
consultation-online = Digitaal adres
consultation-online-hint = Mag leeg blijven. Begint met https://
consultation-agenda = Onderwerpen
consultation-agenda-hint = Eén onderwerp op elke regel.
consultation-invite-title = Nog niemand is uitgenodigd
consultation-invite-text = Alle deelnemers krijgen op hetzelfde moment een mail met een link en een agendabestand.
consultation-invite = Allen uitnodigen
consultation-calendar = In uw agenda zetten
consultation-calendar-title = { $table }, bijeenkomst { $number }
consultation-calendar-file = bijeenkomst
consultation-join = Deelnemen via internet
consultation-decisions = Besluiten
consultation-decision = Besluit
consultation-outcome = Uitkomst
consultation-reason = Reden
consultation-reason-hint = Alle deelnemers lezen deze reden.
consultation-minutes = Verslag
consultation-minutes-none = Er is nog geen vastgesteld verslag.
consultation-minutes-number = Verslag { $number }
consultation-minutes-draft = Verslag { $number }, nog niet vastgesteld
consultation-minutes-later = Het verslag schrijft u na het begin van de bijeenkomst.
consultation-minutes-words = Tekst van het verslag
consultation-minutes-save = Bewaren
consultation-minutes-establish = Vaststellen en bekendmaken
consultation-minutes-establish-text = Een vastgesteld verslag verandert nooit meer. Verbeteren kan alleen met een nieuw nummer.
consultation-minutes-correct = Verbetering maken
consultation-established-by = Vastgesteld door { $name }
consultation-establish-title = Tekst vaststellen op dit verslag
consultation-establish-text = U stelt de versie vast zoals die nu is. Daarna verandert de tekst niet meer.
consultation-establish = { $title }, versie { $number } vaststellen
consultation-move = Bijeenkomst veranderen
consultation-move-text = Wie is uitgenodigd krijgt bericht, allen op hetzelfde moment.
consultation-move-save = Veranderen
consultation-call-off = Bijeenkomst afgelasten
consultation-call-off-text = De bijeenkomst gaat dan niet door. Wie is uitgenodigd krijgt bericht.
consultation-markdown-hint = Een witregel begint een alinea. Een regel met een streepje ervoor is een punt van een lijst.
consultation-choose-lead = Kies het artikel waar uw voorstel over gaat.
consultation-choose-change = Wijzigen
consultation-choose-drop = Laten vervallen
consultation-choose-add = Nieuw artikel hierachter
consultation-articles = Artikelen
consultation-propose-change = Artikel wijzigen
consultation-propose-add = Nieuw artikel voorstellen
consultation-propose-drop = Artikel laten vervallen
consultation-propose-send = Voorstel doen
consultation-propose-told = Alle deelnemers krijgen op hetzelfde moment bericht.
consultation-motive = Waarom
consultation-motive-hint = Wat gaat er nu niet goed, en wat wordt er beter?
consultation-now = Zo staat het er nu
consultation-behind = Komt achter dit artikel
consultation-article-number = Nummer
consultation-article-heading = Kop
consultation-article-scope = Voor wie
consultation-article-words = Tekst van het artikel
consultation-article-changed = Dit artikel is door een ander besluit veranderd nadat dit voorstel is gedaan. U ziet het verschil met de tekst van nu.
consultation-only-number = Alleen het nummer verandert.
consultation-proposal-about = Voorstel { $number } over artikel { $article }
consultation-proposal-number = Voorstel { $number }
consultation-reactions = Reacties
consultation-reactions-none = Er zijn nog geen reacties.
consultation-reactions-later = De reacties van anderen leest u na het besluit.
consultation-counts = eens: { $agree }, bezwaar: { $objection }, opmerking: { $remark }
consultation-your-reaction = Uw reactie
consultation-stance = Wat vindt u?
consultation-stance-missing = Kies wat u vindt.
consultation-reaction-words = Toelichting
consultation-reaction-hint = Schrijf geen namen van cliënten op. Bent u het eens, dan mag dit leeg blijven.
consultation-reaction-missing = Schrijf op wat uw bezwaar of opmerking is.
consultation-react = Reactie versturen
consultation-only-reading = U leest mee. Reageren kan wie aan deze tafel zit.
consultation-typed-kept = Uw tekst is niet verstuurd. Wat u typte staat hieronder, zodat u het kunt bewaren.
consultation-withdraw = Voorstel intrekken
consultation-withdraw-text = Het voorstel blijft te lezen als ingetrokken.
consultation-decide = Besluiten
consultation-decide-title = Besluiten over voorstel { $number }
consultation-decide-send = Besluit nemen
consultation-decide-told = Neemt de tafel het voorstel over, dan verandert de tekst meteen. Alle deelnemers krijgen op hetzelfde moment bericht.
consultation-decided-in = Besloten in
consultation-decision-missing = Kies wat er is besloten.
consultation-amend-words = Andere woorden (bij aangepast overgenomen)
consultation-amend-hint = Deze velden tellen alleen bij aangepast overgenomen.
consultation-became = Zo is het geworden
consultation-work-decide = Voorstel wacht op besluit
consultation-work-term = Reactietermijn loopt af
consultation-work-number = voorstel { $number }
## farewell: uitloggen waar iemand inlogde
farewell-still-in = U bent uitgelogd bij Open House. Bij { $at } bent u nog ingelogd: wie na u deze computer gebruikt, komt zo weer binnen. Log daar ook uit als anderen deze computer gebruiken.
farewell-out-too = U bent uitgelogd bij Open House en bij { $at }. Sluit uw browser als anderen deze computer ook gebruiken.
farewell-title-not-from-here = Uitloggen lukt van hieruit niet
farewell-not-from-here = Bij Open House bent u uitgelogd. Bij { $at } bent u nog ingelogd, en dat kunnen wij nu niet voor u beëindigen. Log daar zelf uit, of sluit alle vensters van uw browser.
farewell-leave-organisation = Ook uitloggen bij uw organisatie
farewell-leave-eherkenning = Ook uitloggen bij eHerkenning
## life: de looptijd van een overeenkomst
life-state-signed = getekend
life-state-active = actief
life-state-client-stop = cliëntenstop
life-state-notice = opgezegd
life-state-ended = beëindigd
life-state-dissolved = ontbonden
life-verb-accede = Overeenkomst getekend
life-verb-revise = Gegevens bijgewerkt
life-verb-begin = Overeenkomst begonnen
life-verb-replace = Nieuwe versie vervangt de vorige
life-verb-stop-clients = Cliëntenstop door de gemeente
life-verb-ask-stop = Aanbieder vraagt een cliëntenstop
life-verb-agree-stop = Akkoord met de cliëntenstop
life-verb-refuse-stop = Niet akkoord met de cliëntenstop
life-verb-lift-stop = Cliëntenstop opgeheven
life-verb-give-notice = Opgezegd door de aanbieder
life-verb-terminate = Opgezegd door de gemeente
life-verb-intend = Voornemen om te ontbinden
life-verb-state-views = Zienswijze van de aanbieder
life-verb-drop-intention = Voornemen ingetrokken
life-verb-dissolve = Overeenkomst ontbonden
life-verb-dissolve-at-once = Overeenkomst met spoed ontbonden
life-verb-warn = Aanbieder gewaarschuwd voor het einde
life-verb-extend = Overeenkomst verlengd
life-verb-end = Overeenkomst beëindigd
life-ground-signs-of-fraud = Duidelijke signalen van fraude
life-ground-signs-of-bad-quality = Duidelijke signalen van slechte kwaliteit
life-ground-signs-of-unsafety = Duidelijke signalen van onveiligheid
life-ground-leaving = De aanbieder stopt
life-ground-insufficient-use = Te weinig gebruik van de overeenkomst
life-ground-forced-change = Wijziging door een nieuwe wet
life-ground-refused-change = Een wijziging van de overeenkomst is niet aanvaard
life-ground-exclusion = Uitsluitingsgrond, of voldoet niet meer aan de eisen
life-ground-no-delivery = 12 maanden geen dienstverlening
life-ground-repair-not-done = Opgedragen herstel is niet uitgevoerd
life-ground-quality-failure = Ernstig tekort in kwaliteit, ook na herstel
life-ground-proven-fraud = Bewezen fraude
life-ground-negative-bibob = Negatief advies Bibob
life-ground-administrative-fine = Bestuurlijke boete
life-warning-told-late = Deze verlenging is later verteld dan was afgesproken.
life-warning-not-heard = De aanbieder is vooraf niet gehoord, omdat er haast was.
life-version-ahead = begint later
life-version-active = actief
life-version-replaced = vervangen
life-version-ended = beëindigd
life-sub-asked = toestemming gevraagd
life-sub-agreed = akkoord
life-sub-refused = geweigerd
life-sub-ended = beëindigd
life-refused-not-found = Deze overeenkomst is er niet.
life-refused-role = U kunt dit niet doen met uw rol.
life-refused-state = Dit kan nu niet: de overeenkomst is { $state }.
life-refused-reason = Schrijf op waarom.
life-refused-ground = Kies een grond uit de lijst.
life-refused-account = Dit kan alleen met een eigen account.
life-refused-four-eyes = U schreef het voornemen. Een collega neemt het besluit.
life-refused-stop-too-soon = Vraag een cliëntenstop minstens 14 dagen vooraf. De eerste dag die kan, is { $day }.
life-refused-stop-asked = U hebt al een cliëntenstop gevraagd. Wacht op het antwoord.
life-refused-no-stop-asked = Er is geen cliëntenstop gevraagd.
life-refused-intention-open = Er ligt al een voornemen om te ontbinden.
life-refused-no-intention = Er is geen voornemen om te ontbinden. Schrijf dat eerst.
life-refused-views-run = De aanbieder kan tot en met { $day } een zienswijze geven. Wacht daarop.
life-refused-views-over = U kon tot en met { $day } uw zienswijze geven. Die dag is voorbij. Bel de contactpersoon in de brief.
life-refused-was-used = De termijn voor te weinig gebruik loopt nog. Er telt mee tot en met { $day }.
life-refused-never-begun = De overeenkomst is nog niet begonnen.
life-refused-spared = Bevestig dat het aanbod niet schaars of uniek is en dat klanten het geen 8,5 of hoger geven.
life-refused-no-end = Deze overeenkomst heeft geen einddatum.
life-refused-not-later = Kies een dag na { $day }.
life-refused-day-not-reached = De overeenkomst loopt tot en met { $day }.
life-refused-line = Deze regel is er niet meer. Bekijk de pagina opnieuw.
life-refused-half-settled = Vul ook in aan wie de klant is overgedragen.
life-refused-future = { $day } moet nog komen. Vul een dag in die geweest is.
life-refused-list-closed = De lijst is gesloten.
life-refused-no-list = Er is geen overdrachtslijst.
life-refused-not-registered = Een onderaannemer staat in het Handelsregister. Kijk dit na en vink het aan.
life-refused-incomplete = Vul de naam in en kies minstens één product.
life-refused-end-before-beginning = De laatste dag ligt voor de eerste.
life-refused-bsn = In de tekst staat een nummer dat een burgerservicenummer kan zijn. Haal het weg.
life-refused-changed = { $by } heeft deze overeenkomst intussen veranderd. Bekijk de pagina opnieuw.
life-for-you = Voor u
life-mail-dissolution = ontbinding van de overeenkomst
life-mail-warning = Over een half jaar of eerder stopt de overeenkomst. Wij laten u weten of wij verlengen.
life-mail-extended = Wij hebben de overeenkomst verlengd.
life-mail-terminated = Wij hebben de overeenkomst opgezegd. In de brief leest u waarom en wat u kunt doen.
life-mail-dissolved = Wij hebben de overeenkomst ontbonden. In de brief leest u waarom en wat u kunt doen.
life-mail-ended = De overeenkomst is nu beëindigd.
life-mail-stopped = een cliëntenstop
life-mail-stop-refused = geen cliëntenstop
life-mail-stop-lifted = het einde van de cliëntenstop
life-mail-intention-dropped = het voornemen om te ontbinden is ingetrokken
life-mail-subcontractor = een onderaannemer
life-verb-stop-delivery = Aanbieder stopt met de begeleiding van een klant
life-verb-new-tariffs = Nieuwe tarieven vastgesteld
life-act-stop-delivery = Stoppen met een klant
life-lead-stop-delivery = U stopt met de begeleiding van één klant. Dat meldt u minstens een maand vooraf. De overeenkomst loopt gewoon door.
life-refused-delivery-too-soon = Kies als laatste dag { $day } of later. U meldt het minstens een maand vooraf.
life-refused-no-case = Kies het zaaknummer van een klant die u nu begeleidt.
life-case = Zaaknummer van de klant
life-mail-unanswered = Wij kregen geen antwoord op de nieuwe afspraken. Daarom stopt de overeenkomst.
life-mail-new-tariffs = nieuwe tarieven
life-mail-stop-request = uw verzoek om een cliëntenstop
life-mail-views = uw zienswijze
life-mail-delivery-stop = uw bericht dat u stopt met de begeleiding van een klant
indexation-letter-line = { $code } { $name }: { $new } (was { $old })
report-life-tariffs = De nieuwe tarieven
report-life-stop-asked = Wij hebben uw verzoek om een cliëntenstop ontvangen
report-life-stop-asked-text = U vroeg op { $on } om een cliëntenstop vanaf { $day }. U krijgt een brief met ons antwoord. Tot die tijd kunt u nieuwe klanten krijgen.
report-life-views-received = Wij hebben uw zienswijze ontvangen
report-life-views-received-text = Wij hebben uw zienswijze ontvangen op { $on }. Wij lezen die voordat wij besluiten. U krijgt een brief met ons besluit.
report-life-delivery-stop = U stopt met de begeleiding van een klant
report-life-delivery-stop-text = U stopt met de begeleiding van de klant met zaaknummer { $case }. De laatste dag is { $day }.
report-life-delivery-stop-next = Tot en met die dag begeleidt u de klant gewoon verder. Wij maken samen afspraken over wie de begeleiding overneemt.
report-life-new-tariffs = Er komen nieuwe tarieven
report-life-new-tariffs-text = Vanaf { $day } gelden nieuwe tarieven. Zij passen bij de stijging van lonen en prijzen.
report-life-new-tariffs-before = Voor begeleiding van voor { $day } rekent u nog het oude tarief.
report-life-unanswered-text = Wij vroegen u om te reageren op de nieuwe afspraken. Wij kregen geen antwoord. Daarom stopt de overeenkomst op { $day }.
report-life-change-refused-text = U liet op { $on } weten dat u niet akkoord gaat met de nieuwe afspraken. Dat geldt als opzegging. De overeenkomst stopt op { $day }.
report-life-agreement = Overeenkomst
report-life-last-day = Laatste dag
report-life-your-words = U schreef
report-life-client-stop = U krijgt voorlopig geen nieuwe klanten
report-life-client-stop-text = Vanaf { $day } krijgt u geen nieuwe klanten van ons.
report-life-client-stop-clients = De klanten die u nu begeleidt, begeleidt u gewoon verder.
report-life-stop-agreed = Wij gaan akkoord met de cliëntenstop
report-life-stop-agreed-text = U vroeg om een cliëntenstop. Wij gaan akkoord. Vanaf { $day } krijgt u geen nieuwe klanten van ons.
report-life-stop-refused = Wij gaan niet akkoord met de cliëntenstop
report-life-stop-refused-text = U vroeg om een cliëntenstop vanaf { $day }. Wij gaan niet akkoord. U kunt nieuwe klanten blijven krijgen.
report-life-stop-lifted = De cliëntenstop is voorbij
report-life-stop-lifted-text = Vanaf { $day } kunt u weer nieuwe klanten van ons krijgen.
report-life-notice-confirmed = Wij hebben uw opzegging ontvangen
report-life-notice-confirmed-text = Wij hebben uw opzegging ontvangen op { $on }. De overeenkomst stopt op { $day }.
report-life-transfer = Wij maken samen afspraken over uw klanten. In Open House staat een lijst met hun zaaknummers. Schrijf daar per klant aan wie u de begeleiding overdraagt en op welke dag.
report-life-terminated = Wij zeggen de overeenkomst op
report-life-terminated-text = Wij zeggen de overeenkomst op. De laatste dag is { $day }.
report-life-intention = Wij willen de overeenkomst ontbinden
report-life-intention-text = Wij willen de overeenkomst ontbinden. Dat betekent dat de overeenkomst meteen stopt. Wij hebben nog niets besloten.
report-life-intention-views = U kunt eerst uw kant vertellen. Dat heet een zienswijze. U hebt daarvoor tot en met { $day }. Daarna nemen wij een besluit.
report-life-intention-dropped = Wij ontbinden de overeenkomst niet
report-life-intention-dropped-text = Wij schreven u dat wij de overeenkomst wilden ontbinden. Dat doen wij niet. De overeenkomst loopt door.
report-life-dissolved = Wij hebben de overeenkomst ontbonden
report-life-dissolved-text = Wij hebben de overeenkomst ontbonden. De laatste dag is { $day }. Daarna mag u geen klanten meer voor ons begeleiden.
report-life-dissolved-urgent = Er was haast. Daarom hebben wij u vooraf niet om uw kant gevraagd.
report-life-extended = Wij verlengen de overeenkomst
report-life-extended-text = Wij verlengen de overeenkomst. De nieuwe laatste dag is { $day }. De afspraken blijven hetzelfde.
report-life-ends-soon = Uw overeenkomst stopt bijna
report-life-ends-soon-text = Uw overeenkomst loopt tot en met { $day }.
report-life-ends-soon-next = Wij laten u weten of wij de overeenkomst verlengen. Hebt u vragen? Bel of mail ons gerust.
report-life-ended = De overeenkomst is beëindigd
report-life-ended-text = De laatste dag van de overeenkomst was { $day }. De overeenkomst is nu beëindigd.
report-life-ended-keep = Doe nog wel de opgave over uw laatste kwartaal. U kunt uw gegevens in Open House blijven lezen.
page-menu-lives = Looptijden
life-title = Overeenkomst { $number }
life-choice = Overeenkomsten
life-none = Er is nog geen overeenkomst getekend.
life-overview = Looptijden
life-overview-lead = Alle overeenkomsten die lopen, op naam van de aanbieder
life-overview-none = Er lopen nog geen overeenkomsten.
life-overview-list = Overeenkomsten ({ $count })
life-provider = Aanbieder
life-state = Status
life-from = Begint op
life-until = Loopt tot en met
life-no-end = geen einddatum
life-not-begun = (nog niet begonnen)
life-stop-from = Geen nieuwe klanten vanaf
life-signals = Let op
life-no-signal = niets
life-signal-stop-asked = Vraagt een cliëntenstop vanaf { $day }
life-signal-views = Zienswijze kan tot en met { $day }
life-signal-decide = Neem een besluit over het voornemen om te ontbinden
life-signal-ends = Eindigt op { $day }: verlengen of laten eindigen
life-days = Looptijd
life-versions = Versies
life-version = Versie
life-history = Wat er gebeurde
life-counts-from = Datum:
life-was = was
life-next = Wat u nu kunt doen
life-next-none = U hoeft nu niets te doen.
life-also = Bij deze overeenkomst
life-waits-title = De laatste dag is voorbij, maar de overeenkomst is nog niet beëindigd
life-waits-text = Nog niet alle klanten zijn overgedragen. Handel de overdrachtslijst af.
life-ends-soon-title = De overeenkomst stopt binnen een half jaar
life-ends-soon-office = Besluit of u verlengt. De aanbieder hoort dat te weten.
life-ends-soon-provider = De gemeente laat u weten of zij de overeenkomst verlengt.
life-intention-title = Er is een voornemen om de overeenkomst te ontbinden
life-intention-until = De aanbieder kan een zienswijze geven tot en met
life-stop-asked-title = De aanbieder vraagt een cliëntenstop
life-stop-asked-from = Gevraagd vanaf
life-act-stop-clients = Cliëntenstop instellen
life-act-ask-stop = Cliëntenstop vragen
life-act-agree-stop = Akkoord met de cliëntenstop
life-act-refuse-stop = Cliëntenstop weigeren
life-act-lift-stop = Cliëntenstop opheffen
life-act-give-notice = Overeenkomst opzeggen
life-act-terminate = Overeenkomst opzeggen namens de gemeente
life-act-intend = Voornemen om te ontbinden sturen
life-act-state-views = Zienswijze geven
life-act-drop-intention = Voornemen intrekken
life-act-dissolve = Overeenkomst ontbinden
life-act-dissolve-at-once = Met spoed ontbinden
life-act-extend = Overeenkomst verlengen
life-lead-stop-clients = De aanbieder krijgt vanaf vandaag geen nieuwe klanten. Wie al klant is, blijft. De aanbieder krijgt een brief.
life-lead-ask-stop = U vraagt de gemeente om u een tijd geen nieuwe klanten te sturen. Dat vraagt u minstens 14 dagen vooraf. De stop begint pas als de gemeente schriftelijk akkoord is.
life-lead-agree-stop = De cliëntenstop begint op de gevraagde dag. Is die dag voorbij, dan begint de stop vandaag. De aanbieder krijgt een brief.
life-lead-refuse-stop = De aanbieder blijft nieuwe klanten krijgen en krijgt een brief met uw reden.
life-lead-lift-stop = De aanbieder kan vanaf vandaag weer nieuwe klanten krijgen.
life-lead-give-notice = U stopt met deze overeenkomst. U krijgt een bevestiging. Daarna spreekt u met de gemeente af aan wie u uw klanten overdraagt.
life-lead-terminate = De overeenkomst stopt na de opzegtermijn. De aanbieder krijgt een brief met uw reden en wat hij kan doen.
life-lead-intend = De aanbieder krijgt een brief en kan zijn kant vertellen. Daarna neemt een collega het besluit.
life-lead-state-views = Vertel waarom u het eens of oneens bent met het voornemen. De gemeente leest dit voordat zij besluit.
life-lead-drop-intention = De overeenkomst loopt gewoon door. De aanbieder krijgt een brief.
life-lead-dissolve = De overeenkomst stopt vandaag. Dit kan niet terug. De aanbieder krijgt een brief met uw reden en wat hij kan doen.
life-lead-dissolve-at-once = De overeenkomst stopt vandaag, zonder dat de aanbieder eerst zijn kant vertelt. Schrijf op waarom dit niet kan wachten.
life-lead-extend = Kies de nieuwe laatste dag. De aanbieder krijgt een brief.
life-ground = Grond
life-first-day = Eerste dag van de stop
life-new-last-day = Nieuwe laatste dag
life-last-day = Laatste dag
life-last-day-now = Laatste dag nu
life-last-day-by = Laatste dag bij: { $ground }
life-counted = Zo is geteld
life-last-client = Laatste dag met een klant
life-never-client = nog nooit een klant
life-satisfaction = Klanttevredenheid
life-satisfaction-unknown = niet bekend
life-earliest-stop = Eerste dag die kan
life-views-until = Zienswijze kan tot en met
life-views-of = Zienswijze van { $day }
life-views = Zienswijze
life-views-none = nog niet gegeven
life-intention-words = Reden van het voornemen
life-words-reason = Reden
life-words-free = Toelichting (mag leeg blijven)
life-words-views = Uw zienswijze
life-words-hint = Dit staat in de brief en in de geschiedenis. Schrijf geen namen van klanten en geen gezondheidsgegevens, schulden of strafrechtelijke gegevens op.
life-not-spared = Ik heb het nagekeken: het aanbod is niet schaars of uniek, en klanten geven het geen 8,5 of hoger.
life-day-wanted = Vul een dag in, zoals 31-12-2027.
life-too-long = Een van de teksten is te lang. Maak hem korter.
life-check = Controleer: { $act }
life-blocked = Dit kan nu niet
life-warning = Let op
life-facts = Wat wij weten
life-to-check = Naar de controle
life-change = Wijzigen
life-not-now = Niet nu
life-transfer = Overdrachtslijst
life-transfer-open = Bekijk de overdrachtslijst
life-transfer-closed = Gesloten
life-transfer-progress = { $done } van { $all } afgehandeld
life-transfer-lead = De klanten die nog bij de aanbieder zijn, met hun zaaknummer. Schrijf per klant aan wie de begeleiding is overgedragen en op welke dag. Schrijf hier geen namen van klanten op.
life-transfer-clients = Klanten
life-transfer-none = Er zijn geen klanten om over te dragen.
life-line-title = Zaaknummer { $case }
life-line-to = Overgedragen aan
life-line-to-hint = De naam van de organisatie, of dat de begeleiding klaar is.
life-line-day = Afgehandeld op
life-line-day-hint = Laat leeg zolang dit nog niet is afgehandeld.
life-line-remark = Opmerking, of waarom dit nog openstaat
life-line-remark-hint = Geen namen van klanten, geen gezondheidsgegevens, schulden of strafrechtelijke gegevens.
life-line-save = Bewaren
life-line-settled = afgehandeld
life-line-open = nog doen
life-line-nobody = nog niemand
life-line-no-day = nog niet
life-close-title = Lijst sluiten
life-close-reason = Toelichting (mag leeg blijven)
life-close-hint-done = Alles is afgehandeld. Een reden is niet nodig.
life-close-button = Lijst sluiten
life-subs = Onderaannemers
life-subs-lead = Voor een onderaannemer is vooraf toestemming nodig. Een zelfstandige zonder personeel meldt de aanbieder alleen. Iedere onderaannemer staat in het Handelsregister.
life-subs-list = Gemelde onderaannemers
life-subs-none = Er zijn geen onderaannemers gemeld.
life-sub-name = Naam
life-sub-kvk = KvK-nummer
life-sub-products = Producten
life-sub-products-hint = Codes met komma's ertussen. U kunt kiezen uit: { $codes }.
life-sub-from = Vanaf
life-sub-until = Tot en met
life-sub-until-hint = Laat leeg als de laatste dag nog niet bekend is.
life-sub-solo = Dit is een zelfstandige zonder personeel (zzp)
life-sub-solo-hint = Dan is geen toestemming nodig.
life-sub-registered = Ik heb gezien dat deze onderaannemer in het Handelsregister staat
life-sub-no-consent = geen toestemming nodig
life-sub-ask-title = Onderaannemer melden
life-sub-ask = Toestemming vragen
life-sub-answer-lead = Geef toestemming, of weiger met een reden. De aanbieder krijgt bericht.
life-sub-reason = Reden als u weigert
life-sub-agree = Toestemming geven
life-sub-refuse = Weigeren
life-sub-end = Beëindigen
life-sub-last-day = Laatste dag
life-sub-name-wanted = Vul een naam in.
life-sub-kvk-wanted = Vul het KvK-nummer in: 8 cijfers.
life-sub-products-wanted = Vul minstens één code in uit de lijst.
life-queue = Overeenkomsten
life-link = Bekijk de looptijd, de brieven en wat u kunt doen
cli-remind-agreements = Overeenkomsten die begonnen, bijna eindigen of eindigden: { $count }
indexation-list = Indexering van tarieven
indexation-lead = Het systeem rekent een voorstel uit. Een mens besluit.
indexation-proposals = Voorstellen
indexation-none = Er is nog geen voorstel.
indexation-title = Indexering per { $day }
indexation-from = Nieuwe tarieven gelden vanaf
indexation-state = Status
indexation-made-by = Gemaakt door
indexation-count = Producten
indexation-proposed = voorstel
indexation-established = vastgesteld
indexation-established-by = vastgesteld door { $name }
indexation-note-title = Dit is een voorstel
indexation-note = Het systeem rekent, een mens besluit. Nieuwe tarieven gelden pas als ze zijn vastgesteld.
indexation-new-title = Nieuw voorstel
indexation-new-lead = Elk product met een tarief op de dag ervoor komt in het voorstel.
indexation-method = Manier van rekenen
indexation-method-fixed = Eén vast percentage
indexation-method-shares = Aandelen OVA en PPC, met correctie van de raming van vorig jaar
indexation-percentage = Vast percentage
indexation-percentage-hint = Bijvoorbeeld 3,5. Alleen bij een vast percentage. De tabel hieronder is voor aandelen.
indexation-share = Aandeel in het tarief
indexation-forecast = Raming voor het nieuwe jaar
indexation-forecast-before = Raming van vorig jaar
indexation-actual = Wat het vorig jaar werd
indexation-compute = Voorstel uitrekenen
indexation-percent-wanted = Vul een percentage in, zoals 3,5.
indexation-formula = Formule
indexation-lines = Tarieven
indexation-summary = Per product het oude tarief, het berekende en het nieuwe
indexation-product = Product
indexation-code = Code
indexation-old = Oud
indexation-computed = Berekend
indexation-new = Nieuw
indexation-reason = Reden
indexation-sheet = Indexering
indexation-changed = aangepast
indexation-amount = Nieuw bedrag in euro
indexation-amount-hint = Een ander bedrag dan is berekend, vraagt een reden.
indexation-amount-wanted = Vul een bedrag in, zoals 62,55.
indexation-change = Bedrag bewaren
indexation-pdf = Voorstel als PDF
indexation-xlsx = Voorstel als Excel
indexation-decide = Vaststellen
indexation-decide-lead = Wie het voorstel maakte, stelt het niet vast.
indexation-check = Controleer: tarieven vaststellen
indexation-check-lead = De oude tarieven stoppen de dag ervoor. De nieuwe gelden vanaf
indexation-establish = Tarieven vaststellen
indexation-refused-not-found = Dit voorstel is er niet.
indexation-refused-role = U kunt dit niet doen met uw rol.
indexation-refused-state = Dit voorstel is al vastgesteld.
indexation-refused-account = Dit kan alleen met een eigen account.
indexation-refused-four-eyes = U maakte het voorstel. Een collega stelt het vast.
indexation-refused-reason = Schrijf op waarom het bedrag anders is dan berekend.
indexation-refused-day = Kies een dag na vandaag.
indexation-refused-there = Voor deze dag is er al een voorstel.
indexation-refused-no-tariffs = Geen enkel product heeft een tarief op de dag ervoor.
indexation-refused-tariffs = De tarieven van deze producten zijn intussen veranderd: { $codes }. Maak een nieuw voorstel.
indexation-refused-shares = De aandelen zijn samen geen 100%.
indexation-refused-range = Kijk de cijfers na: dit kan niet kloppen.
indexation-refused-bsn = In de tekst staat een nummer dat een burgerservicenummer kan zijn. Haal het weg.
indexation-refused-changed = { $by } heeft dit voorstel intussen veranderd. Bekijk het opnieuw.
life-refused-clients-left = { $count ->
    [one] Er is nog 1 klant niet overgedragen. Handel die af of schrijf op waarom dat niet hoeft.
   *[other] Er zijn nog { $count } klanten niet overgedragen. Handel die af of schrijf op waarom dat niet hoeft.
}
life-signal-clients = { $count ->
    [one] Nog 1 klant over te dragen
   *[other] Nog { $count } klanten over te dragen
}
life-signal-subcontractors = { $count ->
    [one] 1 onderaannemer wacht op toestemming
   *[other] { $count } onderaannemers wachten op toestemming
}
life-transfer-left = { $count ->
    [one] nog 1 klant
   *[other] nog { $count } klanten
}
life-close-hint = { $count ->
    [one] Van 1 klant staat er niet waar hij heen ging, en ook niet waarom dat nog openstaat. Schrijf dat bij die klant op. Dan kunt u de lijst sluiten.
   *[other] Van { $count } klanten staat er niet waar zij heen gingen, en ook niet waarom dat nog openstaat. Schrijf dat per klant op. Dan kunt u de lijst sluiten.
}
## input: wat er binnenkomt
page-correction = Verbeter uw tekst
page-correction-text = Er is nog niets opgeslagen. Alles wat u invulde, staat nog klaar. Verbeter wat hieronder staat en verstuur het opnieuw.
page-correction-bsn = Hier staat een nummer dat een burgerservicenummer kan zijn. Dat mogen wij niet bewaren. Haal het nummer weg. Is het een ander nummer van negen cijfers? Laat dan een cijfer weg of beschrijf het met woorden.
page-correction-long = De tekst is te lang: { $typed } tekens. Er passen er { $most }. Maak de tekst korter.
page-correction-send = Opnieuw versturen
page-at-most = Hoogstens { $most } tekens.
page-form-too-large = Dit formulier is te groot
page-form-too-large-advice = Een formulier zonder bestanden mag hoogstens 1 MB zijn. Er is niets opgeslagen. Ga terug en maak de teksten korter.
page-correction-sign = Het teken { $sign } kunnen wij niet in een brief zetten. Schrijf de naam met gewone letters.
mine-wrong-postcode = Dit is geen postcode. Schrijf vier cijfers en twee letters, bijvoorbeeld 1234 AB.
mine-wrong-website = Dit is geen adres van een website. Schrijf bijvoorbeeld www.voorbeeld.nl.
mine-wrong-establishment = Een vestigingsnummer heeft twaalf cijfers. U vindt het in het Handelsregister.
mine-wrong-phone = Dit is geen telefoonnummer. Schrijf bijvoorbeeld 0500 000 001 of +31 500 000 001.
mine-wrong-email = Dit is geen e-mailadres. Schrijf bijvoorbeeld naam@voorbeeld.nl.
account-password-known = Dit wachtwoord bestaat vooral uit uw naam, uw organisatie, de gemeente of een jaartal.
account-password-same = Kies een ander wachtwoord dan u had.
front-criterion-only = Alleen voor wie dit wil leveren: { $products }.
front-criteria-some = { $count ->
    [one] waarvan één alleen bij bepaalde producten
   *[other] waarvan { $count } alleen bij bepaalde producten
  }
admin-criteria-tied = Deze eisen worden aan niemand gesteld
admin-criteria-tied-to = hoort bij { $products }, en dat staat niet in de productcatalogus. Verander de code in de catalogus of schrijf een nieuwe versie van de eis.
mine-check-all-at-once = Een aanvulling dient u in één keer in, want daarna beoordelen wij uw aanmelding verder. Wat u al toevoegde, blijft bewaard. U hebt tot en met { $day } de tijd ({ $rule }). Lukt dat niet? Laat het ons voor die dag weten.
mine-term-rule = Zo rekenen wij: { $rule }.
mine-why-register = Wij zoeken dit zelf op in een openbaar register. U hoeft alleen iets te sturen als het daar niet staat.
mine-why-seen = Dit staat in geen register dat wij mogen inzien. Wij bewaren geen kopie.
mine-why-said = Alleen u kunt dit verklaren. Wij vinden het nergens anders.
mine-why-only-you = Dit staat in geen register dat wij mogen inzien. Daarom vragen wij het aan u.
mine-from-earlier = Overgenomen uit uw aanmelding { $number }
mine-from-earlier-next = Kijk of alles nog klopt. Het telt pas mee als u het opslaat. Bewijs van toen kunt u bij elke eis opnieuw gebruiken.
mine-ruled-out = Niet van toepassing: u werkt niet met onderaannemers
mine-ruled-out-next = Dat hebt u bij uw aanbod ingevuld. U hoeft hier niets te sturen. De gemeente kijkt het na.
bench-ruled-out = Niet van toepassing volgens de aanmelder: hij werkt niet met onderaannemers (stap Wat u wilt leveren).
account-people-search = Zoek op naam, e-mailadres of organisatie
account-people-found = { $count } van { $all } getoond
account-people-all = Niemand gevonden. Toon iedereen
evidence-dated-optional = Niet verplicht.
evidence-dated-needed = Vul deze datum in: bij deze eis telt hoe oud het document is.
evidence-twin = U hebt dit bestand ook als
evidence-twin-next = Eén keer is genoeg: u kunt een van de twee intrekken.
evidence-flag-bsn-inside = In dit bestand staat een getal van negen cijfers. De aanbieder heeft gezegd dat het geen burgerservicenummer is.
evidence-refused-bsn-inside = In dit bestand staat een getal dat een burgerservicenummer kan zijn. Haal het weg en stuur het bestand opnieuw. Is het een ander nummer? Kruis dan aan dat u hebt gekeken.
evidence-looked = Ik heb gekeken: in het bestand staat geen burgerservicenummer
mine-twin = Hetzelfde bestand hebt u ook als { $title }. Eén keer is genoeg.
## access: verzoeken om toegang
access-title = Verzoeken om toegang
access-lead = Wie zegt bij uw organisatie te werken. U bepaalt wie erbij mag.
access-all = Alle verzoeken
access-none = Niemand heeft om toegang gevraagd.
access-one = Verzoek om toegang
access-who = Wie vraagt dit?
access-organisation = Organisatie
access-municipality = Gemeente
access-asked = Gevraagd op
access-waits = Wacht op antwoord
access-let-in = Toegelaten
access-refused = Afgewezen
access-answered-by = { $name }, { $day }
access-outcome-in = { $name } gaf op { $day } toegang als { $role }
access-outcome-refused = { $name } wees het verzoek af op { $day }
access-mailed = De aanvrager kreeg een mail om in te loggen.
access-tell-him = De aanvrager krijgt hiervan geen mail. Laat het zelf weten.
access-lead-provider = Deze persoon wil namens uw organisatie werken. Kijk goed naar het e-mailadres: daar gaat de mail om in te loggen heen. Kent u deze persoon of dit adres niet? Wijs het verzoek dan af.
access-lead-municipality = Deze organisatie heeft geen beheerder die kan antwoorden. Daarom beslist u of deze persoon voor haar mag werken.
access-choice = Uw antwoord
access-choice-missing = Kies een antwoord.
access-role-user = Toelaten als medewerker: levert gegevens en bewijs aan
access-role-admin = Toelaten als beheerder: ook collega's toelaten en een aanmelding intrekken
access-role-signatory = Toelaten als tekenbevoegde: ook indienen en tekenen
access-choice-refuse = Afwijzen
access-checked = Ik heb bij de organisatie zelf nagegaan dat deze persoon voor haar mag werken
access-checked-missing = Ga dit eerst na, en zet dan een vinkje.
access-reason = Reden
access-reason-hint-provider = Alleen nodig als u afwijst.
access-reason-hint-municipality = Hoe hebt u dit nagegaan? Of: waarom wijst u af?
access-reason-missing = Vul de reden in.
access-mail-hint = Bij toelaten krijgt de aanvrager een mail om in te loggen, bij afwijzen niet.
access-answer = Leg uw antwoord vast
access-overtaken = Dit verzoek is intussen al beantwoord. Hieronder staat wat het antwoord was.
access-care = Weet met wie u te maken hebt
access-care-text = Wie u toelaat, ziet alles wat deze organisatie inleverde. Bel haar op het nummer uit het Handelsregister. Gebruik niet het e-mailadres uit dit verzoek.
access-care-elsewhere = Deze organisatie werkt al met een andere gemeente. Wie u toelaat, ziet ook haar bewijsstukken van daar. Daarna staat zij ook in uw lijst van aanbieders.
bench-work-publish = Procedure publiceren: { $name }
access-work = Verzoek om toegang: { $name }
access-home =
    { $count ->
        [one] 1 persoon vraagt om toegang
       *[other] { $count } personen vragen om toegang
    }
access-home-text = Kijk of u weet wie het is, en antwoord.
access-home-see = Bekijk de verzoeken
access-home-link = Wie vroeg om toegang
page-menu-mine-count = Overzicht ({ $count })
elsewhere-title-access-answered = U hebt geen toegang
elsewhere-access-answered = Uw verzoek om toegang tot deze organisatie is beantwoord, en u kunt niet naar binnen. Vraag haar beheerder waarom.

## admin: een procedure maken en publiceren
procedure-verb-make = Gemaakt als concept
procedure-verb-edit = Veranderd
procedure-verb-propose = Voorgesteld om te publiceren
procedure-verb-publish = Gepubliceerd
procedure-verb-open = Opengesteld
procedure-verb-pause = Gepauzeerd
procedure-verb-resume = Weer opengesteld
procedure-verb-close = Gesloten
procedure-verb-end = Beëindigd
procedure-refused-announced = De code, het domein en de dagen zijn bekendgemaakt. Die veranderen niet meer.
term-rule-working-days = { $count ->
    [one] 1 werkdag
   *[other] { $count } werkdagen
}
term-rule-calendar-days = { $count ->
    [one] 1 dag
   *[other] { $count } dagen
}
term-rule-weeks = { $count ->
    [one] 1 week
   *[other] { $count } weken
}
term-rule-months = { $count ->
    [one] 1 maand
   *[other] { $count } maanden
}
admin-procedure-new = Nieuwe procedure
admin-procedure-edit = Gegevens van { $name }
admin-procedure-form-lead = U maakt een concept. Niemand buiten leest het, totdat twee mensen het publiceren.
admin-procedure-form-lead-public = Iedereen leest deze gegevens.
admin-procedure-public = Deze procedure is bekendgemaakt
admin-procedure-public-text = Wat u bewaart, leest iedereen meteen. De code, het domein en de dagen veranderen niet meer: daar rekenen aanbieders op.
admin-procedure-takes-back = Er ligt een voorstel om te publiceren
admin-procedure-takes-back-text = Verandert u iets, dan vervalt het voorstel. Stel daarna opnieuw voor om te publiceren.
admin-procedure-group-what = Wat is het?
admin-procedure-group-when = Wanneer kan een aanbieder zich aanmelden?
admin-procedure-group-remedy = Wat kan een aanbieder tegen een besluit doen?
admin-procedure-group-contact = Contactpersoon
admin-procedure-name-nl = Naam, Nederlands
admin-procedure-name-en = Naam, Engels
admin-procedure-intro-nl = Inleiding, Nederlands
admin-procedure-intro-en = Inleiding, Engels
admin-procedure-code = Code
admin-procedure-code-hint = Kleine letters, cijfers en streepjes, zoals re-integratie-2027. De code staat in het adres van de pagina.
admin-procedure-code-wrong = Vul een code in met alleen kleine letters, cijfers en streepjes. Het woord ‘nieuw’ kan niet.
admin-procedure-domain = Domein
admin-procedure-entry = Toetreding
admin-procedure-entry-continuous = Doorlopend: op elk moment
admin-procedure-entry-fixed = Vaste momenten: tussen twee dagen
admin-procedure-entry-at-start = Alleen bij de start: tussen twee dagen, en daarna niet meer
admin-procedure-opens = Eerste dag
admin-procedure-opens-hint = Leeg bij doorlopend: dan gaat de procedure open zodra zij gepubliceerd is.
admin-procedure-closes = Laatste dag
admin-procedure-closes-hint = Laat leeg bij doorlopend.
admin-procedure-no-last-day = Bij doorlopende toetreding is er geen laatste dag. Maak dit veld leeg.
admin-procedure-days-wrong = De laatste dag ligt voor de eerste. Vul een latere dag in.
admin-procedure-remedy = Rechtsmiddel
admin-procedure-remedy-court = Een kort geding bij de rechtbank
admin-procedure-remedy-objection = Bezwaar bij het college
admin-procedure-remedy-complaint = Een klacht bij het klachtenmeldpunt
admin-procedure-court = Rechtbank
admin-procedure-court-hint = Alleen bij een kort geding: de plaats, zoals Noord-Nederland.
admin-procedure-contact-name = Naam
admin-procedure-contact-phone = Telefoon
admin-procedure-contact-email = E-mailadres
admin-procedure-save = Bewaar het concept
admin-procedure-save-public = Bewaar, iedereen leest het meteen
admin-procedure-made = Het concept is gemaakt. Voeg documenten toe, en controleer het dan.
admin-procedure-changed = De gegevens zijn bewaard.
admin-procedure-details = Gegevens
admin-procedure-details-text = Naam, inleiding, dagen, rechtsmiddel en termijnen.
admin-procedure-see = Bekijk de gegevens
admin-procedure-change = Pas de gegevens aan
admin-procedure-nobody-reads = Niemand buiten leest dit concept
admin-procedure-waits = Wacht op een beslisser
admin-procedure-draft-text = Controleer wat iedereen gaat lezen. Twee mensen publiceren: een contractmanager stelt voor, een beslisser publiceert.
admin-procedure-to-check = Controleer en publiceer
admin-procedure-check = { $name } publiceren
admin-procedure-missing = Er mist nog iets
admin-procedure-complete = Vul de gegevens aan
admin-procedure-proposed = { $name } stelde op { $day } voor om te publiceren
admin-procedure-your-turn = U beslist. Bekijk hieronder wat iedereen gaat lezen. Klopt er iets niet? Vraag uw collega het aan te passen: dan vervalt dit voorstel.
admin-procedure-own-proposal = Iemand anders publiceert: een beslisser. Bij hem of haar staat het in de werkvoorraad.
admin-procedure-their-turn = Een beslisser publiceert. Bij hem of haar staat het in de werkvoorraad.
admin-procedure-not-proposed = Nog niemand stelde voor om deze procedure te publiceren. Dat doet een contractmanager.
admin-procedure-is-public = Iedereen kan deze procedure lezen.
admin-procedure-public-page = Bekijk de pagina
admin-procedure-will-read = Dit gaat iedereen lezen
admin-procedure-reads = Dit leest iedereen
admin-procedure-at-once = zodra zij gepubliceerd is
admin-procedure-never = er is geen laatste dag
admin-procedure-term-completeness = Termijn: is de aanmelding compleet?
admin-procedure-term-supplement = Termijn: aanvullen
admin-procedure-term-assessment = Termijn: beoordelen
admin-procedure-term-remedy = Termijn: in verweer komen
admin-procedure-criteria = { $count ->
    [one] 1 eis in dit domein.
   *[other] { $count } eisen in dit domein.
}
admin-procedure-criteria-see = Bekijk de eisen
admin-procedure-propose-title = Klopt alles?
admin-procedure-propose-text = Een beslisser krijgt uw voorstel in de werkvoorraad en publiceert. Zelf publiceren kan niet: dat doen twee verschillende mensen.
admin-procedure-propose = Stel voor om te publiceren
admin-procedure-publish-title = Publiceren?
admin-procedure-publish-text = Daarna leest iedereen dit. De code, het domein en de dagen veranderen niet meer. Is de eerste dag er al, dan kunnen aanbieders zich meteen aanmelden.
admin-procedure-publish = Publiceer
admin-procedure-history = Wat er gebeurde

## desk: papier zonder e-mail, en een concept intrekken
desk-paper-email-optional = E-mailadres (hoeft niet)
desk-paper-email-hint = Staat er geen e-mailadres op het papier? Laat het dan leeg. Alle brieven gaan dan per post.
desk-paper-post = Stuur de ontvangstbevestiging per post
desk-paper-by-post = Van deze aanbieder is geen e-mailadres bekend. Print alle brieven en stuur ze per post.
desk-paper-print = Open de brief
desk-paper-withdraw = Deze aanmelding niet verder invoeren
desk-paper-withdraw-text = De aanmelding gaat uit uw lijst. Wat u invoerde blijft bewaard. De aanbieder krijgt geen bericht.
desk-paper-withdraw-reason = Reden
desk-paper-withdraw-reason-hint = Bijvoorbeeld: de aanbieder trok haar aanmelding in, of zij was al ingevoerd.
desk-paper-withdraw-button = Stop met invoeren
desk-paper-withdrawn = Deze aanmelding is niet verder ingevoerd
desk-paper-withdrawn-text = Zij is ingetrokken voordat zij werd vastgelegd.

## admin: verzekerde bedragen en producten van een eis
admin-criterion-group-insured = Hoeveel moet er minstens verzekerd zijn?
admin-criterion-insured-hint = In euro’s, zoals 1.250.000. Vraagt de eis geen verzekering? Laat alle vier de velden leeg.
admin-criterion-micro-event = Kleine onderneming, per keer
admin-criterion-micro-year = Kleine onderneming, per jaar
admin-criterion-other-event = Andere onderneming, per keer
admin-criterion-other-year = Andere onderneming, per jaar
admin-criterion-amount-wrong = Vul een bedrag in euro’s in, zoals 1.250.000. Of laat alle vier de velden leeg.
admin-criterion-products = Codes van producten (hoeft niet)
admin-criterion-products-hint = Geldt de eis alleen voor wie bepaalde producten levert? Vul hun codes in, met komma’s ertussen. U kunt kiezen uit: { $codes }.
admin-criterion-products-unknown = Dit staat niet in het productenboek: { $codes }. Kies codes die er wel in staan.
## The workbench: standard texts, whose work, and versions beside each other

bench-whose-colleague = Laatst behandeld door
bench-whose-everybody = Iedereen
bench-whose-show = Toon
bench-whose-now = U ziet wat { $name } het laatst heeft behandeld.
bench-handled-by = laatst behandeld door { $name }
bench-texts = Standaardteksten ({ $count })
bench-texts-lead = Kies een tekst. Die komt onder wat u al in de motivering schreef. U kunt hem daar nog aanpassen.
bench-texts-insert = Invoegen
bench-compare-before = Vergelijk met vorige versie
bench-compare-title = Versies vergelijken: { $title }
bench-compare-back = Terug naar het oordeel
bench-compare-same = De twee bestanden zijn precies gelijk. Alleen de gegevens kunnen verschillen.
bench-compare-facts = Gegevens
bench-compare-what = Gegeven
bench-compare-difference = Verschil
bench-compare-differs = Anders
bench-compare-equal = Gelijk
bench-compare-none = niet bekend
bench-compare-name = Bestandsnaam
bench-compare-size = Grootte
bench-compare-pages = Pagina’s
bench-compare-page = Pagina { $page }
bench-compare-no-page = Deze versie heeft deze pagina niet.
admin-standard = Standaardteksten
admin-standard-of = Standaardteksten voor { $name }
admin-standard-of-all = Standaardteksten voor alle eisen
admin-standard-lead = Beoordelaars kunnen deze teksten in hun motivering zetten.
admin-standard-hint = Schrijf zoals in een brief: de aanbieder leest de tekst. Maak een veld leeg om een tekst weg te halen. Na het bewaren komen er lege velden bij.
admin-standard-text = Tekst { $number }
admin-standard-from = Geldig vanaf
admin-standard-too-early = Kies { $day } of een latere dag.
admin-standard-saved = De teksten zijn bewaard.
admin-standard-overtaken = Iemand anders heeft deze teksten intussen veranderd. Wat u typte, staat er nog. Bewaart u nu, dan komen uw teksten ervoor in de plaats.
admin-standard-shipped = U hebt nog geen eigen teksten. Beoordelaars zien de teksten die bij het programma horen.
admin-standard-version = { $count ->
    [one] Vanaf { $day }: 1 tekst
   *[other] Vanaf { $day }: { $count } teksten
}
admin-standard-all-too = Die ziet de beoordelaar ook bij deze eis.
admin-standard-to = Standaardteksten bekijken
admin-standard-to-all = Teksten voor alle eisen bekijken
## offer: aanbod en ondertekening
offer-kind-first = Eerste overeenkomst
offer-kind-change = Wijziging van de overeenkomst
offer-side = Partij
offer-side-provider = Aanbieder
offer-side-municipality = Gemeente
offer-state-offered = Aangeboden
offer-state-change-offered = Wijziging aangeboden
offer-state-uploaded = Getekend bestand bekijken
offer-state-signed-by-provider = Getekend door de aanbieder
offer-state-signed = Getekend door beiden
offer-state-declined = Niet aanvaard
offer-state-lapsed = Verlopen
offer-state-withdrawn = Ingetrokken
offer-verb-offer = Aangeboden
offer-verb-sign = Getekend door de aanbieder
offer-verb-hand-in = Getekend bestand ontvangen
offer-verb-accept = Getekend bestand aangenomen
offer-verb-send-back = Getekend bestand teruggestuurd
offer-verb-countersign = Getekend door de gemeente
offer-verb-decline = Geweigerd
offer-verb-lapse = De termijn is voorbij
offer-verb-withdraw = Ingetrokken
offer-hindrance-offered = Er loopt al een aanbod.
offer-hindrance-has-it = Heeft deze versie al.
offer-hindrance-ends = De overeenkomst eindigt op { $day }, voordat deze versie ingaat.
offer-refused-end-before = De overeenkomst van deze aanbieders eindigt voordat dit ingaat: { $names }. Haal hen uit de selectie.
offer-refused-nothing-left = De overeenkomst eindigt op { $day }, voordat deze wijziging ingaat. Er is dus niets meer te tekenen.
offer-proof-app = Code uit de app van dit account
offer-proof-mail = Code per e-mail naar dit account
offer-proof-upload = Buiten dit systeem getekend; de gemeente heeft het bestand bekeken en aangenomen
offer-file-unknown-signer = iemand zonder leesbaar certificaat
offer-file-signed-by = Getekend door { $name }, op { $at }.
offer-file-signed-by-undated = Getekend door { $name }, zonder datum.
offer-file-intact = Het bestand is sindsdien niet gewijzigd
offer-file-extended = Na deze handtekening is iets toegevoegd
offer-file-changed = Het bestand is sindsdien wel gewijzigd
offer-file-unknown = Deze handtekening kunnen wij niet controleren
offer-refused-not-found = Dit aanbod is er niet.
offer-refused-role = U kunt dit niet doen met uw rol.
offer-refused-state = Dit kan nu niet. De stand is: { $state }.
offer-refused-not-established = U kunt alleen een vastgestelde tekst aanbieden. Laat de tekst eerst vaststellen.
offer-refused-nobody = Kies minstens één aanbieder.
offer-refused-names = Dit kan nu niet voor { $names }: daar loopt al een aanbod, of zij werken al onder deze versie.
offer-refused-products = Kies minstens één product.
offer-refused-early = Kies { $day } of een latere dag.
offer-refused-late = Deze versie geldt tot en met { $day }. Kies die dag of een eerdere, of bied de versie aan die daarna geldt.
offer-refused-within-term = Een wijziging gaat pas in na de termijn om te reageren. Kies een dag na { $day }.
offer-refused-withdrawn = De gemeente heeft dit aanbod ingetrokken. Reden: { $reason }
offer-refused-term = U kon tekenen tot en met { $day }. Neem contact op met de gemeente.
offer-refused-signed = { $by } heeft dit al getekend, op { $at }. U hoeft niets meer te doen.
offer-refused-other-text = De tekst op uw pagina is niet de tekst die is aangeboden. Er is niets getekend. Lees de tekst hieronder en teken opnieuw.
offer-refused-text-changed = De tekst is na het aanbod veranderd. Er is niets getekend. Neem contact op met de gemeente: er is een nieuw aanbod nodig.
offer-refused-not-read = Zet een vinkje als u de tekst hebt gelezen.
offer-refused-not-authorised = Zet een vinkje als u mag tekenen.
offer-refused-position = Vul uw functie in.
offer-refused-reason = Schrijf op waarom.
offer-refused-bsn = Er staat een nummer in dat een burgerservicenummer kan zijn. Haal het weg.
offer-refused-meanwhile = { $by } was u voor bij { $provider }. Er is niets getekend. Bekijk de nieuwe stand.
offer-mail-documents = { $title } en { $count ->
    [one] de bijlage
   *[other] { $count } bijlagen
}
offer-code-wrong = Deze code klopt niet of is al gebruikt. Wacht op een nieuwe code en probeer het opnieuw.
offer-code-app = Code uit uw app
offer-code-app-hint = 6 cijfers. Bent u net ingelogd? Wacht dan op de volgende code.
offer-code-mail = Code uit de mail
offer-code-mail-hint = 8 cijfers. Vraag eerst een code met de knop hierboven.
offer-code-send = Stuur mij een code
offer-code-sent = De code is naar uw e-mailadres gestuurd. Hij werkt 10 minuten.
offer-code-too-many = U hebt te veel codes gevraagd. Probeer het over een uur opnieuw.
offer-position = Functie
offer-version = Versie { $number }
offer-version-from = Versie { $number }, geldig vanaf { $from }
offer-version-from-until = Versie { $number }, geldig van { $from } tot en met { $until }
offer-document = { $title }, versie { $number }
offer-signed = Getekend
offer-to-sign = Nog te tekenen
offer-follows = Volgt daarna
offer-looked-at = Wordt bekeken
offer-not-signed = Niet getekend
offer-standing-title = Toetreding
offer-standing-lead = Wie werkt onder welke versie, en wat wacht op wie
offer-standing-none = Er is nog geen overeenkomst
offer-standing-none-text = Zodra er een tekst is, ziet u hier welke aanbieder onder welke versie werkt.
offer-standing-count = { $count ->
    [one] 1 aanbieder
   *[other] { $count } aanbieders
} onder versie { $number }
offer-standing-version = Versie { $number }
offer-standing-offer = Versie { $number } aanbieden
offer-standing-not-established = Er is nog geen vastgestelde versie
offer-standing-nobody = Er is nog niemand toegelaten.
offer-to-countersign = { $count ->
    [one] Teken voor 1 aanbieder
   *[other] Teken voor { $count } aanbieders
}
offer-provider = Aanbieder
offer-works-under = Werkt onder
offer-works-under-none = Nog geen overeenkomst
offer-state = Aanbod
offer-until = Tekenen voor
offer-since = sinds
offer-from = vanaf
offer-ends = Stopt na
offer-look = Bekijk
offer-not-offered = Niet aangeboden
offer-new-title = Overeenkomst aanbieden
offer-check-title = Controleer het aanbod
offer-check-lead = { $count ->
    [one] U biedt dit aan 1 aanbieder aan.
   *[other] U biedt dit aan { $count } aanbieders aan. Zij krijgen op hetzelfde moment bericht.
}
offer-documents = Documenten
offer-sign-until = Tekenen tot en met
offer-starts = Eerste dag
offer-starts-hint = De overeenkomst gaat nooit in voordat beide partijen hebben getekend.
offer-start-wrong = Vul een bestaande dag in, zoals 01-01-2027.
offer-products = Producten
offer-products-hint = Voor aanbieders zonder overeenkomst. Een wijziging verandert de producten niet.
offer-to-whom = Aan wie
offer-what = Wat
offer-make = Bied aan
offer-term = Tekenen kan tot en met { $day } ({ $rule }).
offer-not-yours = De contractmanager biedt de overeenkomst aan.
offer-nobody-left = Iedereen heeft deze versie al, of heeft een aanbod dat nog loopt.
offer-not-established-text = Een tekst kan worden aangeboden als de tafel hem heeft besproken en hij is vastgesteld.
offer-earlier = Eerdere aanbiedingen
offer-earlier-one = Aanbod aan { $count ->
    [one] 1 aanbieder
   *[other] { $count } aanbieders
}
offer-made-title = Aanbod
offer-made-count = { $signed } van { $count ->
    [one] 1 aanbieder
   *[other] { $count } aanbieders
} getekend door beiden
offer-withdrawn-title = Dit aanbod is ingetrokken
offer-offered = Aangeboden op
offer-by = Door
offer-left = Nog
offer-withdraw = Trek het aanbod in
offer-withdraw-lead = { $count ->
    [one] 1 aanbieder heeft nog niet getekend. Die kan daarna niet meer tekenen.
   *[other] { $count } aanbieders hebben nog niet getekend. Zij kunnen daarna niet meer tekenen.
} Wie al tekende, merkt er niets van.
offer-reason = Waarom? De aanbieders lezen dit.
offer-countersign = Teken namens de gemeente
offer-countersign-title = Tekenen namens de gemeente
offer-countersign-check = Controleer en teken
offer-countersign-lead = De aanbieder heeft al getekend
offer-countersign-names = { $count ->
    [one] U tekent voor 1 aanbieder. Daarna geldt de overeenkomst.
   *[other] U tekent voor { $count } aanbieders. Daarna gelden de overeenkomsten.
}
offer-countersign-none = Er wacht niets op uw handtekening
offer-countersign-waits = Wacht op uw handtekening
offer-signed-by = Getekend door
offer-certificate = Bewijs van ondertekening (PDF)
offer-signed-agreement = Getekende overeenkomst (PDF)
offer-signatures = Handtekeningen
offer-facts = Gegevens
offer-number = Nummer van de overeenkomst
offer-to-offer = Het hele aanbod
offer-genuine = Echtheid
offer-digest = Controlegetal (SHA-256) van alle documenten
offer-digest-all = Controlegetal van alle documenten samen
offer-history = Verloop
offer-file-title = Extern getekend bestand
offer-file-came = Ontvangen van { $by },
offer-file-unsigned = Zonder handtekening
offer-file-unsigned-text = In dit bestand staat geen elektronische handtekening. Misschien is het een scan van papier.
offer-file-issuer = Certificaat uitgegeven door { $name }. Of u die vertrouwt, beslist u zelf.
offer-file-read-it = Lees het bestand zelf. Een tekst met doorhalingen of eigen woorden is ongeldig.
offer-file-open = Open het bestand (PDF)
offer-file-waits = Het bestand wacht op de virusscan.
offer-file-reason = Waarom neemt u het aan, of stuurt u het terug?
offer-file-reason-hint = Om aan te nemen: schrijf in minstens { $count } letters op wat u hebt bekeken. De aanbieder leest dit.
offer-file-accept = Neem aan als handtekening
offer-file-send-back = Stuur terug
offer-file-came-back = Het getekende bestand is teruggestuurd
offer-file-choose = Het getekende bestand
offer-file-hint = Eén PDF, met de handtekening erin. Een scan van het papier mag ook.
offer-file-lead = Tekende u op papier of met een ander programma? Stuur dan de PDF. Schrijf of streep niets in de tekst: dan is de overeenkomst niet geldig. De gemeente bekijkt het bestand voordat het telt.
offer-file-send = Stuur het bestand
offer-file-name = { $title }, getekend
offer-file-no-pdf = Kies een PDF.
offer-file-one = Kies één bestand.
offer-file-not-read = Dit bestand kan niet worden gelezen. Maak de PDF opnieuw.
offer-file-digest = Controlegetal (SHA-256) van het bestand
offer-you-can-sign = U kunt tekenen
offer-sign-by = Tekenen tot en met { $day }
offer-home = Te tekenen
offer-sign = Ondertekenen
offer-on-behalf = Namens { $organisation }, KvK { $kvk }, door { $name }.
offer-tick-read = Ik heb versie { $number } gelezen
offer-tick-authorised = Ik mag namens { $organisation } tekenen
offer-sign-button = Onderteken versie { $number }
offer-sign-next = U krijgt direct een bewijs per e-mail. De gemeente tekent daarna.
offer-otherwise = Liever anders?
offer-otherwise-file = Een bestand sturen dat u elders tekende
offer-decline = Niet akkoord
offer-decline-notice = Niet akkoord gaan telt als opzeggen
offer-decline-first = U krijgt dan geen overeenkomst onder deze versie. De gemeente leest uw reden.
offer-decline-reason = Waarom gaat u niet akkoord?
offer-decline-button = Ik ga niet akkoord
offer-decline-not = Terug, nog niet beslissen
offer-change-title = Deze wijziging gaat in op { $day }
offer-change-stops = Gaat u niet akkoord, dan stopt uw overeenkomst na { $day }.
offer-changes = { $title }: wat is anders dan versie { $number }
offer-changes-none = Er is niets veranderd.
offer-forced = Dit is een verplichte wijziging
offer-forced-hint = Bijvoorbeeld door een nieuwe wet. Wie niet akkoord gaat, heeft { $months ->
    [one] { $months } maand
   *[other] { $months } maanden
  } opzegtermijn na de laatste dag om te tekenen.
offer-forced-word = Verplichte wijziging
offer-forced-yes = Ja: { $months ->
    [one] { $months } maand
   *[other] { $months } maanden
  } opzegtermijn voor wie niet akkoord gaat
offer-forced-told = Deze wijziging is verplicht, bijvoorbeeld door een nieuwe wet. Daarom geldt een langere opzegtermijn.
offer-box-text = { $state ->
    [open] U kunt versie { $number } tekenen tot en met { $day }.
   *[other] Versie { $number } is u aangeboden.
  }
offer-box-button = Lees en teken
offer-box-look = Bekijk hoe ver het is
offer-whole-text = Hele tekst
offer-invite-title = Nodig uw tekenbevoegde uit
offer-invite-text = Alleen wie namens { $organisation } mag tekenen, kan dit ondertekenen.
offer-invite-button = Nodig iemand uit
offer-switch-role = Mag u zelf tekenen? Dan kan dat in uw andere rol.
offer-invite-ask = Vraag de beheerder van uw organisatie om iemand uit te nodigen met de rol tekenbevoegde.
offer-see-receipt = Bekijk het ontvangstbewijs
offer-closed-uploaded = De gemeente bekijkt uw getekende bestand
offer-closed-signed = U hebt getekend; nu tekent de gemeente
offer-closed-both = Getekend door u en de gemeente. De overeenkomst gaat in op { $day }
offer-closed-declined = U bent niet akkoord gegaan
offer-receipt-title = U hebt getekend
offer-receipt-both = Getekend door u en de gemeente
offer-receipt-next = Wat gebeurt er nu?
offer-receipt-start = De overeenkomst gaat in op { $day }. Vanaf die dag kunt u klanten begeleiden.
offer-receipt-municipality = Nu tekent de gemeente.
offer-receipt-not-yet = Begin nog niet met klanten: de overeenkomst geldt pas als beiden hebben getekend.
offer-receipt-mail = U krijgt een mail als de gemeente heeft getekend.
offer-receipt-back = Naar de overeenkomst
offer-certificate-title = Bewijs van ondertekening
offer-certificate-lead = Hieronder staat wie heeft getekend, wanneer, en hoe is vastgesteld dat hij het was.
offer-certificate-how = Het controlegetal (SHA-256) verandert als één teken in de tekst verandert. De regel in het logboek is met alle eerdere regels verbonden: wie iets verandert, verbreekt de keten.
offer-certificate-footer = bewijs van ondertekening { $reference }
offer-certificate-table = Wat is getekend
offer-certificate-summary = Per document de versie en het controlegetal.
offer-agreement = Document
offer-starts-on = Gaat in op
offer-name = Naam
offer-organisation = Organisatie
offer-kvk = KvK-nummer
offer-accepted-at = Aangenomen door de gemeente op
offer-moment = Getekend op
offer-proof = Bewijs
offer-in-file = In het bestand
offer-signed-digest = Getekend controlegetal (SHA-256)
offer-audit-line = Regel in het logboek
offer-work-file = Getekend bestand bekijken
offer-work-countersign = Overeenkomst tekenen
offer-work-sign = Tekent de overeenkomst
offer-term-kind = Tekenen
offer-remind-lapsed = { $count ->
    [one] 1 aanbod is verlopen
   *[other] { $count } aanbiedingen zijn verlopen
}

## agreement-page, report-agreement: de tekst van de overeenkomst op scherm en papier
report-contents = Inhoud
report-added = toegevoegd
report-removed = vervallen
report-agreement-individual = Dit artikel wordt per aanbieder ingevuld.
report-agreement-about = Over deze tekst
report-agreement-about-text = Het controlegetal hoort bij precies deze tekst. Eén andere letter geeft een ander getal.
report-agreement-version = versie { $number }
report-agreement-version-word = Versie
report-agreement-kind = Soort
report-agreement-annex-to = Bijlage bij
report-agreement-role = Rol van de aanbieder (AVG)
report-agreement-state = Status
report-agreement-days = Geldig
report-agreement-no-days = nog niet bekend
report-agreement-from = vanaf { $from }
report-agreement-from-until = van { $from } tot en met { $until }
report-agreement-draft = Dit is een concept
report-agreement-draft-text = De gemeente werkt nog aan deze tekst. Niemand kan er rechten aan ontlenen.
report-agreement-asked = Deze tekst is nog niet vastgesteld
report-agreement-asked-text = De tekst ligt voor aan de overlegtafel en kan nog veranderen. Niemand kan er rechten aan ontlenen.
report-agreement-article = Artikel { $number } { $heading }
report-agreement-count = Aantal artikelen
report-agreement-established = Vastgesteld op
report-agreement-minutes = Verslag van de tafel
report-agreement-digest = Controlegetal (SHA-256)
report-agreement-changes-title = { $title }: wat versie { $now } verandert aan versie { $before }
report-agreement-compared = Vergeleken met versie
report-agreement-why = Waarom
report-agreement-changes = Wijzigingen
report-agreement-heading-changed = De kop:
report-agreement-changes-about = Dit stuk laat alleen zien wat er verandert. De hele tekst is een eigen document. Het controlegetal hoort bij de hele tekst.
report-agreement-no-changes = Tussen deze twee versies is geen artikel veranderd.
report-agreement-key-added = Onderstreept: deze woorden komen erbij.
report-agreement-key-removed = Doorgestreept: deze woorden vervallen.
page-menu-agreements = Overeenkomsten
page-menu-agreement = Overeenkomst
agreement-page-version = versie { $number }
agreement-page-version-first = Versie { $number }
agreement-page-version-word = Versie
agreement-page-added = toegevoegd
agreement-page-removed = vervallen
agreement-page-valid-from = Versie { $number }, geldig vanaf { $from }
agreement-page-valid = Versie { $number }, geldig van { $from } tot en met { $until }
agreement-page-valid-word = Geldig
agreement-page-no-days = nog niet bekend
agreement-page-from = vanaf { $from }
agreement-page-from-until = { $from } tot en met { $until }
agreement-page-respond = Reageren kan tot en met { $day }
agreement-page-respond-until = reageren tot en met { $day }
agreement-page-tabs = Weergave
agreement-page-tab-changes = Wijzigingen ({ $count })
agreement-page-tab-whole = Hele tekst
agreement-page-tab-annexes = Bijlagen ({ $count })
agreement-page-tab-versions = Versies ({ $count })
agreement-page-pdf = Versie { $number } (PDF)
agreement-page-pdf-changes = Wijzigingen (PDF)
agreement-page-word = Download als Word-document
agreement-page-article = Artikel { $number } { $heading }
agreement-page-individual = Dit artikel wordt per aanbieder ingevuld.
agreement-page-empty = Deze versie heeft nog geen artikelen.
agreement-page-changes = Wijzigingen
agreement-page-different = Wat is anders dan versie { $number }
agreement-page-heading-changed = De kop:
agreement-page-no-changes = Er is geen artikel veranderd.
agreement-page-compare = Vergelijk versie { $number } met
agreement-page-compare-button = Vergelijk
agreement-page-annexes = Bijlagen
agreement-page-annex = Bijlage
agreement-page-no-annexes = Deze tekst heeft geen bijlagen.
agreement-page-versions = Alle versies
agreement-page-see = Bekijk
agreement-page-first-version = eerste versie
agreement-page-state = Status
agreement-page-next = Wat kunt u doen
agreement-page-about = Over deze tekst
agreement-page-kind = Soort
agreement-page-domain = Domein
agreement-page-domain-pw = Participatiewet
agreement-page-domain-wmo = Wmo
agreement-page-domain-jeugd = Jeugdwet
agreement-page-role = Rol van de aanbieder (AVG)
agreement-page-annex-to = Bijlage bij
agreement-page-established = Vastgesteld op
agreement-page-minutes = Verslag van de tafel
agreement-page-minutes-hint = Waar staat het? Bijvoorbeeld: Verslag overlegtafel 10 december 2026, bladzijde 2.
agreement-page-minutes-empty = Vul in op welk verslag van de tafel dit besluit rust.
agreement-page-genuine = Echtheid
agreement-page-digest-of = Controlegetal (SHA-256) van versie { $number }
agreement-page-digest-now = Controlegetal (SHA-256) van de tekst zoals die nu is. Het ligt pas vast als de tekst is vastgesteld.
agreement-page-digest = Controlegetal
agreement-page-history = Geschiedenis
agreement-page-act-write = Tekst schrijven
agreement-page-act-consult = Aan de tafel voorleggen
agreement-page-act-take-back = Terugnemen
agreement-page-act-establish = Vaststellen
agreement-page-act-begin = Nieuwe versie maken
agreement-page-list-lead = Eén tekst voor alle aanbieders, in versies.
agreement-page-new = Nieuwe tekst
agreement-page-none = Er zijn nog geen teksten
agreement-page-none-writer = Maak de eerste tekst. U kunt beginnen met een voorbeeld.
agreement-page-none-reader = Zodra de gemeente een tekst aan de tafel voorlegt of vaststelt, staat die hier.
agreement-page-text = Tekst
agreement-page-holds-now = Geldt vandaag
agreement-page-holds-none = nog geen versie
agreement-page-newest = Nieuwste versie
agreement-page-procedure = Procedure
agreement-page-new-lead = U maakt de tekst als concept. Niemand buiten de gemeente ziet hem, tot u hem aan de tafel voorlegt.
agreement-page-new-title = Titel in het Nederlands
agreement-page-new-title-hint = Dit is de titel die telt. Het adres van de tekst wordt ervan gemaakt.
agreement-page-new-title-en = Titel in het Engels (mag leeg blijven)
agreement-page-new-title-empty = Geef de tekst een titel.
agreement-page-new-title-wrong = In de titel staat een teken of nummer dat daar niet kan staan. Kies andere woorden.
agreement-page-new-no-whole = Geen bijlage, een eigen tekst
agreement-page-new-no-role = Niet van toepassing
agreement-page-new-role-hint = Alleen bij afspraken over persoonsgegevens.
agreement-page-new-role-wrong = Kies een rol bij afspraken over persoonsgegevens, en anders niet.
agreement-page-new-whole-missing = Dit soort tekst is een bijlage. Kies bij welke tekst hij hoort.
agreement-page-new-whole-signed = Deze soort tekst wordt zelf getekend en is geen bijlage. Kies “Geen bijlage”.
agreement-page-new-whole-elsewhere = Die tekst hoort bij een andere procedure.
agreement-page-new-make = Maak de tekst
agreement-page-not-now = Nu niet
agreement-page-choose = Kies een van de mogelijkheden bij “{ $field }”.
agreement-page-too-long = Dit is te lang. Gebruik hoogstens { $most } tekens.
agreement-page-odd = Het teken “{ $sign }” kan niet worden gedrukt. Haal het weg of kies een ander.
agreement-page-draft-title = { $title }, versie { $number } schrijven
agreement-page-draft-lead = Concept: alleen de gemeente ziet dit.
agreement-page-draft-read = Lees de hele tekst
agreement-page-draft-empty = Er zijn nog geen artikelen.
agreement-page-begin-with-first = Begin met de voorbeeldtekst
agreement-page-articles = Artikelen
agreement-page-article-new = Nieuw artikel
agreement-page-article-write = Artikel { $number } schrijven
agreement-page-read-in = Lees een Word-document in
agreement-page-up = Omhoog
agreement-page-down = Omlaag
agreement-page-faulty = klopt nog niet
agreement-page-lacking = Dit mist nog
agreement-page-days-title = Wanneer en waarom
agreement-page-holds-from = Gaat in op
agreement-page-holds-until = Geldt tot en met
agreement-page-holds-until-hint = Leeg: er is nog geen einde bekend.
agreement-page-explanation = Wat verandert er en waarom?
agreement-page-explanation-hint = Iedereen aan de tafel leest dit.
agreement-page-day-wrong = Vul een datum in, bijvoorbeeld 01-01-2027.
agreement-page-until-before = De laatste dag ligt voor de eerste. Kies een latere dag.
agreement-page-save = Bewaar
agreement-page-done-saved = Bewaard.
agreement-page-done-dropped = Het artikel is vervallen.
agreement-page-done-read-in = De artikelen staan in het concept.
agreement-page-number = Nummer
agreement-page-number-hint = Bijvoorbeeld 4, 4.2 of 3a
agreement-page-number-wrong = Schrijf het nummer in cijfers, bijvoorbeeld 4, 4.2 of 3a.
agreement-page-heading = Kop
agreement-page-heading-empty = Geef het artikel een kop.
agreement-page-scope = Voor wie
agreement-page-place = Plaats
agreement-page-place-first = Als eerste
agreement-page-place-after = Na { $name }
agreement-page-body = Tekst
agreement-page-body-hint = **vet**, *cursief*. Een lijst: elke regel begint met - of met 1. Een lege regel begint een nieuwe alinea. Een hoofdstuk zonder eigen tekst blijft leeg.
agreement-page-preview = Voorbeeld
agreement-page-preview-empty = Druk op Voorbeeld om te zien hoe het artikel eruitziet.
agreement-page-drop = Artikel laten vervallen
agreement-page-drop-text = Het artikel verdwijnt uit dit concept. In eerdere versies blijft het staan.
agreement-page-drop-sure = Ja, laat het artikel vervallen
agreement-page-article-faulty = Artikel { $number } klopt nog niet. Open het artikel om te zien wat eraan mankeert.
agreement-page-blocked = Dit staat nog in de weg
agreement-page-consult-title = Versie { $number } aan de tafel voorleggen
agreement-page-consult-lead = Alle aanbieders zien de tekst vanaf hetzelfde moment en kunnen reageren. Daarna verandert de tekst alleen nog door een besluit van de tafel.
agreement-page-seen-by = Wie het ziet
agreement-page-all-providers = { $count ->
    [one] de enige aanbieder
   *[other] alle { $count } aanbieders
  }
agreement-page-respond-last = Laatste dag om te reageren
agreement-page-days = Reactietermijn in dagen
agreement-page-days-hint = De termijn begint morgen. Valt het einde in een weekend of op een feestdag, dan is het de werkdag erna.
agreement-page-days-wrong = Vul een aantal dagen in van 1 tot en met { $most }.
agreement-page-take-back-title = Versie { $number } terugnemen
agreement-page-take-back-lead = De tekst wordt weer een concept. Aanbieders zien hem niet meer, tot u hem opnieuw voorlegt.
agreement-page-why = Waarom neemt u de tekst terug?
agreement-page-why-hint = Deze reden komt in de geschiedenis van de tekst.
agreement-page-establish-title = Versie { $number } vaststellen
agreement-page-establish-lead = Na het vaststellen verandert deze versie nooit meer. Het controlegetal hieronder is wat partijen later tekenen.
agreement-page-asked = Voorgelegd
agreement-page-early = Iedereen kan nog reageren tot en met { $day }. Stelt u de versie nu vast, dan kan dat niet meer.
agreement-page-asked-by = door { $by }, reageren kon tot en met { $day }
agreement-page-read-in-title = Word-document inlezen in versie { $number }
agreement-page-read-in-lead = Iedere kop in het document wordt een artikel. U ziet eerst wat er is gevonden; er wordt nog niets bewaard.
agreement-page-read-in-file = Word-document
agreement-page-read-in-hint = Een .docx van hoogstens 25 MB.
agreement-page-read-in-none = Kies een Word-document.
agreement-page-read-in-look = Bekijk wat erin staat
agreement-page-read-in-virus = In dit bestand zit een virus. Het is niet gelezen.
agreement-page-read-in-unscanned = De virusscanner geeft nu geen antwoord. Probeer het later opnieuw.
agreement-page-read-in-gone = Het document is niet meer bij ons. Kies het opnieuw.
agreement-page-read-in-not-yet = { $count ->
    [one] Eén artikel gevonden. Er is nog niets bewaard.
   *[other] { $count } artikelen gevonden. Er is nog niets bewaard.
  }
agreement-page-read-in-fills = Neemt u ze over, dan staan ze in het concept en kunt u ze verder schrijven.
agreement-page-read-in-replaces = { $count ->
    [one] Neemt u ze over, dan vervangen ze het artikel dat er nu staat. Een artikel met hetzelfde nummer blijft hetzelfde artikel.
   *[other] Neemt u ze over, dan vervangen ze de { $count } artikelen die er nu staan. Een artikel met hetzelfde nummer blijft hetzelfde artikel.
  }
agreement-page-read-in-yes = Neem deze artikelen over
agreement-page-read-in-other = Kies een ander document
agreement-page-read-in-left-out = Let op
agreement-page-read-in-odd = In artikel { $number } staat het teken “{ $sign }”. Dat kan niet worden gedrukt; verander het na het inlezen.
agreement-page-read-in-before = Dit staat voor het eerste artikel en gaat niet mee
agreement-page-read-in-found = Gevonden in { $name }
agreement-docx-tracked = { $count ->
    [one] Eén bijgehouden wijziging telt als aanvaard: wat is toegevoegd gaat mee, wat is verwijderd niet.
   *[other] { $count } bijgehouden wijzigingen tellen als aanvaard: wat is toegevoegd gaat mee, wat is verwijderd niet.
  }
agreement-docx-comments = { $count ->
    [one] Eén opmerking gaat niet mee.
   *[other] { $count } opmerkingen gaan niet mee.
  }
agreement-docx-tables = { $count ->
    [one] Eén tabel gaat niet mee. Maak er een lijst van, of een bijlage.
   *[other] { $count } tabellen gaan niet mee. Maak er lijsten van, of een bijlage.
  }
agreement-docx-images = { $count ->
    [one] Eén afbeelding gaat niet mee.
   *[other] { $count } afbeeldingen gaan niet mee.
  }
agreement-docx-footnotes = { $count ->
    [one] Eén voetnoot gaat niet mee.
   *[other] { $count } voetnoten gaan niet mee.
  }
agreement-docx-boxes = { $count ->
    [one] Eén tekstvak gaat niet mee.
   *[other] { $count } tekstvakken gaan niet mee.
  }
agreement-docx-headers = Kop- en voetteksten gaan niet mee.
agreement-docx-links = { $count ->
    [one] Van één link die niet met https:// begint gaan alleen de woorden mee.
   *[other] Van { $count } links die niet met https:// beginnen gaan alleen de woorden mee.
  }
agreement-docx-fields = { $count ->
    [one] Eén veld dat Word zelf invult gaat niet mee als veld.
   *[other] { $count } velden die Word zelf invult gaan niet mee als veld.
  }
agreement-docx-empty = Dit bestand is leeg. Kies een ander.
agreement-docx-large = Dit bestand is groter dan { $most } MB. Kies een kleiner document.
agreement-docx-bomb = Dit bestand wordt na uitpakken veel te groot. Het is niet gelezen.
agreement-docx-files = In dit bestand zitten te veel onderdelen. Het is niet gelezen.
agreement-docx-encrypted = Er zit een wachtwoord op dit document. Bewaar het zonder wachtwoord en probeer het opnieuw.
agreement-docx-old = Dit is een document in de oude vorm (.doc). Bewaar het in Word als .docx en probeer het opnieuw.
agreement-docx-not-word = Dit is geen Word-document. Kies een bestand dat op .docx eindigt.
agreement-docx-damaged = Dit document is beschadigd. Open het in Word, bewaar het opnieuw en probeer het nog eens.
agreement-docx-no-articles = Er staan geen koppen in dit document. Geef ieder artikel in Word de stijl Kop 1 of Kop 2.
agreement-docx-many = In dit document staan meer dan { $most } koppen. Dat is te veel voor een overeenkomst.
front-agreement-text = Overeenkomst of bijlage
front-agreement-kind = Soort
front-agreement-version = Versie

## office: wat de kant van de gemeente erbij kreeg
dossier-refused-own-verdict = U hebt een eis van deze aanmelding beoordeeld. Een collega moet het besluit nemen.
dossier-refused-own-interest = U hebt een rol bij deze aanbieder, of had die in de laatste { $months } maanden. Een collega moet dit doen.
dossier-refused-end-in-past = { $day } is al voorbij. Kies een latere dag, of kies een ander oordeel.
dossier-refused-beyond-evidence = Het bewijs geldt tot en met { $day }. Schrijf op waarom uw oordeel langer geldt.
account-people-interest = Deze persoon heeft een rol bij een aanbieder, of had die kort geleden (aanbieder { $numbers }). Over die aanbieder mag deze persoon bij u niets beoordelen of besluiten. Wilt u toch uitnodigen? Zet dan het vinkje.
account-people-interest-known = Ik weet dat deze persoon bij een aanbieder werkt of werkte, en nodig toch uit
told-title = Gegevens van de aanvraag
told-handed-in = Ingediend op
told-back = Terug naar de aanmelding
told-organisation = Organisatie
told-offer = Wat de aanbieder wil leveren
told-nothing = Bij deze stap is niets ingevuld.
told-changes = Bij een aanvulling veranderde er iets. Onder het nieuwe antwoord staat wat er eerder stond.
told-before = Eerder, ingediend op
told-exclusion = De aanbieder meldt een reden om uit te sluiten
told-exclusion-silent = De aanbieder verklaart niet dat er geen reden is om uit te sluiten, en schrijft er niets bij.
told-exclusion-more = Bekijk de eigen verklaring
told-establishment = Vestigingsnummer
told-address = Adres
told-website = Website
told-size = Omvang
told-accessible = bereikbaar en toegankelijk voor cliënten met een beperking
told-not-accessible = niet toegankelijk voor cliënten met een beperking
told-products = Producten
told-profiles = Cliëntprofielen
told-subcontractors = Werkt met onderaannemers
told-authority = Bevoegd om te tekenen
told-yes = Ja
told-no = Nee
bench-colleagues = Bij uw collega’s
bench-exclusion-line = Meldt een reden om uit te sluiten
dossier-term-before-start = Voor de start
bench-work-before-start = { $count ->
    [one] Nog 1 eis voor de start
   *[other] Nog { $count } eisen voor de start
}
mine-your-turn = U kunt nog iets doen
mine-before-start = Nog nodig voor de start
mine-before-start-text = { $count ->
    [one] Wij hebben nog bewijs van u nodig bij 1 eis. Stuur het uiterlijk op { $day }: { $left }.
   *[other] Wij hebben nog bewijs van u nodig bij { $count } eisen. Stuur het uiterlijk op { $day }: { $left }.
}
mine-before-start-list = Bekijk welke
report-letter-before-start = Wat wij nog nodig hebben voor de start
report-letter-before-start-text = Stuur ons uiterlijk op { $due } wat hieronder staat. Daarna kunt u beginnen.
admin-outage-long-ago = Deze storing begon meer dan 14 dagen geleden. Klopt de dag?
admin-outage-withdraw = Storing intrekken
admin-outage-withdraw-text = De storing telt straks niet meer mee. Termijnen die er langer door werden, worden weer korter. Wat er stond blijft te lezen.
admin-outage-withdrawn = Ingetrokken
admin-outage-correct = Einde verbeteren
admin-outage-reason = Waarom klopt het niet?
admin-outage-reason-hint = Verplicht als u een einde verbetert of de storing intrekt.
admin-outage-reason-missing = Schrijf op waarom u dit verandert.
admin-outage-tells = Aanbieders van wie een termijn verandert, krijgen een mail.
admin-outage-was-withdrawn = Ingetrokken
admin-outage-was-until = Einde was { $moment }
admin-outage-was-lasting = Was nog niet voorbij
admin-question-words = De vraag, zoals iedereen die leest
admin-question-words-hint = U kunt de woorden veranderen, bijvoorbeeld als er een naam in staat. De eerste woorden blijven voor u te lezen.
admin-question-was = Zo is het gevraagd:
admin-question-bsn = Hier staat een nummer dat een burgerservicenummer kan zijn. Haal het weg.
admin-question-remove = Vraag weghalen
admin-question-reason = Waarom haalt u de vraag weg?
admin-question-removed = Weggehaald
admin-question-gone = De vraag is weggehaald. Niemand buiten de gemeente leest die nog.
mine-own-version = U hebt deze stap intussen zelf bewaard, in een ander venster
mine-own-version-next = Hieronder staat wat u daar invulde. In het formulier staat wat u nu invulde. Bewaart u opnieuw, dan geldt wat in het formulier staat.
mine-own-version-take = Gebruik wat u in het andere venster bewaarde
report-letter-signed = de { $role }

## catalogue: het productenboek
catalogue-tab = Producten
catalogue-title = Producten en tarieven
catalogue-lead = Wat de gemeente inkoopt, voor wie, en tegen welk tarief. Elke wijziging is een nieuwe versie met een eerste dag.
catalogue-on = Producten op
catalogue-show = Toon
catalogue-new = Nieuw product
catalogue-matrix = Producten en profielen
catalogue-published = { $code } is vastgelegd en geldt vanaf { $day }.
catalogue-undescribed = { $count ->
    [one] 1 product is nog niet beschreven
   *[other] { $count } producten zijn nog niet beschreven
}
catalogue-undescribed-text = Van deze producten zijn alleen de code, de naam en het tarief bekend. Schrijf een versie: daarin staat voor wie het product is en hoe u het betaalt.
catalogue-of-day = { $count ->
    [one] 1 product op { $day }
   *[other] { $count } producten op { $day }
}
catalogue-none = Er zijn op deze dag geen producten.
catalogue-product = Product
catalogue-pricing = Bekostiging
catalogue-tariff = Tarief
catalogue-profiles = Profielen
catalogue-limits = Grenzen
catalogue-no-limits = Geen
catalogue-no-tariff = Geen tarief
catalogue-per = per { $unit }
catalogue-pricing-per-unit = Per eenheid
catalogue-pricing-fixed = Vast bedrag per traject
catalogue-pricing-instalments = In termijnen
catalogue-pricing-bonus = Bonus bij resultaat
catalogue-pricing-batch = Partij vooraf betaald
catalogue-pricing-actual = Werkelijke kosten tot een grens
catalogue-vat-exempt = vrij van btw
catalogue-vat-percent = exclusief { $pct }% btw
catalogue-vat-none = Nog niet ingevuld
catalogue-vat-rate = Met btw
catalogue-vat-pct = Hoeveel procent btw?
catalogue-vat = Btw
catalogue-only-named = Alleen door { $name }
catalogue-places-count = { $count ->
    [one] 1 plek tegelijk
   *[other] { $count } plekken tegelijk
}
catalogue-yearly-count = { $most } per jaar ({ $unit })
catalogue-most-each = Hoogstens { $most } per traject ({ $unit })
catalogue-most-months = { $count ->
    [one] Hoogstens 1 maand
   *[other] Hoogstens { $count } maanden
}
catalogue-months = { $count ->
    [one] 1 maand
   *[other] { $count } maanden
}
catalogue-code = Code
catalogue-code-hint = Zoals aanbieders die in de kwartaalopgave zetten. Alleen letters, cijfers en streepjes. Een code verandert niet meer.
catalogue-name-nl = Naam in het Nederlands
catalogue-name-en = Naam in het Engels
catalogue-domain = Domein
catalogue-unit = Eenheid
catalogue-unit-hint = Waar het tarief voor geldt. Een andere eenheid is een ander product.
catalogue-instalments = Termijnen
catalogue-instalments-hint = Alleen bij betalen in termijnen. Elke termijn op een regel: het percentage, het moment in het Nederlands en in het Engels, met een puntkomma ertussen. Samen 100 procent.
catalogue-profiles-hint = De codes, met een komma ertussen. Bekend zijn: { $codes }.
catalogue-ladder = Participatieladder
catalogue-ladder-steps = Trede { $from } tot en met { $to }
catalogue-ladder-from = Vanaf trede
catalogue-ladder-to = Tot en met trede
catalogue-max-quantity = Hoogste aantal per traject
catalogue-max-months = Langste duur
catalogue-max-months-in = Langste duur in maanden
catalogue-empty-free = Leeg: geen grens.
catalogue-approval = Vooraf akkoord van de contactpersoon nodig
catalogue-results = Levert resultaten op die in het plan staan
catalogue-only-by = Alleen door deze aanbieder
catalogue-only-by-nobody = Door iedereen die het aanbiedt
catalogue-places = Plekken tegelijk
catalogue-places-hint = Hoeveel trajecten er tegelijk mogen lopen, bij alle aanbieders samen. Leeg: geen grens.
catalogue-yearly = Volume per jaar
catalogue-yearly-hint = Hoeveel eenheden per kalenderjaar, bij alle aanbieders samen. Leeg: geen grens.
catalogue-first-day = Eerste dag
catalogue-first-day-hint = Op zijn vroegst { $day }.
catalogue-until = Laatste dag
catalogue-until-hint = Alleen als het product stopt. Leeg: tot er een nieuwe versie is.
catalogue-group-when = Vanaf wanneer
catalogue-group-what = Wat het is
catalogue-group-whom = Voor wie
catalogue-group-pay = Hoe u betaalt
catalogue-group-trajectory = In een traject
catalogue-group-limits = Wie en hoeveel
catalogue-form-lead = U schrijft altijd een nieuwe versie. De versie van nu geldt tot de dag ervoor.
catalogue-form-code = Vul een code in van letters, cijfers en streepjes, van minstens twee tekens.
catalogue-form-code-taken = Deze code is al van een ander product. Kies een andere.
catalogue-form-name = Vul een naam in.
catalogue-form-choose = Kies er een uit de lijst.
catalogue-form-profiles = Deze profielen zijn niet bekend: { $codes }. Kies uit de lijst.
catalogue-form-profiles-none = Vul minstens één profiel in.
catalogue-form-number = Vul een heel getal in van { $least } tot en met { $most }.
catalogue-form-quantity = Vul een aantal in, zoals 40 of 12,5.
catalogue-form-amount = Vul een bedrag in, zoals 62,55 of 1.250.
catalogue-form-ladder = Vul twee treden in, de laagste eerst, of laat beide leeg.
catalogue-form-instalments = Schrijf elke termijn op een eigen regel, zoals: 40; bij het plan; at the plan. De percentages zijn samen 100.
catalogue-form-first-day = Vul een dag in.
catalogue-form-too-early = Dat is te vroeg. Kies { $day } of later.
catalogue-form-last-day = Kies een dag na de eerste dag.
catalogue-look = Bekijk de gevolgen
catalogue-look-hint = Er wordt nog niets vastgelegd.
catalogue-overtaken = Iemand heeft intussen een nieuwe versie vastgelegd. Kijk na wat er nu geldt en probeer het opnieuw. Wat u invulde, staat er nog.
catalogue-next-version = Nieuwe versie van { $code }
catalogue-write-version = Nieuwe versie
catalogue-noted = Vastgelegd.
catalogue-use = Wat ervan gebruikt wordt
catalogue-running-now = Lopende trajecten
catalogue-of-places = van { $places } plekken
catalogue-delivered-in = Geleverd in { $year }
catalogue-of-yearly = van { $most }
catalogue-not-shared = Voor dit product is er geen grens die aanbieders delen.
catalogue-left = Nog { $left }
catalogue-full = Op
catalogue-over = { $over } te veel
catalogue-nobody = Niemand biedt dit product aan.
catalogue-provider = Aanbieder
catalogue-offers-for = Biedt aan voor
catalogue-offers-not = Biedt het niet aan
catalogue-batch-left = Over van wat vooraf is betaald
catalogue-drawn = { $drawn } gebruikt van { $bought }
catalogue-not-prepaid = Niet vooraf betaald
catalogue-holds-from = Geldt vanaf { $day }
catalogue-holds = Wat er geldt
catalogue-not-described = Nog niet beschreven. Schrijf een versie.
catalogue-batches = Vooraf betaalde partijen
catalogue-batch-day = Telt vanaf
catalogue-quantity = Aantal
catalogue-paid = Betaald
catalogue-paid-unknown = Niet ingevuld
catalogue-tariffs = Tarieven
catalogue-no-tariffs = Er is nog geen tarief. Zonder tarief kan niemand dit product opgeven.
catalogue-new-tariff = Nieuw tarief
catalogue-tariff-per = Tarief per { $unit }
catalogue-tariff-hint = Zonder btw.
catalogue-no-versions = Er is nog geen versie.
catalogue-new-batch = Vooraf betaalde partij
catalogue-new-batch-text = Wat u bij een aanbieder vooruit koopt. De regels in zijn kwartaalopgaven gaan ervan af.
catalogue-batch-quantity = Aantal ({ $unit })
catalogue-batch-hint = Iets verkeerd vastgelegd? Vul het aantal in met een minteken ervoor.
catalogue-batch-paid = Betaald bedrag
catalogue-batch-paid-hint = Mag leeg blijven.
catalogue-batch-reason = Toelichting
catalogue-batch-why = Schrijf op waarom u dit terugneemt.
catalogue-batch-for = Voor { $name }. Kwartaalregels van voor die dag tellen niet mee.
catalogue-batch-back = De partij telt al vanaf { $day }. Klopt de dag?
catalogue-check-new = Nieuw product { $code }
catalogue-check-version = Wat de nieuwe versie van { $code } doet
catalogue-check-tariff = Wat het nieuwe tarief van { $code } doet
catalogue-check-batch = Partij vastleggen voor { $code }
catalogue-check-not-yet = Er is nog niets vastgelegd
catalogue-check-text = Bekijk wat er verandert en leg het daarna vast.
catalogue-check-same = Er verandert niets aan wat er staat.
catalogue-put-down = Leg vast
catalogue-impact-running = { $count ->
    [0] Lopende trajecten
    [one] 1 lopend traject
   *[other] { $count } lopende trajecten
}
catalogue-impact-none = Er lopen geen trajecten waarvoor dit iets verandert.
catalogue-impact-what = Wat het betekent
catalogue-impact-fits = Past
catalogue-impact-look = Kijk hiernaar
catalogue-impact-vat = Er is geen btw ingevuld. Aanbieders en bezoekers lezen dan niets over de btw.
catalogue-impact-places = Er lopen nu { $taken } trajecten. Dat is meer dan { $places } plekken.
catalogue-impact-ends = Het product stopt na { $day }. Wat dan nog loopt, kan niet meer worden opgegeven.
catalogue-impact-closed = { $count ->
    [one] 1 traject loopt bij een aanbieder die dit product dan niet meer mag opgeven.
   *[other] { $count } trajecten lopen bij een aanbieder die dit product dan niet meer mag opgeven.
}
catalogue-impact-profile = { $count ->
    [one] 1 traject is van een profiel waarvoor het product dan niet meer is.
   *[other] { $count } trajecten zijn van een profiel waarvoor het product dan niet meer is.
}
catalogue-impact-longer = { $count ->
    [one] 1 traject loopt dan langer dan mag.
   *[other] { $count } trajecten lopen dan langer dan mag.
}
catalogue-impact-more = { $count ->
    [one] Van 1 traject is het hoogste aantal al opgegeven.
   *[other] Van { $count } trajecten is het hoogste aantal al opgegeven.
}
catalogue-impact-charged = { $count ->
    [one] Er is al 1 regel opgegeven over { $day } of later. Die houdt het oude tarief.
   *[other] Er zijn al { $count } regels opgegeven over { $day } of later. Die houden het oude tarief.
}
catalogue-impact-share = Verschil met het tarief van nu: { $share }.
catalogue-matrix-lead = Zet een vinkje bij elk profiel waarvoor een product bedoeld is.
catalogue-matrix-table = Welk product voor welk profiel
catalogue-matrix-box = { $product } voor { $profile }
catalogue-matrix-none = Er valt nog niets aan te vinken
catalogue-matrix-none-text = Beschrijf eerst een product. Er moet ook een profielindeling gelden.
catalogue-matrix-same = U veranderde geen enkel vinkje.
catalogue-matrix-check = Wat de andere vinkjes doen
catalogue-offer-title = Aanbod
catalogue-offer-count = { $count ->
    [one] 1 product
   *[other] { $count } producten
}
catalogue-offer-table = Het productenboek op { $day }
catalogue-offer-lead = Zet een vinkje bij elk profiel waarvoor u het product aanbiedt. Zonder vinkje biedt u het niet aan.
catalogue-offer-save = Bewaar ons aanbod
catalogue-offer-save-hint = Dit geldt vanaf vandaag. De contractmanager neemt nieuwe producten over in uw overeenkomst. Trajecten die al lopen, maakt u af.
catalogue-offer-closed = Alleen door een ander
catalogue-offer-agreed = In de overeenkomst
catalogue-offer-waits = Nog niet in de overeenkomst
catalogue-offer-only-agreed = Niet aangeboden, wel in de overeenkomst
catalogue-offer-not = Niet aangeboden
catalogue-offer-since = Aangeboden sinds { $day }
catalogue-offer-until = tot en met { $day }
catalogue-offer-ended = Wat niet meer wordt aangeboden
catalogue-offer-ended-text = Trajecten die nog lopen, worden afgemaakt en opgegeven.
catalogue-offer-beyond = { $count ->
    [one] 1 product staat nog niet in de overeenkomst
   *[other] { $count } producten staan nog niet in de overeenkomst
}
catalogue-offer-beyond-text = Neem over wat de aanbieder mag leveren. Kijk eerst of hij voldoet aan de eisen die bij het product horen.
catalogue-offer-take = Neem over in de overeenkomst
catalogue-offer-wait-text = De contractmanager neemt dit over. Tot dan kunt u er niets voor opgeven.
catalogue-offer-no-agreement = Er loopt nog geen overeenkomst.
catalogue-offer-changed = Het productenboek is intussen veranderd. Kijk na wat er nu staat en bewaar opnieuw.
catalogue-offer-see = Bekijk het hele aanbod
catalogue-offer-mine = Ons aanbod
catalogue-public-title = Producten en tarieven
catalogue-public-lead = Wat de gemeente inkoopt en wat zij ervoor betaalt. Voor elke aanbieder geldt hetzelfde tarief.
catalogue-public-none = Kies een andere dag.
catalogue-check-above-cap = Op { $day } vergoedt de gemeente hoogstens { $tariff }. Vul de werkelijke kosten in, tot dat bedrag.
catalogue-check-reserved = Dit product levert op deze dag alleen een andere aanbieder. Neem contact op met de contractmanager.
catalogue-check-most = Samen met andere regels is dit { $charged } voor dit dossier. Het hoogste aantal per traject is { $most }.
catalogue-check-prepaid = Samen met andere regels is dit { $charged }. Vooraf betaald is { $bought }. Vraag de contractmanager om een nieuwe partij.
catalogue-check-places = Op de laatste dag van het kwartaal lopen er met deze opgave { $taken } trajecten. Er zijn { $places } plekken voor alle aanbieders samen. Klopt dat?
catalogue-check-year = Met deze opgave is er dit jaar { $delivered } geleverd, bij alle aanbieders samen. Afgesproken is { $yearly }. Klopt dat?
## Mended after the review of applications
dossier-refused-never-asked = U hebt dit bewijs nog niet aan de aanbieder gevraagd. Vraag het eerst, met een aanvulling. Pas daarna kan het oordeel “voldoet niet” zijn.
dossier-looked-up = Wij zoeken dit zelf op
dossier-replaced = Vervangen door een nieuwere versie.
dossier-holds-no-end-given = Er is geen einddatum opgegeven.
dossier-holds-new-enough = Bij ontvangst was het bewijs hoogstens { $months } maanden oud.
dossier-reckoned-written = Die dag staat op het bewijs.
dossier-reckoned-dated = Dat is { $months } maanden na { $start }, de datum van het bewijs.
dossier-reckoned-sooner = Dat is { $months } maanden na { $start }, de datum van het bewijs. De datum op het bewijs zelf, { $written }, is later.
dossier-reckoned-received = Dat is { $months } maanden na { $start }, de dag van ontvangst.
dossier-event-verdict = { $code }: { $result }
dossier-event-verdict-replaced = { $code }: { $result } (later vervangen door een ander oordeel)
dossier-event-evidence = { $code }: nieuw bewijs ontvangen
dossier-event-successor = { $code }: gevraagd om nieuw bewijs, het oude geldt tot en met { $day }
dossier-event-expired = { $code }: het bewijs is verlopen
report-dossier-newer = nieuwer stuk ontvangen op { $day }, nog niet beoordeeld
evidence-refused-name-bsn = In de naam van het bestand staat een nummer dat een burgerservicenummer kan zijn. Dat mogen wij niet bewaren. Geef het bestand een naam zonder dat nummer en stuur het opnieuw.
## planning: planningsbord en collegebesluiten
planning-phase-preparation = Fase 0: voorbereiding
planning-phase-dialogue = Fase 1: dialoog
planning-phase-admission = Fase 2: toelating
planning-phase-contract = Fase 3: contracteren en start
planning-verb-lay-out = Planning gemaakt
planning-verb-shift = Eerste maand veranderd
planning-verb-add = Activiteit toegevoegd
planning-verb-move = Activiteit verplaatst
planning-verb-rename = Activiteit anders genoemd
planning-verb-change = Activiteit veranderd
planning-verb-drop = Activiteit vervallen
planning-verb-restore = Activiteit toch weer opgenomen
planning-verb-deliver = Opgeleverd
planning-verb-take-back = Toch niet opgeleverd
page-menu-planning = Planning
planning-title = Planning
planning-lead = Wat wanneer gebeurt in elke procedure, en wat het college besloot.
planning-tabs = Planning en besluiten
planning-tab-boards = Planning
planning-tab-decisions = Collegebesluiten
planning-per-procedure = Per procedure
planning-no-procedures = Er is nog geen procedure.
planning-procedure = Procedure
planning-delivered-count = Opgeleverd
planning-late-head = Te laat
planning-none-yet = Nog geen planning
planning-none-reader = Zodra de contractmanager een planning maakt, staat die hier.
planning-done-of = { $done } van { $all }
planning-late-count = { $count ->
    [0] Niets te laat
    [one] 1 activiteit te laat
   *[other] { $count } activiteiten te laat
}
planning-of = Planning van { $name }
planning-from-month = Vanaf { $month }
planning-months = { $first } t/m { $last }
planning-activities = Activiteiten per fase en maand
planning-no-activities = Er staat nog niets op het bord. Voeg een activiteit toe.
planning-activity = Activiteit
planning-state = Stand
planning-now = nu
planning-is-planned = gepland
planning-delivered = Opgeleverd op { $day }
planning-dropped = Vervallen
planning-late = { $count ->
    [one] Te laat: 1 dag
   *[other] Te laat: { $count } dagen
}
planning-running = Bezig, klaar op { $day }
planning-planned = Begint in { $month }
planning-new = Activiteit toevoegen
planning-plan = Wat en wanneer
planning-name-nl = Naam in het Nederlands
planning-name-en = Naam in het Engels (mag leeg)
planning-deliverable-nl = Wat er dan is, in het Nederlands (mag leeg)
planning-deliverable-en = Wat er dan is, in het Engels (mag leeg)
planning-deliverable-hint = Bijvoorbeeld: verslagen van de tafels.
planning-phase = Fase
planning-from = Eerste maand
planning-until = Laatste maand
planning-save = Bewaar
planning-deliver = Opleveren
planning-deliver-text = Is het er? Vul de dag in waarop het klaar was. Uw naam komt erbij te staan.
planning-deliver-do = Zet op opgeleverd
planning-delivered-on = Klaar op
planning-take-back = Toch niet opgeleverd
planning-take-back-text = De activiteit staat dan weer open. In de geschiedenis blijft staan dat zij was opgeleverd.
planning-take-back-reason = Waarom was het nog niet klaar?
planning-drop = Activiteit laten vervallen
planning-drop-text = Er gaat niets verloren: de activiteit blijft op het bord te lezen.
planning-drop-reason = Waarom vervalt de activiteit?
planning-restore = Toch weer opnemen
planning-restore-reason = Waarom wordt de activiteit toch gedaan?
planning-make = Maak de planning
planning-make-text = Kies de maand waarin u begint. De standaardplanning duurt zes maanden. Daarna past u alles zelf aan.
planning-make-do = Maak de planning
planning-first-month = Eerste maand
planning-first-month-hint = Jaar en maand, zoals 2027-01.
planning-with = Waarmee begint u?
planning-with-usual = Met de standaardplanning van zes maanden
planning-with-nothing = Met een leeg bord
planning-shift = Eerste maand veranderen
planning-shift-text = Alle activiteiten schuiven mee.
planning-shift-reason = Waarom verandert de eerste maand?
planning-shift-do = Verschuif de planning
planning-history = Geschiedenis ({ $count })
planning-history-title = Geschiedenis van deze planning
planning-done-made = De planning is gemaakt.
planning-done-shifted = De planning is verschoven.
planning-done-added = De activiteit is toegevoegd.
planning-done-changed = De activiteit is bewaard.
planning-done-delivered = De activiteit staat op opgeleverd.
planning-done-taken-back = De activiteit staat weer open.
planning-done-dropped = De activiteit is vervallen.
planning-done-restored = De activiteit is weer opgenomen.
planning-month-wrong = Vul een jaar en een maand in, zoals 2027-01.
planning-day-wrong = Vul een dag in, zoals 31-12-2027.
planning-day-future = Deze dag is nog niet geweest. Vul vandaag of een eerdere dag in.
planning-reason-missing = Schrijf op waarom u dit doet.
planning-name-missing = Vul een naam in.
planning-months-wrong = Kies een laatste maand die niet voor de eerste komt.
planning-changed-meanwhile = Dit is intussen veranderd. Kijk eerst hoe het nu is.
planning-not-yours = U kunt dit niet veranderen.
planning-too-long = Dit is te lang. Er passen hier { $count } tekens.
planning-work = Planning: { $activity }
planning-work-due = Klaar in { $month }
planning-decisions-lead = Wat het college van burgemeester en wethouders besloot over deze procedures.
planning-decisions-found = { $count } van { $all } besluiten
planning-decisions-nothing = Geen besluit past bij wat u zoekt.
planning-decisions-show-all = Toon alle besluiten
planning-decisions-none = Er is nog geen besluit vastgelegd.
planning-decisions-csv = Download als CSV
planning-decisions-xlsx = Download als XLSX
planning-decision-new = Besluit vastleggen
planning-decision-kept = Het besluit is bewaard.
planning-decision-search = Zoek op nummer, onderwerp of woorden
planning-decision-every-procedure = Alle procedures
planning-decision-find = Zoek
planning-decision-number = Nummer
planning-decision-number-hint = Zoals het college het nummert.
planning-decision-number-taken = Er staat al een ander besluit met dit nummer in het register.
planning-decision-day = Datum
planning-decision-subject = Onderwerp
planning-decision-decided = Wat is besloten
planning-decision-decided-hint = Zet er geen namen van cliënten in.
planning-decision-about = Hoort bij
planning-decision-text = Overeenkomst
planning-decision-criteria-from = Eisen die gelden vanaf
planning-decision-criteria = Eisen vanaf { $day }
planning-decision-link = Waar het besluit is gepubliceerd
planning-decision-link-hint = Het adres van de pagina, dat begint met https://. Mag leeg.
planning-decision-link-wrong = Vul een adres in dat begint met https://, of laat het leeg.
planning-decision-not-published = Niet ingevuld
planning-decision-none = Geen
planning-decision-choose = Kies iets uit de lijst.
procedure-closed-by-day = De laatste dag om aan te melden, { $day }, is voorbij.
planning-decision-empty = Vul in wat het college besloot, in de woorden van het besluit.
planning-decision-number-empty = Vul het nummer in waaronder het besluit bij u bekend is.
planning-decision-subject-empty = Vul in waarover het besluit gaat, in één regel.
planning-decision-bsn = Hier staat een nummer dat een burgerservicenummer kan zijn. Haal het weg.
planning-decision-same = U hebt niets veranderd.
planning-decision-correct = Besluit verbeteren
planning-decision-correct-text = U bewaart een nieuwe versie. Wat er stond, blijft te lezen.
planning-decision-reason = Waarom verbetert u het?
planning-decision-why = Waarom:
planning-decision-earlier = Eerdere versies
planning-decision-version = Versie
planning-decision-is-version = Versie { $number }
planning-decision-noted = Vastgelegd door
planning-decision-noted-on = Vastgelegd op
planning-decision-noted-by = Vastgelegd door

## listing, front-register: het openbare register
listing-title = Uw gegevens in het register
listing-home = Locaties, talen en wachttijd
listing-lead = Iedereen leest dit in het register, zodra u bent toegelaten. U mag alles leeg laten.
listing-see = Bekijk het register
listing-done = Uw gegevens zijn bewaard. Iedereen leest ze nu zo.
listing-old = Uw wachttijd is ouder dan drie maanden. Dat staat er in het register bij. Klopt die nog?
listing-waiting = Wachttijd
listing-weeks = Wachttijd in weken
listing-weeks-hint = Hoeveel weken wacht iemand voordat u begint? Een heel getal; 0 als u meteen begint.
listing-weeks-wrong = Vul een heel getal in van 0 tot en met 260, of laat het leeg.
listing-still = Deze wachttijd klopt vandaag nog
listing-still-hint = U gaf de wachttijd op op { $day }. Met een vinkje wordt dat vandaag.
listing-locations = Locaties
listing-locations-text = Waar kunnen mensen bij u terecht? Vul geen adres in waar u woont en geen naam van een persoon.
listing-location = Locatie { $number }
listing-location-name = Naam van de locatie (mag leeg)
listing-location-missing = Vul een straat en een plaats in, of maak de hele locatie leeg.
listing-street = Straat en nummer
listing-postcode = Postcode (mag leeg)
listing-place = Plaats
listing-accessible = Bereikbaar en toegankelijk voor mensen met een beperking
listing-more = Nog een locatie
listing-beside = Website en talen
listing-website = Website (mag leeg)
listing-website-wrong = Vul een adres in zoals www.voorbeeld.nl, of laat het leeg.
listing-languages = In welke talen helpt u mensen?
listing-languages-hint = Kies alleen talen die een medewerker van u goed spreekt.
listing-language-wrong = Kies talen uit de lijst.
listing-keep = Bewaar
listing-too-long = Dit is te lang. Er passen hier { $count } tekens.
listing-too-much = Dit is te veel voor dit formulier. Vul minder in.
listing-bsn = Hier staat een nummer dat een burgerservicenummer kan zijn. Haal het weg.
front-register-lead = Wie is toegelaten, zonder cijfer en zonder rangorde.
front-register-filter = Zoek in het register
front-register-show = Toon
front-register-all = Alle
front-register-product = Product
front-register-profile = Cliëntprofiel
front-register-place = Plaats
front-register-language = Taal
front-register-sorting = Volgorde
front-register-alphabetical = Op alfabet
front-register-random = Willekeurig
front-register-seed = Willekeurige volgorde met nummer
front-register-seed-again = Dit nummer staat in het adres. Met hetzelfde nummer ziet u dezelfde volgorde.
front-register-found = { $count } van { $all } aanbieders
front-register-nothing = Geen aanbieder past bij wat u koos.
front-register-show-all = Toon alle aanbieders
front-register-about = KvK { $kvk }, toegelaten sinds { $day }
front-register-where = Locaties
front-register-languages = Talen
front-register-waiting = Wachttijd
front-register-accessible = toegankelijk
front-register-not-told = Niet opgegeven
front-register-weeks = { $count ->
    [0] Geen
    [one] 1 week
   *[other] { $count } weken
}
front-register-told-on = opgegeven door de aanbieder op { $day }
front-register-stopped = Neemt geen nieuwe klanten aan sinds { $day }
front-register-old = Ouder dan 3 maanden
front-register-open-data = Dezelfde lijst als open gegevens:

## admin: de status van een procedure
admin-state-title = Procedure pauzeren of sluiten
admin-state-change = Pauzeren, hervatten of sluiten
admin-state-effect = Wat er gebeurt
admin-state-pause = Pauzeren
admin-state-resume = Weer openstellen
admin-state-close = Sluiten
admin-state-end = Procedure beëindigen
admin-state-pause-text = Niemand kan zich nog aanmelden, tot u de procedure weer openstelt. Wat is ingediend, wordt gewoon behandeld.
admin-state-resume-text = Iedereen kan zich weer aanmelden.
admin-state-close-text = Niemand kan zich nog aanmelden. Dit is niet terug te draaien. Wat is ingediend, wordt gewoon behandeld.
admin-state-end-text = De procedure is voorbij en verandert niet meer. Dit kan als er geen overeenkomst meer loopt.
admin-state-told = { $count ->
    [0] Niemand heeft een aanmelding die nog telt, dus er gaat geen bericht uit.
    [one] Voor één aanmelding gaat hiervan bericht uit, met de reden.
   *[other] Voor { $count } aanmeldingen gaat hiervan op hetzelfde moment bericht uit, met de reden.
}
admin-state-reason = Waarom
admin-state-reason-hint = Zij lezen dit woord voor woord. Schrijf geen namen of nummers van mensen op.
admin-state-nothing-closed = Deze procedure is gesloten. De beslisser kan haar beëindigen als er geen overeenkomst meer loopt.
admin-state-done = Dit is gedaan. Wie een aanmelding heeft, heeft bericht gekregen.

## consultation, agreement, offer: mended after the review of agreements

consultation-lands-next = Versie { $number } is intussen vastgesteld en verandert niet meer. Wordt dit voorstel overgenomen, dan komt het in versie { $next }.
consultation-lands-begins = Versie { $number } is intussen vastgesteld en verandert niet meer. Wordt dit voorstel overgenomen, dan komt het in versie { $next }. Die begint dan als concept.
consultation-caution = Let op
consultation-caution-reactions = Iedereen aan tafel kan nu nog reageren.
consultation-caution-term = In deze bijeenkomst was de reactietermijn nog niet voorbij.
consultation-caution-proposal = Dit voorstel is gedaan nadat deze bijeenkomst was begonnen.
consultation-caution-confirm = Ik heb dit gelezen en besluit toch
consultation-caution-kept = Dit komt bij het besluit te staan. De hele tafel leest het.
consultation-despite-reactions = Besloten terwijl iedereen nog kon reageren.
consultation-despite-term = Besloten in een bijeenkomst voordat de reactietermijn voorbij was.
consultation-despite-proposal = Besloten in een bijeenkomst die al was begonnen toen dit voorstel kwam.
consultation-refused-unconfirmed = Lees de waarschuwing bij “Let op” en zet daar een vinkje, of besluit later.
consultation-refused-own = U hebt dit voorstel zelf gedaan. Een collega die contractmanager is, besluit erover. Intrekken kunt u het zelf.
consultation-refused-last-chair = Dit is de enige voorzitter. Zet eerst een andere contractmanager als voorzitter aan tafel, bij “Collega van de gemeente”.
consultation-replaced = later vervangen, telt niet mee
consultation-leave-title = { $name } van tafel
consultation-leave-text = Deze deelnemer krijgt geen berichten van de tafel meer en leest niet meer mee. Een eigen link werkt meteen niet meer. Wat is gezegd, blijft staan.
agreement-body-table = Er staat een tabel in de tekst. Schrijf er een lijst van, of zet de tabel in een bijlage.
agreement-body-line = Regel { $line }: { $fault }
agreement-lack-changes = een wijziging in minstens één artikel (nu staat er hetzelfde als in de vorige versie)
agreement-text-refused-short = Geef de tafel minstens { $rule }. De laatste dag om te reageren is dan { $day } of later.
agreement-page-meanwhile = Zo staat het er nu, door { $by }
agreement-page-meanwhile-choose = Wat u typte, staat in het formulier. Neem over wat u wilt houden. Bewaart u nu, dan komt uw tekst in de plaats van deze.
agreement-page-meanwhile-dropped = { $by } heeft dit artikel intussen laten vervallen. Er is niets bewaard.
agreement-page-meanwhile-new = Het artikel staat niet meer in dit concept. Wat u typte, staat in het formulier. Bewaart u nu, dan wordt het een nieuw artikel.
offer-choose-version = Welke versie
offer-version-now = Versie { $number }, geldt nu
offer-version-now-until = Versie { $number }, geldt nu, tot en met { $until }
offer-products-same = blijven gelijk
offer-products-first-only = Alleen voor een eerste overeenkomst. Bij een wijziging blijven de producten gelijk.
statement-before-agreement = Niet van toepassing: de overeenkomst loopt vanaf { $day }
statement-not-due = U hoeft voor dit kwartaal niets in te leveren.
## signing rules: ondertekenen en afsluiten
offer-to-look-at = { $count ->
    [one] Bekijk 1 getekend bestand
   *[other] Bekijk { $count } getekende bestanden
}
offer-standing-count-signed = { $count ->
    [one] 1 aanbieder
   *[other] { $count } aanbieders
} met versie { $number }, getekend door beiden
offer-signed-text = Getekende tekst
offer-not-yet-both = Nog niet getekend door beiden
offer-signed-by-both = getekend door beiden op
offer-ended-on = tot en met
offer-refused-day = Vul de dag in die op het papier staat, zoals 23-11-2026.
offer-refused-short = Schrijf in minstens { $count } letters op wat u hebt bekeken, en waarom het klopt.
offer-file-signed-on = Op het papier staat { $day }.
offer-file-before-offer = Getekend op { $day }: dat is voor de dag van het aanbod. Kijk of dit de goede tekst is.
offer-file-after-receipt = Getekend op { $day }: dat is na de dag waarop het bestand binnenkwam.
offer-file-pages = Bladen van het getekende bestand
offer-file-page = Blad { $page } van het getekende bestand
offer-file-day = Welke datum staat er bij de handtekening?
offer-file-day-hint = De dag waarop er is getekend.
offer-file-again = Kies het bestand opnieuw: een browser bewaart dat niet.
offer-file-back = Terug naar ondertekenen
offer-otherwise-paper = De overeenkomst met bijlagen om elders te tekenen (PDF)
offer-paper-lead = Teken hier alleen als u niet in het portaal tekent. Stuur daarna het hele bestand als PDF. Schrijf of streep niets in de tekst.
offer-paper-day = Datum
offer-paper-signature = Handtekening
offer-paper-municipality = De gemeente tekent in het portaal, nadat zij uw bestand heeft bekeken.
offer-brought-by = Ingeleverd door
offer-on-paper = Datum op het papier
offer-tariffs = Producten en tarieven
offer-tariffs-lead = Tarieven per eenheid zoals zij gelden op { $day }. Een tarief dat later wordt vastgesteld, geldt vanaf zijn eigen eerste dag.
offer-tariffs-show = { $count ->
    [one] Bekijk 1 product
   *[other] Bekijk { $count } producten
}
offer-tariffs-yours = U levert hiervan: { $names }.
offer-tariffs-own = De aanbieder levert hiervan: { $names }.
offer-tariffs-summary = Per product de eenheid, de bekostiging en het tarief.
offer-closed-silent = U kon reageren tot en met { $day }. U hebt niet gereageerd: dat telt als niet akkoord.
offer-receipt-start-change = De wijziging gaat in op { $day }. Tot die dag werkt u onder de versie van nu.
offer-receipt-goes-on = Uw overeenkomst loopt gewoon door. De wijziging geldt pas als beiden hebben getekend.
report-agreement-annex-title = Bijlage { $number }: { $title }
life-refused-unexplained = { $count ->
    [one] Klant { $cases } is nog niet overgedragen, en er staat niet waarom. Schrijf dat bij die klant op.
   *[other] Deze { $count } klanten zijn nog niet overgedragen, en er staat niet waarom: { $cases }. Schrijf dat per klant op.
}
life-lines-open = { $count ->
    [one] Nog doen: 1 klant
   *[other] Nog doen: { $count } klanten
}
life-lines-done = { $count ->
    [one] Afgehandeld: 1 klant
   *[other] Afgehandeld: { $count } klanten
}
life-line-explained = met uitleg
life-line-write = Schrijf op
life-close-hint-explained = { $count ->
    [one] 1 klant staat nog open, met de reden erbij. U kunt de lijst sluiten.
   *[other] { $count } klanten staan nog open, met de reden erbij. U kunt de lijst sluiten.
}
indexation-figures = Cijfers bij aandelen
indexation-index = Index
front-register-offers = Biedt nu aan: { $products }.
front-register-offers-none = Biedt nu niets daarvan aan.
life-signed-here = Bekijk de handtekeningen
life-not-signed-here = Niet hier getekend: overgenomen uit een bestand van de gemeente.
cli-demo-as-signatory = Als tekenbevoegde van { $name }:
## confirmation
confirmation-title = Kosten controleren
confirmation-title-quarter = Kosten controleren, { $quarter }
confirmation-lead = Hier staan de regels die aanbieders voor uw cliënten in rekening brengen. Klopt het dat deze begeleiding is gegeven? Zeg het per regel.
confirmation-not-listed = U staat nog niet op de lijst van contactpersonen
confirmation-not-listed-text = Vraag de contractmanager om uw e-mailadres op de lijst te zetten. Daarna ziet u hier de regels van uw cliënten.
confirmation-quarters = Kwartalen
confirmation-quarter = Kwartaal
confirmation-state = Stand
confirmation-lines = Regels
confirmation-no-lines = Er zijn geen regels.
confirmation-besides = Verder vragen wij u
confirmation-count-waits = { $count ->
    [0] niets wacht op u
    [one] 1 wacht op u
   *[other] { $count } wachten op u
}
confirmation-nothing-waits = Alles is bekeken
confirmation-waits = { $count ->
    [0] Niets wacht op u
    [one] 1 regel wacht op u
   *[other] { $count } regels wachten op u
}
confirmation-of-lines = { $count ->
    [one] van 1 regel
   *[other] van { $count } regels
}
confirmation-show = Welke regels
confirmation-show-open = Nog te doen
confirmation-show-all = Alle regels
confirmation-how = Zet een vinkje als een regel klopt. Klopt hij niet, of is het aantal of bedrag anders? Zeg dan waarom. Zet geen namen of nummers van mensen in de reden: de aanbieder leest hem.
confirmation-tick = Klopt
confirmation-otherwise = Klopt niet, of anders
confirmation-line-word = regel { $line }
confirmation-line-case = regel { $line }, dossier { $case }
confirmation-all-client = Alles klopt van deze cliënt
confirmation-all-page = Alles op deze pagina klopt
confirmation-save = Bewaar
confirmation-rest-waits = Waar u niets over zegt, blijft ‘niet bevestigd’. Het wordt nooit vanzelf goedgekeurd.
confirmation-saved = { $count ->
    [one] Uw antwoord over 1 regel is bewaard.
   *[other] Uw antwoorden over { $count } regels zijn bewaard.
}
confirmation-closed = Dit kwartaal is vastgesteld. Er verandert niets meer aan de regels.
confirmation-closed-now = Het kwartaal van { $name } is intussen vastgesteld. Uw antwoorden zijn niet bewaard. Haal bij deze aanbieder weg wat u invulde en bewaar de rest opnieuw.
confirmation-changed = { $count ->
    [one] 1 regel is veranderd sinds u deze pagina opende: er is een nieuwe opgave, of iemand zei er al iets over. Er is niets bewaard. Kijk de regels na en bewaar opnieuw.
   *[other] { $count } regels zijn veranderd sinds u deze pagina opende: er is een nieuwe opgave, of iemand zei er al iets over. Er is niets bewaard. Kijk de regels na en bewaar opnieuw.
}
confirmation-lost = Dit had u ingevuld bij regels die er niet meer zo staan
confirmation-lapsed = De aanbieder heeft deze regel veranderd nadat er iets over was gezegd. Kijk hem opnieuw na.
confirmation-nothing-said = U hebt nog niets aangevinkt of ingevuld.
confirmation-kind = Wat is er met regel { $line }?
confirmation-quantity = Het juiste aantal, regel { $line }
confirmation-quantity-hint = Alleen als het aantal anders is, bijvoorbeeld 1,5.
confirmation-amount = Het juiste bedrag, regel { $line }
confirmation-amount-hint = Alleen als het bedrag anders is, bijvoorbeeld 125,50.
confirmation-reason = Waarom, regel { $line }
confirmation-reason-hint = De aanbieder leest dit.
confirmation-choose-kind = Regel { $line }: kies of hij niet klopt, of dat het aantal of bedrag anders is.
confirmation-both = Regel { $line }: u zette een vinkje bij ‘klopt’ en zei ook dat hij niet klopt. Kies één van de twee.
confirmation-quantity-wrong = Regel { $line }: vul een aantal in, bijvoorbeeld 1,5.
confirmation-amount-wrong = Regel { $line }: vul een bedrag in, bijvoorbeeld 125,50.
confirmation-reason-missing = Regel { $line }: zeg waarom.
confirmation-reason-long = Regel { $line }: houd de reden korter dan { $most } tekens.
confirmation-nothing-corrected = Regel { $line }: vul een ander aantal of een ander bedrag in.
confirmation-should-be = Moet zijn: { $what }
confirmation-word-confirmed = Bevestigd
confirmation-word-contested = Betwist
confirmation-word-corrected = Gecorrigeerd
confirmation-word-none = Niet bevestigd
confirmation-by-screen = op het scherm
confirmation-by-file = met een bestand
confirmation-link = Bevestiging per regel
confirmation-lines-title = Bevestiging per regel, { $quarter }
confirmation-never-silent = De contactpersoon van de gemeente zegt per regel of hij klopt. Zonder antwoord blijft een regel ‘niet bevestigd’.
confirmation-who-waits = Op wie wacht het
confirmation-contact = Contactpersoon
confirmation-remind = Herinneren
confirmation-remind-button = Stuur een herinnering
confirmation-reminded-at = Herinnerd op { $at }
confirmation-reminder-sent = De herinnering gaat nu weg.
confirmation-nothing-to-remind = Er wacht niets op deze contactpersoon.
confirmation-told-today = Deze contactpersoon heeft vandaag al een herinnering gekregen.
confirmation-no-account = Deze contactpersoon kan nog niet inloggen. Vraag de functioneel beheerder om een uitnodiging te sturen naar het adres op de lijst van contactpersonen.
confirmation-per-line = Per regel
confirmation-line = Regel
confirmation-case = Dossier
confirmation-product = Product
confirmation-charged = In rekening
confirmation-waits-for = Wacht op { $name }
outcome-title = Uitstroom en plaatsing
outcome-lead = Aanbieders melden dat deze cliënten van u werk, een opleiding of een plek hebben. Zeg of het klopt. Zonder uw woord telt het niet mee.
outcome-saved = Bewaard. De beoordeling is opnieuw berekend.
outcome-clients = Uw cliënten
outcome-none = Van geen van uw cliënten is uitstroom of plaatsing gemeld.
outcome-client = Cliënt
outcome-stated = Volgens de aanbieder
outcome-outflow = Uitstroom
outcome-placement = Plaatsing
outcome-not-asked = n.v.t.
outcome-write = Invullen
outcome-work-started = Werk gestart op { $day }
outcome-ended = Traject beëindigd op { $day }
outcome-placed = Geplaatst op { $day }
outcome-benefit-ended = Uitkering gestopt op { $day }, { $reason }
outcome-outflow-waits = Nog niet bevestigd
outcome-placement-waits = Nog niet bevestigd
outcome-placement-yes = { $days ->
    [0] Bevestigd
    [one] Bevestigd, 1 dag wachtlijst
   *[other] Bevestigd, { $days } dagen wachtlijst
}
outcome-placement-no = Niet geplaatst
outcome-reason-work = werk
outcome-reason-study = opleiding
outcome-reason-own-firm = eigen bedrijf
outcome-reason-other = anders
outcome-outflow-of = Uitstroom van { $who }
outcome-placement-of = Plaatsing van { $who }
outcome-day = De uitkering stopte op
outcome-day-hint = Stopte de uitkering niet? Vul dan niets in.
outcome-reason = Waarom stopte de uitkering?
outcome-placed-question = Is deze cliënt geplaatst in beschut werk?
outcome-placed-yes = Ja
outcome-placed-no = Nee
outcome-waiting-days = Dagen op de wachtlijst
outcome-waiting-days-hint = Deze dagen tellen niet mee. Leeg is 0.
outcome-save = Bewaar
outcome-not-now = Niet nu
outcome-choose = Kies een antwoord.
outcome-days-wrong = Vul een heel aantal dagen in, van 0 tot en met 3650.
outcome-day-wrong = Vul een dag in, bijvoorbeeld 30-09-2026.
outcome-day-ahead = Deze dag moet nog komen. Vul de dag pas in als de uitkering is gestopt.
outcome-too-long = Wat u invulde is te lang.
outcome-changed = Intussen is hier iets anders vastgelegd. Uw antwoord is niet bewaard. Kijk wat er nu staat en bewaar opnieuw.
extension-title = Verlengingen
extension-link = Verlenging van trajecten
extension-lead = Een aanbieder vraagt vóór het einde van de termijn of een traject langer mag duren. De contactpersoon van de cliënt geeft toestemming, of weigert met een reden.
extension-requests = Verzoeken
extension-none = Er zijn geen verzoeken.
extension-term = Termijn
extension-from-to = Van { $term } naar { $until }
extension-asked-on = Gevraagd op { $day }
extension-state-asked = Wacht op antwoord
extension-state-given = Toestemming gegeven
extension-state-refused = Geweigerd
extension-saved = Bewaard.
extension-of = Verlenging voor { $who }
extension-answer = Uw antwoord
extension-answer-link = Beantwoorden
extension-give = Ik geef toestemming
extension-refuse = Ik weiger
extension-reason = Waarom niet
extension-reason-hint = Nodig als u weigert. De aanbieder leest dit.
extension-save = Bewaar
extension-ask = Verlenging vragen
extension-ask-button = Vraag toestemming
extension-case = Dossier
extension-choose = Kies een dossier
extension-case-until = { $case }, termijn tot en met { $day }
extension-until = Verlengen tot en met
extension-until-hint = Een dag na het einde van de termijn.
extension-motive = Motivering
extension-motive-hint = Waarom is meer tijd nodig? Schrijf geen namen op.
extension-choose-case = Kies een dossier uit de lijst.
extension-too-late = De termijn van dit traject is voorbij, of het traject is gestopt. Verlengen kan niet meer.
extension-not-later = Kies een dag na het einde van de termijn.
extension-motive-missing = Schrijf op waarom meer tijd nodig is.
extension-asked-already = Voor dit dossier wacht al een verzoek op antwoord.
extension-answered = Dit verzoek is al beantwoord.
extension-reason-missing = Zeg waarom u weigert.
extension-answer-missing = Kies of u toestemming geeft of weigert.
extension-until-missing = Vul een dag in, bijvoorbeeld 31-12-2026.
extension-too-long = Wat u schreef is te lang.
statement-column-clienten-clientnummer = Het nummer van de cliënt bij de gemeente. Nooit het BSN.
statement-column-clienten-contactpersoon = Het e-mailadres van de contactpersoon van deze cliënt. Dit gaat voor op wat een aanbieder opgeeft.
cli-demo-as-contact = contactpersoon, met cliënten van zichzelf
cli-demo-as-other-contact = een andere contactpersoon, met andere cliënten
## The quarter from both sides (hearing), and the quarter of all providers (quarters)
page-menu-quarters = Kwartalen
hearing-word = Hoor en wederhoor
hearing-title = Hoor en wederhoor over het { $quarter }, { $name }
hearing-put = Ter reactie voorleggen
hearing-put-title = Ter reactie voorleggen: { $quarter }, { $name }
hearing-put-sees = Dit ziet de aanbieder
hearing-put-again = De vorige keer telt niet meer: daarna is er iets veranderd. De aanbieder krijgt een nieuwe termijn.
hearing-put-mail = De aanbieder krijgt een mail met een link naar deze uitkomst.
hearing-put-final = U kunt pas vaststellen als de termijn voorbij is, of als de aanbieder geen opmerkingen heeft.
hearing-until = Reageren kan tot en met
hearing-counted = Zo is dat berekend
hearing-opened = Voorgelegd
hearing-term = Termijn
hearing-not-yet = Dit kwartaal is nog niet aan de aanbieder voorgelegd.
hearing-findings = De voorlopige uitkomst, en wat erover is gezegd
hearing-finding = Uitkomst
hearing-said = Wat er is gezegd
hearing-nothing-said = Er is nog niets gezegd over deze indicator.
hearing-react = Reageren
hearing-react-until = U kunt reageren tot en met { $day }. U mag meer dan één keer reageren.
hearing-answer = Reactie beantwoorden
hearing-read = Lezen
hearing-back = Terug naar hoor en wederhoor
hearing-done = De aanbieder heeft geen (verdere) opmerkingen. Dat liet { $name } weten op { $day }.
hearing-no-remarks = Geen (verdere) opmerkingen
hearing-no-remarks-text = Dan hoeft de gemeente niet te wachten tot de termijn voorbij is. U kunt daarna niet meer reageren.
hearing-sure = Ik heb de uitkomst gezien en heb geen (verdere) opmerkingen.
hearing-sure-missing = Zet een vinkje als u geen (verdere) opmerkingen hebt.
hearing-words = Uw reactie
hearing-words-hint = Wat klopt er niet, en waarom? Schrijf geen namen of nummers van cliënten op.
hearing-pieces = Bewijsstukken
hearing-pieces-hint = Uit uw eigen bewijsstukken. De gemeente kan ze openen.
hearing-send = Reactie versturen
hearing-answer-choice = Wat doet u met deze reactie?
hearing-answer-words = Uw antwoord
hearing-answer-hint = Neemt u de reactie niet over? Schrijf dan waarom. De aanbieder leest dit, en het staat in het rapport.
hearing-answer-missing = Kies of u de reactie overneemt.
hearing-answer-send = Antwoord versturen
hearing-adopted = Overgenomen
hearing-not-adopted = Niet overgenomen
hearing-waits = Nog geen antwoord
hearing-state-react = U kunt reageren
hearing-state-runs = Ter reactie
hearing-state-to-open = Voor te leggen
hearing-state-answer =
    { $count ->
        [one] 1 reactie te beantwoorden
       *[other] { $count } reacties te beantwoorden
    }
hearing-to-answer =
    { $count ->
        [one] De aanbieder reageerde: 1 reactie heeft nog geen antwoord
       *[other] De aanbieder reageerde: { $count } reacties hebben nog geen antwoord
    }
hearing-ready = Alles is klaar om voor te leggen
hearing-own = U kunt reageren tot en met { $day }
hearing-own-advice = Klopt er iets niet? Zeg het per indicator, met bewijs. Hebt u geen opmerkingen? Laat dat dan ook weten.
hearing-runs = De aanbieder kan reageren tot en met { $day }
hearing-runs-advice = Daarna kunt u vaststellen, of eerder als de aanbieder geen opmerkingen heeft.
hearing-heard-advice = Beide kanten zijn gehoord.
finalise-lines-open = Let op: over de kostenregels is nog niet alles gezegd
finalise-lines-tally = { $waiting } van { $lines } regels zijn niet bevestigd, { $contested } betwist en { $corrected } gecorrigeerd. Vaststellen kan; daarna kan niemand er nog iets over zeggen.
finalise-lines-look = Bekijk de regels
hearing-in-the-way = Vaststellen kan nog niet
hearing-replaces = Versie { $version } komt in de plaats van versie { $before }, die is vastgesteld
hearing-replaces-facts = Er is opnieuw berekend, omdat er na het vaststellen iets in de gegevens veranderde.
hearing-instead = Berekend: { $computed }. Oordeel: { $verdict }, omdat: { $reason } ({ $name }, { $day })
hearing-computed = Berekend: { $verdict } ({ $count }).
hearing-otherwise = Een ander oordeel
hearing-ruling = Anders oordelen
hearing-ruling-title = Anders oordelen over indicator { $number }: { $name }
hearing-ruling-stays = Wat is berekend, verandert niet en blijft te lezen.
hearing-ruling-shown = Uw oordeel en uw reden staan erbij, ook in het rapport.
hearing-ruling-stricter = Wordt het oordeel strenger, dan legt u het kwartaal opnieuw voor aan de aanbieder.
hearing-ruling-choice = Uw oordeel
hearing-ruling-back = Toch zoals berekend: { $verdict }
hearing-ruling-reason = Waarom
hearing-ruling-reason-hint = Zonder reden kan het niet. De aanbieder leest dit woord voor woord.
hearing-ruling-missing = Kies een oordeel.
hearing-ruling-send = Oordeel vastleggen
hearing-correct = Herzien
hearing-correct-title = Herzien: { $quarter }, { $name }
hearing-correct-new = Er komt een nieuwe versie in de plaats van versie { $version }. Die blijft bewaard zoals zij is.
hearing-correct-open = Het kwartaal is weer open: er kan weer een opgave in, en alles wordt opnieuw berekend.
hearing-correct-heard = De nieuwe versie legt u eerst weer voor aan de aanbieder.
hearing-correct-facts = Deze versie ontstond doordat er na het vaststellen iets in de gegevens veranderde. Schrijf op wat er aan de hand is.
hearing-correct-reason = Waarom wordt het kwartaal herzien?
hearing-correct-hint = De aanbieder leest dit, en het staat in het rapport.
hearing-correct-reason-link = Reden opschrijven
hearing-correct-send = Nieuwe versie maken
hearing-correct-keep = Reden bewaren
hearing-event-opened = Versie { $version } ter reactie voorgelegd, tot en met { $day }
hearing-event-done = De aanbieder heeft geen (verdere) opmerkingen
hearing-event-override = Ander oordeel over indicator { $number }
hearing-event-adopted = Reactie overgenomen bij indicator { $number }
hearing-event-not-adopted = Reactie niet overgenomen bij indicator { $number }
hearing-mail-reaction = uw reactie op afspraak { $number }
hearing-mail-no-remarks = u hebt geen (verdere) opmerkingen
hearing-work-answer =
    { $count ->
        [one] 1 reactie op een kwartaal beantwoorden
       *[other] { $count } reacties op een kwartaal beantwoorden
    }
hearing-work-final =
    { $count ->
        [one] Kwartaal van 1 aanbieder vaststellen
       *[other] Kwartaal van { $count } aanbieders vaststellen
    }
hearing-work-runs =
    { $count ->
        [one] 1 aanbieder kan reageren op een kwartaal
       *[other] { $count } aanbieders kunnen reageren op een kwartaal
    }
hearing-task = Voorlopige uitkomst van het { $quarter }
hearing-task-until = Reageren kan tot en met { $day }.
hearing-refused-not-heard = Leg deze versie eerst voor aan de aanbieder. Zonder diens kant wordt er niets vastgesteld.
hearing-refused-already = Deze versie is al voorgelegd.
hearing-refused-runs = De aanbieder kan nog reageren tot en met { $day }. Daarna kunt u vaststellen, of eerder als de aanbieder geen opmerkingen heeft.
hearing-refused-over = Reageren kan niet meer: de termijn is voorbij, of er zijn geen opmerkingen.
hearing-refused-unanswered =
    { $count ->
        [one] Er is nog 1 reactie zonder antwoord. Beantwoord die eerst.
       *[other] Er zijn nog { $count } reacties zonder antwoord. Beantwoord die eerst.
    }
hearing-refused-answered = { $name } heeft deze reactie al beantwoord.
hearing-refused-unexplained = Schrijf eerst op waarom dit kwartaal wordt herzien.
hearing-refused-not-final = Dit kwartaal is niet vastgesteld. U hoeft het niet te herzien.
hearing-refused-words = Schrijf op wat u wilt zeggen.
hearing-refused-bsn = Er staat een getal in dat een burgerservicenummer kan zijn. Haal het weg.
hearing-refused-piece = Een van de bewijsstukken is er niet meer, of kan niet worden geopend. Kies opnieuw.
hearing-refused-same = Dat oordeel staat er al. Kies een ander.
quarters-title = Kwartalen van alle aanbieders
quarters-found =
    { $count ->
        [one] 1 van { $all } aanbieders
       *[other] { $count } van { $all } aanbieders
    }
quarters-none = Geen enkele aanbieder past bij deze keuze
quarters-key = Per indicator de uitkomst. Een * is een ander oordeel dan is berekend.
quarters-filter = Wacht op
quarters-everybody = Iedereen
quarters-filter-us = De gemeente
quarters-filter-provider = De aanbieder
quarters-filter-nobody = Niemand meer
quarters-waits = Wacht op
quarters-waits-statement = Aanbieder: opgave
quarters-waits-reaction = Aanbieder: reactie
quarters-waits-judging = Gemeente: berekenen
quarters-waits-opening = Gemeente: voorleggen
quarters-waits-answer = Gemeente: antwoord
quarters-waits-final = Gemeente: vaststellen
quarters-waits-nobody = Niemand
quarters-until = tot en met { $day }
quarters-due = Uiterlijk
quarters-received-on = Opgave ontvangen
quarters-reminded-on = herinnerd op { $day }
quarters-not-judged = Nog niet berekend
quarters-mark = { $verdict }, { $part } van { $whole }
quarters-overridden = { $words }; anders dan berekend
quarters-remind = Gekozen aanbieders herinneren
quarters-remind-none = Zet een vinkje bij wie u wilt herinneren.
quarters-remind-title =
    { $count ->
        [one] 1 aanbieder herinneren
       *[other] { $count } aanbieders herinneren
    }
quarters-remind-what = Waaraan
quarters-remind-before = Laatste herinnering
quarters-remind-reaction = Reageren op de voorlopige uitkomst, kan tot en met { $day }
quarters-remind-statement = Opgave indienen, tot en met { $day }
quarters-remind-late = Opgave is te laat, had op { $day } binnen moeten zijn
quarters-remind-send = Herinnering versturen
quarters-reminded =
    { $count ->
        [one] 1 aanbieder is herinnerd.
       *[other] { $count } aanbieders zijn herinnerd.
    }
quarters-csv = Deze lijst als CSV
quarters-xlsx = Deze lijst als Excel-bestand
quarters-what-if = Wat als
quarters-what-if-title = Wat als: een instelling uitproberen
quarters-what-if-lead = U ziet welke uitkomsten anders zouden worden. Er wordt niets bewaard.
quarters-what-if-stored = Dit is alleen uitgerekend, met de gegevens van nu. De instelling is niet veranderd.
quarters-setting = Instelling
quarters-setting-now = { $what } (nu { $now })
quarters-value = Andere waarde
quarters-value-hint = Een heel getal. Laat leeg voor een indicator zonder norm.
quarters-value-wrong = Deze waarde past niet bij de instelling. Vul een heel getal in; een norm is hoogstens 100.
quarters-try = Uitrekenen
quarters-changed =
    { $count ->
        [0] Niets wordt anders bij { $all } aanbieders
        [one] 1 uitkomst wordt anders, bij { $all } aanbieders
       *[other] { $count } uitkomsten worden anders, bij { $all } aanbieders
    }
quarters-unchanged = Deze waarde verandert geen enkele uitkomst.
quarters-now = Nu
quarters-then = Dan
report-hearing = Hoor en wederhoor
report-no-hearing = Dit kwartaal is nog niet ter reactie voorgelegd.
report-hearing-put = Versie { $version } is op { $day } door { $name } ter reactie voorgelegd. De aanbieder kon reageren tot en met { $until }.
report-hearing-done = Op { $day } liet { $name } weten geen (verdere) opmerkingen te hebben.
report-instead = Berekend: { $computed }. Oordeel: { $verdict }.
report-instead-why = Omdat: { $reason } ({ $name }, { $day })
report-decision-instead = oordeel; berekend: { $verdict }
report-adopted = Antwoord van de gemeente: overgenomen.
report-not-adopted = Antwoord van de gemeente: niet overgenomen.
report-said-by = ({ $name }, { $day })
report-said-evidence = Bewijs: { $files }.
report-note-replaces = In de plaats van versie { $version }
report-note-replaces-facts = Er is opnieuw berekend, omdat er na het vaststellen iets in de gegevens veranderde.
## budget

page-menu-budget = Begroting
budget-alarm = { $percent }% besteed
budget-alarm-text = Bespreek dit binnen 2 weken. Financiën heeft er één keer een mail over gekregen.
budget-alarm-title = Meer dan { $percent }% besteed
budget-already-back = Deze boeking is al teruggeboekt.
budget-already-waits = Deze cliënt staat al op de wachtlijst van dit product.
budget-amount = Bedrag
budget-amount-hint = In euro’s, zonder btw. Bijvoorbeeld 438.198 of 1.250,50.
budget-amount-of-year = Budget voor dit jaar
budget-amount-wrong = Vul een bedrag in euro’s in, bijvoorbeeld 438.198 of 1.250,50.
budget-approve = Goedkeuren
budget-contact-said = Contactpersoon: { $word }
budget-approve-do = Keur de aangevinkte regels goed
budget-approved-lines = Goedgekeurde regels
budget-averages = Gemiddelden
budget-back-text = Er komt een boeking met hetzelfde bedrag onder nul. Beide blijven te lezen.
budget-batch-empty = Op
budget-batch-left = Nog te gebruiken
budget-batch-over = Meer opgegeven dan betaald
budget-batches = Vooraf betaalde partijen
budget-book = Overige kosten boeken
budget-book-do = Boek
budget-bookings = Boekingen
budget-bought = Gekocht
budget-budget = Budget
budget-by-month = Per maand
budget-by-product = Per product
budget-by-profile = Per cliëntprofiel
budget-by-provider = Per aanbieder
budget-by-source = Per financieringsbron
budget-cannot-be-told = Niet te berekenen
budget-case = Dossier
budget-category = Soort kosten
budget-category-hint = In uw eigen woorden, bijvoorbeeld vervoer of loonkostensubsidie.
budget-changed-meanwhile = Dit is intussen veranderd. Open de pagina opnieuw.
budget-choose-period = Kies deze maanden
budget-choose-source = Kies een financieringsbron.
budget-client = Cliënt
budget-client-hint = Het nummer dat de gemeente gebruikt. Schrijf hier geen naam of BSN.
budget-client-number = Cliëntnummer
budget-committed = Verplicht
budget-committed-lead = Wat de trajecten die nu lopen dit jaar nog gaan kosten.
budget-contact = Contactpersoon
budget-control = Per product, per profiel, per aanbieder en per maand komt de telling op hetzelfde bedrag uit.
budget-control-sum = Controlesom zonder btw
budget-count = Tel opnieuw
budget-count-title = Hoe dit is geteld
budget-counted = Geteld op
budget-day-wrong = Vul een dag in die niet vóór de indicatie en niet in de toekomst ligt.
budget-demo-as-finance = financiën
budget-description = Omschrijving
budget-description-hint = Schrijf geen namen of nummers van mensen op.
budget-done-approved = De regels zijn goedgekeurd en het jaar is opnieuw geteld.
budget-done-booked = De boeking is bewaard.
budget-done-counted = Het jaar is opnieuw geteld.
budget-done-set = Het budget is bewaard.
budget-done-waiting = De wachtlijst is bijgewerkt.
budget-download-logged = Elke download komt in het logboek, met de controlesom.
budget-drawn = Gebruikt
budget-end-day = Op welke dag
budget-end-how = Wat is er gebeurd
budget-end-left = Van de lijst af zonder plaats
budget-end-placed = Geplaatst
budget-end-reason = Reden, als iemand zonder plaats van de lijst gaat
budget-end-title = Van de wachtlijst af
budget-ends = Einddatum
budget-every = Alle
budget-export-lead = De goedgekeurde regels van een of meer maanden, als lijst en als gegevens voor een factuur in UBL.
budget-file-lines-csv = Goedgekeurde regels (CSV)
budget-file-lines-xlsx = Goedgekeurde regels (XLSX)
budget-file-ubl-csv = Gegevens voor UBL-facturen (CSV)
budget-file-ubl-xlsx = Gegevens voor UBL-facturen (XLSX)
budget-files = Bestanden
budget-find = Zoek
budget-forecast = Prognose
budget-from = Van
budget-from-month = Vanaf maand
budget-history = Geschiedenis
budget-how = Zo is het geteld
budget-how-alarm = Het percentage is besteed gedeeld door budget, naar beneden afgerond. Vanaf { $percent }% krijgt financiën één keer per bron en jaar een mail.
budget-how-committed = Per lopend traject: het tarief dat in die maand geldt × wat nog geleverd wordt tot en met de maand van de einddatum, voor zover dat in dit jaar valt. Aannames: er komt geen verlenging; wie na de einddatum doorloopt, loopt tot en met deze maand; uren en stuks worden tot hun maximum geleverd, gelijk verdeeld over de maanden; termijnen vallen gelijk verdeeld tussen start en einde; een resultaatbonus telt pas als het resultaat er is; een vooraf betaalde partij is al betaald; bij werkelijke kosten telt het plafond; na het laatste bekende tarief blijft dat gelden.
budget-how-forecast = Besteed + niet bevestigd + verplicht tot en met 31 december. Trajecten die nog moeten beginnen, tellen niet mee.
budget-how-left = Het budget min de prognose.
budget-how-open = Kostenregels van dit jaar die nog niemand heeft goedgekeurd. Zij tellen nooit vanzelf als besteed.
budget-how-outflow = Besteed aan trajecten, gedeeld door de { $count } cliënten met een traject die dit jaar door werk uit de uitkering gingen.
budget-how-spent = Kostenregels die financiën heeft goedgekeurd, in de maand waarin de levering begint, partijen die dit jaar zijn betaald, en overige kosten. Regels die een betaalde partij gebruiken, tellen niet nog een keer.
budget-how-trajectory = Besteed aan trajecten, gedeeld door de { $count } trajecten met een goedgekeurde regel in dit jaar.
budget-indication = Indicatie op
budget-invoice = Factuur
budget-join = Zet iemand op de wachtlijst
budget-join-do = Zet op de lijst
budget-kvk = KvK-nummer
budget-later = Verplicht na dit jaar
budget-left = Over
budget-left-out = Niet bevestigd, niet in de bestanden
budget-line = regel
budget-line-state = Stand
budget-lines-found = { $count } regels
budget-lines-lead = De kostenregels waarop de bedragen rusten. Regels die een vooraf betaalde partij gebruiken, staan bij Plaatsen.
budget-lines-title = Kostenregels
budget-month = Maand
budget-month-hint = Bijvoorbeeld 2026-03.
budget-month-wrong = Vul een maand van dit jaar in, bijvoorbeeld 2026-03.
budget-name-missing = Vul de naam van de financieringsbron in.
budget-name-taken = Er is al een bron met deze naam. Open die bron om het budget van dit jaar in te vullen.
budget-never-counted = Dit jaar is nog niet geteld. Dat gebeurt elke ochtend als er een budget is.
budget-new-source = Financieringsbron toevoegen
budget-no-batches = Er is niets vooraf betaald.
budget-no-bookings = Er zijn geen overige kosten geboekt.
budget-no-budget = Geen budget ingevuld
budget-no-figures = Er is nog niets geteld.
budget-no-lines = Er zijn geen regels die hierbij passen.
budget-no-places = Geen product heeft een aantal plaatsen of een aantal per jaar.
budget-no-sources = Vul eerst een financieringsbron met een budget in.
budget-nobody-waits = Er wacht niemand.
budget-none-running = Er loopt geen traject dat hierbij past.
budget-noted-by = Geboekt door
budget-of-which-other = waarvan overige kosten
budget-off-list = Van de lijst op { $day }
budget-open = Niet bevestigd
budget-other-lead = Kosten die niet bij één traject horen, per maand en per bron.
budget-over = { $percent }% besteed, prognose boven budget
budget-overtaken = Na deze telling kwam nog een opgave binnen. Tel opnieuw.
budget-paid = Betaald
budget-pays = Betaalt deze producten
budget-pays-hint = Een product hoort per jaar bij één bron.
budget-per-outflow = Gemiddelde kosten per uitstroom naar werk
budget-per-trajectory = Gemiddelde kosten per traject
budget-period-wrong = Kies twee maanden van dit jaar, de eerste niet na de laatste.
budget-placed = Geplaatst op { $day }
budget-places = Plaatsen en aantal per jaar
budget-places-lead = Wat vooraf betaald is, welke plaatsen bezet zijn en wie wacht, op volgorde van de indicatie.
budget-product = Product
budget-product-taken = Een van deze producten hoort dit jaar al bij { $source }.
budget-profile = Cliëntprofiel
budget-provider = Aanbieder
budget-providers-lead = Op alfabet. Dit is geen rangorde.
budget-quantity = Aantal
budget-quarter = Kwartaal
budget-reason = Reden
budget-reason-missing = Schrijf de reden op.
budget-remind = Financieringsbronnen die de alarmgrens passeerden: { $count }
budget-running = Trajecten die nu lopen
budget-same = Dit staat er al zo.
budget-save = Bewaar
budget-since = Sinds
budget-source = Financieringsbron
budget-source-hint = Bijvoorbeeld Participatiebudget.
budget-source-lead = Elke verandering is een nieuwe versie; de vorige blijft te lezen.
budget-spent = Besteed
budget-state = Stand
budget-state-approved = Goedgekeurd
budget-state-open = Niet bevestigd
budget-stated = Opgegeven door de aanbieder
budget-still = Nog over
budget-tab-committed = Verplicht
budget-tab-export = Uitvoer
budget-tab-lines = Regels
budget-tab-other = Overige kosten
budget-tab-places = Plaatsen
budget-tab-providers = Per aanbieder
budget-tab-year = Begroting { $year }
budget-tabs = Onderdelen van de begroting
budget-take-back = Terugboeken
budget-taken = Bezet
budget-taken-back = Teruggeboekt
budget-tariff = Tarief
budget-text-missing = Vul dit in.
budget-this-year = Geleverd dit jaar
budget-tick-one = Vink minstens één regel aan.
budget-title = Begroting { $year }
budget-to-come = Nog te leveren
budget-too-long = Dit is te lang. Er passen hier { $count } tekens.
budget-total = Totaal
budget-trajectories-found = { $count } trajecten
budget-unit = Eenheid
budget-unknown = Van { $count } lopende trajecten is niet te berekenen wat zij nog gaan kosten: er is geen tarief, geen einddatum of geen maximum. Zij staan bij Verplicht.
budget-until = Tot en met
budget-until-month = Tot en met maand
budget-vat = Btw
budget-version = Versie { $number }
budget-waiting = Wachtend
budget-waiting-list = Wachtlijst
budget-waits = Wacht
budget-within = { $percent }% besteed
budget-without-profile = Vooraf betaalde partijen
budget-without-source = Nog geen bron
budget-year = { $year }
