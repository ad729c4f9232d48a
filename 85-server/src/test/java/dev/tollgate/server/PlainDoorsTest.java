// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.gateway.Answer;
import dev.tollgate.server.Wire.Reply;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainDoorsTest {
    private static final Map<String, String> ALICE =
            Map.of("Authorization", "Bearer alice", "Content-Type", "application/json");
    private static final String QUESTION =
            "\"subject\":{\"type\":\"agent\",\"id\":\"a\"},\"action\":{\"name\":\"read\"},"
                    + "\"resource\":{\"type\":\"contact\",\"id\":\"17\"}";

    private static Wire wire;

    @BeforeAll
    static void start() {
        wire = new Wire();
    }

    @AfterAll
    static void stop() {
        wire.close();
    }

    @BeforeEach
    void everything_is_permitted() {
        wire.front.calls.clear();
        wire.front.answer = _ -> Step.pass(new Answer(FakeFront.sample(), 7));
        wire.front.decision = _ -> Step.pass(new Value.Fields(Map.of("decision", Value.of(true))));
    }

    @Test
    void a_tool_is_called_with_its_arguments_as_body() {
        // When
        Reply reply = wire.post("/v1/tools/contact_get", ALICE, "{\"id\":\"17\"}");

        // Then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(FakeFront.sample());
        assertThat(wire.front.calls).singleElement().satisfies(call -> {
            assertThat(call.door()).isEqualTo("rest");
            assertThat(call.arguments()).isEqualTo(Wire.parsed("{\"id\":\"17\"}"));
            assertThat(call.request().value()).isEqualTo(reply.header("x-request-id"));
        });
    }

    @Test
    void tools_are_listed_per_principal_and_hidden_ones_read_like_absent_ones() {
        // When
        Reply alice = wire.get("/v1/tools", "alice");
        Reply bob = wire.get("/v1/tools", "bob");
        Map<String, String> headers = Map.of("Authorization", "Bearer bob", "Content-Type", "application/json");
        Reply hidden = wire.post("/v1/tools/deal_get", headers, "{}");
        Reply absent = wire.post("/v1/tools/deal_got", headers, "{}");

        // Then
        assertThat(((Value.Items) alice.at("tools")).values()).hasSize(2);
        assertThat(((Value.Items) bob.at("tools")).values()).hasSize(1);
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.text().replace(hidden.header("x-request-id"), ""))
                .isEqualTo(absent.text().replace(absent.header("x-request-id"), ""));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/tools/contact_get, 405",
        "DELETE, /v1/tools, 405",
        "POST, /health/live, 405",
        "POST, /metrics, 405",
        "PUT, /access/v1/evaluation, 405",
        "GET, /v1/tools/a/b, 404",
        "GET, /, 404",
        "GET, /v2, 404"
    })
    void other_methods_and_paths_are_problems(String method, String path, int status) {
        // When
        Reply reply = wire.send(method, path, Map.of(), "");

        // Then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.said("status")).isEqualTo(Integer.toString(status));
    }

    @Test
    void an_evaluation_is_a_decision_and_a_refusal_about_what_was_asked_is_a_no() {
        // When
        Reply yes = wire.post("/access/v1/evaluation", ALICE, "{" + QUESTION + "}");
        wire.front.decision = _ -> Step.refuse(new Refusal.Denied(new RuleId("r"), "tenant"));
        Reply no = wire.post("/access/v1/evaluation", ALICE, "{" + QUESTION + "}");
        wire.front.decision = _ -> Step.refuse(new Refusal.Unrecorded());
        Reply unrecorded = wire.post("/access/v1/evaluation", ALICE, "{" + QUESTION + "}");
        Reply stranger =
                wire.post("/access/v1/evaluation", Map.of("Content-Type", "application/json"), "{" + QUESTION + "}");

        // Then
        assertThat(yes.text()).isEqualTo("{\"decision\":true}");
        assertThat(no.text()).isEqualTo("{\"decision\":false}");
        assertThat(unrecorded.status()).isEqualTo(503);
        assertThat(stranger.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"execute_all, 'true,false,true'", "deny_on_first_deny, 'true,false'", "permit_on_first_permit, 'true'"})
    void several_evaluations_stop_where_they_are_meant_to(String semantic, String decisions) {
        // Given
        wire.front.decision = request -> Step.pass(
                new Value.Fields(Map.of("decision", Value.of(!resource(request).equals("2")))));

        // When
        Reply reply = wire.post(
                "/access/v1/evaluations",
                ALICE,
                "{\"subject\":{\"type\":\"agent\",\"id\":\"a\"},\"action\":{\"name\":\"read\"},\"evaluations\":["
                        + "{\"resource\":{\"type\":\"c\",\"id\":\"1\"}},{\"resource\":{\"type\":\"c\",\"id\":\"2\"}},"
                        + "{\"resource\":{\"type\":\"c\",\"id\":\"3\"}}],\"options\":{\"evaluations_semantic\":\""
                        + semantic + "\"}}");

        // Then
        List<String> seen = new ArrayList<>();
        ((Value.Items) reply.at("evaluations"))
                .values()
                .forEach(one -> seen.add(Boolean.toString(((Value.Bool) Wire.at(one, "decision")).truth())));
        assertThat(String.join(",", seen)).isEqualTo(decisions);
    }

    private static String resource(Value.Fields request) {
        return ((Value.Text) Wire.at(request, "resource", "id")).text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/access/v1/evaluation | {}",
                "/access/v1/evaluation | {\"subject\":{\"type\":\"a\"},\"action\":{\"name\":\"r\"}}",
                "/access/v1/evaluations | {\"evaluations\":[{}]}",
                "/access/v1/evaluations | {\"evaluations\":[1]}",
                "/access/v1/evaluations | {}"
            })
    void an_incomplete_evaluation_is_refused(String path, String body) {
        // When
        Reply reply = wire.post(path, ALICE, body);

        // Then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.said("code")).isEqualTo("\"malformed\"");
    }

    @Test
    void evaluations_without_a_list_are_a_single_one() {
        // When
        Reply reply = wire.post("/access/v1/evaluations", ALICE, "{" + QUESTION + "}");

        // Then
        assertThat(reply.text()).isEqualTo("{\"decision\":true}");
    }

    @Test
    void the_authzen_configuration_names_the_endpoints() {
        // When
        Reply reply = wire.get("/.well-known/authzen-configuration", "");

        // Then
        assertThat(reply.at("policy_decision_point")).isEqualTo(Value.of(wire.server.url()));
        assertThat(reply.at("access_evaluation_endpoint"))
                .isEqualTo(Value.of(wire.server.url() + "/access/v1/evaluation"));
    }

    @Test
    void the_description_names_only_what_exists_and_every_code_there_is() {
        // When
        Value.Fields description = wire.get("/v1/openapi.json", "").json();

        // Then
        Value.Fields paths = (Value.Fields) Wire.at(description, "paths");
        paths.values()
                .forEach((path, operations) -> ((Value.Fields) operations)
                        .values()
                        .forEach((method, _) -> {
                            Reply reply = wire.send(
                                    method.toUpperCase(Locale.ROOT), path.replace("{name}", "contact_get"), ALICE, "");
                            assertThat(reply.status()).as(method + " " + path).isNotIn(404, 405);
                        }));
        Value.Items codes =
                (Value.Items) Wire.at(description, "components", "schemas", "Problem", "properties", "code", "enum");
        TreeSet<String> named = new TreeSet<>();
        codes.values().forEach(code -> named.add(((Value.Text) code).text()));
        kinds(Refusal.class)
                .map(kind ->
                        kind.getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .forEach(code -> assertThat(named).contains(code));
        references(description, description);
    }

    private static Stream<Class<?>> kinds(Class<?> kind) {
        return kind.isSealed()
                ? Arrays.stream(kind.getPermittedSubclasses()).flatMap(PlainDoorsTest::kinds)
                : Stream.of(kind);
    }

    private static void references(Value.Fields root, Value value) {
        if (value instanceof Value.Items items) {
            items.values().forEach(item -> references(root, item));
        } else if (value instanceof Value.Fields fields) {
            if (fields.values().get("$ref") instanceof Value.Text target) {
                String[] path = target.text().substring(2).split("/", -1);
                assertThat(Wire.at(root, path)).as(target.text()).isNotEqualTo(Value.NULL);
            }
            fields.values().values().forEach(member -> references(root, member));
        }
    }
}
