// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.scenarios.house.Rooms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A pinned npm project of the server's room, installed. Where npm cannot be reached the tests that need it say so.
///
/// @param path where it is installed
public record NodeProject(Path path) {
    private static final int NOT_INSTALLABLE = 3;

    /// Installs the project in `folder`.
    public static NodeProject installed(String folder) throws IOException, InterruptedException {
        LaunchedGateway.Ended install = run(Map.of(), List.of("bash", "tools/node-project.sh", folder));
        assumeTrue(install.exit() != NOT_INSTALLABLE, "npm cannot install " + folder + " here: " + install.out());
        if (install.exit() != 0) {
            throw new AssertionError("tools/node-project.sh failed: " + install.out());
        }
        return new NodeProject(
                Path.of(install.out().strip().lines().reduce((_, last) -> last).orElseThrow()));
    }

    /// Runs a script of the project, named from its folder, with the project's own Node.
    ///
    /// @param environment in addition to this process's
    public LaunchedGateway.Ended node(Map<String, String> environment, String script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                path.resolve("node_modules/.bin/node").toString(),
                path.resolve(script).toString()));
        command.addAll(Arrays.asList(arguments));
        return run(environment, command);
    }

    /// Runs a command in the project's root to its end.
    public static LaunchedGateway.Ended run(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(Rooms.root().toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new LaunchedGateway.Ended(process.waitFor(), out);
    }
}
