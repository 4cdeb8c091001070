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
