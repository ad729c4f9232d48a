// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.connectors.Row;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Noticed;
import dev.tollgate.gateway.state.Redacted;
import dev.tollgate.gateway.state.Redacted.ShownRow;
import dev.tollgate.inspection.outbound.Fingerprints;
import dev.tollgate.inspection.outbound.Recall;
import dev.tollgate.lineage.FlowKey;
import dev.tollgate.lineage.FlowPrints;
import dev.tollgate.lineage.HeldPrints;
import dev.tollgate.lineage.Prints;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.policy.bundle.AgentRecord;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.Workflow;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Remembers by which fingerprints a flow is known, and what they say of a message (requirement S2-14):
/// values that were masked, withheld or taken out may not be repeated, and what a message names has
/// grounds in what was shown or asked for. Of an agent that no workflow lets send anything nothing is
/// kept. Safe for many threads.
public final class Remembering {
    private final FlowPrints store;
    private final Recall recall;

    /// @param store        shared by every node
    /// @param fingerprints the same that messages are looked at with
    public Remembering(FlowPrints store, Fingerprints fingerprints) {
        this.store = store;
        this.recall = new Recall(fingerprints);
    }

    /// Remembers what an answer withholds and shows. Refuses with `Undecidable` when it cannot be remembered: then it
    /// must not be shown.
    ///
    /// @param rows    as they are about to be shown
    /// @param noticed with the texts that were taken out
    Step<Boolean> keep(Redacted redacted, List<ShownRow> rows, Noticed.Counter noticed) {
        if (!sends(redacted.who())) {
            return Step.pass(false);
        }
        Prints prints = new Prints();
        Map<RecordId, ShownRow> shown = new HashMap<>();
        rows.forEach(row -> shown.put(row.record(), row));
        for (Row row : redacted.from().rows().rows()) {
            row(redacted, row, Optional.ofNullable(shown.get(row.id())), prints);
        }
        noticed.texts()
                .forEach(text ->
                        prints.withheld(Optional.empty(), DataClass.UNCLASSIFIED, recall.withheld(Value.of(text))));
        return store.keep(FlowKey.of(redacted.who().principal()), prints);
    }

    private void row(Redacted redacted, Row row, Optional<ShownRow> shown, Prints prints) {
        Operation.Target target = redacted.decided().operation().target();
        Catalog catalog = redacted.who().policy().bundle().catalog();
        Optional<String> customer =
                Optional.ofNullable(row.facts().get(Fact.CUSTOMER)).flatMap(Drip::name);
        row.fields().forEach((name, value) -> {
            Optional<FieldVerdict> verdict = shown.map(one -> one.verdicts().get(name));
            boolean clear = verdict.filter(one -> one.view() == View.CLEAR).isPresent();
            FieldType field = catalog.field(target.system(), new FieldPath(target.object(), name));
            // A word of a list is everybody's.
            if (!clear && field.picklist().isEmpty() && field.states().isEmpty()) {
                prints.withheld(
                        customer,
                        verdict.map(FieldVerdict::dataClass).orElse(field.dataClass()),
                        recall.withheld(value));
            }
        });
        // Secrets are out of these values already.
        shown.ifPresent(one -> one.values().forEach((name, value) -> {
            FieldVerdict verdict = one.verdicts().get(name);
            if (verdict != null && verdict.view() != View.WITHHELD) {
                prints.shown(customer, recall.shown(value));
            }
        }));
    }

    /// Whether a workflow of the agent has a tool that sends.
    private static boolean sends(Authenticated who) {
        Bundle bundle = who.policy().bundle();
        AgentRecord agent = bundle.agents().get(who.principal().agent());
        Collection<ToolType> sending = bundle.catalog().tools().stream()
                .filter(tool -> tool.outlet().isPresent())
                .toList();
        return agent == null
                || agent.workflows().stream()
                        .map(bundle.workflows()::get)
                        .anyMatch(workflow -> workflow != null && includes(workflow, sending));
    }

    private static boolean includes(Workflow workflow, Collection<ToolType> sending) {
        return sending.stream().anyMatch(tool -> workflow.includes(tool.name()));
    }

    /// What the flow of a call is known by. Refuses with `Undecidable` when nobody can say.
    Step<HeldPrints> held(Authenticated who) {
        Bundle bundle = who.policy().bundle();
        return store.held(
                FlowKey.of(who.principal()), bundle.flow(), bundle.catalog().classes());
    }

    /// Fingerprints of all that a message needs no other grounds for: what was shown, what the person
    /// asked for in their own words, what the gateway itself put in, today and the days beside it.
    ///
    /// @param filled what the gateway put in
    Set<Long> grounds(HeldPrints held, Authenticated who, Instant now, Optional<Value> filled) {
        Set<Long> grounds = new HashSet<>(held.shown());
        filled.ifPresent(value -> add(grounds, value));
        who.principal().delegation().request().ifPresent(words -> add(grounds, Value.of(words)));
        for (int days = -1; days <= 1; days++) {
            add(
                    grounds,
                    new Value.Day(now.plus(Duration.ofDays(days))
                            .atZone(ZoneOffset.UTC)
                            .toLocalDate()));
        }
        return grounds;
    }

    private void add(Set<Long> grounds, Value value) {
        for (long print : recall.shown(value)) {
            grounds.add(print);
        }
    }
}
