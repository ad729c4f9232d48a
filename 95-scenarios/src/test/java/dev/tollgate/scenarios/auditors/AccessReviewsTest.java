// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.auditors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What agents may do, beside what they did, as operators review it.
class AccessReviewsTest {
    private static final int TRIES_MAX = 3_000;
    private static final long PAUSE_NANOS = 10_000_000;

    @TempDir
    private Path folder;

    private static String line(List<String> lines, String heading, String start) {
        int from = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith(heading))
                .findFirst()
                .orElseThrow());
        return lines.subList(from + 1, lines.size()).stream()
                .takeWhile(line -> line.startsWith("  "))
                .filter(line -> line.contains(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError(start + " is not in " + lines));
    }

    private static List<String> review(Commands commands, String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "access";
        all[1] = "review";
        System.arraycopy(more, 0, all, 2, more.length);
        Commands.Result result = commands.run(all);
        assertThat(result.code()).as(result.err()).isZero();
        return result.out().lines().toList();
    }

    @Test
    @Requirement("S0-42")
    void granted_stands_beside_used_and_what_nobody_used_can_be_taken_away() {
        try (GatewayUnderTest gateway = GatewayUnderTest.start(folder)) {
            // Given
            try (WireClient agent =
                    gateway.agent(Ask.as("sales-copilot", "alice", "reach-out").with("crm:*:read"))) {
                for (String id : List.of("acc_000001", "acc_000002")) {
                    assertThat(agent.call("account_get", "{\"id\":\"" + id + "\",\"fields\":[\"id\",\"name\"]}")
                                    .passed())
                            .isTrue();
                }
                assertThat(agent.call("account_get", "{\"id\":\"acc_none\",\"fields\":[\"id\",\"name\"]}")
                                .passed())
                        .isFalse();
                assertThat(agent.call("invoice_get", "{\"id\":\"inv_1\"}").passed())
                        .isFalse();
            }
            Commands commands = new Commands(folder);

            // When
            List<String> lines = review(commands, "--agent", "sales-copilot");
            List<String> unused = review(commands, "--agent", "sales-copilot", "--unused");
            Commands.Result patch = commands.run(
                    "access",
                    "narrow",
                    "sales-copilot",
                    "reach-out",
                    "--by",
                    "olivia",
                    "--drop",
                    "record-metadata",
                    "--next-days",
                    "30");
            List<String> after = review(commands, "--agent", "sales-copilot");

            // Then
            String heading = "sales-copilot in reach-out (tier 2, tier2-internal-assist): ";
            assertThat(line(lines, heading, "read public -> agent")).contains("3 calls, last ");
            assertThat(line(lines, heading, "read record-metadata -> agent"))
                    .contains("unused in 90 days")
                    .contains("clear (account, contact), when it is the person's tenant's");
            assertThat(line(lines, heading, "read contact-detail -> agent")).contains("handle (contact)");
            assertThat(lines).anyMatch(line -> line.startsWith(heading + "never reviewed; exceptions in 90 days: 1"));
            assertThat(lines).noneMatch(line -> line.startsWith("analyst"));
            assertThat(unused).noneMatch(line -> line.contains(" calls, last "));
            assertThat(patch.code()).as(patch.err()).isZero();
            assertThat(patch.out())
                    .startsWith("--- a/workflows/sales.yaml\n+++ b/workflows/sales.yaml\n@@ -")
                    .contains("\n-    classes: [public, record-identifier, record-metadata, operational, draft,")
                    .contains("\n+    classes: [public, record-identifier, operational, draft,");
            assertThat(after).anyMatch(line -> line.startsWith(heading + "narrowed ") && line.contains(" by olivia"));
            noted(gateway);
        }
    }

    /// The log hears of the review.
    private static void noted(GatewayUnderTest gateway) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            boolean there = LogEntries.of(gateway).of("administered").stream()
                    .anyMatch(entry -> entry.path("event").asString("").equals("access-reviewed")
                            && entry.path("by").asString("").equals("olivia")
                            && entry.path("detail").path("dropped").asString("").equals("record-metadata"));
            if (there) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("the log never heard of the review");
    }

    @Test
    @Requirement("S0-40")
    void what_a_new_tool_would_let_agents_see_and_send_is_told_before_it_is_in_force() {
        // Given
        Path before = folder.resolve("before");
        Path after = folder.resolve("after");
        BundleFolder.copy("default", before);
        BundleFolder.copy("default", after)
                .replace(
                        "workflows/sales.yaml",
                        "tools: \\[account_get, account_search, contact_get, contact_search, mail_send\\]",
                        "tools: [account_get, account_search, contact_get, contact_search, case_get, mail_send]");

        // When
        Commands.Result diff = Commands.alone("access", "diff", before.toString(), after.toString());
        Commands.Result same = Commands.alone("access", "diff", before.toString(), before.toString());

        // Then
        assertThat(diff.out().lines())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("+ ") && line.contains(" in reach-out: read "))
                .anyMatch(line -> line.contains("operational -> agent, clear (case), when "));
        assertThat(diff.code()).isEqualTo(1);
        assertThat(same.out()).isEmpty();
        assertThat(same.code()).isZero();
    }

    @Test
    @Requirement("S0-42")
    void what_cannot_be_taken_away_is_refused_in_words_and_nothing_is_written_down() {
        try (GatewayUnderTest gateway = GatewayUnderTest.start(folder)) {
            Commands commands = new Commands(gateway.data());

            // When
            Commands.Result unknown = commands.run(
                    "access", "narrow", "sales-copilot", "reach-out", "--by", "olivia", "--drop", "billing");
            Commands.Result stranger = commands.run("access", "keep", "analyst", "reach-out", "--by", "olivia");
            Commands.Result late = commands.run(
                    "access", "keep", "sales-copilot", "reach-out", "--by", "olivia", "--next-days", "400");

            // Then
            assertThat(List.of(unknown.code(), stranger.code(), late.code())).containsOnly(1);
            assertThat(unknown.err()).contains("the workflow names none of these classes");
            assertThat(stranger.err()).contains("no agent of this name runs this workflow");
            assertThat(late.err()).contains("the next review is within a year");
            assertThat(review(commands))
                    .filteredOn(line -> line.contains(" in reach-out "))
                    .allMatch(line -> line.contains("never reviewed"));
        }
    }
}
