//! `openhouse demo`: the main job from one command. An invented municipality hands in, is judged, and gets its reports;
//! then it is served to look at.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::{NaiveDateTime, Utc};
use i18n_embed_fl::fl;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use super::quarter::write;
use super::{Ending, key_place, open, unlock, uploads};
use crate::account::Token;
use crate::account::store::{Grant, grants, invite};
use crate::actor::{Actor, Role};
use crate::app::{self, Manners};
use crate::audit::head::keep_signing;
use crate::calendar::wall_clock;
use crate::cli::administer::audit::sign;
use crate::cli::out::say;
use crate::config::{Config, DatabaseUrl, Flags};
use crate::db::Db;
use crate::demo::letters::write_letters;
use crate::demo::load::{Loading, load, steps};
use crate::demo::{APPLICANT, Municipality, SHOWN, invent, settled_quarter};
use crate::house::House;
use crate::mail::sending::Sending;
use crate::mail::{self, Address, MailKind, Outgoing, worker};
use crate::provider;
use crate::quarter::Quarter;
use crate::reminder;
use crate::report::gather::Publisher;
use crate::report::print;
use crate::seal::Seals;
use crate::text::Lang;
use crate::vault::Vault;

#[derive(Debug, clap::Args)]
pub struct Demo {
    #[arg(long, value_name = "DIR", default_value = "openhouse-demo", help = "help-demo-dir")]
    dir: PathBuf,
    #[arg(long, value_name = "N", default_value_t = 8080, help = "help-demo-port")]
    port: u16,
    #[arg(long, help = "help-demo-once")]
    once: bool,
}

/// Where mail is laid down, below the folder of the demonstration.
const MAIL: &str = "mail";

/// Of the invented municipality.
const CONTACT: &str = "0500 000 000";

/// Always the same people and figures.
const SEED: u64 = 1;

impl Demo {
    pub(super) fn run(&self, flags: &Flags, config: &Config) -> anyhow::Result<Ending> {
        let config = self.settle(flags, config);
        let lang = config.lang;
        if !self.once && TcpListener::bind(config.listen).is_err() {
            let address = config.listen.to_string();
            return Ok(Ending::Refused(vec![fl!(lang.texts(), "cli-port-taken", address = address)]));
        }
        std::fs::create_dir_all(&self.dir).with_context(|| format!("{} cannot be made", self.dir.display()))?;
        let (db, files) = open(&config)?;
        let vault = match unlock(&config, &db)? {
            Ok(vault) => vault,
            Err(refusal) => return Ok(refusal),
        };
        let now = Utc::now().naive_utc();
        let last = settled_quarter(wall_clock(now).date());
        let town = invent(last, SEED);

        let bar = progress_bar(&town);
        let progress = |what: &str| {
            bar.set_message(what.to_owned());
            bar.inc(1);
        };
        let seals = Seals::of(config.seal.as_ref())?;
        let loading = Loading {
            db: &db,
            files: &files,
            vault: &vault,
            seals: &seals,
            folder: &self.dir,
            now,
            progress: &progress,
        };
        let tenant = load(&loading, &town)?;
        let reports = self.write_reports(&loading, &config, &town, Actor::system(tenant), last)?;
        let letters = write_letters(&loading, &town, tenant, &config.public_url)?;
        bar.finish_and_clear();

        let links = Links::make(&db, tenant, now, &config.public_url, &town)?;
        links.save(&self.dir)?;
        post_first_mail(&db, tenant, now)?;
        self.tell(lang, last, (reports, letters), &links, &config);
        if self.once {
            sign(&config)?;
            return Ok(Ending::Done);
        }
        let signer = Vault::of(key_place(&config))?;
        let _signer = keep_signing(db.clone(), signer, config.audit_head()).context("the audit cannot be signed")?;
        // Nobody of the demonstration exists: their mail is laid down to be looked at, whatever server is set.
        let mail = Sending::into_folder(self.dir.join(MAIL), &config.public_url, CONTACT);
        let _worker = worker::start(db.clone(), mail.clone()).context("the thread that sends mail does not start")?;
        let _round = reminder::worker::start(db.clone()).context("the thread of the daily round does not start")?;
        let house = House::open(db, files, vault, uploads(&config)?, mail, &config.public_url);
        let house = House { seals, ..house };
        app::serve(house, Manners::of(&config), || {})
            .with_context(|| format!("cannot listen on {}", config.listen))?;
        Ok(Ending::Done)
    }

