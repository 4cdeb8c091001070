# Open House, the English texts.
product-name = Open House

## config
config-about-database-url = Where the data are: a file (SQLite) or a PostgreSQL server.
config-about-files = The folder for evidence, statements and reports.
config-about-listen = The address and port the web application listens on.
config-about-public-url = The address users type; it stands in links and mails. When left out: http:// with the listening address.
config-about-log-level = How much is logged: error, warn, info, debug or trace.
config-about-lang = The language of the commands and of new reports: nl or en.
config-expected-database-url = sqlite:PATH or postgres://user:password@server/name
config-expected-files = file:FOLDER
config-expected-listen = an IP address with a port, such as 127.0.0.1:8080
config-expected-public-url = an address without a path, such as https://openhouse.example.org
config-expected-log-level = error, warn, info, debug or trace
config-expected-lang = nl or en
config-source-flag = option { $name }
config-source-env = environment variable { $name }
config-source-secret-file = file { $path } (from { $name })
config-source-file = { $path }, line { $line }
config-source-default = default
config-hidden = (hidden)
config-fault-unknown = { $what } does not exist.
config-fault-nearest = { $what } does not exist. Did you mean { $nearest }?
config-fault-unfit = { $source }: { $key } is { $found }. Expected: { $expected }.
config-fault-twice = { $first } and { $second } are both set. Leave one out.
config-fault-unreadable = { $path } cannot be read: { $cause }
config-fault-toml = { $path }, line { $line }: this is not valid TOML. { $cause }
