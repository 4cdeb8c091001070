//! The colour profile of the file: sRGB (IEC 61966-2-1) as a small ICC profile of version 2, made here.

/// Primaries of sRGB adapted to the D50 white of the profile connection space, in red, green, blue order.
const PRIMARIES: [[f64; 3]; 3] =
    [[0.436_07, 0.222_49, 0.013_92], [0.385_15, 0.716_87, 0.097_08], [0.143_07, 0.060_61, 0.714_10]];
const D50: [f64; 3] = [0.9642, 1.0, 0.8249];
/// Steps of the tone curve; enough to follow it within a sixteen-bit step or two.
const STEPS: u32 = 1024;

pub fn srgb() -> Vec<u8> {
    let curve = tone_curve();
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", description("sRGB")),
        (b"cprt", [b"text\0\0\0\0".as_slice(), b"CC0\0"].concat()),
        (b"wtpt", xyz(D50)),
        (b"rXYZ", xyz(PRIMARIES[0])),
        (b"gXYZ", xyz(PRIMARIES[1])),
        (b"bXYZ", xyz(PRIMARIES[2])),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data: Vec<u8> = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    let mut last: Option<(Vec<u8>, usize)> = None;
    for (signature, content) in tags {
        // The three curves are one.
        let place = match &last {
            Some((same, place)) if *same == content => *place,
            _ => {
                let place = start + data.len();
                data.extend_from_slice(&content);
                data.resize(data.len().next_multiple_of(4), 0);
                place
            }
        };
        table.extend_from_slice(signature);
        table.extend_from_slice(&(place as u32).to_be_bytes());
        table.extend_from_slice(&(content.len() as u32).to_be_bytes());
        last = Some((content, place));
    }
    let mut profile = header((start + data.len()) as u32);
    profile.extend(table);
    profile.extend(data);
    profile
}

/// 128 bytes: version 2.1, a monitor, RGB seen through XYZ, perceptual.
fn header(size: u32) -> Vec<u8> {
    let mut header = Vec::with_capacity(128);
    header.extend_from_slice(&size.to_be_bytes());
    header.extend_from_slice(&[0; 4]);
    header.extend_from_slice(&[2, 0x10, 0, 0]);
    header.extend_from_slice(b"mntrRGB XYZ ");
    for part in [2026u16, 1, 1, 0, 0, 0] {
        header.extend_from_slice(&part.to_be_bytes());
    }
    header.extend_from_slice(b"acsp");
    header.resize(68, 0);
    header.extend(D50.iter().flat_map(|part| fixed_point(*part)));
    header.resize(128, 0);
    header
}

fn description(name: &str) -> Vec<u8> {
    let mut tag = b"desc\0\0\0\0".to_vec();
    tag.extend_from_slice(&(name.len() as u32 + 1).to_be_bytes());
    tag.extend_from_slice(name.as_bytes());
    tag.push(0);
    // No Unicode name and no Macintosh name.
    tag.resize(tag.len() + 4 + 4 + 2 + 1 + 67, 0);
    tag
}

fn xyz(parts: [f64; 3]) -> Vec<u8> {
    let mut tag = b"XYZ \0\0\0\0".to_vec();
    tag.extend(parts.iter().flat_map(|part| fixed_point(*part)));
    tag
}

/// "If V ≤ 0.04045 then V / 12.92, else ((V + 0.055) / 1.055) ^ 2.4" (IEC 61966-2-1).
fn tone_curve() -> Vec<u8> {
    let mut tag = b"curv\0\0\0\0".to_vec();
    tag.extend_from_slice(&STEPS.to_be_bytes());
    for step in 0..STEPS {
        let v = f64::from(step) / f64::from(STEPS - 1);
        let linear = if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
        tag.extend_from_slice(&((linear * 65535.0).round() as u16).to_be_bytes());
    }
    tag
}

fn fixed_point(value: f64) -> [u8; 4] {
    ((value * 65536.0).round() as i32).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_knows_its_own_size_and_every_tag_lies_inside_it() {
        let profile = srgb();
        let number = |at: usize| u32::from_be_bytes(profile[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(number(0), profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        for tag in 0..number(128) {
            let (place, size) = (number(132 + tag * 12 + 4), number(132 + tag * 12 + 8));
            assert!(place % 4 == 0 && place + size <= profile.len());
        }
    }

    #[test]
    fn white_is_white_and_black_is_black() {
        let sum = |axis: usize| PRIMARIES.iter().map(|primary| primary[axis]).sum::<f64>();
        for (axis, white) in D50.iter().enumerate() {
            assert!((sum(axis) - white).abs() < 0.001);
        }
        let curve = tone_curve();
        assert_eq!(curve[12..14], [0, 0]);
        assert_eq!(curve[curve.len() - 2..], [0xff, 0xff]);
    }
}
