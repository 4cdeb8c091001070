# Open House, the English texts.
product-name = Open House

## facts
facts-fault-empty = The file is empty. Give a JSON file with quarter facts.
facts-fault-not-utf8 = The file is not UTF-8 (byte { $byte }). Save it again as UTF-8.
facts-fault-truncated = The file stops halfway. Make it again or send it once more.
facts-fault-not-json = This is not valid JSON: line { $line }, character { $column }.
facts-fault-number-too-large = There is too large a number on line { $line }, character { $column }.
facts-fault-too-deep = The lists and objects are nested too deeply. These are no quarter facts.
facts-fault-unknown = { $path }: this field is not known. Remove it.
facts-fault-unknown-nearest = { $path }: this field is not known. Do you mean { $nearest }?
facts-fault-missing = { $path }: this field must be filled in.
facts-fault-duplicate = { $path }: this field is there twice. Leave one.
facts-fault-not-expected = { $path }: expected is { $expected }, found is { $found }.
facts-fault-whole-not-expected = The file should be { $expected }, found is { $found }.
facts-fault-unreadable = The file cannot be read: { $detail }.
facts-fault-below-indicative = { $path }: this number must be at least { $least }, like small.indicative_below.
facts-expected-text = a text
facts-expected-date = a date that exists, as YYYY-MM-DD
facts-expected-quarter = a quarter, as 2026-Q3
facts-expected-kvk = a KvK number of eight digits
facts-expected-flag = true or false
facts-expected-whole = a whole number from { $from } to { $to }
facts-expected-whole-or-null = a whole number from { $from } to { $to }, or null
facts-expected-exactly = "{ $word }"
facts-expected-one-of = one of these codes: { $words }
facts-expected-list = a list […]
facts-expected-object = an object {"{"}…{"}"}
