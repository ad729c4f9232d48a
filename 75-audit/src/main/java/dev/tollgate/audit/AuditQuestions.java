// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.store.Store;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers auditors' questions. The index says where to look; every answer is read from the log itself,
/// and values from the vault are held against the log's commitments. Only reads; one page at a time.
public final class AuditQuestions {
    /// Calls that one page is made of.
    public static final int CALLS_A_PAGE = 200;

    private static final String ABOUT = "select distinct e.log_index as log_index, e.kind as kind,"
            + " e.decision_index as decision_index from audit_value v"
            + " join audit_event e on e.value_id = v.id"
            + " where e.log_id = ? and v.subject_id = ? and (? = '' or v.subject_scope = ?)"
            + " and e.at >= ? and e.at < ? and e.log_index >= ? order by e.log_index limit ?";
    private static final String BY = "select log_index from audit_event where log_id = ? and agent = ? and user_id = ?"
            + " and at >= ? and at < ? and log_index >= ? order by log_index limit ?";
    private static final String LAST = "select log_index, user_id from audit_event where log_id = ? and agent = ?"
            + " and kind in ('decision', 'refusal') order by log_index desc limit ?";
    private static final String END =
            "select log_index, result from audit_event where log_id = ? and decision_index = ? and kind = 'outcome'"
                    + " order by log_index";

    private final Store store;
    private final String name;
    private final Vault vault;
    private final Entries entries;

    /// Where entries are read: a running log, or its files.
    public interface Entries {
        /// The bytes of an entry; nothing when the log does not have it.
        Optional<byte[]> entry(long index);
    }

    /// Questions to the log whose index is in `store` under `name`.
    public AuditQuestions(Store store, String name, Vault vault, Entries entries) {
        this.store = store;
        this.name = name;
        this.vault = vault;
        this.entries = entries;
    }

    /// Which fields of a customer were accessed between two moments, how they were shown, and which
    /// attempts were refused. Covers the customer's own records, and every record of a call whose task
    /// was about the customer.
    ///
    /// @param scope where the id means something, for example `demo/contact`; nothing for everywhere
    /// @param from  inclusive
    /// @param to    exclusive
    /// @param after 0, or `next` of the page before
    public Page<Access> accesses(Optional<String> scope, String customer, Instant from, Instant to, long after) {
        long indexed = AuditIndex.indexed(store, log());
        String where = scope.orElse("");
        List<Store.Record> found = query(
                ABOUT,
                log(),
                customer,
                where,
                where,
                AuditIndex.micros(from),
                AuditIndex.micros(to),
                after,
                CALLS_A_PAGE);
        List<Access> accesses = new ArrayList<>();
        Set<Long> told = new LinkedHashSet<>();
        for (Store.Record row : found) {
            long index = row.number("log_index");
            if (row.text("kind").equals("outcome")) {
                StoredEntry outcome = entry(index);
                StoredEntry decision = entry(row.number("decision_index"));
                tell(decision, outcome, Optional.of(customer), told, accesses);
            } else if (row.text("kind").equals("decision")) {
                tellDecision(entry(index), customer, told, accesses);
            }
        }
        return page(accesses, found, indexed);
    }

    /// A decision about the customer: either its outcome shows records of a task about the customer, or it
    /// was refused.
    private void tellDecision(StoredEntry decision, String customer, Set<Long> told, List<Access> accesses) {
        Optional<StoredEntry> end =
                query(END, log(), decision.index()).stream().findFirst().map(row -> entry(row.number("log_index")));
        boolean task =
                decision.commitments().containsKey(Personal.CUSTOMER) && about(decision, Personal.CUSTOMER, customer);
        if (end.isPresent() && end.get().text("result").orElse("").equals("released")) {
            tell(decision, end.get(), task ? Optional.empty() : Optional.of(customer), told, accesses);
        } else if (told.add(decision.index())) {
            accesses.add(Access.refused(decision, end.orElse(decision)));
        }
    }

    private boolean about(StoredEntry entry, String name, String subject) {
        String commitment = entry.commitments().getOrDefault(name, "");
        return Optional.ofNullable(vault.open(List.of(entry)).get(commitment))
                .flatMap(Vault.Held::payload)
                .flatMap(payload -> payload.personal().subject())
                .filter(found -> found.id().equals(subject))
                .isPresent();
    }

