// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks;

import dev.tollgate.app.Configuration;
import dev.tollgate.app.Tollgate;
import dev.tollgate.benchmarks.egress.BareRelay;
import dev.tollgate.benchmarks.egress.Sink;
import dev.tollgate.benchmarks.egress.Through;
import dev.tollgate.identity.Grant;
import dev.tollgate.identity.TokenIssuer;
import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.WorkflowId;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ConnectHandler;

/// Tunnels through the egress proxy, beside a bare relay and Jetty's ConnectHandler: connections a second, and bytes a
/// second. Client, relay and server are in one process and share its processors. Arguments: rounds, seconds a round,
/// MiB of one tunnel.
public final class EgressBench {
    private static final Path BUNDLE = Path.of("90-app/src/main/resources/bundles/default");
    private static final int AT_ONCE = 16;
    private static final int TUNNELS = 4;

    private EgressBench() {}

    /// Runs it.
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        Duration length = Duration.ofSeconds(Long.parseLong(arguments[1]));
        long bytes = Long.parseLong(arguments[2]) << 20;
        Path folder = Files.createTempDirectory("egress-bench");
        Server jetty = jetty();
        try (PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
                Sink sink = Sink.start();
                BareRelay relay = BareRelay.start();
                Tollgate tollgate = tollgate(folder, sink.port())) {
            List<Through> all = new ArrayList<>(List.of(
                    new Through("bare relay", relay.port(), "127.0.0.1", ""),
                    new Through(
                            "Jetty ConnectHandler",
                            ((ServerConnector) jetty.getConnectors()[0]).getLocalPort(),
                            "127.0.0.1",
                            ""),
                    new Through("Tollgate", tollgate.egressPort().orElseThrow(), "sink.test", token(folder))));
            for (int round = 0; round <= rounds; round++) {
                for (Through one : all) {
                    double connections = one.connections(sink.port(), AT_ONCE, length);
                    double rate = one.bytes(sink.port(), TUNNELS, bytes);
                    if (round > 0) {
                        out.printf(
                                "%d\t%s\t%.0f connections/s\t%.0f MiB/s%n",
                                round, one.name(), connections, rate / (1 << 20));
                    }
                }
            }
        } finally {
            jetty.stop();
            CallBench.delete(folder);
        }
        System.exit(0);
    }

    private static Server jetty() throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 2);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new ConnectHandler());
        server.start();
        return server;
    }

    private static Tollgate tollgate(Path folder, int sink) throws IOException {
        Path bundle = folder.resolve("bundle");
        CallBench.bundle(BUNDLE, bundle);
        Files.writeString(
                bundle.resolve("egress.yaml"),
                "endpoints:\n"
                        + "  - {name: crm-api, url: 'https://sink.test:" + sink + "', internal: true}\n"
                        + "  - {name: kb-api, url: 'https://kb.test'}\n"
                        + "  - {name: warehouse-read-only, url: 'https://warehouse.test'}\n");
        Configuration plain = Configuration.embedded(folder.resolve("data")).on(0);
        Configuration configuration = new Configuration(
                plain.listen(),
                plain.data(),
                Optional.of(bundle),
                plain.store(),
                plain.secrets(),
                plain.systems(),
                plain.demo(),
                plain.log(),
                plain.telemetry(),
                plain.console(),
                plain.fixtures(),
                Optional.of(new Configuration.Listen("127.0.0.1", 0)),
                List.of());
        return Tollgate.start(configuration, InstantSource.system(), _ -> List.of(InetAddress.getLoopbackAddress()));
    }

    private static String token(Path folder) {
        Grant grant = Grant.of(
                        new AgentId("sales-copilot"),
                        new UserId("alice"),
                        Set.of(Scope.parse("crm:*:read").orElseThrow()))
                .running(new WorkflowId("prepare-sales-call"));
        SigningKeys keys = new SigningKeys(folder.resolve("data").resolve("keys"), CryptoProviders.best());
        return new TokenIssuer(
                        keys.openOrCreate(SigningKeys.Purpose.DELEGATION),
                        InstantSource.system(),
                        new SecureRandom(),
                        "tollgate",
                        "tollgate-gateway")
                .issue(grant);
    }
}
