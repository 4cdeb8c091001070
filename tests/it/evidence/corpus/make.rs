//! Making files (bestanden maken): small whole ones, so that one thing at a time can be wrong with them.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A PDF of one empty page with these further objects (the first is number 4), its catalog holding `catalog`.
pub fn pdf_with(catalog: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>").into_bytes(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>".to_vec(),
    ];
    objects.extend_from_slice(more);
    pdf_of(&objects, "")
}

/// The same with objects that are plain text.
pub fn pdf(catalog: &str, more: &[&str]) -> Vec<u8> {
    pdf_with(catalog, &more.iter().map(|object| object.as_bytes().to_vec()).collect::<Vec<_>>())
}

/// A PDF of these objects, the first being the catalog.
pub fn pdf_of(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let table = file.len();
    file.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        file.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let size = objects.len() + 1;
    file.extend_from_slice(
        format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").as_bytes(),
    );
    file
}

/// An object that is a stream.
pub fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {dictionary} /Length {} >>\nstream\n", content.len()).into_bytes();
    object.extend_from_slice(content);
    object.extend_from_slice(b"\nendstream");
    object
}

pub fn packed(content: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

/// So many noughts, packed, without ever holding them.
pub fn packed_noughts(megabytes: usize) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    let million = vec![0; 1024 * 1024];
    (0..megabytes).for_each(|_| packer.write_all(&million).unwrap());
    packer.finish().unwrap()
}

pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const DOCX_TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const XLSX_TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const TEXT: &[u8] =
    b"<?xml version=\"1.0\"?><w:document><w:body><w:p><w:r><w:t>Polis</w:t></w:r></w:p></w:body></w:document>";

pub fn docx_types() -> &'static [u8] {
    DOCX_TYPES.as_bytes()
}

/// A document of one word, with these further parts.
pub fn docx(more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts = vec![("[Content_Types].xml", DOCX_TYPES.as_bytes()), ("word/document.xml", TEXT)];
    parts.extend_from_slice(more);
    zip(&parts)
}

pub fn xlsx(more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts = vec![("[Content_Types].xml", XLSX_TYPES.as_bytes()), ("xl/workbook.xml", &b"<workbook/>"[..])];
    parts.extend_from_slice(more);
    zip(&parts)
}

/// The relations of a document with one of this kind that lies outside.
pub fn relation(kind: &str, mode: &str) -> Vec<u8> {
    let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    format!(r#"<Relationships><Relationship Id="r1" Type="{base}/{kind}" Target="https://elders.example/x" {mode}/></Relationships>"#)
        .into_bytes()
}

pub fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(body);
    [&(body.len() as u32).to_be_bytes()[..], kind, body, &crc.sum().to_be_bytes()].concat()
}

/// A grey PNG of this size by its header; its data are those of one dot.
pub fn png(width: u32, height: u32, more: &[u8]) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let data = chunk(b"IDAT", &packed(&[0, 128]));
    [&b"\x89PNG\r\n\x1A\n"[..], &chunk(b"IHDR", &header), more, &data, &chunk(b"IEND", b"")].concat()
}

pub fn segment(kind: u8, body: &[u8]) -> Vec<u8> {
    [&[0xFF, kind][..], &(body.len() as u16 + 2).to_be_bytes(), body].concat()
}

/// The skeleton of a JPEG: a header, these segments, a size, and a few bytes of picture.
pub fn jpeg(width: u16, height: u16, more: &[u8]) -> Vec<u8> {
    let size = [&[8][..], &height.to_be_bytes(), &width.to_be_bytes(), &[1, 1, 0x11, 0]].concat();
    let scan = segment(0xDA, &[1, 1, 0, 0, 63, 0]);
    let jfif = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    [&b"\xFF\xD8"[..], &jfif, more, &segment(0xC0, &size), &scan, &[0x12, 0x34, 0xFF, 0x00, 0x56], b"\xFF\xD9"].concat()
}
