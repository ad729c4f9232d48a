// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.svid;

import dev.tollgate.terms.Digest;
import dev.tollgate.terms.SpiffeId;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Verifies workloads' certificates by the X509-SVID specification: one SPIFFE id and no other URI, a
/// leaf whose key is for signatures, a chain that ends in a certificate of the id's own trust domain.
/// Remembers what it found until the trust bundles change; times are looked at every time. Safe for
/// many threads.
public final class SvidVerifier {
    /// A leaf and three authorities between it and the bundle.
    private static final int CHAIN_MAX = 4;

    /// Workloads that call within a few minutes, about 300 bytes each.
    private static final int REMEMBERED_MAX = 4_096;

    private static final int URI = 6;
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;
    private static final int RSA_BITS_MIN = 2_048;
    private static final int RSA_BITS_MAX = 4_096;
    private static final int EC_BITS_MIN = 256;
    private static final Set<String> CLIENT = Set.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

    private final TrustBundles bundles;
    private final InstantSource clock;
    private final Map<Key, Svid> remembered = new ConcurrentHashMap<>();

    /// @param bundles whose signature counts
    public SvidVerifier(TrustBundles bundles, InstantSource clock) {
        this.bundles = bundles;
        this.clock = clock;
    }

    /// What a chain showed. Closed.
    public sealed interface Checked {
        /// Whoever holds the leaf's key is that workload.
        record Verified(Svid svid) implements Checked {}

        /// Nothing.
        record Faulty(SvidFault fault) implements Checked {}
    }

    /// Digest of a chain, under the trust bundles of a moment.
    private record Key(long bundles, ByteBuffer chain) {}

    /// Verifies a chain, the leaf first. That its key is held was shown by TLS, or is for the caller to
    /// see to.
    public Checked check(List<X509Certificate> chain) {
        if (chain.isEmpty() || chain.size() > CHAIN_MAX) {
            return faulty(SvidFault.LENGTH);
        }
        TrustBundles.State trusted = bundles.state();
        Optional<Key> key = key(trusted.number(), chain);
        if (key.isEmpty()) {
            return faulty(SvidFault.MALFORMED);
        }
        Svid known = remembered.get(key.get());
        if (known != null) {
            return timely(known);
        }
        Checked checked = first(chain, trusted);
        if (checked instanceof Checked.Verified verified) {
            if (remembered.size() >= REMEMBERED_MAX) {
                remembered.clear();
            }
            remembered.put(key.get(), verified.svid());
        }
        return checked;
    }

    private static Optional<Key> key(long number, List<X509Certificate> chain) {
        try {
            byte[][] all = new byte[chain.size()][];
            int length = 0;
            for (int at = 0; at < all.length; at++) {
                all[at] = chain.get(at).getEncoded();
                length += all[at].length;
            }
            ByteBuffer whole = ByteBuffer.allocate(length);
            for (byte[] one : all) {
                whole.put(one);
            }
            return Optional.of(new Key(number, ByteBuffer.wrap(Digest.sha256(whole.array()))));
        } catch (CertificateException _) {
            return Optional.empty();
        }
    }

