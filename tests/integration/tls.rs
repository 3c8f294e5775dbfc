//! TLS to PostgreSQL: what each `sslmode` encrypts and whom it refuses.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::Path,
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use crate::support::{fragile_cluster::FragileCluster, programs::ServerUser};

/// A certificate authority that nobody has heard of.
fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut ca = CertificateParams::new(Vec::new()).unwrap();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    ca.distinguished_name.push(rcgen::DnType::CommonName, "an authority");
    CertifiedIssuer::self_signed(ca, KeyPair::generate().unwrap()).unwrap()
}

/// Writes a certificate for `localhost` and no other name, its key, its authority, and another
/// authority; returns the settings that use them.
fn certify(folder: &Path, user: ServerUser) -> String {
    let (right, wrong) = (authority(), authority());
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let leaf = leaf.signed_by(&key, &right).unwrap();
    for (name, text) in [
        ("right.pem", right.pem()),
        ("wrong.pem", wrong.pem()),
        ("server.pem", leaf.pem()),
        ("server.key", key.serialize_pem()),
        ("empty.pem", String::new()),
    ] {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        user.own(&path);
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    }
    let folder = folder.display();
    format!(
        "ssl = on\nssl_cert_file = '{folder}/server.pem'\nssl_key_file = '{folder}/server.key'\n"
    )
}

/// Whether the program's connection is encrypted; `Err` where it is refused, and why.
async fn encrypted(cluster: &FragileCluster, host: &str, options: &str) -> Result<bool, String> {
    let folder = cluster.folder().display().to_string();
    let options = options.replace("DIR", &folder);
    let url = format!("{}?application_name=probe&{options}", cluster.url_at(host, "frontdesk"));
    let store = frontdesk::db::open(&url.parse().unwrap()).await.map_err(|e| e.to_string())?;
    let sql = "select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) \
               where application_name = 'probe' and state is not null";
    let answer = cluster.psql(sql);
    store.close().await;
    // a closed connection is gone from the server a moment later
    while cluster.psql(&format!("select exists ({sql})")) == "t" {
        tokio::task::yield_now().await;
    }
    match answer.as_str() {
        "t" => Ok(true),
        "f" => Ok(false),
        other => panic!("one connection: {other:?}"),
    }
}

#[tokio::test]
async fn each_mode_encrypts_and_checks_what_its_name_says() {
    let cluster = FragileCluster::start_with(certify);
    let at = async |host: &str, options: &str| encrypted(&cluster, host, options).await;
    assert_eq!(at("127.0.0.1", "sslmode=disable").await, Ok(false));
    for mode in ["", "sslmode=prefer", "sslmode=allow", "sslmode=require"] {
        assert_eq!(at("127.0.0.1", mode).await, Ok(true), "{mode:?}");
    }
    let right = "sslrootcert=DIR/right.pem";
    for mode in ["require", "verify-ca", "verify-full"] {
        let options = format!("sslmode={mode}&{right}");
        assert_eq!(at("localhost", &options).await, Ok(true), "{mode}");
        for refused in ["sslrootcert=DIR/wrong.pem", "sslrootcert=DIR/empty.pem"] {
            let options = format!("sslmode={mode}&{refused}");
            assert!(at("localhost", &options).await.is_err(), "{options}");
        }
    }
    // the certificate is for another name: only verify-full minds
    for mode in ["require", "verify-ca"] {
        assert_eq!(at("127.0.0.1", &format!("sslmode={mode}&{right}")).await, Ok(true), "{mode}");
    }
    let refused = at("127.0.0.1", &format!("sslmode=verify-full&{right}")).await.unwrap_err();
    assert!(refused.contains("not valid for name"), "{refused}");
    // an authority that the system does not know
    let refused = at("localhost", "sslmode=verify-full").await.unwrap_err();
    assert!(
        refused.contains("UnknownIssuer") || refused.contains("root certificates"),
        "{refused}"
    );
    let refused = at("localhost", "sslmode=verify-full&sslrootcert=DIR/empty.pem").await;
    assert!(refused.unwrap_err().contains("holds no certificate"));
}

#[tokio::test]
async fn a_server_without_tls_is_used_only_where_that_is_allowed() {
    let cluster = FragileCluster::start();
    for mode in ["disable", "allow", "prefer"] {
        let options = format!("sslmode={mode}");
        assert_eq!(encrypted(&cluster, "127.0.0.1", &options).await, Ok(false), "{mode}");
    }
    for mode in ["require", "verify-ca", "verify-full"] {
        let refused = encrypted(&cluster, "127.0.0.1", &format!("sslmode={mode}")).await;
        assert!(refused.is_err(), "{mode}");
    }
}
