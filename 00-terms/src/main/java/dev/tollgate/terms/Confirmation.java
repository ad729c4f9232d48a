// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which key a bearer must prove that it holds (`cnf`, RFC 7800); with neither, the token is whoever's that has it.
///
/// @param jkt        thumbprint of the key of its DPoP proofs (RFC 9449 §6, RFC 7638), base64url
/// @param thumbprint SHA-256 of the certificate of its TLS connection (`x5t#S256`, RFC 8705 §3.1), base64url
public record Confirmation(Optional<String> jkt, Optional<String> thumbprint) {
    /// No key is asked for.
    public static final Confirmation NONE = new Confirmation(Optional.empty(), Optional.empty());

    private static final Pattern SHA256 = Pattern.compile("[A-Za-z0-9_-]{43}");

    public Confirmation {
        jkt.ifPresent(Confirmation::digest);
        thumbprint.ifPresent(Confirmation::digest);
    }

    /// Bound to the key of DPoP proofs.
    public static Confirmation ofKey(String jkt) {
        return new Confirmation(Optional.of(jkt), Optional.empty());
    }

    /// Bound to the certificate of a TLS connection.
    public static Confirmation ofCertificate(String thumbprint) {
        return new Confirmation(Optional.empty(), Optional.of(thumbprint));
    }

    /// Whether any key is asked for.
    public boolean bound() {
        return jkt.isPresent() || thumbprint.isPresent();
    }

    private static void digest(String text) {
        Require.require(SHA256.matcher(text).matches(), "a thumbprint is a SHA-256 digest in base64url");
    }
}
