// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks;

import dev.tollgate.app.Configuration;
import dev.tollgate.app.Tollgate;
import dev.tollgate.identity.proof.LocalIdentity;
import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.terms.SpiffeId;
import dev.tollgate.terms.UserId;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Token exchanges of a whole gateway over HTTP, beside its answer to `GET /health/live` through the
/// same client: what a form and a reply take without any exchange. Client and gateway share the
/// process. Each exchange has a proof of its own, and ends when its entry is durable.
///
/// Arguments: the repository's folder, a folder for the data, connections, exchanges a round, rounds.
public final class ExchangeBench {
    private static final String UNLIMITED = """
            budgets:
              - agents: '*'
                calls_per_minute: unlimited
                calls_per_case_and_hour: unlimited
                because: this is a benchmark
            """;

    private ExchangeBench() {}

    /// Runs the benchmark.
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        int connections = Integer.parseInt(args[2]);
        int count = Integer.parseInt(args[3]);
        int rounds = Integer.parseInt(args[4]);
        Path bundle = bundle(Path.of(args[0]).resolve("90-app/src/main/resources/bundles/default"), folder);
        Configuration plain = Configuration.embedded(folder.resolve("data")).on(0);
        Configuration free = new Configuration(
                plain.listen(),
                plain.data(),
                Optional.of(bundle),
                plain.store(),
                plain.secrets(),
                plain.systems(),
                plain.demo(),
                plain.log(),
                plain.telemetry(),
                plain.fixtures());
        try (Tollgate gateway = Tollgate.start(free, InstantSource.system());
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                PrintWriter out =
                        new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            SigningKeys keys = new SigningKeys(plain.data().resolve("keys"), CryptoProviders.best());
            LocalIdentity local = new LocalIdentity(
                    keys.openOrCreate(SigningKeys.Purpose.IDENTITY), InstantSource.system(), new SecureRandom());
            // The first round warms up and is not counted.
            for (int round = 0; round <= rounds; round++) {
                List<HttpRequest> exchanges = exchanges(gateway, local, count);
                double tokens = driven(client, exchanges, connections);
                double alive = driven(client, List.copyOf(alive(gateway, count)), connections);
                if (round > 0) {
                    out.printf(
                            "%d connections: %.0f exchanges/s, %.0f answers/s without one, 1 to %.1f%n",
                            connections, tokens, alive, alive / tokens);
                }
            }
        }
    }

    private static Path bundle(Path from, Path folder) throws Exception {
        Path to = folder.resolve("bundle");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Files.writeString(to.resolve("budgets.yaml"), UNLIMITED);
        return to;
    }

    private static List<HttpRequest> exchanges(Tollgate gateway, LocalIdentity local, int count) {
        SpiffeId agent =
                SpiffeId.parse("spiffe://crm.example/agents/sales-copilot").orElseThrow();
        String person = local.person(new UserId("alice"));
        List<HttpRequest> requests = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            String form = "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token=" + person
                    + "&subject_token_type=urn:ietf:params:oauth:token-type:jwt&actor_token=" + local.workload(agent)
                    + "&actor_token_type=urn:ietf:params:oauth:token-type:jwt&workflow=prepare-sales-call"
                    + "&scope=crm:account:read+crm:contact:read";
            requests.add(HttpRequest.newBuilder(URI.create(gateway.url() + "/oauth/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build());
        }
        return requests;
    }

    private static List<HttpRequest> alive(Tollgate gateway, int count) {
        List<HttpRequest> requests = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            requests.add(HttpRequest.newBuilder(URI.create(gateway.url() + "/health/live"))
                    .build());
        }
        return requests;
    }

    /// Requests a second, so many at a time.
    private static double driven(HttpClient client, List<HttpRequest> requests, int connections) throws Exception {
        AtomicInteger next = new AtomicInteger();
        long began = System.nanoTime();
        try (ExecutorService drivers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> ends = new ArrayList<>();
            for (int at = 0; at < connections; at++) {
                ends.add(drivers.submit(() -> {
                    for (int one = next.getAndIncrement(); one < requests.size(); one = next.getAndIncrement()) {
                        int status = client.send(requests.get(one), HttpResponse.BodyHandlers.ofString())
                                .statusCode();
                        if (status != 200) {
                            throw new IllegalStateException("answered " + status);
                        }
                    }
                    return true;
                }));
            }
            for (Future<Boolean> end : ends) {
                end.get();
            }
        }
        return requests.size() / ((System.nanoTime() - began) / 1e9);
    }
}
