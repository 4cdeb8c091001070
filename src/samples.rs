//! Every page with invented contents (voorbeelden), drawn in both languages: `cargo run --example screens DIR` writes
//! them out to look at, and the test below holds them to the rules of a page.

use crate::page::sample::Sample;
use crate::text::Lang;
use crate::{
    account, admin, agreement, app, assessment, budget, consultation, desk, evidence, front, mine, page, planning,
    provider, report, statement,
};

pub fn all(lang: Lang) -> Vec<Sample> {
    [
        account::web::sample::samples(lang),
        desk::web::sample::samples(lang),
        desk::quarters::sample::samples(lang),
        desk::bench::sample::samples(lang),
        desk::accession::sample::samples(lang),
        desk::life::sample::samples(lang),
        desk::confirming::sample::samples(lang),
        desk::indexing::sample::samples(lang),
        front::web::sample::samples(lang),
        agreement::web::sample::samples(lang),
        agreement::web::assortment_sample::samples(lang),
        planning::web::sample::samples(lang),
        budget::web::sample::samples(lang),
        mine::web::sample::samples(lang),
        mine::signing::sample::samples(lang),
        provider::web::sample::samples(lang),
        desk::paper::sample::samples(lang),
        assessment::web::sample::samples(lang),
        assessment::web::sample_hearing::samples(lang),
        statement::web::sample::samples(lang),
        evidence::web::sample::samples(lang),
        report::web::samples(lang),
        report::letter::web::samples(lang),
        app::public::samples(lang),
        admin::web::sample::samples(lang),
        admin::web::office_sample::samples(lang),
        admin::web::product_sample::samples(lang),
        admin::web::procedure_sample::samples(lang),
        admin::web::procedure_edit_sample::samples(lang),
        consultation::web::sample::samples(lang),
        page::sample::samples(lang),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;

    #[test]
    fn every_page_keeps_the_rules_of_a_page_in_both_languages() {
        let mut drawn = 0;
        for lang in [Lang::Nl, Lang::En] {
            for Sample { name, html } in all(lang) {
                let html = html.unwrap_or_else(|fault| panic!("{name} in {lang}: {fault}"));
                assert_eq!(faults(&html, lang), Vec::<String>::new(), "{name} in {lang}");
                drawn += 1;
            }
        }
        assert!(drawn >= 60, "only {drawn} pages were drawn");
    }

    #[test]
    fn no_two_samples_have_the_same_name() {
        let mut names: Vec<_> = all(Lang::Nl).into_iter().map(|sample| sample.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn a_page_that_breaks_the_rules_is_seen() {
        let page = |head: &str, body: &str| {
            format!("<!DOCTYPE html>\n<html lang=\"nl\"><head>{head}</head><body><main>{body}</main></body></html>")
        };
        let good = page("<title>A – B</title>", "<h1>A</h1>");
        assert_eq!(faults(&good, Lang::Nl), Vec::<String>::new());
        for bad in [
            page("", "<h1>A</h1>"),
            page("<title>A – B</title>", "<h2>A</h2>"),
            page("<title>A – B</title>", "<h1>A</h1><h1>B</h1>"),
            page("<title>A – B</title>", "<h1>A</h1><h3>B</h3>"),
            page("<title>A – B</title>", "<h1 style=\"color:red\">A</h1>"),
            page("<title>A – B</title>", "<h1>A</h1><script>1</script>"),
            page("<title>A – B</title>", "<h1>A</h1><p>"),
            page("<title>A – B</title>", "<h1>A</h1><p id=\"a\"></p><p id=\"a\"></p>"),
            page("<title>A – B</title>", "<h1>A</h1><a href=\"#weg\">B</a>"),
            page("<title>A – B</title>", "<h1>A</h1><p>No localization for id: \"a\"</p>"),
            page("<title>A – B</title>", "<h1>A</h1><button disabled=\"\">B</button>"),
        ] {
            assert_ne!(faults(&bad, Lang::Nl), Vec::<String>::new(), "{bad}");
        }
        assert_ne!(faults(&good, Lang::En), Vec::<String>::new());
    }

    fn is_own_module(start: &quick_xml::events::BytesStart<'_>) -> bool {
        let attribute = |wanted: &str| {
            let mut all = start.html_attributes().flatten();
            all.find(|one| one.key.as_ref() == wanted).map(|one| one.value.to_string()).unwrap_or_default()
        };
        attribute("type") == "module" && attribute("src").starts_with("/middelen/")
    }

    /// What is wrong with a page: it is read as XML, with the elements that HTML leaves open closed first.
    fn faults(html: &str, lang: Lang) -> Vec<String> {
        let mut faults = Vec::new();
        if html.contains("No localization for id") || html.contains("{$") {
            faults.push("a text without words".to_owned());
        }
        let mut open: Vec<String> = Vec::new();
        let (mut ids, mut links) = (Vec::new(), Vec::new());
        let (mut titles, mut first_headings, mut level, mut language) = (0, 0, 0, String::new());
        let mut reader = Reader::from_str(html);
        reader.config_mut().check_end_names = false;
        loop {
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(fault) => {
                    faults.push(format!("not well formed: {fault}"));
                    return faults;
                }
            };
            let (start, closed) = match &event {
                Event::Eof => break,
                Event::Start(start) => (start, false),
                Event::Empty(start) => (start, true),
                Event::End(end) => {
                    let name = end.name().as_ref().to_string();
                    if open.pop().as_deref() != Some(name.as_str()) {
                        faults.push(format!("</{name}> closes something else"));
                    }
                    continue;
                }
                _ => continue,
            };
            let name = start.name().as_ref().to_string();
            match name.as_str() {
                // A module of our own is served; words of script between the tags are refused by the browser.
                "script" if is_own_module(start) => {}
                "script" | "style" | "iframe" => faults.push(format!("<{name}> is not allowed")),
                "title" if open.last().is_some_and(|parent| parent == "head") => titles += 1,
                "h1" => first_headings += 1,
                _ => {}
            }
            if let Some(now) = name.strip_prefix('h').and_then(|digit| digit.parse::<u32>().ok()) {
                // An error summary stands above the title of the page with a heading of its own.
                if now > level + 1 && first_headings > 0 {
                    faults.push(format!("<{name}> skips a level"));
                }
                level = now;
            }
            for attribute in start.html_attributes().flatten() {
                let value = attribute.value.to_string();
                match attribute.key.as_ref() {
                    "style" => faults.push(format!("<{name} style> is not allowed")),
                    "disabled" => faults.push(format!("<{name} disabled>: the server answers instead")),
                    "id" if ids.contains(&value) => faults.push(format!("id {value} stands there twice")),
                    "id" => ids.push(value),
                    "href" if value.starts_with('#') => links.push(value),
                    "lang" if name == "html" => language = value,
                    key if key.starts_with("on") => faults.push(format!("<{name}> carries script")),
                    _ => {}
                }
            }
            let leaves_open = ["meta", "link", "input", "br", "img", "hr"].contains(&name.as_str());
            if !closed && !leaves_open {
                open.push(name);
            }
        }
        faults.extend(
            links.iter().filter(|link| !ids.contains(&link[1..].to_owned())).map(|l| format!("{l} leads nowhere")),
        );
        faults.extend(open.iter().map(|name| format!("<{name}> is never closed")));
        if titles != 1 {
            faults.push(format!("{titles} titles"));
        }
        if first_headings != 1 {
            faults.push(format!("{first_headings} h1"));
        }
        if language != lang.as_str() {
            faults.push(format!("the page says it is in {language:?}"));
        }
        faults
    }
}
