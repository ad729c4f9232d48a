// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is compared in speed must be the same work: each server answers each call with the same fields. 25 are asked
/// for, policy gives 20.
final class CallBenchTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void the_product_its_server_alone_and_a_bare_endpoint_answer_alike(@TempDir Path folder)
            throws IOException, InterruptedException {
        // Given
        Path root = Path.of(System.getProperty("tollgate.root"));

        // When
        Map<String, CallBench.Measured> measured = CallBench.run(folder, root, Optional.empty(), 1, SHORT, _ -> {});

        // Then
        assertThat(measured).hasSize(3);
        assertThat(measured.values()).allSatisfy(one -> assertThat(one.fields()).isEqualTo(20));
        assertThat(measured.values())
                .allSatisfy(one -> assertThat(one.rounds()).containsOnlyKeys(1, 16, 64))
                .flatExtracting(one -> one.rounds().values())
                .allSatisfy(round -> assertThat(round.calls()).isPositive());
    }
}
