// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Outlet;
import dev.tollgate.connectors.Row;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.inspection.Inspector;
import dev.tollgate.inspection.outbound.Claim;
import dev.tollgate.inspection.outbound.Draft;
import dev.tollgate.inspection.outbound.Fingerprints;
import dev.tollgate.inspection.outbound.Outbound;
import dev.tollgate.inspection.outbound.OutboundContext;
import dev.tollgate.inspection.outbound.OutboundFinding;
import dev.tollgate.inspection.outbound.OutboundKind;
import dev.tollgate.inspection.outbound.OutboundRules;
import dev.tollgate.lineage.HeldPrints;
import dev.tollgate.policy.Examinations;
import dev.tollgate.policy.Lookups;
import dev.tollgate.policy.MessageFacts;
import dev.tollgate.policy.Outgoing;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Looks at a message before policy decides it: what is in it, and whether the records bear out what it says. The
/// findings go to policy, and what leaves in the view `masked` is the message without them. Safe for many threads.
public final class Messages {
    /// Compiled rules that are kept: those of the bundle in force and of the ones before it.
    private static final int RULES_MAX = 8;

    /// The writer says that it is less sure of the message than the bundle asks for, or says nothing.
    private static final String LOW_CONFIDENCE = "low-confidence";

    private final CompletableFuture<Outbound> outbound;
    private final Readings readings;
    private final Reviewers reviewers;
    private final Remembering remembering;
    private final ConcurrentMap<PolicyVersion, OutboundRules> rules = new ConcurrentHashMap<>();

    /// @param inspector    being made while the rest of the house is
    /// @param fingerprints recognises what was withheld
    /// @param readings     reads records for the decision
    /// @param reviewers    others who are asked
    /// @param remembering  by what the flow is known
    public Messages(
            CompletableFuture<Inspector> inspector,
            Fingerprints fingerprints,
            Readings readings,
            Reviewers reviewers,
            Remembering remembering) {
        this.outbound = inspector.thenApply(made -> new Outbound(made, fingerprints));
        this.readings = readings;
        this.reviewers = reviewers;
        this.remembering = remembering;
    }

    /// What is known of a message after it was looked at.
    ///
    /// @param send as it would leave, recipients written as addresses
    Step<Outgoing> looked(Assessed assessed, Write.Send send, Outgoing known) {
        Bundle bundle = assessed.who().policy().bundle();
        OutboundRules own = rules(bundle);
        MessageTexts texts = MessageTexts.of(assessed.validated(), recipients(assessed), send);
        Draft draft = outbound.join().read(own, texts.parts());
        return remembering
                .held(assessed.who())
                .then(held -> states(assessed, send, draft)
                        .then(states -> recipient(assessed, send, draft)
                                .then(persons -> Step.pass(
                                        told(known, own, texts, draft, context(assessed, send, held, persons, states))
                                                .adding(beside(assessed, send, held))))))
                .then(found -> reviewers.asked(assessed, send, texts.parts(), found));
    }

    private OutboundContext context(
            Assessed assessed,
            Write.Send send,
            HeldPrints held,
            Set<String> persons,
            Map<OutboundRules.Subject, Set<String>> states) {
        Optional<Value> enclosed = assessed.validated()
                .tool()
                .outlet()
                .flatMap(Outlet::attach)
                .map(attach -> send.values().getOrDefault(attach.content(), Value.NULL));
        Set<Long> grounds =
                remembering.grounds(held, assessed.who(), assessed.situation().now(), enclosed);
        return new OutboundContext(persons, held.withheld(), Optional.of(grounds), states);
    }

    /// What is wrong with a message beside its words: its flow is known too little, or its writer is not sure enough.
    private static Map<String, Long> beside(Assessed assessed, Write.Send send, HeldPrints held) {
        Map<String, Long> words = new HashMap<>();
        if (held.full()) {
            words.put(OutboundKind.WITHHELD_VALUE.word(), 1L);
        }
        BigDecimal least = assessed.who().policy().bundle().messages().confidenceMin();
        assessed.validated().tool().outlet().flatMap(Outlet::confidence).ifPresent(field -> {
            boolean sure =
                    send.values().get(field) instanceof Value.Num(BigDecimal number) && number.compareTo(least) >= 0;
            if (!sure) {
                words.put(LOW_CONFIDENCE, 1L);
            }
        });
        return words;
    }

