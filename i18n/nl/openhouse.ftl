# Open House, de Nederlandse teksten. B1, "u", kort, zeg wat de lezer kan doen.
product-name = Open House

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
report-decision-overridden = berekend: { $verdict }
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
