// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import dev.tollgate.connectors.Tap;
import dev.tollgate.terms.SecretValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A real Tryton on loopback with the seeded data of `tools/tryton`, started once a JVM at the first need and stopped
/// by pid when the JVM ends. Where it cannot run (no root, no Debian), the test says so and does not run.
public final class TrytonServer {
    /// First start installs packages, initialises PostgreSQL and restores the seed.
    private static final int START_MINUTES_MAX = 10;

    private static final int STOP_SECONDS_MAX = 30;
    private static final int CANNOT = 77;
    private static final String USER = "admin";

    private static volatile State state = new State(State.Kind.NEW, 0, "");

    private TrytonServer() {}

    private record State(Kind kind, int port, String why) {
        enum Kind {
            NEW,
            UP,
            CANNOT
        }
    }

    /// Where it is. Starts it when nobody did; fails the assumption when this machine cannot run it.
    public static TrytonConfig config() {
        return config(port());
    }

    /// The same database through another port of loopback.
    public static TrytonConfig config(int port) {
        return new TrytonConfig(URI.create("http://127.0.0.1:" + port + "/crm/"), USER);
    }

    /// The password of the connector's user.
    public static SecretValue password() {
        try {
            return SecretValue.of(Files.readString(home("-postgres").resolve("admin.pass")));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Its port on loopback.
    public static synchronized int port() {
        if (state.kind() == State.Kind.NEW) {
            state = start();
        }
        Assumptions.assumeTrue(state.kind() == State.Kind.UP, () -> "no real Tryton in this run: " + state.why());
        return state.port();
    }

    private static State start() {
        try {
            int port = Tap.freePort();
            Process up = script("tryton-up.sh", Map.of("PORT", "" + port, "PGPORT", "" + Tap.freePort()));
            if (!up.waitFor(START_MINUTES_MAX, TimeUnit.MINUTES)) {
                up.destroy();
                throw new IllegalStateException("tryton did not start in time");
            }
            String said = Files.readString(said("tryton-up.sh"));
            if (up.exitValue() == CANNOT) {
                return new State(State.Kind.CANNOT, 0, said.strip());
            }
            if (up.exitValue() != 0) {
                throw new IllegalStateException("tryton did not start: " + said);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(TrytonServer::stop));
            // It may have been running already, on a port of its own.
            int actual = Integer.parseInt(
                    Files.readString(home("-postgres").resolve("trytond.port")).strip());
            return new State(State.Kind.UP, actual, "");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void stop() {
        try {
            Process down = script("tryton-down.sh", Map.of());
            if (!down.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                down.destroy();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Process script(String name, Map<String, String> environment) throws IOException {
        Files.createDirectories(home("").getParent());
        var builder = new ProcessBuilder(root().resolve("tools").resolve(name).toString(), "postgres");
        builder.environment().put("HOME_DIR", home("").toString());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        // Not a pipe: the server outlives the script and would hold the pipe open.
        builder.redirectOutput(said(name).toFile());
        return builder.start();
    }

    private static Path said(String script) {
        return home("-" + script + ".out");
    }

    private static Path home(String suffix) {
        return root().resolve("60-connectors").resolve("target").resolve("tryton" + suffix);
    }

    private static Path root() {
        return Path.of(System.getProperty("tollgate.root", ".."))
                .toAbsolutePath()
                .normalize();
    }
}
