// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import dev.tollgate.identity.svid.CertificateDraft;
import dev.tollgate.identity.svid.Certificates;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A trust domain with an authority of its own, which also signs what its rules forbid when a test asks
/// for it.
public final class TrustDomain {
    private static final AtomicLong SERIALS = new AtomicLong(100);

    private final String name;
    private final Instant now;
    private final KeyPair keys = keys();
    private final X509Certificate root;

    /// A workload's key and certificate.
    public record Workload(KeyPair keys, X509Certificate certificate) {}

    /// @param name of the trust domain
    /// @param now  the moment that its certificates are around
    public TrustDomain(String name, Instant now) {
        this.name = name;
        this.now = now;
        this.root = new CertificateDraft(
                        BigInteger.valueOf(SERIALS.incrementAndGet()),
                        name,
                        name,
                        now.minus(Duration.ofDays(1)),
                        now.plus(Duration.ofDays(30)),
                        keys.getPublic(),
                        true,
                        List.of(CertificateDraft.CERTIFICATES, CertificateDraft.REVOCATIONS),
                        List.of("spiffe://" + name),
                        List.of())
                .signed(keys.getPrivate());
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /// The authority's certificate.
    public X509Certificate root() {
        return root;
    }

    /// A good draft for a workload.
    public CertificateDraft draft(KeyPair of, String... uris) {
        return new CertificateDraft(
                BigInteger.valueOf(SERIALS.incrementAndGet()),
                "workload",
                name,
                now.minusSeconds(60),
                now.plusSeconds(3_600),
                of.getPublic(),
                false,
                List.of(CertificateDraft.SIGNATURE),
                List.of(uris),
                List.of("localhost"));
    }

    /// A workload of that SPIFFE id.
    public Workload workload(String id) {
        return workload(draft -> draft, id);
    }

    /// A workload whose certificate is not as it should be.
    public Workload workload(UnaryOperator<CertificateDraft> spoilt, String... uris) {
        KeyPair own = keys();
        return new Workload(own, spoilt.apply(draft(own, uris)).signed(keys.getPrivate()));
    }

    /// What a client needs to trust servers of this domain, and to show a workload's certificate.
    public SSLContext client(Workload... shown) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("root", root);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            KeyManager[] managers = {};
            for (Workload one : shown) {
                own.setKeyEntry("own", one.keys().getPrivate(), new char[0], new X509Certificate[] {one.certificate()});
                KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
                keyManagers.init(own, new char[0]);
                managers = keyManagers.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers, trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /// Writes the authority's certificate, and those of others, as a trust bundle.
    public Path bundle(Path file, TrustDomain... others) throws IOException {
        StringBuilder pem = new StringBuilder(Certificates.pem(root));
        for (TrustDomain other : others) {
            pem.append(Certificates.pem(other.root));
        }
        return replace(file, pem.toString());
    }

    /// Writes a server's certificate and its key into a folder.
    public X509Certificate server(Path certificate, Path key) throws IOException {
        Workload server = workload("spiffe://" + name + "/gateway");
        replace(certificate, Certificates.pem(server.certificate()));
        replace(
                key,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(server.keys().getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        return server.certificate();
    }

    private static Path replace(Path file, String text) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, text);
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-------"));
        return Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
