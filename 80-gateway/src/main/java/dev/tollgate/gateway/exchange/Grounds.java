// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.exchange;

import dev.tollgate.gateway.exchange.TokenAnswer.Code;
import dev.tollgate.gateway.exchange.TokenRequest.Kind;
import dev.tollgate.identity.TokenVerifier;
import dev.tollgate.identity.proof.JwtCheck;
import dev.tollgate.identity.proof.ProofFault;
import dev.tollgate.identity.proof.TrustedIssuer;
import dev.tollgate.policy.bundle.AgentRecord;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.Workload;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Presentation.PeerCertificate;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whom this deployment believes: trust domains for agents, providers for people, its own key for tokens that are
/// handed on. Whatever is wrong with a token, the answer is the same; the log knows.
///
/// @param domains  who vouches for workloads
/// @param people   who says which person it is
/// @param check    reads tokens of others
/// @param verifier reads our own
public record Grounds(List<TrustDomain> domains, List<PeopleSource> people, JwtCheck check, TokenVerifier verifier) {
    private static final String NO_AGENT =
            "the agent did not prove that it is itself: present a fresh token of its trust domain";
    private static final String NO_PERSON =
            "the subject token does not count here: present a fresh one of the person's provider";
    private static final String NO_JAG = "the assertion does not count here: ask the person's provider for a fresh one";

    public Grounds {
        domains = List.copyOf(domains);
        people = List.copyOf(people);
    }

    /// An agent that proved that it is itself.
    ///
    /// @param by    how: the kind of its trust domain
    /// @param at    when its trust domain said so
    /// @param proof names the proof, for taking it once
    /// @param until when nobody takes the proof any more
    /// @param once  whether it is taken once
    record Actor(AgentRecord agent, String by, Instant at, String proof, Instant until, boolean once) {}

    /// For whom a token is asked. Closed.
    sealed interface Subject {
        /// A person, by a token of their provider.
        record Person(UserId user, Instant until) implements Subject {}

        /// A person, by an assertion of their provider that this very client may act for them.
        ///
        /// @param client whom it names
        /// @param scopes the most that it allows; nothing says nothing
        /// @param proof  names the assertion, for taking it once
        record Allowed(
                UserId user,
                Instant until,
                String client,
                Optional<Set<Scope>> scopes,
                Optional<String> resource,
                String proof)
                implements Subject {}

        /// A token of ours that another agent hands on.
        record Held(Delegation delegation) implements Subject {}
    }

    /// The agent whose X.509-SVID the connection shows; its handshake proved the key just now.
    static Found<Actor> certified(PeerCertificate shown, Bundle bundle, Instant now) {
        List<AgentRecord> meant = bundle.agents().values().stream()
                .filter(agent -> agent.workload()
                        .filter(workload -> workload.id().equals(shown.workload()))
                        .isPresent())
                .toList();
        return meant.size() == 1
                ? Found.yes(new Actor(meant.getFirst(), "x509", now, "", now, false))
                : Found.no(Code.INVALID_CLIENT, NO_AGENT, "actor-unknown");
    }

    /// The agent that a proof names, which must be the one whose certificate the connection shows, where it shows one.
    static Found<Actor> itself(Actor actor, Optional<PeerCertificate> shown) {
        boolean same = shown.map(certificate -> actor.agent()
                        .workload()
                        .filter(workload -> workload.id().equals(certificate.workload()))
                        .isPresent())
                .orElse(true);
        return same ? Found.yes(actor) : Found.no(Code.INVALID_CLIENT, NO_AGENT, "actor-certificate");
    }

    @RevealsSecret("a proof of identity is verified here and goes nowhere else")
    Found<Actor> actor(SecretValue proof, Bundle bundle) {
        String token = proof.reveal();
        ProofFault fault = JwtCheck.unread(token);
        String from = JwtCheck.issuer(token).orElse("");
        for (TrustDomain domain : domains) {
            if (!domain.issuer().issuer().equals(from)) {
                continue;
            }
            switch (check.check(token, domain.issuer())) {
                case JwtCheck.Checked.Faulty faulty -> fault = faulty.fault();
                case JwtCheck.Checked.Proven proven -> {
                    return known(domain, proven, token, bundle);
                }
            }
        }
        return Found.no(Code.INVALID_CLIENT, NO_AGENT, "actor-" + fault.word());
    }

