// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts `StoreChild`.
final class Child {
    private Child() {}

    /// @param before a command that runs the JVM, such as `strace` and its options; may be empty
    static Process start(List<String> before, Path file, String sync, int changes, int writers) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StoreChild.class.getName(),
                file.toString(),
                sync,
                Integer.toString(changes),
                Integer.toString(writers)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// Everything that a child said until it ended.
    static List<String> lines(Process child) throws IOException {
        try (BufferedReader reader = child.inputReader(StandardCharsets.US_ASCII)) {
            return reader.lines().toList();
        }
    }

    /// Whether a program can be run here.
    static boolean has(String program) {
        try {
            Process probe = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            probe.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            return probe.waitFor() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
