// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.yaml.Checked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsGoldenTest {
    private static final Path RESOURCES = Path.of(
            System.getProperty("tollgate.root", "."), "20-catalog/src/test/resources/dev/tollgate/catalog/contracts");

    @Test
    void every_problem_of_every_file_is_told_at_once_with_its_place_and_what_may_have_been_meant() throws IOException {
        // When
        Checked<ContractLoader.Loaded> checked = new ContractLoader().load(RESOURCES.resolve("broken"));

        // Then
        List<String> golden = Files.readAllLines(RESOURCES.resolve("broken.problems"), StandardCharsets.UTF_8);
        assertThat(checked)
                .isInstanceOfSatisfying(
                        Checked.Faulty.class,
                        faulty -> assertThat(Bundles.lines(faulty.problems())).isEqualTo(golden));
    }
}
