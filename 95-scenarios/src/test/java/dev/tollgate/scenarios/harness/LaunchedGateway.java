// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import dev.tollgate.scenarios.house.Rooms;
import dev.tollgate.terms.testing.Property;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `tollgate up` in a process of its own, as an operator starts it: to be killed, traced, or starved of its disk.
public final class LaunchedGateway implements AutoCloseable {
    private static final Pattern UP = Pattern.compile("Tollgate is up: http://127\\.0\\.0\\.1:(\\d+)/mcp");
    private static final int STOP_SECONDS_MAX = 30;

    private final Path data;
    private final Process process;
    private final int port;

    /// How a command ended.
    ///
    /// @param exit its exit code
    /// @param out  what it said, errors included
    public record Ended(int exit, String out) {}

    private LaunchedGateway(Path data, Process process, int port) {
        this.data = data;
        this.process = process;
        this.port = port;
    }

    /// Starts a gateway on a free port and waits until it is up.
    ///
    /// @param before  a command that runs the JVM, such as `strace` and its options; may be empty
    /// @param options further options of `tollgate up`
    public static LaunchedGateway start(Path data, List<String> before, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("up", "--data", data.toString(), "--port", "0"));
        arguments.addAll(options);
        Path errors = Files.createTempFile("tollgate", ".err");
        Process process = new ProcessBuilder(command(before, arguments))
                .redirectError(errors.toFile())
                .start();
        StringBuilder said = new StringBuilder();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            Matcher up = UP.matcher(line);
            if (up.find()) {
                return new LaunchedGateway(data, process, Integer.parseInt(up.group(1)));
            }
        }
        throw new IllegalStateException("the gateway did not start: " + said + Files.readString(errors));
    }

    /// Runs a command of the product to its end.
    public static Ended run(String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(List.of(), List.of(arguments)))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out);
    }

    /// The command line of a command of the product.
    ///
    /// @param before a command that runs the JVM; may be empty
    public static List<String> command(List<String> before, List<String> arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dtollgate.home=" + Rooms.root(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tollgate.app.Main"));
        command.addAll(arguments);
        return command;
    }

    /// An agent with a token of its own. The caller closes it.
    public WireClient agent(Ask.Token token) {
        return new WireClient(port, bearer(token));
    }

    /// A bearer token, signed with the deployment's own key.
    public String bearer(Ask.Token token) {
        return GatewayUnderTest.bearer(data, InstantSource.system(), Property.random(System.nanoTime()), token);
    }

    /// Where it listens.
    public int port() {
        return port;
    }

    /// The JVM, also when another program runs it.
    public ProcessHandle jvm() {
        return process.children().findFirst().orElse(process.toHandle());
    }

    /// SIGKILL, which no process can handle.
    public void kill() throws InterruptedException {
        jvm().destroyForcibly();
        process.waitFor();
    }

    /// SIGTERM.
    ///
    /// @return the exit code
    public int stop() throws InterruptedException {
        jvm().destroy();
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
            kill();
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        jvm().destroyForcibly();
        process.destroyForcibly();
    }
}
