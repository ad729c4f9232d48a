// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity;

import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.TaskId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Issues bearer tokens: JWT access tokens (RFC 9068) that name the person (`sub`), the acting agent (`act`,
/// RFC 8693 §4.1), scopes, workflow, task, session and customer, and live 900 s at most. Safe for many threads.
public final class TokenIssuer {
    private static final int ID_BYTES = 16;

    private final SigningKey key;
    private final String header;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final String issuer;
    private final String audience;

    /// @param random   makes token, task and session ids; unpredictable in the product
    /// @param issuer   `iss`, this deployment
    /// @param audience `aud`, the gateway that the tokens are for
    public TokenIssuer(SigningKey key, InstantSource clock, RandomGenerator random, String issuer, String audience) {
        this.key = key;
        this.header = Jws.header(key.keyId());
        this.clock = clock;
        this.random = random;
        this.issuer = Require.id("issuer", issuer);
        this.audience = Require.id("audience", audience);
    }

    /// A bearer token for a grant, valid from this second on.
    ///
    /// @throws IllegalArgumentException when its scopes and names together make a token that no gateway would take
    public String issue(Grant grant) {
        return issued(grant).token();
    }

    /// A token and what it says.
    ///
    /// @param id `jti`
    public record Issued(String token, String id, Delegation delegation) {
        @Override
        public String toString() {
            return "Issued[" + id + "]";
        }
    }

    /// As `issue`, with what the token says.
    public Issued issued(Grant grant) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Claims claims = new Claims(
                issuer,
                audience,
                id(""),
                grant.user(),
                grant.agent(),
                grant.before(),
                grant.scopes(),
                grant.workflow(),
                grant.step(),
                grant.task().orElseGet(() -> new TaskId(id("task-"))),
                grant.session().orElseGet(() -> new SessionId(id("session-"))),
                grant.customer(),
                grant.caseId(),
                grant.request(),
                now,
                now.plusSeconds(grant.ttl().toSeconds()),
                grant.cnf(),
                grant.attested());
        String token = Jws.sign(key, header, claims.bytes());
        Require.require(
                token.length() <= TokenVerifier.CHARS_MAX,
                "a token has at most " + TokenVerifier.CHARS_MAX + " characters: name fewer scopes");
        return new Issued(token, claims.tokenId(), claims.delegation());
    }

    private String id(String prefix) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }
}