    /// Everything in one folder, unless the flags say otherwise.
    fn settle(&self, flags: &Flags, config: &Config) -> Config {
        let mut config = config.clone();
        if flags.database_url.is_none() {
            config.database_url = DatabaseUrl::Sqlite(self.dir.join("openhouse.db"));
        }
        if flags.files.is_none() {
            config.files = self.dir.join("bestanden");
        }
        if flags.key_file.is_none() {
            config.key_file = self.dir.join("openhouse.key");
        }
        if flags.listen.is_none() {
            config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        }
        if flags.public_url.is_none() {
            config.public_url = format!("http://{}", config.listen);
        }
        config
    }

    fn write_reports(
        &self,
        to: &Loading<'_>,
        config: &Config,
        town: &Municipality,
        actor: Actor,
        quarter: Quarter,
    ) -> anyhow::Result<usize> {
        let today = wall_clock(to.now).date();
        let publisher = Publisher { municipality: town.name, public_url: &config.public_url, today };
        let papers = to.db.read(|conn| {
            let providers = provider::store::all(conn, &actor)?;
            print::quarter(conn, &actor, publisher, &providers, quarter, config.lang)
        })?;
        for paper in &papers {
            let pdf = to.shelf().report(&actor, to.now, paper)?;
            write(&self.dir.join("rapporten"), paper, "pdf", &pdf)?;
            (to.progress)(&paper.provider.name);
        }
        Ok(papers.len())
    }

    fn tell(&self, lang: Lang, quarter: Quarter, papers: (usize, usize), links: &Links, config: &Config) {
        let (reports, letters) = papers;
        let t = lang.texts();
        let folder = self.dir.display().to_string();
        say!("{}", fl!(t, "cli-demo-made", folder = folder.clone(), quarter = lang.quarter(quarter)));
        say!("  {}", fl!(t, "cli-demo-statements", folder = format!("{folder}/opgaven/{}", quarter.path())));
        say!("  {}", fl!(t, "cli-demo-reports", count = reports, folder = format!("{folder}/rapporten")));
        say!("  {}", fl!(t, "cli-demo-letters", count = letters, folder = format!("{folder}/brieven")));
        if self.once {
            return;
        }
        say!("\n{}", fl!(t, "cli-demo-sign-in", address = config.public_url.as_str()));
        say!("  {}\n    {}", fl!(t, "cli-demo-as-manager"), links.contract_manager);
        say!("  {}\n    {}", fl!(t, "cli-demo-as-provider", name = links.provider_name.as_str()), links.provider);
        say!("  {}\n    {}", fl!(t, "cli-demo-as-signatory", name = links.provider_name.as_str()), links.signatory);
        say!("  {}\n    {}", fl!(t, "cli-demo-as-assessor"), links.assessor);
        say!("  {}\n    {}", fl!(t, "cli-demo-as-decision-maker"), links.decision_maker);
        say!("  {}\n    {}", fl!(t, "cli-demo-as-applicant", name = APPLICANT.0), links.applicant);
        say!("  {}\n    {}", fl!(t, "cli-demo-as-viewer"), links.viewer);
        say!("  {}\n    {}", fl!(t, "cli-demo-as-admin"), links.functional_admin);
        say!("  {}\n    {}", fl!(t, "cli-demo-as-contact"), links.contact_person);
        say!("  {}\n    {}", fl!(t, "cli-demo-as-other-contact"), links.second_contact_person);
        say!("  {}\n    {}", fl!(t, "budget-demo-as-finance"), links.finance);
        say!("\n{}", fl!(t, "cli-demo-look"));
        for line in [
            fl!(t, "cli-demo-look-quarter", name = links.provider_name.as_str()),
            fl!(t, "cli-demo-look-cases"),
            fl!(t, "cli-demo-look-refused", folder = format!("{folder}/opgaven/{}", quarter.path())),
            fl!(t, "cli-demo-look-report"),
            fl!(t, "cli-demo-look-applications"),
            fl!(t, "cli-demo-look-mail", folder = format!("{folder}/{MAIL}")),
        ] {
            say!("  • {line}");
        }
        say!("\n{}", fl!(t, "cli-demo-stop"));
    }
}

