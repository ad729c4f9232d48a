// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// A server in a process of its own, ready for calls of one tool.
public final class Contender implements AutoCloseable {
    private static final String REVISION = "2026-07-28";
    private static final String LEGACY = "2025-06-18";
    private static final String ID = "acc_000001";
    private static final int TRIES = 300;
    private static final int STOP_SECONDS_MAX = 5;

    private final String label;
    private final Process process;
    private final InetSocketAddress address;
    private final byte[] request;
    private final boolean peer;

    private Contender(String label, Process process, int port, byte[] request, boolean peer) {
        this.peer = peer;
        this.label = label;
        this.process = process;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.request = request;
    }

    /// How it is called in tables.
    public String label() {
        return label;
    }

    /// Whether it is somebody else's.
    public boolean peer() {
        return peer;
    }

    /// One call, to see the answer.
    public Wire.Reply once() throws IOException {
        try (Wire wire = new Wire(address)) {
            return wire.send(request);
        }
    }

    /// One round; each answer must hold `proof`.
    public Load.Result round(String proof, int connections, Duration length) throws IOException, InterruptedException {
        long[] pids = LongStream.concat(
                        LongStream.of(process.pid()), process.descendants().mapToLong(ProcessHandle::pid))
                .toArray();
        return Load.run(address, request, proof, connections, length, pids);
    }

    /// One of `Stand`, on the JVM flags of the `tollgate` command.
    public static Contender stand(String label, String kind, Path from, List<String> fields) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        String recording = System.getProperty("tollgate.bench.recording", "");
        if (!recording.isEmpty() && kind.equals("full")) {
            command.add("-XX:StartFlightRecording=settings=profile,filename=" + recording);
        }
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Stand.class.getName(), kind, from.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line = firstLine(process);
        String[] words = line.split(" ", -1);
        int port = Integer.parseInt(words[0]);
        String bearer = words.length > 1 ? "Authorization: Bearer " + words[1] + "\r\n" : "";
        String names = fields.isEmpty() ? "" : ",\"fields\":[\"" + String.join("\",\"", fields) + "\"]";
        String meta = ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + REVISION
                + "\",\"io.modelcontextprotocol/clientCapabilities\":{},"
                + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}";
        String headers = "MCP-Protocol-Version: " + REVISION + "\r\nMcp-Method: tools/call\r\nMcp-Name: account_get\r\n"
                + bearer;
        return new Contender(label, process, port, call(port, headers, names, meta), false);
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.matches("\\d+( \\S+)?")) {
                return line;
            }
        }
        throw new IOException("a server of the benchmark ended before it listened");
    }

    private static byte[] call(int port, String headers, String names, String meta) {
        return Wire.post(
                "127.0.0.1:" + port,
                "/mcp",
                headers,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"account_get\","
                        + "\"arguments\":{\"id\":\"" + ID + "\"" + names + "}" + meta + "}}");
    }

    /// A peer from npm, whose stdio child answers what `answer` holds.
    ///
    /// @param npm     folder with `node_modules` and the peers' own files
    /// @param session whether it wants a session to be opened first
    /// @param command arguments of node; `PORT` stands for the port
    public static Contender node(String label, Path npm, Path answer, boolean session, String... command)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> words = new ArrayList<>();
        words.add(npm.resolve("node_modules/.bin/node").toString());
        Stream.of(command).map(word -> word.replace("PORT", "" + port)).forEach(words::add);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(npm.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TOLLGATE_ANSWER", answer.toString());
        builder.environment().merge("PATH", npm.resolve("node_modules/.bin") + ":", (path, first) -> first + path);
        Process process = builder.start();
        String version = "MCP-Protocol-Version: " + LEGACY + "\r\nX-API-Key: key\r\n";
        String opened = open(port, session, version);
        String own = opened.isEmpty() ? "" : "Mcp-Session-Id: " + opened + "\r\n";
        return new Contender(label, process, port, call(port, version + own, "", ""), true);
    }

    /// Waits until the peer answers; opens a session where one is wanted and returns its id.
    private static String open(int port, boolean session, String version) throws IOException, InterruptedException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
                + LEGACY + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}}";
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int attempt = 1; ; attempt++) {
            try (Wire wire = new Wire(address)) {
                String host = "127.0.0.1:" + port;
                Wire.Reply reply = wire.send(Wire.post(host, "/mcp", version, body));
                if (session) {
                    String own = version + "Mcp-Session-Id: " + reply.session() + "\r\n";
                    String ready = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
                    wire.send(Wire.post(host, "/mcp", own, ready));
                }
                return reply.session();
            } catch (IOException notYet) {
                if (attempt == TRIES) {
                    throw notYet;
                }
                Thread.sleep(100);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        children.forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            // A proxy of npm may wait for its clients' connections to end before it does.
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            children.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
