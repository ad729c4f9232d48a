// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AuditLog;
import dev.tollgate.containment.Budgets;
import dev.tollgate.containment.Risk;
import dev.tollgate.egress.Callers;
import dev.tollgate.egress.EgressLimits;
import dev.tollgate.egress.EgressProxy;
import dev.tollgate.egress.Needs;
import dev.tollgate.egress.net.Resolver;
import dev.tollgate.governance.halt.HaltSubject;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.identity.TokenVerifier;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/// The egress proxy, wired to the same identities, kill switches, budgets and log as the gateway.
final class EgressRoom {
    private static final ToolName TOOL = new ToolName("egress");

    private EgressRoom() {}

    /// Starts it where the configuration says; nothing when it says nowhere.
    static Optional<EgressProxy> open(
            Foundations base, AuditLog audit, Oversight people, Budgets budgets, Bearers bearers, Resolver names) {
        Needs needs = new Needs(
                new SameCallers(bearers.tokens(), people),
                base.bundles(),
                budgets,
                new Risk(base.store(), base.clock()),
                names,
                audit,
                base.clock(),
                base.random());
        return base.configuration()
                .egress()
                .map(at -> EgressProxy.start(new InetSocketAddress(at.host(), at.port()), EgressLimits.DEFAULT, needs));
    }

    private record SameCallers(TokenVerifier verifier, Oversight people) implements Callers {
        @Override
        @RevealsSecret("the bearer token is verified here and goes nowhere else")
        public Step<Delegation> proven(SecretValue bearer) {
            return verifier.verify(bearer.reveal());
        }

        @Override
        public Step<Principal> running(Principal who, String endpoint) {
            HaltSubject subject = HaltSubject.of(who, Optional.of(TOOL), Set.of(), Optional.of(endpoint));
            return people.check(subject).then(_ -> Step.pass(who));
        }
    }
}
