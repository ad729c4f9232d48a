// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.yaml.Checked;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.terms.testing.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Whatever a file holds, loading ends with contracts or with problems that have a place; nothing is thrown.
class LoaderFuzzProperties {
    private static final ContractLoader LOADER = new ContractLoader();
    private static final int LINES_MAX = 90;

    /// `-Dtollgate.fuzz=N` tries N times as many.
    private static final int CASES = 400 * Integer.getInteger("tollgate.fuzz", 1);

    private static final List<String> SCRAPS = List.of(
            "null",
            "~",
            "true",
            "[]",
            "{}",
            "''",
            "\"\\u0000\"",
            "-1",
            "99999999999999999999",
            "1e999",
            "!!int 7",
            "&a",
            "*a",
            "- ",
            "? ",
            ": ",
            "|",
            ">",
            "%YAML 1.1",
            "---",
            "...",
            "\t",
            "\u2028",
            "\u202E",
            "é",
            "{a: {b: {c: d}}}",
            "[[[[]]]]",
            "#",
            "type: text",
            "class: public",
            "mask: year",
            "crm:contact:read",
            "tier: 9",
            "\"",
            "'",
            "@",
            "`");

    @Test
    void a_valid_contract_with_changes_loads_or_is_refused_with_places() {
        List<String> valid = lines();
        Property.forAll(CASES, random -> changed(valid, random), LoaderFuzzProperties::holds);
    }

    @Test
    void bytes_of_any_kind_are_refused_with_places() {
        Property.forAll(
                CASES,
                random -> {
                    byte[] bytes = new byte[random.nextInt(400)];
                    random.nextBytes(bytes);
                    return bytes;
                },
                bytes -> {
                    holds(bytes);
                    assertThat(new ContractLoader().load(Map.of("classes.yaml", bytes)))
                            .isNotNull();
                });
    }

    @Test
    void scraps_of_yaml_in_any_order_are_refused_with_places() {
        Property.forAll(
                CASES,
                random -> {
                    StringBuilder text = new StringBuilder();
                    for (int left = random.nextInt(1, 60); left > 0; left--) {
                        text.append(SCRAPS.get(random.nextInt(SCRAPS.size())))
                                .append(random.nextBoolean() ? "\n" : " ");
                    }
                    return text.toString().getBytes(StandardCharsets.UTF_8);
                },
                LoaderFuzzProperties::holds);
    }

    private static void holds(byte[] bytes) {
        // When
        Checked<ContractLoader.Loaded> checked = LOADER.load(Map.of("contracts/fuzz.yaml", bytes));

        // Then
        switch (checked) {
            case Checked.Sound<ContractLoader.Loaded> sound ->
                assertThat(sound.value().catalog().contracts()).hasSize(1);
            case Checked.Faulty<ContractLoader.Loaded> faulty -> {
                long lines = new String(bytes, StandardCharsets.UTF_8).lines().count();
                assertThat(faulty.problems().all()).isNotEmpty().allSatisfy(problem -> placed(problem, lines));
            }
        }
    }

    private static void placed(Problem problem, long lines) {
        assertThat(problem.at().file()).isEqualTo("contracts/fuzz.yaml");
        assertThat(problem.at().line()).isBetween(1, (int) lines + 2);
        assertThat(problem.at().column()).isPositive();
        assertThat(problem.toString()).hasSizeLessThan(500).matches("[^\\p{Cntrl}]*");
        assertThat(problem.message()).doesNotContain("Exception", "org.snakeyaml", "networknt", "at dev.");
    }

    /// The head of the demo contract: every construct of the format, and small enough to be tried often.
    private static List<String> lines() {
        try {
            return Files.readAllLines(Bundles.folder("default").resolve("contracts/demo.yaml"), StandardCharsets.UTF_8)
                    .stream()
                    .limit(LINES_MAX)
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static byte[] changed(List<String> valid, RandomGenerator random) {
        List<String> lines = new ArrayList<>(valid);
        for (int left = random.nextInt(1, 6); left > 0; left--) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            int cut = line.isEmpty() ? 0 : random.nextInt(line.length());
            String scrap = SCRAPS.get(random.nextInt(SCRAPS.size()));
            switch (random.nextInt(6)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, line);
                case 2 -> lines.set(at, line.substring(0, cut) + scrap + line.substring(cut));
                case 3 -> lines.set(at, line.substring(0, cut));
                case 4 -> lines.set(at, lines.get(random.nextInt(lines.size())));
                default -> lines.set(at, " ".repeat(random.nextInt(8)) + line.strip());
            }
        }
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }
}
