// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ways to reach a party of a real Tryton; the gateway's store is a PostgreSQL.
class TakenBackTrytonTest extends TakenBackContract {
    private static final String MODEL = "party.contact_mechanism";

    private final TrytonOnPostgres world;

    TakenBackTrytonTest(@TempDir Path folder) throws IOException {
        world = new TrytonOnPostgres(folder, bundle -> bundle);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Override
    GatewayUnderTest gateway() {
        return world.gateway();
    }

    @Override
    Store store() {
        return world.store();
    }

    @Override
    List<String> options() {
        return world.place().options();
    }

    @Override
    String[] scopes() {
        return TrytonOnPostgres.SCOPES.toArray(String[]::new);
    }

    @Override
    WireClient.Reply make(WireClient agent, String value) {
        return agent.call(
                "tryton_contact_mechanism_create",
                "{\"values\":{\"party_id\":\"" + world.party() + "\",\"type\":\"other\",\"value\":\"" + value + "\"}}");
    }

    @Override
    WireClient.Reply remove(WireClient agent, String id) {
        return agent.call("tryton_contact_mechanism_delete", "{\"id\":\"" + id + "\"}");
    }

    @Override
    Optional<String> sees(String id) {
        return world.sees(MODEL, id, "value");
    }

    @Override
    void personWrites(String id, String value) {
        world.personWrites(MODEL, id, "value", value);
    }

    @Override
    List<String> find(String value) {
        return world.reached(value);
    }

    @Override
    boolean makesAgain() {
        return true;
    }

    @Override
    List<String> twins(WireClient agent) {
        return List.of(world.party(), world.twin());
    }

    @Override
    WireClient.Reply merge(WireClient agent, String kept, String duplicate) {
        return agent.call("tryton_party_merge", "{\"id\":\"" + kept + "\",\"duplicate\":\"" + duplicate + "\"}");
    }

    @Override
    boolean used(String id) {
        return world.active(id);
    }

    @Test
    @Requirement({"S4-21", "B-7"})
    void what_an_agent_changed_holds_again_what_it_held_unless_a_person_wrote_since() {
        try (WireClient agent = agent()) {
            // Given
            String first = made(make(agent, "first"));
            String second = made(make(agent, "second"));
            for (String id : List.of(first, second)) {
                WireClient.Reply reply = agent.call(
                        "tryton_contact_mechanism_update",
                        "{\"id\":\"" + id + "\",\"values\":{\"value\":\"changed\"}}");
                assertThat(reply.passed()).as(reply.text()).isTrue();
            }
            personWrites(second, "mine now");

            // When
            Commands.Result looked = rollback("--last", "2");
            Commands.Result done = rollback("--last", "2", "--apply", "--reason", "the prompt was wrong");

            // Then
            assertThat(looked.out()).as(looked.err()).contains("1 revertible, 1 edited");
            assertThat(done.out()).as(done.err()).contains("1 reverted, 1 edited");
            assertThat(sees(first)).contains("first");
            assertThat(sees(second)).contains("mine now");
            assertThat(exceptions()).singleElement().asString().contains("the record was edited since");
        }
    }
}
