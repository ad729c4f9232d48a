// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.server.Wire.Reply;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What each refusal looks like on each door, byte for byte. After a change that is meant, run the test with
/// `-Dtollgate.golden=write` and read the difference.
class RefusalMappingTest {
    private static final Path GOLDEN = NodeTools.root().resolve("85-server/src/test/resources/golden/refusals.txt");

    private static final String LEGACY_CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"," + "\"params\":{\"name\":\"contact_get\"}}";

    private static final List<Refusal> ALL = List.of(
            new Refusal.Unauthenticated(),
            new Refusal.Malformed(List.of("`/where/0/field` is no field", "`/limit` is at most 100")),
            new Refusal.UnknownTool(new ToolName("deal_close")),
            new Refusal.OverBudget("reads", Duration.ofSeconds(42)),
            new Refusal.Denied(new RuleId("no-pricing"), "out-of-class"),
            new Refusal.Denied(new RuleId("scope"), "scope"),
            new Refusal.Undecidable("a fact is missing"),
            new Refusal.EvidenceNeeded("step-up", new RuleId("fresh-proof")),
            new Refusal.EvidenceNeeded("approval", new RuleId("amount-needs-approval")),
            new Refusal.ApprovalPending("apr_1", new RuleId("amount-needs-approval")),
            new Refusal.ApprovalRefused("apr_1", "the record has changed since"),
            new Refusal.Halted("agent"),
            new Refusal.StaleRecord(),
            new Refusal.HumanOnly(
                    "account.lifecycle_stage", "RevOps", java.util.Optional.of("lifecycle_stage_suggestion")),
            new Refusal.TokenRefused("used"),
            new Refusal.NotFound(),
            new Refusal.UpstreamFailed(new SystemId("tryton"), "timeout"),
            new Refusal.UpstreamFailed(new SystemId("tryton"), "garbage"),
            new Refusal.ObligationUnmet("watermark"),
            new Refusal.Withheld("a secret was found"),
            new Refusal.Unrecorded(),
            new Refusal.Busy(Duration.ofMillis(1)),
            new Conduct.Stopped("records-in-2-minutes"),
            new Conduct.Looping("same-call", new ToolName("contact_get"), 10, Duration.ofMinutes(9)),
            new Conduct.ProofNeeded("the proof is older than 60 s"),
            new Conduct.ShutDown("session"),
            new Conduct.KeyReused(),
            new Conduct.KeyUnderWay(Duration.ofSeconds(2)),
            new Conduct.StepNeeded("action", List.of("identity-verified"), List.of("verification")),
            new Conduct.FieldsMissing("opportunity.stage", "won", List.of("amount", "close_date")));

    @Test
    void every_refusal_reads_the_same_as_ever() throws IOException {
        // Given
        StringBuilder seen = new StringBuilder();
        try (Wire wire = new Wire()) {
            String session = wire.session("alice", "{}");
            for (Refusal refusal : ALL) {
                wire.front.answer = _ -> Step.refuse(refusal);

                // When
                seen.append("## ").append(refusal.code()).append('\n');
                line(seen, wire, "modern", wire.call("alice", "contact_get", "{\"id\":\"1\"}"));
                line(seen, wire, "legacy", wire.legacy("alice", session, LEGACY_CALL));
                line(
                        seen,
                        wire,
                        "rest",
                        wire.post(
                                "/v1/tools/contact_get",
                                Map.of("Authorization", "Bearer alice", "Content-Type", "application/json"),
                                "{}"));
            }
        }

        // Then
        if ("write".equals(System.getProperty("tollgate.golden"))) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, seen);
        }
        assertThat(seen.toString()).isEqualTo(Files.readString(GOLDEN, StandardCharsets.UTF_8));
    }

    @Test
    void every_kind_of_refusal_is_among_them() {
        // When
        Set<Class<?>> tried = ALL.stream().map(Object::getClass).collect(Collectors.toSet());

        // Then
        assertThat(tried).isEqualTo(kinds(Refusal.class).collect(Collectors.toSet()));
    }

    private static Stream<Class<?>> kinds(Class<?> of) {
        return of.isSealed()
                ? Arrays.stream(of.getPermittedSubclasses()).flatMap(RefusalMappingTest::kinds)
                : Stream.of(of);
    }

    private static void line(StringBuilder seen, Wire wire, String door, Reply reply) {
        String headers = "";
        for (String header : List.of("www-authenticate", "retry-after")) {
            headers += reply.header(header).isEmpty() ? "" : " " + header + "=" + reply.header(header);
        }
        seen.append(door)
                .append(": ")
                .append(reply.status())
                .append(headers.replace(wire.server.url(), "URL"))
                .append(' ')
                .append(reply.text()
                        .replace(reply.header("x-request-id"), "REQUEST")
                        .replace("\"version\":\"0\"", "\"version\":\"V\""))
                .append('\n');
    }
}
