use frontdesk::accounts::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::{
    database::TestDatabase,
    people::PASSWORD,
    server::{Answer, TestServer},
};

crate::laws!(
    somebody_signs_in_works_and_signs_out,
    a_wrong_address_and_a_wrong_password_are_answered_alike,
    a_session_that_is_stolen_from_before_is_worth_nothing,
    a_second_factor_is_asked_for_and_each_code_works_once,
    a_new_password_ends_other_sessions,
    the_first_admin_is_made_by_a_link_and_invites_others,
    a_token_is_shown_once_and_works_until_it_is_revoked,
);

async fn accounts(database: TestDatabase) -> TestServer {
    TestServer::with(database, &["--access", "accounts"]).await
}

/// Sends JSON as a page of the server does, with a session's cookie where there is one.
async fn page(server: &TestServer, ask: &str, cookie: &str, body: Option<Value>) -> Answer {
    let (method, path) = ask.split_once(' ').unwrap();
    let mut request = server.request(method, path).header("sec-fetch-site", "same-origin");
    if !cookie.is_empty() {
        request = request.header("cookie", cookie);
    }
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    server.send(request).await
}

fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn sign_in(server: &TestServer, email: &str, code: Option<&str>) -> Answer {
    let body = json!({"email": email, "password": PASSWORD, "code": code});
    page(server, "POST /api/session/", "", Some(body)).await
}

async fn somebody_signs_in_works_and_signs_out(database: TestDatabase) {
    let server = accounts(database).await;
    let ada = server.account("ada@example.com", Role::Agent).await;
    server.with_password(&ada).await;
    server.get("/api/tickets/").await.problem(401);
    assert_eq!(server.get("/api/session/").await.json(), json!({"account": null}));

    let answer = sign_in(&server, " Ada@Example.com ", None).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["account"]["name"], "Ada Novak");
    assert!(!answer.text.contains("argon2"), "{}", answer.text);
    let kept = answer.header("set-cookie").to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=1209600"] {
        assert!(kept.contains(part), "{kept}");
    }
    let mine = cookie(&answer);
    assert_eq!(page(&server, "GET /api/tickets/", &mine, None).await.status, 200);
    let me = page(&server, "GET /api/session/", &mine, None).await.json();
    assert_eq!(me["account"]["email"], "ada@example.com");
    assert_eq!(me["account"]["last_sign_in_at"], "2026-11-23T12:00:00Z");

    let ticket = server.file("t", "billing", "low").await;
    let path = format!("PATCH /api/tickets/{}/", ticket["id"]);
    let changed = page(&server, &path, &mine, Some(json!({"status": "resolved"}))).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    let history = format!("GET /api/tickets/{}/history/", ticket["id"]);
    let history = page(&server, &history, &mine, None).await.json();
    let actor = &history["results"][0]["actor"];
    assert_eq!(actor, &json!({"kind": "agent", "name": "Ada Novak"}));

    let sessions = page(&server, "GET /api/sessions/", &mine, None).await.json();
    assert_eq!(sessions["results"][0]["is_current"], true);
    assert_eq!(sessions["results"][0]["address"], "127.0.0.1");
    let out = page(&server, "DELETE /api/session/", &mine, None).await;
    assert_eq!((out.status, out.header("set-cookie").contains("Max-Age=0")), (204, true));
    page(&server, "GET /api/tickets/", &mine, None).await.problem(401);
}

async fn a_wrong_address_and_a_wrong_password_are_answered_alike(database: TestDatabase) {
    let server = accounts(database).await;
    let ada = server.account("ada@example.com", Role::Agent).await;
    server.with_password(&ada).await;
    let invited = server.account("invited@example.com", Role::Admin).await;
    assert!(!invited.has_password);
    let mut answers = Vec::new();
    for email in ["ada@example.com", "nobody@example.com", "invited@example.com"] {
        let body = json!({"email": email, "password": "not the password"});
        let answer = page(&server, "POST /api/session/", "", Some(body)).await;
        answer.problem(401);
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"frontdesk\"");
        assert!(answer.header("set-cookie").is_empty());
        let mut problem = answer.json();
        problem["request_id"] = Value::Null;
        answers.push(problem);
    }
    assert_eq!(answers[0]["type"], "urn:frontdesk:problem:credentials");
    assert!(answers.windows(2).all(|two| two[0] == two[1]), "{answers:?}");
    let errors =
        page(&server, "POST /api/session/", "", Some(json!({"email": 1}))).await.problem(400);
    assert!(errors["email"].is_array() && errors["password"].is_array(), "{errors}");
}

