// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.svid;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certificates in PEM (RFC 7468), bounded.
public final class Certificates {
    /// A root, its successor, and those of a handful of nested authorities.
    private static final int COUNT_MAX = 64;

    /// 64 certificates of 4 KiB in base64.
    public static final int BYTES_MAX = 512 * 1024;

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*)-----END CERTIFICATE-----");

    private Certificates() {}

    /// The certificates of a file, in its order, or nothing when there is none, one of them is
    /// malformed, or there are too many.
    public static Optional<List<X509Certificate>> read(byte[] pem) {
        if (pem.length > BYTES_MAX) {
            return Optional.empty();
        }
        List<X509Certificate> read = new ArrayList<>();
        Matcher each = PEM.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        try {
            while (each.find() && read.size() <= COUNT_MAX) {
                read.add(of(Base64.getMimeDecoder().decode(each.group(1))));
            }
        } catch (CertificateException | IllegalArgumentException _) {
            return Optional.empty();
        }
        return read.isEmpty() || read.size() > COUNT_MAX ? Optional.empty() : Optional.of(List.copyOf(read));
    }

    /// The certificate of that DER form.
    public static X509Certificate of(byte[] der) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    }

    /// A certificate as a file holds it.
    public static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateException broken) {
            throw new IllegalStateException("a certificate has no DER form", broken);
        }
    }
}
