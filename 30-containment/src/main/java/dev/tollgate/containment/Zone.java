// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.terms.TenantId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A segment that agents run in: what they may reach, and where.
///
/// @param id     for example `tier1-customer-service`
/// @param tier   the tier of agents that may run in it
/// @param tenant the only tenant of the zone, when it has one
/// @param region where its compute stands, for example `eu-west-1`
/// @param egress what its agents may reach
/// @param deny   what they may never reach
/// @param model  models that its agents may use
/// @param marks  how strangers' texts are marked for its agents
public record Zone(
        String id,
        int tier,
        Optional<TenantId> tenant,
        String region,
        List<String> egress,
        List<String> deny,
        List<String> model,
        Marks marks) {
    /// How texts that strangers wrote are marked as data (requirement S1-29).
    public enum Marks {
        /// Not at all.
        NONE,
        /// Between two lines that nobody can guess.
        DELIMIT,
        /// The same, and a mark in place of each space.
        DATAMARK,
        /// The same, and written in base64.
        BASE64;

        /// The word used in bundles and answers, for example `delimit`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Zone {
        egress = List.copyOf(egress);
        deny = List.copyOf(deny);
        model = List.copyOf(model);
    }

    /// Whether the zone's agents may reach a destination: it is listed, and it is not denied. Names match whole.
    public boolean reaches(String destination) {
        return egress.contains(destination) && !deny.contains(destination);
    }
}