async fn a_session_that_is_stolen_from_before_is_worth_nothing(database: TestDatabase) {
    let server = accounts(database).await;
    let ada = server.account("ada@example.com", Role::Agent).await;
    server.with_password(&ada).await;
    let first = cookie(&sign_in(&server, "ada@example.com", None).await);
    let body = json!({"email": "ada@example.com", "password": PASSWORD});
    let second = cookie(&page(&server, "POST /api/session/", &first, Some(body)).await);
    assert_ne!(first, second);
    page(&server, "GET /api/tickets/", &first, None).await.problem(401);
    assert_eq!(page(&server, "GET /api/tickets/", &second, None).await.status, 200);
    // a day without a request
    let now = server.clock.now();
    server.clock.set(now + SignedDuration::from_hours(25));
    page(&server, "GET /api/tickets/", &second, None).await.problem(401);
}

async fn a_second_factor_is_asked_for_and_each_code_works_once(database: TestDatabase) {
    let server = accounts(database).await;
    let ada = server.account("ada@example.com", Role::Agent).await;
    server.with_password(&ada).await;
    let mine = cookie(&sign_in(&server, "ada@example.com", None).await);
    let offer = page(&server, "POST /api/session/totp/", &mine, None).await.json();
    let secret = offer["secret"].as_str().unwrap();
    assert!(offer["qr_svg"].as_str().unwrap().contains("<svg"));
    let code = |server: &TestServer| {
        let totp = totp_rs::Builder::new()
            .with_secret(totp_rs::Secret::try_from_base32(secret).unwrap())
            .build()
            .unwrap();
        totp.generate(server.clock.now().as_second().cast_unsigned()).to_string()
    };
    let set = |code: String, password: &str| {
        let body = json!({"secret": secret, "code": code, "password": password});
        page(&server, "PUT /api/session/totp/", &mine, Some(body))
    };
    assert!(set(code(&server), "wrong").await.problem(400)["password"].is_array());
    assert!(set("000000".into(), PASSWORD).await.problem(400)["code"].is_array());
    let recovery = set(code(&server), PASSWORD).await.json();
    let recovery: Vec<&str> = recovery["recovery_codes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c.as_str().unwrap())
        .collect();
    assert_eq!(recovery.len(), 10);

    let needed = sign_in(&server, "ada@example.com", None).await;
    needed.problem(401);
    assert_eq!(needed.json()["type"], "urn:frontdesk:problem:second-factor");
    let used = code(&server);
    sign_in(&server, "ada@example.com", Some(&used)).await.problem(401);
    server.clock.set(server.clock.now() + SignedDuration::from_secs(30));
    let fresh = code(&server);
    assert_eq!(sign_in(&server, "ada@example.com", Some(&fresh)).await.status, 200);
    sign_in(&server, "ada@example.com", Some(&fresh)).await.problem(401);
    assert_eq!(sign_in(&server, "ada@example.com", Some(recovery[0])).await.status, 200);
    sign_in(&server, "ada@example.com", Some(recovery[0])).await.problem(401);

    let (name, value) = server.session(Role::Admin).await;
    let lost = server.request("DELETE", &format!("/api/accounts/{}/totp/", ada.id));
    let lost = lost.header(name, value).header("sec-fetch-site", "same-origin");
    assert_eq!(server.send(lost).await.status, 204);
    assert_eq!(sign_in(&server, "ada@example.com", None).await.status, 200);
}

async fn a_new_password_ends_other_sessions(database: TestDatabase) {
    let server = accounts(database).await;
    let ada = server.account("ada@example.com", Role::Agent).await;
    server.with_password(&ada).await;
    let mine = cookie(&sign_in(&server, "ada@example.com", None).await);
    let other = cookie(&sign_in(&server, "ada@example.com", None).await);
    let set = |current: &str, new: &str| {
        let body = json!({"current_password": current, "new_password": new});
        page(&server, "PUT /api/session/password/", &mine, Some(body))
    };
    assert!(set(PASSWORD, "short").await.problem(400)["new_password"].is_array());
    assert!(set("wrong", "another long one").await.problem(400)["current_password"].is_array());
    assert_eq!(set(PASSWORD, "another long one").await.status, 204);
    assert_eq!(page(&server, "GET /api/tickets/", &mine, None).await.status, 200);
    page(&server, "GET /api/tickets/", &other, None).await.problem(401);
    sign_in(&server, "ada@example.com", None).await.problem(401);
}

async fn the_first_admin_is_made_by_a_link_and_invites_others(database: TestDatabase) {
    let server = accounts(database).await;
    // as the server prints it at its start; here around it, since a test does not read its output
    let secret = "a".repeat(32);
    let (now, hash) = (server.clock.now(), frontdesk::auth::secret::sha256(&secret));
    let end = now + SignedDuration::from_hours(1);
    server.store().await.create_link(hash, None, now, end).await.unwrap();
    let path = format!("/api/links/{secret}/");
    assert_eq!(server.get(&path).await.json(), json!({"purpose": "setup", "email": null}));
    let errors = page(&server, &format!("POST {path}"), "", Some(json!({"password": "x"}))).await;
    let errors = errors.problem(400);
    for field in ["email", "name", "password"] {
        assert!(errors[field].is_array(), "{field}: {errors}");
    }
    let root = json!({"email": "root@example.com", "name": "Root", "password": PASSWORD});
    let made = page(&server, &format!("POST {path}"), "", Some(root)).await;
    assert_eq!(made.json()["account"]["role"], "admin", "{}", made.text);
    let root = cookie(&made);
    server.get(&path).await.problem(404);

    let new = json!({"email": "Ada@example.com", "name": "Ada", "role": "agent"});
    let invited = page(&server, "POST /api/accounts/", &root, Some(new.clone())).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    let errors = page(&server, "POST /api/accounts/", &root, Some(new)).await.problem(409);
    assert!(errors["email"].is_array());
    let invited = invited.json();
    let link = invited["link"].as_str().unwrap().replace("/welcome/", "/api/links/") + "/";
    let shown = server.get(&link).await.json();
    assert_eq!(shown, json!({"purpose": "password", "email": "ada@example.com"}));
    let used =
        page(&server, &format!("POST {link}"), "", Some(json!({"password": PASSWORD}))).await;
    assert_eq!(used.json()["account"]["email"], "ada@example.com");
    let ada = cookie(&used);
    page(&server, "GET /api/accounts/", &ada, None).await.problem(403);
    page(&server, &format!("POST {link}"), "", Some(json!({"password": PASSWORD})))
        .await
        .problem(404);
    for wrong in ["/api/links/x/", &format!("/api/links/{}/", "x".repeat(500))] {
        server.get(wrong).await.problem(404);
    }
}

async fn a_token_is_shown_once_and_works_until_it_is_revoked(database: TestDatabase) {
    let server = accounts(database).await;
    let (_, mine) = server.session(Role::Agent).await;
    let errors =
        page(&server, "POST /api/tokens/", &mine, Some(json!({"scope": "all", "days": 0})));
    let errors = errors.await.problem(400);
    for field in ["name", "scope", "days"] {
        assert!(errors[field].is_array(), "{field}: {errors}");
    }
    let body = json!({"name": "export", "scope": "admin", "days": 30});
    let errors = page(&server, "POST /api/tokens/", &mine, Some(body)).await.problem(400);
    assert!(errors["scope"].is_array(), "no more than its owner may");
    let body = json!({"name": "export", "scope": "read", "days": 30});
    let made = page(&server, "POST /api/tokens/", &mine, Some(body)).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let made = made.json();
    let token = made["token"].as_str().unwrap().to_owned();
    let list = page(&server, "GET /api/tokens/", &mine, None).await;
    assert!(!list.text.contains(&token) && list.text.contains(made["hint"].as_str().unwrap()));

    let with = |method: &str, path: &str| {
        let request =
            server.request(method, path).header("authorization", format!("bearer {token}"));
        server.send(request.header("content-type", "application/json").body("{}"))
    };
    assert_eq!(with("GET", "/api/tickets/").await.status, 200);
    with("PATCH", "/api/tickets/1/").await.problem(403);
    let used = page(&server, "GET /api/tokens/", &mine, None).await.json();
    assert_eq!(used["results"][0]["last_used_at"], "2026-11-23T12:00:00Z");
    let path = format!("DELETE /api/tokens/{}/", made["id"]);
    assert_eq!(page(&server, &path, &mine, None).await.status, 204);
    page(&server, &path, &mine, None).await.problem(404);
    with("GET", "/api/tickets/").await.problem(401);
    with("POST", "/api/tickets/").await.problem(401);
}
