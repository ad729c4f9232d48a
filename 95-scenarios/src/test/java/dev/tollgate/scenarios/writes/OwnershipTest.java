// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ownership matrix as people get it: from the contracts in force, and of a contract before it is in force.
class OwnershipTest {
    private static final String FILE = "contracts/demo.yaml";

    private final Path folder;
    private final BundleFolder bundle;

    OwnershipTest(@TempDir Path folder) {
        this.folder = folder;
        this.bundle = BundleFolder.copy("default", folder.resolve("bundle"));
    }

    private Commands.Result ownership(String... more) {
        String[] words = new String[2 + more.length];
        words[0] = "contract";
        words[1] = "ownership";
        System.arraycopy(more, 0, words, 2, more.length);
        return new Commands(folder.resolve("data")).run(words);
    }

    private String file() {
        return bundle.path().resolve(FILE).toString();
    }

    @Test
    @Requirement({"S4-14", "S4-5", "S4-2", "S4-15"})
    void the_matrix_in_force_has_the_agreed_columns_and_a_row_for_each_revenue_critical_field() {
        try (GatewayUnderTest _ = GatewayUnderTest.start(folder.resolve("data"))) {
            // When
            Commands.Result csv = ownership("--revenue", "--format", "csv");

            // Then
            assertThat(csv.code()).as(csv.err()).isZero();
            assertThat(csv.lines().getFirst())
                    .isEqualTo("Object,Field,Owner,Source of truth,Allowed writers,Review required,Rollback method");
            assertThat(csv.lines())
                    .contains(
                            "lead,lead_source,Marketing,demo,Human,yes,not-written",
                            "account,lifecycle_stage,RevOps,demo,Human / Workflow,yes,not-written",
                            "lead,lead_status,Sales Ops,demo,Human,yes,not-written",
                            "account,owner_id,Sales Ops,demo,Human,yes,not-written",
                            "account,territory,Sales Ops,demo,Human,yes,not-written",
                            "account,industry,Sales Ops,demo,Human / Agent,no,journal",
                            "account,employee_count,Sales Ops,enrichment,Human / Agent,no,journal",
                            "account,annual_revenue_band,Sales Ops,enrichment,Human / Agent,no,journal",
                            "account,icp_fit_score,scoring owner,scoring,Agent / System,no,journal",
                            "account,intent_score,scoring owner,scoring,Agent / System,no,journal",
                            "account,last_activity_date,RevOps,demo,System,no,not-written",
                            "opportunity,next_step,assigned AE,demo,Human,yes,not-written",
                            "opportunity,next_meeting_date,assigned AE,demo,Human / Agent,yes,journal",
                            "opportunity,stage,assigned AE,demo,Human / Agent,yes,journal",
                            "opportunity,amount,assigned AE,demo,Human / Agent,yes,journal",
                            "opportunity,close_date,assigned AE,demo,Human,yes,not-written",
                            "opportunity,forecast_category,RevOps,demo,Human,yes,not-written",
                            "opportunity,loss_reason,assigned AE,demo,Human / Agent,yes,journal",
                            "opportunity,primary_competitor,assigned AE,demo,Human / Agent,yes,journal",
                            "opportunity,buying_committee_coverage,RevOps,scoring,Agent / System,no,journal");
        }
    }

    @Test
    @Requirement("S4-14")
    void the_matrix_of_a_contract_comes_as_a_table_for_a_terminal_and_for_a_page() {
        // When
        Commands.Result text = ownership("--contract", file(), "--system", "demo");
        Commands.Result page = ownership("--contract", file(), "--format", "markdown");
        Commands.Result strange = ownership("--contract", file(), "--system", "crm2");

        // Then
        assertThat(text.lines().get(1).split(" {2,}"))
                .containsExactly(
                        "Object",
                        "Field",
                        "Owner",
                        "Source of truth",
                        "Allowed writers",
                        "Review required",
                        "Rollback method");
        assertThat(page.lines())
                .contains("| opportunity | amount | assigned AE | demo | Human / Agent | yes | journal |");
        assertThat(text.lines().size()).isEqualTo(page.lines().size() - 2);
        assertThat(strange.code()).isEqualTo(1);
        assertThat(strange.err()).contains("no such system: name one of demo");
    }

    @Test
    @Requirement("S4-2")
    void a_revenue_critical_field_without_one_owner_is_in_no_matrix_and_in_no_bundle() {
        // Given
        bundle.untested()
                .replace(FILE, "owner: Marketing, revenue: lead-source", "revenue: lead-source")
                .replace(
                        FILE,
                        "owner: RevOps, revenue: lifecycle-stage",
                        "owner: RevOps or Sales, revenue: lifecycle-stage");

        try (GatewayUnderTest _ = GatewayUnderTest.start(folder.resolve("data"))) {
            // When
            Commands.Result matrix = ownership("--contract", file());
            Commands.Result activated = new Commands(folder.resolve("data"))
                    .run("policy", "activate", bundle.path().toString(), "--by", "olivia");
            Commands.Result still = ownership("--revenue", "--format", "csv");

            // Then
            assertThat(matrix.code()).isEqualTo(1);
            assertThat(matrix.out()).isEmpty();
            assertThat(matrix.err())
                    .contains("`lead_source` is revenue-critical and names no owner of its own: name one")
                    .contains("`lifecycle_stage` is revenue-critical and has more than one owner: name one")
                    .contains("the ownership matrix is not current: repair the contract first");
            assertThat(activated.code()).isEqualTo(1);
            assertThat(still.lines()).contains("account,lifecycle_stage,RevOps,demo,Human / Workflow,yes,not-written");
        }
    }

    @Test
    @Requirement({"S4-2", "S4-5"})
    void all_twenty_fields_are_carried_and_each_row_has_one_owner() {
        // When
        Commands.Result csv = ownership("--contract", file(), "--revenue", "--format", "csv");
        List<String[]> rows =
                csv.lines().stream().skip(1).map(line -> line.split(",", -1)).toList();
        Set<String> fields = Arrays.stream("""
                        lead_source lifecycle_stage lead_status owner_id territory industry employee_count
                        annual_revenue_band icp_fit_score intent_score last_activity_date next_step next_meeting_date
                        stage amount close_date forecast_category loss_reason primary_competitor
                        buying_committee_coverage
                        """.split("\\s+")).collect(Collectors.toSet());

        // Then
        assertThat(fields).hasSize(20);
        assertThat(rows).extracting(row -> row[1]).containsAll(fields).allMatch(fields::contains);
        assertThat(rows).allSatisfy(row -> assertThat(row[2]).isNotBlank().doesNotContainPattern("[,;/&+]| and | or "));
    }
}
