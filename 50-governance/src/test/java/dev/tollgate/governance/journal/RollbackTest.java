// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import static dev.tollgate.governance.journal.Ledger.COPILOT;
import static dev.tollgate.governance.journal.Ledger.ends;
import static dev.tollgate.governance.journal.Ledger.fates;
import static dev.tollgate.governance.journal.Ledger.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.governance.Changes;
import dev.tollgate.governance.Database;
import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.journal.Fate.End;
import dev.tollgate.governance.journal.JournalEntry.Outcome;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class RollbackTest {
    private static final RecordId DEAL = new RecordId("opp_1");
    private static final RecordId OTHER = new RecordId("opp_2");

    private final FakeRecords records = new FakeRecords(true, true);
    private final Store store;
    private final Ledger ledger;

    RollbackTest(Database database) {
        store = database.store();
        ledger = new Ledger(store, records);
        records.held(DEAL).values.put("amount", Value.of(0));
        records.held(OTHER).values.put("amount", Value.of(0));
    }

    private Value amount(RecordId id) {
        return records.held(id).values.getOrDefault("amount", Value.NULL);
    }

    @Requirement("S4-18")
    @Test
    void the_journal_says_who_changed_what_from_what_to_what_and_why() {
        // Given
        ChangeId first = ledger.write(COPILOT, DEAL, fields("amount", 5));
        ledger.write(new AgentId("enrichment-agent"), OTHER, fields("amount", 6));

        // When
        JournalEntry entry = ledger.journal.find(ledger.tenant, first).orElseThrow();

        // Then
        assertThat(entry.change().agent()).isEqualTo(COPILOT);
        assertThat(entry.at()).isEqualTo(Ledger.START.plusMillis(1));
        assertThat(entry.record()).contains(DEAL);
        assertThat(entry.change().before()).isEqualTo(fields("amount", 0));
        assertThat(entry.after()).isEqualTo(fields("amount", 5));
        assertThat(entry.change().target().verb().word()).isEqualTo("write");
        assertThat(entry.cause()).isEqualTo(Ledger.cause());
        assertThat(entry.newVersion()).contains("v2");
        assertThat(ledger.journal.list(ledger.last(1), Optional.empty(), 10).items())
                .containsExactly(entry);
        assertThat(ledger.journal.find(new TenantId("globex"), first)).isEmpty();
        assertThatThrownBy(() -> ledger.journal.before(first, entry.change(), Ledger.cause()))
                .isInstanceOf(StoreFailure.class);
        assertThat(ledger.journal.after(
                        ledger.tenant, first, Optional.of(DEAL), entry.after(), Optional.of("v9"), Outcome.FAILED))
                .isFalse();
    }

    @Requirement("S4-21")
    @Test
    void the_last_changes_of_an_agent_are_taken_back_and_asking_twice_means_the_same_ones() {
        // Given
        for (int at = 1; at <= 5; at++) {
            ledger.write(COPILOT, at % 2 == 0 ? DEAL : OTHER, fields("amount", at));
        }

        // When
        List<End> first = ends(ledger.rollback.run(ledger.last(2), records));
        List<End> second = ends(ledger.rollback.run(ledger.last(2), records));

        // Then
        assertThat(first).containsExactly(End.REVERTED, End.REVERTED);
        assertThat(second).containsExactly(End.ALREADY, End.ALREADY);
        assertThat(amount(DEAL)).isEqualTo(Value.of(2));
        assertThat(amount(OTHER)).isEqualTo(Value.of(3));
    }

    @Test
    void a_time_a_rule_or_a_task_selects_and_nothing_at_all_is_refused() {
        // Given
        ledger.write(COPILOT, DEAL, fields("amount", 1));
        ledger.write(COPILOT, OTHER, fields("amount", 2));
        Selection nobody = Selection.lastOf(ledger.tenant, new AgentId("nobody"), 5);
        Selection everything = new Selection(
                ledger.tenant,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                5);
        Selection late = new Selection(
                ledger.tenant,
                Optional.empty(),
                Optional.of(Ledger.START.plusMillis(2)),
                Optional.of(Ledger.START.plusMillis(3)),
                Optional.of(new RuleId("a-rule")),
                Optional.of(new TaskId("task-1")),
                5);

        // Then
        assertThat(ledger.rollback.run(nobody, records))
                .isEqualTo(Step.refuse(
                        new Refusal.Malformed(List.of("no change matches: look at the journal for what there is"))));
        assertThat(ledger.rollback.preview(everything, records))
                .isEqualTo(Step.refuse(new Refusal.Malformed(List.of("name an agent, a time, a rule or a task"))));
        assertThat(fates(ledger.rollback.preview(late, records)))
                .extracting(fate -> fate.entry().record())
                .containsExactly(Optional.of(OTHER));
        assertThat(records.restores).isZero();
    }

    @Requirement("B-7")
    @Test
    void an_irreversible_change_and_one_whose_end_nobody_knows_go_to_people_once() {
        // Given
        Change mail = irreversible(ledger.proposed(COPILOT, DEAL, fields("amount", 9)));
        ChangeId sent = ledger.begin(mail);
        ledger.journal.after(
                ledger.tenant, sent, Optional.of(DEAL), fields("amount", 9), Optional.empty(), Outcome.DONE);
        ledger.begin(ledger.proposed(COPILOT, OTHER, fields("amount", 8)));

        // When
        List<End> ends = ends(ledger.rollback.run(ledger.last(10), records));
        ledger.rollback.run(ledger.last(10), records);

        // Then
        assertThat(ends).containsExactly(End.UNKNOWN, End.IRREVERSIBLE);
        assertThat(ledger.reported()).isEqualTo(2);
        assertThat(records.restores).isZero();
    }

    private static Change irreversible(Change change) {
        return new Change(
                change.target(),
                change.record(),
                change.before(),
                change.after(),
                change.recordVersion(),
                change.agent(),
                change.user(),
                change.tenant(),
                change.policy(),
                change.workflow(),
                "irreversible",
                change.untrusted());
    }

    @Requirement("B-7")
    @Test
    void a_run_that_died_is_taken_up_where_it_stood() {
        // Given
        ledger.write(COPILOT, DEAL, fields("amount", 1));
        ledger.write(COPILOT, OTHER, fields("amount", 2));
        records.crashes = 1;
        assertThatThrownBy(() -> ledger.rollback.run(ledger.last(10), records)).hasMessage("the node dies here");

        // When
        List<End> atOnce = ends(ledger.rollback.run(ledger.last(10), records));
        ledger.now.set(ledger.now.get().plus(Rollback.CLAIM).plus(Duration.ofMillis(1)));
        List<End> later = ends(ledger.rollback.run(ledger.last(10), records));

        // Then
        assertThat(atOnce).containsExactly(End.BUSY, End.REVERTED);
        assertThat(later).containsExactly(End.REVERTED, End.ALREADY);
        assertThat(records.restores).isEqualTo(2);
        assertThat(amount(DEAL)).isEqualTo(Value.of(0));
        assertThat(amount(OTHER)).isEqualTo(Value.of(0));
        assertThat(ledger.reported()).isZero();
    }

    @Requirement("B-7")
    @Test
    void an_edit_between_reading_and_restoring_wins() {
        // Given
        ledger.write(COPILOT, DEAL, fields("amount", 1));
        Restorer late = new Restorer() {
            @Override
            public Optional<Current> current(JournalEntry entry) {
                Optional<Current> current = records.current(entry);
                records.human(DEAL, "amount", Value.of(42));
                return current;
            }

            @Override
            public Restored restore(JournalEntry entry, Optional<String> expectedVersion) {
                return records.restore(entry, expectedVersion);
            }
        };

        // When
        List<End> ends = ends(ledger.rollback.run(ledger.last(10), late));

        // Then
        assertThat(ends).containsExactly(End.EDITED);
        assertThat(amount(DEAL)).isEqualTo(Value.of(42));
        assertThat(ledger.reported()).isEqualTo(1);
    }

    @Test
    void a_record_that_was_made_is_deleted_unless_somebody_touched_it_and_one_that_was_deleted_comes_back() {
        // Given
        RecordId made = new RecordId("opp_made");
        RecordId kept = new RecordId("opp_kept");
        make(made);
        make(kept);
        records.human(kept, "stage", Value.of("won"));
        delete(DEAL);

        // When
        List<End> ends = ends(ledger.rollback.run(ledger.last(10), records));

        // Then
        assertThat(ends).containsExactly(End.REVERTED, End.EDITED, End.REVERTED);
        assertThat(amount(DEAL)).isEqualTo(Value.of(0));
        assertThat(records.records).containsKey(kept).doesNotContainKey(made);
    }

    private void make(RecordId id) {
        Change change = Changes.amount()
                .asked("alice", ledger.tenant.value())
                .of("")
                .at("")
                .from(Map.of())
                .to(fields("amount", 3))
                .change();
        ChangeId begun = ledger.begin(change);
        records.agent(id, fields("amount", 3));
        ledger.journal.after(
                ledger.tenant, begun, Optional.of(id), fields("amount", 3), records.version(id), Outcome.DONE);
    }

    private void delete(RecordId id) {
        Change change = Changes.amount()
                .asked("alice", ledger.tenant.value())
                .of(id.value())
                .from(fields("amount", 0))
                .to(Map.of())
                .at("v1")
                .change();
        ChangeId begun = ledger.begin(change);
        records.records.remove(id);
        ledger.journal.after(ledger.tenant, begun, Optional.of(id), new TreeMap<>(), Optional.empty(), Outcome.DONE);
    }
}
