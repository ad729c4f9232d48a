// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Arguments;
import dev.tollgate.catalog.CursorSeal;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.DefaultBundle;
import dev.tollgate.policy.Situation;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.WorkflowId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AuthZenTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final DecisionPoint point = DefaultBundle.point();
    private final Principal rep = passed(point.bundle()
            .principal(new Delegation(
                    new AgentId("sales-copilot"),
                    new UserId("alice"),
                    Set.of(Scope.parse("crm:*:*").orElseThrow()),
                    Optional.of(new WorkflowId("prepare-sales-call")),
                    new TaskId("task-1"),
                    new SessionId("session-1"),
                    Optional.empty(),
                    Optional.empty(),
                    NOW,
                    NOW.plusSeconds(900),
                    List.of("sales-copilot"))));

    @Test
    void one_question_may_be_put_in_several_ways() {
        // Given
        Value.Fields fields = fields("system", "demo", "object", "contact", "record", "con_1");
        Value.Fields named = with(fields, "fields", Value.texts(List.of("email")));
        List<Value.Fields> questions = List.of(
                question("read", resource("contact", "con_1", fields("fields", Value.texts(List.of("email"))))),
                question("read", resource("record", "con_1", named)),
                question("contact_get", resource("contact", "con_1", fields("fields", Value.texts(List.of("email"))))));

        // When
        var asked = questions.stream().map(this::read).map(AuthZenTest::passed).distinct();

        // Then
        assertThat(asked)
                .containsExactly(new AuthZen.Asked(
                        new ToolName("contact_get"), fields("id", "con_1", "fields", Value.texts(List.of("email")))));
    }

    @Test
    void a_field_alone_is_asked_of_any_record() {
        // When
        AuthZen.Asked asked = passed(read(question("read", resource("field", "contact.email", fields()))));

        // Then
        assertThat(asked.tool()).isEqualTo(new ToolName("contact_get"));
        assertThat(asked.arguments())
                .isEqualTo(fields("id", AuthZen.ANY_RECORD, "fields", Value.texts(List.of("email"))));
    }

    @Test
    void nobody_asks_for_somebody_else() {
        // Given
        Value.Fields request = with(
                question("read", resource("contact", "con_1", fields())),
                "subject",
                fields("type", "user", "id", "bob"));

        // When
        Step<AuthZen.Asked> asked = read(request);

        // Then
        assertThat(asked)
                .isEqualTo(Step.refuse(
                        new Refusal.Malformed(List.of("/subject must be the agent or the user of the bearer token"))));
    }

    @Test
    void what_no_tool_does_is_an_unknown_tool_and_what_is_missing_is_named() {
        // When
        var unknown = read(question("fly", resource("contact", "con_1", fields())));
        var empty = read(fields());

        // Then
        assertThat(unknown).isEqualTo(Step.refuse(new Refusal.UnknownTool(new ToolName("fly"))));
        assertThat(empty)
                .isEqualTo(Step.refuse(new Refusal.Malformed(List.of(
                        "/subject must be the agent or the user of the bearer token",
                        "/action/name is required",
                        "/resource/type is required"))));
    }

    @Test
    void the_answer_is_true_only_when_every_asked_field_may_be_shown() {
        // When
        Value.Fields shown = answer("name", "email");
        Value.Fields hidden = answer("name", "risk_note");

        // Then
        assertThat(shown.values()).containsEntry("decision", Value.of(true));
        assertThat(hidden.values()).containsEntry("decision", Value.of(false));
        assertThat(hidden.values().get("context"))
                .isInstanceOfSatisfying(
                        Value.Fields.class,
                        context -> assertThat(context.values())
                                .containsEntry("decision", Value.of("authorised"))
                                .containsEntry(
                                        "policy_version",
                                        Value.of(point.bundle().version().value()))
                                .containsKeys("rule_ids", "constraints", "decision_id", "reason")
                                .doesNotContainKey("token"));
    }

    private Value.Fields answer(String... names) {
        Value.Fields request =
                question("read", resource("contact", "con_1", fields("fields", Value.texts(List.of(names)))));
        AuthZen.Asked asked = passed(read(request));
        var tool = point.bundle().catalog().tool(asked.tool()).orElseThrow();
        var object =
                point.bundle().catalog().object(tool.system(), tool.object()).orElseThrow();
        Situation situation = Situation.at(NOW);
        Operation operation = passed(Arguments.read(
                tool,
                object,
                asked.arguments(),
                point.visible(rep, tool, object, situation).orElseThrow(),
                NO_CURSORS));
        Decision decision = point.decide(rep, operation, situation);
        return AuthZen.response(new AuthorizationEnvelope(decision, operation, Optional.empty()));
    }

    private static final CursorSeal NO_CURSORS = new CursorSeal() {
        @Override
        public String seal(Operation.Search search, int offset) {
            throw new UnsupportedOperationException("no pages here");
        }

        @Override
        public OptionalInt open(String cursor, Operation.Search search) {
            return OptionalInt.empty();
        }
    };

    private Step<AuthZen.Asked> read(Value.Fields request) {
        return AuthZen.read(request, rep, point.bundle().catalog());
    }

    private static Value.Fields question(String action, Value.Fields resource) {
        return fields(
                "subject", fields("type", "agent", "id", "sales-copilot"),
                "action", fields("name", action),
                "resource", resource);
    }

    private static Value.Fields resource(String type, String id, Value.Fields properties) {
        return fields("type", type, "id", id, "properties", properties);
    }

    private static Value.Fields with(Value.Fields of, String name, Value value) {
        var more = new TreeMap<>(of.values());
        more.put(name, value);
        return new Value.Fields(more);
    }

    private static Value.Fields fields(Object... pairs) {
        Map<String, Value> values = new TreeMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            Object value = pairs[at + 1];
            values.put((String) pairs[at], value instanceof Value one ? one : Value.of((String) value));
        }
        return new Value.Fields(values);
    }

    private static <T> T passed(Step<T> step) {
        return switch (step) {
            case Step.Passed<T> passed -> passed.state();
            case Step.Refused<T> refused ->
                throw new AssertionError(refused.why().explain());
        };
    }
}
