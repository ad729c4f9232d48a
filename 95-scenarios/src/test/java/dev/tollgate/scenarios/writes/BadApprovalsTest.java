// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions about approvals that lead nowhere, each with a refusal that names what to do next.
class BadApprovalsTest {
    private static final Ask.Token ALICE =
            Ask.as("sales-copilot", "alice", "maintain-deals").with("crm:opportunity:read", "crm:opportunity:write");
    private static final String CHANGE = "{\"id\":\"opp_000001\",\"values\":{\"discount_percent\":20}}";
    private static final int ALL_TEXT_MAX = 300_000;

    private final Desk desk;

    BadApprovalsTest(@TempDir Path data) {
        desk = new Desk(data);
    }

    @AfterEach
    void stop() {
        desk.close();
    }

    private static WireClient.Reply status(WireClient agent, String id) {
        return agent.call("approval_status", "{\"approval\":\"" + id + "\"}");
    }

    private static String word(WireClient.Reply reply, String name) {
        return reply.structured().path(name).asString("");
    }

    @Test
    void an_approval_that_is_not_there_and_one_of_somebody_else_are_one_answer() {
        try (WireClient alice = desk.gateway().agent(ALICE);
                WireClient other = desk.gateway()
                        .agent(Ask.as("support-triage", "carol", "support-triage")
                                .with("crm:case:read"));
                WireClient foreign = desk.gateway()
                        .agent(Ask.as("sales-copilot", "mallory", "maintain-deals")
                                .with("crm:opportunity:read"))) {
            // Given
            String id = Desk.pending(alice.call("opportunity_update", CHANGE));

            // When
            WireClient.Reply unknown = status(alice, "0123456789abcdef0123456789abcdef");
            List<WireClient.Reply> absent = List.of(unknown, status(other, id), status(foreign, id));
            List<WireClient.Reply> malformed = new ArrayList<>();
            for (String nonsense : List.of("", "../../etc/passwd", "x".repeat(5_000))) {
                malformed.add(status(alice, nonsense));
            }

            // Then
            assertThat(absent).allSatisfy(reply -> {
                assertThat(Desk.code(reply)).isEqualTo("not_found");
                assertThat(reply.text()).isEqualTo(unknown.text());
            });
            assertThat(malformed).allSatisfy(reply -> {
                assertThat(Desk.code(reply)).isIn("malformed", "not_found");
                assertThat(reply.wire()).doesNotContain("passwd", "xxxx");
            });
        }
    }

    @Test
    void one_that_expired_or_was_used_says_so_and_the_same_call_asks_anew() {
        try (WireClient alice = desk.gateway().agent(ALICE)) {
            // Given
            String used = Desk.pending(alice.call("opportunity_update", CHANGE));
            desk.approve(used, "dana", "sales-lead");
            assertThat(alice.call("opportunity_update", CHANGE).passed()).isTrue();
            String other = CHANGE.replace("20", "25");
            String late = Desk.pending(alice.call("opportunity_update", other));

            // When
            WireClient.Reply consumed = status(alice, used);
            desk.gateway().clock().advance(Duration.ofHours(25));
            WireClient.Reply expired;
            String anew;
            try (WireClient tomorrow = desk.gateway().agent(ALICE)) {
                expired = status(tomorrow, late);
                anew = Desk.pending(tomorrow.call("opportunity_update", other));
            }

            // Then
            assertThat(word(consumed, "state")).isEqualTo("consumed");
            assertThat(word(consumed, "next")).contains("call again");
            assertThat(word(expired, "state")).isEqualTo("expired");
            assertThat(word(expired, "next")).contains("call again");
            assertThat(anew).isNotEqualTo(late);
            assertThat(desk.approve(late, "dana", "sales-lead")).contains("it has expired");
        }
    }

    @Test
    void a_change_that_nobody_could_read_whole_is_refused_and_nothing_waits() {
        try (WireClient analyst = desk.gateway()
                .agent(Ask.as("analyst", "erin", "review-pipeline")
                        .with("crm:account:read", "crm:account:reconcile"))) {
            // Given
            desk.store()
                    .write(session -> session.update(
                            "update demo_account set contract_terms = ? where id = ?",
                            "x".repeat(ALL_TEXT_MAX),
                            "acc_000002"));
            long accounts = desk.records("account");

            // When
            WireClient.Reply merge =
                    analyst.call("account_merge", "{\"id\":\"acc_000001\",\"duplicate\":\"acc_000002\"}");

            // Then
            assertThat(Desk.code(merge)).isEqualTo("malformed");
            assertThat(merge.text()).contains("cannot be shown whole");
            assertThat(merge.wire()).doesNotContain("xxxx");
            assertThat(desk.records("account")).isEqualTo(accounts);
        }
    }

    @Test
    void a_budget_that_no_agent_could_keep_is_not_activated_and_the_place_is_named(@TempDir Path folder) {
        // Given
        List<String> absurd = List.of("calls_per_minute: -5", "writes_per_hour: 1e40", "customers_per_day: many");
        Commands commands = new Commands(desk.gateway().data());

        // When
        List<Commands.Result> results = new ArrayList<>();
        for (int at = 0; at < absurd.size(); at++) {
            BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle-" + at))
                    .budget("  - {agents: '*', " + absurd.get(at) + "}\n");
            results.add(commands.run("policy", "activate", bundle.path().toString(), "--by", "olivia"));
        }

        // Then
        assertThat(results).allSatisfy(result -> {
            assertThat(result.code()).isNotZero();
            assertThat(result.out() + result.err())
                    .contains("budgets.yaml:2:", "must be a whole number from 1 to", "or `unlimited`");
        });
        assertThat(LogEntries.of(desk.gateway()).texts())
                .filteredOn(entry -> entry.contains("bundle-activated"))
                .as("the one that the gateway began with")
                .hasSizeLessThanOrEqualTo(1);
    }
}
