// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.exchange;

import dev.tollgate.identity.proof.TrustedIssuer;
import dev.tollgate.policy.bundle.Workload;
import dev.tollgate.terms.SpiffeId;
import java.util.Optional;
import java.util.Set;

/// Somebody who vouches for workloads by tokens, and how its subjects are read.
///
/// @param name   the trust domain that agents' records name; nothing for the local one, which vouches for every agent
///               whose record says so
/// @param kind   how it names workloads
/// @param issuer whose tokens they are
/// @param single whether each token is taken once; a token that a platform renews by the hour cannot be
public record TrustDomain(Optional<String> name, Kind kind, TrustedIssuer issuer, boolean single) {
    /// How subjects are read, and for what attestation such a token stands.
    public enum Kind {
        /// JWT-SVID: the subject is the SPIFFE id.
        SPIFFE,
        /// A service account, `system:serviceaccount:NAMESPACE:NAME`.
        KUBERNETES,
        /// Another issuer's own names, which records list.
        OIDC,
        /// An operator of this deployment.
        LOCAL;

        private Set<Workload.Attestation> vouches() {
            return switch (this) {
                case SPIFFE -> Set.of(Workload.Attestation.KUBERNETES_SA, Workload.Attestation.HARDWARE);
                case KUBERNETES -> Set.of(Workload.Attestation.KUBERNETES_SA);
                case OIDC -> Set.of(Workload.Attestation.WORKLOAD_IDENTITY_POOL);
                case LOCAL -> Set.of(Workload.Attestation.LOCAL);
            };
        }
    }

    private static final String ACCOUNT = "system:serviceaccount:";

    /// Whether a subject of this domain is the workload of a record.
    boolean means(Workload workload, String subject) {
        boolean ours = name.map(workload.id().trustDomain()::equals).orElse(true)
                && kind.vouches().contains(workload.attestation());
        return ours
                && (workload.subject().isPresent()
                        ? workload.subject().get().equals(subject)
                        : spiffe(workload, subject)
                                .filter(workload.id()::equals)
                                .isPresent());
    }

    private Optional<SpiffeId> spiffe(Workload workload, String subject) {
        return switch (kind) {
            case SPIFFE, LOCAL -> SpiffeId.parse(subject);
            case KUBERNETES -> account(workload.id().trustDomain(), subject);
            case OIDC -> Optional.empty();
        };
    }

    /// The name that SPIRE and Istio give to a service account.
    private static Optional<SpiffeId> account(String domain, String subject) {
        String[] parts = subject.startsWith(ACCOUNT)
                ? subject.substring(ACCOUNT.length()).split(":", -1)
                : new String[0];
        return parts.length == 2
                ? SpiffeId.parse("spiffe://" + domain + "/ns/" + parts[0] + "/sa/" + parts[1])
                : Optional.empty();
    }
}
