// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.containment.Budgets;
import dev.tollgate.gateway.state.Inspected;
import dev.tollgate.gateway.state.Noticed;
import dev.tollgate.gateway.state.Redacted;
import dev.tollgate.gateway.state.Redacted.ShownRow;
import dev.tollgate.gateway.state.Spotlit;
import dev.tollgate.inspection.Spotlight;
import dev.tollgate.lineage.FlowKey;
import dev.tollgate.lineage.FlowMemory;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import dev.tollgate.terms.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Stage 10: the last look before release. Secrets are taken out of texts, before anything is cut, so
/// that no half of one is left; texts that give orders to a model are marked. Long texts are cut and
/// say so; a value without a verdict that permits it, or an answer that is too large, is never
/// released. Nor is an answer that takes more customers or bytes of a data class than the agent has
/// left today: a change that was made is told without its values. What an answer shows is remembered of
/// the agent before it is released.
public record Inspect(
        Budgets budgets,
        Screen screen,
        FlowMemory flow,
        Remembering remembering,
        Warrants warrants,
        Steps steps,
        Probes probes,
        Spotlight spotlight) {
    /// A longer text drowns the rest of an agent's context; the cut is marked and recorded.
    static final int TEXT_CHARS_MAX = 16_384;

    /// What one answer may weigh: 200 rows of 25 fields stay far below.
    static final int ANSWER_BYTES_MAX = 4 * 1024 * 1024;

    private static final String CUT = "… [truncated]";

    /// Refuses with `Withheld`, `OverBudget`, or `Undecidable` when nobody can count or remember.
    public Step<Inspected> apply(Redacted redacted) {
        List<String> truncated = new ArrayList<>();
        List<ShownRow> rows = new ArrayList<>();
        Noticed.Counter counter = new Noticed.Counter();
        for (ShownRow row : redacted.rows()) {
            if (!agrees(row)) {
                return Step.refuse(new Refusal.Withheld("a value has no verdict that permits it"));
            }
            rows.add(told(row, counter, truncated));
        }
        Noticed noticed = counter.noticed();
        // Also when the answer is withheld in the end: what it holds says something of where the agent is led.
        probes.shown(
                redacted.who().principal().agent(),
                redacted.decided().operation().target(),
                noticed);
        Marking.Done marked = Marking.of(redacted, rows, noticed, spotlight);
        Redacted told = new Redacted(redacted.from(), marked.rows(), redacted.count(), redacted.cursor());
        Value.Fields structured = Answers.of(told, noticed, marked.spotlit());
        byte[] canonical = CanonicalJson.bytes(structured);
        if (canonical.length > ANSWER_BYTES_MAX) {
            return Step.refuse(new Refusal.Withheld(
                    "the answer is larger than " + ANSWER_BYTES_MAX + " bytes, ask for fewer records or fields"));
        }
        List<String> cut = truncated.stream().distinct().sorted().toList();
        Step<Boolean> remembered = budgets.reserve(Drip.charges(redacted, rows), Drip.sighted(redacted, rows))
                .then(_ -> flow.join(FlowKey.of(redacted.who().principal()), Joined.of(redacted, rows, noticed)))
                .then(_ -> remembering.keep(redacted, rows, counter))
                .then(_ -> warrants.hear(redacted, rows, noticed))
                .then(_ -> steps.fulfilled(redacted));
        return switch (remembered) {
            case Step.Passed<Boolean> _ ->
                Step.pass(new Inspected(told, structured, Digest.of(canonical), cut, noticed));
            case Step.Refused<Boolean> _
            when redacted.decided().operation() instanceof Write -> Step.pass(untold(redacted));
            case Step.Refused<Boolean> refused -> Step.refuse(refused.why());
        };
    }

    /// The change is made and stands; its answer says so and shows nothing.
    private static Inspected untold(Redacted redacted) {
        Redacted nothing = new Redacted(redacted.from(), List.of(), redacted.count(), redacted.cursor());
        Value.Fields structured = Answers.of(nothing, Noticed.NOTHING, Spotlit.NOTHING);
        return new Inspected(
                nothing, structured, Digest.of(CanonicalJson.bytes(structured)), List.of(), Noticed.NOTHING);
    }

    /// Every shown value has a verdict that shows something; a withheld field shows its placeholder or nothing.
    private static boolean agrees(ShownRow row) {
        return row.values().entrySet().stream().allMatch(entry -> {
            FieldVerdict verdict = row.verdicts().get(entry.getKey());
            return verdict != null && (verdict.view() != View.WITHHELD || entry.getValue() instanceof Value.Text);
        });
    }

    private ShownRow told(ShownRow row, Noticed.Counter noticed, List<String> truncated) {
        SortedMap<String, Value> values = new TreeMap<>();
        for (Map.Entry<String, Value> entry : row.values().entrySet()) {
            Value value = screen.screened(row, entry.getKey(), entry.getValue(), noticed);
            if (value instanceof Value.Text text && text.text().length() > TEXT_CHARS_MAX) {
                int end = Character.isHighSurrogate(text.text().charAt(TEXT_CHARS_MAX - 1))
                        ? TEXT_CHARS_MAX - 1
                        : TEXT_CHARS_MAX;
                value = Value.of(text.text().substring(0, end) + CUT);
                truncated.add(entry.getKey());
            }
            values.put(entry.getKey(), value);
        }
        return new ShownRow(row.record(), values, row.verdicts());
    }
}
