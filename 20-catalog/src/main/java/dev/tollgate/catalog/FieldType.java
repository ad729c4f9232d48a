// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.DataClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One field of an object, as its contract describes it.
///
/// @param name          what agents and policies call it
/// @param upstream      what the system calls it; the only name that ever goes upstream
/// @param type          what it holds
/// @param dataClass     the kind of data
/// @param tier          sensitivity, 0 (public) to 9 (unknown); never below the tier of its class
/// @param mask          how it is shown in part; nothing when it is shown whole or not at all
/// @param owner         the one person or role that answers for it (requirement S4-2)
/// @param writeClass    who writes it
/// @param revenue       which of the revenue-critical fields it is, when it is one (requirement S4-5)
/// @param picklist      the only texts it takes; empty when it takes any
/// @param sourceOfTruth which system is right when two disagree
/// @param conceal       policy hides even that the field exists: to a principal who may not read it, it is
///                      unknown
/// @param placeholder   what stands in the place of a withheld value, for example `internal notes unavailable`
/// @param suggestion    the field in which an agent suggests a value instead of writing this one
///                      (requirement S4-31)
/// @param filterable    whether calls may filter and sort by it, policy permitting
/// @param states        the states that the record goes through, when this field tells them
/// @param needs         the fields that must be filled before a record gets a value of the picklist, by value
///                      (requirement S4-16)
/// @param origin        who writes what stands in it
/// @param handle        whether it may be shown by a handle that stands for its value (requirement B-6)
/// @param description   one sentence for agents; written by the contract's author, never by the system
public record FieldType(
        String name,
        String upstream,
        ValueType type,
        DataClass dataClass,
        int tier,
        Optional<Mask> mask,
        String owner,
        WriteClass writeClass,
        Optional<RevenueField> revenue,
        List<String> picklist,
        String sourceOfTruth,
        boolean conceal,
        Optional<String> placeholder,
        Optional<String> suggestion,
        boolean filterable,
        Optional<States> states,
        Map<String, List<String>> needs,
        Origin origin,
        boolean handle,
        String description) {
    /// The tier of a field that no contract knows.
    public static final int TIER_STRICTEST = 9;

    public FieldType {
        picklist = List.copyOf(picklist);
        needs = Map.copyOf(needs);
    }

    /// A field that a system returned and no contract knows: nothing is stricter, and no mask shows part of it.
    public static FieldType unknown(String name) {
        return new FieldType(
                name,
                name,
                ValueType.TEXT,
                DataClass.UNCLASSIFIED,
                TIER_STRICTEST,
                Optional.empty(),
                "unknown",
                WriteClass.NEVER,
                Optional.empty(),
                List.of(),
                "unknown",
                true,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Map.of(),
                Origin.THIRD_PARTY,
                false,
                "");
    }
}
