//! Orders to a simulator to misbehave.

use borgerportal_simulators::Orders;

/// Orders the simulator at this address to misbehave from now on.
pub(crate) async fn order(base: &str, orders: &Orders) {
    let body = serde_json::to_string(orders).unwrap();
    post_by_hand(&format!("{base}/_faults"), &body).await;
}

/// One POST by hand: this crate has no HTTP client of its own.
async fn post_by_hand(url: &str, body: &str) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let request = format!(
        "POST /{path} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
}
