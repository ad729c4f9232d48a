// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.Digest;
import dev.tollgate.terms.SystemId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What Tollgate knows of one connected system: its objects, fields and tools. Part of the policy bundle, so that a
/// decision in the log names exactly the contract that it was made under (requirement S0-39).
///
/// @param system      the connected system
/// @param connector   which connector speaks to it: `tryton`, `demo`, `sql`
/// @param scopeFamily the first word of the scopes of its tools, for example `crm`
/// @param objects     in the order of the file
/// @param tools       in the order of the file
/// @param limits      what one call may cost
/// @param digest      of the file
/// @param customers   where a customer's tier is read, when policies may ask for it
/// @param region      region of the data of every object that maps no fact `region`, for example `eu`
/// @param cases       the object whose records are the cases that tasks work on
public record Contract(
        SystemId system,
        String connector,
        String scopeFamily,
        List<ObjectType> objects,
        List<ToolType> tools,
        Limits limits,
        Digest digest,
        Optional<Customers> customers,
        Optional<String> region,
        Optional<String> cases) {
    /// Which records are the customers that tasks are about, and what tells their tier (requirement S3-4).
    ///
    /// @param object an object of the contract
    /// @param tier   its field with the customer's tier, a text
    public record Customers(String object, String tier) {}

    /// What calls to the system may cost (requirement S0-30).
    ///
    /// @param rowsMax           rows of one answer, 1 to 1,000
    /// @param bytesMax          bytes of one answer of the system, 1 KiB to 64 MiB
    /// @param timeout           how long one call may take, 1 ms to 120 s
    /// @param callsPerMinuteMax calls of one agent to the system, per minute, 1 to 10,000,000: more than a
    ///                          node makes
    public record Limits(int rowsMax, long bytesMax, Duration timeout, int callsPerMinuteMax) {
        /// When a contract names none: a screenful, an answer that fits a context window, a patient caller.
        public static final Limits DEFAULT = new Limits(100, 1_048_576, Duration.ofSeconds(10), 600);
    }

    public Contract {
        objects = List.copyOf(objects);
        tools = List.copyOf(tools);
    }

    /// Whether things only leave through the system: it keeps no records.
    public boolean isSink() {
        return !tools.isEmpty() && tools.stream().allMatch(tool -> tool.kind() == ToolType.Kind.SEND);
    }

    /// The object of that name, or nothing when the contract has none.
    public Optional<ObjectType> object(String wanted) {
        for (ObjectType object : objects) {
            if (object.name().equals(wanted)) {
                return Optional.of(object);
            }
        }
        return Optional.empty();
    }
}
