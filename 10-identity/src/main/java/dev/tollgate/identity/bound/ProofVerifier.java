// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.bound;

import dev.tollgate.terms.Base64Url;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Presentation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Checks proofs of possession at a protected resource (RFC 9449 §4.3), all but whether they were used
/// before. What it finds says nothing of the token: a proof is checked whether the token is good or
/// not. Safe for many threads.
public final class ProofVerifier {
    /// An RSA key and signature of 4,096 bits take 1,400 characters, addresses and tokens' digests the
    /// rest.
    static final int CHARS_MAX = 4_096;

    /// How old a proof may be: made for a request that is on its way (RFC 9449 §11.1).
    static final Duration AGE_MAX = Duration.ofSeconds(60);

    /// How far a client's clock may be ahead.
    static final Duration AHEAD_MAX = Duration.ofSeconds(5);

    private static final String TYPE = "dpop+jwt";
    private static final Set<String> HEADER = Set.of("typ", "alg", "jwk");
    private static final int ID_CHARS_MAX = 256;
    private static final int TEXT_CHARS_MAX = 1_024;

    /// 9999-12-31.
    private static final long SECONDS_MAX = 253_402_300_799L;

    private final InstantSource clock;
    private final Optional<Nonces> nonces;

    /// @param nonces when proofs must carry one of ours
    public ProofVerifier(InstantSource clock, Optional<Nonces> nonces) {
        this.clock = clock;
        this.nonces = nonces;
    }

    /// Algorithms that proofs may be signed with, for metadata.
    public static List<String> algorithms() {
        return ProofKey.ALGORITHMS;
    }

    /// What a proof showed. Closed.
    sealed interface Checked {
        /// Whoever made the request holds this key.
        ///
        /// @param thumbprint of the key
        /// @param id         of the proof, for the memory of what was used
        /// @param until      when its age alone makes every node refuse it
        record Held(String thumbprint, String id, Instant until) implements Checked {}

        /// Nothing.
        record Faulty(ProofFault fault) implements Checked {}
    }

    /// Checks the proof of a request that presents `token`.
    Checked check(String token, Presentation request) {
        return check(Optional.of(token), request);
    }

    /// Checks the proof of a request that asks for a token and presents none (RFC 9449 §5).
    Checked check(Presentation request) {
        return check(Optional.empty(), request);
    }

    private Checked check(Optional<String> token, Presentation request) {
        String proof = request.proof().orElse("");
        if (proof.isEmpty()) {
            return faulty(ProofFault.MISSING);
        }
        if (proof.length() > CHARS_MAX) {
            return faulty(ProofFault.OVERSIZED);
        }
        String[] parts = proof.split("\\.", -1);
        if (parts.length != 3) {
            return faulty(ProofFault.SHAPE);
        }
        Optional<JsonNode> header = ProofPart.object(parts[0]);
        Optional<JsonNode> claims = ProofPart.object(parts[1]);
        Optional<byte[]> signature = Base64Url.decode(parts[2]);
        if (header.isEmpty() || claims.isEmpty() || signature.isEmpty()) {
            return faulty(ProofFault.SHAPE);
        }
        JsonNode head = header.get();
        if (!HEADER.containsAll(head.propertyNames())
                || !ProofPart.text(head, "typ", ID_CHARS_MAX).equals(Optional.of(TYPE))) {
            return faulty(ProofFault.HEADER);
        }
        Optional<ProofKey> key = ProofKey.of(head.path("jwk"));
        if (key.isEmpty()) {
            return faulty(ProofFault.KEY);
        }
        String algorithm = ProofPart.text(head, "alg", ID_CHARS_MAX).orElse("");
        if (!key.get().fits(algorithm)) {
            return faulty(ProofFault.ALGORITHM);
        }
        if (!key.get().signed(algorithm, parts[0] + "." + parts[1], signature.get())) {
            return faulty(ProofFault.SIGNATURE);
        }
        return said(key.get().thumbprint(), claims.get(), token, request);
    }

    private Checked said(String thumbprint, JsonNode claims, Optional<String> token, Presentation request) {
        Optional<String> id = ProofPart.text(claims, "jti", ID_CHARS_MAX);
        Optional<String> method = ProofPart.text(claims, "htm", ID_CHARS_MAX);
        Optional<String> url = ProofPart.text(claims, "htu", TEXT_CHARS_MAX);
        Optional<String> hash = ProofPart.text(claims, "ath", ID_CHARS_MAX);
        JsonNode made = claims.path("iat");
        boolean forThis = token.isEmpty() || hash.isPresent();
        if (id.isEmpty() || method.isEmpty() || url.isEmpty() || !forThis || !moment(made)) {
            return faulty(ProofFault.CLAIMS);
        }
        if (!method.get().equals(request.method())) {
            return faulty(ProofFault.METHOD);
        }
        Optional<ProofAddress> meant = ProofAddress.of(url.get());
        if (meant.isEmpty() || !meant.equals(ProofAddress.of(request.url()))) {
            return faulty(ProofFault.URL);
        }
        Instant now = clock.instant();
        Instant at = Instant.ofEpochSecond(made.longValue());
        if (now.isAfter(at.plus(AGE_MAX))) {
            return faulty(ProofFault.STALE);
        }
        if (now.plus(AHEAD_MAX).isBefore(at)) {
            return faulty(ProofFault.EARLY);
        }
        if (token.isPresent() && !hash.equals(token.map(ProofVerifier::digest))) {
            return faulty(ProofFault.TOKEN);
        }
        Optional<String> nonce = ProofPart.text(claims, "nonce", ID_CHARS_MAX);
        if (nonces.isPresent() && !nonce.filter(nonces.get()::good).isPresent()) {
            return faulty(ProofFault.NONCE);
        }
        return new Checked.Held(
                thumbprint,
                digest(thumbprint + "." + id.get()),
                at.plus(AGE_MAX).plus(AHEAD_MAX));
    }

    /// A whole second that an `Instant` holds. RFC 7519 allows fractions; no maker of proofs writes
    /// them.
    private static boolean moment(JsonNode number) {
        return number.isIntegralNumber()
                && number.canConvertToLong()
                && number.longValue() >= 0
                && number.longValue() <= SECONDS_MAX;
    }

    private static String digest(String text) {
        return Base64Url.encode(Digest.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Checked faulty(ProofFault fault) {
        return new Checked.Faulty(fault);
    }
}