    private Outgoing told(Outgoing known, OutboundRules own, MessageTexts texts, Draft draft, OutboundContext context) {
        SortedMap<String, Long> words = new TreeMap<>();
        for (OutboundFinding finding : draft.findings(context)) {
            if (finding.kind() != OutboundKind.RECIPIENT_DATA) {
                words.merge(finding.kind().word(), 1L, Long::sum);
            }
        }
        if (words.isEmpty()) {
            return known.inspected(words, texts.values());
        }
        SequencedMap<String, String> masked = outbound.join().masked(own, texts.parts(), context);
        return known.inspected(words, texts.with(masked));
    }

    private OutboundRules rules(Bundle bundle) {
        if (rules.size() > RULES_MAX) {
            rules.clear();
        }
        return rules.computeIfAbsent(
                bundle.version(),
                _ -> OutboundRules.of(
                        bundle.catalog().contracts(),
                        bundle.messages().terms(),
                        bundle.messages().house()));
    }

    private static List<String> recipients(Assessed assessed) {
        return assessed.validated().tool().outlet().map(Outlet::recipients).orElse(List.of());
    }

    /// The states of the records that the message speaks of. A record that it names is meant; where it
    /// names none, every one of the customer's is.
    private Step<Map<OutboundRules.Subject, Set<String>>> states(Assessed assessed, Write.Send send, Draft draft) {
        Map<OutboundRules.Subject, Set<String>> states = new HashMap<>();
        MessageFacts facts = new MessageFacts(assessed.who().policy());
        Set<OutboundRules.Subject> subjects = new LinkedHashSet<>();
        draft.claims().stream().map(Claim::subject).forEach(subjects::add);
        for (OutboundRules.Subject subject : subjects) {
            Optional<Examinations.Permission> reading = facts.states(
                    assessed.who().principal(),
                    send,
                    subject.system(),
                    subject.object(),
                    subject.field(),
                    assessed.situation());
            if (reading.isEmpty()) {
                continue;
            }
            switch (readings.of(assessed, reading.get())) {
                case Step.Refused<dev.tollgate.connectors.Rows> refused -> {
                    return Step.refuse(refused.why());
                }
                case Step.Passed<dev.tollgate.connectors.Rows>(dev.tollgate.connectors.Rows rows) ->
                    states.put(subject, meant(assessed, subject, rows.rows(), draft));
            }
        }
        return Step.pass(states);
    }

    private static Set<String> meant(Assessed assessed, OutboundRules.Subject subject, List<Row> rows, Draft draft) {
        List<String> names = assessed.who()
                .policy()
                .bundle()
                .catalog()
                .object(subject.system(), subject.object())
                .map(MessageFacts::names)
                .orElse(List.of());
        List<Row> named = rows.stream()
                .filter(row -> names.stream().anyMatch(name -> draft.mentions(text(row, name))))
                .toList();
        // beyond the rows of one reading nobody knows
        List<Row> meant = !named.isEmpty() ? named : rows.size() < Lookups.ROWS_MAX ? rows : List.of();
        Set<String> states = new HashSet<>();
        meant.forEach(row -> states.add(text(row, subject.field())));
        return states;
    }

    private static String text(Row row, String field) {
        return row.fields().get(field) instanceof Value.Text(String text) ? text : "";
    }

    /// What is the recipients' own: read only where something personal was found.
    private Step<Set<String>> recipient(Assessed assessed, Write.Send send, Draft draft) {
        Set<String> own = new HashSet<>();
        for (String field : recipients(assessed)) {
            own.addAll(MessageTexts.texts(send.values().getOrDefault(field, Value.NULL)));
        }
        boolean personal = draft.findings(OutboundContext.NOTHING).stream()
                .anyMatch(found ->
                        found.kind() == OutboundKind.PERSONAL_DATA || found.kind() == OutboundKind.NAME_OR_ADDRESS);
        Lookups lookups = new Lookups(assessed.who().policy());
        Optional<Examinations.Permission> reading = own.isEmpty() || !personal
                ? Optional.empty()
                : lookups.place(assessed.who().principal(), send, assessed.situation())
                        .flatMap(place ->
                                new MessageFacts(assessed.who().policy()).own(place, own, assessed.situation()));
        return reading.isEmpty()
                ? Step.pass(own)
                : readings.of(assessed, reading.get()).then(rows -> {
                    for (Row row : rows.rows()) {
                        row.fields().values().forEach(value -> own.addAll(parts(value)));
                    }
                    return Step.pass(own);
                });
    }

    /// A name is the person's own whole and in part.
    private static List<String> parts(Value value) {
        List<String> parts = new ArrayList<>(MessageTexts.texts(value));
        MessageTexts.texts(value).forEach(text -> parts.addAll(List.of(text.split(" ", -1))));
        return parts;
    }
}
