// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.WriteClass;
import dev.tollgate.governance.ownership.OwnershipRow.Method;
import dev.tollgate.governance.ownership.OwnershipRow.Writer;
import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnershipMatrixTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("tollgate.root", "..")).resolve("90-app/src/main/resources/bundles/default");
    private static final Catalog CATALOG = catalog();
    private static final OwnershipMatrix MATRIX = OwnershipMatrix.of(CATALOG);

    private static Catalog catalog() {
        return switch (BundleLoader.load(BundleFiles.of(FOLDER))) {
            case Loading.Loaded loaded -> loaded.bundle().catalog();
            case Loading.Invalid invalid ->
                throw new AssertionError(invalid.problems().toString());
        };
    }

    private static OwnershipRow row(String path) {
        return MATRIX.rows().stream()
                .filter(row -> row.field().toString().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Requirement({"S4-2", "S4-14"})
    @Test
    void every_field_has_one_owner_a_source_writers_and_a_way_back() {
        // A sink keeps no records that anybody could own.
        long fields = CATALOG.contracts().stream()
                .filter(contract -> !contract.isSink())
                .flatMap(contract -> contract.objects().stream())
                .mapToLong(object -> object.fields().size())
                .sum();
        assertThat(MATRIX.rows()).hasSize((int) fields).allSatisfy(row -> {
            assertThat(row.owner()).isNotBlank().isNotEqualTo("unknown");
            assertThat(row.sourceOfTruth()).isNotBlank();
            assertThat(row.writers()).isNotEmpty();
            assertThat(row.writers().contains(Writer.AGENT)).isEqualTo(row.rollback() != Method.NOT_WRITTEN);
        });
        assertThat(row("account.lifecycle_stage").owner()).isEqualTo("RevOps");
        assertThat(row("account.lifecycle_stage").writers()).contains(Writer.HUMAN, Writer.WORKFLOW);
        assertThat(row("account.lifecycle_stage").reviewRequired()).isTrue();
        assertThat(row("opportunity.amount").writers()).doesNotContain(Writer.SYSTEM, Writer.WORKFLOW);
    }

    @Requirement({"S4-13", "S4-15"})
    @Test
    void what_agents_never_write_no_tool_takes() {
        CATALOG.contracts()
                .forEach(contract -> contract.objects()
                        .forEach(object -> object.fields().stream()
                                .filter(field -> field.writeClass() == WriteClass.NEVER)
                                .forEach(field -> assertThat(row(object.name() + "." + field.name())
                                                .writers())
                                        .as(field.name())
                                        .containsExactly(Writer.HUMAN))));
        assertThat(row("opportunity.forecast_category").writers()).containsExactly(Writer.HUMAN);
        assertThat(row("opportunity.close_date").writers()).containsExactly(Writer.HUMAN);
    }

    @Requirement({"S4-16", "S4-31"})
    @Test
    void golden_fields_name_the_field_for_suggestions() {
        assertThat(row("account.lifecycle_stage").suggestion()).isEqualTo(Optional.of("lifecycle_stage_suggestion"));
        assertThat(row("opportunity.next_step").suggestion()).isEqualTo(Optional.of("agent_suggested_next_step"));
        assertThat(row("account.lifecycle_stage_suggestion").suggestion()).isEmpty();
    }
}
