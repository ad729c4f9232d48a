// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress;

import dev.tollgate.containment.Endpoint;
import dev.tollgate.containment.Endpoint.Scheme;
import dev.tollgate.containment.Zone;
import dev.tollgate.egress.wire.Asked;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import java.util.Comparator;
import java.util.List;

/// Whether an agent's zone lets it through to where it wants (requirement S1-32). Looks at names only: nothing is asked
/// of the network.
sealed interface Allowed {
    /// What refuses a place that no line of the bundle names.
    RuleId DEFAULT = new RuleId("default-deny");

    /// What refuses a place that the zone denies.
    RuleId ZONE = new RuleId("egress-zone-deny");

    /// What stands in the log for a place that the bundle does not name.
    String UNLISTED = "unlisted";

    /// The zone lets it through.
    record Yes(Endpoint endpoint) implements Allowed {
        RuleId rule() {
            return new RuleId("egress:" + endpoint.name());
        }
    }

    /// It does not.
    ///
    /// @param place the endpoint, or `unlisted`
    record No(String place, Refusal.Denied why) implements Allowed {}

    /// What the bundle says. A name in `deny` wins over any in `egress`.
    static Allowed of(Bundle bundle, Principal who, Asked asked) {
        Zone zone = bundle.zones().get(who.zone());
        List<Endpoint> here = bundle.endpoints().values().stream()
                .filter(endpoint -> endpoint.is(asked.scheme(), asked.place().host(), asked.port()))
                .sorted(Comparator.comparing(Endpoint::name))
                .toList();
        List<Endpoint> meant =
                here.stream().filter(endpoint -> meant(endpoint, asked)).toList();
        for (Endpoint endpoint : meant) {
            if (zone != null && zone.deny().contains(endpoint.name())) {
                return new No(endpoint.name(), new Refusal.Denied(ZONE, "destination"));
            }
        }
        for (Endpoint endpoint : meant) {
            if (zone != null && zone.reaches(endpoint.name())) {
                return new Yes(endpoint);
            }
        }
        boolean known = zone != null && here.stream().anyMatch(endpoint -> zone.reaches(endpoint.name()));
        return new No(UNLISTED, new Refusal.Denied(DEFAULT, known ? "endpoint" : "destination"));
    }

    private static boolean meant(Endpoint endpoint, Asked asked) {
        return endpoint.scheme() == Scheme.HTTPS
                || (endpoint.methods().contains(asked.method()) && endpoint.covers(asked.path()));
    }
}
