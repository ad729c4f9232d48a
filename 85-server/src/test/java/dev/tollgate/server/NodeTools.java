// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs the pinned npm projects of this room. Where npm cannot be reached the tests that need them say so.
final class NodeTools {
    private static final int NOT_INSTALLABLE = 3;
    private static final int MINUTES_MAX = 8;

    private NodeTools() {}

    record Run(int exit, String out) {}

    static Path root() {
        return Path.of(System.getProperty("tollgate.root", ".."));
    }

    /// Installs a project and gives its folder.
    static Path installed(String folder) {
        Run run = run(Map.of(), "bash", root().resolve("tools/node-project.sh").toString(), folder);
        assumeTrue(run.exit() != NOT_INSTALLABLE, "npm cannot install " + folder + " here: " + run.out());
        if (run.exit() != 0) {
            throw new AssertionError("tools/node-project.sh failed: " + run.out());
        }
        return Path.of(run.out().strip().lines().reduce((_, last) -> last).orElseThrow());
    }

    static String node(Path project) {
        return project.resolve("node_modules/.bin/node").toString();
    }

    static Run run(Map<String, String> environment, String... command) {
        try {
            Path out = Files.createTempFile("tollgate", ".out");
            ProcessBuilder builder = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .directory(root().toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
            process.destroyForcibly();
            String text = Files.readString(out);
            Files.delete(out);
            return new Run(ended ? process.exitValue() : -1, text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
