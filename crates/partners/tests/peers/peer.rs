//! Starting the npm package `oidc-provider`, and a browser for it.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use reqwest::redirect;
use serde_json::Value;
use url::Url;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../stories/peers/oidc-provider");

/// The provider, running. Dies with this.
pub(crate) struct Peer {
    process: Child,
    pub(crate) issuer: String,
    /// Kept open: the program ends when it cannot write.
    _output: BufReader<ChildStdout>,
}

impl Peer {
    /// `None`, and a line that says so, when it is not installed; unless it is required.
    pub(crate) fn start(clients: &Value) -> Option<Self> {
        match Self::try_start(clients) {
            Ok(peer) => Some(peer),
            Err(why) => {
                let required =
                    std::env::var_os("BORGERPORTAL_REQUIRE_PEERS").is_some_and(|value| value == "1");
                assert!(!required, "oidc-provider is required and did not start: {why}");
                eprintln!(
                    "SKIPPED: oidc-provider did not start ({why}); run `npm ci` in stories/peers/oidc-provider"
                );
                None
            }
        }
    }

    fn try_start(clients: &Value) -> Result<Self, String> {
        if !Path::new(FOLDER).join("node_modules/oidc-provider").is_dir() {
            return Err("it is not installed".to_owned());
        }
        let mut process = Command::new("node")
            .args(["server.mjs", &serde_json::json!({ "clients": clients }).to_string()])
            .current_dir(FOLDER)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        let read = said.read_line(&mut line);
        let told: Option<Value> = read.ok().and_then(|_| serde_json::from_str(&line).ok());
        let mut peer = Self { issuer: String::new(), process, _output: said };
        let issuer = told.and_then(|told| told["issuer"].as_str().map(str::to_owned));
        peer.issuer = issuer.ok_or("it ended without an address")?;
        Ok(peer)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Follows redirects within the provider, with its cookies, until it is sent elsewhere.
pub(crate) struct Browser {
    client: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let client =
            reqwest::Client::builder().redirect(redirect::Policy::none()).no_proxy().tls_certs_only([]);
        Self { client: client.build().unwrap(), cookies: BTreeMap::new() }
    }

    pub(crate) async fn follow(&mut self, start: Url) -> Url {
        let mut url = start.clone();
        for _ in 0..8 {
            if url.origin() != start.origin() {
                return url;
            }
            let cookies: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let answer =
                self.client.get(url.clone()).header("cookie", cookies.join("; ")).send().await.unwrap();
            for cookie in answer.headers().get_all("set-cookie") {
                let pair = cookie.to_str().unwrap().split(';').next().unwrap();
                let (name, value) = pair.split_once('=').unwrap();
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            let location = answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
            let Some(location) = location else {
                panic!("no redirect from {}: {}", url.path(), answer.text().await.unwrap());
            };
            url = url.join(&location).unwrap();
        }
        panic!("it redirects for ever");
    }
}
