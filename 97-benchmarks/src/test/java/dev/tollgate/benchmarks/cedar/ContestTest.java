// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is compared in speed must be the same work: all engines give the same answers, and these differ by request.
final class ContestTest {
    @ParameterizedTest
    @ValueSource(ints = {10, 100})
    void all_engines_of_the_benchmark_answer_alike(int policies) {
        // Given
        Contest bench = new Contest(policies);

        // When
        List<List<Boolean>> answers = bench.answers();

        // Then
        assertThat(answers).hasSize(Workload.REQUESTS + Workload.FIELDS);
        assertThat(answers).allMatch(answer -> new HashSet<>(answer).size() == 1);
        assertThat(answers).extracting(List::getFirst).contains(true, false);
        assertThat(bench.operations().values()).allMatch(operation -> operation.getAsInt() != Integer.MIN_VALUE);
    }
}
