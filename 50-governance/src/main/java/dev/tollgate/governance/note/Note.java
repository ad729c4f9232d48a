// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.note;

import dev.tollgate.terms.Require;
import java.time.Instant;
import java.util.Map;

/// Something that people, or time, decided.
///
/// @param event  what
/// @param by     who; `gateway` for time and for what something overtook
/// @param at     when
/// @param detail ids and words; never values of records, nor what somebody wrote in their own words
public record Note(Event event, String by, Instant at, Map<String, String> detail) {
    /// Who decides when nobody does.
    public static final String GATEWAY = "gateway";

    /// What was decided. Closed.
    public enum Event {
        APPROVAL_DECIDED,
        APPROVAL_VOIDED,
        APPROVAL_EXPIRED,
        DECOY_PLANTED,
        HALTED,
        RESUMED,
        EXCEPTION_TAKEN,
        EXCEPTION_RESOLVED,
        VALUES_ERASED,
        ACCESS_REVIEWED,
        KEY_ROTATED,
        /// A credential that a command took, which has no log of its own.
        SECRET_LEASED
    }

    public Note {
        Require.id("by", by);
        detail = Map.copyOf(detail);
    }
}
