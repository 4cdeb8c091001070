//! What the file says about itself: XMP with the identifiers of PDF/A-2a and PDF/UA-1, and an Info dictionary
//! that agrees with it.

use lopdf::{Dictionary, Object, Stream};

use super::super::document::Document;
use super::{dictionary, name, text};

const MADE_WITH: &str = "Open House";

pub fn info(document: &Document) -> Dictionary {
    let made = document.identity.made_on;
    let zone = made.format("%:z").to_string().replace(':', "'");
    let date = Object::string_literal(format!("D:{}{zone}'", made.format("%Y%m%d%H%M%S")));
    dictionary([
        ("Title", text(&document.title)),
        ("Author", text(&document.identity.author)),
        ("Creator", text(MADE_WITH)),
        ("Producer", text(MADE_WITH)),
        ("CreationDate", date.clone()),
        ("ModDate", date),
    ])
}

/// Not compressed: an archive reads it without opening the rest.
pub fn xmp(document: &Document) -> Stream {
    let made = document.identity.made_on.format("%Y-%m-%dT%H:%M:%S%:z");
    let lang = document.lang.tag();
    let title = escape(&document.title);
    let author = escape(&document.identity.author);
    let id = escape(&document.identity.id);
    let packet = format!(
        r#"<?xpacket begin="{mark}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<dc:identifier>{id}</dc:identifier>
<xmp:CreateDate>{made}</xmp:CreateDate>
<xmp:ModifyDate>{made}</xmp:ModifyDate>
<xmp:CreatorTool>{MADE_WITH}</xmp:CreatorTool>
<pdf:Producer>{MADE_WITH}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
{SCHEMA}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#,
        mark = '\u{feff}',
    );
    let entries = dictionary([("Type", name("Metadata")), ("Subtype", name("XML"))]);
    Stream::new(entries, packet.into_bytes()).with_compression(false)
}

/// PDF/A does not know the identifier of PDF/UA; a file that carries both explains it.
const SCHEMA: &str = r#"<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 this file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"#;

fn escape(written: &str) -> String {
    written.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
