// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.store.Store;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Recorded calls with the values beside the log that their decisions were taken on. Only reads; a page at a time.
public final class RecordedCalls {
    /// Entries that one page looks through.
    public static final int ENTRIES_A_PAGE = 500;

    private static final String BETWEEN = "select log_index from audit_event where log_id = ? and at >= ? and at < ?"
            + " and kind in ('decision', 'refused') and log_index >= ? order by log_index limit ?";
    private static final String END = "select log_index from audit_event where log_id = ? and decision_index = ?"
            + " and kind = 'outcome' order by log_index";

    private final AuditQuestions questions;
    private final Store store;
    private final Vault vault;

    RecordedCalls(AuditQuestions questions, Store store, Vault vault) {
        this.questions = questions;
        this.store = store;
        this.vault = vault;
    }

    /// One decision, or one refusal before policy was asked.
    ///
    /// @param entry   as it stands in the log
    /// @param outcome how a decided call ended, when it ended
    /// @param values  personal values that it commits to, by name, each held against its commitment
    /// @param erased  names of values that were erased
    /// @param missing names of values that are gone and were not erased, or are not what was committed to
    public record Kept(
            StoredEntry entry,
            Optional<StoredEntry> outcome,
            Map<String, Value> values,
            List<String> erased,
            List<String> missing) {
        public Kept {
            values = Map.copyOf(values);
            erased = List.copyOf(erased);
            missing = List.copyOf(missing);
        }

        /// Values are customer data.
        @Override
        public String toString() {
            return "Kept[" + entry.index() + "]";
        }
    }

    /// What is looked for.
    ///
    /// @param agent whose calls; nothing for every agent
    /// @param task  of which task; nothing for every task
    /// @param from  inclusive
    /// @param to    exclusive
    public record Wanted(Optional<String> agent, Optional<String> task, Instant from, Instant to) {
        boolean fits(StoredEntry entry) {
            return agent.map(name -> entry.text("caller/agent").equals(agent)).orElse(true)
                    && task.map(name -> entry.text("caller/task").equals(task)).orElse(true);
        }
    }

    /// Decisions and refusals in the order of the log.
    ///
    /// @param after 0, or `next` of the page before
    public Page<Kept> between(Wanted wanted, long after) {
        long log = questions.log();
        long indexed = AuditIndex.indexed(store, log);
        List<Store.Record> found = store.read(session -> session.query(
                BETWEEN, log, AuditIndex.micros(wanted.from()), AuditIndex.micros(wanted.to()), after, ENTRIES_A_PAGE));
        List<Kept> kept = new ArrayList<>();
        for (Store.Record row : found) {
            StoredEntry entry = questions.entry(row.number("log_index"));
            if (wanted.fits(entry)) {
                kept.add(kept(entry));
            }
        }
        long next = found.isEmpty() ? 0 : found.getLast().number("log_index") + 1;
        return new Page<>(kept, next, found.size() == ENTRIES_A_PAGE, indexed);
    }

    /// The decisions and refusals of one call, in order.
    public List<Kept> call(RequestId request) {
        return questions.call(request).stream()
                .filter(entry -> entry.kind().equals("decision") || entry.kind().equals("refused"))
                .map(this::kept)
                .toList();
    }

    private Kept kept(StoredEntry entry) {
        Optional<StoredEntry> outcome =
                store.read(session -> session.query(END, questions.log(), entry.index())).stream()
                        .findFirst()
                        .map(row -> questions.entry(row.number("log_index")));
        Map<String, Vault.Held> held = new HashMap<>(vault.open(List.of(entry)));
        Map<String, Value> values = new TreeMap<>();
        List<String> erased = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        entry.commitments().forEach((name, commitment) -> {
            Vault.Held value = held.get(commitment);
            Optional<Payload> payload = value == null ? Optional.empty() : value.payload();
            if (payload.filter(Payload::holds).isPresent()) {
                values.put(name, payload.get().value());
            } else if (value != null && payload.isEmpty() && value.erasedAt().isPresent()) {
                erased.add(name);
            } else {
                missing.add(name);
            }
        });
        return new Kept(entry, outcome, values, erased, missing);
    }
}
