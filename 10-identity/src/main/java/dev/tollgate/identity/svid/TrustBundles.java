// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.svid;

import dev.tollgate.terms.Require;
import dev.tollgate.terms.SpiffeId;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Whose signature counts in which trust domain. A domain's certificates are replaced as a whole, while
/// calls go on; no certificate of one domain counts in another. Safe for many threads.
public final class TrustBundles {
    /// In `keyUsage`, the bit that says: signs certificates (RFC 5280 §4.2.1.3).
    private static final int SIGNS_CERTIFICATES = 5;

    private volatile State state = new State(0, Map.of());

    /// Everything that counts at one moment.
    ///
    /// @param number grows with every change, so that what was found before is looked at again
    record State(long number, Map<String, Set<TrustAnchor>> domains) {}

    /// Replaces what counts in a trust domain.
    ///
    /// @throws IllegalArgumentException when one of them signs no certificates
    public synchronized void replace(String domain, List<X509Certificate> authorities) {
        Require.require(SpiffeId.isTrustDomain(domain), "`" + domain + "` is no trust domain");
        Require.require(
                !authorities.isEmpty() && authorities.stream().allMatch(TrustBundles::signs),
                "a trust bundle holds certificates that sign certificates");
        Map<String, Set<TrustAnchor>> next = new HashMap<>(state.domains());
        next.put(
                domain,
                authorities.stream().map(one -> new TrustAnchor(one, null)).collect(Collectors.toUnmodifiableSet()));
        state = new State(state.number() + 1, Map.copyOf(next));
    }

    private static boolean signs(X509Certificate one) {
        boolean[] usage = one.getKeyUsage();
        return one.getBasicConstraints() >= 0
                && usage != null
                && usage.length > SIGNS_CERTIFICATES
                && usage[SIGNS_CERTIFICATES];
    }

    State state() {
        return state;
    }
}
