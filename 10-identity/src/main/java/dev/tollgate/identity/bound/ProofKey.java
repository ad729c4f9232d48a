// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.bound;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.tollgate.terms.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The public key that a proof carries, and the only algorithms it may be used with. Which algorithm is
/// meant is settled by the key's own kind, so that a header cannot make one kind of key be taken for
/// another.
final class ProofKey {
    /// What clients are told that they may sign with.
    static final List<String> ALGORITHMS = List.of("ES256", "EdDSA", "PS256", "RS256");

    /// Members of a public key; of a private one, or of anything else, there is none here.
    private static final Set<String> MEMBERS =
            Set.of("kty", "crv", "x", "y", "n", "e", "alg", "use", "kid", "key_ops", "ext");

    /// A shorter one is weak (RFC 7518 §3.3), a longer one costs whoever checks it.
    private static final int RSA_BITS_MIN = 2_048;

    private static final int RSA_BITS_MAX = 4_096;

    /// Public exponents that are in use are 65537 and, rarely, 3 or 17.
    private static final int EXPONENT_BITS_MAX = 32;

    private final JWK key;

    private ProofKey(JWK key) {
        this.key = key;
    }

    /// The key in a header's `jwk`, or nothing.
    static Optional<ProofKey> of(JsonNode jwk) {
        if (!jwk.isObject() || !MEMBERS.containsAll(jwk.propertyNames())) {
            return Optional.empty();
        }
        try {
            return Optional.of(JWK.parse(jwk.toString()))
                    .filter(ProofKey::taken)
                    .map(ProofKey::new);
        } catch (ParseException | IllegalArgumentException | IllegalStateException _) {
            return Optional.empty();
        }
    }

    private static boolean taken(JWK key) {
        return !key.isPrivate()
                && switch (key) {
                    // Nimbus refuses points that are not on the curve.
                    case ECKey ec -> Curve.P_256.equals(ec.getCurve());
                    case OctetKeyPair ed ->
                        Curve.Ed25519.equals(ed.getCurve()) && ed.getDecodedX().length == VerifyingKey.RAW_BYTES;
                    case RSAKey rsa -> {
                        int bits = rsa.getModulus().decodeToBigInteger().bitLength();
                        java.math.BigInteger exponent = rsa.getPublicExponent().decodeToBigInteger();
                        yield bits >= RSA_BITS_MIN
                                && bits <= RSA_BITS_MAX
                                && exponent.bitLength() > 1
                                && exponent.bitLength() <= EXPONENT_BITS_MAX
                                && exponent.testBit(0);
                    }
                    default -> false;
                };
    }

    /// Whether the key's kind goes with an algorithm that is taken.
    boolean fits(String algorithm) {
        return switch (key) {
            case ECKey _ -> algorithm.equals("ES256");
            case OctetKeyPair _ -> algorithm.equals("EdDSA") || algorithm.equals("Ed25519");
            case RSAKey _ -> algorithm.equals("RS256") || algorithm.equals("PS256");
            default -> false;
        };
    }

    /// The key's thumbprint (RFC 7638), as `jkt` of a token names it (RFC 9449 §6.1).
    String thumbprint() {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException missing) {
            throw new IllegalStateException("this machine has no SHA-256", missing);
        }
    }

    /// Whether `signature` is this key's over `input` by `algorithm`, which must fit. A malformed one
    /// is a no.
    boolean signed(String algorithm, String input, byte[] signature) {
        byte[] message = input.getBytes(StandardCharsets.US_ASCII);
        try {
            return switch (key) {
                case ECKey ec -> nimbus(new ECDSAVerifier(ec), algorithm, message, signature);
                case RSAKey rsa -> nimbus(new RSASSAVerifier(rsa), algorithm, message, signature);
                case OctetKeyPair ed -> {
                    Signature verifier = Signature.getInstance("Ed25519");
                    verifier.initVerify(VerifyingKey.publicKey(ed.getDecodedX(), KeyFactory.getInstance("Ed25519")));
                    verifier.update(message);
                    yield verifier.verify(signature);
                }
                default -> false;
            };
        } catch (JOSEException | GeneralSecurityException _) {
            return false;
        }
    }

    private static boolean nimbus(JWSVerifier verifier, String algorithm, byte[] message, byte[] signature)
            throws JOSEException {
        return verifier.verify(new JWSHeader(JWSAlgorithm.parse(algorithm)), message, Base64URL.encode(signature));
    }
}
