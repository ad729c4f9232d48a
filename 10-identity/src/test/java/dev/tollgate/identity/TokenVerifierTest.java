// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity;

import static dev.tollgate.identity.Tokens.NOW;
import static dev.tollgate.identity.Tokens.encode;
import static dev.tollgate.identity.Tokens.grant;
import static dev.tollgate.identity.Tokens.issuer;
import static dev.tollgate.identity.Tokens.scope;
import static dev.tollgate.identity.Tokens.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.tollgate.identity.TokenVerifier.Checked;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.WorkflowId;
import dev.tollgate.terms.testing.Requirement;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {
    private static Delegation proven(TokenVerifier verifier, String token) {
        return switch (verifier.check(token)) {
            case Checked.Proven proven -> proven.delegation();
            case Checked.Faulty faulty -> throw new AssertionError("refused: " + faulty.fault());
        };
    }

    @Requirement({"S1-4", "S1-7"})
    @Test
    void a_token_proves_both_identities_and_everything_that_was_granted() {
        Grant grant = grant().running(new WorkflowId("prepare-sales-call"))
                .within(new TaskId("task-7"), new SessionId("session-9"))
                .about("cust-0042")
                .asking("Reply to “Ann” that it ships");
        Delegation delegation = proven(verifier(NOW), issuer(NOW).issue(grant));
        assertThat(delegation)
                .isEqualTo(new Delegation(
                        grant.agent(),
                        grant.user(),
                        grant.scopes(),
                        grant.workflow(),
                        new TaskId("task-7"),
                        new SessionId("session-9"),
                        Optional.of("cust-0042"),
                        Optional.of("Reply to “Ann” that it ships"),
                        NOW,
                        NOW.plusSeconds(600),
                        List.of("sales-copilot")));
    }

    @Requirement("S1-31")
    @Test
    void a_token_carries_the_key_of_its_bearer_and_when_the_agent_proved_itself() {
        Confirmation both = new Confirmation(Optional.of("k".repeat(43)), Optional.of("c".repeat(43)));
        Grant grant = grant().boundTo(both).attested(NOW.minusSeconds(3));
        Delegation delegation = proven(verifier(NOW), issuer(NOW).issue(grant));
        assertThat(delegation.cnf()).isEqualTo(both);
        assertThat(delegation.attested()).contains(NOW.minusSeconds(3));
    }

    @Test
    void tokens_get_tasks_and_sessions_of_their_own() {
        TokenIssuer issuer = issuer(NOW);
        Delegation first = proven(verifier(NOW), issuer.issue(grant()));
        Delegation second = proven(verifier(NOW), issuer.issue(grant()));
        assertThat(first.task()).isNotEqualTo(second.task());
        assertThat(first.session()).isNotEqualTo(second.session());
    }

    @Test
    void a_token_is_a_jwt_access_token_for_every_other_library() throws ParseException, GeneralSecurityException {
        SignedJWT jwt = SignedJWT.parse(issuer(NOW).issue(grant()));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(Tokens.KEY.pair().getPublic());
        verifier.update(jwt.getSigningInput());
        assertThat(verifier.verify(jwt.getSignature().decode())).isTrue();
        assertThat(jwt.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("EdDSA");
        assertThat(jwt.getJWTClaimsSet().getSubject()).isEqualTo("alice");
        assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly("tollgate");
        assertThat(jwt.getJWTClaimsSet().getJSONObjectClaim("act")).isEqualTo(Map.of("sub", "sales-copilot"));
        assertThat(jwt.getJWTClaimsSet().getClaims())
                .containsKeys("iss", "exp", "aud", "sub", "client_id", "iat", "jti", "scope");
    }

    @Requirement("S1-4")
    @Test
    void a_token_ends_on_time_even_when_it_is_remembered() {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        TokenVerifier verifier = verifier(now::get);
        String token = issuer(NOW).issue(grant());
        proven(verifier, token);
        now.set(NOW.plusSeconds(600).minusMillis(1));
        proven(verifier, token);
        now.set(NOW.plusSeconds(600));
        assertThat(verifier.check(token)).isEqualTo(new Checked.Faulty(TokenFault.EXPIRED));
        now.set(NOW.plus(Duration.ofDays(400)));
        assertThat(verifier.check(token)).isEqualTo(new Checked.Faulty(TokenFault.EXPIRED));
    }

    @Test
    void a_clock_that_runs_behind_takes_a_token_of_now_but_none_of_later() {
        String token = issuer(NOW).issue(grant());
        proven(verifier(NOW.minusSeconds(5)), token);
        assertThat(verifier(NOW.minusSeconds(5).minusMillis(1)).check(token))
                .isEqualTo(new Checked.Faulty(TokenFault.EARLY));
    }

    @Test
    void a_rotated_key_verifies_as_long_as_it_is_trusted() {
        var next = Tokens.key("delegation-2");
        var both = Map.of("delegation-1", Tokens.KEY.verifyingKey(), "delegation-2", next.verifyingKey());
        String old = issuer(NOW).issue(grant());
        proven(new TokenVerifier(both, Tokens.ISSUER, Tokens.AUDIENCE, () -> NOW), old);
        TokenVerifier after = new TokenVerifier(
                Map.of("delegation-2", next.verifyingKey()), Tokens.ISSUER, Tokens.AUDIENCE, () -> NOW);
        assertThat(after.check(old)).isEqualTo(new Checked.Faulty(TokenFault.KEY));
    }

    @Test
    void whatever_is_wrong_the_refusal_is_the_same() {
        List<String> bad = List.of(
                "",
                "x",
                "a.b.c",
                Tokens.signed("{}"),
                issuer(NOW.minusSeconds(5_000)).issue(grant()));
        for (String token : bad) {
            assertThat(verifier(NOW).verify(token)).isEqualTo(Step.refuse(new Refusal.Unauthenticated()));
        }
    }

    @Test
    void the_memory_of_a_verifier_is_bounded_and_forgets_no_token_at_work() {
        Remembered remembered = new Remembered();
        Delegation delegation = proven(verifier(NOW), issuer(NOW).issue(grant()));
        Remembered.Key busy = Remembered.Key.of("busy".getBytes(StandardCharsets.UTF_8));
        remembered.put(busy, delegation);
        for (int at = 0; at < 5 * Remembered.GENERATION_MAX; at++) {
            remembered.put(new Remembered.Key(at, at, at, at), delegation);
            assertThat(remembered.get(busy)).contains(delegation);
        }
        assertThat(remembered.size()).isLessThanOrEqualTo(2 * Remembered.GENERATION_MAX);
    }

    @Requirement("S1-5")
    @Test
    void scopes_go_through_a_token_word_by_word() {
        Grant grant = Grant.of(
                grant().agent(),
                grant().user(),
                java.util.Set.of(
                        scope("crm:opportunity:read:owned"),
                        scope("crm:account:read:owned"),
                        scope("email:draft:create"),
                        scope("crm:*:search")));
        assertThat(proven(verifier(NOW), issuer(NOW).issue(grant)).scopes()).isEqualTo(grant.scopes());
        Map<String, dev.tollgate.terms.Value> claims = Tokens.claims();
        for (String words : List.of("crm:account", "crm:account:read:any", "CRM:account:read", "", "a:b:c  d:e:f")) {
            claims.put("scope", dev.tollgate.terms.Value.of(words));
            assertThat(verifier(NOW).check(Tokens.signed(claims))).isEqualTo(new Checked.Faulty(TokenFault.CLAIMS));
        }
    }

    @Test
    void the_published_vectors_of_rfc_8037_come_out() {
        // RFC 8037 appendix A.1 and A.4: key, header {"alg":"EdDSA"}, payload, and the whole token.
        byte[] seed = java.util.Base64.getUrlDecoder().decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
        byte[] shown = java.util.Base64.getUrlDecoder().decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        String token = Jws.sign(
                PublishedKeys.of("test", seed, shown),
                encode("{\"alg\":\"EdDSA\"}"),
                "Example of Ed25519 signing".getBytes(StandardCharsets.UTF_8));
        assertThat(token)
                .isEqualTo("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-"
                        + "09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }
}
