// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.policy;

import java.util.List;

/// The bundle in force and the ones before.
///
/// @param name        of the bundle
/// @param version     its digest
/// @param activations newest first
/// @param rules       every policy, by its id
/// @param limits      with the value of today
/// @param approvals   who may approve what
public record PolicyView(
        String name,
        String version,
        List<Change> activations,
        List<Rule> rules,
        List<InForce> limits,
        List<Approving> approvals) {
    /// One activation.
    public record Change(String at, String by, String label, String version, boolean again, boolean current) {}

    /// One policy.
    public record Rule(String id, String category, boolean forbids) {}

    /// One limit. `next` says when it changes; empty when nothing is planned.
    public record InForce(String name, String value, String next) {}

    /// Who may approve what one rule asks for.
    public record Approving(String rule, String roles, String lasts) {}

    public PolicyView {
        activations = List.copyOf(activations);
        rules = List.copyOf(rules);
        limits = List.copyOf(limits);
        approvals = List.copyOf(approvals);
    }
}
