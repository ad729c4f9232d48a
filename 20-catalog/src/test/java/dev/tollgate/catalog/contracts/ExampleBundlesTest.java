// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Contract;
import dev.tollgate.terms.SystemId;
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
                        "account 28",
                        "contact 25",
                        "lead 21",
                        "opportunity 22",
                        "case 21",
                        "order 21",
                        "invoice 18",
                        "payment 17",
                        "activity 17",
                        "note 12",
                        "escalation_note 14",
                        "article 12",
                        "refund_request 15");
    }
}
