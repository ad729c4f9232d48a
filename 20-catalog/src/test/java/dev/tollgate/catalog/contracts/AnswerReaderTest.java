// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Outlet;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.testing.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AnswerReaderTest {
    private static final String SOUND = """
            contract: 1
            system: desk
            connector: sql
            scopes: desk
            objects:
              person:
                id: id
                owner: Ops
                fields:
                  id: {type: reference, class: record-identifier, write: system}
                  mail: {type: text, class: contact-detail, write: human}
              ticket:
                id: id
                owner: Ops
                fields:
                  id: {type: reference, class: record-identifier, write: system}
                  person_id: {type: reference, class: record-identifier, write: system}
                relations:
                  person: {field: person_id, object: person}
              answer:
                id: id
                owner: Ops
                fields:
                  id: {type: reference, class: record-identifier, write: system}
                  ticket_id: {type: reference, class: record-identifier, write: draft}
                  person_id: {type: reference, class: record-identifier, write: system}
                  mail: {type: text, class: contact-detail, write: system}
                  words: {type: text, class: draft, write: draft}
            tools:
              answer:
                object: answer
                kind: send
                scopes: ['desk:answer:send']
                title: Answer
                description: Answers.
                fields: [id]
                accepts: [ticket_id, words]
                reversibility: irreversible
                sends:
                  destination: post
                  on_file: {system: desk, object: person, address: mail}
                  replies: {object: ticket, record: ticket_id, asker: person_id, person: person_id, address: mail}
            """;

    @Requirement("S1-24")
    @Test
    void an_answer_has_the_person_who_asked_as_its_one_recipient() {
        ToolType tool =
                Bundles.sound(SOUND).catalog().tool(new ToolName("answer")).orElseThrow();

        Outlet outlet = tool.outlet().orElseThrow();
        assertThat(outlet.recipients()).containsExactly("mail");
        assertThat(outlet.replies())
                .contains(new Outlet.Replies("ticket", "ticket_id", "person_id", "person_id", "mail"));
    }

    @Test
    void an_answer_that_an_agent_could_address_is_refused() {
        Map.of(
                        "accepts: [ticket_id, words]",
                        "accepts: [ticket_id, words, mail]",
                        "record: ticket_id",
                        "record: person_id",
                        "address: mail}\n      replies",
                        "address: mail}\n      recipients: [words]\n      replies",
                        "      on_file: {system: desk, object: person, address: mail}\n",
                        "",
                        "person: person_id, address",
                        "person: id, address",
                        "person_id, address: mail}\n",
                        "person_id, address: person_id}\n")
                .forEach((sound, broken) -> {
                    assertThat(SOUND).contains(sound);
                    List<String> problems = Bundles.problems(SOUND.replace(sound, broken));
                    assertThat(problems)
                            .as(broken)
                            .anySatisfy(line -> assertThat(line).contains("an answer"));
                });
    }
}