/// A mail to look at from the beginning: the administrator asked for a test mail.
fn post_first_mail(db: &Db, tenant: i64, now: NaiveDateTime) -> anyhow::Result<()> {
    db.write(|conn| {
        let admin = grants(conn)?
            .into_iter()
            .find(|grant| grant.municipality_id == tenant && grant.role == Role::FunctionalAdmin)
            .context("the demo has no administrator")?;
        let (wall, lang) = (wall_clock(now), Lang::Nl);
        let values = [("datum", lang.day(wall.date())), ("tijd", lang.time(wall.time()))];
        let to = Address { name: &admin.name, email: &admin.email, language: lang };
        let kind = MailKind::Test;
        let mail = Outgoing { municipality_id: tenant, kind, to, values: &values, provider_id: None };
        mail::store::post(conn, now, &mail)?;
        anyhow::Ok(())
    })
}

fn progress_bar(town: &Municipality) -> ProgressBar {
    let total = steps(town) + town.providers.len() as u64;
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:40} {pos}/{len}  {wide_msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// One sign-in link per role.
struct Links {
    contract_manager: String,
    provider: String,
    provider_name: String,
    /// Who may sign for the same provider.
    signatory: String,
    assessor: String,
    decision_maker: String,
    applicant: String,
    viewer: String,
    functional_admin: String,
    /// Two contact persons, each with clients of his own.
    contact_person: String,
    second_contact_person: String,
    finance: String,
}

impl Links {
    fn make(db: &Db, tenant: i64, now: NaiveDateTime, public_url: &str, town: &Municipality) -> anyhow::Result<Links> {
        let (mut known, actor) = (db.read(grants)?, Actor::system(tenant));
        known.retain(|grant| grant.municipality_id == tenant);
        let link = |wanted: &dyn Fn(&Grant) -> bool| -> anyhow::Result<String> {
            let grant = known.iter().find(|grant| wanted(grant)).context("a user of the demo is not there")?;
            let token = Token::new()?;
            db.write(|conn| invite(conn, &actor, now, grant, &token))?;
            Ok(format!("{public_url}/inloggen/{}", token.as_str()))
        };
        // The provider whose page looks most like the one that the manual shows.
        let shown = town.providers.iter().find(|provider| provider.number == SHOWN).context("the shown provider")?;
        let user = town.users.iter().find(|user| user.provider.as_ref() == Some(&shown.kvk));
        let email = user.map(|user| user.email.clone()).context("the user of the shown provider")?;
        Ok(Links {
            contract_manager: link(&|grant| grant.role == Role::ContractManager)?,
            provider: link(&|grant| grant.email == email && grant.role == Role::ProviderUser)?,
            provider_name: shown.name.to_owned(),
            signatory: link(&|grant| grant.role == Role::ProviderSignatory && grant.email == email)?,
            assessor: link(&|grant| grant.role == Role::Assessor)?,
            decision_maker: link(&|grant| grant.role == Role::DecisionMaker)?,
            applicant: link(&|grant| grant.email == APPLICANT.1)?,
            viewer: link(&|grant| grant.role == Role::Viewer)?,
            functional_admin: link(&|grant| grant.role == Role::FunctionalAdmin)?,
            contact_person: link(&|grant| grant.role == Role::ContactPerson)?,
            second_contact_person: {
                let first = known.iter().find(|grant| grant.role == Role::ContactPerson).map(|grant| grant.id);
                link(&|grant| grant.role == Role::ContactPerson && Some(grant.id) != first)?
            },
            finance: link(&|grant| grant.role == Role::Finance)?,
        })
    }

    /// For programs that sign in: the tests in a browser.
    fn save(&self, folder: &Path) -> anyhow::Result<()> {
        let links = json!({
            "contract_manager": self.contract_manager,
            "provider": self.provider,
            "signatory": self.signatory,
            "assessor": self.assessor,
            "decision_maker": self.decision_maker,
            "applicant": self.applicant,
            "viewer": self.viewer,
            "functional_admin": self.functional_admin,
            "contact_person": self.contact_person,
            "second_contact_person": self.second_contact_person,
            "finance": self.finance,
        });
        let path = folder.join("aanmeldlinks.json");
        std::fs::write(&path, format!("{links:#}\n")).with_context(|| format!("{} cannot be written", path.display()))
    }
}
