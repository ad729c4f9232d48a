// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.svid;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/// A trust domain's authority, and one that breaks the rules where a test wants it to.
final class TestAuthority {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    final String name;
    final KeyPair keys = keys("EC");
    final X509Certificate root;

    TestAuthority(String name) {
        this.name = name;
        this.root = authority(name, keys, name, keys, List.of());
    }

    static KeyPair keys(String kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            if (kind.equals("EC")) {
                generator.initialize(256);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static X509Certificate authority(String subject, KeyPair of, String issuer, KeyPair by, List<String> uris) {
        return new CertificateDraft(
                        BigInteger.TWO,
                        subject,
                        issuer,
                        NOW.minus(Duration.ofDays(1)),
                        NOW.plus(Duration.ofDays(30)),
                        of.getPublic(),
                        true,
                        List.of(CertificateDraft.CERTIFICATES, CertificateDraft.REVOCATIONS),
                        uris,
                        List.of())
                .signed(by.getPrivate());
    }

    /// A good draft for a workload.
    CertificateDraft draft(KeyPair workload, String... uris) {
        return new CertificateDraft(
                BigInteger.TEN,
                "workload",
                name,
                NOW.minusSeconds(60),
                NOW.plusSeconds(3_600),
                workload.getPublic(),
                false,
                List.of(CertificateDraft.SIGNATURE),
                List.of(uris),
                List.of());
    }

    X509Certificate issue(KeyPair workload, UnaryOperator<CertificateDraft> spoilt, String... uris) {
        return spoilt.apply(draft(workload, uris)).signed(keys.getPrivate());
    }
}
