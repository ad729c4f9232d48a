// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.connectors.tryton.TrytonServer;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.LaunchedGateway;
import dev.tollgate.scenarios.harness.TrytonDeployment;
import dev.tollgate.scenarios.harness.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A launched gateway under `strace`: the decision is durable before anything goes upstream, the outcome before the
/// answer goes out.
class SystemCallOrderTest {
    /// Fewer than the same calls that are taken for a loop.
    private static final int CALLS = 8;

    @TempDir
    Path folder;

    @BeforeEach
    void needsStrace() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/strace")),
                "strace is not installed: the order of system calls is not checked here");
    }

    private SystemCalls traced(Ask.Token who, String tool, String id, List<String> options, String... inject)
            throws IOException, InterruptedException {
        Path calls = folder.resolve("calls");
        try (LaunchedGateway gateway =
                LaunchedGateway.start(folder.resolve("data"), SystemCalls.tracing(calls, inject), options)) {
            try (WireClient agent = gateway.agent(who)) {
                for (int call = 0; call < CALLS; call++) {
                    WireClient.Reply reply = agent.call(tool, "{\"id\":\"" + id + "\"}");
                    assertThat(reply.passed()).as(reply.wire()).isTrue();
                }
            }
            gateway.stop();
        }
        return SystemCalls.read(calls);
    }

    private static Ask.Token sales(String scope) {
        return Ask.as("sales-copilot", "alice", "prepare-sales-call").with(scope);
    }

    @Test
    void no_answer_goes_out_before_its_outcome_is_durable() throws IOException, InterruptedException {
        SystemCalls calls = traced(sales("crm:account:read"), "account_get", "acc_000001", List.of());

        assertThat(calls.answers()).isEqualTo(CALLS);
        assertThat(calls.answersEarly()).isZero();
    }

    @Test
    void forces_that_the_kernel_never_makes_are_noticed() throws IOException, InterruptedException {
        SystemCalls calls =
                traced(sales("crm:account:read"), "account_get", "acc_000001", List.of(), "fdatasync,fsync:retval=0");

        assertThat(calls.answers()).isEqualTo(CALLS);
        assertThat(calls.answersEarly()).isEqualTo(CALLS);
    }

    @Test
    void nothing_goes_upstream_before_its_decision_is_durable() throws IOException, InterruptedException {
        Path config = TrytonDeployment.file(
                folder.resolve("data"),
                TrytonDeployment.bundle(folder.resolve("bundle")),
                TrytonServer.config().database());
        SystemCalls calls =
                traced(sales("tryton:party:read"), "tryton_party_get", "1", List.of("--config", config.toString()));

        assertThat(calls.answers()).isEqualTo(CALLS);
        assertThat(calls.answersEarly()).isZero();
        assertThat(calls.upstreams()).isGreaterThanOrEqualTo(CALLS);
        assertThat(calls.upstreamsEarly()).isZero();
    }
}
