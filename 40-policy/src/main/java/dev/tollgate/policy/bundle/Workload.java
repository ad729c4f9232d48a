// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.terms.SpiffeId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How an agent proves that it is itself (requirement S1-3): its name, and who vouches for it.
///
/// @param id          the name, in the trust domain that vouches; no other agent has it
/// @param attestation what the trust domain looks at before it vouches
/// @param subject     the `sub` of the trust domain's tokens where that is not the SPIFFE id itself
public record Workload(SpiffeId id, Attestation attestation, Optional<String> subject) {
    /// What a trust domain looks at before it vouches for a workload.
    public enum Attestation {
        /// The service account that Kubernetes runs it under.
        KUBERNETES_SA,
        /// A key that the machine's hardware holds.
        HARDWARE,
        /// A token of the cloud's or the build system's own issuer.
        WORKLOAD_IDENTITY_POOL,
        /// An operator of this very Tollgate, by command.
        LOCAL;

        /// The word used in bundles, for example `kubernetes-sa`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static List<String> words() {
            return Arrays.stream(values()).map(Attestation::word).toList();
        }

        static Attestation of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
