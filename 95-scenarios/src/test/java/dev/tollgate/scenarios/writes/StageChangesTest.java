// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stage is people's to say and needs other fields: what is missing is named before anybody is asked and before the
/// CRM hears of it.
class StageChangesTest {
    private static final String DEAL = "opp_000001";

    private static WireClient agent(Desk desk) {
        return desk.gateway()
                .agent(Ask.as("sales-copilot", "alice", "maintain-deals")
                        .with("crm:opportunity:read", "crm:opportunity:write"));
    }

    private static WireClient.Reply move(WireClient agent, String values) {
        return agent.call("opportunity_stage_change", "{\"id\":\"" + DEAL + "\",\"values\":" + values + "}");
    }

    /// The deal as the CRM has it: a change, of whatever field, is another version of it.
    private static List<String> deal(Desk desk) {
        return Stream.of("stage", "stage_suggestion", "loss_reason", "amount", "version", "updated_at")
                .map(column -> desk.crm("opportunity", DEAL, column))
                .toList();
    }

    private static long rows(Desk desk, String table) {
        return desk.store()
                .read(session -> session.query("select count(*) as many from " + table)
                        .getFirst()
                        .number("many"));
    }

    @Requirement({"S4-16", "S4-13"})
    @Test
    void a_stage_change_that_lacks_what_the_stage_needs_is_refused_by_name_and_nobody_is_asked(@TempDir Path folder) {
        try (Desk desk = new Desk(folder);
                WireClient agent = agent(desk)) {
            // Given
            desk.store()
                    .write(session -> session.update(
                            "update demo_opportunity set amount = null, close_date = null where id = ?", DEAL));
            List<String> before = deal(desk);

            // When
            WireClient.Reply lost = move(agent, "{\"stage\":\"lost\"}");
            WireClient.Reply emptied = move(agent, "{\"stage\":\"lost\",\"loss_reason\":null}");
            WireClient.Reply won = move(agent, "{\"stage\":\"won\"}");
            WireClient.Reply invented = move(agent, "{\"stage\":\"nearly won\"}");

            // Then
            assertThat(Stream.of(lost, won).map(Desk::code)).containsOnly("fields_missing");
            assertThat(lost.text()).contains("`opportunity.stage` becomes `lost` only with `loss_reason` filled");
            assertThat(won.text()).contains("`amount`, `close_date`").doesNotContain("loss_reason");
            assertThat(Stream.of(emptied, invented).map(Desk::code)).containsOnly("malformed");
            assertThat(deal(desk)).as("the CRM").isEqualTo(before);
            assertThat(rows(desk, "approval")).as("people are not asked").isZero();
            assertThat(rows(desk, "journal_change")).isZero();
            assertThat(LogEntries.of(desk.gateway()).of("outcome"))
                    .extracting(entry -> entry.path("result").asString(""))
                    .as("each decision has its end")
                    .containsExactly("fields_missing", "fields_missing");
        }
    }

    @Requirement({"S4-16", "S4-15", "S4-12"})
    @Test
    void a_stage_with_what_it_needs_waits_for_a_person_and_is_written_with_their_approval(@TempDir Path folder) {
        try (Desk desk = new Desk(folder);
                WireClient agent = agent(desk)) {
            // Given
            String values = "{\"stage\":\"lost\",\"loss_reason\":\"price\"}";
            List<String> before = deal(desk);

            // When
            String waits = Desk.pending(move(agent, values));
            List<String> meanwhile = deal(desk);
            String approved = desk.approve(waits, "dana", "sales-lead");
            WireClient.Reply done = move(agent, values);

            // Then
            assertThat(meanwhile).isEqualTo(before);
            assertThat(desk.waiting(waits).change().before()).containsOnlyKeys("stage", "loss_reason");
            assertThat(approved).isEmpty();
            assertThat(done.passed()).as(done.text()).isTrue();
            assertThat(desk.crm("opportunity", DEAL, "stage")).isEqualTo("lost");
            assertThat(desk.crm("opportunity", DEAL, "loss_reason")).isEqualTo("price");
        }
    }

    @Requirement({"S4-31", "S4-16"})
    @Test
    void an_agent_that_writes_the_stage_is_steered_to_its_suggestion(@TempDir Path folder) {
        try (Desk desk = new Desk(folder);
                WireClient agent = agent(desk)) {
            // Given
            String stage = desk.crm("opportunity", DEAL, "stage");
            String call = "{\"id\":\"" + DEAL + "\",\"values\":{\"%s\":\"won\"}}";

            // When
            WireClient.Reply written = agent.call("opportunity_update", call.formatted("stage"));
            WireClient.Reply suggested = agent.call("opportunity_update", call.formatted("stage_suggestion"));

            // Then
            assertThat(Desk.code(written)).isEqualTo("human_only");
            assertThat(written.text()).contains("`stage_suggestion`");
            assertThat(suggested.passed()).as(suggested.text()).isTrue();
            assertThat(desk.crm("opportunity", DEAL, "stage")).isEqualTo(stage);
            assertThat(desk.crm("opportunity", DEAL, "stage_suggestion")).isEqualTo("won");
        }
    }

    @Requirement("S4-16")
    @Test
    void tryton_is_sent_no_new_record_that_lacks_what_its_kind_needs(@TempDir Path folder) throws IOException {
        TrytonOnPostgres world = new TrytonOnPostgres(
                folder,
                bundle -> bundle.replace(
                                "contracts/tryton.yaml",
                                "jabber, other\\], description: Kind",
                                "jabber, other], needs: {other: [name]}, description: Kind")
                        .replace("contracts/tryton.yaml", "(name: [^\\n]* write:) human, mask: full", "$1 operational")
                        .replace(
                                "contracts/tryton.yaml",
                                "accepts: \\[party_id, type, value\\]",
                                "accepts: [party_id, type, value, name]"));
        try (world;
                WireClient agent = world.gateway()
                        .agent(Ask.as("analyst", "erin", OpenBundle.EVERYTHING)
                                .with(TrytonOnPostgres.SCOPES.toArray(String[]::new)))) {
            // Given
            String values = "{\"values\":{\"party_id\":\"" + world.party()
                    + "\",\"type\":\"other\",\"value\":\"box 7 of the stage test\"%s}}";

            // When
            WireClient.Reply unnamed = agent.call("tryton_contact_mechanism_create", values.formatted(""));
            List<String> before = world.reached("box 7 of the stage test");
            WireClient.Reply named =
                    agent.call("tryton_contact_mechanism_create", values.formatted(",\"name\":\"the yard\""));

            // Then
            assertThat(Desk.code(unnamed)).isEqualTo("fields_missing");
            assertThat(unnamed.text()).contains("`contact_mechanism.type` becomes `other` only with `name`");
            assertThat(before).isEmpty();
            assertThat(named.passed()).as(named.text()).isTrue();
            assertThat(world.reached("box 7 of the stage test")).hasSize(1);
        }
    }
}
