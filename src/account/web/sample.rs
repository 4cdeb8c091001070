//! The pages around sign-in with invented contents.

use super::{ConfirmPage, HomePage, LinkGonePage, SignInPage, SignedOutPage};
use crate::page::Frame;
use crate::page::sample::Sample;
use crate::text::Lang;

pub fn samples(lang: Lang) -> Vec<Sample> {
    let token = "5f".repeat(32);
    let confirm = ConfirmPage {
        frame: Frame { municipality: "Noordermeer".into(), ..Frame::public(lang, format!("/inloggen/{token}")) },
        name: "M. de Wit".into(),
        role: lang.pick("contractmanager", "contract manager").into(),
        token,
    };
    vec![
        Sample::of("home", &HomePage { frame: Frame::public(lang, "/"), municipalities: Vec::new() }),
        Sample::of("sign-in", &SignInPage { frame: Frame::public(lang, "/inloggen") }),
        Sample::of("confirm", &confirm),
        Sample::of("link-gone", &LinkGonePage { frame: Frame::public(lang, "/inloggen") }),
        Sample::of("signed-out", &SignedOutPage { frame: Frame::public(lang, "/") }),
    ]
}
