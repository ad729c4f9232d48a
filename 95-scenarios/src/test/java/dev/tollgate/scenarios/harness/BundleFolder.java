// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import dev.tollgate.scenarios.house.Rooms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// A copy of a built-in bundle that a test may edit.
///
/// @param path where it is
public record BundleFolder(Path path) {
    private static final String SOURCE = "90-app/src/main/resources/bundles/";

    /// Copies the built-in bundle `name` into `target`.
    public static BundleFolder copy(String name, Path target) {
        Path source = Rooms.root().resolve(SOURCE + name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new BundleFolder(target);
    }

    /// Replaces text in one file; the text must be there, or the test would test nothing.
    public BundleFolder replace(String file, String pattern, String replacement) {
        String text = read(file);
        String edited = text.replaceAll(pattern, replacement);
        if (edited.equals(text)) {
            throw new IllegalStateException("`" + file + "` has no `" + pattern + "`");
        }
        return write(file, edited);
    }

    /// Adds text at the end of a file, which is made when missing.
    public BundleFolder append(String file, String text) {
        return write(file, Files.exists(path.resolve(file)) ? read(file) + text : text);
    }

    /// Leaves out the bundle's own tests, which name the accounts and tenants that a test is about to rename.
    public BundleFolder untested() {
        try (Stream<Path> tests = Files.list(path.resolve("tests"))) {
            for (Path test : tests.toList()) {
                Files.delete(test);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return this;
    }

    /// Lets agents do as much as a test wants to.
    public BundleFolder generous() {
        return budget("""
                  - agents: '*'
                    calls_per_minute: unlimited
                    calls_per_case_and_hour: unlimited
                    writes_per_minute: unlimited
                    writes_per_hour: unlimited
                    sends_per_hour: unlimited
                    writes_per_record_and_day: unlimited
                    mails_per_domain_and_day: unlimited
                    customers_per_day: unlimited
                    records_in_2_minutes: unlimited
                    bytes_per_day: {'*': unlimited}
                    loops: unlimited
                    because: a test is about something else
                """);
    }

    /// Has these lines for budgets and no others.
    public BundleFolder budget(String lines) {
        return write("budgets.yaml", "budgets:\n" + lines);
    }

    private String read(String file) {
        try {
            return Files.readString(path.resolve(file));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private BundleFolder write(String file, String text) {
        try {
            Files.writeString(path.resolve(file), text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return this;
    }
}
