// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress;

import dev.tollgate.audit.AuditLog;
import dev.tollgate.containment.Budgets;
import dev.tollgate.containment.Risk;
import dev.tollgate.egress.net.Resolver;
import dev.tollgate.policy.Bundles;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What the proxy needs of the rest of the house.
///
/// @param callers  who is behind a token, and whether it is stopped
/// @param bundles  the zones and endpoints in force
/// @param budgets  a connection costs an agent a call
/// @param risk     learns of denied connections
/// @param resolver where allowed names are looked up
/// @param log      takes every decision
public record Needs(
        Callers callers,
        Bundles bundles,
        Budgets budgets,
        Risk risk,
        Resolver resolver,
        AuditLog log,
        InstantSource clock,
        RandomGenerator random) {}
