// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.WriteClass;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.testing.Requirement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExampleBundlesTest {
    @Test
    void the_default_bundle_describes_the_demo_crm() {
        // When
        ContractLoader.Loaded loaded = Bundles.load("default");

        // Then
        Contract demo = loaded.catalog().contract(new SystemId("demo")).orElseThrow();
        assertThat(demo.objects())
                .extracting(object -> object.name() + " " + object.fields().size())
                .containsExactly(
                        "account 30",
                        "contact 25",
                        "lead 21",
                        "opportunity 23",
                        "case 23",
                        "order 21",
                        "invoice 18",
                        "payment 17",
                        "activity 17",
                        "note 12",
                        "escalation_note 14",
                        "article 12",
                        "refund_request 15",
                        "case_reply 8");
    }

    @Test
    void the_tryton_bundle_describes_a_real_crm() {
        // When
        ContractLoader.Loaded loaded = Bundles.load("tryton");

        // Then
        Contract tryton = loaded.catalog().contract(new SystemId("tryton")).orElseThrow();
        assertThat(tryton.objects())
                .extracting(object -> object.name() + " " + object.upstream() + " "
                        + object.fields().size())
                .containsExactly(
                        "party party.party 25",
                        "address party.address 16",
                        "contact_mechanism party.contact_mechanism 14",
                        "opportunity sale.opportunity 24",
                        "sale sale.sale 22",
                        "invoice account.invoice 22",
                        "bank_account_number bank.account.number 10",
                        "note ir.note 9",
                        "complaint sale.complaint 15");
    }

    @Test
    void both_contracts_fit_into_one_catalog() {
        // When
        List<Contract> both = Stream.of("default", "tryton")
                .flatMap(bundle -> Bundles.load(bundle).contracts().stream())
                .toList();

        // Then
        assertThat(new Catalog(both, DataClasses.BASE).tools()).hasSize(63 + 29);
    }

    @Test
    void only_tools_that_create_or_update_accept_fields() {
        // When
        List<Contract> both = Stream.of("default", "tryton")
                .flatMap(bundle -> Bundles.load(bundle).contracts().stream())
                .toList();

        // Then
        assertThat(both).flatExtracting(Contract::tools).allSatisfy(tool -> {
            assertThat(tool.accepts().isEmpty()).isEqualTo(!tool.kind().takesValues());
        });
    }

    @Test
    @Requirement({"S4-2", "S4-5"})
    void every_one_of_the_revenue_fields_is_there_with_an_owner_and_is_written_as_agreed() {
        // Given
        Catalog catalog = Bundles.load("default").catalog();
        Map<String, WriteClass> wanted = Map.ofEntries(
                Map.entry("lead.lead_source", WriteClass.HUMAN),
                Map.entry("account.lifecycle_stage", WriteClass.WORKFLOW),
                Map.entry("lead.lead_status", WriteClass.HUMAN),
                Map.entry("account.owner_id", WriteClass.HUMAN),
                Map.entry("account.territory", WriteClass.HUMAN),
                Map.entry("account.industry", WriteClass.OPERATIONAL),
                Map.entry("account.employee_count", WriteClass.OPERATIONAL),
                Map.entry("account.annual_revenue_band", WriteClass.OPERATIONAL),
                Map.entry("account.icp_fit_score", WriteClass.DERIVED),
                Map.entry("account.intent_score", WriteClass.DERIVED),
                Map.entry("account.last_activity_date", WriteClass.SYSTEM),
                Map.entry("opportunity.next_step", WriteClass.HUMAN),
                Map.entry("opportunity.next_meeting_date", WriteClass.HUMAN),
                Map.entry("opportunity.stage", WriteClass.HUMAN),
                Map.entry("opportunity.amount", WriteClass.HUMAN),
                Map.entry("opportunity.close_date", WriteClass.NEVER),
                Map.entry("opportunity.forecast_category", WriteClass.NEVER),
                Map.entry("opportunity.loss_reason", WriteClass.HUMAN),
                Map.entry("opportunity.primary_competitor", WriteClass.HUMAN),
                Map.entry("opportunity.buying_committee_coverage", WriteClass.DERIVED));

        // Then
        assertThat(wanted).hasSize(20).allSatisfy((path, write) -> {
            FieldType field = field(catalog, path);
            assertThat(field.writeClass()).as(path).isEqualTo(write);
            assertThat(field.owner()).as(path).isNotIn("", "unknown");
        });
        assertThat(field(catalog, "lead.lead_status").owner()).isEqualTo("Sales Ops");
        assertThat(field(catalog, "account.lifecycle_stage").owner()).isEqualTo("RevOps");
        assertThat(field(catalog, "opportunity.next_step").owner()).isEqualTo("assigned AE");
        assertThat(field(catalog, "account.icp_fit_score").owner()).isEqualTo("scoring owner");
    }

    private static FieldType field(Catalog catalog, String path) {
        int dot = path.indexOf('.');
        return catalog.field(new SystemId("demo"), new FieldPath(path.substring(0, dot), path.substring(dot + 1)));
    }
}