    /// Tells the rows of an outcome: all of them, or those of one record. Each outcome once, the widest
    /// telling first.
    private void tell(
            StoredEntry decision, StoredEntry outcome, Optional<String> record, Set<Long> told, List<Access> accesses) {
        if (!told.add(outcome.index())) {
            return;
        }
        List<String> rows = outcome.commitments().entrySet().stream()
                .filter(commitment -> Personal.isRow(commitment.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        Map<String, Vault.Held> held = vault.open(List.of(outcome));
        for (String commitment : rows) {
            Optional.ofNullable(held.get(commitment))
                    .flatMap(Vault.Held::payload)
                    .filter(row -> record.isEmpty()
                            || row.personal()
                                    .subject()
                                    .map(Personal.Subject::id)
                                    .equals(record))
                    .ifPresent(row -> accesses.add(Access.of(decision, outcome, row)));
        }
    }

    /// Every action that an agent took for a person between two moments, refused ones too.
    ///
    /// @param from  inclusive
    /// @param to    exclusive
    /// @param after 0, or `next` of the page before
    public Page<Action> actions(String agent, String user, Instant from, Instant to, long after) {
        long indexed = AuditIndex.indexed(store, log());
        List<Store.Record> found =
                query(BY, log(), agent, user, AuditIndex.micros(from), AuditIndex.micros(to), after, CALLS_A_PAGE);
        List<Action> actions = new ArrayList<>();
        for (Store.Record row : found) {
            StoredEntry entry = entry(row.number("log_index"));
            Optional<String> result =
                    query(END, log(), entry.index()).stream().findFirst().flatMap(end -> end.textIfAny("result"));
            actions.add(Action.of(entry, result));
        }
        return page(actions, found, indexed);
    }

    /// The last actions of an agent for some people, the newest first, refused ones too.
    ///
    /// @param limit 1 to `CALLS_A_PAGE`; as many of the agent's last entries are looked through
    public List<Action> latest(String agent, Set<UserId> users, int limit) {
        return query(LAST, log(), agent, CALLS_A_PAGE).stream()
                .filter(row -> row.textIfAny("user_id")
                        .map(UserId::new)
                        .filter(users::contains)
                        .isPresent())
                .limit(limit)
                .map(row -> entry(row.number("log_index")))
                .map(entry -> Action.of(
                        entry,
                        query(END, log(), entry.index()).stream().findFirst().flatMap(end -> end.textIfAny("result"))))
                .toList();
    }

    /// What an agent was authorised to do by a decision; nothing when there is no such decision.
    public Optional<Authorised> authorised(String decisionId) {
        return query(
                        "select log_index from audit_event where log_id = ? and decision_id = ? order by log_index",
                        log(),
                        decisionId)
                .stream()
                .findFirst()
                .map(row -> entry(row.number("log_index")))
                .map(decision -> new Authorised(
                        decision.text("ruling/policy").orElse(""),
                        decision,
                        query(
                                        "select log_index from audit_event where log_id = ? and decision_index = ?"
                                                + " and token_id is not null order by log_index",
                                        log(),
                                        decision.index())
                                .stream()
                                .findFirst()
                                .map(row -> entry(row.number("log_index")))));
    }

    /// Follows data from fields to what was made of them, and back.
    public AuditLineage lineage() {
        return new AuditLineage(this);
    }

    /// Recorded calls, to be decided again.
    public RecordedCalls recorded() {
        return new RecordedCalls(this, store, vault);
    }

    /// What the call of a decision showed, row by row; nothing when nothing was released.
    List<Access> shown(StoredEntry decision) {
        List<Access> accesses = new ArrayList<>();
        query(END, log(), decision.index()).stream()
                .filter(row ->
                        row.textIfAny("result").filter("released"::equals).isPresent())
                .forEach(row -> tell(
                        decision, entry(row.number("log_index")), Optional.empty(), new LinkedHashSet<>(), accesses));
        return accesses;
    }

    /// A decision as an action, with how it ended.
    Action action(StoredEntry decision) {
        return Action.of(
                decision,
                query(END, log(), decision.index()).stream().findFirst().flatMap(row -> row.textIfAny("result")));
    }

    /// The customer of a decision's task; nothing when it names none, or when the value was erased.
    Optional<String> customer(StoredEntry decision) {
        String commitment = decision.commitments().getOrDefault(Personal.CUSTOMER, "");
        return Optional.ofNullable(vault.open(List.of(decision)).get(commitment))
                .flatMap(Vault.Held::payload)
                .flatMap(payload -> payload.personal().subject())
                .map(Personal.Subject::id);
    }

    /// Everything that the log says of one call, in order.
    public List<StoredEntry> call(RequestId request) {
        return query(
                        "select log_index from audit_event where log_id = ? and request_id = ? order by log_index",
                        log(),
                        request.value())
                .stream()
                .map(row -> entry(row.number("log_index")))
                .toList();
    }

    /// A log that was never opened has no entries, and no number.
    long log() {
        return LogNumber.of(store, name).value();
    }

    private List<Store.Record> query(String sql, @Nullable Object... arguments) {
        return store.read(session -> session.query(sql, arguments));
    }

    StoredEntry entry(long index) {
        byte[] bytes = entries.entry(index)
                .orElseThrow(() -> new IllegalStateException("the index names an entry that the log does not have"));
        return StoredEntry.read(index, bytes);
    }

    /// An entry as it stands in the log; nothing when this log does not have it.
    public Optional<String> text(long index) {
        return entries.entry(index).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static <T> Page<T> page(List<T> rows, List<Store.Record> found, long indexed) {
        long next = found.isEmpty() ? 0 : found.getLast().number("log_index") + 1;
        return new Page<>(rows, next, found.size() == CALLS_A_PAGE, indexed);
    }
}
