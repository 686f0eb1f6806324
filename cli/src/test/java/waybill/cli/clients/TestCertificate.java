package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import waybill.cli.InstalledPrograms;
import waybill.cli.ProgramProcess;

/// A certificate for this machine, signed by itself.
///
/// @param certificate its file, in PEM
/// @param key the file of its key, in PEM
record TestCertificate(Path certificate, Path key) {

    /// Makes one in the files `NAME.crt` and `NAME.key`.
    static TestCertificate create(Path folder, String name) throws InterruptedException {
        var openssl = InstalledPrograms.program("openssl", "/usr/bin/openssl");
        var command = List.of(
                openssl.toString(),
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=hub.example",
                "-addext",
                "subjectAltName=IP:127.0.0.1,DNS:localhost",
                "-keyout",
                name + ".key",
                "-out",
                name + ".crt");
        try (var made = ProgramProcess.start(Map.of(), folder, command)) {
            assertThat(made.awaitExit()).as("openssl printed %s", made.lines()).isZero();
        }
        return new TestCertificate(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    }

    /// Trusts this certificate and no other.
    SSLContext trusting() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "hub", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
