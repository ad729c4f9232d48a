// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// A certified OpenID provider from npm in a process of its own, on loopback. Whoever signs in there is who they say.
public final class RealProvider implements AutoCloseable {
    private static final String UP = "up ";
    private static final int STOP_SECONDS_MAX = 10;

    private final Process process;
    private final URI issuer;

    /// @param callback where it sends browsers back to
    /// @param secret   of the client `tollgate`
    public RealProvider(URI callback, String secret) throws IOException, InterruptedException {
        NodeProject project = NodeProject.installed("95-scenarios/oidc-provider");
        process = new ProcessBuilder(
                        project.path().resolve("node_modules/.bin/node").toString(),
                        project.path().resolve("provider.mjs").toString(),
                        "0",
                        callback.toString(),
                        secret)
                .redirectErrorStream(true)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        while (line != null && !line.startsWith(UP)) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("the provider did not start");
        }
        issuer = URI.create("http://127.0.0.1:" + line.substring(UP.length()).strip());
        Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
    }

    /// Its own name.
    public URI issuer() {
        return issuer;
    }

    /// Stops it; it can be stopped twice.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
