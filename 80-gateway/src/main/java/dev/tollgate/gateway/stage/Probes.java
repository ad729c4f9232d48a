// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.containment.Charge;
import dev.tollgate.containment.Risk;
import dev.tollgate.containment.RiskSign;
import dev.tollgate.gateway.state.Noticed;
import dev.tollgate.gateway.state.Recorded;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What an agent gives away by what it is shown and by what it is refused (requirement S2-12): signs for its risk,
/// before its next call. Digests only: neither records nor customers are named.
public record Probes(Risk risk) {
    /// From this tier on nearly nobody may see a field.
    private static final int RESTRICTED_TIER = 4;

    /// What was found in the texts of an answer.
    void shown(AgentId agent, Operation.Target target, Noticed noticed) {
        Set<String> orders = new TreeSet<>();
        noticed.suspects().forEach((record, fields) -> orders.addAll(items(target, record, fields)));
        risk.sight(agent, RiskSign.TEXTS_WITH_ORDERS, orders);
        Set<String> asking = new TreeSet<>();
        noticed.asking().forEach((record, fields) -> asking.addAll(items(target, record, fields)));
        risk.sight(agent, RiskSign.ASKS_FOR_SECRETS, asking);
        Set<String> secrets = new TreeSet<>();
        noticed.removed().forEach((record, fields) -> secrets.addAll(items(target, record, fields.keySet())));
        risk.sight(agent, RiskSign.SECRETS_IN_ANSWERS, secrets);
    }

    private static List<String> items(Operation.Target target, String record, Set<String> fields) {
        return fields.stream().map(field -> item(target, record, field)).toList();
    }

    /// What was refused to an agent, for a reason that says something of what it is after.
    ///
    /// @param of      who asked
    /// @param asked   what it meant
    /// @param request names the call
    public void refused(Delegation of, Catalog catalog, Operation asked, String request) {
        Operation.Target target = asked.target();
        boolean restricted = asked.touched().stream()
                .map(field -> catalog.field(target.system(), new FieldPath(target.object(), field)))
                .anyMatch(field -> field.tier() >= RESTRICTED_TIER);
        if (restricted) {
            risk.sight(of.agent(), RiskSign.ASKS_FOR_RESTRICTED, List.of(item(target, request)));
        }
        asked.recordId()
                .map(record -> Charge.item(target, record))
                .or(() -> of.customer().map(customer -> Charge.customer(target, customer)))
                .ifPresent(item -> risk.sight(of.agent(), RiskSign.PROBING_ACROSS_CASES, List.of(item)));
    }

    /// Whether an answer shows what nearly nobody may see.
    public static boolean sensitive(Recorded recorded) {
        Catalog catalog = recorded.who().policy().bundle().catalog();
        Operation asked = recorded.validated().asked();
        return !recorded.from().from().rows().isEmpty()
                && recorded.decided().decision().verdicts().values().stream()
                        .filter(verdict -> verdict.atMost() != View.WITHHELD)
                        .anyMatch(verdict -> catalog.field(asked.target().system(), verdict.path())
                                        .tier()
                                >= RESTRICTED_TIER);
    }

    private static String item(Operation.Target target, String... names) {
        List<String> all = new ArrayList<>(List.of(target.system().value(), target.object()));
        all.addAll(List.of(names));
        return Digest.of(Value.texts(all)).text();
    }
}
