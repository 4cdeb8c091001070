//! A small OpenID provider that the tests start: discovery, keys, authorize, token and userinfo, over HTTP on this computer. It keeps
//! to the protocol unless it is told not to.

use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;

use actix_web::http::header;
use actix_web::web::{self, Data, Form, Query};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, dev::ServerHandle};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::signing::{Kind, Signs, announced, signed};

pub const CLIENT: &str = "openhouse";
pub const SECRET: &str = "een geheim & meer";

/// The provider at work; it stops with the value.
pub struct Issuer {
    pub url: String,
    desk: Data<Mutex<Desk>>,
    server: ServerHandle,
    thread: Option<thread::JoinHandle<()>>,
}

/// Who signs in next, and how it misbehaves.
#[derive(Default)]
struct Desk {
    url: String,
    person: Value,
    ways: Ways,
    /// What goes with each code that was given out and not used.
    codes: HashMap<String, Asked>,
    given: u32,
    /// How often its keys were asked for, and more about somebody.
    keys_asked: u32,
    further_asked: u32,
    /// The messages it sent out by itself.
    told: u32,
}

#[derive(Clone)]
struct Asked {
    nonce: String,
    challenge: String,
    back: String,
}

/// How it misbehaves; not at all, unless somebody says so.
#[derive(Clone, Default)]
pub struct Ways {
    /// Claims that go over those it would give.
    pub instead: Value,
    pub signs: Signs,
    /// It says `error` instead of giving a code.
    pub refuses: Option<&'static str>,
    /// It takes so long over everything.
    pub slow: Duration,
    /// Its discovery document is no such thing.
    pub broken: bool,
    /// It names itself so in that document.
    pub named: Option<&'static str>,
    pub kind: Kind,
    /// It announces a key of this kind under the name of its own, beside its own or instead of it.
    pub beside: Option<Kind>,
    pub only_beside: bool,
    pub further: Further,
    /// It has no page to sign out.
    pub no_farewell: bool,
}

/// How it answers who asks for more (userinfo).
#[derive(Clone, Default)]
pub enum Further {
    /// It has no such address.
    #[default]
    Nowhere,
    Says(Value),
    /// Something that is no answer.
    Text(&'static str),
    Fails,
    Slowly,
    WithoutEnd,
}

pub fn issuer() -> Issuer {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let desk = Data::new(Mutex::new(Desk { url: url.clone(), ..Desk::default() }));
    let (at_work, running) = (desk.clone(), mpsc::channel());
    let tell = running.0;
    let thread = thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let app = move || {
                App::new()
                    .app_data(at_work.clone())
                    .route("/.well-known/openid-configuration", web::get().to(discovery))
                    .route("/keys", web::get().to(keys))
                    .route("/authorize", web::get().to(authorize))
                    .route("/token", web::post().to(token))
                    .route("/userinfo", web::get().to(userinfo))
            };
            let server = HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run();
            tell.send(server.handle()).unwrap();
            server.await.unwrap();
        });
    });
    let server = running.1.recv().unwrap();
    Issuer { url, desk, server, thread: Some(thread) }
}

impl Issuer {
    /// Who signs in from now on: the claims about him.
    pub fn serves(&self, person: Value) {
        self.desk.lock().unwrap().person = person;
    }

    pub fn behaves(&self, ways: Ways) {
        self.desk.lock().unwrap().ways = ways;
    }

    pub fn keys_asked(&self) -> u32 {
        self.desk.lock().unwrap().keys_asked
    }

    pub fn further_asked(&self) -> u32 {
        self.desk.lock().unwrap().further_asked
    }

    /// Its word that the person it serves signed out, with these claims instead and under this type.
    pub fn word_of_farewell(&self, instead: Value, typ: &str, signs: Signs) -> String {
        let mut desk = self.desk.lock().unwrap();
        desk.told += 1;
        let now = chrono::Utc::now().timestamp();
        let mut claims = json!({
            "iss": desk.url, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": format!("word-{}", desk.told),
            "sub": desk.person["sub"], "sid": "s1",
            "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
        });
        say_instead(&mut claims, &instead);
        signed(&claims, typ, signs, desk.ways.kind)
    }

