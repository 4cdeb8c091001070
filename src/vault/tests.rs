//! What the vault promises.

use super::*;

const OLD: &str = "1111111111111111111111111111111111111111111111111111111111111111";
const NEW: &str = "2222222222222222222222222222222222222222222222222222222222222222";

fn vault(keys: &[&str]) -> Vault {
    Vault::with_keys(&keys.join("\n")).unwrap()
}

struct Place {
    folder: tempfile::TempDir,
    db: Db,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite:{}", folder.path().join("oh.db").display())).unwrap();
        Place { folder, db }
    }

    fn key_file(&self) -> PathBuf {
        self.folder.path().join("openhouse.key")
    }

    fn unlock(&self) -> Result<Vault, VaultTrouble> {
        let now = "2026-11-02T09:30:00".parse().unwrap();
        Vault::unlock(&self.db, KeyPlace::File { path: &self.key_file(), make: true }, now)
    }
}

#[test]
fn what_was_sealed_opens_for_its_own_purpose_alone() {
    let vault = vault(&[OLD]);
    let sealed = vault.seal("totp/7", b"geheim").unwrap();
    assert_eq!(vault.open("totp/7", &sealed).unwrap(), b"geheim");
    assert!(matches!(vault.open("totp/8", &sealed), Err(VaultTrouble::DoesNotOpen)));
    assert_ne!(sealed, vault.seal("totp/7", b"geheim").unwrap(), "a nonce was used twice");
    assert!(!sealed.contains(&hex(b"geheim")));
}

#[test]
fn a_changed_character_is_seen() {
    let vault = vault(&[OLD]);
    let sealed = vault.seal("totp/7", b"geheim").unwrap();
    for at in sealed.find(':').unwrap() + 1..sealed.len() {
        let other = if &sealed[at..=at] == "0" { "1" } else { "0" };
        let changed = format!("{}{other}{}", &sealed[..at], &sealed[at + 1..]);
        assert!(matches!(vault.open("totp/7", &changed), Err(VaultTrouble::DoesNotOpen)), "{changed}");
    }
    for broken in ["", "geheim", "zz:", &sealed[..30]] {
        assert!(vault.open("totp/7", broken).is_err(), "{broken}");
    }
}

#[test]
fn a_new_key_seals_while_the_old_one_still_opens() {
    let sealed = vault(&[OLD]).seal("totp/7", b"geheim").unwrap();
    let both = vault(&[NEW, OLD]);
    assert_eq!(both.open("totp/7", &sealed).unwrap(), b"geheim");
    let sealed_anew = both.seal("totp/7", b"geheim").unwrap();
    assert_eq!(vault(&[NEW]).open("totp/7", &sealed_anew).unwrap(), b"geheim");
    assert!(matches!(vault(&[NEW]).open("totp/7", &sealed), Err(VaultTrouble::OtherKey(_))));
}

#[test]
fn what_is_no_key_is_refused() {
    for written in ["", " ", "geheim", &OLD[..62], &format!("{OLD} geheim")] {
        assert!(matches!(Vault::with_keys(written), Err(VaultTrouble::NotAKey)), "{written}");
    }
}

#[cfg(feature = "sqlite")]
#[test]
fn the_first_start_makes_a_key_that_only_its_owner_reads() {
    let place = Place::new();
    Vault::look(&place.db, KeyPlace::File { path: &place.key_file(), make: true }).unwrap();
    assert!(!place.key_file().exists(), "a look changed something");
    let sealed = place.unlock().unwrap().seal("totp/7", b"geheim").unwrap();
    assert_eq!(place.unlock().unwrap().open("totp/7", &sealed).unwrap(), b"geheim");
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(place.key_file()).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[cfg(feature = "sqlite")]
#[test]
fn a_key_that_is_gone_or_another_one_is_told_and_never_made_anew() {
    let place = Place::new();
    place.unlock().unwrap();
    fs::rename(place.key_file(), place.folder.path().join("aside")).unwrap();
    assert!(matches!(place.unlock(), Err(VaultTrouble::NoKey(path)) if path == place.key_file()));
    assert!(!place.key_file().exists());
    fs::write(place.key_file(), NEW).unwrap();
    let trouble = place.unlock().unwrap_err();
    assert!(matches!(trouble, VaultTrouble::OtherKey(_)));
    assert!(trouble.in_lang(Lang::Nl).unwrap().contains("andere sleutel"));
    assert!(Vault::look(&place.db, KeyPlace::Given(NEW)).is_err());
}

#[test]
fn a_vault_does_not_show_its_keys() {
    let shown = format!("{:?}", vault(&[OLD]));
    assert!(!shown.contains("1111"), "{shown}");
}
