package waybill.server.tls;

import java.nio.file.Path;

/// The files of the certificate.
///
/// @param certificate the certificate of the hub and those of its issuers, in PEM
/// @param key the private key, in PEM
public record TlsConfig(Path certificate, Path key) {}
