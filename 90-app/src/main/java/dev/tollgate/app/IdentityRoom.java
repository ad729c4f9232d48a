// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.gateway.exchange.Grounds;
import dev.tollgate.gateway.exchange.PeopleSource;
import dev.tollgate.gateway.exchange.TokenExchange;
import dev.tollgate.gateway.exchange.TokenRequest.Kind;
import dev.tollgate.gateway.exchange.TrustDomain;
import dev.tollgate.gateway.stage.Contain;
import dev.tollgate.gateway.stage.Journal;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.identity.TokenIssuer;
import dev.tollgate.identity.bound.Replays;
import dev.tollgate.identity.proof.FetchedKeys;
import dev.tollgate.identity.proof.IssuerKeys;
import dev.tollgate.identity.proof.JwtCheck;
import dev.tollgate.identity.proof.KeyDocuments;
import dev.tollgate.identity.proof.LocalIdentity;
import dev.tollgate.identity.proof.TrustedIssuer;
import dev.tollgate.server.oauth.TokenDoor;
import dev.tollgate.store.SingleUse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who may have tokens of a node: its own key, the trust domains and the providers that the configuration names.
final class IdentityRoom {
    /// Platforms renew tokens of workloads by the hour, and let them run over a little.
    private static final Duration WORKLOAD_LIFE = Duration.ofHours(2);

    /// A working day and a night: providers that let people stay signed in longer say so in a refresh token.
    private static final Duration PERSON_LIFE = Duration.ofHours(24);

    /// An assertion goes from one server to the next.
    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(10);

    private static final Set<String> WORKLOAD_TYPES = Set.of("", "jwt", "jose");
    private static final Set<String> ACCESS_TYPES = Set.of("at+jwt", "application/at+jwt");
    private static final Set<String> ASSERTION_TYPES = Set.of("oauth-id-jag+jwt");

    private final Foundations base;
    private final String url;
    private final Set<String> places;
    private final KeyDocuments documents = new KeyDocuments();

    /// @param url how clients reach the server
    IdentityRoom(Foundations base, String url) {
        this.base = base;
        this.url = url;
        this.places = Set.of(url, url + "/mcp", Foundations.AUDIENCE);
    }

    /// How clients reach a deployment.
    static String reached(Configuration configuration, int port) {
        String scheme = configuration.access().tls().isPresent() ? "https://" : "http://";
        return configuration
                .listen()
                .url()
                .map(URI::toString)
                .orElseGet(() -> scheme + configuration.listen().host() + ":" + port);
    }

    /// What hands out tokens.
    TokenExchange exchange(Bearers bearers, Contain contain, Oversight people, Journal journal) {
        TokenIssuer issuer = new TokenIssuer(
                base.keys().delegation(), base.clock(), base.random(), Foundations.ISSUER, Foundations.AUDIENCE);
        return new TokenExchange(
                new Grounds(domains(), people(), new JwtCheck(base.clock()), bearers.tokens()),
                base.bundles(),
                issuer,
                contain,
                people,
                journal,
                bearers.holding(),
                new Replays(new SingleUse(base.store())),
                places,
                base.clock());
    }

    private List<TrustDomain> domains() {
        List<TrustDomain> domains = new ArrayList<>();
        domains.add(new TrustDomain(
                Optional.empty(),
                TrustDomain.Kind.LOCAL,
                LocalIdentity.workloads(base.keys().identity()),
                true));
        for (IdentityTrust.Domain one : base.configuration().identity().domains()) {
            Set<String> audiences = one.audience().map(Set::of).orElse(Set.of(url, url + TokenDoor.PATH));
            domains.add(new TrustDomain(
                    Optional.of(one.name()),
                    one.kind(),
                    new TrustedIssuer(one.keys().issuer(), audiences, WORKLOAD_TYPES, WORKLOAD_LIFE, keys(one.keys())),
                    one.single()));
        }
        return domains;
    }

    private List<PeopleSource> people() {
        List<PeopleSource> people = new ArrayList<>();
        people.add(new PeopleSource(
                Map.of(Kind.JWT, LocalIdentity.people(base.keys().identity())), Optional.empty(), "sub"));
        base.configuration()
                .console()
                .ifPresent(console -> people.add(source(new IdentityTrust.People(
                        new IdentityTrust.Keys(console.issuer().toString(), Optional.empty(), Optional.empty()),
                        console.client(),
                        console.claim(),
                        false))));
        base.configuration().identity().people().forEach(one -> people.add(source(one)));
        return people;
    }

    private PeopleSource source(IdentityTrust.People one) {
        String name = one.keys().issuer();
        IssuerKeys keys = keys(one.keys());
        TrustedIssuer identity = new TrustedIssuer(name, Set.of(one.client()), TrustedIssuer.PLAIN, PERSON_LIFE, keys);
        TrustedIssuer access = new TrustedIssuer(name, places, ACCESS_TYPES, PERSON_LIFE, keys);
        Optional<TrustedIssuer> jag = one.jag()
                ? Optional.of(new TrustedIssuer(name, Set.of(url), ASSERTION_TYPES, ASSERTION_LIFE, keys))
                : Optional.empty();
        return new PeopleSource(Map.of(Kind.ID_TOKEN, identity, Kind.ACCESS_TOKEN, access), jag, one.claim());
    }

    private IssuerKeys keys(IdentityTrust.Keys where) {
        FetchedKeys.Source source = where.file()
                .map(KeyDocuments::in)
                .or(() -> where.address().map(documents::at))
                .orElseGet(() -> documents.of(where.issuer()));
        return new FetchedKeys(source, where.issuer(), base.clock());
    }
}