    private static Found<Actor> known(TrustDomain domain, JwtCheck.Checked.Proven proven, String token, Bundle bundle) {
        List<AgentRecord> meant = bundle.agents().values().stream()
                .filter(agent -> agent.workload()
                        .filter((Workload workload) -> domain.means(workload, proven.subject()))
                        .isPresent())
                .toList();
        return meant.size() == 1
                ? Found.yes(new Actor(
                        meant.getFirst(),
                        domain.kind().name().toLowerCase(java.util.Locale.ROOT),
                        proven.issued(),
                        "actor:" + named(proven, token),
                        proven.expires(),
                        domain.single()))
                : Found.no(Code.INVALID_CLIENT, NO_AGENT, "actor-unknown");
    }

    /// By its own id where it has one: who signs the same words twice gets one use.
    private static String named(JwtCheck.Checked.Proven proven, String token) {
        String name = proven.text("jti")
                .map(id -> proven.claims().get("iss") + "\n" + id)
                .orElse(token);
        return HexFormat.of().formatHex(Digest.sha256(name.getBytes(StandardCharsets.UTF_8)));
    }

    Found<Subject> subject(TokenRequest.Ask ask) {
        return switch (ask) {
            case TokenRequest.Ask.Exchange exchange -> exchanged(exchange);
            case TokenRequest.Ask.Assertion assertion -> asserted(assertion.assertion());
        };
    }

    @RevealsSecret("a person's token is verified here and goes nowhere else")
    private Found<Subject> exchanged(TokenRequest.Ask.Exchange exchange) {
        String token = exchange.subject().reveal();
        boolean ours = exchange.kind() == Kind.ACCESS_TOKEN;
        if (ours && verifier.check(token) instanceof TokenVerifier.Checked.Proven(Delegation delegation)) {
            return Found.yes(new Subject.Held(delegation));
        }
        ProofFault fault = JwtCheck.unread(token);
        String from = JwtCheck.issuer(token).orElse("");
        for (PeopleSource source : people) {
            TrustedIssuer issuer = source.kinds().get(exchange.kind());
            if (issuer == null || !issuer.issuer().equals(from)) {
                continue;
            }
            switch (check.check(token, issuer)) {
                case JwtCheck.Checked.Faulty faulty -> fault = faulty.fault();
                case JwtCheck.Checked.Proven proven -> {
                    return source.person(proven)
                            .<Found<Subject>>map(user -> Found.yes(new Subject.Person(user, proven.expires())))
                            .orElseGet(() -> Found.no(Code.INVALID_GRANT, NO_PERSON, "subject-unnamed"));
                }
            }
        }
        return Found.no(Code.INVALID_GRANT, NO_PERSON, "subject-" + fault.word());
    }

    @RevealsSecret("an assertion is verified here and goes nowhere else")
    private Found<Subject> asserted(SecretValue assertion) {
        String token = assertion.reveal();
        ProofFault fault = JwtCheck.unread(token);
        String from = JwtCheck.issuer(token).orElse("");
        for (PeopleSource source : people) {
            if (source.jag().filter(issuer -> issuer.issuer().equals(from)).isEmpty()) {
                continue;
            }
            switch (check.check(token, source.jag().orElseThrow())) {
                case JwtCheck.Checked.Faulty faulty -> fault = faulty.fault();
                case JwtCheck.Checked.Proven proven -> {
                    return allowed(source, proven, token);
                }
            }
        }
        return Found.no(Code.INVALID_GRANT, NO_JAG, "assertion-" + fault.word());
    }

    private static Found<Subject> allowed(PeopleSource source, JwtCheck.Checked.Proven proven, String token) {
        Optional<UserId> user = source.person(proven);
        Optional<String> client = proven.text("client_id");
        boolean named = proven.text("jti").isPresent();
        Optional<Set<Scope>> scopes = proven.text("scope").map(Grounds::scopes);
        if (user.isEmpty() || client.isEmpty() || !named) {
            return Found.no(Code.INVALID_GRANT, NO_JAG, "assertion-claims");
        }
        return Found.yes(new Subject.Allowed(
                user.get(),
                proven.expires(),
                client.get(),
                scopes,
                proven.text("resource"),
                "jag:" + named(proven, token)));
    }

    /// Scopes of the provider's own, such as `openid`, open nothing here.
    private static Set<Scope> scopes(String text) {
        Set<Scope> scopes = new HashSet<>();
        for (String word : text.split(" ", -1)) {
            Scope.parse(word).ifPresent(scopes::add);
        }
        return scopes;
    }
}
