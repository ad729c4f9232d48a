// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import static dev.tollgate.governance.journal.Ledger.COPILOT;
import static dev.tollgate.governance.journal.Ledger.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.CountedStore;
import dev.tollgate.governance.Database;
import dev.tollgate.governance.journal.Fate.End;
import dev.tollgate.governance.journal.Restorer.Current;
import dev.tollgate.governance.journal.Restorer.Restored;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Requirement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class HistoriesTest {
    private static final RecordId DEAL = new RecordId("opp_1");

    private final FakeRecords records = new FakeRecords(false, true);
    private final CountedStore store;
    private final Ledger ledger;
    private final Histories histories;

    HistoriesTest(Database database) {
        store = new CountedStore(database.store());
        ledger = new Ledger(store, records);
        histories = new Histories(ledger.journal);
        records.held(DEAL).values.put("amount", Value.of(0));
    }

    private End judged(JournalEntry entry) {
        return histories.judged(entry, records.current(entry)).fate().end();
    }

    private void takeBack(JournalEntry entry) {
        Optional<String> from = records.current(entry).flatMap(Current::version);
        if (records.restore(entry, from) instanceof Restored.Done done) {
            ledger.journal.reverted(entry, done.version());
            histories.reverted(entry, from, done.version());
        }
    }

    @Test
    @Requirement({"B-7", "S4-21"})
    void the_changes_of_a_record_are_read_once_and_anew_when_somebody_else_writes() {
        // Given
        for (int amount = 1; amount <= 4; amount++) {
            ledger.write(COPILOT, DEAL, fields("amount", amount));
        }
        List<JournalEntry> entries = ledger.journal.select(ledger.last(4));
        long before = store.reads();

        // When
        End newest = judged(entries.get(0));
        takeBack(entries.get(0));
        End next = judged(entries.get(1));
        takeBack(entries.get(1));
        long alone = store.reads() - before;
        ledger.write(new AgentId("enrichment-agent"), DEAL, fields("amount", 9));
        End overwritten = judged(entries.get(2));
        long anew = store.reads() - before - alone;
        records.human(DEAL, "amount", Value.of(2));
        End edited = judged(entries.get(2));

        // Then
        assertThat(List.of(newest, next)).containsOnly(End.REVERTIBLE);
        assertThat(alone).isEqualTo(1);
        assertThat(overwritten).isEqualTo(End.EDITED);
        assertThat(anew).isEqualTo(1);
        assertThat(edited).as("the same value by somebody else is not ours").isEqualTo(End.EDITED);
    }
}
