// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Effect;
import dev.tollgate.catalog.Outlet;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.testing.Requirement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OutletReaderTest {
    private static final String SOUND = """
            contract: 1
            system: mail
            connector: mail
            scopes: email
            objects:
              person:
                id: id
                owner: Ops
                fields:
                  id: {type: reference, class: record-identifier, write: system}
                  address: {type: text, class: contact-detail, write: human}
              message:
                id: id
                owner: Ops
                fields:
                  id: {type: reference, class: record-identifier, write: system}
                  to: {type: list, class: contact-detail, write: draft}
                  body: {type: text, class: draft, write: draft}
                  weight: {type: integer, class: draft, write: draft}
            tools:
              mail_send:
                object: message
                kind: send
                scopes: ['email:message:send']
                title: Send
                description: Sends.
                fields: [id]
                accepts: [to, body, weight]
                required: [to]
                reversibility: irreversible
                sends:
                  destination: post
                  recipients: [to]
                  on_file: {system: mail, object: person, address: address}
                  lines: [body]
            """;

    private static String with(String old, String now) {
        assertThat(SOUND).contains(old);
        return SOUND.replace(old, now);
    }

    @Requirement("S1-21")
    @Test
    void a_tool_that_sends_names_where_and_to_whom() {
        ToolType tool =
                Bundles.sound(SOUND).catalog().tool(new ToolName("mail_send")).orElseThrow();

        assertThat(tool.verb()).isEqualTo(Verb.SEND);
        assertThat(tool.destination()).isEqualTo("post");
        assertThat(tool.outlet())
                .contains(new Outlet(
                        "post",
                        List.of("to"),
                        Optional.of(new Outlet.OnFile(new SystemId("mail"), "person", "address")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of("body"),
                        Optional.empty(),
                        Effect.SEND));
        assertThat(tool.effect()).isEqualTo(Effect.SEND);
    }

    @Test
    void a_tool_that_could_send_somewhere_else_is_refused() {
        assertThat(Bundles.problems(with("kind: send\n", "kind: create\n"))).isNotEmpty();
        assertThat(Bundles.problems(with("reversibility: irreversible", "reversibility: reversible")))
                .anySatisfy(line -> assertThat(line).contains("what was sent is `irreversible`"));
        assertThat(Bundles.problems(with("lines: [body]", "effect: explode")))
                .anySatisfy(line -> assertThat(line).contains("explode"));
        assertThat(Bundles.problems(with("recipients: [to]", "recipients: [weight]")))
                .anySatisfy(line -> assertThat(line).contains("a recipient is a field of type"));
        assertThat(Bundles.problems(with("lines: [body]", "attaches: {id: body, content: body}")))
                .anySatisfy(line -> assertThat(line).contains("a document is named by an accepted `text`"));
        assertThat(Bundles.problems(with("lines: [body]", "confidence: body")))
                .anySatisfy(line -> assertThat(line).contains("how sure an agent is"));
        assertThat(Bundles.problems(with("lines: [body]", "lines: [id]")))
                .anySatisfy(line -> assertThat(line).contains("is not accepted by the tool"));
        assertThat(Bundles.problems(SOUND.substring(0, SOUND.indexOf("    sends:"))))
                .anySatisfy(line -> assertThat(line).contains("says where it `sends`"));
    }
}
