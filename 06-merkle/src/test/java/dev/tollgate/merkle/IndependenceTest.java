// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A check that shared code with the writer would share its mistakes.
class IndependenceTest {
    private static final Path SOURCES =
            Path.of(System.getProperty("tollgate.root", ".."), "06-merkle/src/main/java/dev/tollgate/merkle");

    private static List<String> mentions(Path folder, String word) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(files).hasSizeGreaterThan(5);
        return files.stream()
                .flatMap(file -> lines(file).filter(line -> line.contains(word)))
                .toList();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    @Test
    @Requirement("B-9")
    void the_check_uses_nothing_of_the_writer_and_the_writer_nothing_of_the_check() throws IOException {
        assertThat(mentions(SOURCES.resolve("verify"), "dev.tollgate.merkle."))
                .allMatch(line -> line.startsWith("package ") || line.contains("dev.tollgate.merkle.verify"));
        assertThat(mentions(SOURCES, "dev.tollgate.merkle.verify")).allMatch(line -> line.startsWith("///"));
    }
}
