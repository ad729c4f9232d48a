// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.gateway.exchange.TrustDomain;
import dev.tollgate.terms.SpiffeId;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whom a deployment believes beside its own key. Read from `identity`.
///
/// @param domains who vouches for agents
/// @param people  who says which person it is, beside the console's provider
public record IdentityTrust(List<Domain> domains, List<People> people) {
    /// Nobody else.
    public static final IdentityTrust NONE = new IdentityTrust(List.of(), List.of());

    /// Environments and clusters of one company.
    private static final int ISSUERS_MAX = 64;

    public IdentityTrust {
        domains = List.copyOf(domains);
        people = List.copyOf(people);
        require(domains.size() <= ISSUERS_MAX, "at most " + ISSUERS_MAX + " `identity.trust_domains`");
        require(people.size() <= ISSUERS_MAX, "at most " + ISSUERS_MAX + " `identity.people`");
    }

    /// Where the keys of an issuer are: at an address, in a file, or where the issuer's metadata says.
    ///
    /// @param issuer `iss` of its tokens
    public record Keys(String issuer, Optional<URI> address, Optional<Path> file) {
        public Keys {
            require(address.isEmpty() || file.isEmpty(), "name `jwks_uri` or `jwks_file`, not both");
        }
    }

    /// A trust domain.
    ///
    /// @param name     as agents' records name it
    /// @param kind     how it names workloads
    /// @param audience to whom its tokens are addressed; nothing means this server
    /// @param single   whether each of its tokens is taken once
    public record Domain(String name, TrustDomain.Kind kind, Keys keys, Optional<String> audience, boolean single) {
        public Domain {
            require(SpiffeId.isTrustDomain(name), "`identity.trust_domains[].name` is a trust domain, in lower case");
        }
    }

    /// A provider of people.
    ///
    /// @param client our id there, to which its ID tokens are addressed
    /// @param claim  the claim that is the person's id in the bundle
    /// @param jag    whether its assertions that a client may act for a person are taken (ID-JAG)
    public record People(Keys keys, String client, String claim, boolean jag) {}

    /// Reads the section.
    static IdentityTrust read(ConfigurationText text, Map<String, Object> root) {
        Map<String, Object> identity = text.section(root, "identity");
        text.keys(identity, "identity.", Set.of("trust_domains", "people"));
        List<Domain> domains = new ArrayList<>();
        for (Map<String, Object> one : text.maps(identity, "trust_domains")) {
            String prefix = "identity.trust_domains[].";
            text.keys(
                    one,
                    "identity.trust_domains[].",
                    Set.of("name", "kind", "issuer", "jwks_uri", "jwks_file", "audience", "single_use"));
            String name = text.required(one, prefix, "name");
            Optional<TrustDomain.Kind> kind = kind(text.required(one, prefix, "kind"));
            if (kind.isEmpty()) {
                text.problem("`" + prefix + "kind` must be `spiffe`, `kubernetes` or `oidc`");
            }
            Keys keys = keys(text, one, prefix);
            Optional<String> audience = text.text(one, prefix, "audience");
            boolean single = text.truth(one, "single_use", kind.equals(Optional.of(TrustDomain.Kind.SPIFFE)));
            kind.ifPresent(how -> domains.add(new Domain(name, how, keys, audience, single)));
        }
        List<People> people = new ArrayList<>();
        for (Map<String, Object> one : text.maps(identity, "people")) {
            String prefix = "identity.people[].";
            text.keys(
                    one, "identity.people[].", Set.of("issuer", "client", "claim", "jwks_uri", "jwks_file", "id_jag"));
            people.add(new People(
                    keys(text, one, prefix),
                    text.required(one, prefix, "client"),
                    text.text(one, prefix, "claim").orElse(Configuration.Provider.CLAIM),
                    text.truth(one, "id_jag", false)));
        }
        return new IdentityTrust(domains, people);
    }

    private static Keys keys(ConfigurationText text, Map<String, Object> one, String prefix) {
        return new Keys(
                text.required(one, prefix, "issuer"),
                text.text(one, prefix, "jwks_uri").flatMap(address -> text.uri(address, prefix + "jwks_uri")),
                text.text(one, prefix, "jwks_file").map(text::path));
    }

    private static Optional<TrustDomain.Kind> kind(String word) {
        return switch (word) {
            case "spiffe" -> Optional.of(TrustDomain.Kind.SPIFFE);
            case "kubernetes" -> Optional.of(TrustDomain.Kind.KUBERNETES);
            case "oidc" -> Optional.of(TrustDomain.Kind.OIDC);
            default -> Optional.empty();
        };
    }
}
