// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks;

import dev.tollgate.benchmarks.load.Contender;
import dev.tollgate.benchmarks.load.Load;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `tools/call` of one record, 25 fields asked for, end to end: the whole product with its durable log, its server
/// with nothing behind the door, a bare JSON endpoint on the same Jetty, and two proxies of npm that only forward.
/// Each server is a process of its own and gives the same answer; closed loops; servers take turns; medians of the
/// rounds.
///
/// Arguments: rounds, seconds a round. `TOLLGATE_NPM_FOLDER` names the folder with the peers, without it there are
/// none.
public final class CallBench {
    private static final int[] CONNECTIONS = {1, 16, 64};
    private static final Path BUNDLE = Path.of("90-app/src/main/resources/bundles/default");
    private static final List<String> FIELDS = List.of(
            "id",
            "name",
            "website",
            "industry",
            "employee_count",
            "annual_revenue_band",
            "city",
            "country",
            "territory",
            "lifecycle_stage",
            "lifecycle_stage_suggestion",
            "icp_fit_score",
            "intent_score",
            "last_activity_date",
            "status",
            "support_tier",
            "billing_email",
            "vat_number",
            "outstanding_balance",
            "contract_terms",
            "contract_end_date",
            "owner_id",
            "tenant_id",
            "region",
            "created_at");

    /// Before anything is counted: the compilers of the JVM and of Node take some ten thousand calls.
    private static final int WARM_ROUNDS = 4;

    private static final int WARM_CONNECTIONS = 16;

    /// What stands in every answer, also where the record is text within JSON.
    static final String PROOF = "annual_revenue_band";

    private CallBench() {}

    /// One contender's median rounds by connections.
    ///
    /// @param fields fields in the answer's record
    /// @param rounds by connections
    record Measured(int fields, Map<Integer, Load.Result> rounds) {}

