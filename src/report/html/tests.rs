//! The page says what the paper says, and nothing else.

use super::super::check::each_text;
use super::super::quarter::{Sample, quarter_report};
use super::*;

#[test]
fn every_text_of_every_sample_is_on_the_page() {
    for sample in Sample::ALL {
        for lang in Lang::ALL {
            let document = quarter_report(&sample.material(7), *lang);
            let page = html(&document);
            let mut seen = 0;
            each_text(&document, &mut |text, place| {
                // Header and footer are of paper.
                let of_paper = place() == "the page header" || place() == "the page footer";
                for line in text.lines() {
                    let mut escaped = String::new();
                    escape(line, &mut escaped);
                    assert!(of_paper || page.contains(&escaped), "{line:?} of {} is not on the page", place());
                    seen += 1;
                }
            });
            assert!(seen > 100);
        }
    }
}

#[test]
fn what_a_provider_writes_stays_text() {
    let mut material = Sample::EveryVerdict.material(1);
    material.indicators[0].said[1].text = "<script>alert(1)</script> & \"meer\"".into();
    let page = html(&quarter_report(&material, Lang::Nl));
    assert!(!page.contains("<script"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;meer&quot;"));
}

#[test]
fn on_a_telephone_every_value_has_the_heading_of_its_column_beside_it() {
    let page = html(&quarter_report(&Sample::EveryVerdict.material(1), Lang::Nl));
    assert_eq!(page.matches("<td").count(), page.matches(" data-label=\"").count());
    assert!(page.contains("<td data-label=\"Oordeel\"><div><span class=\"status"));
    assert_eq!(page.matches("class=\"drawing wide\"").count(), page.matches("class=\"drawing narrow\"").count());
}

#[test]
fn the_page_carries_no_style_and_no_script() {
    let page = html(&quarter_report(&Sample::EveryVerdict.material(1), Lang::Nl));
    for forbidden in ["style=", "<script", "onclick", "javascript:"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert_eq!(page.matches("<h1>").count(), 1);
    assert_eq!(page.matches("<table class=\"stacked\">").count(), page.matches("<caption").count());
}
