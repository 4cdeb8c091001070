//! The letters about the applications (brieven), as files in the folder of the demonstration: the same that stand in the
//! dossiers.

use anyhow::Context;

use crate::actor::Actor;
use crate::demo::Municipality;
use crate::demo::load::Loading;
use crate::dossier;
use crate::report::letter::gather::{Sender, written};
use crate::report::letter::shelf;
use crate::text::Lang;

/// Makes every letter there is, and answers how many.
pub fn write_letters(to: &Loading<'_>, town: &Municipality, tenant: i64, public_url: &str) -> anyhow::Result<usize> {
    let (actor, sender) = (Actor::system(tenant), Sender { municipality: town.name, public_url });
    let folder = to.folder.join("brieven");
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let mut count = 0;
    for application in to.db.read(|conn| dossier::store::all(conn, &actor, &[]))? {
        for one in to.db.read(|conn| written(conn, &actor, application.id))? {
            let made = shelf::shelved(to.shelf(), &actor, to.now, sender, &application, one, Lang::Nl)?;
            let letter = made.with_context(|| format!("{} has no letter {}", application.number, one.path()))?;
            let path = folder.join(format!("{}-{}.pdf", application.number, one.path()));
            std::fs::write(&path, shelf::bytes(to.files, &letter.pdf)?)
                .with_context(|| format!("{} cannot be written", path.display()))?;
            count += 1;
        }
    }
    Ok(count)
}
