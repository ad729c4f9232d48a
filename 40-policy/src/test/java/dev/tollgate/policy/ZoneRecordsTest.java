// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.containment.Zone;
import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Destination;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.terms.testing.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Zones and destinations of the bundle that ships, and the words that they are made of.
final class ZoneRecordsTest {
    private static Zone zone(String id) {
        return Objects.requireNonNull(DefaultBundle.point().bundle().zones().get(id));
    }

    @Test
    @Requirement("S1-16")
    void the_zone_that_talks_to_customers_ships_as_it_is_asked_for() {
        Zone zone = zone("tier1-customer-service");
        assertThat(zone.tier()).isEqualTo(1);
        assertThat(zone.egress()).containsExactly("crm-api", "kb-api");
        assertThat(zone.deny()).containsExactly("warehouse", "payment-gateway", "internal-wiki");
        assertThat(zone.model()).containsExactly("small");
        assertThat(zone.region()).isEqualTo("eu-west-1");
        assertThat(zone.reaches("crm-api")).isTrue();
        assertThat(zone.reaches("payment-gateway")).isFalse();
    }

    @Test
    @Requirement("S1-16")
    void the_zone_of_sales_operations_ships_as_it_is_asked_for() {
        Zone zone = zone("tier3-sales-ops-assist");
        assertThat(zone.tier()).isEqualTo(3);
        assertThat(zone.egress()).containsExactly("crm-api", "warehouse-read-only");
        assertThat(zone.deny()).containsExactly("billing-write", "hr-system");
        assertThat(zone.model()).containsExactly("small", "large");
        assertThat(zone.region()).isEqualTo("us-east-1");
        assertThat(zone.reaches("kb-api")).isFalse();
    }

    @Test
    @Requirement("S0-11")
    void a_destination_is_internal_an_approved_partner_or_a_sandbox_and_no_other_word_loads() {
        // Given
        var files = new TreeMap<>(DefaultBundle.FILES.content());
        String zones = new String(Objects.requireNonNull(files.get("zones.yaml")), StandardCharsets.UTF_8);
        files.put(
                "zones.yaml", zones.replace("trust: internal", "trust: trusted").getBytes(StandardCharsets.UTF_8));

        // When
        Loading loading = BundleLoader.load(BundleFiles.of(files));

        // Then
        List<String> problems = ((Loading.Invalid) loading)
                .problems().all().stream().map(Problem::toString).toList();
        assertThat(problems).isNotEmpty().allMatch(line -> line.contains("`trusted` is not known here"));
        assertThat(DefaultBundle.point().bundle().destinations().values())
                .extracting(Destination::trust)
                .isSubsetOf("internal", "partner", "sandbox");
    }
}
