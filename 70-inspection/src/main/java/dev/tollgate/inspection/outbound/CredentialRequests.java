// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import dev.tollgate.catalog.House;
import dev.tollgate.inspection.plain.Reading;
import java.util.List;

/// Says whether a text asks its reader for a password, a code or a card number, in the ways in which a message that
/// leaves is read. For texts that come in: what leaves is looked at with its bundle. Safe for many threads.
public final class CredentialRequests {
    private final OutboundRules rules = OutboundRules.of(List.of(), List.of(), House.UNKNOWN);

    /// Takes time that grows with the text's length and no faster.
    public boolean in(String text) {
        return Sight.of(Reading.of(text)).stream().anyMatch(this::asks);
    }

    private boolean asks(Sight sight) {
        return !Requests.in(sight.text(), rules.hits(Letters.of(sight.text()))).isEmpty();
    }
}
