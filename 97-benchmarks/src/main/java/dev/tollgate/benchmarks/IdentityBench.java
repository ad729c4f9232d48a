// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.tollgate.identity.Grant;
import dev.tollgate.identity.TokenIssuer;
import dev.tollgate.identity.TokenVerifier;
import dev.tollgate.identity.proof.IssuerKeys;
import dev.tollgate.identity.proof.JwtCheck;
import dev.tollgate.identity.proof.TrustedIssuer;
import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.WorkflowId;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What verifying a token takes, on one thread: our own bearer token for the first time and again, and a proof of
/// another issuer beside Nimbus' own processor on the same token. Contenders take turns; medians of the rounds, in CPU
/// time of the thread, which neighbours hardly move.
///
/// Arguments: rounds, tokens a round.
public final class IdentityBench {
    private static final int RSA_BITS = 2_048;
    private static final String ISSUER = "https://issuer.example";
    private static final String AUDIENCE = "tollgate";

    private IdentityBench() {}

    /// What is measured.
    private interface Verify {
        boolean verify(String token) throws Exception;
    }

    /// @param fresh a new verifier for each round, so that nothing is remembered
    private record Contender(String name, List<String> tokens, Fresh fresh) {}

    private interface Fresh {
        Verify make(List<String> tokens) throws Exception;
    }

    /// Runs the benchmark.
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        int count = Integer.parseInt(args[1]);
        Provider fast = CryptoProviders.best();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        SigningKey key = new SigningKey("bench", generator.generateKeyPair(), fast);
        RSAKey foreign = new RSAKeyGenerator(RSA_BITS).keyID("one").generate();
        List<String> own = own(key, count);
        List<String> others = others(foreign, count);
        List<Contender> contenders = List.of(
                new Contender("own token, first time", own, _ -> verifier(key)),
                new Contender("own token, again", own, tokens -> {
                    Verify verify = verifier(key);
                    for (String token : tokens) {
                        verify.verify(token);
                    }
                    return verify;
                }),
                new Contender("RS256 of another issuer", others, _ -> check(foreign)),
                new Contender("the same, Nimbus' processor", others, _ -> nimbus(foreign)));
        try (PrintWriter out =
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            out.println("signatures: " + fast.getName() + ", rounds: " + rounds + " of " + count + " tokens");
            double[][] micros = new double[contenders.size()][rounds];
            // The first round warms up and is not counted.
            for (int round = -1; round < rounds; round++) {
                for (int at = 0; at < contenders.size(); at++) {
                    double took = measured(contenders.get(at));
                    if (round >= 0) {
                        micros[at][round] = took;
                    }
                }
            }
            for (int at = 0; at < contenders.size(); at++) {
                Arrays.sort(micros[at]);
                out.printf("%s\t%.2f us%n", contenders.get(at).name(), micros[at][rounds / 2]);
            }
        }
    }

    private static double measured(Contender contender) throws Exception {
        Verify verify = contender.fresh().make(contender.tokens());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        for (String token : contender.tokens()) {
            if (!verify.verify(token)) {
                throw new IllegalStateException("a good token was refused");
            }
        }
        return (threads.getCurrentThreadCpuTime() - began)
                / 1e3
                / contender.tokens().size();
    }

    private static Verify verifier(SigningKey key) {
        TokenVerifier verifier =
                new TokenVerifier(Map.of(key.keyId(), key.verifyingKey()), ISSUER, AUDIENCE, InstantSource.system());
        return token -> verifier.check(token) instanceof TokenVerifier.Checked.Proven;
    }

    private static Verify check(RSAKey key) {
        JwtCheck check = new JwtCheck(InstantSource.system());
        TrustedIssuer issuer = new TrustedIssuer(
                ISSUER,
                Set.of(AUDIENCE),
                TrustedIssuer.PLAIN,
                Duration.ofHours(2),
                IssuerKeys.fixed(new JWKSet(key.toPublicJWK())));
        return token -> check.check(token, issuer) instanceof JwtCheck.Checked.Proven;
    }

    private static Verify nimbus(RSAKey key) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.RS256, new ImmutableJWKSet<>(new JWKSet(key.toPublicJWK()))));
        return token -> processor.process(token, null).getSubject() != null;
    }

    private static List<String> own(SigningKey key, int count) {
        TokenIssuer issuer = new TokenIssuer(key, InstantSource.system(), new SecureRandom(), ISSUER, AUDIENCE);
        Grant grant = Grant.of(
                        new AgentId("sales-copilot"),
                        new UserId("alice"),
                        Set.of(
                                Scope.parse("crm:account:read").orElseThrow(),
                                Scope.parse("crm:contact:read").orElseThrow(),
                                Scope.parse("crm:opportunity:read:owned").orElseThrow()))
                .running(new WorkflowId("prepare-sales-call"));
        List<String> tokens = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            tokens.add(issuer.issue(grant));
        }
        return tokens;
    }

    private static List<String> others(RSAKey key, int count) throws Exception {
        Instant now = Instant.now();
        List<String> tokens = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
                    new JWTClaimsSet.Builder()
                            .issuer(ISSUER)
                            .audience(AUDIENCE)
                            .subject("spiffe://crm.example/agents/a" + at)
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plus(Duration.ofHours(1))))
                            .build());
            token.sign(new RSASSASigner(key));
            tokens.add(token.serialize());
        }
        return tokens;
    }
}
