// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.app.Configuration;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
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

/// Tickets in a database of somebody's own, through the SQL connector; the gateway's store is a PostgreSQL too.
class TakenBackSqlTest extends TakenBackContract {
    private static final String CONTRACT = """
            contract: 1
            system: desk
            connector: sql
            scopes: desk
            objects:
              ticket:
                upstream: public.ticket
                id: id
                window: none
                owner: Support
                facts: {tenant: tenant_id}
                fields:
                  id: {type: reference, class: record-identifier, write: system}
                  subject: {type: text, class: operational, write: operational}
                  status: {type: text, class: operational, write: operational, picklist: [open, closed]}
                  tenant_id: {type: reference, class: record-metadata, write: system}
                  made_at: {type: moment, class: record-metadata, write: system}
            tools:
              ticket_create: {object: ticket, kind: create, scopes: ['desk:ticket:create'], title: Open a ticket,
                description: Opens a ticket., fields: [id, subject], accepts: [subject, status], required: [subject],
                reversibility: reversible}
              ticket_update: {object: ticket, kind: update, scopes: ['desk:ticket:write'], title: Change a ticket,
                description: Changes a ticket., fields: [id, subject], accepts: [subject, status],
                reversibility: reversible}
              ticket_merge: {object: ticket, kind: merge, scopes: ['desk:ticket:reconcile'], title: Merge two tickets,
                description: Makes one ticket of two., reversibility: irreversible}
              ticket_delete: {object: ticket, kind: delete, scopes: ['desk:ticket:delete'], title: Delete a ticket,
                description: Deletes a ticket., reversibility: reversible}
            """;

    private final PostgresPlace place;
    private final GatewayUnderTest gateway;
    private final Store store;

    TakenBackSqlTest(@TempDir Path folder) throws IOException {
        BundleFolder bundle = OpenBundle.at(folder.resolve("bundle")).append("contracts/desk.yaml", CONTRACT);
        Configuration from = GatewayUnderTest.withBundle(GatewayUnderTest.embedded(folder.resolve("data")), bundle);
        place = PostgresPlace.withDesk(from);
        run("create table ticket (id bigint generated always as identity primary key, subject text not null,"
                + " status text, tenant_id text not null default 'acme',"
                + " made_at timestamptz not null default now())");
        gateway = GatewayUnderTest.start(place.configuration(), new MovingClock());
        store = place.store();
    }

    private List<String> run(String statement, Object... values) {
        return place.run(statement, values);
    }

    @AfterEach
    void stop() {
        gateway.close();
        store.close();
        place.close();
    }

    @Override
    GatewayUnderTest gateway() {
        return gateway;
    }

    @Override
    Store store() {
        return store;
    }

    @Override
    List<String> options() {
        return place.options();
    }

    @Override
    String[] scopes() {
        return new String[] {"desk:ticket:create", "desk:ticket:write", "desk:ticket:delete", "desk:ticket:reconcile"};
    }

    @Override
    WireClient.Reply make(WireClient agent, String value) {
        return agent.call("ticket_create", "{\"values\":{\"subject\":\"" + value + "\",\"status\":\"open\"}}");
    }

    @Override
    WireClient.Reply remove(WireClient agent, String id) {
        return agent.call("ticket_delete", "{\"id\":\"" + id + "\"}");
    }

    @Override
    Optional<String> sees(String id) {
        return run("select subject from ticket where id = ?", Long.parseLong(id)).stream()
                .findFirst();
    }

    @Override
    void personWrites(String id, String value) {
        run("update ticket set subject = ? where id = ?", value, Long.parseLong(id));
    }

    @Override
    List<String> find(String value) {
        return run("select id from ticket where subject = ?", value);
    }

    @Override
    boolean makesAgain() {
        return true;
    }

    @Override
    List<String> twins(WireClient agent) {
        return List.of(made(make(agent, "it is broken")), made(make(agent, "broken, again")));
    }

    @Override
    WireClient.Reply merge(WireClient agent, String kept, String duplicate) {
        return agent.call("ticket_merge", "{\"id\":\"" + kept + "\",\"duplicate\":\"" + duplicate + "\"}");
    }

    @Override
    boolean used(String id) {
        return sees(id).isPresent();
    }

    @Test
    @Requirement({"S4-21", "B-7"})
    void what_an_agent_changed_holds_again_what_it_held_unless_a_person_wrote_since() {
        try (WireClient agent = agent()) {
            // Given
            String first = made(make(agent, "first"));
            String second = made(make(agent, "second"));
            for (String id : List.of(first, second)) {
                WireClient.Reply reply =
                        agent.call("ticket_update", "{\"id\":\"" + id + "\",\"values\":{\"subject\":\"changed\"}}");
                assertThat(reply.passed()).as(reply.text()).isTrue();
            }
            personWrites(second, "mine now");

            // When
            Commands.Result done = rollback("--last", "2", "--apply", "--reason", "the prompt was wrong");

            // Then
            assertThat(done.out()).as(done.err()).contains("1 reverted, 1 edited");
            assertThat(sees(first)).contains("first");
            assertThat(sees(second)).contains("mine now");
            assertThat(exceptions()).singleElement().asString().contains("the record was edited since");
        }
    }
}