    /// Prints the table.
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        Duration length = Duration.ofSeconds(Integer.parseInt(arguments[1]));
        Optional<Path> npm =
                Optional.ofNullable(System.getenv("TOLLGATE_NPM_FOLDER")).map(Path::of);
        Path folder = Files.createTempDirectory("tollgate-bench");
        try (PrintWriter out =
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            out.println("server\tconnections\tcalls/s\tp50 us\tp99 us\tCPU us/call\trate of bare JSON");
            Map<String, Measured> all = run(
                    folder,
                    Path.of("").toAbsolutePath(),
                    npm,
                    rounds,
                    length,
                    phase -> out.println("# " + LocalTime.now(ZoneOffset.UTC).withNano(0) + " " + phase));
            Map<Integer, Load.Result> bare = all.values().iterator().next().rounds();
            all.forEach((label, measured) -> measured.rounds()
                    .forEach((connections, result) -> out.println(line(label, connections, result, bare))));
            all.forEach((label, measured) -> out.println(label + ": " + measured.fields() + " fields"));
        } finally {
            delete(folder);
        }
    }

    private static String line(String label, int connections, Load.Result result, Map<Integer, Load.Result> bare) {
        Load.Result floor = bare.getOrDefault(connections, result);
        return String.format(
                "%s\t%d\t%.0f\t%.0f\t%.0f\t%.0f\t%.2f",
                label,
                connections,
                result.perSecond(),
                result.p50Micros(),
                result.p99Micros(),
                result.cpuMicros(),
                result.perSecond() / floor.perSecond());
    }

    /// Measures all contenders, the bare endpoint first.
    ///
    /// @param progress told before each phase: a run takes minutes
    static Map<String, Measured> run(
            Path folder, Path root, Optional<Path> npm, int rounds, Duration length, Consumer<String> progress)
            throws IOException, InterruptedException {
        progress.accept("servers start");
        bundle(root.resolve(BUNDLE), folder.resolve("bundle"));
        List<Contender> contenders = new ArrayList<>();
        try {
            Contender full = Contender.stand("tollgate, everything", "full", folder, FIELDS);
            contenders.add(full);
            String body = full.once().text();
            JsonNode message = JsonMapper.shared().readTree(body);
            Path whole = Files.writeString(folder.resolve("answer-whole.json"), body);
            Path structured = Files.writeString(
                    folder.resolve("answer.json"),
                    message.path("result").path("structuredContent").toString());
            contenders.addFirst(Contender.stand("tollgate, only its server", "minimal", structured, List.of()));
            contenders.addFirst(Contender.stand("bare JSON on the same Jetty", "bare", whole, List.of()));
            if (npm.isPresent()) {
                peers(contenders, npm.get(), structured, progress);
            }
            return measure(contenders, rounds, length, progress);
        } finally {
            progress.accept("servers stop");
            contenders.forEach(Contender::close);
        }
    }

    private static void peers(List<Contender> contenders, Path npm, Path answer, Consumer<String> progress)
            throws IOException, InterruptedException {
        String bin = npm.resolve("node_modules/.bin").toString();
        progress.accept("peers of npm start");
        contenders.add(Contender.node("MCP server of the SDK, direct", npm, answer, false, "http.mjs", "PORT"));
        contenders.add(Contender.node(
                "mcp-proxy 6.7.19",
                npm,
                answer,
                false,
                bin + "/mcp-proxy",
                "--host",
                "127.0.0.1",
                "--port",
                "PORT",
                "--server",
                "stream",
                "--stateless",
                "--apiKey",
                "key",
                "--",
                "node",
                "stdio.mjs"));
        contenders.add(Contender.node(
                "supergateway 4.0.0",
                npm,
                answer,
                true,
                bin + "/supergateway",
                "--stdio",
                "node stdio.mjs",
                "--outputTransport",
                "streamableHttp",
                "--stateful",
                "--port",
                "PORT",
                "--logLevel",
                "none"));
    }

    private static Map<String, Measured> measure(
            List<Contender> contenders, int rounds, Duration length, Consumer<String> progress)
            throws IOException, InterruptedException {
        Map<String, Measured> measured = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            measured.put(contender.label(), new Measured(fields(contender.once().text()), new LinkedHashMap<>()));
        }
        for (Contender contender : contenders) {
            progress.accept(contender.label() + ", warm-up");
            // Some of the peers take one connection at a time, and are no faster with more.
            contender.round(PROOF, contender.peer() ? 1 : WARM_CONNECTIONS, length.multipliedBy(WARM_ROUNDS));
        }
        for (int connections : CONNECTIONS) {
            Map<String, List<Load.Result>> results = new LinkedHashMap<>();
            // The first rounds are not counted either: so many connections are something new.
            for (int round = -1; round < rounds; round++) {
                for (Contender contender : contenders) {
                    progress.accept(contender.label() + ", " + connections + " connections, "
                            + (round < 0 ? "warm-up" : "round " + (round + 1)));
                    try {
                        Load.Result result = contender.round(PROOF, connections, length);
                        if (round >= 0) {
                            results.computeIfAbsent(contender.label(), _ -> new ArrayList<>())
                                    .add(result);
                        }
                    } catch (IOException failed) {
                        // A peer that cannot answer so many at once has no figure there; ours must have one.
                        if (!contender.peer()) {
                            throw failed;
                        }
                        progress.accept(contender.label() + " failed: " + failed.getMessage());
                    }
                }
            }
            results.forEach((label, some) -> {
                some.sort(Comparator.comparingDouble(Load.Result::perSecond));
                Measured of = measured.get(label);
                if (of != null) {
                    of.rounds().put(connections, some.get(some.size() / 2));
                }
            });
        }
        return measured;
    }

    /// The fields of the first record of an answer, which may come as an event stream.
    private static int fields(String body) {
        JsonNode message = JsonMapper.shared().readTree(body.substring(body.indexOf("{\"")));
        return message.path("result")
                .path("structuredContent")
                .path("records")
                .path(0)
                .path("values")
                .size();
    }

    /// Budgets that count nothing: what is measured is the way of a call.
    static final String LIFTED = """
            budgets:
              - agents: '*'
                calls_per_minute: unlimited
                calls_per_case_and_hour: unlimited
                writes_per_minute: unlimited
                writes_per_hour: unlimited
                writes_per_record_and_day: unlimited
                customers_per_day: unlimited
                records_in_2_minutes: unlimited
                bytes_per_day: {'*': unlimited}
                loops: unlimited
                because: a benchmark calls faster than any agent
            """;

    /// The example bundle, with as many calls as a benchmark makes.
    static void bundle(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(from)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            String text = Files.readString(file)
                    .replaceAll("calls_per_minute: \\d+", "calls_per_minute: 10000000")
                    // One token makes all calls of a measurement.
                    .replaceAll("every_actions: \\d+", "proof_seconds: 900");
            Files.writeString(copy, file.endsWith("budgets.yaml") ? LIFTED : text);
        }
    }

    static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
