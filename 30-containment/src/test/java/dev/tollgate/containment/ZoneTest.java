// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ZoneTest {
    @Test
    void a_zone_reaches_what_it_lists_and_never_what_it_denies() {
        Zone zone = new Zone(
                "tier1-customer-service",
                1,
                Optional.empty(),
                "eu-west-1",
                List.of("crm-api", "kb-api", "warehouse"),
                List.of("warehouse", "payment-gateway"),
                List.of(),
                Zone.Marks.NONE);
        assertThat(zone.reaches("crm-api")).isTrue();
        assertThat(zone.reaches("warehouse")).isFalse();
        assertThat(zone.reaches("payment-gateway")).isFalse();
        assertThat(zone.reaches("crm")).isFalse();
        assertThat(zone.reaches("crm-api.evil.test")).isFalse();
    }
}