    private Checked first(List<X509Certificate> chain, TrustBundles.State trusted) {
        X509Certificate leaf = chain.getFirst();
        Optional<List<String>> uris = uris(leaf);
        if (uris.isEmpty()) {
            return faulty(SvidFault.MALFORMED);
        }
        Optional<SpiffeId> id =
                uris.get().size() == 1 ? SpiffeId.parse(uris.get().getFirst()) : Optional.empty();
        if (id.isEmpty()) {
            return faulty(SvidFault.NAMES);
        }
        if (leaf.getBasicConstraints() >= 0) {
            return faulty(SvidFault.AUTHORITY);
        }
        if (!signsOnly(leaf)) {
            return faulty(SvidFault.USAGE);
        }
        if (!strong(leaf.getPublicKey())) {
            return faulty(SvidFault.KEY);
        }
        Set<TrustAnchor> anchors = trusted.domains().getOrDefault(id.get().trustDomain(), Set.of());
        if (anchors.isEmpty()) {
            return faulty(SvidFault.DOMAIN);
        }
        Instant from = chain.stream()
                .map(one -> one.getNotBefore().toInstant())
                .max(Instant::compareTo)
                .orElseThrow();
        Instant until = chain.stream()
                .map(one -> one.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
        if (timely(new Svid(id.get(), "", from, until)) instanceof Checked.Faulty late) {
            return late;
        }
        return signed(chain, anchors, id.get().trustDomain())
                .<Checked>map(anchor ->
                        new Checked.Verified(new Svid(id.get(), thumbprint(leaf), from, earlier(until, anchor))))
                .orElseGet(() -> faulty(SvidFault.CHAIN));
    }

    private static Instant earlier(Instant until, X509Certificate anchor) {
        Instant end = anchor.getNotAfter().toInstant();
        return end.isBefore(until) ? end : until;
    }

    /// The authority that the chain ends in. An authority in between that names a trust domain names
    /// this one.
    private Optional<X509Certificate> signed(List<X509Certificate> chain, Set<TrustAnchor> anchors, String domain) {
        boolean ours = chain.stream()
                .skip(1)
                .allMatch(one -> uris(one)
                        .filter(names -> names.stream().allMatch(name -> name.equals("spiffe://" + domain)))
                        .isPresent());
        if (!ours) {
            return Optional.empty();
        }
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            // SPIFFE has no revocation lists: certificates are short-lived (X509-SVID, "Validation").
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(clock.instant()));
            var result = (java.security.cert.PKIXCertPathValidatorResult) CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
            X509Certificate anchor = result.getTrustAnchor().getTrustedCert();
            // PKIX does not look at an anchor's own time.
            anchor.checkValidity(Date.from(clock.instant()));
            return Optional.of(anchor);
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Checked timely(Svid svid) {
        Instant now = clock.instant();
        if (now.isAfter(svid.until())) {
            return faulty(SvidFault.EXPIRED);
        }
        return now.isBefore(svid.from()) ? faulty(SvidFault.EARLY) : new Checked.Verified(svid);
    }

    private static boolean signsOnly(X509Certificate leaf) {
        boolean[] usage = leaf.getKeyUsage();
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            return usage != null
                    && usage[DIGITAL_SIGNATURE]
                    && !usage[KEY_CERT_SIGN]
                    && !usage[CRL_SIGN]
                    && (purposes == null || purposes.stream().anyMatch(CLIENT::contains));
        } catch (CertificateParsingException _) {
            return false;
        }
    }

    private static boolean strong(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa ->
                rsa.getModulus().bitLength() >= RSA_BITS_MIN && rsa.getModulus().bitLength() <= RSA_BITS_MAX;
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= EC_BITS_MIN;
            case EdECPublicKey _ -> true;
            default -> false;
        };
    }

    /// The URIs among a certificate's names, or nothing when they cannot be read.
    private static Optional<List<String>> uris(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return Optional.of(
                    names == null
                            ? List.of()
                            : names.stream()
                                    .filter(name -> Integer.valueOf(URI).equals(name.get(0)))
                                    .map(name -> String.valueOf(name.get(1)))
                                    .toList());
        } catch (CertificateParsingException | RuntimeException _) {
            return Optional.empty();
        }
    }

    /// SHA-256 of a certificate's DER form in base64url, as `x5t#S256` names it.
    public static String thumbprint(X509Certificate certificate) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Digest.sha256(certificate.getEncoded()));
        } catch (CertificateException broken) {
            throw new IllegalStateException("a certificate has no DER form", broken);
        }
    }

    private static Checked faulty(SvidFault fault) {
        return new Checked.Faulty(fault);
    }
}
