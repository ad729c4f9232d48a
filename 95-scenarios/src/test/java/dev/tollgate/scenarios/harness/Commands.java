// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The operators' commands, each in a process of its own beside the running gateway, as `./tollgate` runs them.
///
/// @param data the deployment's data folder
public record Commands(Path data) {
    /// A command that takes longer hangs.
    private static final int SECONDS_MAX = 120;

    /// What a command said.
    ///
    /// @param code exit code
    /// @param out  standard output
    /// @param err  standard error
    public record Result(int code, String out, String err) {
        /// Standard output, line by line.
        public List<String> lines() {
            return out.lines().toList();
        }
    }

    /// Runs `tollgate` with these words and `--data`.
    public Result run(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("--data", data.toString()));
        return alone(all.toArray(String[]::new));
    }

    /// Runs `tollgate` with these words, for commands that need no deployment.
    public static Result alone(String... words) {
        List<String> command = new ArrayList<>(java("dev.tollgate.app.Main"));
        command.addAll(Arrays.asList(words));
        try {
            Path out = Files.createTempFile("tollgate", ".out");
            Path err = Files.createTempFile("tollgate", ".err");
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
                throw new IllegalStateException("`" + String.join(" ", words) + "` did not end");
            }
            Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    /// The beginning of a command line that runs a class of this class path on this JVM.
    public static List<String> java(String type) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                type);
    }
}
