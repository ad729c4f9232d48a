// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import static dev.tollgate.governance.journal.Ledger.COPILOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.Database;
import dev.tollgate.governance.journal.Fate.End;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class RollbackProperties {
    private static final int CASES = 60;
    private static final int WRITES_MAX = 14;
    private static final AgentId OTHER = new AgentId("enrichment-agent");
    private static final List<RecordId> RECORDS = List.of(new RecordId("opp_1"), new RecordId("opp_2"));
    private static final List<String> FIELDS = List.of("amount", "stage");

    private final Store store;

    RollbackProperties(Database database) {
        store = database.store();
    }

    private enum Writer {
        COPILOT,
        OTHER,
        HUMAN
    }

    /// One write of one field; few values, so that people now and then write what an agent wrote.
    private record Write(Writer writer, RecordId record, String field, long value) {}

    private static List<Write> writes(RandomGenerator random) {
        List<Write> writes = new ArrayList<>();
        for (int at = random.nextInt(1, WRITES_MAX); at > 0; at--) {
            writes.add(new Write(
                    Writer.values()[random.nextInt(3)],
                    RECORDS.get(random.nextInt(2)),
                    FIELDS.get(random.nextInt(2)),
                    random.nextInt(3)));
        }
        return writes;
    }

    private Ledger played(List<Write> writes, FakeRecords records) {
        Ledger ledger = new Ledger(store, records);
        RECORDS.forEach(id -> FIELDS.forEach(field -> records.held(id).values.put(field, Value.of(0))));
        for (Write write : writes) {
            switch (write.writer()) {
                case HUMAN -> records.human(write.record(), write.field(), Value.of(write.value()));
                case COPILOT -> ledger.write(COPILOT, write.record(), Ledger.fields(write.field(), write.value()));
                case OTHER -> ledger.write(OTHER, write.record(), Ledger.fields(write.field(), write.value()));
            }
        }
        return ledger;
    }

    /// What each field holds once everything of the copilot that nobody wrote over is taken back.
    private static Map<String, Value> wanted(List<Write> writes) {
        Map<String, Value> wanted = new HashMap<>();
        RECORDS.forEach(id -> FIELDS.forEach(field -> wanted.put(id + "." + field, Value.of(0))));
        Map<String, Value> held = new HashMap<>(wanted);
        for (Write write : writes) {
            String place = write.record() + "." + write.field();
            held.put(place, Value.of(write.value()));
            if (write.writer() != Writer.COPILOT) {
                wanted.put(place, held.getOrDefault(place, Value.NULL));
            }
        }
        return wanted;
    }

    private static Map<String, Value> held(FakeRecords records) {
        Map<String, Value> held = new HashMap<>();
        RECORDS.forEach(id -> records.held(id).values.forEach((field, value) -> held.put(id + "." + field, value)));
        return held;
    }

    private static long own(List<Write> writes) {
        return writes.stream().filter(write -> write.writer() == Writer.COPILOT).count();
    }

    @Requirement({"B-7", "S4-21"})
    @Test
    void what_others_wrote_stays_and_everything_else_of_the_agent_is_taken_back() {
        Property.forAll(CASES, RollbackProperties::writes, writes -> {
            if (own(writes) == 0) {
                return;
            }
            // Given
            FakeRecords records = new FakeRecords(true, true);
            Ledger ledger = played(writes, records);
            List<End> foreseen = Ledger.ends(ledger.rollback.preview(ledger.last(100), records));

            // When
            List<End> ends = Ledger.ends(ledger.rollback.run(ledger.last(100), records));

            // Then
            assertThat(held(records)).isEqualTo(wanted(writes));
            assertThat(ends).hasSize((int) own(writes)).isSubsetOf(End.REVERTED, End.EDITED);
            assertThat(ends.stream().filter(End.EDITED::equals).count()).isEqualTo(ledger.reported());
            assertThat(foreseen.stream()
                            .map(end -> end == End.REVERTIBLE ? End.REVERTED : end)
                            .toList())
                    .isEqualTo(ends);
            changesNothing(ledger, ends);
        });
    }

    private static void changesNothing(Ledger ledger, List<End> ends) {
        Map<String, Value> before = held(ledger.records);
        long reported = ledger.reported();
        int restores = ledger.records.restores;
        List<End> again = Ledger.ends(ledger.rollback.run(ledger.last(100), ledger.records));
        assertThat(again)
                .isEqualTo(ends.stream()
                        .map(end -> end == End.REVERTED ? End.ALREADY : end)
                        .toList());
        assertThat(held(ledger.records)).isEqualTo(before);
        assertThat(ledger.records.restores).isEqualTo(restores);
        assertThat(ledger.reported()).isEqualTo(reported);
    }

    @Requirement("B-7")
    @Test
    void a_system_that_cannot_tell_who_edited_what_loses_no_edit_either() {
        Property.forAll(CASES, RollbackProperties::writes, writes -> {
            if (own(writes) == 0) {
                return;
            }
            // Given
            FakeRecords records = new FakeRecords(false, true);
            Ledger ledger = played(writes, records);
            Set<String> written = writes.stream()
                    .filter(write -> write.writer() != Writer.COPILOT)
                    .map(write -> write.record() + "." + write.field())
                    .collect(Collectors.toSet());
            Map<String, Value> others = new TreeMap<>(wanted(writes));
            others.keySet().retainAll(lastByOthers(writes, written));

            // When
            List<End> ends = Ledger.ends(ledger.rollback.run(ledger.last(100), records));

            // Then
            assertThat(held(records)).containsAllEntriesOf(others);
            assertThat(ends.stream().filter(End.EDITED::equals).count()).isEqualTo(ledger.reported());
            changesNothing(ledger, ends);
        });
    }

    /// Fields whose last word was somebody else's.
    private static Set<String> lastByOthers(List<Write> writes, Set<String> places) {
        Map<String, Writer> last = new HashMap<>();
        writes.forEach(write -> last.put(write.record() + "." + write.field(), write.writer()));
        return places.stream()
                .filter(place -> last.get(place) != Writer.COPILOT)
                .collect(Collectors.toSet());
    }
}
