# Open House, de Nederlandse teksten. B1, "u", kort, zeg wat de lezer kan doen.
product-name = Open House

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
