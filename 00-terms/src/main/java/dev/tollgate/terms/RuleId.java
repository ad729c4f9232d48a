// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// Which policy decided: the `@id` annotation of a Cedar policy, or the name of a rule above Cedar.
///
/// @param value 1 to 256 characters without control characters
public record RuleId(String value) {
    public RuleId {
        Require.id("ruleId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
