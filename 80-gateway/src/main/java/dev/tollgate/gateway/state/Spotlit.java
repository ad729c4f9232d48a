// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import java.util.Map;
import java.util.Set;

/// Which texts of an answer are marked as data for a model.
///
/// @param mode   how: `delimit`, `datamark` or `base64`; `none` when nothing is marked
/// @param note   what a model must be told of the marks
/// @param fields marked fields by record
public record Spotlit(String mode, String note, Map<String, Set<String>> fields) {
    /// Nothing is marked.
    public static final Spotlit NOTHING = new Spotlit("none", "", Map.of());

    /// Whether a field of a record is marked.
    public boolean has(String record, String field) {
        return fields.getOrDefault(record, Set.of()).contains(field);
    }
}
