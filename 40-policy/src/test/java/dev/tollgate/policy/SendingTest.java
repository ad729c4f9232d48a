// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import dev.tollgate.terms.Write;
import dev.tollgate.terms.testing.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SendingTest {
    private static final Outgoing.Recipients ON_FILE = new Outgoing.Recipients(true, false, false);
    private static final Outgoing.Recipients NEW = new Outgoing.Recipients(false, false, true);
    private static final Map<String, Value> MESSAGE = Map.of(
            "to", Value.texts(List.of("ada@engines.example")),
            "subject", Value.of("your case"),
            "body", Value.of("the code is 4711"));
    private static final String MASK_CODES = """
            @id("codes-stay")
            forbid (principal, action == Action::"send", resource is Sink)
            when { context.findings.contains("code") && context.view == "clear" };
            """;

    private final DecisionPoint point = DefaultBundle.point();

    private static Principal support(Bundle bundle, String... scopes) {
        return Asking.principal(bundle, "support-triage", "bob", "send-customer-update", scopes);
    }

    private static Principal sales(Bundle bundle) {
        return Asking.principal(bundle, "sales-copilot", "alice", "reach-out", "email:message:send");
    }

    private static Write.Send message(Bundle bundle, String tool, Map<String, Value> values) {
        var type = Asking.tool(bundle, tool);
        var target = new Operation.Target(type.system(), type.object(), type.name(), type.verb(), type.destination());
        return new Write.Send(target, values, List.of("id"), List.of());
    }

    private static Write.Send mail(Bundle bundle) {
        return message(bundle, "mail_send", MESSAGE);
    }

    private static Situation to(Outgoing.Recipients recipients) {
        return Situation.at(Asking.NOW).with(Outgoing.UNKNOWN.with(recipients));
    }

    private static View body(Decision decision) {
        return Objects.requireNonNull(decision.verdicts().get("body")).view();
    }

    private static DecisionPoint with(String policies) {
        Loading loading = BundleLoader.load(DefaultBundle.with("policies/90-test.cedar", policies));
        return DefaultBundle.point(loading);
    }

    @Requirement("S1-21")
    @Test
    void to_draft_and_to_send_are_two_permissions() {
        Bundle bundle = point.bundle();
        Principal drafts = Asking.principal(
                bundle, "support-triage", "bob", "support-triage", "crm:case:write", "email:message:send");
        Principal unscoped = support(bundle, "crm:case:write", "email:message:create");

        assertThat(point.decide(drafts, mail(bundle), to(ON_FILE)).refusal())
                .containsInstanceOf(Refusal.UnknownTool.class);
        assertThat(point.decide(unscoped, mail(bundle), to(ON_FILE)).refusal())
                .containsInstanceOf(Refusal.UnknownTool.class);
        assertThat(point.decide(support(bundle, "email:message:send"), mail(bundle), to(ON_FILE))
                        .permits())
                .isTrue();
    }

    @Requirement("S1-24")
    @Test
    void who_is_not_on_file_gets_nothing_and_no_approval_helps() {
        Bundle bundle = point.bundle();
        Principal triage = support(bundle, "email:message:send");

        Decision decision = point.decide(triage, mail(bundle), to(NEW));

        assertThat(decision.outcome()).isEqualTo(Outcome.DENY);
        assertThat(decision.fetch()).isEmpty();
        assertThat(decision.verdicts()).isEmpty();
    }

    @Requirement("S4-24")
    @Test
    void a_domain_that_nobody_on_file_is_in_needs_a_person() {
        Bundle bundle = point.bundle();

        Decision known = point.decide(sales(bundle), mail(bundle), to(ON_FILE));
        Decision fresh = point.decide(sales(bundle), mail(bundle), to(NEW));

        assertThat(known.permits()).isTrue();
        assertThat(known.determining()).contains(new RuleId("outreach-on-file"));
        assertThat(fresh.outcome()).isEqualTo(Outcome.NEEDS_APPROVAL);
        assertThat(fresh.determining()).containsExactly(new RuleId("net-new-domain-with-approval"));
        assertThat(fresh.verdicts().get("body")).isNotNull();
    }

    @Test
    void a_message_never_ends_elsewhere_than_its_workflow_names() {
        Bundle bundle = point.bundle();
        Principal look = Asking.principal(bundle, "support-triage", "bob", "look-around", "email:message:send");
        Write.Send elsewhere = mail(bundle);
        Operation.Target made = elsewhere.target();
        var agent = new Operation.Target(made.system(), made.object(), made.tool(), made.verb(), "team-chat");

        assertThat(point.decide(look, elsewhere, to(ON_FILE)).refusal()).containsInstanceOf(Refusal.Denied.class);
        assertThat(point.decide(
                                support(bundle, "email:message:send"),
                                new Write.Send(agent, MESSAGE, List.of("id"), List.of()),
                                to(ON_FILE))
                        .refusal())
                .containsInstanceOf(Refusal.Denied.class);
    }

    @Test
    void a_field_whose_class_the_workflow_does_not_name_does_not_leave() {
        Bundle bundle = DefaultBundle.point(BundleLoader.load(DefaultBundle.edited(
                        "contracts/mail.yaml",
                        "body: {type: text, class: draft",
                        "body: {type: text, class: internal-notes")))
                .bundle();
        DecisionPoint strict = new DecisionPoint(bundle, new java.util.SplittableRandom(1));

        Decision decision = strict.decide(support(bundle, "email:message:send"), mail(bundle), to(ON_FILE));

        assertThat(decision.reason()).isEqualTo(Reason.OUT_OF_CLASS);
    }

    @Test
    void what_inspection_found_stays_behind_where_policy_says_so() {
        DecisionPoint masking = with(MASK_CODES);
        Bundle bundle = masking.bundle();
        Principal triage = support(bundle, "email:message:send");
        Outgoing looked = Outgoing.UNKNOWN
                .with(ON_FILE)
                .inspected(Map.of("code", 1L), Map.of("body", Value.of("the code is [code removed]")));
        Outgoing unlooked =
                new Outgoing(ON_FILE, new java.util.TreeMap<>(Map.of("code", 1L)), java.util.Optional.empty());

        Decision cut =
                masking.decide(triage, mail(bundle), Situation.at(Asking.NOW).with(looked));
        Decision nobody =
                masking.decide(triage, mail(bundle), Situation.at(Asking.NOW).with(unlooked));
        Decision clean = masking.decide(triage, mail(bundle), to(ON_FILE));

        assertThat(cut.permits()).isTrue();
        assertThat(body(cut)).isEqualTo(View.MASKED);
        assertThat(looked.leaving(mail(bundle), cut).values())
                .containsExactly(Map.entry("body", Value.of("the code is [code removed]")));
        assertThat(nobody.permits()).isFalse();
        assertThat(body(clean)).isEqualTo(View.CLEAR);
        assertThat(looked.leaving(mail(bundle), clean)).isEqualTo(mail(bundle));
    }

    @Test
    void a_tool_that_sends_exists_for_whom_some_message_could_leave() {
        Bundle bundle = point.bundle();
        var tool = Asking.tool(bundle, "mail_send");
        var object = bundle.catalog().object(tool.system(), tool.object()).orElseThrow();
        Situation now = Situation.at(Asking.NOW);

        assertThat(point.visible(support(bundle, "email:message:send"), tool, object, now))
                .hasValueSatisfying(fields -> assertThat(fields).contains("to", "cc", "subject", "body"));
        Stream.of(
                        support(bundle, "crm:case:read"),
                        Asking.principal(bundle, "support-triage", "bob", "look-around", "email:message:send"))
                .forEach(
                        who -> assertThat(point.visible(who, tool, object, now)).isEmpty());
    }

    @Test
    void a_bundle_that_sends_to_nowhere_does_not_load() {
        Loading loading = BundleLoader.load(DefaultBundle.edited("contracts/mail.yaml", "customer-mail", "nowhere"));

        assertThat(loading)
                .isInstanceOfSatisfying(
                        Loading.Invalid.class,
                        invalid -> assertThat(invalid.problems().toString())
                                .contains("the tool `mail_send` sends to a destination that is not here"));
    }

    @Test
    void a_bundle_that_looks_addresses_up_where_none_are_does_not_load() {
        Stream.of("address: id}", "address: birth_date}", "address: nothing}")
                .map(other -> DefaultBundle.edited("contracts/mail.yaml", "address: email}", other))
                .map(BundleLoader::load)
                .forEach(loading -> assertThat(loading).isInstanceOf(Loading.Invalid.class));
    }

    @Test
    void a_bundle_that_answers_somebody_who_is_not_on_file_does_not_load() {
        Stream.of("asker: account_id", "asker: owner_id", "asker: nothing")
                .map(other -> DefaultBundle.edited("contracts/demo.yaml", "asker: contact_id", other))
                .map(BundleLoader::load)
                .forEach(loading -> assertThat(loading)
                        .isInstanceOfSatisfying(
                                Loading.Invalid.class,
                                invalid -> assertThat(invalid.problems().toString())
                                        .contains("refers to nobody on file in this contract")));
    }
}
