// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InspectionBenchTest {
    @Test
    void each_inspector_and_the_peer_are_measured_on_the_same_records() throws IOException {
        // When
        Map<String, Double> medians = InspectionBench.run(1, 0);

        // Then
        assertThat(medians)
                .containsKeys(
                        "personal data",
                        "instructions",
                        "all",
                        "a message that leaves",
                        "what was shown, as fingerprints");
        assertThat(medians.keySet()).anyMatch(name -> name.startsWith("java.util.regex"));
        assertThat(medians.values()).allMatch(micros -> micros > 0);
    }
}
