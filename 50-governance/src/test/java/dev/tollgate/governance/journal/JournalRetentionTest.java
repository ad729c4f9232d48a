// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.Database;
import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.journal.Fate.End;
import dev.tollgate.governance.journal.JournalEntry.Outcome;
import dev.tollgate.governance.journal.RollbackRun.State;
import dev.tollgate.store.Store;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the journal keeps, of changes that were made, were not, and of which nobody knows; and for how long.
@ParameterizedClass
@EnumSource(Database.class)
class JournalRetentionTest {
    private static final RecordId DEAL = new RecordId("opp_1");

    private final Store store;
    private final Ledger ledger;

    JournalRetentionTest(Database database) {
        store = database.store();
        ledger = new Ledger(store, new FakeRecords(false, true));
    }

    private ChangeId ended(Outcome outcome) {
        Change change = ledger.proposed(Ledger.COPILOT, DEAL, Ledger.fields("amount", 7));
        ChangeId id = ledger.begin(change);
        ledger.journal.after(ledger.tenant, id, Optional.of(DEAL), new TreeMap<>(), Optional.empty(), outcome);
        return id;
    }

    @Test
    @Requirement("S4-18")
    void a_change_that_was_not_made_is_never_taken_back_and_one_that_may_have_been_goes_to_people() {
        // Given
        ChangeId failed = ended(Outcome.FAILED);
        ChangeId unknown = ended(Outcome.UNKNOWN);

        // When
        List<Fate> fates = Ledger.fates(ledger.rollback.run(ledger.last(10), ledger.records));

        // Then
        assertThat(fates).extracting(fate -> fate.entry().id()).containsExactly(unknown);
        assertThat(fates).extracting(Fate::end).containsExactly(End.UNKNOWN);
        assertThat(ledger.records.restores).isZero();
        assertThat(ledger.reported()).isEqualTo(1);
        assertThat(ledger.journal.find(ledger.tenant, failed).orElseThrow().outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_change_ends_once() {
        // Given
        ChangeId id = ended(Outcome.FAILED);

        // When
        boolean again = ledger.journal.after(
                ledger.tenant, id, Optional.of(DEAL), new TreeMap<>(), Optional.empty(), Outcome.DONE);

        // Then
        assertThat(again).isFalse();
        assertThat(ledger.journal.find(ledger.tenant, id).orElseThrow().outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void what_is_older_than_its_time_is_forgotten_with_its_values_and_the_rest_can_still_be_taken_back() {
        // Given: long ago, so that no other test's changes are meant
        Instant old = Ledger.START.minus(Duration.ofDays(4_000));
        ledger.now.set(old);
        ChangeId first = ledger.write(Ledger.COPILOT, DEAL, Ledger.fields("amount", 1));
        ledger.now.set(old.plus(Duration.ofDays(10)));
        ChangeId second = ledger.write(Ledger.COPILOT, DEAL, Ledger.fields("amount", 2));

        // When
        int forgotten = ledger.journal.forget(old.plus(Duration.ofDays(5)));

        // Then
        assertThat(forgotten).isEqualTo(1);
        assertThat(ledger.journal.find(ledger.tenant, first)).isEmpty();
        assertThat(ledger.journal.find(ledger.tenant, second)).isPresent();
        assertThat(Ledger.ends(ledger.rollback.run(ledger.last(10), ledger.records)))
                .containsExactly(End.REVERTED);
    }

    @Test
    void a_run_is_asked_for_taken_on_once_ended_told_and_forgotten() {
        // Given
        ledger.now.set(Ledger.START.minus(Duration.ofDays(5_000)));
        ledger.write(Ledger.COPILOT, DEAL, Ledger.fields("amount", 1));
        RollbackDesk desk = new RollbackDesk(store, ledger.now::get, Property.random(ledger.tenant.hashCode()));
        String id = desk.ask(ledger.last(10), true, new UserId("olivia"), "it looped") instanceof Step.Passed<String> ok
                ? ok.state()
                : "";

        // When
        RollbackRun run = desk.next().orElseThrow();
        Optional<RollbackRun> other = desk.next();
        desk.end(run, Ledger.fates(ledger.rollback.run(run.which(), ledger.records)));

        // Then
        RollbackRun ended = desk.find(ledger.tenant, id).orElseThrow();
        assertThat(run.id()).isEqualTo(id);
        assertThat(other).isEmpty();
        assertThat(ended.state()).isEqualTo(State.DONE);
        assertThat(ended.ends()).containsExactly(java.util.Map.entry(End.REVERTED, 1L));
        assertThat(desk.lines(ledger.tenant, id, 0, 10)).hasSize(1);
        Instant later = ledger.now.get().plus(Duration.ofDays(1));
        assertThat(desk.forget(later)).isEqualTo(1);
        assertThat(desk.forget(later)).isEqualTo(1);
        assertThat(desk.find(ledger.tenant, id)).isEmpty();
    }
}
