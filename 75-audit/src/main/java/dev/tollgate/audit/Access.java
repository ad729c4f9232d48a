// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What one call showed of one record (requirement S0-27), or that it tried and was refused.
///
/// @param logIndex      where that stands in the log
/// @param decisionIndex where the decision stands
/// @param at            when
/// @param request       the call
/// @param agent         who asked
/// @param user          for whom
/// @param tenant        whose data
/// @param intent        what for
/// @param tool          with which tool
/// @param verb          to do what
/// @param object        system and object, for example `demo/contact`
/// @param record        the record; empty when the call was refused before a record was read
/// @param result        `released`, or the code of the refusal
/// @param policy        the bundle that decided
/// @param fields        the fields of the record, also those that were withheld
/// @param proven        the values fit the commitments in the log
public record Access(
        long logIndex,
        long decisionIndex,
        Instant at,
        String request,
        String agent,
        String user,
        String tenant,
        Optional<String> intent,
        String tool,
        String verb,
        String object,
        String record,
        String result,
        String policy,
        List<Shown> fields,
        boolean proven) {
    /// How one field was shown.
    ///
    /// @param field     its name
    /// @param dataClass its class
    /// @param view      how
    /// @param rules     by which rules
    /// @param reason    category of the reason
    /// @param done      what was done to it beside its view: `truncated`, `removed:KIND`
    public record Shown(
            String field, String dataClass, View view, List<String> rules, String reason, List<String> done) {}

    public Access {
        fields = List.copyOf(fields);
    }

    /// What a row showed, with the reasons that its decision gives.
    static Access of(StoredEntry decision, StoredEntry outcome, Payload row) {
        StoredEntry shown = new StoredEntry(outcome.index(), (Value.Fields) row.value());
        Map<String, StoredEntry> verdicts = verdicts(decision);
        List<Shown> fields = new ArrayList<>();
        shown.members("views").forEach((field, view) -> {
            Optional<StoredEntry> verdict = Optional.ofNullable(verdicts.get(field));
            List<String> rules = shown.texts("rules/" + field);
            fields.add(new Shown(
                    field,
                    verdict.flatMap(found -> found.text("class")).orElse("unclassified"),
                    view(view),
                    rules.isEmpty() ? verdict.map(found -> found.texts("rules")).orElse(List.of()) : rules,
                    verdict.flatMap(found -> found.text("reason")).orElse(""),
                    shown.texts("done/" + field)));
        });
        return of(decision, outcome, shown.text("record").orElse(""), fields, row.holds());
    }

    /// How the fields of a decided call were decided, for one whose fields leave.
    static List<Shown> decided(StoredEntry decision) {
        List<Shown> fields = new ArrayList<>();
        verdicts(decision)
                .forEach((field, verdict) -> fields.add(new Shown(
                        field,
                        verdict.text("class").orElse("unclassified"),
                        view(Value.of(verdict.text("view").orElse(""))),
                        verdict.texts("rules"),
                        verdict.text("reason").orElse(""),
                        List.of())));
        return fields;
    }

    /// The same with one field only; nothing when it has no such field.
    Optional<Access> only(String field) {
        return fields.stream()
                .filter(shown -> shown.field().equals(field))
                .findFirst()
                .map(shown -> new Access(
                        logIndex,
                        decisionIndex,
                        at,
                        request,
                        agent,
                        user,
                        tenant,
                        intent,
                        tool,
                        verb,
                        object,
                        record,
                        result,
                        policy,
                        List.of(shown),
                        proven));
    }

    /// A call that showed nothing.
    static Access refused(StoredEntry decision, StoredEntry end) {
        return of(decision, end, "", List.of(), true);
    }

    private static Access of(StoredEntry decision, StoredEntry end, String record, List<Shown> fields, boolean proven) {
        return new Access(
                end.index(),
                decision.index(),
                end.at().orElse(Instant.EPOCH),
                decision.text("request").orElse(""),
                decision.text("caller/agent").orElse(""),
                decision.text("caller/user").orElse(""),
                decision.text("caller/tenant").orElse(""),
                decision.text("caller/intent"),
                decision.text("call/tool").orElse(""),
                decision.text("call/verb").orElse(""),
                decision.text("call/system").orElse("") + "/"
                        + decision.text("call/object").orElse(""),
                record,
                end.text("result").or(() -> end.text("ruling/reason")).orElse(""),
                decision.text("ruling/policy").orElse(""),
                fields,
                proven);
    }

    private static Map<String, StoredEntry> verdicts(StoredEntry decision) {
        Map<String, StoredEntry> verdicts = new TreeMap<>();
        for (Value item : decision.items("ruling/verdicts")) {
            if (item instanceof Value.Fields fields) {
                StoredEntry verdict = new StoredEntry(decision.index(), fields);
                verdicts.put(verdict.text("field").orElse(""), verdict);
            }
        }
        return verdicts;
    }

    /// An unknown word counts as the least.
    private static View view(Value word) {
        if (word instanceof Value.Text(String text)) {
            for (View view : View.values()) {
                if (view.word().equals(text.toLowerCase(Locale.ROOT))) {
                    return view;
                }
            }
        }
        return View.WITHHELD;
    }
}
