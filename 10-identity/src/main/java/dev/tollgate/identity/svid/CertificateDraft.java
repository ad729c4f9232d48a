// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.svid;

import dev.tollgate.terms.Require;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A certificate (RFC 5280) before somebody signs it. The JDK reads certificates and writes none.
///
/// @param serial  positive, 20 bytes at most
/// @param subject common name of whom it is about
/// @param issuer  common name of who signs it
/// @param from    first second
/// @param until   last second
/// @param key     the subject's key
/// @param ca      whether the subject signs certificates
/// @param uses    bits of `keyUsage` (RFC 5280 §4.2.1.3), 0 to 7
/// @param uris    names that are URIs
/// @param hosts   names that are DNS names
public record CertificateDraft(
        BigInteger serial,
        String subject,
        String issuer,
        Instant from,
        Instant until,
        PublicKey key,
        boolean ca,
        List<Integer> uses,
        List<String> uris,
        List<String> hosts) {
    /// The key signs.
    public static final int SIGNATURE = 0;
    /// The key signs certificates.
    public static final int CERTIFICATES = 5;
    /// The key signs lists of what was revoked.
    public static final int REVOCATIONS = 6;

    private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    private static final String ED25519 = "1.3.101.112";

    public CertificateDraft {
        uses = List.copyOf(uses);
        uris = List.copyOf(uris);
        hosts = List.copyOf(hosts);
        Require.require(serial.signum() > 0 && serial.bitLength() < 160, "a serial number is positive and short");
    }

    /// The certificate, signed by the issuer's key: P-256 or Ed25519.
    public X509Certificate signed(PrivateKey by) {
        boolean ec = by.getAlgorithm().equals("EC");
        byte[] algorithm = Der.sequence(Der.oid(ec ? ECDSA_SHA256 : ED25519));
        byte[] body = Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(serial),
                algorithm,
                name(issuer),
                Der.sequence(Der.time(from), Der.time(until)),
                name(subject),
                key.getEncoded(),
                Der.tagged(0xa3, Der.sequence(extensions())));
        try {
            Signature signature = Signature.getInstance(ec ? "SHA256withECDSA" : "Ed25519");
            signature.initSign(by);
            signature.update(body);
            return Certificates.of(Der.sequence(body, algorithm, Der.bits(signature.sign())));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a certificate cannot be made with this key", broken);
        }
    }

    private static byte[] name(String common) {
        return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text(common))));
    }

    private byte[][] extensions() {
        List<byte[]> all = new ArrayList<>();
        all.add(extension("2.5.29.19", true, ca ? Der.sequence(Der.truth(true)) : Der.sequence()));
        if (!uses.isEmpty()) {
            int[] bits = uses.stream().mapToInt(Integer::intValue).toArray();
            all.add(extension("2.5.29.15", true, Der.flags(bits)));
        }
        if (!ca) {
            byte[] both = Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"), Der.oid("1.3.6.1.5.5.7.3.2"));
            all.add(extension("2.5.29.37", false, both));
        }
        if (!uris.isEmpty() || !hosts.isEmpty()) {
            List<byte[]> names = new ArrayList<>();
            uris.forEach(uri -> names.add(Der.tagged(0x86, uri.getBytes(StandardCharsets.US_ASCII))));
            hosts.forEach(host -> names.add(Der.tagged(0x82, host.getBytes(StandardCharsets.US_ASCII))));
            all.add(extension("2.5.29.17", false, Der.sequence(names.toArray(byte[][]::new))));
        }
        return all.toArray(byte[][]::new);
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.oid(oid), Der.truth(true), Der.octets(value))
                : Der.sequence(Der.oid(oid), Der.octets(value));
    }
}
