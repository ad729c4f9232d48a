// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.catalog.contracts.Bundles;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.testing.Requirement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataClassesTest {
    private static final SystemId DEMO = new SystemId("demo");

    @Test
    @Requirement("S0-9")
    void the_five_classes_of_the_requirement_and_a_tier_for_each_are_always_there() {
        assertThat(List.of("direct-identifier", "financial", "preferences", "operational-notes", "marketing-consent"))
                .allSatisfy(name ->
                        assertThat(DataClasses.BASE.entry(new DataClass(name))).isPresent());
        assertThat(DataClasses.BASE.entries())
                .allSatisfy(entry -> assertThat(entry.tier()).isBetween(0, 9));
    }

    @Test
    @Requirement("S0-9")
    void fields_that_the_requirement_names_as_differing_are_in_different_classes_or_tiers() {
        // Given
        Catalog catalog = Bundles.load("default").catalog();

        // When
        List<String> classes = List.of(
                classOf(catalog, "contact.email"),
                classOf(catalog, "opportunity.amount"),
                classOf(catalog, "payment.amount"),
                classOf(catalog, "contact.medical_note"),
                classOf(catalog, "account.contract_terms"),
                classOf(catalog, "contact.marketing_consent"));

        // Then
        assertThat(classes)
                .containsExactly(
                        "contact-detail", "deal-value", "payment", "medical", "contract-terms", "marketing-consent");
    }

    @Test
    void no_domain_of_data_lies_below_another() {
        List<String> domains = List.of(
                "contact-detail",
                "deal",
                "deal-value",
                "billing",
                "internal-notes",
                "operational-notes",
                "communication-body",
                "medical",
                "contract-terms",
                "marketing-consent",
                "public",
                "operational");
        for (String one : domains) {
            for (String other : domains) {
                boolean within = DataClasses.BASE.within(new DataClass(one), new DataClass(other));
                assertThat(within).as(one + " within " + other).isEqualTo(one.equals(other));
            }
        }
    }

    @Test
    void a_class_is_never_laxer_than_the_class_above_it() {
        assertThat(DataClasses.BASE.entries())
                .allSatisfy(entry -> entry.parent()
                        .flatMap(DataClasses.BASE::entry)
                        .ifPresent(above -> assertThat(entry.tier()).isGreaterThanOrEqualTo(above.tier())));
    }

    @Test
    void ancestors_are_told_nearest_first() {
        assertThat(DataClasses.BASE.ancestors(new DataClass("payment")))
                .containsExactly(new DataClass("billing"), new DataClass("financial"));
        assertThat(DataClasses.BASE.ancestors(new DataClass("no-such-class"))).isEmpty();
    }

    @Test
    void nothing_is_as_strict_as_a_field_that_no_contract_knows() {
        // Given
        Catalog catalog = Bundles.load("default").catalog();

        // When
        FieldType unknown = catalog.field(DEMO, new FieldPath("contact", "shoe_size"));

        // Then
        assertThat(unknown.dataClass()).isEqualTo(DataClass.UNCLASSIFIED);
        assertThat(unknown.mask()).isEmpty();
        assertThat(unknown.writeClass()).isEqualTo(WriteClass.NEVER);
        assertThat(catalog.contracts().getFirst().objects())
                .flatExtracting(ObjectType::fields)
                .extracting(FieldType::tier)
                .allSatisfy(tier -> assertThat(tier).isLessThan(unknown.tier()));
    }

    @Test
    void a_circle_and_a_missing_parent_are_refused() {
        DataClass one = new DataClass("one");
        DataClass other = new DataClass("other");
        DataClasses.Entry up = new DataClasses.Entry(one, Optional.of(other), 1, "");
        DataClasses.Entry down = new DataClasses.Entry(other, Optional.of(one), 1, "");
        assertThatThrownBy(() -> new DataClasses(List.of(up, down))).hasMessageContaining("circle");
        assertThatThrownBy(() -> new DataClasses(List.of(up))).hasMessageContaining("no data class");
    }

    private static String classOf(Catalog catalog, String path) {
        int dot = path.indexOf('.');
        FieldPath field = new FieldPath(path.substring(0, dot), path.substring(dot + 1));
        assertThat(catalog.knows(DEMO, field)).as(path).isTrue();
        return catalog.field(DEMO, field).dataClass().name();
    }
}
