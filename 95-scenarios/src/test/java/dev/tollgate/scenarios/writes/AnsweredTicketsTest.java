// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Answers on tickets in a database of somebody's own, through the SQL connector.
class AnsweredTicketsTest {
    private static final String CONTRACT = """
            contract: 1
            system: desk
            connector: sql
            scopes: desk
            objects:
              person:
                upstream: public.person
                id: id
                window: none
                owner: Support
                facts: {tenant: tenant_id}
                fields:
                  id: {type: reference, class: record-identifier, write: system}
                  mail: {type: text, class: contact-detail, write: human}
                  tenant_id: {type: reference, class: record-metadata, write: system}
              ticket:
                upstream: public.ticket
                id: id
                window: none
                owner: Support
                facts: {tenant: tenant_id}
                fields:
                  id: {type: reference, class: record-identifier, write: system}
                  person_id: {type: reference, class: record-identifier, write: system}
                  staff_notes: {type: text, class: internal-notes, write: never, filter: false}
                  tenant_id: {type: reference, class: record-metadata, write: system}
                relations:
                  person: {field: person_id, object: person}
              answer:
                upstream: public.answer
                id: id
                owner: Support
                facts: {tenant: tenant_id}
                fields:
                  id: {type: reference, class: record-identifier, write: system}
                  ticket_id: {type: reference, class: record-identifier, write: draft}
                  person_id: {type: reference, class: record-identifier, write: system}
                  mail: {type: text, class: contact-detail, write: system}
                  words: {type: text, class: draft, write: draft}
                  tenant_id: {type: reference, class: record-metadata, write: system}
            tools:
              ticket_answer: {object: answer, kind: send, scopes: ['desk:answer:send'], title: Answer a ticket,
                description: Answers a ticket., fields: [id], accepts: [ticket_id, words], required: [ticket_id, words],
                reversibility: irreversible,
                sends: {destination: case-reply, lines: [words], on_file: {system: desk, object: person, address: mail},
                  replies: {object: ticket, record: ticket_id, asker: person_id, person: person_id, address: mail}}}
            """;

    private final PostgresPlace place;
    private final GatewayUnderTest gateway;

    AnsweredTicketsTest(@TempDir Path folder) throws IOException {
        BundleFolder bundle = OpenBundle.at(folder.resolve("bundle"))
                .append("contracts/desk.yaml", CONTRACT)
                .replace(
                        "workflows/sales.yaml",
                        "destinations: \\[agent\\]\\s*$",
                        "destinations: [agent, case-reply]\n");
        place = PostgresPlace.withDesk(
                GatewayUnderTest.withBundle(GatewayUnderTest.embedded(folder.resolve("data")), bundle));
        for (String statement : List.of(
                "create table person (id bigint primary key, mail text, tenant_id text not null)",
                "create table ticket (id bigint primary key, person_id bigint, staff_notes text,"
                        + " tenant_id text not null)",
                "create table answer (id bigint generated always as identity primary key, ticket_id bigint not null,"
                        + " person_id bigint not null, mail text, words text not null, tenant_id text not null)",
                "insert into person values (1, 'ada@engines.example', 'acme'), (2, 'eve@evil.example', 'globex')",
                "insert into ticket values (11, 1, 'hopeless case', 'acme'), (12, 2, null, 'globex'),"
                        + " (13, null, null, 'acme'), (14, 2, null, 'acme')")) {
            place.run(statement);
        }
        gateway = GatewayUnderTest.start(place.configuration(), new MovingClock());
    }

    @AfterEach
    void stop() {
        gateway.close();
        place.close();
    }

    private static WireClient.Reply answer(WireClient agent, String ticket) {
        return agent.call(
                "ticket_answer", "{\"values\":{\"ticket_id\":\"" + ticket + "\",\"words\":\"it is solved\"}}");
    }

    @Test
    @Requirement({"S1-24", "S1-14"})
    void an_answer_is_a_row_for_the_person_who_asked_and_for_nobody_else() {
        try (WireClient agent =
                gateway.agent(Ask.as("analyst", "erin", "everything").with("desk:answer:send"))) {
            // When
            WireClient.Reply sent = answer(agent, "11");
            List<WireClient.Reply> refused = Stream.of("12", "13", "14", "99", "eleven")
                    .map(ticket -> answer(agent, ticket))
                    .toList();

            // Then
            assertThat(sent.passed()).as(sent.text()).isTrue();
            assertThat(refused).extracting(Desk::code).containsOnly("not_found");
            assertThat(place.run("select row(ticket_id, person_id, mail, words, tenant_id)::text from answer"))
                    .containsExactly("(11,1,ada@engines.example,\"it is solved\",acme)");
            assertThat(sent.wire()).doesNotContain("ada@engines.example");
        }
    }
}
