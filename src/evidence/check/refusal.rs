//! Why a file is not taken in (weigering), and what the user can do about it.

use i18n_embed_fl::fl;

use super::MAX_FILE;
use crate::text::Lang;

codes! {
    /// A reason for which nothing of a file is stored.
    pub enum Refusal {
        NameMissing = "name_missing",
        NameTooLong = "name_too_long",
        NameCharacters = "name_characters",
        NamePath = "name_path",
        /// A number in the name may be a BSN: like any other text it may not be kept.
        NameBsn = "name_bsn",
        Empty = "empty",
        TooLarge = "too_large",
        /// The provider has stored as much as it may.
        QuotaFull = "quota_full",
        UnknownKind = "unknown_kind",
        /// Its content is something else than its ending says.
        NotWhatItSays = "not_what_it_says",
        /// Two kinds of file in one: who opens it one way sees something else than who opens it another way.
        TwoInOne = "two_in_one",
        Virus = "virus",
        /// It grows far too large when it is opened.
        Bomb = "bomb",
        PdfDamaged = "pdf_damaged",
        PdfEncrypted = "pdf_encrypted",
        PdfScript = "pdf_script",
        PdfLaunch = "pdf_launch",
        PdfEmbedded = "pdf_embedded",
        PdfXfa = "pdf_xfa",
        PdfMedia = "pdf_media",
        PdfAction = "pdf_action",
        OfficeDamaged = "office_damaged",
        OfficeEncrypted = "office_encrypted",
        OfficeOld = "office_old",
        OfficeMacros = "office_macros",
        OfficeObjects = "office_objects",
        OfficeLinks = "office_links",
        OfficeTooManyParts = "office_too_many_parts",
        ImageDamaged = "image_damaged",
        ImageTooLarge = "image_too_large",
        CsvNotText = "csv_not_text",
        CsvCommand = "csv_command",
        /// A number in a sheet may be a BSN; who looked and says that it is none sends it again.
        BsnInside = "bsn_inside",
        /// The check itself came to no end within its limits of time and memory.
        NotChecked = "not_checked",
    }
}

impl Refusal {
    /// What is wrong and what to do, in one or two sentences.
    pub fn message(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Refusal::NameMissing => fl!(t, "evidence-refused-name-missing"),
            Refusal::NameTooLong => fl!(t, "evidence-refused-name-too-long", max = super::name::MAX_NAME),
            Refusal::NameCharacters => fl!(t, "evidence-refused-name-characters"),
            Refusal::NamePath => fl!(t, "evidence-refused-name-path"),
            Refusal::NameBsn => fl!(t, "evidence-refused-name-bsn"),
            Refusal::Empty => fl!(t, "evidence-refused-empty"),
            Refusal::TooLarge => fl!(t, "evidence-refused-too-large", max = (MAX_FILE / 1024 / 1024)),
            Refusal::QuotaFull => fl!(t, "evidence-refused-quota-full"),
            Refusal::UnknownKind => fl!(t, "evidence-refused-unknown-kind"),
            Refusal::NotWhatItSays => fl!(t, "evidence-refused-not-what-it-says"),
            Refusal::TwoInOne => fl!(t, "evidence-refused-two-in-one"),
            Refusal::Virus => fl!(t, "evidence-refused-virus"),
            Refusal::Bomb => fl!(t, "evidence-refused-bomb"),
            Refusal::PdfDamaged => fl!(t, "evidence-refused-pdf-damaged"),
            Refusal::PdfEncrypted => fl!(t, "evidence-refused-pdf-encrypted"),
            Refusal::PdfScript => fl!(t, "evidence-refused-pdf-script"),
            Refusal::PdfLaunch => fl!(t, "evidence-refused-pdf-launch"),
            Refusal::PdfEmbedded => fl!(t, "evidence-refused-pdf-embedded"),
            Refusal::PdfXfa => fl!(t, "evidence-refused-pdf-xfa"),
            Refusal::PdfMedia => fl!(t, "evidence-refused-pdf-media"),
            Refusal::PdfAction => fl!(t, "evidence-refused-pdf-action"),
            Refusal::OfficeDamaged => fl!(t, "evidence-refused-office-damaged"),
            Refusal::OfficeEncrypted => fl!(t, "evidence-refused-office-encrypted"),
            Refusal::OfficeOld => fl!(t, "evidence-refused-office-old"),
            Refusal::OfficeMacros => fl!(t, "evidence-refused-office-macros"),
            Refusal::OfficeObjects => fl!(t, "evidence-refused-office-objects"),
            Refusal::OfficeLinks => fl!(t, "evidence-refused-office-links"),
            Refusal::OfficeTooManyParts => fl!(t, "evidence-refused-office-too-many-parts"),
            Refusal::ImageDamaged => fl!(t, "evidence-refused-image-damaged"),
            Refusal::ImageTooLarge => fl!(t, "evidence-refused-image-too-large"),
            Refusal::CsvNotText => fl!(t, "evidence-refused-csv-not-text"),
            Refusal::CsvCommand => fl!(t, "evidence-refused-csv-command"),
            Refusal::BsnInside => fl!(t, "evidence-refused-bsn-inside"),
            Refusal::NotChecked => fl!(t, "evidence-refused-not-checked"),
        }
    }
}
