// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.exception.ExceptionKind;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.exception.QueueLimits;
import dev.tollgate.governance.journal.ChangeJournal;
import dev.tollgate.governance.journal.JournalEntry;
import dev.tollgate.governance.journal.Selection;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an agent made or deleted over MCP in a real system, and an operator takes back with `./tollgate rollback`:
/// the same for every connector.
abstract class TakenBackContract {
    private static final String[] WHO = {"rollback", "--agent", "analyst", "--by", "olivia", "--tenant", "acme"};

    private int values;

    /// A running gateway with the system behind it.
    abstract GatewayUnderTest gateway();

    /// The gateway's store.
    abstract Store store();

    /// The operator's options that name the deployment.
    abstract List<String> options();

    /// Scopes of the agent.
    abstract String[] scopes();

    /// A new record that holds `value`.
    abstract WireClient.Reply make(WireClient agent, String value);

    abstract WireClient.Reply remove(WireClient agent, String id);

    /// What the system itself says that the record holds; nothing when it is not there.
    abstract Optional<String> sees(String id);

    /// A person writes into the record, past the gateway.
    abstract void personWrites(String id, String value);

    /// Ids of the records that hold `value`.
    abstract List<String> find(String value);

    /// Whether the contract says that a deletion can be taken back.
    abstract boolean makesAgain();

    /// Two records that the system takes for the same thing.
    abstract List<String> twins(WireClient agent);

    abstract WireClient.Reply merge(WireClient agent, String kept, String duplicate);

    /// Whether the system itself says that the record is in use.
    abstract boolean used(String id);

    final WireClient agent() {
        return gateway().agent(Ask.as("analyst", "erin", OpenBundle.EVERYTHING).with(scopes()));
    }

    final String value() {
        values++;
        return "made by an agent " + values + " " + System.identityHashCode(this);
    }

    final Commands.Result rollback(String... more) {
        List<String> words = new ArrayList<>(List.of(WHO));
        words.addAll(List.of(more));
        words.addAll(options());
        return new Commands(gateway().data()).run(words.toArray(String[]::new));
    }

    final Commands.Result takenBack() {
        return rollback("--last", "1", "--apply", "--reason", "the prompt was wrong");
    }

    private JournalEntry journalled() {
        return new ChangeJournal(store(), gateway().clock())
                .list(Selection.lastOf(new TenantId("acme"), new AgentId("analyst"), 1), Optional.empty(), 1)
                .items()
                .getFirst();
    }

    final List<String> exceptions() {
        return new ExceptionQueue(store(), gateway().clock(), Property.random(3), QueueLimits.DEFAULT)
                .list(new TenantId("acme"), Optional.empty(), Optional.empty(), 200).items().stream()
                        .filter(one -> one.report().kind() == ExceptionKind.ROLLBACK)
                        .map(one -> one.report().reason())
                        .toList();
    }

    /// The id of the record that a reply tells of.
    static String made(WireClient.Reply reply) {
        assertThat(reply.passed()).as(reply.wire()).isTrue();
        return reply.structured().at("/records/0/values/id").asString("");
    }

    @Test
    @Requirement({"S4-21", "B-7"})
    void what_an_agent_made_is_deleted_after_a_look_that_deletes_nothing() {
        try (WireClient agent = agent()) {
            // Given
            String value = value();
            String id = made(make(agent, value));
            assertThat(sees(id)).contains(value);

            // When
            Commands.Result looked = rollback("--last", "1");
            Optional<String> afterLook = sees(id);
            Commands.Result done = takenBack();
            Commands.Result again = takenBack();

            // Then
            assertThat(looked.out()).as(looked.err()).contains("1 revertible");
            assertThat(afterLook).contains(value);
            assertThat(done.out()).as(done.err()).contains("1 reverted");
            assertThat(sees(id)).isEmpty();
            assertThat(again.out()).contains("1 already");
            assertThat(exceptions()).isEmpty();
        }
    }

    @Test
    @Requirement("B-7")
    void what_an_agent_made_and_a_person_edited_stays_and_people_are_told() {
        try (WireClient agent = agent()) {
            // Given
            String id = made(make(agent, value()));
            personWrites(id, "mine now");

            // When
            Commands.Result done = takenBack();

            // Then
            assertThat(done.out()).as(done.err()).contains("1 edited");
            assertThat(sees(id)).contains("mine now");
            assertThat(exceptions()).singleElement().asString().contains("the record was edited since");
        }
    }

    @Test
    @Requirement({"S4-18", "S4-21", "B-7"})
    void what_an_agent_merged_is_journalled_with_what_ended_and_a_look_says_that_it_holds() {
        try (WireClient agent = agent()) {
            // Given
            List<String> twins = twins(agent);
            String kept = twins.getFirst();
            String duplicate = twins.getLast();
            assertThat(used(duplicate)).isTrue();

            // When
            WireClient.Reply merged = merge(agent, kept, duplicate);
            JournalEntry entry = journalled();
            Commands.Result looked = rollback("--last", "1");
            Commands.Result done = takenBack();

            // Then
            assertThat(merged.passed()).as(merged.wire()).isTrue();
            assertThat(used(kept)).isTrue();
            assertThat(used(duplicate)).isFalse();
            assertThat(entry.outcome()).isEqualTo(JournalEntry.Outcome.DONE);
            assertThat(entry.record()).contains(new RecordId(kept));
            assertThat(entry.change().target().verb()).isEqualTo(Verb.RECONCILE);
            assertThat(entry.change().before()).containsEntry("id", Value.of(duplicate));
            assertThat(entry.change().after()).containsEntry("duplicate", Value.of(duplicate));
            assertThat(looked.out()).as(looked.err()).contains("1 irreversible");
            assertThat(done.out()).as(done.err()).contains("1 irreversible");
            assertThat(used(duplicate)).isFalse();
            assertThat(exceptions()).singleElement().asString().contains("its tool cannot be undone");
        }
    }

    @Test
    @Requirement("B-7")
    void what_an_agent_deleted_is_made_again_or_was_declared_irreversible() {
        try (WireClient agent = agent()) {
            // Given
            String value = value();
            String id = made(make(agent, value));
            WireClient.Reply removed = remove(agent, id);
            assertThat(removed.passed()).as(removed.wire()).isTrue();
            assertThat(sees(id)).isEmpty();

            // When
            Commands.Result done = takenBack();

            // Then
            if (makesAgain()) {
                assertThat(done.out())
                        .as(done.err() + LogEntries.of(gateway()).texts().getLast())
                        .contains("1 reverted");
                assertThat(find(value)).hasSize(1).doesNotContain(id);
                assertThat(exceptions()).isEmpty();
            } else {
                assertThat(done.out()).as(done.err()).contains("1 irreversible");
                assertThat(find(value)).isEmpty();
                assertThat(exceptions()).singleElement().asString().contains("its tool cannot be undone");
            }
        }
    }
}
