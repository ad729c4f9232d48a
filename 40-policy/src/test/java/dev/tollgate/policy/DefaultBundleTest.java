// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.bundle.Loading;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DefaultBundleTest {
    @Test
    void it_loads_and_passes_its_own_tests() {
        // When
        Loading checked = BundleTests.run(DefaultBundle.loading(), new SplittableRandom(1));

        // Then
        assertThat(checked)
                .isInstanceOfSatisfying(
                        Loading.Loaded.class,
                        loaded -> assertThat(loaded.tests()).hasSizeGreaterThan(20));
    }
}
