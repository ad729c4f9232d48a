// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.cedar.files.CorpusFile;
import dev.tollgate.cedar.frontend.CedarFrontend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The official conformance corpus, all of it.
final class CorpusTest {
    private static final int GENERATED_TESTS = 6_603;
    private static final int GENERATED_REQUESTS = 52_824;
    /// Every so many of the generated tests are validated too: the validator is not ours, its fence is.
    private static final int VALIDATED_EVERY = 20;

    private final CorpusFile corpusFile = new CorpusFile(new CedarFrontend());

    @Test
    void every_generated_request_is_answered_as_the_corpus_expects() throws IOException {
        // Given
        List<Path> tests = Corpus.unpacked(data()).tests();

        // When
        Tally tally = new Tally();
        tests.forEach(test -> tally.add(corpusFile.run(test)));

        // Then
        assertThat(tally.wrong).isEmpty();
        assertThat(tests).hasSize(GENERATED_TESTS);
        assertThat(tally.agreed).isEqualTo(GENERATED_REQUESTS);
    }

    @Test
    void every_handwritten_request_is_answered_and_validated_as_the_corpus_expects() throws IOException {
        // Given
        List<Path> tests = Corpus.tests(data().resolve("tests"));

        // When
        Tally tally = new Tally();
        List<String> misjudged = new ArrayList<>();
        for (Path test : tests) {
            tally.add(corpusFile.run(test));
            corpusFile.validates(test).ifPresent(misjudged::add);
        }

        // Then
        assertThat(tally.wrong).isEmpty();
        assertThat(misjudged).isEmpty();
        assertThat(tests).hasSize(22);
        assertThat(tally.agreed).isEqualTo(74);
    }

    @Test
    void a_sample_of_the_generated_policies_is_validated_as_the_corpus_expects() throws IOException {
        // Given
        List<Path> tests = Corpus.unpacked(data()).tests();

        // When
        List<String> misjudged = new ArrayList<>();
        for (int at = 0; at < tests.size(); at += VALIDATED_EVERY) {
            corpusFile.validates(tests.get(at)).ifPresent(misjudged::add);
        }

        // Then
        assertThat(misjudged).isEmpty();
    }

    private static Path data() {
        Optional<Path> folder = Corpus.folder();
        assumeTrue(
                folder.isPresent(),
                "NOT RUN: the Cedar corpus is not in ../shared/data/cedar-corpus; set TOLLGATE_DATA to its folder");
        return folder.orElseThrow();
    }

    private static final class Tally {
        private final List<String> wrong = new ArrayList<>();
        private int agreed;

        void add(CorpusFile.Result result) {
            agreed += result.agreed();
            result.lines().stream()
                    .filter(line -> line.endsWith("\"ok\":false}"))
                    .forEach(wrong::add);
        }
    }
}