    /// What a browser does that was sent to `url`: signs in there. Answers where it is sent back to.
    pub async fn sign_in(&self, url: &str) -> String {
        assert!(url.starts_with(&format!("{}/authorize?", self.url)), "{url}");
        let client = openidconnect::reqwest::Client::builder();
        let client = client.redirect(openidconnect::reqwest::redirect::Policy::none()).build().unwrap();
        let answer = client.get(url).send().await.unwrap();
        assert_eq!(answer.status(), 302, "{answer:?}");
        answer.headers()["location"].to_str().unwrap().to_owned()
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

async fn take_time(desk: &Data<Mutex<Desk>>) -> (String, Ways) {
    let (url, ways) = {
        let desk = desk.lock().unwrap();
        (desk.url.clone(), desk.ways.clone())
    };
    actix_web::rt::time::sleep(ways.slow).await;
    (url, ways)
}

async fn discovery(desk: Data<Mutex<Desk>>) -> HttpResponse {
    let (url, ways) = take_time(&desk).await;
    if ways.broken {
        return HttpResponse::Ok().content_type("text/html").body("<h1>Onderhoud</h1>");
    }
    let mut told = json!({
        "issuer": ways.named.unwrap_or(&url),
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        // It announces more than is safe; nobody has to take it.
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "EdDSA", "HS256", "none"],
    });
    if !ways.no_farewell {
        told["end_session_endpoint"] = format!("{url}/uit").into();
    }
    if !matches!(ways.further, Further::Nowhere) {
        told["userinfo_endpoint"] = format!("{url}/userinfo").into();
    }
    HttpResponse::Ok().json(told)
}

async fn keys(desk: Data<Mutex<Desk>>) -> HttpResponse {
    let (_, ways) = take_time(&desk).await;
    desk.lock().unwrap().keys_asked += 1;
    let own = (!ways.only_beside).then(|| announced(ways.signs, ways.kind));
    let beside = ways.beside.map(|kind| announced(ways.signs, kind));
    HttpResponse::Ok().json(json!({ "keys": own.into_iter().chain(beside).collect::<Vec<Value>>() }))
}

async fn authorize(desk: Data<Mutex<Desk>>, asked: Query<HashMap<String, String>>) -> HttpResponse {
    let (_, ways) = take_time(&desk).await;
    let one = |name: &str| asked.get(name).cloned().unwrap_or_default();
    assert_eq!((one("client_id").as_str(), one("response_type").as_str()), (CLIENT, "code"));
    assert_eq!(one("code_challenge_method"), "S256");
    assert!(one("scope").split(' ').any(|scope| scope == "openid"), "{asked:?}");
    let back = one("redirect_uri");
    let answer = match ways.refuses {
        Some(error) => vec![("error", error.to_owned()), ("state", one("state"))],
        None => {
            let mut desk = desk.lock().unwrap();
            desk.given += 1;
            let code = format!("code-{}", desk.given);
            let kept = Asked { nonce: one("nonce"), challenge: one("code_challenge"), back: back.clone() };
            desk.codes.insert(code.clone(), kept);
            vec![("code", code), ("state", one("state")), ("iss", desk.url.clone())]
        }
    };
    let location = format!("{back}?{}", serde_urlencoded::to_string(answer).unwrap());
    HttpResponse::Found().insert_header((header::LOCATION, location)).finish()
}

async fn token(desk: Data<Mutex<Desk>>, request: HttpRequest, form: Form<HashMap<String, String>>) -> HttpResponse {
    let (url, ways) = take_time(&desk).await;
    let one = |name: &str| form.get(name).cloned().unwrap_or_default();
    let basic = format!("openhouse:{}", serde_urlencoded::to_string([("", SECRET)]).unwrap().split_off(1));
    let expected = format!("Basic {}", base64(basic.as_bytes(), false));
    let authorization = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    // The secret is written as in a form before it goes into the header (RFC 6749, 2.3.1).
    assert_eq!(authorization, Some(expected.as_str()));
    // A code is used up by whoever brings it, and good only with the secret half of what it was asked with.
    let asked = desk.lock().unwrap().codes.remove(&one("code"));
    let challenge = base64(&Sha256::digest(one("code_verifier").as_bytes()), true);
    let Some(asked) = asked.filter(|asked| asked.challenge == challenge && asked.back == one("redirect_uri")) else {
        return HttpResponse::BadRequest().json(json!({ "error": "invalid_grant" }));
    };
    let now = chrono::Utc::now().timestamp();
    let mut claims = json!({ "iss": url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked.nonce });
    say_instead(&mut claims, &desk.lock().unwrap().person.clone());
    say_instead(&mut claims, &ways.instead);
    let id_token = signed(&claims, "JWT", ways.signs, ways.kind);
    HttpResponse::Ok().json(json!({ "access_token": ACCESS, "token_type": "Bearer", "id_token": id_token }))
}

/// Opens the userinfo of whoever signed in last.
const ACCESS: &str = "toegang-4711";

async fn userinfo(desk: Data<Mutex<Desk>>, request: HttpRequest) -> HttpResponse {
    let (_, ways) = take_time(&desk).await;
    desk.lock().unwrap().further_asked += 1;
    let shown = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    assert_eq!(shown, Some(format!("Bearer {ACCESS}").as_str()));
    let json = "application/json";
    match ways.further {
        Further::Says(claims) => HttpResponse::Ok().json(claims),
        Further::Text(text) => HttpResponse::Ok().content_type(json).body(text),
        Further::Fails | Further::Nowhere => HttpResponse::InternalServerError().finish(),
        Further::Slowly => {
            actix_web::rt::time::sleep(Duration::from_secs(3)).await;
            HttpResponse::Ok().json(json!({}))
        }
        Further::WithoutEnd => HttpResponse::Ok().content_type(json).body(" ".repeat(1024 * 1024) + "{}"),
    }
}

/// A claim that is said to be nothing is not there at all.
fn say_instead(claims: &mut Value, instead: &Value) {
    for (name, value) in instead.as_object().cloned().unwrap_or_default() {
        claims[name] = value;
    }
    if let Some(claims) = claims.as_object_mut() {
        claims.retain(|_, value| !value.is_null());
    }
}

/// Base64 with padding, or in the letters of an address without it.
pub fn base64(bytes: &[u8], in_address: bool) -> String {
    let letters: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = three.iter().fold(0u32, |all, byte| (all << 8) | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..=three.len() {
            text.push(letters[((number >> (18 - 6 * place)) & 63) as usize]);
        }
        text.extend(std::iter::repeat_n('=', 3 - three.len()));
    }
    match in_address {
        true => text.trim_end_matches('=').replace('+', "-").replace('/', "_"),
        false => text,
    }
}
