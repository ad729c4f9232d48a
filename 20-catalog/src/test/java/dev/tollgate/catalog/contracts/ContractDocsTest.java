// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractDocsTest {
    private static final Path PAGE = Path.of(System.getProperty("tollgate.root", "."), "docs/contracts.md");

    @Test
    void the_page_names_every_base_class_with_its_place_and_tier() throws IOException {
        // When
        List<String> lines = Files.readAllLines(PAGE);

        // Then
        assertThat(DataClasses.BASE.entries())
                .extracting(entry -> "| `" + entry.name() + "` | "
                        + entry.parent().map(above -> "`" + above + "`").orElse("") + " | " + entry.tier() + " | "
                        + entry.description() + " |")
                .allSatisfy(row -> assertThat(lines).contains(row));
    }

    @Test
    void the_page_names_every_mask() throws IOException {
        // When
        String page = Files.readString(PAGE);

        // Then
        assertThat(Arrays.stream(Mask.values()).map(mask -> "| `" + mask.word() + "` |"))
                .allSatisfy(row -> assertThat(page).contains(row));
    }

    @Test
    void the_example_of_the_page_has_nothing_wrong_but_what_it_leaves_out() throws IOException {
        // Given
        String page = Files.readString(PAGE);
        int from = page.indexOf("```yaml") + "```yaml\n".length();

        // When
        List<String> problems = Bundles.problems(page.substring(from, page.indexOf("```", from)));

        // Then
        assertThat(problems)
                .extracting(line -> line.substring(line.indexOf(": ") + 2))
                .containsExactlyInAnyOrder(
                        "there is no field `owner_id`",
                        "there is no field `tenant_id`",
                        "there is no field `account_id`",
                        "there is no field `updated_at`",
                        "there is no field `account_id`",
                        "there is no object `account`");
    }
}
