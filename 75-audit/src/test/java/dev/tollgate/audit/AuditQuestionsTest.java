// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.View;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditQuestionsTest {
    private static final Map<String, View> SHOWN =
            Map.of("name", View.CLEAR, "email", View.MASKED, "phone", View.WITHHELD);
    private static final Instant DAY = Instant.parse("2026-11-21T00:00:00Z");
    private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));

    @TempDir
    private Path folder;

    private TestAudit audit;

    @BeforeEach
    void open() throws IOException {
        audit = new TestAudit(folder, TestAudit.key());
    }

    @AfterEach
    void close() {
        audit.close();
    }

    private Page<Access> accesses(String customer) {
        audit.index.catchUp();
        return audit.questions.accesses(Optional.empty(), customer, DAY, NEXT_DAY, 0);
    }

    private static Access.Shown shown(String field, View view, String rule, String reason) {
        return new Access.Shown(field, "direct-identifier", view, List.of(rule), reason, List.of());
    }

    @Test
    @Requirement("S0-27")
    void which_fields_were_accessed_for_this_customer_on_this_date() {
        // Given two days, two customers, and an attempt that was refused
        audit.answered("r1", "sales-copilot", "ann", "C-100", SHOWN);
        audit.answered("r2", "sales-copilot", "ann", "C-200", SHOWN);
        long denied = audit.record(TestAudit.decision("r3", "sales-copilot", "bob", "C-100", "deny"));
        audit.now.set(NEXT_DAY.plusSeconds(5));
        audit.answered("r4", "sales-copilot", "ann", "C-100", SHOWN);

        // When
        Page<Access> page = accesses("C-100");

        // Then
        assertThat(page.rows()).extracting(Access::request).containsExactly("r1", "r3");
        Access read = page.rows().getFirst();
        assertThat(read.fields())
                .containsExactlyInAnyOrder(
                        shown("name", View.CLEAR, "sales-prep-contact", "permitted"),
                        shown("email", View.MASKED, "sales-prep-contact", "permitted"),
                        shown("phone", View.WITHHELD, "default-deny", "default-deny"));
        assertThat(read.record()).isEqualTo("C-100");
        assertThat(read.user()).isEqualTo("ann");
        assertThat(read.intent()).contains("prepare-sales-call");
        assertThat(read.proven()).isTrue();
        Access refused = page.rows().getLast();
        assertThat(refused.logIndex()).isEqualTo(denied);
        assertThat(refused.fields()).isEmpty();
        assertThat(refused.result()).isEqualTo("out-of-class");
        assertThat(page.indexed()).isEqualTo(audit.log.size());
    }

    @Test
    @Requirement("S0-27")
    void a_task_about_a_customer_counts_with_every_record_that_it_read() {
        // Given
        audit.answered("r1", "sales-copilot", "ann", "C-100", SHOWN);
        audit.answered("r2", "sales-copilot", "ann", "C-200", SHOWN);

        // When asked for the customer that the token named
        Page<Access> page = accesses("customer-7");

        // Then
        assertThat(page.rows()).extracting(Access::record).containsExactly("C-100", "C-200");
        assertThat(audit.questions
                        .accesses(Optional.of("demo/contact"), "customer-7", DAY, NEXT_DAY, 0)
                        .rows())
                .isEmpty();
        assertThat(audit.questions
                        .accesses(Optional.of("demo/contact"), "C-100", DAY, NEXT_DAY, 0)
                        .rows())
                .hasSize(1);
    }

    @Test
    @Requirement({"S1-26", "S4-17"})
    void every_action_of_this_agent_for_this_user_between_these_times() {
        // Given
        audit.answered("r1", "sales-copilot", "ann", "C-100", SHOWN);
        audit.record(TestAudit.decision("r2", "sales-copilot", "ann", "C-200", "deny"));
        audit.record(new AuditEntry.Refused(
                new RequestId("r3"),
                Optional.of(TestAudit.caller("sales-copilot", "ann")),
                "contact_export",
                new Refusal.UnknownTool(new ToolName("contact_export")),
                Optional.empty(),
                Optional.empty()));
        audit.answered("r4", "sales-copilot", "bob", "C-100", SHOWN);
        audit.answered("r5", "support-copilot", "ann", "C-100", SHOWN);
        audit.record(TestAudit.decision("r6", "sales-copilot", "ann", "C-300", "permit"));
        audit.now.set(NEXT_DAY);
        audit.answered("r7", "sales-copilot", "ann", "C-100", SHOWN);
        audit.index.catchUp();

        // When
        Page<Action> page = audit.questions.actions("sales-copilot", "ann", DAY, NEXT_DAY, 0);

        // Then
        assertThat(page.rows()).extracting(Action::request).containsExactly("r1", "r2", "r3", "r6");
        assertThat(page.rows())
                .extracting(Action::result)
                .containsExactly(
                        Optional.of("released"), Optional.empty(), Optional.of("unknown_tool"), Optional.empty());
        assertThat(page.rows())
                .extracting(Action::tool)
                .containsExactly("contact_get", "contact_get", "contact_export", "contact_get");
        assertThat(page.rows().getFirst().object()).isEqualTo("demo/contact");
        assertThat(page.rows().getFirst().rules()).containsExactly("sales-prep-contact");
        assertThat(page.more()).isFalse();
    }

    @Test
    @Requirement("S1-26")
    void a_long_answer_comes_in_pages_without_gaps() {
        // Given
        int calls = AuditQuestions.CALLS_A_PAGE + 50;
        for (int at = 0; at < calls; at++) {
            audit.record(TestAudit.decision("r" + at, "sales-copilot", "ann", "C-" + at, "deny"));
        }
        audit.index.catchUp();

        // When
        List<String> told = new ArrayList<>();
        Page<Action> page = audit.questions.actions("sales-copilot", "ann", DAY, NEXT_DAY, 0);
        page.rows().forEach(action -> told.add(action.request()));
        Page<Action> rest = audit.questions.actions("sales-copilot", "ann", DAY, NEXT_DAY, page.next());
        rest.rows().forEach(action -> told.add(action.request()));

        // Then
        assertThat(page.more()).isTrue();
        assertThat(rest.more()).isFalse();
        assertThat(told).hasSize(calls).doesNotHaveDuplicates();
    }

    @Test
    @Requirement({"S3-14", "S3-7"})
    void what_the_agent_was_authorised_to_do_is_what_its_token_said() {
        // Given
        audit.answered("r1", "sales-copilot", "ann", "C-100", SHOWN);
        long decision = audit.record(TestAudit.decision("r2", "sales-copilot", "ann", "C-100", "permit"));
        audit.record(new AuditEntry.TokenIssued(new RequestId("r2"), decision, TestAudit.token("t-r2")));
        audit.index.catchUp();

        // When
        Authorised used = audit.questions.authorised("d-r1").orElseThrow();
        Authorised issued = audit.questions.authorised("d-r2").orElseThrow();

        // Then
        assertThat(used.policy()).isEqualTo(TestAudit.POLICY.value());
        StoredEntry token = used.token().orElseThrow();
        assertThat(token.text("token/id")).contains("t-r1");
        assertThat(token.text("token/fields/email")).contains("masked");
        assertThat(token.text("token/fields/phone")).isEmpty();
        assertThat(token.text("token/policy")).contains(TestAudit.POLICY.value());
        assertThat(token.text("token/verb")).contains("read");
        assertThat(token.truth("token/accepted")).isTrue();
        assertThat(token.truth("token/presented")).isFalse();
        assertThat(issued.token().orElseThrow().text("token/id")).contains("t-r2");
        assertThat(audit.questions.authorised("d-none")).isEmpty();
    }

    @Test
    @Requirement({"S0-24", "S1-25", "S2-16"})
    void an_entry_says_who_asked_what_and_what_came_back() {
        // Given
        audit.answered("r1", "sales-copilot", "ann", "C-100", SHOWN);
        audit.index.catchUp();

        // When
        List<StoredEntry> call = audit.questions.call(new RequestId("r1"));

        // Then
        StoredEntry decision = call.getFirst();
        StoredEntry outcome = call.getLast();
        assertThat(call).hasSize(2);
        for (String path : List.of(
                "caller/agent",
                "caller/user",
                "caller/tenant",
                "caller/session",
                "caller/task",
                "caller/workflow",
                "caller/intent",
                "call/tool",
                "call/system",
                "call/destination",
                "call/model",
                "call/prompt_hash",
                "call/output_hash",
                "call/trace",
                "call/reference",
                "ruling/decision",
                "ruling/policy",
                "ruling/outcome",
                "ruling/reason",
                "ruling/approval",
                "personal/call",
                "personal/customer")) {
            assertThat(decision.text(path)).as(path).isPresent();
        }
        assertThat(decision.texts("caller/roles")).containsExactly("account-executive");
        assertThat(decision.texts("caller/audiences")).containsExactly("emea");
        assertThat(decision.texts("call/classes")).containsExactly("direct-identifier");
        assertThat(decision.texts("call/scopes")).containsExactly("crm:contact:read");
        assertThat(decision.items("ruling/verdicts")).hasSize(3);
        assertThat(outcome.text("result")).contains("released");
        assertThat(outcome.number("returned/fields/email/masked")).contains(1L);
        assertThat(outcome.number("returned/transformed/withheld")).contains(1L);
        assertThat(outcome.text("personal/answer")).isPresent();
    }

    @Test
    void the_index_can_be_thrown_away_and_made_again() {
        // Given
        audit.answered("r1", "sales-copilot", "ann", "C-100", SHOWN);
        List<Access> before = accesses("C-100").rows();

        // When
        audit.store.write(session -> session.update("delete from audit_event"));
        List<Access> without = accesses("C-100").rows();
        audit.index.rebuild();
        List<Access> after = accesses("C-100").rows();

        // Then
        assertThat(without).isEmpty();
        assertThat(after).isEqualTo(before).hasSize(1);
    }

    @Test
    void an_outcome_whose_rules_differ_by_row_says_so() {
        // Given
        long decision = audit.record(TestAudit.decision("r1", "sales-copilot", "ann", "C-100", "permit"));
        Map<String, View> views = Map.of("email", View.WITHHELD);
        audit.record(new AuditEntry.Outcome(
                new RequestId("r1"),
                decision,
                Optional.empty(),
                Optional.empty(),
                Returned.NOTHING,
                List.of(),
                new TreeMap<>(),
                List.of(Personal.row(
                        0,
                        TestAudit.contact("C-100"),
                        views,
                        Map.of("email", List.of(new RuleId("no-minors").value())),
                        Map.of()))));

        // When
        Access access = accesses("C-100").rows().getFirst();

        // Then
        assertThat(access.fields().getFirst().rules()).containsExactly("no-minors");
    }
}
