// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Optional;

/// Whose memory, and of what. Names of persons and customers stay out of the store: each part is a digest.
///
/// @param subject the agent and the person that it acts for, in their tenant
/// @param session the agent's session: what it was shown there it holds there, whatever it was about
/// @param about   the customer or case of the task, when the task names one
public record FlowKey(String subject, String session, Optional<String> about) {
    /// What belongs to every case of a subject: what was shown of more customers than are told apart.
    static final String EVERY = "*";

    /// The memory that a call of a principal reads and adds to.
    public static FlowKey of(Principal who) {
        String subject =
                digest(who.tenant().value(), who.agent().value(), who.user().value());
        return new FlowKey(
                subject,
                digest("session", who.delegation().session().value()),
                who.delegation().customer().map(FlowKey::customer));
    }

    /// The part of a memory that is about one customer.
    static String customer(String id) {
        return digest("customer", id);
    }

    private static String digest(String... names) {
        return Digest.of(Value.texts(List.of(names))).text();
    }
}
