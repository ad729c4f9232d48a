// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.exception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.policy.bundle.PolicyTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PolicyTestTextTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("tollgate.root", "..")).resolve("90-app/src/main/resources/bundles/default");

    private static List<PolicyTest> load(BundleFiles files) {
        return switch (BundleLoader.load(files)) {
            case Loading.Loaded loaded -> loaded.tests();
            case Loading.Invalid invalid ->
                throw new AssertionError(invalid.problems().toString());
        };
    }

    @Test
    void every_test_of_the_default_bundle_is_read_back_as_it_was() {
        // Given
        BundleFiles files = BundleFiles.of(FOLDER);
        List<PolicyTest> tests = load(files);
        SortedMap<String, byte[]> rewritten = new TreeMap<>(files.content());
        rewritten.keySet().removeIf(path -> path.startsWith("tests/"));

        // When
        rewritten.put("tests/resolved.yaml", PolicyTestText.yaml(tests).getBytes(StandardCharsets.UTF_8));
        List<PolicyTest> back = load(BundleFiles.of(rewritten));

        // Then
        assertThat(back).hasSizeGreaterThan(10).hasSameSizeAs(tests);
        assertThat(back)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("at")
                .containsExactlyElementsOf(tests);
    }
}
