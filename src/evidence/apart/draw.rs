//! Drawing a page (pagina tekenen): the assessor sees a picture, so nothing in a provider's PDF runs in his browser.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// Of a longer document the rest is read by downloading it.
pub const PAGES_DRAWN: u32 = 20;

/// In dots per inch; a point of a PDF is 1/72 of an inch.
const RESOLUTION: f32 = 150.0;

/// In dots: what is larger than A3 is drawn smaller.
const MAX_SIDE: f32 = 2500.0;

/// The page with this number, counted from one, as PNG.
pub(super) fn page(pdf: Vec<u8>, number: u32) -> Option<Vec<u8>> {
    let pdf = Pdf::new(pdf).ok()?;
    let index = usize::try_from(number).ok()?.checked_sub(1)?;
    let page = pdf.pages().get(index)?;
    let (width, height) = page.render_dimensions();
    let scale = (RESOLUTION / 72.0).min(MAX_SIDE / width.max(height));
    if !(scale.is_finite() && scale > 0.0) || width * scale < 1.0 || height * scale < 1.0 {
        return None;
    }
    let size = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let cache = RenderCache::new();
    render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &size).into_png().ok()
}
