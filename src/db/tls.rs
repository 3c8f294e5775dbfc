//! TLS to PostgreSQL, with the meaning that libpq gives `sslmode`.

use std::{fmt::Write as _, sync::Arc};

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::{Error, Result};

/// Takes `sslmode` and `sslrootcert` out of a PostgreSQL URL, since the driver knows only three
/// modes and no root file, and returns the URL for the driver beside the TLS to use.
///
/// `disable`, `prefer` (the default) and `require` mean what they mean to libpq: the latter two
/// encrypt and do not check who the server is. `verify-full` checks the certificate and the name,
/// against `sslrootcert` where given and the system's roots elsewhere. `verify-ca`, and `require`
/// with an `sslrootcert`, check the certificate alone; with the system's roots `verify-ca` checks the
/// name too, since anybody can have a certificate from one of those.
///
/// # Errors
/// An unknown mode, or a root file that cannot be read.
pub fn connector(url: &str) -> Result<(String, MakeRustlsConnect)> {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let (mut mode, mut root) = ("prefer".to_owned(), None);
    let mut rest = String::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("sslmode", value)) => value.clone_into(&mut mode),
            Some(("sslrootcert", value)) => root = Some(decode(value)),
            _ => {
                let _ = write!(rest, "&{pair}");
            }
        }
    }
    let (driver_mode, verifies) = match mode.as_str() {
        "disable" => ("disable", false),
        "allow" | "prefer" => ("prefer", false),
        "require" => ("require", root.is_some()),
        "verify-ca" | "verify-full" => ("require", true),
        other => {
            return Err(Error::Internal(format!(
                "DATABASE_URL: sslmode={other} is none of: disable, prefer, require, \
                 verify-ca, verify-full"
            )));
        }
    };
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|e| Error::Internal(e.to_string()))?;
    let verifier: Arc<dyn ServerCertVerifier> = if verifies {
        let roots = Arc::new(roots(root.as_deref())?);
        let full = WebPkiServerVerifier::builder_with_provider(roots, provider)
            .build()
            .map_err(|e| Error::Internal(format!("DATABASE_URL: sslrootcert: {e}")))?;
        if mode == "verify-full" || root.is_none() { full } else { Arc::new(AnyName(full)) }
    } else {
        Arc::new(Encrypting(provider))
    };
    let config =
        config.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
    Ok((format!("{base}?sslmode={driver_mode}{rest}"), MakeRustlsConnect::new(config)))
}

fn decode(value: &str) -> String {
    percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned()
}

fn roots(file: Option<&str>) -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    if let Some(file) = file {
        let bad = |e: &dyn std::fmt::Display| {
            Error::Internal(format!("DATABASE_URL: sslrootcert {file} cannot be read: {e}"))
        };
        for certificate in CertificateDer::pem_file_iter(file).map_err(|e| bad(&e))? {
            roots.add(certificate.map_err(|e| bad(&e))?).map_err(|e| bad(&e))?;
        }
        if roots.is_empty() {
            return Err(bad(&"it holds no certificate"));
        }
        return Ok(roots);
    }
    let (_, ignored) =
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err(Error::Internal(format!(
            "DATABASE_URL: the system has no usable root certificates ({ignored} unreadable); give \
             sslrootcert"
        )));
    }
    Ok(roots)
}

/// Encrypts without checking who the server is: `sslmode=prefer` and `require`.
#[derive(Debug)]
struct Encrypting(Arc<CryptoProvider>);

impl ServerCertVerifier for Encrypting {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, dss, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, dss, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// Checks who signed the certificate and not for whom: `sslmode=verify-ca`.
#[derive(Debug)]
struct AnyName(Arc<WebPkiServerVerifier>);

impl ServerCertVerifier for AnyName {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        let verified =
            self.0.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        match verified {
            // the name is looked at last: all else was good
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url_of(url: &str) -> String {
        connector(url).map(|(url, _)| url).unwrap()
    }

    #[test]
    fn the_driver_gets_a_mode_it_knows_and_everything_else() {
        assert_eq!(url_of("postgres://h/db"), "postgres://h/db?sslmode=prefer");
        assert_eq!(
            url_of("postgres://h/db?sslmode=require&application_name=x"),
            "postgres://h/db?sslmode=require&application_name=x"
        );
        assert_eq!(url_of("postgres://h/db?sslmode=disable"), "postgres://h/db?sslmode=disable");
    }

    #[test]
    fn an_unknown_mode_and_a_missing_root_file_are_refused() {
        for bad in ["sslmode=yes", "sslmode=verify-full&sslrootcert=/no/such/file"] {
            assert!(connector(&format!("postgres://h/db?{bad}")).is_err(), "{bad}");
        }
    }
}
